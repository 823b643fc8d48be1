import Exercises
import Foundation
import LinearAlgebra
import Notebook
import Programs

@testable import Grading
@testable import course
@testable import grade

// MARK: What crosses the socket

extension Reader {
  static let values = Reader(name: "values", usual: 5000) { chance in
    let value = anyValue(&chance, depth: chance.once(in: 100) ? 9 : chance.below(4))
    let bytes = value.bytes
    let read = Value(bytes: bytes)
    try require(read?.bytes == bytes || depth(of: value) > 8, "\(value) does not come back")
    let replies: [Reply] = [.answered(value), .notAttempted, .otherParameters, .threw(chance.text()), .outOfMemory]
    let reply = chance.one(of: replies)
    try require(Reply(reply.value)?.value.bytes == reply.value.bytes, "\(reply) does not come back")
    let words: [[UInt8]] = [
      [3], [4], [5], [0, 0, 0, 0, 0, 0, 0, 128], [255, 255, 255, 255, 255, 255, 255, 127], [9, 0, 0, 0, 0, 0, 0, 0],
    ]
    let damaged = chance.mutated([bytes, reply.value.bytes], tokens: words)
    if let read = Value(bytes: damaged) {
      // Bytes of a text that are no UTF-8 are three each afterwards.
      try require(read.bytes.count <= 3 * damaged.count, "\(damaged.count) bytes become \(read.bytes.count)")
      try require(Value(bytes: read.bytes)?.bytes == read.bytes, "what was read does not come back")
      _ = (Reply(read), read.summary, read.swift)
      _ = (Matrix<Double>(read), [Double](read), [[Int]](read), [Matrix<Double>](read), Bool(read))
    }
    return bytes.count + damaged.count
  }

  private static func depth(of value: Value) -> Int {
    if case .list(let values) = value { 1 + (values.map(depth).max() ?? 0) } else { 1 }
  }

  fileprivate static func anyValue(_ chance: inout Chance, depth: Int) -> Value {
    switch chance.below(depth > 0 ? 8 : 5) {
    case 0: return .truth(chance.once(in: 2))
    case 1: return .integer(chance.integer())
    case 2: return .number(chance.number())
    case 3: return .text(chance.text())
    case 4:
      let (rows, columns) = chance.once(in: 8) ? (0, chance.integer() & .max) : (chance.below(4), chance.below(4))
      return .matrix(Matrix(rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in chance.number() }))
    default: return .list((0..<chance.below(4)).map { _ in anyValue(&chance, depth: depth - 1) })
    }
  }
}

// MARK: Answers, as they are marked

extension Reader {
  /// Answers of the right type and often of the right shape, but of hostile numbers, to one exercise.
  static let answers = Reader(name: "answers", usual: 150) { chance in
    let exercise = chance.one(of: Exercise.all)
    let examination = try Examination(of: exercise)
    let results = examination.signature?.results ?? []
    var hidden = chance
    var asked = 0
    let student = Student { values in
      asked += 1
      let shapes = [0, 1, 2] + values.flatMap(sizes)
      let parts = results.map {
        hidden.once(in: 10) ? anyValue(&hidden, depth: 2) : answer($0, shapes, values, &hidden)
      }
      return .answered(parts.count == 1 ? parts[0] : .list(parts))
    }
    let verdict = examination.verdict(on: student, seed: UInt64(chance.below(100)))
    let mark = Mark(exercise: exercise, verdict: verdict, seed: 1, printed: chance.text())
    for feedback in Feedback.allCases {
      for line in mark.remarks(feedback) {
        try require(line.unicodeScalars.count <= 6100, "a line of \(line.unicodeScalars.count) characters")
        try require(
          line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }, "a control character: \(line)")
      }
    }
    return asked
  }

  private static func sizes(of value: Value) -> [Int] {
    switch value {
    case .matrix(let A): [A.rows, A.columns]
    case .list(let values): [values.count] + values.prefix(3).flatMap(sizes)
    case .integer(let n): (0...50).contains(n) ? [n] : []
    case .truth, .number, .text: []
    }
  }

  /// A value of the Swift type called `type`; sometimes what was asked, changed.
  private static func answer(
    _ type: String, _ shapes: [Int], _ question: [Value], _ chance: inout Chance
  ) -> Value {
    let factor = chance.number()
    func number() -> Double { chance.once(in: 3) ? factor : chance.number() }
    switch type {
    case "Bool": return .truth(chance.once(in: 2))
    case "Int": return .integer(chance.once(in: 2) ? chance.one(of: shapes) : chance.integer())
    case "Double": return .number(chance.number())
    case "Matrix<Double>":
      for case .matrix(let A) in question where chance.once(in: 3) {
        return .matrix((chance.once(in: 2) ? A : A.T).map { factor * $0 })
      }
      let (rows, columns) = (chance.one(of: shapes), chance.one(of: shapes))
      return .matrix(Matrix(rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in number() }))
    default:
      guard type.hasPrefix("Array<") else { return anyValue(&chance, depth: 2) }
      let element = String(type.dropFirst(6).dropLast())
      let count = chance.one(of: shapes)
      return .list((0..<count).map { _ in answer(element, shapes, question, &chance) })
    }
  }
}

// MARK: A student's file

extension Reader {
  static let answerSource = Reader(name: "answer-source", usual: 500) { chance in
    let text = chance.once(in: 3) ? swift.text("d", &chance) : chance.mutated(Texts.exercises, tokens: tokens)
    let source = AnswerSource(text)
    try require(source.text == text, "what is not edited is changed")
    let lines = text.utf8.count { $0 == UInt8(ascii: "\n") }
    var edited = source
    for function in source.functions {
      try require(
        function.lines.lowerBound >= 1 && function.lines.upperBound <= lines + 1, "lines \(function.lines) of \(lines)")
      try require(
        function.declaration.lowerBound <= function.body.lowerBound
          && function.body.upperBound <= function.declaration.upperBound, "a body outside of its declaration")
      edited.giveUp(function, saying: "no")
    }
    try require(edited.text.utf8.count { $0 == UInt8(ascii: "\n") } == lines, "the lines have other numbers now")
    var attempt = AnswerAttempt(text: text, name: "A.swift", examinations: Array(Examination.all.prefix(4)))
    do {
      for _ in 0..<chance.below(4) {
        let line = chance.once(in: 3) ? "\(chance.integer())" : "\(chance.below(lines + 3))"
        let file = chance.one(of: ["A.swift", AnswerAttempt.list, "B.swift"])
        try attempt.giveUp(after: "\(file):\(line):1: error: \(chance.text())\n")
        _ = attempt.text
      }
    } catch let verdict as Verdict {
      try require(!verdict.isAttempt || verdict != .passed, "\(verdict)")
    }
    return text.utf8.count
  }

  private static let tokens = [
    "func ", "func f(", "{", "}", "(", ")", "[", "]", "\"", "\"\"\"", "#", "#\"", "\"#", "\\(", "\\#(", "\"\\(", "/*",
    "*/", "//", "\n",
    ",", ":", "_ a", "private func", "é", "\\", "let s = \"", "#if A\n", "'",
  ]

  private static let swift = Grammar(
    deepest: 8,
    [
      "d": ["func f() {}", "<k>", "<k>\n<d>", "<k> <d>"],
      "k": ["func <n>(<p>) {<b>}", "import A", "// <w>\n", "/* <w> */", "struct A { <k> }", "let a = <e>"],
      "n": ["f", "g", "élan", "_a", "`in`"],
      "p": ["", "_ a: Int", "a b: [Int], _ c: (Int, Int)", "x: String = <e>"],
      "b": ["", " return <e> ", "\n<b>\n", " if a { <b> } ", " /* } */ ", " // }\n"],
      "e": ["1", "\"<t>\"", "#\"<t>\"#", "\"\"\"\n<t>\n\"\"\"", "[<e>]", "(<e>)", "{ <b> }"],
      "t": ["a", "\\(<e>)", "\\\"", "\\\\", "}", "{", "#", "\\#(<e>)", "a<t>"],
      "w": ["a", "func", "}", "{", "/* b */", "\""],
    ])
}

// MARK: Records

extension Reader {
  /// What `grade --class` has kept of a student, and what lessons report to `course`, both as JSON.
  static let records = Reader(name: "records", usual: 1000) { chance in
    let record = StudentRecord(
      name: chance.text(), seed: 7,
      entries: Exercise.all.prefix(3).map {
        .init(exercise: $0.name, points: $0.points, outcome: .right, failure: "", remarks: ["a"], seconds: 0.5)
      })
    let text = String(decoding: try JSONEncoder().encode(record), as: UTF8.self)
    let damaged = chance.mutated([text], tokens: tokensOfJSON)
    if var kept = StudentRecord.read(Data(damaged.utf8)) {
      let maximum = Exercise.all.reduce(0) { $0 + $1.points }
      try require((0...maximum).contains(kept.points), "\(kept.points) of \(maximum) points")
      _ = (kept.text(missing: []), ClassSummary([kept, record], missingLayers: []).text)
      _ = ClassSummary([kept, record], missingLayers: []).table
      kept.take([Mark(exercise: Exercise.all[0], verdict: .notAttempted)], feedback: .full)
      let again = try JSONDecoder().decode(StudentRecord.self, from: JSONEncoder().encode(kept))
      try require(again == kept, "a record does not come back")
    }
    let printed = chance.mutated([report, "{}"], tokens: tokensOfJSON)
    let program = LessonProgram(name: "01-a", executable: URL(filePath: "/a"))
    let outcome = course.Outcome(
      program, end: .exited(chance.one(of: [0, 1, 65])), output: Data(printed.utf8), errors: Data(chance.bytes(20)),
      duration: .zero)
    if let failure = outcome.failure { try require(!failure.message.isEmpty, "a failure without a message") }
    if let report = outcome.report {
      let index = Index(entries: [(program, report)], command: chance.text())
      if let flaw = markupFlaw(index.html) { throw Broken("an index with a flaw: \(flaw)") }
      _ = index.markdown
    }
    return damaged.utf8.count + printed.utf8.count
  }

  private static let tokensOfJSON = [
    "{", "}", "[", "]", ",", ":", "\"", "null", "true", "1e999", "9223372036854775807", "-9223372036854775808", "0.5",
    "\"NaN\"",
    "\\u0000", "\\ud800", "\"points\":9223372036854775807,", "\"a\":",
  ]

  private static let report = """
    {"checks":[{"bound":2,"claim":"c","passed":false,"relation":"<","statement":"s","value":1}],"derivations":[{"steps":[
    {"passed":true,"proved":true,"tex":"a","tolerance":1e-12,"value":1},{"passed":false,"proved":false,"residual":"NaN","tex":"b",
    "tolerance":1e-12,"value":{"norm":1,"rows":2,"columns":3}}],"title":"D"}],"figures":[{"alt":"a","file":"f.svg","name":"f",
    "title":"F"}],"files":["01-a/README.md"],"knobs":{"k":8},"lesson":"01-a","minutes":20,"minutesInDepth":60,"passed":true,
    "picture":"f","seed":1,"summary":"s","tables":[{"caption":"c","columns":["n"],"rows":[[1,"a"]]}],"title":"T","undrawn":[]}
    """
}
