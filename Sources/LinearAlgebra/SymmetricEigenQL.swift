/// The eigenvalues of a symmetric tridiagonal matrix by QL iteration with implicit shifts, Q being rotated alike.
///
/// The lowest block without a negligible entry beside its diagonal is iterated until its first such entry is negligible,
/// compared with the largest row so far; two or three steps do, with Wilkinson's shift (Bowdler, Martin, Reinsch
/// and Wilkinson, *The QR and QL algorithms for symmetric matrices*, 1968).
///
/// - Parameters:
///   - diagonal: the n diagonal entries.
///   - offDiagonal: the n − 1 entries beside them.
///   - Q: n columns; on return, QZ for the eigenvectors Z of the tridiagonal matrix.
/// - Returns: the eigenvalues, in the order of the columns of Q.
/// - Complexity: about 5n³ operations, nearly all in the rotations of Q.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func diagonaliseByQL<Element: Scalar>(
  _ diagonal: [Element], _ offDiagonal: [Element], rotating Q: borrowing ContiguousColumns<Element>
) -> [Element] {
  let n = diagonal.count
  var d = diagonal
  var e = offDiagonal + [0]
  // In a cluster of eigenvalues that are rounding noise no entry is small beside its neighbours, so the measure is the
  // largest row met so far, as in tql2 of EISPACK.
  var size: Element = 0
  for l in 0..<n {
    size = max(size, abs(d[l]) + abs(e[l]))
    var steps = 0
    while true {
      // The block from l to m has no negligible entry beside its diagonal.
      var m = l
      while m + 1 < n && abs(e[m]) > Element.ulpOfOne / 2 * size { m += 1 }
      if m == l { break }
      steps += 1
      precondition(steps <= 60, "QL iteration did not isolate eigenvalue \(l) of \(n)")

      // Wilkinson's shift: the eigenvalue of the leading 2 × 2 block that is closer to d[l].
      let slope = (d[l + 1] - d[l]) / (2 * e[l])
      let root = hypotenuse(slope, 1)
      var g = d[m] - d[l] + e[l] / (slope < 0 ? slope - root : slope + root)
      var (s, c, p): (Element, Element, Element) = (1, 1, 0)
      var split = false
      for i in (l..<m).reversed() {
        let f = s * e[i]
        let b = c * e[i]
        let r = hypotenuse(f, g)
        e[i + 1] = r
        if r == 0 {
          // The bulge has vanished by underflow: the matrix splits here.
          d[i + 1] -= p
          e[m] = 0
          split = true
          break
        }
        (s, c) = (f / r, g / r)
        g = d[i + 1] - p
        let q = (d[i] - g) * s + 2 * c * b
        p = s * q
        d[i + 1] = g + p
        g = c * q - b
        rotate(Q[i], Q[i + 1], sine: s, cosine: c, Q.stride)
      }
      if split { continue }
      d[l] -= p
      e[l] = g
      e[m] = 0
    }
  }
  return d
}

/// √(a² + b²), without overflow or underflow on the way.
private func hypotenuse<Element: Scalar>(_ a: Element, _ b: Element) -> Element {
  let (small, large) = (min(abs(a), abs(b)), max(abs(a), abs(b)))
  guard large > 0 else { return 0 }
  let ratio = small / large
  return large * (1 + ratio * ratio).squareRoot()
}

/// x ← cx − sy, y ← sx + cy over `count` vectors.
@inline(__always)
private func rotate<V: SIMD>(
  _ x: UnsafeMutablePointer<V>, _ y: UnsafeMutablePointer<V>, sine: V.Scalar, cosine: V.Scalar, _ count: Int
) where V.Scalar: BinaryFloatingPoint {
  let (s, c) = (V(repeating: sine), V(repeating: cosine))
  for k in 0..<count {
    let (a, b) = (x[k], y[k])
    x[k] = (c * a).addingProduct(-s, b)
    y[k] = (c * b).addingProduct(s, a)
  }
}
