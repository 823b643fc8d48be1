import Foundation

/// What each judge reaches and how long it takes when no fault is on.
struct Baseline {
  private(set) var seconds: [Judge: Double] = [:]
  /// The judges that reach a fault, by its number.
  private(set) var judges: [Int: [Judge]] = [:]

  private let tree: PlantedTree
  private let all: [Judge]
  private let sources: UInt64

  init(_ tree: PlantedTree) throws {
    self.tree = tree
    all = try Judge.all(in: tree)
    let keys = tree.faults.map(\.key).joined(separator: "\n")
    sources = digest(of: "Sources", in: tree.tree) ^ digest(of: "lessons", in: tree.tree) ^ Fault.hash(keys)
  }

  /// Runs those judges of `target`, or all if it is `nil`, that have changed since they were last run; and all if a source
  /// has.
  ///
  /// - Throws: ``Failure`` if one finds something though no fault is on.
  mutating func run(_ target: String?, jobs: Int) throws {
    let wanted = all.filter { target == nil || $0.target == target }
    let targets = Set(wanted.map(\.target))
    let heads = Dictionary(
      uniqueKeysWithValues: targets.map { ($0, "\(sources ^ digest(of: "Tests/\($0)", in: tree.tree))") })
    let stale = wanted.filter { tree.place.lines("reached/\($0.name)").first != heads[$0.target] }
    if !stale.isEmpty { say("running \(stale.count) suites and lessons without a fault …") }
    nonisolated(unsafe) var failures: [String] = []
    let lock = NSLock()
    try concurrently(stale, jobs: jobs) { [tree] judge, worker in
      let table = tree.place.url("table-\(worker)")
      try Data(count: tree.drawn.count + 1).write(to: table)
      let start = ContinuousClock.now
      let found = try Judge.verdict(
        of: [judge], in: tree, environment: [Switch.reached: table.path], seconds: 120, worker: worker)
      let seconds = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
      let reached = try Data(contentsOf: table).enumerated().filter { $0.element == 1 }.map { "\($0.offset)" }
      if let found {
        lock.withLock { failures.append("\(judge.name): \(found)") }
      } else {
        let head = [heads[judge.target] ?? "", "\(seconds)"]
        try tree.place.write((head + reached).joined(separator: "\n"), to: "reached/\(judge.name)")
      }
    }
    guard failures.isEmpty else {
      throw Failure("without a fault there should be no failure:\n" + failures.joined(separator: "\n"))
    }
    for judge in wanted where seconds[judge] == nil {
      let lines = tree.place.lines("reached/\(judge.name)")
      seconds[judge] = Double(lines[1])
      for number in lines.dropFirst(2).compactMap({ Int($0) }) { judges[number, default: []].append(judge) }
    }
  }

  /// Those that reach `fault`, in the order in which they are asked: its own module's suites, then others, then lessons, the
  /// quick ones first.
  ///
  /// What runs confined cannot note what it has reached, so all suites of the grader are asked about it.
  func judges(of fault: Fault) -> (own: [Judge], others: [Judge], lessons: [Judge]) {
    var reaching = judges[fault.number] ?? []
    if reaching.isEmpty, ["Exercises", "confine"].contains(fault.module) {
      reaching = seconds.keys.filter { $0.target == "GradingTests" }
    }
    reaching.sort { ((seconds[$0] ?? 0), $0.name) < ((seconds[$1] ?? 0), $1.name) }
    let suites = reaching.filter { $0.kind == .suite }
    let target = Self.home(of: fault.module)
    return (
      suites.filter { $0.target == target }, suites.filter { $0.target != target },
      reaching.filter { $0.kind == .lesson }
    )
  }

  /// The target that tests `module`.
  static func home(of module: String) -> String {
    homes[module] ?? "\(module.prefix(1).uppercased())\(module.dropFirst())Tests"
  }

  /// Those of modules that have none of their name.
  private static let homes = [
    "Programs": "CourseTests", "Exercises": "GradingTests", "confine": "GradingTests", "grade": "GradingTests",
  ]

  func seconds(_ judges: [Judge]) -> Double { judges.map { seconds[$0] ?? 0 }.reduce(0, +) }

  /// As many of `judges` from the first on as take no longer than `limit` together.
  func prefix(of judges: [Judge], seconds limit: Double) -> [Judge] {
    let count = judges.indices.first { seconds(Array(judges[...$0])) > limit } ?? judges.count
    return Array(judges[..<count])
  }
}

/// Of all files below `path`.
func digest(of path: String, in disk: Disk) -> UInt64 {
  Fault.hash(disk.files(below: path).map { "\($0)\n\(disk.text("\(path)/\($0)") ?? "")" }.joined(separator: "\n"))
}

/// Does `work` for each of `items`, `jobs` at a time; the workers are numbered.
func concurrently<Item: Sendable>(_ items: [Item], jobs: Int, _ work: @Sendable @escaping (Item, Int) throws -> Void)
  throws
{
  let lock = NSLock()
  nonisolated(unsafe) var left = items[...]
  nonisolated(unsafe) var error: (any Error)?
  DispatchQueue.concurrentPerform(iterations: jobs) { worker in
    while let item = lock.withLock({ error == nil ? left.popFirst() : nil }) {
      do { try work(item, worker) } catch let thrown { lock.withLock { error = thrown } }
    }
  }
  if let error { throw error }
}
