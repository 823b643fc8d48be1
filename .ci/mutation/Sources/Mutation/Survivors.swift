/// The committed list of faults that no test sees, and why none need.
struct Survivors {
  static let path = ".ci/mutation/survivors.tsv"

  /// Why, by the key of the fault.
  let reasons: [String: String]

  /// Each line is a file, a line of it, the same line with the fault, and a reason, with tabs between them.
  init(_ text: String) throws {
    var reasons: [String: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard cells.count == 4, !cells[3].isEmpty else {
        throw Failure("\(Self.path): not four columns with a reason in the last: \(line)")
      }
      reasons[cells[0...2].joined(separator: "\t")] = String(cells[3])
    }
    self.reasons = reasons
  }

  /// What is wrong with the list, given what is `killed`, and the lines of each file.
  func complaints(killed: Set<String>, text: (String) -> String?) -> [String] {
    reasons.keys.sorted().compactMap { key in
      let cells = key.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let lines = (text(cells[0]) ?? "").split(separator: "\n").map { String($0).trimmed }
      if !lines.contains(cells[1]) { return "\(cells[0]) has no longer the line '\(cells[1])'" }
      return killed.contains(key) ? "\(cells[0]): is killed now: '\(cells[1])' → '\(cells[2])'" : nil
    }
  }
}
