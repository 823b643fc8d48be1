/// U, Σ and V of a matrix with at least as many rows as columns, in any order.
struct SVDFactors: ~Copyable {
  /// U.
  let left: ContiguousColumns<Double>
  /// V, its columns in the order of U's.
  let right: ContiguousColumns<Double>
  /// Σ, in the order of U's columns, times 2^`exponent`.
  let values: [Double]
  /// The entries of the matrix were multiplied by 2 to this power.
  let exponent: Int
  /// Entry i of a column of U stands in row `rowOrder[i]`.
  let rowOrder: [Int]

  /// The decomposition of a matrix, or of its transpose, with at least as many rows as columns.
  init(of A: Matrix<Double>, transposed: Bool) {
    let magnitudes = Magnitudes(A, transposed: transposed)
    if let factors = SVDFactors(withoutPivoting: A, transposed: transposed, magnitudes: magnitudes) {
      self = factors
    } else {
      self.init(pivoting: A, transposed: transposed, magnitudes: magnitudes)
    }
  }

  /// The decomposition of any matrix, by preconditioned one-sided Jacobi.
  ///
  /// A first QR factorisation with column pivoting, A = Q₁T, a second one of its rows, Tᵀ = Q₂R, and Jacobi rotations of
  /// the columns of X = Rᵀ, XW = U′Σ. Then A = (Q₁U′)Σ(Q₂W)ᵀ. The two factorisations make X nearly diagonal, so that few
  /// rotations are left, and order it by rows, so that these are accurate (Drmač and Veselić, *New fast and accurate
  /// Jacobi SVD algorithm I, II*, 2008). If A has rank r, T has r rows, and the reflections complete both bases.
  init(pivoting A: Matrix<Double>, transposed: Bool, magnitudes: Magnitudes) {
    let (m, n) = (magnitudes.rows.count, magnitudes.columns.count)
    let largest = magnitudes.largest
    exponent = largest > 0 ? Self.exponentOfLargestEntry - Int(largest.exponent) : 0
    rowOrder = magnitudes.descendingRows
    let columns = ContiguousColumns(
      A, transposed: transposed, rowOrder: rowOrder, exponents: Array(repeating: exponent, count: n))
    let first = HouseholderQR(columns, pivoting: true, cutoff: Self.cutoff)
    let r = first.steps
    let second = HouseholderQR(first.rows.copy(count: r), pivoting: false)
    let W = ContiguousColumns<Double>.identity(length: r, count: r)
    let σ = orthogonaliseByRotations(second.rows, accumulatingIn: W)

    left = ContiguousColumns<Double>.identity(length: m, count: n)
    right = ContiguousColumns<Double>.identity(length: n, count: n)
    for j in 0..<r {
      let (u, v, x, w) = (left.entries(j), right.entries(j), second.rows.entries(j), W.entries(j))
      for i in 0..<r {
        u[i] = x[i] / σ[j]
        v[i] = w[i]
      }
    }
    first.apply(to: left)
    second.apply(to: right)
    values = σ + Array(repeating: 0, count: n - r)
  }

  /// Entries are brought up to 2 to this power: as large as sums of their squares allow.
  static var exponentOfLargestEntry: Int { (Int(Double.greatestFiniteMagnitude.exponent) - 31) / 2 }

  /// Columns shorter than this times the longest count as zero. With less, tangents of rotations would underflow.
  private static var cutoff: Double {
    .powerOfTwo(10 + Double.significandBitCount - Int(Double.greatestFiniteMagnitude.exponent))
  }
}

extension SVDFactors {
  /// The same without pivoting, for matrices of ordinary condition with rows of similar size: several times as fast.
  ///
  /// From A = QR and RᵀV = U′Σ follows A = (QV)ΣU′ᵀ; a square A takes the place of R. Columns of zeros are left out, and
  /// the reflections complete both bases.
  ///
  /// - Returns: `nil` if A has fewer than 16 columns other than zero, so that this would hardly be faster, or if it may
  ///   need what the other way does.
  init?(withoutPivoting A: Matrix<Double>, transposed: Bool, magnitudes: Magnitudes) {
    let (m, n) = (magnitudes.rows.count, magnitudes.columns.count)
    let exponent = magnitudes.largest > 0 ? -Int(magnitudes.largest.exponent) : 0
    let used = magnitudes.nonzeroColumns
    let r = used.count
    guard r >= 16 && magnitudes.isLevel(A, transposed: transposed) else { return nil }
    if r == m {
      let rows = ContiguousColumns(
        A, transposed: !transposed, rowOrder: Array(0..<n), exponents: Array(repeating: exponent, count: m))
      guard let orthogonal = OrthogonalisedColumns(rows, isLowerTriangular: false) else { return nil }
      orthogonal.columns.divide(by: orthogonal.norms)
      values = orthogonal.norms
      self.exponent = exponent
      rowOrder = Array(0..<m)
      left = orthogonal.V
      right = orthogonal.columns
      return
    }
    let factors = BlockedQR(
      ContiguousColumns(
        A, transposed: transposed, rowOrder: Array(0..<m), exponents: Array(repeating: exponent, count: r),
        columns: used))
    guard factors.mayHaveCondition(below: OrthogonalisedColumns.largestCondition),
      let orthogonal = OrthogonalisedColumns(factors.rows, isLowerTriangular: true)
    else { return nil }
    orthogonal.columns.divide(by: orthogonal.norms)
    values = orthogonal.norms + Array(repeating: 0, count: n - r)
    self.exponent = exponent
    rowOrder = Array(0..<m)
    let left = ContiguousColumns<Double>(length: m, count: n)
    for j in 0..<r { left[j].update(from: orthogonal.V[j], count: orthogonal.V.stride) }
    for j in r..<n { left.entries(j)[j] = 1 }
    factors.apply(to: left, nonzeroRows: n)
    self.left = left
    if r == n {
      right = orthogonal.columns
      return
    }
    let right = ContiguousColumns<Double>(length: n, count: n)
    for j in 0..<r {
      for i in 0..<r { right.entries(j)[used[i]] = orthogonal.columns.entries(j)[i] }
    }
    for (j, i) in magnitudes.columns.indices.filter({ magnitudes.columns[$0] == 0 }).enumerated() {
      right.entries(r + j)[i] = 1
    }
    self.right = right
  }
}

extension ContiguousColumns<Double> {
  /// Divides column j by `divisors[j]`.
  fileprivate func divide(by divisors: [Double]) {
    for j in 0..<count {
      let column = self[j]
      let divisor = SIMD8<Double>(repeating: divisors[j])
      for i in 0..<stride { column[i] /= divisor }
    }
  }
}
