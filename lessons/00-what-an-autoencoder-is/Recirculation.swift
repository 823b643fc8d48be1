import Autoencoders
import LinearAlgebra
import Notebook

/// Recirculation's changes, divided by 1 − r, as the negative of a gradient, so that the common
/// training loop applies.
struct Loop: StochasticObjective {
  var network: Network
  let X: Matrix<Double>
  let r: Double
  let gain: Double
  let λ: Double

  var start: [Double] { network.parameters }
  var exampleCount: Int { X.rows }

  mutating func value(
    at θ: [Double], gradient: inout [Double], examples: ArraySlice<Int>,
    using stream: inout RandomStream
  ) -> Double {
    network.parameters = θ
    var x = Matrix<Double>(rows: examples.count, columns: X.columns)
    x.gatherRows(examples, of: X)
    let change = recirculate(network, x, r: r)
    let (encoder, decoder) = (-gain / (1 - r), -1 / (1 - r))
    gradient = (encoder * change.W).elements + encoder .* change.b
    gradient += (decoder * change.Wstar).elements + decoder .* change.c
    if λ > 0 {
      let weights = network.encoder.W.elements.count
      for i in 0..<weights { gradient[i] += 2 * λ * θ[i] }
      for i in (weights + change.b.count)..<(θ.count - change.c.count) {
        gradient[i] += 2 * λ * θ[i]
      }
    }
    return change.L
  }
}

/// The runs from one seed's weights, all with the same minibatches.
struct Contest {
  let start: Network
  let descent, decayed, plain, corrected, both: Trained
  /// Recirculation as published, from W* = −Wᵀ, half as long.
  let opposite: Trained

  init(
    seed: UInt64, on images: Images, units k: Int, rate η: Double, epochs: Int, r: Double,
    λ: Double
  ) {
    let start = randomNetwork(seed, inputs: images.training.columns, hidden: k)
    func run(_ method: Method) -> Trained {
      train(start, on: images, by: method, rate: η, epochs: epochs, seed: seed)
    }
    self.start = start
    descent = run(.backPropagation(decay: 0))
    decayed = run(.backPropagation(decay: λ))
    plain = run(.recirculation(r: r, gain: 1, decay: 0))
    corrected = run(.recirculation(r: r, gain: 1 / (1 - r), decay: 0))
    both = run(.recirculation(r: r, gain: 1 / (1 - r), decay: λ))
    opposite = train(
      mirrored(start, scale: -1), on: images, by: .recirculation(r: r, gain: 1, decay: 0),
      rate: η, epochs: epochs / 2, seed: seed)
  }
}

/// The training losses after `epochs` epochs of recirculation from several starts.
func losses(
  r: Double, gain: Double, from starts: [(seed: UInt64, network: Network)], on images: Images,
  rate η: Double, epochs: Int
) -> [Double] {
  starts.map { seed, network in
    train(
      network, on: images, by: .recirculation(r: r, gain: gain, decay: 0), rate: η,
      epochs: epochs, milestones: 1, seed: seed
    ).last.loss
  }
}

/// The same encoder with the decoder W* = `scale` · Wᵀ, not tied to it: in training the two may
/// part.
func mirrored(_ network: Network, scale: Double = 1) -> Network {
  var network = network
  network.decoder.W = scale * network.encoder.W.T
  return network
}

/// The cosine between recirculation's change of W and the way of steepest descent, −∂L/∂W.
func descentCosine(_ network: Network, on X: Matrix<Double>, r: Double) -> Double {
  -cosine(recirculate(network, X, r: r).W, gradient(network, on: X).encoder.W)
}

// The derivations stand on the page where they are called.

/// What recirculation with regression r does to the decoder of a network on the rows of X.
func deriveDecoderStep(
  _ network: Network, on X: Matrix<Double>, r: Double, line: Int = #line
) {
  lesson.derive(
    "Recirculation of the decoder is gradient descent", within: 1e-11, line: line
  ) { proof in
    let (N, H) = (Double(X.rows), network.encode(X))
    let output = network.decode(H)
    proof.start(
      #"\Delta W^*, \text{ one step of size } \eta = 1"#, recirculate(network, X, r: r).Wstar)
    proof.equals(
      #"\tfrac1N \textstyle\sum_n (x - x_2) h_1^\top"#, because: "the rule",
      (X - (r * X + (1 - r) * output)).T * H / N)
    proof.equals(
      #"(1 - r) \tfrac1N \textstyle\sum_n (x - \hat x) h_1^\top"#,
      because: #"$x - x_2 = (1 - r)(x - \hat x)$"#, (1 - r) * ((X - output).T * H) / N)
    proof.equals(
      #"-(1 - r) \frac{\partial L}{\partial W^*}"#,
      because: #"$\delta^* = \hat x - x$; the right side by back-propagation"#,
      -(1 - r) * gradient(network, on: X).decoder.W)
  }
}

/// What recirculation does to the encoder of a network with W* = Wᵀ on the rows of X, for r close
/// to 1.
func deriveEncoderStep(
  _ network: Network, on X: Matrix<Double>, r: Double, line: Int = #line
) {
  let small = 1 - r
  lesson.derive(
    #"Recirculation of the encoder, for $r$ near 1 and $W^* = W^\top$"#, within: 1e-8,
    line: line
  ) { proof in
    let (W, H, output) = (network.encoder.W, network.encode(X), network.reconstruct(X))
    let back = (X - output) * W.T
    let moved = r * X + (1 - r) * output
    let h3 = r * H + (1 - r) * network.encode(moved)
    let slope = H.map { $0 * (1 - $0) }
    var A = X * W.T
    A.addToEachRow(network.encoder.b)
    proof.start(#"h_1 - h_3"#, H - h3)
    proof.equals(
      #"(1 - r) \left( s(a) - s(a - (1 - r) W (x - \hat x)) \right)"#,
      because: #"the rule for $h_3$, and $W x_2 + b = a - (1 - r) W (x - \hat x)$"#,
      (1 - r) * (sigmoid(A) - sigmoid(A - (1 - r) * back)))
    proof.approximates(
      #"(1 - r)^2 s'(a) \odot W (x - \hat x)"#,
      because: "Taylor; the terms of order $(1 - r)^3$ are left out",
      small * small * (slope ⊙ back), within: 0.01)
    proof.equals(
      #"-(1 - r)^2 \delta"#,
      because: #"$\delta = (W^{*\top} \delta^*) \odot s'(a)$ with $W^{*\top} = W$ "#
        + #"and $\delta^* = \hat x - x$"#,
      -small * small * (((output - X) * network.decoder.W) ⊙ slope))
  }
  lesson.derive("The change of the encoder's weights, to leading order", line: line) { proof in
    proof.start(
      #"\Delta W, \text{ one step of size } \eta = 1"#, recirculate(network, X, r: r).W)
    proof.approximates(
      #"-(1 - r)^2 \frac{\partial L}{\partial W}"#,
      because: #"$h_1 - h_3 \approx -(1 - r)^2 \delta$ and $x_2 \approx x$, both to leading "#
        + #"order in $1 - r$"#,
      -small * small * gradient(network, on: X).encoder.W, within: 0.01)
  }
}

/// Where the first step of a decoder from W* = 0 points, for the encoder of a network and the
/// rows of X.
func deriveFirstStep(_ network: Network, on X: Matrix<Double>, line: Int = #line) {
  lesson.derive(
    #"The first step of a decoder from $W^* = 0$ points towards $W^\top$"#, within: 1e-10,
    line: line
  ) { proof in
    var blank = mirrored(network, scale: 0)
    blank.decoder.b = X.columnMeans
    let (N, H) = (Double(X.rows), blank.encode(X))
    let deviations = X.subtractingFromEachRow(X.columnMeans)
    let A = X * blank.encoder.W.T
    proof.start(
      #"\operatorname{tr} W \left( -\frac{\partial L}{\partial W^*} \right)"#,
      -(blank.encoder.W * gradient(blank, on: X).decoder.W).trace)
    proof.equals(
      #"\tfrac1N \textstyle\sum_n h^\top W (x - \bar x)"#,
      because: #"$-\partial L / \partial W^* = \frac1N \sum_n (x - \hat x) h^\top$ and "#
        + #"$\hat x = c = \bar x$"#,
      dot(H, deviations * blank.encoder.W.T) / N)
    proof.equals(
      #"\textstyle\sum_j \operatorname{cov}(h_j, a_j)"#,
      because: #"$W (x - \bar x) = a - \bar a$"#,
      dot(H, A) / N - dot(H.columnMeans, A.columnMeans))
    proof.equals(
      #"\frac{1}{2 N^2} \sum_j \sum_{m, n} (h_{nj} - h_{mj})(a_{nj} - a_{mj})"#,
      because: "a covariance, written with pairs of examples",
      (0..<X.rows).map { m in
        (0..<X.rows).map { n in dot(H.row(n) .- H.row(m), A.row(n) .- A.row(m)) }.sum()
      }.sum() / (2 * N * N))
    proof.atLeast(
      "0", because: "no term is negative: the sigmoid increases, so $h$ and $a$ rise together",
      0)
  }
}
