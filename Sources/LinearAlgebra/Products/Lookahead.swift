internal import Processor

/// What tiles fetch into the cache while they are computed.
///
/// A type rather than a flag: tiles that fetch nothing, which may be small, are compiled without any of it.
protocol Lookahead<Element> {
  associatedtype Element: Scalar
  /// The first of the lines that the tile of `tileRows` rows from row i fetches, if it fetches any.
  func firstLine(at i: Int, tileRows: Int) -> UnsafePointer<Element>?
  /// Fetches a line for each of `vectors`, and goes on to the next.
  func fetch(_ vectors: Int, at line: inout UnsafePointer<Element>)
  /// Goes on to what the tiles of the next strip fetch.
  mutating func skip(_ vectors: Int)
}

/// Nothing.
struct NoColumns<Element: Scalar>: Lookahead {
  @inline(__always) func firstLine(at i: Int, tileRows: Int) -> UnsafePointer<Element>? { nil }
  @inline(__always) func fetch(_ vectors: Int, at line: inout UnsafePointer<Element>) {}
  @inline(__always) mutating func skip(_ vectors: Int) {}
}

/// The columns of B that are packed next, which otherwise have to come from the third-level cache, line by line, while the
/// arithmetic waits.
///
/// The first tiles of a strip, as many as a vector has scalars, fetch the strip that will be packed in its place: one line
/// for each `Element.Vector.scalarCount` of their own depth.
struct NextColumns<Element: Scalar>: Lookahead {
  /// The last entry of a vector: the first one is on the same line, or on the one where the vector before has ended. (It
  /// may lie behind all of B, where nothing is fetched.)
  private var base: UnsafePointer<Element>
  /// Entries from one vector to the next, from what one tile fetches to what the next one does, and from line to line.
  private let vector: Int
  private let tile: Int
  private let line: Int

  /// The columns of B, from its first one, that are packed to a depth of `depth`.
  init(_ B: Factor<Element>, depth: Int) {
    let lanes = Element.Vector.scalarCount
    base = B.base + (lanes - 1)
    if B.columnStride == 1 {
      (vector, tile, line) = (lanes, depth / lanes * B.rowStride, B.rowStride)
    } else {
      (vector, tile, line) = (lanes * B.columnStride, B.columnStride, lanes)
    }
  }

  @inline(__always) func firstLine(at i: Int, tileRows: Int) -> UnsafePointer<Element>? {
    let number = i / tileRows
    return number < Element.Vector.scalarCount ? base + number &* tile : nil
  }

  @inline(__always) func fetch(_ vectors: Int, at line: inout UnsafePointer<Element>) {
    for v in 0..<vectors { fetchToRead(line + v &* vector) }
    line += self.line
  }

  @inline(__always) mutating func skip(_ vectors: Int) { base += vectors &* vector }
}
