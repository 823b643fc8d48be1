//: # 4 · The sparse prior
//:
//: A hidden layer larger than the input can simply copy it. A penalty on the *code* is meant to prevent that: few units
//: may be active at a time. This lesson derives the two usual penalties, shows the hole that both have and how to close
//: it, and asks what sparse codes are good for.
//:
//: @opening bars
//: - derive both sparsity penalties and their gradients, and write a training step with them;
//: - find the most probable code under a Laplace prior, and prove that it is the best;
//: - explain why a free decoder makes either penalty meaningless, and what to do about it;
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
let ρ = lesson.knob("rho", 0.05, in: 0.03...0.1, "the wanted mean activation ρ of a hidden unit")
let β = lesson.knob("beta", 1.0, in: 0.5...4, "the weight β of the penalty on mean activations")
let λ = lesson.knob("lambda", 0.03, in: 0.01...0.1, "the weight λ of the Laplace penalty")
let iterations = lesson.knob(
  "iterations", 600, in: 200...6400, "how long networks are trained on images")
let blocks = lesson.knob(
  "blocks", 0, in: 0...1, "1: train, validate and test on contiguous blocks, so on other writers"
)

let digits = lesson.images(ImageNeeds(pixels: 64, classes: 2, ofEachClass: 60))
let D = digits.width * digits.height
let K = 100
let sample = Sample(lesson.seed, of: digits, inBlocks: blocks == 1)
let X = sample.X
let (klPenalty, laplacePenalty) = (Sparsity.KL(ρ: ρ, β: β), Sparsity.laplace(λ: λ))
//: The images are the digits of [](@digits), unless `--data` names others.
//: @file Training.swift the data, the networks and their training
//: @file Measures.swift what is measured of a network; differences and integrals

//: ## A penalty on the mean activation
//:
//: Think of unit $l$ as a coin that shows 1 with probability $\hat\rho_l$, its mean activation, and of $\rho$ as the
//: coin we want. How badly the one stands in for the other is the Kullback–Leibler divergence, and the penalty in
//: [Khapra's lecture](@khapra) adds it up over the units:
//:
//: $$ \Omega = \sum_l \rho \log \frac{\rho}{\hat\rho_l} + (1 - \rho) \log \frac{1 - \rho}{1 - \hat\rho_l}. $$
//:
//: To watch it, take forty images and a network of five random units.
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
  "Left: the divergence as a function of the mean activation has its only zero at $\\rho$ "
    + "and lies "
    + "above the parabola of Pinsker's inequality. Right: the soft threshold of the Laplace "
    + "prior, "
    + "derived below, sends a whole interval to 0."
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
//: The penalty sees the weights only through means over the batch, and each example has its share in a mean,
//: $\partial \hat\rho_l / \partial h_{nl} = \frac1N$. From there on it is the chain rule.
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
//: $$ \frac{\partial}{\partial h_{nl}} = \frac1N \Bigl( (\hat x_n - x_n) \cdot w^*_l + \beta \, \frac{\hat\rho_l -
//: \rho}{\hat\rho_l (1 - \hat\rho_l)} \Bigr). $$
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
//: The library's `Objective` gives the same numbers, faster. Training hands them to L-BFGS.
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
        five, data: few[rows: 0..<12], loss: .gaussian, penalties: klPenalty.penalties() + laplacePenalty.penalties())
    ).worstError
  }, isBelow: 1e-7,
  because: "differences of step $\\varepsilon$ are exact to $\\varepsilon^2$ "
    + "and rounding, some $10^{-9}$ together")

//: ## A prior on the codes
//:
//: [Srihari's slides](@srihari) arrive at sparsity from a model of the data: first a code $h$ is drawn from a prior
//: $p(h)$, then an image from $p(x \mid h)$. The Laplace prior $p(h_i) = \frac{\lambda}{2} e^{-\lambda \lvert h_i
//: \rvert}$ prefers small codes. The factor $\frac{\lambda}{2}$ makes it a density: two tails of area $\frac12$ each.
//: Minus its logarithm is a penalty. The codes here are eight draws from it.
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
//: With a Gaussian $p(x \mid h)$ of mean $W^* h$ and variance $\sigma^2$, the most probable code for a given $x$ (the
//: *maximum a posteriori*, MAP) minimises squared error plus penalty. Two units and two inputs are enough to see
//: everything.
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
//: For one unit with $w^* = 1$ this is $\frac12 (h - y)^2 + t \lvert h \rvert$. If the minimum is at an $h > 0$, the
//: slope $h - y + t$ vanishes: $h = y - t$, which needs $y > t$. Likewise $h = y + t$ if $y < -t$. In between the
//: minimum is the kink $h = 0$, where every slope from $-y - t$ to $-y + t$ is a subgradient, 0 among them. That is
//: the *soft threshold* $S_t(y)$. It is *the* minimum, and here is by how much, for a few hundred pairs of $y$ and $h$
//: at once:
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
//: again and again.

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
//: The absolute-value penalty is dodged by $h' = \varepsilon h$, because $\Omega(\varepsilon h) = \varepsilon
//: \Omega(h)$. In both cases the decoder gets $1/\varepsilon$ times as long, and nothing forbids it. An encoder can
//: compute such codes: [a network made by hand](#deeper-a-copier-made-by-hand) copies anything, and whatever $\beta$, its
//: loss comes as near to 0 as you like.

//: ## What training finds
//:
//: Networks of 100 units, trained alike by L-BFGS: with a penalty and without, the decoder's columns free or kept at
//: length 1, which closes the hole. All images are divided by one number, so that their variance is 5: some five
//: orthonormal columns must then be on to make up what an image has beyond the mean.
//:
//: Sparseness needs a measure that is blind to the scale of $h$. [](@treves-rolls-1991) compare the squared mean of
//: $m$ activities with their mean square, and [](@vinje-gallant-2000) scale that,
//:
//: $$ \frac{1 - (\frac1m \sum_i \lvert h_i \rvert)^2 / \frac1m \sum_i h_i^2}{1 - \frac1m}, $$
//:
//: to 0 if all activities are equal and 1 if only one is not zero. Taken over the units for each image it is
//: *population* sparseness, over the images for each unit *lifetime* sparseness.
let stops = [25, 50, 100, 200, 400, 600, 1600, 3200].filter { $0 < iterations } + [iterations]
let seeds = (0..<(D <= 64 ? 5 : 2)).map { lesson.seed + UInt64($0) }
func trial(_ seed: UInt64) -> Trial {
  let sample = Sample(seed, of: digits, inBlocks: blocks == 1)
  return Trial(sample, hidden: K, KL: klPenalty, stops: stops)
}
func course(
  _ name: String, _ penalty: Sparsity, unit: Bool, on sample: Sample
) -> Course {
  let start = sample.untrainedNetwork(hidden: K)
  let moments = trained(start, on: sample.X, penalty, unitColumns: unit, stops: stops)
  return Course(name, moments, on: sample, ρ: ρ)
}
let trials = seeds.map(trial)
let freeKL = trials.map { course("KL, free", klPenalty, unit: false, on: $0.sample) }
let unitKL = trials.map { Course("KL, unit columns", $0.sparse, on: $0.sample, ρ: ρ) }
let laplace = [false, true].map {
  course($0 ? "Laplace, unit columns" : "Laplace, free", laplacePenalty, unit: $0, on: sample)
}
let plain = Course("no penalty, unit columns", trials[0].dense, on: sample, ρ: ρ)
let courses = [freeKL[0], unitKL[0]] + laplace
func ends(_ courses: [Course]) -> [Outcome] {
  courses.map { $0.outcomes[$0.outcomes.count - 1] }
}
let loss = freeKL.map(\.moments).map { $0[1].loss / $0[$0.count - 1].loss }
lesson.finding(
  "A free decoder undoes the penalty and never settles: from iteration \(stops[1]) to "
    + "\(iterations) the loss falls by a factor of "
    + "\(Numeral.short(mean(loss), significant: 2)), the sparseness of the codes from "
    + "\(Numeral.fixed(mean(freeKL.map { $0.outcomes[1].population }), decimals: 2)) to "
    + "\(Numeral.fixed(mean(ends(freeKL).map(\.population)), decimals: 2)), while every unit has "
    + "the mean activation that is asked of it. With unit columns the sparseness ends at "
    + "\(Numeral.fixed(mean(ends(unitKL).map(\.population)), decimals: 2)).")
lesson.figure(
  "hole",
  "Population sparseness and the decoder's columns during training, first seed. With free "
    + "columns "
    + "the codes get less sparse for as long as one looks, and the columns longer; with unit "
    + "columns the sparseness rises and stays."
) { holeFigure(courses) }
lesson.table(
  "After \(iterations) iterations, first seed, test images (the last two: training images)",
  columns: Outcome.columns,
  rows: zip([plain] + courses, ends([plain] + courses)).map { $1.row($0.name) })
lesson.table(
  "KL over \(trials.count) seeds, mean ± standard error",
  columns: ["iterations", "sparseness, free", "sparseness, unit", "error, free", "error, unit"],
  rows: stops.indices.map { i in
    [Cell(stops[i])]
      + [freeKL, unitKL].map { Cell(spread($0.map { $0.outcomes[i].population })) }
      + [freeKL, unitKL].map { Cell(summary($0.map { $0.outcomes[i].error })) }
  })
//: A penalty on codes needs a decoder that cannot grow: unit columns as here, weight decay on $W^*$, or tied weights.
//: Longer runs (`--iterations 3200`) go on in the same directions.
lesson.check(
  "KL, unit columns: mean activation, farthest from $\\rho$ of all seeds, relative",
  ends(unitKL).map { abs($0.activation / ρ - 1) }.greatest(), isBelow: 0.2,
  because: "the tolerance in the course's plan, older than any run")
lesson.check(
  "KL, free columns: the same", ends(freeKL).map { abs($0.activation / ρ - 1) }.greatest(),
  isBelow: 0.2, because: "the same")
lesson.check(
  "and yet its sparseness at the end over that at iteration \(stops[1]), worst seed",
  freeKL.map { ends([$0])[0].population / $0.outcomes[1].population }.greatest(), isBelow: 0.75,
  because: "the infimum of the loss is at a copier whose codes are all near $\\rho$: "
    + "sparseness 0")
lesson.check(
  "with unit columns the same ratio, worst seed",
  unitKL.map { ends([$0])[0].population / $0.outcomes[1].population }.least(), isAbove: 0.95,
  because: "the hole is closed: what sparseness has been won stays, less one part in twenty")
lesson.check(
  "free columns get longer at every stop, both penalties, all seeds: least growth",
  (freeKL + [laplace[0]]).flatMap { course in
    let lengths = course.outcomes.map(\.length)
    return zip(lengths, lengths.dropFirst()).map { $1 / $0 }
  }.least(), isAbove: 1, because: "the loss has no minimum, only an infimum at infinite length")

//: ## What sparsity is for
//:
//: Digits have no known causes. So let us make data that have ([](@foldiak-1990)): images of 6 × 6 pixels, sums of
//: bars. Each of twelve bars is there with probability 0.12, independently of the others, and there is noise. An
//: autoencoder of 24 units sees 400 such images. Does it find the bars?
//: @file Bars.swift images with known causes
let share = 0.12
let klOnBars = Sparsity.KL(ρ: share / 2, β: 0.1)

let methods: [(name: String, sparsity: Sparsity)] = [
  ("no penalty", .none), ("KL", klOnBars), ("Laplace", .laplace(λ: 0.05)),
]
let barSets = (0..<8).map { Bars(lesson.seed + $0, share: share) }
let onBars = methods.map { method in
  barSets.map { $0.learnt(method.sparsity, iterations: 400).decoder.W }
}
let rivals: [(name: String, columns: [Matrix<Double>])] =
  [
    ("24 training images", barSets.map { $0.X[rows: 0..<Bars.units].T }),
    ("24 means of clusters", barSets.map(\.clusterMeans)),
    ("principal axes", barSets.map(\.principalAxes)),
    ("untrained columns", barSets.map(\.untrained.decoder.W)),
  ] + zip(methods, onBars).map { ($0.name, $1) }
let foundBars = rivals.map { rival in zip(barSets, rival.columns).map { $0.found(in: $1) } }
lesson.figure(
  "bars",
  "Twelve of the images, the twelve bars that they are made of, and the columns most similar to "
    + "each bar. With a penalty they are the bars. Without one, and among the principal "
    + "axes, they "
    + "are mixtures. Means of clusters are bars only where many images consist of one bar."
) {
  barsFigure(barSets[0], [1, 2, 4, 5, 6].map { (rivals[$0].name, rivals[$0].columns[0]) })
}
lesson.table(
  "Bars found of twelve (cosine above 0.9), mean and range over eight seeds",
  columns: ["columns", "bars found", "mean cosine"],
  rows: zip(rivals, foundBars).map { rival, counts in
    let cosines = zip(barSets, rival.columns).flatMap { $0.likest(in: $1).map(\.cosine) }
    return [Cell(rival.name), Cell(range(counts)), .fixed(mean(cosines), decimals: 3)]
  })
//: Without the penalty the columns are mixtures, and so are the principal axes: rotating the code leaves a linear
//: reconstruction unchanged, so squared error alone cannot prefer the bars. The prior breaks the tie. The strong rival
//: is *clustering*: its means are bars too, because so many of these images consist of one bar and noise. But a mean
//: explains an image alone, where a code adds up. Here are five seeds each, from sparse causes to dense ones, and from
//: a weak prior to a strong one:
let shares = [0.06, 0.12, 0.25, 0.5]
let rates = [0.01, 0.1, 0.2]
func sweep(_ share: Double, _ λ: Double) -> (
  found: [Double], clusters: [Double], error: [Double]
) {
  let sets = (0..<5).map { Bars(lesson.seed + $0, share: share) }
  let networks = sets.map { $0.learnt(.laplace(λ: λ), iterations: 300) }
  return (
    zip(sets, networks).map { $0.found(in: $1.decoder.W) },
    sets.map { $0.found(in: $0.clusterMeans) },
    zip(sets, networks).map {
      squaredError($0.newX, $1.reconstruct($0.newX)) / variances($0.newX).sum()
    }
  )
}
let byShare = shares.map { sweep($0, 0.05) }
let byRate = rates.map { sweep(share, $0) }
let ahead = byShare[2].found .- byShare[2].clusters
lesson.finding(
  "Where the data have sparse causes, the penalty finds them: of twelve bars "
    + "\(Numeral.short(mean(foundBars[6]), significant: 3)) (Laplace) and "
    + "\(Numeral.short(mean(foundBars[5]), significant: 3)) (KL) turn up as decoder columns; "
    + "without a penalty \(Numeral.short(mean(foundBars[4]), significant: 2)). With three "
    + "bars an "
    + "image Laplace still finds \(Numeral.short(mean(byShare[2].found), significant: 3)), "
    + "cluster "
    + "means \(Numeral.short(mean(byShare[2].clusters), significant: 3)); with six an image, "
    + "where causes are not sparse, \(Numeral.short(mean(byShare[3].found), significant: 2)).")
lesson.table(
  "Laplace and cluster means: bars found, and Laplace's error as a share of the variance; "
    + "mean and "
    + "range over five seeds",
  columns: ["probability of a bar", #"$\lambda$"#, "Laplace", "clusters", "error"],
  rows: (zip(shares, byShare).map { ($0, 0.05, $1) } + zip(rates, byRate).map { (share, $0, $1) })
    .map { share, λ, run in
      [
        Cell(share), Cell(λ), Cell(range(run.found)), Cell(range(run.clusters)),
        .percent(mean(run.error)),
      ]
    })
lesson.check(
  "with three bars an image, Laplace's bars less those of cluster means, in standard errors",
  mean(ahead) / standardError(ahead), isAbove: 2, because: "what a clear difference means here")
lesson.check(
  "KL and Laplace: bars found less those found without penalty, worst seed",
  zip(zip(foundBars[5], foundBars[6]), foundBars[4]).map { min($0.0, $0.1) - $1 }.least(),
  isAtLeast: 6, because: "half of the bars more, in every seed, would be a clear win")
lesson.check(
  "with every second bar present, the mean share of bars found over that at 0.12",
  mean(byShare[3].found) / mean(byShare[1].found), isBelow: 0.5,
  because: "the causes are no longer sparse: the prior is wrong")

//: ## Is the code worth anything?
//:
//: Sparse codes are "typically used to learn features for another task", says Srihari. The task here: *ten labelled
//: images a class*, a linear classifier by ridge regression whose strength is chosen by leave-one-out on these few, and
//: new images to classify. A second judge is the nearest labelled neighbour. Everything else is chosen on a validation
//: set of its own: the number of principal components, the width of the bumps, and *when to stop training*. The
//: rivals that could kill the finding are those nobody trained: the pixels, and 100 Gaussian bumps around training
//: images. Everything is measured over five seeds, each with its own split, weights and labels.
//: @file Contest.swift the contest: codes, scores, seeds
func shares(_ c: Int, _ share: (Scores) -> Double) -> [Double] {
  trials.map { share($0.scores[c]) }
}
func choices(_ c: Int) -> String {
  let chosen = Set(trials.map { $0.scores[c].chosen })
  return trials[0].scores[c].versions.filter(chosen.contains).joined(separator: ", ")
}
func gains(at stop: Int) -> [Double] {
  trials.map { $0.scores[5].test[stop] - $0.scores[4].test[stop] }
}
let early = stops.firstIndex(of: 100) ?? 0
let (gain, lateGain) = (gains(at: early), gains(at: stops.count - 1))
let overBumps = shares(5, \.chosenTest) .- shares(3, \.chosenTest)
let overNeighbour = shares(5, \.chosenTest) .- shares(0, \.chosenNearest)
let overPixels = shares(5, \.chosenNearest) .- shares(0, \.chosenNearest)
lesson.finding(
  "On digits the worth of a sparse code is a matter of when training stops: with KL, ridge "
    + "regression gains \(points(gain)) over no penalty after 100 iterations, and "
    + "\(points(lateGain)) after \(iterations). At its best moment it is \(points(overBumps)) "
    + "ahead of a hundred bumps that nobody trained, and \(points(overNeighbour)) ahead of the "
    + "nearest labelled neighbour among the pixels.")
lesson.figure(
  "budget",
  "Classification from ten labels a class. The sparse code's score peaks early and falls "
    + "back with "
    + "further training, while the code without penalty hardly changes."
) { budgetFigure(trials) }
lesson.table(
  "Share of new images classified correctly, \(trials.count) seeds, mean ± standard error",
  columns: ["code", "chosen", "ridge regression", "nearest neighbour"],
  rows: trials[0].scores.indices.map { c in
    [
      Cell(trials[0].scores[c].name), Cell(choices(c)),
      Cell(summary(shares(c, \.chosenTest))), Cell(summary(shares(c, \.chosenNearest))),
    ]
  })
lesson.say(
  "KL against the bumps, both at their best on the validation set, by ridge regression: "
    + "\(verdict(overBumps, "KL wins", "the bumps win")), \(points(overBumps)). By the nearest "
    + "neighbour, KL against the pixels themselves: "
    + "\(verdict(overPixels, "KL wins", "the pixels win")), \(points(overPixels)). And at "
    + "the end "
    + "of training, KL against no penalty: "
    + "\(verdict(lateGain, "KL wins", "no penalty wins")), \(points(lateGain)).")
func gainOverPixels(_ c: Int) -> Double {
  mean(shares(c, \.chosenTest) .- shares(0, \.chosenTest))
}
lesson.say(
  "Of KL's gain over the pixels, by ridge regression, the bumps get "
    + "\(Numeral.percent(gainOverPixels(3) / gainOverPixels(5), decimals: 0)). And KL at "
    + "its best "
    + "moment with ridge regression, against the nearest neighbour among plain pixels: "
    + "\(verdict(overNeighbour, "KL wins", "the pixels win")), \(points(overNeighbour)).")
//: Most of what helps a linear reader is units that answer to a neighbourhood of images; bumps do that untrained
//: ([](@coates-2011) found the like on photographs). A half-trained sparse network does too; trained further on few
//: images it fits them and loses the advantage. `--blocks 1` tests on other writers.
lesson.check(
  "KL less no penalty after 100 iterations, in standard errors",
  mean(gain) / standardError(gain), isAbove: 2, because: "what a clear difference means here")
lesson.check(
  "that gain less the gain at the end, paired, in standard errors",
  mean(gain .- lateGain) / standardError(gain .- lateGain), isAbove: 2, because: "the same")

//: ## Deeper: Does the gradient explode when a unit dies?
//:
//: No. Near 0 and 1 the slope of the divergence is infinite, but the factors $h (1 - h)$ more than make up for it: the
//: gradient in a bias is never larger than the distance of the mean activation from $\rho$.
lesson.derive(#"The gradient in the biases is bounded"#) { proof in
  let factor = means.map { abs($0 - ρ) / ($0 * (1 - $0)) }
  proof.start(
    #"\sum_l \Bigl\lvert \frac{\partial \Omega}{\partial b_l} \Bigr\rvert \text{ by "#
      + #"differences}"#,
    (0..<5).map { l in
      abs(differences(of: { KL(mean(five.activations(of: l, on: few, shiftedBy: $0))) }, at: 0))
    }.sum())
  proof.equals(
    #"\sum_l \frac{\lvert \hat\rho_l - \rho \rvert}{\hat\rho_l (1 - \hat\rho_l)} "#
      + #"\cdot \frac1N \sum_n h_{nl} (1 - h_{nl})"#,
    because: #"the chain rule with 1 in the place of $x_{ni}$"#,
    dot(factor, H.map { $0 * (1 - $0) }.columnMeans), within: 1e-7)
  proof.equals(
    #"\sum_l \frac{\lvert \hat\rho_l - \rho \rvert}{\hat\rho_l (1 - \hat\rho_l)} "#
      + #"\bigl( \hat\rho_l (1 - \hat\rho_l) - \operatorname{Var}_n h_{nl} \bigr)"#,
    because: #"the mean of $h^2$ is $\hat\rho^2$ plus the variance"#,
    dot(factor, zip(means, variances(H)).map { $0 * (1 - $0) - $1 }))
  proof.atMost(
    #"\sum_l \lvert \hat\rho_l - \rho \rvert"#,
    because: "a variance is not negative: Jensen's inequality for $h^2$",
    means.map { abs($0 - ρ) }.sum())
}
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
//: A sparsity penalty is another number for other data, at the same parameters. A prior $p(\theta)$ cannot be.
//:
//: Weight decay is minus the logarithm of a Gaussian prior $p(\theta)$: it can be written down before any data are
//: seen. Is a sparsity penalty a prior $p(\theta)$ too, by way of $h = h(x; \theta)$? Leave the parameters of one
//: trained network as they are, and change the images:
let (dense, sparse) = (plain.moments[plain.moments.count - 1].network, trials[0].sparse.last)
let sparseNetwork = sparse?.network ?? dense
let one = sample.testing.labels[0]
let members = sample.testing.labels.indices.filter { sample.testing.labels[$0] == one }
let white = sample.newX.elements.greatest()
let sets = [
  sample.newX, Matrix(rows: members.count, columns: D) { sample.newX[members[$0], $1] },
  sample.newX.map { white - $0 },
]
let onSets = [("KL", klPenalty), ("Laplace", laplacePenalty)].map { name, penalty in
  (name, sets.map { value(penalty, sparseNetwork, on: $0) })
}
lesson.table(
  "One network, three sets of images",
  columns: ["penalty", "new images", "those of class \(one)", "negatives of the images"],
  rows: onSets.map { name, values in [Cell(name)] + values.map { Cell($0) } })
lesson.check(
  "KL on one class over KL on all", onSets[0].1[1] / onSets[0].1[0], isAbove: 2,
  because: "a prior over parameters would give 1; within a class the units in use exceed $\\rho$"
)
//: At fixed $\theta$ the penalty is another number for other data. A prior cannot be: it would have to be known before
//: the data. The Laplace penalty is minus the logarithm of a prior on $h$. The KL penalty is not even that: it depends
//: on means over the batch and has no term for a single code. Both are, as Srihari says, a preference among functions.

//: ## Deeper: A copier made by hand
//:
//: Each unit copies one pixel along the straight part of the sigmoid; both the error and the penalty tend to 0. So the
//: infimum of the loss is 0, whatever $\beta$.
//:
//: The unit of pixel $l$ has the input weight $\eta$ and the activation $s(s^{-1}(\rho) + \eta (x_l - \mu_l))$, where
//: $\mu$ is the mean image; the decoder divides by $\rho (1 - \rho) \eta$.
let η = 1e-3
let copier = copyingNetwork(ρ: ρ, η: η, μ: X.columnMeans)
lesson.derive("A copier whose error is as small as you like", within: 1e-7) { proof in
  let fourth = X.subtractingFromEachRow(X.columnMeans).map { $0 * $0 * $0 * $0 }.sum
  let remainders =
    copier.encode(X).map { $0 - ρ }
    - (ρ * (1 - ρ) * η) * X.subtractingFromEachRow(X.columnMeans)
  proof.start(
    #"\frac1N \sum_n \lVert x_n - \hat x_n \rVert^2"#, squaredError(X, copier.reconstruct(X)))
  proof.equals(
    #"\frac1N \sum_{n,l} \Bigl( \frac{R_{nl}}{\rho (1 - \rho) \eta} \Bigr)^2"#,
    because: #"Taylor: $h_{nl} = \rho + \rho (1 - \rho) \eta (x_{nl} - \mu_l) + R_{nl}$"#,
    remainders.squaredNorm / Double(X.rows) / (ρ * (1 - ρ) * η * ρ * (1 - ρ) * η))
  proof.atMost(
    #"\frac{\eta^2}{432 \, \rho^2 (1 - \rho)^2} \cdot \frac1N \sum_{n,l} (x_{nl} - \mu_l)^4"#,
    because: #"$\lvert R_{nl} \rvert \le \frac12 \max \lvert s'' \rvert \eta^2 (x_{nl} - "#
      + #"\mu_l)^2$ "#
      + #"and $\max \lvert s'' \rvert = 1 / (6 \sqrt 3)$"#,
    η * η / (432 * ρ * ρ * (1 - ρ) * (1 - ρ)) * fourth / Double(X.rows))
}
//: As $\eta \to 0$ the error goes to 0 like $\eta^2$. The means are $\hat\rho_l = \rho + \frac1N \sum_n R_{nl}$, within
//: $O(\eta^2)$ of $\rho$, and the divergence is quadratic there, so the penalty goes to 0 like $\eta^4$. Whatever
//: $\beta$, the infimum of the loss is 0, and the network that gets near it copies anything.
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
//: The iteration that finds the most probable code, a proof that its objective never rises and how fast it converges,
//: and a certificate that a code is the best.
//:
//: With more units $W^*$ mixes them, and there is no formula. *Iterated soft thresholding*, ISTA
//: ([](@daubechies-2004)), replaces the squared error $f$ by a bowl that touches it at the present code, lies above it
//: everywhere, and mixes nothing. Then each unit can be thresholded by itself: $h^+ = S_{\lambda/L}(h - \frac1L \nabla
//: f(h))$, where $L$ is the largest eigenvalue of $W^{*\top} W^*$. On one image, with an untrained decoder of $K$
//: units:
let dictionary = sample.untrainedNetwork(hidden: K).decoder.W
let image = X[rows: 0..<1]
let σ₁ = SVD(dictionary).σ[0]
let L = σ₁ * σ₁
func f(_ h: Matrix<Double>) -> Double { (image - h * dictionary.T).squaredNorm / 2 }
func F(_ h: Matrix<Double>) -> Double { f(h) + λ * h.map(abs).sum }
func gradient(at h: Matrix<Double>) -> Matrix<Double> { (h * dictionary.T - image) * dictionary }
func next(_ h: Matrix<Double>) -> Matrix<Double> {
  (h - (1 / L) * gradient(at: h)).map { softThreshold($0, λ / L) }
}

var codes = [Matrix<Double>(rows: 1, columns: K)]
for _ in 1...2000 { codes.append(next(codes[codes.count - 1])) }
let best = bestCodes(for: image, dictionary, λ: λ)
let gaps = codes.dropFirst().map { F($0) - F(best) }
let bounds = (1...2000).map { k in L * best.squaredNorm / (2 * Double(k)) }
//: @file Codes.swift the best codes for a linear decoder, and how good any can be
let toyDecoder = Stack([Dense(W: decoder, activation: .identity)])
let weight = toy.σ * toy.σ * toy.λ
let MAP = lesson.attempt { try ISTA(λ: weight).encode([x], decoder: toyDecoder) }
let brute = toy.bruteForce(x)
lesson.figure(
  "posterior",
  "Left: curves of equal posterior probability are ovals with corners on the axes; ISTA "
    + "walks from "
    + "the origin to the most probable code, which lies on the axis of the first unit. Right: on "
    + "an image its distance from the best falls at every step and stays below the bound "
    + "$L \\lVert h^* \\rVert^2 / 2k$ that is proved below."
) {
  let path = (0...30).map { steps -> [Double] in
    guard steps > 0 else { return [0, 0] }
    return lesson.attempt {
      try ISTA(λ: weight, maxIterations: steps, tolerance: 0).encode([x], decoder: toyDecoder)
    }.H.elements
  }
  return posteriorFigure(toy, x: x, best: brute, path: path, gaps: gaps, bounds: bounds)
}
lesson.check(
  "the toy: ISTA's code against the best of a refined grid of codes", MAP.H.elements,
  equal: brute, within: 1e-4, scale: 1,
  because: #"the last grid's step is $0.02 / 20^4$; $F$ is flat to $10^{-8}$ that near its "#
    + #"minimum"#)
//: After a step, $F$ is at most $F(z)$ plus $\frac L2$ times the decrease in squared distance to $z$, for every code
//: $z$. The derivation is evaluated at the fifth step, with the best code $h^*$ for $z$, found by soft thresholding one
//: unit at a time.
lesson.derive("A step of ISTA against any code $z$", within: 1e-10) { proof in
  let (h, after, z) = (codes[4], codes[5], best)
  let slope = gradient(at: h)
  let y = h - (1 / L) * slope
  let e = { (u: Matrix<Double>) in (u - y).squaredNorm / 2 + λ / L * u.map(abs).sum }
  proof.start(#"F(h^+) = f(h^+) + \lambda \lVert h^+ \rVert_1"#, F(after))
  proof.equals(
    #"f(h) + \nabla f(h) \cdot (h^+ - h) + \tfrac12 \lVert W^* (h^+ - h) \rVert^2 "#
      + #"+ \lambda \lVert h^+ \rVert_1"#,
    because: "$f$ is a quadratic: its Taylor series ends here",
    f(h) + dot(slope, after - h) + ((after - h) * dictionary.T).squaredNorm / 2
      + λ * after.map(abs).sum)
  proof.atMost(
    #"f(h) + \nabla f(h) \cdot (h^+ - h) + \tfrac{L}{2} \lVert h^+ - h \rVert^2 "#
      + #"+ \lambda \lVert h^+ \rVert_1"#,
    because: #"$\lVert W^* d \rVert^2 \le L \lVert d \rVert^2$ for every $d$; this is the bowl"#,
    f(h) + dot(slope, after - h) + L / 2 * (after - h).squaredNorm + λ * after.map(abs).sum)
  proof.equals(
    #"f(h) - \tfrac{1}{2L} \lVert \nabla f(h) \rVert^2 + L \, e(h^+)"#,
    because: #"complete the square: $y = h - \frac1L \nabla f(h)$, "#
      + #"$e(z) = \sum_i \frac12 (z_i - y_i)^2 + \frac{\lambda}{L} \lvert z_i \rvert$"#,
    f(h) - slope.squaredNorm / (2 * L) + L * e(after))
  proof.atMost(
    #"f(h) - \tfrac{1}{2L} \lVert \nabla f(h) \rVert^2 + L \, e(z) "#
      + #"- \tfrac{L}{2} \lVert z - h^+ \rVert^2"#,
    because: #"$h^+_i = S_{\lambda/L}(y_i)$ is the minimum of its term, with "#
      + #"$\frac12 (z_i - h^+_i)^2$ to spare"#,
    f(h) - slope.squaredNorm / (2 * L) + L * e(z) - L / 2 * (z - after).squaredNorm)
  proof.equals(
    #"F(z) - \tfrac12 \lVert W^* (z - h) \rVert^2 + \tfrac{L}{2} \lVert z - h \rVert^2 "#
      + #"- \tfrac{L}{2} \lVert z - h^+ \rVert^2"#,
    because: "undo the square, and Taylor once more: $f(z)$ around $h$",
    F(z) - ((z - h) * dictionary.T).squaredNorm / 2
      + L / 2 * ((z - h).squaredNorm - (z - after).squaredNorm))
  proof.atMost(
    #"F(z) + \tfrac{L}{2} \bigl( \lVert z - h \rVert^2 - \lVert z - h^+ \rVert^2 \bigr)"#,
    because: "a square is not negative",
    F(z) + L / 2 * ((z - h).squaredNorm - (z - after).squaredNorm))
}
//: With $z = h$: $F(h^+) \le F(h) - \frac{L}{2} \lVert h - h^+ \rVert^2$, so $F$ never rises. With $z = h^*$, added
//: over $k$ steps, the right sides telescope to $F(h^{(k)}) - F(h^*) \le \frac{L}{2k} \lVert h^* - h^{(0)} \rVert^2$
//: ([](@beck-teboulle-2009)).
//:
//: And how do we know that $h^*$ is the best? Any $r$ with $\lvert w^*_l \cdot r \rvert \le \lambda$ for all $l$ is a
//: certificate: it gives a lower bound that no code can beat. Here it is the residual of $h^*$, shortened until it
//: qualifies.
lesson.derive("A bound from below for every code $z$", within: 1e-10) { proof in
  let (z, r) = (codes[5], witness(of: best, for: image, dictionary, λ: λ))
  let rebuilt = z * dictionary.T
  proof.start(#"F(z) = \tfrac12 \lVert x - W^* z \rVert^2 + \lambda \lVert z \rVert_1"#, F(z))
  proof.atLeast(
    #"\tfrac12 \lVert x - W^* z \rVert^2 + r \cdot W^* z"#,
    because: #"$r \cdot W^* z = \sum_l (w^*_l \cdot r) z_l \le \lambda \lVert z \rVert_1$"#,
    f(z) + dot(r, rebuilt))
  proof.equals(
    #"\tfrac12 \lVert x - W^* z - r \rVert^2 + r \cdot x - \tfrac12 \lVert r \rVert^2"#,
    because: "complete the square",
    (image - rebuilt - r).squaredNorm / 2 + dot(r, image) - r.squaredNorm / 2)
  proof.atLeast(
    #"r \cdot x - \tfrac12 \lVert r \rVert^2"#, because: "a square is not negative",
    dot(r, image) - r.squaredNorm / 2)
}
lesson.check(
  "ISTA's largest step upwards in 2,000, over $F$",
  zip(codes.map(F), codes.dropFirst().map(F)).map { ($1 - $0) / $0 }.greatest(),
  isAtMost: 1e-15, because: "proved above; a few units of rounding")
lesson.check(
  "its distance from the best over the bound, at worst in 2,000 steps",
  zip(gaps, bounds).map { $0 / $1 }.greatest(), isAtMost: 1, because: "proved above")
lesson.check(
  "$F(h^*)$ less the bound from below, over $F(h^*)$",
  distanceFromBest(of: best, for: image, dictionary, λ: λ) / F(best), isBelow: 1e-6,
  because: "coordinate descent stops when no unit changes by more than $10^{-9}$")

//: ## Deeper: One code in the place of all
//:
//: Maximum likelihood would maximise $\log p(x) = \log \int p(h) \, p(x \mid h) \, dh$, over *all* codes that could have
//: made $x$. Srihari's sparse autoencoder keeps one: $\max_h \log p(x, h)$. For a given decoder that is harmless. As a
//: criterion for *learning* the decoder it has no maximum, which is the hole again.
//:
//: Take forty examples of the toy, whose true decoder is $W^*$, and decoders $\alpha W^*$ of other scales. A scaled
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
  "The likelihood of forty examples is greatest near the true scale of the decoder and lower at "
    + "both ends. The value at the single best code goes on rising: a longer decoder with "
    + "smaller "
    + "codes always looks better. (Only the shapes can be compared: one is a density of $x$, the "
    + "other of $x$ and $h$ together.)"
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
//: The integral does not fall for a long decoder, because most codes drawn from the prior then overshoot.

//: ## Deeper: The encoder is a guess
//:
//: The encoder finds a code in one pass, for a decoder learnt along with it. ISTA takes hundreds of steps. How much
//: does the guess cost, and how much of that is the sigmoid's range? Between the two stands the best code with entries
//: in $[0, 1]$, which is all that a sigmoid could say.
let guesser = laplace[1].moments[laplace[1].moments.count - 1].network
let shown = sample.newX[rows: 0..<min(200, sample.newX.rows)]
let centred = shown.subtractingFromEachRow(guesser.decoder.b)
let steps = lesson.attempt {
  try ISTA(λ: λ, maxIterations: 400).encode(shown, decoder: guesser.decoder)
}
let fourCodes = [
  guesser.encode(shown), bestCodes(for: centred, guesser.decoder.W, λ: λ, in: 0...1), steps.H,
  bestCodes(for: centred, guesser.decoder.W, λ: λ),
].map { Codes($0, of: centred, guesser.decoder.W, λ: λ) }
let Fs = fourCodes.map(\.F)
lesson.table(
  "Codes for \(shown.rows) new images, one decoder (Laplace, unit columns): means",
  columns: Codes.columns,
  rows: zip(
    ["the encoder's", "the best in $[0, 1]$", "400 steps of ISTA", "the best"], fourCodes
  )
  .map { $1.row($0) })
lesson.finding(
  "The encoder's code is not the most probable one: its objective is "
    + "\(Numeral.short(Fs[0] / Fs[3], significant: 2)) times the least. Of the excess "
    + "\(Numeral.percent((Fs[0] - Fs[1]) / (Fs[0] - Fs[3]), decimals: 0)) is bad guessing within "
    + "its range, the rest what a sigmoid cannot say.")
lesson.check(
  "the best: mean $F$ less the bound from below, over $F$", fourCodes[3].excess / Fs[3],
  isBelow: 1e-6, because: "coordinate descent stops at changes of $10^{-9}$")
lesson.check(
  "ISTA's $F$ over the best in $[0, 1]$", Fs[2] / Fs[1], isAtMost: 1,
  because: "its codes may be anything, and 400 steps leave a gap far smaller than that freedom")

//: ## Deeper: Sparse, hence contractive?
//:
//: The notes of [](@section-4) argue that sparse codes hardly change with the input: their units sit in the flat left
//: part of the sigmoid, so $\partial h_l / \partial x$ is small. The slopes are small indeed. The map need not be.
//:
//: The first half is Jensen's inequality from above: the mean slope of unit $l$ is at most $\hat\rho_l (1 -
//: \hat\rho_l)$. But the derivative is $h_l (1 - h_l) w_l$: the weights are in it too, and they may grow.
let answering = [plain, freeKL[0], unitKL[0], laplace[1]]
let sensitivities = answering.map {
  Sensitivity($0.moments[$0.moments.count - 1].network, on: sample.newX)
}
let (flat, steep) = (sensitivities[2], sensitivities[0])
let promised = (flat.slope / steep.slope) * (flat.slope / steep.slope)
lesson.table(
  "On new images, first seed: means", columns: Sensitivity.columns,
  rows: zip(answering, sensitivities).map { $1.row($0.name) })
lesson.say(
  "With KL and unit columns the mean slope changes by the factor "
    + "\(Numeral.short(flat.slope / steep.slope, significant: 2)), whose square is "
    + "\(Numeral.short(promised, significant: 2)). But $\\lVert J \\rVert_F^2$ changes by the "
    + "factor \(Numeral.short(flat.jacobian / steep.jacobian, significant: 2)), because the "
    + "units "
    + "that are on are steep (the *squared* slopes change by "
    + "\(Numeral.short(flat.squaredSlope / steep.squaredSlope, significant: 2))) and the "
    + "encoder's weights by \(Numeral.short(flat.weight / steep.weight, significant: 2)). Lesson "
    + "06 penalises the derivative itself.")
lesson.check(
  #"$\lVert J \rVert_F^2$ over that without penalty, in units of the slopes' ratio squared"#,
  flat.jacobian / steep.jacobian / promised, isAbove: 2,
  because: "the argument promises 1; twice that is a clear failure of it")

//: ## Deeper: What the units look like
//:
//: Two pictures: how the activations are distributed, and what the most used units stand for. With a penalty and
//: without, the columns are patches of ink.
//:
//: The use of a unit is how much it moves the output, $\operatorname{Var}(h_l) \lVert w^*_l \rVert^2$.
lesson.figure(
  "activations",
  "Activations of four networks on new images. Without a penalty they spread widely; with KL and "
    + "free columns they crowd around $\\rho$; with unit columns most are next to zero, and a "
    + "thin tail reaches far up."
) {
  activationsFigure(
    answering.map { ($0.name, $0.moments[$0.moments.count - 1].network) }, on: sample.newX)
}
lesson.figure(
  "filters",
  "Decoder columns of three networks, more ink in orange and less in blue, each row above "
    + "the means "
    + "of the images that excite these units most. All columns started as training images less "
    + "their mean."
) {
  filtersFigure(
    [plain, unitKL[0], laplace[1]].map { ($0.name, $0.moments[$0.moments.count - 1].network) },
    on: sample.newX, width: digits.width, height: digits.height)
}

//: ## Deeper: What the slides leave out
//:
//: Slips in the lectures that this lesson follows, from a missing pair of bars to a prior that contradicts the code it
//: is put on.
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
  let t = seeds.firstIndex(of: seed)
  let trial = t.map { trials[$0] } ?? trial(seed)
  let free = t.map { freeKL[$0] } ?? course("KL, free", klPenalty, unit: false, on: trial.sample)
  let unit = t.map { unitKL[$0] } ?? Course("KL", trial.sparse, on: trial.sample, ρ: ρ)
  let bars = Bars(seed, share: share)
  return [
    "KL, unit columns: mean activation": ends([unit])[0].activation,
    "KL, unit columns: population sparseness": ends([unit])[0].population,
    "KL, free columns: population sparseness": ends([free])[0].population,
    "bars found by Laplace": bars.found(
      in: bars.learnt(.laplace(λ: 0.05), iterations: 400).decoder.W),
    "ridge regression on the sparse code (KL), chosen": trial.scores[5].chosenTest,
    "the same at the end of training": trial.scores[5].test[stops.count - 1],
    "ridge regression on untrained bumps": trial.scores[3].chosenTest,
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
