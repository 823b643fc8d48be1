import LinearAlgebra

/// Classification by the nearest of some labelled examples, in Euclidean distance.
public struct NearestNeighbour<Element: Scalar>: Classifier, Sendable {
  private let examples: Matrix<Element>
  private let labels: [Int]

  /// The labelled examples, N × K.
  public init(_ examples: Matrix<Element>, labels: [Int]) {
    precondition(
      labels.count == examples.rows && !labels.isEmpty,
      "\(labels.count) labels for examples of \(examples.rows) × \(examples.columns)")
    self.examples = examples
    self.labels = labels
  }

  /// The labels of the examples nearest to the rows of H (M × K), by ``nearestRows(to:among:)``.
  public func predict(_ H: Matrix<Element>) -> [Int] { nearestRows(to: H, among: examples).map { labels[$0.index] } }
}

/// For each row of `queries` (M × K) the nearest row of `examples` (N × K), in Euclidean distance; of two at one distance, the
/// first. N must be at least 1, and all numbers finite.
///
/// Σ_k (q_k − e_k)² is summed as it stands, with a relative error of at most γ_{K+2}, and without the loss of digits that
/// ‖q‖² − 2qᵀe + ‖e‖² has where both lie far from 0. Where the least sum is beyond the range of the numbers, the row is found
/// from scaled differences; `squaredDistance` is then 0 or ∞, or has lost digits. O(M N K).
@_specialize(where Element == Float)
@_specialize(where Element == Double)
public func nearestRows<Element: Scalar>(
  to queries: Matrix<Element>, among examples: Matrix<Element>
) -> [(index: Int, squaredDistance: Element)] {
  precondition(
    queries.columns == examples.columns,
    "examples of \(examples.rows) × \(examples.columns) for queries of \(queries.rows) × \(queries.columns)")
  precondition(examples.rows > 0, "there is no nearest of no examples")
  for (name, points) in [("queries", queries), ("examples", examples)] {
    guard let i = firstNotFinite(points.elements) else { continue }
    let (row, column) = (i / points.columns, i % points.columns)
    preconditionFailure("the \(name) have \(points[row, column]) at row \(row), column \(column): no distance to that")
  }
  let (N, K) = (examples.rows, examples.columns)
  // Component by component for all examples at once: sums that do not wait for each other, along contiguous rows of eᵀ.
  let eᵀ = examples.T
  var distances = [Element](repeating: 0, count: N)
  // Terms that underflow are lost in sums from here on.
  let least = Element(K) * Element.leastNormalMagnitude / Element.ulpOfOne
  return (0..<queries.rows).map { m in
    let q = queries.row(m)
    sumsOfSquares(of: q, eᵀ, into: &distances) { q, e in q - e }
    let index = leastIndex(distances)
    let distance = distances[index]
    if distance >= least, distance.isFinite { return (index, distance) }
    // ‖q − e‖ lies between max_k |q_k − e_k| and √K times that: in units of the least of these, the nearest is in range.
    let half: Element = distance.isFinite ? 1 : 0.5
    let largest = (0..<N).map { n in
      (0..<K).reduce(0) { max($0, abs(half * q[$1] - half * examples[n, $1])) }
    }
    let nearest = leastIndex(largest)
    if largest[nearest] == 0 { return (nearest, 0) }
    let unit = powerOfTwo(below: largest[nearest])
    sumsOfSquares(of: q, eᵀ, into: &distances) { q, e in (half * q - half * e) / unit }
    return (leastIndex(distances), distance)
  }
}

/// Σ_k difference(q_k, e_nk)² for each column n of eᵀ.
@inline(__always)
private func sumsOfSquares<Element: Scalar>(
  of q: [Element], _ eᵀ: Matrix<Element>, into sums: inout [Element], _ difference: (Element, Element) -> Element
) {
  let N = eᵀ.columns
  eᵀ.withUnsafeElements { e in
    sums.withUnsafeMutableBufferPointer { d in
      guard let d = d.baseAddress, let e = e.baseAddress else { return }
      d.update(repeating: 0, count: N)
      for k in q.indices {
        let (component, row) = (q[k], e + k * N)
        for n in 0..<N { d[n] += difference(component, row[n]) * difference(component, row[n]) }
      }
    }
  }
}

/// Where the first of the least numbers is.
private func leastIndex<Element: Scalar>(_ x: [Element]) -> Int {
  x.indices.reduce(0) { best, n in x[n] < x[best] ? n : best }
}
