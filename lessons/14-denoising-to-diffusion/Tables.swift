import Autoencoders
import LinearAlgebra
import Notebook

/// The mean of a figure over seeds, and its range: 25.4 (24.9 to 26.0).
func spread(_ values: [Double], decimals: Int = 2) -> Cell {
  let text = [mean(values), values.least(), values.greatest()].map {
    Numeral.fixed($0, decimals: decimals)
  }
  return Cell(values.count > 1 ? "\(text[0]) (\(text[1]) to \(text[2]))" : text[0])
}

/// The mean of paired differences and its standard error: 3.1 ± 0.2.
func withError(_ differences: [Double], decimals: Int = 2) -> String {
  let centre = Numeral.fixed(mean(differences), decimals: decimals)
  guard differences.count > 1 else { return centre }
  return "\(centre) ± " + Numeral.fixed(standardError(differences), decimals: decimals)
}

/// What paired differences say: nothing within three standard errors of their mean.
func verdict(_ d: [Double], below: String, above: String, same: String) -> String {
  guard d.count > 1, abs(mean(d)) > 3 * standardError(d) else { return same }
  return mean(d) < 0 ? below : above
}
