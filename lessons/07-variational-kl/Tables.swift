import LinearAlgebra
import Notebook

/// The mean of a figure over seeds, and its range: 25.4 (24.9 to 26.0).
func spread(_ values: [Double], decimals: Int = 2) -> Cell {
  let text = [mean(values), values.least(), values.greatest()].map {
    Numeral.fixed($0, decimals: decimals)
  }
  return Cell("\(text[0]) (\(text[1]) to \(text[2]))")
}

/// A mean and its standard error: 3.1 ± 0.2.
func withError(_ difference: (mean: Double, error: Double), decimals: Int = 2) -> String {
  "\(Numeral.fixed(difference.mean, decimals: decimals)) ± "
    + Numeral.fixed(difference.error, decimals: decimals)
}

/// The mean over seeds of a paired difference, and its standard error over seeds.
func overSeeds(_ differences: [Double]) -> (mean: Double, error: Double) {
  (mean(differences), standardError(differences))
}

/// For each number of dimensions: the three estimates, and the variances of the last two over
/// that of the first, with the exact ratios.
func gradientTable(_ toys: [(k: Int, toy: GradientToy)]) -> (columns: [String], rows: [[Cell]]) {
  (
    [
      "$k$", "reparameterised", "score function", "score function, mean of $f$ subtracted",
      "variance, score ∕ reparameterised", "exactly", "with the mean subtracted", "exactly",
    ],
    toys.map { k, toy in
      let estimates = toy.all.map { Cell(withError(($0.mean, $0.standardError), decimals: 3)) }
      let reparameterised = toy.exactVariance.reparameterised
      return [Cell(k)] + estimates + [
        Cell(toy.score.variance / toy.reparameterised.variance, significant: 3),
        Cell(toy.exactVariance.score / reparameterised, significant: 3),
        Cell(toy.scoreWithBaseline.variance / toy.reparameterised.variance, significant: 3),
        Cell(toy.exactVariance.withBaseline / reparameterised, significant: 3),
      ]
    }
  )
}

/// What a paired difference says: nothing within two and a half standard errors, and nothing of
/// interest below `least`.
func verdict(
  _ d: (mean: Double, error: Double), least: Double = 0, higher: String, lower: String,
  same: String
) -> String {
  abs(d.mean) < max(least, 2.5 * d.error) ? same : d.mean > 0 ? higher : lower
}
