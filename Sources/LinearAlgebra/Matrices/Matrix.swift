/// A dense matrix of `Float` or `Double`, stored row by row.
///
/// ```swift
/// let A: Matrix<Double> = [[1, 2], [3, 4], [5, 6]]
/// A[2, 0]        // 5
/// A.T * A        // the 2 × 2 Gram matrix
/// ```
///
/// A matrix is a value: a copy shares its storage until one of the two is changed.
public struct Matrix<Element: Scalar>: Equatable, Sendable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  @usableFromInline var storage: [Element]

  /// The entries, row after row: entry (i, j) is `elements[i * columns + j]`.
  @inlinable public var elements: [Element] { storage }

  /// A matrix whose entries, row after row, are `elements`.
  @inlinable
  public init(rows: Int, columns: Int, elements: [Element]) {
    precondition(rows >= 0 && columns >= 0, "a matrix cannot be \(rows) × \(columns)")
    precondition(
      elements.count == rows * columns,
      "a \(rows) × \(columns) matrix has \(rows * columns) entries, not \(elements.count)")
    self.rows = rows
    self.columns = columns
    self.storage = elements
  }

  /// A matrix whose entries all equal `value`.
  @inlinable
  public init(rows: Int, columns: Int, repeating value: Element = 0) {
    precondition(rows >= 0 && columns >= 0, "a matrix cannot be \(rows) × \(columns)")
    self.init(rows: rows, columns: columns, elements: Array(repeating: value, count: rows * columns))
  }

  /// A matrix whose entry (i, j) is `entry(i, j)`.
  @inlinable
  public init(rows: Int, columns: Int, entry: (Int, Int) throws -> Element) rethrows {
    precondition(rows >= 0 && columns >= 0, "a matrix cannot be \(rows) × \(columns)")
    var elements: [Element] = []
    elements.reserveCapacity(rows * columns)
    for i in 0..<rows {
      for j in 0..<columns { elements.append(try entry(i, j)) }
    }
    self.init(rows: rows, columns: columns, elements: elements)
  }

  /// The identity matrix I of order `order`.
  public static func identity(_ order: Int) -> Matrix {
    Matrix(rows: order, columns: order) { i, j in i == j ? 1 : 0 }
  }

  /// The square matrix with `diagonal` on its diagonal and zeros elsewhere.
  public static func diagonal(_ diagonal: [Element]) -> Matrix {
    Matrix(rows: diagonal.count, columns: diagonal.count) { i, j in i == j ? diagonal[i] : 0 }
  }

  /// Entry (`i`, `j`): row `i`, column `j`, both counted from 0.
  @inlinable
  public subscript(i: Int, j: Int) -> Element {
    get {
      precondition(
        i >= 0 && i < rows && j >= 0 && j < columns, "no entry (\(i), \(j)) in a \(rows) × \(columns) matrix")
      return storage[i * columns + j]
    }
    set {
      precondition(
        i >= 0 && i < rows && j >= 0 && j < columns, "no entry (\(i), \(j)) in a \(rows) × \(columns) matrix")
      storage[i * columns + j] = newValue
    }
  }

  /// Calls `body` with the entries in memory, row after row.
  ///
  /// The buffer is valid only during the call.
  @inlinable
  public func withUnsafeElements<Result>(
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeBufferPointer(body)
  }

  /// Calls `body` with the entries in memory, row after row, to be changed in place.
  ///
  /// The buffer is valid only during the call. Copies the entries first if another matrix shares them.
  @inlinable
  public mutating func withUnsafeMutableElements<Result>(
    _ body: (UnsafeMutableBufferPointer<Element>) throws -> Result
  ) rethrows -> Result {
    try storage.withUnsafeMutableBufferPointer { try body($0) }
  }
}

extension Matrix: ExpressibleByArrayLiteral {
  /// A matrix given row by row: `[[1, 2], [3, 4]]`.
  public init(arrayLiteral rows: [Element]...) {
    let columns = rows.first?.count ?? 0
    for row in rows {
      precondition(row.count == columns, "rows of \(columns) and of \(row.count) entries in one matrix")
    }
    self.init(rows: rows.count, columns: columns, elements: rows.flatMap { $0 })
  }
}

extension Matrix: CustomStringConvertible {
  /// The entries in aligned columns, one row a line, if there are at most 16 rows and columns; the shape otherwise.
  public var description: String {
    let limit = 16
    guard 1...limit ~= rows && 1...limit ~= columns else { return "\(rows) × \(columns) matrix" }
    let entries = storage.map { String(describing: $0) }
    let widths = (0..<columns).map { j in
      stride(from: j, to: entries.count, by: columns).reduce(0) { max($0, entries[$1].count) }
    }
    let lines = (0..<rows).map { i in
      (0..<columns).map { j in
        let entry = entries[i * columns + j]
        return String(repeating: " ", count: widths[j] - entry.count) + entry
      }.joined(separator: "  ")
    }
    return lines.map { "[ \($0) ]" }.joined(separator: "\n")
  }
}
