// Exercises of lesson 12, which autoencoder. Replace a line `throw Exercise.notAttempted` by
// your answer; you may add functions of your own. Then ask for marks:
// swift test --filter Lesson12
// The README says what an answer may use; of one number, Double.log(x), x.squareRoot().
// A number is right within 10⁻¹⁰ of the largest one expected, or of 1 if that is larger, unless the
// exercise asks for less. Compute in Double: Float has seven digits.
import Exercises
import LinearAlgebra

/// The mean difference of two models, and its standard error.
///
/// `[d̄, SE]` for the results `a` and `b` of two models on the same J ≥ 2 splits, pair by
/// pair, with `d_j = a_j − b_j` and `SE² = (1/J + ρ) s²`, where `s²` is the variance of the
/// differences with J − 1 in the denominator.
func pairedVerdict(_ a: [Double], _ b: [Double], testPerTraining ρ: Double) throws
  -> [Double]
{
  throw Exercise.notAttempted
}

/// Average precision, with ties.
///
/// `Σ_t (R_t − R_{t−1}) P_t` over the distinct scores t, the largest first: `P_t` is the
/// share of wanted items among those with score t or more, `R_t` the share of the wanted items
/// that have score t or more, and R is 0 before the first. `wanted[i]` is 1 if item i is
/// wanted, else 0; at least one is. Items of one score come in together.
func averagePrecision(scores: [Double], wanted: [Int]) throws -> Double {
  throw Exercise.notAttempted
}

/// The interval of a message.
///
/// `[low, width]` of the interval that a message gets. It starts with low = 0 and width = 1. A
/// symbol s with the frequency f = `frequencies[s]`, of T in all, takes the part of the interval
/// between F/T and (F + f)/T of its width, where F is the sum of the frequencies of all symbols
/// before s.
func messageInterval(_ symbols: [Int], frequencies: [Int]) throws -> [Double] {
  throw Exercise.notAttempted
}

/// The error rate of k nearest neighbours.
///
/// The share of the codes in the rows of `G` whose class is not the one that most of their `k`
/// nearest rows of `H`, in Euclidean distance, have; `truth` has the classes of G, `labels` those
/// of H. Among classes with equally many votes the one whose nearest member is nearest wins. All
/// distances of a row are different.
func neighbourError(
  _ G: Matrix<Double>, truth: [Int], among H: Matrix<Double>, labels: [Int], k: Int
) throws -> Double {
  throw Exercise.notAttempted
}
