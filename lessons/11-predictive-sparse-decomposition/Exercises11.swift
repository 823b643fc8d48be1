// Exercises of lesson 11, predictive sparse decomposition. Replace a line `throw Exercise.notAttempted` by your answer; you
// may add functions of your own. Then ask for marks: swift test --filter Lesson11
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// One proximal step towards the codes of predictive sparse decomposition.
///
/// For each example the u that minimises `½‖x − W*h‖² + ∇·(u − h) + L/2 ‖u − h‖² + λ‖u‖₁ + γ/2 ‖u − p‖²`, with
/// `∇ = W*ᵀ(W*h − x)`. `X` (N × D) holds the examples x, `H` and `P` (N × K) their codes h and predictions p; `Wˢ`
/// (D × K) is `W*`. L > 0, λ ≥ 0, γ ≥ 0.
func proximalStep(
  from H: Matrix<Double>, data X: Matrix<Double>, dictionary Wˢ: Matrix<Double>,
  predictions P: Matrix<Double>, λ: Double, γ: Double, L: Double
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// One sweep over the columns of a dictionary.
///
/// Column 0 of `Wˢ` (D × K) is replaced by the vector of length 1 for which `‖X − H Wˢᵀ‖_F²` is least, the other columns
/// as they are; then column 1, and so on: each sees the columns that were replaced before it. `X` (N × D) are the data,
/// `H` (N × K) the codes. Columns of `Wˢ` may have any length. A column whose codes are all 0 stays as it is.
func sweptColumns(
  of Wˢ: Matrix<Double>, codes H: Matrix<Double>, data X: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// Steps of FISTA.
///
/// The codes (N × K) after `count` steps of FISTA from zero for `½‖x − W*h‖² + λ‖h‖₁`, each example (a row of `X`, N × D)
/// by itself. A step goes from y to `S_{λ/L}(y − W*ᵀ(W*y − x)/L)`; y is the code before the step plus `(τ⁻ − 1)/τ` times
/// its difference from the code before that, where `τ = ½(1 + √(1 + 4(τ⁻)²))`. The first step goes from zero with τ = 1.
/// `Wˢ` (D × K) is `W*`; L > 0, λ ≥ 0, `count` ≥ 0.
func acceleratedCodes(
  of X: Matrix<Double>, dictionary Wˢ: Matrix<Double>, λ: Double, L: Double, count: Int
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The duality gap of a code.
///
/// `F(h) − (s r·x − ½s²‖r‖²)` for `F(h) = ½‖x − W*h‖² + λ‖h‖₁`, with the residual `r = x − W*h` and the largest s from 0
/// to 1 for which `|w*_l · s r| ≤ λ` for all columns of `Wˢ` (D × K), which is `W*`. λ > 0; r may be zero.
/// 10⁻⁹ is exact enough.
func dualityGap(
  of h: [Double], image x: [Double], dictionary Wˢ: Matrix<Double>, λ: Double
) throws -> Double {
  throw Exercise.notAttempted
}
