/// The eigenvalues of D + ρzzᵀ, for a diagonal D, and vectors of them that are orthogonal to working precision.
///
/// The eigenvalues are the roots of 1/ρ + Σ zᵢ² / (dᵢ − λ): one between each two neighbours on the diagonal, the last within
/// ρ‖z‖² above all. Each is found as its distance from the nearer of the two, so that all dᵢ − λ keep their digits. They
/// are then the exact eigenvalues for another ẑ, close to z, and the vectors ẑᵢ / (dᵢ − λ) are computed for that (M. Gu and
/// S. C. Eisenstat, *A stable and efficient algorithm for the rank-one modification of the symmetric eigenproblem*, SIAM J.
/// Matrix Anal. Appl. 15, 1994).
struct SecularEquation: ~Copyable {
  /// The eigenvalues, ascending.
  private(set) var roots: [Double] = []
  /// The unit eigenvectors, as columns in the order of the roots.
  let vectors: ContiguousColumns<Double>

  /// - Parameters:
  ///   - diagonal: D, strictly ascending, with gaps that are not mere rounding errors.
  ///   - z: entries other than zero.
  ///   - ρ: positive.
  /// - Returns: `nil` if a root takes more than 100 steps, which has not been seen.
  init?(diagonal: [Double], z: [Double], ρ: Double) {
    typealias V = SIMD8<Double>
    let k = diagonal.count
    vectors = ContiguousColumns(length: k, count: k)
    let work = ContiguousColumns<Double>(length: k, count: 3)
    let (d, weights, products) = (work[0], work[1], work[2])
    let stride = work.stride
    var square: Double = 0
    for i in 0..<stride * V.scalarCount {
      // What fills up the last vector lies apart from all roots, and has no weight.
      work.entries(0)[i] = i < k ? diagonal[i] : .infinity
      work.entries(1)[i] = i < k ? z[i] : 0
      work.entries(2)[i] = 1
      if i < k { square.addProduct(z[i], z[i]) }
    }

    for j in 0..<k {
      let isLast = j + 1 == k
      let gap = isLast ? ρ * square : diagonal[j + 1] - diagonal[j]
      let next = isLast ? (diagonal: diagonal[j] + gap, z: 0) : (diagonal[j + 1], z[j + 1])
      guard
        let root = root(
          between: (diagonal[j], z[j]), next, gap: gap, isLast: isLast, inverse: 1 / ρ, d, weights, stride)
      else { return nil }
      roots.append(root.pole + root.shift)
      // The differences dᵢ − λ; and the factors (dᵢ − λⱼ) / (dᵢ − dⱼ) of ẑᵢ², up to sign, the denominator being left out where it is 0.
      let differences = vectors[j]
      let (pole, shift, own) = (V(repeating: root.pole), V(repeating: root.shift), V(repeating: diagonal[j]))
      for i in 0..<stride {
        differences[i] = d[i] - pole - shift
        let distance = d[i] - own
        products[i] *= differences[i] / distance.replacing(with: 1, where: distance .== 0)
      }
    }

    for i in 0..<k {
      let magnitude = abs(work.entries(2)[i]).squareRoot()
      work.entries(2)[i] = z[i] < 0 ? -magnitude : magnitude
    }
    for i in k..<stride * V.scalarCount { work.entries(2)[i] = 0 }
    for j in 0..<k {
      let vector = vectors[j]
      for i in 0..<stride { vector[i] = products[i] / vector[i] }
      scale(vector, by: 1 / dot(vector, vector, stride).squareRoot(), stride)
    }
  }
}

/// The root between two neighbours on the diagonal, `gap` apart, as its distance `shift` from the nearer of them, `pole`.
///
/// Above the last of the diagonal, the other end of the interval takes the place of the next, without weight.
///
/// In each step, the sum is replaced by c + a / (dⱼ − λ) + b / (dⱼ₊₁ − λ) with the same value and slope, and the true weight
/// at the pole (R. C. Li, *Solving secular equations stably and efficiently*, LAPACK Working Note 89, 1993). Where that
/// leaves the interval known to contain the root, the interval is halved instead.
@inline(__always)
private func root(
  between lower: (diagonal: Double, z: Double), _ upper: (diagonal: Double, z: Double), gap: Double, isLast: Bool,
  inverse: Double, _ d: UnsafeMutablePointer<SIMD8<Double>>, _ z: UnsafeMutablePointer<SIMD8<Double>>, _ stride: Int
) -> (pole: Double, shift: Double)? {
  var sum = sums(at: gap / 2, from: lower.diagonal, d, z, stride)
  let isNearLower = isLast || inverse + sum.value >= 0
  let pole = isNearLower ? lower.diagonal : upper.diagonal
  // The two diagonal entries, seen from the pole.
  let (left, right) = isNearLower ? (0, gap) : (-gap, 0)
  var shift = isNearLower ? gap / 2 : -gap / 2
  var (least, most) = isNearLower ? (0, isLast ? gap : gap / 2) : (-gap / 2, 0)
  for _ in 0..<100 {
    let w = inverse + sum.value
    if abs(w) <= 8 * Double.ulpOfOne * (inverse + sum.magnitude) { return (pole, shift) }
    if w < 0 { least = shift } else { most = shift }
    let (toLeft, toRight) = (left - shift, right - shift)
    let c: Double
    if isNearLower {
      let ratio = lower.z / toLeft
      c = w - toRight * sum.slope + gap * ratio * ratio
    } else {
      let ratio = upper.z / toRight
      c = w - toLeft * sum.slope - gap * ratio * ratio
    }
    let a = (toLeft + toRight) * w - toLeft * toRight * sum.slope
    let b = toLeft * toRight * w
    let root = abs(a * a - 4 * b * c).squareRoot()
    let step = a <= 0 ? (a - root) / (2 * c) : 2 * b / (a + root)
    var moved = shift + step
    if !(moved > least && moved < most) { moved = least + (most - least) / 2 }
    if moved == shift || moved == least || moved == most { return (pole, shift) }
    shift = moved
    sum = sums(at: shift, from: pole, d, z, stride)
  }
  return nil
}

/// Σ tᵢ, its derivative Σ tᵢ / (dᵢ − λ) and Σ |tᵢ| for tᵢ = zᵢ² / (dᵢ − λ), at λ = pole + shift.
@inline(__always)
private func sums(
  at shift: Double, from pole: Double, _ d: UnsafeMutablePointer<SIMD8<Double>>,
  _ z: UnsafeMutablePointer<SIMD8<Double>>, _ stride: Int
) -> (value: Double, slope: Double, magnitude: Double) {
  typealias V = SIMD8<Double>
  let (pole, shift) = (V(repeating: pole), V(repeating: shift))
  var (value, slope, positive) = (V.zero, V.zero, V.zero)
  for i in 0..<stride {
    let quotient = z[i] / (d[i] - pole - shift)
    let term = z[i] * quotient
    value += term
    slope.addProduct(quotient, quotient)
    positive += term.replacing(with: 0, where: term .< 0)
  }
  let total = sumOfLanes(value)
  return (total, sumOfLanes(slope), 2 * sumOfLanes(positive) - total)
}
