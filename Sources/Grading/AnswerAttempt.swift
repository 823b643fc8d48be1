import Exercises

/// A student's file as it is given to the compiler: what did not compile is taken out of it, function by function, and behind
/// it stands a list of the answers, with a line for each.
struct AnswerAttempt {
  private let original: String
  private let name: String
  private var asked: [(function: String, signature: Signature)]
  private var source: AnswerSource?
  private(set) var lost: [String: Verdict] = [:]
  /// What was wrong with functions that were taken out; there may be others of the same names.
  private var reasons: [String: String] = [:]

  /// What `main.swift` calls.
  static let list = "answersOfThisFile"
  /// The line of the first answer, if that of the function around them is called 1.
  private static let firstLine = 3

  init(text: String, name: String, examinations: [Examination]) {
    (original, self.name) = (text, name)
    asked = examinations.compactMap { examination in
      examination.signature.map { (examination.function, $0) }
    }
  }

  private var student: String { source?.text ?? original }
  /// In the student's file, where private functions can be seen too.
  var text: String {
    """
    \(student)
    import Exercises
    import LinearAlgebra
    #sourceLocation(file: "\(AnswerAttempt.list)", line: 1)
    func \(AnswerAttempt.list)() -> [Exercises.Answer] {
      [
    \(asked.map { "    .init(\"\($0.function)\", \($0.signature.asArguments), \($0.function))," }.joined(separator: "\n"))
      ]
    }

    """
  }

  /// The complaints in `message`, the compiler's, that name a place; what has none may not be of the file's making.
  static func errors(in message: String) -> [(file: Substring, line: Substring, text: Substring)] {
    message.matches(of: /(?m)^(?<file>[^:\n]+):(?<line>\d+):\d+: error: (?<text>.*)$/).map {
      ($0.file, $0.line, $0.text)
    }
  }

  /// Takes out what `message`, the compiler's, complains about.
  ///
  /// - Throws: ``Verdict/notCompiled(_:)`` if that is not in functions alone.
  mutating func giveUp(after message: String) throws(Verdict) {
    let errors = AnswerAttempt.errors(in: message)
    guard !errors.isEmpty, errors.allSatisfy({ [name, AnswerAttempt.list].contains(String($0.file)) }) else {
      throw .notCompiled(message)
    }
    if source == nil { source = AnswerSource(original) }
    guard var source else { return }
    var left = asked
    var functions: [(function: AnswerSource.Function, text: String)] = []
    for error in errors {
      let line = Int(error.line) ?? 0
      if error.file == AnswerAttempt.list, asked.indices.contains(line - AnswerAttempt.firstLine) {
        let function = asked[line - AnswerAttempt.firstLine].function
        lost[function] = lost[function] ?? changed(function, text: String(error.text))
        left.removeAll { $0.function == function }
      } else if error.file == name, let function = source.function(atLine: line) {
        functions.append((function, "\(name):\(line): \(error.text)"))
      } else {
        throw .notCompiled(message)
      }
    }
    for (name, group) in Dictionary(grouping: functions, by: \.function.name) {
      reasons[name] = group.map(\.text).joined(separator: "\n")
      if source.functions.count(where: { $0.name == name }) == 1 { left.removeAll { $0.function == name } }
      var places: Set<Int> = []
      for (function, _) in group where places.insert(function.declaration.lowerBound).inserted {
        source.giveUp(function, saying: "\(name) does not compile")
      }
    }
    for (function, _) in asked where lost[function] == nil && !left.contains(where: { $0.function == function }) {
      lost[function] = .notCompiled(reasons[function] ?? "")
    }
    asked = left
    self.source = source
  }

  /// What to say of an exercise's function that cannot be listed as an answer.
  private func changed(_ function: String, text: String) -> Verdict {
    if let reason = reasons[function] { return .notCompiled(reason) }
    guard text.contains("cannot find '\(function)'") else {
      return .notCompiled(
        "the first line of \(function) is not that of the exercise; put it back as it was")
    }
    let isWritten = original.contains("func \(function)")
    return .missing(
      "no function \(function) in \(name)"
        + (isWritten ? ": it is in a comment, in an #if that does not hold, or not at the top level of the file" : ""))
  }
}
