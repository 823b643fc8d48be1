import Testing

@testable import Mutation

@Suite struct CandidateTests {
  /// The lines of `text` with each fault that is found in it.
  private func faulty(_ text: String, _ kind: Candidate.Kind? = nil) -> [String] {
    Candidates.all(in: text).filter { kind == nil || $0.kind == kind }.map(\.faulty)
  }

  /// `text` with the first fault planted.
  private func planted(_ text: String, _ kind: Candidate.Kind) -> String? {
    Candidates.all(in: text).first { $0.kind == kind }.map {
      Fault.plant([Fault(number: 7, module: "M", file: "f", candidate: $0)], in: text)
    }
  }

  @Test func `an operator takes the operands that it binds, and no more`() {
    #expect(planted("let x = a * b + c * d", .arithmetic) == "let x = (faultIsOn(7) ? a + b : a * b) + c * d")
    #expect(faulty("let x = a - b + c", .arithmetic) == ["let x = a + b + c", "let x = a - b - c"])
    #expect(
      planted("if a + b < c.d(e) && f {", .comparison) == "if (faultIsOn(7) ? a + b <= c.d(e) : a + b < c.d(e)) && f {")
    #expect(
      planted("return xs.map { $0 < 3 }.count", .comparison)
        == "return xs.map { (faultIsOn(7) ? $0 <= 3 : $0 < 3) }.count")
    #expect(planted("f(a, b < c ? d : e)", .comparison) == "f(a, (faultIsOn(7) ? b <= c : b < c) ? d : e)")
    #expect(planted("y = try a - b", .arithmetic) == "y = try (faultIsOn(7) ? a + b : a - b)")
  }

  @Test func `nothing is planted in comments, strings, types and what may not be compiled`() {
    #expect(faulty("// a + b\n/* 1 /* 2 */ 3 */").isEmpty)
    #expect(faulty(##"let s = "a + \(b + 1) \("c < 4")"; let t = #"\#(5 + 6) " + 7"#"##).isEmpty)
    #expect(faulty("let r = text.firstMatch(of: /a+ - 1/)").isEmpty)
    #expect(faulty("let m: Array<Int>; func - (a: A, b: A) -> A").isEmpty)
    #expect(faulty("#if os(Linux)\nx = 1 + 2\n#endif").isEmpty)
    #expect(faulty("infix operator ⊙ : MultiplicationPrecedence").isEmpty)
    #expect(faulty("enum E: Int {\n  case a = 1\n}").isEmpty)
    #expect(faulty("@available(macOS 15, *)").isEmpty)
  }

  @Test func `numbers, truth values, signs and extrema`() {
    #expect(faulty("for i in 0..<n {") == ["for i in 1..<n {"])
    #expect(faulty("let x = 0.25, y = pair.0, z = 1e-3", .literal) == ["let x = 0.5, y = pair.0, z = 1e-3"])
    #expect(faulty("f(isX: true)", .boolean) == ["f(isX: false)"])
    #expect(planted("f(-x.y(z) * 2)", .sign) == "f((faultIsOn(7) ? x.y(z) : -x.y(z)) * 2)")
    #expect(faulty("return !a.isEmpty", .negation) == ["return a.isEmpty"])
    #expect(planted("let a = min(b, c)", .extremum) == "let a = (faultIsOn(7) ? max(b, c) : min(b, c))")
    #expect(faulty("xs.min()").isEmpty)
  }

  @Test func `conditions, each part for itself`() {
    #expect(
      faulty("if a, let b = c, d {", .condition) == [
        "if false, let b = c, d {", "if true, let b = c, d {", "if a, let b = c, false {", "if a, let b = c, true {",
      ])
    #expect(planted("guard a else {", .condition) == "guard (faultIsOn(7) || (a)) else {")
    #expect(planted("while a {", .condition) == "while !faultIsOn(7) && (a) {")
    #expect(planted("x = a == b ? c : d", .ternary) == "x = (a == b) != faultIsOn(7) ? c : d")
  }

  @Test func `statements in a line of their own`() {
    let text = "func f() {\n  let a = b\n  c.d(a)\n  e = a\n}"
    #expect(faulty(text, .statement) == ["", ""])
    #expect(planted(text, .statement) == "func f() {\n  let a = b\n  if !faultIsOn(7) { c.d(a) }\n  e = a\n}")
    #expect(faulty("init() {\n  e = a\n}", .statement).isEmpty, "a property would have no value")
    #expect(faulty("f(\n  g(a),\n  h(b)\n)", .statement).isEmpty, "no statements")
    #expect(
      planted("func f() {\n  a += b\n}", .assignment)
        == "func f() {\n  if faultIsOn(7) { a -= b } else { a += b }\n}")
    #expect(faulty("switch a {\ncase 1 + 2: b = c - d\n}", .arithmetic) == ["case 1 + 2: b = c + d"])
  }
}
