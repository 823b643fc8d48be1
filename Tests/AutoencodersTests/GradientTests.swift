import LinearAlgebra
import Testing

@testable import Autoencoders

/// What a row of the gradient table is made of.
struct GradientCase: CustomStringConvertible, Sendable {
  let activation: Activation
  let output: Activation
  let loss: Likelihood<Double>
  let tied: Bool
  let biases: Bool
  let hidden: [Int]

  var description: String {
    "\(hidden) \(activation), \(loss.name) with \(output)\(tied ? ", tied" : "")\(biases ? ", biases" : "")"
  }

  static let all: [GradientCase] = {
    let activations: [Activation] = [
      .identity, .sigmoid, .tanh, .relu, .softplus, .exponential, .softmax(classes: 2),
    ]
    let outputs: [(Activation, Likelihood<Double>)] = [
      (.identity, .gaussian), (.sigmoid, .gaussian), (.softmax(classes: 3), .gaussian), (.sigmoid, .bernoulli),
      (.softmax(classes: 3), .categorical(classes: 3)), (.softmax(classes: 6), .categorical(classes: 6)),
    ]
    var all: [GradientCase] = []
    for activation in activations {
      for (output, loss) in outputs {
        for tied in [false, true] {
          for biases in [false, true] {
            for hidden in [[4], [5, 2]] where hidden.count == 1 || activation != .softmax(classes: 2) {
              all.append(
                GradientCase(
                  activation: activation, output: output, loss: loss, tied: tied, biases: biases, hidden: hidden))
            }
          }
        }
      }
    }
    return all
  }()

  /// A random network of this kind, with random biases as well.
  func network(_ stream: inout RandomStream) throws -> Autoencoder<Double> {
    var network = try Autoencoder<Double>(
      inputs: 6, hidden: hidden, activation: activation, output: output, tied: tied, biases: biases, using: &stream)
    // Two exponentials, one in the other, with large weights are too steep for differences.
    let scale = activation == .exponential ? 0.2 : 0.7
    network.parameters = network.parameters.map { _ in scale * stream.normal() }
    return network
  }

  /// Seven examples of six components in (0, 1), made of distributions over `classes` classes.
  static func examples(classes: Int = 3, _ stream: inout RandomStream) -> Matrix<Double> {
    var X = Matrix<Double>(rows: 7, columns: 6) { _, _ in 0.1 + stream.uniform() }
    for n in 0..<7 {
      for start in stride(from: 0, to: 6, by: classes) {
        let sum = (start..<start + classes).reduce(0) { $0 + X[n, $1] }
        for i in start..<start + classes { X[n, i] /= sum }
      }
    }
    return X
  }
}

@Suite struct GradientTests {
  @Test(arguments: GradientCase.all)
  func everyLayerUnderEveryLikelihoodAgreesWithCentralDifferences(_ example: GradientCase) throws {
    var stream = RandomStream(seed: 11)
    let X = GradientCase.examples(classes: example.loss.classes ?? 3, &stream)
    var network = try example.network(&stream)
    // Differences mean nothing across the kink of a ReLU: draw again until no pre-activation is near 0.
    while example.activation == .relu && network.smallestPreactivation(X) < 5e-3 {
      network = try example.network(&stream)
    }
    let check = gradientCheck(try Objective(network, data: X, loss: example.loss))
    #expect(check.worstError < 1e-7, "\(check)")
  }

  @Test(arguments: [false, true], [[5], [5, 3]])
  func everyPenaltyAgreesWithCentralDifferences(tied: Bool, hidden: [Int]) throws {
    var stream = RandomStream(seed: 12)
    let X = GradientCase.examples(&stream)
    let λ = (0..<hidden[hidden.count - 1]).map { 0.1 + 0.3 * Double($0) }
    let penalties: [[Penalty<Double>]] = [
      [try .weightDecay(0.3)], [try .weightDecay(perUnit: λ)], [try .sparsity(ρ: 0.1, β: 0.7)], [try .laplace(0.4)],
      [try .weightDecay(0.3), try .weightDecay(perUnit: λ), try .sparsity(ρ: 0.1, β: 0.7), try .laplace(0.4)],
    ]
    for (loss, output) in [(Likelihood<Double>.gaussian, Activation.identity), (.bernoulli, .sigmoid)] {
      for penalties in penalties {
        let example = GradientCase(
          activation: .sigmoid, output: output, loss: loss, tied: tied, biases: true, hidden: hidden)
        let network = try example.network(&stream)
        let check = gradientCheck(try Objective(network, data: X, loss: loss, penalties: penalties))
        #expect(check.worstError < 1e-7, "\(penalties.map(\.name)): \(check)")
        // The penalty is there at all: the value without it is another.
        let bare = try Objective(network, data: X, loss: loss).value()
        #expect(abs(try Objective(network, data: X, loss: loss, penalties: penalties).value() - bare) > 1e-3)
      }
    }
  }

  /// The combinations above have one shape; here everything is drawn: shapes, depth, activations, tying, penalties.
  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func combinationsOfAllKindsAgreeOnRandomShapes(seed: UInt64) throws {
    var stream = RandomStream(seed: seed, name: "random shapes")
    let (N, D) = (1 + stream.integer(below: 9), 1 + stream.integer(below: 8))
    let hidden = (0...stream.integer(below: 2)).map { _ in 1 + stream.integer(below: 9) }
    let (loss, output) = [(Likelihood<Double>.gaussian, Activation.identity), (.bernoulli, .sigmoid)][
      stream.integer(below: 2)]
    let all: [Penalty<Double>] = [
      try .weightDecay(0.2), try .sparsity(ρ: 0.15, β: 0.5), try .laplace(0.3),
      try .weightDecay(perUnit: (0..<hidden[hidden.count - 1]).map { 0.1 * Double($0) }),
    ]
    let penalties = all.filter { _ in stream.uniform() < 0.5 }
    let inner: [Activation] = [.sigmoid, .tanh, .softplus, .identity]
    var network = try Autoencoder<Double>(
      inputs: D, hidden: hidden, activation: inner[stream.integer(below: 4)], code: .sigmoid, output: output,
      tied: stream.uniform() < 0.5, biases: stream.uniform() < 0.8, using: &stream)
    network.parameters = network.parameters.map { _ in 0.7 * stream.normal() }
    let X = Matrix<Double>.uniform(rows: N, columns: D, using: &stream)
    let check = gradientCheck(try Objective(network, data: X, loss: loss, penalties: penalties))
    #expect(check.worstError < 1e-7, "\(N) × \(D), \(hidden), \(penalties.map(\.name)): \(check)")
  }

  /// Ω = ½ Σ_n Σ_j a_nj² / N over the pre-activations of every encoder layer, plus Σ W³: it exercises both ways in
  /// which a penalty on the encoder passes on its gradient.
  @Test(arguments: [false, true], [[5], [5, 3]])
  func aPenaltyOnTheEncoderInActionReachesAllItsLayers(tied: Bool, hidden: [Int]) throws {
    var stream = RandomStream(seed: 13)
    let X = GradientCase.examples(&stream)
    let penalty = Penalty<Double>.onEncoder("test") { encoder, pass, gradient, δ in
      var Ω = 0.0
      for l in encoder.layers.indices {
        let (A, W) = (pass[l].A, encoder.layers[l].W)
        Ω += 0.5 * A.squaredNorm / Double(A.rows) + W.elements.reduce(0) { $0 + $1 * $1 * $1 }
        δ[l] = δ[l] + A / Double(A.rows)
        gradient[l].W = gradient[l].W + 3 * (W ⊙ W)
      }
      return Ω
    }
    let example = GradientCase(
      activation: .tanh, output: .identity, loss: .gaussian, tied: tied, biases: true, hidden: hidden)
    let network = try example.network(&stream)
    let check = gradientCheck(try Objective(network, data: X, loss: .gaussian, penalties: [penalty]))
    #expect(check.worstError < 1e-7, "\(check)")
  }

  @Test func eachOfTheTwoTermsOfATiedGradientIsNeeded() throws {
    var stream = RandomStream(seed: 14)
    let X = GradientCase.examples(&stream)
    let tied = try Autoencoder<Double>(
      inputs: 6, hidden: 4, activation: .sigmoid, output: .identity, tied: true, biases: false, using: &stream)
    // The same function with the two uses of W apart: each gradient is one of the terms.
    let untied = Autoencoder(encoder: tied.encoder, decoder: tied.decoder)
    let terms = try Objective(untied, data: X, loss: .gaussian).gradient()
    let encoderTerm = Matrix(rows: 4, columns: 6, elements: Array(terms[..<24]))
    let decoderTerm = Matrix(rows: 6, columns: 4, elements: Array(terms[24...])).T

    let objective = try Objective(tied, data: X, loss: .gaussian)
    let sum = Matrix(rows: 4, columns: 6, elements: objective.gradient())
    #expect((sum - (encoderTerm + decoderTerm)).norm < 1e-14 * sum.norm)
    for term in [encoderTerm, decoderTerm] {
      let wrong = Function(start: objective.start) { θ, gradient in
        gradient = term.elements
        return objective.value(at: θ)
      }
      #expect(gradientCheck(wrong).worstError > 0.1)
    }
  }

  @Test func theGradientCheckFindsAWrongComponentAndSaysWhich() {
    let wrong = Function(start: [0.3, -1.2, 2.0]) { θ, gradient in
      gradient = [2 * θ[0], -2 * θ[1], 3 * θ[2] * θ[2]]
      return θ[0] * θ[0] + θ[1] * θ[1] + θ[2] * θ[2] * θ[2]
    }
    let check = gradientCheck(wrong)
    #expect(check.worstIndex == 1)
    #expect(abs(check.analytic - 2.4) < 1e-12 && abs(check.numeric + 2.4) < 1e-8)
    #expect(check.worstError > 1.9)
  }

  @Test func theGradientCheckTakesANaNForTheWorst() {
    let broken = Function(start: [1.0, 2.0, 3.0]) { θ, gradient in
      gradient = [1, .nan, 5]
      return θ[0] + θ[1] + θ[2]
    }
    #expect(gradientCheck(broken).worstIndex == 1)
    #expect(gradientCheck(broken).worstError.isNaN)
  }

  @Test func theHessianOfAPolynomialIsItsMatrixOfSecondDerivatives() {
    // f = x² y + y³ + 4 x z at (1, 2, −1): the Hessian is [[2y, 2x, 4], [2x, 6y, 0], [4, 0, 0]].
    let f = Function(start: [1.0, 2.0, -1.0]) { θ, gradient in
      let (x, y, z) = (θ[0], θ[1], θ[2])
      gradient = [2 * x * y + 4 * z, x * x + 3 * y * y, 4 * x]
      return x * x * y + y * y * y + 4 * x * z
    }
    let expected: Matrix<Double> = [[4, 2, 4], [2, 12, 0], [4, 0, 0]]
    let H = hessian(f)
    #expect((H - expected).norm < 1e-8)
    #expect(H == H.T)
  }
}

extension Autoencoder<Double> {
  /// The least |a| of all hidden units over a batch.
  fileprivate func smallestPreactivation(_ X: Matrix<Double>) -> Double {
    let hidden = Stack(encoder.layers + decoder.layers.dropLast())
    var pass = hidden.passes(examples: X.rows)
    hidden.forward(X, into: &pass)
    return pass.flatMap { $0.A.elements.map { abs($0) } }.reduce(.infinity, min)
  }
}
