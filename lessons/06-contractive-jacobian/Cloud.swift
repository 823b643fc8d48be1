import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// Khapra's illustration: points stretched along u₁, with small noise along u₂.
struct Cloud {
  static let angle = Double.pi / 6
  static let u₁ = [Double.cos(angle), Double.sin(angle)]
  let seed: UInt64
  let X: Matrix<Double>
  /// The principal axes of the sample, v₁ and v₂, and its singular values.
  let axes: SVD<Double>

  init(seed: UInt64) {
    var random = RandomStream(seed: seed, name: "cloud")
    self.seed = seed
    X = GaussianMixture.stretchedCloud(along: 1, across: 0.1, angle: Cloud.angle)
      .sample(200, using: &random)
    axes = SVD(centred(X))
  }

  /// The part of the plane that figures show.
  var frame: (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    let outermost = max(2.6, X.column(0).map(abs).greatest() + 0.1)
    return (-outermost...outermost, -1.8...1.8)
  }

  /// Half the mean squared distance of the points from the best line.
  var offTheLine: Double { axes.σ[1] * axes.σ[1] / Double(2 * X.rows) }

  /// Four sigmoid units, twice as many as inputs, and a linear output: the minima that so many
  /// starts find, the lowest first.
  func minima(λ: Double, tied: Bool = true, starts: Int, iterations: Int = 600) -> [CloudFit] {
    restarted(
      starts, inputs: 2, hidden: 4, tied: tied, λ: λ, on: X, seed: seed, iterations: iterations
    ).map { CloudFit($0.network, λ: λ, on: self) }
  }

  /// The minimum below a given network.
  func minimum(from fit: CloudFit, λ: Double) -> CloudFit {
    CloudFit(contracted(fit.network, λ: λ, on: X).network, λ: λ, on: self)
  }
}

/// What a network does to the cloud.
struct CloudFit {
  let network: Network
  let λ: Double
  /// L(θ) = 1/N Σ ½‖x − x̂‖² and Ω(θ) = 1/N Σ ‖J(x)‖_F², without λ.
  let L: Double
  let Ω: Double
  /// The means of ‖J v₁‖ and ‖J v₂‖ over the data.
  let along: Double
  let across: Double
  var F: Double { L + λ * Ω }
  var ratio: Double { across / along }
  /// Whether the code follows both axes, rather than one. The two kinds differ threefold and more
  /// in ‖J v₂‖ / ‖J v₁‖, which falls about as 1/√λ where both are kept.
  var keepsBoth: Bool { ratio * max(λ, 0.01).squareRoot() > 0.03 }
  /// Ω over its bound ‖W‖_F² / 16.
  var share: Double { 16 * Ω / network.encoder.W.squaredNorm }

  init(_ network: Network, λ: Double, on cloud: Cloud) {
    let X = cloud.X
    self.network = network
    self.λ = λ
    L = squaredError(X, network.reconstruct(X)) / 2
    Ω = mean(network.encoder.squaredJacobianNorms(X))
    // J v = s ⊙ W v
    let S = network.encode(X).map { $0 * (1 - $0) }
    let sensitivity = { (v: [Double]) in
      let moved = S * Matrix.diagonal(network.encoder.W * v)
      return mean((0..<X.rows).map { norm(moved.row($0)) })
    }
    (along, across) = (sensitivity(cloud.axes.V.column(0)), sensitivity(cloud.axes.V.column(1)))
  }

  /// The mean of |det J_r|: how many times larger a small piece of the plane is after r.
  func area(on X: Matrix<Double>) -> Double {
    mean(
      (0..<X.rows).map {
        let J = network.decoder.W * network.encoder.jacobian(at: X.row($0))
        return abs(J[0, 0] * J[1, 1] - J[0, 1] * J[1, 0])
      })
  }

  /// The heads of the columns of a table of fits, but the first.
  static let columns = [
    #"$\mathcal L(\theta)$"#, #"$\Omega(\theta)$"#, #"$\mathcal L + \lambda \Omega$"#,
    #"$\lVert J v_2 \rVert / \lVert J v_1 \rVert$"#, #"$16\, \Omega / \lVert W \rVert_F^2$"#,
    #"$\lVert W \rVert_F$"#, #"$\lVert W^* \rVert_F$"#,
  ]

  /// A row of such a table.
  func row(_ first: Cell) -> [Cell] {
    let values = [L, Ω, F, ratio, share, network.encoder.W.norm, network.decoder.W.norm]
    return [first] + values.map { Cell($0, significant: 3) }
  }
}

/// The least and the greatest of some numbers: 0.21 to 0.40.
func range(_ values: [Double]) -> String {
  "\(Numeral.short(values.least(), significant: 2)) to "
    + "\(Numeral.short(values.greatest(), significant: 2))"
}

/// The minima of one cloud along λ.
struct Sweep {
  let cloud: Cloud
  let λs: [Double]
  /// The lowest minimum at each λ, and the lowest of those that keep both axes and of those that
  /// keep one, where any were found.
  private(set) var best: [CloudFit] = []
  private(set) var both: [CloudFit?] = []
  private(set) var one: [CloudFit?] = []
  /// The lowest that random starts found, and the share of them that ends at the lowest of all,
  /// to a thousandth of its F.
  private(set) var random: [CloudFit] = []
  private(set) var hits: [Double] = []

  /// Eight random starts at each λ; then up and down again, the best networks of the neighbouring
  /// λ as starts.
  init(_ cloud: Cloud, λs: [Double], starts: Int = 8) {
    (self.cloud, self.λs) = (cloud, λs)
    var found = λs.map { cloud.minima(λ: $0, starts: starts) }
    let first = found
    let up = Array(λs.indices)
    for order in [up, up.reversed()] {
      for (from, to) in zip(order, order.dropFirst()) {
        for start in Sweep.lowest(found[from]) {
          found[to].append(cloud.minimum(from: start, λ: λs[to]))
        }
      }
    }
    for (n, fits) in found.enumerated() {
      let sorted = fits.sorted { $0.F < $1.F }
      best.append(sorted[0])
      both.append(sorted.first { $0.keepsBoth })
      one.append(sorted.first { !$0.keepsBoth })
      random.append(first[n][0])
      hits.append(
        Double(first[n].count { $0.F <= 1.001 * sorted[0].F }) / Double(starts))
    }
  }

  /// The best network at any λ: down from both kinds at the nearest λ of the sweep.
  func best(at λ: Double) -> CloudFit {
    let n = λs.indices.reduce(0) { abs(λs[$1] - λ) < abs(λs[$0] - λ) ? $1 : $0 }
    return [both[n], one[n]].compactMap { $0 }.map { cloud.minimum(from: $0, λ: λ) }
      .reduce(cloud.minimum(from: best[n], λ: λ)) { $1.F < $0.F ? $1 : $0 }
  }

  /// The lowest of either kind.
  private static func lowest(_ fits: [CloudFit]) -> [CloudFit] {
    let sorted = fits.sorted { $0.F < $1.F }
    return [sorted.first { $0.keepsBoth }, sorted.first { !$0.keepsBoth }].compactMap { $0 }
  }

  /// F of the best network that keeps both axes less that of the best that keeps one.
  var gaps: [(λ: Double, gap: Double)] {
    λs.indices.compactMap { n in
      guard let both = both[n], let one = one[n] else { return nil }
      return (λs[n], both.F - one.F)
    }
  }

  /// The last of some networks along λ that keeps both, and the next one.
  static func jump(_ fits: [CloudFit]) -> (before: CloudFit, after: CloudFit) {
    let n = fits.firstIndex { $0.λ > 0 && !$0.keepsBoth } ?? fits.count - 1
    return (fits[max(n - 1, 0)], fits[n])
  }

  var jump: (before: CloudFit, after: CloudFit) { Sweep.jump(best) }
  /// Where random starts alone would place it: half-way between two λ.
  var seeming: Double {
    let (before, after) = Sweep.jump(random)
    return (before.λ + after.λ) / 2
  }

  /// The λ at which both kinds cost the same, by linear interpolation.
  var crossing: Double {
    for (a, b) in zip(gaps, gaps.dropFirst()) where a.gap <= 0 && b.gap > 0 {
      return a.λ + (b.λ - a.λ) * a.gap / (a.gap - b.gap)
    }
    return (jump.before.λ + jump.after.λ) / 2
  }
}

/// Encoder h = sigmoid(t x) with one unit per input, decoder x̂ = 4/t (h − ½).
func whisper(_ t: Double) -> Network {
  Network(
    encoder: Stack([Dense(W: [[t, 0], [0, t]], b: [0, 0], activation: .sigmoid)]),
    decoder: Stack([
      Dense(W: [[4 / t, 0], [0, 4 / t]], b: [-2 / t, -2 / t], activation: .identity)
    ]))
}

/// A contractive autoencoder of 200 points on a circle, eight tied units, the best of eight
/// starts, and how it treats small steps.
struct Ring {
  let X: Matrix<Double>
  let network: Network
  let λ: Double
  /// The means of ‖J_r t‖ and ‖J_r n‖ over the points: t along the circle, n across it.
  let along: Double
  let across: Double

  init(λ: Double, seed: UInt64) {
    var random = RandomStream(seed: seed, name: "ring")
    let X = GaussianMixture.circle().sample(200, using: &random)
    let network = restarted(8, inputs: 2, hidden: 8, λ: λ, on: X, seed: seed)[0].network
    let steps = (0..<X.rows).map { k in
      let n = (1 / norm(X.row(k))) .* X.row(k)
      let J = network.decoder.W * network.encoder.jacobian(at: X.row(k))
      return (along: norm(J * [-n[1], n[0]]), across: norm(J * n))
    }
    (self.X, self.network, self.λ) = (X, network, λ)
    (along, across) = (mean(steps.map(\.along)), mean(steps.map(\.across)))
  }

  /// The mean distance from the centre at which points at a distance from it end after so many
  /// times r.
  func reach(from radius: Double, times: Int = 1) -> Double {
    let angles = (0..<48).map { 2 * Double.pi * Double($0) / 48 }
    let circle = Matrix<Double>(rows: 48, columns: 2) { n, i in
      radius * (i == 0 ? .cos(angles[n]) : .sin(angles[n]))
    }
    let ends = (0..<times).reduce(circle) { points, _ in network.reconstruct(points) }
    return mean((0..<48).map { norm(ends.row($0)) })
  }
}
