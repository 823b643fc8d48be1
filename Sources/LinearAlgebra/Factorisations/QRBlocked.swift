/// The factorisation A = QR of a matrix with at least as many rows as columns, by blocks of Householder reflections.
///
/// The reflections are gathered into Q = (I − V₀T₀V₀ᵀ)(I − V₁T₁V₁ᵀ)⋯ with 128 columns in each Vᵢ and triangular Tᵢ, so that
/// nearly all of the work is in products of matrices. Within a block, the left half is factorised and applied to the
/// right half, and so on recursively (Elmroth and Gustavson, *Applying recursion to serial and parallel QR factorization
/// leads to better performance*, 2000).
///
/// Each column of R is the exact one for a column of A changed by O(mnε) relative to its norm. Nothing of the kind holds
/// for rows: where their sizes differ much, ``HouseholderQR`` with pivoting is the one to use.
struct BlockedQR: ~Copyable {
  /// Column j is the vector of reflection j: zero above entry j, which is 1.
  private let reflectors: ContiguousColumns<Double>
  /// Column i is row i of R.
  let rows: ContiguousColumns<Double>
  /// The factors T, `blockWidth` rows of `blockWidth` entries for each block.
  private let triangles: UnsafeMutablePointer<Double>
  private let product: UnsafeMutablePointer<Double>
  private let scaledProduct: UnsafeMutablePointer<Double>

  /// Factorises the matrix with these `columns`, entries of which can be squared and added up.
  ///
  /// Remainders whose squares underflow count as zero. About 2mn² operations.
  init(_ columns: consuming ContiguousColumns<Double>) {
    let n = columns.count
    reflectors = columns
    rows = ContiguousColumns(length: n, count: n)
    let blocks = (n + blockWidth - 1) / blockWidth
    triangles = .allocate(capacity: blocks * blockWidth * blockWidth)
    triangles.initialize(repeating: 0, count: blocks * blockWidth * blockWidth)
    product = .allocate(capacity: n * blockWidth)
    scaledProduct = .allocate(capacity: n * blockWidth)
    product.initialize(repeating: 0, count: n * blockWidth)
    scaledProduct.initialize(repeating: 0, count: n * blockWidth)
    for first in stride(from: 0, to: n, by: blockWidth) {
      let end = min(first + blockWidth, n)
      let T = triangle(first)
      factorise(first..<end, T)
      applyTransposed(first..<end, T, to: end..<n)
    }
  }

  deinit {
    triangles.deallocate()
    product.deallocate()
    scaledProduct.deallocate()
  }

  /// Whether the diagonal of R leaves it open that the condition number is below `limit`.
  func mayHaveCondition(below limit: Double) -> Bool {
    var (smallest, largest) = (Double.infinity, Double.zero)
    for i in 0..<rows.count {
      let magnitude = abs(rows.entries(i)[i])
      (smallest, largest) = (min(smallest, magnitude), max(largest, magnitude))
    }
    return smallest * limit > largest
  }

  /// X ← QX, where only the first `nonzeroRows` rows of X, at least n of them, differ from zero.
  func apply(to X: borrowing ContiguousColumns<Double>, nonzeroRows: Int) {
    let n = reflectors.count
    let workspace = ContiguousColumns<Double>(length: blockWidth, count: 2 * X.count)
    let (product, scaledProduct) = (workspace.entries(0), workspace.entries(X.count))
    var nonzeroRows = nonzeroRows
    for first in stride(from: 0, to: n, by: blockWidth).reversed() {
      let end = min(first + blockWidth, n)
      let start = first / SIMD8<Double>.scalarCount
      let skipped = start * SIMD8<Double>.scalarCount
      let V = reflectors.transposed.from(first, skipped)
      let target = X.transposed.from(0, skipped)
      let T = Factor(base: triangle(first), rowStride: blockWidth, columnStride: 1, scale: 1)
      multiply(
        rows: X.count, inner: nonzeroRows - skipped, columns: end - first, target, V.transposed, into: product,
        stride: blockWidth, accumulate: false)
      multiply(
        rows: X.count, inner: end - first, columns: end - first, work(product), T.transposed, into: scaledProduct,
        stride: blockWidth, accumulate: false)
      multiply(
        rows: X.count, inner: end - first, columns: X.paddedLength - skipped, work(scaledProduct, scale: -1), V,
        into: X.entries(0) + skipped, stride: X.paddedLength, accumulate: true)
      nonzeroRows = X.length
    }
  }

  /// The factor T of the block that begins with reflection `first`.
  private func triangle(_ first: Int) -> UnsafeMutablePointer<Double> { triangles + first * blockWidth }

  private func work(_ base: UnsafeMutablePointer<Double>, scale: Double = 1) -> Factor<Double> {
    Factor(base: base, rowStride: blockWidth, columnStride: 1, scale: scale)
  }

  /// Applies the transpose of the reflections `block`, I − VTᵀVᵀ, to the columns `range` of the matrix.
  private func applyTransposed(_ block: Range<Int>, _ T: UnsafeMutablePointer<Double>, to range: Range<Int>) {
    guard !range.isEmpty else { return }
    let skipped = block.lowerBound / SIMD8<Double>.scalarCount * SIMD8<Double>.scalarCount
    let V = reflectors.transposed.from(block.lowerBound, skipped)
    let X = reflectors.transposed.from(range.lowerBound, skipped)
    multiply(
      rows: range.count, inner: reflectors.length - skipped, columns: block.count, X, V.transposed, into: product,
      stride: blockWidth, accumulate: false)
    multiply(
      rows: range.count, inner: block.count, columns: block.count, work(product), work(T), into: scaledProduct,
      stride: blockWidth, accumulate: false)
    multiply(
      rows: range.count, inner: block.count, columns: reflectors.paddedLength - skipped,
      work(scaledProduct, scale: -1), V, into: reflectors.entries(range.lowerBound) + skipped,
      stride: reflectors.paddedLength, accumulate: true)
    // What is above the block's last row is complete, and belongs to R.
    for i in block {
      let row = rows.entries(i)
      for j in range {
        let entry = reflectors.entries(j) + i
        row[j] = entry.pointee
        entry.pointee = 0
      }
    }
  }

  /// Factorises the columns `range`, whose entries above row `range.lowerBound` are zero, and stores their T.
  private func factorise(_ range: Range<Int>, _ T: UnsafeMutablePointer<Double>) {
    guard range.count > leafWidth else { return factoriseLeaf(range, T) }
    let middle = range.lowerBound + (range.count + 1) / 2
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    let corner = T + left.count * blockWidth + left.count
    factorise(left, T)
    applyTransposed(left, T, to: right)
    factorise(right, corner)
    // The reflections of both are I − VTVᵀ with T₁₂ = −T₁(V₁ᵀV₂)T₂.
    let skipped = middle / SIMD8<Double>.scalarCount * SIMD8<Double>.scalarCount
    let (V1, V2) = (
      reflectors.transposed.from(left.lowerBound, skipped), reflectors.transposed.from(middle, skipped)
    )
    multiply(
      rows: left.count, inner: reflectors.length - skipped, columns: right.count, V1, V2.transposed, into: product,
      stride: blockWidth, accumulate: false)
    multiply(
      rows: left.count, inner: right.count, columns: right.count, work(product, scale: -1), work(corner),
      into: scaledProduct, stride: blockWidth, accumulate: false)
    multiply(
      rows: left.count, inner: left.count, columns: right.count, work(T), work(scaledProduct),
      into: T + left.count, stride: blockWidth, accumulate: false)
  }

  /// The same column by column.
  private func factoriseLeaf(_ range: Range<Int>, _ T: UnsafeMutablePointer<Double>) {
    for k in range {
      let first = k / SIMD8<Double>.scalarCount
      let count = reflectors.stride - first
      let v = reflectors[k] + first
      let entries = reflectors.entries(k)
      let row = rows.entries(k)
      let square = dot(v, v, count)
      let α = entries[k]
      var reflection: Double = 0
      if square < Double.leastNormalMagnitude / Double.ulpOfOne {
        scale(v, by: 0, count)
      } else {
        let norm = square.squareRoot()
        let β = α < 0 ? norm : -norm
        scale(v, by: 1 / (α - β), count)
        row[k] = β
        reflection = (β - α) / β
      }
      entries[k] = 1
      for j in k + 1..<max(range.upperBound, k + 1) {
        let x = reflectors[j] + first
        if reflection != 0 { addMultiple(-reflection * dot(v, x, count), of: v, to: x, count) }
        let entry = reflectors.entries(j) + k
        row[j] = entry.pointee
        entry.pointee = 0
      }
      // Column k of T: −τₖ T (Vᵀvₖ) above τₖ.
      let column = k - range.lowerBound
      for i in 0..<column { product[i] = -reflection * dot(reflectors[range.lowerBound + i] + first, v, count) }
      for i in 0..<column {
        var entry: Double = 0
        for l in i..<column { entry.addProduct(T[i * blockWidth + l], product[l]) }
        T[i * blockWidth + column] = entry
      }
      T[column * blockWidth + column] = reflection
    }
  }
}

/// Reflections that are applied together.
private let blockWidth = 128
/// Columns that are factorised one by one.
private let leafWidth = 8

extension ContiguousColumns {
  /// Entries from one column to the next.
  var paddedLength: Int { stride * Element.Vector.scalarCount }

  /// The transpose of the matrix with these columns, as a factor: its rows lie where the columns do.
  var transposed: Factor<Element> {
    Factor(base: UnsafePointer(entries(0)), rowStride: paddedLength, columnStride: 1, scale: 1)
  }
}
