//: # 4 · The sparse prior
//:
//: A hidden layer larger than the input can simply copy it. A penalty on the *code* is meant to prevent that: few units
//: may be active at a time. This lesson derives the two usual penalties, shows the hole in both and how to close it, and
//: asks what sparse codes are good for.
//:
//: @opening bars
//: - derive both sparsity penalties and their gradients, and write a training step with them;
//: - find the most probable code under a Laplace prior, and prove that it is the best;
//: - explain why a free decoder makes either penalty meaningless, and close the hole;
//: - say for which data a sparse code is worth its price.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "A sparsity penalty acts on codes. A free decoder dodges it; with unit columns it finds the "
    + "causes of data that have sparse causes.")
let ρ = lesson.knob("rho", 0.05, in: 0.03...0.1, "the wanted mean activation ρ of a unit")
let β = lesson.knob("beta", 1.0, in: 0.5...4, "the weight β of the penalty on mean activations")
let λ = lesson.knob("lambda", 0.03, in: 0.01...0.1, "the weight λ of the Laplace penalty")
let iterations = lesson.knob(
  "iterations", 400, in: 200...6400, "how long networks are trained on images")
let blocks = lesson.knob(
  "blocks", 0, in: 0...1, "1: train, validate and test on contiguous blocks, so on other writers"
)

let digits = lesson.images(ImageNeeds(pixels: 64, classes: 2, ofEachClass: 60))
let D = digits.width * digits.height
let K = 96
let sample = Sample(lesson.seed, of: digits, inBlocks: blocks == 1)
let X = sample.X
let (klPenalty, laplacePenalty) = (Sparsity.KL(ρ: ρ, β: β), Sparsity.laplace(λ: λ))
//: The images are the digits of [](@digits), unless `--data` names others.
//: @file Training.swift the data, the networks and their training
//: @file Measures.swift what is measured of a network; differences and integrals

//: ## A penalty on the mean activation
//:
//: Unit $l$ is like a coin that shows heads with probability $\hat\rho_l$, its mean activation;
//: for the coin we want it is $\rho$. [Khapra's lecture](@khapra) penalises the Kullback–Leibler
//: divergence between the two, summed over the units:
//:
//: $$ \Omega = \sum_l \rho \log \frac{\rho}{\hat\rho_l} + (1 - \rho) \log \frac{1 - \rho}{1 - \hat\rho_l}. $$
//:
//: Evaluated below on forty images and five random units:
func KL(_ mean: Double) -> Double {
  ρ * .log(ρ / mean) + (1 - ρ) * .log((1 - ρ) / (1 - mean))
}
func slope(_ mean: Double) -> Double { -ρ / mean + (1 - ρ) / (1 - mean) }
let few = X[rows: 0..<40]
let five = sample.untrainedNetwork(hidden: 5)
let H = five.encode(few)
let means = H.columnMeans
lesson.figure(
  "penalties",
  "The divergence vanishes at $\\rho$ only; the soft threshold, derived below, sends an "
    + "interval to 0."
) { penaltiesFigure(ρ: ρ, t: 1, KL: KL) }
//: @file Figures.swift the figures of this lesson
lesson.derive(#"The slope in $\hat\rho_l$, for all units"#) { proof in
  proof.start(
    #"\frac{\partial \Omega}{\partial \hat\rho_l} \text{ by differences}"#,
    means.map { differences(of: KL, at: $0) })
  proof.equals(
    #"-\frac{\rho}{\hat\rho_l} + \frac{1 - \rho}{1 - \hat\rho_l}"#,
    because: #"the derivative of $-\rho \log \hat\rho - (1 - \rho) \log(1 - \hat\rho)$"#,
    means.map(slope), within: 1e-7)
  proof.equals(
    #"\frac{\hat\rho_l - \rho}{\hat\rho_l (1 - \hat\rho_l)}"#,
    because: "a common denominator: negative below $\\rho$, positive above",
    means.map { ($0 - ρ) / ($0 * (1 - $0)) })
}
lesson.derive(
  #"$\Omega$ is a sum of divergences, and zero only at $\hat\rho_l = \rho$"#, within: 1e-9
) { proof in
  proof.start(
    #"\sum_l \rho \log \frac{\rho}{\hat\rho_l} + (1 - \rho) \log \frac{1 - \rho}{1 - "#
      + #"\hat\rho_l}"#,
    means.map(KL).sum())
  proof.equals(
    #"\sum_l \int_\rho^{\hat\rho_l} \frac{t - \rho}{t (1 - t)} \, dt"#,
    because: #"each term is 0 at $\hat\rho_l = \rho$ and has the slope above (by Simpson's "#
      + #"rule)"#,
    means.map { integral(from: ρ, to: $0) { t in (t - ρ) / (t * (1 - t)) } }.sum())
  proof.atLeast(
    #"\sum_l \int_\rho^{\hat\rho_l} 4 (t - \rho) \, dt = 2 \sum_l (\hat\rho_l - \rho)^2"#,
    because: #"$t (1 - t) \le \frac14$, and both have the sign of $\hat\rho_l - \rho$ "#
      + "(Pinsker's inequality)",
    2 * means.map { ($0 - ρ) * ($0 - ρ) }.sum())
}
//: The penalty sees the weights only through means over the batch, in which each example has its share,
//: $\partial \hat\rho_l / \partial h_{nl} = \frac1N$. The rest is the chain rule.
lesson.derive(#"The gradient of $\beta \Omega$ in the encoder's weights"#) { proof in
  let count = Double(few.rows)
  proof.start(
    #"\frac{\partial \beta \Omega}{\partial W_{li}} \text{ by differences}"#,
    five.weightGradient(on: few) { β * KL($0) })
  proof.equals(
    #"\frac1N \sum_n \beta \Bigl( -\frac{\rho}{\hat\rho_l} + \frac{1 - \rho}{1 - \hat\rho_l} "#
      + #"\Bigr) h_{nl} (1 - h_{nl}) x_{ni}"#,
    because: #"the chain: $\hat\rho_l$, then $h_{nl} = s(a_{nl})$ with $s' = h (1 - h)$, then "#
      + #"$a_{nl} = w_l \cdot x_n + b_l$"#,
    Matrix(rows: 5, columns: D) { l, i in
      (0..<few.rows).map { n in
        β * slope(means[l]) * H[n, l] * (1 - H[n, l]) * few[n, i]
      }.sum() / count
    }, within: 1e-7)
  proof.equals(
    #"\frac{\beta}{N} \operatorname{diag}(\Omega'(\hat\rho)) (H \odot (1 - H))^\top X"#,
    because: "the sum over examples is a matrix product",
    Matrix.diagonal(means.map { β / count * slope($0) }) * (H - H ⊙ H).T * few)
}

//: ## The heart: a gradient with the penalty in it
//:
//: The network has sigmoid units and linear outputs, $h = s(W x + b)$ and $\hat x = W^* h + c$. Its loss is $\frac{1}{2
//: N} \sum_n \lVert \hat x_n - x_n \rVert^2 + \beta \Omega$. Back-propagation as in
//: [lesson 00](../00-what-an-autoencoder-is/README.md) gets one more term: each code is pushed by the decoder *and* by
//: the slope of the penalty at its unit's mean, the same for all examples:
//:
//: $$ \frac{\partial \, \text{loss}}{\partial h_{nl}} = \frac1N \Bigl( (\hat x_n - x_n) \cdot
//: w^*_l + \beta \, \frac{\hat\rho_l - \rho}{\hat\rho_l (1 - \hat\rho_l)} \Bigr). $$
//: @heart the gradient of a sparse autoencoder
func gradient(of network: Network, on X: Matrix<Double>) -> [Double] {
  let count = Double(X.rows)
  let H = network.encode(X)
  let atOutput = (network.decode(H) - X) / count  // (x̂ − x) ∕ N
  let push = H.columnMeans.map { β / count * slope($0) }  // β ∕ N · Ω′(ρ̂)
  let atCode = (atOutput * network.decoder.W).subtractingFromEachRow(-1 .* push)
  let atHidden = atCode ⊙ (H - H ⊙ H)  // back through s′ = h (1 − h)
  return (atHidden.T * X).elements + atHidden.columnSums
    + (atOutput.T * H).elements + atOutput.columnSums
}
//: The library's `Objective` gives the same numbers, faster. L-BFGS trains with it.
lesson.check(
  "the ten lines and the library agree on the gradient in every weight and bias",
  gradient(of: five, on: few),
  equal: lesson.attempt {
    try Objective(five, data: few, loss: .gaussian, penalties: klPenalty.penalties()).gradient()
  }, within: 1e-12, scale: 1, because: "the same sums in another order: rounding only")
lesson.check(
  "the library, with both penalties, and central differences: worst relative error",
  lesson.attempt {
    gradientCheck(
      try Objective(
        five, data: few[rows: 0..<12], loss: .gaussian,
        penalties: klPenalty.penalties() + laplacePenalty.penalties())
    ).worstError
  }, isBelow: 1e-7,
  because: "differences of step $\\varepsilon$ are exact to $\\varepsilon^2$ "
    + "and rounding, some $10^{-9}$ together")

//: ## A prior on the codes
//:
//: [Srihari's slides](@srihari) arrive at sparsity from a model of the data: a code $h$ is drawn from a prior $p(h)$,
//: then an image from $p(x \mid h)$. The Laplace prior $p(h_i) = \frac{\lambda}{2} e^{-\lambda \lvert h_i \rvert}$
//: prefers small codes; the factor $\frac{\lambda}{2}$ makes it a density. Minus its logarithm is a penalty, here
//: evaluated on eight draws.
let decoder: Matrix<Double> = [[1, 0.6], [0.2, -0.9]]
let toy = Toy(W: decoder, σ: 0.5, λ: 1)
var random = lesson.stream("toy")
let eight = (0..<8).map { _ in toy.code(&random) }
//: @file Posterior.swift a model with two hidden units, small enough for grids
lesson.derive("The Laplace prior is the absolute-value penalty") { proof in
  let λ = toy.λ
  proof.start(#"-\log p(h)"#, -.log(eight.reduce(1) { $0 * λ / 2 * .exp(-λ * abs($1)) }))
  proof.equals(
    #"\sum_i \Bigl( \lambda \lvert h_i \rvert - \log \frac{\lambda}{2} \Bigr)"#,
    because: "the logarithm of a product of independent units",
    eight.map { λ * abs($0) - .log(λ / 2) }.sum())
  proof.equals(
    #"\Omega(h) - K \log \frac{\lambda}{2}, \quad \Omega(h) = \lambda \sum_i \lvert h_i \rvert"#,
    because: #"the library's own penalty, on the codes $h$; the rest does not depend on them"#,
    value(.laplace(λ: λ), .copying(8), on: [eight]) - 8 * .log(λ / 2))
}

//: ## The most probable code
//:
//: With a Gaussian $p(x \mid h)$ of mean $W^* h$ and variance $\sigma^2$, the most probable code of an image $x$ (the
//: *maximum a posteriori*, MAP) minimises squared error plus penalty. Two units and two inputs show it all.
let x = [1.5, 0.25]
lesson.derive("The joint probability of image and code is the sparse objective") { proof in
  let (h, variance, λ) = ([0.7, -0.4], toy.σ * toy.σ, toy.λ)
  let prior = h.reduce(1) { $0 * λ / 2 * .exp(-λ * abs($1)) }
  let constant = Double.log(2 * .pi * variance) - 2 * .log(λ / 2)
  proof.start(#"-\log p(x, h)"#, -.log(prior * toy.likelihood(x, h)))
  proof.equals(
    #"-\log p(h) - \log p(x \mid h)"#, because: "the definition of the model",
    toy.surpriseOfCode(h) - .log(toy.likelihood(x, h)))
  let distance = ([x] - [h] * decoder.T as Matrix<Double>).squaredNorm
  proof.equals(
    #"\frac{1}{2 \sigma^2} \lVert x - W^* h \rVert^2 + \lambda \lVert h \rVert_1 "#
      + #"+ \log 2 \pi \sigma^2 - 2 \log \frac{\lambda}{2}"#,
    because: "both densities written out",
    distance / (2 * variance) + λ * h.map(abs).sum() + constant)
  proof.equals(
    #"\frac{1}{\sigma^2} F(h) + \text{const}, \quad F(h) = \tfrac12 \lVert x - W^* h \rVert^2 "#
      + #"+ \sigma^2 \lambda \lVert h \rVert_1"#,
    because:
      #"take out $\frac{1}{\sigma^2}$: the weight of the penalty is $\sigma^2$ times the "#
      + "rate of the prior",
    toy.F(x, h) / variance + constant)
}
//: For one unit with $w^* = 1$ this is $\frac12 (h - y)^2 + t \lvert h \rvert$. At a minimum $h >
//: 0$ the slope $h - y + t$ vanishes: $h = y - t$, which needs $y > t$. Likewise $h = y + t$ if
//: $y < -t$. In between, the minimum is the kink $h = 0$: its subgradients run from $-y - t$ to
//: $-y + t$, and 0 is among them. This *soft threshold* $S_t(y)$ is *the* minimum; the derivation
//: is evaluated on a few hundred pairs of $y$ and $h$.
let pairs = (-12...12).flatMap { y in
  (-12...12).map { h in (y: Double(y) / 4, h: Double(h) / 4) }
}
lesson.derive("The soft threshold is the only minimum") { proof in
  let t = 1.1
  func S(_ y: Double) -> Double { softThreshold(y, t) }
  func total(_ term: (Double, Double) -> Double) -> Double {
    pairs.map { term($0.y, $0.h) }.sum()
  }
  let half = { (d: Double) in d * d / 2 }
  proof.start(
    #"\tfrac12 (h - y)^2 + t \lvert h \rvert"#, total { y, h in half(h - y) + t * abs(h) })
  proof.equals(
    #"\tfrac12 (S - y)^2 + \tfrac12 (h - S)^2 + t \bigl( \lvert h \rvert - g (h - S) \bigr), "#
      + #"\quad g = (y - S) / t"#,
    because: "expand the square around $S = S_t(y)$",
    total { y, h in
      half(S(y) - y) + half(h - S(y)) + t * (abs(h) - (y - S(y)) / t * (h - S(y)))
    })
  proof.atLeast(
    #"\tfrac12 (S - y)^2 + \tfrac12 (h - S)^2 + t \lvert S \rvert"#,
    because: #"in each of the three cases $g$ is a subgradient of $\lvert h \rvert$ at $S$: "#
      + #"$\lvert h \rvert \ge \lvert S \rvert + g (h - S)$"#,
    total { y, h in half(S(y) - y) + half(h - S(y)) + t * abs(S(y)) })
}
lesson.check(
  "the soft threshold against the best of 8,001 values of $h$: largest difference",
  (-12...12).map { y in
    abs(softThreshold(Double(y) / 4, 1.1) - bestOfGrid(v: Double(y) / 4, t: 1.1))
  }.greatest(),
  isAtMost: 0.000501, because: "the values are 0.001 apart, so none is farther than half of that"
)
//: With more units $W^*$ mixes them, and there is no formula; [ISTA](#deeper-ista-for-codes-of-many-units) thresholds
//: repeatedly.

//: ## The hole in both penalties
//:
//: A sparse autoencoder learns its decoder along with the codes. Take any code $h$, with the means $\hat\rho$, and
//: squeeze it around the wanted mean: $h' = \rho + \varepsilon (h - \hat\rho)$ in every unit.
let free = sample.untrainedNetwork(hidden: K)
lesson.derive("Same reconstructions, and no penalty left", within: 1e-10) { proof in
  let (H, W, ε) = (free.encode(X), free.decoder.W, 0.01)
  let means = H.columnMeans
  let squeezed = (ε * H).subtractingFromEachRow(means.map { ε * $0 - ρ })
  proof.start(#"\hat x = W^* h + c"#, free.reconstruct(X))
  let shift = W * Matrix(rows: K, columns: 1, elements: means.map { ρ / ε - $0 })
  let rebuilt = (squeezed * (W / ε).T)
    .subtractingFromEachRow(free.decoder.b.map { -$0 }).subtractingFromEachRow(shift.elements)
  proof.equals(
    #"\frac{W^*}{\varepsilon} h' + c + W^* \Bigl( \hat\rho - \frac{\rho}{\varepsilon} \Bigr)"#,
    because:
      #"$h = \hat\rho + (h' - \rho) / \varepsilon$; the means of $h'$ are $\rho$, so its "#
      + "penalty is 0",
    rebuilt)
}
//: The Laplace penalty is dodged by $h' = \varepsilon h$, because $\Omega(\varepsilon h) = \varepsilon \Omega(h)$. Either
//: way the decoder gets $1/\varepsilon$ times as long, and nothing forbids it. An encoder can compute such codes: [a
//: network made by hand](#deeper-a-copier-made-by-hand) copies anything, at a loss as near to 0 as you like.

//: ## What training finds
//:
//: We train networks of 96 units, with a penalty and without, their decoder's columns free or
//: kept at length 1, which closes the hole. All start alike: encoder weights are uniform in $\pm
//: \sqrt{6 / (D + K)}$, decoder columns are training images less their mean, at length 1. L-BFGS
//: takes full batches. Images are scaled to a variance of 5, so that about five columns must be
//: on.
//:
//: A measure of sparseness should not depend on the scale of $h$. [](@treves-rolls-1991) compare
//: the squared mean of $m$ activities with their mean square, and [](@vinje-gallant-2000) rescale
//: that:
//:
//: $$ \frac{1 - (\frac1m \sum_i \lvert h_i \rvert)^2 / \frac1m \sum_i h_i^2}{1 - \frac1m}. $$
//:
//: This is 0 if all activities are equal and 1 if only one is not zero. *Population* sparseness
//: is over the units for each image, *lifetime* sparseness over the images for each unit.
let stops = [25, 50, 100, 200, 400, 800, 1600, 3200].filter { $0 < iterations } + [iterations]
let fiveSeeds = (0..<5).map { lesson.seed + UInt64($0) }
let seeds = Array(fiveSeeds.prefix(D <= 64 ? 5 : 2))
let recipes = [
  Recipe("no penalty", .none, unitColumns: true),
  Recipe("KL", klPenalty, unitColumns: false), Recipe("KL", klPenalty, unitColumns: true),
  Recipe("Laplace", laplacePenalty, unitColumns: false),
  Recipe("Laplace", laplacePenalty, unitColumns: true),
]
func trial(_ seed: UInt64) -> Trial {
  Trial(
    Sample(seed, of: digits, inBlocks: blocks == 1), recipes, hidden: K, ρ: ρ, stops: stops)
}
let trials = seeds.map(trial)
let courses = recipes.indices.map { r in trials.map { $0.courses[r] } }
let (plain, freeKL, unitKL) = (courses[0], courses[1], courses[2])
let (freeLaplace, unitLaplace) = (courses[3], courses[4])
func sparseness(_ courses: [Course], at stop: Int) -> [Double] {
  courses.map { $0.outcomes[stop].population }
}
let final = stops.count - 1
let fall = [freeKL, freeLaplace, unitKL, unitLaplace].map { course in
  [1, final].map { Numeral.fixed(mean(sparseness(course, at: $0)), decimals: 2) }
}
lesson.finding(
  "A free decoder undoes a penalty: from iteration \(stops[1]) to \(iterations) the codes' "
    + "sparseness goes from \(fall[0][0]) to \(fall[0][1]) (KL) and from \(fall[1][0]) to "
    + "\(fall[1][1]) (Laplace). With unit columns it ends at \(fall[2][1]) and \(fall[3][1]).")
lesson.figure(
  "hole",
  "With free columns the codes lose sparseness and the columns grow for as long as one looks."
) { holeFigure([freeKL, unitKL, freeLaplace, unitLaplace]) }
lesson.table(
  "After \(iterations) iterations, mean ± standard error over \(trials.count) seeds; test "
    + "images (the last two columns: training images)",
  columns: Outcome.columns, rows: courses.map { Outcome.row($0[0].name, $0.map(\.end)) })
lesson.table(
  "Population sparseness in the course of training, the same seeds",
  columns: ["iterations"] + recipes.dropFirst().map(\.name),
  rows: stops.indices.map { i in
    [Cell(stops[i])] + courses.dropFirst().map { Cell(spread(sparseness($0, at: i))) }
  })
//: A penalty on codes needs a decoder that cannot grow: unit columns, weight decay on $W^*$, or tied weights. Longer
//: runs (`--iterations 3200`) go on in the same directions.
lesson.check(
  "KL, free or unit columns: mean activation, farthest from $\\rho$ of all seeds, relative",
  (freeKL + unitKL).map { abs($0.end.activation / ρ - 1) }.greatest(), isBelow: 0.2,
  because: "a tolerance that was set before the first run")
lesson.check(
  "KL, free: sparseness at the end over that at iteration \(stops[1]), worst seed",
  freeKL.map { $0.end.population / $0.outcomes[1].population }.greatest(), isBelow: 0.75,
  because: "the infimum of the loss is at a copier whose codes are all near $\\rho$: "
    + "sparseness 0")
lesson.check(
  "unit columns, both penalties: the same ratio, worst seed",
  (unitKL + unitLaplace).map { $0.end.population / $0.outcomes[1].population }.least(),
  isAbove: 0.95,
  because: "the hole is closed: what sparseness has been won stays, less one part in twenty")
lesson.check(
  "free columns get longer at every stop, both penalties, all seeds: least growth",
  (freeKL + freeLaplace).flatMap { course in
    let lengths = course.outcomes.map(\.length)
    return zip(lengths, lengths.dropFirst()).map { $1 / $0 }
  }.least(), isAbove: 1, because: "the loss has no minimum, only an infimum at infinite length")

//: ## What sparsity is for
//:
//: Digits have no known causes, so let us make data that do ([](@foldiak-1990)): images of 6 × 6
//: pixels, sums of bars. Each of twelve bars is there with probability 0.12, independently of the
//: others, and there is noise. Does an autoencoder of 24 units, with unit columns, find the bars
//: in 400 such images?
//: @file Bars.swift images with known causes
let (barShare, barRate) = (0.12, 0.05)
let barSets = fiveSeeds.map { Bars($0, share: barShare) }
let methods: [(name: String, sparsity: Sparsity)] = [
  ("no penalty", .none), ("KL", .KL(ρ: barShare / 2, β: 0.1)),
  ("Laplace", .laplace(λ: barRate)),
]
let onBars = methods.map { method in
  barSets.map { $0.learnt(method.sparsity, iterations: 300) }
}
let rivals: [(name: String, half: [Matrix<Double>]?, columns: [Matrix<Double>])] =
  [
    ("24 training images", nil, barSets.map { $0.X[rows: 0..<Bars.units].T }),
    ("24 cluster means", nil, barSets.map(\.clusterMeans)),
    ("principal axes", nil, barSets.map(\.principalAxes)),
    ("untrained columns", nil, barSets.map(\.untrained.decoder.W)),
  ]
  + zip(methods, onBars).map { method, networks in
    (method.name, networks.map(\.[0].decoder.W), networks.map(\.[1].decoder.W))
  }
let foundBars = rivals.map { found(barSets, in: $0.columns) }
lesson.figure(
  "bars",
  "Columns nearest to the bars: an autoencoder with a penalty has the bars, one without has "
    + "mixtures."
) {
  barsFigure(barSets[0], [1, 2, 4, 5, 6].map { (rivals[$0].name, rivals[$0].columns[0]) })
}
lesson.table(
  "Bars found of twelve (cosine above 0.9), mean and range over five seeds",
  columns: ["columns", "bars found", "after half of the training", "mean cosine"],
  rows: zip(rivals, foundBars).map { rival, counts in
    let cosines = zip(barSets, rival.columns).flatMap { $0.likest(in: $1).map(\.cosine) }
    return [
      Cell(rival.name), Cell(range(counts)),
      Cell(rival.half.map { range(found(barSets, in: $0)) } ?? "–"),
      .fixed(mean(cosines), decimals: 3),
    ]
  })
//: Rotating the code leaves a linear reconstruction unchanged, so squared error alone cannot
//: prefer the bars to their mixtures. The prior breaks the tie. The strong rival is *clustering*:
//: its means are bars too, because many of these images are one bar and noise. But one mean must
//: explain an image alone, where columns add up. From sparse causes to dense ones, and from a
//: weak prior to a strong one:
func run(
  _ share: Double, rate: Double, iterations: Int = 300, seeds: [UInt64] = fiveSeeds
) -> BarRun {
  let sets = seeds.map { Bars($0, share: share) }
  return BarRun(
    sets, share: share, rate: rate, iterations: iterations,
    networks: sets.map { $0.learnt(.laplace(λ: rate), iterations: iterations)[1] })
}
let usual = BarRun(
  barSets, share: barShare, rate: barRate, iterations: 300, networks: onBars[2].map { $0[1] })
let runs =
  [run(0.06, rate: barRate), usual, run(0.25, rate: barRate), run(0.5, rate: barRate)]
  + [run(0.5, rate: 0.01, iterations: 1200)]
  + [0.01, 0.1, 0.2].map { run(barShare, rate: $0) }
let ahead = runs[2].found .- runs[2].clusters
lesson.finding(
  "Where the data have sparse causes, a penalty of the right weight finds them: of twelve bars "
    + "\(Numeral.short(mean(foundBars[6]), significant: 3)) (Laplace) and "
    + "\(Numeral.short(mean(foundBars[5]), significant: 3)) (KL); without a penalty "
    + "\(Numeral.short(mean(foundBars[4]), significant: 2)), cluster means "
    + "\(Numeral.short(mean(usual.clusters), significant: 3)). A fifth of the weight finds "
    + "\(Numeral.short(mean(runs[5].found), significant: 2)), four times it "
    + "\(Numeral.short(mean(runs[7].found), significant: 2)). With six bars an image the same "
    + "penalty finds \(Numeral.short(mean(runs[3].found), significant: 2)), a fifth of it with "
    + "four times the steps \(Numeral.short(mean(runs[4].found), significant: 2)).")
lesson.table(
  "Laplace and cluster means: bars found, and Laplace's error as a share of the variance; "
    + "mean and range over five seeds",
  columns: [
    "probability of a bar", #"$\lambda$"#, "steps", "Laplace", "clusters", "error",
  ],
  rows: runs.map { run in
    [
      Cell(run.share), Cell(run.rate), Cell(run.iterations), Cell(range(run.found)),
      Cell(range(run.clusters)), .percent(mean(run.error)),
    ]
  })
lesson.check(
  "with three bars an image, Laplace's bars less those of cluster means, in standard errors",
  mean(ahead) / standardError(ahead), isAbove: studentsT(ahead.count),
  because: "Student's t of five seeds: chance exceeds it in one case of twenty")
lesson.check(
  "KL and Laplace: bars found less those found without penalty, worst seed",
  zip(zip(foundBars[5], foundBars[6]), foundBars[4]).map { min($0.0, $0.1) - $1 }.least(),
  isAtLeast: 6, because: "half of the bars more, in every seed, would be a clear win")
lesson.check(
  "the same penalty and steps with every second bar present: bars found over those at 0.12",
  mean(runs[3].found) / mean(runs[1].found), isBelow: 0.5,
  because: "the causes are no longer sparse; this penalty was chosen where they are")

//: ## Is the code worth anything?
//:
//: Sparse codes are "typically used to learn features for another task", says Srihari. Here: *ten
//: labelled images a class*, and new images to classify by ridge regression (its strength chosen
//: by leave-one-out on these few) or by the nearest labelled neighbour. All else is chosen on a
//: validation set: the number of principal components, the width of the bumps, and *when to stop
//: training*. The rivals that could overturn the finding were never trained: the pixels, and 96
//: Gaussian bumps around training images. Each seed has its own split, weights and labels.
//: @file Contest.swift the contest: codes, scores, seeds
let (pixels, bumps, dense, sparse) = (0, 3, 4, 5)
func shares(_ c: Int, _ share: (Scores) -> Double) -> [Double] {
  trials.map { share($0.scores[c]) }
}
func gains(at stop: Int) -> [Double] {
  shares(sparse) { $0.test[stop] } .- shares(dense) { $0.test[stop] }
}
let (gain, lateGain) = (gains(at: stops.firstIndex(of: 100) ?? 0), gains(at: final))
let overBumps = shares(sparse, \.chosenTest) .- shares(bumps, \.chosenTest)
let overNeighbour = shares(sparse, \.chosenTest) .- shares(pixels, \.chosenNearest)
let nearer = shares(sparse, \.chosenNearest) .- shares(pixels, \.chosenNearest)
func overPixels(_ c: Int) -> [Double] {
  shares(c, \.chosenTest) .- shares(pixels, \.chosenTest)
}
lesson.finding(
  "On images a sparse code's worth depends on when training stops: KL gains \(points(gain)) over "
    + "no penalty after 100 iterations, \(points(lateGain)) after \(iterations). At its best, "
    + "against untrained bumps: \(points(overBumps)), "
    + "\(verdict(overBumps, "a clear lead", "clearly behind")).")
lesson.figure(
  "budget",
  "The sparse codes' scores peak early; without a penalty they hardly change."
) { budgetFigure(trials) }
lesson.table(
  "New images classified correctly, mean ± standard error over \(trials.count) seeds",
  columns: ["code", "chosen for ridge", "ridge regression", "nearest neighbour"],
  rows: trials[0].scores.indices.map { c in
    let chosen = Set(trials.map { $0.scores[c].chosen })
    return [
      Cell(trials[0].scores[c].name),
      Cell(trials[0].scores[c].versions.filter(chosen.contains).joined(separator: ", ")),
      Cell(summary(shares(c, \.chosenTest))), Cell(summary(shares(c, \.chosenNearest))),
    ]
  })
lesson.say(
  "Over the pixels, by ridge regression, KL gains \(points(overPixels(sparse))), the bumps "
    + "\(points(overPixels(bumps))). By the nearest neighbour, KL against the pixels: "
    + "\(verdict(nearer, "KL wins", "the pixels win")), \(points(nearer)). KL by ridge "
    + "regression, the pixels by the nearest neighbour: "
    + "\(verdict(overNeighbour, "KL wins", "the pixels win")), \(points(overNeighbour)).")
//: What helps a linear classifier is mostly units that answer to a neighbourhood of images; bumps
//: do that untrained ([](@coates-2011) found the same on photographs). So does a half-trained
//: sparse network; trained further, it fits its few images and loses: with `--iterations 3200`
//: the network without a penalty is clearly ahead. On other writers (`--blocks 1`) KL has no
//: clear lead over the bumps.
let verdicts =
  trials.count < 5
  ? []
  : [
    ("KL less no penalty after 100 iterations", gain),
    ("that gain less the gain at the end, paired", gain .- lateGain),
  ]
for (claim, gain) in verdicts {
  lesson.check(
    "\(claim), in standard errors", mean(gain) / standardError(gain),
    isAbove: studentsT(gain.count),
    because: "Student's t of five seeds: chance exceeds it in one case of twenty")
}

//: ## Deeper: Does the gradient explode when a unit dies?
//:
//: No: the gradient in a bias is never larger than the distance of the mean activation from $\rho$.
//:
//: Near 0 and 1 the slope of the divergence is infinite, but the factors $h (1 - h)$ more than make up for it.
deriveBoundedGradient(of: five, on: few, ρ: ρ, KL: KL)
//: @file Proofs.swift the derivations of the deeper sections
//: Where a unit sleeps for all examples the gradient tends to $-\rho$, so descent pushes its bias up, but not hard.
//: Where it is stuck at 1 the gradient tends to $1 - \rho$. Here one of the five units is pushed to both extremes, and
//: the gradient is computed from the formula:
let shifts = [-30.0, -8, 0, 8, 20].map { shift in
  let h = five.activations(of: 0, on: few, shiftedBy: shift)
  return (shift, mean(h), slope(mean(h)), slope(mean(h)) * mean(h.map { $0 * (1 - $0) }))
}
lesson.table(
  "A unit's bias shifted",
  columns: [
    "shift", #"$\hat\rho$"#, #"$\Omega$"#, #"$\partial\Omega/\partial\hat\rho$"#,
    #"$\partial\Omega/\partial b$"#,
  ],
  rows: shifts.map { shift, mean, slope, inBias in
    [Cell(shift), Cell(mean), Cell(KL(mean)), Cell(slope), Cell(inBias)]
  })
lesson.check(
  "the gradient at a sleeping unit", shifts[0].3, equals: -ρ, within: 1e-6,
  because: #"it is $-\rho$ but for terms of the size of $\hat\rho$, here $e^{-30}$"#)
lesson.check(
  "the gradient at a unit stuck at 1", shifts[4].3, equals: 1 - ρ, within: 1e-3,
  because: "the same with $e^{-20}$ and inputs of some units' size")

//: ## Deeper: Not a prior over parameters
//:
//: With the parameters fixed, a sparsity penalty changes with the data. A prior $p(\theta)$
//: cannot.
//:
//: Weight decay is minus the logarithm of a Gaussian prior $p(\theta)$: it can be written down before any data are
//: seen. Is a sparsity penalty a prior $p(\theta)$ too, by way of $h = h(x; \theta)$? Leave the parameters of one
//: trained network (KL, unit columns, first seed) as they are, and change the images:
let one = sample.testing.labels[0]
let members = sample.testing.labels.indices.filter { sample.testing.labels[$0] == one }
let white = sample.newX.elements.greatest()
let sets = [
  sample.newX, Matrix(rows: members.count, columns: D) { sample.newX[members[$0], $1] },
  sample.newX.map { white - $0 },
]
let onSets = [("KL", klPenalty), ("Laplace", laplacePenalty)].map { name, penalty in
  (name, sets.map { value(penalty, unitKL[0].network, on: $0) })
}
lesson.table(
  "One network, three sets of images: the penalty",
  columns: ["penalty", "new images", "those of class \(one)", "negatives of the images"],
  rows: onSets.map { name, values in [Cell(name)] + values.map { Cell($0) } })
lesson.check(
  "KL on one class over KL on all", onSets[0].1[1] / onSets[0].1[0], isAbove: 2,
  because: "a prior over parameters would give 1; within a class the units in use exceed $\\rho$"
)
//: A prior over parameters would have to be known before the data. The Laplace penalty is minus the logarithm of a
//: prior on $h$. The KL penalty is not even that: it depends on means over the batch and has no term for a single
//: code. Both are, as Srihari says, a preference among functions.

//: ## Deeper: A copier made by hand
//:
//: Each unit copies one pixel along the straight part of the sigmoid: whatever $\beta$, the infimum of the loss is 0.
//:
//: The unit of pixel $l$ has the input weight $\eta$ and the activation $s(s^{-1}(\rho) + \eta (x_l - \mu_l))$, where
//: $\mu$ is the mean image; the decoder divides by $\rho (1 - \rho) \eta$.
let η = 1e-3
let copier = copyingNetwork(ρ: ρ, η: η, μ: X.columnMeans)
deriveCopying(by: copier, on: X, ρ: ρ, η: η)
//: As $\eta \to 0$ the error goes to 0 like $\eta^2$. The means are $\hat\rho_l = \rho + \frac1N \sum_n R_{nl}$, within
//: $O(\eta^2)$ of $\rho$, and the divergence is quadratic there, so the penalty goes to 0 like $\eta^4$: the network
//: that gets near the infimum copies anything.
lesson.check(
  "the copier's error on noise, as a share of the images' variance",
  unexplained(by: copier, on: Matrix<Double>.uniform(rows: 100, columns: D, using: &random)),
  isBelow: 1e-4,
  because: #"the bound above with $\lvert x - \mu \rvert$ of order 1 in each of $D$ pixels"#)
lesson.check(
  "the copier's penalty, the sum over the units", copier.encode(X).columnMeans.map(KL).sum(),
  isBelow: 1e-6, because: #"$\eta^4$ times $D$, over $\rho$, with room for large pixels"#)

//: ## Deeper: ISTA, for codes of many units
//:
//: Iterated soft thresholding finds the most probable code: why its objective never rises, how fast it converges, and a
//: certificate that a code is the best.
//:
//: *Iterated soft thresholding*, ISTA ([](@daubechies-2004)), replaces the squared error $f$ by a
//: bowl that touches it at the present code, lies above it everywhere, and couples no units. Then
//: each can be thresholded alone: $h^+ = S_{\lambda/L}(h - \frac1L \nabla f(h))$, where $L$ is
//: the largest eigenvalue of $W^{*\top} W^*$. On one image, with an untrained decoder of $K$
//: units:
//: @file Codes.swift the best codes for a linear decoder, and how good any can be
let coding = SparseCoding(
  of: X[rows: 0..<1], by: sample.untrainedNetwork(hidden: K).decoder.W, λ: λ)
func next(_ h: Matrix<Double>) -> Matrix<Double> {
  (h - (1 / coding.L) * coding.gradient(at: h)).map { softThreshold($0, λ / coding.L) }
}

var codes = [Matrix<Double>(rows: 1, columns: K)]
for _ in 1...2000 { codes.append(next(codes[codes.count - 1])) }
let best = bestCodes(for: coding.x, coding.W, λ: λ)
let toyDecoder = Stack([Dense(W: decoder, activation: .identity)])
let weight = toy.σ * toy.σ * toy.λ
let MAP = lesson.attempt { try ISTA(λ: weight).encode([x], decoder: toyDecoder) }
let brute = toy.bruteForce(x)
lesson.figure(
  "posterior",
  "Left: ISTA walks to the most probable code of two units. Right: its distance from the best on "
    + "an image falls, below the bound $L \\lVert h^* \\rVert^2 / 2q$."
) {
  let path = (0...30).map { steps -> [Double] in
    guard steps > 0 else { return [0, 0] }
    return lesson.attempt {
      try ISTA(λ: weight, maxIterations: steps, tolerance: 0).encode([x], decoder: toyDecoder)
    }.H.elements
  }
  return posteriorFigure(
    toy, x: x, best: brute, path: path,
    gaps: codes.dropFirst().map { coding.F($0) - coding.F(best) },
    bounds: (1...2000).map { q in coding.L * best.squaredNorm / (2 * Double(q)) })
}
lesson.check(
  "the toy: ISTA's code against the best of a refined grid of codes", MAP.H.elements,
  equal: brute, within: 1e-4, scale: 1,
  because: #"the last grid's step is $0.02 / 20^4$; $F$ is flat to $10^{-8}$ that near its "#
    + #"minimum"#)
//: After a step, $F$ is at most $F(z)$ plus $\frac L2$ times the decrease in squared distance to $z$, for every code
//: $z$. The derivation is evaluated at the fifth step, with the best code $h^*$ for $z$, found by soft thresholding one
//: unit at a time.
deriveStep(coding, from: codes[4], to: codes[5], z: best)
//: With $z = h$: $F(h^+) \le F(h) - \frac{L}{2} \lVert h - h^+ \rVert^2$, so $F$ never rises.
//: With $z = h^*$, summed over $q$ steps, it says how fast $F$ falls ([](@beck-teboulle-2009)),
//: evaluated here after 200:
deriveRate(coding, codes, best: best, q: 200)
//: And how do we know that $h^*$ is the best? Any $r$ with $\lvert w^*_l \cdot r \rvert \le \lambda$ for all $l$ is a
//: certificate: it gives a lower bound that no code can beat. Here it is the residual of $h^*$, shortened until it
//: qualifies.
deriveCertificate(coding, r: witness(of: best, for: coding.x, coding.W, λ: λ), z: codes[5])
lesson.check(
  "ISTA's largest step upwards in 2,000, over $F$",
  zip(codes, codes.dropFirst()).map { (coding.F($1) - coding.F($0)) / coding.F($0) }.greatest(),
  isAtMost: 1e-15, because: "proved above; a few units of rounding")
lesson.check(
  "$F(h^*)$ less the bound from below, over $F(h^*)$",
  distanceFromBest(of: best, for: coding.x, coding.W, λ: λ) / coding.F(best), isBelow: 1e-6,
  because: "coordinate descent stops when no unit changes by more than $10^{-9}$")

//: ## Deeper: One code in the place of all
//:
//: Maximum likelihood integrates over all codes; Srihari's sparse autoencoder keeps the best one. As a criterion for
//: *learning* the decoder that has no maximum: the hole again.
//:
//: Maximum likelihood would maximise $\log p(x) = \log \int p(h) \, p(x \mid h) \, dh$, over *all* codes that could have
//: made $x$; one code is $\max_h \log p(x, h)$. For a given decoder that is harmless. To see what it does in learning,
//: take forty examples of the toy, whose true decoder is $W^*$, and decoders $\alpha W^*$ of other scales. A scaled
//: decoder is the old one with a prior of rate $\lambda / \alpha$; that is how it is computed.
let examples = toy.examples(40, using: &random)
let scales = (-4...8).map { Double.exp(0.5 * Double($0) * .log(2)) }
let marginal = (0..<examples.rows).map { logEvidence(toy, examples.row($0), scales: scales) }
let likelihoods = scales.indices.map { i in mean(marginal.map { $0[i] }) }
let estimates = scales.map { logJoint(toy, examples, scale: $0) }
let likeliest = likelihoods.indices.reduce(0) { likelihoods[$1] > likelihoods[$0] ? $1 : $0 }
let draws = (0..<100_000).map { _ in
  toy.likelihood(examples.row(0), [toy.code(&random), toy.code(&random)])
}
lesson.figure(
  "evidence",
  "The likelihood of forty examples is greatest near the decoder's true scale; the value at the "
    + "single best code keeps rising."
) { evidenceFigure(scales: scales, likelihoods: likelihoods, estimates: estimates) }
lesson.check(
  "the integral by a grid against the mean over 100,000 codes drawn from the prior, in standard "
    + "errors",
  abs(mean(draws) - .exp(marginal[0][4])) / standardError(draws), isBelow: 5,
  because: "five standard errors happen by chance once in a million")
lesson.check(
  "the scale at which the likelihood is greatest, away from the true one by a factor of",
  max(scales[likeliest], 1 / scales[likeliest]), isAtMost: 2,
  because: "forty examples fix a scale to some tens of per cent")
lesson.check(
  "the point estimate rises with every step of the scale: least rise",
  zip(estimates, estimates.dropFirst()).map { $1 - $0 }.least(), isAbove: 0,
  because: "the same reconstruction costs less of a code that is shorter")
//: A longer decoder with smaller codes always looks better to the single best code. The integral does not rise for
//: ever, because most codes drawn from the prior then overshoot. (Only the curves' shapes can be compared: one is a
//: density of $x$, the other of $x$ and $h$ together.)

//: ## Deeper: The encoder is a guess
//:
//: The encoder finds a code in one pass; ISTA takes hundreds of steps. How much does the guess cost, and how much of
//: that is the sigmoid's range?
//:
//: Between the two stands the best code with entries in $[0, 1]$, which is all that a sigmoid can
//: output.
let guessed = zip(trials, unitLaplace).map { trial, course in
  fourCodes(of: trial.sample.newX[rows: 0..<20], course.network, λ: λ)
}
let Fs = (0..<4).map { c in guessed.map { $0[c].F } }
let excess = guessed.map { $0[0].F / $0[3].F }
let badGuess = guessed.map { ($0[0].F - $0[1].F) / ($0[0].F - $0[3].F) }
lesson.table(
  "Codes for 20 new images, decoders learnt with Laplace and unit columns: means over "
    + "\(trials.count) seeds",
  columns: Codes.columns,
  rows: zip(
    ["the encoder's", "the best in $[0, 1]$", "400 steps of ISTA", "the best"], 0..<4
  ).map { name, c in Codes.row(name, guessed.map { $0[c] }) })
lesson.finding(
  "On new images the encoder's code is not the most probable one: its objective is "
    + "\(spread(excess, decimals: 2)) times the least. Of the excess "
    + "\(Numeral.percent(mean(badGuess), decimals: 0)) is bad guessing within the sigmoid's "
    + "range.")
lesson.check(
  "the best: mean $F$ less the bound from below, over $F$, worst seed",
  guessed.map { $0[3].excess / $0[3].F }.greatest(), isBelow: 1e-6,
  because: "coordinate descent stops at changes of $10^{-9}$")
lesson.check(
  "ISTA's $F$ over the best in $[0, 1]$, worst seed",
  guessed.map { $0[2].F / $0[1].F }.greatest(), isAtMost: 1,
  because: "its codes may be anything, and 400 steps leave a gap far smaller than that freedom")

//: ## Deeper: Sparse, hence contractive?
//:
//: The notes of [](@section-4) argue that sparse codes hardly change with the input, because their units sit where the
//: sigmoid is flat. The slopes are small indeed. The map need not be.
//:
//: That the slopes are small is Jensen's inequality, as above: the mean slope of unit $l$ is at
//: most $\hat\rho_l (1 - \hat\rho_l)$. But the derivative is $h_l (1 - h_l) w_l$: the weights are
//: in it too, and they may grow.
let sensitivities = [plain, freeKL, unitKL, unitLaplace].map { courses in
  zip(trials, courses).map { Sensitivity($1.network, on: $0.sample.newX) }
}
func factors(_ value: (Sensitivity) -> Double) -> [Double] {
  zip(sensitivities[2], sensitivities[0]).map { value($0) / value($1) }
}
let (slopes, jacobians) = (factors(\.slope), factors(\.jacobian))
lesson.table(
  "On new images: means over \(trials.count) seeds", columns: Sensitivity.columns,
  rows: zip([plain, freeKL, unitKL, unitLaplace], sensitivities).map { courses, all in
    Sensitivity.row(courses[0].name, all)
  })
let (promised, squares) = (slopes.map { $0 * $0 }, factors(\.squaredSlope))
lesson.say(
  "With KL and unit columns the mean slope changes by the factor \(spread(slopes)), whose "
    + "square is \(spread(promised)). But $\\lVert J \\rVert_F^2$ changes by the factor "
    + "\(spread(jacobians)), because the units that are on are steep (the *squared* slopes "
    + "change by \(spread(squares))) and the encoder's weights by "
    + "\(spread(factors(\.weight))). Lesson 06 penalises the derivative itself.")
lesson.check(
  #"$\lVert J \rVert_F^2$ over that without penalty, in units of the slopes' ratio squared, "#
    + "worst seed",
  zip(jacobians, promised).map { $0 / $1 }.least(), isAbove: 2,
  because: "the argument promises 1; twice that is a clear failure of it")

//: ## Deeper: What the units look like
//:
//: Two pictures: how the activations are distributed, and what the most used units stand for.
//:
//: The use of a unit is how much it moves the output, $\operatorname{Var}(h_l) \lVert w^*_l \rVert^2$. With a penalty
//: and without, the columns are patches of ink.
lesson.figure(
  "activations",
  "On new images: without a penalty activations spread widely; with KL and free columns they "
    + "crowd around $\\rho$; with a penalty and unit "
    + "columns most are next to zero."
) {
  activationsFigure(
    [plain, freeKL, unitKL, unitLaplace].map { ($0[0].name, $0[0].network) }, on: sample.newX)
}
lesson.figure(
  "filters",
  "Decoder columns of three networks (orange: more ink), each row above the means of the images "
    + "that excite these units most."
) {
  filtersFigure(
    [plain, unitKL, unitLaplace].map { ($0[0].name, $0[0].network) }, on: sample.newX,
    width: digits.width, height: digits.height)
}

//: ## Deeper: What the slides leave out
//:
//: Slips in the lectures that this lesson follows, from a missing pair of bars to a prior that contradicts its code.
//:
//: - Srihari's $\Omega(h) = \lambda \sum_i h_i$ must be $\lambda \sum_i \lvert h_i \rvert$, as the line above it has
//:   it. Without the bars large negative codes are rewarded. For sigmoid codes the two are the same.
//: - His $\log p(x, h) = \log \sum_h p(h, x)$ has the wrong left side: the sum over $h$ leaves $\log p(x)$. For real
//:   codes it is an integral.
//: - The constant $-K \log \frac{\lambda}{2}$ does not matter *as long as $\lambda$ is fixed*. Whoever learns $\lambda$
//:   as well must keep it: without it $\lambda = 0$ is best, with it $\lambda$ is one over the mean of $\lvert h_i
//:   \rvert$.
//: - His "one highly likely value of h", "the output of a parametric encoder", is not the most likely one.
//: - "Must respond to unique statistical features … rather than simply perform the copying task": not with a free
//:   decoder, see the copying network.
//: - A Laplace prior on a sigmoid code contradicts itself: more than half of the prior's mass, $\frac12 (1 +
//:   e^{-\lambda})$, lies where the sigmoid cannot go, below 0 and above 1.
//: - Khapra's summary calls all three penalties $\Omega(\theta)$. Only weight decay is a function of $\theta$ alone.
//:   His $\rho_l$ is the mean activation of unit $l$, here $\hat\rho_l$, easily mistaken for the target $\rho$. And he
//:   calls $\lVert \theta \rVert^2$ the $l_2$ norm; it is its square.
//: - Section 4: "a large increase in the activation value will correspond to an increase in the Jacobian". For a
//:   sigmoid that holds below $\frac12$ only: above, the slope $h (1 - h)$ falls again.

//: ## Deeper: Is my number right?
//:
//: The headline figures for five seeds, with the default settings.
lesson.bands("Headline figures") { seed in
  let one = seeds.firstIndex(of: seed).map { trials[$0] } ?? trial(seed)
  let barsFound =
    fiveSeeds.firstIndex(of: seed).map { foundBars[6][$0] }
    ?? run(barShare, rate: barRate, seeds: [seed]).found[0]
  return [
    "KL, unit columns: mean activation": one.courses[2].end.activation,
    "KL, unit columns: population sparseness": one.courses[2].end.population,
    "KL, free columns: population sparseness": one.courses[1].end.population,
    "Laplace, unit columns: population sparseness": one.courses[4].end.population,
    "bars found by Laplace": barsFound,
    "ridge regression on the sparse code (KL), chosen": one.scores[sparse].chosenTest,
    "the same at the end of training": one.scores[sparse].test[final],
    "ridge regression on untrained bumps": one.scores[bumps].chosenTest,
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question A unit has $\hat\rho_l = \rho$ exactly. Is it sparse?
//: @answer Not necessarily: it may be at $\rho$ for every image. The penalty sees the mean only. The unit is sparse if
//: it is near 0 most of the time and large sometimes; its mean slope $\hat\rho_l (1 - \hat\rho_l) - \operatorname{Var}
//: h_l$ tells the two apart.
//:
//: @question Someone computes $\hat\rho_l$ on minibatches of 10 with $\rho = 0.05$. What goes wrong?
//: @answer A sparse unit is on for half an image in a batch of ten. Batches in which it is silent push it up, batches
//: with one image push it down, and the divergence is convex: by Jensen the mean penalty of the batches is larger than
//: the penalty of the mean. It asks for units that are at $\rho$ in *every* batch, that is, for dense ones.
//:
//: @question Derive the soft threshold for codes that cannot be negative.
//: @answer $\frac12 (h - y)^2 + t h$ on $h \ge 0$ has the slope $h - y + t$: the minimum is $\max(y - t, 0)$, a ReLU
//: with bias $-t$. One step of ISTA from $h = 0$ is then a layer of an encoder, with weights $W^{*\top} / L$ and bias
//: $-\lambda / L$.
//:
//: @question Why do squared error and unit columns alone not find the bars?
//: @answer For a linear code any rotation of the columns, undone in the code, reconstructs the same. Squared error
//: cannot tell the bars from their mixtures; the prior, which is not rotation-invariant, can.
//:
//: @question What does the penalty $\lambda \sum_l \lvert h_l \rvert$ do to the codes of a ReLU network whose weight
//: decay is very strong on the encoder and absent on the decoder?
//: @answer Both push in the same direction: small $W$, small $h$, long $W^*$. ReLU codes scale exactly, so the penalty
//: goes to zero at no cost. Decay must act on the decoder.
//:
//: @question Both penalties average over examples. A student sums in them instead, and averages in the loss as before.
//: Which weights must they use to get the same network?
//: @answer $\lambda / N$ for the Laplace penalty. For the KL penalty there is no such number: a sum of activations is
//: not a probability, and $\log(1 - \hat\rho)$ does not exist for a sum above 1.

//: ## Sources
//:
//: @sources
lesson.finish()
