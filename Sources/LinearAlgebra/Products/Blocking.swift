internal import Processor

/// How products are cut up, for the registers and the caches of the processor that is built for. No result depends on it.
///
/// A tile of C stays in registers while the inner dimension runs. It is as large as they allow, beside a row of B: each
/// number that is loaded then serves as many multiply-adds as possible, and these wait for each other the least.
///
/// | registers | tile | sums | a row of B | left |
/// |:--|:--|:--|:--|:--|
/// | AVX-512: 32 × 64 bytes | 8 rows × 2 vectors | 16 | 2 | 14, for loads ahead |
/// | AVX2: 16 × 32 bytes | 6 rows × 1 vector | 12 | 2 | 2, for entries of A |
/// | NEON: 32 × 16 bytes | 6 rows × 1 vector | 24 | 4 | 4, for entries of A |
///
/// (A vector is 64 bytes: two registers of AVX2, four of NEON.) Two multiply-adds a cycle, each of which takes four
/// or five, need eight to ten sums that are independent.
enum Blocking {
  /// Whether a register holds a vector.
  @inline(__always) static var registerHoldsVector: Bool { VECTOR_REGISTER_BYTES == 64 }
  /// Rows of a tile, where that many are left.
  @inline(__always) static var tileRows: Int { registerHoldsVector ? 8 : 6 }
  /// Vectors in each of its rows.
  @inline(__always) static var tileVectors: Int { registerHoldsVector ? 2 : 1 }
  /// Rows up to which a tile of two vectors may be used. With three, NEON's registers have all 24 sums and the row of B, but
  /// no entry of A: sums would go to memory and back. (AVX2 multiplies by what is in memory.)
  @inline(__always) static var rowsOfTwoVectors: Int {
    registerHoldsVector ? .max : VECTOR_REGISTER_BYTES == 16 ? 2 : 3
  }

  /// Rows of the next tile, if so many are left.
  ///
  /// One row or two beyond a tile would wait for their own sums: they share the last two tiles instead.
  @inline(__always) static func tileRows(of left: Int) -> Int {
    left == 7 || left == 8 && tileRows < 8 ? 4 : min(left, tileRows)
  }

  /// Inner dimension of a block.
  ///
  /// Each block reads all of C again, and a tile cannot begin before it has its part: the deeper, the fewer waits. A strip
  /// of B, `tileVectors` for each p, takes 64 or 128 kB then: the second-level cache delivers it as fast as it is used.
  static let depth = 1024
  /// Bytes for a block of A, which should stay in the second-level cache beside a strip of B: a hundred rows of a thousand
  /// floats do, as in a minibatch. Where they do not, they are read slowly enough to come from the third level.
  static let rowBytes = 448 << 10
  /// Rows of a block of A, whole tiles but for the last block: no more than `PackingSpace` holds with a vector more for each.
  static func height(rows m: Int, depth: Int, size: Int, tile: Int = tileRows) -> Int {
    let tallest = rowBytes / (depth * size) / tile * tile
    return split(m, into: (m + tallest - 1) / tallest, unit: tile)
  }
  /// Bytes for a block of B, which should stay in the third-level cache.
  static let columnBytes = 2 << 20
  /// Bytes for a block of B that is used at once, by all of A: four strips at the full depth, in the second-level cache.
  static let columnBytesAtOnce = 256 << 10
  /// Rows of C from which B is packed, to be read again and again with unit stride: the sooner, the narrower the strips
  /// of it that tiles read, each row of which lies on another cache line.
  ///
  /// Sooner if its rows are whole pages apart: all parts of a strip then compete for the same few places in the cache.
  static func rowsWorthPacking(rowBytes: Int) -> Int {
    rowBytes % 4096 == 0 ? 64 : registerHoldsVector ? 320 : 96
  }
  /// Columns of C from which Aᵀ is packed.
  static let columnsWorthPacking = 128
  /// Multiply-adds up to which the plain loops are the fastest.
  static let directWork = 256
  /// Multiply-adds of each thread, at least: some ten times what it takes to wake it.
  static let workPerThread = 2 << 20

  /// The grid of `parts` blocks of C whose factors together have the fewest entries.
  static func grid(_ parts: Int, rows m: Int, columns n: Int) -> (across: Int, down: Int) {
    var best = (across: 1, down: parts)
    for across in 1...parts where parts.isMultiple(of: across) {
      if m * across + n * (parts / across) < m * best.across + n * best.down { best = (across, parts / across) }
    }
    return best
  }

  /// The size of each of `parts` nearly equal parts of `count`, a multiple of `unit`.
  static func split(_ count: Int, into parts: Int, unit: Int) -> Int {
    (count + parts * unit - 1) / (parts * unit) * unit
  }
}
