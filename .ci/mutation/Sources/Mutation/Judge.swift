import Foundation

/// A suite of tests or a lesson: something that may notice a fault.
struct Judge: Hashable {
  enum Kind { case suite, lesson }

  let kind: Kind
  /// `NotebookTests.NumeralTests`, or `01-svd-theorem`.
  let name: String

  /// The target of a suite.
  var target: String { String(name.split(separator: ".")[0]) }

  /// Suites that start processes and wait for them: on a busy machine one may fail without a fault, so that each of their
  /// failures has to happen twice.
  var startsProcesses: Bool {
    ["GradingTests", "CourseTests", "BenchmarkTests", "ReconstructTests"].contains(target)
  }

  /// All there are in what was built into `tree`.
  static func all(in tree: PlantedTree) throws -> [Judge] {
    let list = try Run(
      bundle(in: tree), ["--testing-library", "swift-testing", "--list-tests"], in: tree.tree.root,
      output: tree.place.url("tests.txt"))
    let names = list.output.split(separator: "\n").compactMap { $0.split(separator: "/").first.map(String.init) }
    // Tests of the lessons want all of them, and the committed pages; some lessons are asked instead, one by one.
    let suites = Set(names.filter { $0.contains("Tests.") && !$0.hasPrefix("LessonTests.") })
    guard !suites.isEmpty else { throw Failure("no tests: \(list.output.suffix(300))") }
    return suites.sorted().map { Judge(kind: .suite, name: $0) }
      + tree.lessons.map { Judge(kind: .lesson, name: $0) }
  }

  private static func bundle(in tree: PlantedTree) -> String {
    tree.products.appending(path: "autoencodersPackageTests.xctest").path
  }

  /// What `judges`, either suites or one lesson, find with what `environment` turns on; `nil` if nothing.
  ///
  /// - Parameters:
  ///   - seconds: how long they take without a fault.
  ///   - worker: tells the files of this run from those of others at the same time.
  static func verdict(
    of judges: [Judge], in tree: PlantedTree, environment: [String: String], seconds: Double, worker: Int
  ) throws -> String? {
    let output = tree.place.url("output-\(worker).txt")
    let pages = tree.place.url("pages-\(worker)")
    let lesson = judges.first { $0.kind == .lesson }
    var command = ["--json", "--threads", "1", "--output", pages.path]
    if lesson == nil {
      command = ["--testing-library", "swift-testing"]
      for judge in judges { command += ["--filter", "^\(judge.name.replacing(".", with: "\\."))(/|$)"] }
    }
    let program = lesson.map { tree.products.appending(path: $0.name).path } ?? bundle(in: tree)
    try? FileManager.default.removeItem(at: pages)
    let run = try Run(
      "/bin/sh", ["-c", "ulimit -St \(Int(4 * seconds) + 20); exec \"$0\" \"$@\"", program] + command,
      // To say where a program has crashed would take longer than to see that it has.
      in: tree.tree.root, environment: environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 },
      limit: 8 * seconds + 60, endsAtFailure: lesson == nil,
      output: output)
    switch run.end {
    case .tooLong: return "no end in \(Int(run.seconds)) s"
    case .failed(let line): return String(line.prefix(160))
    case .signalled(let signal): return "signal \(signal)"
    case .exited(let code) where code != 0: return "exit code \(code)"
    default: return lesson.flatMap { difference(of: $0.name, in: pages, tree) }
    }
  }

  /// The first file of a lesson's pages that is not as committed.
  private static func difference(of lesson: String, in pages: URL, _ tree: PlantedTree) -> String? {
    let (written, committed) = (Disk(root: pages.appending(path: lesson)), tree.tree)
    let names = Set(written.files(below: "") + committed.files(below: "Outputs/\(lesson)")).subtracting(["index.html"])
    return names.sorted().first { name in
      (try? Data(contentsOf: written.url(name))) != (try? Data(contentsOf: committed.url("Outputs/\(lesson)/\(name)")))
    }.map { "\(lesson)/\($0) is not as committed" }
  }
}
