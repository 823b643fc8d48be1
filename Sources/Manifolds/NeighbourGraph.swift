import LinearAlgebra

/// The graph whose edges join each point with its k nearest neighbours, as long as their distance.
///
/// Two points are joined if either is among the other's neighbours, so that edges have no direction.
public struct NeighbourGraph: Sendable {
  /// For each point the points that it is joined with, in order of their index.
  public let edges: [[Neighbour]]
  /// k.
  public let neighbours: Int

  /// The number of points, N.
  public var count: Int { edges.count }

  /// The edges (i, j), i < j, each once.
  public var pairs: [(Int, Int)] {
    edges.enumerated().flatMap { i, row in row.filter { $0.index > i }.map { (i, $0.index) } }
  }

  /// The graph of the rows of X (N × D). O(N² (D + log k) + N k log N).
  ///
  /// - Throws: ``ManifoldError`` unless 1 ≤ k < N, and for a NaN or infinity.
  public init(_ X: Matrix<Double>, neighbours k: Int) throws(ManifoldError) {
    self.init(try nearestNeighbours(of: X, among: X, count: k, excludingItself: true))
  }

  /// The graph of points whose k nearest neighbours are known. O(N k log N).
  init(_ nearest: [[Neighbour]]) {
    var edges = nearest
    for (i, row) in nearest.enumerated() {
      for near in row { edges[near.index].append(Neighbour(index: i, distance: near.distance)) }
    }
    // An edge between points that are among each other's neighbours is there twice, with one length.
    self.edges = edges.map { row in
      var ends: [Neighbour] = []
      for end in row.sorted(by: { $0.index < $1.index }) where end.index != ends.last?.index { ends.append(end) }
      return ends
    }
    neighbours = nearest.first?.count ?? 0
  }

  /// The pieces of the graph: points that paths join, in order; the piece of point 0 first.
  public var pieces: [[Int]] {
    var piece = [Int?](repeating: nil, count: count)
    var pieces: [[Int]] = []
    for start in 0..<count where piece[start] == nil {
      var (members, open) = ([start], [start])
      piece[start] = pieces.count
      while let i = open.popLast() {
        for edge in edges[i] where piece[edge.index] == nil {
          piece[edge.index] = pieces.count
          members.append(edge.index)
          open.append(edge.index)
        }
      }
      pieces.append(members.sorted())
    }
    return pieces
  }
}
