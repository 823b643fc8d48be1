/// The eigenvalues and eigenvectors of a symmetric tridiagonal matrix T, by divide and conquer.
///
/// T is two halves of itself beside each other, plus ρuuᵀ, where u has two entries: so, in terms of the eigenvectors of the
/// halves, a diagonal D plus ρzzᵀ. Where an entry of z, or the gap between two of D, is no more than rounding, the vector
/// stays as it is; the others are combined by ``SecularEquation``, in products of matrices (J. J. M. Cuppen, *A divide and
/// conquer method for the symmetric tridiagonal eigenproblem*, Numer. Math. 36, 1981). Up to order 64, it is ``GramQL``.
///
/// ‖TZ − ZΛ‖ is a small multiple of √n·ε‖T‖, and ‖ZᵀZ − I‖ is below n·ε or, for small n, 8√n·ε (Frobenius norms, as
/// measured). 2n³/3 multiply-adds at most, with those of iterations for O(n²) roots.
struct TridiagonalEigen: ~Copyable {
  /// The eigenvalues, in the order of the vectors.
  private(set) var values: [Double]
  /// The eigenvectors, as columns.
  private(set) var vectors: ContiguousColumns<Double>
  /// Columns to be combined. (Neither of the two is assigned again; but with a constant in it, Swift 6.2 does not let an
  /// initialiser call a mutating method.)
  private var workspace: ContiguousColumns<Double>

  /// Decomposes the matrix with this `diagonal` and these n − 1 entries beside it, whose squares do not overflow.
  ///
  /// - Returns: `nil` if an iteration does not converge, which has not been seen.
  init?(_ diagonal: [Double], _ offDiagonal: [Double]) {
    let n = diagonal.count
    values = diagonal
    vectors = ContiguousColumns(length: n, count: n)
    workspace = ContiguousColumns(length: n, count: n > Self.leaf ? n : 0)
    guard solve(0..<n, offDiagonal) else { return nil }
  }

  /// The order up to which QL iteration is the faster.
  static let leaf = 64

  /// Decomposes the block of rows and columns `range`, whose diagonal is in `values`.
  private mutating func solve(_ range: Range<Int>, _ e: [Double]) -> Bool {
    let (first, n) = (range.lowerBound, range.count)
    guard n > Self.leaf else {
      guard let iteration = GramQL(Array(values[range]), Array(e[first..<range.upperBound - 1])) else { return false }
      values.replaceSubrange(range, with: iteration.values)
      let block = iteration.vectors()
      for j in 0..<n { (vectors.entries(first + j) + first).update(from: block.entries(j), count: n) }
      return true
    }
    // Blocks begin with whole vectors.
    let lanes = SIMD8<Double>.scalarCount
    let middle = first + (n / 2 + lanes - 1) / lanes * lanes
    let coupling = e[middle - 1]
    values[middle - 1] -= abs(coupling)
    values[middle] -= abs(coupling)
    return solve(first..<middle, e) && solve(middle..<range.upperBound, e)
      && combine(first..<middle, middle..<range.upperBound, coupling)
  }

  /// The decomposition of T, restricted to two blocks side by side, from those of the blocks.
  private mutating func combine(_ upper: Range<Int>, _ lower: Range<Int>, _ coupling: Double) -> Bool {
    let range = upper.lowerBound..<lower.upperBound
    let half = Double(0.5).squareRoot()
    // ‖z‖ = 1.
    var z = [Double](repeating: 0, count: vectors.count)
    for j in upper { z[j] = half * vectors.entries(j)[upper.upperBound - 1] }
    for j in lower { z[j] = (coupling < 0 ? -half : half) * vectors.entries(j)[lower.lowerBound] }
    let ρ = 2 * abs(coupling)
    let (kept, settled) = deflate(range, &z, ρ, upper.upperBound)
    guard !kept.isEmpty else { return true }
    guard
      let equation = SecularEquation(diagonal: kept.map { values[$0.column] }, z: kept.map { z[$0.column] }, ρ: ρ)
    else { return false }

    // Columns that are zero in the lower block first, those that are zero in the upper one last.
    let order = kept.indices.sorted { (kept[$0].extent, $0) < (kept[$1].extent, $1) }
    let counts = Extent.allCases.map { extent in kept.count { $0.extent == extent } }
    let (k, settledValues) = (kept.count, settled.map { values[$0] })
    let lanes = SIMD8<Double>.scalarCount
    let (offset, height) = (range.lowerBound / lanes, (range.count + lanes - 1) / lanes)
    for (target, j) in (order.map { kept[$0].column } + settled).enumerated() {
      (workspace[target] + offset).update(from: vectors[j] + offset, count: height)
    }
    let sorted = ContiguousColumns<Double>(length: k, count: 1)
    for j in 0..<k {
      let (vector, target) = (equation.vectors.entries(j), sorted.entries(0))
      for i in 0..<k { target[i] = vector[order[i]] }
      equation.vectors[j].update(from: sorted[0], count: sorted.stride)
    }
    let firstColumn = range.lowerBound
    for (block, skipped, used) in [(upper, 0, counts[0] + counts[1]), (lower, counts[0], counts[1] + counts[2])] {
      if used == 0 {
        for j in 0..<k {
          (vectors.entries(firstColumn + j) + block.lowerBound).update(repeating: 0, count: block.count)
        }
        continue
      }
      multiply(
        rows: k, inner: used, columns: block.count, equation.vectors.transposed.from(0, skipped),
        workspace.transposed.from(skipped, block.lowerBound),
        into: vectors.entries(firstColumn) + block.lowerBound, stride: vectors.paddedLength, accumulate: false)
    }
    for i in settled.indices {
      (vectors[firstColumn + k + i] + offset).update(from: workspace[k + i] + offset, count: height)
    }
    values.replaceSubrange(range, with: equation.roots + settledValues)
    return true
  }

  /// Which blocks of a column are other than zero.
  private enum Extent: Int, CaseIterable, Comparable {
    case upper, both, lower
    static func < (a: Extent, b: Extent) -> Bool { a.rawValue < b.rawValue }
  }

  /// Finds the columns that remain eigenvectors, to rounding, and turns pairs of them so that more do.
  ///
  /// - Returns: the others in ascending order of their values, and those.
  private mutating func deflate(
    _ range: Range<Int>, _ z: inout [Double], _ ρ: Double, _ middle: Int
  ) -> (kept: [(column: Int, extent: Extent)], settled: [Int]) {
    let largest = range.reduce(ρ) { max($0, abs(values[$1])) }
    let negligible = 4 * Double.ulpOfOne * largest
    var kept: [(column: Int, extent: Extent)] = []
    var settled: [Int] = []
    for j in range.sorted(by: { (values[$0], $0) < (values[$1], $1) }) {
      if ρ * abs(z[j]) <= negligible {
        settled.append(j)
        continue
      }
      var extent: Extent = j < middle ? .upper : .lower
      if let (i, other) = kept.last {
        // The rotation that makes zᵢ zero leaves (dⱼ − dᵢ)cs beside the diagonal.
        let length = (z[i] * z[i] + z[j] * z[j]).squareRoot()
        let (s, c) = (z[i] / length, z[j] / length)
        let gap = values[j] - values[i]
        if abs(gap * c * s) <= negligible {
          (z[i], z[j]) = (0, length)
          let (cosine, sine) = (SIMD8<Double>(repeating: c), SIMD8<Double>(repeating: s))
          let (x, y) = (vectors[i], vectors[j])
          for v in 0..<vectors.stride {
            let (a, b) = (x[v], y[v])
            x[v] = (cosine * a).addingProduct(-sine, b)
            y[v] = (cosine * b).addingProduct(sine, a)
          }
          (values[i], values[j]) = (values[i] + gap * s * s, values[j] - gap * s * s)
          if other != extent { extent = .both }
          kept.removeLast()
          settled.append(i)
        }
      }
      kept.append((j, extent))
    }
    return (kept, settled)
  }
}
