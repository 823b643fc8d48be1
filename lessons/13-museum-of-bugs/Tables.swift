import LinearAlgebra
import Notebook

/// Where the pages of the lessons are that catch an exhibit.
let lessonFolders = [
  "00": "00-what-an-autoencoder-is", "04": "04-sparse-prior",
  "05": "05-denoising-vector-field", "06": "06-contractive-jacobian", "07": "07-variational-kl",
]

/// All that is known of an exhibit.
struct Record {
  let bug: Bug
  /// One pair for each seed.
  let runs: [(healthy: Sight, sick: Sight)]
  let caught: Catch
  /// How far its own gradient is from differences of its own loss, where it has a gradient.
  let own: Double?
  /// How far loss and gradient move when every image is there twice, where that can be asked.
  let twice: Double?

  /// In every seed, every loss is a number, and the last is below the first.
  var falls: Bool {
    runs.allSatisfy { run in
      let losses = run.sick.losses
      return losses.allSatisfy(\.isFinite) && (losses.last ?? 0) < (losses.first ?? 0)
    }
  }

  enum Verdict: String { case lower, same, higher, noNumber = "not a number" }

  /// The last printed loss less its twin's; numbers beyond ±1000 count as ±1000.
  var lossDifferences: [Double] {
    runs.map { clipped($0.sick.losses.last ?? .nan) - clipped($0.healthy.losses.last ?? .nan) }
  }
  var measureDifferences: [Double] {
    runs.map { clipped($0.sick.measure) - clipped($0.healthy.measure) }
  }
  var lossVerdict: Verdict { verdict(lossDifferences) }
  var measureVerdict: Verdict { verdict(measureDifferences) }

  /// Whether the printed loss is no higher than `others`, one for each seed: at 95 %.
  func printsNoMore(than others: [Double]) -> Bool {
    let differences = zip(runs, others).map { clipped($0.sick.losses.last ?? .nan) - $1 }
    return [.same, .lower].contains(verdict(differences))
  }

  private func clipped(_ x: Double) -> Double { x.isFinite ? min(max(x, -1000), 1000) : x }

  /// Paired differences against 95 % of Student's distribution.
  private func verdict(_ differences: [Double]) -> Verdict {
    guard differences.allSatisfy(\.isFinite) else { return .noNumber }
    let (d, e) = (mean(differences), standardError(differences))
    let t = [2: 12.71, 3: 4.30, 4: 3.18, 5: 2.78][differences.count] ?? 2.78
    return abs(d) <= t * e || d == 0 ? .same : d < 0 ? .lower : .higher
  }
}

/// How far a unit's weights are from adding up to 0, over their length: the mean of all units.
func imbalance(_ W: Matrix<Double>) -> Double {
  mean(zip(W.rowSums, (W ⊙ W).rowSums).map { abs($0) / $1.squareRoot() })
}

/// A number, or that it is none.
private func shown(_ x: Double) -> String {
  if !x.isFinite { return "not a number" }
  if abs(x) > 1000 { return x < 0 ? "below −1000" : "above 1000" }
  return Numeral.short(x, significant: 3)
}

private func paired(_ differences: [Double]) -> String {
  guard differences.allSatisfy(\.isFinite) else { return "–" }
  return Numeral.meanAndError(differences, .significant(2), ofError: .significant(1))
}

/// The symptoms of a room: what is printed, and what is not.
func symptomRows(_ records: [Record]) -> [[Cell]] {
  records.map { record in
    let one = record.runs[0]
    return [
      Cell(record.bug.number),
      Cell(shown(one.sick.losses.last ?? .nan)), Cell(shown(one.healthy.losses.last ?? .nan)),
      Cell(paired(record.lossDifferences)),
      Cell(record.bug.label.measure),
      Cell(shown(one.sick.measure)), Cell(shown(one.healthy.measure)),
      Cell(paired(record.measureDifferences)),
    ]
  }
}

let symptomColumns = [
  "exhibit", "printed loss", "twin", "difference, all seeds", "not printed", "exhibit", "twin",
  "difference, all seeds",
]

/// The label of an exhibit: its lines, where it was found, what catches it, the cheapest test.
func label(_ record: Record, _ catalogue: Catalogue, lessons: [String: String]) -> String {
  let (bug, caught) = (record.bug, record.caught)
  let where_ =
    caught.lesson == "13"
    ? "no check of an earlier lesson; this one is new: *\(caught.check)*"
    : "[lesson \(caught.lesson)](../\(lessons[caught.lesson] ?? "")/README.md), "
      + "*\(caught.check)*"
  let healthy = Numeral.residual(caught.healthy)
  let reason = caught.because.map { " (\($0))" } ?? ""
  return """
    **\(bug.number) · \(bug.label.name)**, in `\(catalogue.place(of: bug) ?? "")`:

    ```diff
    \(catalogue.difference(bug))
    ```

    - Found in public: \(bug.label.found).
    - Caught by \(where_): allowed \(Numeral.short(caught.bound))\(reason), healthy \(healthy), \
    exhibit \(caught.sick.isFinite ? Numeral.residual(caught.sick) : "not a number").
    - The cheapest test: \(bug.label.test).
    """
}

/// Symptom × bug.
func museumRows(_ records: [Record]) -> [[Cell]] {
  func verdict(_ x: Double?, bound: Double) -> String {
    guard let x else { return "–" }
    return x.isFinite && x < bound ? "silent" : "**red**"
  }
  return records.map { record in
    [
      Cell("\(record.bug.number) · \(record.bug.label.name)"),
      Cell(record.falls ? "yes" : "**no**"),
      Cell(record.lossVerdict.rawValue), Cell(record.measureVerdict.rawValue),
      Cell(verdict(record.own, bound: 1e-7)), Cell(verdict(record.twice, bound: 1e-9)),
      Cell(record.caught.lesson),
      Cell(
        record.caught.factor.isFinite
          ? Numeral.short(record.caught.factor, significant: 2) : "∞"),
    ]
  }
}
