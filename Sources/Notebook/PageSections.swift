/// A heading of level two with what stands under it. Before the first such heading stands the page's first screen.
public struct PageSection: Sendable {
  /// Without markup; nil for the first screen.
  public let title: String?
  /// Where links to the section lead; see ``Anchor``. Empty for the first screen.
  public let anchor: String
  public var blocks: [Block] = []

  /// What begins the heading of a section that a reader may leave out.
  static let deeper = "Deeper: "

  /// Whether the page folds the section: a side road, a control, an extension.
  public var isDeep: Bool { title?.hasPrefix(PageSection.deeper) ?? false }
}

extension Page {
  /// The page cut at its headings of level two.
  public var sections: [PageSection] {
    var anchors = Anchor.Register()
    // The title is a heading, too.
    _ = anchors.anchor(for: title)
    var sections = [PageSection(title: nil, anchor: "")]
    for block in blocks {
      guard case .prose(let prose) = block else {
        sections[sections.count - 1].blocks.append(block)
        continue
      }
      var rest: [Prose.Block] = []
      func flush() {
        if !rest.isEmpty { sections[sections.count - 1].blocks.append(.prose(Prose(blocks: rest))) }
        rest = []
      }
      for part in prose.blocks {
        if let title = part.sectionTitle {
          flush()
          sections.append(PageSection(title: title, anchor: anchors.anchor(for: title)))
        } else if case .heading(let level, let text) = part, level > 2 {
          _ = anchors.anchor(for: text.plainText)
        }
        rest.append(part)
      }
      flush()
    }
    return sections
  }

  /// The sections as a page shows them: the picture of the first screen is not repeated in the section right under it.
  var sectionsAsRead: [PageSection] {
    var sections = sections
    guard let opening, sections.count > 1 else { return sections }
    sections[1].blocks.removeAll { if case .figure(let figure) = $0 { figure.name == opening.picture } else { false } }
    return sections
  }

  /// What was found, and in which section.
  public var findings: [(sentence: Prose.Inline, section: PageSection)] {
    sections.flatMap { section in
      section.blocks.compactMap { if case .finding(let sentence) = $0 { (sentence, section) } else { nil } }
    }
  }

  /// How long the page takes to read, to five minutes: what stands in the open, and all of it. A minute is 150 words or
  /// four lines of a derivation.
  public var minutes: (core: Int, all: Int) {
    func minutes(_ sections: [PageSection], _ words: (String) -> WordCount) -> Int {
      let total = sections.reduce(0.0) { total, section in
        let steps = section.blocks.reduce(0) { if case .derivation(let d) = $1 { $0 + d.steps.count } else { $0 } }
        return total + Double(words(section.markdown).words) / 150 + Double(steps) / 4
      }
      return max(5, Int((total / 5).rounded()) * 5)
    }
    let sections = sections
    return (
      minutes(sections.filter { !$0.isDeep }, WordCount.init(unfolded:)), minutes(sections, WordCount.init(everything:))
    )
  }
}
