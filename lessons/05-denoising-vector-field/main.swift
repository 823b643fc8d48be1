//: # 5 · The denoising autoencoder's vector field
//:
//: Corrupt the input, ask for the original: a denoising autoencoder changes one line of the training loop, and with
//: it what is learnt. Copying no longer helps; the network has to know what the data look like. This lesson proves
//: what the best denoiser computes, and that with Gaussian noise its arrows $r(\tilde x) - \tilde x$ point up the
//: density of the noisy data. Then it measures how close trained networks come, and draws samples with them.
//:
//: @opening fields
//: - prove that the best denoiser is a conditional mean, for every corruption;
//: - derive Tweedie's formula for any data, and say of *which* density a denoiser knows the score;
//: - show that training to denoise is score matching, and turn a denoiser into a sampler;
//: - judge a denoiser against the linear filter and against a weighted mean of the training images.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "The best denoiser is a conditional mean; under Gaussian noise its arrows are σ² times the "
    + "score of the noised density.")
let σ = lesson.knob(
  "noise", 0.2, in: 0.15...0.4, "the standard deviation σ of the noise about the circle")
let ν = lesson.knob(
  "corruption", 0.4, in: 0.2...0.6,
  "the share ν of an image's pixels that salt and pepper corrupt")
let hidden = lesson.knob(
  "hidden", 100, in: 64...200, "hidden units of the networks with one hidden layer")
let epochs = lesson.knob(
  "epochs", 80, in: 20...500, "epochs of the networks that clean images of Gaussian noise")

let digits = lesson.images(ImageNeeds(pixels: 32))
let D = digits.width * digits.height
let (training, test) = lesson.attempt { try digits.split(testShare: 1.0 / 3, seed: lesson.seed) }
let (X, unseen) = (training.scaled, test.scaled)
//: The images are the 8 × 8 digits of [](@digits), unless `--data` names others, scaled to $[0, 1]$.
//: @file Training.swift how the networks are trained

//: ## Three ways to spoil an input
//:
//: - *Masking*: each component becomes 0 with probability $\nu$.
//: - *Gaussian noise*: $\tilde x = x + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$.
//: - *Salt and pepper*: with probability $\nu$ a component becomes 0 or 1, each as often as the other.
//:
//: All of them draw $\tilde x$ from some distribution $C(\tilde x \mid x)$. Only Gaussian noise leaves the mean where
//: it was: masking moves it to $(1 - \nu) x$, salt and pepper to $(1 - \nu) x + \nu / 2$.
let masking = lesson.attempt { try Corruption<Double>.masking(ν) }
let gaussian = lesson.attempt { try Corruption<Double>.gaussian(σ: 0.5) }
let saltAndPepper = lesson.attempt { try Corruption<Double>.saltAndPepper(ν) }
lesson.figure(
  "corruptions",
  "Ten images, clean and corrupted in three ways: masking only takes ink away, Gaussian noise "
    + "and "
    + "salt and pepper add some as well. Values below 0 and above 1 are shown as 0 and 1."
) {
  var noise = lesson.stream("examples of noise")
  let clean = unseen[rows: 0..<10]
  return imageRows(
    "Masking only removes ink; the others add some",
    [
      ("clean", clean), ("masking", masking(clean, using: &noise)),
      ("Gaussian", gaussian(clean, using: &noise)),
      ("salt, pepper", saltAndPepper(clean, using: &noise)),
    ], count: 10, width: digits.width, height: digits.height)
}
//: @file Figures.swift the figures of this lesson

//: ## The best denoiser is a conditional mean
//:
//: Training minimises $\operatorname{E} \lVert x - r(\tilde x) \rVert^2$ over pairs of an example $x$ and its
//: corruption $\tilde x$; $r(\tilde x) = g(f(\tilde x))$ is the reconstruction by encoder $f$ and decoder $g$. Which
//: function $r$ would be the best of all? Here is a world small enough to list: four patterns of four pixels, with
//: their probabilities, and all sixteen $\tilde x$ that masking with $\nu = 0.3$ may make of them.
let patterns: Matrix<Double> = [[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [1, 1, 1, 1]]
let prior = [0.4, 0.3, 0.2, 0.1]
let corrupted = Matrix<Double>(rows: 16, columns: 4) { j, i in Double((j >> i) & 1) }
/// The joint probability p(x) C(x̃|x): 4 × 16.
let joint = Matrix<Double>(rows: 4, columns: 16) { n, j in
  (0..<4).reduce(prior[n]) { p, i in
    switch (patterns[n, i], corrupted[j, i]) {
    case (1, 0): p * 0.3
    case (1, 1): p * 0.7
    case (0, 0): p
    default: 0
    }
  }
}
lesson.derive(
  #"No function of $\tilde x$ does better than $m(\tilde x) = \operatorname{E}[x \mid \tilde x]$"#
) {
  proof in
  var random = lesson.stream("some function")
  let r = Matrix<Double>.uniform(rows: 16, columns: 4, using: &random)
  let q = joint.columnSums
  let seen = (0..<16).filter { q[$0] > 0 }
  func m(_ j: Int) -> [Double] {
    (0..<4).map { i in (0..<4).map { joint[$0, j] / q[j] * patterns[$0, i] }.sum() }
  }
  func distance(_ a: [Double], _ b: [Double]) -> Double { dot(a .- b, a .- b) }
  /// Σ over x̃ of q(x̃) times the mean over x, given x̃, of what is asked.
  func expectation(_ f: (_ x: [Double], _ j: Int) -> Double) -> Double {
    seen.map { j in
      q[j] * (0..<4).map { joint[$0, j] / q[j] * f(patterns.row($0), j) }.sum()
    }.sum()
  }
  proof.start(
    #"\operatorname{E} \lVert x - r(\tilde x) \rVert^2 "#
      + #"= \sum_x \sum_{\tilde x} p(x)\, C(\tilde x \mid x) \lVert x - r(\tilde x) \rVert^2"#,
    (0..<4).flatMap { n in
      (0..<16).map { j in joint[n, j] * distance(patterns.row(n), r.row(j)) }
    }.sum())
  proof.equals(
    #"\sum_{\tilde x} q(\tilde x) "#
      + #"\operatorname{E}[\lVert x - r(\tilde x) \rVert^2 \mid \tilde x]"#,
    because: #"Bayes: $p(x)\, C(\tilde x \mid x) = q(\tilde x)\, p(x \mid \tilde x)$"#,
    expectation { x, j in distance(x, r.row(j)) })
  proof.equals(
    #"\operatorname{E} \lVert x - m \rVert^2 + 2 \operatorname{E} (x - m)^\top (m - r) "#
      + #"+ \operatorname{E} \lVert m - r \rVert^2"#,
    because: "write $x - r$ as $(x - m) + (m - r)$ and multiply out",
    expectation { x, j in distance(x, m(j)) }
      + 2 * expectation { x, j in dot(x .- m(j), m(j) .- r.row(j)) }
      + expectation { _, j in distance(m(j), r.row(j)) })
  proof.equals(
    #"\operatorname{E} \lVert x - m \rVert^2 + \operatorname{E} \lVert m - r \rVert^2"#,
    because: #"given $\tilde x$, $m - r$ is fixed and $x - m$ has the mean 0"#,
    expectation { x, j in distance(x, m(j)) }
      + seen.map { q[$0] * distance(m($0), r.row($0)) }.sum())
  proof.atLeast(
    #"\operatorname{E} \lVert x - m \rVert^2"#,
    because: "a square is not negative; equality needs $r = m$",
    expectation { x, j in distance(x, m(j)) })
}
//: Nothing here depends on masking: it holds for every corruption. Nor does the cross-entropy change the answer,
//: whose $-x \log \hat x - (1 - x) \log(1 - \hat x)$ is linear in $x$: its mean given $\tilde x$ depends on the data
//: only through $\operatorname{E}[x \mid \tilde x]$, and is least where $\hat x$ equals that.

//: ## The heart: one step of training
//:
//: Corrupt $x$, reconstruct, compare with the *clean* $x$. With tied weights, $h = \tanh(W \tilde x + b)$ and $\hat x =
//: \operatorname{sigmoid}(W^\top h + c)$, the gradient of the cross-entropy at the output is $\hat x - x$
//: ([lesson 00](../00-what-an-autoencoder-is/README.md)); $W$ receives the encoder's term and the decoder's, averaged
//: over the $N$ examples of the minibatch:
//:
//: $$ \frac{\partial L}{\partial W} = \frac1N \sum_n \bigl( \delta_n \tilde x_n^\top + h_n (\hat x_n - x_n)^\top
//: \bigr), \quad \delta_n = W (\hat x_n - x_n) \odot (1 - h_n \odot h_n). $$
//: @heart one step of training
func step(
  _ x: Matrix<Double>, _ W: inout Matrix<Double>, _ b: inout [Double], _ c: inout [Double],
  rate: Double, _ corruption: Corruption<Double>, using noise: inout RandomStream
) {
  let noisy = corruption(x, using: &noise)
  let h = tanh(noisy * W.T + rows(b, x.rows))
  let output = sigmoid(h * W + rows(c, x.rows))
  let atOutput = (output - x) / Double(x.rows)  // the clean x
  let atHidden = (atOutput * W.T) ⊙ h.map { 1 - $0 * $0 }
  W -= rate * (atHidden.T * noisy + h.T * atOutput)  // encoder's term + decoder's
  b = b .- rate .* atHidden.columnSums
  c = c .- rate .* atOutput.columnSums
}
//: With the same weights and the same noise, the library's step is this one.
do {
  var (weights, noise) = (lesson.stream("heart's weights"), lesson.stream("heart's noise"))
  let network = lesson.attempt {
    try Autoencoder<Double>(
      inputs: D, hidden: 20, activation: .tanh, output: .sigmoid, tied: true, using: &weights)
  }
  var (W, b, c) = (network.encoder.W, network.encoder.layers[0].b, network.decoder.layers[0].b)
  var objective = lesson.attempt {
    try Objective(network, data: X, loss: .bernoulli, corruption: saltAndPepper)
  }
  var (gradient, same) = (network.parameters, noise)
  _ = objective.value(
    at: network.parameters, gradient: &gradient, examples: Array(0..<50)[...], using: &same)
  step(X[rows: 0..<50], &W, &b, &c, rate: 0.1, saltAndPepper, using: &noise)
  let mine = W.elements + b + c
  lesson.check(
    "the step above and the library's, with the same noise: largest difference",
    (mine .- (network.parameters .- 0.1 .* gradient)).map(abs).greatest(), isBelow: 1e-12,
    because: "rounding in sums of 50 examples")
}
//: From here on the library takes such steps, with Adam's rule for their length and in minibatches.

//: ## Under Gaussian noise it climbs the density
//:
//: For Gaussian noise one can say more. The *score* of a density is $\nabla \log p$: the direction in which it grows
//: fastest, relative to itself. Let $p$ be *any* distribution of $x$, with a density or without, and $p_\sigma$ the
//: density of $\tilde x = x + \sigma \varepsilon$. The formula is named after Tweedie ([](@robbins-1956);
//: [](@efron-2011)); [](@alain-bengio-2014) brought it to autoencoders. It needs the derivative of a Gaussian and one
//: exchange of gradient and integral. That is allowed because $\lVert \nabla \mathcal N(\tilde x; x, \sigma^2 I)
//: \rVert$ is bounded by one constant for all $x$ and $\tilde x$, and a constant is integrable under every
//: probability distribution (dominated convergence). The lines are evaluated for the density $p(x) = 1 + \cos 2 \pi
//: x$ on $[-\frac12, \frac12]$, which is no mixture of Gaussians, with $\sigma = 0.3$.
let nodes = (0..<400).map { -0.5 + Double($0) / 400 }
let bump = nodes.map { (1 + Double.cos(2 * .pi * $0)) / 400 }  // p(x) dx
let width = 0.3
/// ∫ p(x) N(x̃; x, width²) f(x) dx.
func smeared(_ x̃: Double, _ f: (Double) -> Double = { _ in 1 }) -> Double {
  zip(nodes, bump).map { x, mass in
    mass * f(x) * Double.exp(-(x̃ - x) * (x̃ - x) / (2 * width * width))
      / ((2 * .pi).squareRoot() * width)
  }.sum()
}
lesson.derive("What the best denoiser adds to its input") { proof in
  let places = [-1.2, -0.4, 0.1, 0.3, 0.9]
  let (h, σ²) = (1e-5, width * width)
  proof.start(
    #"\nabla \log p_\sigma(\tilde x)"#,
    places.map { (Double.log(smeared($0 + h)) - Double.log(smeared($0 - h))) / (2 * h) })
  proof.equals(
    #"\frac{1}{p_\sigma(\tilde x)} \nabla \int p(x)\, \mathcal N(\tilde x; x, \sigma^2 I)\, dx"#,
    because: "the derivative of a logarithm; $p_\\sigma$ is $p$ smeared out by the noise",
    places.map { (smeared($0 + h) - smeared($0 - h)) / (2 * h) / smeared($0) }, within: 1e-7)
  proof.equals(
    #"\frac{1}{p_\sigma(\tilde x)} \int p(x)\, \mathcal N(\tilde x; x, \sigma^2 I)\, "#
      + #"\frac{x - \tilde x}{\sigma^2}\, dx"#,
    because: #"the exchange, and $\nabla \exp(-\lVert \tilde x - x \rVert^2 / 2 \sigma^2)$"#,
    places.map { x̃ in smeared(x̃) { ($0 - x̃) / σ² } / smeared(x̃) }, within: 1e-7)
  proof.equals(
    #"\int p(x \mid \tilde x)\, \frac{x - \tilde x}{\sigma^2}\, dx"#, because: "Bayes",
    places.map { x̃ in smeared(x̃) { ($0 - x̃) / σ² / smeared(x̃) } })
  proof.equals(
    #"\frac{\operatorname{E}[x \mid \tilde x] - \tilde x}{\sigma^2}"#,
    because: #"$p(x \mid \tilde x)$ integrates to 1"#,
    places.map { x̃ in (smeared(x̃) { $0 } / smeared(x̃) - x̃) / σ² })
}
//: So $r(\tilde x) - \tilde x = \sigma^2 \nabla \log p_\sigma(\tilde x)$ for the best $r$: **the arrows of a denoiser
//: are the score of the *noised* density, times $\sigma^2$.** For a finite set of examples $\operatorname{E}[x \mid
//: \tilde x]$ is a weighted mean of them all and can be written down, the *empirical* optimal denoiser. For the
//: training images it is `weightedMean`, which will be a rival below.
//: @file Cleaning.swift the weighted mean, the linear filter, and how denoisers of images are compared
do {
  var noise = lesson.stream("noise on digits")
  let x̃ = gaussian(unseen[rows: 0..<20], using: &noise)
  let averaged = weightedMean(of: X, at: x̃, σ: 0.5)
  let climbed = x̃ + 0.25 * GaussianMixture(means: X, σ: 0.5).score(at: x̃)
  lesson.check(
    #"weighted mean of the images against $\tilde x + \sigma^2 \nabla \log p_\sigma$, relative"#,
    (averaged - climbed).norm / averaged.norm, isBelow: 1e-10,
    because: "Tweedie's formula; two routes, each exact to rounding")
}

//: ## Denoising is score matching
//:
//: A model with the score $\psi$, say an energy whose normalising constant nobody can compute, is fitted by *score
//: matching* ([](@hyvarinen-2005)): make $\operatorname{E}_{p_\sigma} \lVert \psi - \nabla \log p_\sigma \rVert^2$
//: small. But the score of the data is what one does not know. There are two ways out. Integration by parts is the
//: first; here in one dimension, in $D$ dimensions $\psi'$ becomes the divergence of $\psi$. It asks that
//: $p_\sigma \psi$ vanish at infinity.
let line = (0..<1200).map { -3 + Double($0) / 200 }
let density = line.map { smeared($0) }
let score = line.map { x̃ in smeared(x̃) { ($0 - x̃) / (width * width) } / smeared(x̃) }
/// Some score of a model, to try the formulas on, and its derivative.
let ψ = line.map { -3 * Double.tanh(2 * $0) + 0.3 }
let ψSlope = line.map { -6 * (1 - Double.tanh(2 * $0) * Double.tanh(2 * $0)) }
/// E f over p_σ.
func expected(_ f: [Double]) -> Double { dot(density, f) / 200 }
lesson.derive("Score matching without the score of the data") { proof in
  proof.start(
    #"\operatorname{E}_{p_\sigma} \bigl( \psi - (\log p_\sigma)' \bigr)^2"#,
    expected((ψ .- score) .* (ψ .- score)))
  proof.equals(
    #"\operatorname{E}_{p_\sigma} \psi^2 - 2 \int p_\sigma \psi\, (\log p_\sigma)' "#
      + #"+ \operatorname{E}_{p_\sigma} \bigl( (\log p_\sigma)' \bigr)^2"#,
    because: "multiply out",
    expected(ψ .* ψ) - 2 * expected(ψ .* score) + expected(score .* score))
  proof.equals(
    #"\operatorname{E}_{p_\sigma} \psi^2 - 2 \int \psi\, p_\sigma' "#
      + #"+ \operatorname{E}_{p_\sigma} \bigl( (\log p_\sigma)' \bigr)^2"#,
    because: #"$p_\sigma (\log p_\sigma)' = p_\sigma'$"#,
    expected(ψ .* ψ) - 2 * dot(ψ, density .* score) / 200 + expected(score .* score))
  proof.equals(
    #"\operatorname{E}_{p_\sigma} (\psi^2 + 2 \psi') "#
      + #"+ \operatorname{E}_{p_\sigma} \bigl( (\log p_\sigma)' \bigr)^2"#,
    because: "by parts; the last term does not depend on the model",
    expected(ψ .* ψ .+ 2 .* ψSlope) + expected(score .* score))
}
//: The second way needs no derivatives: denoise. Write any reconstruction as $r(\tilde x) = \tilde x + \sigma^2
//: \psi(\tilde x)$. Its denoising error is the score-matching error of $\psi$, but for a factor and a constant
//: ([](@vincent-2011)).
/// E f over p(x) and the noise; i is the place of x̃ on the line.
func expectedOverPairs(_ f: (_ x: Double, _ i: Int) -> Double) -> Double {
  line.indices.map { i in smeared(line[i]) { x in f(x, i) } }.sum() / 200
}
lesson.derive("The denoising error is a score-matching error") { proof in
  let σ² = width * width
  proof.start(
    #"\operatorname{E} \lVert r(\tilde x) - x \rVert^2"#,
    expectedOverPairs { x, i in
      let miss = line[i] + σ² * ψ[i] - x
      return miss * miss
    })
  proof.equals(
    #"\sigma^4 \operatorname{E} \bigl\lVert \psi(\tilde x) - "#
      + #"\tfrac{x - \tilde x}{\sigma^2} \bigr\rVert^2"#,
    because: #"the definition of $\psi$"#,
    σ² * σ²
      * expectedOverPairs { x, i in
        let miss = ψ[i] - (x - line[i]) / σ²
        return miss * miss
      })
  proof.equals(
    #"\sigma^4 \Bigl( \operatorname{E} \lVert \psi \rVert^2 - 2 \operatorname{E} "#
      + #"\psi(\tilde x)^\top \tfrac{x - \tilde x}{\sigma^2} + \tfrac{D}{\sigma^2} \Bigr)"#,
    because: #"multiply out; $x - \tilde x = -\sigma \varepsilon$ and "#
      + #"$\operatorname{E} \lVert \varepsilon \rVert^2 = D$"#,
    σ² * σ²
      * (expected(ψ .* ψ) - 2 * expectedOverPairs { x, i in ψ[i] * (x - line[i]) / σ² } + 1 / σ²))
  proof.equals(
    #"\sigma^4 \Bigl( \operatorname{E} \lVert \psi \rVert^2 - 2 \operatorname{E} "#
      + #"\psi^\top \nabla \log p_\sigma + \tfrac{D}{\sigma^2} \Bigr)"#,
    because: #"Tweedie: given $\tilde x$, $(x - \tilde x) / \sigma^2$ has the mean "#
      + #"$\nabla \log p_\sigma(\tilde x)$"#,
    σ² * σ² * (expected(ψ .* ψ) - 2 * expected(ψ .* score) + 1 / σ²))
  proof.equals(
    #"\sigma^4 \operatorname{E}_{p_\sigma} \lVert \psi - \nabla \log p_\sigma \rVert^2 + "#
      + #"\sigma^2 D - \sigma^4 \operatorname{E}_{p_\sigma} \lVert \nabla \log p_\sigma "#
      + #"\rVert^2"#,
    because: "complete the square",
    σ² * σ² * expected((ψ .- score) .* (ψ .- score)) + σ² - σ² * σ² * expected(score .* score))
}
//: The last two terms do not depend on the network. So minimising the denoising error *is* minimising the
//: score-matching error, for every network and not only at the best $r$; and what remains at the minimum,
//: $\sigma^2 D - \sigma^4 \operatorname{E} \lVert \nabla \log p_\sigma \rVert^2$, is the error of the best denoiser.

//: ## The vector field in the plane
//:
//: Now data near a curve: mixtures of 60 to 120 narrow Gaussians strung along it, 0.02 wide across the curve (0.05
//: for the moons), whose score is known exactly, before and after smoothing by the noise. A network 2–64–64–2 with
//: rectified linear units learns from 2,000 points, each with new noise in every epoch. It is tested at other
//: points, drawn from $p_\sigma$, where its arrows are compared with $\sigma^2 \nabla \log p_\sigma$: by the cosine
//: of the whole fields and the least-squares slope, both weighted by density.
//: @file Fields.swift fields in the plane, their agreement with a score, and Langevin steps
let circle = GaussianMixture.circle()
let noisyCircle = circle.smoothed(σ: σ)
/// The best denoiser of the circle.
func exact(_ x̃: Matrix<Double>) -> Matrix<Double> { circle.posteriorMean(given: x̃, σ: σ) }
let planar: [(name: String, p: GaussianMixture, σ: Double, epochs: Int, reach: Double)] = [
  ("circle", circle, σ, 100, 1.6), ("spiral", .spiral(), 0.1, 200, 1.3),
  ("moons", .moons(), 0.2, 200, 1.8),
]
let seeds = (0..<5).map { lesson.seed + $0 }
let fields = planar.map { data in
  seeds.map { planarDenoiser(of: data.p, σ: data.σ, epochs: data.epochs, seed: $0) }
}
let agreements = zip(planar, fields).map { data, networks in
  zip(networks, seeds).map { Agreement($0, with: data.p, σ: data.σ, seed: $1) }
}
lesson.figure(
  "fields",
  "Learnt arrows resemble the exact ones: towards the circle from both sides, vanishing on "
    + "it. They "
    + "are drawn, at 0.4 of their length, only where $\\log p_\\sigma$ is within 8 of its peak."
) {
  fieldsFigure(
    planar[..<1].map { ($0.name, $0.p, $0.σ, $0.reach) }, fields[..<1].map { $0[0] })
}
lesson.figure(
  "curves",
  "The same for spiral and moons: arrows lead to the nearest branch and vanish between two."
) {
  fieldsFigure(
    planar[1...].map { ($0.name, $0.p, $0.σ, $0.reach) }, fields[1...].map { $0[0] })
}
let clean = zip(fields[0], seeds).map {
  Agreement($0, with: circle, σ: σ, smoothing: 0, seed: $1)
}
lesson.finding(
  "Five trained networks agree with the exact score of the noised circle: cosine "
    + "\(Numeral.fixed(agreements[0].map(\.cosine).least(), decimals: 3)) or better, length "
    + "within "
    + "\(Numeral.percent(agreements[0].map { abs($0.slope - 1) }.greatest())); the score of the "
    + "*clean* density would be "
    + "\(Numeral.short(1 / mean(clean.map(\.slope)), significant: 2)) times as large.")
lesson.table(
  "Learnt arrows against the exact score, seeds \(seeds[0]) to \(seeds[4]): mean and range",
  columns: ["data, epochs", "σ", "score of", "cosine", #"slope ∕ $\sigma^2$"#],
  rows: (planar.indices.map { k in
    ("\(planar[k].name), \(planar[k].epochs)", planar[k].σ, #"$p_\sigma$"#, agreements[k])
  } + [("circle, 100", σ, "$p$, the clean density", clean)]).map { name, σ, density, found in
    [
      Cell(name), Cell(σ), Cell(density), band(found.map(\.cosine)), band(found.map(\.slope)),
    ]
  })
func band(_ values: [Double]) -> Cell {
  Cell(
    "\(Numeral.short(mean(values), significant: 3)) "
      + "(\(Numeral.short(values.least(), significant: 3))"
      + " to \(Numeral.short(values.greatest(), significant: 3)))")
}
lesson.check(
  "circle: least cosine of five networks", agreements[0].map(\.cosine).least(), isAbove: 0.97,
  because: "less than 6 % of the squared field is missed, as 0.97² = 0.94")
lesson.check(
  "circle: the slope ∕ σ² of each of the five", agreements[0].map(\.slope),
  equal: [1, 1, 1, 1, 1], within: 0.1,
  because: "what a few hundred epochs may leave; "
    + "converged networks come to 1 %")
lesson.check(
  "circle, against the score of the *clean* density: greatest slope ∕ σ²",
  clean.map(\.slope).greatest(), isBelow: 0.1,
  because: #"across the curve the clean score is steeper by $(0.02^2 + \sigma^2) / 0.02^2$, "#
    + "at least 57 with this knob")
//: ## Deeper: Where a field is hard to learn
//:
//: Where few noisy points come, where the optimiser is slow, and where the exact arrow vanishes: on the ridge of the
//: density, but not only there.
//:
//: First the optimiser. The same moons with a quarter of the epochs, and with $\tanh$ units:
let short = (0..<5).map { n in
  let networks = (
    pointDenoiser(of: moonPoints(seeds[n]), σ: 0.2, epochs: 50, seed: seeds[n]),
    pointDenoiser(of: moonPoints(seeds[n]), σ: 0.2, .tanh, epochs: 50, seed: seeds[n]),
    pointDenoiser(of: moonPoints(seeds[n]), σ: 0.2, .tanh, epochs: 200, seed: seeds[n])
  )
  return [networks.0, networks.1, networks.2].map {
    Agreement($0, with: .moons(), σ: 0.2, seed: seeds[n])
  }
}
func moonPoints(_ seed: UInt64) -> Matrix<Double> {
  var drawing = RandomStream(seed: seed, name: "planar data")
  return GaussianMixture.moons().sample(2000, using: &drawing)
}
lesson.table(
  "Moons with σ = 0.2, seeds \(seeds[0]) to \(seeds[4]): mean and range",
  columns: ["units, epochs", "cosine", #"slope ∕ $\sigma^2$"#],
  rows: [
    ("ReLU, 200", agreements[2]), ("ReLU, 50", short.map { $0[0] }),
    ("tanh, 50", short.map { $0[1] }), ("tanh, 200", short.map { $0[2] }),
  ].map { name, found in
    [Cell(name), band(found.map(\.cosine)), band(found.map(\.slope))]
  })
lesson.say(
  "After 200 epochs the network with $\\tanh$ units reaches a slope of "
    + "\(Numeral.short(mean(short.map { $0[2].slope }), significant: 2)) where that with "
    + "rectified linear units has "
    + "\(Numeral.short(mean(agreements[2].map(\.slope)), significant: 2)): a field that is not "
    + "yet learnt is too smooth and too short.")
//: Arrows vanish on the ridge of the density, and in the very middle of the circle as well, where the density has a
//: local *minimum*: a zero of the score need not be a peak. And a field is learnt only where noise carries points.
let ridge = ridgeRadius(of: noisyCircle)
let distances = [0, 0.1, 0.3, 0.6, ridge - σ, ridge, ridge + σ, 1.6].sorted()
let lengths = distances.map { radius in
  fields[0].map { r in arrowLength({ r($0) }, radius: radius) }
}
lesson.table(
  "Mean length of the arrows on circles about the origin; learnt: mean and range of five "
    + "networks",
  columns: ["radius", #"$\log p_\sigma$ below its peak"#, "exact", "learnt"],
  rows: zip(distances, lengths).map { radius, learnt in
    let density = noisyCircle.logDensity(at: [[ridge, 0], [radius, 0]])
    return [
      .fixed(radius, decimals: 3), .fixed(density[0] - density[1], decimals: 2),
      .fixed(arrowLength(exact, radius: radius), decimals: 3), band(learnt),
    ]
  })
lesson.say(
  "The ridge of $p_\\sigma$ has the radius \(Numeral.short(ridge)), not 1: noise on a curve "
    + "pushes "
    + "the ridge to its inner side.")
lesson.check(
  "in the middle, the exact arrow over that at radius 0.1",
  arrowLength(exact, radius: 0) / arrowLength(exact, radius: 0.1), isBelow: 0.01,
  because: "by symmetry it vanishes; 60 Gaussians are nearly round")
lesson.check(
  "learnt arrows a distance σ off the ridge over those on it: least of five, both sides",
  fields[0].map { r in
    min(
      arrowLength({ r($0) }, radius: ridge + σ), arrowLength({ r($0) }, radius: ridge - σ))
      / arrowLength({ r($0) }, radius: ridge)
  }.least(), isAbove: 3,
  because: "the exact ones are near σ and 0; an error of a few per cent of σ may remain of the 0")

//: ## Deeper: Samples from a denoiser
//:
//: A denoiser knows a score, and a score is enough to draw samples: follow it uphill and add noise, in *Langevin*
//: steps ([](@roberts-tweedie-1996); with networks [](@song-ermon-2019)),
//:
//: $$ x \leftarrow x + a \bigl( r(x) - x \bigr) + \sqrt{2 a}\, \sigma \varepsilon, $$
//:
//: a step of $a \sigma^2$ up $\nabla \log p_\sigma$. How small must $a$ be? Take a Gaussian of variance $\sigma^2$,
//: which $p_\sigma$ nearly is across a thin curve: there $r(x) - x = -x$, and the chain's variance can be computed.
let a = 0.1
lesson.derive("The variance at which a Langevin chain settles, for a Gaussian") { proof in
  var settled = 0.0
  for _ in 0..<400 { settled = (1 - a) * (1 - a) * settled + 2 * a * σ * σ }
  proof.start("s", settled)
  proof.equals(
    #"(1 - a)^2 s + 2 a \sigma^2"#,
    because: #"one step multiplies by $1 - a$ and adds noise; the variance no longer changes"#,
    (1 - a) * (1 - a) * settled + 2 * a * σ * σ)
  proof.equals(
    #"\frac{2 a \sigma^2}{1 - (1 - a)^2}"#, because: "solve for $s$",
    2 * a * σ * σ / (1 - (1 - a) * (1 - a)))
  proof.equals(
    #"\frac{\sigma^2}{1 - a / 2}"#, because: "$1 - (1 - a)^2 = 2 a (1 - a / 2)$",
    σ * σ / (1 - a / 2))
}
//: So $a = 0.1$ makes the cloud $1 / \sqrt{0.95}$ times as wide as it should be, 2.6 % too wide. The chains start
//: anywhere in a square and take 100 steps, ten times as many as they need to forget a distance from the ring.
let chains = zip(fields[0], seeds).map { r, seed in
  langevin({ r($0) }, σ: σ, a: a, steps: 100, points: 1000, seed: seed)
}
let byExact = langevin(exact, σ: σ, a: a, steps: 100, points: 500, seed: lesson.seed)
let climbers = (0..<1).map { _ in
  var x = langevin({ $0 }, σ: 0, a: 0, steps: 1, points: 1000, seed: lesson.seed)
  for _ in 0..<100 { x = fields[0][0](x) }
  return x
}[0]
let own = seeds.map { seed in
  var random = RandomStream(seed: seed, name: "fresh points")
  return noisyCircle.sample(1000, using: &random)
}
let fitted = seeds.map { seed in
  var random = RandomStream(seed: seed, name: "fitted Gaussian")
  return GaussianMixture(means: [noisyCircle.mean], covariances: [noisyCircle.covariance])
    .sample(1000, using: &random)
}
let ringWidth = chains.map { spread(radii($0)) }
let trueWidth = own.map { spread(radii($0)) }
lesson.finding(
  "Langevin steps on a learnt field draw the noised circle: its ring is "
    + "\(Numeral.short(mean(ringWidth), significant: 3)) wide (standard deviation of the "
    + "radius), that of "
    + "fresh noisy data \(Numeral.short(mean(trueWidth), significant: 3)). Without the noise "
    + "in the steps "
    + "the points collapse to \(Numeral.short(spread(radii(climbers)), significant: 2)).")
lesson.figure(
  "samples",
  "Fresh noisy points and those of a Langevin chain look alike; one step of denoising afterwards "
    + "makes the ring thinner; a Gaussian with the same mean and covariance has no hole."
) {
  clouds(
    "A denoiser draws new points of the noised circle",
    [
      ("fresh noisy points", own[0]), ("Langevin, learnt field", chains[0]),
      ("then denoised once", fields[0][0](chains[0])), ("fitted Gaussian", fitted[0]),
    ])
}
lesson.table(
  "The radius of the points, over seeds \(seeds[0]) to \(seeds[4]): mean and range",
  columns: ["points", "mean radius", "its standard deviation"],
  rows: [
    ("fresh, from $p_\\sigma$", own), ("Langevin, learnt field", chains),
    ("Langevin, exact field, one run", [byExact]),
    ("Langevin, then one step of denoising", zip(fields[0], chains).map { $0($1) }),
    (#"$x \leftarrow r(x)$ only, one run"#, [climbers]),
    ("Gaussian with the mean and covariance", fitted),
  ].map { name, clouds in
    [
      Cell(name), band(clouds.map { mean(radii($0)) }), band(clouds.map { spread(radii($0)) }),
    ]
  })
lesson.check(
  "ring's width, Langevin on each learnt field ∕ fresh points",
  ringWidth.map { $0 / mean(trueWidth) },
  equal: [1, 1, 1, 1, 1], within: 0.12,
  because: "2.6 % from the step, 2.2 % a run from 1,000 points, some per cent from the field")
//: The samples are of $p_\sigma$, not of $p$: what a denoiser knows is the noised density. Sampling with less and
//: less noise is what diffusion models do.

//: ## Images, restored
//:
//: Handwriting has no score that we know. Here are five ways to clean unseen images of Gaussian noise: leave them as
//: they are; return the mean image; the best linear denoiser (derived below); the weighted mean of the training
//: images; and a network 64–128–128–64 with rectified linear units, trained for that noise with the cross-entropy.
//:
//: The weighted mean is the best denoiser *of the training images*, and so has the answer at hand if a writer of an
//: unseen image also wrote training images. The file gives no writers, but its order keeps their images together. So the
//: unseen part is a fifth of the file in that order, each fifth in turn: mostly other writers. For comparison, a random fifth.
let strengths = [0.2, 0.4, 0.7]
func trials(_ parts: [Parts], σ: Double, epochs: Int) -> [Cleaning] {
  zip(parts, seeds).map {
    Cleaning($0, σ: σ, count: 200, epochs: epochs, seed: $1)
  }
}
let fifths = (0..<5).map { consecutiveParts(of: digits, fifth: $0) }
let mixed = seeds.map { randomParts(of: digits, seed: $0) }
let cleaned = strengths.map { trials(fifths, σ: $0, epochs: epochs) }
let cleanedMixed = trials(mixed, σ: 0.4, epochs: epochs)
lesson.table(
  "Squared error per unseen image after Gaussian noise, \(epochs) epochs: mean of five parts, "
    + "and the paired "
    + "difference network − weighted mean with its standard error",
  columns: [
    "σ, unseen part", "as it is", "mean image", "linear", "weighted mean", "network",
    "difference",
  ],
  rows: (zip(strengths, cleaned).map { ("\($0), fifths in order", $1) } + [
    ("0.4, random fifths", cleanedMixed)
  ])
  .map { name, found in
    let gaps = found.map { $0.network - $0.memory }
    return [Cell(name)]
      + [\Cleaning.nothing, \.mean, \.linear, \.memory, \.network].map { way in
        Cell(mean(found.map { $0[keyPath: way] }), significant: 3)
      } + [
        Cell(
          "\(Numeral.short(mean(gaps), significant: 2)) ± "
            + Numeral.short(standardError(gaps), significant: 2))
      ]
  })
func sentence(_ found: [Cleaning]) -> String {
  verdict(
    found.map { $0.network - $0.memory }, below: "the network wins",
    above: "the weighted mean of the training images wins")
}
lesson.finding(
  "Who cleans unseen handwriting better depends on the noise. By paired differences over five "
    + "parts: "
    + zip(strengths, cleaned).map { "at σ = \($0) \(sentence($1))" }.joined(separator: ", ")
    + "; on random parts at σ = 0.4, whose writers were seen, \(sentence(cleanedMixed)).")
lesson.check(
  "the best linear denoiser against leaving the image as it is: greatest quotient",
  cleaned.joined().map { $0.linear / $0.nothing }.greatest(), isBelow: 1,
  because: "it may choose to leave the image, and 64 numbers are fitted to many images")
lesson.check(
  "the network against the best linear denoiser: greatest quotient",
  cleaned.joined().map { $0.network / $0.linear }.greatest(), isBelow: 1,
  because: #"$\operatorname{E}[x \mid \tilde x]$ is not linear for handwriting; "#
    + "a network that is trained long enough comes nearer to it")
//: With little noise the weighted mean hands out the nearest training image, which is not the one it was given; a
//: network generalises. With much noise many training images share the weight, and their mean is nearly what a mean
//: over all handwriting would be.

//: ## Deeper: The verdict and the budget
//:
//: How far does the verdict at σ = 0.4 hang on the epochs? Far: with a quarter of them one would conclude otherwise.
//:
//: One part of each kind, with a quarter of the epochs and with three times as many.
let budgets = [epochs / 4, epochs, 3 * epochs]
func budget(_ parts: Parts, atDefault known: Cleaning) -> [Cleaning] {
  budgets.map { n in n == epochs ? known : trials([parts], σ: 0.4, epochs: n)[0] }
}
let random = budget(mixed[0], atDefault: cleanedMixed[0])
let others = budget(fifths[0], atDefault: cleaned[1][0])
lesson.figure(
  "budget",
  "The network still improves at \(budgets[2]) epochs, by "
    + "\(Numeral.percent(1 - others[2].network / others[1].network)) over \(budgets[1]). With "
    + "\(budgets[0]) epochs alone one would draw another conclusion."
) {
  budgetFigure(
    epochs: budgets, random: random.map { [$0.network] }, others: others.map { [$0.network] },
    memory: (random[0].memory, others[0].memory))
}
lesson.say(
  "One part of each kind. Network − weighted mean with \(budgets[0]), \(budgets[1]) and "
    + "\(budgets[2]) epochs: "
    + random.map { Numeral.short($0.network - $0.memory, significant: 2) }.joined(separator: ", ")
    + " on a random fifth and "
    + others.map { Numeral.short($0.network - $0.memory, significant: 2) }.joined(separator: ", ")
    + " on the first fifth in order. `swift run 05-denoising-vector-field --epochs 240` "
    + "repeats the whole table with "
    + "the longest training.")
//: Rate and minibatch were chosen among five settings on one random split, with σ = 0.4, and kept for the rest.

//: ## Deeper: Salt and pepper, and a network that was never told
//:
//: [Srihari's network](@srihari): $\tanh$ units, tied weights, sigmoid output, cross-entropy, salt and pepper. Beside it stands
//: the same network that never saw a corrupted image: what does it make of one?
/// A network trained on clean digits, one trained to restore, and unseen digits, clean and
/// corrupted.
func restoration(
  seed: UInt64
) -> (plain: Denoiser, denoising: Denoiser, x: Matrix<Double>, x̃: Matrix<Double>) {
  let (training, test) = lesson.attempt { try digits.split(testShare: 1.0 / 3, seed: seed) }
  var noise = RandomStream(seed: seed, name: "salt and pepper on unseen digits")
  func network(_ corruption: Spoiling?) -> Denoiser {
    imageDenoiser(
      of: training.scaled, hidden: hidden, .tanh, corruption, epochs: 60, seed: seed)
  }
  return (
    network(nil), network(lesson.attempt { try .saltAndPepper(ν) }), test.scaled,
    saltAndPepper(test.scaled, using: &noise)
  )
}
let restorations = seeds.map { restoration(seed: $0) }
let (plain, denoising, _, x̃) = restorations[0]
lesson.figure(
  "restored",
  "Rows: unseen images; the same under salt and pepper; the plain autoencoder's outputs, "
    + "which are "
    + "not digits; and the denoising autoencoder's, which are blurred digits."
) {
  imageRows(
    "Only the network trained to restore restores",
    [
      ("original", unseen), ("corrupted", x̃), ("plain", plain(x̃)), ("denoising", denoising(x̃)),
    ], count: 12, width: digits.width, height: digits.height)
}
let restored = restorations.map { squaredError($0.denoising($0.x̃), $0.x) }
let spoilt = restorations.map { squaredError($0.x̃, $0.x) }
let untaught = restorations.map { squaredError($0.plain($0.x̃), $0.x) }
lesson.table(
  "Squared error per unseen image, seeds \(seeds[0]) to \(seeds[4]): mean and range",
  columns: [
    "trained", "clean input, original", "corrupted input, original",
    "corrupted input, that input",
  ],
  rows: [
    [
      "on clean images", band(restorations.map { squaredError($0.plain($0.x), $0.x) }),
      band(untaught),
      band(restorations.map { squaredError($0.plain($0.x̃), $0.x̃) }),
    ],
    [
      "to restore", band(restorations.map { squaredError($0.denoising($0.x), $0.x) }),
      band(restored),
      band(restorations.map { squaredError($0.denoising($0.x̃), $0.x̃) }),
    ],
    ["doing nothing", "0", band(spoilt), "0"],
    [
      "mean image",
      band(restorations.map { squaredError(meanImage(like: $0.x), $0.x) }),
      band(restorations.map { squaredError(meanImage(like: $0.x), $0.x) }),
      band(restorations.map { squaredError(meanImage(like: $0.x), $0.x̃) }),
    ],
  ])
func meanImage(like A: Matrix<Double>) -> Matrix<Double> {
  let μ = X.columnMeans
  return Matrix(rows: A.rows, columns: A.columns) { μ[$1] }
}
/// The share of the plain network's error that falls on pixels that have hardly any ink in
/// training.
let faint = X.columnMeans.indices.filter { X.columnMeans[$0] < 0.02 }
let faintShare = restorations.map { found in
  let miss = found.plain(found.x̃) - found.x
  let squares = (miss ⊙ miss).columnSums
  return faint.map { squares[$0] }.sum() / squares.sum()
}
let elsewhere = zip(untaught, faintShare).map { $0 * (1 - $1) }
lesson.say(
  "The plain network's error needs a second look: "
    + "\(Numeral.percent(mean(faintShare), decimals: 0)) of it falls on "
    + "\(faint.count) of the \(D) pixels, those with less than 2 % ink on average in "
    + "training. There its weights "
    + "were hardly ever used, so nothing was learnt about them; salt feeds them a 1, and they "
    + "add what they were "
    + "initialised to. On the other pixels alone it is still "
    + "\(Numeral.short(mean(elsewhere), significant: 3)), against "
    + "\(Numeral.short(mean(restored), significant: 3)) of the denoising network on all of them.")
lesson.check(
  "restored ∕ corrupted, greatest of five", zip(restored, spoilt).map { $0 / $1 }.greatest(),
  isBelow: 0.5,
  because:
    "the mean image alone would leave about half; whoever is worse has learnt nothing about "
    + "digits"
)
lesson.check(
  "the plain network is no help: its output ∕ its corrupted input, least of five",
  zip(untaught, spoilt).map { $0 / $1 }.least(), isAbove: 1,
  because: "nothing in its training asked for another output there than a copy's")

//: ## Deeper: One dimension: crossing the identity
//:
//: In one dimension $r$ can be drawn beside the identity. Where does it cross, how steeply, and is every crossing a
//: data point? Two data points can be settled in closed form, three by a look.
//:
//: Take two points at $\pm a$.
//: @file OneDimension.swift denoisers of numbers: their crossings and slopes
lesson.derive(#"The best denoiser of two points $\pm a$"#) { proof in
  let (a, σ) = (0.5, 0.3)
  let x = (0..<41).map { -1 + 0.05 * Double($0) }
  let pair = GaussianMixture(means: [[-0.5], [0.5]], σ: 0)
  proof.start(
    #"r(x) = \operatorname{E}[x \mid \tilde x = x]"#,
    pair.posteriorMean(
      given: Matrix(rows: 41, columns: 1, elements: x), σ: σ
    ).elements)
  proof.equals(
    #"a \frac{e^{-(x - a)^2 / 2\sigma^2} - e^{-(x + a)^2 / 2\sigma^2}}"#
      + #"{e^{-(x - a)^2 / 2\sigma^2} + e^{-(x + a)^2 / 2\sigma^2}}"#,
    because: "Bayes, with the prior probabilities ½",
    x.map { x in
      let right = Double.exp(-(x - a) * (x - a) / (2 * σ * σ))
      let left = Double.exp(-(x + a) * (x + a) / (2 * σ * σ))
      return a * (right - left) / (right + left)
    })
  proof.equals(
    #"a \tanh(a x / \sigma^2)"#, because: #"divide by $e^{-(x^2 + a^2) / 2 \sigma^2}$"#,
    x.map { a * Double.tanh(a * $0 / (σ * σ)) })
}
//: At $x = 0$ this has the slope $a^2 / \sigma^2$, and for $x > 0$ it bends downwards. So if $\sigma < a$ it starts
//: above the identity and crosses it once more on each side; if $\sigma \ge a$ it stays below, and the only crossing
//: is in the middle: the two points have merged into one.
let widths = [0.2, 0.5, 0.8, 0.95, 1.05, 1.5]
lesson.check(
  #"two points at $\pm 0.5$, $\sigma / a$ = 0.2, 0.5, 0.8, 0.95, 1.05, 1.5: crossings are 3 "#
    + #"if $\sigma < a$, else 1"#,
  widths.map { Double(crossings(of: bestDenoiser(of: [-0.5, 0.5], σ: 0.5 * $0)).count) },
  equal: widths.map { $0 < 1 ? 3 : 1 }, within: 0, because: "counts; proved above")

//: Where $r(x) = x$ the score is zero: crossings are the peaks *and* the valleys of $p_\sigma$. The slope tells which:
//: as $r(x) = x + \sigma^2 (\log p_\sigma)'(x)$, it is $1 + \sigma^2 (\log p_\sigma)''(x)$, below 1 at a peak and above
//: 1 in a valley. It can be computed, for it is a variance over $\sigma^2$.
lesson.derive("The slope of the best denoiser") { proof in
  let (points, σ) = ([-0.5, 0, 0.5], 0.2)
  let x = (0..<29).map { -0.7 + 0.05 * Double($0) }
  func weights(_ x: Double) -> [Double] {
    let w = points.map { Double.exp(-(x - $0) * (x - $0) / (2 * σ * σ)) }
    return w.map { $0 / w.sum() }
  }
  func mean(_ x: Double, _ f: (Double) -> Double) -> Double {
    zip(weights(x), points).map { $0 * f($1) }.sum()
  }
  func r(_ x: Double) -> Double { mean(x) { $0 } }
  proof.start(#"r'(x)"#, x.map { (r($0 + 1e-5) - r($0 - 1e-5)) / 2e-5 })
  proof.equals(
    #"\sum_n x_n\, p(x_n \mid x) \frac{x_n - r(x)}{\sigma^2}"#,
    because: #"the derivative of $p(x_n \mid x)$ is $p(x_n \mid x) (x_n - r(x)) / \sigma^2$"#,
    x.map { x in mean(x) { $0 * ($0 - r(x)) } / (σ * σ) }, within: 1e-7)
  proof.equals(
    #"\operatorname{Var}[x_n \mid x] / \sigma^2"#,
    because: #"$\operatorname{E}[x_n (x_n - r)] = \operatorname{E}[x_n^2] - r^2$"#,
    x.map { x in mean(x) { ($0 - r(x)) * ($0 - r(x)) } / (σ * σ) })
}
//: Near a lone data point only that point is likely: no variance, slope 0, and whatever is near is pulled to the
//: point. Half-way between two points at distance $2a$ the slope is $a^2 / \sigma^2$. Three points, and two noise
//: levels:
let points = [-0.5, 0, 0.5]
let copies = Matrix(rows: 300, columns: 1) { n, _ in points[n % 3] }
let levels = [0.1, 0.25]
let optimal = levels.map { bestDenoiser(of: points, σ: $0) }
let curves = seeds.map { seed in
  levels.map { curve(of: pointDenoiser(of: copies, σ: $0, epochs: 300, seed: seed)) }
}
lesson.figure(
  "one-dimension",
  "With σ = 0.1 the best denoiser is a staircase that crosses the identity five times, nearly "
    + "flat "
    + "at the data and steep between; with σ = 0.25 it crosses once. The trained network "
    + "follows it. "
    + "The arrows below are those of the best one, r(x̃) − x̃: with little noise they lead to "
    + "the "
    + "nearest data point, with more they point inwards, and between the outer points they "
    + "nearly "
    + "vanish."
) {
  Figure("More noise, fewer crossings; data at −½, 0, ½", columns: 2, width: 560) {
    for i in 0..<2 { comparison("σ = \(levels[i])", best: optimal[i], learnt: curves[0][i]) }
  }
}
let stairs = crossings(of: optimal[0])
let steepness = stairs.map { slope(of: optimal[0], at: $0) }
lesson.table(
  "Crossings of the identity with σ = 0.1",
  columns: ["at", "slope of the best denoiser", "that is"],
  rows: zip(stairs, steepness).map { x, slope in
    [
      .fixed(x, decimals: 4), Cell(slope, significant: 3),
      slope < 1 ? "a peak of $p_\\sigma$" : "a valley of it",
    ]
  })
lesson.check(
  "five networks against the best denoiser: greatest mean square difference under $p_\\sigma$, "
    + "over σ²",
  curves.flatMap { networks in
    zip(levels, zip(networks, optimal)).map { σ, pair in
      difference(pair.0, pair.1, points: points, σ: σ) / (σ * σ)
    }
  }.greatest(), isBelow: 0.03,
  because: "an error of the arrows below a sixth of the noise")
lesson.check(
  "crossings with σ = 0.1 and with σ = 0.25",
  optimal.map { Double(crossings(of: $0).count) }, equal: [5, 1], within: 0,
  because: "counts; three peaks with two valleys between, and one peak")
lesson.check(
  "slope at the three data points, largest", [0, 2, 4].map { steepness[$0] }.greatest(),
  isBelow: 0.01,
  because: #"a neighbour at $5 \sigma$ has the weight $e^{-12.5}$, times $25$ of the variance"#)
lesson.check(
  "slope half-way between, least", [1, 3].map { steepness[$0] }.least(), isAbove: 1,
  because: #"$a^2 / \sigma^2 = 6.25$, but for the third point"#)
lesson.say(
  "The five networks trained with σ = 0.1 cross the identity "
    + curves.map { String(crossings(of: $0[0]).count) }.joined(separator: ", ") + " times.")
//: "Crosses the identity at every data point", as the slides say, is thus true for small noise only, and not all
//: crossings are data.

//: ## Deeper: The best linear denoiser
//:
//: How much of this can a linear network do, $r(\tilde x) = P \tilde x$ with $P = W^* W$? The answer is the Wiener
//: filter: each principal component, shrunk by its share of the noise. For Gaussian data nothing does better.
//:
//: Let the examples be centred, $\sum_n x_n = 0$, with the covariance $S = U \Lambda U^\top$. The mean over the noise
//: can be taken exactly: $\varepsilon = \pm \sqrt D e_i$, all $2D$ equally likely, has the mean 0 and the covariance $I$
//: of the normal distribution, and nothing else enters a quadratic loss.
let level = 0.5
let μ = X.columnMeans
let Z = X.subtractingFromEachRow(μ)
let S = (1 / Double(Z.rows)) * (Z.T * Z)
let spectrum = SymmetricEigen(S)
let noisyS = S + level * level * Matrix.identity(D)
/// P* = S (S + σ²I)⁻¹, by its transpose (S + σ²I)⁻¹ S.
let best = lesson.attempt { try noisyS.solve(S).T }
let remaining = spectrum.values.map { $0 * level * level / ($0 + level * level) }.sum()
lesson.derive("The best linear denoiser shrinks each principal component") { proof in
  var random = lesson.stream("some P")
  let P = Matrix.normal(rows: D, columns: D, standardDeviation: 0.1, using: &random)
  let (rest, σ) = (Z - Z * P.T, level)
  let losses = (0..<D).flatMap { i in
    [1.0, -1.0].map { sign in
      var difference = rest
      difference.addToEachRow(P.column(i).map { -sign * σ * Double(D).squareRoot() * $0 })
      return difference.squaredNorm / Double(Z.rows)
    }
  }
  proof.start(
    #"\operatorname{E} \lVert x - P(x + \sigma \varepsilon) \rVert^2"#,
    losses.sum() / Double(2 * D))
  proof.equals(
    #"\frac{1}{N} \sum_n \lVert x_n - P x_n \rVert^2 + \sigma^2 \lVert P \rVert_F^2"#,
    because:
      #"$\operatorname{E} \varepsilon = 0$ and $\operatorname{E} \varepsilon \varepsilon^\top "#
      + #"= I$: "#
      + "noise on the input is a penalty on $P$",
    rest.squaredNorm / Double(Z.rows) + σ * σ * P.squaredNorm)
  let I = Matrix<Double>.identity(D)
  proof.equals(
    #"\operatorname{tr} (I - P) S (I - P)^\top + \sigma^2 \operatorname{tr} P P^\top"#,
    because: "the definition of $S$",
    ((I - P) * S * (I - P).T).trace + σ * σ * (P * P.T).trace)
  proof.equals(
    #"\operatorname{tr} (P - P^*)(S + \sigma^2 I)(P - P^*)^\top + \operatorname{tr} (S - P^* S)"#,
    because: #"complete the square, with $P^* = S (S + \sigma^2 I)^{-1}$"#,
    ((P - best) * noisyS * (P - best).T).trace + (S - best * S).trace)
  proof.atLeast(
    #"\operatorname{tr} (S - P^* S)"#,
    because: #"$S + \sigma^2 I$ is positive; equality needs $P = P^*$"#,
    (S - best * S).trace)
  proof.equals(
    #"\sum_i \frac{\lambda_i \sigma^2}{\lambda_i + \sigma^2}"#,
    because:
      #"$P^* = U \operatorname{diag}\left(\frac{\lambda_i}{\lambda_i + \sigma^2}\right) U^\top$"#,
    remaining)
}
//: PCA keeps a component or drops it. The denoiser keeps the share $\lambda_i / (\lambda_i + \sigma^2)$ of it, most of
//: a strong one and little of a weak one. A linear network trained from random weights finds that. (Its mean over the
//: noise is taken exactly again, by made-up pairs: $\sqrt{\lambda_i} u_i$ is to become itself, and $\sigma e_i$ is to
//: become 0. Images of more than 64 pixels are taken in the coordinates of their 64 leading components, $e_i$ for
//: $u_i$: neither $P^*$ nor the noise mixes these with the others.)
let (axes, variances) =
  D <= 64
  ? (spectrum.vectors, spectrum.values) : (.identity(64), Array(spectrum.values[..<64]))
let linear = linearDenoiser(axes, variances, σ: level, iterations: 500, seed: lesson.seed)
let P = linear.decoder.W * linear.encoder.W
let bestOfAxes =
  D <= 64 ? best : Matrix.diagonal(variances.map { $0 / ($0 + level * level) })
let gains = variances.indices.map { i in dot((P * axes).column(i), axes.column(i)) }
lesson.table(
  "How much of a principal component is left, with σ = 0.5",
  columns: [
    "component", #"variance $\lambda_i$"#, #"$\lambda_i / (\lambda_i + \sigma^2)$"#,
    "by the trained network",
  ],
  rows: [1, 2, 4, 8, 16, 32].map { i in
    let λ = spectrum.values[i - 1]
    return [
      Cell(i), Cell(λ, significant: 3), .fixed(λ / (λ + level * level), decimals: 4),
      .fixed(gains[i - 1], decimals: 4),
    ]
  })
lesson.check(
  #"trained linear network: $\lVert W^* W - P^* \rVert_F / \lVert P^* \rVert_F$"#,
  (P - bestOfAxes).norm / bestOfAxes.norm,
  isBelow: 0.01, because: "500 iterations of L-BFGS on a loss without bad minima (lesson 02)")
//: If the data were Gaussian there would be nothing to gain by a non-linear network:
lesson.derive("For Gaussian data the best linear denoiser is the best of all") { proof in
  let σ² = level * level
  let gaussian = GaussianMixture(means: Matrix(rows: 1, columns: D), covariances: [S])
  var noise = lesson.stream("Gaussian data")
  let x̃ = gaussian.smoothed(σ: level).sample(10, using: &noise)
  proof.start(#"\operatorname{E}[x \mid \tilde x]"#, gaussian.posteriorMean(given: x̃, σ: level))
  proof.equals(
    #"\tilde x + \sigma^2 \nabla \log p_\sigma(\tilde x)"#, because: "Tweedie's formula",
    x̃ + σ² * gaussian.smoothed(σ: level).score(at: x̃))
  proof.equals(
    #"\tilde x - \sigma^2 (S + \sigma^2 I)^{-1} \tilde x"#,
    because: #"$p_\sigma = \mathcal N(0, S + \sigma^2 I)$"#,
    x̃ - σ² * lesson.attempt { try noisyS.solve(x̃.T).T })
  proof.equals(
    #"S (S + \sigma^2 I)^{-1} \tilde x = P^* \tilde x"#,
    because: #"$I - \sigma^2 (S + \sigma^2 I)^{-1} = S (S + \sigma^2 I)^{-1}$"#,
    x̃ * best.T)
}

//: ## Deeper: Filters with 0, 25 and 50 % corruption
//:
//: [](@vincent-2008) showed filters, the rows of $W$ as images, after training with more and more masking. Do they become
//: smoother here, and do they make better features?
//:
//: Here are the first 20 units of three networks (sigmoid units, tied, cross-entropy, 30 epochs) that began with the
//: same weights. Smoothness is measured by the *roughness*: squared differences of neighbouring pixels over the squared
//: length. Features are judged by the label of the nearest training image, as code sees it, with controls: the pixels
//: themselves, and the same network *untrained*.
//: @file Filters.swift how rough a filter is
let shares = [0, 0.25, 0.5]
struct Masked {
  let filters: [[Double]]
  let roughness, errors: Double
}
func masked(_ ν: Double?, parts: (LabelledImages, LabelledImages), seed: UInt64) -> Masked {
  let (X, unseen) = (parts.0.scaled, parts.1.scaled)
  // Without a share nothing is learnt: one epoch on blank images leaves the weights random.
  let network = imageDenoiser(
    of: ν == nil ? Matrix(rows: 50, columns: D) : X, hidden: hidden, .sigmoid,
    ν.flatMap { share in share == 0 ? nil : lesson.attempt { try .masking(share) } },
    epochs: ν == nil ? 1 : 30, seed: seed)
  let nearest = NearestNeighbour(network.encode(X), labels: parts.0.labels)
  return Masked(
    filters: network.filters, roughness: medianRoughness(network.filters, width: digits.width),
    errors: nearest.errorRate(network.encode(unseen), labels: parts.1.labels))
}
let splits = seeds.map { seed in
  lesson.attempt { try digits.split(testShare: 1.0 / 3, seed: seed) }
}
let networks = (shares.map(Optional.some) + [nil]).map { share in
  zip(splits, seeds).map { masked(share, parts: ($0.training, $0.test), seed: $1) }
}
let fromPixels = splits.map { parts in
  NearestNeighbour(parts.training.scaled, labels: parts.training.labels)
    .errorRate(parts.test.scaled, labels: parts.test.labels)
}
lesson.figure(
  "filters",
  "The same twenty units in three networks. Their median roughness is "
    + zip(shares, networks).map {
      "\(Numeral.fixed($1[0].roughness, decimals: 2)) with "
        + "\(Numeral.percent($0, decimals: 0))"
    }.joined(separator: ", ") + " of the pixels masked."
) {
  filterFigure(
    zip(shares, networks).map { (Numeral.percent($0, decimals: 0) + " masked", $1[0].filters) },
    width: digits.width, height: digits.height)
}
lesson.table(
  "What masking does to the hidden layer, seeds \(seeds[0]) to \(seeds[4]): mean and range",
  columns: ["masked", "median roughness", "nearest code has another label, %"],
  rows: zip(["0 %", "25 %", "50 %", "untrained"], networks).map { name, found in
    [Cell(name), band(found.map(\.roughness)), band(found.map { 100 * $0.errors })]
  } + [["raw pixels", "–", band(fromPixels.map { 100 * $0 })]])
func changes(_ k: Int, _ value: (Masked) -> Double) -> [Double] {
  zip(networks[k], networks[0]).map { value($0) - value($1) }
}
func measured(_ differences: [Double]) -> String {
  "\(Numeral.short(mean(differences), significant: 2)) ± "
    + Numeral.short(standardError(differences), significant: 2)
}
lesson.say(
  "Paired over five seeds, against no masking: 25 % change the roughness by "
    + "\(measured(changes(1) { $0.roughness })) ("
    + verdict(changes(1) { $0.roughness }, below: "smoother", above: "rougher")
    + "), 50 % by \(measured(changes(2) { $0.roughness })) ("
    + verdict(changes(2) { $0.roughness }, below: "smoother", above: "rougher")
    + "). The errors change by \(measured(changes(1) { 100 * $0.errors })) points ("
    + verdict(changes(1) { $0.errors }, below: "fewer", above: "more")
    + ") and \(measured(changes(2) { 100 * $0.errors })) points ("
    + verdict(changes(2) { $0.errors }, below: "fewer", above: "more")
    + "); against the raw pixels the code of 50 % masking makes "
    + verdict(
      zip(networks[2], fromPixels).map { $0.errors - $1 }, below: "fewer errors",
      above: "more errors") + ".")
lesson.say(
  "A filter of white noise has a roughness of "
    + "\(Numeral.short(2 - 1 / Double(digits.width) - 1 / Double(digits.height))) on average.")

//: ## Deeper: Errata
//:
//: Ten slips in the slides, most of them in [Srihari's](@srihari): a distribution named after the wrong half, a score
//: confused with its multiple, and statements that hold for small noise only.
//:
//: - The loss of the denoising autoencoder is given as $-\log p_{\text{encoder}}(x \mid h = f(\tilde x))$. It is the
//:   *decoder's* distribution.
//: - The training criterion is an expectation over "$\tilde x \sim p_{\text{data}}(x)$". It is over $x \sim
//:   p_{\text{data}}$ and then $\tilde x \sim C(\tilde x \mid x)$; and one descends on its negative.
//: - Another slide puts the tilde on the encoder $f$. Only the input is corrupted.
//: - "Estimates this score as $(g(f(x) - x)$", with a bracket too few: $g(f(x)) - x$ is $\sigma^2$ *times* a score, and
//:   not the score of the data but of the noised density. Besides the squared error, which his Gaussian $p(x \mid h)$
//:   stands for, it needs Gaussian *noise*. That error is printed as $\lVert g(f(\tilde x) - x) \rVert^2$; it is $\lVert
//:   g(f(\tilde x)) - x \rVert^2$.
//: - "$\nabla_x \log p(x)$ which is the slope of the density": of its *logarithm*.
//: - "An identity function (also called null function)": a null function returns 0.
//: - "The optimal reconstruction function crosses the identity function whenever there is a data point": near each, if
//:   the noise is small against the gaps; and between them too. With more noise, data points share a crossing.
//: - "Where probability is maximum arrows shrink": also where it is least, and at saddles. See the middle of the circle.
//: - The text wants 30–50 % of the input nodes set to *zero*; the code applies salt and pepper at 0.4, which sets 20 %
//:   to zero and 20 % to one.
//: - The encoder followed by the decoder is written $(f \circ g)(x)$ in [session 19](@session-19), as in Srihari's; with
//:   $f$ the encoder it is $g \circ f$.

//: ## Deeper: Is my number right?
//:
//: The experiments above use five seeds, from yours upwards, in every table. Here are the headline figures once more, beside those of
//: seeds 1 to 5.
lesson.bands("Headline figures") { seed in
  let known = seeds.firstIndex(of: seed)
  let found =
    known.map { agreements[0][$0] }
    ?? Agreement(
      planarDenoiser(of: circle, σ: σ, epochs: 100, seed: seed), with: circle, σ: σ, seed: seed)
  let staircase =
    known.map { curves[$0][0] }
    ?? curve(of: pointDenoiser(of: copies, σ: 0.1, epochs: 300, seed: seed))
  let (plain, denoising, x, x̃) = known.map { restorations[$0] } ?? restoration(seed: seed)
  return [
    "circle: cosine": found.cosine,
    "circle: slope ∕ σ²": found.slope,
    "three points, σ = 0.1: crossings of the network": Double(crossings(of: staircase).count),
    "salt and pepper: restored ∕ corrupted":
      squaredError(denoising(x̃), x) / squaredError(x̃, x),
    "salt and pepper: plain ∕ corrupted": squaredError(plain(x̃), x) / squaredError(x̃, x),
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question A colleague's denoising autoencoder reaches a training loss near zero although half of the pixels are
//: masked. What did he most likely do?
//: @answer He compares the output with the *corrupted* input. Copying solves that. The best loss against the clean
//: input is $\operatorname{E} \operatorname{Var}[x \mid \tilde x] > 0$ wherever $\tilde x$ does not determine $x$.
//:
//: @question You halve $\sigma$. What happens to the arrows $r(\tilde x) - \tilde x$ at a given point near the data, and
//: to the score they estimate?
//: @answer Where the score of $p_\sigma$ hardly changes (data spread out much wider than $\sigma$) the arrows shrink to
//: a quarter. Off a thin curve the arrow still leads all the way back, so it stays as long, and the score grows
//: fourfold.
//:
//: @question Two data points lie 0.6 apart. Up to which $\sigma$ does the best denoiser keep them apart?
//: @answer $a = 0.3$: for $\sigma < 0.3$ it crosses the identity three times, from there on once.
//:
//: @question Your network's arrows have the right direction but are 40 % too short. Name two possible causes.
//: @answer It has not converged: a field that is smoothed too much has a slope below 1. Or, if the data are spread out
//: much wider than $\sigma$, the noise in training was less than the $\sigma$ you divide by: with $\sqrt{0.6} \, \sigma$
//: the arrows come out so. Near a thin curve that would hardly show: see the second question.
//:
//: @question Two networks have denoising errors of 0.030 and 0.032 on the same noisy data; the best possible is 0.029.
//: By which factor do their score-matching errors differ?
//: @answer By three: the constant 0.029 is common, and the rest is $\sigma^4$ times the score-matching error, 0.001
//: against 0.003. Denoising errors that look alike may hide very different scores.
//:
//: @question Masking with $\nu = 1$: what does the best denoiser return?
//: @answer The mean of all examples: $\tilde x = 0$ whatever $x$ was, and $\operatorname{E}[x \mid \tilde x] =
//: \operatorname{E}[x]$.
//:
//: @question Why is noise on the input of a *linear* autoencoder the same as a penalty, and not for a non-linear one?
//: @answer For $r(\tilde x) = P \tilde x$ the noise enters as $\sigma P \varepsilon$ whatever $x$ is: the mean of its
//: square is $\sigma^2 \lVert P \rVert_F^2$. A non-linear $r$ responds differently at each $x$; to first order $P$
//: becomes its Jacobian there, and [lesson 06](../06-contractive-jacobian/README.md) counts what is missing beyond.

//: ## Sources
//:
//: @sources
lesson.finish()
