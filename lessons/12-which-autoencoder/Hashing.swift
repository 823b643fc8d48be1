import Autoencoders
import LinearAlgebra

// Codes of bits: a network whose code is driven to bits by noise, and its rivals.

/// An autoencoder whose code units are s(a + σε): noise before the sigmoid, drawn each time.
///
/// Half the squared error, averaged over a minibatch.
nonisolated struct HashingObjective: StochasticObjective {
  private var network: Autoencoder<Float>
  private let X: Matrix<Float>
  private let σ: Float
  private var up: [LayerPass<Float>] = []
  private var down: [LayerPass<Float>] = []
  private var x, ε, h, δ: Matrix<Float>

  /// - Parameter network: its code layer is linear: what it puts out is a.
  init(_ network: Autoencoder<Float>, _ X: Matrix<Float>, σ: Float) {
    (self.network, self.X, self.σ) = (network, X, σ)
    x = Matrix(rows: 0, columns: X.columns)
    ε = Matrix(rows: 0, columns: network.hidden)
    (h, δ) = (ε, ε)
  }

  var start: [Float] { network.parameters }
  var exampleCount: Int { X.rows }

  mutating func value(
    at θ: [Float], gradient: inout [Float], examples: ArraySlice<Int>,
    using random: inout RandomStream
  ) -> Float {
    network.parameters = θ
    let N = examples.count
    if x.rows != N {
      (up, down) = (
        network.encoder.passes(examples: N), network.decoder.passes(examples: N)
      )
      x = Matrix(rows: N, columns: X.columns)
      ε = Matrix(rows: N, columns: network.hidden)
      (h, δ) = (ε, ε)
    }
    let (encoder, decoder) = (network.encoder, network.decoder)
    let (top, output) = (up.count - 1, down.count - 1)
    x.gatherRows(examples, of: X)
    random.fillNormal(&ε)
    encoder.forward(x, into: &up)
    ε *= σ
    ε += up[top].A
    Activation.sigmoid.apply(ε, into: &h)
    decoder.forward(h, into: &down)
    down[output].δ.update(from: down[output].H)
    down[output].δ -= x
    let loss = 0.5 * down[output].δ.squaredNorm / Float(N)
    down[output].δ *= 1 / Float(N)
    var (upper, lower) = (encoder.zeroGradient, decoder.zeroGradient)
    decoder.backward(h, pass: &down, gradient: &lower)
    decoder.layers[0].backward(down[0].δ, into: &δ)
    Activation.sigmoid.backpropagate(&δ, A: ε, H: h)
    up[top].δ.update(from: δ)
    encoder.backward(x, pass: &up, gradient: &upper)
    gradient = (upper + lower).flatMap { $0.W.elements + $0.b }
    return loss
  }
}

/// Images as words of at most 32 bits.
nonisolated struct BitCodes {
  let words: [UInt32]

  /// One bit for each column: whether it is above its threshold.
  init(_ A: Matrix<Double>, above thresholds: [Double]) {
    words = (0..<A.rows).map { n in
      (0..<A.columns).reduce(0) { $0 << 1 | (A[n, $1] > thresholds[$1] ? 1 : 0) }
    }
  }

  /// In how many bits two words differ.
  static func distance(_ a: UInt32, _ b: UInt32) -> Int { (a ^ b).nonzeroBitCount }
}

/// How well bits find images of the query's class: for each Hamming radius the precision and the
/// recall over all queries, and the mean average precision.
nonisolated struct HashingQuality {
  let precision: [Double]
  let recall: [Double]
  let averagePrecision: Double

  init(
    _ queries: BitCodes, _ classes: [Int], among stored: BitCodes, _ labels: [Int],
    bits: Int
  ) {
    var (found, seen) = (
      [Int](repeating: 0, count: bits + 1), [Int](repeating: 0, count: bits + 1)
    )
    var averages: [Double] = []
    for (query, own) in zip(queries.words, classes) {
      var (hits, all) = (
        [Int](repeating: 0, count: bits + 1), [Int](repeating: 0, count: bits + 1)
      )
      for (word, label) in zip(stored.words, labels) {
        let distance = BitCodes.distance(query, word)
        all[distance] += 1
        if label == own { hits[distance] += 1 }
      }
      let wanted = hits.reduce(0, +)
      var (h, a, average) = (0, 0, 0.0)
      for r in 0...bits {
        (h, a) = (h + hits[r], a + all[r])
        if hits[r] > 0 {
          average += Double(hits[r]) / Double(wanted) * Double(h) / Double(a)
        }
        found[r] += h
        seen[r] += a
      }
      if wanted > 0 { averages.append(average) }
    }
    precision = zip(found, seen).map { $1 == 0 ? 1 : Double($0) / Double($1) }
    recall = found.map { Double($0) / Double(found[bits]) }
    averagePrecision = mean(averages)
  }
}

/// The five ways to bits on one split.
nonisolated struct HashingTrial {
  static let names = ["noisy code", "same, no noise", "PCA", "PCA, rotated", "random planes"]
  static let noises: [Float] = [1, 2, 4]
  /// In the order of the names, on the test images.
  let qualities: [HashingQuality]
  /// Which noise the validation images chose.
  let noise: Float
  /// The code units' outputs on the test images with the chosen noise in training, and without.
  let outputs: [[Double]]
  /// On the test images, the share of queries with an empty drawer, by way.
  let empty: [Double]

  init(_ parts: Parts, bits: Int, _ budget: Budget, seed: UInt64) throws {
    let (X, Y) = (parts.X, parts.Y)
    var random = RandomStream(seed: seed, name: "planes")
    /// Codes of images before they are cut into bits: training, judged.
    func trained(_ σ: Float, start: Int = 0) throws -> (H: Matrix<Double>, G: Matrix<Double>) {
      var random = RandomStream(seed: seed &+ 1000 * UInt64(start), name: "hashing")
      var network = try Autoencoder<Float>(
        inputs: X.columns, hidden: [budget.hidden, bits], activation: .tanh,
        code: .identity,
        output: .identity, using: &random)
      network.parameters = try budget.train(
        HashingObjective(network, single(X), σ: σ), using: &random)
      let encoder = double(network.encoder)
      return (encoder(X), encoder(Y))
    }
    func judge(_ codes: (H: Matrix<Double>, G: Matrix<Double>), _ part: Int, cut: [Double])
      -> (HashingQuality, Double)
    {
      let stored = BitCodes(codes.H, above: cut)
      let queries = BitCodes(codes.G[rows: parts.ranges[part]], above: cut)
      let classes = Array(parts.judged.labels[parts.ranges[part]])
      let drawers = Set(stored.words)
      return (
        HashingQuality(queries, classes, among: stored, parts.training.labels, bits: bits),
        Double(queries.words.count { !drawers.contains($0) }) / Double(queries.words.count)
      )
    }
    let zeros = [Double](repeating: 0, count: bits)
    /// Of three ways the one that the validation images choose.
    func best(_ all: [(H: Matrix<Double>, G: Matrix<Double>)], cut: (Matrix<Double>) -> [Double])
      -> Int
    {
      let scores = all.map { judge($0, 0, cut: cut($0.H)).0.averagePrecision }
      return scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
    }
    let noisy = try HashingTrial.noises.map { try trained($0) }
    let loud = best(noisy) { _ in zeros }
    let silent = try (0..<3).map { try trained(0, start: $0) }
    let quiet = silent[best(silent) { $0.columnMeans }]
    let pca = PrincipalComponents(of: X, count: min(bits, X.columns))
    let planes = Matrix<Double>.normal(rows: X.columns, columns: bits, using: &random)
    func about(_ V: Matrix<Double>) -> (Matrix<Double>, Matrix<Double>) {
      (X.subtractingFromEachRow(pca.mean) * V, Y.subtractingFromEachRow(pca.mean) * V)
    }
    let plain = about(pca.directions)
    let turns = (0..<3).map { _ -> (H: Matrix<Double>, G: Matrix<Double>) in
      let R = rotationToSigns(of: plain.0, using: &random)
      return (plain.0 * R, plain.1 * R)
    }
    let turned = turns[best(turns) { _ in zeros }]
    let ways = [noisy[loud], quiet, plain, turned, about(planes)]
    let cuts = [zeros, quiet.H.columnMeans, zeros, zeros, zeros]
    let judged = zip(ways, cuts).map { judge($0, 1, cut: $1) }
    (qualities, empty) = (judged.map(\.0), judged.map(\.1))
    noise = HashingTrial.noises[loud]
    outputs = [noisy[loud].G, quiet.G].map { G in
      G[rows: parts.ranges[1]].elements.map { 1 / (1 + Double.exp(-$0)) }
    }
  }
}

/// A rotation R that brings centred codes Z nearer to their signs: ‖sign(Z R) − Z R‖ falls in
/// each of fifty rounds, for with the decomposition Zᵀ sign(Z R) = U Σ Vᵀ the nearest
/// rotation to those signs is U Vᵀ. It begins with a random one.
nonisolated func rotationToSigns(
  of Z: Matrix<Double>, using random: inout RandomStream
) -> Matrix<Double> {
  let svd = SVD(Matrix<Double>.normal(rows: Z.columns, columns: Z.columns, using: &random))
  var R = svd.U * svd.V.T
  for _ in 0..<50 {
    let toSigns = SVD(Z.T * (Z * R).map { $0 > 0 ? 1 : -1 })
    R = toSigns.U * toSigns.V.T
  }
  return R
}
