import Autoencoders
import LinearAlgebra

// The nine models and the control, made and trained under one budget.

/// What turns images, one a row, into codes, and codes into images.
nonisolated struct Codec {
  let encode: (Matrix<Double>) -> Matrix<Double>
  let decode: (Matrix<Double>) -> Matrix<Double>
  /// How many numbers were fitted.
  let parameters: Int

  func reconstruct(_ X: Matrix<Double>) -> Matrix<Double> { decode(encode(X)) }
}

/// What every model gets.
nonisolated struct Budget {
  /// The numbers of a code.
  var code: Int
  /// Hidden units between image and code, on each side, of a plain autoencoder.
  var hidden = 32
  var steps: Int
  var batch = 32
  var rate = 0.02

  /// The parameters of a plain autoencoder D–hidden–code–hidden–D: nobody has more.
  func parameters(_ D: Int) -> Int { 2 * (D + code) * hidden + 2 * hidden + code + D }

  /// The most hidden units that a model can have which needs so many parameters for each unit,
  /// and so many besides.
  func hidden(_ D: Int, perUnit: Int, besides: Int) -> Int {
    (parameters(D) - besides) / perUnit
  }

  /// Adam on minibatches, the step shrinking to a tenth.
  func train<F: StochasticObjective<Float>>(
    _ objective: F, using random: inout RandomStream
  ) throws -> [Float] {
    let batch = min(batch, objective.exampleCount)
    let epochs = max(1, steps * batch / objective.exampleCount)
    return try objective.minimised(
      by: Adam(rate: .exponential(rate, toShare: 0.1, over: epochs)), epochs: epochs,
      batch: batch, using: &random
    ).parameters
  }
}

/// The models, in the order of the tables.
nonisolated enum Model: Int, CaseIterable {
  case mean, components, untrained, plain, decay, sparse, denoising, contractive,
    variational
  case predictive
  /// A control, in no table: the plain network with the sigmoid code of the sparse and the
  /// contractive one.
  case sigmoid

  static let allCases: [Model] = [
    .mean, .components, .untrained, .plain, .decay, .sparse, .denoising, .contractive,
    .variational, .predictive,
  ]

  /// What it is called; and the lesson that explains it.
  var title: (name: String, lesson: String) {
    switch self {
    case .mean: ("mean image", "03-under-and-overcomplete")
    case .components: ("PCA", "02-linear-autoencoder")
    case .untrained: ("untrained", "04-sparse-prior")
    case .plain: ("plain", "00-what-an-autoencoder-is")
    case .decay: ("weight decay", "03-under-and-overcomplete")
    case .sparse: ("sparse", "04-sparse-prior")
    case .denoising: ("denoising", "05-denoising-vector-field")
    case .contractive: ("contractive", "06-contractive-jacobian")
    case .variational: ("variational", "07-variational-kl")
    case .predictive: ("PSD", "11-predictive-sparse-decomposition")
    case .sigmoid: ("plain, sigmoid code", "00-what-an-autoencoder-is")
    }
  }

  /// The settings among which the validation images choose: three for each network.
  var settings: [Double] {
    switch self {
    case .mean, .components: [0]
    case .untrained, .plain, .sigmoid: [1, 2, 3]
    case .decay: [1e-4, 1e-3, 1e-2]
    case .sparse: [0.01, 0.03, 0.1]
    case .denoising: [0.1, 0.2, 0.4]
    case .contractive: [0.003, 0.03, 0.3]
    case .variational: [0.1, 0.3, 1]
    case .predictive: [0.01, 0.03, 0.1]
    }
  }

  /// What its settings are.
  var whatIsSet: String {
    switch self {
    case .mean, .components: "–"
    case .untrained, .plain, .sigmoid: "start"
    case .decay: "decay of all weights"
    case .sparse: "weight of the KL penalty, wanted activation 0.2"
    case .denoising: "standard deviation of the noise"
    case .contractive: "weight of the penalty"
    case .variational: "weight of the KL term, decoder's variance 0.05"
    case .predictive: "weight of the codes' magnitudes, pull 1"
    }
  }

  /// The model with one of its settings, fitted to X.
  func fitted(
    to X: Matrix<Double>, setting: Double, _ budget: Budget, seed: UInt64
  ) throws -> Codec {
    let (D, k) = (X.columns, budget.code)
    let restarts = [.plain, .untrained, .sigmoid].contains(self)
    var random = RandomStream(
      seed: seed, name: restarts ? "network \(setting)" : "network 1.0")
    func network(code: Activation) throws -> Autoencoder<Float> {
      try Autoencoder(
        inputs: D, hidden: [budget.hidden, k], activation: .tanh, code: code,
        output: .identity, using: &random)
    }
    func trained(
      _ network: Autoencoder<Float>, _ penalty: Penalty<Float>? = nil,
      corruption: Corruption<Float>? = nil
    ) throws -> Codec {
      var network = network
      network.parameters = try budget.train(
        Objective(
          network, data: single(X), loss: .gaussian, penalties: penalty.map { [$0] } ?? [],
          corruption: corruption), using: &random)
      return .network(network)
    }
    switch self {
    case .mean:
      let μ = X.columnMeans
      return Codec(
        encode: { Matrix(rows: $0.rows, columns: k) },
        decode: { Matrix(rows: $0.rows, columns: D).addingToEachRow(μ) }, parameters: D)
    case .components:
      return .components(k, of: X)
    case .untrained:
      return .untrained(try network(code: .identity).encoder, X)
    case .plain:
      return try trained(try network(code: .identity))
    case .sigmoid:
      return try trained(try network(code: .sigmoid))
    case .decay:
      return try trained(try network(code: .identity), .weightDecay(Float(setting)))
    case .sparse:
      return try trained(
        try network(code: .sigmoid), .sparsity(ρ: 0.2, β: Float(setting)))
    case .denoising:
      return try trained(
        try network(code: .identity), corruption: .gaussian(σ: setting))
    case .contractive:
      return try trained(try network(code: .sigmoid), .contractive(Float(setting)))
    case .variational:
      let hidden = budget.hidden(D, perUnit: 2 * D + 3 * k + 2, besides: 2 * k + D)
      var network = try VariationalAutoencoder<Float>(
        inputs: D, hidden: [hidden], latent: k, activation: .tanh,
        likelihood: .gaussian(variance: 0.05), using: &random)
      network.parameters = try budget.train(
        VariationalObjective(network, data: single(X), β: Float(setting)), using: &random)
      return .variational(network)
    case .predictive:
      let hidden = budget.hidden(D, perUnit: D + k + 1, besides: k + D * k + D)
      let encoder = try Stack<Float>(
        sizes: [D, hidden, k], activations: [.tanh, .identity], using: &random)
      var objective = PredictiveObjective(
        encoder, single(X), λ: Float(setting), γ: 1, batch: budget.batch, using: &random)
      let θ = try budget.train(objective, using: &random)
      return objective.codec(θ)
    }
  }
}

nonisolated extension Codec {
  /// The mean and the k leading principal components.
  static func components(_ k: Int, of X: Matrix<Double>) -> Codec {
    let pca = PrincipalComponents(of: X, count: k)
    let (μ, V) = (pca.mean, pca.directions)
    return Codec(
      encode: { $0.subtractingFromEachRow(μ) * V },
      decode: { ($0 * V.T).addingToEachRow(μ) }, parameters: X.columns * (k + 1))
  }

  /// A network, trained in single precision and used in double.
  static func network(_ network: Autoencoder<Float>) -> Codec {
    let (encoder, decoder) = (double(network.encoder), double(network.decoder))
    return Codec(
      encode: { encoder($0) }, decode: { decoder($0) }, parameters: network.parameterCount)
  }

  /// The code is the mean of q(z|x).
  static func variational(_ network: VariationalAutoencoder<Float>) -> Codec {
    let (encoder, decoder) = (double(network.encoder), double(network.decoder))
    let k = network.latent
    return Codec(
      encode: { encoder($0)[columns: 0..<k] }, decode: { decoder($0) },
      parameters: network.parameterCount)
  }

  /// A network that nobody trained, with the best linear decoder for its codes.
  static func untrained(_ encoder: Stack<Float>, _ X: Matrix<Double>) -> Codec {
    let encoder = double(encoder)
    let H = encoder(X)
    let (h, x) = (H.columnMeans, X.columnMeans)
    let W = H.subtractingFromEachRow(h).pseudoInverse() * X.subtractingFromEachRow(x)
    return Codec(
      encode: { encoder($0) },
      decode: { ($0.subtractingFromEachRow(h) * W).addingToEachRow(x) },
      parameters: W.rows * W.columns + x.count)
  }
}

/// X in single precision.
nonisolated func single(_ X: Matrix<Double>) -> Matrix<Float> {
  Matrix(rows: X.rows, columns: X.columns, elements: X.elements.map { Float($0) })
}

/// Layers in double precision.
nonisolated func double(_ stack: Stack<Float>) -> Stack<Double> {
  Stack(
    stack.layers.map { layer in
      let (rows, columns) = (layer.W.rows, layer.W.columns)
      return Dense(
        W: Matrix(
          rows: rows, columns: columns, elements: layer.W.elements.map { Double($0) }),
        b: layer.b.map { Double($0) }, activation: layer.activation)
    })
}

nonisolated extension Matrix<Double> {
  /// The matrix with `row` added to each of its rows.
  func addingToEachRow(_ row: [Double]) -> Matrix<Double> {
    var sum = self
    sum.addToEachRow(row)
    return sum
  }
}
