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
/// first. N must be at least 1.
///
/// Σ_k (q_k − e_k)² is summed as it stands, with a relative error of at most γ_{K+2}, and without the loss of digits that
/// ‖q‖² − 2qᵀe + ‖e‖² has where both lie far from 0. O(M N K).
@_specialize(where Element == Float)
@_specialize(where Element == Double)
public func nearestRows<Element: Scalar>(
  to queries: Matrix<Element>, among examples: Matrix<Element>
) -> [(index: Int, squaredDistance: Element)] {
  precondition(
    queries.columns == examples.columns,
    "examples of \(examples.rows) × \(examples.columns) for queries of \(queries.rows) × \(queries.columns)")
  precondition(examples.rows > 0, "there is no nearest of no examples")
  let (N, K) = (examples.rows, examples.columns)
  // Component by component for all examples at once: sums that do not wait for each other, along contiguous rows of eᵀ.
  let eᵀ = examples.T
  var distances = [Element](repeating: 0, count: N)
  return (0..<queries.rows).map { m in
    eᵀ.withUnsafeElements { e in
      queries.withUnsafeElements { q in
        distances.withUnsafeMutableBufferPointer { d in
          guard let d = d.baseAddress, let e = e.baseAddress, let q = q.baseAddress else { return }
          d.update(repeating: 0, count: N)
          for k in 0..<K {
            let (component, row) = (q[m * K + k], e + k * N)
            for n in 0..<N { d[n] += (component - row[n]) * (component - row[n]) }
          }
        }
      }
    }
    let index = distances.indices.reduce(0) { best, n in distances[n] < distances[best] ? n : best }
    return (index, distances[index])
  }
}
