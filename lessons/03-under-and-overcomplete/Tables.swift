import LinearAlgebra
import Notebook

// How figures of several splits or starts are written.

func short(_ x: Double) -> String { Numeral.short(x, significant: 3) }

/// The mean of `x` and, in brackets, its least and greatest: `0.215 (0.205–0.227)`.
func spread(_ x: [Double]) -> String {
  let (least, greatest) = (
    Numeral.short(x.least(), significant: 2), Numeral.short(x.greatest(), significant: 2)
  )
  return short(mean(x)) + (least == greatest ? "" : " (\(least)–\(greatest))")
}

/// The mean of paired differences with its standard error: `+3.4 ± 1.1`.
func difference(_ x: [Double]) -> String {
  (mean(x) > 0 ? "+" : "") + "\(Numeral.short(mean(x), significant: 2)) ± "
    + Numeral.short(standardError(x), significant: 2)
}

/// What paired differences say: a mean within three standard errors of 0 says nothing. (Of five
/// splits 2.8 would be Student's bound for a probability of 5 %.)
func verdict(_ x: [Double], below: String, above: String) -> String {
  let clear = abs(mean(x)) > 3 * standardError(x)
  return clear ? (mean(x) < 0 ? below : above) : "no clear difference"
}

/// The middle of x in order; of two, their mean.
func median(_ x: [Double]) -> Double {
  let sorted = x.sorted()
  return (sorted[(x.count - 1) / 2] + sorted[x.count / 2]) / 2
}

/// A row of a table of codes of one number: the median and the range over networks.
func oneNumberRow(_ name: String, _ figures: [OneNumberFigures]) -> [Cell] {
  func cell(_ x: [Double]) -> Cell {
    guard x.count > 1 else { return Cell(x[0], significant: 2) }
    let ends = (Numeral.residual(x.least()), Numeral.residual(x.greatest()))
    return Cell(Numeral.residual(median(x)) + (ends.0 == ends.1 ? "" : " (\(ends.0)–\(ends.1))"))
  }
  return [Cell(name)]
    + [figures.map(\.training), figures.map(\.test), figures.map(\.neighbours)].map(cell)
    + [cell(figures.map(\.strange))]
}
