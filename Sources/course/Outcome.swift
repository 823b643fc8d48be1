import Foundation
import Notebook
import Programs

/// What became of one lesson.
struct Outcome: Sendable {
  let lesson: LessonProgram
  /// What the lesson reported; `nil` if it ended before its page was written.
  let report: Report?
  /// The report as the lesson printed it.
  let json: String
  /// What went wrong, and the exit code that stands for it; `nil` if nothing did.
  let failure: Failure?
  let duration: Duration

  /// Judges a lesson that printed `output` and `errors` and ended with `end`.
  init(_ lesson: LessonProgram, end: ChildProcess.End, output: Data, errors: Data, duration: Duration) {
    self.lesson = lesson
    self.duration = duration
    json = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    let read = Result { try Outcome.decoder.decode(Report.self, from: output) }
    // A lesson reports, and then writes its page; only these ends come after that.
    report = end == .exited(0) || end == .exited(1) ? try? read.get() : nil
    failure = Outcome.failure(of: lesson.name, end, read, errors: String(decoding: errors, as: UTF8.self))
  }

  /// A lesson that could not be started.
  init(_ lesson: LessonProgram, failure: Failure) {
    self.lesson = lesson
    self.failure = failure
    report = nil
    json = ""
    duration = .zero
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }

  private static func failure(
    of lesson: String, _ end: ChildProcess.End, _ read: Result<Report, any Error>, errors: String
  ) -> Failure? {
    let said = errors.trimmingCharacters(in: .whitespacesAndNewlines)
    let quoted = said.isEmpty ? "" : ":\n" + said.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    switch (end, read) {
    case (.signalled(let signal), _) where [SIGINT, SIGKILL, SIGTERM].contains(signal):
      return Failure(
        "was ended from outside (\(Signals.name(signal))), perhaps for want of memory; to try again: swift run \(lesson)"
          + quoted, code: .checkFailed)
    case (.signalled(let signal), _):
      return Failure("crashed (\(Signals.name(signal)))\(quoted)", code: .checkFailed)
    case (.exited(0...1), .success(let report)) where !report.passed:
      return Failure(report.failures.joined(separator: "\n"), code: .checkFailed)
    case (.exited(0), .success): return nil
    case (.exited(0), .failure(let error)):
      return Failure("printed something else than one JSON object (\(error))\(quoted)", code: .checkFailed)
    case (.exited(let code), _):
      return Failure("ended with exit code \(code)\(quoted)", exitCode: code)
    }
  }
}

extension Report {
  /// `12 checks, 31 steps`.
  static func counts(checks: Int, steps: Int) -> String {
    "\(counted(checks, "check")), \(counted(steps, "step"))"
  }

  /// The number of lines of all derivations.
  var stepCount: Int { derivations.reduce(0) { $0 + $1.steps.count } }

  /// The largest residual of a line of a derivation, NaN if one is; 0 if nothing was compared.
  var largestResidual: Double {
    derivations.flatMap(\.steps).compactMap(\.residual).reduce(0) { $1 <= $0 ? $0 : $1 }
  }

  /// A line for each check, each step and each figure that failed.
  var failures: [String] {
    let checks = checks.filter { !$0.passed }.map { "check failed: \($0.claim): \($0.statement)" }
    let steps = derivations.flatMap { derivation in
      derivation.steps.enumerated().filter { !$0.element.passed }.map { number, step in
        let (residual, allowed) = Numeral.distinct(step.residual ?? .nan, step.tolerance, significant: 2)
        return
          "derivation failed: \(derivation.title), step \(number + 1), \(step.tex): residual \(residual), allowed \(allowed)"
      }
    }
    return checks + steps + undrawn.map { "the figure \($0.name) could not be drawn: \($0.reason)" }
  }
}
