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
  /// All tests, as they were when the campaign began.
  private let tests: String

  init(tree: PlantedTree, jobs: Int) {
    (self.tree, self.jobs) = (tree, jobs)
    tests = "\(digest(of: "Tests", in: tree.package))"
  }

  /// Seconds without a fault that suites may take which are asked before all others of their module.
  static let secondsOfFirst = 5.0
  /// The same for suites of other modules, all together.
  static let secondsOfOthers = 30.0
  static let lessonsAsked = 2
  private static let file = "results.tsv"

  /// What was found earlier and still holds: a killed fault's file is as it was, and for one that survived all tests are too.
  func results() -> [String: Result] {
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

  /// Decides each of `faults`, and notes each at once, so that nothing is lost when this is interrupted: by the suites of its
  /// own module first, one module after the other, and what is left by all others.
  func decide(_ faults: [Fault]) throws {
    var baseline = try Baseline(tree)
    let modules = Dictionary(grouping: faults) { Baseline.home(of: $0.module) }
    nonisolated(unsafe) var left: [Fault] = []
    let lock = NSLock()
    // What compiles students' answers takes longest.
    let (slow, quick) = ("GradingTests", modules.keys.sorted().reversed().filter { $0 != "GradingTests" })
    for home in quick + [slow] {
      let faults = modules[home] ?? []
      try baseline.run(home, jobs: jobs)
      try concurrently(faults, jobs: jobs) { [baseline] fault, worker in
        let own = baseline.judges(of: fault).own
        let first = baseline.prefix(of: own, seconds: Self.secondsOfFirst)
        for suites in [first, Array(own.dropFirst(first.count))] {
          guard let found = try find(fault, by: suites, baseline, worker) else { continue }
          return try lock.withLock { try note(fault, Result(isKilled: true, account: "\(home): \(found)")) }
        }
        lock.withLock { left.append(fault) }
      }
    }
    try baseline.run(nil, jobs: jobs)
    try concurrently(left, jobs: jobs) { [baseline] fault, worker in
      let result = try askOthers(about: fault, baseline, worker)
      try lock.withLock { try note(fault, result) }
    }
  }

  private func askOthers(about fault: Fault, _ baseline: Baseline, _ worker: Int) throws -> Result {
    let (own, all, lessons) = baseline.judges(of: fault)
    let others = baseline.prefix(of: all, seconds: Self.secondsOfOthers)
    if let found = try find(fault, by: others, baseline, worker) {
      return Result(isKilled: true, account: "others: \(found)")
    }
    for lesson in lessons.prefix(Self.lessonsAsked) {
      guard let found = try find(fault, by: [lesson], baseline, worker) else { continue }
      return Result(isKilled: true, account: "page of \(lesson.name): \(found)")
    }
    let asked = "\(own.count + others.count) suites and \(min(lessons.count, Self.lessonsAsked)) lessons"
    return Result(isKilled: false, account: own + others + lessons == [] ? "nothing reaches it" : asked)
  }

  private func note(_ fault: Fault, _ result: Result) throws {
    let cells = [fault.key, fileDigest(fault.file), tests, result.isKilled ? "killed" : "survived", result.account]
    try tree.place.append(cells.joined(separator: "\t"), to: Self.file)
    say("\(fault.number) \(fault.place): \(cells[3]): \(result.account)")
  }

  /// What `judges` find, if anything. On a busy machine a test that waits for processes may fail without the fault, so that it
  /// has to fail twice.
  private func find(_ fault: Fault, by judges: [Judge], _ baseline: Baseline, _ worker: Int) throws -> String? {
    guard !judges.isEmpty, let found = try ask(judges, about: fault, baseline, worker) else { return nil }
    return judges.contains(where: \.startsProcesses) ? try ask(judges, about: fault, baseline, worker) : found
  }

  private func ask(_ judges: [Judge], about fault: Fault, _ baseline: Baseline, _ worker: Int) throws -> String? {
    let found = try Judge.verdict(
      of: judges, in: tree, environment: [Switch.fault: "\(fault.number)"], seconds: baseline.seconds(judges),
      worker: worker)
    return found?.replacing("\t", with: " ")
  }
}
