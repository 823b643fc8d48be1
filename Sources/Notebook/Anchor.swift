/// How GitHub spells a heading in links: small letters, hyphens for blanks, no punctuation.
public enum Anchor {
  /// The anchor of the first heading `title` of a page, which is without markup.
  public static func of(_ title: String) -> String {
    String(
      title.lowercased().compactMap { character in
        character == " "
          ? "-" : character.isLetter || character.isNumber || "-_".contains(character) ? character : nil
      })
  }

  /// The anchors of a page: headings that repeat are numbered.
  struct Register {
    private var counts: [String: Int] = [:]

    mutating func anchor(for title: String) -> String {
      let anchor = Anchor.of(title)
      defer { counts[anchor, default: 0] += 1 }
      return counts[anchor].map { "\(anchor)-\($0)" } ?? anchor
    }
  }
}
