import Exercises
import Grading

extension Report {
  /// The marks as JUnit's XML: a suite for each lesson, a case for each exercise; what was not attempted is skipped.
  var junit: String {
    var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#, "<testsuites \(counts)>"]
    for lesson in lessons {
      let suite = Report(marks: marks.filter { $0.exercise.lesson == lesson })
      let name = Exercise.file(ofLesson: lesson).dropLast(".swift".count)
      lines.append("  <testsuite name=\"\(name)\" \(suite.counts)>")
      lines += suite.marks.map { "    \($0.junit)" }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>", ""]).joined(separator: "\n")
  }

  private var counts: String {
    let skipped = marks.count { !$0.verdict.isAttempt }
    let failures = marks.count { $0.verdict.isAttempt && $0.verdict != .passed }
    return "tests=\"\(marks.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\""
  }
}

extension Mark {
  fileprivate var junit: String {
    let name = "name=\"\(exercise.name) \(exercise.function)\" classname=\"lesson \(exercise.lesson)\""
    let text = remarks.map(\.xml).joined(separator: "&#10;")
    return switch verdict {
    case .passed: "<testcase \(name)/>"
    case .notAttempted, .missing: "<testcase \(name)><skipped message=\"\(text)\"/></testcase>"
    case .wrong, .failed, .notCompiled: "<testcase \(name)><failure message=\"\(text)\"/></testcase>"
    }
  }
}

extension String {
  /// The text as the value of an attribute; characters that XML cannot hold become U+FFFD.
  fileprivate var xml: String {
    unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
      default: String(scalar)
      }
    }.joined()
  }
}
