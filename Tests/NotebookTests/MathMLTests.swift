import Foundation
import Notebook
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Characters and structure are those that KaTeX 0.16 writes for the same TeX (`katex --format mathml`); spaces and forms
/// are chapter 18 of the TeXbook's.
@Suite struct MathMLTests {
  @Test(arguments: [
    ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
    ("x'", "<msup><mi>x</mi><mo>′</mo></msup>"),
    (#"\Sigma"#, #"<mi mathvariant="normal">Σ</mi>"#),
    ("a + b", "<mi>a</mi><mo>+</mo><mi>b</mi>"),
    // A minus without a left operand is a sign, first or behind a relation.
    ("-x", #"<mo form="prefix">−</mo><mi>x</mi>"#),
    ("a = -x", #"<mi>a</mi><mo>=</mo><mo form="prefix">−</mo><mi>x</mi>"#),
    // A relation that begins a line is none the less infix.
    ("= x", #"<mo form="infix">=</mo><mi>x</mi>"#),
    // In scripts there are no spaces around operators.
    ("x_{i+1}", #"<msub><mi>x</mi><mrow><mi>i</mi><mo lspace="0" rspace="0">+</mo><mn>1</mn></mrow></msub>"#),
    (
      #"\lVert A \rVert_F^2"#,
      #"<mo form="prefix" stretchy="false">‖</mo><mi>A</mi>"#
        + #"<msubsup><mo form="postfix" stretchy="false">‖</mo><mi>F</mi><mn>2</mn></msubsup>"#
    ),
    (
      #"\left( \frac{a}{b} \right)"#,
      #"<mrow><mo form="prefix" stretchy="true">(</mo><mfrac><mi>a</mi><mi>b</mi></mfrac>"#
        + #"<mo form="postfix" stretchy="true">)</mo></mrow>"#
    ),
    (#"\log p"#, #"<mi>log</mi><mo>&#8289;</mo><mspace width="0.1667em"/><mi>p</mi>"#),
    (#"\log(p)"#, #"<mi>log</mi><mo>&#8289;</mo><mo stretchy="false">(</mo><mi>p</mi><mo stretchy="false">)</mo>"#),
    (#"\operatorname{rank} A"#, #"<mi>rank</mi><mo>&#8289;</mo><mspace width="0.1667em"/><mi>A</mi>"#),
    (
      #"\bigl( x \Bigr)"#,
      #"<mo form="prefix" stretchy="true" minsize="1.2em" maxsize="1.2em">(</mo><mi>x</mi>"#
        + #"<mo form="postfix" stretchy="true" minsize="1.8em" maxsize="1.8em">)</mo>"#
    ),
    (#"\hat x"#, #"<mover accent="true"><mi>x</mi><mo stretchy="false">ˆ</mo></mover>"#),
    (#"\sqrt[3]{x}"#, "<mroot><mi>x</mi><mn>3</mn></mroot>"),
    (#"\mathbf{x}"#, "<mi>𝐱</mi>"), (#"\mathcal{L}"#, "<mi>ℒ</mi>"), (#"\mathbb{R}"#, "<mi>ℝ</mi>"),
    (#"\boldsymbol{\mu}"#, "<mi>𝝁</mi>"),
    (#"\mathrm{d}x"#, #"<mi mathvariant="normal">d</mi><mi>x</mi>"#),
    (
      #"p(x \mid z)"#,
      "<mi>p</mi><mo stretchy=\"false\">(</mo><mi>x</mi><mo>∣</mo><mi>z</mi><mo stretchy=\"false\">)</mo>"
    ),
    (#"a < b"#, "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
    (#"\text{if } x"#, "<mtext>if\u{A0}</mtext><mi>x</mi>"),
    (
      #"\binom{n}{k}"#,
      #"<mrow><mo>(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo></mrow>"#
    ),
  ])
  func `a formula is these elements`(tex: String, elements: String) throws {
    #expect(try TeX(tex).mathML() == "<math>\(elements)</math>")
  }

  @Test func `limits stand below their operator only where the formula is displayed`() throws {
    let sum = try TeX(#"\sum_i x"#)
    #expect(sum.mathML() == "<math><msub><mo>∑</mo><mi>i</mi></msub><mi>x</mi></math>")
    #expect(
      sum.mathML(displayed: true)
        == #"<math displaystyle="true"><munder><mo>∑</mo><mi>i</mi></munder><mi>x</mi></math>"#)
    // Within a fraction TeX sets a displayed formula like running text.
    #expect(try TeX(#"\frac{\sum_i x}{2}"#).mathML(displayed: true).contains("<msub><mo>∑</mo>"))
    #expect(try TeX(#"\int_0^1 x"#).mathML(displayed: true).contains("<msubsup><mo>∫</mo>"))
    #expect(try TeX(#"\displaystyle \sum_i x"#).mathML().contains("<munder>"))
  }

  @Test func `rows are aligned and an operator behind an & has a left operand`() throws {
    let text = try TeX(#"\begin{aligned} a &= b \\ &- c \end{aligned}"#).mathML(displayed: true)
    #expect(
      text == #"""
        <math displaystyle="true"><mtable class="aligned" displaystyle="true"><mtr><mtd><mi>a</mi></mtd><mtd><mo form="infix">=</mo><mi>b</mi></mtd></mtr><mtr><mtd></mtd><mtd><mo form="infix">−</mo><mi>c</mi></mtd></mtr></mtable></math>
        """#)
  }

  @Test func `a long formula may end a line before its relations, but not within parentheses`() throws {
    let text = try TeX(#"f(a = b, c, d, e, g) = h + (i + j + k + l) + m \ge n"#).mathML()
    let parts = text.components(separatedBy: "<wbr/>").map { $0.replacing(#/<[^>]*>/#, with: "") }
    #expect(parts == ["f(a=b,c,d,e,g)", "=h", "+(i+j+k+l)", "+m", "≥n"])
    #expect(text.hasPrefix("<span class=\"formula\"><math>"))
    #expect(text.contains(#"<wbr/><math><mo form="infix">=</mo><mi>h</mi>"#))
    #expect(text.contains(#"<wbr/><math><mo form="infix">≥</mo>"#))
    #expect(try !TeX("a = b").mathML().contains("<wbr/>"))
  }

  @Test(arguments: TeXLectureTests.all)
  func `a formula of the lectures is well-formed XML`(pair: FormulaAndLine) throws {
    for displayed in [false, true] {
      let text = try TeX(pair.formula).mathML(displayed: displayed)
      let parser = XMLParser(data: Data(text.utf8))
      #expect(parser.parse() && parser.parserError == nil)
    }
  }

  @Test(arguments: ["mathcal", "mathbb", "mathbf", "mathrm", "mathtt"])
  func aReservedCharacterInAnAlphabetIsEscaped(font: String) throws {
    let markup = try TeX("\\\(font){A\\&}").mathML()
    #expect(markup.contains("&amp;</mi>") && !markup.contains(">&<"))
  }
}
