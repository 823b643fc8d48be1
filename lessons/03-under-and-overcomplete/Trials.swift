import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// All that is measured of undercomplete codes, for one split of the images and one start.

/// The networks of one split and the principal components of its training images.
struct Trial {
  let low: Parts, high: Parts
  /// The lesson's network, on 0–4.
  let code: Network
  /// Other networks: on 5–9, and D–k–D of sigmoids on 0–4.
  let codeOfHigh: Network, sigmoids: Network
  /// Mean and components of 0–4: the first k, and all that may be sent.
  let pca: (μ: [Double], V: Matrix<Double>)
  let manyComponents: Matrix<Double>
  /// Where the code was tested: `names[i]` are the images `sets[i]`.
  let names: [String], sets: [Matrix<Double>]
  /// The waves, from the lowest.
  let Q: Matrix<Double>
  let seed: UInt64

  /// - Parameter epochs: how long each of the networks is trained.
  init(_ parts: Parts, k: Int, waves Q: Matrix<Double>, epochs: Int, seed: UInt64) {
    let (low, high) = halves(parts)
    let (X, Xʰ) = (low.training.scaled, low.test.scaled)
    (self.low, self.high, self.Q, self.seed) = (low, high, Q, seed)
    code = undercomplete(k, on: X, epochs: epochs, seed: seed)
    codeOfHigh = undercomplete(k, on: high.training.scaled, epochs: epochs, seed: seed)
    sigmoids = shallow(k, on: X, epochs: epochs, seed: seed)
    pca = principalComponents(k, of: X)
    manyComponents = principalComponents(min(3 * k, X.columns), of: X).V
    var random = RandomStream(seed: seed, name: "noise")
    let noise = Matrix<Double>.uniform(rows: Xʰ.rows, columns: X.columns, using: &random)
    let shuffled = withPixelsShuffled(Xʰ, using: &random)
    names = ["training", "0–4", "5–9", "moved", "inverted", "shuffled", "noise"]
    sets = [
      X, Xʰ, high.test.scaled,
      low.test.translated(dx: Double(low.test.width) / 8, dy: 0).scaled,
      low.test.inverted.scaled, shuffled, noise,
    ]
  }

  var k: Int { pca.V.columns }
  private var X: Matrix<Double> { sets[0] }

  /// Every codec of k numbers and its name.
  var codecs: [(name: String, reconstruct: Codec)] {
    let (pca, k) = (pca, k)
    let lowest = Q[rows: 0..<k]
    let dct: Codec = { $0 * lowest.T * lowest }
    return [
      ("network on 0–4", code.reconstruct), ("network on 5–9", codeOfHigh.reconstruct),
      ("$D$–$k$–$D$ sigmoid on 0–4", sigmoids.reconstruct),
      ("PCA of 0–4", { about(pca.μ, $0) { $0 * pca.V * pca.V.T } }),
      ("mean image of 0–4", { about(pca.μ, $0) { 0 * $0 } }),
      ("DCT, lowest $k$", dct),
      ("DCT, largest $k$ of each image", { [Q] in largest(k, ofEachRow: $0 * Q.T) * Q }),
      ("DCT about the mean of 0–4", { about(pca.μ, $0, dct) }),
    ]
  }

  /// The relative error of each codec on each set.
  func errors() -> [[Double]] {
    codecs.map { codec in sets.map { ε(codec.reconstruct($0), of: $0) } }
  }

  /// Bits and error on held-out 0–4 of codes whose numbers are rounded.
  func rounded() -> [(name: String, points: [(bits: Int, ε: Double)])] {
    let Xʰ = sets[1]
    func basis(_ bits: [[Int]], _ V: Matrix<Double>) -> [(bits: Int, ε: Double)] {
      let H = X.subtractingFromEachRow(pca.μ) * V
      return bits.map { bits in
        let round = Quantiser(H, bits: bits)
        return (bits.reduce(0, +), ε(about(pca.μ, Xʰ) { round($0 * V) * V.T }, of: Xʰ))
      }
    }
    func shared(_ V: Matrix<Double>) -> [[Int]] {
      let H = X.subtractingFromEachRow(pca.μ) * V
      return allotted((2...6).map { $0 * k }, to: H)
    }
    let each = Array(2...6)
    let same = each.map { Array(repeating: $0, count: k) }
    return [
      ("network", each.map { ($0 * k, roundedError(code, X, Xʰ, bits: $0)) }),
      ("PCA, $k$ numbers, bits shared equally", basis(same, pca.V)),
      ("PCA, bits allotted", basis(shared(manyComponents), manyComponents)),
      ("DCT about the mean, bits allotted", basis(shared(Q.T), Q.T)),
    ]
  }

  /// How many of the decoder's components have bits when PCA shares out `budget` of them.
  func componentsSent(_ budget: Int) -> Int {
    allotted([budget], to: X.subtractingFromEachRow(pca.μ) * manyComponents)[0].count { $0 > 0 }
  }

  /// The features to be compared: one way to a code each, or several of a kind that is random.
  var features: [(name: String, codes: [Codec])] {
    let (pca, lowest, D) = (pca, Q[rows: 0..<k], Q.rows)
    var random = RandomStream(seed: seed, name: "random features")
    let projections = (0..<10).map { _ -> Codec in
      let basis = QR(Matrix<Double>.normal(rows: D, columns: k, using: &random)).Q
      return { $0 * basis }
    }
    let untrained = (0..<10).map { draw -> Codec in
      deep([32, k], inputs: D, seed: seed &* 1000 &+ UInt64(draw)).encode
    }
    return [
      ("all $D$ pixels", [{ $0 }]), ("network on 0–4", [code.encode]),
      ("network on 5–9", [codeOfHigh.encode]), ("PCA of 0–4", [{ $0 * pca.V }]),
      ("DCT, lowest $k$", [{ $0 * lowest.T }]), ("$k$ random projections", projections),
      ("untrained network", untrained),
    ]
  }

  /// Wrong classes for each of the features, mean over draws: among the test images of 0–4 by the
  /// nearest neighbour and by the linear judge, and so among those of 5–9.
  func mistakes() -> [[Double]] {
    [(low, .nearest), (low, .linear), (high, .nearest), (high, .linear)].map {
      (parts: Parts, judge: Judge) in
      features.map { feature in mean(feature.codes.map { wrong(parts, judge, $0) }) }
    }
  }
}

/// The errors of rounded codes, split by split, gathered for each code and number of bits.
func overSplits(
  _ rounded: [[(name: String, points: [(bits: Int, ε: Double)])]]
) -> [(name: String, points: [(bits: Int, ε: [Double])])] {
  rounded[0].enumerated().map { code, first in
    let points = first.points.enumerated().map { i, point in
      (bits: point.bits, ε: rounded.map { $0[code].points[i].ε })
    }
    return (name: first.name, points: points)
  }
}

/// The error on images Xʰ of a network whose code has `bits` bits for each unit, in the range of
/// the codes of X.
func roundedError(
  _ network: Network, _ X: Matrix<Double>, _ Xʰ: Matrix<Double>, bits: Int
) -> Double {
  let H = network.encode(X)
  let round = Quantiser(H, bits: Array(repeating: bits, count: H.columns))
  return ε(network.decode(round(network.encode(Xʰ))), of: Xʰ)
}

/// One network and PCA of the same training images, tested under one condition.
struct Condition {
  let name: String
  let home: Double, pca: Double, inverted: Double, rounded: Double
  let mistakes: Double, mistakesOfPCA: Double

  /// - Parameter code: a network of k units that was trained on the training images of `parts`.
  init(_ name: String, _ parts: Parts, _ code: Network, k: Int) {
    let (X, Xʰ) = (parts.training.scaled, parts.test.scaled)
    let inverted = parts.test.inverted.scaled
    let (μ, V) = principalComponents(k, of: X)
    self.name = name
    home = ε(code.reconstruct(Xʰ), of: Xʰ)
    pca = ε(about(μ, Xʰ) { $0 * V * V.T }, of: Xʰ)
    self.inverted = ε(code.reconstruct(inverted), of: inverted)
    rounded = roundedError(code, X, Xʰ, bits: 4)
    mistakes = wrong(parts, .nearest, code.encode)
    mistakesOfPCA = wrong(parts, .nearest) { $0 * V }
  }
}

/// The judges of features, who know the labels of fifty training images.
enum Judge { case nearest, linear }

/// How many test images of `parts` a judge of the features `encode` puts into a wrong class.
func wrong(_ parts: Parts, _ judge: Judge, _ encode: Codec) -> Double {
  let examples = parts.training.prefix(50)
  let (H, Hʰ) = (encode(examples.scaled), encode(parts.test.scaled))
  let share =
    switch judge {
    case .nearest:
      NearestNeighbour(H, labels: examples.labels).errorRate(Hʰ, labels: parts.test.labels)
    case .linear:
      lesson.attempt { try RidgeClassifier(H, labels: examples.labels) }
        .errorRate(Hʰ, labels: parts.test.labels)
    }
  return share * Double(parts.test.count)
}
