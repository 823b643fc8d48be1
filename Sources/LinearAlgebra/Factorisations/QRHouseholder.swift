/// A product of Householder reflections, Q = H₀H₁⋯H₍ₖ₋₁₎ with Hᵢ = I − τᵢvᵢvᵢᵀ, and the triangular factor it leaves.
///
/// Reference: G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th ed., §5.1–5.4.
struct HouseholderQR<Element: Scalar>: ~Copyable {
  /// vᵢ is column `pivots[i]`: zero above entry i, which is 1.
  let reflectors: ContiguousColumns<Element>
  let τ: [Element]
  /// The column of the factorised matrix that step i eliminated, i = 0 … k − 1.
  let pivots: [Int]
  /// The k rows of T = QᵀA, with the columns where they were in A: row i is zero in the columns `pivots[0..<i]`.
  let rows: ContiguousColumns<Element>

  /// The factorisation A = QT of an m × n matrix, given by its columns, by k ≤ min(m, n) reflections.
  ///
  /// With pivoting, step i eliminates the column whose remainder is longest, and the elimination stops once that is below
  /// `cutoff` times the longest column of all. Without, step i eliminates column i, and k = min(m, n).
  ///
  /// Each column of the computed T is the exact one for a column changed by O(mnε) relative to its norm. With pivoting,
  /// and rows sorted by magnitude, each row changes little relative to its norm, too (Cox and Higham, *Stability of
  /// Householder QR factorization for weighted least squares problems*, 1998); the sign of τᵢ matters for that.
  ///
  /// The caller sees to it that squares of the largest entries do not overflow. Remainders whose squares underflow count
  /// as zero. 2mn² − 2n³/3 operations.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  init(_ columns: consuming ContiguousColumns<Element>, pivoting: Bool, cutoff: Element = 0) {
    let steps = min(columns.length, columns.count)
    let rows = ContiguousColumns<Element>(length: columns.count, count: steps)
    var τ: [Element] = []
    var remaining = Array(0..<columns.count)
    var pivots: [Int] = []
    var lengths = pivoting ? RemainderNorms(of: columns) : nil
    let smallest = pivoting ? cutoff * (lengths?.largest ?? 0) : 0

    for k in 0..<steps {
      if let longest = lengths?.indexOfLargest(among: remaining[k...]) {
        remaining.swapAt(k, longest)
      }
      let pivot = remaining[k]
      let first = k / Element.Vector.scalarCount
      let v = columns[pivot] + first
      let count = columns.stride - first
      let norm = dot(v, v, count).squareRoot()
      if pivoting && norm <= smallest { break }

      let row = rows.entries(k)
      let entries = columns.entries(pivot)
      let α = entries[k]
      pivots.append(pivot)
      if norm * norm < Element.leastNormalMagnitude / Element.ulpOfOne {
        // Nothing left of this column but what underflows: no reflection.
        row[pivot] = 0
        τ.append(0)
        scale(v, by: 0, count)
        entries[k] = 1
      } else {
        let β = α < 0 ? norm : -norm
        scale(v, by: 1 / (α - β), count)
        entries[k] = 1
        row[pivot] = β
        τ.append((β - α) / β)
      }

      let reflection = τ[k]
      for j in remaining[(k + 1)...] {
        let x = columns[j] + first
        if reflection != 0 { addMultiple(-reflection * dot(v, x, count), of: v, to: x, count) }
        // Row k of T is complete. What is left in the columns begins below it.
        let entry = columns.entries(j) + k
        row[j] = entry.pointee
        entry.pointee = 0
        lengths?.remove(row[j], from: j, remainder: x, count)
      }
    }
    self.reflectors = columns
    self.rows = rows
    self.τ = τ
    self.pivots = pivots
  }

  /// The number of reflections, k.
  var steps: Int { pivots.count }

  /// X ← QX, for columns of the length of the reflectors.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func apply(to X: borrowing ContiguousColumns<Element>) {
    // Column by column: the column stays in the first-level cache while all reflectors pass.
    for j in 0..<X.count {
      for k in (0..<steps).reversed() where τ[k] != 0 {
        let first = k / Element.Vector.scalarCount
        let count = X.stride - first
        let v = reflectors[pivots[k]] + first
        let x = X[j] + first
        addMultiple(-τ[k] * dot(v, x, count), of: v, to: x, count)
      }
    }
  }
}

/// The norms of what elimination has left of each column, updated without looking at the columns again.
///
/// Removing an entry from a column subtracts its square. When that has cancelled half of the digits, the norm is computed
/// anew (Drmač and Bujanović, *On the failure of rank-revealing QR factorization software*, 2008).
private struct RemainderNorms<Element: Scalar> {
  private var norms: [Element]
  /// The norms when they were last computed from the columns.
  private var computed: [Element]

  init(of columns: borrowing ContiguousColumns<Element>) {
    norms = []
    for j in 0..<columns.count { norms.append(dot(columns[j], columns[j], columns.stride).squareRoot()) }
    computed = norms
  }

  var largest: Element { norms.max() ?? 0 }

  /// The position in `remaining` of the column with the largest norm, the first of equals.
  func indexOfLargest(among remaining: ArraySlice<Int>) -> Int? {
    remaining.indices.max { norms[remaining[$0]] < norms[remaining[$1]] }
  }

  mutating func remove(
    _ entry: Element, from j: Int, remainder: UnsafeMutablePointer<Element.Vector>, _ count: Int
  ) {
    guard norms[j] > 0 else { return }
    let ratio = min(1, abs(entry) / norms[j])
    let kept = (1 - ratio) * (1 + ratio)
    let loss = norms[j] / computed[j]
    if kept * loss * loss <= Element.ulpOfOne.squareRoot() {
      norms[j] = dot(remainder, remainder, count).squareRoot()
      computed[j] = norms[j]
    } else {
      norms[j] *= kept.squareRoot()
    }
  }
}
