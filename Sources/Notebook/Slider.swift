import Plotting

/// A figure at several values of a knob, drawn beforehand: the offline edition shows the one that its reader chooses, the
/// other editions show all.
public struct Slider: Sendable {
  /// What the knob is.
  public let knob: Prose.Inline
  public let finding: Prose.Inline
  public let frames: [Frame]
  /// The index of the frame that is shown first.
  public let chosen: Int

  public struct Frame: Sendable {
    public let value: String
    public let illustration: Illustration
  }
}

extension Lesson {
  /// A figure with a knob, where turning it is the lesson: one figure for each of `values`, written as `name-1.svg`,
  /// `name-2.svg`, … beside the page.
  ///
  /// ```swift
  /// lesson.slider("cut", "the rank $k$", "Eight terms are enough to read by.", over: [1, 2, 4, 8, 16], chosen: 8) { k in … }
  /// ```
  ///
  /// - Parameters:
  ///   - knob: what the knob is, in a few words.
  ///   - finding: what turning it shows, one or two sentences.
  ///   - chosen: the value that is shown first, one of `values`.
  public func slider(
    _ name: String, _ knob: String, _ finding: String, over values: [Double], chosen: Double, line: Int = #line,
    _ figure: (Double) -> Figure
  ) {
    requireFileName(name)
    guard let first = values.firstIndex(of: chosen) else {
      preconditionFailure("the slider '\(name)' begins at \(chosen), which is not one of its values, \(values)")
    }
    begin()
    let figures = values.map(figure)
    append(line: line) {
      let (knob, finding) = (try Prose.Inline(knob, line: line), try Prose.Inline(finding, line: line))
      do throws(PlotError) {
        var frames: [Slider.Frame] = []
        for (index, (value, figure)) in zip(values, figures).enumerated() {
          let value = Numeral.short(value)
          let caption = Prose.Inline(spans: knob.spans + [.text(" = \(value). ")] + finding.spans)
          let (svg, values) = try figure.drawn(description: caption.plainText)
          let illustration = Illustration(
            name: "\(name)-\(index + 1)", title: figure.title, finding: caption, svg: svg, values: values)
          frames.append(Slider.Frame(value: value, illustration: illustration))
        }
        return .slider(Slider(knob: knob, finding: finding, frames: frames, chosen: first))
      } catch {
        return .undrawn(UndrawnFigure(name: name, reason: error.description))
      }
    }
  }
}
