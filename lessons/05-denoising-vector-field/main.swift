//: # 5 · The denoising autoencoder's vector field
//:
//: Spoil the input, ask for the original: that is all a denoising autoencoder changes, one or two lines of code. It changes
//: what is learnt. Copying no longer helps; the network has to know what the data look like. This lesson proves what the
//: best denoiser computes, and that with Gaussian noise its arrows $r(\tilde x) - \tilde x$ are the gradient of the logarithm
//: of a density, in proportion. Then it measures how close trained networks come, where the exact answer is known.
//:
//: | symbol | meaning |
//: |:--|:--|
//: | $x$, $\tilde x$ | a clean example and its corrupted copy, drawn from $C(\tilde x \mid x)$ |
//: | $\nu$, $\sigma$ | the probability that a component is spoilt; the standard deviation of Gaussian noise |
//: | $r(\tilde x) = g(f(\tilde x))$ | the reconstruction: encoder $f$, then decoder $g$ |
//: | $p$, $p_\sigma$ | the density of $x$, and that of $\tilde x = x + \sigma \varepsilon$ with $\varepsilon \sim \mathcal N(0, I)$ |
//: | $\nabla \log p$ | the *score*: the direction in which the density grows fastest, relative to itself |
//: | $\operatorname{E}[x \mid \tilde x]$ | the mean of all clean examples that may be behind $\tilde x$ |
//: | $W, W^*$ | the weights of encoder and decoder |
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "The best denoiser is a conditional mean; under Gaussian noise its arrows are σ² times the score of the noised density."
)
let σ = lesson.knob("noise", 0.2, in: 0.15...0.4, "the standard deviation σ of the noise about the circle")
let ν = lesson.knob("corruption", 0.4, in: 0.2...0.6, "the share ν of an image's pixels that salt and pepper spoil")
let hidden = lesson.knob("hidden", 100, in: 64...200, "hidden units of the networks that restore images")

let digits = lesson.images(ImageNeeds(pixels: 32))
let D = digits.width * digits.height
let (training, test) = split(seed: lesson.seed)
let (X, unseen) = (training.scaled, test.scaled)

//: ## Three ways to spoil an input
//:
//: - *Masking*: each component becomes 0 with probability $\nu$.
//: - *Gaussian noise*: $\tilde x = x + \sigma \varepsilon$.
//: - *Salt and pepper*: with probability $\nu$ a component becomes 0 or 1, each as often as the other.
let corruptions: [(name: String, apply: Corruption<Double>, mean: (Double) -> Double)] = lesson.attempt {
  [
    ("masking", try .masking(ν), { x in (1 - ν) * x }),
    ("Gaussian noise", try .gaussian(σ: 0.5), { x in x }),
    ("salt and pepper", try .saltAndPepper(ν), { x in (1 - ν) * x + ν / 2 }),
  ]
}
lesson.figure(
  "corruptions",
  "Ten images, clean and spoilt in three ways: masking only takes ink away, Gaussian noise and salt and pepper add some as well."
) { corruptionFigure() }
//: Only Gaussian noise leaves the mean where it was: masking pulls it to $(1 - \nu) x$, salt and pepper to
//: $(1 - \nu) x + \nu / 2$. (Counted over 2000 copies of one image; the pixel that deviates most, in standard errors.)
for (name, corrupt, mean) in corruptions {
  lesson.check(
    "\(name): the mean of the copies is as stated, in standard errors",
    deviation(of: corrupt, at: unseen.row(0), from: mean), isBelow: 5)
}

//: ## The best denoiser is a conditional mean
//:
//: Training minimises $\operatorname{E} \lVert x - r(\tilde x) \rVert^2$ over pairs of an example $x$ and its corruption $\tilde x$. Which
//: function $r$ would be the best of all? Here is a world small enough to list: four patterns of four pixels, with their
//: probabilities, and all sixteen $\tilde x$ that masking may make of them.
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
//: @fold The derivation in Swift
lesson.derive(#"No function of $\tilde x$ does better than $m(\tilde x) = \operatorname{E}[x \mid \tilde x]$"#) {
  proof in
  var random = lesson.stream("some function")
  let r = Matrix<Double>.uniform(rows: 16, columns: 4, using: &random)
  let q = joint.columnSums
  let seen = (0..<16).filter { q[$0] > 0 }
  func m(_ j: Int) -> [Double] { (0..<4).map { i in (0..<4).map { joint[$0, j] / q[j] * patterns[$0, i] }.sum() } }
  func distance(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map { ($0 - $1) * ($0 - $1) }.sum() }
  /// Σ over x̃ of q(x̃) times the mean over x, given x̃, of what is asked.
  func expectation(_ f: (_ x: [Double], _ j: Int) -> Double) -> Double {
    seen.map { j in q[j] * (0..<4).map { joint[$0, j] / q[j] * f(patterns.row($0), j) }.sum() }.sum()
  }
  proof.start(
    #"\operatorname{E} \lVert x - r(\tilde x) \rVert^2 = \sum_x \sum_{\tilde x} p(x)\, C(\tilde x \mid x) \lVert x - r(\tilde x) \rVert^2"#,
    (0..<4).flatMap { n in (0..<16).map { j in joint[n, j] * distance(patterns.row(n), r.row(j)) } }.sum())
  proof.equals(
    #"\sum_{\tilde x} q(\tilde x) \operatorname{E}[\lVert x - r(\tilde x) \rVert^2 \mid \tilde x]"#,
    because: #"Bayes: $p(x)\, C(\tilde x \mid x) = q(\tilde x)\, p(x \mid \tilde x)$"#,
    expectation { x, j in distance(x, r.row(j)) })
  proof.equals(
    #"\operatorname{E} \lVert x - m \rVert^2 + 2 \operatorname{E} (x - m)^\top (m - r) + \operatorname{E} \lVert m - r \rVert^2"#,
    because: "write $x - r$ as $(x - m) + (m - r)$ and multiply out",
    expectation { x, j in distance(x, m(j)) }
      + 2 * expectation { x, j in (0..<4).map { (x[$0] - m(j)[$0]) * (m(j)[$0] - r[j, $0]) }.sum() }
      + expectation { _, j in distance(m(j), r.row(j)) })
  proof.equals(
    #"\operatorname{E} \lVert x - m \rVert^2 + \operatorname{E} \lVert m - r \rVert^2"#,
    because: #"given $\tilde x$, $m - r$ is fixed and $x - m$ has the mean 0"#,
    expectation { x, j in distance(x, m(j)) } + seen.map { q[$0] * distance(m($0), r.row($0)) }.sum())
  proof.atLeast(
    #"\operatorname{E} \lVert x - m \rVert^2"#, because: "a square is not negative; equality needs $r = m$",
    expectation { x, j in distance(x, m(j)) })
}
//: Nothing in it depends on masking: it holds for every corruption. Nor does the cross-entropy change the answer, whose
//: $-x \log \hat x - (1 - x) \log(1 - \hat x)$ is linear in $x$: its mean given $\tilde x$ depends on the data through
//: $\operatorname{E}[x \mid \tilde x]$ only, and is least where $\hat x$ equals that.

//: ## Under Gaussian noise it climbs the density
//:
//: For Gaussian noise one can say more, and it needs no more than the derivative of a Gaussian. The formula is called
//: Tweedie's or Miyasawa's; Alain and Bengio (2014) brought it to autoencoders. Here $p$ puts equal weight on 50 points near a circle, and
//: the lines are evaluated at five places.
let circle = GaussianMixture.circle()
var drawing = lesson.stream("points")
let atoms = circle.sample(50, using: &drawing)
let places: Matrix<Double> = [[0, 0.1], [0.7, 0.7], [-1.2, 0.4], [0.3, -0.8], [1.5, 1.5]]
/// p(xₙ) N(x̃; xₙ, σ²I) of each atom at a place, and their sum, the density p_σ.
func terms(_ x̃: [Double]) -> [Double] {
  (0..<50).map { n in
    let (dx, dy) = (x̃[0] - atoms[n, 0], x̃[1] - atoms[n, 1])
    return Double.exp(-(dx * dx + dy * dy) / (2 * σ * σ)) / (2 * .pi * σ * σ) / 50
  }
}
func atPlaces(_ f: (_ x̃: [Double], _ i: Int) -> Double) -> Matrix<Double> {
  Matrix(rows: places.rows, columns: 2) { n, i in f(places.row(n), i) }
}
/// The partial derivative of a function by central differences.
func slope(_ f: ([Double]) -> Double, _ x̃: [Double], _ i: Int) -> Double {
  var (after, before) = (x̃, x̃)
  after[i] += 1e-5
  before[i] -= 1e-5
  return (f(after) - f(before)) / 2e-5
}
//: @fold The derivation in Swift
lesson.derive("What the best denoiser adds to its input") { proof in
  let smoothed = GaussianMixture(means: atoms, σ: 0).smoothed(σ: σ)
  let mean = { (x̃: [Double], i: Int) in zip(terms(x̃), atoms.column(i)).map { $0 * $1 }.sum() / terms(x̃).sum() }
  proof.start(
    #"\nabla \log p_\sigma(\tilde x)"#,
    atPlaces { x̃, i in
      slope({ smoothed.logDensity(at: Matrix(rows: 1, columns: 2, elements: $0))[0] }, x̃, i)
    })
  proof.equals(
    #"\frac{1}{p_\sigma(\tilde x)} \nabla \sum_n p(x_n)\, \mathcal N(\tilde x; x_n, \sigma^2 I)"#,
    because: "the derivative of a logarithm; $p_\\sigma$ is $p$ smeared out by the noise",
    atPlaces { x̃, i in slope({ terms($0).sum() }, x̃, i) / terms(x̃).sum() }, within: 1e-7)
  proof.equals(
    #"\frac{1}{p_\sigma(\tilde x)} \sum_n p(x_n)\, \mathcal N(\tilde x; x_n, \sigma^2 I) \frac{x_n - \tilde x}{\sigma^2}"#,
    because: #"$\nabla \exp(-\lVert \tilde x - x_n \rVert^2 / 2 \sigma^2)$, term by term"#,
    atPlaces { x̃, i in
      zip(terms(x̃), atoms.column(i)).map { $0 * ($1 - x̃[i]) / (σ * σ) }.sum() / terms(x̃).sum()
    }, within: 1e-7)
  proof.equals(
    #"\frac{1}{\sigma^2} \sum_n p(x_n \mid \tilde x) (x_n - \tilde x)"#, because: "Bayes",
    atPlaces { x̃, i in
      let total = terms(x̃).sum()
      return zip(terms(x̃).map { $0 / total }, atoms.column(i)).map { $0 * ($1 - x̃[i]) }.sum() / (σ * σ)
    })
  proof.equals(
    #"\frac{\operatorname{E}[x \mid \tilde x] - \tilde x}{\sigma^2}"#,
    because: "the weights add to 1", atPlaces { x̃, i in (mean(x̃, i) - x̃[i]) / (σ * σ) })
}
//: So $r(\tilde x) - \tilde x = \sigma^2 \nabla \log p_\sigma(\tilde x)$ for the best $r$: **the arrows of a denoiser are the
//: score of the *noised* density, times $\sigma^2$.** For a finite set of examples $\operatorname{E}[x \mid \tilde x]$ is a weighted mean
//: of them all and can be written down, the *empirical* optimal denoiser. Here it is for the images, in two ways.
let memory = GaussianMixture(means: X, σ: 0)
//: @fold The check in Swift
do {
  var noise = lesson.stream("noise on digits")
  let x̃ = lesson.attempt { try Corruption<Double>.gaussian(σ: 0.5)(unseen[rows: 0..<20], using: &noise) }
  let climbed = x̃ + 0.25 * memory.smoothed(σ: 0.5).score(at: x̃)
  let averaged = memory.posteriorMean(given: x̃, σ: 0.5)
  lesson.check(
    #"weighted mean of the images against $\tilde x + \sigma^2 \nabla \log p_\sigma$: relative difference"#,
    (averaged - climbed).norm / averaged.norm, isBelow: 1e-10)
}

//: ## One dimension: crossing the identity
//:
//: In one dimension $r$ can be drawn beside the identity. Take two points at $\pm a$.
//: @fold The derivation in Swift
lesson.derive(#"The best denoiser of two points $\pm a$"#) { proof in
  let (a, σ) = (0.5, 0.3)
  let x = (0..<41).map { -1 + 0.05 * Double($0) }
  let pair = GaussianMixture(means: [[-0.5], [0.5]], σ: 0)
  proof.start(
    #"r(x) = \operatorname{E}[x \mid \tilde x = x]"#,
    pair.posteriorMean(given: Matrix(rows: 41, columns: 1, elements: x), σ: σ).elements)
  proof.equals(
    #"a \frac{e^{-(x - a)^2 / 2\sigma^2} - e^{-(x + a)^2 / 2\sigma^2}}{e^{-(x - a)^2 / 2\sigma^2} + e^{-(x + a)^2 / 2\sigma^2}}"#,
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
//: At $x = 0$ this has the slope $a^2 / \sigma^2$, and for $x > 0$ it bends downwards. So if $\sigma < a$ it starts above the
//: identity, and crosses it once more on each side; if $\sigma \ge a$ it stays below, and the only crossing is in the middle:
//: the two points have melted into one.
let widths = [0.2, 0.5, 0.8, 0.95, 1.05, 1.5]
lesson.check(
  #"two points at $\pm 0.5$, $\sigma / a$ = 0.2, 0.5, 0.8, 0.95, 1.05, 1.5: crossings are 3 if $\sigma < a$, else 1"#,
  widths.map { Double(crossings(of: bestDenoiser(of: [-0.5, 0.5], σ: 0.5 * $0)).count) },
  equal: widths.map { $0 < 1 ? 3 : 1 }, within: 0)

//: Where $r(x) = x$ the score is zero: crossings are the peaks *and* the valleys of $p_\sigma$. The slope tells which: as $r(x) = x + \sigma^2 (\log p_\sigma)'(x)$,
//: it is $1 + \sigma^2 (\log p_\sigma)''(x)$, below 1 at a peak and above 1 in a valley. It can be computed, for it is a variance over $\sigma^2$.
//: @fold The derivation in Swift
lesson.derive("The slope of the best denoiser") { proof in
  let (points, σ) = ([-0.5, 0, 0.5], 0.2)
  let x = (0..<29).map { -0.7 + 0.05 * Double($0) }
  func weights(_ x: Double) -> [Double] {
    let w = points.map { Double.exp(-(x - $0) * (x - $0) / (2 * σ * σ)) }
    return w.map { $0 / w.sum() }
  }
  func mean(_ x: Double, _ f: (Double) -> Double) -> Double { zip(weights(x), points).map { $0 * f($1) }.sum() }
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
//: Near a lone data point only that point is likely: no variance, slope 0, whatever is near is pulled to the point. Half-way between two
//: points at distance $2a$ the slope is $a^2 / \sigma^2$. Three points, and two noise levels:
let points = [-0.5, 0, 0.5]
let copies = Matrix(rows: 300, columns: 1) { n, _ in points[n % 3] }
let levels = [0.1, 0.25]
let (optimal, learnt) = (
  levels.map { bestDenoiser(of: points, σ: $0) },
  levels.map { curve(of: pointDenoiser(of: copies, σ: $0, epochs: 300, seed: lesson.seed)) }
)
lesson.figure(
  "one-dimension",
  "With σ = 0.1 the best denoiser is a staircase that crosses the identity five times, nearly flat at the data and steep between; "
    + "with σ = 0.25 it crosses once. The trained network follows it. The arrows below are those of the best one, r(x̃) − x̃: with little noise they lead to the nearest "
    + "data point, with more they point inwards, and between the outer points they nearly vanish."
) { oneDimensionFigure() }
for (σ, (best, network)) in zip(levels, zip(optimal, learnt)) {
  lesson.check(
    "σ = \(σ), network against the best denoiser: mean square difference under $p_\\sigma$, over σ²",
    difference(network, best, points: points, σ: σ) / (σ * σ), isBelow: 0.03)
}
let stairs = crossings(of: optimal[0])
let steepness = stairs.map { slope(of: optimal[0], at: $0) }
lesson.table(
  "Crossings of the identity with σ = 0.1", columns: ["at", "slope of the best denoiser", "that is"],
  rows: zip(stairs, steepness).map { x, slope in
    [.fixed(x, decimals: 4), Cell(slope, significant: 3), slope < 1 ? "a peak of $p_\\sigma$" : "a valley of it"]
  })
lesson.check("crossings with σ = 0.1", Double(stairs.count), equals: 5, within: 0)
lesson.check("crossings with σ = 0.25", Double(crossings(of: optimal[1]).count), equals: 1, within: 0)
lesson.check("slope at the three data points, largest", [0, 2, 4].map { steepness[$0] }.greatest(), isBelow: 0.01)
lesson.check("slope half-way between, least", [1, 3].map { steepness[$0] }.least(), isAbove: 1)
lesson.check(
  "crossings of the network trained with σ = 0.1", Double(crossings(of: learnt[0]).count), equals: 5, within: 0)
//: "Crosses the identity at every data point", as one reads, is thus true for small noise only, and not all crossings are data.

//: ## The vector field in the plane
//:
//: Now data near a curve: mixtures of 60 to 120 narrow Gaussians strung along it (the circle has the radius 1; the standard deviation across is 0.02, for the moons
//: 0.05), of which the score is known exactly, before and after smoothing by the noise. A network 2–64–64–2 with rectified linear units learns from 2000 points, each with new noise in every epoch. It is tested at other points, drawn
//: from $p_\sigma$. The agreement is that of whole fields: cosine and least-squares slope with the inner product
//: $\operatorname{E}_{p_\sigma} u(\tilde x)^\top v(\tilde x)$, which weighs by density.
let planar: [(name: String, p: GaussianMixture, σ: Double, epochs: Int)] = [
  ("circle", circle, σ, 100), ("spiral", .spiral(), 0.1, 200), ("moons", .moons(), 0.2, 200),
]
let fields = planar.map { planarDenoiser(of: $0.p, σ: $0.σ, epochs: $0.epochs, seed: lesson.seed) }
let withTanh = [200, 800].map { planarDenoiser(of: .moons(), σ: 0.2, .tanh, epochs: $0, seed: lesson.seed) }
let tanhAgreements = withTanh.map { Agreement($0, with: .moons(), σ: 0.2, seed: lesson.seed) }
//:
let agreements = zip(planar, fields).map { data, network in
  Agreement(network, with: data.p, σ: data.σ, seed: lesson.seed)
}
let clean = Agreement(fields[0], with: circle, σ: σ, smoothing: 0, seed: lesson.seed)
let rows =
  zip(planar, agreements).map { ($0.name, $0.σ, #"$p_\sigma$"#, $1) } + [
    ("moons, tanh units", 0.2, #"$p_\sigma$"#, tanhAgreements[0]),
    ("moons, tanh units, 800 epochs", 0.2, #"$p_\sigma$"#, tanhAgreements[1]),
    ("circle", σ, "$p$", clean),
  ]
lesson.table(
  "Learnt arrows against the exact score",
  columns: ["data", "σ", "score of", "cosine", "slope ∕ σ²", "median cosine of single arrows"],
  rows: rows.map { name, σ, density, found in
    [
      Cell(name), Cell(σ), Cell(density), .fixed(found.cosine, decimals: 4),
      Cell(found.slope / (σ * σ), significant: 3), .fixed(found.medianCosine, decimals: 4),
    ]
  })
for (data, found) in zip(planar, agreements) {
  lesson.check("\(data.name): cosine of the learnt field and the exact one", found.cosine, isAbove: 0.97)
  lesson.check(
    "\(data.name): least-squares slope ∕ σ²", found.slope / (data.σ * data.σ), equals: 1, within: 0.1)
}
lesson.check(
  "moons, tanh units: slope over that of the network above", tanhAgreements[0].slope / agreements[2].slope, isBelow: 1)
let gained = (tanhAgreements[1].cosine - tanhAgreements[0].cosine) / (1 - tanhAgreements[0].cosine)
lesson.check(
  "with four times as many epochs: how much of what is missing in the cosine is gained", gained, isAbove: 0.1)
lesson.check(
  "circle, against the score of the *clean* density: slope ∕ σ²", clean.slope / (σ * σ), isBelow: 0.1)
//: The last row compares with the score of the data themselves, and the size is all wrong: off a thin curve the clean density falls
//: so steeply that its score is larger by orders of magnitude. What a denoiser knows is $p_\sigma$.
lesson.say(
  "The rows above it are a warning about optimisation: the same network with $\\tanh$ units, trained for as long, does not yet follow the moons. Four times as many "
    + "epochs gain \(Numeral.percent(gained, decimals: 0)) of what is missing in its cosine.")
/// The best denoiser of the circle.
func exact(_ x̃: Matrix<Double>) -> Matrix<Double> { circle.posteriorMean(given: x̃, σ: σ) }
lesson.figure(
  "fields",
  "Learnt arrows resemble the exact ones of the circle: towards the ring from both sides, vanishing on it; only in the middle, "
    + "where few points come, they differ. Those of spiral and moons point to the curves too. Arrows are drawn only where log p_σ is within 8 of its peak, so none in the very middle and in the corners."
) { fieldsFigure() }
//: Arrows vanish on the ridge of the density. As the next table shows, they vanish in the very middle of the circle as well, where the density has
//: a local *minimum*: a zero of the score need not be a peak. And a field is learnt only where noise carries points:
let noisyCircle = circle.smoothed(σ: σ)
let ridge = ridgeRadius(of: noisyCircle)
let radii = [0, 0.1, 0.3, 0.6, ridge - σ, ridge, ridge + σ, 1.6].sorted()
lesson.table(
  "Mean length of the arrows on circles about the origin",
  columns: ["radius", #"$\log p_\sigma$ below its peak"#, "exact", "learnt"],
  rows: radii.map { radius in
    let density = noisyCircle.logDensity(at: [[ridge, 0], [radius, 0]])
    let lengths = [arrowLength(exact, radius: radius), arrowLength(fields[0].reconstruct, radius: radius)]
    return [.fixed(radius, decimals: 3), .fixed(density[0] - density[1], decimals: 2)]
      + lengths.map { .fixed($0, decimals: 3) }
  })
lesson.check(
  "in the middle, the exact arrow over that at radius 0.1",
  arrowLength(exact, radius: 0) / arrowLength(exact, radius: 0.1), isBelow: 0.01)
lesson.say(
  "The ridge of $p_\\sigma$ has the radius \(Numeral.short(ridge)), not 1: noise on a curve pushes the ridge to its inner side."
)
let onRidge = arrowLength(fields[0].reconstruct, radius: ridge)
lesson.check(
  "learnt arrows a distance σ outside the ridge, as multiples of those on it",
  arrowLength(fields[0].reconstruct, radius: ridge + σ) / onRidge, isAbove: 4)
lesson.check(
  "and a distance σ inside", arrowLength(fields[0].reconstruct, radius: ridge - σ) / onRidge, isAbove: 4)

//: ## The best linear denoiser
//:
//: How much of this can a linear network do, $r(\tilde x) = P \tilde x$ with $P = W^* W$? Let the examples be centred, $\sum_n x_n = 0$, with the covariance
//: $S = U \Lambda U^\top$. The mean over the noise can be taken exactly: $\varepsilon = \pm \sqrt D e_i$, all $2D$ equally
//: likely, has the mean 0 and the covariance $I$ of the normal distribution, and nothing else enters a quadratic loss.
let level = 0.5
let μ = X.columnMeans
let Z = X.subtractingFromEachRow(μ)
let S = (1 / Double(Z.rows)) * (Z.T * Z)
let spectrum = SymmetricEigen(S)
let noisyS = S + level * level * Matrix.identity(D)
/// P* = S (S + σ²I)⁻¹, by its transpose (S + σ²I)⁻¹ S.
let Pˢ = lesson.attempt { try noisyS.solve(S).T }
let remaining = spectrum.values.map { $0 * level * level / ($0 + level * level) }.sum()
//: @fold The derivation in Swift
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
    #"\operatorname{E} \lVert x - P(x + \sigma \varepsilon) \rVert^2"#, losses.sum() / Double(2 * D))
  proof.equals(
    #"\frac{1}{N} \sum_n \lVert x_n - P x_n \rVert^2 + \sigma^2 \lVert P \rVert_F^2"#,
    because:
      #"$\operatorname{E} \varepsilon = 0$ and $\operatorname{E} \varepsilon \varepsilon^\top = I$: noise on the input is a penalty on $P$"#,
    rest.squaredNorm / Double(Z.rows) + σ * σ * P.squaredNorm)
  let I = Matrix<Double>.identity(D)
  proof.equals(
    #"\operatorname{tr} (I - P) S (I - P)^\top + \sigma^2 \operatorname{tr} P P^\top"#,
    because: "the definition of $S$",
    ((I - P) * S * (I - P).T).trace + σ * σ * (P * P.T).trace)
  proof.equals(
    #"\operatorname{tr} (P - P^*)(S + \sigma^2 I)(P - P^*)^\top + \operatorname{tr} (S - P^* S)"#,
    because: #"complete the square, with $P^* = S (S + \sigma^2 I)^{-1}$"#,
    ((P - Pˢ) * noisyS * (P - Pˢ).T).trace + (S - Pˢ * S).trace)
  proof.atLeast(
    #"\operatorname{tr} (S - P^* S)"#, because: #"$S + \sigma^2 I$ is positive; equality needs $P = P^*$"#,
    (S - Pˢ * S).trace)
  proof.equals(
    #"\sum_i \frac{\lambda_i \sigma^2}{\lambda_i + \sigma^2}"#,
    because: #"$P^* = U \operatorname{diag}\left(\frac{\lambda_i}{\lambda_i + \sigma^2}\right) U^\top$"#, remaining)
}
//: PCA keeps a component or drops it. The denoiser keeps the share $\lambda_i / (\lambda_i + \sigma^2)$ of it, most of a strong one and
//: little of a weak one. A linear network trained from random weights finds that. (Its mean over the noise is taken exactly
//: again, by made-up pairs: $\sqrt{\lambda_i} u_i$ is to become itself, and $\sigma e_i$ is to become 0. Images of more than 64 pixels
//: are taken in the coordinates of their 64 leading components, $e_i$ for $u_i$: neither $P^*$ nor the noise mixes these with the others.)
let (axes, variances) = D <= 64 ? (spectrum.vectors, spectrum.values) : (.identity(64), Array(spectrum.values[..<64]))
let linear = linearDenoiser(axes, variances, σ: level, iterations: 500)
let P = linear.decoder.W * linear.encoder.W
let bestOfAxes = D <= 64 ? Pˢ : Matrix.diagonal(variances.map { $0 / ($0 + level * level) })
let gains = variances.indices.map { i in dot((P * axes).column(i), axes.column(i)) }
lesson.table(
  "How much of a principal component is left, with σ = 0.5",
  columns: ["component", #"variance $\lambda_i$"#, #"$\lambda_i / (\lambda_i + \sigma^2)$"#, "by the trained network"],
  rows: [1, 2, 4, 8, 16, 32].map { i in
    let λ = spectrum.values[i - 1]
    return [
      Cell(i), Cell(λ, significant: 3), .fixed(λ / (λ + level * level), decimals: 4), .fixed(gains[i - 1], decimals: 4),
    ]
  })
lesson.check(
  #"trained linear network: $\lVert W^* W - P^* \rVert_F / \lVert P^* \rVert_F$"#,
  (P - bestOfAxes).norm / bestOfAxes.norm,
  isBelow: 0.01)
//: If the data were Gaussian there would be nothing to gain by a curved network:
//: @fold The derivation in Swift
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
    #"\tilde x - \sigma^2 (S + \sigma^2 I)^{-1} \tilde x"#, because: #"$p_\sigma = \mathcal N(0, S + \sigma^2 I)$"#,
    x̃ - σ² * lesson.attempt { try noisyS.solve(x̃.T).T })
  proof.equals(
    #"S (S + \sigma^2 I)^{-1} \tilde x = P^* \tilde x"#,
    because: #"$I - \sigma^2 (S + \sigma^2 I)^{-1} = S (S + \sigma^2 I)^{-1}$"#,
    x̃ * Pˢ.T)
}

//: ## Images, restored
//:
//: Handwriting is not Gaussian. Four ways to clean unseen images of Gaussian noise: leave them as they are; the best linear
//: denoiser; the empirical optimal denoiser, a weighted mean of the training images; and a network with one hidden layer.
let strengths = [0.2, 0.4, 0.7]
let few = unseen[rows: 0..<min(200, unseen.rows)]
let cleaned = strengths.map { cleaning(few, σ: $0) }
lesson.table(
  "Squared error per image after Gaussian noise, \(few.rows) unseen images",
  columns: ["σ", "left as it is", "linear", "weighted mean of training images", "network"],
  rows: zip(strengths, cleaned).map { σ, found in
    [Cell(σ)] + [found.nothing, found.linear, found.memory, found.network].map { Cell($0, significant: 3) }
  })
lesson.check(
  "little noise, σ = 0.2: network ∕ weighted mean of the training images", cleaned[0].network / cleaned[0].memory,
  isBelow: 1)
lesson.check(
  "much noise, σ = 0.7: weighted mean of the training images ∕ network", cleaned[2].memory / cleaned[2].network,
  isBelow: 1)
lesson.check("and ∕ the best linear denoiser", cleaned[2].memory / cleaned[2].linear, isBelow: 1)
//: The weighted mean is the best denoiser *of the training images*, and these are others. With little noise it hands out the nearest
//: training image, which is not the one it was given; a network has to generalise, and on the default digits it does. With much noise
//: many training images share the weight, and their mean is nearly what a mean over all handwriting would be.
//:
//: Now Srihari's network: $\tanh$ units, tied weights, sigmoid output, cross-entropy, salt and pepper. Beside it stands the same network
//: that was never shown a corrupted image.
let saltAndPepper = lesson.attempt { try Corruption<Double>.saltAndPepper(ν) }
/// A network trained on clean digits, one trained to restore, and unseen digits, clean and spoilt.
func restoration(seed: UInt64) -> (plain: Network, denoising: Network, x: Matrix<Double>, x̃: Matrix<Double>) {
  let (training, test) = split(seed: seed)
  var noise = RandomStream(seed: seed, name: "salt and pepper on unseen digits")
  return (
    digitDenoiser(training.scaled, hidden: hidden, .tanh, nil, seed: seed),
    digitDenoiser(training.scaled, hidden: hidden, .tanh, saltAndPepper, seed: seed), test.scaled,
    saltAndPepper(test.scaled, using: &noise)
  )
}
let (plain, denoising, _, x̃) = restoration(seed: lesson.seed)
lesson.figure(
  "restored",
  "Rows: unseen images; the same under salt and pepper; what a plain autoencoder makes of those; and what the denoising one makes of them. "
    + "The squared error is \(Numeral.short(error(x̃, unseen), significant: 2)) an image before, \(Numeral.short(error(plain.reconstruct(x̃), unseen), significant: 2)) "
    + "after the plain and \(Numeral.short(error(denoising.reconstruct(x̃), unseen), significant: 2)) after the denoising network."
) { restorationFigure() }
lesson.table(
  "Squared error per unseen image",
  columns: [
    "trained", "clean input, against the original", "corrupted input, against the original",
    "corrupted input, against that input",
  ],
  rows: [("on clean images", plain), ("to restore", denoising)].map { name, network in
    [Cell(name)]
      + [
        error(network.reconstruct(unseen), unseen), error(network.reconstruct(x̃), unseen),
        error(network.reconstruct(x̃), x̃),
      ].map { Cell($0, significant: 3) }
  } + [["doing nothing", "0", Cell(error(x̃, unseen), significant: 3), "0"]])
let restored = error(denoising.reconstruct(x̃), unseen)
lesson.check("restored ∕ corrupted: squared error", restored / error(x̃, unseen), isBelow: 0.5)
lesson.check(
  "restored ∕ what the plain autoencoder makes of it", restored / error(plain.reconstruct(x̃), unseen), isBelow: 0.25)
lesson.check(
  "the plain autoencoder is no help: its output ∕ its corrupted input",
  error(plain.reconstruct(x̃), unseen) / error(x̃, unseen), isAbove: 1)
lesson.check(
  "its output is nearer to the corrupted input than to the original",
  error(plain.reconstruct(x̃), x̃) / error(plain.reconstruct(x̃), unseen), isBelow: 1)
lesson.check(
  "nor is it a copy: the plain network's error against its own input, corrupted ∕ clean",
  error(plain.reconstruct(x̃), x̃) / error(plain.reconstruct(unseen), unseen), isAbove: 10)
lesson.check(
  "the price: on clean images, error of the denoising ∕ the plain network",
  error(denoising.reconstruct(unseen), unseen) / error(plain.reconstruct(unseen), unseen), isAbove: 2)

//: The plain network reproduces what it was trained on, and nothing ever told it what to do elsewhere: on the default digits it neither restores the digit nor returns what it was given.

//: ## Filters with 0, 25 and 50 % corruption
//:
//: Vincent, Larochelle, Bengio and Manzagol (2008) showed filters, the rows of $W$ as images, after training with more and more masking.
//: Here are the first 20 units of three networks (sigmoid units, tied, cross-entropy) that began with the same weights.
let shares = [0, 0.25, 0.5]
func filters(_ ν: Double, seed: UInt64) -> Network {
  digitDenoiser(X, hidden: hidden, .sigmoid, ν == 0 ? nil : lesson.attempt { try .masking(ν) }, seed: seed)
}
let networks = shares.map { filters($0, seed: lesson.seed) }
lesson.figure(
  "filters",
  "The same twenty units in three networks. Their median roughness is "
    + zip(shares, networks).map {
      "\(Numeral.fixed(medianRoughness($1), decimals: 3)) with \(Numeral.percent($0, decimals: 0))"
    }
    .joined(separator: ", ") + " of the pixels masked."
) { filterFigure() }
let fromPixels = nearestNeighbourErrors { $0 }
lesson.table(
  "What masking does to the hidden layer",
  columns: [
    "masked", "median roughness", #"$\lVert W \rVert_F$"#,
    "unseen images whose nearest training code has another label",
  ],
  rows: zip(shares, networks).map { ν, network in
    [
      .percent(ν, decimals: 0), .fixed(medianRoughness(network), decimals: 3),
      Cell(network.encoder.W.norm, significant: 3),
      .percent(nearestNeighbourErrors(network.encode)),
    ]
  })
lesson.say(
  "A filter of white noise has a roughness of \(Numeral.short(2 - 1 / Double(digits.width) - 1 / Double(digits.height))). Whether filters "
    + "that are smoother make better features is another matter: compare the last column with the nearest neighbour of the raw pixels, which errs on "
    + "\(Numeral.percent(fromPixels)) of the unseen images.")
for (ν, network) in zip(shares, networks).dropFirst() {
  lesson.check(
    "\(Numeral.percent(ν, decimals: 0)) masked: roughness ∕ roughness without masking",
    medianRoughness(network) / medianRoughness(networks[0]), isBelow: 1)
}

//: ## Errata
//:
//: - Srihari's loss of the denoising autoencoder is $-\log p_{\text{encoder}}(x \mid h = f(\tilde x))$. It is the *decoder's* distribution.
//: - His training criterion is an expectation over "$\tilde x \sim p_{\text{data}}(x)$". It is over $x \sim p_{\text{data}}$ and then
//:   $\tilde x \sim C(\tilde x \mid x)$; and one descends on its negative.
//: - Another slide puts the tilde on the encoder, $g(\tilde f(\tilde x))$. Only the input is corrupted.
//: - "Estimates this score as $(g(f(x) - x)$", with a bracket too few: $g(f(x)) - x$ is $\sigma^2$ *times* a score, and not the score of the data but of the noised density.
//:   Beside the squared error, which his Gaussian $p(x \mid h)$ stands for, it needs Gaussian *noise*. That error he prints as $\lVert g(f(\tilde x) - x) \rVert^2$; it is
//:   $\lVert g(f(\tilde x)) - x \rVert^2$.
//: - "$\nabla_x \log p(x)$ which is the slope of the density": of its *logarithm*.
//: - "An identity function (also called null function)": a null function returns 0.
//: - "The optimal reconstruction function crosses the identity function whenever there is a data point": near each, if the noise is
//:   small against the gaps; and between them too. With more noise, data points share a crossing.
//: - "Where probability is maximum arrows shrink": also where it is least, and at saddles. See the middle of the circle.
//: - His text wants 30–50 % of the input nodes set to *zero*; his code sprinkles salt and pepper at 0.4, which sets 20 % to zero and
//:   20 % to one.
//: - The encoder-then-decoder is written $(f \circ g)(x)$ in the lecture on contractive autoencoders, as in Srihari's; with $f$ the
//:   encoder it is $g \circ f$.

//: ## Is my number right?
lesson.bands("Headline figures") { seed in
  let found = Agreement(
    planarDenoiser(of: circle, σ: σ, epochs: 100, seed: seed), with: circle, σ: σ, seed: seed)
  let staircase = curve(of: pointDenoiser(of: copies, σ: 0.1, epochs: 300, seed: seed))
  let (plain, denoising, x, x̃) = restoration(seed: seed)
  return [
    "circle: cosine": found.cosine,
    "circle: slope ∕ σ²": found.slope / (σ * σ),
    "three points, σ = 0.1: crossings of the network": Double(crossings(of: staircase).count),
    "salt and pepper: restored ∕ corrupted": error(denoising.reconstruct(x̃), x) / error(x̃, x),
    "salt and pepper: plain ∕ corrupted": error(plain.reconstruct(x̃), x) / error(x̃, x),
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question A colleague's denoising autoencoder reaches a training loss near zero although half of the pixels are masked. What did he
//: most likely do?
//: @answer He compares the output with the *corrupted* input. Copying solves that. The best loss against the clean input is
//: $\operatorname{E} \operatorname{Var}[x \mid \tilde x] > 0$ wherever $\tilde x$ does not determine $x$.
//:
//: @question You halve $\sigma$. What happens to the arrows $r(\tilde x) - \tilde x$ at a given point near the data, and to the score they estimate?
//: @answer Where the score of $p_\sigma$ hardly changes (data spread out much wider than $\sigma$) the arrows shrink to a quarter. Off a thin curve
//: the arrow still leads all the way back, so it stays as long, and the score grows fourfold.
//:
//: @question Two data points lie 0.6 apart. Up to which $\sigma$ does the best denoiser keep them apart?
//: @answer $a = 0.3$: for $\sigma < 0.3$ it crosses the identity three times, from there on once.
//:
//: @question Your network's arrows have the right direction but are 40 % too short. Name two possible causes.
//: @answer It has not converged: a field that is smoothed too much has a slope below 1 (the $\tanh$ row of the table, whose directions are off as well). Or, if
//: the data are spread out much wider than $\sigma$, the noise in training was less than the $\sigma$ you divide by: with $\sqrt{0.6} \, \sigma$ the arrows come out so. Near a
//: thin curve that would hardly show: see the second question.
//:
//: @question Masking with $\nu = 1$: what does the best denoiser return?
//: @answer The mean of all examples: $\tilde x = 0$ whatever $x$ was, and $\operatorname{E}[x \mid \tilde x] = \operatorname{E}[x]$.
//:
//: @question Why is noise on the input of a *linear* autoencoder the same as a penalty, and not for a curved one?
//: @answer For $r(\tilde x) = P \tilde x$ the noise enters as $\sigma P \varepsilon$ whatever $x$ is: the mean of its square is
//: $\sigma^2 \lVert P \rVert_F^2$. A curved $r$ responds differently at each $x$; to first order $P$ becomes its Jacobian there, and lesson 06 counts
//: what is missing beyond.
lesson.finish()
