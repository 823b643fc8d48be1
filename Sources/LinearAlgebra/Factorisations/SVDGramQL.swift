/// The eigenvalues of a symmetric tridiagonal matrix T, and the plane rotations whose product has its eigenvectors.
///
/// QL iteration with Wilkinson's shifts. The rotations are kept, and applied afterwards to a few rows of the eigenvectors
/// at a time, which stay in the second-level cache until all rotations have passed.
struct GramQL: ~Copyable {
  /// The eigenvalues, in the order of the eigenvectors.
  let values: [Double]
  /// The sine and the cosine of each rotation, one after the other.
  private let angles: [Double]
  /// One step of the iteration: it rotates columns i and i + 1 for i = m − 1, m − 2, …, l.
  private let sweeps: [(l: Int, m: Int)]

  /// Iterates on the matrix with this `diagonal` and these n − 1 entries beside it, whose squares do not overflow.
  ///
  /// - Returns: `nil` if an eigenvalue takes more than 60 steps, which has not been seen.
  init?(_ diagonal: [Double], _ offDiagonal: [Double]) {
    let n = diagonal.count
    var d = diagonal
    var e = offDiagonal + [0]
    var angles: [Double] = []
    angles.reserveCapacity(2 * n * n)
    var sweeps: [(l: Int, m: Int)] = []
    let converged = d.withUnsafeMutableBufferPointer { d in
      e.withUnsafeMutableBufferPointer { e in
        guard let d = d.baseAddress, let e = e.baseAddress else { return true }
        return iterate(n, d, e, &angles, &sweeps)
      }
    }
    guard converged else { return nil }
    (self.values, self.angles, self.sweeps) = (d, angles, sweeps)
  }

  /// The eigenvectors, as columns.
  func vectors() -> ContiguousColumns<Double> {
    // Two runs stay in registers, and what the rotation makes of a third: 12 of 16 in AVX2, 24 of 32 in NEON.
    Blocking.registerHoldsVector ? vectors(inRunsOf: SIMD8<Double>.self) : vectors(inRunsOf: SIMD4<Double>.self)
  }

  @inline(__always)
  private func vectors<V: SIMD>(inRunsOf _: V.Type) -> ContiguousColumns<Double> where V.Scalar == Double {
    let n = values.count
    let Z = ContiguousColumns<Double>(length: n, count: n)
    let rows = MemoryLayout<Run<V>>.stride / MemoryLayout<Double>.stride
    let strip = UnsafeMutablePointer<Run<V>>.allocate(capacity: n)
    defer { strip.deallocate() }
    let entries = UnsafeMutableRawPointer(strip).assumingMemoryBound(to: Double.self)
    for first in Swift.stride(from: 0, to: n, by: rows) {
      strip.initialize(repeating: Run(), count: n)
      for i in first..<min(first + rows, n) { entries[i * rows + i - first] = 1 }
      rotate(strip)
      let height = min(rows, n - first)
      for j in 0..<n { (Z.entries(j) + first).update(from: entries + j * rows, count: height) }
    }
    return Z
  }

  /// Applies all rotations to the columns, two sweeps at a time where they begin with the same column.
  @inline(__always)
  private func rotate<V>(_ columns: UnsafeMutablePointer<Run<V>>) {
    angles.withUnsafeBufferPointer { angles in
      sweeps.withUnsafeBufferPointer { sweeps in
        guard var angle = angles.baseAddress, let sweep = sweeps.baseAddress else { return }
        var k = 0
        while k < sweeps.count {
          let (l, m) = sweep[k]
          if k + 1 < sweeps.count && sweep[k + 1].m == m && sweep[k + 1].l + 1 < m {
            rotateByTwoSweeps(columns, from: m, to: l, sweep[k + 1].l, angle, angle + 2 * (m - l))
            angle += 2 * (m - l + m - sweep[k + 1].l)
            k += 2
          } else {
            var carried = columns[m]
            carried.rotateAlong(columns, from: m - 1, to: l, angle)
            columns[l] = carried
            angle += 2 * (m - l)
            k += 1
          }
        }
      }
    }
  }
}

/// The sweep that rotates columns m, m − 1, …, l by `first`, then the one to k ≥ l by `second`, each column loaded once.
@inline(__always)
private func rotateByTwoSweeps<V>(
  _ columns: UnsafeMutablePointer<Run<V>>, from m: Int, to l: Int, _ k: Int, _ first: UnsafePointer<Double>,
  _ second: UnsafePointer<Double>
) {
  var one = columns[m]
  var two = one.rotate(columns[m - 1], sine: first[0], cosine: first[1])
  var (first, second) = (first + 2, second)
  // The second sweep is one column behind the first.
  var i = m - 2
  while i >= l && i + 1 >= k {
    let next = one.rotate(columns[i], sine: first[0], cosine: first[1])
    columns[i + 2] = two.rotate(next, sine: second[0], cosine: second[1])
    first += 2
    second += 2
    i -= 1
  }
  if k == l {
    columns[l + 1] = two.rotate(one, sine: second[0], cosine: second[1])
    columns[l] = two
  } else {
    columns[k] = two
    one.rotateAlong(columns, from: i, to: l, first)
    columns[l] = one
  }
}

/// Four vectors, which stay in registers.
private struct Run<V: SIMD> where V.Scalar == Double {
  var (a, b, c, d) = (V.zero, V.zero, V.zero, V.zero)

  /// y ← cx − sy for this run y; returns cy + sx.
  @inline(__always)
  mutating func rotate(_ x: Run, sine: Double, cosine: Double) -> Run {
    let (s, c) = (V(repeating: sine), V(repeating: cosine))
    var rotated = Run()
    rotated.a = turn(&a, x.a, s, c)
    rotated.b = turn(&b, x.b, s, c)
    rotated.c = turn(&self.c, x.c, s, c)
    rotated.d = turn(&d, x.d, s, c)
    return rotated
  }

  /// Rotates this run, column i + 1, and those from i down to l, to the last of which it belongs then.
  @inline(__always)
  mutating func rotateAlong(
    _ columns: UnsafeMutablePointer<Run>, from i: Int, to l: Int, _ angle: UnsafePointer<Double>
  ) {
    var (i, angle) = (i, angle)
    while i >= l {
      columns[i + 1] = rotate(columns[i], sine: angle[0], cosine: angle[1])
      angle += 2
      i -= 1
    }
  }
}

/// y ← cx − sy; returns cy + sx.
@inline(__always)
private func turn<V: SIMD>(_ y: inout V, _ x: V, _ s: V, _ c: V) -> V where V.Scalar == Double {
  let rotated = (c * y).addingProduct(s, x)
  y = (c * x).addingProduct(-s, y)
  return rotated
}

/// QL iteration until all `e` are negligible beside the largest row; `d` has the eigenvalues then.
///
/// Smaller entries are rounding errors of the Gram matrix. With a stricter measure for its small rows, iteration within
/// a cluster of small eigenvalues would not end.
@inline(__always)
private func iterate(
  _ n: Int, _ d: UnsafeMutablePointer<Double>, _ e: UnsafeMutablePointer<Double>, _ angles: inout [Double],
  _ sweeps: inout [(l: Int, m: Int)]
) -> Bool {
  var negligible: Double = 0
  for l in 0..<n { negligible = max(negligible, (abs(d[l]) + abs(e[l])) * (Double.ulpOfOne / 2)) }
  for l in 0..<n {
    var steps = 0
    while true {
      var m = l
      while m + 1 < n && abs(e[m]) > negligible { m += 1 }
      if m == l { break }
      steps += 1
      if steps > 60 { return false }
      // Wilkinson's shift: the eigenvalue of the leading 2 × 2 block that is closer to d[l].
      let slope = (d[l + 1] - d[l]) / (2 * e[l])
      let root = (1 + slope * slope).squareRoot()
      var g = d[m] - d[l] + e[l] / (slope < 0 ? slope - root : slope + root)
      var (s, c, p): (Double, Double, Double) = (1, 1, 0)
      var i = m - 1
      while i >= l {
        let f = s * e[i]
        let b = c * e[i]
        let square = f * f + g * g
        let r = square.squareRoot()
        e[i + 1] = r
        // Where both are about to underflow, the matrix splits: no rotation.
        let splits = square < Double.leastNormalMagnitude / Double.ulpOfOne
        let inverse = 1 / r
        s = splits ? 0 : f * inverse
        c = splits ? 1 : g * inverse
        let shifted = d[i + 1] - p
        let q = (d[i] - shifted) * s + 2 * c * b
        p = s * q
        d[i + 1] = shifted + p
        g = c * q - b
        // To rotate by, a pair closer to the unit circle: its rounding errors would add up over all rotations.
        let half = (1 as Double).addingProduct(-c, c).addingProduct(-s, s) / 2
        angles.append(s.addingProduct(half, s))
        angles.append(c.addingProduct(half, c))
        i -= 1
      }
      sweeps.append((l, m))
      d[l] -= p
      e[l] = g
      e[m] = 0
    }
  }
  return true
}
