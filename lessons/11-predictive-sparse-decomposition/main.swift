//: # 11 · Predictive sparse decomposition
//:
//: The best sparse code takes hundreds of steps to find (lesson 04); an encoder guesses it in one pass. Predictive
//: sparse decomposition ([](@kavukcuoglu-2008)) learns both together: a dictionary, its codes, and an encoder that
//: predicts them. This lesson proves that no move raises their common energy, and counts what the guess is worth.
//:
//: @opening passes
//: - derive the three moves of alternating minimisation, and write a round of them;
//: - certify a sparse code by a duality gap;
//: - accelerate iterated thresholding, and prove why momentum helps;
//: - unroll it into a network, train that, and say fairly what was gained.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "A dictionary, sparse codes and an encoder that predicts them go down one energy together; "
    + "one pass of the encoder then does the work of many steps.")
let λ = lesson.knob("lambda", 0.1, in: 0.03...0.3, "the weight λ of the codes' absolute values")
let γ = lesson.knob(
  "gamma", 3.0, in: 0.1...30, "the weight γ of the distance from the prediction")
let K = lesson.knob("units", 96, in: 16...256, "the units K of the code")
let rounds = lesson.knob("rounds", 20, in: 10...400, "rounds of alternating minimisation")
let blocks = lesson.knob(
  "blocks", 0, in: 0...1, "1: learn, choose and test on contiguous blocks, so on other writers")

let digits = lesson.images(ImageNeeds(pixels: 64, classes: 2, ofEachClass: 60))
let D = digits.width * digits.height
// Larger images take longer, and get one split.
let seeds = (0..<UInt64(D <= 64 ? 5 : 1)).map { lesson.seed + $0 }
let sample = Sample(lesson.seed, of: digits, inBlocks: blocks == 1)
//: The images are the digits of [](@digits), unless `--data` names others; less their mean, and scaled to a mean squared
//: length of 1.
//: @file Training.swift the data, the models and their training

//: ## One energy
//:
//: The decoder is a *dictionary*: $\hat x = W^* h$, its columns $w^*_l$ of length 1. Sparse coding looks for the code
//: that minimises $F(h) = \frac12 \lVert x - W^* h \rVert^2 + \lambda \lVert h \rVert_1$. Now an encoder $f$ is to
//: predict that code, and the code may meet it half-way. Averaged over the examples, the energy is
//:
//: $$ E = \tfrac12 \lVert x - W^* h \rVert^2 + \lambda \lVert h \rVert_1 + \tfrac\gamma2 \lVert h - f(x) \rVert^2. $$
//:
//: It is lowered in turn over the codes, the dictionary, and the encoder's weights. Unit columns close the hole that
//: lesson 04 found: else a longer $W^*$ and a shorter $h$ would make the penalty vanish. [](@kavukcuoglu-2008) take
//: $f(x) = g \odot \tanh(W x + b)$; ours is the soft threshold $f(x) = S_t(W x)$ with a threshold $t_l \ge 0$ for each
//: unit, whose codes can be exactly 0, and which will turn out to be one layer of a larger family.

//: ## Three moves, none of which can fail
//:
//: **The codes.** The error is a quadratic of curvature at most $L$, the largest eigenvalue of $W^{*\top} W^*$. Replace
//: it by a bowl of curvature $L$ that touches it at $h$. With $p = f(x)$, evaluated on one image at any other code $z$:
let x = sample.newX.row(0)
let start = bold(sample.images(K), λ: λ)
let prediction = start(sample.newX[rows: 0..<1]).row(0)
let energy = Energy(x, sample.images(K), λ: λ, γ: γ, p: prediction)
let h = energy.step(energy.p)
//: @file Proofs.swift the derivations, and the energy of one image
deriveStep(energy, from: h, u: energy.p)
deriveDescent(energy, from: h)
//: (Ordinary thresholding on all that is smooth, with the curvature $L + \gamma$, is the same step.)
//:
//: **The dictionary.** One column at a time, codes and other columns fixed. For unit columns the error is a constant less
//: an inner product, so the best column is simply a direction ([](@mairal-2009)):
let few = sample.X[rows: 0..<60]
let fewCodes = start(few)
let busiest = fewCodes.map(abs).columnSums.enumerated().max { $0.element < $1.element }?.offset
deriveColumn(
  few, fewCodes, sample.images(K), l: busiest ?? 0, w: sample.images(K).column(0))
//: This is a *projection*: without the constraint the best $w$ is $R^\top \eta / \lVert \eta \rVert^2$, and the error
//: grows from there alike in all directions. For several columns at once it does not: after least squares for the whole
//: dictionary, normalised, $E$ can be higher.
//:
//: **The encoder.** L-BFGS on $\frac12 \lVert h - f(x) \rVert^2$; its line search accepts only what is lower. The slope
//: of $f$ is 1 where a unit is on and 0 where it is off ([derived below](#deeper-back-through-thresholds)).
lesson.check(
  "the proximal step against the best of 8,001 values, all units: largest difference",
  bruteForceDistance(energy, from: h), isAtMost: 0.0002505,
  because: "the values are 0.0005 apart, so none is farther than half of that")

//: ## The heart: one round
//:
//: In matrices, with one example a row, $P = f(X)$ and $A = H^\top H$:
//:
//: $$ H \leftarrow S_{\lambda / (L + \gamma)} \Bigl( \frac{L H - (H W^{*\top} - X) W^* + \gamma P}{L + \gamma} \Bigr), \quad
//: w^*_l \leftarrow \frac{e_l}{\lVert e_l \rVert}, \; e_l = X^\top \eta_l - \sum_{j \ne l} A_{lj} w^*_j, \quad
//: \frac{\partial E}{\partial W} = \frac\gamma N \bigl( (P - H) \odot [P \ne 0] \bigr)^\top X. $$
//: @heart codes, dictionary, and the encoder's gradient
func round(
  _ X: Matrix<Double>, _ H: inout Matrix<Double>, _ T: inout [[Double]], L: Double, _ f: Encoder
) -> Matrix<Double> {
  let (P, W) = (f(X), Matrix(rows: K, columns: D, elements: T.flatMap { $0 }))  // W is W*ᵀ
  let mixed = (L * H - (H * W - X) * W.T + γ * P) / (L + γ)
  H = mixed.map { softThreshold($0, λ / (L + γ)) }
  let (A, B) = (H.T * H, H.T * X)
  for l in 0..<K where A[l, l] > 0 {
    var e = B.row(l)
    for j in 0..<K where j != l { e = e .- A[l, j] .* T[j] }
    T[l] = (1 / norm(e)) .* e
  }
  let δ = (γ / Double(X.rows)) * (P - H) ⊙ P.map { $0 == 0 ? 0 : 1 }
  return δ.T * X
}
//: The library's moves do the same, faster.
let hearts = heart(few, sample.images(K), start, λ: λ, γ: γ) { X, H, W, L in
  var T = (0..<K).map { W.column($0) }
  let gradient = round(X, &H, &T, L: L, start)
  W = Matrix(rows: K, columns: D, elements: T.flatMap { $0 }).T
  return gradient
}
lesson.check(
  "fifteen lines and the library: codes, dictionary and the encoder's gradient",
  hearts.mine, equal: hearts.library, within: 1e-12, scale: 1,
  because: "the same sums in another order: rounding only")

//: ## No move raises the energy
//:
//: Ten rounds on 200 images, the energy after each move:
let walk = lesson.attempt {
  try Walk(sample.X[rows: 0..<min(200, sample.X.rows)], sample.images(K), start, λ: λ, γ: γ)
}
//: @file Moves.swift single moves, their energies, and the heart beside the library
lesson.figure(
  "moves",
  "The energy after each of \(walk.moves.count) moves: it falls at every one of them."
) { movesFigure(walk.moves) }
lesson.say(
  "Least squares for all columns at once, then normalised, is no such move: from the same codes "
    + "it takes $E$ from \(Numeral.short(walk.naive.before)) to "
    + "\(Numeral.short(walk.naive.after)), the sweep over single columns to "
    + "\(Numeral.short(walk.naive.sweep)).")
lesson.check(
  "the largest rise of $E$ in a single move, over $E$", walk.largestRise, isAtMost: 1e-14,
  because: "proved above; rounding in sums of some thousand terms")
lesson.check(
  "columns' lengths less 1, largest", walk.lengths, isBelow: 1e-14,
  because: "each is divided by its length: some units in the last place")

//: ## Two limits
//:
//: For a given dictionary and encoder, the least energy over the codes depends on $\gamma$ alone. The code may stay at
//: the prediction, so it is at most $F(p)$; and by convexity it is not much less:
let plain = Energy(x, sample.images(K), λ: λ, γ: 30, p: prediction)
let near = envelopeCodes(sample.newX[rows: 0..<1], plain, steps: 4000).row(0)
deriveEnvelope(plain, least: near)
//: At the other end it is at least $F(h^*)$, the minimum without the last term, and at most
//: $F(h^*) + \frac\gamma2 \lVert h^* - p \rVert^2$, because $h^*$ is one of the codes. So with $\gamma \to \infty$ the
//: codes become the encoder's: lesson 04's autoencoder with an absolute-value penalty. With $\gamma \to 0$ they become
//: those of sparse coding, and the encoder is fitted afterwards. The minimum over $h$ is the *Moreau envelope* of $F$
//: ([](@moreau-1965)).
let limits = Limits(
  sample.newX[rows: 0..<20], sample.images(K), start, λ: λ,
  strengths: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000])
lesson.figure(
  "envelope",
  "The least energy over the codes of 20 images rises with $\\gamma$ from the best codes' $F$ to "
    + "the encoder's, within the proved bounds."
) {
  envelopeFigure(
    limits.strengths, least: limits.least, below: limits.below, above: limits.above,
    F: (limits.best, limits.predicted))
}
lesson.check(
  "least energies outside of their bounds, relative, worst of \(limits.strengths.count)",
  limits.outside, isAtMost: 1e-9,
  because: "derived above; the minimisation ends at the rounding of $E$")

//: ## How far from the best? The duality gap
//:
//: Nobody knows the least energy. But every code $h$ yields a bound that no code $z$ can undercut: its residual,
//: shortened.
deriveGap(energy, from: energy.step(h), z: energy.p)
//: $E(h)$ less that bound is the *duality gap*: $h$ is at most so far from the best. It vanishes only at the best code,
//: where $\lvert a_l \rvert \le \lambda$ holds without shortening. With $\gamma = 0$ this is lesson 04's certificate.
let images = sample.newX[rows: 0..<40]

//: ## ISTA and FISTA, beside their bounds
//:
//: Repeated proximal steps are ISTA. Lesson 04 proved that $F$ is within $\frac{L}{2q} \lVert h^* \rVert^2$ of its
//: minimum after $q$ steps from zero. [](@beck-teboulle-2009) take the step not from $h$ but from a point beyond it,
//:
//: $$ y = h + \frac{\tau^- - 1}{\tau} (h - h^-), \quad \tau = \tfrac12 \bigl( 1 + \sqrt{1 + 4 (\tau^-)^2} \bigr), $$
//:
//: with $\tau = 1$ at first; $h^-$ and $\tau^-$ are those of the step before. That is FISTA: the same cost a step, and
//: within $2 L \lVert h^* \rVert^2 / (q + 1)^2$ ([proved below](#deeper-why-momentum-helps)). $F$ may rise on the way.
//: Begun anew with $\tau = 1$ whenever it would ([](@odonoghue-candes-2015)), it does not.
let contests = seeds.map { seed in
  Contest(
    seed == sample.seed ? sample : Sample(seed, of: digits, inBlocks: blocks == 1), units: K,
    λ: λ, γ: γ, rounds: rounds)
}
let dictionary = contests[0].models[0].dictionary
let race = Race(images, dictionary, λ: λ, steps: 300)
//: @file Races.swift ISTA and FISTA beside their bounds, limits and warm starts
lesson.figure(
  "bounds",
  "Forty images and a learnt dictionary: ISTA, FISTA and FISTA with restarts, and the two "
    + "bounds, which hold at every step and are far from tight."
) { boundsFigure(race.curves) }
lesson.say(
  "In 300 steps FISTA's $F$ rose \(race.rises) times. To come within 10⁻⁶ of the least $F$, "
    + "relative, takes \(race.needed[0] > 300 ? "over 300" : "\(race.needed[0])") steps of "
    + "ISTA, \(race.needed[1]) of FISTA and "
    + "\(race.needed[2]) with restarts.")
lesson.finding(
  "Forty codes are certified: their mean duality gap is "
    + "\(Numeral.short(race.gap, significant: 1)), so no codes whatever have a mean $F$ lower by "
    + "more. ISTA and FISTA stay below their bounds at each of 300 steps.")
lesson.check(
  "the mean duality gap of the best codes, over $F$", race.gap / race.least, isBelow: 1e-7,
  because: "$F$ is flat to its rounding, $10^{-16}$, within $10^{-8}$ of the best code, and the "
    + "gap shrinks no faster than that distance")
lesson.check(
  "ISTA's distance from the least $F$ over its bound, worst of 300 steps", race.ratios[0],
  isAtMost: 1, because: "lesson 04's proof")
lesson.check(
  "FISTA's distance over its bound, worst of 300 steps", race.ratios[1], isAtMost: 1,
  because: "the proof below")

//: ## What one pass is worth
//:
//: Four ways to a dictionary and an encoder of $K$ units, from the same start: columns are training
//: images, $f(x) = S_t(\frac12 W^{*\top} x)$ with $t = 1.5 \lambda$.
//:
//: 1. Sparse coding first ($\gamma = 0$), then an encoder fitted to its codes.
//: 2. The same dictionary, but the encoder is trained to make $F(f(x))$ small itself.
//: 3. Predictive sparse decomposition.
//: 4. The sparse autoencoder: encoder and dictionary both on $F(f(x))$, no codes between them ($\gamma = \infty$).
//:
//: All get as many rounds: ten proximal steps (not 4), one sweep, five iterations of L-BFGS (3, 4), on at most 400
//: images; then the encoder is fitted by L-BFGS, begun anew after every five iterations, and stopped where validation
//: images say so. On test images we compare each encoder's $F$ with the least for *its* dictionary, and count the steps
//: from zero that reach as low.
//: @file Contest.swift four ways to an encoder, and layers beside steps
lesson.table(
  "Test images, mean ± standard error over \(seeds.count) seeds",
  columns: [
    "", "least $F$", "$F$ of one pass", "excess, %", "in steps of ISTA", "of FISTA",
  ],
  rows: Contest.names.indices.map { v in
    let all = contests.map { $0.verdicts[v] }
    return [
      Cell(Contest.names[v]), cell(all.map(\.best.F), decimals: 4),
      cell(all.map(\.onePass.F), decimals: 4), cell(all.map { 100 * $0.excess }, decimals: 1),
      cell(all.map { Double($0.ista) }, decimals: 1),
      cell(all.map { Double($0.fista) }, decimals: 1),
    ]
  })
let unrolled = contests.map { Unrolled($0, λ: λ) }
lesson.figure(
  "passes",
  "Left: steps against learnt layers on one dictionary. Right: one pass of the four encoders, "
    + "each against the best codes for its own dictionary. Means over \(seeds.count) seeds, "
    + "whiskers: standard errors."
) { passesFigure(unrolled, contests, names: Contest.names) }
func difference(_ a: Int, _ b: Int, _ value: (Verdict) -> Double) -> [Double] {
  contests.map { value($0.verdicts[a]) - value($0.verdicts[b]) }
}
let dearer = difference(2, 0, \.best.F).enumerated().map {
  100 * $1 / contests[$0].verdicts[0].best.F
}
let ρ = Double(sample.newX.rows) / Double(sample.X.rows)
func paired(_ d: [Double]) -> String { withError(d, testPerTraining: ρ) }
func points(_ a: Int, _ b: Int) -> String {
  paired(difference(a, b, \.excess).map { 100 * $0 })
}
func thousandths(_ a: Int, _ b: Int) -> String {
  paired(difference(a, b, \.onePass.F).map { 1000 * $0 })
}
let onePass = (1...3).map { v in mean(contests.map { $0.verdicts[v].onePass.F }) }
let apart = 100 * (onePass.greatest() / onePass.least() - 1)
lesson.finding(
  "One pass of an encoder is worth \(withError(contests.map { Double($0.verdicts[2].ista) })) "
    + "steps of ISTA or \(withError(contests.map { Double($0.verdicts[2].fista) })) of FISTA, if "
    + "it was learnt with its dictionary; fitted afterwards, to the codes, "
    + "\(withError(contests.map { Double($0.verdicts[0].ista) })) of ISTA, to $F$ "
    + "\(withError(contests.map { Double($0.verdicts[1].ista) })).")
lesson.finding(
  "Learnt jointly, an encoder has an excess over the least $F$ lower by \(points(0, 2)) points "
    + "than one fitted to the codes; one fitted afterwards, but to $F$, by \(points(0, 1)).")
//: (Errors of differences count that [training parts overlap](../12-which-autoencoder/README.md#the-heart-a-verdict).) By
//: joint training, say [](@goodfellow-2016), the decoder uses parameters for which $f$ can infer good codes.
lesson.say(
  "It gains \(points(1, 2)) points over aiming at $F$, and loses steps; and its best codes "
    + "have an $F$ higher by \(paired(dearer)) %, and $F$ of one "
    + "pass differs from that of sparse coding with a well aimed encoder by "
    + "\(thousandths(2, 1)) thousandths, and from the sparse autoencoder's by "
    + "\(thousandths(2, 3)). At this size the three roads end within "
    + "\(Numeral.fixed(apart, decimals: 1)) %. (An "
    + "[earlier version](#deeper-how-an-advantage-melted) of this experiment saw it "
    + "differently.)")
let untrainedCodes = contests.map { untrained($0.sample, units: K, λ: λ) }
lesson.table(
  "The codes themselves: mean ± standard error; classes by ridge regression from at most 20 "
    + "labelled images a class",
  columns: [
    "", "units on, best", "one pass", "error, best", "one pass", "classes wrong, best, %",
    "one pass, %",
  ],
  rows: [0, 2, 3].map { v in
    let all = contests.map { $0.verdicts[v] }
    return [
      Cell(Contest.names[v]), cell(all.map(\.best.active), decimals: 1),
      cell(all.map(\.onePass.active), decimals: 1), cell(all.map(\.best.error), decimals: 3),
      cell(all.map(\.onePass.error), decimals: 3),
      cell(all.map { 100 * $0.best.wrong }, decimals: 1),
      cell(all.map { 100 * $0.onePass.wrong }, decimals: 1),
    ]
  } + [
    [
      "no training: images as columns", "–",
      cell(untrainedCodes.map(\.active), decimals: 1), "–",
      cell(untrainedCodes.map(\.error), decimals: 3), "–",
      cell(untrainedCodes.map { 100 * $0.wrong }, decimals: 1),
    ],
    [
      "the pixels themselves", "–", "–", "–", "–", "–",
      cell(pixelErrors(contests.map(\.sample)).map { 100 * $0 }, decimals: 1),
    ],
  ])
let codeLoss = contests.map { 100 * ($0.verdicts[2].onePass.wrong - $0.verdicts[0].best.wrong) }
lesson.say(
  "For telling classes apart the guess is good enough: against the best codes of sparse coding "
    + "PSD's one pass changes the errors by \(paired(codeLoss)) points.")

//: ## Learned ISTA
//:
//: A step of ISTA is $h^+ = S_{\lambda/L}(\frac1L W^{*\top} x + (I - \frac1L W^{*\top} W^*) h)$: a layer of a network.
//: [](@gregor-lecun-2010) keep the form and learn the numbers,
//:
//: $$ h^{(1)} = S_t(W x), \quad h^{(l+1)} = S_t(W x + M h^{(l)}), $$
//:
//: the same $W$, $M$ and $t$ in all layers. One layer is our encoder.
let twenty = sample.newX[rows: 0..<20]
lesson.check(
  "untrained, three layers are three steps of ISTA: all codes of 20 images",
  lesson.attempt {
    try LearnedISTA(unrolling: dictionary, λ: λ, layers: 3)(twenty).elements
  },
  equal: lesson.attempt {
    try ISTA(λ: λ, maxIterations: 3, tolerance: 0).encode(twenty, decoder: decoder(dictionary))
      .H.elements
  }, within: 1e-12, scale: 1, because: "the same map, summed in another order")
//: We train on the dictionary of sparse coding, by full-batch L-BFGS, stopped by validation images, towards the best
//: codes (as the authors do) or on $F$ itself. More layers begin as the network of one layer, with $M = 0$, or as
//: steps of ISTA of twice the safe length; validation images decide. The rivals are as many steps of ISTA and FISTA; and
//: ISTA with *step lengths*, or lengths and thresholds, chosen on validation images: one or two numbers a step instead
//: of matrices, for what learning gains could come from longer steps alone.
//: @file Steps.swift steps whose lengths and thresholds are chosen
lesson.table(
  "Excess over the least $F$ on test images, %, mean ± standard error over \(seeds.count) seeds",
  columns: ["", "1", "2", "3"],
  rows: [
    ("steps of ISTA", \Unrolled.firstISTA), ("steps of FISTA", \.firstFISTA),
    ("ISTA, chosen lengths", \.lengths), ("ISTA, chosen lengths and thresholds", \.tuned),
    ("layers, trained on the best codes", \.onCodes),
    ("layers, trained on $F$", \.onF),
  ].map { name, path in
    [Cell(name)]
      + (0..<3).map { q in
        cell(unrolled.map { 100 * ($0[keyPath: path][q] / $0.best - 1) }, decimals: 1)
      }
  })
lesson.say(
  "FISTA is hardly faster yet: its first two steps *are* ISTA's, since $\\tau^- - 1 = 0$ in the "
    + "second. In steps of FISTA, three layers are worth "
    + "\(average(unrolled.map { Double(steps($0.fista, to: $0.onF[2])) }))"
    + "; of ISTA, "
    + "\(average(unrolled.map { Double(steps($0.ista, to: $0.onF[2])) }))."
)
func share(_ path: (Unrolled) -> [Double], _ q: Int) -> [Double] {
  unrolled.map { 100 * (path($0)[q] / $0.best - 1) }
}
lesson.finding(
  "Three learnt layers leave an excess of \(withError(share(\.onF, 2))) %, three steps of ISTA "
    + "\(withError(share(\.ista, 3))) %. With six chosen numbers three steps leave "
    + "\(withError(share(\.tuned, 2))) %: the layers' \(K * (D + K + 1)) numbers gain "
    + "\(paired(share(\.tuned, 2) .- share(\.onF, 2))) points over those.")
lesson.say(
  "One layer is another matter: a step with two chosen numbers leaves "
    + "\(withError(share(\.tuned, 0))) %, a learnt one \(withError(share(\.onF, 0))) %, for "
    + "a single step of ISTA sees each column alone, and the encoder learns about its "
    + "neighbours. Two more layers gain \(paired(share(\.onF, 0) .- share(\.onF, 2))) points.")
lesson.check(
  "the gradient in lengths and thresholds of three steps: worst relative error to differences",
  gradientCheck(
    stepObjective(
      [0.1, 0.2, 0.5].map { ThresholdedStep(η: $0, t: 0.3 * $0) }, twenty,
      dictionary[columns: 0..<10], λ: λ, thresholds: true), step: 0x1p-20
  ).worstError, isBelow: 1e-6,
  because: "central differences of fourth order, away from kinks, as for the layers below")

//: ## Deeper: Why momentum helps
//:
//: The proof of FISTA's rate in five lines, from the inequality of lesson 04 and convexity.
//:
//: Let $\Phi(h) = F(h) - F(h^*)$, and let $h^-, h, h^+$ be three codes in a row. Lesson 04 showed for a step from $y$
//: and any code $m$ that $F(h^+) \le F(m) + \frac L2 ( \lVert m - y \rVert^2 - \lVert m - h^+ \rVert^2 )$. Evaluated at
//: the sixth step, on one image:
let bestOfOne = race.best.row(0)
deriveMomentum(
  Energy(images.row(0), dictionary, λ: λ, γ: 0, p: bestOfOne), best: bestOfOne, q: 5)
//: The last line is the first, one step earlier. So the sum never rises; before the first step it is
//: $\frac L2 \lVert h^* - h^{(0)} \rVert^2$, hence $\Phi \le \frac{L}{2 \tau^2} \lVert h^* - h^{(0)} \rVert^2$ after a
//: step with $\tau$. And $\tau$ grows by at least $\frac12$ a step: $\tau \ge \frac12 + \tau^-$, so
//: $\tau \ge \frac{q + 1}2$ at step $q$, which gives the bound.

//: ## Deeper: Back through thresholds
//:
//: The gradient of learned ISTA in its matrix, by hand and by differences.
//:
//: A unit that is on passes the gradient, one that is off does not; at the kink itself the slope is set to 0. With
//: $\delta$ for the gradient at what enters a layer's threshold:
//: @file Layers.swift a small network and its gradient
let small = smallNetwork(dictionary, λ: λ, layers: 3)
deriveLayers(small, twenty)
lesson.check(
  "all weights and thresholds of three layers, both aims: worst relative error to differences",
  worstGradient(small, twenty, dictionary, λ: λ), isBelow: 1e-6,
  because: "central differences of fourth order, away from kinks; steps of $2^{-20}$ leave "
    + "rounding of $10^{-10}$")

//: ## Deeper: A warm start
//:
//: The best codes may still be wanted. Do they come sooner if the search begins at the encoder's code?
lesson.table(
  "Steps until the mean $F$ of \(images.rows) test images is within 1 % and 0.01 % of the least, "
    + "dictionary and encoder of predictive sparse decomposition",
  columns: ["", "1 %, from zero", "from the encoder", "0.01 %, from zero", "from the encoder"],
  rows: warmStarts(contests[0].models[2], images, λ: λ))
//: The steps saved at first stay saved, but do not multiply: of the many steps to 0.01 % they are a smaller share.

//: ## Deeper: How an advantage melted
//:
//: In the first version of the main experiment predictive sparse decomposition won by a wide margin, over the sparse
//: autoencoder too. Two changes, which helped the *rivals* most, melted it.
//:
//: All encoders began as one step of ISTA, of length $1/L$ with the threshold $\lambda/L$: a timid encoder, nearly all
//: of whose units are on, and training on $F(f(x))$ leaves them on. And the encoders that were fitted afterwards had
//: one run of L-BFGS, stopped by validation, while predictive sparse decomposition begins L-BFGS anew in each round.
//: Excess over the least $F$ on the first seed's test images:
lesson.table(
  "Excess of one pass, %, by start and fit of the encoder; at most 80 iterations in one run",
  columns: ["", "sparse coding, fitted to codes", "predictive", "sparse autoencoder"],
  rows: meltingRows(contests[0], units: K, λ: λ, γ: γ, rounds: rounds))
//: On other writers (`--blocks 1`, the default digits) little is left of it: one pass is worth 8.8 ± 0.4 steps of ISTA,
//: hardly more than the 8.6 ± 0.4 of an encoder fitted afterwards, and joint training gains −0.3 ± 0.6 points over aiming
//: at $F$. Learned ISTA was too badly off at first: begun as steps of length ½ and fitted in one run of L-BFGS, three
//: layers stayed at an excess of 9.7 %; whether that was a bad minimum or a run that stopped early was not separated.

//: ## Deeper: What the columns look like
//:
//: Patches of ink and of its absence. The encoder's rows are not the columns: they tell a column from its neighbours.
//: @file Figures.swift the figures of this lesson
lesson.figure(
  "filters",
  "The columns used most (orange: more ink), above what the encoder weighs the image with."
) {
  filtersFigure(
    [("sparse coding", contests[0].models[0]), ("PSD", contests[0].models[2])],
    on: sample.newX, (digits.width, digits.height))
}

//: ## Deeper: What the sources leave out
//:
//: Srihari's outline names predictive sparse decomposition as its eighth topic; the slides end with the seventh.
//:
//: - [](@goodfellow-2016), which they follow, write the energy without the factors $\frac12$ and do not say that the
//:   columns must be bounded. Without that, the hole of lesson 04 is open again, and their statement that the code stays
//:   near $f(x)$ does not close it: $f$ can shrink as well.
//: - “Simple gradient descent can obtain reasonable values of $h$ in as few as ten steps”: $\lVert h \rVert_1$ has no
//:   gradient at 0, and plain subgradient steps leave no entry at exactly 0. Proximal steps do.
//: - [](@gregor-lecun-2010) measure the distance from the best code. A smaller distance need not mean a smaller
//:   $F$: layers trained towards the best codes end with a larger $F$ than layers trained on $F$ ([above](#learned-ista));
//:   their distances are not measured here.

//: ## Deeper: Is my number right?
//:
//: The headline figures for five seeds, with the default settings.
lesson.bands("Headline figures") { seed in
  let at = seeds.firstIndex(of: seed)
  let one =
    at.map { contests[$0] }
    ?? Contest(
      Sample(seed, of: digits, inBlocks: blocks == 1), units: K, λ: λ, γ: γ, rounds: rounds)
  let layers = at.map { unrolled[$0] } ?? Unrolled(one, λ: λ)
  return [
    "least F, sparse coding": one.verdicts[0].best.F,
    "least F, predictive": one.verdicts[2].best.F,
    "F of one pass, fitted afterwards": one.verdicts[0].onePass.F,
    "F of one pass, predictive": one.verdicts[2].onePass.F,
    "F of one pass, sparse autoencoder": one.verdicts[3].onePass.F,
    "excess of three learnt layers": layers.onF[2] / layers.best - 1,
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question Why does a proximal step need no line search, and the encoder's move does?
//: @answer For the codes a bowl of known curvature $L + \gamma$ lies above the energy everywhere. No such bound is
//: known for the encoder's loss as a function of its weights.
//:
//: @question Someone normalises the columns after each gradient step on the dictionary. Can $E$ rise?
//: @answer Not if the step is at most one over the curvature: the normalised point is the nearest of all unit
//: dictionaries to the step's end, so it minimises the bowl among them. That the set is not convex does not matter.
//: After a longer step, or after solving least squares, it can.
//:
//: @question A code has the gap 0.02 and the energy 0.5. Another has the energy 0.49. Is the first one the best?
//: @answer No: something lower exists. It is within 0.02 of the least, and the second shows that 0.01 can be had.
//:
//: @question What do the codes of predictive sparse decomposition become if $\lambda = 0$?
//: @answer The minimum of a quadratic: $h = (W^{*\top} W^* + \gamma I)^{-1} (W^{*\top} x + \gamma p)$, a ridge
//: regression that shrinks towards the prediction.
//:
//: @question Two layers of learned ISTA have no worse *training* loss than one. Why might they do worse on test images?
//: @answer They have $K^2$ more weights to fit the training images with. Also, with another start, L-BFGS may end in a
//: worse minimum even on the training images; from $M = 0$ it cannot.

//: ## Sources
//:
//: @sources
lesson.finish()
