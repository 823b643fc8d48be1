import Foundation

/// Whether each fault is found, and by whom.
struct Campaign {
  struct Result {
    var isKilled: Bool
    /// Who found it and how, or who was asked.
    var account: String
    var isKilledByPage: Bool { isKilled && account.hasPrefix("page of ") }
  }

  let tree: PlantedTree
  let jobs: Int
  /// Seconds without a fault that suites may take which are asked before all others of their module.
  static let secondsOfFirst = 5.0
  /// The same for suites of other modules, all together.
  static let secondsOfOthers = 60.0
  static let lessonsAsked = 2
  private static let file = "results.tsv"

  /// What was found earlier and still holds: a killed fault's file is as it was, and for one that survived all tests are too.
  func results() -> [String: Result] {
    let tests = "\(digest(of: "Tests", in: tree.package))"
    var results: [String: Result] = [:]
    for line in tree.place.lines(Self.file) {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 7 else { continue }
      let key = cells[0...2].joined(separator: "\t")
      results[key] = nil
      guard cells[3] == fileDigest(cells[0]), cells[5] == "killed" || cells[4] == tests else { continue }
      results[key] = Result(isKilled: cells[5] == "killed", account: cells[6])
    }
    return results
  }

  private func fileDigest(_ file: String) -> String { "\(Fault.hash(tree.package.text(file) ?? ""))" }

  /// Decides each of `faults`, and notes each at once, so that nothing is lost when this is interrupted.
  func decide(_ faults: [Fault], _ baseline: Baseline) throws {
    let tests = "\(digest(of: "Tests", in: tree.package))"
    let lock = NSLock()
    try concurrently(faults, jobs: jobs) { fault, worker in
      let result = try decide(fault, baseline, worker)
      let cells = [fault.key, fileDigest(fault.file), tests, result.isKilled ? "killed" : "survived", result.account]
      try lock.withLock {
        try tree.place.append(cells.joined(separator: "\t"), to: Self.file)
        say("\(fault.number) \(fault.place): \(cells[3]): \(result.account)")
      }
    }
  }

  private func decide(_ fault: Fault, _ baseline: Baseline, _ worker: Int) throws -> Result {
    let (own, all, lessons) = baseline.judges(of: fault)
    let first = baseline.prefix(of: own, seconds: Self.secondsOfFirst)
    let others = baseline.prefix(of: all, seconds: Self.secondsOfOthers)
    for suites in [first, Array(own.dropFirst(first.count)), others] where !suites.isEmpty {
      guard let found = try ask(suites, about: fault, baseline, worker) else { continue }
      // On a busy machine a test that waits for processes may fail without the fault.
      if suites.contains(where: \.startsProcesses), try ask(suites, about: fault, baseline, worker) == nil { continue }
      return Result(isKilled: true, account: "\(suites == others ? "others" : suites[0].target): \(found)")
    }
    for lesson in lessons.prefix(Self.lessonsAsked) {
      guard let found = try ask([lesson], about: fault, baseline, worker) else { continue }
      return Result(isKilled: true, account: "page of \(lesson.name): \(found)")
    }
    let asked = "\(own.count + others.count) suites and \(min(lessons.count, Self.lessonsAsked)) lessons"
    return Result(isKilled: false, account: own + others + lessons == [] ? "nothing reaches it" : asked)
  }

  private func ask(_ judges: [Judge], about fault: Fault, _ baseline: Baseline, _ worker: Int) throws -> String? {
    let found = try Judge.verdict(
      of: judges, in: tree, environment: [Switch.fault: "\(fault.number)"], seconds: baseline.seconds(judges),
      worker: worker)
    return found?.replacing("\t", with: " ")
  }
}
