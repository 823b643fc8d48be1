import Foundation
import Programs

@testable import Notebook
@testable import benchmark
@testable import course
@testable import grade
@testable import reconstruct

extension Reader {
  /// The command lines of all programs.
  static let options = Reader(name: "options", usual: 3000) { chance in
    let arguments = (0..<chance.below(6)).map { _ in word(&chance) }
    func failure(_ read: () throws(Failure) -> Void) throws {
      do throws(Failure) {
        try read()
      } catch {
        try require(!error.message.isEmpty && error.exitCode == 64, "\(arguments): \(error)")
      }
    }
    try failure { () throws(Failure) in _ = try course.Options(arguments).indexCommand }
    try failure { () throws(Failure) in _ = try grade.Options(arguments) }
    try failure { () throws(Failure) in _ = try reconstruct.Options(arguments) }
    try failure { () throws(Failure) in _ = try benchmark.Options(arguments) }
    do {
      var options = try Notebook.Options(arguments)
      let rank = try options.claim("rank").map { try Notebook.Options.number($0, for: "--rank", in: 1...64) }
      let noise = try options.claim("noise").map { try Notebook.Options.number($0, for: "--noise", in: 0.0...1.5) }
      try require((1...64).contains(rank ?? 1) && (0...1.5).contains(noise ?? 0), "\(arguments): out of range")
    } catch let error as LessonFailure {
      try require(!error.message.isEmpty && error.code == .usage, "\(arguments): \(error)")
    }
    // Every manual can be shown on every terminal.
    let width = 1 + chance.below(120)
    let manuals = [course.Options.manual, grade.Options.manual, reconstruct.Options.manual]
    if chance.once(in: 50) { _ = manuals.map { $0.text(width: width) } }
    let line = arguments.joined(separator: " ")
    _ = (line.wrapped(to: width, hanging: chance.below(4)), line.printable)
    return line.utf8.count
  }

  private static func word(_ chance: inout Chance) -> String {
    let names = [
      "--help", "-h", "--quiet", "-q", "--json", "--open", "--no-color", "--seed", "--threads", "--output", "--data",
      "--code", "--jobs",
      "--lesson", "--exercise", "--exercises", "--class", "--unpack", "--format", "--feedback", "--secret", "--timeout",
      "--passing",
      "--replay", "--student-edition", "--require-confinement", "--limit", "--rank", "--noise", "--peers", "--workload",
      "--repeats",
      "--process", "-", "--", "-1", "=", "--=", "--seed=", "01", "W1",
    ]
    let values = [
      "7", "1.3:7", "1.3", "text", "junit", "hint", "DIR", "0", "18446744073709551615", "-1", ":", "1.3:", ":7",
      "1.3:x",
    ]
    switch chance.below(8) {
    case 0...2: return chance.one(of: names)
    case 3: return chance.one(of: names) + "=" + chance.one(of: values)
    case 4: return chance.one(of: values)
    case 5: return chance.numeral()
    case 6: return chance.text()
    default: return chance.mutated(names, tokens: values + ["=", "-", " "])
    }
  }
}
