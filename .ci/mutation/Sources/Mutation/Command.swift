import Foundation

/// The command line of `.ci/mutate`.
public struct Command {
  private var seed: UInt64 = 1
  private var count = 260
  private var jobs = 2
  private var lists = false
  private var asksLessons = true
  private var only: [Int] = []

  public init(_ words: [String]) throws {
    var words = words[...]
    while let word = words.popFirst() {
      if ["--list", "--no-lessons"].contains(word) {
        if word == "--list" { lists = true } else { asksLessons = false }
        continue
      }
      guard let value = words.popFirst() else { throw Failure("\(word): unknown, or without its value; see --help") }
      let numbers = value.split(separator: ",").compactMap { Int($0) }.filter { $0 >= 0 }
      guard let number = numbers.first else { throw Failure("\(word) \(value): not a number") }
      switch word {
      case "--seed": seed = UInt64(number)
      case "--count": count = number
      case "--jobs": jobs = max(1, number)
      case "--only": only = numbers
      default: throw Failure("\(word): unknown; see --help")
      }
    }
  }

  /// Decides what is asked for; whether the tests are as good as they should be.
  public func run(package: URL) throws -> Bool {
    let tree = try PlantedTree(
      package: package, place: package.appending(path: ".build-mutants"), count: count, seed: seed,
      asksLessons: asksLessons)
    let campaign = Campaign(tree: tree, jobs: jobs)
    let survivors = try Survivors(tree.package.text(Survivors.path) ?? "")
    if lists {
      list(tree, campaign.results(), survivors)
      return true
    }
    try tree.build()
    let decided = campaign.results()
    let wanted = only.isEmpty ? undecided(tree, decided) : tree.faults.filter { only.contains($0.number) }
    say("\(wanted.count) of \(tree.faults.count) faults to decide")
    try campaign.decide(wanted)
    return only.isEmpty ? report(tree, campaign.results(), survivors) : true
  }

  private func undecided(_ tree: PlantedTree, _ results: [String: Campaign.Result]) -> [Fault] {
    tree.faults.filter { results[$0.key] == nil && (asksLessons || $0.module != "lessons") }
  }

  private func list(_ tree: PlantedTree, _ results: [String: Campaign.Result], _ survivors: Survivors) {
    for fault in tree.faults {
      let result = results[fault.key].map { "\($0.isKilled ? "killed" : "survived"): \($0.account)" } ?? "undecided"
      let reason = survivors.reasons[fault.key].map { "\n    explained: \($0)" } ?? ""
      say(
        """
        \(fault.number) \(fault.place) (\(fault.candidate.kind.rawValue)) \(result)\(reason)
            - \(fault.candidate.original)
            + \(fault.candidate.faulty)
        """)
    }
  }

  private func report(_ tree: PlantedTree, _ results: [String: Campaign.Result], _ survivors: Survivors) -> Bool {
    let faults = tree.faults.filter { results[$0.key] != nil }
    let alive = faults.filter { results[$0.key]?.isKilled == false }
    let unexplained = alive.filter { survivors.reasons[$0.key] == nil }
    for fault in unexplained {
      say(
        """
        not explained: \(fault.number) \(fault.place), \(results[fault.key]?.account ?? "")
            - \(fault.candidate.original)
            + \(fault.candidate.faulty)
        """)
    }
    let killed = faults.filter { results[$0.key]?.isKilled == true }
    let complaints = survivors.complaints(killed: Set(killed.map(\.key))) { tree.package.text($0) }
    for complaint in complaints { say("\(Survivors.path): \(complaint)") }
    let undecided = undecided(tree, results)
    for fault in undecided { say("undecided: \(fault.number) \(fault.place)") }
    let pages = faults.count { results[$0.key]?.isKilledByPage == true }
    let share = Double(killed.count) / Double(max(1, faults.count))
    let percent = Double(Int(share * 1000)) / 10
    say(
      "\(faults.count) faults in \(Set(faults.map(\.module)).count) modules: \(killed.count) killed (\(percent) %), "
        + "\(pages) of them by a lesson's page alone; \(alive.count) survive, \(unexplained.count) of them unexplained")
    return undecided.isEmpty && unexplained.isEmpty && complaints.isEmpty && share >= 0.95
  }
}

/// Prints `line` at once, also where the output is a file.
func say(_ line: String) {
  print(line)
  fflush(nil)
}
