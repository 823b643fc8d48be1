//: # 13 · A museum of real bugs
//:
//: Every exhibit follows a line of public code, rebuilt as one changed line of this course's own code. Nearly all of
//: them train smoothly. The visitor looks at symptoms first, names the bug, and then reads the label: the line, the
//: check that catches it, and the cheapest test that would have.
//:
//: @opening line-up
//: - distrust a falling loss curve, and say what it cannot show;
//: - read symptoms: which quantity that is not printed gives a bug away;
//: - choose the cheapest test for each kind of mistake;
//: - say why a gradient that fits its loss proves nothing about the loss.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "Nineteen bugs after public code, each one line: most loss curves fall, and every "
    + "bug is caught by a test of a few lines.")
let λ = lesson.knob("lambda", 0.3, in: 0.05...2, "the weight λ of the contractive penalty")
let β = lesson.knob("beta", 3.0, in: 0.5...10, "the weight β of the sparsity penalty")
let ν = lesson.knob("noise", 0.3, in: 0.05...0.8, "the probability ν of salt and pepper")
let epochs = lesson.knob("epochs", 20, in: 10...200, "epochs of training")

let digits = lesson.images(ImageNeeds(classes: 2, ofEachClass: 40))
let D = digits.width * digits.height
// Larger images take longer, and get fewer seeds.
let seeds = (0..<UInt64(D <= 64 ? 5 : 2)).map { lesson.seed + $0 }

//: ## The rules of the house
//:
//: An *exhibit* and its healthy *twin* begin with the same weights and see the same images in the same order. The only
//: difference between them is one line; nothing is tuned for either. Both are trained on five seeds; differences are
//: paired, with standard errors. What the questions describe is what the default digits show; the tables have this run's
//: numbers. A check named on a label is a check of that lesson, applied here to the exhibit.
//:
//: The exhibits live in one file, where each stands beside the line that it replaces. The run reads that file and its own
//: text, takes every exhibit out, and compares.
//: @file Exhibits.swift the nineteen, with their labels
//: @file Rooms.swift the code of this page with every exhibit in its place
//: @file Catalogue.swift the museum's source, read as text
//: @file Networks.swift networks, and operations with their way back
//: @file Trials.swift every exhibit and its twin, trained
//: @file Tables.swift symptoms and labels
//: @file Figures.swift the figures of this lesson
let catalogue = lesson.attempt { try Catalogue() }
var choices = Choices()
(choices.λ, choices.β, choices.ν) = (λ, β, ν)
(choices.plan.epochs, choices.descent.epochs) = (epochs, epochs)
let visits = lesson.attempt { try seeds.map { try Visit(digits, seed: $0, choices) } }
//: @file Catches.swift the checks that catch them
//: @file Functions.swift exhibits as functions, and two questions about these
let checks = Checks(visits[0])
let records = lesson.attempt {
  try Bug.allCases.map { bug in
    lesson.progress("exhibit \(bug.number)", Double(bug.number) / 19)
    return Record(
      bug: bug, runs: try visits.map { try $0.both(bug) }, caught: try checks.take(bug),
      own: checks.fitsItself(bug), twice: checks.withEveryImageTwice(bug))
  }
}
func room(_ room: Room) -> [Record] { room.bugs.map { records[$0.number - 1] } }
let falling = records.filter(\.falls)
lesson.figure(
  "line-up",
  "Loss curves, each scaled from 1 at the first epoch to 0 at the last: \(records.count) twins, "
    + "and those \(falling.count) of the \(records.count) exhibits whose loss is a number."
) { lineUpFigure(records) }
lesson.finding(
  "\(falling.count) of these \(records.count) bugs, chosen for this page and no sample, leave a "
    + "loss that falls with every seed: watching it fall would have caught "
    + "\(records.count - falling.count).")
lesson.check(
  "lines by which each exhibit differs from the museum's healthy code",
  Bug.allCases.map { Double(catalogue.lines(of: $0).count) },
  equal: Bug.allCases.map { _ in 1 },
  within: 0, because: "an exhibit is one line; anything else is another bug")
lesson.check(
  "functions of this page that differ from the museum's with all exhibits undone",
  Double(catalogue.functionsThatDiffer.count), isAtMost: 0,
  because: "texts are compared, after spaces")

//: ## The heart: a healthy gradient
//:
//: One hidden layer of sigmoid units, tied weights, pixels between 0 and 1, cross-entropy. With the noisy $\tilde x$ at
//: the input, the clean $x$ as target and the slopes $s = h (1 - h)$, the gradient through the hidden layer is $\delta$,
//: and the shared weights, for a penalty $\Omega(h)$ of codes alone, get two terms:
//:
//: $$ \delta = s \odot \left( W \frac{\hat x - x}{N} + \frac{\partial \Omega}{\partial h} \right), \qquad \frac{\partial
//: L}{\partial W} = \sum \left( \delta \tilde x^\top + h \frac{(\hat x - x)^\top}{N} \right). $$
//: @heart the gradient of a tied autoencoder, denoising and penalised
func gradients(
  _ X: Matrix<Double>, _ noisy: Matrix<Double>, _ net: Network, penalty: CodePenalty
) -> (loss: Double, gradient: Network) {
  let A = affine(noisy, net.W, net.b)
  let (H, S) = logistic(A)
  let output = affine(H, net.Wˢ, net.c)
  let target = X
  let (Ω, atCode) = penalty(H)
  let atOutput = (sigmoid(output) - target) / Double(X.rows)
  let δ = (atOutput * net.Wˢ + atCode) ⊙ S
  let (w, v) = (δ.T * noisy, atOutput.T * H)
  let (g, gˢ) = (w + v.T, v + w.T)
  let gradient = Network(W: g, Wˢ: gˢ, b: δ.columnSums, c: atOutput.columnSums)
  return (crossEntropy(output, target) + Ω, gradient)
}
//: Some steps have a line of their own: there a line will be exchanged. The
//: decoder's matrix $W^*$ is kept beside $W$; since both get the same sum, they stay transposes of each other.
let few = visits[0].X[rows: 0..<20]
var drawing = lesson.stream("small networks")
let net = Network(inputs: D, hidden: 6, using: &drawing)
let spoilt = lesson.attempt { try Corruption<Double>.saltAndPepper(ν)(few, using: &drawing) }
lesson.check(
  "loss and gradient of the heart against the library's, all parameters",
  {
    let (loss, g) = gradients(few, spoilt, net, penalty: nothing)
    return [loss] + g.tiedParameters
  }(),
  equal: lesson.attempt {
    let library = try Objective(net.library, data: spoilt, target: few, loss: .bernoulli)
    return [library.value()] + library.gradient()
  }, within: 1e-12, scale: 1, because: "the same sums in another order")

//: ## Room 1: gradients
//:
//: The contractive penalty of [lesson 06](../06-contractive-jacobian/README.md) and the sparsity penalty of
//: [lesson 04](../04-sparse-prior/README.md). `squaresSummed` and `meansOfUnits` return a value and the way back through
//: it, as automatic differentiation would: an exhibit that computes something else goes back through that something
//: else, correctly.
func contraction(
  _ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double], λ: Double
) -> (Ω: Double, W: Matrix<Double>, b: [Double]) {
  let (H, S) = logistic(affine(X, W, b))
  let (squares, N) = (S ⊙ S, X.rows)
  let (lengths, half) = squaresSummed(W)
  let scale = λ * 2 / Double(N)
  let own = scale * (Matrix.diagonal(squares.columnSums) * half)
  let through = scale * (squares ⊙ H.map { 1 - 2 * $0 } * Matrix.diagonal(lengths))
  let g = through.T * X + own
  return (λ * dot(squares.columnMeans, lengths), g, through.columnSums)
}
func sparsity(
  _ H: Matrix<Double>, ρ: Double, β: Double
) -> (Ω: Double, atCode: Matrix<Double>) {
  let (ρ̂, back) = meansOfUnits(H)
  let Ω = ρ̂.map { ρ * .log(ρ / $0) + (1 - ρ) * .log((1 - ρ) / (1 - $0)) }.sum()
  return (β * Ω, back(ρ̂.map { β * ((1 - ρ) / (1 - $0) - ρ / $0) }))
}
lesson.figure(
  "gradients",
  "The loss that each program prints, and its healthy twin's, on one seed."
) { curvesFigure("Room 1: gradients", room(.gradients)) }
lesson.table(
  "Room 1. “Not printed” is what the programs do not show; one seed, and paired differences",
  columns: symptomColumns, rows: symptomRows(room(.gradients)))
lesson.figure(
  "filters",
  "Positive weights orange, negative ones blue. All weights together have the length "
    + "\(Numeral.short(records[0].runs[0].healthy.pictures.norm, significant: 3)) in the twin, "
    + (0..<3).map { Numeral.short(records[$0].runs[0].sick.pictures.norm, significant: 3) }
    .joined(separator: ", ") + " in the exhibits."
) {
  filtersFigure(
    Array(room(.gradients).prefix(3)), width: digits.width, height: digits.height)
}
lesson.figure(
  "activity",
  "Exhibit 6 asks the *mean over units* of each image to be ρ; its units are left to themselves."
) { activityFigure(records[Bug.wrongAxis.number - 1], ρ: choices.ρ) }
//: @question Exhibits 1 to 3 add the contractive penalty. In exhibit 1, λ seems to do nothing: with ten times the λ the
//: network is the same, though the printed penalty is ten times as large. What is wrong?
//: @answer An integer division: `2 / N` of two whole numbers is 0 for every batch of more than two images. The penalty is
//: in the loss; its gradient is 0. Only a comparison of the two notices.
//:
//: @question Exhibit 2: the penalty works, but less well than in the twin. Its gradient in the biases passes every check.
//: What is wrong?
//: @answer The penalty is computed with a copy of $W$ that counts as a constant. Its gradient reaches $W$ through $h$
//: only: the term $2 s_j^2 W_{ji}$ is missing ([lesson 06](../06-contractive-jacobian/README.md#self-assessment) asks
//: for it). Nothing shortens the weights; the units saturate instead.
//:
//: @question Exhibit 3 prints a *lower* loss than its twin, and its Jacobian is larger. On average a unit's positive
//: and negative weights come closer to cancelling. What is wrong?
//: @answer The weights of a unit are summed before they are squared. A unit whose weights add to 0 pays nothing, however
//: sensitive it is. The gradient fits this penalty perfectly; it is the penalty that is wrong.
//:
//: @question Exhibit 4 has tied weights and no penalty. From the first epochs on it is far behind. What is wrong?
//: @answer One of the two terms of the shared weights is missing: the decoder's. The decoder learns only as far as the
//: encoder's changes happen to suit it.
//:
//: @question Exhibit 5 prints a lower loss than its twin. Saved, loaded and decoded with $W^\top$, it is far worse.
//: What is wrong?
//: @answer The weights are not tied. They were equal at the start, and each matrix then follows its own gradient: a
//: network with twice the weights, which is why the loss is lower.
//:
//: @question Exhibit 6: the sparsity penalty falls. Yet some units are several times as active as $\rho$ asks, others
//: hardly ever. What is wrong?
//: @answer The mean is taken over the units of an image, not over the images of a unit. Each *image* has few active units
//: on average; which ones is nobody's concern.
//:
//: @question Exhibit 7 prints that its loss is not a number. Why?
//: @answer The units are rectified, so a mean activation may exceed 1 or be 0, and the logarithms of $\frac{1 - \rho}{1 -
//: \hat\rho}$ and $\frac{\rho}{\hat\rho}$ have no value. It is the only loud exhibit.
lesson.check(
  "exhibit 3: how far a unit's weights are from adding up to 0, mean, as a share of the twin's",
  imbalance(records[2].runs[0].sick.pictures) / imbalance(records[2].runs[0].healthy.pictures),
  isBelow: 1, because: "what is penalised is smaller than where it is free")
lesson.check(
  "both penalties, loss and gradient, against the library's",
  {
    let (loss, g) = gradients(few, few, net) { sparsity($0, ρ: 0.1, β: β) }
    let c = contraction(few, net.W, net.b, λ: λ)
    return [loss + c.Ω] + (g.W + c.W).elements + (g.b .+ c.b) + g.c
  }(),
  equal: lesson.attempt {
    let library = try Objective(
      net.library, data: few, loss: .bernoulli,
      penalties: [.sparsity(ρ: 0.1, β: β), .contractive(λ)])
    return [library.value()] + library.gradient()
  }, within: 1e-12, scale: 1, because: "the same sums in another order")

//: ## Deeper: Room 1, the labels
//:
//: The lines, where they were found, what catches them.
for record in room(.gradients) {
  lesson.say(label(record, catalogue, lessons: lessonFolders))
}

//: ## Room 2: data on their way in
//:
//: The loop that all networks of this page are trained by, and what happens to images before.
func prepared(
  _ images: LabelledImages, using stream: inout RandomStream
) -> (X: Matrix<Double>, labels: [Int]) {
  let order = stream.permutation(images.count)
  let scaled = images.pixels / images.maximum
  let X = scaled
  let labels = order.map { images.labels[$0] }
  return (gathered(order, of: X), labels)
}
func trained(
  _ start: [Double], on X: Matrix<Double>, _ plan: Plan, spoil: Corruption<Double>,
  seed: UInt64,
  _ objective: (_ X: Matrix<Double>, _ noisy: Matrix<Double>, _ θ: [Double]) -> (
    loss: Double, gradient: [Double]
  )
) -> (θ: [Double], losses: [Double]) {
  var (orders, noise) = (RandomStream(seed: seed, name: "orders"), RandomStream(seed: seed))
  var (θ, memory, losses) = (start, Memory(start.count), [Double]())
  var spoilt = spoil(X, using: &noise)
  for _ in 0..<plan.epochs {
    let order = orders.permutation(X.rows)
    var total = 0.0
    for first in stride(from: 0, to: X.rows, by: plan.batch) {
      let rows = order[first..<min(first + plan.batch, X.rows)]
      let (clean, noisy) = (gathered(rows, of: X), gathered(rows, of: spoilt))
      let (loss, g) = objective(clean, noisy, θ)
      let rate = plan.rate
      plan.adam ? adamStep(&θ, g, &memory, rate: rate) : (θ = θ .- rate .* g)
      total += loss * Double(rows.count) / Double(X.rows)
    }
    spoilt = spoil(X, using: &noise)
    losses.append(total)
  }
  return (θ, losses)
}
lesson.figure("data", "Exhibits 9 and 10 end *below* their twins.") {
  curvesFigure("Room 2: data", room(.data))
}
lesson.table(
  "Room 2", columns: symptomColumns, rows: symptomRows(room(.data)))
lesson.figure(
  "restored", "Held-out images with fresh noise, and what three networks make of them."
) {
  restoredFigure(
    [Bug.noisyTarget, .frozenNoise].map { records[$0.number - 1] }, width: digits.width,
    height: digits.height)
}
//: @question Exhibits 8 and 9 are denoisers. Exhibit 8 leaves 1.7 times as much of the noise as its twin. What is
//: wrong?
//: @answer The output is compared with the noisy image. The network is a plain autoencoder of noisy images; only the
//: bottleneck removes any noise.
//:
//: @question Exhibit 9 prints a lower loss than its twin and denoises held-out images slightly worse. What is wrong?
//: @answer The noise was drawn once, before training, so the network can learn those spots by heart. The difference is
//: small here; [lesson 06](../06-contractive-jacobian/README.md#deeper-a-deterministic-gradient) has a larger one.
//:
//: @question Exhibit 10 prints a third of its twin's loss, and misses most of what tells images apart. What is wrong?
//: @answer The pixels were divided by their maximum twice. Nearly black images have little entropy, and little to tell
//: one from another: a lower loss, and nothing learnt.

//: ## Deeper: Room 2, the labels
//:
//: The lines, where they were found, what catches them.
for record in room(.data) { lesson.say(label(record, catalogue, lessons: lessonFolders)) }

//: ## Room 3: variational
//:
//: The bound of [lesson 07](../07-variational-kl/README.md), with $\tanh$ units on both sides, for pixels between 0 and
//: 1. The encoder gives $\mu$ and, bounded, $\log \sigma^2$.
func negativeBound(
  _ X: Matrix<Double>, _ ε: Matrix<Double>, _ net: Coder
) -> (loss: Double, gradient: [Double]) {
  let N = Double(X.rows)
  let H = tanh(affine(X, net.up))
  let (μ, s) = (affine(H, net.mean), 20 * tanh(affine(H, net.spread) / 20))
  let power = 0.5
  let σ = exp(power * s)
  let z = μ + σ ⊙ ε
  let G = tanh(affine(z, net.down))
  let output = affine(G, net.out)
  let weight = 1 / N
  let KL = 0.5 * (μ ⊙ μ + exp(s) - s).map { $0 - 1 }.sum
  let toPixels = (sigmoid(output) - X) / N
  let toDown = (toPixels * net.out.W) ⊙ G.map { 1 - $0 * $0 }
  let atCode = toDown * net.down.W
  let toMean = atCode + weight * μ
  let atSpread = power * (atCode ⊙ ε ⊙ σ) + weight / 2 * exp(s).map { $0 - 1 }
  let toSpread = atSpread ⊙ s.map { 1 - $0 * $0 / 400 }
  let toUp = (toMean * net.mean.W + toSpread * net.spread.W) ⊙ H.map { 1 - $0 * $0 }
  let layers = [(toUp, X), (toMean, H), (toSpread, H), (toDown, z), (toPixels, G)]
  let gradient = layers.flatMap { δ, input in (δ.T * input).elements + δ.columnSums }
  return (crossEntropy(output, X) + weight * KL, gradient)
}
func codeNoise(
  _ N: Int, _ k: Int, using stream: inout RandomStream
) -> Matrix<Double> {
  let rows = N
  let ε = Matrix<Double>.normal(rows: rows, columns: k, using: &stream)
  return Matrix(rows: N, columns: k) { ε[$0 % rows, $1] }
}
lesson.figure("variational", "Exhibit 12 leaves its panel through the floor.") {
  curvesFigure("Room 3: variational", room(.variational))
}
lesson.table(
  "Room 3. The bound that is not printed is computed by the library, on held-out images",
  columns: symptomColumns, rows: symptomRows(room(.variational)))
lesson.figure("samples", "Eight codes from the prior, decoded by each network.") {
  samplesFigure(room(.variational), width: digits.width, height: digits.height)
}
//: @question Exhibit 11 falls to a plateau. All its samples look alike, and like the mean image. What is wrong?
//: @answer The divergence is summed over the batch, the reconstruction averaged: the divergence weighs as many times too
//: much as there are images in a batch. The code collapses onto the prior.
//:
//: @question Exhibit 12 falls faster than any other, through zero. What is wrong?
//: @answer The divergence has the wrong sign and is made as *large* as possible. A loss that is bounded from below by
//: definition, and is not, is a bug.
//:
//: @question Exhibit 13 prints a better bound than its twin. The library, given the same weights, computes a worse one
//: than is printed. What is wrong?
//: @answer The log-variance is exponentiated without being halved: codes are drawn with deviation $\sigma^2$ and
//: charged as if it were $\sigma$. For $\sigma < 1$ that is less noise than is paid for
//: ([below](#deeper-what-exhibit-13-prints)).
//:
//: @question Exhibit 14 is a little worse than its twin, and its curve is rougher. What is wrong?
//: @answer One ε is drawn for the whole batch. Each code is right in distribution, the gradient right on average; but the
//: errors of a batch no longer cancel.
lesson.check(
  "loss and gradient of the bound against the library's, all parameters",
  {
    var noise = lesson.stream("bound")
    let coder = Coder(inputs: D, hidden: 6, codes: 3, using: &noise)
    let ε = codeNoise(few.rows, 3, using: &noise)
    let (loss, g) = negativeBound(few, ε, coder)
    let library = lesson.attempt {
      try VariationalObjective(coder.library(), data: few, noise: ε)
    }
    return ([loss - library.value()] + (coder.sortedForLibrary(g) .- library.gradient()))
      .map { abs($0) }.greatest()
  }(), isBelow: 1e-12, because: "the same sums in another order")

//: ## Deeper: Room 3, the labels
//:
//: The lines, where they were found, what catches them.
for record in room(.variational) { lesson.say(label(record, catalogue, lessons: lessonFolders)) }

//: ## Deeper: What exhibit 13 prints
//:
//: Exhibit 13's number looks like a bound and is none. By how much is it off?
//:
//: Its codes have mean $\mu$ and deviation $\sigma^2$, not $\sigma$. The divergence of that distribution from the prior,
//: less the one it is charged, for one dimension:
lesson.derive("What exhibit 13 does not pay") { proof in
  let (μ, σ) = (0.4, 0.3)
  let q = DiagonalGaussians<Double>(mean: [[μ]], logVariance: [[4 * .log(σ)]])
  let charged = DiagonalGaussians<Double>(mean: [[μ]], logVariance: [[2 * .log(σ)]])
  proof.start(
    #"\operatorname{KL}(\mathcal N(\mu, \sigma^4)) - \operatorname{KL}(\mathcal N(\mu, "#
      + #"\sigma^2))"#,
    q.divergence().sum - charged.divergence().sum)
  proof.equals(
    #"\tfrac12 \left( \mu^2 + \sigma^4 - 1 - \log \sigma^4 \right) - \tfrac12 \left( "#
      + #"\mu^2 + \sigma^2 - 1 - \log \sigma^2 \right)"#,
    because: "the closed form of lesson 07, for both",
    0.5 * (μ * μ + σ * σ * σ * σ - 1 - 4 * .log(σ))
      - 0.5 * (μ * μ + σ * σ - 1 - 2 * .log(σ)))
  proof.equals(
    #"\tfrac12 \left( \sigma^4 - \sigma^2 - \log \sigma^2 \right)"#,
    because: #"$\log \sigma^4 = 2 \log \sigma^2$; $\mu$ cancels"#,
    0.5 * (σ * σ * σ * σ - σ * σ - 2 * .log(σ)))
}
let thirteenth = visits[0].variational(.logVariance)
let unpaid = lesson.attempt {
  let σ² = exp(try thirteenth.net.library().posterior(of: visits[0].X).logVariance)
  return mean((0.5 * (σ² ⊙ σ² - σ² - log(σ²))).rowSums)
}
let printed = thirteenth.losses.last ?? .nan
lesson.say(
  "On this run's training images that is \(Numeral.short(unpaid, significant: 3)) nats an image: "
    + "the printed \(Numeral.short(printed, significant: 3)) would have to be "
    + "\(Numeral.short(printed + unpaid, significant: 3)).")
lesson.check(
  "what exhibit 13 does not pay, in nats an image", unpaid, isAbove: 0,
  because: "proved above: positive in every dimension with $\\sigma \\ne 1$")
//: The derivative by $\sigma^2$ is $\sigma^2 - \frac12 - \frac1{2 \sigma^2}$, negative for $\sigma < 1$, positive
//: beyond: at $\sigma = 1$ the difference is 0, and everywhere else positive. Every dimension that is used
//: ($\sigma < 1$) makes the printed number smaller than the bound that these codes really give.

//: ## Room 4: the optimiser
//:
//: Adam ([](@kingma-2014)) keeps running means of the gradient and of its square, which begin at 0 and are corrected for
//: that.
func adamStep(
  _ θ: inout [Double], _ g: [Double], _ memory: inout Memory, rate η: Double
) {
  let (β1, β2) = (0.9, 0.999)
  (memory.β1ᵗ, memory.β2ᵗ) = (memory.β1ᵗ * β1, memory.β2ᵗ * β2)
  let (p1, p2) = (memory.β1ᵗ, memory.β2ᵗ)
  for i in θ.indices {
    memory.m[i] = β1 * memory.m[i] + (1 - β1) * g[i]
    memory.v[i] = β2 * memory.v[i] + (1 - β2) * g[i] * g[i]
    θ[i] -= η * (memory.m[i] / (1 - p1)) / ((memory.v[i] / (1 - p2)).squareRoot() + 1e-8)
  }
}
//: Why by $1 - \beta^t$? Take a constant gradient $g$:
lesson.derive("The running mean of a constant") { proof in
  let (β, t, g) = (0.9, 7, -1.3)
  var m = 0.0
  for _ in 0..<t { m = β * m + (1 - β) * g }
  func power(_ n: Int) -> Double { (0..<n).reduce(1) { x, _ in x * β } }
  proof.start(#"m_t = \beta m_{t-1} + (1 - \beta) g"#, m)
  proof.equals(
    #"(1 - \beta) \sum_{i=0}^{t-1} \beta^i g"#, because: "$t$ times, from $m_0 = 0$",
    (1 - β) * (0..<t).map { power($0) * g }.sum())
  proof.equals(
    #"(1 - \beta^t) g"#, because: "the geometric sum: all but the ends cancel",
    (1 - power(t)) * g)
}
//: Divided by $1 - \beta^t$ it is $g$; the same holds for $g^2$, so that every step has length $\eta$. Divided by
//: $1 - \beta$ instead, only the first step is right.
lesson.figure("optimiser", "Exhibit 15 is ahead of its twin at first.") {
  curvesFigure("Room 4: the optimiser", room(.optimiser))
}
lesson.table(
  "Room 4; the twin of exhibit 16 is trained by plain gradient descent",
  columns: symptomColumns, rows: symptomRows(room(.optimiser)))
//: @question Exhibit 15 learns faster than its twin in the first epochs, and more slowly after them. What is wrong?
//: @answer Adam's correction is always $1 - \beta$, not $1 - \beta^t$. Its first step is right to the last bit, which is
//: the step that a hasty test looks at. With a constant gradient steps get up to twice as long, and in the end a third:
//: $\frac{1}{1 - 0.9} \sqrt{1 - 0.999} \approx 0.32$.
//:
//: @question Exhibit 16 looks like a step size that is too small, and with a fifty times larger one it looks healthy.
//: With batches of another size it does not. What is wrong?
//: @answer The gradient, already a mean over the batch, is divided by the batch's size once more.
lesson.check(
  "five steps of Adam against the library's",
  {
    let gradient = (1...5).map { [Double($0), -0.5, 1 / Double($0)] }
    var (θ, memory) = ([0.3, -0.2, 1], Memory(3))
    var (φ, library) = (θ, Adam<Double>(rate: 0.01))
    for g in gradient {
      adamStep(&θ, g, &memory, rate: 0.01)
      library.step(&φ, gradient: g, rate: 0.01)
    }
    return (θ .- φ).map { abs($0) }.greatest()
  }(), isBelow: 1e-12, because: "the same operations")

//: ## Deeper: Room 4, the labels
//:
//: The lines, where they were found, what catches them.
for record in room(.optimiser) { lesson.say(label(record, catalogue, lessons: lessonFolders)) }

//: ## Room 5: evaluation
//:
//: The last room's networks are healthy. What is said about them is not.
func centred(
  _ training: Matrix<Double>, _ test: Matrix<Double>
) -> (training: Matrix<Double>, test: Matrix<Double>) {
  let seen = training
  let mean = seen.columnMeans
  return (training.subtractingFromEachRow(mean), test.subtractingFromEachRow(mean))
}
func evaluated(
  _ X: Matrix<Double>, batch: Int, _ loss: (Matrix<Double>) -> Double
) -> Double {
  var mean = 0.0
  for first in stride(from: 0, to: X.rows, by: batch) {
    let examples = X[rows: first..<min(first + batch, X.rows)]
    let share = Double(examples.rows) / Double(X.rows)
    mean = mean + share * loss(examples)
  }
  return mean
}
lesson.figure("evaluation", "Exhibit 18's curve is its twin's to the last bit.") {
  curvesFigure("Room 5: evaluation", room(.evaluation))
}
lesson.table(
  "Room 5. Exhibit 17: a linear network of four codes for forty images; exhibit 19 prints the "
    + "held-out loss",
  columns: symptomColumns, rows: symptomRows(room(.evaluation)))
//: @question Exhibit 17 reports a *better* held-out error than its twin. What is wrong?
//: @answer The mean image that is taken away was computed from training and test images together. The test images have
//: told the network what to expect of them.
//:
//: @question Exhibit 18's codes are useless: a classifier of them guesses. The loss is its twin's, to the last bit.
//: What is wrong?
//: @answer The images were shuffled, the labels were not. No loss of an autoencoder looks at a label.
//:
//: @question Exhibit 19's held-out loss is rougher than its twin's, and off by a per cent or so. What is wrong?
//: @answer It is the loss of the last minibatch: a few images, and always the same ones.

//: ## Deeper: Room 5, the labels
//:
//: The lines, where they were found, what catches them.
for record in room(.evaluation) { lesson.say(label(record, catalogue, lessons: lessonFolders)) }

//: ## What each test would have caught
//:
//: Five questions to ask of each exhibit. Does its loss fall? How does it compare with the twin's, which nobody has in
//: practice? Does the gradient agree with central differences of *its own* loss? Do loss and gradient stay the same when
//: every image is there twice? And what does a check say that knows what the code is meant to do?
lesson.table(
  "Symptom × bug. “Beside twin”: paired differences over the seeds, at 95 %; – where a "
    + "question has no meaning",
  columns: [
    "exhibit", "loss falls", "loss beside twin", "not printed, beside twin", "own differences",
    "images twice", "check of lesson", "factor over its bound",
  ], rows: museumRows(records))
var slowly = choices
slowly.plan.rate /= 3
slowly.descent.rate /= 3
let slow = lesson.attempt { try seeds.map { try Visit(digits, seed: $0, slowly) } }
let higher = records.filter { $0.lossVerdict == .higher }
let excused = lesson.attempt {
  try higher.filter { record in
    record.printsNoMore(than: try slow.map { try $0.twin(of: record.bug).losses.last ?? 0 })
  }
}
let unseen = records.filter { $0.lossVerdict == .same || $0.lossVerdict == .lower }
let lower = records.filter { $0.lossVerdict == .lower }
let asked = records.filter { $0.own != nil }
let refuted = asked.filter { !(($0.own ?? 0) < 1e-7) }
let doubled = records.filter { !(($0.twice ?? 0) < 1e-9) }
let earlier = records.filter { $0.caught.lesson != "13" }
lesson.finding(
  "Even beside a healthy twin, \(unseen.count) of \(records.count) print a loss not clearly "
    + "higher, \(lower.count) of them a lower one.")
lesson.finding(
  "Of the \(higher.count) that print a higher one, \(excused.count) print not clearly more than "
    + "the healthy twin does with a third of the step size: they pass for badly tuned.")
lesson.finding(
  "A gradient that agrees with differences of its own loss clears \(asked.count - refuted.count) "
    + "of the \(asked.count) exhibits that have one: it finds what a gradient has lost on its "
    + "way, not what the loss should have been.")
lesson.finding(
  "\(earlier.count) exhibits are caught by checks of earlier lessons, "
    + "\(records.count - earlier.count) need a new one of a few lines; the least factor over a "
    + "bound is \(Numeral.short(records.map(\.caught.factor).least(), significant: 2)).")
lesson.say(
  "A short ranking, by exhibits caught: a falling loss, \(records.count - falling.count); every "
    + "image twice, \(doubled.count); differences of one's own loss, \(refuted.count); a "
    + "comparison with what was meant, all. The last looks costly but need not be: a closed "
    + "form for one example, a second program written from the paper, an operation that must "
    + "change nothing.")
lesson.check(
  "the least factor by which a check exceeds its bound", records.map(\.caught.factor).least(),
  isAtLeast: 10, because: "a check that a bug passes by a little is no check of it")
lesson.check(
  "the same checks on the healthy code: greatest value over its bound",
  records.map { $0.caught.healthy / $0.caught.bound }.greatest(), isBelow: 1,
  because: "a check that is red for healthy code says nothing")
lesson.check(
  "exhibits whose loss is no number, or does not fall",
  Double(records.count - falling.count), isAtMost: 1,
  because: "the claim of this lesson; exhibit 7 is the one")

//: ## Deeper: Why differences of one's own loss are silent
//:
//: Differences compare a program with itself.
//:
//: A gradient check asks whether $g(\theta)$ is the derivative of the $L(\theta)$ that the program computes. With
//: automatic differentiation it always is, up to what was declared constant. A wrong axis, a sum in the place of a
//: mean, a target that should have been clean, $\sigma^2$ for $\sigma$: all of these are in $L$, and $g$ follows $L$
//: faithfully. What the check finds is the rest: an exhibit whose gradient has lost a factor or a term on the way (1,
//: 2, 4), or whose loss has no value.
//:
//: The checks of this course therefore compare with something else wherever they can: with a closed form, with dual
//: numbers, with samples, with a second program. [Lesson 06](../06-contractive-jacobian/README.md) takes $J$ from dual
//: numbers, not from the formula that is under test; [lesson 07](../07-variational-kl/README.md) draws 20,000 codes to
//: check a divergence; and every heart is compared with the library, which was written apart from it.

//: ## Deeper: Five habits
//:
//: The nineteen tests are of five kinds, and each kind is a habit.
//:
//: - **Change what must not matter.** Every image twice (6, 11, 16), another batch size (19), other test images (17), new
//:   noise (8), another order (18). No reference is needed, and no formula.
//: - **Change what must matter.** Noise asked for twice (9), a row of ε (14), one weight of two layers (4, 5).
//: - **Leave the special case.** Two steps of Adam (15), weights 1 and −1 (3), a log-variance that is not 0 (13). Zeros,
//:   ones and first steps make wrong programs right.
//: - **State a range.** Pixels end at 1 (10), means lie between 0 and 1 (7), a divergence is not negative (12). One line
//:   each, and they may stay in the program.
//: - **Ask someone else.** Differences for a gradient (1, 2), dual numbers for a Jacobian, samples for an expectation, a
//:   second program for all of it.

//: ## Deeper: Slides that would be bugs
//:
//: Some slips in the lectures are exhibits, if one programs what is written.
//:
//: - Srihari's denoising loss has the encoder's distribution where the decoder's belongs
//:   ([lesson 05](../05-denoising-vector-field/README.md#deeper-errata)): in a program, a loss of codes, not of images.
//: - His sparsity penalty $\lambda \sum h_i$ leaves out the magnitude
//:   ([lesson 04](../04-sparse-prior/README.md#deeper-what-the-slides-leave-out)): for units that may be negative the
//:   loss falls without bound, as exhibit 12's does.
//: - Session 19 prints the divergence as “the loss”
//:   ([lesson 07](../07-variational-kl/README.md#deeper-what-the-slides-get-wrong)): minimised alone it is exhibit 11,
//:   with an infinite weight.
//: - Khapra's first slide differentiates the wrong way round, $J_{\hat x}(h)$
//:   ([lesson 06](../06-contractive-jacobian/README.md#deeper-slips-in-the-lectures)): in a program, a penalty on the
//:   decoder.
//: - His penalty and session 19's have no weight and no mean over the examples. Whoever fills in the gap chooses
//:   between a sum and a mean, which is how exhibits 11 and 16 come about.

//: ## Deeper: Is my number right?
//:
//: Five seeds to compare your run with.
lesson.bands("Headline figures") { seed in
  let visit =
    visits.first { $0.seed == seed } ?? lesson.attempt { try Visit(digits, seed: seed, choices) }
  let (integer, frozen, variance, labels) = lesson.attempt {
    (
      try visit.both(.integerDivision), try visit.both(.frozenNoise),
      try visit.both(.logVariance), try visit.both(.shiftedLabels)
    )
  }
  return [
    "twin of 1: ‖J‖², held out": integer.healthy.measure,
    "exhibit 1: ‖J‖², held out": integer.sick.measure,
    "twin of 9: denoising error ∕ noise": frozen.healthy.measure,
    "exhibit 9: denoising error ∕ noise": frozen.sick.measure,
    "twin of 13: printed loss": variance.healthy.losses.last ?? .nan,
    "exhibit 13: printed loss": variance.sick.losses.last ?? .nan,
    "exhibit 18: mistakes": labels.sick.measure,
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question A loss falls for a hundred epochs and stays. Name three bugs of this museum that are compatible with that,
//: and for each a number that you would print beside the loss.
//: @answer For example 3 ($\lVert J \rVert_F^2$ by another route), 10 (error over variance), 18 (mistakes of a
//: classifier, or the mean image of each class).
//:
//: @question Which exhibits can a check with a single image in the batch not find?
//: @answer Those that confuse a sum over the batch with a mean (11, 16) or share something across it (14): with one image
//: there is nothing to confuse. Nor one that takes a part for the whole (19), nor exhibit 1: `2 / 1` is 2.
//:
//: @question A colleague tests Adam on one step from zero and finds agreement to the last bit. What has been shown?
//: @answer Little: for $t = 1$ the two corrections are the same number. A test has to leave the special case: two
//: steps, two images, weights that do not add up, a log-variance that is not 0.
//:
//: @question Why is a lower loss than expected as suspicious as a higher one?
//: @answer On the default digits six exhibits print one, for as many reasons: a penalty that can be dodged, more
//: parameters than intended, a task that was made easier, noise learnt by heart, a number that is no bound, a term that
//: is subtracted.
//:
//: @question Two of your programs disagree. How do you find out which is right?
//: @answer By a third that shares no code with either: a closed form at special values, differences, samples, or an
//: invariance both must have. That two agree is strong only if they were written apart.

//: ## Sources
//:
//: Issues, pull requests and files are linked on the labels; they are quoted as they stood when they were read.
//:
//: @sources
lesson.finish()
