import LinearAlgebra

/// A denoiser for all noise levels: one network, which is told the level and, if it knows classes, the class.
///
/// It reads x = x_t/√(α² + σ²), seven numbers of the level and a 1 for the class, and estimates v = α ε − σ x₀, here with
/// α² + σ² = 1: the velocity with which x_t = α x₀ + σ ε turns from x₀ into ε. Since (x, v) is (x₀, ε) turned by an angle,
/// x̂₀ = α x − σ v̂ and ε̂ = σ x + α v̂ follow from it, without division by a small number (Salimans & Ho 2022).
///
/// Its layers F only have to learn what is not Gaussian. For components with mean 0 and variance λ, c = α²λ + σ² is the
/// variance of x, and
///
/// v̂ = (α σ (1 − λ)/c) x + √(λ/c) F(√(λ/c) x):
///
/// the best linear guess, and a correction in units of what that guess leaves, from inputs that have the variances λ at
/// every level (after Karras et al. 2022, who scale all components alike). With λ = 1 everywhere v̂ = F(x). It pays to give examples in coordinates that are uncorrelated, on their principal axes.
///
/// ```swift
/// var network = try DiffusionNetwork<Float>(dimensions: 64, hidden: [128, 128], using: &stream)
/// try network.train(on: X, schedule: schedule, optimiser: Adam(rate: 3e-3), epochs: 100, batch: 50, using: &stream)
/// let new = try schedule.thinned(to: 20).sample(
///   100, dimensions: 64, by: HeunSampler(), denoiser: network.denoiser(), using: &stream)
/// ```
///
/// Examples are rows; their components should have about the mean 0.
public struct DiffusionNetwork<Element: Scalar>: Sendable {
  /// The layers, from x, the level and the class to v̂; the top one is linear.
  public var stack: Stack<Element>
  /// How many classes it can be told; 0 if none.
  public let classes: Int
  /// λ of each component of an example.
  public let variances: [Double]

  /// A network with random weights.
  ///
  /// - Parameters:
  ///   - dimensions: the number of components of an example, D.
  ///   - hidden: the numbers of units of the hidden layers.
  ///   - activation: their non-linearity.
  ///   - classes: how many classes it can be told.
  ///   - variances: λ of each component of an example; all 1 if nil.
  /// - Throws: ``ParameterError`` if a size is less than 1, `classes` less than 0, or a variance negative or not finite.
  public init(
    dimensions: Int, hidden: [Int], activation: Activation = .relu, classes: Int = 0,
    variances: [Double]? = nil, using stream: inout RandomStream
  ) throws(ParameterError) {
    try ParameterError.check("dimensions of an example", dimensions, "at least 1") { $0 >= 1 }
    try ParameterError.check("classes", classes, "at least 0") { $0 >= 0 }
    let variances = variances ?? Array(repeating: 1, count: dimensions)
    precondition(variances.count == dimensions, "\(variances.count) variances for examples of \(dimensions) numbers")
    for λ in variances {
      try ParameterError.check("the variance of a component", λ, "at least 0, and finite") { $0 >= 0 && $0.isFinite }
    }
    self.variances = variances
    stack = try Stack(
      sizes: [dimensions + Self.levelFeatures + classes] + hidden + [dimensions],
      activations: Array(repeating: activation, count: hidden.count) + [.identity], using: &stream)
    self.classes = classes
  }

  /// How many numbers tell the network the level.
  public static var levelFeatures: Int { 7 }

  /// The numbers that tell a level: u/4 and sin, cos of u/2, u, 2u for u = log(σ/α).
  public static func features(of level: NoiseLevel) -> [Element] {
    let u = Double.log(level.σ / level.α)
    return ([u / 4] + [0.5, 1, 2].flatMap { [Double.sin($0 * u), Double.cos($0 * u)] }).map { Element($0) }
  }

  /// The number of components of an example, D.
  public var dimensions: Int { stack.outputs }

  /// All parameters as one vector; see ``Stack/parameters``.
  public var parameters: [Element] {
    get { stack.parameters }
    set {
      precondition(
        newValue.count == stack.parameterCount,
        "\(newValue.count) numbers for a network of \(stack.parameterCount) parameters")
      var offset = 0
      stack.setParameters(from: newValue, at: &offset)
    }
  }

  /// v̂ at points of one level.
  ///
  /// - Parameters:
  ///   - X: points x_t, N × D.
  ///   - labels: the class of each, or nil for one that is not to be told; none at all if nil.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func velocity(_ X: Matrix<Element>, at level: NoiseLevel, labels: [Int?]? = nil) -> Matrix<Element> {
    precondition(
      X.columns == dimensions, "points of \(X.rows) × \(X.columns) for a network of \(dimensions) dimensions")
    let (D, gains) = (dimensions, Gains(level, variances))
    var input = Matrix<Element>(rows: X.rows, columns: stack.inputs)
    X.withUnsafeElements { x in
      fill(&input, labels: labels) { n, row in
        for i in 0..<D { row[i] = gains.scale * gains.correction[i] * x[n * D + i] }
        for i in gains.features.indices { row[D + i] = gains.features[i] }
      }
    }
    var V = stack(input)
    V.withUnsafeMutableElements { v in
      X.withUnsafeElements { x in
        for n in 0..<X.rows {
          for i in 0..<D {
            v[n * D + i] = gains.linear[i] * gains.scale * x[n * D + i] + gains.correction[i] * v[n * D + i]
          }
        }
      }
    }
    return V
  }

  /// The factors of a level: v̂ = linear ⊙ x + correction ⊙ F(correction ⊙ x), and x = scale · x_t.
  struct Gains {
    let α, σ, scale: Element
    let correction, linear: [Element]
    let features: [Element]

    init(_ level: NoiseLevel, _ variances: [Double]) {
      let (α, σ, length) = level.normalised
      (self.α, self.σ, scale) = (Element(α), Element(σ), Element(1 / length))
      let c = variances.map { α * α * $0 + σ * σ }
      correction = zip(variances, c).map { Element(($0 / $1).squareRoot()) }
      linear = zip(variances, c).map { Element(α * σ * (1 - $0) / $1) }
      features = DiffusionNetwork.features(of: level)
    }
  }

  /// The network as a denoiser: x̂₀ = (α x_t/√(α² + σ²) − σ v̂)/√(α² + σ²).
  ///
  /// - Parameters:
  ///   - labels: the class of each row that it will be given, or nil for one that is not to be told; none at all if nil.
  ///   - guidance: w in v̂ = v̂(x) + w (v̂(x, class) − v̂(x)): 0 ignores the class, 1 is the model of the class, more
  ///     exaggerates it (Ho & Salimans 2022).
  public func denoiser(labels: [Int?]? = nil, guidance w: Double = 1) -> Denoiser<Element> {
    { X, level in
      var v = w == 1 || labels == nil ? velocity(X, at: level, labels: labels) : velocity(X, at: level)
      if w != 0, w != 1, labels != nil {
        let told = velocity(X, at: level, labels: labels)
        v = v + Element(w) * (told - v)
      }
      // With α and σ normalised, x₀ = (α x − σ v) and x = x_t / scale. (x₀ itself is not scaled.)
      let (α, σ, scale) = level.normalised
      return Element(α / scale) * X - Element(σ) * v
    }
  }

  /// Fills rows of inputs: `body` writes the point and the level, this the class.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private func fill(
    _ input: inout Matrix<Element>, labels: [Int?]?, _ body: (Int, UnsafeMutableBufferPointer<Element>) -> Void
  ) {
    let (rows, width) = (input.rows, input.columns)
    precondition(labels.map { $0.count == rows } ?? true, "\(labels?.count ?? 0) classes for \(rows) points")
    input.withUnsafeMutableElements { entries in
      for n in 0..<rows {
        let row = UnsafeMutableBufferPointer(rebasing: entries[n * width..<(n + 1) * width])
        body(n, row)
        for c in 0..<classes { row[width - classes + c] = 0 }
        guard let label = labels?[n] else { continue }
        precondition(label >= 0 && label < classes, "class \(label) for a network that knows \(classes)")
        row[width - classes + label] = 1
      }
    }
  }
}

/// Room for one pass over some examples.
struct DiffusionPass<Element: Scalar>: Sendable {
  var input: Matrix<Element>
  var target: Matrix<Element>
  var layers: [LayerPass<Element>]
  var gradient: [LayerGradient<Element>]

  init(_ network: DiffusionNetwork<Element>, examples: Int) {
    input = Matrix(rows: examples, columns: network.stack.inputs)
    target = Matrix(rows: examples, columns: network.dimensions)
    layers = network.stack.passes(examples: examples)
    gradient = network.stack.zeroGradient
  }
}

extension DiffusionNetwork {
  /// L = 1/N Σₙ ½ ‖v̂ₙ − vₙ‖² for given noise and levels, and its gradient in the parameters.
  ///
  /// - Parameters:
  ///   - X: clean examples x₀, N × D.
  ///   - ε: their noise, N × D.
  ///   - levels: a level for each.
  ///   - labels: a class for each, or nil.
  public func loss(
    _ X: Matrix<Element>, noise ε: Matrix<Element>, levels: [NoiseLevel], labels: [Int?]? = nil
  ) -> (value: Element, gradient: [LayerGradient<Element>]) {
    var pass = DiffusionPass(self, examples: X.rows)
    let value = loss(X, noise: ε, gains: levels.map { Gains($0, variances) }, labels: labels, in: &pass)
    return (value, pass.gradient)
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func loss(
    _ X: Matrix<Element>, noise ε: Matrix<Element>, gains: [Gains], labels: [Int?]?,
    in pass: inout DiffusionPass<Element>
  ) -> Element {
    let D = dimensions
    precondition(
      X.columns == D && ε.rows == X.rows && ε.columns == D && gains.count == X.rows,
      "examples of \(X.rows) × \(X.columns), noise of \(ε.rows) × \(ε.columns) and \(gains.count) levels do not fit a "
        + "network of \(D) dimensions")
    // x = α x₀ + σ ε; the target is what F(x) has to add to the linear guess for v = α ε − σ x₀.
    X.withUnsafeElements { x in
      ε.withUnsafeElements { ε in
        pass.target.withUnsafeMutableElements { target in
          fill(&pass.input, labels: labels) { n, row in
            let g = gains[n]
            for i in 0..<D {
              let (x, ε) = (x[n * D + i], ε[n * D + i])
              let noisy = g.α * x + g.σ * ε
              row[i] = g.correction[i] * noisy
              target[n * D + i] = g.α * ε - g.σ * x - g.linear[i] * noisy
            }
            for i in g.features.indices { row[D + i] = g.features[i] }
          }
        }
      }
    }
    stack.forward(pass.input, into: &pass.layers)
    // v̂ − v and the loss; back through the factor √(λ/c) to F
    let top = pass.layers.count - 1
    var value: Element = 0
    let share = 1 / Element(X.rows)
    let outputs = pass.layers[top].H
    pass.layers[top].δ.withUnsafeMutableElements { δ in
      outputs.withUnsafeElements { f in
        pass.target.withUnsafeElements { target in
          for n in 0..<X.rows {
            let correction = gains[n].correction
            for i in 0..<D {
              let error = correction[i] * f[n * D + i] - target[n * D + i]
              value += error * error
              δ[n * D + i] = share * correction[i] * error
            }
          }
        }
      }
    }
    value *= share / 2
    for l in pass.gradient.indices { pass.gradient[l].clearBiases() }
    stack.backward(pass.input, pass: &pass.layers, gradient: &pass.gradient, overwritesW: true)
    return value
  }
}

/// The loss of a ``DiffusionNetwork`` over random levels and noise: E ½ ‖v̂ − v‖², all levels of a schedule equally likely.
public struct DiffusionObjective<Element: Scalar>: StochasticObjective {
  private var network: DiffusionNetwork<Element>
  private let X: Matrix<Element>
  private let labels: [Int?]?
  private let untold: Double
  private let gains: [DiffusionNetwork<Element>.Gains]
  private var passes: [DiffusionPass<Element>] = []

  /// - Parameters:
  ///   - data: the examples x₀, N × D.
  ///   - schedule: the levels to learn.
  ///   - labels: the class of each example, or nil where it is unknown; none at all if nil.
  ///   - untold: the probability that an example's class is kept from the network, so that it also learns to do without.
  /// - Throws: ``TrainingError`` for data that are empty or not finite; ``ParameterError`` unless `untold` is a probability.
  public init(
    _ network: DiffusionNetwork<Element>, data X: Matrix<Element>, schedule: NoiseSchedule, labels: [Int?]? = nil,
    untold: Double = 0.15
  ) throws {
    try TrainingError.checkFinite(X)
    try ParameterError.check("the share of untold classes", untold, "between 0 and 1") { $0 >= 0 && $0 <= 1 }
    precondition(
      X.columns == network.dimensions, "examples of \(X.rows) × \(X.columns) for a network of \(network.dimensions)")
    precondition(labels.map { $0.count == X.rows } ?? true, "\(labels?.count ?? 0) classes for \(X.rows) examples")
    (self.network, self.X, self.labels, self.untold) = (network, X, labels, untold)
    gains = schedule.levels.map { .init($0, network.variances) }
  }

  public var start: [Element] { network.parameters }
  public var exampleCount: Int { X.rows }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func value(
    at θ: [Element], gradient: inout [Element], examples: ArraySlice<Int>, using stream: inout RandomStream
  ) -> Element {
    network.parameters = θ
    let w = pass(examples: examples.count)
    var clean = Matrix<Element>(rows: examples.count, columns: X.columns)
    clean.gatherRows(examples, of: X)
    let drawn = examples.map { _ in gains[stream.integer(below: gains.count)] }
    let told = labels.map { labels in
      examples.map { n in stream.uniform() < untold ? nil : labels[n] }
    }
    let ε = Matrix<Element>.normal(rows: clean.rows, columns: clean.columns, using: &stream)
    let value = network.loss(clean, noise: ε, gains: drawn, labels: told, in: &passes[w])
    var offset = 0
    for layer in passes[w].gradient { layer.write(to: &gradient, at: &offset) }
    return value
  }

  /// The room for that many examples. An epoch has at most two kinds of minibatch: full ones and the remainder.
  private mutating func pass(examples: Int) -> Int {
    for w in passes.indices where passes[w].input.rows == examples { return w }
    if passes.count == 2 { passes.removeFirst() }
    passes.append(DiffusionPass(network, examples: examples))
    return passes.count - 1
  }
}

extension DiffusionNetwork {
  /// Trains the network on the examples X by steps on minibatches; see ``DiffusionObjective``.
  ///
  /// - Throws: ``ParameterError`` and ``TrainingError``; the network is then what it was before.
  @discardableResult
  public mutating func train(
    on X: Matrix<Element>, schedule: NoiseSchedule, labels: [Int?]? = nil, untold: Double = 0.15,
    optimiser: some Optimiser<Element>, epochs: Int, batch: Int? = nil, using stream: inout RandomStream,
    observer: (Epoch<Element>) throws -> Void = { _ in }
  ) throws -> Training<Element> {
    let objective = try DiffusionObjective(self, data: X, schedule: schedule, labels: labels, untold: untold)
    let training = try objective.minimised(
      by: optimiser, epochs: epochs, batch: batch, using: &stream, observer: observer)
    parameters = training.parameters
    return training
  }
}
