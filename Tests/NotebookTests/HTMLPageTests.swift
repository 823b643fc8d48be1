import Foundation
import Testing

@testable import Notebook

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct HTMLPageTests {
  private static let svg = """
    <svg viewBox="0 0 9 9" aria-labelledby="figure-title figure-desc"><title id="figure-title">T</title>\
    <desc id="figure-desc">D</desc><g id="clip"/><path fill="url(#clip)"/><use href="#clip"/></svg>
    """

  /// A page with one block of every kind, whose texts try to be markup.
  private func page() throws -> Page {
    var proof = Proof(tolerance: 1e-12)
    proof.start("a", 1.0)
    proof.equals("b", because: ##"$x < y$ & "so""##, 2.0)
    func inline(_ text: String) throws -> Prose.Inline { try Prose.Inline(text) }
    func figure(_ name: String) throws -> Block {
      .figure(
        Illustration(
          name: name, title: "F", finding: .init(spans: [.text(#"</figure><script>"x""#)]), svg: Self.svg,
          values: #"<g class="values"><circle r="6"><title>3, 0.5</title></circle></g>"#))
    }
    let check = Check(claim: .init(spans: [.text("</script><b>")]), value: 1, relation: .below, bound: 2)
    let blocks: [Block] = [
      .prose(
        try Prose(
          markdown: """
            # 1 · Title

            Text with *stress*, **weight**, `</code>`, [a link](../00-a/README.md#one), [out](https://example.org/a?b&c).

            ## One

            - a
            - b
              1. c

            > quoted

            | a | b |
            |:--|--:|
            | $x$ | 2 |

            $$\\sum_i x_i$$

            ### Part

            ## One
            """)),
      .opening(Opening(picture: "plot", goals: try Prose(markdown: "- read"))),
      .finding(try inline("found")),
      .code(CodeCell(text: "let s = \"</script>\" // <!-- ]]>", lines: 1...1, kind: .open)),
      .code(CodeCell(text: "let h = 1", lines: 1...1, kind: .heart("step & <stop>"))),
      .code(CodeCell(text: "plot()", file: "a.swift", lines: 1...1, kind: .folded("<i>"))),
      .code(CodeCell(text: "lesson.check(1)", lines: 1...1, kind: .scaffolding)),
      .question(Question(number: 1, text: try Prose(markdown: "Why?"), answer: try Prose(markdown: "$b$ecause"))),
      .derivation(try Derivation(title: "D", proof: proof)), .check(check), try figure("plot"), try figure("other"),
      .table(
        Table(
          caption: try inline("C"), columns: [try inline("n")], rows: [[Table.Entry(text: try inline("1"), number: 1)]])
      ),
      .undrawn(UndrawnFigure(name: "u", reason: "<>")),
      .symbols(SymbolTable(rows: [SymbolTable.Row(symbol: try inline("$x$"), meaning: try inline("m"), lessons: nil)])),
      .sources([Reference(key: "k", short: try inline("s"), full: try inline("[s](https://doi.org/1)"))]),
      .prose(try Prose(markdown: "## Deeper: more\n\nTeaser.\n\nThe rest.")),
    ]
    return Page(
      slug: "01-b", title: "1 · Title", command: "swift run 01-b --data 'a&b'",
      neighbours: Neighbours(
        previous: .init(slug: "00-a", title: "0 · <A>"), next: .init(slug: "02-c", title: "2 · C")),
      blocks: blocks)
  }

  /// What an XML parser sees: names of elements with their attributes, in order, and the text of scripts apart.
  private final class Elements: NSObject, XMLParserDelegate {
    var all: [(name: String, attributes: [String: String])] = []
    var text = ""
    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) { all.append((name, attributes)) }
    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    func values(of attribute: String) -> [String] { all.compactMap { $0.attributes[attribute] } }
  }

  private func parsed(_ html: String) -> Elements? {
    let elements = Elements()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = elements
    // On Linux a document that ends too early is parsed with an error, but as true.
    guard parser.parse(), parser.parserError == nil else {
      Issue.record("line \(parser.lineNumber), column \(parser.columnNumber): \(parser.parserError as Any)")
      return nil
    }
    return elements
  }

  @Test func thePageIsWellFormedWhateverItsTextsSay() throws {
    let elements = try #require(parsed(try page().html))
    // One script and one style: no text has made another, and no tag of a text is one.
    #expect(elements.all.count { $0.name == "script" } == 1)
    #expect(elements.all.count { $0.name == "style" } == 1)
    #expect(elements.all.count { $0.name == "b" || $0.name == "i" || $0.name == "stop" } == 0)
    #expect(elements.text.contains("</script><b>"))
    #expect(elements.text.contains("let s = \"</script>\" // <!-- ]]>"))
    // HTML ends a script at the first such tag, wherever it stands in it.
    #expect(try page().html.components(separatedBy: "</script").count == 2)
  }

  @Test func everyIdIsOneElementAndEveryLinkWithinThePageHasItsTarget() throws {
    let elements = try #require(parsed(try page().html))
    let ids = elements.values(of: "id")
    #expect(Set(ids).count == ids.count, "\(ids.filter { id in ids.count { $0 == id } > 1 })")
    let links = (elements.values(of: "href") + elements.values(of: "fill").map { $0.replacing(/url\(|\)/, with: "") })
      .filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
    let labels = elements.values(of: "aria-labelledby").flatMap { $0.split(separator: " ").map(String.init) }
    #expect(links.count > 10 && labels.count == 6)
    for target in links + labels + elements.values(of: "for") { #expect(ids.contains(target), "\(target)") }
    // Headings are spelt as in the Markdown edition; a figure stands at its place and on the first screen.
    for id in [
      "1--title", "one", "one-1", "part", "deeper-more", "figure.plot", "opening", "derivation.1.2", "check.1",
    ] {
      #expect(ids.contains(id), "\(id)")
    }
  }

  @Test func aFigureShowsItsValuesWithinItsOwnDrawing() throws {
    let text = try page().html
    #expect(text.contains(/<use href="#[^"]*"\/><g class="values">.*?<\/g>\s*<\/svg>/))
  }

  @Test func nothingIsLoaded() throws {
    let elements = try #require(parsed(try page().html))
    #expect(elements.values(of: "src").isEmpty)
    let loading = elements.all.filter {
      ["link", "img", "iframe", "image", "object", "embed", "use"].contains($0.name)
    }
    for (name, attributes) in loading {
      let address = attributes["href"] ?? ""
      #expect(address.hasPrefix("#") || address == "data:,", "\(name) loads \(address)")
    }
    #expect(!HTMLStyle.text.contains("url(") && !HTMLStyle.text.contains("@import"))
    #expect(!HTMLScript.text.contains(/fetch|import|XMLHttp|https?:/))
    let policy = elements.all.first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    #expect(policy?.attributes["content"]?.hasPrefix("default-src 'none'") == true)
  }

  @Test func linksToOtherPagesLeadToTheirHTML() throws {
    let links = try #require(parsed(try page().html)).values(of: "href")
    #expect(links.contains("../00-a/index.html#one"))
    #expect(
      links.contains("../00-a/index.html") && links.contains("../02-c/index.html") && links.contains("../index.html"))
    #expect(links.contains("https://example.org/a?b&c"))
    let hostile = Prose.Inline(spans: [.link([.text("x")], destination: "javascript:alert(1)")])
    #expect(hostile.html == "x")
  }

  @Test(arguments: [
    ("the rank ($k$).", "the rank <span class=\"kept\">(<math><mi>k</mi></math>).</span>"),
    ("all $k$ of them", "all <math><mi>k</mi></math> of them"),
    ("$a$, $b$", "<span class=\"kept\"><math><mi>a</mi></math>,</span> <math><mi>b</mi></math>"),
    ("$k$-th", "<span class=\"kept\"><math><mi>k</mi></math>-th</span>"),
  ])
  func aMarkAtAFormulaStaysWithIt(markdown: String, html: String) throws {
    #expect(try Prose.Inline(markdown).html == html)
  }

  @Test func theAnswersStandAtTheEndForPaper() throws {
    let html = try page().html
    let end = try #require(html.range(of: "<section class=\"answers\">"))
    #expect(html[end.lowerBound...].contains("Question 1."))
    #expect(!html[end.lowerBound...].contains("class=\"row\""))
    #expect(HTMLStyle.text.contains(".question .answer"))
  }

  @Test func aLineThatDoesNotHoldIsMarkedWithWhatWasAllowed() throws {
    let html = try page().html
    #expect(html.contains(#"<div class="line failed" id="derivation.1.2">"#))
    #expect(html.contains(#"<span class="value">2, ✗ 0.5, allowed 1e−12</span>"#))
  }

  @Test func ofADeepSectionTheFirstParagraphStandsInTheOpen() throws {
    let html = try page().html
    let parts = html.components(separatedBy: "<details class=\"depth\">")
    #expect(parts.count == 2)
    #expect(parts[0].contains("Teaser.") && !parts[0].contains("The rest."))
    #expect(parts[1].contains("The rest."))
  }

  @Test(
    arguments: [
      ("let x = 1.5e-3 // a < b", [("keyword", "let"), ("number", "1.5e-3"), ("comment", "// a &lt; b")]),
      ("0...7", [("number", "0"), ("number", "7")]),
      (##"f(#"a"b"#, "c\"d")"##, [("string", ##"#&quot;a&quot;b&quot;#"##), ("string", #"&quot;c\&quot;d&quot;"#)]),
      ("letter = x1", []), ("\"open\nlet", [("string", "&quot;open"), ("keyword", "let")]),
    ] as [(String, [(String, String)])])
  func swiftIsColoured(code: String, spans: [(String, String)]) {
    let html = SwiftHighlighting.html(code)
    let found = html.matches(of: #/<span class="([a-z]+)">(.*?)</span>/#).map {
      (String($0.output.1), String($0.output.2))
    }
    #expect(found.map(\.0) == spans.map(\.0))
    #expect(found.map(\.1) == spans.map(\.1))
    #expect(html.replacing(#/<[^>]*>/#, with: "") == code.escapedMarkup)
  }
}
