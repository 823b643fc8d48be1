#if os(Linux)
  import Foundation
  import Programs
  import Testing

  @testable import Grading

  /// A grader of a class runs for hours: what it cannot do must leave nothing open.
  @Suite("Descriptors after failures")
  struct DescriptorTests {
    @Test func `a program that cannot be copied leaves none open`() async {
      await #expect(processExitsWith: .success) {
        // A folder can be opened like a file, but not read like one.
        func count() -> Int { ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).count }
        let before = count()
        for _ in 0..<3 { _ = try? ProgramImage(FileManager.default.temporaryDirectory) }
        exit(count() == before ? 0 : 1)
      }
    }

    @Test func `a connection that is not complete leaves none open`() async {
      await #expect(processExitsWith: .success) {
        var limit = rlimit(rlim_cur: 64, rlim_max: 64)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        var opened: [Int32] = []
        func fill() { while case let next = open("/dev/null", O_RDONLY), next >= 0 { opened.append(next) } }
        fill()
        // Enough for the two ends of a connection, and one of a pipe.
        for descriptor in opened.suffix(3) { close(descriptor) }
        opened = []
        if (try? AnsweringProcess.connect()) != nil { exit(2) }
        fill()
        exit(opened.count == 3 ? 0 : 1)
      }
    }
  }
#endif
