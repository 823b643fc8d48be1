import Programs

/// What the command line asks for.
struct Options: Equatable {
  /// The workloads to measure, in the order of the help; none means all.
  var workloads: [String] = []
  /// How often each figure is measured.
  var repeats = 5
  /// The numbers of threads to measure with; none means one and two.
  var threads: [Int] = []
  /// Whether Python's libraries do the same work in the same run.
  var peers = false
  var python = "python3"
  /// What is read before and after the work.
  var clock = Clock.wall
  /// A hundredth of the work: whether everything runs, not how fast.
  var quick = false
  var json = false
  var help = false
  /// The workload to run once, as a process that another one measures.
  var process: String?

  /// Reads `arguments`, the command line without the program's name.
  ///
  /// - Throws: ``Failure`` with exit code 64.
  init(_ arguments: [String]) throws(Failure) {
    let arguments = try Arguments(
      arguments, flags: ["--peers", "--cpu-time", "--quick", "--json", "--help", "-h"],
      valued: ["--workload", "--repeats", "--threads", "--python", "--process"], program: "benchmark")
    for item in arguments.items {
      switch item {
      case .flag("--peers"): peers = true
      case .flag("--cpu-time"): clock = .processor
      case .flag("--quick"): quick = true
      case .flag("--json"): json = true
      case .flag: help = true
      case .word(let name), .value(let name, for: "--workload"): workloads.append(try Options.workload(name))
      case .value(let value, for: "--repeats"):
        repeats = try Arguments.number(value, for: "--repeats", in: 1...1000)
      case .value(let value, for: "--threads"):
        let count = try Arguments.number(value, for: "--threads", in: 1...2)
        if !threads.contains(count) { threads.append(count) }
      case .value(let value, for: "--python"): python = value
      case .value(let value, for: _): process = try Options.workload(value)
      }
    }
    guard clock == .wall || threads == [1] || process != nil || help else {
      throw Failure("--cpu-time reads the time of one thread, so it needs --threads 1", code: .usage)
    }
    if threads.isEmpty { threads = [1, 2] }
  }

  private static func workload(_ name: String) throws(Failure) -> String {
    let known = Workloads.names
    guard let found = known.first(where: { $0.lowercased() == name.lowercased() }) else {
      throw Failure("there is no workload '\(name)'; there are \(known.joined(separator: ", "))", code: .usage)
    }
    return found
  }

  static var help: String {
    """
    benchmark: measures the kernels and the training steps of the course

    Examples
      swift run -c release benchmark                        every workload, on one thread and on two
      swift run -c release benchmark W1 W6 --threads 1      these two, on one thread
      swift run -c release benchmark --peers --python .venv/bin/python
                                                            Python's libraries do the same in the same run

    Workloads
    \(Workloads.all(quick: false).map { "  \(type(of: $0).name)  \($0.title)" }.joined(separator: "\n"))

    Options
      --workload NAME   measure this workload; may be given several times, and NAME may stand alone
      --repeats N       how often each figure is measured (default: 5)
      --threads N       1 or 2; may be given twice (default: both)
      --peers           measure Python's libraries too, in turns; a ratio above 1 means that the course is faster;
                        built for AVX2 (COURSE_MARCH=x86-64-v3), the course holds them to AVX2 too
      --python PATH     the Python that has them (default: python3); pip install -r \(PeerProcess.requirements)
      --cpu-time        read the processor's time, not the wall's: with --threads 1, on a busy machine
      --quick           a hundredth of the work: shows that everything runs, not how fast
      --json            one JSON object a line: workload, case, metric, value (the median), unit, threads, who,
                        minimum, maximum, repeats, instructions (built for), processor (its instructions)
      --process NAME    used by the program itself: do the work of W3, W4, W5, W8 or W9 once, as a process to measure
      --help            this text

    Exit codes: 0 done, 1 a measurement failed, 64 usage, 66 there is no such Python, 73 output cannot be created.

    """
  }
}
