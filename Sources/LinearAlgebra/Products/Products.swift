/// C ← α·op(A)·op(B), or C ← C + α·op(A)·op(B) if `accumulate`, where op transposes a factor whose flag is set.
///
/// ```swift
/// multiply(X, W, into: &H)                                              // H ← X·W
/// multiply(X, Δ, transposeA: true, scale: 1 / n, into: &G)              // G ← Xᵀ·Δ / n
/// multiply(Δ, W, transposeB: true, into: &D, accumulate: true)          // D ← D + Δ·Wᵀ
/// ```
///
/// Every entry is one chain of fused multiply-adds in ascending order of the inner index:
///
/// ```swift
/// var c = accumulate ? C[i, j] : 0
/// for p in 0..<k { c.addProduct(α * a[i, p], b[p, j]) }
/// ```
///
/// so the result is that of these two lines, bit for bit, whatever the shape, the blocking, the vector width of the
/// processor and the number of threads. Its error obeys |ĉ − c| ≤ γ_{k+1} Σ_p |α a_ip b_pj|, γ_k = k·u / (1 − k·u),
/// u = half an ulp of 1 (Higham, *Accuracy and Stability of Numerical Algorithms*, §3.5); NaN and ∞ propagate as in the
/// loop. If k = 0 the sum is empty: C becomes zero, or stays as it is when accumulating.
///
/// C cannot overlap A or B: matrices are values, and a factor that shares C's storage keeps the old entries, at the
/// price of a copy.
///
/// - Parameters:
///   - A: m × k, or k × m if `transposeA`.
///   - B: k × n, or n × k if `transposeB`.
///   - α: a factor that multiplies the entries of A.
///   - C: m × n.
/// - Complexity: m·k·n multiply-adds. The space for packed copies of the factors is kept, so that no product after the
///   first allocates any; sharing one among threads costs Dispatch two allocations of a few bytes.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
public func multiply<Element: Scalar>(
  _ A: Matrix<Element>, _ B: Matrix<Element>, transposeA: Bool = false, transposeB: Bool = false,
  scale α: Element = 1, into C: inout Matrix<Element>, accumulate: Bool = false
) {
  let (m, k) = transposeA ? (A.columns, A.rows) : (A.rows, A.columns)
  let (l, n) = transposeB ? (B.columns, B.rows) : (B.rows, B.columns)
  precondition(k == l, "cannot multiply \(m) × \(k) by \(l) × \(n): the inner dimensions differ")
  precondition(C.rows == m && C.columns == n, "a \(m) × \(n) product does not fit into \(C.rows) × \(C.columns)")
  guard k > 0 else {
    if !accumulate { C.update(repeating: 0) }
    return
  }
  let (columnsA, columnsB) = (A.columns, B.columns)
  A.storage.withUnsafeBufferPointer { a in
    B.storage.withUnsafeBufferPointer { b in
      C.storage.withUnsafeMutableBufferPointer { c in
        guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
        let A = Factor(base: a, rowStride: columnsA, columnStride: 1, scale: α)
        let B = Factor(base: b, rowStride: columnsB, columnStride: 1, scale: 1)
        multiply(
          rows: m, inner: k, columns: n, transposeA ? A.transposed : A, transposeB ? B.transposed : B, into: c,
          stride: n, accumulate: accumulate)
      }
    }
  }
}

extension Matrix {
  /// The product A·B; its entries are rounded as ``multiply(_:_:transposeA:transposeB:scale:into:accumulate:)`` says.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public static func * (A: Matrix, B: Matrix) -> Matrix {
    var C = Matrix(rows: A.rows, columns: B.columns)
    multiply(A, B, into: &C)
    return C
  }

  /// The product A·x with a column vector: m entries.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public static func * (A: Matrix, x: [Element]) -> [Element] {
    var y = Matrix(rows: A.rows, columns: 1)
    multiply(A, Matrix(rows: x.count, columns: 1, elements: x), into: &y)
    return y.storage
  }
}

/// A factor of a product: a matrix, its transpose, or a block of either, times `scale`, in memory that outlives it.
///
/// Entry (i, j) is `scale · base[i · rowStride + j · columnStride]`; one of the two strides is 1.
struct Factor<Element: Scalar> {
  var base: UnsafePointer<Element>
  var rowStride: Int
  var columnStride: Int
  var scale: Element

  var transposed: Factor {
    Factor(base: base, rowStride: columnStride, columnStride: rowStride, scale: scale)
  }

  /// The block whose first entry is (i, j).
  func from(_ i: Int, _ j: Int) -> Factor {
    Factor(
      base: base + (i &* rowStride &+ j &* columnStride), rowStride: rowStride, columnStride: columnStride,
      scale: scale)
  }
}

/// C ← [C +] A·B for an m × k and a k × n block, C being a block of a row-major matrix that neither overlaps.
///
/// The entries are rounded as in ``multiply(_:_:transposeA:transposeB:scale:into:accumulate:)``, the scales of both
/// factors being applied to their entries first. All of k must be given at once, or block by block in ascending
/// order with `accumulate`.
///
/// - Parameter stride: entries from one row of C to the next.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func multiply<Element: Scalar>(
  rows m: Int, inner k: Int, columns n: Int, _ A: Factor<Element>, _ B: Factor<Element>,
  into C: UnsafeMutablePointer<Element>, stride: Int, accumulate: Bool
) {
  if m * k * n <= Blocking.directWork {
    return multiplyDirectly(rows: m, inner: k, columns: n, A, B, into: C, stride: stride, accumulate: accumulate)
  }
  if n == 1 && m > 1 && stride == 1 {
    // The column C is contiguous and may as well be a row, Cᵀ = Bᵀ·Aᵀ, whose entries fill whole vectors.
    return multiply(
      rows: 1, inner: k, columns: m, B.transposed, A.transposed, into: C, stride: m, accumulate: accumulate)
  }
  let threads = min(Parallelism.threads, m * k * n / Blocking.workPerThread)
  guard threads > 1 else {
    return multiplyBlocks(rows: m, inner: k, columns: n, A, B, into: C, stride: stride, accumulate: accumulate)
  }
  let (across, down) = Blocking.grid(threads, rows: m, columns: n)
  let height = Blocking.split(m, into: down, unit: Blocking.tileRows)
  let width = Blocking.split(n, into: across, unit: Blocking.tileVectors * Element.Vector.scalarCount)
  nonisolated(unsafe) let (A, B, C) = (A, B, C)
  Parallelism.forEach(across * down) { part in
    let i = part / across * height
    let j = part % across * width
    guard i < m && j < n else { return }
    multiplyBlocks(
      rows: min(height, m - i), inner: k, columns: min(width, n - j), A.from(i, 0), B.from(0, j),
      into: C + (i * stride + j), stride: stride, accumulate: accumulate)
  }
}

/// The same for a product so small that the three loops have ended before a packed one would begin.
@inline(__always)
private func multiplyDirectly<Element: Scalar>(
  rows m: Int, inner k: Int, columns n: Int, _ A: Factor<Element>, _ B: Factor<Element>,
  into C: UnsafeMutablePointer<Element>, stride: Int, accumulate: Bool
) {
  for i in 0..<m {
    for j in 0..<n {
      let entry = C + (i &* stride &+ j)
      var c = accumulate ? entry.pointee : 0
      var (a, b) = (A.base + i &* A.rowStride, B.base + j &* B.columnStride)
      for _ in 0..<k {
        c.addProduct(A.scale * a.pointee, B.scale * b.pointee)
        a += A.columnStride
        b += B.rowStride
      }
      entry.pointee = c
    }
  }
}

/// The same on the calling thread: blocks of A that stay in the second-level cache, times strips of B.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func multiplyBlocks<Element: Scalar>(
  rows m: Int, inner k: Int, columns n: Int, _ A: Factor<Element>, _ B: Factor<Element>,
  into C: UnsafeMutablePointer<Element>, stride: Int, accumulate: Bool
) {
  let lanes = Element.Vector.scalarCount
  let size = MemoryLayout<Element>.stride
  let depth = Blocking.split(k, into: (k + Blocking.depth - 1) / Blocking.depth, unit: lanes)
  let height = Blocking.height(rows: m, depth: depth, size: size)
  let packsA = A.scale != 1 || (A.columnStride != 1 && n >= Blocking.columnsWorthPacking)
  let packsB = B.scale != 1 || B.columnStride != 1 || m >= Blocking.rowsWorthPacking(rowBytes: B.rowStride * size)
  // Whole strips of B may be read in place; one that ends within a vector is packed, and filled up with zeros.
  let inPlace = packsB ? 0 : n - n % (Blocking.tileVectors * lanes)
  // Packed columns are used at once if A is one block, or is read where it stands, from a cache; if not, they are kept for
  // all blocks of A.
  let usedAtOnce = m <= height || !packsA && m * depth * size <= Blocking.columnBytes
  let most = (usedAtOnce ? Blocking.columnBytesAtOnce : Blocking.columnBytes) / (depth * size * lanes)
  let space = packsA || inPlace < n ? PackingSpace.take() : nil

  for p in Swift.stride(from: 0, to: k, by: depth) {
    let depth = min(depth, k - p)
    let accumulate = accumulate || p > 0
    var packedStrides = RowStrides(tile: 0, row: 0, depth: 0)
    var j = 0
    while j < n {
      let width = j < inPlace ? inPlace : min(most * lanes, n - j)
      let B = B.from(p, j)
      var columns = B.base
      var next: NextColumns<Element>?
      var columnStrides = ColumnStrides(vector: lanes, depth: B.rowStride)
      if j >= inPlace, let space {
        let target = space.columns.bindMemory(to: Element.self, capacity: Blocking.columnBytes / size)
        columnStrides = pack(
          lanes: width, depth: depth, B.base, laneStride: B.columnStride, depthStride: B.rowStride, scale: B.scale,
          into: target)
        columns = UnsafePointer(target)
        if usedAtOnce && j + width < n { next = NextColumns(B.from(0, width), depth: depth) }
      }
      for i in Swift.stride(from: 0, to: m, by: height) {
        let height = min(height, m - i)
        let A = A.from(i, p)
        var rows = A.base
        var rowStrides = RowStrides(tile: A.rowStride, row: A.rowStride, depth: A.columnStride)
        if packsA, let space {
          let target = space.rows.bindMemory(to: Element.self, capacity: PackingSpace.rowBytes / size)
          // A single block of A is still there from the columns before.
          if j == 0 || height < m { packedStrides = packTiles(rows: height, depth: depth, A, into: target) }
          (rows, rowStrides) = (UnsafePointer(target), packedStrides)
        }
        multiplyPanels(
          rows: height, depth: depth, columns: width, rows, rowStrides, columns, columnStrides,
          into: C + (i &* stride &+ j), stride: stride, accumulate: accumulate,
          next: i + height < m ? nil : next)
      }
      j += width
    }
  }
  space?.giveBack()
}
