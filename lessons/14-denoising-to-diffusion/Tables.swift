import Autoencoders
import LinearAlgebra
import Notebook

/// The mean of a figure over seeds, and its range: 25.4 (24.9 to 26.0).
func spread(_ values: [Double], decimals: Int = 2) -> Cell {
  Cell(Numeral.meanAndRange(values, .decimals(decimals)))
}

/// The mean of paired differences and its standard error: 3.1 ± 0.2.
func withError(_ differences: [Double], decimals: Int = 2) -> String {
  Numeral.meanAndError(differences, .decimals(decimals))
}

/// What paired differences say: nothing within three standard errors of their mean.
func verdict(_ d: [Double], below: String, above: String, same: String) -> String {
  guard d.count > 1, abs(mean(d)) > 3 * standardError(d) else { return same }
  return mean(d) < 0 ? below : above
}
