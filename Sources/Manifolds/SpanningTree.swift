import LinearAlgebra

extension NeighbourGraph {
  /// The least k for which the graph of the rows of X (N × D) is one piece. O(N² (D + log N)) time, O(N D) space.
  ///
  /// The graph of k neighbours has the edges of rank k or less, where that from a point to its r-th nearest has the rank r. So
  /// k is the largest rank on a spanning tree of least ranks, which grows by the edges of one point after another.
  ///
  /// - Throws: ``ManifoldError`` for fewer than two points, and for a NaN or infinity.
  public static func leastConnectingNeighbours(_ X: Matrix<Double>) throws(ManifoldError) -> Int {
    guard X.rows >= 2 else { throw .neighbours(1, points: X.rows) }
    try requireFinite(X)
    let X = X / unit(of: [X])
    var (tree, largest) = ([RankedEdge](), X.rows - 1)
    for i in 0..<X.rows {
      var squares = squaredDistances(from: X.row(i), to: X)
      squares[i] = .infinity
      // The first point is joined with all others; an edge of a rank above the tree's largest would not lower that.
      let others = leastIndices(squares, count: largest).enumerated()
      tree = spanningTree(of: tree + others.map { RankedEdge(rank: $0 + 1, ends: (i, $1)) }, count: X.rows)
      largest = tree[tree.count - 1].rank
    }
    return largest
  }
}

private struct RankedEdge {
  let rank: Int
  let ends: (Int, Int)
}

/// A spanning tree of least ranks, in order of rank, of `count` points that these edges join: Kruskal's algorithm.
private func spanningTree(of edges: [RankedEdge], count: Int) -> [RankedEdge] {
  // A point of the same piece that is nearer to the piece's root, which is its own parent.
  var parent = Array(0..<count)
  func root(_ i: Int) -> Int {
    var i = i
    while parent[i] != i {
      parent[i] = parent[parent[i]]
      i = parent[i]
    }
    return i
  }
  return edges.sorted { $0.rank < $1.rank }.filter { edge in
    let (a, b) = (root(edge.ends.0), root(edge.ends.1))
    parent[a] = b
    return a != b
  }
}
