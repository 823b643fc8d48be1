import Foundation
import LinearAlgebra
import Programs

/// The program `benchmark`: it measures the course, and if asked to the libraries of Python beside it.
struct Benchmark {
  /// This program, to be run as a process that is measured.
  let program: URL

  static var ownProgram: URL {
    (Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])).resolvingSymlinksInPath()
  }

  /// Does what `arguments`, the command line without the program's name, ask for, and returns the exit code. What went
  /// wrong has then been said on standard error.
  func run(_ arguments: [String]) -> Int32 {
    if arguments.first == WholeProcess.launcherFlag { return WholeProcess.launch(Array(arguments.dropFirst())) }
    do {
      let options = try Options(arguments)
      let console = try Console(color: false, progress: false)
      if options.help {
        try console.print(Options.help)
      } else if let name = options.process {
        try console.print(try Benchmark.results(ofProcess: name, options) + "\n")
      } else {
        try measure(options, console)
      }
      return ExitCode.done.rawValue
    } catch {
      let failure = error as? Failure ?? Failure("\(error)", code: .checkFailed)
      try? FileHandle.standardError.write(contentsOf: Data("benchmark: \(failure.message)\n".utf8))
      return failure.exitCode
    }
  }

  /// Does the work of a whole process, and returns what came out of it as a JSON object.
  static func results(ofProcess name: String, _ options: Options) throws -> String {
    Parallelism.threads = options.threads[0]
    guard let workload = Workloads.all(quick: options.quick).first(where: { $0.name == name }),
      let results = try workload.wholeProcess()
    else { throw Failure("\(name) is not measured as a process", code: .usage) }
    return String(decoding: try JSONEncoder().encode(results), as: UTF8.self)
  }

  private func measure(_ options: Options, _ console: Console) throws {
    Terminal.reportSlowness(of: "benchmark")
    let all = Workloads.all(quick: options.quick)
    let chosen = options.workloads.isEmpty ? all : all.filter { options.workloads.contains($0.name) }
    let exchange = options.peers ? try Exchange() : nil
    defer { exchange?.remove() }
    let signals = Signals([SIGINT, SIGTERM, SIGHUP]) { number in
      exchange?.remove()
      _exit(128 + number)
    }
    defer { withExtendedLifetime(signals) {} }
    let peers = try exchange.map { try Peers(python: options.python, folder: $0.folder, console: console) }
    let versions = try peers?.versions()
    try exchange?.writePlan(all)

    let peak = Peak(clock: options.clock, tries: options.quick ? 2 : 20)
    let report = Report(console: console, json: options.json, peak: peak)
    try report.begin(clock: options.clock, versions: versions, limit: peers?.limit)
    for workload in chosen {
      try exchange?.writeArrays(of: workload)
      for threads in options.threads {
        try report.begin(workload, threads: threads)
        let contest = Contest(workload: workload, threads: threads, options: options, program: program, peers: peers)
        try contest.run { try report.add($0) }
      }
    }
  }
}
