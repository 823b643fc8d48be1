import Testing

/// The oracle of the renderers is held to cases of its own.
@Suite struct MarkupFlawTests {
  @Test(arguments: [
    "<a", "<a>", "</a>", "<a></b>", "<a><b></a></b>", "<a x=1/>", #"<a x="1/>"#, #"<a x="<"/>"#, #"<a x="1" x="2"/>"#,
    #"<a x="1"y="2"/>"#, "a & b", "&nbsp;", "a\u{0}", "a\u{B}", "a\u{FFFE}", "<1/>", "<![CDATA[", "<!-- ", "<a x/>",
    "< a/>",
  ])
  func whatIsNotWellFormedIsFound(text: String) { #expect(markupFlaw(text) != nil) }

  @Test(arguments: [
    "", "a", "<a/>", "<a></a>", #"<a x="1" y='"'/>"#.replacing("'", with: "\"").replacing("\"\"\"", with: "\"&quot;\""),
    "&lt;&amp;&#39;&#x27;", "<a><b/>é\u{FFFD}</a>", "<!DOCTYPE html>\n<html>\n</html>\n",
    "<s>\n<![CDATA[ a < b ]]></s>",
  ])
  func whatIsWellFormedPasses(text: String) { #expect(markupFlaw(text) == nil) }

  @Test func attributesAreHeard() {
    var heard: [String] = []
    _ = markupFlaw(#"<a b="1"><c d="e f"/></a>"#) { heard.append("\($0)=\($1)") }
    #expect(heard == ["b=1", "d=e f"])
  }
}
