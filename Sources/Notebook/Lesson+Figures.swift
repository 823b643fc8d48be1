import Plotting

extension Lesson {
  /// A figure, written as `name.svg` beside the page. If a value cannot be drawn, the reason stands in its place, and the
  /// lesson fails when it is finished; the rest of the page is as it would be.
  ///
  /// - Parameter finding: what the figure shows, one or two sentences: its caption and its alternative text.
  public func figure(_ name: String, _ finding: String, line: Int = #line, _ figure: () -> Figure) {
    requireFileName(name)
    begin()
    let figure = figure()
    append(line: line) {
      let finding = try Prose.Inline(finding, line: line)
      do throws(PlotError) {
        let (svg, values) = try figure.drawn(description: finding.plainText)
        return .figure(Illustration(name: name, title: figure.title, finding: finding, svg: svg, values: values))
      } catch {
        return .undrawn(UndrawnFigure(name: name, reason: error.description))
      }
    }
  }

  /// Keeps bytes as the file `name` beside the page, such as a trained network; it is put in place together with the page.
  ///
  /// The committed pages hold no such files: a lesson keeps one if a knob says so.
  public func keep(_ bytes: [UInt8], as name: String) {
    precondition(
      name.wholeMatch(of: /[a-z0-9-]+\.[a-z0-9]+/) != nil, "a file name of a–z, 0–9 and - with an ending, not '\(name)'"
    )
    begin()
    run?.kept.append((name, bytes))
  }

  func requireFileName(_ name: String) {
    precondition(
      name.wholeMatch(of: /[a-z0-9-]+/) != nil, "a figure's name is a file name of a–z, 0–9 and -, not '\(name)'")
  }
}
