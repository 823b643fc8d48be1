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

  /// The labels of the examples nearest to the rows of H (M × K); of two at one distance, the first.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func predict(_ H: Matrix<Element>) -> [Int] {
    precondition(
      H.columns == examples.columns,
      "examples of \(examples.rows) × \(examples.columns) for codes of \(H.rows) × \(H.columns)")
    // ‖h − e‖² = ‖h‖² + 2 (½ ‖e‖² − hᵀe), of which ‖h‖² is the same for all e.
    let halves = (0..<examples.rows).map { n in dot(examples.row(n), examples.row(n)) / 2 }
    var A = Matrix<Element>(rows: H.rows, columns: examples.rows)
    multiply(H, examples, transposeB: true, into: &A)
    return (0..<H.rows).map { n in
      labels[halves.indices.reduce(0) { best, e in halves[e] - A[n, e] < halves[best] - A[n, best] ? e : best }]
    }
  }
}
