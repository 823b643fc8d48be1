internal import Processor

/// Where a kernel finds B: lane ℓ of vector v at depth p is `base[v · vector + ℓ + p · depth]`.
struct ColumnStrides {
  var vector: Int
  var depth: Int
}

/// Where a kernel finds A: for a tile that begins at row i, entry (i + r, p) is `base[i · tile + r · row + p · depth]`.
struct RowStrides {
  var tile: Int
  var row: Int
  /// As many as the tile has rows, if `nil`.
  var depth: Int?
}

/// A rectangle of C that stays in registers while the inner dimension runs.
///
/// Tiles are put together from ``Single`` by ``Beside`` and ``Stack``; every method is inlined, so that each
/// composition compiles to one straight loop of fused multiply-adds.
private protocol Tile<Element> {
  associatedtype Element: Scalar
  static var rows: Int { get }
  static var vectors: Int { get }
  static var zero: Self { get }
  init(_ C: UnsafePointer<Element>, stride: Int)
  func store(_ C: UnsafeMutablePointer<Element>, stride: Int)
  /// c_ij ← c_ij + a_i·b_j, rounded once.
  mutating func addProduct(
    _ a: UnsafePointer<Element>, stride: Int, _ b: UnsafePointer<Element>, vectorStride: Int)
}

private struct Single<Element: Scalar>: Tile {
  var c: Element.Vector

  @inline(__always) static var rows: Int { 1 }
  @inline(__always) static var vectors: Int { 1 }
  @inline(__always) static var zero: Single { Single(c: .zero) }

  @inline(__always) init(c: Element.Vector) { self.c = c }

  @inline(__always) init(_ C: UnsafePointer<Element>, stride: Int) {
    c = UnsafeRawPointer(C).loadUnaligned(as: Element.Vector.self)
  }

  @inline(__always) func store(_ C: UnsafeMutablePointer<Element>, stride: Int) {
    UnsafeMutableRawPointer(C).storeBytes(of: c, as: Element.Vector.self)
  }

  @inline(__always) mutating func addProduct(
    _ a: UnsafePointer<Element>, stride: Int, _ b: UnsafePointer<Element>, vectorStride: Int
  ) {
    c.addProduct(
      Element.Vector(repeating: a.pointee), UnsafeRawPointer(b).loadUnaligned(as: Element.Vector.self))
  }
}

private struct Beside<Left: Tile, Right: Tile>: Tile where Left.Element == Right.Element {
  typealias Element = Left.Element
  var left: Left
  var right: Right

  @inline(__always) static var rows: Int { Left.rows }
  @inline(__always) static var vectors: Int { Left.vectors + Right.vectors }
  @inline(__always) static var zero: Beside { Beside(left: .zero, right: .zero) }

  @inline(__always) init(left: Left, right: Right) { (self.left, self.right) = (left, right) }

  @inline(__always) init(_ C: UnsafePointer<Element>, stride: Int) {
    left = Left(C, stride: stride)
    right = Right(C + Left.vectors * Element.Vector.scalarCount, stride: stride)
  }

  @inline(__always) func store(_ C: UnsafeMutablePointer<Element>, stride: Int) {
    left.store(C, stride: stride)
    right.store(C + Left.vectors * Element.Vector.scalarCount, stride: stride)
  }

  @inline(__always) mutating func addProduct(
    _ a: UnsafePointer<Element>, stride: Int, _ b: UnsafePointer<Element>, vectorStride: Int
  ) {
    left.addProduct(a, stride: stride, b, vectorStride: vectorStride)
    right.addProduct(a, stride: stride, b + Left.vectors * vectorStride, vectorStride: vectorStride)
  }
}

private struct Stack<Upper: Tile, Lower: Tile>: Tile where Upper.Element == Lower.Element {
  typealias Element = Upper.Element
  var upper: Upper
  var lower: Lower

  @inline(__always) static var rows: Int { Upper.rows + Lower.rows }
  @inline(__always) static var vectors: Int { Upper.vectors }
  @inline(__always) static var zero: Stack { Stack(upper: .zero, lower: .zero) }

  @inline(__always) init(upper: Upper, lower: Lower) { (self.upper, self.lower) = (upper, lower) }

  @inline(__always) init(_ C: UnsafePointer<Element>, stride: Int) {
    upper = Upper(C, stride: stride)
    lower = Lower(C + Upper.rows * stride, stride: stride)
  }

  @inline(__always) func store(_ C: UnsafeMutablePointer<Element>, stride: Int) {
    upper.store(C, stride: stride)
    lower.store(C + Upper.rows * stride, stride: stride)
  }

  @inline(__always) mutating func addProduct(
    _ a: UnsafePointer<Element>, stride: Int, _ b: UnsafePointer<Element>, vectorStride: Int
  ) {
    upper.addProduct(a, stride: stride, b, vectorStride: vectorStride)
    lower.addProduct(a + Upper.rows * stride, stride: stride, b, vectorStride: vectorStride)
  }
}

private typealias Pair<Element: Scalar> = Beside<Single<Element>, Single<Element>>
private typealias Quadruple<Element: Scalar> = Beside<Pair<Element>, Pair<Element>>

private typealias Two<Row: Tile> = Stack<Row, Row>
private typealias Three<Row: Tile> = Stack<Two<Row>, Row>
private typealias Four<Row: Tile> = Two<Two<Row>>

/// C ← [C +] A·B for panels of A and B; what is left of C and of B while strips of columns are taken off.
private struct Remainder<Element: Scalar, Ahead: Lookahead<Element>> {
  var rows: Int
  var depth: Int
  var columns: Int
  var a: UnsafePointer<Element>
  var A: RowStrides
  var b: UnsafePointer<Element>
  var B: ColumnStrides
  var C: UnsafeMutablePointer<Element>
  var stride: Int
  var accumulate: Bool
  var ahead: Ahead
  /// Room for one tile: a strip that ends within a vector is computed here, tile by tile, and its entries copied.
  var margin: UnsafeMutablePointer<Element>

  /// Computes all columns.
  @inline(__always)
  mutating func takeAll() {
    let lanes = Element.Vector.scalarCount
    // With few rows a wider tile has enough independent sums to hide the latency of the multiply-add.
    if rows == 1 || rows < 4 && Blocking.registerHoldsVector {
      while columns >= 4 * lanes { takeStrip(Quadruple<Element>.self) }
    }
    if rows <= Blocking.rowsOfTwoVectors {
      while columns > lanes { takeStrip(Pair<Element>.self) }
    }
    while columns > 0 { takeStrip(Single<Element>.self) }
  }

  /// Computes the first `Row.vectors` vectors of columns, or all columns if they are fewer.
  @inline(__always)
  mutating func takeStrip<Row: Tile<Element>>(_ row: Row.Type) {
    var i = 0
    while i < rows {
      let height = Blocking.tileRows(of: rows - i)
      switch height {
      case 1: multiply(Row.self, at: i)
      case 2: multiply(Two<Row>.self, at: i)
      case 3: multiply(Three<Row>.self, at: i)
      // What is wider has few rows.
      case _ where Row.vectors > Blocking.tileVectors: break
      case 4: multiply(Four<Row>.self, at: i)
      case 5: multiply(Stack<Four<Row>, Row>.self, at: i)
      case 6: multiply(Two<Three<Row>>.self, at: i)
      default: multiply(Two<Four<Row>>.self, at: i)
      }
      i += height
    }
    ahead.skip(Row.vectors)
    let width = min(columns, Row.vectors &* Element.Vector.scalarCount)
    b += Row.vectors &* B.vector
    C += width
    columns -= width
  }

  /// Computes the tile whose first row is `i`.
  @inline(__always)
  func multiply<T: Tile<Element>>(_ tile: T.Type, at i: Int) {
    let width = T.vectors &* Element.Vector.scalarCount
    var a = a + i &* A.tile
    let depthStride = A.depth ?? T.rows
    var b = b
    let corner = C + i &* stride
    let inMargin = columns < width
    let (target, targetStride) = inMargin ? (margin, width) : (corner, stride)
    if inMargin && accumulate { copy(T.rows, columns, from: corner, stride: stride, to: margin, stride: width) }
    var c = accumulate ? T(target, stride: targetStride) : .zero
    // The next tile would wait for its entries of C: those of other rows, which the processor does not foresee.
    for row in T.rows..<2 &* T.rows {
      for vector in 1...T.vectors {
        fetchToWrite(corner + row &* stride + (vector &* Element.Vector.scalarCount &- 1))
      }
    }
    var left = depth
    if var line = ahead.firstLine(at: i, tileRows: T.rows) {
      let part = Element.Vector.scalarCount
      while left >= part {
        ahead.fetch(T.vectors, at: &line)
        for _ in 0..<part {
          c.addProduct(a, stride: A.row, b, vectorStride: B.vector)
          a += depthStride
          b += B.depth
        }
        left -= part
      }
    }
    for _ in 0..<left {
      c.addProduct(a, stride: A.row, b, vectorStride: B.vector)
      a += depthStride
      b += B.depth
    }
    c.store(target, stride: targetStride)
    if inMargin { copy(T.rows, columns, from: margin, stride: width, to: corner, stride: stride) }
  }
}

/// C ← [C +] A·B for panels of A and B, in place or packed; each c_ij takes its k products in ascending order.
///
/// - Parameters:
///   - n: columns of C. Unless it is a multiple of the vector, B's last vector must be readable to its end.
///   - stride: entries from one row of C to the next.
///   - next: what to fetch into the cache meanwhile, if anything.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func multiplyPanels<Element: Scalar>(
  rows m: Int, depth k: Int, columns n: Int, _ a: UnsafePointer<Element>, _ A: RowStrides,
  _ b: UnsafePointer<Element>, _ B: ColumnStrides,
  into C: UnsafeMutablePointer<Element>, stride: Int, accumulate: Bool, next: NextColumns<Element>?
) {
  let lanes = Element.Vector.scalarCount
  withUnsafeTemporaryAllocation(byteCount: Blocking.tileRows * 2 * 64, alignment: 16) { memory in
    guard let start = memory.baseAddress else { return }
    @inline(__always) func multiply(fetching ahead: some Lookahead<Element>) {
      var remainder = Remainder(
        rows: m, depth: k, columns: n, a: a, A: A, b: b, B: B, C: C, stride: stride, accumulate: accumulate,
        ahead: ahead, margin: start.bindMemory(to: Element.self, capacity: Blocking.tileRows * 2 * lanes))
      remainder.takeAll()
    }
    if let next { multiply(fetching: next) } else { multiply(fetching: NoColumns()) }
  }
}

/// Copies the leading `columns` entries, at most two vectors, of each of `rows` rows.
///
/// A call of memmove for each row would take longer than the tile.
@inline(__always)
private func copy<Element: Scalar>(
  _ rows: Int, _ columns: Int, from source: UnsafePointer<Element>, stride sourceStride: Int,
  to target: UnsafeMutablePointer<Element>, stride targetStride: Int
) {
  let bytes = columns &* MemoryLayout<Element>.stride
  for i in 0..<rows {
    var from = UnsafeRawPointer(source + i &* sourceStride)
    var to = UnsafeMutableRawPointer(target + i &* targetStride)
    if bytes & 64 != 0 { move(SIMD8<UInt64>.self, &from, &to) }
    if bytes & 32 != 0 { move(SIMD4<UInt64>.self, &from, &to) }
    if bytes & 16 != 0 { move(SIMD2<UInt64>.self, &from, &to) }
    if bytes & 8 != 0 { move(UInt64.self, &from, &to) }
    if bytes & 4 != 0 { move(UInt32.self, &from, &to) }
  }
}

/// Copies one chunk and goes on to the next.
@inline(__always)
private func move<Chunk: BitwiseCopyable>(
  _ chunk: Chunk.Type, _ from: inout UnsafeRawPointer, _ to: inout UnsafeMutableRawPointer
) {
  to.storeBytes(of: from.loadUnaligned(as: Chunk.self), as: Chunk.self)
  from += MemoryLayout<Chunk>.size
  to += MemoryLayout<Chunk>.size
}
