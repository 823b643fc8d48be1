extension Illustration {
  /// The figure's SVG as a part of a page that holds others: its ids, and what refers to them, begin with `prefix`; and its
  /// points show their values.
  func inlineSVG(prefix: String) -> String {
    svg.replacing(#/ id="([^"]*)"/#) { " id=\"\(prefix).\($0.output.1)\"" }
      .replacing(#/ (aria-labelledby|aria-describedby)="([^"]*)"/#) { match in
        let ids = match.output.2.split(separator: " ").map { "\(prefix).\($0)" }
        return " \(match.output.1)=\"\(ids.joined(separator: " "))\""
      }
      .replacing(#/url\(#([^)]*)\)/#) { "url(#\(prefix).\($0.output.1))" }
      .replacing(#/href="#([^"]*)"/#) { "href=\"#\(prefix).\($0.output.1)\"" }
      .replacing(#/<\/svg>\s*$/#) { _ in "\(values)\n</svg>" }
  }
}
