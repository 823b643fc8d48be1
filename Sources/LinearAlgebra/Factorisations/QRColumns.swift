/// Columns of equal length, each contiguous in memory and padded with zeros to whole SIMD vectors.
///
/// The factorisations work on columns: dot products, reflections and rotations of them. Stored one after another, all of
/// these are loops over whole vectors, without remainders, and the order of every sum is fixed by the length alone.
struct ContiguousColumns<Element: Scalar>: ~Copyable {
  /// The number of entries of a column.
  let length: Int
  /// The number of columns.
  let count: Int
  /// The number of SIMD vectors from one column to the next.
  let stride: Int
  /// The first vector of the first column.
  let base: UnsafeMutablePointer<Element.Vector>

  /// `count` columns of `length` zeros.
  init(length: Int, count: Int) {
    self.length = length
    self.count = count
    self.stride = (length + Element.Vector.scalarCount - 1) / Element.Vector.scalarCount
    self.base = .allocate(capacity: max(1, stride * count))
    base.initialize(repeating: .zero, count: stride * count)
  }

  deinit { base.deallocate() }

  /// The vectors of column `j`.
  subscript(j: Int) -> UnsafeMutablePointer<Element.Vector> { base + j * stride }

  /// The entries of column `j`.
  func entries(_ j: Int) -> UnsafeMutablePointer<Element> {
    UnsafeMutableRawPointer(base + j * stride).assumingMemoryBound(to: Element.self)
  }
}

extension ContiguousColumns {
  /// The first `count` columns of the identity matrix of order `length`.
  static func identity(length: Int, count: Int) -> ContiguousColumns {
    let I = ContiguousColumns(length: length, count: count)
    for j in 0..<min(length, count) { I.entries(j)[j] = 1 }
    return I
  }

  /// A copy of the first `count` columns.
  func copy(count: Int) -> ContiguousColumns {
    let copy = ContiguousColumns(length: length, count: count)
    copy.base.update(from: base, count: count * stride)
    return copy
  }

  /// The columns of `A`, or of Aᵀ if `transposed`, each times a power of two.
  ///
  /// - Parameters:
  ///   - rowOrder: entry i of a column is taken from row `rowOrder[i]`.
  ///   - exponents: entries of column j are multiplied by 2^`exponents[j]`. It may lie outside the exponents of
  ///     `Element`, as long as the products do not.
  ///   - columns: column j is taken from column `columns[j]`; by default, all columns in their order.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  init(_ A: Matrix<Element>, transposed: Bool, rowOrder: [Int], exponents: [Int], columns: [Int]? = nil) {
    self.init(length: transposed ? A.columns : A.rows, count: exponents.count)
    let columns = columns ?? Array(0..<count)
    let first = exponents.map { Element.powerOfTwo($0 / 2) }
    let second = exponents.map { Element.powerOfTwo($0 - $0 / 2) }
    guard count > 0 && length > 0 else { return }
    A.elements.withUnsafeBufferPointer { elements in
      rowOrder.withUnsafeBufferPointer { rowOrder in
        guard let source = elements.baseAddress, let rowOrder = rowOrder.baseAddress else { return }
        if transposed {
          for j in 0..<count {
            let (row, column) = (source + columns[j] * A.columns, entries(j))
            for i in 0..<length { column[i] = row[rowOrder[i]] }
          }
        } else {
          transpose(source, A.columns, rowOrder, columns)
        }
      }
    }
    for j in 0..<count where exponents[j] != 0 {
      let (column, first, second) = (self[j], Element.Vector(repeating: first[j]), Element.Vector(repeating: second[j]))
      for i in 0..<stride { column[i] = column[i] * first * second }
    }
  }

  /// Column j ← column `columns[j]` of a row-major matrix, a strip of as many rows as a vector has lanes at a time.
  @inline(__always)
  private func transpose(
    _ source: UnsafePointer<Element>, _ width: Int, _ rowOrder: UnsafePointer<Int>, _ columns: [Int]
  ) {
    let lanes = Element.Vector.scalarCount
    let strip = UnsafeMutablePointer<Element.Vector>.allocate(capacity: 2 * width)
    defer { strip.deallocate() }
    let rows = UnsafeMutableRawPointer(strip).assumingMemoryBound(to: Element.self)
    let vectors = strip + width
    let packed = UnsafeMutableRawPointer(vectors).assumingMemoryBound(to: Element.self)
    for i in Swift.stride(from: 0, to: length, by: lanes) {
      let height = min(lanes, length - i)
      for row in 0..<height { (rows + row * width).update(from: source + rowOrder[i + row] * width, count: width) }
      _ = pack(
        lanes: height, depth: width, UnsafePointer(rows), laneStride: width, depthStride: 1, scale: 1, into: packed)
      for j in 0..<count { self[j][i / lanes] = vectors[columns[j]] }
    }
  }

  /// The matrix whose row `rowOrder[i]` holds entry i of each column, and whose column j is column `order[j]` of these,
  /// times `signs[j]`.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func matrix(order: [Int], signs: [Element], rowOrder: [Int]) -> Matrix<Element> {
    let lanes = Element.Vector.scalarCount
    let (length, columns) = (self.length, order.count)
    let panels = (columns + lanes - 1) / lanes
    let strip = UnsafeMutablePointer<Element.Vector>.allocate(capacity: 2 * panels * lanes)
    defer { strip.deallocate() }
    strip.initialize(repeating: .zero, count: 2 * panels * lanes)
    let source = UnsafeMutableRawPointer(strip).assumingMemoryBound(to: Element.self)
    let packed = source + panels * lanes * lanes
    let elements = [Element](unsafeUninitializedCapacity: length * columns) { target, initializedCount in
      guard let target = target.baseAddress else { return }
      // A strip of as many rows as a vector has lanes at a time: gathered from the columns, transposed, and dealt out.
      for i in Swift.stride(from: 0, to: length, by: lanes) {
        for j in 0..<columns { strip[j] = self[order[j]][i / lanes] * Element.Vector(repeating: signs[j]) }
        _ = pack(
          lanes: panels * lanes, depth: lanes, UnsafePointer(source), laneStride: lanes, depthStride: 1, scale: 1,
          into: packed)
        for row in 0..<min(lanes, length - i) {
          let start = target + rowOrder[i + row] * columns
          for panel in 0..<panels {
            let vector = packed + (panel * lanes + row) * lanes
            let count = min(lanes, columns - panel * lanes)
            (start + panel * lanes).initialize(from: vector, count: count)
          }
        }
      }
      initializedCount = length * columns
    }
    return Matrix(rows: length, columns: columns, elements: elements)
  }
}
