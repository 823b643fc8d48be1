// Exercises of lesson 04, the sparse prior. Replace a line `throw Exercise.notAttempted` by your answer; you may add
// functions of your own. Then ask for marks: swift test --filter Lesson04
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// The soft threshold.
///
/// For each v of `values` the number h that minimises `½(h − v)² + t|h|`, in the same order. `t` ≥ 0; t = 0 and v = ±t
/// are graded too.
func softThreshold(_ values: [Double], by t: Double) throws -> [Double] {
  throw Exercise.notAttempted
}

/// The penalty on mean activations.
///
/// `Ω = Σ_l ρ log(ρ/ρ̂_l) + (1 − ρ) log((1 − ρ)/(1 − ρ̂_l))`, with the natural logarithm, where `ρ̂_l` is the mean of
/// column l of `H` (N × K), the codes of N examples in K units. Its entries and `ρ` lie between 0 and 1, both excluded;
/// a `ρ̂_l` of 10⁻¹² is graded too, so nothing may be added to the formula.
func sparsityPenalty(_ H: Matrix<Double>, target ρ: Double) throws -> Double {
  throw Exercise.notAttempted
}

/// Population and lifetime sparseness.
///
/// Of n activities r, `s = (1 − a)/(1 − 1/n)` with `a = (1/n Σ_i |r_i|)² / (1/n Σ_i r_i²)`. `H` (N × K) holds the codes
/// of N examples in K units. The population sparseness is s of each row (N numbers), the lifetime sparseness s of each
/// column (K numbers). N and K are at least 2; entries may be negative; no row or column is zero throughout.
func populationAndLifetime(
  _ H: Matrix<Double>
) throws -> (population: [Double], lifetime: [Double]) {
  throw Exercise.notAttempted
}

/// Steps of iterated soft thresholding.
///
/// The codes (N × K) after `count` steps of ISTA, each example by itself, for the objective `f(h) + λ‖h‖₁` with
/// `f(h) = ½‖W* h + c − x‖²`. A step replaces h by the z that minimises
/// `f(h) + ∇f(h)·(z − h) + 1/(2η) ‖z − h‖² + λ‖z‖₁`. `X` (N × D) holds the examples x, `H` (N × K) the codes to start
/// from; `Wˢ` (D × K) is `W*`, and `c` has D biases. λ ≥ 0, η > 0, `count` ≥ 0.
func sparseCodes(
  of X: Matrix<Double>, decoder Wˢ: Matrix<Double>, _ c: [Double], λ: Double, step η: Double,
  count: Int, from H: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The gradient of the penalty, saturated units included.
///
/// `∂Ω/∂a_nl` (N × K) of exercise 4.2's Ω for sigmoid units, `h_nl = 1/(1 + e^(−a_nl))`. `A` (N × K) holds the `a_nl`,
/// which lie from −40 to 40; 0 < `ρ` < 1. Units at −40, or at 40, for all examples are graded as exactly as the others:
/// nothing may be clamped or added. 10⁻⁷ is exact enough.
func sparsityGradient(_ A: Matrix<Double>, target ρ: Double) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}
