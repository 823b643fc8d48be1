import Foundation
import Programs

extension Lesson {
  /// Writes the page and ends the process: with ``ExitCode/done``, or with ``ExitCode/checkFailed`` after naming what
  /// failed.
  public func finish() -> Never {
    begin()
    weave(through: .max)
    console.clearProgress()
    guard let run else { exit(ExitCode.done.rawValue) }
    var page = attempt { try completed(run.page) }
    page.head(with: [run.ownImages.map(Notice.ownImages), Notice.failures(page)].compactMap(\.self))
    attempt {
      if options.json {
        try console.print(
          Report(page, summary: summary, seed: options.seed, knobs: knobs, kept: run.kept.map(\.name)).json())
      }
      let texts =
        page.illustrations.map { ($0.file, $0.svg) } + [("README.md", page.markdown), ("index.html", page.html)]
      try run.folder.write(texts.map { ($0, Array($1.utf8)) } + run.kept)
      // The page is there now: that nobody reads on is no failure.
      if !options.json, !options.quiet { try? console.print(closing(page, run.folder)) }
    }
    if options.open { Viewer.show(run.folder.url.appending(path: "index.html"), for: console.program) }
    guard page.passed else { console.fail(LessonFailure(page.failures + caution, code: .checkFailed)) }
    exit(ExitCode.done.rawValue)
  }

  /// What was checked, where the page is, what the student's answers are worth, and what to run next.
  private func closing(_ page: Page, _ folder: PageFolder) -> String {
    let lines = page.derivations.reduce(0) { $0 + $1.steps.count }
    let worst = page.derivations.map(\.worstResidual).worst
    var counts: [String] = []
    if !page.checks.isEmpty { counts.append(counted(page.checks.count, "check")) }
    if lines > 0 {
      let derivations = counted(page.derivations.count, "derivation")
      counts.append("\(counted(lines, "line")) of \(derivations) (worst residual \(Numeral.residual(worst)))")
    }
    let verdict = page.passed ? "all hold" : "NOT all hold"
    var text = counts.isEmpty ? "nothing was checked\n" : "\(counts.joined(separator: " and ")): \(verdict)\n"
    let figures = page.illustrations.isEmpty ? "" : " and \(counted(page.illustrations.count, "figure"))"
    text += "written: \(folder.url.appendingPathComponent("README.md").relativePath)\(figures)\n"
    let marks = page.exercises?.marks(width: console.width) ?? ""
    let next = Curriculum(lessonSource: sourceFile).lesson(after: console.program)
    let end = next.map { "next: swift run \($0)\n" } ?? ""
    // The grader has broken its lines itself.
    return "\n" + text.wrapped(to: console.width, hanging: 2) + marks + end.wrapped(to: console.width)
  }

  /// `page` with what is known at its end only: the symbols it uses and the works it cites.
  private func completed(_ page: Page) throws -> Page {
    var page = page
    if let opening = page.opening, !page.illustrations.contains(where: { $0.name == opening.picture }),
      !page.undrawn.contains(where: { $0.name == opening.picture })
    {
      throw LessonFailure(
        "the page opens with the figure \(opening.picture), which the lesson does not draw", code: .badData)
    }
    for (index, block) in page.blocks.enumerated() {
      switch block {
      case .symbols:
        let table = try SymbolTable(markdown: Lesson.courseTable("SYMBOLS.md", ofLesson: folder) ?? "")
          .rows(ofLesson: String(console.program.prefix(2)))
        page.blocks[index] = .symbols(try table.part(for: page.blocks.flatMap(\.formulas)))
      case .sources: page.blocks[index] = .sources(run?.bibliography.cited ?? [])
      default: break
      }
    }
    return page
  }

  /// What is to be considered where a check of a run other than the committed one fails.
  private var caution: String {
    guard !variation.isEmpty else { return "" }
    let changes = variation.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    return """

      (with \(changes): a derivation holds for any numbers, but the check of an experiment is a claim about the lesson's own \
      digits and draws, and may fail on others)
      """
  }
}

extension Page {
  /// One line for each check, each line of a derivation and each figure that failed.
  var failures: String {
    let checks = checks.filter { !$0.passed }.map { "check failed: \($0.claim.plainText): \($0.statement)" }
    let lines = derivations.flatMap { derivation in
      derivation.steps.filter { !$0.passed }.map { step in
        let (residual, allowed) = step.residualAgainstTolerance
        return """
          derivation failed: \(derivation.title.plainText): \(step.relation?.rawValue ?? "") \(step.formula.unicode): \
          residual \(residual), allowed \(allowed)
          """
      }
    }
    let figures = undrawn.map(\.sentence.plainText)
    return (checks + lines + figures).joined(separator: "\n")
  }
}
