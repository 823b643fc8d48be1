import LinearAlgebra
import Testing

@testable import Autoencoders

@Suite struct ContractionTests {
  static let activations: [Activation] = [.identity, .sigmoid, .tanh, .softplus, .exponential, .relu]

  static func stack(_ sizes: [Int], _ activation: Activation, _ stream: inout RandomStream) throws -> Stack<Double> {
    var stack = try Stack<Double>(
      sizes: sizes, activations: Array(repeating: activation, count: sizes.count - 1), using: &stream)
    for l in stack.layers.indices { stack.layers[l].b = stack.layers[l].b.map { _ in 0.5 * stream.normal() } }
    return stack
  }

  @Test(arguments: activations, [[5, 3], [4, 7], [5, 4, 3], [3, 6, 2, 5], [1, 1]])
  func theJacobianIsThatOfDualNumbers(activation: Activation, sizes: [Int]) throws {
    var stream = RandomStream(seed: 21)
    let stack = try Self.stack(sizes, activation, &stream)
    for _ in 0..<3 {
      let x = (0..<sizes[0]).map { _ in 0.3 * stream.normal() }
      let J = stack.jacobian(at: x)
      #expect((J - stack.jacobianByDualNumbers(at: x)).norm <= 1e-14 * max(J.norm, 1))
    }
  }

  @Test(arguments: [Activation.sigmoid, .tanh, .softplus], [[5, 3], [5, 4, 3]])
  func theJacobianIsTheLimitOfDifferences(activation: Activation, sizes: [Int]) throws {
    var stream = RandomStream(seed: 22)
    let stack = try Self.stack(sizes, activation, &stream)
    let x = (0..<5).map { _ in stream.normal() }
    let J = stack.jacobian(at: x)
    for i in 0..<5 {
      let steps = Matrix(rows: 2, columns: 5) { n, k in x[k] + (k == i ? (n == 0 ? 1e-5 : -1e-5) : 0) }
      let H = stack(steps)
      for j in 0..<J.rows { #expect(abs((H[0, j] - H[1, j]) / 2e-5 - J[j, i]) < 1e-8) }
    }
  }

  @Test(arguments: activations, [[5, 3], [5, 4, 3], [3, 6, 2, 5]])
  func squaredNormsAreThoseOfTheJacobians(activation: Activation, sizes: [Int]) throws {
    var stream = RandomStream(seed: 23)
    let stack = try Self.stack(sizes, activation, &stream)
    // Three exponentials, one in the other, leave the range of numbers soon.
    let X = Matrix<Double>.normal(rows: 6, columns: sizes[0], standardDeviation: 0.3, using: &stream)
    for (n, square) in stack.squaredJacobianNorms(X).enumerated() {
      let expected = stack.jacobian(at: X.row(n)).squaredNorm
      #expect(abs(square - expected) <= 1e-13 * max(expected, 1e-3))
    }
  }

  /// By hand: h = σ(2x) at x = 0 has the slope 2 · ¼.
  @Test func aSigmoidUnitHasItsLargestSlopeAtOneHalf() {
    let stack = Stack<Double>([Dense(W: [[2]], b: [0], activation: .sigmoid)])
    #expect(stack.jacobian(at: [0]) == [[0.5]])
    #expect(stack.squaredJacobianNorms([[0]]) == [0.25])
  }

  @Test(arguments: [false, true], [[5], [5, 3], [4, 5, 2]])
  func thePenaltysGradientAgreesWithCentralDifferences(tied: Bool, hidden: [Int]) throws {
    for seed in 1...8 as ClosedRange<UInt64> {
      var stream = RandomStream(seed: seed, name: "contraction")
      let D = 1 + stream.integer(below: 6)
      let X = Matrix<Double>.uniform(rows: 1 + stream.integer(below: 6), columns: D, using: &stream)
      for activation in [Activation.sigmoid, .tanh, .softplus] {
        var network = try Autoencoder<Double>(
          inputs: D, hidden: hidden, activation: activation, output: .sigmoid, tied: tied, using: &stream)
        network.parameters = network.parameters.map { _ in 0.7 * stream.normal() }
        let objective = try Objective(network, data: X, loss: .bernoulli, penalties: [.contractive(0.7)])
        let check = gradientCheck(objective)
        #expect(check.worstError < 1e-7, "\(activation) \(seed): \(check)")
        let bare = try Objective(network, data: X, loss: .bernoulli).value()
        let Ω = network.encoder.squaredJacobianNorms(X).reduce(0, +) / Double(X.rows)
        #expect(abs(objective.value() - bare - 0.7 * Ω) < 1e-12 * max(1, Ω))
      }
    }
  }

  @Test func floatsAreContractedToo() throws {
    var stream = RandomStream(seed: 3)
    let X = Matrix<Float>.uniform(rows: 20, columns: 6, using: &stream)
    var network = try Autoencoder<Float>(inputs: 6, hidden: 4, activation: .sigmoid, output: .sigmoid, using: &stream)
    let before = network.encoder.squaredJacobianNorms(X).reduce(0, +)
    try network.train(
      on: X, loss: .bernoulli, penalties: [.contractive(10)], optimiser: Adam(rate: 0.01), epochs: 50, using: &stream)
    #expect(network.encoder.squaredJacobianNorms(X).reduce(0, +) < 0.1 * before)
  }

  @Test(arguments: [-1, .nan, .infinity] as [Double])
  func aStrengthOutOfRangeIsRefused(λ: Double) {
    #expect(throws: ParameterError.self) { try Penalty<Double>.contractive(λ) }
  }
}
