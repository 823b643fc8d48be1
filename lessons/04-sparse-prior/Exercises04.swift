// Exercises of lesson 04, the sparse prior. Replace a line `throw Exercise.notAttempted` by your answer; you may add
// functions of your own. Then ask for marks: swift test --filter Lesson04
// The README says what an answer may use; of one number, Double.exp(x), .log, .tanh, .sigmoid; of a matrix, exp(A), tanh(A).
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
/// `Ω = Σ_l ρ log(ρ/ρ̂_l) + (1 − ρ) log((1 − ρ)/(1 − ρ̂_l))` with the natural logarithm: summed over the K units l,
/// where `ρ̂_l` is the mean of `h_nl` over the N examples n. `H` (N × K) holds the codes, one example a row. Its
/// entries and `ρ` lie between 0 and 1, both excluded; units with a `ρ̂_l` of 10⁻¹² are graded too, by this formula and
/// nothing added to it.
func sparsityPenalty(_ H: Matrix<Double>, target ρ: Double) throws -> Double {
  throw Exercise.notAttempted
}

/// Population and lifetime sparseness.
///
/// Both are `s = (1 − a)/(1 − 1/n)` of n activities r, with the activity ratio
/// `a = (1/n Σ_i |r_i|)² / (1/n Σ_i r_i²)`. `H` (N × K) holds the codes of N examples, one a row, in K units. The
/// population sparseness, N numbers, is s of the K activities of each example; the lifetime sparseness, K numbers, is
/// s of the N activities of each unit. N and K are at least 2; entries may be negative; no row and no column is zero
/// throughout.
func populationAndLifetime(
  _ H: Matrix<Double>
) throws -> (population: [Double], lifetime: [Double]) {
  throw Exercise.notAttempted
}

/// Steps of iterated soft thresholding.
///
/// The codes after `count` steps of ISTA, for each example by itself: its objective is `f(h) + λ‖h‖₁` with
/// `f(h) = ½‖W* h + c − x‖²`, neither averaged nor summed over examples. A step replaces h by the z that minimises
/// `f(h) + ∇f(h)·(z − h) + 1/(2η) ‖z − h‖² + λ‖z‖₁`. `X` (N × D) holds the examples x and `H` (N × K) the codes to
/// start from, one example a row; `Wˢ` (D × K) is the decoder's `W*` and `c` its D biases. λ ≥ 0, η > 0, `count` ≥ 0;
/// the result is N × K.
func sparseCodes(
  of X: Matrix<Double>, decoder Wˢ: Matrix<Double>, _ c: [Double], λ: Double, step η: Double,
  count: Int, from H: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The gradient of the penalty, saturated units included.
///
/// The gradient `∂Ω/∂a_nl` (N × K) of the penalty `Ω = Σ_l ρ log(ρ/ρ̂_l) + (1 − ρ) log((1 − ρ)/(1 − ρ̂_l))`, with `ρ̂_l`
/// the mean of `h_nl` over the N examples, for sigmoid units: `h_nl = 1/(1 + e^(−a_nl))`. `A` (N × K) holds the
/// `a_nl`, one example a row; 0 < `ρ` < 1. Its entries lie from −40 to 40. Units with −40 for all examples, or 40 for
/// all, are graded as exactly as the others, by this formula with nothing clamped and nothing added.
func sparsityGradient(_ A: Matrix<Double>, target ρ: Double) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}
