// Exercises of lesson 01, the SVD theorem. Replace a line `throw Exercise.notAttempted` by your answer; you may add
// functions of your own. Then ask for marks: swift test --filter Lesson01
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
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
/// The smallest k for which some matrix B of rank at most k has `‖A − B‖_F ≤ error`. `A` has m rows and n columns, and
/// `error` is positive, not relative to the norm of `A`; k = 0 means that the zero matrix is close enough.
func smallestRank(_ A: Matrix<Double>, error: Double) throws -> Int {
  throw Exercise.notAttempted
}

/// Balanced factors of the best approximation.
///
/// Two matrices L (m × k) and R (n × k) with `LᵀL = RᵀR` whose product `LRᵀ` is, of all matrices of rank at most `k`, the
/// closest to `A` in the Frobenius norm. `A` is m × n, and its singular values all differ; 1 ≤ `k` ≤ min(m, n). Many pairs
/// are right: with L and R also LO and RO, for every orthogonal k × k matrix O.
func balancedFactors(
  _ A: Matrix<Double>, rank k: Int
) throws -> (L: Matrix<Double>, R: Matrix<Double>) {
  throw Exercise.notAttempted
}

/// A direction that a rival misses.
///
/// A witness that the rival `B` is no closer to `A` than the bound: the m numbers of a unit vector y with `yᵀB = 0` and
/// `‖yᵀA‖ ≥ σ_{k+1}`, so that `‖A − B‖₂ ≥ σ_{k+1}`. `A` and `B` are m × n, `B` has rank at most `k`, 0 ≤ `k` < min(m, n),
/// and σ₁ ≥ σ₂ ≥ … are the singular values of `A`. There is more than one such vector; any of them is right.
func missedDirection(_ A: Matrix<Double>, by B: Matrix<Double>, rank k: Int) throws -> [Double] {
  throw Exercise.notAttempted
}

/// The nearest orthogonal matrix.
///
/// The n × n matrix Q with `QᵀQ = I` for which `‖A − Q‖_F` is smallest; reflections, whose determinant is −1, are allowed.
/// `A` is n × n and invertible.
func nearestOrthogonal(_ A: Matrix<Double>) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}
