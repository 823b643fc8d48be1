import LinearAlgebra
import Testing

@testable import Manifolds

/// 200 points of a Swiss roll, the same in Python: `u, v = modf(i·0.618…), modf(i·0.7548…)`, `t = 1.5π(1 + 2u)`, `y = 21v`.
func lowDiscrepancyRoll(_ count: Int = 200) -> Matrix<Double> {
  Matrix(rows: count, columns: 3) { i, j in
    func fraction(_ x: Double) -> Double { x - x.rounded(.down) }
    let t = 1.5 * Double.pi * (1 + 2 * fraction(Double(i) * 0.6180339887498949))
    let y = 21 * fraction(Double(i) * 0.7548776662466927)
    return [t * Double.cos(t), y, t * Double.sin(t)][j]
  }
}

private func largestDifference(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map { abs($0 - $1) }.greatest() }

/// Values are scikit-learn 1.9.1's on the same points, columns up to sign.
@Suite struct EmbeddingTests {
  let X = lowDiscrepancyRoll()
  let new: Matrix<Double> = [[5, 3, 2], [-8, 10, 4]]

  @Test func isomapIsThatOfScikitLearn() throws {
    // Isomap(n_neighbors=8, n_components=2, eigen_solver='dense', path_method='D').fit_transform(X)[[0, 7, 50, 199]]
    let map = try Isomap(X, neighbours: 8, dimensions: 2)
    let expected: [[Double]] = [
      [4.83231357, 9.29478295], [5.54696715, 9.21929145], [15.62850121, 0.16343849], [10.56436408, 12.05563078],
    ]
    for (row, values) in zip([0, 7, 50, 199], expected) {
      #expect(largestDifference(map.coordinates.row(row).map(abs), values) < 1e-8)
    }
    #expect(largestDifference(map.eigenvalues, [20675.09171461, 18689.84042518]) < 1e-7)
    // dist_matrix_.sum(), dist_matrix_[0, [50, 100, 199]]
    #expect(abs(map.distances.sum - 787557.4071563577) < 1e-6)
    let some = [50, 100, 199].map { map.distances[0, $0] }
    #expect(largestDifference(some, [28.90758318, 18.62302135, 27.05804773]) < 1e-8)
    // transform(new)
    let placed = try map.coordinates(of: new)
    #expect(largestDifference(placed.elements.map(abs), [7.40454575, 1.89672324, 8.08932183, 14.55418557]) < 1e-8)
  }

  @Test(arguments: [0x1p-1000, 0x1p-600, 0x1p500, 0x1p1000])
  func neighboursAreTheSameAtAnyScale(scale: Double) throws {
    let usual = try nearestNeighbours(of: new, among: X, count: 5)
    let scaled = try nearestNeighbours(of: scale * new, among: scale * X, count: 5)
    #expect(scaled == usual.map { $0.map { Neighbour(index: $0.index, distance: scale * $0.distance) } })
    // No point is its own neighbour.
    let graph = try NeighbourGraph(scale * X, neighbours: 4)
    #expect(graph.edges.enumerated().allSatisfy { i, row in !row.contains { $0.index == i } })
    #expect(graph.pieces == (try NeighbourGraph(X, neighbours: 4)).pieces)
    let Y = X[columns: 0..<2]
    let trust = try trustworthiness(of: Y, for: X, neighbours: 6)
    #expect(try trustworthiness(of: scale * Y, for: scale * X, neighbours: 6) == trust && trust < 1)
  }

  @Test func anUnsymmetricMatrixIsRefused() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LeadingEigen([[1, 2], [3, 4]], count: 1)
    }
    let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(message.contains("not symmetric: entry (1, 0) is 3.0, but (0, 1) is 2.0"))
  }

  @Test func oldPointsArePlacedWhereTheyAre() throws {
    let map = try Isomap(X, neighbours: 8, dimensions: 2)
    #expect((try map.coordinates(of: X) - map.coordinates).norm < 1e-9 * map.coordinates.norm)
  }

  @Test func tangentAlignmentIsThatOfScikitLearn() throws {
    // LocallyLinearEmbedding(n_neighbors=10, n_components=2, method='ltsa', eigen_solver='dense')
    let alignment = try TangentAlignment(X, neighbours: 10, dimensions: 2)
    let expected: [[Double]] = [
      [0.09272651, 0.10392253], [0.09085746, 0.03714002], [0.07793335, 0.00086976], [0.1025124, 0.02957598],
    ]
    for (row, values) in zip([0, 7, 50, 199], expected) {
      #expect(largestDifference(alignment.coordinates.row(row).map(abs), values) < 1e-7)
    }
    #expect(abs(alignment.eigenvalues.sum() - 0.05106430409595) < 1e-9)
    let Y = alignment.coordinates
    #expect((Y.T * Y - .identity(2)).norm < 1e-12 && Y.columnSums.map(abs).greatest() < 1e-10)
  }

  @Test func scalingFindsPlantedPointsToRounding() throws {
    var stream = RandomStream(seed: 3)
    let planted = Matrix<Double>.normal(rows: 80, columns: 3, using: &stream)
    let D = Matrix(rows: 80, columns: 80) { norm(planted.row($0) .- planted.row($1)) }
    let scaling = try ClassicalScaling(distances: D, dimensions: 3)
    let Y = scaling.coordinates
    let again = Matrix(rows: 80, columns: 80) { norm(Y.row($0) .- Y.row($1)) }
    #expect((again - D).elements.map(abs).greatest() < 1e-12)
    // The axes are the principal ones.
    let centred = planted.subtractingFromEachRow(planted.columnMeans)
    #expect(largestDifference(scaling.eigenvalues, SVD(centred).σ.map { $0 * $0 }) < 1e-11)
    // A fourth dimension is not there.
    let wide = try ClassicalScaling(distances: D, dimensions: 4)
    #expect(abs(wide.eigenvalues[3]) < 1e-11 && wide.coordinates.column(3).allSatisfy { $0 == 0 })
  }

  /// Of points on a line, the second eigenvalue is a rounding error, and often a positive one.
  @Test(arguments: [3, 30, 100]) func besideALineNewPointsStayOnIt(N: Int) throws {
    let line = Matrix<Double>(rows: N, columns: 2) { n, j in j == 0 ? Double(n) : 0 }
    let new: Matrix<Double> = [[1.25, 0.3], [0, -2]]
    let scaling = try ClassicalScaling(
      distances: Matrix(rows: N, columns: N) { norm(line.row($0) .- line.row($1)) }, dimensions: 2)
    let placed = scaling.coordinates(
      fromDistances: Matrix(rows: 2, columns: N) { norm(new.row($0) .- line.row($1)) })
    let map = try Isomap(line, neighbours: 2, dimensions: 2)
    for Y in [scaling.coordinates, placed, map.coordinates, try map.coordinates(of: new)] {
      #expect(Y.column(1).allSatisfy { $0 == 0 })
    }
    #expect(abs(abs(placed[0, 0] - placed[1, 0]) - 1.25) < 1e-12 * Double(N))
  }

  @Test func aThinSecondAxisIsFound() throws {
    let strip = Matrix<Double>(rows: 30, columns: 2) { n, j in j == 0 ? Double(n) : n % 2 == 0 ? 1e-5 : -1e-5 }
    let D = Matrix(rows: 30, columns: 30) { norm(strip.row($0) .- strip.row($1)) }
    let y = try ClassicalScaling(distances: D, dimensions: 2).coordinates.column(1)
    #expect(y.allSatisfy { abs(abs($0) - 1e-5) < 1e-6 })
  }

  @Test func distancesOfNoPointsHaveANegativeEigenvalue() throws {
    // A star: its three ends are 2 apart and 1 from the centre, which no points of a Euclidean space are.
    let star: Matrix<Double> = [[0, 1, 1, 1], [1, 0, 2, 2], [1, 2, 0, 2], [1, 2, 2, 0]]
    let scaling = try ClassicalScaling(distances: star, dimensions: 4)
    #expect(scaling.eigenvalues[3] < -0.1 && scaling.coordinates.column(3).allSatisfy { $0 == 0 })
  }

  @Test func ranksOfNeighboursAreCountedAsScikitLearnDoes() throws {
    // trustworthiness(X, Y, n_neighbors=7), trustworthiness(Y, X, n_neighbors=7), trustworthiness(X, X[:, :1], n_neighbors=7)
    let Y = try Isomap(X, neighbours: 8, dimensions: 2).coordinates
    #expect(abs(try trustworthiness(of: Y, for: X, neighbours: 7) - 0.8785638699924414) < 1e-14)
    #expect(abs(try continuity(of: Y, for: X, neighbours: 7) - 0.9699130763416478) < 1e-14)
    let line = X[columns: 0..<1]
    #expect(abs(try trustworthiness(of: line, for: X, neighbours: 7) - 0.6537641723356009) < 1e-14)
    #expect(try trustworthiness(of: 3 * X, for: X, neighbours: 7) == 1)
  }

  /// On a grid, where many are at one distance.
  @Test(arguments: [1, 4, 29]) func ranksAreThoseOfTheDefinition(k: Int) throws {
    let X = Matrix<Double>(rows: 60, columns: 2) { n, j in Double(j == 0 ? n % 6 : n / 6) }
    let Y = Matrix<Double>(rows: 60, columns: 1) { n, _ in Double(n * 7 % 60) }
    func order(_ X: Matrix<Double>, from i: Int) -> [Int] {
      let length = (0..<60).map { norm(X.row($0) .- X.row(i)) }
      return (0..<60).filter { $0 != i }.sorted { (length[$0], $0) < (length[$1], $1) }
    }
    var excess = 0
    for i in 0..<60 {
      let inX = order(X, from: i)
      for j in order(Y, from: i).prefix(k) { excess += max(0, (inX.firstIndex(of: j) ?? 0) + 1 - k) }
    }
    let expected = 1 - 2 * Double(excess) / (Double(60 * k) * Double(120 - 3 * k - 1))
    #expect(try trustworthiness(of: Y, for: X, neighbours: k) == expected && expected < 1)
  }
}

@Suite struct GraphTests {
  @Test func theLeastOfAHeapComesFirst() {
    var (heap, random) = (Heap(), RandomStream(seed: 5, name: "heap"))
    let numbers = (0..<200).map { _ in (20 * random.uniform()).rounded() }
    for (point, number) in numbers.enumerated() { heap.insert((number, point)) }
    var popped: [Double] = []
    while let (distance, point) = heap.popLeast() {
      #expect(distance == numbers[point])
      popped.append(distance)
    }
    #expect(popped == numbers.sorted())
  }

  @Test func pathsAreThoseOfFloydAndWarshall() throws {
    var stream = RandomStream(seed: 5)
    let X = Matrix<Double>.normal(rows: 40, columns: 2, using: &stream)
    let graph = try NeighbourGraph(X, neighbours: 2)
    var D = Matrix<Double>(rows: 40, columns: 40, repeating: .infinity)
    for i in 0..<40 {
      D[i, i] = 0
      for edge in graph.edges[i] { D[i, edge.index] = edge.distance }
    }
    for k in 0..<40 {
      for i in 0..<40 {
        for j in 0..<40 { D[i, j] = min(D[i, j], D[i, k] + D[k, j]) }
      }
    }
    let paths = graph.shortestPaths()
    for (a, b) in zip(paths.elements, D.elements) { #expect(a == b || abs(a - b) < 1e-13) }
    #expect(paths == paths.T)
  }

  @Test func anEdgeIsThereIfEitherPointIsAmongTheOthersNeighbours() throws {
    // On a line at 0, 1, 3, 7: the nearest are 1, 0, 1, 2.
    let graph = try NeighbourGraph([[0], [1], [3], [7]], neighbours: 1)
    #expect(graph.edges.map { $0.map(\.index) } == [[1], [0, 2], [1, 3], [2]])
    #expect(graph.edges[1].map(\.distance) == [1, 2])
    #expect(graph.pieces == [[0, 1, 2, 3]])
  }

  @Test func piecesAreNamedWithTheNeighboursThatConnectThem() throws {
    // Two clusters of four, far apart: from the fourth neighbour on, edges lead across.
    let X: Matrix<Double> = [[0], [1], [2], [3], [100], [101], [102], [103]]
    let graph = try NeighbourGraph(X, neighbours: 3)
    #expect(graph.pieces == [[0, 1, 2, 3], [4, 5, 6, 7]])
    #expect(try NeighbourGraph.leastConnectingNeighbours(X) == 4)
    #expect(throws: ManifoldError.disconnected(neighbours: 3, sizes: [4, 4], connecting: 4)) {
      try Isomap(X, neighbours: 3, dimensions: 1)
    }
    #expect(throws: ManifoldError.disconnected(neighbours: 3, sizes: [4, 4], connecting: 4)) {
      try TangentAlignment(X, neighbours: 3, dimensions: 1)
    }
    #expect(try Isomap(X, neighbours: 4, dimensions: 1).graph.pieces.count == 1)
  }

  /// Clusters of unequal size, points on a grid, and few points.
  @Test(arguments: [2, 3, 10, 60, 90]) func theLeastConnectingNeighboursAreThoseOfTheDefinition(N: Int) throws {
    var stream = RandomStream(seed: UInt64(N), name: "clusters")
    for distance in [0.0, 4, 50] {
      let X = Matrix<Double>(rows: N, columns: 2) { n, _ in stream.normal() + (n % 3 == 0 ? distance : 0) }
      for X in [X, X.map { $0.rounded() }, 0x1p900 * X] {
        let least = try (1..<N).first { try NeighbourGraph(X, neighbours: $0).pieces.count == 1 }
        #expect(try NeighbourGraph.leastConnectingNeighbours(X) == least)
      }
    }
  }

  @Test func onePointHasNoNeighbours() {
    #expect(throws: ManifoldError.neighbours(1, points: 1)) { try NeighbourGraph.leastConnectingNeighbours([[1]]) }
    #expect(throws: ManifoldError.notFinite(row: 1, column: 0)) {
      try NeighbourGraph.leastConnectingNeighbours([[1], [.infinity]])
    }
  }

  /// Each number is less than all before it; to insert each in order would take 10¹¹ steps.
  @Test(.timeLimit(.minutes(1))) func manyLeastNumbersAreFoundInTime() {
    let N = 400_000
    let falling = (0..<N).map { Double(N - $0) }
    for k in [1, N / 2, N - 1] { #expect(leastIndices(falling, count: k) == (N - k..<N).reversed()) }
  }

  @Test(arguments: [1, 2, 5, 20, 49, 50]) func leastIndicesAreThoseOfASort(k: Int) {
    var stream = RandomStream(seed: 4)
    // Few values, so that there are equals, and one that is infinite.
    var numbers = (0..<50).map { _ in Double(stream.integer(below: 7)) }
    numbers[3] = .infinity
    let sorted = numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    #expect(leastIndices(numbers, count: k) == Array(sorted.prefix(k)))
  }

  /// 40 points whose nearest are all the same two, which do not name them in turn.
  @Test func everyEdgeIsThereOnceAtBothEnds() throws {
    let star = Matrix<Double>(rows: 40, columns: 40) { i, j in i == j && i >= 2 ? 1 + 0.01 * Double(i) : 0 }
    let graph = try NeighbourGraph(star, neighbours: 3)
    for (i, row) in graph.edges.enumerated() {
      #expect(zip(row, row.dropFirst()).allSatisfy { $0.index < $1.index })
      for edge in row {
        #expect(graph.edges[edge.index].filter { $0.index == i } == [Neighbour(index: i, distance: edge.distance)])
      }
    }
    #expect(graph.edges[0].map(\.index) == Array(1..<40))
  }

  @Test func manyPiecesAreCountedAndNotListed() {
    let error = ManifoldError.disconnected(neighbours: 1, sizes: Array(repeating: 2, count: 900), connecting: 5)
    #expect(
      "\(error)"
        == "the graph of 1 neighbours falls into 900 pieces, of 2, 2, 2, 2, 2, 2, 2, 2, … points, and no path joins "
        + "them: 5 neighbours connect it")
    let two = ManifoldError.disconnected(neighbours: 3, sizes: [4, 4], connecting: 4)
    #expect("\(two)".contains("2 pieces, of 4, 4 points"))
  }

  /// Squares of distances, and sums of them, are what scaling computes with.
  @Test(arguments: [1e-139, 1e-100, 1, 1e100, 1e139]) func scalingHoldsAtAnySizeThatCanBeSquared(size: Double) throws {
    let places = [0.0, 1, 3, 7, 8]
    let D = Matrix(rows: 5, columns: 5) { size * abs(places[$0] - places[$1]) }
    let x = try ClassicalScaling(distances: D, dimensions: 1).coordinates.column(0)
    for i in 0..<5 { #expect(abs(abs(x[i] - x[0]) / size - places[i]) < 1e-9) }
  }

  @Test(arguments: [1e-300, 1e-141, 1e141, 1e155, 1e308]) func distancesWithoutSquaresAreNamed(size: Double) {
    let D = Matrix(rows: 3, columns: 3) { $0 == $1 ? 0 : size }
    #expect(throws: ManifoldError.size(size)) { try ClassicalScaling(distances: D, dimensions: 1) }
    #expect(throws: ManifoldError.size(size)) {
      try Isomap(Matrix(rows: 3, columns: 1) { i, _ in Double(i) / 2 * size }, neighbours: 2, dimensions: 1)
    }
  }

  @Test func pointsInOnePlaceHaveCoordinates() throws {
    #expect(try ClassicalScaling(distances: Matrix(rows: 3, columns: 3), dimensions: 2).coordinates.norm == 0)
  }

  @Test func duplicatesAreNeighboursAtDistanceZero() throws {
    let graph = try NeighbourGraph([[1], [1], [1], [2]], neighbours: 2)
    #expect(graph.edges[0].map(\.distance) == [0, 0, 1])
    #expect(graph.shortestPaths()[0, 3] == 1)
  }

  @Test func nearestNeighboursAreThoseOfASort() throws {
    var stream = RandomStream(seed: 8)
    let X = Matrix<Double>.normal(rows: 60, columns: 4, using: &stream)
    let Q = Matrix<Double>.normal(rows: 9, columns: 4, using: &stream)
    for (i, row) in try nearestNeighbours(of: Q, among: X, count: 13).enumerated() {
      let sorted = (0..<60).sorted { norm(Q.row(i) .- X.row($0)) < norm(Q.row(i) .- X.row($1)) }
      #expect(row.map(\.index) == Array(sorted.prefix(13)))
    }
  }

  @Test func whatCannotBeIsNamed() {
    let X = Matrix<Double>(rows: 5, columns: 2) { Double($0 * 3 + $1) }
    var broken = X
    broken[3, 1] = .nan
    #expect(throws: ManifoldError.neighbours(5, points: 5)) { try NeighbourGraph(X, neighbours: 5) }
    #expect(throws: ManifoldError.neighbours(0, points: 5)) { try NeighbourGraph(X, neighbours: 0) }
    #expect(throws: ManifoldError.notFinite(row: 3, column: 1)) { try NeighbourGraph(broken, neighbours: 2) }
    #expect(throws: ManifoldError.dimensions(3, most: 2)) { try localAxes(at: X, of: X, neighbours: 4, dimensions: 3) }
    #expect(throws: ManifoldError.dimensions(0, most: 5)) {
      try ClassicalScaling(distances: Matrix(rows: 5, columns: 5), dimensions: 0)
    }
    #expect(throws: ManifoldError.neighbours(3, points: 3)) { try trustworthiness(of: X, for: X, neighbours: 3) }
    let four = X[rows: 0..<4]
    #expect(throws: ManifoldError.neighbours(2, points: 2)) { try trustworthiness(of: four, for: four, neighbours: 2) }
    #expect(
      "\(ManifoldError.neighbours(5, points: 5))"
        == "5 neighbours are asked for among 5 points: there must be at least 1 and at most 4")
  }
}
