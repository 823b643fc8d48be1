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
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  init(_ A: Matrix<Element>, transposed: Bool, rowOrder: [Int], exponents: [Int]) {
    self.init(length: transposed ? A.columns : A.rows, count: transposed ? A.rows : A.columns)
    let first = exponents.map { Element.powerOfTwo($0 / 2) }
    let second = exponents.map { Element.powerOfTwo($0 - $0 / 2) }
    let (rowStep, columnStep) = transposed ? (1, A.columns) : (A.columns, 1)
    let scalarStride = stride * Element.Vector.scalarCount
    let target = entries(0)
    let tile = Element.Vector.scalarCount
    A.elements.withUnsafeBufferPointer { source in
      // A tile of columns at a time: each cache line of A is then read once.
      for tileStart in Swift.stride(from: 0, to: count, by: tile) {
        for i in 0..<length {
          let row = rowOrder[i] * rowStep
          for j in tileStart..<min(tileStart + tile, count) {
            target[j * scalarStride + i] = source[row + j * columnStep] * first[j] * second[j]
          }
        }
      }
    }
  }

  /// The matrix whose row `rowOrder[i]` holds entry i of each column, and whose column j is column `order[j]` of these,
  /// times `signs[j]`.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func matrix(order: [Int], signs: [Element], rowOrder: [Int]) -> Matrix<Element> {
    let scalarStride = stride * Element.Vector.scalarCount
    let source = entries(0)
    let (length, columns) = (self.length, order.count)
    let elements = [Element](unsafeUninitializedCapacity: length * columns) { target, initializedCount in
      let tile = Element.Vector.scalarCount
      for tileStart in Swift.stride(from: 0, to: columns, by: tile) {
        for i in 0..<length {
          for j in tileStart..<min(tileStart + tile, columns) {
            target.initializeElement(
              at: rowOrder[i] * columns + j, to: signs[j] * source[order[j] * scalarStride + i])
          }
        }
      }
      initializedCount = length * columns
    }
    return Matrix(rows: length, columns: columns, elements: elements)
  }
}

extension Scalar {
  /// 2^`exponent`.
  static func powerOfTwo(_ exponent: Int) -> Self {
    Self(sign: .plus, exponent: Exponent(exponent), significand: 1)
  }
}
