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

/// The ratio of two means.
func ratio(_ x: [Double], _ y: [Double]) -> String { short(mean(x) / mean(y)) }

/// The ratios of paired numbers.
func ratios(_ x: [Double], _ y: [Double]) -> [Double] { zip(x, y).map { $0 / $1 } }

/// The mean of paired differences with its standard error, to two digits of the latter:
/// `+3.4 ± 1.1`; `ρ` for splits whose training images overlap (lesson 12).
func difference(_ x: [Double], testPerTraining ρ: Double = 0) -> String {
  let error = standardError(x, testPerTraining: ρ)
  let magnitude = error > 0 ? Int((Double.log(error) / Double.log(10)).rounded(.down)) : 0
  let decimals = max(0, 1 - magnitude)
  return Numeral.meanAndError(x, .decimals(decimals), signed: true, testPerTraining: ρ)
}

/// The mean of paired differences in standard errors: Student's t.
func studentsT(_ x: [Double], testPerTraining ρ: Double = 0) -> Double {
  mean(x) / standardError(x, testPerTraining: ρ)
}

/// What paired differences say: a mean within three standard errors of 0 says nothing. (Student's
/// bound for five splits and a probability of 5 % is 2.8.)
func verdict(
  _ x: [Double], testPerTraining ρ: Double = 0, below: String, above: String
) -> String {
  guard abs(studentsT(x, testPerTraining: ρ)) > 3 else { return "no clear difference" }
  return mean(x) < 0 ? below : above
}

/// Where in x its median is, or of an even number of values the upper one of the two in the
/// middle.
func middle(of x: [Double]) -> Int { x.indices.sorted { x[$0] < x[$1] }[x.count / 2] }

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

/// A row of the table of networks with few images: mean and range over splits.
func fewImagesRow(_ name: String, _ errors: [FewErrors]) -> [Cell] {
  [Cell(name)]
    + [errors.map(\.training), errors.map(\.test), errors.map(\.noise)].map { Cell(spread($0)) }
}

/// A row of the lectures' sentences: what is said, what was measured, and so.
func sentence(_ words: String, _ measured: String, _ conclusion: String) -> [Cell] {
  [Cell(words), Cell(measured), Cell(conclusion)]
}
