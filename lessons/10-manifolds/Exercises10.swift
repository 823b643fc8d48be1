// Exercises of lesson 10, manifolds. Replace a line `throw Exercise.notAttempted` by your
// answer; you may add functions of your own. Then ask for marks: swift test --filter Lesson10
// The README says what an answer may use; of one number, Double.exp(x), .log, .cos, .sin; of a
// matrix, SVD(A), SymmetricEigen(A).
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// The tangent of a moved image.
///
/// The derivative, at s = 0, of an image that is moved by s pixels to the right on its ring:
/// H × n. Each line `x` of the `image` (H × n), n odd, is the trigonometric polynomial
/// `x(t) = Σ_q x_q φ(t − q)`, `φ(t) = 1/n (1 + 2 Σ_{0<j<n/2} cos(2πjt/n))`, and pixel p of the
/// moved line is `x(p − s)`. 10⁻⁹ is exact enough.
func tangentImage(_ image: Matrix<Double>) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// Coordinates from squared distances.
///
/// N × d centred coordinates on orthogonal axes, the longest first, such that
/// `‖yᵢ − yⱼ‖² = squares[i, j]`: given are the squared distances of N points that lie in a space
/// of d dimensions, N > d. The signs of the axes are free.
func scaledCoordinates(squares: Matrix<Double>, dimensions d: Int) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// Shortest paths.
///
/// The lengths of the shortest paths from point `start` to all N points along edges: edge e joins
/// the points `ends[e][0]` and `ends[e][1]`, numbered from 0, in both directions, and is
/// `lengths[e] > 0` long. Infinity (`.infinity`) where no path leads.
func pathLengths(
  points N: Int, ends: [[Int]], lengths: [Double], from start: Int
) throws -> [Double] {
  throw Exercise.notAttempted
}

/// The log-density of a pancake.
///
/// `log N(x; centre, C)` in nats, with `C = σ²I + V diag(λ) Vᵀ`, where the d columns of `V`,
/// D × d, are orthonormal and 0 ≤ d ≤ D. D may be 2,000 and σ may be 10⁻³: det C is then 0 in
/// floating-point numbers, and there is no time for a D × D matrix. 10⁻⁹ is exact enough there.
func pancakeLogDensity(
  _ x: [Double], centre: [Double], V: Matrix<Double>, λ: [Double], σ: Double
) throws -> Double {
  throw Exercise.notAttempted
}
