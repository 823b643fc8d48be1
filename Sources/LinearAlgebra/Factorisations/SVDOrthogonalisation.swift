/// The columns of a matrix made orthogonal by products with orthogonal matrices, XV = UΣ.
///
/// Such a product changes each row of X only by rounding relative to the row's own norm, as rotations do. So singular
/// values are as accurate as ``orthogonaliseByRotations(_:accumulatingIn:)`` makes them, whatever V is, as long as it is
/// orthogonal and makes the columns of XV so. The eigenvectors of XᵀX nearly do: if X has the condition number κ, the
/// cosines that they leave are of the order of κ²ε. Corrections of first order, which look at XV and V alone, square
/// these cosines, and remove what rounding has added to V. Pairs of columns that they cannot separate are left to
/// rotations.
struct OrthogonalisedColumns: ~Copyable {
  /// UΣ.
  let columns: ContiguousColumns<Double>
  let V: ContiguousColumns<Double>
  /// The norms of the columns: the singular values, up to order.
  let norms: [Double]

  /// - Parameters:
  ///   - X: square, with entries whose fourth powers do not overflow.
  ///   - isLowerTriangular: whether X is zero above the diagonal. What is zero is left out of products then.
  /// - Returns: `nil` if the condition number of X is above `largestCondition`.
  init?(_ X: borrowing ContiguousColumns<Double>, isLowerTriangular: Bool) {
    let n = X.count
    let tridiagonal = TridiagonalReduction(gram(X, isLowerTriangular: isLowerTriangular))
    guard let eigen = TridiagonalEigen(tridiagonal.diagonal, tridiagonal.offDiagonal) else { return nil }
    let bounds = eigen.values.reduce((Double.infinity, Double.zero)) { (min($0.0, $1), max($0.1, $1)) }
    let (smallest, largest) = bounds
    let limit = Self.largestCondition
    guard smallest * limit * limit > largest else { return nil }
    tridiagonal.apply(to: eigen.vectors)
    let columns = ContiguousColumns<Double>(length: X.length, count: n)
    let width = isLowerTriangular ? stripWidth : X.paddedLength
    for i in stride(from: 0, to: X.paddedLength, by: width) {
      multiply(
        rows: n, inner: min(i + width, n), columns: min(width, X.paddedLength - i), eigen.vectors.transposed,
        X.transposed.from(0, i), into: columns.entries(0) + i, stride: columns.paddedLength, accumulate: false)
    }

    norms =
      correct(columns, eigen.vectors)
      ? columns.norms() : orthogonaliseByRotations(columns, accumulatingIn: eigen.vectors)
    self.columns = columns
    V = eigen.vectors
  }
}

extension OrthogonalisedColumns {
  /// ε^(−3/8), rounded down to a power of two: κ²ε is then at most ε^(1/4), and corrections of first order converge.
  static let largestCondition = 0x1p19
}

/// Makes the columns of X orthogonal and those of V orthonormal, by corrections of both.
///
/// - Returns: whether they are; not if pairs are left that only rotations can separate.
private func correct(_ X: borrowing ContiguousColumns<Double>, _ V: borrowing ContiguousColumns<Double>) -> Bool {
  for _ in 0..<4 {
    let correction = FirstOrderCorrection(gram(X), of: gram(V))
    correction.apply(to: X)
    correction.apply(to: V)
    if correction.skipsPairs { return false }
    if correction.size * correction.size <= Double.ulpOfOne { return true }
  }
  return false
}

/// The factor I + F + F²/2 that makes the columns of X orthogonal, and those of V orthonormal, to first order.
///
/// With G = XᵀX and H = VᵀV it is F = (I − H)/2 + E. The first part does the latter. The second is skew-symmetric,
/// eᵢⱼ = γᵢⱼ / (gⱼⱼ − gᵢᵢ), where γᵢⱼ = gᵢⱼ − hᵢⱼ(gᵢᵢ + gⱼⱼ)/2 is what the first part makes of gᵢⱼ (Ogita and Aishima,
/// *Iterative refinement for symmetric eigenvalue decomposition*, 2018).
private struct FirstOrderCorrection: ~Copyable {
  /// F + F²/2, or F if that is the same but for rounding.
  private let F: ContiguousColumns<Double>
  /// √(Σ ẽᵢⱼ²) with ẽᵢⱼ = |eᵢⱼ| max(gᵢᵢ, gⱼⱼ)^½ / min(gᵢᵢ, gⱼⱼ)^½. The cosines that are left are at most twice its square.
  let size: Double
  /// Whether there are pairs of columns, neither orthogonal nor different enough in length, that E leaves alone.
  let skipsPairs: Bool

  /// F takes the place of H.
  init(_ G: consuming ContiguousColumns<Double>, of H: consuming ContiguousColumns<Double>) {
    typealias V = SIMD8<Double>
    let n = G.length
    let lanes = V.scalarCount
    let squares = ContiguousColumns<Double>(length: n, count: 3)
    let (d, numbers, angles) = (squares[0], squares[1], squares[2])
    for i in 0..<n {
      squares.entries(0)[i] = G.entries(i)[i]
      squares.entries(1)[i] = Double(i)
    }
    let ε = Double.ulpOfOne
    let negligible = V(repeating: ε * ε)
    let limit = V(repeating: ε.squareRoot())
    var sum = V.zero
    var skipped = V.zero
    for j in 0..<n {
      let (g, h) = (G[j], H[j])
      let dj = V(repeating: squares.entries(0)[j])
      let number = V(repeating: Double(j))
      for block in 0...j / lanes {
        let di = d[block]
        let γ = g[block].addingProduct(h[block] * V(repeating: -0.5), di + dj)
        let angle = γ / (dj - di)
        let ratio = di.replacing(with: dj, where: dj .> di) / di.replacing(with: dj, where: dj .< di)
        let scaled = angle * angle * ratio
        let matters = (numbers[block] .< number) .& (γ * γ .> negligible * di * dj)
        let small = scaled .<= limit
        sum += scaled.replacing(with: 0, where: .!(matters .& small))
        skipped.replace(with: 1, where: matters .& .!small)
        angles[block] = angle.replacing(with: 0, where: .!(matters .& small))
      }
      let (entries, angle) = (H.entries(j), squares.entries(2))
      for i in 0..<j {
        let share = -entries[i] / 2
        entries[i] = share + angle[i]
        H.entries(i)[j] = share - angle[i]
      }
      entries[j] = (1 - entries[j]) / 2
    }
    let total = (0..<lanes).reduce(Double.zero) { $0 + sum[$1] }
    size = (2 * total).squareRoot()
    skipsPairs = (0..<lanes).contains { skipped[$0] != 0 }
    if total > ε {
      let square = ContiguousColumns<Double>(length: n, count: n)
      multiply(
        rows: n, inner: n, columns: H.paddedLength, H.transposed, H.transposed, into: square.entries(0),
        stride: H.paddedLength, accumulate: false)
      let half = V(repeating: 0.5)
      // Not through H itself: Swift 6.3 compiles that wrongly for ThreadSanitizer.
      let entries = H.base
      for i in 0..<n * H.stride { entries[i].addProduct(half, square.base[i]) }
    }
    F = H
  }

  /// X ← X(I + F + F²/2); what is added is rounded by itself, so that the rounding errors shrink with it.
  ///
  /// Where it is below 2⁻³⁰ of X, the digits of `Float` do for it, in products that take half of the time.
  func apply(to X: borrowing ContiguousColumns<Double>) {
    if size <= 0x1p-30 && X.count > TridiagonalEigen.leaf {
      let narrow = ContiguousColumns<Float>(length: X.count, count: X.count)
      for j in 0..<X.count { convert(F.entries(j), to: narrow.entries(j), X.count) }
      addProduct(with: narrow, to: X)
    } else {
      addProduct(with: F, to: X)
    }
  }
}

/// X ← X + XF, a strip of rows at a time, which the second-level cache holds.
@inline(__always)
func addProduct<Element: Scalar>(
  with F: borrowing ContiguousColumns<Element>, to X: borrowing ContiguousColumns<Double>
) {
  let n = X.count
  let strip = ContiguousColumns<Element>(length: min(stripWidth, X.paddedLength), count: n)
  let change = ContiguousColumns<Element>(length: strip.length, count: n)
  for first in stride(from: 0, to: X.paddedLength, by: stripWidth) {
    let width = min(stripWidth, X.paddedLength - first)
    for j in 0..<n { convert(X.entries(j) + first, to: strip.entries(j), width) }
    multiply(
      rows: n, inner: n, columns: width, F.transposed, strip.transposed, into: change.entries(0),
      stride: change.paddedLength, accumulate: false)
    for j in 0..<n {
      let (x, added) = (X.entries(j) + first, change.entries(j))
      for i in 0..<width { x[i] += Double(added[i]) }
    }
  }
}

/// Rounds `count` entries to another format, or copies them.
@inline(__always)
private func convert<From: Scalar, To: Scalar>(
  _ source: UnsafeMutablePointer<From>, to target: UnsafeMutablePointer<To>, _ count: Int
) {
  for i in 0..<count { target[i] = To(source[i]) }
}

/// The lower triangle of XᵀX, in strips of rows, as columns of its transpose, filled up with zeros to whole vectors.
func gram(
  _ X: borrowing ContiguousColumns<Double>, isLowerTriangular: Bool = false
) -> ContiguousColumns<Double> {
  let n = X.count
  let lanes = SIMD8<Double>.scalarCount
  let G = ContiguousColumns<Double>(length: n, count: (n + lanes - 1) / lanes * lanes)
  for i in stride(from: 0, to: n, by: stripWidth) {
    let height = min(stripWidth, n - i)
    let skipped = isLowerTriangular ? i : 0
    multiply(
      rows: height, inner: X.length - skipped, columns: i + height, X.transposed.from(i, skipped),
      X.transposed.from(0, skipped).transposed, into: G.entries(i), stride: G.paddedLength, accumulate: false)
  }
  return G
}

/// Rows or columns of a product of triangles that are computed together.
private let stripWidth = 128

extension ContiguousColumns<Double> {
  /// The Euclidean norms of the columns, whose squares must neither overflow nor underflow.
  func norms() -> [Double] {
    (0..<count).map { j in
      let x = self[j]
      var sum = SIMD8<Double>.zero
      for i in 0..<stride { sum.addProduct(x[i], x[i]) }
      var total: Double = 0
      for lane in 0..<SIMD8<Double>.scalarCount { total += sum[lane] }
      return total.squareRoot()
    }
  }
}
