import Plotting

extension Lesson {
  /// A figure, written as `name.svg` beside the page.
  ///
  /// - Parameter finding: what the figure shows, one or two sentences: its caption and its alternative text.
  public func figure(_ name: String, _ finding: String, line: Int = #line, _ figure: () -> Figure) {
    begin()
    let figure = figure()
    append(line: line) {
      let finding = try Prose.Inline(finding)
      let svg = try figure.svg(description: finding.plainText)
      return .figure(Illustration(name: name, title: figure.title, finding: finding, svg: svg))
    }
  }
}
