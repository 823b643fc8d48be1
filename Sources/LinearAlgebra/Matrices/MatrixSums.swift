// Every sum here has one order, whatever the processor: entry i of a run is added to lane i mod 64 bytes of accumulator
// (i / lanes) mod 4, the four accumulators are added as (0 + 1) + (2 + 3), and the upper half of the lanes is added to the
// lower half until one is left. The error of a sum of n entries is thus about n/32 + 5 roundings (Double) or n/64 + 6 (Float).

/// ⟨x, y⟩ = Σ x_i·y_i, by fused multiply-adds in a fixed order.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
public func dot<Element: Scalar>(_ x: [Element], _ y: [Element]) -> Element {
  precondition(x.count == y.count, "no inner product of \(x.count) and \(y.count) entries")
  return x.withUnsafeBufferPointer { x in
    y.withUnsafeBufferPointer { y in
      sum(x) { $0.addProduct($1, load(y, $2, $3)) }
    }
  }
}

/// ⟨A, B⟩ = tr AᵀB = Σ a_ij·b_ij, by fused multiply-adds in a fixed order.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
public func dot<Element: Scalar>(_ A: Matrix<Element>, _ B: Matrix<Element>) -> Element {
  precondition(
    A.rows == B.rows && A.columns == B.columns,
    "no inner product of \(A.rows) × \(A.columns) and \(B.rows) × \(B.columns) matrices")
  return A.storage.withUnsafeBufferPointer { a in
    B.storage.withUnsafeBufferPointer { b in
      sum(a) { $0.addProduct($1, load(b, $2, $3)) }
    }
  }
}

/// 1/n Σ x_i, summed in ascending order; NaN if x is empty.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
public func mean<Element: Scalar>(_ x: [Element]) -> Element { x.sum() / Element(x.count) }

/// The standard error of the mean of N values, √((1/N + ρ) s²) with s² = Σ (xᵢ − x̄)² / (N − 1); NaN unless N ≥ 2.
///
/// - Parameter ρ: 0 if the values are independent; if they come of splits of one data set, whose training parts overlap, how
///   many examples are tested over how many are trained on (Nadeau & Bengio 2003). Without it the error would tend to 0 with
///   more splits of the same data, though nothing new is learnt of other data.
public func standardError<Element: Scalar>(_ x: [Element], testPerTraining ρ: Element = 0) -> Element {
  guard x.count > 1 else { return .nan }
  let (centre, N) = (mean(x), Element(x.count))
  let squares = x.map { ($0 - centre) * ($0 - centre) }.sum()
  return (squares / (N * (N - 1))).squareRoot() * (1 + N * ρ).squareRoot()
}

/// 1/N Σₙ ‖aₙ − bₙ‖²: how far the rows of A and B, both N × D, lie apart, summed over columns and averaged over rows.
public func squaredError<Element: Scalar>(_ A: Matrix<Element>, _ B: Matrix<Element>) -> Element {
  (A - B).squaredNorm / Element(A.rows)
}

/// ‖x‖₂, without overflow or underflow on the way.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
public func norm<Element: Scalar>(_ x: [Element]) -> Element {
  x.withUnsafeBufferPointer { euclideanNorm($0) }
}

extension Matrix {
  /// Σ a_ij over all entries.
  public var sum: Element {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get { storage.withUnsafeBufferPointer { plainSum($0) } }
  }

  /// The mean of all entries.
  public var mean: Element { sum / Element(storage.count) }

  /// ‖A‖_F² = Σ a_ij².
  public var squaredNorm: Element {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get { storage.withUnsafeBufferPointer { squares($0) } }
  }

  /// ‖A‖_F = √(Σ a_ij²), without overflow or underflow on the way.
  public var norm: Element {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get { storage.withUnsafeBufferPointer { euclideanNorm($0) } }
  }

  /// tr A = Σ a_ii.
  public var trace: Element {
    precondition(rows == columns, "no trace: \(rows) × \(columns) is not square")
    return (0..<rows).reduce(0) { $0 + self[$1, $1] }
  }

  /// The sum of each row, an array of `rows` entries.
  public var rowSums: [Element] {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get {
      storage.withUnsafeBufferPointer { elements in
        (0..<rows).map { plainSum(UnsafeBufferPointer(rebasing: elements[$0 * columns..<($0 + 1) * columns])) }
      }
    }
  }

  /// n_i ← Σ_j a_ij², the squared length of each row.
  ///
  /// - Parameter norms: n, of `rows` entries.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func squaredNormsOfRows(into norms: inout [Element]) {
    precondition(
      norms.count == rows, "the squared norms of \(rows) rows do not fit into \(norms.count) entries")
    storage.withUnsafeBufferPointer { elements in
      norms.withUnsafeMutableBufferPointer { norms in
        nonisolated(unsafe) let (elements, norms) = (elements, norms)
        Parallelism.forEachPart(of: rows, least: Parallelism.rows(of: columns)) { part in
          for i in part {
            norms[i] = squares(UnsafeBufferPointer(rebasing: elements[i * columns..<(i + 1) * columns]))
          }
        }
      }
    }
  }

  /// The sum of each column, an array of `columns` entries, each taken from the first row to the last.
  public var columnSums: [Element] {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get {
      var sums = [Element](repeating: 0, count: columns)
      addColumnSums(to: &sums)
      return sums
    }
  }

  /// s_j ← s_j + Σ_i a_ij, from the first row to the last: how the gradient of a bias is gathered.
  ///
  /// - Parameter sums: s, of `columns` entries.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func addColumnSums(to sums: inout [Element]) {
    precondition(
      sums.count == columns, "the column sums of a \(rows) × \(columns) matrix do not fit into \(sums.count) entries")
    storage.withUnsafeBufferPointer { elements in
      sums.withUnsafeMutableBufferPointer { sums in
        // Plain pointers: a buffer checks each index, and the loop would not be vectorised.
        guard let sums = sums.baseAddress, let elements = elements.baseAddress else { return }
        for i in 0..<rows {
          let row = elements + i * columns
          for j in 0..<columns { sums[j] += row[j] }
        }
      }
    }
  }

  /// The mean of each row, an array of `rows` entries.
  public var rowMeans: [Element] {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get { rowSums.map { $0 / Element(columns) } }
  }

  /// The mean of each column, an array of `columns` entries.
  public var columnMeans: [Element] {
    @_specialize(where Element == Float)
    @_specialize(where Element == Double)
    get { columnSums.map { $0 / Element(rows) } }
  }
}

@inline(__always)
private func plainSum<Element: Scalar>(_ x: UnsafeBufferPointer<Element>) -> Element {
  sum(x) { accumulator, vector, _, _ in accumulator += vector }
}

@inline(__always)
private func squares<Element: Scalar>(_ x: UnsafeBufferPointer<Element>) -> Element {
  sum(x) { accumulator, vector, _, _ in accumulator.addProduct(vector, vector) }
}

/// √(Σ x_i²); if the squares leave the range of normal numbers, those of x / 2^e, e the exponent of the largest.
@inline(__always)
private func euclideanNorm<Element: Scalar>(_ x: UnsafeBufferPointer<Element>) -> Element {
  let square = squares(x)
  // Squares that underflow are below an ulp of any sum above this bound, so long as there are fewer than 2^p of them.
  let safe = Element.leastNormalMagnitude / (Element.ulpOfOne * Element.ulpOfOne)
  if square.isNaN || (square.isFinite && square > safe) { return square.squareRoot() }
  let largest = x.reduce(0) { max($0, abs($1)) }
  guard largest > 0, largest.isFinite else { return largest }
  let unit = Element(sign: .plus, exponent: largest.exponent, significand: 1)
  let scaled = sum(x) { accumulator, vector, _, _ in
    let ratio = vector / Element.Vector(repeating: unit)
    accumulator.addProduct(ratio, ratio)
  }
  return unit * scaled.squareRoot()
}

/// Adds vector after vector of `x`, the last filled up with zeros, to one of four accumulators, and these to one scalar.
///
/// - Parameter add: is given the accumulator, the vector, where it starts, and how many of its lanes are entries.
@inline(__always)
private func sum<Element: Scalar>(
  _ x: UnsafeBufferPointer<Element>, add: (inout Element.Vector, Element.Vector, Int, Int) -> Void
) -> Element {
  let lanes = Element.Vector.scalarCount
  var (s0, s1, s2, s3) = (Element.Vector.zero, Element.Vector.zero, Element.Vector.zero, Element.Vector.zero)
  var i = 0
  while i + 4 * lanes <= x.count {
    add(&s0, load(x, i, lanes), i, lanes)
    add(&s1, load(x, i + lanes, lanes), i + lanes, lanes)
    add(&s2, load(x, i + 2 * lanes, lanes), i + 2 * lanes, lanes)
    add(&s3, load(x, i + 3 * lanes, lanes), i + 3 * lanes, lanes)
    i += 4 * lanes
  }
  var turn = 0
  while i < x.count {
    let count = min(lanes, x.count - i)
    let vector = load(x, i, count)
    switch turn {
    case 0: add(&s0, vector, i, count)
    case 1: add(&s1, vector, i, count)
    case 2: add(&s2, vector, i, count)
    default: add(&s3, vector, i, count)
    }
    turn += 1
    i += count
  }
  return sumOfLanes((s0 + s1) + (s2 + s3))
}

/// The `count` entries from `i` on as a vector, filled up with zeros.
@inline(__always)
private func load<Element: Scalar>(_ x: UnsafeBufferPointer<Element>, _ i: Int, _ count: Int) -> Element.Vector {
  guard let start = x.baseAddress else { return .zero }
  if count == Element.Vector.scalarCount {
    return UnsafeRawPointer(start + i).loadUnaligned(as: Element.Vector.self)
  }
  var vector = Element.Vector.zero
  for lane in 0..<count { vector[lane] = start[i + lane] }
  return vector
}
