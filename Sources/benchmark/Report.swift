import Foundation
import Programs

/// Writes what was measured to standard output, case by case: as a table to read, or as JSON, one object a line.
struct Report {
  /// How the rows name the course.
  static let course = "course"

  let console: Console
  let json: Bool
  let peak: Peak

  func begin(clock: Clock, versions: String?, limit: String?) throws(Failure) {
    guard !json else {
      for precision in [Precision.float, .double] {
        let value = peak.of(precision) / 1e9
        try print(
          Row(
            workload: "peak", case: precision.rawValue, metric: "rate", value: value, unit: "GFLOP/s", threads: 1,
            who: Report.course, minimum: value, maximum: value, repeats: 1))
      }
      return
    }
    let reads = clock == .wall ? "wall time" : "processor time"
    try console.print(
      """
      One core does at most \(Report.number(peak.float / 1e9)) GFLOP/s in Float and \
      \(Report.number(peak.double / 1e9)) in Double (measured now).
      Built for \(Instructions.ofProgram); the processor has \(Instructions.ofProcessor).\(limit.map { " The peers are held to \($0)." } ?? "")
      Medians and extremes of \(reads). A ratio above 1 means that the course is faster.
      \(versions.map { $0 + "\n" } ?? "")
      """)
  }

  func begin(_ workload: any Workload, threads: Int) throws(Failure) {
    guard !json else { return }
    try console.print(
      "\n\(workload.name) · \(workload.title) · \(threads == 1 ? "one thread" : "\(threads) threads")\n")
  }

  func add(_ outcome: Outcome) throws(Failure) {
    if json {
      for row in outcome.rows + outcome.shares(of: peak) + outcome.ratios { try print(row) }
      return
    }
    for (index, (who, samples)) in outcome.samples.enumerated() {
      let time = outcome.time(who, samples)
      let share = outcome.shares(of: peak).first { $0.who == who }.map { "\(Int($0.value.rounded())) % of peak" }
      let ratio = outcome.ratios.first { $0.who == who && $0.metric == "ratio of \(time.metric)" }
      let results = outcome.results(who, samples).map { row in
        let cost = outcome.ratios.first { $0.who == who && $0.metric == "ratio of \(row.metric)" }
        let unit = row.unit.isEmpty ? "" : " \(row.unit)"
        return "\(row.metric) \(Report.number(row.value))\(unit)" + (cost.map { " (\(Report.ratio($0.value)))" } ?? "")
      }
      let cells = [
        Report.left(index == 0 ? outcome.work.name : "", 24), Report.left(who, 15),
        Report.right(Report.number(time.value), 9) + " " + Report.left(time.unit, 10),
        Report.left("\(Report.number(time.minimum))–\(Report.number(time.maximum))", 16),
        Report.right(ratio.map { Report.ratio($0.value) } ?? "", 7), Report.right(share ?? "", 13),
        results.joined(separator: ", "),
      ]
      let line = "  " + cells.joined(separator: " ")
      try console.print(line.replacing(/\ +$/, with: "") + "\n")
    }
  }

  private func print(_ row: Row) throws(Failure) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let line = try? encoder.encode(row) else {
      throw Failure("\(row.workload) \(row.case): \(row.metric) is \(row.value)", code: .checkFailed)
    }
    try console.print(String(decoding: line, as: UTF8.self) + "\n")
  }

  /// Four digits; with an exponent if very small, as a whole number if large.
  static func number(_ x: Double) -> String {
    guard x.isFinite else { return "\(x)" }
    let size = abs(x)
    if size >= 1000 { return String(format: "%.0f", x) }
    if size != 0 && size < 1e-3 { return String(format: "%.1e", x) }
    let decimals = size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4
    return String(format: "%.\(decimals)f", x)
  }

  static func ratio(_ x: Double) -> String { String(format: x < 10 ? "%.2f×" : "%.1f×", x) }

  private static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
