import Programs

extension Page {
  /// What stands before the first section: the lead, and on a page with an opening its picture, what was found, what a
  /// reader will be able to do, how long it takes, and where everything is.
  func firstScreen(_ section: PageSection) -> String {
    guard let opening else { return section.markdown }
    let before = section.blocks.prefix { if case .opening = $0 { false } else { true } }
    let after = section.blocks.dropFirst(before.count + 1)
    func text(_ blocks: some Sequence<Block>) -> String {
      PageSection(title: nil, anchor: "", blocks: Array(blocks)).markdown
    }
    let picture = illustrations.first { $0.name == opening.picture }?.markdown
    let (core, all) = minutes
    let time = "**About \(core) minutes**" + (all > core ? ", \(all) with everything that is folded." : ".")
    return [
      text(before), picture, findingsMarkdown,
      "**Afterwards you can**\n\n\(opening.goals.markdown)", "\(time) \(neighbours.markdown)", contentsMarkdown,
      text(after),
    ].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var findingsMarkdown: String? {
    guard !findings.isEmpty else { return nil }
    let items = findings.map { sentence, section in
      "- \(sentence.markdown.replacing("\n", with: " ")) ([more](#\(section.anchor)))"
    }
    return "**In short**\n\n" + items.joined(separator: "\n")
  }

  /// The core's sections as a numbered list, the deep ones in one paragraph.
  private var contentsMarkdown: String {
    let listed = sections.filter { $0.title != nil }
    func link(_ section: PageSection, _ title: String) -> String { "[\(title)](#\(section.anchor))" }
    let core = listed.filter { !$0.isDeep }.enumerated().map { "\($0 + 1). \(link($1, $1.title ?? ""))" }
    let deep = listed.filter(\.isDeep).map { link($0, String(($0.title ?? "").dropFirst(PageSection.deeper.count))) }
    let aside = deep.isEmpty ? "" : "\n\nDeeper, each folded where it belongs: \(deep.joined(separator: " · "))."
    return "**Contents**\n\n" + core.joined(separator: "\n") + aside
  }
}

extension Neighbours {
  /// The way to the page before, to all of them, and to the next.
  var markdown: String {
    func link(_ neighbour: Neighbour, _ text: String) -> String { "[\(text)](../\(neighbour.slug)/README.md)" }
    return [
      previous.map { link($0, "← \($0.title)") }, "[all lessons](../README.md)", next.map { link($0, "\($0.title) →") },
    ].compactMap(\.self).joined(separator: " · ")
  }
}
