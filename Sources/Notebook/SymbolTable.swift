import Foundation
import Programs

/// The symbols of the course: the file `lessons/SYMBOLS.md`, or the part of it that a page uses.
///
/// The file is a table of three columns: the symbol, its meaning, and the lessons in which it has that meaning, as
/// numbers, or `all`.
public struct SymbolTable: Sendable {
  public struct Row: Sendable {
    public let symbol: Prose.Inline
    public let meaning: Prose.Inline
    /// The numbers of the lessons, `01`; nil for all.
    let lessons: Set<String>?
    /// The letters that the row explains.
    var letters: Set<String> { Set(symbol.formulas.flatMap(\.introducedSymbols)) }
  }

  public let rows: [Row]

  init(rows: [Row]) { self.rows = rows }

  /// Reads the table in `markdown`.
  ///
  /// - Throws: ``LessonFailure`` if it has no table of three columns; `ProseError`.
  init(markdown: String) throws {
    rows = try Prose(markdown: markdown).rows(columns: 3, of: "SYMBOLS.md").map { cells in
      let lessons = cells[2].plainText
      return Row(
        symbol: cells[0], meaning: cells[1],
        lessons: lessons == "all" ? nil : Set(lessons.split(separator: " ").map(String.init)))
    }
  }

  /// The rows for lesson `number`, which is two digits.
  func rows(ofLesson number: String) -> SymbolTable {
    SymbolTable(rows: rows.filter { $0.lessons?.contains(number) ?? true })
  }

  /// The letters with more than one row.
  var ambiguous: [String] {
    var counts: [String: Int] = [:]
    for letter in rows.flatMap(\.letters) { counts[letter, default: 0] += 1 }
    return counts.filter { $0.value > 1 }.keys.sorted()
  }

  /// The rows that explain `formulas`.
  ///
  /// - Throws: ``LessonFailure`` that names the letters without a row or with several.
  func part(for formulas: [TeX]) throws -> SymbolTable {
    var seen: Set<String> = []
    let used = formulas.flatMap(\.symbols).filter { seen.insert($0).inserted }
    let unknown = used.filter { !rows.flatMap(\.letters).contains($0) }
    let clashing = ambiguous.filter(used.contains)
    guard unknown.isEmpty, clashing.isEmpty else {
      let problems = [("has no row for", unknown), ("gives two meanings on this page to", clashing)]
        .filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.joined(separator: "  "))" }
      throw LessonFailure("lessons/SYMBOLS.md \(problems.joined(separator: ", and "))", code: .badData)
    }
    return SymbolTable(rows: rows.filter { !seen.isDisjoint(with: $0.letters) })
  }
}

extension Prose {
  /// The rows of the text's tables, which have so many columns.
  ///
  /// - Throws: ``LessonFailure`` if there is none, or one of another width.
  func rows(columns: Int, of file: String) throws -> [[Prose.Inline]] {
    let tables = blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    guard !tables.isEmpty, tables.allSatisfy({ $0.header.count == columns }) else {
      throw LessonFailure("lessons/\(file) is not made of tables of \(columns) columns", code: .badData)
    }
    return tables.flatMap(\.rows)
  }
}
