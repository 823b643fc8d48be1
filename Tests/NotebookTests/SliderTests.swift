import Testing

@testable import Notebook

@Suite struct SliderTests {
  private func page() throws -> Page {
    let finding = try Prose.Inline("More terms, less error.")
    let frames = ["1", "8"].enumerated().map { index, value in
      Slider.Frame(
        value: value,
        illustration: Illustration(
          name: "cut-\(index + 1)", title: "Cut", finding: .init(spans: [.text("k = \(value) [a|b]")]),
          svg: "<svg><title id=\"figure-title\">\(value)</title></svg>"))
    }
    let slider = Slider(knob: try Prose.Inline("$k$"), finding: finding, frames: frames, chosen: 1)
    return Page(slug: "01-b", title: "T", command: "c", blocks: [.slider(slider)])
  }

  @Test func inMarkdownAllFramesStandSideBySide() throws {
    #expect(
      try page().markdown.contains(
        """
        | $`k`$ = 1 | $`k`$ = 8 |
        |:-:|:-:|
        | ![k = 1 (a\\|b)](cut-1.svg) | ![k = 8 (a\\|b)](cut-2.svg) |

        *More terms, less error.*
        """))
    #expect(try page().illustrations.map(\.file) == ["cut-1.svg", "cut-2.svg"])
  }

  @Test func offlineTheChosenFrameIsShownAndTheOthersAreHidden() throws {
    let html = try page().html
    #expect(html.contains(#"<input type="range" min="0" max="1" value="1" autocomplete="off" aria-label="k"/>"#))
    // One element: what stands beside the input would else be laid out as columns, word by word.
    #expect(html.contains("<span><math><mi>k</mi></math> = <output>8</output></span><input"))
    #expect(
      html.contains(
        #"<div class="frame scroll" data-value="1" hidden="hidden"><svg><title id="figure.cut-1.figure-title">1"#))
    #expect(
      html.contains(#"<div class="frame scroll" data-value="8"><svg><title id="figure.cut-2.figure-title">8"#))
  }
}
