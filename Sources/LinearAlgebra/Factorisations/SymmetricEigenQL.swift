/// The eigenvalues of a symmetric tridiagonal matrix T by QL iteration with implicit shifts, Q being rotated alike.
///
/// As in LAPACK's `steqr`, an entry beside the diagonal counts as zero where |eᵢ| ≤ ε/2 √|dᵢ| √|dᵢ₊₁|, and blocks between such
/// entries are iterated one after another, scaled by a power of two. QL finds the eigenvalues of a block from its top, and
/// suits blocks that grow downwards; any other block is turned over first, which makes this the QR iteration. Two or
/// three steps for each eigenvalue do, with Wilkinson's shift (Bowdler, Martin, Reinsch and Wilkinson, *The QR and QL
/// algorithms for symmetric matrices*, 1968).
///
/// - Parameters:
///   - diagonal: the n diagonal entries.
///   - offDiagonal: the n − 1 entries beside them.
///   - Q: n columns; on return, QZ for the eigenvectors Z of the tridiagonal matrix.
///   - stepLimit: after so many steps the iteration gives up; `steqr` has the same 30n.
/// - Returns: the eigenvalues, in the order of the columns of Q; `nil` if the limit was reached, and Q is then of no use.
/// - Complexity: about 5n³ operations, nearly all in the rotations of Q.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func diagonaliseByQL<Element: Scalar>(
  _ diagonal: [Element], _ offDiagonal: [Element], rotating Q: borrowing ContiguousColumns<Element>, stepLimit: Int
) -> [Element]? {
  let n = diagonal.count
  var d = diagonal
  var e = offDiagonal + [0]
  // Row i of T belongs to column columns[i] of Q.
  var columns = Array(0..<n)
  var values = d
  var steps = 0
  var first = 0
  while first < n {
    var last = first
    while last + 1 < n && !isNegligible(e[last], d[last], d[last + 1]) { last += 1 }
    e[last] = 0
    let largest = (first...last).reduce(0) { max($0, abs(d[$1]), abs(e[$1])) }
    let exponent = largest > 0 ? largest.exponent : 0
    for i in first...last {
      d[i] = Element(sign: .plus, exponent: -exponent, significand: d[i])
      e[i] = Element(sign: .plus, exponent: -exponent, significand: e[i])
    }
    if abs(d[last]) < abs(d[first]) {
      d[first...last].reverse()
      e[first..<last].reverse()
      columns[first...last].reverse()
    }
    var l = first
    while l < last {
      var m = l
      // Squares that underflow are far below the rounding errors of this block.
      while m < last && e[m] * e[m] >= Element.leastNormalMagnitude && !isNegligible(e[m], d[m], d[m + 1]) { m += 1 }
      e[m] = 0
      if m == l {
        l += 1
        continue
      }
      if steps == stepLimit { return nil }
      steps += 1
      takeStep(from: l, to: m, &d, &e, rotating: Q, columns)
    }
    for i in first...last { values[columns[i]] = Element(sign: .plus, exponent: exponent, significand: d[i]) }
    first = last + 1
  }
  return values
}

/// Whether |e| ≤ ε/2 √|a| √|b|, for an entry e beside the diagonal entries a and b.
@inline(__always)
private func isNegligible<Element: Scalar>(_ e: Element, _ a: Element, _ b: Element) -> Bool {
  let half = Element.ulpOfOne / 2
  // The first comparison, which follows from the second, spares nearly all of the roots.
  return abs(e) <= half * max(abs(a), abs(b)) && abs(e) <= half * abs(a).squareRoot() * abs(b).squareRoot()
}

/// One step of the QL iteration with Wilkinson's shift on rows l to m, where e[m] = 0.
@inline(__always)
private func takeStep<Element: Scalar>(
  from l: Int, to m: Int, _ d: inout [Element], _ e: inout [Element], rotating Q: borrowing ContiguousColumns<Element>,
  _ columns: [Int]
) {
  // The shift: the eigenvalue of the leading 2 × 2 block that is closer to d[l].
  let slope = (d[l + 1] - d[l]) / (2 * e[l])
  let root = hypotenuse(slope, 1)
  var g = d[m] - d[l] + e[l] / (slope < 0 ? slope - root : slope + root)
  var (s, c, p): (Element, Element, Element) = (1, 1, 0)
  for i in (l..<m).reversed() {
    let f = s * e[i]
    let b = c * e[i]
    let r = hypotenuse(f, g)
    e[i + 1] = r
    if r == 0 {
      // The bulge has vanished by underflow: the matrix splits here.
      d[i + 1] -= p
      e[m] = 0
      return
    }
    (s, c) = (f / r, g / r)
    g = d[i + 1] - p
    let q = (d[i] - g) * s + 2 * c * b
    p = s * q
    d[i + 1] = g + p
    g = c * q - b
    rotate(Q[columns[i]], Q[columns[i + 1]], sine: s, cosine: c, Q.stride)
  }
  d[l] -= p
  e[l] = g
  e[m] = 0
}

/// The same eigenvalues and vectors by plane rotations, which always end: for what QL gives up on.
///
/// Where a is at least twice the norm of T, the matrix T + aI is positive definite, and the rotations that make its columns
/// orthogonal, (T + aI)Z = UΣ, are the eigenvectors: U = Z and Λ = Σ − aI, with errors of the order of ε‖T‖. About 7n³
/// operations for each of four to ten cycles.
func diagonaliseByRotations<Element: Scalar>(
  _ diagonal: [Element], _ offDiagonal: [Element], rotating Q: borrowing ContiguousColumns<Element>
) -> [Element] {
  let n = diagonal.count
  // No row sum, and so no eigenvalue, exceeds three times the largest entry.
  let largest = (diagonal + offDiagonal).reduce(0) { max($0, abs($1)) }
  let a = largest > 0 ? 16 * Double.powerOfTwo(Int(largest.exponent)) : 1
  let X = ContiguousColumns<Double>(length: n, count: n)
  let W = ContiguousColumns<Double>(length: Q.length, count: n)
  for j in 0..<n {
    X.entries(j)[j] = Double(diagonal[j]) + a
    if j > 0 { X.entries(j)[j - 1] = Double(offDiagonal[j - 1]) }
    if j + 1 < n { X.entries(j)[j + 1] = Double(offDiagonal[j]) }
    for i in 0..<Q.length { W.entries(j)[i] = Double(Q.entries(j)[i]) }
  }
  let values = orthogonaliseByRotations(X, accumulatingIn: W).map { Element($0 - a) }
  for j in 0..<n {
    for i in 0..<Q.length { Q.entries(j)[i] = Element(W.entries(j)[i]) }
  }
  return values
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
