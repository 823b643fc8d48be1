import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// The networks of this lesson and how they are trained.

typealias Network = Autoencoder<Double>

/// u vᵀ.
func outer(_ u: [Double], _ v: [Double]) -> Matrix<Double> {
  Matrix(rows: u.count, columns: v.count) { i, j in u[i] * v[j] }
}

/// The standard error of the mean of some trials; 0 for a single one.
func standardError(_ values: [Double]) -> Double {
  let centre = mean(values)
  let squares = values.map { ($0 - centre) * ($0 - centre) }.sum()
  return (squares / Double(max(values.count - 1, 1)) / Double(values.count)).squareRoot()
}

/// An encoder of sigmoid units with random weights and biases.
func encoder(_ sizes: [Int], using random: inout RandomStream) -> Stack<Double> {
  let activations = Array(repeating: Activation.sigmoid, count: sizes.count - 1)
  return lesson.attempt {
    var stack = try Stack<Double>(sizes: sizes, activations: activations, using: &random)
    for l in stack.layers.indices { stack.layers[l].b = stack.layers[l].b.map { _ in random.normal() } }
    return stack
  }
}

/// The activations of all layers for x.
func activations(_ stack: Stack<Double>, at x: [Double]) -> [[Double]] {
  var pass = stack.passes(examples: 1)
  stack.forward(Matrix(rows: 1, columns: x.count, elements: x), into: &pass)
  return pass.map { $0.H.elements }
}

/// h (1 − h) on a diagonal.
func slopes(_ h: [Double]) -> Matrix<Double> { .diagonal(h.map { $0 * (1 - $0) }) }

/// Trains by L-BFGS on L(θ) = 1/N Σ ½‖x − x̂‖² with a contractive penalty of strength λ.
func contracted(_ start: Network, λ: Double, on X: Matrix<Double>, iterations: Int = 600) -> Network {
  lesson.attempt {
    var network = start
    let objective = try Objective(network, data: X, loss: .gaussian, penalties: [.contractive(λ)])
    let minimiser = LBFGS(maxIterations: iterations, gradientTolerance: 1e-6, valueTolerance: 1e-10)
    network.parameters = try minimiser.minimise(objective).parameters
    return network
  }
}

/// Random weights: sigmoid units and a linear output for points, sigmoid units and output for digits.
func untrained(
  _ inputs: Int, hidden: [Int], output: Activation = .identity, tied: Bool, seed: UInt64
) -> Network {
  var random = RandomStream(seed: seed, name: "weights")
  return lesson.attempt {
    try Network(
      inputs: inputs, hidden: hidden, activation: .sigmoid, output: output, tied: tied, using: &random)
  }
}

/// A small network on random examples with a contractive penalty, seeds of the lesson.
func penalised(hidden: [Int], tied: Bool) -> Objective<Double> {
  var random = lesson.stream("examples")
  return lesson.attempt {
    try Objective(
      untrained(5, hidden: hidden, tied: tied, seed: lesson.seed), data: .normal(rows: 6, columns: 5, using: &random),
      loss: .gaussian, penalties: [.contractive(0.7)])
  }
}

/// The rows less their mean.
func centred(_ X: Matrix<Double>) -> Matrix<Double> {
  X - outer([Double](repeating: 1, count: X.rows), X.columnMeans)
}

/// Khapra's illustration: points stretched along u₁, with small noise along u₂.
struct Cloud {
  static let angle = Double.pi / 6
  static let u₁ = [Double.cos(angle), Double.sin(angle)]
  static let u₂ = [-Double.sin(angle), Double.cos(angle)]
  let seed: UInt64
  let X: Matrix<Double>

  init(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "cloud")
    self.seed = seed
    X = GaussianMixture.stretchedCloud(along: 1, across: 0.1, angle: Cloud.angle).sample(200, using: &random)
  }

  /// Four sigmoid units, twice as many as inputs, and a linear output, trained with a contractive penalty.
  func fit(λ: Double, tied: Bool) -> CloudFit {
    CloudFit(contracted(untrained(2, hidden: [4], tied: tied, seed: seed), λ: λ, on: X), λ: λ, on: X)
  }
}

/// What a network does to the cloud.
struct CloudFit {
  let network: Network
  let λ: Double
  /// L(θ) = 1/N Σ ½‖x − x̂‖² and Ω(θ) = 1/N Σ ‖J(x)‖_F², without λ.
  let L: Double
  let Ω: Double
  /// The means of ‖J u₁‖ and ‖J u₂‖ over the data.
  let along: Double
  let across: Double
  /// The mean of |det J_r|: how many times larger a small piece of the plane is after r.
  let area: Double
  /// Ω over its bound ‖W‖_F² / 16.
  var share: Double { 16 * Ω / network.encoder.W.squaredNorm }

  init(_ network: Network, λ: Double, on X: Matrix<Double>) {
    self.network = network
    self.λ = λ
    L = (X - network.reconstruct(X)).squaredNorm / Double(2 * X.rows)
    let Js = (0..<X.rows).map { network.encoder.jacobian(at: X.row($0)) }
    Ω = mean(Js.map(\.squaredNorm))
    along = mean(Js.map { norm($0 * Cloud.u₁) })
    across = mean(Js.map { norm($0 * Cloud.u₂) })
    area = mean(
      (0..<X.rows).map { n in
        let J = Expansion(network, at: X.row(n)).J
        return abs(J[0, 0] * J[1, 1] - J[0, 1] * J[1, 0])
      })
  }

  var ratio: Double { along / across }

  /// The heads of the columns of a table of fits, but the first.
  static let columns = [
    #"$\mathcal L(\theta)$"#, #"$\Omega(\theta)$"#, #"$\lVert J u_1 \rVert$"#, #"$\lVert J u_2 \rVert$"#, "ratio",
    #"$16\, \Omega / \lVert W \rVert_F^2$"#, #"$\lVert W \rVert_F$"#, #"$\lVert W^* \rVert_F$"#,
  ]

  /// A row of such a table.
  func row(_ first: Cell) -> [Cell] {
    let values = [L, Ω, along, across, ratio, share, network.encoder.W.norm, network.decoder.W.norm]
    return [first] + values.map { Cell($0, significant: 3) }
  }
}

/// Encoder h = σ(t x) with one unit per input, decoder x̂ = 4/t (h − ½).
func whisper(_ t: Double) -> Network {
  Network(
    encoder: Stack([Dense(W: [[t, 0], [0, t]], b: [0, 0], activation: .sigmoid)]),
    decoder: Stack([Dense(W: [[4 / t, 0], [0, 4 / t]], b: [-2 / t, -2 / t], activation: .identity)]))
}

/// A contractive autoencoder of 200 points on a circle, eight tied units, and how it treats small steps.
struct Ring {
  let X: Matrix<Double>
  let network: Network
  let λ: Double
  /// The means of ‖J_r t‖ and ‖J_r n‖ over the points: t along the circle, n across it, both of length 1.
  let along: Double
  let across: Double
  /// The distances from the centre at which the border of a square of side 3 ends.
  let border: [Double]

  init(λ: Double, seed: UInt64) {
    var random = RandomStream(seed: seed, name: "ring")
    let X = GaussianMixture.circle().sample(200, using: &random)
    let network = contracted(untrained(2, hidden: [8], tied: true, seed: seed), λ: λ, on: X)
    let steps = (0..<X.rows).map { k in
      let n = X.row(k).map { $0 / norm(X.row(k)) }
      let J = Expansion(network, at: X.row(k)).J
      return (along: norm(J * [-n[1], n[0]]), across: norm(J * n))
    }
    (self.X, self.network, self.λ) = (X, network, λ)
    (along, across) = (mean(steps.map(\.along)), mean(steps.map(\.across)))
    let places = stride(from: -1.5, through: 1.5, by: 0.01).flatMap { t in [t, -1.5, t, 1.5, -1.5, t, 1.5, t] }
    let ends = network.reconstruct(Matrix(rows: places.count / 2, columns: 2, elements: places))
    border = (0..<ends.rows).map { norm(ends.row($0)) }
  }
}

/// Points of a curved manifold of d dimensions among twelve: t ↦ Q (t, t²/2, 0, …) with t uniform in [−1, 1]^d and a random
/// orthogonal Q, and noise of 0.03 in every direction.
struct CurvedManifold {
  let d: Int
  let X: Matrix<Double>
  /// The directions in which the manifold runs at each point, 12 × d.
  let tangents: [Matrix<Double>]
  /// The directions of t and of t², 12 × 2d.
  let bends: Matrix<Double>

  init(d: Int, seed: UInt64) {
    var random = RandomStream(seed: seed, name: "manifold \(d)")
    let Q = QR(Matrix<Double>.normal(rows: 12, columns: 12, using: &random)).Q
    var (rows, tangents): ([Double], [Matrix<Double>]) = ([], [])
    for _ in 0..<200 {
      let t = (0..<d).map { _ in random.uniform(in: -1..<1) }
      var place = t + t.map { $0 * $0 / 2 } + [Double](repeating: 0, count: 12 - 2 * d)
      for i in 0..<12 { place[i] += 0.03 * random.normal() }
      rows += Q * place
      tangents.append(Q * Matrix(rows: 12, columns: d) { i, k in i == k ? 1 : i == d + k ? t[k] : 0 })
    }
    self.d = d
    self.tangents = tangents
    bends = Q[columns: 0..<2 * d]
    X = Matrix(rows: 200, columns: 12, elements: rows)
  }

  /// The mean singular values of the Jacobian over 60 points, and the mean over them of the smallest cosine between the
  /// span of its leading right singular vectors and a space: of d of them with the tangent space and with the d principal
  /// components, of 2d with the directions of t and t².
  func spectrum(of network: Network) -> Spectrum {
    let P = SVD(centred(X)).V[columns: 0..<d]
    let decompositions = (0..<60).map { SVD(network.encoder.jacobian(at: X.row($0))) }
    let cosine = { (basis: Matrix<Double>, n: Int) in
      let k = basis.columns
      return SVD(basis.T * decompositions[n].V[columns: 0..<k]).σ[k - 1]
    }
    return Spectrum(
      σ: (0..<12).map { k in mean(decompositions.map { $0.σ[k] }) },
      tangents: mean((0..<60).map { cosine(QR(tangents[$0]).Q, $0) }),
      components: mean((0..<60).map { cosine(P, $0) }), bends: mean((0..<60).map { cosine(bends, $0) }))
  }
}

/// Singular values of an encoder's Jacobian on a manifold, and where its leading directions point.
struct Spectrum {
  let σ: [Double]
  let tangents: Double
  let components: Double
  let bends: Double

  /// A row of the table.
  func row(_ d: Int, _ λ: Double) -> [Cell] {
    [Cell(d), Cell(λ)] + (σ[..<7] + [tangents, components]).map { Cell($0, significant: 2) }
  }
}

/// A denoiser 2–16–2 with tanh units, before and after training with noise of 0.2 on points of a circle, and forty of the
/// points.
func circleDenoiser(seed: UInt64) -> (untrained: Network, trained: Network, points: Matrix<Double>) {
  var random = RandomStream(seed: seed, name: "circle")
  let X = GaussianMixture.circle().sample(400, using: &random)
  return lesson.attempt {
    let start = try Network(inputs: 2, hidden: 16, activation: .tanh, output: .identity, using: &random)
    var network = start
    try network.train(
      on: X, loss: .gaussian, corruption: .gaussian(σ: 0.2), optimiser: Adam(rate: .exponential(0.02, factor: 0.95)),
      epochs: 60, batch: 50, using: &random)
    return (start, network, X[rows: 0..<40])
  }
}
