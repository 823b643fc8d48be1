import Autoencoders
import LinearAlgebra
import Manifolds

/// Codes of points that were not there when the map was made, by three ways, and how well they
/// tell the true coordinates.
struct NewPoints {
  /// For Isomap, the nearest old point's coordinates, and an autoencoder: the correlation on old
  /// points and on new ones, and the trustworthiness of the new ones' codes.
  let rows: [(name: String, old: Double, new: Double, trust: Double)]
  /// ‖x − x̂‖² ∕ ‖x − mean‖² on new points, of the autoencoder and of two
  /// principal components.
  let errors: (network: Double, components: Double)

  init(_ roll: Roll, _ new: Roll, neighbours m: Int, iterations: Int, seed: UInt64) throws {
    let isomap = try roll.map(m)
    let nearest = try nearestNeighbours(of: new.X, among: roll.X, count: 1).map {
      $0[0].index
    }
    let Y = isomap.coordinates
    let copied = Matrix(rows: new.X.rows, columns: 2) { Y[nearest[$0], $1] }
    // The roll is centred and its largest extent made about 1: tanh units see it whole.
    let mean = roll.X.columnMeans
    let (X, Z) = (
      roll.X.subtractingFromEachRow(mean) / 7, new.X.subtractingFromEachRow(mean) / 7
    )
    let network = try Self.trained(X, iterations: iterations, seed: seed)
    rows = try [
      ("Isomap", Y, try isomap.coordinates(of: new.X)),
      ("the nearest old point's", Y, copied),
      ("autoencoder 3–16–2–16–3", network.encode(X), network.encode(Z)),
    ].map { name, old, codes in
      (
        name, correlation(of: old, with: roll.T),
        // How the old codes are read, applied to the new ones.
        Self.agreement(predicted(roll.T, from: old, at: codes), new.T),
        try trustworthiness(of: codes, for: new.T, neighbours: 10)
      )
    }
    let pca = PrincipalComponents(of: X, count: 2)
    let rest = Z.subtractingFromEachRow(pca.mean)
    let total = rest.squaredNorm
    errors = (
      (network.reconstruct(Z) - Z).squaredNorm / total,
      (rest - rest * pca.directions * pca.directions.T).squaredNorm / total
    )
  }

  /// The lower of two numbers, one for each coordinate: the correlation of prediction and truth.
  private static func agreement(_ P: Matrix<Double>, _ T: Matrix<Double>) -> Double {
    let (P, T) = (centred(P), centred(T))
    return (0..<T.columns).map {
      dot(P.column($0), T.column($0)) / (norm(P.column($0)) * norm(T.column($0)))
    }.least()
  }

  /// The better of two starts.
  private static func trained(
    _ X: Matrix<Double>, iterations: Int, seed: UInt64
  ) throws -> Autoencoder<Double> {
    let fits = try (0..<2).map { start -> (network: Autoencoder<Double>, loss: Double) in
      var stream = RandomStream(seed: seed, name: "network \(start)")
      let activations: [Activation] = [.tanh, .identity]
      var network = Autoencoder(
        encoder: try Stack<Double>(
          sizes: [X.columns, 16, 2], activations: activations, using: &stream),
        decoder: try Stack<Double>(
          sizes: [2, 16, X.columns], activations: activations, using: &stream))
      let result = try LBFGS(
        maxIterations: iterations, gradientTolerance: 1e-7, valueTolerance: 1e-12
      )
      .minimise(try Objective(network, data: X, loss: .gaussian))
      network.parameters = result.parameters
      return (network, result.value)
    }
    return fits[fits[0].loss <= fits[1].loss ? 0 : 1].network
  }
}
