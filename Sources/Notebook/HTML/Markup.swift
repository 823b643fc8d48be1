/// Elements of HTML and MathML, written so that an XML parser reads them too.
package enum Markup {
  /// `<name key="value">content</name>`; the content is markup already, the values are escaped here.
  package static func element(_ name: String, _ attributes: KeyValuePairs<String, String>, _ content: String) -> String
  {
    "<\(name)\(list(attributes))>\(content)</\(name)>"
  }

  /// `<name>content</name>`.
  package static func element(_ name: String, _ content: String) -> String { element(name, [:], content) }

  /// `<name key="value"/>`.
  package static func empty(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) -> String {
    "<\(name)\(list(attributes))/>"
  }

  private static func list(_ attributes: KeyValuePairs<String, String>) -> String {
    attributes.map { " \($0)=\"\($1.escapedMarkup)\"" }.joined()
  }
}

extension String {
  /// The text as the content of an element or of a quoted attribute. What XML 1.0 cannot hold becomes U+FFFD.
  package var escapedMarkup: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value & 0xFFFE == 0xFFFE: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
