// Exercises of lesson 01, the SVD theorem. Replace a line `throw Exercise.notAttempted` by your answer; you may add
// functions of your own. Then ask for marks: swift test --filter Lesson01
import Exercises
import LinearAlgebra

/// The energy captured by k terms.
///
/// The share of the squared norm that the first `k` singular values hold: `(σ₁² + … + σ_k²) / (σ₁² + … + σ_n²)`.
/// `σ` are the n singular values of a matrix, the largest first, not all zero; 0 ≤ `k` ≤ n.
func energyCaptured(_ σ: [Double], by k: Int) throws -> Double {
  throw Exercise.notAttempted
}

/// The smallest rank for a given error.
///
/// The smallest k for which some matrix B of rank k has `‖A − B‖_F ≤ error`. `A` has m rows and n columns, and `error` is
/// at least 0; k = 0 means that the zero matrix is close enough.
func smallestRank(_ A: Matrix<Double>, error: Double) throws -> Int {
  throw Exercise.notAttempted
}

/// The best approximation of rank k.
///
/// The m × n matrix of rank at most `k` that is closest to the m × n matrix `A` in the Frobenius norm:
/// `B = σ₁u₁v₁ᵀ + … + σ_k u_k v_kᵀ`. 0 ≤ `k` ≤ min(m, n); for `k` = 0 it is the zero matrix.
func bestApproximation(_ A: Matrix<Double>, rank k: Int) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The nearest orthogonal matrix.
///
/// The n × n matrix Q with `QᵀQ = I` for which `‖A − Q‖_F` is smallest, reflections allowed. `A` is n × n and invertible.
func nearestOrthogonal(_ A: Matrix<Double>) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}
