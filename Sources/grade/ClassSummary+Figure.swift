extension ClassSummary {
  /// A bar for each exercise, in the order of the summary: how many got it right, and what became of the others.
  var svg: String {
    let (row, left, width) = (22, 190, 420)
    let height = 64 + row * exercises.count
    let total = max(1, records.count { !$0.entries.isEmpty })
    let hardest = exercises.first.map {
      "The hardest is \($0.exercise.name), right in \($0.count(.right)) of \(total)."
    }
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 \(height)\" role=\"img\" "
        + "font-family=\"system-ui, sans-serif\" font-size=\"12\">",
      "<title>Answers of \(total) students, exercise by exercise</title>",
      "<desc>\(hardest ?? "Nothing was marked.")</desc>",
      "<rect width=\"640\" height=\"\(height)\" fill=\"#ffffff\"/>",
    ]
    for (index, outcome) in StudentRecord.Outcome.allCases.enumerated() {
      let x = left + 88 * index
      lines.append(bar(x: x, y: 12, width: 12, outcome))
      lines.append("<text x=\"\(x + 16)\" y=\"22\">\(outcome == .notCompiled ? "no program" : outcome.rawValue)</text>")
    }
    for (index, difficulty) in exercises.enumerated() {
      let y = 44 + row * index
      lines.append(
        "<text x=\"\(left - 8)\" y=\"\(y + 11)\" text-anchor=\"end\">\(difficulty.exercise.name) "
          + "\(difficulty.exercise.function)</text>")
      var count = 0
      for outcome in StudentRecord.Outcome.allCases where difficulty.count(outcome) > 0 {
        // Both ends are rounded, so that neighbours meet.
        let (start, end) = (width * count / total, width * (count + difficulty.count(outcome)) / total)
        lines.append(bar(x: left + start, y: y, width: end - start, outcome))
        count += difficulty.count(outcome)
      }
    }
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }

  private func bar(x: Int, y: Int, width: Int, _ outcome: StudentRecord.Outcome) -> String {
    // Okabe and Ito's colours, which colour-blind readers tell apart.
    let color =
      switch outcome {
      case .right: "#009e73"
      case .wrong: "#d55e00"
      case .noAnswer: "#e69f00"
      case .notCompiled: "#56b4e9"
      case .notAttempted: "#dddddd"
      }
    return "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"14\" fill=\"\(color)\"/>"
  }
}
