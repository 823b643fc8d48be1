/// A = UΣVᵀ for a matrix of at least as many rows as columns, given by its columns, by preconditioned one-sided Jacobi.
///
/// A first QR factorisation with column pivoting, A = Q₁T, a second one of its rows, Tᵀ = Q₂R, and Jacobi rotations of the
/// columns of X = Rᵀ, XW = U′Σ. Then A = (Q₁U′)Σ(Q₂W)ᵀ. The two factorisations make X nearly diagonal, so that few
/// rotations are left, and order it by rows, so that these are accurate (Drmač and Veselić, *New fast and accurate Jacobi
/// SVD algorithm I, II*, 2008). If A has rank r, T has r rows, and the reflections complete both bases.
struct PreconditionedJacobi<Element: Scalar>: ~Copyable {
  /// U, its columns in any order.
  let left: ContiguousColumns<Element>
  /// V, its columns in the order of U's.
  let right: ContiguousColumns<Element>
  /// Σ, in the order of U's columns.
  let values: [Element]

  /// Entries are expected to reach 2^`exponentOfLargestEntry`, rows sorted by descending magnitude.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  init(columns A: consuming ContiguousColumns<Element>) {
    let (m, n) = (A.length, A.count)
    let first = HouseholderQR(A, pivoting: true, cutoff: Self.cutoff)
    let r = first.steps
    let second = HouseholderQR(first.rows.copy(count: r), pivoting: false)
    let W = ContiguousColumns<Element>.identity(length: r, count: r)
    let σ = orthogonaliseByRotations(second.rows, accumulatingIn: W)

    left = ContiguousColumns<Element>.identity(length: m, count: n)
    right = ContiguousColumns<Element>.identity(length: n, count: n)
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
  static var exponentOfLargestEntry: Int { (Int(Element.greatestFiniteMagnitude.exponent) - 31) / 2 }

  /// Columns shorter than this times the longest count as zero. With less, tangents of rotations would underflow.
  private static var cutoff: Element {
    .powerOfTwo(10 + Element.significandBitCount - Int(Element.greatestFiniteMagnitude.exponent))
  }
}
