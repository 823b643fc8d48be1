import Exercises
import Foundation
import Grading

extension Report {
  /// The marks as JUnit's XML: a suite for each lesson, a case for each exercise; what was not attempted is skipped.
  var junit: String {
    var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#, "<testsuites \(counts)>"]
    for lesson in lessons {
      let suite = Report(marks: marks.filter { $0.exercise.lesson == lesson })
      let name = Exercise.file(ofLesson: lesson).dropLast(".swift".count)
      lines.append("  <testsuite name=\"\(name)\" \(suite.counts)>")
      let missing = missingLayers.map(\.rawValue).joined(separator: " ")
      lines.append("    <properties><property name=\"missing-confinement\" value=\"\(missing)\"/></properties>")
      lines += suite.marks.map { "    \($0.junit(feedback))" }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>", ""]).joined(separator: "\n")
  }

  private var counts: String {
    let skipped = marks.count { !$0.verdict.isAttempt }
    let failures = marks.count { $0.verdict.isAttempt && $0.verdict != .passed }
    return "tests=\"\(marks.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\" "
      + "time=\"\(milliseconds(seconds))\""
  }
}

extension Mark {
  fileprivate func junit(_ feedback: Feedback) -> String {
    let name =
      "name=\"\(exercise.name) \(exercise.function)\" classname=\"lesson \(exercise.lesson)\" "
      + "time=\"\(milliseconds(seconds))\""
    let remarks = remarks(feedback).map(\.xml)
    // Some readers show the attribute only, others the body.
    let (first, all) = (remarks.first ?? "", remarks.joined(separator: "\n"))
    return switch verdict {
    case .passed: "<testcase \(name)/>"
    case .notAttempted, .missing: "<testcase \(name)><skipped message=\"\(first)\">\(all)</skipped></testcase>"
    case .wrong, .failed, .notCompiled:
      "<testcase \(name)><failure message=\"\(first)\">\(all)</failure></testcase>"
    }
  }
}

/// Seconds with three decimals, as JUnit's readers want them.
private func milliseconds(_ seconds: Double) -> String { String(format: "%.3f", seconds) }

extension String {
  /// The text in an attribute or an element; characters that XML cannot hold become U+FFFD.
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
