import Programs
import Testing

@testable import benchmark

@Suite("The command line of benchmark")
struct OptionsTests {
  @Test func `no arguments mean every workload, on one thread and on two, without peers`() throws {
    let options = try Options([])
    #expect(options.workloads.isEmpty && options.threads == [1, 2] && options.repeats == 5)
    #expect(!options.peers && !options.json && !options.help && !options.quick && options.process == nil)
    #expect(options.python == "python3" && options.clock == .wall)
  }

  @Test func `workloads are named with the option or alone, in any case`() throws {
    let options = try Options(
      [
        "W3", "--workload", "w4", "--threads=2", "--threads", "1", "--repeats", "7", "--peers", "--python=/a=b",
        "--json",
      ])
    #expect(options.workloads == ["W3", "W4"])
    #expect(options.threads == [2, 1] && options.repeats == 7)
    #expect(options.peers && options.json && options.python == "/a=b")
  }

  @Test(arguments: [
    (["--worklod"], "--worklod"), (["W10"], "there are W1, W2"), (["--workload", "all"], "'all'"),
    (["--threads", "3"], "from 1 to 2"), (["--repeats", "0"], "from 1 to 1000"), (["--python"], "needs a value"),
    (["--json=1"], "takes no value"), (["--cpu-time"], "--threads 1"),
    (["--cpu-time", "--threads", "2"], "--threads 1"),
  ])
  func `what is not understood is named, with exit code 64`(arguments: [String], message: String) {
    let failure = #expect(throws: Failure.self) { try Options(arguments) }
    #expect(failure?.exitCode == 64)
    #expect(failure?.message.contains(message) == true)
    #expect(failure?.message.contains("\n") == false)
  }

  @Test func `help names every option and every workload`() {
    for option in [
      "--workload", "--repeats", "--threads", "--peers", "--python", "--cpu-time", "--quick", "--json", "--process",
      "--help",
    ] { #expect(Options.help.contains("  \(option) ")) }
    for name in (1...9).map({ "W\($0)" }) { #expect(Options.help.contains("  \(name)  ")) }
    #expect(Options.help.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }
}
