//: # 4 · The sparse prior
//:
//: A hidden layer larger than the input can copy. A penalty on the *code* is to prevent that: few units may be active at a
//: time. This lesson derives the two penalties in use, one on a unit's mean activation and one that is minus the logarithm
//: of a prior on codes; finds the most probable code exactly and compares the encoder's guess with it; shows a hole that both
//: penalties share, and how to close it; and asks whether the codes are worth anything.
//:
//: | symbol | meaning |
//: |:--|:--|
//: | $x, h, \hat x$ | an image, its code, its reconstruction; $x_n$, $h_{nl}$: of example $n$, in unit $l$; batches $X, H$ have examples as *rows*, and `Xᵗ`, `Hᵗ` are those of new images (a transpose has ᵀ) |
//: | $W, b$ | encoder $h = \sigma(W x + b)$, $K \times D$; $w_l$ is its row $l$ |
//: | $W^*, c$ | decoder $\hat x = W^* h + c$, $D \times K$; $w^*_l$ is its column $l$; in code `Wˢ` |
//: | $\hat\rho_l$ | the mean activation of unit $l$, $\frac{1}{N} \sum_n h_{nl}$; $\rho$: the wanted one |
//: | $\Omega$ | a penalty, with the weight $\beta$ (mean activation) or $\lambda$ (Laplace) |
//: | $\sigma$ | the sigmoid; where a model draws data, the standard deviation of its noise |
//: | $F$ | $\frac12 \lVert x - W^* h \rVert^2 + \lambda \lVert h \rVert_1$, with $f$ its first term |
//: | $L$ | the largest eigenvalue of $W^{*\top} W^*$ |
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "Sparsity penalties act on codes and are no priors on parameters; with a free decoder both can be dodged, and with unit columns they work."
)
let ρ = lesson.knob("rho", 0.05, in: 0.03...0.1, "the wanted mean activation ρ of a hidden unit")
let β = lesson.knob("beta", 1.0, in: 0.5...4, "the weight β of the penalty on mean activations")
let λ = lesson.knob("lambda", 0.03, in: 0.01...0.1, "the weight λ of the Laplace penalty")

let digits = lesson.images(ImageNeeds(pixels: 64, classes: 2, ofEachClass: 40))
let D = digits.width * digits.height
let K = 100
let sample = Sample(lesson.seed, of: digits)
let (X, Xᵗ) = (sample.X, sample.Xᵗ)

//: ## A penalty on the mean activation
//:
//: Think of unit $l$ as a coin that shows 1 with probability $\hat\rho_l$, and of $\rho$ as the coin we want. How badly the one
//: stands in for the other is the Kullback–Leibler divergence, and Khapra's penalty adds it up over the units:
//: $\Omega = \sum_l \rho \log \frac{\rho}{\hat\rho_l} + (1 - \rho) \log \frac{1 - \rho}{1 - \hat\rho_l}$. The examples here: forty
//: images and a network of five random units.
func KL(_ ρ̂: Double) -> Double { ρ * .log(ρ / ρ̂) + (1 - ρ) * .log((1 - ρ) / (1 - ρ̂)) }
func slope(_ ρ̂: Double) -> Double { -ρ / ρ̂ + (1 - ρ) / (1 - ρ̂) }
let few = X[rows: 0..<40]
let N = Double(few.rows)
let five = sample.untrainedNetwork(hidden: 5)
let H = five.encode(few)
let ρ̂ = H.columnMeans
//: @fold The derivation in Swift
lesson.derive(#"The slope in $\hat\rho_l$, for all units"#) { proof in
  proof.start(
    #"\frac{\Omega(\hat\rho_l + \varepsilon) - \Omega(\hat\rho_l - \varepsilon)}{2 \varepsilon}"#,
    ρ̂.map { differences(of: KL, at: $0) })
  proof.equals(
    #"-\frac{\rho}{\hat\rho_l} + \frac{1 - \rho}{1 - \hat\rho_l}"#,
    because: #"$\varepsilon \to 0$; the derivative of $-\rho \log \hat\rho - (1 - \rho) \log(1 - \hat\rho)$"#,
    ρ̂.map(slope), within: 1e-7)
  proof.equals(
    #"\frac{\hat\rho_l - \rho}{\hat\rho_l (1 - \hat\rho_l)}"#,
    because: "a common denominator: negative below $\\rho$, positive above", ρ̂.map { ($0 - ρ) / ($0 * (1 - $0)) })
}
//: @fold The derivation in Swift
lesson.derive(#"$\Omega$ is a sum of divergences between coins, and zero only at $\hat\rho_l = \rho$"#, within: 1e-9) {
  proof in
  proof.start(
    #"\sum_l \rho \log \frac{\rho}{\hat\rho_l} + (1 - \rho) \log \frac{1 - \rho}{1 - \hat\rho_l}"#, ρ̂.map(KL).sum())
  let coin = [1 - ρ, ρ]
  let surprise = { (q: [Double]) in -zip(coin, q).map { $0 * .log($1) }.sum() }
  proof.equals(
    #"\sum_l \Bigl( -\sum_{z=0}^{1} p(z) \log q_l(z) \Bigr) - K \Bigl( -\sum_{z=0}^{1} p(z) \log p(z) \Bigr)"#,
    because:
      #"the coins $p(1) = \rho$, $q_l(1) = \hat\rho_l$: the surprise at a coin thought to be $q_l$, less what is unavoidable"#,
    ρ̂.map { surprise([1 - $0, $0]) }.sum() - Double(ρ̂.count) * surprise(coin))
  proof.equals(
    #"\sum_l \int_\rho^{\hat\rho_l} \frac{t - \rho}{t (1 - t)} \, dt"#,
    because: #"each term is 0 at $\hat\rho_l = \rho$ and has the slope above (here by Simpson's rule)"#,
    ρ̂.map { integral(from: ρ, to: $0) { t in (t - ρ) / (t * (1 - t)) } }.sum())
  proof.atLeast(
    #"\sum_l \int_\rho^{\hat\rho_l} 4 (t - \rho) \, dt = 2 \sum_l (\hat\rho_l - \rho)^2"#,
    because: #"$t (1 - t) \le \frac14$, and both have the sign of $\hat\rho_l - \rho$ (Pinsker's inequality)"#,
    2 * ρ̂.map { ($0 - ρ) * ($0 - ρ) }.sum())
}
//: The penalty sees the weights only through means over the batch, and each example has its share in a mean,
//: $\partial \hat\rho_l / \partial h_{nl} = \frac1N$.
//: @fold The derivation in Swift
lesson.derive(#"The gradient of $\beta \Omega$ in the encoder's weights $W$"#) { proof in
  let β = 3.0
  proof.start(
    #"\frac{\partial \beta \Omega}{\partial W_{li}} \text{ by differences}"#,
    five.weightGradient(on: few) { β * KL($0) })
  proof.equals(
    #"\frac1N \sum_n \beta \Bigl( -\frac{\rho}{\hat\rho_l} + \frac{1 - \rho}{1 - \hat\rho_l} \Bigr) h_{nl} (1 - h_{nl}) x_{ni}"#,
    because:
      #"the chain: $\hat\rho_l$, then $h_{nl}$, then $\sigma' = h (1 - h)$, then $a_{nl} = w_l \cdot x_n + b_l$"#,
    Matrix(rows: 5, columns: D) { l, i in
      (0..<few.rows).map { n in β * slope(ρ̂[l]) * H[n, l] * (1 - H[n, l]) * few[n, i] }.sum() / N
    }, within: 1e-7)
  proof.equals(
    #"\frac{\beta}{N} \operatorname{diag}(\Omega'(\hat\rho)) (H \odot (1 - H))^\top X"#,
    because: "the sum over examples is a matrix product",
    Matrix.diagonal(ρ̂.map { β / N * slope($0) }) * (H - H ⊙ H).T * few)
}
//: Near 0 and 1 the slope in $\hat\rho$ is infinite. Does the gradient explode when a unit dies? The factors $h (1 - h)$
//: save it.
//: @fold The derivation in Swift
lesson.derive(#"The gradient in the biases is never larger than the distance from $\rho$"#) { proof in
  let gain = ρ̂.map { abs($0 - ρ) / ($0 * (1 - $0)) }
  proof.start(
    #"\sum_l \Bigl\lvert \frac{\partial \Omega}{\partial b_l} \Bigr\rvert \text{ by differences}"#,
    (0..<5).map { l in abs(differences(of: { KL(mean(five.activations(of: l, on: few, shiftedBy: $0))) }, at: 0)) }
      .sum())
  proof.equals(
    #"\sum_l \frac{\lvert \hat\rho_l - \rho \rvert}{\hat\rho_l (1 - \hat\rho_l)} \cdot \frac1N \sum_n h_{nl} (1 - h_{nl})"#,
    because: #"the chain above with 1 in the place of $x_{ni}$"#, dot(gain, H.map { $0 * (1 - $0) }.columnMeans),
    within: 1e-7)
  proof.equals(
    #"\sum_l \frac{\lvert \hat\rho_l - \rho \rvert}{\hat\rho_l (1 - \hat\rho_l)} \bigl( \hat\rho_l (1 - \hat\rho_l) - \operatorname{Var}_n h_{nl} \bigr)"#,
    because: #"the mean of $h^2$ is $\hat\rho^2$ plus the variance"#,
    dot(gain, zip(ρ̂, variances(H)).map { $0 * (1 - $0) - $1 }))
  proof.atMost(
    #"\sum_l \lvert \hat\rho_l - \rho \rvert"#, because: "a variance is not negative: Jensen's inequality for $h^2$",
    ρ̂.map { abs($0 - ρ) }.sum())
}
//: So where a unit sleeps for all examples the gradient tends to $-\rho$, not to $-\infty$: descent pushes its bias up, but not hard. Where it is
//: stuck at 1 the gradient tends to $1 - \rho$, and descent pushes it down. One of the five units, shifted by force; the gradient by the formula:
let shifts = [-30.0, -8, 0, 8, 20].map { shift in
  let h = five.activations(of: 0, on: few, shiftedBy: shift)
  return (shift, mean(h), slope(mean(h)), slope(mean(h)) * mean(h.map { $0 * (1 - $0) }))
}
lesson.table(
  "A unit's bias shifted",
  columns: [
    "shift", #"$\hat\rho$"#, #"$\Omega$"#, #"$\partial\Omega/\partial\hat\rho$"#, #"$\partial\Omega/\partial b$"#,
  ],
  rows: shifts.map { shift, ρ̂, slope, inBias in [Cell(shift), Cell(ρ̂), Cell(KL(ρ̂)), Cell(slope), Cell(inBias)] })
lesson.check("the gradient at a sleeping unit", shifts[0].3, equals: -ρ, within: 1e-6)
lesson.check("the gradient at a unit stuck at 1", shifts[4].3, equals: 1 - ρ, within: 1e-3)

//: ## A prior on the codes
//:
//: Srihari arrives at sparsity from a model of the data: first a code $h$ is drawn from a prior $p(h)$, then an
//: image from $p(x \mid h)$. The Laplace prior $p(h_i) = \frac{\lambda}{2} e^{-\lambda \lvert h_i \rvert}$ prefers small codes.
//: The factor $\frac{\lambda}{2}$ makes it a density, and minus its logarithm is a penalty. The codes here are eight draws from it.
let Wˢ: Matrix<Double> = [[1, 0.6], [0.2, -0.9]]
let toy = Toy(Wˢ: Wˢ, σ: 0.5, λ: 1)
var random = lesson.stream("toy")
let eight = (0..<8).map { _ in toy.code(&random) }
lesson.check(
  "the density integrates to 1", 2 * integral(from: 0, to: 40) { toy.λ / 2 * .exp(-toy.λ * $0) }, equals: 1,
  within: 1e-6)
//: @fold The derivation in Swift
lesson.derive("The Laplace prior is the absolute-value penalty") { proof in
  let λ = toy.λ
  proof.start(#"-\log p(h)"#, -.log(eight.reduce(1) { $0 * λ / 2 * .exp(-λ * abs($1)) }))
  proof.equals(
    #"\sum_i \Bigl( \lambda \lvert h_i \rvert - \log \frac{\lambda}{2} \Bigr)"#,
    because: "the logarithm of a product of independent units", eight.map { λ * abs($0) - .log(λ / 2) }.sum())
  proof.equals(
    #"\Omega(h) - K \log \frac{\lambda}{2}, \quad \Omega(h) = \lambda \sum_i \lvert h_i \rvert"#,
    because: #"the course's own penalty, on the codes $h$; the rest does not depend on them"#,
    lesson.attempt { value(try .laplace(λ), .copying(8), on: [eight]) } - 8 * .log(λ / 2))
}
//: The course's library has both penalties. Its gradients, on the five units with both:
lesson.check(
  "gradient of the loss with both penalties against central differences: worst relative error",
  worstGradientError(five, on: few[rows: 0..<12], [{ try .sparsity(ρ: ρ, β: β) }, { try .laplace(λ) }]), isBelow: 1e-7)

//: ## The most probable code
//:
//: With a Gaussian $p(x \mid h)$ of mean $W^* h$ and variance $\sigma^2$, the most probable code for a given $x$ (the *maximum a
//: posteriori* or MAP) minimises squared error plus penalty. Two units and two inputs are enough to see everything.
let examples = toy.examples(40, using: &random)
let x = [1.5, 0.25]
//: @fold The derivation in Swift
lesson.derive("The joint probability of image and code is the sparse objective") { proof in
  let (h, σ², λ) = ([0.7, -0.4], toy.σ * toy.σ, toy.λ)
  let prior = h.reduce(1) { $0 * λ / 2 * .exp(-λ * abs($1)) }
  let constant = Double.log(2 * .pi * σ²) - 2 * .log(λ / 2)
  proof.start(#"-\log p(x, h)"#, -.log(prior * toy.likelihood(x, h)))
  proof.equals(
    #"-\log p(h) - \log p(x \mid h)"#, because: "the definition of the model",
    toy.surpriseOfCode(h) - .log(toy.likelihood(x, h)))
  let distance = ([x] - [h] * Wˢ.T as Matrix<Double>).squaredNorm
  proof.equals(
    #"\frac{1}{2 \sigma^2} \lVert x - W^* h \rVert^2 + \lambda \lVert h \rVert_1 + \log 2 \pi \sigma^2 - 2 \log \frac{\lambda}{2}"#,
    because: "both densities written out", distance / (2 * σ²) + λ * h.map(abs).sum() + constant)
  proof.equals(
    #"\frac{1}{\sigma^2} F(h) + \text{const}, \quad F(h) = \tfrac12 \lVert x - W^* h \rVert^2 + \sigma^2 \lambda \lVert h \rVert_1"#,
    because: #"take out $\frac{1}{\sigma^2}$: the weight of the penalty is $\sigma^2$ times the rate of the prior"#,
    toy.F(x, h) / σ² + constant)
}
//: For one unit with $w^* = 1$ this is $\frac12 (h - v)^2 + t \lvert h \rvert$. If the minimum is at an $h > 0$, the slope
//: $h - v + t$ vanishes: $h = v - t$, which needs $v > t$. Likewise $h = v + t$ if $v < -t$. In between the minimum is the kink
//: $h = 0$, where every slope from $-v - t$ to $-v + t$ is a subgradient, 0 among them. That is the *soft threshold* $S_t(v)$.
//: To be sure that it is *the* minimum, and by how much, for a few hundred pairs of $v$ and $h$ at once:
let pairs = (-12...12).flatMap { v in (-12...12).map { h in (v: Double(v) / 4, h: Double(h) / 4) } }
//: @fold The derivation in Swift
lesson.derive("The soft threshold is the only minimum") { proof in
  let t = 1.1
  func S(_ v: Double) -> Double { softThreshold(v, t) }
  func total(_ term: (Double, Double) -> Double) -> Double { pairs.map { term($0.v, $0.h) }.sum() }
  let half = { (a: Double) in a * a / 2 }
  proof.start(#"\tfrac12 (h - v)^2 + t \lvert h \rvert"#, total { v, h in half(h - v) + t * abs(h) })
  proof.equals(
    #"\tfrac12 (S - v)^2 + \tfrac12 (h - S)^2 + t \bigl( \lvert h \rvert - g (h - S) \bigr), \quad g = (v - S) / t"#,
    because: "expand the square around $S = S_t(v)$",
    total { v, h in half(S(v) - v) + half(h - S(v)) + t * (abs(h) - (v - S(v)) / t * (h - S(v))) })
  proof.atLeast(
    #"\tfrac12 (S - v)^2 + \tfrac12 (h - S)^2 + t \lvert S \rvert"#,
    because:
      #"in each of the three cases $g$ is a subgradient of $\lvert h \rvert$ at $S$: $\lvert h \rvert \ge \lvert S \rvert + g (h - S)$"#,
    total { v, h in half(S(v) - v) + half(h - S(v)) + t * abs(S(v)) })
}
lesson.check(
  "the soft threshold against the best of 8,001 values of $h$: largest difference",
  (-12...12).map { v in abs(softThreshold(Double(v) / 4, 1.1) - bestOfGrid(v: Double(v) / 4, t: 1.1)) }.greatest(),
  isAtMost: 0.0005)

//: With more units $W^*$ mixes them, and there is no formula. *Iterated soft thresholding* (ISTA) replaces the squared error
//: $f$ by a bowl that touches it at the present code, lies above it everywhere, and mixes nothing: then each unit can be
//: thresholded by itself, $h^+ = S_{\lambda/L}(h - \frac1L \nabla f(h))$. On one image, with an untrained decoder of $K$ units:
let dictionary = sample.untrainedNetwork(hidden: K).decoder.W
let dictionaryᵀ = dictionary.T
let image = X[rows: 0..<1]
let σ₁ = SVD(dictionary).σ[0]
let L = σ₁ * σ₁
func f(_ h: Matrix<Double>) -> Double { (image - h * dictionaryᵀ).squaredNorm / 2 }
func F(_ h: Matrix<Double>) -> Double { f(h) + λ * h.map(abs).sum }
func slope(of h: Matrix<Double>) -> Matrix<Double> { (h * dictionaryᵀ - image) * dictionary }
func next(_ h: Matrix<Double>) -> Matrix<Double> { (h - (1 / L) * slope(of: h)).map { softThreshold($0, λ / L) } }

var codes = [Matrix<Double>(rows: 1, columns: K)]
for _ in 1...2000 { codes.append(next(codes[codes.count - 1])) }
let best = bestCodes(for: image, dictionary, λ: λ)
//: After a step $F$ is at most what any other code $z$ has, plus $\frac L2$ times how much nearer the step has come to $z$, in squared distance. (Evaluated at the fifth step, with
//: the best code $h^*$ for $z$, found by soft thresholding one unit at a time: [Codes.swift](../../lessons/04-sparse-prior/Codes.swift).)
//: @fold The derivation in Swift
lesson.derive("A step of ISTA against any code $z$", within: 1e-10) { proof in
  let (h, h⁺, z) = (codes[4], codes[5], best)
  let gradient = slope(of: h)
  let v = h - (1 / L) * gradient
  let s = { (h: Matrix<Double>) in (h - v).squaredNorm / 2 + λ / L * h.map(abs).sum }
  proof.start(#"F(h^+) = f(h^+) + \lambda \lVert h^+ \rVert_1"#, F(h⁺))
  proof.equals(
    #"f(h) + \nabla f(h) \cdot (h^+ - h) + \tfrac12 \lVert W^* (h^+ - h) \rVert^2 + \lambda \lVert h^+ \rVert_1"#,
    because: "$f$ is a quadratic: its Taylor series ends here",
    f(h) + dot(gradient, h⁺ - h) + ((h⁺ - h) * dictionaryᵀ).squaredNorm / 2 + λ * h⁺.map(abs).sum)
  proof.atMost(
    #"f(h) + \nabla f(h) \cdot (h^+ - h) + \tfrac{L}{2} \lVert h^+ - h \rVert^2 + \lambda \lVert h^+ \rVert_1"#,
    because: #"$\lVert W^* u \rVert^2 \le L \lVert u \rVert^2$; this is the bowl"#,
    f(h) + dot(gradient, h⁺ - h) + L / 2 * (h⁺ - h).squaredNorm + λ * h⁺.map(abs).sum)
  proof.equals(
    #"f(h) - \tfrac{1}{2L} \lVert \nabla f(h) \rVert^2 + L \, s(h^+)"#,
    because:
      #"complete the square: $v = h - \frac1L \nabla f(h)$, $s(u) = \sum_i \frac12 (u_i - v_i)^2 + \frac{\lambda}{L} \lvert u_i \rvert$"#,
    f(h) - gradient.squaredNorm / (2 * L) + L * s(h⁺))
  proof.atMost(
    #"f(h) - \tfrac{1}{2L} \lVert \nabla f(h) \rVert^2 + L \, s(z) - \tfrac{L}{2} \lVert z - h^+ \rVert^2"#,
    because: #"$h^+_i = S_{\lambda/L}(v_i)$ is the minimum of its term, with $\frac12 (z_i - h^+_i)^2$ to spare"#,
    f(h) - gradient.squaredNorm / (2 * L) + L * s(z) - L / 2 * (z - h⁺).squaredNorm)
  proof.equals(
    #"F(z) - \tfrac12 \lVert W^* (z - h) \rVert^2 + \tfrac{L}{2} \lVert z - h \rVert^2 - \tfrac{L}{2} \lVert z - h^+ \rVert^2"#,
    because: "undo the square, and Taylor once more: $f(z)$ around $h$",
    F(z) - ((z - h) * dictionaryᵀ).squaredNorm / 2 + L / 2 * ((z - h).squaredNorm - (z - h⁺).squaredNorm))
  proof.atMost(
    #"F(z) + \tfrac{L}{2} \bigl( \lVert z - h \rVert^2 - \lVert z - h^+ \rVert^2 \bigr)"#,
    because: "a square is not negative", F(z) + L / 2 * ((z - h).squaredNorm - (z - h⁺).squaredNorm))
}
//: With $z = h$: $F(h^+) \le F(h) - \frac{L}{2} \lVert h - h^+ \rVert^2$, so $F$ never rises. With $z = h^*$, added over $k$ steps, the right sides
//: telescope: $F(h^{(k)}) - F(h^*) \le \frac{L}{2k} \lVert h^* - h^{(0)} \rVert^2$.
let objective = codes.map(F)
let gaps = (1...2000).map { objective[$0] - F(best) }
let bounds = (1...2000).map { k in L * best.squaredNorm / (2 * Double(k)) }
lesson.check(
  "ISTA's largest step upwards in 2,000, over $F$",
  zip(objective, objective.dropFirst()).map { ($1 - $0) / $0 }.greatest(), isAtMost: 1e-15)
lesson.check(
  "its distance from the best over the bound, at worst in 2,000 steps", zip(gaps, bounds).map { $0 / $1 }.greatest(),
  isAtMost: 1)
//: And how do we know that $h^*$ is the best? A vector $r$ of pixels that no unit answers to with more than $\lambda$,
//: $\lvert w^*_l \cdot r \rvert \le \lambda$, is a witness: no code at all is better than what it says. Here the residual of $h^*$, shortened until it qualifies.
//: @fold The derivation in Swift
lesson.derive("A bound from below for every code $z$", within: 1e-10) { proof in
  let (z, r) = (codes[5], witness(of: best, for: image, dictionary, λ: λ))
  let x̂ = z * dictionaryᵀ
  proof.start(#"F(z) = \tfrac12 \lVert x - W^* z \rVert^2 + \lambda \lVert z \rVert_1"#, F(z))
  proof.atLeast(
    #"\tfrac12 \lVert x - W^* z \rVert^2 + r \cdot W^* z"#,
    because: #"$r \cdot W^* z = \sum_l (w^*_l \cdot r) z_l \le \lambda \lVert z \rVert_1$"#, f(z) + dot(r, x̂))
  proof.equals(
    #"\tfrac12 \lVert x - W^* z - r \rVert^2 + r \cdot x - \tfrac12 \lVert r \rVert^2"#,
    because: "complete the square", (image - x̂ - r).squaredNorm / 2 + dot(r, image) - r.squaredNorm / 2)
  proof.atLeast(
    #"r \cdot x - \tfrac12 \lVert r \rVert^2"#, because: "a square is not negative",
    dot(r, image) - r.squaredNorm / 2)
}
lesson.check(
  "$F(h^*)$ less the bound from below, over $F(h^*)$",
  distanceFromBest(of: best, for: image, dictionary, λ: λ) / F(best),
  isBelow: 1e-6)

//: Now the toy. A grid of codes, refined around its best, knows nothing of thresholds:
let toyDecoder = Stack([Dense(W: Wˢ, activation: .identity)])
let weight = toy.σ * toy.σ * toy.λ
let MAP = lesson.attempt { try ISTA(λ: weight).encode([x], decoder: toyDecoder) }
let brute = toy.bruteForce(x)
lesson.check("ISTA's code against the best of the grid", MAP.H.elements, equal: brute, within: 1e-4, scale: 1)
lesson.check("and its objective", MAP.objective, equals: toy.F(x, brute), within: 1e-8)

lesson.figure(
  "posterior",
  "Left: curves of equal posterior probability are ovals with corners on the axes; ISTA walks from the origin to the most "
    + "probable code, which lies on the axis of the first unit. Right: on an image ISTA's distance from the best falls at every "
    + "step and stays below the bound."
) { posteriorFigure() }

//: ## One code in the place of all
//:
//: Maximum likelihood would maximise $\log p(x) = \log \int p(h) \, p(x \mid h) \, dh$, over *all* codes that could have made $x$. The
//: lecture's sparse autoencoder keeps one: $\max_h \log p(x, h)$. Is that harmless? Forty examples of the toy, whose true decoder
//: is $W^*$, and decoders $s W^*$ of other scales:
let scales = (-4...8).map { Double.exp(0.5 * Double($0) * .log(2)) }
let marginal = (0..<examples.rows).map { logEvidence(toy, examples.row($0), scales: scales) }
let likelihoods = scales.indices.map { s in mean(marginal.map { $0[s] }) }
let estimates = scales.map { logJoint(toy, examples, scale: $0) }
let bestScale = scales[likelihoods.indices.reduce(0) { likelihoods[$1] > likelihoods[$0] ? $1 : $0 }]
//: (With $g = s h$ a scaled decoder is the old one with a prior of the rate $\lambda / s$; that is how it is computed.) The integral,
//: taken on a grid, against the mean of $p(x \mid h)$ over 100,000 codes drawn from the prior:
let draws = (0..<100_000).map { _ in toy.likelihood(examples.row(0), [toy.code(&random), toy.code(&random)]) }
lesson.check(
  "the difference of the two in standard errors", abs(mean(draws) - .exp(marginal[0][4])) / standardError(draws),
  isBelow: 5)
lesson.figure(
  "evidence",
  "The likelihood of forty examples is greatest near the true scale of the decoder and lower at both ends. The value at the single "
    + "best code goes on rising: a longer decoder with smaller codes always looks better. (Only the shapes can be compared: one is a density of x, the other of x and h together.)"
) { evidenceFigure() }
lesson.check("the scale at which the likelihood is greatest, the true one being 1", bestScale, isAtLeast: 0.5)
lesson.check("the same from above", bestScale, isAtMost: 2)
lesson.check(
  "the point estimate rises with every step of the scale: least rise",
  zip(estimates, estimates.dropFirst()).map { $1 - $0 }.least(), isAbove: 0)
//: It is not harmless. For a fixed decoder the best code is a fine answer. But as a criterion for *learning the decoder* the
//: point estimate has no maximum: the same reconstruction with a decoder twice as long needs codes half as large, and the
//: prior, fixed as it is, likes them better. The integral does not fall for it, because most codes drawn from the prior then
//: overshoot.

//: ## The hole in both penalties
//:
//: A sparse autoencoder learns its decoder by just that criterion. And the penalty on mean activations has the same hole. Take any
//: code $h$, with the means $\hat\rho$, and squeeze it around the wanted mean: $h' = \rho 1 + \varepsilon (h - \hat\rho)$.
let free = sample.untrainedNetwork(hidden: K)
//: @fold The derivation in Swift
lesson.derive("Same reconstructions, and no penalty left", within: 1e-10) { proof in
  let (H, Wˢ, ε) = (free.encode(X), free.decoder.W, 0.01)
  let ρ̂ = H.columnMeans
  let squeezed = (ε * H).subtractingFromEachRow(ρ̂.map { ε * $0 - ρ })
  proof.start(#"\hat x = W^* h + c"#, free.reconstruct(X))
  let shift = Wˢ * Matrix(rows: K, columns: 1, elements: ρ̂.map { ρ / ε - $0 })
  let X̂ = (squeezed * (Wˢ / ε).T).subtractingFromEachRow(free.decoder.b.map { -$0 }).subtractingFromEachRow(
    shift.elements)
  proof.equals(
    #"\frac{W^*}{\varepsilon} h' + c + W^* \Bigl( \hat\rho - \frac{\rho}{\varepsilon} 1 \Bigr)"#,
    because: #"$h = \hat\rho + (h' - \rho 1) / \varepsilon$; the means of $h'$ are $\rho$, so its penalty is 0"#, X̂)
}
//: The absolute-value penalty is dodged by $h' = \varepsilon h$, because $\Omega(\varepsilon h) = \varepsilon \Omega(h)$. In both cases the
//: decoder gets $1/\varepsilon$ times as long, and nothing forbids it. Can an *encoder* compute such a code? Here is a network made by hand. Each
//: of its sigmoid units copies one pixel, along the straight part of the sigmoid: $\sigma(\sigma^{-1}(\rho) + \eta u) \approx \rho + \rho (1 - \rho) \eta u$.
let η = 1e-3
let noise = Matrix<Double>.uniform(rows: 100, columns: D, using: &random)
let copier = copyingNetwork(ρ: ρ, η: η, μ: X.columnMeans)
lesson.check("its error on new images, as a share of their variance", unexplained(by: copier, on: Xᵗ), isBelow: 1e-4)
lesson.check("its error on noise, over the same variance", unexplained(by: copier, on: noise), isBelow: 1e-4)
lesson.check("its penalty, the sum over the units", copier.encode(X).columnMeans.map(KL).sum(), isBelow: 1e-4)
//: It copies anything, with the mean activations that the penalty asks for: the penalty alone does not keep a network from copying.

//: ## What training finds
//:
//: Six networks of 100 sigmoid units with linear outputs, trained alike on the same images by 100 iterations of L-BFGS
//: ([Training.swift](../../lessons/04-sparse-prior/Training.swift)): with each penalty and with none, the decoder's columns free or kept
//: at length 1, which closes the hole. (All images are divided by one number, so that their variance is 5 in all: with codes below 1 some five orthonormal columns must be on to make up
//: what an image has beyond the mean.)
//:
//: Sparseness needs a measure that is blind to the scale of $h$. Treves and Rolls (1991) compare the squared mean of $n$ activities $r_i$ with their mean
//: square, $a = (\frac1n \sum_i r_i)^2 / \frac1n \sum_i r_i^2$. Vinje and Gallant (2000) scale it: $(1 - a) / (1 - \frac1n)$ is 0 if all activities are equal
//: and 1 if only one is not zero. Taken over the units for each image it is *population* sparseness, over the images for each unit
//: *lifetime* sparseness.
let recipes = sixRecipes(KL: { try .sparsity(ρ: ρ, β: β) }, laplace: { try .laplace(λ) })
let untrained = sample.untrainedNetwork(hidden: K)
// The networks with a penalty are also looked at while they learn.
var development: [[Moment]] = Array(repeating: [], count: 6)
let networks = recipes.indices.map { r in
  trained(recipes[r], from: untrained, on: X, every: r < 2 ? .max : 10) { iteration, network in
    development[r].append(Moment(network, on: Xᵗ, iteration: iteration))
  }
}
let (dense, sparse, laplace) = (networks[1], networks[3], networks[5])
let outcomes = networks.map { Outcome($0, on: sample, ρ: ρ) }
lesson.table(
  "Six networks on images they were not trained on (the last two columns: on the training images)",
  columns: Outcome.columns, rows: zip(recipes, outcomes).map { $1.row($0.name) })
lesson.check("KL, unit columns: the mean activation", outcomes[3].activation, equals: ρ, within: 0.2)
lesson.check("KL, unit columns: the share of units within 20 %", Double(outcomes[3].near) / Double(K), isAtLeast: 0.9)
lesson.check("KL, free columns: the share of units within 20 %", Double(outcomes[2].near) / Double(K), isAtLeast: 0.9)
lesson.check(
  "and yet: its population sparseness over that with unit columns", outcomes[2].population / outcomes[3].population,
  isBelow: 0.75)
lesson.check("and over its own greatest during training", share(ofGreatest: development[2]), isBelow: 0.95)
lesson.check(
  "KL and Laplace, unit columns: the same, the lesser of the two",
  min(share(ofGreatest: development[3]), share(ofGreatest: development[5])), isAbove: 0.95)
lesson.check("KL and Laplace, free: the shorter mean column", min(outcomes[2].length, outcomes[4].length), isAbove: 1.5)
//: On the default digits training finds the hole. With the KL penalty the units have the wanted mean in both networks. But with free columns they stay closer to
//: it for all images, and the decoder magnifies the small differences; from some iteration on, the network gets less sparse. A penalty on codes needs
//: a decoder that cannot grow: unit columns as here, or weight decay on $W^*$, or tied weights.
lesson.figure(
  "hole",
  "Population sparseness and the decoder's columns while the networks learn. At the end, as a share of its greatest value, the sparseness is "
    + "\(Numeral.percent(share(ofGreatest: development[3]), decimals: 0)) (KL) and \(Numeral.percent(share(ofGreatest: development[5]), decimals: 0)) (Laplace) "
    + "with unit columns; with KL and free columns it is \(Numeral.percent(share(ofGreatest: development[2]), decimals: 0)), and the columns are "
    + "\(Numeral.short(outcomes[2].length, significant: 2)) long."
) { holeFigure() }

lesson.figure(
  "activations",
  "Activations of four networks. On the default digits they spread around one half without a penalty; with KL and free columns they are "
    + "small and soon fade out; with unit columns most are next to zero, and a thin tail reaches far up."
) { activationsFigure() }
//: The units, sorted by use: how much a unit moves the output, $\operatorname{Var}(h_l) \lVert w^*_l \rVert^2$. All columns started as
//: training images less their mean. What a unit stands for is easier to see in the images that excite it most.
lesson.figure(
  "filters",
  "Decoder columns of three networks, more ink in orange and less in blue, each row above the means of the images that excite these units most. On the default digits "
    + "the columns are patches, the means coarser ones, at times strokes, with a penalty and without: the eye sees no difference in kind."
) { filtersFigure() }

//: ## What the penalty costs
let λs = ([0.003, 0.01, 0.1].filter { $0 != λ } + [λ]).sorted()
let βs = ([0.03, 0.1, 0.3].filter { $0 != β } + [β]).sorted()
func constrained(_ penalty: () throws -> Penalty<Double>) -> Outcome {
  let recipe = lesson.attempt { Recipe(name: "strengths", penalties: [try penalty()], unitColumns: true) }
  return Outcome(trained(recipe, from: untrained, on: X), on: sample, ρ: ρ)
}
let byλ = λs.map { strength in strength == λ ? outcomes[5] : constrained { try .laplace(strength) } }
let byβ = βs.map { strength in strength == β ? outcomes[3] : constrained { try .sparsity(ρ: ρ, β: strength) } }
lesson.table(
  "Penalties of several strengths, unit columns, new images",
  columns: Outcome.shortColumns,
  rows: zip(λs, byλ).map { $1.shortRow("Laplace, $\\lambda = \(Numeral.short($0))$") }
    + zip(βs, byβ).map { $1.shortRow("KL, $\\beta = \(Numeral.short($0))$") })
for (strengths, outcomes, factor, rise) in [("λ", byλ, 1.5, 0.1), ("β", byβ, 1, 0)] {
  let (weakest, strongest) = (outcomes[0], outcomes[outcomes.count - 1])
  lesson.check(
    "from the least \(strengths) to the greatest the error grows by the factor", strongest.error / weakest.error,
    isAbove: factor)
  lesson.check("and population sparseness by", strongest.population - weakest.population, isAbove: rise)
}
lesson.check(
  "Laplace: the largest share of units within 20 % of ρ", Double(byλ.map(\.near).max() ?? K) / Double(K), isBelow: 0.5)
//: The Laplace penalty prescribes no mean: the units share the work unequally, and those that come near $\rho$ do so by chance. The
//: KL penalty fixes the means. Once they are where they should be, a larger $\beta$ has little left to change.
lesson.figure(
  "strength",
  "Error against sparseness, from the weakest to the strongest penalty: with Laplace the error grows by a factor of "
    + "\(Numeral.short(byλ[byλ.count - 1].error / byλ[0].error, significant: 2)) and the sparseness by "
    + "\(Numeral.short(byλ[byλ.count - 1].population - byλ[0].population, significant: 2))."
) { strengthFigure() }

//: ## The encoder is a guess
//:
//: The encoder finds a code in one pass, for a decoder learnt along with it. ISTA takes hundreds of steps. Between the two: the best code with
//: entries in $[0, 1]$, which is all that a sigmoid could say.
let shown = Xᵗ[rows: 0..<min(200, Xᵗ.rows)]
let Wᴸ = laplace.decoder.W
let centred = shown.subtractingFromEachRow(laplace.decoder.b)
let steps = lesson.attempt { try ISTA(λ: λ, maxIterations: 400).encode(shown, decoder: laplace.decoder) }
let fourCodes = [
  laplace.encode(shown), bestCodes(for: centred, Wᴸ, λ: λ, in: 0...1), steps.H, bestCodes(for: centred, Wᴸ, λ: λ),
].map { Codes($0, of: centred, Wᴸ, λ: λ) }
lesson.table(
  "Codes for new images, one decoder (Laplace, unit columns): means over \(shown.rows) images",
  columns: Codes.columns,
  rows: zip(["the encoder's", "the best in $[0, 1]$", "400 steps of ISTA", "the best"], fourCodes).map { $1.row($0) })
let Fs = fourCodes.map(\.F)
lesson.check("the best: mean $F$ less the bound from below, over $F$", fourCodes[3].excess / Fs[3], isBelow: 1e-6)
lesson.check("ISTA's $F$ over the encoder's", Fs[2] / Fs[0], isBelow: 0.9)
lesson.check("ISTA's $F$ over the best in $[0, 1]$", Fs[2] / Fs[1], isAtMost: 1)
lesson.say(
  "Of the encoder's excess over the best code, \(Numeral.percent((Fs[0] - Fs[1]) / (Fs[0] - Fs[3]), decimals: 0)) "
    + "is bad guessing within its range; the rest is what a sigmoid cannot say, such as negative numbers, to which the prior has no objection. "
    + "So the encoder's code is not the most probable one that the generative story speaks of.")

//: ## Not a prior over parameters
//:
//: Weight decay is minus the logarithm of a Gaussian prior $p(\theta)$: it can be written down before any data are seen. Is a sparsity penalty a prior $p(\theta)$ too,
//: by way of $h = f(x; \theta)$? Leave the parameters of the network with KL and unit columns as they are, and change the images:
let one = sample.testing.labels[0]
let sets = [Xᵗ, sample.newImages(ofClass: one), sample.negatives]
let onData = lesson.attempt {
  try [("KL", .sparsity(ρ: ρ, β: β)), ("Laplace", .laplace(λ)), ("weight decay, 0.01", .weightDecay(0.01))]
    as [(String, Penalty<Double>)]
}.map { name, penalty in (name, sets.map { value(penalty, sparse, on: $0) }) }
lesson.table(
  "One network, three sets of images",
  columns: ["penalty", "new images", "those of class \(one)", "negatives of the images"],
  rows: onData.map { name, values in [Cell(name)] + values.map { Cell($0) } })
lesson.check("KL on one class over KL on all", onData[0].1[1] / onData[0].1[0], isAbove: 2)
lesson.check(
  "weight decay, on the three sets", onData[2].1, equal: Array(repeating: onData[2].1[0], count: 3), within: 1e-10)
//: At fixed $\theta$ the penalty is another number for other data. A prior cannot be: it would have to be known before the data. The Laplace penalty
//: is minus the logarithm of a prior on $h$. The KL penalty is not even that: it depends on means over the batch and has no term for a single code. Both are, as Srihari says, a
//: preference among functions.

//: ## Sparse, hence contractive?
//:
//: Lecture C argues that sparse codes hardly change with the input: their units sit in the flat left part of the sigmoid, so $\partial h_l / \partial x$ is small. The first half
//: is Jensen's inequality from above: the mean slope of unit $l$ is at most $\hat\rho_l (1 - \hat\rho_l)$. But the derivative is
//: $h_l (1 - h_l) w_l$: the weights are in it too.
let sensitivities = networks.map { Sensitivity($0, on: Xᵗ) }
lesson.table(
  "On new images", columns: Sensitivity.columns,
  rows: zip(recipes, sensitivities).map { $1.row($0.name) })
lesson.check(
  "Jensen, unit by unit, all networks: largest mean slope less its bound", sensitivities.map(\.excess).greatest(),
  isAtMost: 1e-12)
let (flat, steep) = (sensitivities[3], sensitivities[1])
lesson.check("KL, unit columns: mean slope over that without penalty", flat.slope / steep.slope, isBelow: 0.5)
lesson.check("but the encoder's weights over those without penalty", flat.weight / steep.weight, isAbove: 1.5)
let hoped = flat.slope * flat.slope / (steep.slope * steep.slope)
lesson.check(
  #"$\lVert J \rVert_F^2$ over that without penalty, in units of the square of the slopes' ratio"#,
  flat.jacobian / steep.jacobian / hoped, isAbove: 5)
lesson.check("the same per variance of the code", flat.relative / steep.relative / hoped, isAbove: 5)
let (squeezed, loose) = (sensitivities[2], sensitivities[0])
lesson.say(
  "With KL and unit columns the slopes change by the factor \(Numeral.short(flat.slope / steep.slope, significant: 2)), whose square is "
    + "\(Numeral.short(hoped, significant: 2)). But $\\lVert J \\rVert_F^2$ changes by the factor "
    + "\(Numeral.short(flat.jacobian / steep.jacobian, significant: 2)). Two things come between. The units that are on are steep: the mean of the *squared* slopes is "
    + "\(Numeral.short(flat.squaredSlope / steep.squaredSlope, significant: 2)) of what it was, where the square of the mean slope has \(Numeral.short(hoped, significant: 2)). And the weights change "
    + "by the factor \(Numeral.short(flat.weight / steep.weight, significant: 2)). With free columns it changes by the factor "
    + "\(Numeral.short(squeezed.jacobian / loose.jacobian, significant: 2)), but so does the scale of the code: per variance of the code the factor is "
    + "\(Numeral.short(squeezed.relative / loose.relative, significant: 2)). "
    + "On the default digits, that sparse codes are contractive is true of the slopes, not of the whole map; lesson 06 penalises the derivative itself."
)

//: ## Is the code worth anything?
//:
//: The lecture says that sparse codes are learnt as features for another task, such as classification. The task here was fixed before any network was
//: trained: *ten labelled images a class* (or as many as there are), a linear classifier by ridge regression whose strength is chosen by leave-one-out on these few, and
//: images of the other half to be classified. As a second judge, the nearest labelled neighbour. The contestants: raw pixels, 20 principal
//: components, the dense code of the network without penalty, and the sparse codes; all networks have unit columns and saw the same unlabelled
//: images. Each seed has its own split, weights and five choices of labels ([Contest.swift](../../lessons/04-sparse-prior/Contest.swift)).
//:
//: What was *not* fixed beforehand is how the networks are trained. The number of images, the iterations and the start of the decoder were changed while
//: this lesson was written, for speed and legible filters, with these scores in view. The size of the gain below depends on them: the columns that start from images raised it, and
//: in a trial with fewer images and five times the iterations, on two seeds, there was no clear difference. Read it as the result for this recipe.
func trial(_ seed: UInt64) -> Trial {
  if seed == lesson.seed { return Trial([dense, sparse, laplace], on: sample, ρ: ρ) }
  let sample = Sample(seed, of: digits)
  return Trial(
    [1, 3, 5].map { trained(recipes[$0], from: sample.untrainedNetwork(hidden: K), on: sample.X) }, on: sample, ρ: ρ)
}
// Larger images take longer, and get fewer trials.
let trials = (0..<(D <= 64 ? 5 : 2)).map { trial(lesson.seed + UInt64($0)) }
lesson.table(
  "Share of new images classified rightly, mean ± standard error over \(trials.count) seeds",
  columns: ["code", "ridge regression", "nearest neighbour"],
  rows: ["raw pixels", "20 principal components", "no penalty", "KL", "Laplace"].enumerated().map { c, name in
    [Cell(name), Cell(summary(trials.map { $0.shares[c].ridge })), Cell(summary(trials.map { $0.shares[c].nearest }))]
  })
let linearGain = trials.map { $0.shares[3].ridge - $0.shares[2].ridge }
let nearestGain = trials.map { $0.shares[3].nearest - $0.shares[2].nearest }
lesson.say(
  "Sparse (KL) less dense, seed by seed: by the linear classifier \(verdict(linearGain)); by the nearest neighbour \(verdict(nearestGain)). "
    + "(The splits overlap, so the standard errors speak of splits, weights and labels, not of other people's handwriting.)"
)
lesson.check(
  "ridge regression: sparse (KL) less dense, in standard errors", mean(linearGain) / standardError(linearGain),
  isAbove: 2)
let longer = [1, 3].map { trained(recipes[$0], from: networks[$0], on: X, iterations: 200) }
let later = Trial([longer[0], longer[1]], on: sample, ρ: ρ).shares
lesson.say(
  "Is that luck of the moment at which training stopped? With three times as many iterations, on the first seed alone, ridge regression finds "
    + "\(Numeral.percent(later[3].ridge)) of the classes from the sparse code (\(Numeral.percent(trials[0].shares[3].ridge)) before) and "
    + "\(Numeral.percent(later[2].ridge)) from the dense one (\(Numeral.percent(trials[0].shares[2].ridge)) before).")
//: So on the default digits the answer depends on the reader of the code. Why does a linear reader gain there? A linear function of a code
//: that is itself linear in the pixels is a linear function of the pixels: ridge regression on it differs from ridge regression on the pixels only in how it weighs
//: directions. So is it the curved part of the code that helps? Take only the *linear part* of the sparse code, its least-squares fit by 40 principal components:
let linearParts = [dense, sparse, laplace].map { LinearPart(of: $0, on: sample) }
let linearities = linearParts.map { $0.share(of: sample.Xᵗ) }
let fromLinearPart = contest([{ linearParts[1].codes($0) }], sample)[0].ridge
lesson.say(
  "Of the variance of the dense code \(Numeral.percent(linearities[0], decimals: 0)) is linear in the image (in its 40 leading principal components); of the "
    + "sparse codes \(Numeral.percent(linearities[1], decimals: 0)) (KL) and \(Numeral.percent(linearities[2], decimals: 0)) (Laplace). From the linear part of the KL code alone ridge regression finds "
    + "\(Numeral.percent(fromLinearPart)) of the classes, on the first seed, from the whole code \(Numeral.percent(trials[0].shares[3].ridge)), and from the raw pixels \(Numeral.percent(trials[0].shares[0].ridge))."
)
lesson.check(
  "what is lost without the curved part, over the whole gain on raw pixels",
  (trials[0].shares[3].ridge - fromLinearPart) / (trials[0].shares[3].ridge - trials[0].shares[0].ridge), isAbove: 0.5)
lesson.check("the linear share of the code: dense less KL", linearities[0] - linearities[1], isAbove: 0.1)
//: The penalty drives the units out of the straight part of the sigmoid, and so makes the code of a single layer non-linear. A price may be paid in distances: images that share no
//: active unit are all about equally far apart.

//: ## Errata
//:
//: - Srihari's $\Omega(h) = \lambda \sum_i h_i$ must be $\lambda \sum_i \lvert h_i \rvert$, as the line above it has it. Without the bars large negative codes are rewarded, and no code becomes zero. For sigmoid
//:   codes the two are the same.
//: - His $\log p(x, h) = \log \sum_h p(h, x)$ has the wrong left side: the sum over $h$ leaves $\log p(x)$. For real codes it is an integral.
//: - The constant $-K \log \frac{\lambda}{2}$ does not matter *as long as $\lambda$ is fixed*. Who learns $\lambda$ as well must keep it: without it
//:   $\lambda = 0$ is best, with it $\lambda$ is one over the mean of $\lvert h_i \rvert$.
//: - He has the sparse autoencoder approximate maximum likelihood by one code. With the decoder given, the best code is a sensible estimate; as a criterion for learning the decoder it has no maximum (above). And his
//:   "one highly likely value of h", "the output of a parametric encoder", is not the most likely one: see its $F$.
//: - "Must respond to unique statistical features … rather than simply perform the copying task": not with a free decoder, see the copying network.
//: - A Laplace prior on a sigmoid code contradicts itself: the prior has more than half of its mass, $\frac12 (1 + e^{-\lambda})$, where the sigmoid cannot go: below 0 and above 1.
//: - Khapra's summary calls all three penalties $\Omega(\theta)$. Only weight decay is a function of $\theta$ alone; the other two need data as well. His $\rho_l$ is not explained on the slide (it is the mean activation of
//:   unit $l$ over the training examples, here $\hat\rho_l$, easily mistaken for the target $\rho$). And the sparse and the contractive penalty lack the weight that the decay has as $\lambda$; the same letter then
//:   stands for different strengths in the lectures.
//: - He calls $\lVert \theta \rVert^2$ the $l_2$ norm; it is its square.
//: - Lecture C: "a large increase in the activation value will correspond to an increase in the Jacobian". If it means the step of $h$ for a step of $x$, that is the definition; of the value itself, as its next paragraph takes it, it
//:   holds for a sigmoid below $\frac12$ only: above, the slope $h (1 - h)$ falls again. And small activations mean small
//:   slopes, but small derivatives only if the weights do not grow, which they do.

//: ## Is my number right?
lesson.bands("Headline figures") { seed in
  let done = seed >= lesson.seed ? Int(seed - lesson.seed) : trials.count
  let trial = done < trials.count ? trials[done] : trial(seed)
  return [
    "KL, unit columns: mean activation": trial.outcomes[1].activation,
    "KL, unit columns: error, share of variance": trial.outcomes[1].error,
    "KL, unit columns: population sparseness": trial.outcomes[1].population,
    "Laplace, unit columns: population sparseness": trial.outcomes[2].population,
    "ridge regression on the sparse code (KL)": trial.shares[3].ridge,
    "ridge regression on the dense code": trial.shares[2].ridge,
    "nearest neighbour on the sparse code (KL)": trial.shares[3].nearest,
    "nearest neighbour on the dense code": trial.shares[2].nearest,
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question A unit has $\hat\rho_l = \rho$ exactly. Is it sparse?
//: @answer Not necessarily: it may be at $\rho$ for every image. The penalty sees the mean only. The unit is sparse if it is near 0 most of the time and large sometimes; its mean slope
//: $\hat\rho_l (1 - \hat\rho_l) - \operatorname{Var} h_l$ tells the two apart.
//:
//: @question Someone computes $\hat\rho_l$ on minibatches of 10 with $\rho = 0.05$. What goes wrong?
//: @answer A sparse unit is on for half an image in a batch of ten. Batches in which it is silent push it up, batches with one image push it down, and the divergence is convex: by Jensen the mean penalty of the batches is larger than the penalty
//: of the mean. It asks for units that are at $\rho$ in *every* batch, that is, for dense ones.
//:
//: @question Derive the soft threshold for codes that cannot be negative.
//: @answer $\frac12 (h - v)^2 + t h$ on $h \ge 0$ has the slope $h - v + t$: the minimum is $\max(v - t, 0)$, a ReLU with bias $-t$. One step of ISTA from $h = 0$ is then a layer of an encoder, with weights $W^{*\top} / L$ and bias $-\lambda / L$.
//:
//: @question Why does the curve of one code in the figure "What the point estimate forgets" keep rising, and that of all codes not?
//: @answer With a decoder $s W^*$ the best code shrinks like $1/s$, and so does its penalty. The integral counts how much of the prior's mass makes an image like $x$. For large $s$ that is the small region of codes of size $1/s$: it shrinks as well, as
//: $s^{-K}$.
//:
//: @question What does the penalty $\lambda \sum_l \lvert h_l \rvert$ do to the codes of a ReLU network whose weight decay is very strong on the encoder and absent on the decoder?
//: @answer Both push in the same direction: small $W$, small $h$, long $W^*$. ReLU codes scale exactly, so the penalty goes to zero at no cost. Decay must act on the decoder.
//:
//: @question Both penalties average over examples. A student sums in them instead, and averages in the loss as before. Which weights must they use to get the same network?
//: @answer $\lambda / N$ for the Laplace penalty. For the KL penalty there is no such number: a sum of activations is not a probability, and $\log(1 - \hat\rho)$ does not exist for a sum above 1.
lesson.finish()
