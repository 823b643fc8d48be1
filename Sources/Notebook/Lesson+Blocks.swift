/// What a lesson puts on its page. Each call stands behind the code cell in which it is made.
extension Lesson {
  /// A derivation: each line is evaluated and compared with the line before it.
  ///
  /// - Parameter within: the relative tolerance of its lines.
  public func derive(
    _ title: String, within tolerance: Double = 1e-12, line: Int = #line, _ lines: (inout Proof) -> Void
  ) {
    begin()
    var proof = Proof(tolerance: tolerance)
    lines(&proof)
    append(line: line) { .derivation(try Derivation(title: title, proof: proof)) }
  }

  /// A check that `value` equals `expected`, relative to the larger of the two and `scale`.
  ///
  /// - Parameter because: here as in the other checks, why the bound is what it is; the page says so beside it.
  public func check(
    _ claim: String, _ value: Double, equals expected: Double, within tolerance: Double, scale: Double = 0,
    because reason: String? = nil, line: Int = #line
  ) {
    check(claim, [value], equal: [expected], within: tolerance, scale: scale, because: reason, line: line)
  }

  /// A check that `values` equal `expected`, one by one; the pair that deviates most is shown.
  public func check(
    _ claim: String, _ values: [Double], equal expected: [Double], within tolerance: Double, scale: Double = 0,
    because reason: String? = nil, line: Int = #line
  ) {
    append(line: line) {
      .check(
        Check(
          claim: try Prose.Inline(claim, line: line), values: values, equal: expected, within: tolerance, scale: scale,
          reason: try reason.map { try Prose.Inline($0, line: line) }))
    }
  }

  /// A check that `value` is below `bound`.
  public func check(
    _ claim: String, _ value: Double, isBelow bound: Double, because reason: String? = nil, line: Int = #line
  ) {
    check(claim, value, .below, bound, reason, line)
  }

  /// A check that `value` is above `bound`.
  public func check(
    _ claim: String, _ value: Double, isAbove bound: Double, because reason: String? = nil, line: Int = #line
  ) {
    check(claim, value, .above, bound, reason, line)
  }

  /// A check that `value` is at most `bound`.
  public func check(
    _ claim: String, _ value: Double, isAtMost bound: Double, because reason: String? = nil, line: Int = #line
  ) {
    check(claim, value, .atMost, bound, reason, line)
  }

  /// A check that `value` is at least `bound`.
  public func check(
    _ claim: String, _ value: Double, isAtLeast bound: Double, because reason: String? = nil, line: Int = #line
  ) {
    check(claim, value, .atLeast, bound, reason, line)
  }

  private func check(
    _ claim: String, _ value: Double, _ relation: Relation, _ bound: Double, _ reason: String?, _ line: Int
  ) {
    append(line: line) {
      .check(
        Check(
          claim: try Prose.Inline(claim, line: line), value: value, relation: relation, bound: bound,
          reason: try reason.map { try Prose.Inline($0, line: line) }))
    }
  }

  /// A sentence or more of Markdown with figures that were just computed.
  public func say(_ markdown: String, line: Int = #line) {
    append(line: line) { .prose(try Prose(markdown: markdown, firstLine: line)) }
  }

  /// What the lesson has found, in one sentence with its numbers. It stands here, where it was found, and on the first
  /// screen of the page, with a link that leads here.
  public func finding(_ sentence: String, line: Int = #line) {
    append(line: line) { .finding(try Prose.Inline(sentence, line: line)) }
  }

  /// The exercises of the lesson, from `ExercisesNN.swift` beside its source. What the student's answers are worth is
  /// said on the terminal when the lesson is finished, not on the page.
  public func exercises(line: Int = #line) {
    append(line: line) { .exercises(try ExerciseSheet(folder: folder)) }
  }

  /// A table.
  public func table(_ caption: String, columns: [String], rows: [[Cell]], line: Int = #line) {
    for row in rows {
      precondition(row.count == columns.count, "a row of \(row.count) cells in a table of \(columns.count) columns")
    }
    append(line: line) {
      .table(
        Table(
          caption: try Prose.Inline(caption, line: line), columns: try columns.map { try Prose.Inline($0, line: line) },
          rows: try rows.map { row in
            try row.map { Table.Entry(text: try Prose.Inline($0.markdown, line: line), number: $0.number) }
          }))
    }
  }
}
