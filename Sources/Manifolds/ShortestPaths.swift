import LinearAlgebra

extension NeighbourGraph {
  /// The lengths of the shortest paths from each point to each other one, N × N; ∞ where there is none.
  ///
  /// By Dijkstra's algorithm from each point, O(N E log N) for E edges. The matrix is symmetric to the bit: a path there and
  /// back may be added up to two sums, of which the smaller is taken.
  public func shortestPaths() -> Matrix<Double> {
    var lengths: [[Double]] = []
    lengths.reserveCapacity(count)
    let search = PathSearch(self)
    for start in 0..<count { lengths.append(search.lengths(from: start)) }
    return Matrix(rows: count, columns: count) { i, j in min(lengths[i][j], lengths[j][i]) }
  }
}

/// Dijkstra's algorithm with a binary heap, on edges that lie in one array.
private struct PathSearch {
  private let first: [Int]
  private let ends: [Int]
  private let distances: [Double]

  init(_ graph: NeighbourGraph) {
    var first = [0]
    for row in graph.edges { first.append(first[first.count - 1] + row.count) }
    self.first = first
    ends = graph.edges.flatMap { $0.map(\.index) }
    distances = graph.edges.flatMap { $0.map(\.distance) }
  }

  func lengths(from start: Int) -> [Double] {
    var length = [Double](repeating: .infinity, count: first.count - 1)
    length[start] = 0
    var heap = Heap()
    heap.insert((0, start))
    while let (distance, i) = heap.popLeast() {
      // An entry that a shorter path has made stale.
      if distance > length[i] { continue }
      for e in first[i]..<first[i + 1] where distance + distances[e] < length[ends[e]] {
        length[ends[e]] = distance + distances[e]
        heap.insert((length[ends[e]], ends[e]))
      }
    }
    return length
  }
}

/// A binary heap whose root has the least distance.
struct Heap {
  private var entries: [(distance: Double, point: Int)] = []

  mutating func insert(_ entry: (distance: Double, point: Int)) {
    entries.append(entry)
    var i = entries.count - 1
    while i > 0, entries[i].distance < entries[(i - 1) / 2].distance {
      entries.swapAt(i, (i - 1) / 2)
      i = (i - 1) / 2
    }
  }

  mutating func popLeast() -> (distance: Double, point: Int)? {
    guard let least = entries.first, let last = entries.popLast() else { return nil }
    guard !entries.isEmpty else { return least }
    entries[0] = last
    var i = 0
    while true {
      var child = 2 * i + 1
      guard child < entries.count else { return least }
      if child + 1 < entries.count, entries[child + 1].distance < entries[child].distance { child += 1 }
      guard entries[child].distance < entries[i].distance else { return least }
      entries.swapAt(i, child)
      i = child
    }
  }
}
