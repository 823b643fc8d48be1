/// The reduction S = QTQᵀ of a symmetric matrix to a tridiagonal T by Householder reflections, for large matrices.
///
/// The last row is reduced first, so that what remains is a leading block, whose rows begin with whole vectors. Only the
/// lower triangle is kept up, in one pass for each reflection: four rows at a time are changed by the reflection before,
/// and multiplied by the vector of this one. (``Tridiagonalisation`` keeps up both triangles, in two passes. It also sees
/// entries whose squares underflow, which count as zero here.)
struct TridiagonalReduction: ~Copyable {
  /// The diagonal of T.
  let diagonal: [Double]
  /// The entries beside the diagonal: entry i stands in rows i and i + 1.
  let offDiagonal: [Double]
  /// Column c is the vector of reflection c, which reduces row n − 1 − c: zero from entry n − 1 − c on.
  private let reflectors: ContiguousColumns<Double>
  /// Reflection c is I − τ_c v_c v_cᵀ.
  private let τ: [Double]

  /// Reduces the symmetric matrix whose rows are the columns of `S`, of order n ≥ 2.
  ///
  /// - Parameter S: as many columns of length n as fill whole vectors, of which the first n matter. Of row i, entries up to
  ///   the end of the vector that contains entry i are used.
  init(_ S: consuming ContiguousColumns<Double>) {
    let n = S.length
    let lanes = SIMD8<Double>.scalarCount
    let reflectors = ContiguousColumns<Double>(length: n, count: n)
    let work = ContiguousColumns<Double>(length: n, count: 3)
    let (y, w) = (work[0], work[1])
    var v = work[2]
    var (d, e, τ) = (
      [Double](repeating: 0, count: n), [Double](repeating: 0, count: n - 1), [Double](repeating: 0, count: n)
    )
    for k in stride(from: n - 1, to: 1, by: -1) {
      let row = S.entries(k)
      d[k] = row[k]
      let next = reflectors[n - 1 - k]
      let vectors = (k - 1) / lanes + 1
      next.update(from: S[k], count: vectors)
      let entries = reflectors.entries(n - 1 - k)
      for i in k..<vectors * lanes { entries[i] = 0 }
      let square = dot(next, next, vectors)
      let α = entries[k - 1]
      var (reflection, factor): (Double, Double) = (0, 0)
      if square >= Double.leastNormalMagnitude / Double.ulpOfOne {
        let norm = square.squareRoot()
        let β = α < 0 ? norm : -norm
        e[k - 1] = β
        factor = 1 / (α - β)
        reflection = (β - α) / β
      }
      scale(next, by: factor, vectors)
      if reflection != 0 { entries[k - 1] = 1 }
      τ[n - 1 - k] = reflection

      // y = Sv for the S that the reflection before leaves; then S ← HSH = S − vwᵀ − wvᵀ with w = τy − (τ²vᵀy/2)v.
      for i in 0..<vectors { y[i] = .zero }
      for first in stride(from: 0, to: k, by: 4) {
        changeAndMultiplyFourRows(first, S, by: v, w, timesVector: next, addingTo: y)
      }
      let products = work.entries(0)
      for i in k..<vectors * lanes { products[i] = 0 }
      let half = SIMD8<Double>(repeating: -reflection / 2 * dot(next, y, vectors))
      let whole = SIMD8<Double>(repeating: reflection)
      for i in 0..<vectors { w[i] = whole * y[i].addingProduct(half, next[i]) }
      v = next
      change(S[k - 1], by: v, w, k - 1)
    }
    d[1] = S.entries(1)[1]
    e[0] = S.entries(1)[0]
    if n > 2 { change(S[0], by: v, w, 0) }
    d[0] = S.entries(0)[0]
    self.diagonal = d
    self.offDiagonal = e
    self.reflectors = reflectors
    self.τ = τ
  }

  /// X ← QX, for n columns of length n.
  func apply(to X: borrowing ContiguousColumns<Double>) {
    // Q = H₀H₁⋯, in blocks from the last to the first, each I − VTVᵀ.
    let n = reflectors.length
    let width = n > 64 ? 64 : 32
    let T = ContiguousColumns<Double>(length: width, count: width)
    let work = ContiguousColumns<Double>(length: width, count: 2 * n)
    let (product, scaledProduct) = (work.entries(0), work.entries(n))
    let workStride = work.paddedLength
    func factor(_ base: UnsafeMutablePointer<Double>, scale: Double = 1) -> Factor<Double> {
      Factor(base: base, rowStride: workStride, columnStride: 1, scale: scale)
    }
    for first in stride(from: 0, to: n - 2, by: width).reversed() {
      let count = min(width, n - 2 - first)
      let length = n - 1 - first
      let V = reflectors.transposed.from(first, 0)
      multiply(
        rows: count, inner: length, columns: count, V, V.transposed, into: product, stride: workStride,
        accumulate: false)
      // Column j of T, stored as a row: −τⱼ T (Vᵀvⱼ) above τⱼ.
      for j in 0..<count {
        let column = T.entries(j)
        for i in 0..<j {
          var entry: Double = 0
          for l in i..<j { entry.addProduct(T.entries(l)[i], product[l * workStride + j]) }
          column[i] = -τ[first + j] * entry
        }
        column[j] = τ[first + j]
        for i in j + 1..<max(count, j + 1) { column[i] = 0 }
      }
      multiply(
        rows: n, inner: length, columns: count, X.transposed, V.transposed, into: product, stride: workStride,
        accumulate: false)
      multiply(
        rows: n, inner: count, columns: count, factor(product), T.transposed, into: scaledProduct,
        stride: workStride, accumulate: false)
      let lanes = SIMD8<Double>.scalarCount
      multiply(
        rows: n, inner: count, columns: (length + lanes - 1) / lanes * lanes, factor(scaledProduct, scale: -1), V,
        into: X.entries(0), stride: X.paddedLength, accumulate: true)
    }
  }
}

/// Rows i … i + 3 of the triangle S ← S − vwᵀ − wvᵀ, and their part of y ← y + Sx: that of the rows and, on the other side
/// of the diagonal, that of the columns. Squares on the diagonal, one vector wide, are kept up in full.
@inline(__always)
private func changeAndMultiplyFourRows(
  _ i: Int, _ S: borrowing ContiguousColumns<Double>, by v: UnsafeMutablePointer<SIMD8<Double>>,
  _ w: UnsafeMutablePointer<SIMD8<Double>>, timesVector x: UnsafeMutablePointer<SIMD8<Double>>,
  addingTo y: UnsafeMutablePointer<SIMD8<Double>>
) {
  typealias V = SIMD8<Double>
  let lanes = V.scalarCount
  let (block, lane) = (i / lanes, i % lanes)
  let (r0, r1, r2, r3) = (S[i], S[i + 1], S[i + 2], S[i + 3])
  let (v0, v1, v2, v3) = (
    V(repeating: -v[block][lane]), V(repeating: -v[block][lane + 1]), V(repeating: -v[block][lane + 2]),
    V(repeating: -v[block][lane + 3])
  )
  let (w0, w1, w2, w3) = (
    V(repeating: -w[block][lane]), V(repeating: -w[block][lane + 1]), V(repeating: -w[block][lane + 2]),
    V(repeating: -w[block][lane + 3])
  )
  let (x0, x1, x2, x3) = (
    V(repeating: x[block][lane]), V(repeating: x[block][lane + 1]), V(repeating: x[block][lane + 2]),
    V(repeating: x[block][lane + 3])
  )
  var (s0, s1, s2, s3) = (V.zero, V.zero, V.zero, V.zero)
  for c in 0...block {
    let (vc, wc, xc) = (v[c], w[c], x[c])
    let t0 = r0[c].addingProduct(v0, wc).addingProduct(w0, vc)
    let t1 = r1[c].addingProduct(v1, wc).addingProduct(w1, vc)
    let t2 = r2[c].addingProduct(v2, wc).addingProduct(w2, vc)
    let t3 = r3[c].addingProduct(v3, wc).addingProduct(w3, vc)
    (r0[c], r1[c], r2[c], r3[c]) = (t0, t1, t2, t3)
    s0.addProduct(t0, xc)
    s1.addProduct(t1, xc)
    s2.addProduct(t2, xc)
    s3.addProduct(t3, xc)
    if c < block {
      y[c] = y[c].addingProduct(t0, x0).addingProduct(t1, x1).addingProduct(t2, x2).addingProduct(t3, x3)
    }
  }
  y[block][lane] += sumOfLanes(s0)
  y[block][lane + 1] += sumOfLanes(s1)
  y[block][lane + 2] += sumOfLanes(s2)
  y[block][lane + 3] += sumOfLanes(s3)
}

/// Row i of the triangle S ← S − vwᵀ − wvᵀ.
@inline(__always)
private func change(
  _ row: UnsafeMutablePointer<SIMD8<Double>>, by v: UnsafeMutablePointer<SIMD8<Double>>,
  _ w: UnsafeMutablePointer<SIMD8<Double>>, _ i: Int
) {
  typealias V = SIMD8<Double>
  let (block, lane) = (i / V.scalarCount, i % V.scalarCount)
  let (a, b) = (V(repeating: -v[block][lane]), V(repeating: -w[block][lane]))
  for c in 0...block { row[c] = row[c].addingProduct(a, w[c]).addingProduct(b, v[c]) }
}
