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

  /// - Parameter X: square, with entries whose fourth powers do not overflow.
  /// - Returns: `nil` if the condition number of X is above `largestCondition`.
  init?(_ X: borrowing ContiguousColumns<Double>) {
    let n = X.count
    let tridiagonal = GramTridiagonal(gram(X))
    guard let iteration = GramQL(tridiagonal.diagonal, tridiagonal.offDiagonal) else { return nil }
    let bounds = iteration.values.reduce((Double.infinity, Double.zero)) { (min($0.0, $1), max($0.1, $1)) }
    let (smallest, largest) = bounds
    let limit = Self.largestCondition
    guard smallest * limit * limit > largest else { return nil }
    let V = iteration.vectors()
    tridiagonal.apply(to: V)
    let columns = ContiguousColumns<Double>(length: X.length, count: n)
    multiply(
      rows: n, inner: n, columns: X.paddedLength, V.transposed, X.transposed, into: columns.entries(0),
      stride: columns.paddedLength, accumulate: false)

    var complete = false
    for _ in 0..<4 where !complete {
      let correction = FirstOrderCorrection(gram(columns), of: gram(V))
      correction.apply(to: columns)
      correction.apply(to: V)
      if correction.skipsPairs { break }
      complete = correction.size * correction.size <= Double.ulpOfOne
    }
    self.norms = complete ? columns.norms() : orthogonaliseByRotations(columns, accumulatingIn: V)
    self.columns = columns
    self.V = V
  }
}

extension OrthogonalisedColumns {
  /// ε^(−3/8), rounded down to a power of two: κ²ε is then at most ε^(1/4), and corrections of first order converge.
  static let largestCondition = 0x1p19
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

  init(_ G: consuming ContiguousColumns<Double>, of H: consuming ContiguousColumns<Double>) {
    typealias V = SIMD8<Double>
    let n = G.length
    let lanes = V.scalarCount
    let F = ContiguousColumns<Double>(length: n, count: n)
    let squares = ContiguousColumns<Double>(length: n, count: 2)
    let (d, numbers) = (squares[0], squares[1])
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
      let (g, h, f) = (G[j], H[j], F[j])
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
        f[block] = angle.replacing(with: 0, where: .!(matters .& small))
      }
      let (entries, departures) = (F.entries(j), H.entries(j))
      for i in 0..<j {
        let (angle, share) = (entries[i], -departures[i] / 2)
        entries[i] = share + angle
        F.entries(i)[j] = share - angle
      }
      entries[j] = (1 - departures[j]) / 2
    }
    let total = (0..<lanes).reduce(Double.zero) { $0 + sum[$1] }
    size = (2 * total).squareRoot()
    skipsPairs = (0..<lanes).contains { skipped[$0] != 0 }
    if total > ε {
      let square = ContiguousColumns<Double>(length: n, count: n)
      multiply(
        rows: n, inner: n, columns: F.paddedLength, F.transposed, F.transposed, into: square.entries(0),
        stride: F.paddedLength, accumulate: false)
      let half = V(repeating: 0.5)
      for i in 0..<n * F.stride { F.base[i].addProduct(half, square.base[i]) }
    }
    self.F = F
  }

  /// X ← X(I + F + F²/2); what is added is rounded by itself, so that the rounding errors shrink with it.
  func apply(to X: borrowing ContiguousColumns<Double>) {
    let change = ContiguousColumns<Double>(length: X.length, count: X.count)
    multiply(
      rows: X.count, inner: X.count, columns: X.paddedLength, F.transposed, X.transposed, into: change.entries(0),
      stride: X.paddedLength, accumulate: false)
    for i in 0..<X.count * X.stride { X.base[i] += change.base[i] }
  }
}

/// The lower triangle of XᵀX, in blocks of 128 rows, as columns of its transpose, filled up with zeros to whole vectors.
private func gram(_ X: borrowing ContiguousColumns<Double>) -> ContiguousColumns<Double> {
  let n = X.count
  let lanes = SIMD8<Double>.scalarCount
  let G = ContiguousColumns<Double>(length: n, count: (n + lanes - 1) / lanes * lanes)
  for i in stride(from: 0, to: n, by: 128) {
    let height = min(128, n - i)
    multiply(
      rows: height, inner: X.length, columns: i + height, X.transposed.from(i, 0), X.transposed.transposed,
      into: G.entries(i), stride: G.paddedLength, accumulate: false)
  }
  return G
}

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
