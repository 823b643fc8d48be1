import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An SVG file read by Foundation's parser: its elements in order.
final class SVGDocument: NSObject, XMLParserDelegate {
  struct Element {
    let name: String
    let attributes: [String: String]
    let parent: Int?
    var text = ""
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  /// Nil if `source` is not well-formed.
  init?(_ source: String) {
    super.init()
    let parser = XMLParser(data: Data(source.utf8))
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// The texts of all elements called `name`.
  func texts(_ name: String) -> [String] { all(name).map(\.text) }

  /// The rasters: for each, the colour of every painted cell (x, y).
  var rasters: [[[Int]: String]] {
    elements.indices.filter { elements[$0].attributes["shape-rendering"] == "crispEdges" }.map { group in
      var cells: [[Int]: String] = [:]
      for path in elements where path.parent == group {
        for run in (path.attributes["d"] ?? "").split(separator: "M") {
          let numbers = run.split { $0 == " " || $0 == "h" }.compactMap { Int($0) }
          for x in numbers[0]..<numbers[0] + numbers[2] {
            precondition(cells[[x, numbers[1]]] == nil, "the cell (\(x), \(numbers[1])) is painted twice")
            cells[[x, numbers[1]]] = path.attributes["stroke"]
          }
        }
      }
      return cells
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes, parent: open.dropLast().last))
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if let last = open.last { elements[last].text += text }
  }
}
