import LinearAlgebra
import Testing

@testable import Autoencoders

@Suite struct NetworkTests {
  @Test func aLayerComputesWhatItsFormulaSays() {
    let layer = Dense<Double>(W: [[1, 2, 3], [-1, 0, 1]], b: [10, 20], activation: .relu)
    var pass = LayerPass<Double>(examples: 2, units: 2)
    layer.forward([[1, 1, 1], [30, 0, 1]], into: &pass)
    #expect(pass.A == [[16, 20], [43, -9]])
    #expect(pass.H == [[16, 20], [43, 0]])
  }

  // NumPy: np.tanh(.3), 1/(1+exp(-.3)), log1p(exp(.3)), exp(.3), and softmax of (0.3, −1.2, 2), in binary64.
  @Test func activationsHaveTheirValues() {
    let A: Matrix<Double> = [[0.3, -1.2, 2]]
    func at(_ activation: Activation) -> [Double] {
      var H = Matrix<Double>(rows: 1, columns: 3)
      activation.apply(A, into: &H)
      return H.elements
    }
    func expect(_ values: [Double], _ expected: [Double]) {
      for (a, b) in zip(values, expected) { #expect(abs(a - b) < 2e-15) }
    }
    expect(at(.identity), [0.3, -1.2, 2])
    expect(at(.relu), [0.3, 0, 2])
    expect(at(.tanh), [0.2913126124515909, -0.8336546070121552, 0.9640275800758169])
    expect(at(.sigmoid), [0.574442516811659, 0.23147521650098238, 0.8807970779778823])
    expect(at(.softplus), [0.8543552444685272, 0.2632824673380312, 2.1269280110429727])
    expect(at(.exponential), [1.3498588075760032, 0.3011942119122021, 7.38905609893065])
    expect(at(.softmax(classes: 3)), [0.1493188621833912, 0.03331754163216139, 0.8173635961844473])
  }

  @Test(arguments: [false, true], [[3], [4, 2]])
  func parametersCanBeReadAndWrittenAsOneVector(tied: Bool, hidden: [Int]) throws {
    var stream = RandomStream(seed: 1)
    var network = try Autoencoder<Double>(
      inputs: 5, hidden: hidden, activation: .tanh, output: .identity, tied: tied, using: &stream)
    let θ = (0..<network.parameterCount).map { Double($0) + 0.5 }
    network.parameters = θ
    #expect(network.parameters == θ)
    // In the documented order: the first layer's W row after row, then its b.
    #expect(network.encoder.layers[0].W.elements == Array(θ[..<(5 * hidden[0])]))
    #expect(network.encoder.layers[0].b == Array(θ[(5 * hidden[0])..<(6 * hidden[0])]))
    // The output's biases come last.
    #expect(network.decoder.layers[hidden.count - 1].b == Array(θ.suffix(5)))
    let weights = zip([5] + hidden, hidden).reduce(0) { $0 + $1.0 * $1.1 }
    let biases = hidden.reduce(0, +) + hidden.dropLast().reduce(0, +) + 5
    #expect(θ.count == (tied ? 1 : 2) * weights + biases)
  }

  @Test func aTiedDecoderIsTheEncoderTransposedAndFollowsIt() throws {
    var stream = RandomStream(seed: 2)
    var network = try Autoencoder<Double>(
      inputs: 4, hidden: 2, activation: .identity, output: .identity, tied: true, using: &stream)
    #expect(network.decoder.W == network.encoder.W.T)
    network.encoder.W = [[1, 2, 3, 4], [5, 6, 7, 8]]
    network.encoder.b = [0.5, -0.5]
    network.decoder.b = [1, 1, 1, 1]
    #expect(network.decoder.W == [[1, 5], [2, 6], [3, 7], [4, 8]])
    let X: Matrix<Double> = [[1, 0, 0, 1]]
    #expect(network.encode(X) == [[5.5, 12.5]])
    #expect(network.reconstruct(X) == [[69, 87, 105, 123]])
    network.decoder.layers[0].activation = .sigmoid
    #expect(network.output == .sigmoid)
  }

  @Test func encodingAndDecodingComposeToReconstruction() throws {
    var stream = RandomStream(seed: 3)
    let X = Matrix<Double>(rows: 6, columns: 5) { _, _ in stream.normal() }
    for tied in [false, true] {
      let network = try Autoencoder<Double>(
        inputs: 5, hidden: [4, 2], activation: .tanh, code: .sigmoid, output: .identity, tied: tied, using: &stream)
      #expect(network.encode(X).columns == 2)
      #expect(network.reconstruct(X) == network.decode(network.encode(X)))
      #expect(network.encoder.layers.map(\.activation) == [.tanh, .sigmoid])
      #expect(network.decoder.layers.map(\.activation) == [.tanh, .identity])
    }
  }

  @Test func initialWeightsAreUniformWithinTheirLimit() throws {
    var stream = RandomStream(seed: 4)
    let layer = try Dense<Double>(inputs: 90, outputs: 60, activation: .tanh, using: &stream)
    let w = layer.W.elements
    #expect(w.allSatisfy { abs($0) <= 0.2 })
    // Variance of a uniform number in ±0.2: 0.04/3, known to √(0.8/5400) of itself; mean 0 to 4 standard errors.
    let mean = w.reduce(0, +) / 5400
    let variance = w.reduce(0) { $0 + $1 * $1 } / 5400
    let expected = 0.04 / 3
    #expect(abs(mean) < 4 * (expected / 5400).squareRoot())
    #expect(abs(variance / expected - 1) < 4 * (0.8 / 5400).squareRoot())
    #expect(layer.b == [Double](repeating: 0, count: 60))
  }
}
