import Autoencoders
import LinearAlgebra
import Testing

@Suite struct LinearPiecesTests {
  /// L tents, one after the other.
  private func tents(_ L: Int, floor: Double? = nil) -> Stack<Double> {
    let first = Dense<Double>(W: [[1], [1]], b: [0, -0.5], activation: .relu)
    let next = Dense<Double>(W: [[2, -4], [2, -4]], b: [0, -0.5], activation: .relu)
    var layers = [first] + Array(repeating: next, count: L - 1)
    guard let floor else { return Stack(layers + [Dense(W: [[2, -4]], activation: .identity)]) }
    layers.append(Dense(W: [[2, -4]], b: [-floor], activation: .relu))
    return Stack(layers + [Dense(W: [[1]], activation: .identity)])
  }

  @Test(arguments: 1...12) func `L tents have 2^L pieces of slope ±2^L, to the last bit`(L: Int) throws {
    let pieces = try tents(L).linearPieces(in: 0...1)
    let width = 1 / Double(1 << L)
    #expect(pieces.count == 1 << L)
    for (i, piece) in pieces.enumerated() {
      #expect(piece.interval == Double(i) * width...Double(i + 1) * width)
      #expect(piece.β == [i % 2 == 0 ? 1 / width : -1 / width])
    }
  }

  @Test func `a kink that a layer above has cancelled is none`() throws {
    // max(T₃ − ½, 0): four tips of two sides each, and five flat pieces; and nothing at all.
    #expect(try tents(3, floor: 0.5).linearPieces(in: 0...1).count == 13)
    #expect(try tents(3, floor: 2).linearPieces(in: 0...1).count == 1)
    #expect(try tents(3, floor: -1).linearPieces(in: 0...1).count == 8)
  }

  /// Against the network's own outputs on a fine grid: every line is the network there, and every end of a piece is a
  /// place at which the values bend.
  @Test(arguments: [[7], [4, 3], [3, 3, 3], [5, 1, 5], [2, 2, 2, 2]])
  func `random networks are their pieces, and bend between them`(hidden: [Int]) throws {
    var random = RandomStream(seed: 9, name: "\(hidden)")
    for _ in 0..<40 {
      let sizes = [1] + hidden + [2]
      let layers = zip(sizes.dropFirst(), sizes).enumerated().map { l, size in
        Dense<Double>(
          W: .normal(rows: size.0, columns: size.1, using: &random), b: (0..<size.0).map { _ in random.normal() },
          activation: l < hidden.count ? .relu : .identity)
      }
      let network = Stack(layers)
      let pieces = try network.linearPieces(in: -2...2)
      #expect(pieces.first?.interval.lowerBound == -2 && pieces.last?.interval.upperBound == 2)
      #expect(pieces.count <= hidden.reduce(1) { $0 * ($1 + 1) })
      func output(_ x: Double) -> [Double] { network([[x]]).row(0) }
      for piece in pieces {
        let (left, right) = (piece.interval.lowerBound, piece.interval.upperBound)
        for t in [0.01, 0.25, 0.5, 0.75, 0.99] {
          let x = left + t * (right - left)
          for (y, line) in zip(output(x), zip(piece.α, piece.β)) { #expect(abs(y - line.0 - line.1 * x) < 1e-11) }
        }
      }
      for (left, right) in zip(pieces, pieces.dropFirst()) {
        #expect(left.interval.upperBound == right.interval.lowerBound)
        let x = left.interval.upperBound
        let step = min(x - left.interval.lowerBound, right.interval.upperBound - x) / 2
        guard step > 1e-4 else { continue }
        let bends = zip(zip(output(x - step), output(x + step)), output(x)).map { abs($0.0 + $0.1 - 2 * $1) / step }
        #expect((bends.max() ?? 0) > 1e-9, "no bend at \(x)")
      }
    }
  }

  @Test func `what is no line piece by piece is refused`() throws {
    let smooth = Stack([Dense<Double>(W: [[1]], activation: .tanh)])
    #expect(throws: ParameterError.self) { try smooth.linearPieces(in: 0...1) }
    let wide = Stack([Dense<Double>(W: [[1, 1]], activation: .relu)])
    #expect(throws: ParameterError.self) { try wide.linearPieces(in: 0...1) }
  }
}

@Suite struct PretrainingTests {
  private let X: Matrix<Double> = {
    var random = RandomStream(seed: 3)
    return Matrix.normal(rows: 60, columns: 2, using: &random) * Matrix.normal(rows: 2, columns: 6, using: &random)
  }()

  /// Data of rank 2 through linear layers 6–4–2: each layer alone can be without error, and so is the unrolled stack.
  @Test func `linear layers find what they can keep, one after the other`() throws {
    var random = RandomStream(seed: 4)
    var network = try Autoencoder<Double>(
      inputs: 6, hidden: [4, 2], activation: .identity, output: .identity, using: &random)
    let histories = try network.pretrain(
      on: X, loss: .gaussian, optimiser: Adam(rate: .exponential(0.02, toShare: 1e-3, over: 1500)), epochs: 1500,
      using: &random)
    #expect(histories.map(\.count) == [1500, 1500])
    #expect(squaredError(X, network.reconstruct(X)) < 1e-6 * X.squaredNorm / 60)
  }

  /// The second pair sees the first one's codes: the loss of its first step is that of its random layers on these.
  @Test func `each layer is trained on the codes of those below, with its mirror`() throws {
    var random = RandomStream(seed: 5)
    let start = try Autoencoder<Double>(
      inputs: 6, hidden: [5, 3], activation: .sigmoid, output: .identity, using: &random)
    var network = start
    let histories = try network.pretrain(
      on: X, loss: .gaussian, optimiser: SGD(rate: 0.05), epochs: 3, using: &random)
    let codes = Stack([network.encoder.layers[0]])(X)
    let (up, down) = (Stack([start.encoder.layers[1]]), Stack([start.decoder.layers[0]]))
    #expect(abs(histories[1][0] - squaredError(codes, down(up(codes))) / 2) < 1e-12)
    let (outer, inner) = (Stack([start.encoder.layers[0]]), Stack([start.decoder.layers[1]]))
    #expect(abs(histories[0][0] - squaredError(X, inner(outer(X))) / 2) < 1e-12)
    for (before, after) in zip(
      start.encoder.layers + start.decoder.layers, network.encoder.layers + network.decoder.layers)
    {
      #expect(before.W != after.W)
    }
  }

  @Test func `tied networks and crooked decoders are refused, and left as they were`() throws {
    var random = RandomStream(seed: 6)
    var tied = try Autoencoder<Double>(
      inputs: 6, hidden: [4, 2], activation: .sigmoid, output: .identity, tied: true, using: &random)
    let before = tied.parameters
    #expect(throws: ParameterError.self) {
      try tied.pretrain(on: X, loss: .gaussian, optimiser: SGD(rate: 0.1), epochs: 1, using: &random)
    }
    #expect(tied.parameters == before)
    var crooked = Autoencoder<Double>(
      encoder: try Stack(sizes: [6, 4, 2], activations: [.sigmoid, .sigmoid], using: &random),
      decoder: try Stack(sizes: [2, 3, 6], activations: [.sigmoid, .identity], using: &random))
    #expect(throws: ParameterError.self) {
      try crooked.pretrain(on: X, loss: .gaussian, optimiser: SGD(rate: 0.1), epochs: 1, using: &random)
    }
  }
}
