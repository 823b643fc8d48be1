#if os(Linux)
  import Foundation
  import Programs
  import Testing

  /// Ctrl-C, or a queue's time limit, in the middle of the program `grade`.
  @Suite("An interrupted grader")
  struct InterruptionTests {
    enum Moment: CaseIterable {
      case compiling, asking

      func submission() throws -> String {
        switch self {
        case .compiling:
          """
          typealias A<T> = (T, T, T, T, T, T, T, T)
          typealias B<T> = A<A<A<A<T>>>>
          let x: B<B<B<Int>>>? = nil
          """
        case .asking: try RightAnswers.text(but: "energyCaptured", does: "  while true { sleep(1000) }")
        }
      }

      /// Whether this is the command line of the process that then runs.
      func isIts(_ line: [String]) -> Bool {
        self == .compiling ? line.contains("-frontend") : line == ["answers"]
      }
    }

    @Test(arguments: Moment.allCases, [SIGINT, SIGTERM])
    func `it leaves neither a folder nor a process behind`(moment: Moment, signal: Int32) throws {
      let scratch = try Scratch()
      try scratch.write(try moment.submission(), to: "Exercises01.swift")
      let place = scratch.folder.appending(path: "temporary")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": place.path]) { $1 }
      let process = try ChildProcess(
        Place.products.appending(path: "grade"),
        ["--lesson", "01", "--exercises", scratch.folder.path, "--timeout", "600"], environment: environment)
      let deadline = ContinuousClock.now + .seconds(60)
      var started: [pid_t] = []
      while started.isEmpty && .now < deadline {
        usleep(20_000)
        started = processes(of: process.id, at: place).filter { moment.isIts($0.line) }.map(\.id)
      }
      // By then it is the exercise that does not return.
      usleep(500_000)
      #expect(!started.isEmpty)
      process.send(signal)
      let output = process.drain().output
      #expect(process.reap() == .exited(128 + signal))
      #expect(output.isEmpty)
      let left = try FileManager.default.contentsOfDirectory(atPath: place.path)
      #expect(left.isEmpty, "\(left)")
      // A process that was killed is gone when its parent, by now the system's first process, has noticed.
      func remaining() -> [pid_t] {
        processes(of: process.id, at: place).map(\.id) + started.filter { kill($0, 0) == 0 }
      }
      for _ in 0..<100 where !remaining().isEmpty { usleep(20_000) }
      #expect(remaining().isEmpty)
    }

    /// The processes that `parent` has started, or that name a file in `folder`, with their command lines, word by word.
    private func processes(of parent: pid_t, at folder: URL) -> [(id: pid_t, line: [String])] {
      let files = FileManager.default
      let numbers = ((try? files.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { pid_t($0) }
      return numbers.compactMap { id in
        guard let line = files.contents(atPath: "/proc/\(id)/cmdline") else { return nil }
        let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        let state = String(decoding: files.contents(atPath: "/proc/\(id)/stat") ?? Data(), as: UTF8.self)
        // After the name, which is in brackets, come the state and the parent.
        let isChild = state.split(separator: ")").last?.split(separator: " ").dropFirst().first == "\(parent)"
        return isChild || words.contains { $0.contains(folder.path) } ? (id, words) : nil
      }
    }
  }
#endif
