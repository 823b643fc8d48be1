import LinearAlgebra

// The passes over slopes and stacked Jacobians. Each sum has its order: over units, rows and examples from the first to
// the last. Threads share the passes that change matrices. Loops run over plain pointers, which an array becomes where it
// is an argument: only what is changed needs a closure around it.

/// One layer: ‖J_n‖_F² = Σ_j s′(a_nj)² ‖W_j‖².
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func sumsOfScaledLengths<Element: Scalar>(
  _ first: Matrix<Element>, _ lengths: [Element], into squares: inout [Element]
) {
  let (rows, width) = (first.rows, first.columns)
  first.withUnsafeElements { first in
    lengths.withUnsafeBufferPointer { lengths in
      guard let first = first.baseAddress, let lengths = lengths.baseAddress else { return }
      sums(rows, of: width, into: &squares) { sum, n, j in
        let slope = first[n &* width &+ j]
        sum += slope * slope * lengths[j]
      }
    }
  }
}

/// Σ a b over all rows (n, ·), for each n.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func sumsOfProducts<Element: Scalar>(_ A: Matrix<Element>, _ B: Matrix<Element>, into squares: inout [Element]) {
  guard !squares.isEmpty else { return }
  let (rows, width) = (squares.count, A.rows / squares.count * A.columns)
  A.withUnsafeElements { a in
    B.withUnsafeElements { b in
      guard let a = a.baseAddress, let b = b.baseAddress else { return }
      sums(rows, of: width, into: &squares) { sum, n, i in sum += a[n &* width &+ i] * b[n &* width &+ i] }
    }
  }
}

/// Some sums of `width` terms each, from the first term to the last; `add` adds term (sum, place).
///
/// An addition has to wait for the one before it in the same sum, so four sums take turns. (More are not faster: they
/// meet in the same places of the cache, where their terms are pages apart.)
@inline(__always)
private func sums<Element: Scalar>(
  _ count: Int, of width: Int, into sums: inout [Element], _ add: (inout Element, Int, Int) -> Void
) {
  let whole = count - count % 4
  for n in stride(from: 0, to: whole, by: 4) {
    var (s0, s1, s2, s3): (Element, Element, Element, Element) = (0, 0, 0, 0)
    for i in 0..<width {
      add(&s0, n, i)
      add(&s1, n &+ 1, i)
      add(&s2, n &+ 2, i)
      add(&s3, n &+ 3, i)
    }
    (sums[n], sums[n + 1], sums[n + 2], sums[n + 3]) = (s0, s1, s2, s3)
  }
  for n in whole..<count {
    var sum: Element = 0
    for i in 0..<width { add(&sum, n, i) }
    sums[n] = sum
  }
}

/// One layer: ∂/∂W_j = 2c Σ_n s′² W_j, ∂/∂a_nj = 2c s′ s″ ‖W_j‖².
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func addShallowGradient<Element: Scalar>(
  _ c: Element, _ slopes: (first: Matrix<Element>, second: Matrix<Element>), _ W: Matrix<Element>,
  _ lengths: [Element], _ sums: inout [Element], _ gradient: inout Matrix<Element>, _ δ: inout Matrix<Element>
) {
  let (N, K, width) = (δ.rows, W.rows, W.columns)
  δ.withUnsafeMutableElements { δ in
    guard let δ = δ.baseAddress else { return }
    addShallowSlopes(c, slopes.first.elements, slopes.second.elements, lengths, &sums, δ, N: N, K: K)
  }
  gradient.withUnsafeMutableElements { gradient in
    guard let gradient = gradient.baseAddress else { return }
    addScaledRows(W.elements, 2 * c, sums, gradient, K: K, width: width)
  }
}

@inline(__always)
private func addShallowSlopes<Element: Scalar>(
  _ c: Element, _ first: UnsafePointer<Element>, _ second: UnsafePointer<Element>, _ lengths: UnsafePointer<Element>,
  _ sums: UnsafeMutablePointer<Element>, _ δ: UnsafeMutablePointer<Element>, N: Int, K: Int
) {
  sums.update(repeating: 0, count: K)
  for n in 0..<N {
    let (first, second, δ) = (first + n &* K, second + n &* K, δ + n &* K)
    for j in 0..<K {
      sums[j] += first[j] * first[j]
      δ[j] += 2 * c * first[j] * second[j] * lengths[j]
    }
  }
}

/// Row j of `gradient` gains that of W times `scale` times sums[j].
@inline(__always)
private func addScaledRows<Element: Scalar>(
  _ W: UnsafePointer<Element>, _ scale: Element, _ sums: UnsafePointer<Element>,
  _ gradient: UnsafeMutablePointer<Element>, K: Int, width: Int
) {
  nonisolated(unsafe) let (W, sums, gradient) = (W, sums, gradient)
  Parallelism.forEachPart(of: K, least: Parallelism.rows(of: width)) { part in
    for j in part {
      let (factor, W, gradient) = (scale * sums[j], W + j &* width, gradient + j &* width)
      for i in 0..<width { gradient[i] += factor * W[i] }
    }
  }
}

/// Row (n, k) of B ← row k of W times d[n, k], its column j times e[n, j].
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func scale<Element: Scalar>(
  _ W: Matrix<Element>, rowsBy d: Matrix<Element>, columnsBy e: Matrix<Element>, into B: inout Matrix<Element>
) {
  let (N, K, width) = (d.rows, W.rows, W.columns)
  B.withUnsafeMutableElements { B in
    guard let B = B.baseAddress else { return }
    scaleRows(W.elements, d.elements, e.elements, into: B, N: N, K: K, width: width)
  }
}

@inline(__always)
private func scaleRows<Element: Scalar>(
  _ W: UnsafePointer<Element>, _ d: UnsafePointer<Element>, _ e: UnsafePointer<Element>,
  into B: UnsafeMutablePointer<Element>, N: Int, K: Int, width: Int
) {
  nonisolated(unsafe) let (B, W, d, e) = (B, W, d, e)
  Parallelism.forEachPart(of: N * K, least: Parallelism.rows(of: width)) { part in
    for row in part {
      let (n, k) = row.quotientAndRemainder(dividingBy: K)
      let (b, w, e, d) = (B + row &* width, W + k &* width, e + n &* width, d[row])
      for j in 0..<width { b[j] = d * w[j] * e[j] }
    }
  }
}

/// Row (n, ·) of B ← that of M, its column j times e[n, j].
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func scale<Element: Scalar>(_ M: Matrix<Element>, columnsBy e: Matrix<Element>, into B: inout Matrix<Element>) {
  let (rows, width, rowsEach) = (M.rows, M.columns, M.rows / e.rows)
  B.withUnsafeMutableElements { B in
    guard let B = B.baseAddress else { return }
    scaleColumns(M.elements, e.elements, into: B, rows: rows, width: width, rowsEach: rowsEach)
  }
}

@inline(__always)
private func scaleColumns<Element: Scalar>(
  _ M: UnsafePointer<Element>, _ e: UnsafePointer<Element>, into B: UnsafeMutablePointer<Element>, rows: Int,
  width: Int, rowsEach: Int
) {
  nonisolated(unsafe) let (B, M, e) = (B, M, e)
  Parallelism.forEachPart(of: rows, least: Parallelism.rows(of: width)) { part in
    for row in part {
      let (b, m, e) = (B + row &* width, M + row &* width, e + row / rowsEach &* width)
      for j in 0..<width { b[j] = m[j] * e[j] }
    }
  }
}

/// B = M D, D the slopes of the layer below, has the gradient R: ∂/∂a = s″ Σ_k R ⊙ M is added to δ, and R ← ∂/∂M = R D.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func backward<Element: Scalar>(
  _ R: inout Matrix<Element>, _ M: Matrix<Element>, _ slopes: (first: Matrix<Element>, second: Matrix<Element>),
  to δ: inout Matrix<Element>
) {
  let (rows, width, rowsEach) = (R.rows, R.columns, R.rows / δ.rows)
  R.withUnsafeMutableElements { R in
    δ.withUnsafeMutableElements { δ in
      guard let R = R.baseAddress, let δ = δ.baseAddress else { return }
      passThroughSlopes(
        R, M.elements, slopes.first.elements, slopes.second.elements, to: δ, rows: rows, width: width,
        rowsEach: rowsEach)
    }
  }
}

@inline(__always)
private func passThroughSlopes<Element: Scalar>(
  _ R: UnsafeMutablePointer<Element>, _ M: UnsafePointer<Element>, _ first: UnsafePointer<Element>,
  _ second: UnsafePointer<Element>, to δ: UnsafeMutablePointer<Element>, rows: Int, width: Int, rowsEach: Int
) {
  nonisolated(unsafe) let (R, M, first, second, δ) = (R, M, first, second, δ)
  Parallelism.forEachPart(of: width, least: Parallelism.rows(of: rows)) { part in
    for row in 0..<rows {
      let n = row / rowsEach
      let (r, m) = (R + row &* width, M + row &* width)
      let (first, second, δ) = (first + n &* width, second + n &* width, δ + n &* width)
      for j in part {
        δ[j] += second[j] * (r[j] * m[j])
        r[j] *= first[j]
      }
    }
  }
}

/// The same where row (n, k) of M is d[n, k] · row k of W: R ← ∂/∂M, and ∂/∂W_k = Σ_n d ∂/∂M is added to `gradient`.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func backwardThroughTop<Element: Scalar>(
  _ R: inout Matrix<Element>, _ W: Matrix<Element>, _ d: Matrix<Element>,
  _ slopes: (first: Matrix<Element>, second: Matrix<Element>), to gradient: inout Matrix<Element>,
  _ δ: inout Matrix<Element>
) {
  let (rows, K, width) = (R.rows, W.rows, W.columns)
  R.withUnsafeMutableElements { R in
    gradient.withUnsafeMutableElements { gradient in
      δ.withUnsafeMutableElements { δ in
        guard let R = R.baseAddress, let gradient = gradient.baseAddress, let δ = δ.baseAddress else { return }
        passThroughTop(
          R, W.elements, d.elements, slopes.first.elements, slopes.second.elements, to: gradient, δ, rows: rows,
          K: K, width: width)
      }
    }
  }
}

@inline(__always)
private func passThroughTop<Element: Scalar>(
  _ R: UnsafeMutablePointer<Element>, _ W: UnsafePointer<Element>, _ d: UnsafePointer<Element>,
  _ first: UnsafePointer<Element>, _ second: UnsafePointer<Element>, to gradient: UnsafeMutablePointer<Element>,
  _ δ: UnsafeMutablePointer<Element>, rows: Int, K: Int, width: Int
) {
  nonisolated(unsafe) let (R, W, d, gradient) = (R, W, d, gradient)
  nonisolated(unsafe) let (first, second, δ) = (first, second, δ)
  Parallelism.forEachPart(of: width, least: Parallelism.rows(of: rows)) { part in
    for row in 0..<rows {
      let (n, k) = row.quotientAndRemainder(dividingBy: K)
      let (r, w, g, d) = (R + row &* width, W + k &* width, gradient + k &* width, d[row])
      let (first, second, δ) = (first + n &* width, second + n &* width, δ + n &* width)
      for j in part {
        δ[j] += second[j] * (r[j] * (d * w[j]))
        r[j] *= first[j]
        g[j] += d * r[j]
      }
    }
  }
}

/// Row (n, k) of R · row k of W.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func inner<Element: Scalar>(_ R: Matrix<Element>, _ W: Matrix<Element>, into products: inout [Element]) {
  let (rows, K, width) = (R.rows, W.rows, W.columns)
  R.withUnsafeElements { R in
    W.withUnsafeElements { W in
      guard let R = R.baseAddress, let W = W.baseAddress else { return }
      sums(rows, of: width, into: &products) { sum, row, j in sum += R[row &* width &+ j] * W[row % K &* width &+ j] }
    }
  }
}

/// δ ← δ + d ⊙ x, x row after row.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func addProducts<Element: Scalar>(_ d: Matrix<Element>, _ x: [Element], to δ: inout Matrix<Element>) {
  δ.withUnsafeMutableElements { δ in
    guard let δ = δ.baseAddress else { return }
    addProducts(d.elements, x, to: δ, count: x.count)
  }
}

@inline(__always)
private func addProducts<Element: Scalar>(
  _ d: UnsafePointer<Element>, _ x: UnsafePointer<Element>, to δ: UnsafeMutablePointer<Element>, count: Int
) {
  for i in 0..<count { δ[i] += d[i] * x[i] }
}
