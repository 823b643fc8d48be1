import LinearAlgebra

/// Isomap: classical scaling of distances along the data, measured by shortest paths in the graph of neighbours.
///
/// ```swift
/// let map = try Isomap(X, neighbours: 10, dimensions: 2)
/// map.coordinates              // N × 2
/// try map.coordinates(of: new) // of points that were not there
/// ```
///
/// Reference: J. B. Tenenbaum, V. de Silva and J. C. Langford, *A global geometric framework for nonlinear dimensionality
/// reduction*, Science 290 (2000).
public struct Isomap: Sendable {
  public let graph: NeighbourGraph
  /// The lengths of shortest paths, N × N.
  public let distances: Matrix<Double>
  private let scaling: ClassicalScaling
  private let X: Matrix<Double>

  /// The coordinates of the points, N × d.
  public var coordinates: Matrix<Double> { scaling.coordinates }
  /// The leading eigenvalues of the centred squared distances.
  public var eigenvalues: [Double] { scaling.eigenvalues }

  /// The map of the rows of X (N × D) to d dimensions. O(N² D + N² k log N).
  ///
  /// - Throws: ``ManifoldError`` unless 1 ≤ k < N and 1 ≤ d ≤ N; for a NaN or infinity; and if the graph falls into pieces, with
  ///   the number of neighbours that would connect it.
  public init(_ X: Matrix<Double>, neighbours k: Int, dimensions d: Int) throws(ManifoldError) {
    graph = try NeighbourGraph(X, neighbours: k)
    let pieces = graph.pieces
    guard pieces.count == 1 else {
      throw .disconnected(
        neighbours: k, sizes: pieces.map(\.count), connecting: try NeighbourGraph.leastConnectingNeighbours(X))
    }
    self.X = X
    distances = graph.shortestPaths()
    scaling = try ClassicalScaling(distances: distances, dimensions: d)
  }

  /// The coordinates of new points, M × d: a path from one leads through one of its k nearest old points.
  ///
  /// - Throws: ``ManifoldError`` for a NaN or infinity.
  public func coordinates(of new: Matrix<Double>) throws(ManifoldError) -> Matrix<Double> {
    let nearest = try nearestNeighbours(of: new, among: X, count: graph.neighbours)
    let paths = Matrix(rows: new.rows, columns: X.rows) { i, j in
      nearest[i].map { $0.distance + distances[$0.index, j] }.least()
    }
    return scaling.coordinates(fromDistances: paths)
  }
}
