infix operator ⊙ : MultiplicationPrecedence
infix operator ⊙= : AssignmentPrecedence

extension Matrix {
  /// The matrix of `transform` applied to each entry.
  @inlinable
  public func map(_ transform: (Element) throws -> Element) rethrows -> Matrix {
    Matrix(rows: rows, columns: columns, elements: try storage.map(transform))
  }

  /// a_ij ← `transform`(a_ij), in place.
  @inlinable
  public mutating func mapInPlace(_ transform: (Element) throws -> Element) rethrows {
    try withUnsafeMutableElements { elements in
      // Plain pointers, here and below: a buffer checks each index, and the loop would not be vectorised.
      guard let a = elements.baseAddress else { return }
      for i in 0..<elements.count { a[i] = try transform(a[i]) }
    }
  }

  /// a_ij ← `transform`(a_ij, b_ij), in place.
  @inlinable
  public mutating func mapInPlace(
    with B: Matrix, _ transform: (Element, Element) throws -> Element
  ) rethrows {
    requireShape(of: B)
    let count = storage.count
    try withUnsafeMutableElements { a in
      try B.withUnsafeElements { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return }
        for i in 0..<count { a[i] = try transform(a[i], b[i]) }
      }
    }
  }

  /// Stops the program unless `B` has the shape of this matrix.
  @inlinable
  func requireShape(of B: Matrix) {
    precondition(
      rows == B.rows && columns == B.columns,
      "cannot combine \(rows) × \(columns) with \(B.rows) × \(B.columns) entry by entry")
  }

  /// The matrix of `transform`(a_ij, b_ij).
  @inlinable
  func combined(with B: Matrix, _ transform: (Element, Element) -> Element) -> Matrix {
    requireShape(of: B)
    let elements = [Element](unsafeUninitializedCapacity: storage.count) { target, count in
      count = storage.count
      withUnsafeElements { a in
        B.withUnsafeElements { b in
          guard let target = target.baseAddress, let a = a.baseAddress, let b = b.baseAddress else { return }
          for i in 0..<storage.count { (target + i).initialize(to: transform(a[i], b[i])) }
        }
      }
    }
    return Matrix(rows: rows, columns: columns, elements: elements)
  }

  /// The sum A + B, entry by entry.
  @inlinable public static func + (A: Matrix, B: Matrix) -> Matrix { A.combined(with: B) { $0 + $1 } }
  /// The difference A − B, entry by entry.
  @inlinable public static func - (A: Matrix, B: Matrix) -> Matrix { A.combined(with: B) { $0 - $1 } }
  /// The entry-by-entry (Hadamard) product A ⊙ B.
  @inlinable public static func ⊙ (A: Matrix, B: Matrix) -> Matrix { A.combined(with: B) { $0 * $1 } }
  /// Every entry times `scale`.
  @inlinable public static func * (scale: Element, A: Matrix) -> Matrix { A.map { scale * $0 } }
  /// Every entry divided by `divisor`.
  @inlinable public static func / (A: Matrix, divisor: Element) -> Matrix { A.map { $0 / divisor } }
  /// −A: the sign of every entry changed.
  @inlinable public static prefix func - (A: Matrix) -> Matrix { A.map { -$0 } }

  /// A ← A + B, entry by entry.
  @inlinable public static func += (A: inout Matrix, B: Matrix) { A.mapInPlace(with: B) { $0 + $1 } }
  /// A ← A − B, entry by entry.
  @inlinable public static func -= (A: inout Matrix, B: Matrix) { A.mapInPlace(with: B) { $0 - $1 } }
  /// A ← A ⊙ B, entry by entry.
  @inlinable public static func ⊙= (A: inout Matrix, B: Matrix) { A.mapInPlace(with: B) { $0 * $1 } }
  /// A ← A·`scale`.
  @inlinable public static func *= (A: inout Matrix, scale: Element) { A.mapInPlace { $0 * scale } }
  /// A ← A / `divisor`.
  @inlinable public static func /= (A: inout Matrix, divisor: Element) { A.mapInPlace { $0 / divisor } }

  /// A ← A + α·B, each entry rounded once (a fused multiply-add).
  @inlinable
  public mutating func add(scale α: Element, _ B: Matrix) {
    mapInPlace(with: B) { $0.addingProduct(α, $1) }
  }

  /// A ← B, in the memory that A has already.
  @inlinable
  public mutating func update(from B: Matrix) {
    mapInPlace(with: B) { $1 }
  }

  /// Every entry ← `value`.
  @inlinable
  public mutating func update(repeating value: Element) {
    withUnsafeMutableElements { $0.update(repeating: value) }
  }

  /// a_ij ← a_ij + v_j: adds `v`, of `columns` entries, to each row, as a bias is added to a batch.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func addToEachRow(_ v: [Element]) {
    precondition(v.count == columns, "cannot add \(v.count) entries to each row of a \(rows) × \(columns) matrix")
    let (rows, columns, lanes) = (rows, columns, Element.Vector.scalarCount)
    let vectors = columns / lanes
    withUnsafeMutableElements { a in
      v.withUnsafeBufferPointer { v in
        guard var row = a.baseAddress, let v = v.baseAddress else { return }
        for _ in 0..<rows {
          // By vectors: left to itself, the compiler takes four at a time, and what remains of a short row one by one.
          for i in 0..<vectors {
            let place = UnsafeMutableRawPointer(row + i &* lanes)
            let sum =
              place.loadUnaligned(as: Element.Vector.self)
              + UnsafeRawPointer(v + i &* lanes).loadUnaligned(as: Element.Vector.self)
            place.storeBytes(of: sum, as: Element.Vector.self)
          }
          for j in vectors &* lanes..<columns { row[j] += v[j] }
          row += columns
        }
      }
    }
  }

  /// a_ij − v_j: the rows as seen from `v`, of `columns` entries, as data are centred about their mean.
  @inlinable
  public func subtractingFromEachRow(_ v: [Element]) -> Matrix {
    var result = self
    result.addToEachRow(v.map { -$0 })
    return result
  }

  /// a_ij ← a_ij + v_i: adds `v`, of `rows` entries, to each column.
  @inlinable
  public mutating func addToEachColumn(_ v: [Element]) {
    precondition(v.count == rows, "cannot add \(v.count) entries to each column of a \(rows) × \(columns) matrix")
    let columns = columns
    withUnsafeMutableElements { a in
      guard let a = a.baseAddress else { return }
      for i in v.indices {
        for j in 0..<columns { a[i * columns + j] += v[i] }
      }
    }
  }
}
