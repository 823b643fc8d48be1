import LinearAlgebra
import Manifolds
import Notebook

/// How well coordinates Y tell the true ones: for each true coordinate the correlation with its
/// best prediction by an affine function of Y; the least of them.
func correlation(of Y: Matrix<Double>, with T: Matrix<Double>) -> Double {
  let (U, centred) = (centred(Y).orthonormalBasis(), centred(T))
  return (0..<T.columns).map { j in
    norm(U.T * centred.column(j)) / norm(centred.column(j))
  }.least()
}

/// The rows less their mean.
func centred(_ X: Matrix<Double>) -> Matrix<Double> {
  X.subtractingFromEachRow(X.columnMeans)
}

/// The affine function of Y that predicts T best, at new points.
func predicted(_ T: Matrix<Double>, from Y: Matrix<Double>, at new: Matrix<Double>)
  -> Matrix<Double>
{
  let slopes = centred(Y).pseudoInverse() * centred(T)
  var prediction = new.subtractingFromEachRow(Y.columnMeans) * slopes
  prediction.addToEachRow(T.columnMeans)
  return prediction
}

/// Points of a Swiss roll, and what three methods make of them.
struct Roll {
  let surface: PlantedManifold
  /// The map that Isomap makes of them with the default number of neighbours, if it is wanted.
  let isomap: Isomap?
  var X: Matrix<Double> { surface.points }
  var T: Matrix<Double> { surface.coordinates }

  init(_ count: Int, seed: UInt64, name: String = "roll", neighbours m: Int? = nil) throws {
    var stream = RandomStream(seed: seed, name: name)
    surface = .swissRoll(count, using: &stream)
    isomap = try m.map { [surface] in
      try Isomap(surface.points, neighbours: $0, dimensions: 2)
    }
  }

  /// Isomap's map with m neighbours.
  func map(_ m: Int) throws -> Isomap {
    if let isomap, isomap.graph.neighbours == m { return isomap }
    return try Isomap(X, neighbours: m, dimensions: 2)
  }

  /// Two principal components of each point.
  var components: Matrix<Double> {
    let pca = PrincipalComponents(of: X, count: 2)
    return X.subtractingFromEachRow(pca.mean) * pca.directions
  }

  /// What happens with m neighbours; no correlation if the graph is in pieces.
  func outcome(_ m: Int) throws -> (pieces: Int, shortCuts: Int, correlation: Double?) {
    let graph = try NeighbourGraph(X, neighbours: m)
    let pieces = graph.pieces.count
    let found = pieces > 1 ? nil : try map(m)
    return (
      pieces, shortCuts(graph), found.map { correlation(of: $0.coordinates, with: T) }
    )
  }

  /// Edges at least twice as short as the way along the surface.
  func shortCuts(_ graph: NeighbourGraph) -> Int {
    graph.edges.enumerated().map { i, row in
      row.count { $0.index > i && norm(T.row(i) .- T.row($0.index)) > 2 * $0.distance }
    }.reduce(0, +)
  }

  /// Two numbers for each point by principal components, Isomap and tangent alignment.
  func embeddings(_ m: Int) throws -> [(name: String, Y: Matrix<Double>)] {
    [
      ("principal components", components),
      ("Isomap", try map(m).coordinates),
      (
        "tangent alignment",
        try TangentAlignment(X, neighbours: m, dimensions: 2).coordinates
      ),
    ]
  }

  /// Correlation, trustworthiness and continuity of each of these, against the true coordinates.
  func quality(_ m: Int) throws -> [(name: String, numbers: [Double])] {
    try embeddings(m).map { name, Y in
      (
        name,
        [
          correlation(of: Y, with: T), try trustworthiness(of: Y, for: T, neighbours: 10),
          try continuity(of: Y, for: T, neighbours: 10),
        ]
      )
    }
  }
}

/// The matrix of alignment: M = Σᵢ Sᵢ (I − Gᵢ Gᵢᵀ) Sᵢᵀ over the neighbourhoods of all points.
func alignmentMatrix(
  _ X: Matrix<Double>, neighbours m: Int, dimensions d: Int
) throws -> Matrix<Double> {
  var M = Matrix<Double>(rows: X.rows, columns: X.rows)
  for row in try nearestNeighbours(of: X, among: X, count: m, excludingItself: true) {
    let near = row.map(\.index)
    let part = Matrix(rows: m, columns: X.columns) { X[near[$0], $1] }
    let Θ = SVD(centred(part)).truncated(to: d).U
    let mean = Matrix(rows: m, columns: m, repeating: 1 / Double(m))
    let rest = .identity(m) - mean - Θ * Θ.T
    for (a, i) in near.enumerated() {
      for (b, j) in near.enumerated() { M[i, j] += rest[a, b] }
    }
  }
  return M
}

/// Least to greatest, as the tables show it.
func span(_ values: [Double], _ digits: Int = 3) -> String {
  values.isEmpty
    ? "–"
    : "\(Numeral.short(values.least(), significant: digits)) to "
      + "\(Numeral.short(values.greatest(), significant: digits))"
}
