import Autoencoders
import LinearAlgebra
import Notebook

/// The mean of a figure over seeds, and its range: 25.4 (24.9 to 26.0).
func spread(_ values: [Double], decimals: Int = 2) -> Cell {
  Cell(Numeral.meanAndRange(values, .decimals(decimals)))
}

/// The mean of paired differences and its standard error, 3.1 ± 0.2, for splits of one data set
/// with ρ test images a training image (lesson 12).
func withError(_ d: [Double], decimals: Int = 2, testPerTraining ρ: Double) -> String {
  Numeral.meanAndError(d, .decimals(decimals), testPerTraining: ρ)
}

/// What paired differences say: nothing within 2.78 standard errors, 95 % of Student's t for five
/// splits.
func verdict(
  _ d: [Double], testPerTraining ρ: Double, below: String, above: String, same: String
) -> String {
  // A single split has no error, and nothing exceeds that.
  guard abs(mean(d)) > 2.78 * standardError(d, testPerTraining: ρ) else { return same }
  return mean(d) < 0 ? below : above
}
