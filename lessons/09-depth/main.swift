//: # 9 · Depth
//:
//: One hidden layer can approximate any continuous function, so why stack several? Because a second layer *folds* what
//: the first has made: each further layer of two units can double the number of linear pieces. This lesson proves what
//: that is worth, and measures how much of it training finds, with and without layer-wise pretraining.
//:
//: @opening folds
//: - build $2^L$ pieces from $2L$ units, and prove how much a single layer of too few must miss;
//: - count the linear pieces of a ReLU network exactly;
//: - say why gradients vanish on their way down, and name three remedies;
//: - judge by experiment when greedy pretraining pays, and when depth does.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "Depth multiplies the pieces of a function; whether training finds them is another question.")
let epochs = lesson.knob("epochs", 200, in: 80...4000, "epochs with momentum; Adam gets half")
let steps = lesson.knob("steps", 1000, in: 200...20_000, "steps of learning the teeth")
let starts = lesson.knob("starts", 8, in: 8...400, "random starts for the teeth")
let decay = lesson.knob("decay", 0.0, in: 0...0.1, "the weight λ of weight decay in fine-tuning")
let search = lesson.knob("search", 0, in: 0...1, "1: choose the step sizes again, and show it")

let digits = lesson.images(ImageNeeds(classes: 2, ofEachClass: 40))
let D = digits.width * digits.height
// Larger images take longer, and get one split.
let seeds = (0..<UInt64(D <= 64 ? 5 : 1)).map { lesson.seed + $0 }

//: ## Fold the line, and fold it again
//:
//: The *tent* $T(x) = 2 \min(x, 1 - x)$ runs from 0 up to 1 and down to 0 again. Two ReLU units make it: $T(x) = 2
//: \max(x, 0) - 4 \max(x - \frac12, 0)$ on $[0, 1]$. Fed into a second tent, the line goes up and down twice; each
//: layer of two units folds everything below it in half.
lesson.figure(
  "folds",
  "The tent after itself: every layer of two units doubles the number of teeth."
) { foldsFigure([1, 2, 3, 5]) }
//: @file Tents.swift tents as networks, and distances of piecewise linear functions
//: @file Figures.swift what the figures draw
let x = stride(from: 0.0, through: 1, by: 1.0 / 37).map { $0 }
lesson.derive("$L$ tents, one after the other; here $L = 4$") { proof in
  let below = values(tents(3), x)
  proof.start(#"T_L(x) = T(T_{L-1}(x))"#, values(tents(4), x))
  proof.equals(
    #"2 \max(T_{L-1}(x), 0) - 4 \max(T_{L-1}(x) - \tfrac12, 0)"#,
    because: "the two units of the last layer",
    below.map { 2 * max($0, 0) - 4 * max($0 - 0.5, 0) })
  proof.equals(
    #"2 \min(T_{L-1}(x), 1 - T_{L-1}(x))"#,
    because: #"$0 \le T_{L-1}(x) \le 1$; below $\frac12$ the second unit is silent"#,
    below.map { 2 * min($0, 1 - $0) })
  proof.equals(
    #"\min_i \lvert 2^L x - 2 i \rvert"#,
    because: "induction: $T_{L-1}$ is the distance of $2^{L-1} x$ from the nearest even number, "
      + #"so $\min(T_{L-1}, 1 - T_{L-1})$ is that from the nearest whole number; doubled, it "#
      + #"is that of $2^L x$ from the nearest even one"#,
    x.map { abs(16 * $0 - 2 * (8 * $0).rounded()) })
}
//: So $T_L$ is the distance of $2^L x$ from the nearest even number: $2^L$ pieces of slope $\pm 2^L$ and width $w =
//: 2^{-L}$, and $2^{L-1}$ teeth, from $2 L$ units. How many pieces can *any* network of ReLU layers with $n_1, \dots,
//: n_L$ units have? On a piece of the layer below, the input of a unit is a straight line, which crosses zero at most
//: once. So layer $l$ cuts each piece at most $n_l$ times:
var random = lesson.stream("pieces")
let small = randomNetwork([4, 3, 3], using: &random)
lesson.derive(
  "The pieces $p_l$ after layer $l$, on $[0, 1]$, of a random network with 4, 3 and 3 units"
) {
  proof in
  let p = (1...3).map { l -> Double in
    // The layers up to l, with all of their units as outputs.
    let part = Stack(Array(small.layers[..<l]))
    return Double(lesson.attempt { try part.linearPieces(in: 0...1).count })
  }
  proof.start("p_3", p[2])
  proof.atMost(
    "p_2 (n_3 + 1)", because: "$n_3$ units cut each of $p_2$ pieces into at most $n_3 + 1$",
    p[1] * 4)
  proof.atMost("p_1 (n_2 + 1)(n_3 + 1)", because: "the same for the layer below", p[0] * 4 * 4)
  proof.atMost(
    "(n_1 + 1)(n_2 + 1)(n_3 + 1)", because: "the line itself is one piece", 5 * 4 * 4)
}
//: One layer *adds*: $n$ units make at most $n + 1$ pieces. Layers *multiply* ([](@pascanu-2013)). The library counts
//: pieces exactly, following this proof ([how](#deeper-counting-pieces-exactly)).
let counts = (1...10).map { L in
  Double(lesson.attempt { try tents(L).linearPieces(in: 0...1).count })
}
lesson.finding(
  "Five layers of two units make \(Numeral.short(counts[4])) "
    + "pieces; one layer needs at least 31 units for as many. Each further layer "
    + "doubles the pieces."
)
lesson.check(
  "1 to 10 tents have $2^L$ pieces", counts, equal: (1...10).map { Double(1 << $0) }, within: 0,
  because: "the derivation; numbers with few binary digits are computed without rounding")

//: ## What too few units must miss
//:
//: Let $f = T_L$ and let $g$ have $n$ kinks in $[0, 1]$: a network of one layer with $n$ units has no more. How near
//: can it come? A kink spoils at most one tooth. Over every other tooth, of width $2 w$ and centre $c$, $g$ is a
//: straight line $\ell$, and a line misses a tooth by at least this ([](@telgarsky-2016) counts crossings instead):
let (L, w) = (3, 1.0 / 8)
let f = tents(L)
func line(_ start: Double, _ slope: Double) -> Stack<Double> {
  Stack([Dense(W: [[slope]], b: [start], activation: .identity)])
}
lesson.derive(#"A line $\ell(x) = 0.3 + 0.8 x$ and the second of four teeth"#) { proof in
  let (tooth, c) = (2 * w...4 * w, 3 * w)
  let (ℓ, mirrored) = (line(0.3, 0.8), line(0.3 + 1.6 * c, -0.8))
  proof.start(#"\int \lvert f(x) - \ell(x) \rvert \, dx"#, distance(f, ℓ, on: tooth))
  proof.equals(
    #"\tfrac12 \int \lvert f(x) - \ell(x) \rvert + \lvert f(x) - \ell(2c - x) \rvert \, dx"#,
    because: "the tooth is its own mirror image",
    (distance(f, ℓ, on: tooth) + distance(f, mirrored, on: tooth)) / 2)
  proof.atLeast(
    #"\int \lvert f(x) - \ell(c) \rvert \, dx"#,
    because: #"$\lvert a \rvert + \lvert b \rvert \ge \lvert a + b \rvert$, and "#
      + #"$\ell(x) + \ell(2c - x) = 2 \ell(c)$"#,
    distance(f, line(0.3 + 0.8 * c, 0), on: tooth))
  proof.atLeast(
    #"\int \lvert f(x) - \tfrac12 \rvert \, dx"#,
    because: "$f$ takes all values between 0 and 1 equally long, and their median is nearest",
    distance(f, line(0.5, 0), on: tooth))
  proof.equals(
    #"2 w \cdot \tfrac14 = \tfrac12 w"#,
    because: #"the mean of $\lvert y - \frac12 \rvert$ over $[0, 1]$"#,
    w / 2)
}
let rival = broken(from: 0.4, [(at: 0.1, by: 0.5), (at: 0.6, by: -0.8)])
lesson.derive("A function with $n = 2$ kinks, at 0.1 and 0.6, against four teeth") { proof in
  let teeth = (0..<4).map {
    distance(f, rival, on: 2 * w * Double($0)...2 * w * Double($0 + 1))
  }
  proof.start(#"\int_0^1 \lvert f - g \rvert \, dx"#, distance(f, rival))
  proof.atLeast(
    #"\sum_{\text{teeth without a kink}} \int \lvert f - g \rvert \, dx"#,
    because: "an integral of something not negative", teeth[1] + teeth[3])
  proof.atLeast(
    #"(2^{L-1} - n) \tfrac12 w"#,
    because: "at most $n$ teeth have a kink inside; each of the others costs as much as above",
    2 * w / 2)
  proof.equals(
    #"\tfrac14 \left( 1 - \frac{n}{2^{L-1}} \right)"#, because: "$w = 2^{-L}$",
    0.25 * (1 - 2.0 / 4))
}
//: With a quarter of the teeth's pieces, $n = 2^{L-2}$, at least $\frac18$ is lost: half of what the constant
//: $\frac12$ loses, whatever $L$. That is an exponential gap: $2L$ units in $L$ layers are exact, and no single layer of
//: $2^{L-2}$ units gets below half the constant's error. For $n = 0$ the bound is attained. How near can a function with
//: $n$ kinks come? The best that we know follows the teeth for $n - 1$ kinks, uses the last one half-way up a tooth, and
//: stays at $\frac12$. It loses $\frac14 (1 - (n - \frac12) / 2^L)$: a kink saves half a tooth, where the bound allows a
//: whole one. The truth lies between. (As a network this function needs one unit more, for its slope at 0.)
func bound(_ n: Int) -> Double { 0.25 * max(0, 1 - Double(n) / 4) }
let followers = (0..<1 << L).map { distance(f, follower(kinks: $0, of: L)) }
//: And what do networks reach that *learn* the teeth, by Adam on half the squared error at 257 points, in the best of
//: eight random starts?
//: @file Fitting.swift networks of one variable that learn
let shapes = [[4], [6], [8], [64], [2, 2, 2], [7, 7, 7, 7]]
let learnt = shapes.map { fits($0, to: L, steps: steps, seed: lesson.seed, starts: starts) }
let narrow = (1...3).map { fits([$0], to: L, steps: steps, seed: lesson.seed, starts: starts) }
lesson.figure(
  "bound",
  "Nothing lies below the bound; learnt networks stay far above what their units could do."
) {
  boundFigure(
    L: L, followers: followers, learnt: Array(zip([1, 2, 3, 4, 6, 8], narrow + learnt.prefix(3))))
}
lesson.table(
  "Four teeth, learnt from \(starts) random starts in \(steps) steps: mean absolute errors. The "
    + "least possible lies between the bound and the follower; the constant ½ has 0.25",
  columns: [
    "hidden units", "parameters", "least possible", "best error", "median error",
    "pieces of the best",
  ],
  rows: zip(shapes, learnt).map { shape, fits in
    [
      Cell(shape.map(String.init).joined(separator: "–")), Cell(fits[0].network.parameterCount),
      Cell(
        shape.count == 1 && shape[0] < 8
          ? "\(Numeral.short(bound(shape[0]), significant: 3)) to "
            + Numeral.short(followers[shape[0] - 1], significant: 3) : "0"),
      Cell(fits[0].error, significant: 3), Cell(fits[starts / 2].error, significant: 3),
      Cell(fits[0].pieces),
    ]
  })
lesson.finding(
  "Good weights may exist and not be found: six units in three layers can draw four teeth "
    + "exactly, but the best of \(starts) trained ones has the error "
    + "\(Numeral.short(learnt[4][0].error, significant: 2)). With ten times the "
    + "parameters, in \(steps) steps, the best of four layers has "
    + "\(Numeral.short(learnt[5][0].error, significant: 2)), the best of one layer "
    + "\(Numeral.short(learnt[3][0].error, significant: 2)); medians: "
    + "\(Numeral.short(learnt[5][starts / 2].error, significant: 2)) and "
    + "\(Numeral.short(learnt[3][starts / 2].error, significant: 2)).")
lesson.check(
  "learnt networks of one layer of 1, 2, 3 units: the least error less the bound",
  narrow.enumerated().flatMap { n, fits in fits.map { $0.error - bound(n + 1) } }.least(),
  isAtLeast: 0,
  because: "the theorem")
lesson.check(
  "followers with $n$ kinks: error",
  Array(followers[1..<7]), equal: (1..<7).map { 0.25 * (1 - (Double($0) - 0.5) / 8) },
  within: 1e-14,
  because: "exact integrals of lines")
//: More steps help the wide layer, not the one of exactly the right size: with `--steps 10000` the 64 units come within
//: 0.000003, and the six in three layers stay at 0.20, since most starts end as a constant; the best of 400 starts
//: (`--starts 400`) has 0.17. Nor does depth show in random weights: networks of 24 units, however they are stacked, have
//: about as many pieces as units, or fewer
//: ([](@hanin-rolnick-2019)):
let stacks = [[24], [12, 12], [8, 8, 8], [6, 6, 6, 6], [4, 4, 4, 4, 4, 4]]
func most(_ units: [Int]) -> Double { units.reduce(1) { $0 * Double($1 + 1) } }
let found = stacks.map { randomPieces($0, draws: 200, seed: lesson.seed) }
lesson.table(
  "Pieces on $[0, 1]$ of 200 random networks",
  columns: ["hidden units", "mean", "most", "bound"],
  rows: zip(stacks, found).map { stack, found in
    [
      Cell(stack.map(String.init).joined(separator: "–")), Cell(mean(found), significant: 3),
      Cell(found.greatest(), significant: 3), Cell(most(stack)),
    ]
  })
lesson.check(
  "random networks: most pieces over the bound, of all stacks",
  zip(stacks, found).map { $1.greatest() / most($0) }.greatest(), isAtMost: 1,
  because: "the theorem")

//: ## Back through many layers
//:
//: Gradient descent has to tell the lowest layer what to do. With $a_l = W_l h_{l-1} + b_l$ and $h_l = s(a_l)$,
//: $\delta_l = \partial \mathcal L / \partial a_l$ comes down layer by layer,
//:
//: $$ \delta_l = S_l W_{l+1}^\top \delta_{l+1}, \qquad \frac{\partial \mathcal L}{\partial W_l} = \sum \delta_l h_{l-1}^\top, $$
//:
//: where $S_l$ has the slopes $s'(a_l)$ on its diagonal and the sum runs over the examples. In the heart all layers
//: but the last are sigmoid, $\mathcal L$ is half the squared error, averaged over $N$ examples.
//: @heart the gradient of a deep autoencoder
func gradient(_ X: Matrix<Double>, _ W: [Matrix<Double>], _ b: [[Double]]) -> [Matrix<Double>] {
  var H = [X]
  for l in W.indices {
    let A = H[l] * W[l].T + outer([Double](repeating: 1, count: X.rows), b[l])
    H.append(l < W.count - 1 ? sigmoid(A) : A)
  }
  var δ = (H[W.count] - X) / Double(X.rows)
  var gradients = [δ.T * H[W.count - 1]]
  for l in (0..<W.count - 1).reversed() {
    δ = (δ * W[l + 1]) ⊙ H[l + 1].map { $0 * (1 - $0) }
    gradients.insert(δ.T * H[l], at: 0)
  }
  return gradients
}
//: A network to try it on, at its random start, and 64 images:
let sample = digits.pixels[rows: 0..<min(64, digits.count)] / digits.maximum
var drawing = lesson.stream("deep")
let deep = lesson.attempt {
  try Autoencoder<Double>(
    inputs: D, hidden: [32, 16, 8, 2], activation: .sigmoid, output: .identity, using: &drawing)
}
let all = deep.encoder.layers + deep.decoder.layers
lesson.check(
  "the library's gradient in all weights against this one",
  {
    let g = lesson.attempt { try Objective(deep, data: sample, loss: .gaussian).gradient() }
    var offset = 0
    return all.flatMap { layer in
      let weights = layer.W.rows * layer.W.columns
      offset += weights + layer.b.count
      return Array(g[offset - weights - layer.b.count..<offset - layer.b.count])
    }
  }(), equal: gradient(sample, all.map(\.W), all.map(\.b)).flatMap(\.elements), within: 1e-12,
  scale: 0.01, because: "rounding in sums over 64 examples")
//: What arrives at the bottom is the error times a product of Jacobians. For the encoder alone, at one image, with an
//: error $e$ at the code:
let encoder = deep.encoder
let image = sample.row(0)
lesson.derive("Down through the encoder, and what is left", within: 1e-10) { proof in
  var pass = encoder.passes(examples: 1)
  encoder.forward(Matrix(rows: 1, columns: D, elements: image), into: &pass)
  let e = [1.0, -0.5]
  let S = pass.map { Matrix.diagonal($0.H.elements.map { $0 * (1 - $0) }) }
  let W = encoder.layers.map(\.W)
  let strengths = W.map { SVD($0).σ[0] }
  proof.start(
    #"\Bigl\lVert \Bigl( \frac{\partial h_4}{\partial x} \Bigr)^\top e \Bigr\rVert"#,
    norm(encoder.jacobianByDualNumbers(at: image).T * e))
  proof.equals(
    #"\lVert W_1^\top S_1 W_2^\top S_2 W_3^\top S_3 W_4^\top S_4 \, e \rVert"#,
    because: "the chain rule, layer by layer",
    norm(W.indices.reversed().reduce(e) { δ, l in W[l].T * (S[l] * δ) }))
  proof.atMost(
    #"\lVert e \rVert \prod_l \lVert W_l \rVert_2 \lVert S_l \rVert_2"#,
    because: "no vector is stretched by more than the largest singular value",
    zip(strengths, S).map { $0 * $1.elements.greatest() }.reduce(norm(e), *))
  proof.atMost(
    #"4^{-4} \lVert e \rVert \prod_l \lVert W_l \rVert_2"#,
    because: #"a sigmoid's slope $h (1 - h)$ is at most $\frac14$"#,
    strengths.reduce(norm(e), *) / 256)
}
//: That is an upper bound; on average even less arrives. For weights that are independent, of mean 0 and variance
//: $\nu$, and a given $\delta$, each component of $W^\top \delta$ has the variance $\nu \lVert \delta \rVert^2$. A
//: layer of $n$ units on $n$ units thus multiplies the squared norm by $n \nu$ times the mean of $s'(a)^2$, on average
//: (taking the slopes, which depend on the same weights, as independent of them):
//:
//: - *sigmoid*, $n \nu = 1$ ([](@glorot-2010)): at most $\frac{1}{16}$. The norm falls by a factor of 4 per layer at
//:   least.
//: - *sigmoid*, $n \nu = 16$: 1 for small $a$. But $a$ is no longer small then, and the slopes flatten.
//: - *tanh*, $n \nu = 1$: nearly 1, for the slope at 0 is 1.
//: - *ReLU*: half of the slopes are 1 and half are 0, so $n \nu = 2$ keeps the norm ([](@he-2015)).
//: @file Gradients.swift random networks and their gradients
let kinds = [
  Kind(name: "sigmoid, nν = 1", units: .sigmoid, variance: 1),
  Kind(name: "sigmoid, nν = 16", units: .sigmoid, variance: 16),
  Kind(name: "tanh, nν = 1", units: .tanh, variance: 1),
  Kind(name: "ReLU, nν = 1", units: .relu, variance: 1),
  Kind(name: "ReLU, nν = 2", units: .relu, variance: 2),
]
let returns = kinds.map {
  Returns($0, layers: 12, width: 32, on: sample, draws: 20, seed: lesson.seed)
}
lesson.figure(
  "returns",
  "Twelve random layers of 32 units: with sigmoids almost nothing reaches the bottom."
) { returnsFigure(returns) }
lesson.table(
  "By which factor a layer changes the gradient's norm: geometric mean of 11 layers, 20 draws",
  columns: ["layers", "as argued", "mean", "least to greatest"],
  rows: zip(returns, ["≤ 0.25", "≤ 1", "≤ 1", "0.71", "1"]).map { row, predicted in
    [
      Cell(row.kind.name), Cell(predicted), Cell(row.factor, significant: 3),
      Cell(
        "\(Numeral.short(row.factors.least(), significant: 3)) to "
          + "\(Numeral.short(row.factors.greatest(), significant: 3))"),
    ]
  })
lesson.check(
  "the factor of sigmoid layers", returns[0].factor, isBelow: 0.27,
  because: "¼ at most on average over the weights, and a few per cent for chance in 20 draws")
lesson.check(
  "the factor of ReLU layers with $n \\nu = 2$, over that with $n \\nu = 1$",
  returns[4].factor / returns[3].factor, equals: 2.0.squareRoot(), within: 1e-12,
  because: #"the same draws, $\sqrt 2$ times as large: no unit changes sides. Rounding"#)

//: ## One layer at a time
//:
//: The remedy of 2006 ([](@hinton-salakhutdinov-2006), who used Boltzmann machines; [](@bengio-2007) for
//: autoencoders): train each layer as an autoencoder of one hidden layer, on the codes of the layer below.
//: No gradient has far to go. Then unroll the stack, and train all of it. [Srihari](@srihari) calls it a common
//: strategy. Here it is compared with random weights at the same number of gradient steps: a stack spends half of them
//: on its layers and half on fine-tuning (steps on a single layer are cheaper, so it computes less).
//: @file Training.swift how the autoencoders are trained
//:
//: The network is D–32–16–8–2–8–16–32–D, with a linear code and output, half the squared error, minibatches of 32,
//: Glorot's weights. Step sizes were chosen on validation images, over three seeds, for each row separately, of six
//: with momentum and five with Adam (`--search 1` does it again); none brings the first row off its plateau, and it has
//: the second's. The last row's pretraining comes on top of its epochs. The relative error
//: $\varepsilon = \sum \lVert x - \hat x \rVert^2 / \sum \lVert x - \bar x \rVert^2$ is 1 for the mean image.
let ways = Ways(pixels: D)
let hidden = [32, 16, 8, 2]
let parameters = deep.parameterCount
let equal = equalWidth(parameters, inputs: D)
let widths = [max(2, equal / 4), equal, 2 * equal]
let studies = Dictionary(
  uniqueKeysWithValues: seeds.map {
    (
      $0,
      Study(
        digits, ways: ways, hidden: hidden, widths: widths, seed: $0, epochs: epochs,
        decay: decay)
    )
  })
let five = seeds.compactMap { studies[$0] }
//: @file Study.swift all ways of training on the images of one seed
func errors(_ way: Int) -> [Double] { five.map { $0.deep[way].error.test } }
//: Standard errors count that [training parts overlap](../12-which-autoencoder/README.md#the-heart-a-verdict).
let ρ = five.first.map { Double($0.images.test.rows) / Double($0.images.training.rows) } ?? 0
func paired(_ d: [Double]) -> String {
  Numeral.meanAndError(d, .decimals(3), signed: true, testPerTraining: ρ)
}
lesson.table(
  "Deep autoencoders: relative error, mean (least to greatest) of \(seeds.count) splits",
  columns: ["units and method", "start", "step size", "epochs", "training", "test"],
  rows: ways.all.enumerated().map { n, way in
    [
      Cell(way.name),
      Cell(way.isPretrained ? way.isCounted ? "pretrained" : "pretrained before" : "random"),
      Cell(way.rate, significant: 2), Cell(budget(of: way, epochs)),
      spread(five.map { $0.deep[n].error.training }), spread(errors(n)),
    ]
  })
let gains = [errors(1) .- errors(0), errors(5) .- errors(4), errors(6) .- errors(4)]
lesson.finding(
  "Sigmoid units with momentum: from random weights the test error is still "
    + "\(Numeral.short(mean(errors(0)), significant: 3)), the mean image's; from pretrained "
    + "ones it is \(Numeral.short(mean(errors(1)), significant: 3)) "
    + "(difference \(paired(gains[0]))).")
lesson.finding(
  "With ReLU and Adam the advantage is gone: pretraining instead of half of the epochs changes "
    + "the error by \(paired(gains[1])), and before all of them by "
    + "\(paired(gains[2])), where plus is worse.")
//: So pretraining is a remedy for *one* illness, and three controls say which. Random weights four times as large, to
//: make up for the slope ¼, bring sigmoid units off the plateau without any pretraining, though not on every split; Adam,
//: which divides each gradient by its own size, always does; and ReLU does not have the illness. What pretraining gives
//: is weights through which gradients pass:
let study = five[0]
lesson.figure(
  "strengths",
  "A random sigmoid network's gradient is concentrated in the last layer; pretraining spreads it."
) {
  strengthsFigure(
    [
      ("random", weightGradients(study.deep[0].start, on: study.images.training)),
      ("pretrained", weightGradients(study.deep[1].ready, on: study.images.training)),
      ("4 × the weights", weightGradients(study.deep[2].start, on: study.images.training)),
      ("ReLU, random", weightGradients(study.deep[4].start, on: study.images.training)),
    ])
}
let reach = five.map { study in
  [study.deep[0].start, study.deep[1].ready].map { network in
    let g = weightGradients(network, on: study.images.training)
    return g[0] / g[g.count - 1]
  }
}
lesson.say(
  "The first layer's gradient is \(Numeral.short(mean(reach.map { $0[0] }), significant: 2)) of "
    + "the last layer's at a random start, and "
    + "\(Numeral.short(mean(reach.map { $0[1] }), significant: 2)) after pretraining (means "
    + "of all splits).")
lesson.check(
  "pretraining raises the first layer's share of the gradient: least factor of all splits",
  reach.map { $0[1] / $0[0] }.least(), isAbove: 1,
  because: "it replaces random layers, which pass on a quarter at most, by trained ones")
// The step sizes and the budget are meant for images of 64 pixels.
if D == 64 && epochs == 200 {
  lesson.check(
    "sigmoid, momentum: pretrained less random, greatest of all splits", gains[0].greatest(),
    isBelow: 0, because: "the random ones stand still: any progress at all is a gain")
}
//: These are verdicts of a budget. With ten times the epochs (`--epochs 2000`, default digits) the random sigmoid
//: networks have left the plateau as well: their test error is 0.44, and pretraining takes $0.022 \pm 0.018$ off that.
//: What it saved was time.
if search == 1 {
  let deepest = validationErrors(
    ways.all, ways.candidates, hidden: hidden, of: digits, seed: lesson.seed, epochs: epochs,
    decay: decay)
  let shallow = widths.flatMap {
    validationErrors(
      [ways.relu], [ways.candidates[4]], hidden: [$0, 2], of: digits, seed: lesson.seed,
      epochs: epochs, decay: decay)
  }
  let names = ways.all.map { $0.name + ($0.isPretrained ? ", pretrained" : ", random") }
  lesson.table(
    "Step sizes and mean errors on validation images",
    columns: ["network", "step size: error"],
    rows: zip(names + widths.map { "shallow: \($0)" }, deepest + shallow).map { name, tried in
      let pairs = tried.map {
        "\(Numeral.short($0.rate)): \(Numeral.short($0.error, significant: 3))"
      }
      return [Cell(name), Cell(pairs.joined(separator: ", "))]
    })
}

//: ## Deep against shallow, with equally many parameters
//:
//: Srihari's two reasons for depth are that a single layer may need too many units, and that it may not generalise. Both
//: can be measured. With ReLU, Adam and random weights, the deep network meets networks of one hidden layer on each side
//: of the code: one as wide as equally many parameters allow, one a quarter and one twice as wide.
let rows =
  [("deep: 32–16–8", five.map { $0.deep[4] })]
  + widths.enumerated().map { n, width in ("shallow: \(width)", five.map { $0.shallow[n] }) }
lesson.table(
  "Codes of two numbers: relative errors, mean (least to greatest) of \(seeds.count) splits",
  columns: [
    "hidden units", "parameters", "training", "test", "gap", "test, less the deep one's",
  ],
  rows: rows.enumerated().map { n, row in
    let test = row.1.map(\.error.test)
    return [
      Cell(row.0), Cell(row.1[0].end.parameterCount), spread(row.1.map(\.error.training)),
      spread(test), spread(row.1.map { $0.error.test - $0.error.training }),
      n == 0 ? Cell("") : Cell(paired(test .- errors(4))),
    ]
  } + [
    [
      "2 principal components", Cell(2 * D + D), spread(five.map(\.principalError.training)),
      spread(five.map(\.principalError.test)),
      spread(five.map { $0.principalError.test - $0.principalError.training }),
      Cell(paired(five.map(\.principalError.test) .- errors(4))),
    ]
  ])
let against = five.map { $0.shallow[1].error.test } .- errors(4)
let doubled = five.map { $0.shallow[2].error.test } .- errors(4)
let fitted =
  five.map { $0.shallow[1].error.training } .- five.map { $0.deep[4].error.training }
lesson.finding(
  "Test error of one hidden layer on each side of the code, less that of three: with equally "
    + "many parameters \(paired(against)) (on training images \(paired(fitted))), with "
    + "twice as many units \(paired(doubled)).")
lesson.check(
  "equally many parameters: relative difference",
  abs(Double(study.shallow[1].end.parameterCount - parameters)) / Double(parameters),
  isAtMost: Double(D + 3) / Double(parameters),
  because: "half of what one more unit on each side costs, $2D + 6$ parameters")
if D == 64 {
  lesson.check(
    "deep less two principal components, greatest test error difference of all splits",
    (errors(4) .- five.map(\.principalError.test)).greatest(), isBelow: 0,
    because:
      "a deep network can do what two components do, to any accuracy, and need not stop there")
}

//: Train on, and the shallow networks fall behind by a gap, not by their fit: with `--epochs 2000` they differ from the
//: deep one by $0.052 \pm 0.008$ and $0.060 \pm 0.010$ on test images, but by 0.010 and $-0.030$ on training images.
//: Weight decay as well (`--decay 0.0003`) leaves $0.043 \pm 0.006$ and $0.020 \pm 0.008$: part of it was missing
//: regularisation. Each split has one start. (These standard errors do not count that training parts overlap; that makes them
//: nearly twice as large.)

//: ## Two numbers for an image
//:
//: With such a picture [](@hinton-salakhutdinov-2006) made deep autoencoders famous. Codes are judged by neighbours: the
//: share of test images whose nearest training code belongs to another digit.
let neighbours = [
  five.map { nearestError($0.principal.training, $0.principal.test, $0.images) },
  five.map { $0.neighbourError($0.shallow[1].end) },
  five.map { $0.neighbourError($0.deep[4].end) },
  five.map { $0.neighbourError($0.deep[4].start) },
  five.map { nearestError($0.images.training, $0.images.test, $0.images) },
]
lesson.figure(
  "codes",
  "The same test images as points: digits that PCA leaves on top of each other are pulled apart."
) {
  codesFigure(
    [
      ("two principal components", study.principal.test),
      ("deep autoencoder", study.deep[4].end.encode(study.images.test)),
    ], labels: study.images.testLabels)
}
lesson.table(
  "Error of the nearest neighbour, mean (least to greatest) of \(seeds.count) splits",
  columns: ["code", "error"],
  rows: zip(
    [
      "two principal components", "one hidden layer, \(equal) units", "deep autoencoder",
      "deep, untrained", "all pixels",
    ], neighbours
  ).map { [Cell($0), spread($1)] })
//: Labels had no part in the training. Images of one digit come to lie together because a continuous decoder must rebuild
//: each from its two numbers, and similar images from similar ones.

//: ## Deeper: Counting pieces exactly
//:
//: Sampling a network on a grid misses narrow pieces. Walking over the breakpoints, layer by layer, misses none.
//:
//: On a piece, all units of the layer below are lines $\alpha + \beta x$. A unit's input is a line too, with the root
//: $-\alpha / \beta$: where that lies inside, the piece is cut, and on either side the unit is on or off. In the
//: end, cuts across which no output changes its slope are joined again: a unit above may have
//: switched off what happened below. Slopes are compared to a relative $10^{-9}$.
let grid = 4000
let sampled = found.indices.map { n -> (exact: Double, sampled: Double) in
  var random = RandomStream(seed: lesson.seed, name: "grid \(n)")
  let network = randomNetwork(stacks[n], using: &random)
  let y = values(network, (0...grid).map { Double($0) / Double(grid) })
  let bends = (1..<grid).map { abs(y[$0 + 1] - 2 * y[$0] + y[$0 - 1]) > 1e-9 }
  // A kink between grid points bends the samples at one or both of its neighbours.
  let kinks = bends.indices.count { bends[$0] && ($0 == 0 || !bends[$0 - 1]) }
  let exact = lesson.attempt { try network.linearPieces(in: 0...1).count }
  return (Double(exact), Double(kinks + 1))
}
lesson.table(
  "One random network of each kind, counted exactly and on a grid of \(grid) steps",
  columns: ["hidden units", "exactly", "on the grid"],
  rows: zip(stacks, sampled).map {
    [
      Cell($0.map(String.init).joined(separator: "–")), Cell($1.exact, significant: 4),
      Cell($1.sampled, significant: 4),
    ]
  })
lesson.check(
  "a grid never finds more: most that it finds beyond the exact count",
  sampled.map { $0.sampled - $0.exact }.greatest(), isAtMost: 0,
  because: "each bend in the samples has a kink beside it")

//: ## Deeper: What the slides leave out
//:
//: Four remarks on depth in [Srihari's slides](@srihari), beside what was measured here.
//:
//: - "Universal approximation theorem states that a single layer is sufficient." It states that for every continuous
//:   function on a *compact* set and every tolerance *some* single layer comes as near as that ([](@cybenko-1989)). It
//:   says neither how many units that takes nor that training finds their weights. And a ReLU layer cannot follow
//:   $\sin x$ on the whole line: it has finitely many pieces.
//: - A single layer "may not generalize well". With codes of two numbers this is what we find, once training is long
//:   enough for a gap to open. It is no theorem: the gap depends on budget, step size and number of units;
//:   and with weight decay it is not clear for the wider of the two shallow networks.
//: - "Capacity controlled by depth." By width too, by the size of the weights, and by the steps of training.
//: - "Common strategy: greedily pretrain." It was, until ReLU, better starting weights and adaptive steps made it
//:   unnecessary. Where labels are few and unlabelled images many, pretraining of another kind is still common.

//: ## Deeper: Is my number right?
//:
//: Five seeds to compare your run with.
lesson.bands("Headline figures") { seed in
  let study =
    studies[seed]
    ?? Study(
      digits, ways: ways, hidden: hidden, widths: widths, seed: seed, epochs: epochs,
      decay: decay)
  return [
    "sigmoid, momentum, random: test error": study.deep[0].error.test,
    "the same, pretrained": study.deep[1].error.test,
    "ReLU, Adam, random: test error": study.deep[4].error.test,
    "the same, pretrained": study.deep[5].error.test,
    "shallow, as many parameters: test error": study.shallow[1].error.test,
    "two principal components: test error": study.principalError.test,
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question How many pieces can a network of three ReLU layers with two units each have, at most, on the line? How many
//: does the triple tent have on $[0, 1]$?
//: @answer At most $3^3 = 27$; the tent has $2^3 = 8$. The bound is not always reached: here two units per layer make
//: only one cut in each piece between 0 and 1.
//:
//: @question Where does the lower bound use that the tooth is symmetric?
//: @answer In replacing the line by a constant: the mean of a line and its mirror image is the line's value at the
//: centre, and the tooth does not change under the mirror.
//:
//: @question A sigmoid network of ten layers does not learn. Which two numbers would you print first?
//: @answer The norms of the gradients in the first and in the last layer, at the start. If their ratio is near
//: $4^{-9}$ it is the slopes; then change the scale of the weights, the units or the method, not the network's size.
//:
//: @question Why does Adam train the sigmoid network that momentum leaves on the plateau?
//: @answer It divides each component of the gradient by its own running size, so a layer whose gradient is a
//: thousand times weaker still moves by steps of about $\eta$. The sign must be right; the size no longer matters.
//:
//: @question Pretraining and random weights get equally many gradient steps. Is that a fair budget?
//: @answer It favours random weights: steps on one pair of layers are cheaper than on all. Counted in
//: multiplications, pretraining would have steps to spare.

//: ## Sources
//:
//: @sources
lesson.finish()
