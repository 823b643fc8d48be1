// Exercises of lesson 14, from denoising to diffusion. Replace a line `throw
// Exercise.notAttempted` by your answer; you may add functions of your own. Then ask for marks:
// swift test --filter Lesson14
// The README says what an answer may use; of one number, Double.exp(x), .log, x.squareRoot().
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// The marginals of a chain of noise.
///
/// A chain starts at x₀ and goes `x_t = a_t x_{t−1} + √ν_t ε_t`, t = 1, …, T, with
/// independent standard normal noise. Then `x_t = α_t x₀ + σ_t ε`: return all α_t and all
/// σ_t. `a[0]` and `ν[0]` belong to t = 1; all are positive. T ≥ 1.
func chainMarginals(a: [Double], ν: [Double]) throws -> (α: [Double], σ: [Double]) {
  throw Exercise.notAttempted
}

/// The noise and the score behind a guess.
///
/// Row n of `X`, N × D, is `xₙ = αₙ x₀ + σₙ ε`, with a level of its own; row n of
/// `guess` is a guess of its x₀. Return the guesses of ε and of the score of the noisy
/// density at xₙ, both N × D. α² + σ² need not be 1.
func noiseAndScore(
  _ X: Matrix<Double>, guess: Matrix<Double>, α: [Double], σ: [Double]
) throws -> (noise: Matrix<Double>, score: Matrix<Double>) {
  throw Exercise.notAttempted
}

/// One ancestral step.
///
/// From `X`, N × D, at level t to level s, which has less noise: a draw from q(x_s | x_t, x₀)
/// with `guess` in the place of x₀ and standard normal `noise`, both N × D. α² + σ² need
/// not be 1. In the last step σ_s = 0 and α_s = 1.
func ancestralStep(
  _ X: Matrix<Double>, guess: Matrix<Double>, αt: Double, σt: Double, αs: Double, σs: Double,
  noise: Matrix<Double>
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// One step of Heun's method along the flow.
///
/// The data are the rows of `points`, K × D, all equally likely, and the denoiser is exact:
/// `E[x₀ | x_t]`. Go from `X`, N × D, at level t to level s on the flow
/// `dx = x̂₀ dα + ε̂ dσ`: the mean of Euler's step and of one with x̂₀ and ε̂ at its
/// end. σ_s > 0. σ_t may be so small that every density is 0 in floating-point numbers.
func heunStep(
  _ X: Matrix<Double>, points: Matrix<Double>, αt: Double, σt: Double, αs: Double, σs: Double
) throws -> Matrix<Double> {
  throw Exercise.notAttempted
}

/// The bound of a diffusion model, in nats an example.
///
/// Level t = 1, …, T (numbers t − 1 of the arrays) has `x_t = α_t x₀ + σ_t ε` and the
/// mean squared denoising error `errors[t − 1]` = E‖x₀ − x̂₀(x_t)‖². Return the
/// bound of the lesson's model on −E log p(x₀), for examples of D numbers with E‖x₀‖²
/// = `secondMoment`. T ≥ 1.
func diffusionBound(
  errors: [Double], α: [Double], σ: [Double], secondMoment: Double, dimensions D: Int
) throws -> Double {
  throw Exercise.notAttempted
}
