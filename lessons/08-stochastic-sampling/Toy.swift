import Autoencoders
import LinearAlgebra
import Notebook

/// Six visible states, of which everything can be enumerated.
struct Toy {
  /// π(x), the data.
  let π: [Double] = [0.3, 0.2, 0.15, 0.15, 0.1, 0.1]
  /// C(x̃|x), a row for each x: with probability ν the state is replaced by any of the six.
  let C: Matrix<Double>

  init(ν: Double) {
    C = Matrix(rows: 6, columns: 6) { x, x̃ in (x == x̃ ? 1 - ν : 0) + ν / 6 }
  }

  /// w(x, x̃) = π(x) C(x̃|x).
  var pairs: Matrix<Double> { Matrix.diagonal(π) * C }

  /// The shares of the pairs (x, x̃) in a sample of N.
  func pairs(sample N: Int, using stream: inout RandomStream) -> Matrix<Double> {
    var counts = Matrix<Double>(rows: 6, columns: 6)
    let rows = (0..<6).map { C.row($0) }
    for _ in 0..<N {
      let x = draw(π, stream.uniform())
      counts[x, draw(rows[x], stream.uniform())] += 1
    }
    return counts / Double(N)
  }

  /// The posterior P(x|x̃) = π(x) C(x̃|x) / q(x̃), a row for each x̃.
  var posterior: Matrix<Double> {
    let q = pairs.columnSums
    return Matrix(rows: 6, columns: 6) { x̃, x in pairs[x, x̃] / q[x̃] }
  }
}

/// The state whose turn it is for u uniform in [0, 1).
func draw(_ p: [Double], _ u: Double) -> Int {
  var (state, total) = (0, p[0])
  while u >= total && state < p.count - 1 {
    state += 1
    total += p[state]
  }
  return state
}

/// exp a / Σ exp a, row by row.
func softmax(_ A: Matrix<Double>) -> Matrix<Double> {
  let E = exp(A)
  let sums = E.rowSums
  return Matrix(rows: A.rows, columns: A.columns) { E[$0, $1] / sums[$0] }
}

/// A table p(h|x̃), 6 × 3, and a table p(x|h), 3 × 6, both positive. The decoder's logits are
/// c_x + Σ_k F_hk G_kx, so that its rank limits how differently it can treat the codes.
struct Tables {
  let encoder: Matrix<Double>
  let decoder: Matrix<Double>
  private var parts: Parts?

  /// Untrained ones: logits from the normal distribution, times `scale`.
  init(random stream: inout RandomStream, scale: Double = 1) {
    encoder = softmax(scale * .normal(rows: 6, columns: 3, using: &stream))
    decoder = softmax(scale * .normal(rows: 3, columns: 6, using: &stream))
  }

  private init(encoder: Matrix<Double>, decoder: Matrix<Double>) {
    (self.encoder, self.decoder) = (encoder, decoder)
  }

  /// Both as L-BFGS leaves them after some iterations on the denoising loss
  /// −Σ w(x, x̃) Σ_h p(h|x̃) log p(x|h), the best of `starts`. The minimum is at infinity,
  /// as codes become certain, and the way there is flat.
  init(
    fittedTo w: Matrix<Double>, rank: Int, starts: Int, iterations: Int, scale: Double = 1,
    using stream: inout RandomStream
  ) {
    var best: (loss: Double, θ: [Double]) = (.infinity, [])
    for _ in 0..<starts {
      let start = (0..<Tables.count(rank)).map { _ in scale * stream.normal() }
      let loss = Function(start: start) { θ, gradient in
        Tables.loss(θ, w, rank: rank, gradient: &gradient)
      }
      let fit = lesson.attempt { try LBFGS(maxIterations: iterations).minimise(loss) }
      if fit.value < best.loss { best = (fit.value, fit.parameters) }
    }
    let parts = Tables.parts(best.θ, rank: rank)
    (encoder, decoder) = (softmax(parts.E), softmax(Tables.logits(parts)))
    self.parts = parts
  }

  /// The same encoder with a decoder at its optimum: at rank 2 the conditional of the joint, in
  /// closed form; at a lower one the biases, by iterative scaling.
  func withBestDecoder(for w: Matrix<Double>) -> Tables {
    let joint = encoder.T * w.T
    let shares = joint.rowSums
    guard var parts, parts.F.columns < 2 else {
      let posterior = Matrix(rows: 3, columns: 6) { h, x in joint[h, x] / shares[h] }
      return Tables(encoder: encoder, decoder: posterior)
    }
    // At the minimum Σ p(h) p(x|h) is Σ p(x, h).
    let wanted = joint.columnSums
    for _ in 0..<1000 {
      let got = softmax(Tables.logits(parts)).T * shares
      parts.c = parts.c.indices.map { parts.c[$0] + Double.log(wanted[$0] / got[$0]) }
    }
    return Tables(encoder: encoder, decoder: softmax(Tables.logits(parts)))
  }

  static func count(_ rank: Int) -> Int { 18 + 6 + 9 * rank }

  typealias Parts = (
    E: Matrix<Double>, c: [Double], F: Matrix<Double>, G: Matrix<Double>
  )

  static func parts(_ θ: [Double], rank r: Int) -> Parts {
    (
      Matrix(rows: 6, columns: 3, elements: Array(θ[0..<18])), Array(θ[18..<24]),
      Matrix(rows: 3, columns: r, elements: Array(θ[24..<24 + 3 * r])),
      Matrix(rows: r, columns: 6, elements: Array(θ[(24 + 3 * r)...]))
    )
  }

  static func logits(_ parts: Parts) -> Matrix<Double> {
    Matrix(rows: 3, columns: 6) { h, x in
      parts.c[x] + (0..<parts.F.columns).map { parts.F[h, $0] * parts.G[$0, x] }.sum()
    }
  }

  /// The loss, and its gradient in E, c, F, G.
  static func loss(
    _ θ: [Double], _ w: Matrix<Double>, rank: Int, gradient: inout [Double]
  ) -> Double {
    let parts = parts(θ, rank: rank)
    let (e, d) = (softmax(parts.E), softmax(logits(parts)))
    // The joint of h and x, 3 × 6; what it has of each h; and −log p(x|h).
    let joint = e.T * w.T
    let shares = joint.rowSums
    let cost = d.map { -Double.log($0) }
    // Softmax and cross-entropy: E[x] − x, once more.
    let δ = Matrix(rows: 3, columns: 6) { h, x in shares[h] * d[h, x] - joint[h, x] }
    let atCodes = w.T * cost.T
    let means = (e ⊙ atCodes).rowSums
    let atEncoder = Matrix(rows: 6, columns: 3) { x̃, h in
      e[x̃, h] * (atCodes[x̃, h] - means[x̃])
    }
    gradient = atEncoder.elements + δ.columnSums
    gradient += (δ * parts.G.T).elements + (parts.F.T * δ).elements
    return dot(joint, cost)
  }

  /// The two conditionals of the stochastic autoencoder: p(h|x) = Σ C(x̃|x) p(h|x̃), and
  /// p(x|h).
  func pair(_ toy: Toy) -> ConditionalPair {
    lesson.attempt { try ConditionalPair(encoder: toy.C * encoder, decoder: decoder) }
  }

  /// How far the pair is from one joint, and the KL divergence of the data from what the chain
  /// x → x̃ → h → x settles to.
  func measures(_ toy: Toy) -> (misfit: Double, divergence: Double) {
    let pair = pair(toy)
    let settled = lesson.attempt { try pair.chain().stationaryDistribution() }
    return (pair.incompatibility, divergence(toy.π, settled))
  }
}

/// KL(p ∥ q) = Σ p log (p / q).
func divergence(_ p: [Double], _ q: [Double]) -> Double {
  zip(p, q).map { $0 * Double.log($0 / $1) }.sum()
}

/// Misfit and divergence of trained tables, for several numbers of examples.
struct ToyStudy {
  typealias Measures = (misfit: Double, divergence: Double)
  static let names = ["rank 1, optimum", "rank 2, L-BFGS alone", "rank 2, optimum"]
  let sizes = [1000, 10_000, 100_000]
  /// Random pairs, of logits with standard deviation 1.
  let random: [Measures]
  /// In the order of the names, by size, by draw.
  let finite: [[[Measures]]]
  /// In the order of the names, with the exact expectation and 1,000 iterations.
  let exact: [Measures]
  /// With the exact expectation, as 80 iterations of L-BFGS leave them, ranks 1 and 2.
  let unpolished: [Measures]
  /// Rank 1, from logits a hundredth as large: before training, and after.
  let small: [Measures]

  init(_ toy: Toy, seed: UInt64, draws: Int) {
    var stream = RandomStream(seed: seed, name: "random tables")
    random = (0..<draws).map { _ in Tables(random: &stream).measures(toy) }
    func study(
      _ w: Matrix<Double>, starts: Int, iterations: Int, _ stream: inout RandomStream
    ) -> [Measures] {
      let (one, two) = (
        Tables(fittedTo: w, rank: 1, starts: starts, iterations: iterations, using: &stream),
        Tables(fittedTo: w, rank: 2, starts: starts, iterations: iterations, using: &stream)
      )
      return [one.withBestDecoder(for: w), two, two.withBestDecoder(for: w)].map {
        $0.measures(toy)
      }
    }
    exact = study(toy.pairs, starts: 8, iterations: 1000, &stream)
    unpolished = [1, 2].map { rank in
      Tables(fittedTo: toy.pairs, rank: rank, starts: 2, iterations: 80, using: &stream)
        .measures(toy)
    }
    let low = Tables(
      fittedTo: toy.pairs, rank: 1, starts: 1, iterations: 1000, scale: 0.01, using: &stream)
    small = [Tables(random: &stream, scale: 0.01), low.withBestDecoder(for: toy.pairs)].map {
      $0.measures(toy)
    }
    let runs = sizes.map { N in
      (0..<draws).map { n in
        var sample = RandomStream(seed: seed, name: "sample \(N) \(n)")
        let w = toy.pairs(sample: N, using: &sample)
        return study(w, starts: 2, iterations: 80, &sample)
      }
    }
    finite = Self.names.indices.map { i in runs.map { $0.map { $0[i] } } }
  }
}

/// Two bits that are always equal, 00 or 11, each replaced by a random one with probability ν;
/// and the chain of the best denoiser that draws its bits independently.
func twinBits(_ noises: [Double]) -> [(ν: Double, unequal: Double, gap: Double)] {
  noises.map { ν in
    // States 00, 01, 10, 11; the chance that a bit comes out as it was.
    let keep = 1 - ν / 2
    func bit(_ state: Int, _ i: Int) -> Int { (state >> i) & 1 }
    let C = Matrix<Double>(rows: 4, columns: 4) { x, x̃ in
      (0..<2).map { bit(x, $0) == bit(x̃, $0) ? keep : 1 - keep }.reduce(1, *)
    }
    // The posterior probability of 11, which is each bit's mean.
    let ones = (0..<4).map { x̃ in C[3, x̃] / (C[0, x̃] + C[3, x̃]) }
    let P = Matrix<Double>(rows: 4, columns: 4) { x̃, x in
      (0..<2).map { bit(x, $0) == 1 ? ones[x̃] : 1 - ones[x̃] }.reduce(1, *)
    }
    let chain = lesson.attempt { try TransitionMatrix(C * P) }
    let settled = lesson.attempt { try chain.stationaryDistribution() }
    return (ν, settled[1] + settled[2], lesson.attempt { try chain.spectralGap() })
  }
}
