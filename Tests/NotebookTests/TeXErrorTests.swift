import Notebook
import Testing

struct TeXErrorTests {
  /// The error of a formula, or nil if it has none.
  private func error(_ formula: String) -> TeXError? {
    do {
      _ = try TeX(formula)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    (#"a + \foo"#, TeXError.Problem.unknownCommand(#"\foo"#), 4),
    (#"\argmin_x f"#, .unknownCommand(#"\argmin"#), 0),
    (#"x \phantom{y}"#, .refusedByGitHub(#"\phantom"#, advice: "align with & in aligned"), 2),
    (#"\mbox{a}"#, .refusedByGitHub(#"\mbox"#, advice: #"write \text{…}"#), 0),
    (#"\newcommand{\R}{R}"#, .refusedByGitHub(#"\newcommand"#, advice: "write the formula out"), 0),
    (#"\begin{align} a \end{align}"#, .unknownEnvironment("align"), 0),
    ("x_{ij", .unclosed("{"), 2),
    ("x}", .unexpected("}"), 1),
    (#"a + \left( b"#, .unclosed(#"\left"#), 4),
    (#"\left( a } \right)"#, .unexpected("}"), 9),
    (#"a \right)"#, .unexpected(#"\right"#), 2),
    (#"\begin{bmatrix} 1 & 2"#, .unclosed(#"\begin{bmatrix}"#), 0),
    (#"\begin{bmatrix} 1 \end{pmatrix}"#, .unexpected(#"\end"#), 18),
    ("a & b", .unexpected("&"), 2),
    (#"a \\ b"#, .unexpected(#"\\"#), 2),
    (#"\frac{a}"#, .badArgument(of: #"\frac"#, expected: "an argument"), 8),
    ("x^", .badArgument(of: "^", expected: "an argument"), 2),
    (#"\left x"#, .badArgument(of: #"\left"#, expected: "a delimiter such as ( or . for none"), 6),
    (#"\text{a_b}"#, .badArgument(of: #"\text"#, expected: "plain text, without “_”"), 7),
    (#"\sqrt[3{x}"#, .unclosed("["), 5),
    ("{^2}", .badArgument(of: "^", expected: "a base before it, such as {}"), 1),
    ("x^10", .badArgument(of: "^", expected: "braces around several digits"), 2),
    ("x_1_2", .doubleScript("_"), 3),
    ("x^2'", .doubleScript("'"), 3),
    ("σ + 1", .unexpectedCharacter("σ", advice: #"\sigma"#), 0),
    ("a ≤ b", .unexpectedCharacter("≤", advice: #"\le"#), 2),
    ("50%", .unexpectedCharacter("%", advice: nil), 2),
    ("$x$", .unexpectedCharacter("$", advice: nil), 0),
    ("  ", .empty, 0),
  ])
  func `an error names what is wrong and where`(formula: String, problem: TeXError.Problem, offset: Int) {
    let error = error(formula)
    #expect(error?.problem == problem)
    #expect(error?.offset == offset)
    #expect(error?.formula == formula)
  }

  @Test func `an error says what, where and in which formula`() {
    #expect(
      error(#"a + \foo"#)?.description == #"unknown command \foo at character 4 of the formula “a + \foo”"#)
    #expect(
      error("a≤b")?.description == #"unexpected character “≤”: write \le at character 1 of the formula “a≤b”"#)
  }

  @Test(arguments: [
    (#"p(x|z)"#, #"p(x \vert z)"#),
    (#"\|x\|_F"#, #"\Vert x \Vert_F"#),
    (#"\left|x\right|"#, #"\left\vert x \right\vert"#),
    (#"\operatorname{rank} A"#, #"\mathop{\mathrm{rank}} A"#),
    (#"\operatorname{rank}_k A"#, #"\mathop{\mathrm{rank}}\nolimits_k A"#),
    (#"\operatorname*{arg\,min}_B f"#, #"\mathop{\mathrm{arg \,min}}_B f"#),
    (#"x_{i}^{2}"#, "x_i^2"),
    (#"\frac12"#, #"\frac{1}{2}"#),
    (#"\alpha x+y"#, #"\alpha x + y"#),
    (#"a=-b"#, "a = -b"),
    (#"\sigma_{ k }"#, #"\sigma_k"#),
    (#"x_{i>k}"#, "x_{i>k}"),
    (#"\begin{aligned}a&=b\\&=c\\\end{aligned}"#, "\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}"),
  ])
  func `the source has the forms that GitHub shows`(formula: String, source: String) throws {
    #expect(try TeX(formula).source == source)
    #expect(try TeX(source) == TeX(formula))
  }

  @Test(arguments: [
    ("1 1^\\top", "1 1^\\top"), ("1. 1", "1. 1"), ("x_{a^1 2}", "x_{a^1 2}"),
    ("\\substack{x^1 0.5}", "\\substack{x^1 0.5}"),
    ("x^1 2", "x^1 2"), ("1 2", "1 2"), ("1.5 x", "1.5x"), ("x_{12}3", "x_{12} 3"),
  ])
  func `numbers side by side stay apart`(formula: String, source: String) throws {
    #expect(try TeX(formula).source == source)
    #expect(try TeX(source) == TeX(formula))
  }

  @Test func `rows that hold nothing at the end are none`() throws {
    #expect(error(#"\begin{cases}\\\end{cases}"#)?.problem == .badArgument(of: #"\begin{cases}"#, expected: "a row"))
    let matrix = try TeX(#"\begin{bmatrix} a \\ \\ \\ \end{bmatrix}"#)
    #expect(matrix.source == #"\begin{bmatrix} a \end{bmatrix}"#)
    #expect(try TeX(matrix.source) == matrix)
    // Between others they are.
    #expect(try TeX(#"\begin{bmatrix} a \\ \\ b \end{bmatrix}"#).source == #"\begin{bmatrix} a \\  \\ b \end{bmatrix}"#)
  }

  @Test func `a name as long as a page is not repeated in its error`() {
    let long = String(repeating: "W", count: 10_000)
    for formula in ["\\\(long)", "\\begin{\(long)}a\\end{\(long)}", "\\text{\\\(long)}"] {
      #expect((error(formula)?.description.count ?? .max) < 400)
    }
  }
}
