import Foundation
import Testing

/// Inputs that nobody would write, for everything that reads: each is read, or refused with a reason.
///
/// An ordinary test reads some thousands of them. `.ci/fuzz` reads as many as it is asked for, and finds the number of the
/// input at which a process died.
@Suite struct FuzzTests {
  @Test(arguments: Campaign.readers) func everyInputIsReadOrRefusedWithAReason(reader: Reader) throws {
    let campaign = Campaign(reader)
    for finding in campaign.run() { Issue.record("\(finding)") }
  }
}

/// A run of numbered inputs through one reader.
final class Campaign {
  private static let environment = ProcessInfo.processInfo.environment

  private static func number<Number: FixedWidthInteger>(_ name: String) -> Number? {
    environment["COURSE_FUZZ\(name)"].flatMap { Number($0) }
  }

  /// Whether somebody has asked for a number of inputs.
  static var isLong: Bool { environment["COURSE_FUZZ"] != nil }

  static var readers: [Reader] {
    let wanted = environment["COURSE_FUZZ_READER"]
    return Reader.all.filter { wanted == nil || $0.name == wanted }
  }

  private let reader: Reader
  private let seed: UInt64
  private let inputs: Range<Int>
  /// Where the number of the current input is written, for whoever finds this process dead.
  private let journal: Int32?

  init(_ reader: Reader) {
    self.reader = reader
    seed = Campaign.number("_SEED") ?? 1
    let first = Campaign.number("_FIRST") ?? 0
    inputs = first..<first + (Campaign.number("") ?? reader.usual)
    journal = Campaign.environment["COURSE_FUZZ_JOURNAL"].map { open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o600) }
  }

  deinit { if let journal { close(journal) } }

  /// What did not hold. After twenty findings no more inputs are read.
  func run() -> [String] {
    var findings: [String] = []
    var (count, bytes) = (0, 0)
    for number in inputs where findings.count < 20 {
      note(number)
      let (before, memory) = (Campaign.processorTime(), Campaign.largestMemory())
      var chance = Chance(seed: seed, reader: reader.name, input: number)
      do {
        let length = try reader.read(&chance)
        count += 1
        bytes += length
        let (seconds, grown) = (Campaign.processorTime() - before, Campaign.largestMemory() - memory)
        // Readers take less than a microsecond a byte if they are optimised, and so do the renderers behind them.
        try require(seconds < 1 + 1e-4 * Double(length), "\(seconds) s for \(length) bytes")
        // Readers that run side by side share their process's memory.
        try require(!Campaign.isLong || grown < 1 << 26 + 1000 * length, "\(grown >> 20) MiB for \(length) bytes")
      } catch {
        findings.append("\(reader.name), input \(number) of seed \(seed): \(error)")
        say(findings[findings.count - 1])
      }
    }
    if journal != nil { alarm(0) }
    say("\(reader.name): \(count) inputs of \(bytes) bytes in \(Int(Campaign.processorTime())) s of processor time")
    return findings
  }

  /// Says it at once: this process may die at the next input.
  private func say(_ line: String) {
    guard Campaign.isLong else { return }
    let text = line.split(whereSeparator: \.isNewline).joined(separator: " ⏎ ").prefix(2000)
    try? FileHandle.standardError.write(contentsOf: Data("fuzz: \(text)\n".utf8))
  }

  /// Writes the number down, and ends the process if it is still the current one after a minute.
  private func note(_ number: Int) {
    guard let journal else { return }
    alarm(60)
    let text = String(number) + "\n"
    _ = text.utf8CString.withUnsafeBytes { pwrite(journal, $0.baseAddress, $0.count - 1, 0) }
  }

  /// The seconds that this thread has computed: however busy the machine is, they are those of the reader.
  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// The most bytes that this process has had in memory.
  private static func largestMemory() -> Int {
    var usage = rusage()
    #if os(Linux)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return Int(usage.ru_maxrss) << 10
    #else
      getrusage(RUSAGE_SELF, &usage)
      return Int(usage.ru_maxrss)
    #endif
  }
}
