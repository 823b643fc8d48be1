import Foundation
import Programs
import Testing

@testable import course

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The outcome of a lesson that printed `output`, said `errors` and ended with `end`.
func outcome(
  _ name: String, _ output: String, errors: String = "", end: ChildProcess.End = .exited(0)
) -> Outcome {
  let lesson = LessonProgram(name: name, executable: URL(filePath: "/nowhere"))
  return Outcome(
    lesson, end: end, output: Data(output.utf8), errors: Data(errors.utf8), duration: .milliseconds(1234))
}

@Suite("Judging a lesson")
struct OutcomeTests {
  @Test func `a lesson that reports and ends with 0 has passed`() {
    let passed = outcome("01-a", report("01-a"))
    #expect(passed.failure == nil)
    #expect(passed.report?.stepCount == 2)
    #expect(passed.report?.largestResidual == 2.1e-15)
  }

  @Test(arguments: [0, 1] as [Int32])
  func `a failed check is told with claim, value, relation and bound`(code: Int32) {
    let failed = outcome("01-a", report("01-a", passed: false), errors: "not shown", end: .exited(code))
    #expect(failed.failure == Failure("check failed: error is small: 3 < 2", exitCode: 1))
  }

  @Test func `a failed step is told with derivation, number and residual`() {
    let text = report("01-a", residual: "\"NaN\"")
      .replacing(#""passed":true}]}"#, with: #""passed":false}]}"#)
      .replacing(#"],"passed":true}"#, with: #"],"passed":false}"#)
    let failed = outcome("01-a", text, end: .exited(1))
    #expect(
      failed.failure
        == Failure("derivation failed: Proof, step 2, = b: residual NaN, allowed 1", exitCode: 1))
    #expect(failed.report?.largestResidual.isNaN == true)
  }

  @Test func `a figure that could not be drawn is told with its reason`() {
    let text = report("01-a", passed: false).replacing(#""value":3"#, with: #""value":1"#)
      .replacing(#""statement":"3 < 2","passed":false"#, with: #""statement":"1 < 2","passed":true"#)
      .replacing(#""undrawn":[]"#, with: #""undrawn":[{"name":"scree","reason":"no values"}]"#)
    let failed = outcome("01-a", text, end: .exited(1))
    #expect(failed.failure == Failure("the figure scree could not be drawn: no values", exitCode: 1))
  }

  @Test(arguments: [64, 65, 66, 73] as [Int32])
  func `another exit code is passed on with what the lesson said`(code: Int32) {
    let failed = outcome("01-a", "", errors: "first\nsecond\n", end: .exited(code))
    #expect(failed.failure == Failure("ended with exit code \(code):\n    first\n    second", exitCode: code))
  }

  @Test func `a report does not excuse an exit code`() {
    #expect(outcome("01-a", report("01-a"), end: .exited(73)).failure?.exitCode == 73)
    #expect(outcome("01-a", report("01-a"), end: .exited(1)).failure?.exitCode == 1)
  }

  @Test func `a crash names its signal and gives exit code 1`() {
    let failed = outcome("01-a", report("01-a"), errors: "Fatal error", end: .signalled(SIGSEGV))
    #expect(failed.failure?.exitCode == 1)
    #expect(failed.failure?.message.hasPrefix("crashed (SIGSEGV, ") == true)
    #expect(failed.failure?.message.hasSuffix("):\n    Fatal error") == true)
  }

  @Test(arguments: ["", "hello", "{}", "[1]", "{\"lesson\":"])
  func `output that is no report is a failure`(output: String) {
    #expect(outcome("01-a", output).failure?.exitCode == 1)
  }

  @Test func `the line of a lesson states verdict, counts and time`() throws {
    let ended = outcome("01-a", report("01-a"))
    let console = try Console(color: false, progress: false)
    let progress = Progress([ended.lesson, outcome("02-bcd", "").lesson], console: console, reports: true)
    #expect(progress.line(ended) == "01-a    ok      1 check, 2 steps  1.2 s")
    #expect(progress.line(outcome("02-bcd", "")) == "02-bcd  FAILED  1.2 s")
  }

  @Test func `the line of a lesson with a long name is two if one is wider than the terminal`() throws {
    let console = try Console(color: false, progress: false)
    let rest = "  ok      1 check, 2 steps  1.2 s"
    for excess in [0, 1] {
      let name = String(repeating: "x", count: console.width - rest.count + excess)
      let ended = outcome(name, report(name))
      let line = Progress([ended.lesson], console: console, reports: true).line(ended)
      #expect(line == (excess == 0 ? name + rest : "\(name)\n    ok      1 check, 2 steps  1.2 s"))
    }
  }
}

@Suite("Lines drawn on a terminal")
struct ProgressTests {
  @Test func `a running lesson shows its whole seconds and a spinner that turns`() {
    #expect(Progress.runningLine("01-a", elapsed: .milliseconds(2900), frame: 0) == "01-a  ⠋  2 s")
    #expect(Progress.runningLine("01-a", elapsed: .seconds(61), frame: 11) == "01-a  ⠙  61 s")
  }

  @Test func `the next drawing begins where the last one did`() {
    #expect(Progress.erasure(of: 0) == "")
    #expect(Progress.erasure(of: 3) == "\u{1B}[3F\u{1B}[J")
  }
}

@Suite("The index")
struct IndexTests {
  func index(_ entries: (name: String, json: String)...) throws -> Index {
    let entries = try entries.map { entry in
      (lesson: outcome(entry.name, entry.json).lesson, report: try #require(outcome(entry.name, entry.json).report))
    }
    return Index(entries: entries, command: "swift run course")
  }

  @Test func `each lesson has a picture, a stage of the path and a row of counts, in this order`() throws {
    let page = try index(
      ("01-a", report("01-a", title: "1 · First|Second")), ("02-b", report("02-b", title: "Bare"))
    ).markdown
    let parts = [
      "**[1 · First\\|Second](01-a/README.md)**<br>What 01-a shows. | <a",
      "\n| [2 · Bare](02-b/README.md) | 20 min | 35 min |\n",
      "2 lessons with 4 steps and 2 checks: all of them hold.",
      "\n| ✓ | [1 · First\\|Second](01-a/README.md) | 2 | 2.1e−15 | 1 |\n",
    ]
    let places = parts.map { page.range(of: $0)?.lowerBound }
    #expect(!places.contains(nil))
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
  }

  @Test func `the picture is the one that opens the page, or else the first, with its text escaped`() throws {
    let page = try index(("01-a", report("01-a")), ("02-b", report("02-b", picture: "map"))).markdown
    #expect(
      page.contains(
        """
        <a href="01-a/README.md"><img src="01-a/scree.svg" width="400" alt="σ falls &quot;fast&quot; &amp; &lt; 3"></a>
        """))
    #expect(page.contains("<img src=\"02-b/map.svg\" width=\"400\" alt=\"a &#124; b\"></a>"))
  }

  @Test func `what would break a row or an attribute does not`() throws {
    let text = report("01-a").replacing("σ falls", with: #"σ\nfalls"#)
    #expect(try index(("01-a", text)).markdown.contains(#"alt="σ falls &quot;fast"#))
  }

  @Test func `a lesson without derivations has no residual`() throws {
    let text = report("01-a")
    let start = try #require(text.firstRange(of: #""derivations":["#)).upperBound
    let end = try #require(text.firstRange(of: #"],\#n"checks""#)).lowerBound
    let page = try index(("01-a", text.replacingCharacters(in: start..<end, with: ""))).markdown
    #expect(page.contains("\n| ✓ | [1 · Title](01-a/README.md) | 0 |  | 1 |\n"))
  }

  @Test func `the offline index is well-formed, leads to offline pages and shows what the other one shows`() throws {
    let html = try index(
      ("01-svd-theorem", report("01-svd-theorem", title: "1 · <First>")), ("02-b", report("02-b", passed: false))
    ).html
    let parser = XMLParser(data: Data(html.utf8))
    #expect(parser.parse() && parser.parserError == nil)
    #expect(html.contains(#"<h1 id="autoencoders-in-programs-that-check-themselves">"#))
    #expect(html.contains(#"<a href="01-svd-theorem/index.html">1 · &lt;First&gt;</a>"#))
    #expect(html.contains(#"<img src="01-svd-theorem/scree.svg" alt="σ falls &quot;fast&quot; &amp; &lt; 3"/>"#))
    #expect(html.contains(#"<span class="failed">✗</span></td><td><a href="02-b/index.html">"#))
    #expect(html.contains(#"<a href="01-svd-theorem/index.html#the-principal-axes">01 · The principal axes</a>"#))
    #expect(!html.contains("README.md"))
    // Only the pictures beside it are loaded.
    #expect(html.matches(of: #/ src="([^"]*)"/#).allSatisfy { !$0.output.1.contains(":") })
  }

  @Test func `a lesson that did not pass is marked`() throws {
    let page = try index(("01-a", report("01-a")), ("02-b", report("02-b", passed: false))).markdown
    #expect(page.contains("not all of them hold"))
    #expect(page.contains("\n| ✗ | [2 · Title]"))
  }

  @Test func `a page of an experiment is linked where it lies`() throws {
    let page = try index(("01-a", report("01-a+seed=7"))).markdown
    #expect(page.contains("(01-a+seed=7/README.md)"))
    #expect(page.contains("src=\"01-a+seed=7/scree.svg\""))
  }

  @Test func `an index that cannot be put in place leaves the old one and nothing else`() throws {
    let fake = try FakeCourse()
    // A folder of that name cannot be replaced by a file.
    let obstacle = fake.outputs.appending(path: "README.md")
    try FileManager.default.createDirectory(at: obstacle, withIntermediateDirectories: true)
    let failure = #expect(throws: Failure.self) { try index(("01-a", report("01-a"))).write(to: fake.outputs) }
    #expect(failure?.exitCode == 73)
    #expect(try FileManager.default.contentsOfDirectory(atPath: fake.outputs.path) == ["README.md"])
  }
}
