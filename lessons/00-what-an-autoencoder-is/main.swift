//: # 0 · What an autoencoder is
//:
//: An autoencoder is a network that is asked for its own input, and has to pass it through a code. It consists of an *encoder* $f$
//: that turns an input $x$ into the code $h = f(x)$, and a *decoder* $g$ that turns the code into a reconstruction
//: $\hat x = g(h)$. No labels are needed: the input is its own target. This lesson takes the smallest network of that kind
//: apart. It derives the gradient it learns by, checks every line of it on handwriting, and trains it in two ways: by
//: back-propagation, and by recirculation, a rule of 1988 that sends no errors backwards.
//:
//: | symbol | meaning |
//: |:--|:--|
//: | $x$, $\hat x$ | an input of $D$ numbers and its reconstruction |
//: | $h$ | its code, $k$ numbers |
//: | $W, b$ | the encoder's weights ($k \times D$) and biases |
//: | $W^*, c$ | the decoder's weights ($D \times k$) and biases; *tied* weights are $W^* = W^\top$ |
//: | $a, a^*$ | pre-activations: $a = W x + b$, $a^* = W^* h + c$ |
//: | $s$ | the sigmoid $s(a) = 1 / (1 + e^{-a})$, with slope $s' = s (1 - s)$ |
//: | $\delta^*, \delta$ | the gradient of the loss in $a^*$ and in $a$ |
//: | $X, H, \hat X$ | many examples: inputs, codes and reconstructions, one a row |
//: | $\eta, r$ | step size; the *regression* of recirculation |
//: | $[\dots]$ | 1 if the statement is true, else 0 |
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "A network that learns to copy its input through a code: its losses, its gradient, and two ways to train it.")
let k = lesson.knob("hidden", 16, in: 6...24, "the number k of hidden units of the trained networks")
let epochs = lesson.knob("epochs", 60, in: 30...120, "how many times training goes through the images")
let r = lesson.knob("regression", 0.75, in: 0.5...0.9, "the regression r of recirculation")

let digits = lesson.images(ImageNeeds(images: 4 * 64, side: 8))
let (width, height, D) = (digits.width, digits.height, digits.width * digits.height)
//: Every third image is held out: no network of this lesson is trained on it.
let heldOutDigits = digits[(0..<digits.count).filter { $0 % 3 == 2 }]
let training = digits[(0..<digits.count).filter { $0 % 3 != 2 }].scaled
let heldOut = heldOutDigits.scaled

//: ## Encoder, code, decoder
//:
//: With one hidden layer, sigmoid hidden units and linear outputs the two halves are $f(x) = s(W x + b)$ and
//: $g(h) = W^* h + c$.
let start = randomNetwork(lesson.seed, inputs: D, hidden: k)
let code = start.encode(heldOut[rows: 0..<1])  // h = f(x), of one image
let reconstruction = start.decode(code)  // x̂ = g(h)
//: @fold The figure in Swift
lesson.figure(
  "network",
  "Every one of the \(D) inputs is joined to every one of the \(k) hidden units, and each of these to every one of the \(D) "
    + "outputs: two fans that meet in a narrow code. (Fewer units are drawn than there are.)", networkDrawing)
lesson.say(
  "An image of \(heldOut.columns) pixels becomes a code of \(code.columns) numbers, and that becomes \(reconstruction.columns) "
    + "numbers again. The weights are random as yet, and so is what comes out: half the squared distance "
    + "$\\frac12 \\lVert x - \\hat x \\rVert^2$, averaged over the held-out images, is "
    + "\(Numeral.short(meanLoss(start, on: heldOut))); an empty sheet, $\\hat x = 0$, would cost "
    + "\(Numeral.short(0.5 * heldOut.squaredNorm / Double(heldOut.rows))). What follows makes it small.")
//: Three things are said of autoencoders from the start, and [lesson 03](../03-under-and-overcomplete/README.md) measures them: they are
//: *data-specific*, they are *lossy* if the code is too narrow for all of the input, and they are *learnt*, where JPEG was designed.
//:
//: The idea is old. Ackley, Hinton and Sejnowski (1985) posed the *encoder problem*: pass one of $N$ patterns through $\log_2 N$
//: units. Rumelhart, Hinton and Williams (1986) solved it by back-propagation; Cottrell, Munro and Zipser (1987)
//: compressed images in this way. Bourlard and Kamp (1988) and Baldi and Hornik (1989) showed what a *linear* decoder makes of it:
//: [principal components](../02-linear-autoencoder/README.md). Hinton and McClelland (1988) trained autoencoders by recirculation,
//: below. Hinton and Salakhutdinov (2006) made them deep. Vincent and others (2008) gave them noisy inputs, Rifai and others (2011)
//: penalised their derivative, and Kingma and Welling (2013) and Rezende, Mohamed and Wierstra (2014) turned them into a
//: generative model with latent variables.

//: ## A loss is a distribution
//:
//: What does it mean that $\hat x$ resembles $x$? Take the network's outputs as the parameters $\mu$ of a distribution
//: $p(x \mid \mu)$ over inputs, and the loss as $-\log p(x \mid \mu)$: how surprised the network is by its own input. Three kinds of
//: pixels suggest three distributions, each with a *link* that turns the pre-activation $a^*$, any number, into a valid parameter
//: $\hat x = \mu$. All three have the same gradient, $\partial L / \partial a^* = \hat x - x$.
//:
//: The lines below are evaluated on one digit and a small network with random weights and biases. (A central difference costs four
//: evaluations for each number, so larger images are cut down to their middle 8 × 8 pixels for this.)
let x = patch(training.row(0))
let real = arbitraryNetwork(inputs: 64, hidden: [5])
let h = real.encode(row(x)).row(0)
let a = zip(real.decoder.W * h, real.decoder.b).map { $0 + $1 }  // a* = W* h + c

//: ### Real numbers: a Gaussian
//:
//: Let every pixel be normal with mean $\mu_i = a^*_i$ and variance 1. Half the squared error is what remains of $-\log p$
//: when a constant is dropped.
let twoπ = 2 * Double.pi
func normal(_ x: Double, _ μ: Double, variance: Double = 1) -> Double {
  Double.exp(-(x - μ) * (x - μ) / (2 * variance)) / (twoπ * variance).squareRoot()
}
/// −log p(x|μ) of the whole image, from the densities as they are written down.
func gaussianSurprise(_ μ: [Double], variance: Double = 1) -> Double {
  zip(x, μ).map { x, μ in -Double.log(normal(x, μ, variance: variance)) }.sum()
}
let gaussian = atOutputs(a, target: x, .gaussian)
//: @fold The derivations in Swift
lesson.derive(#"The Gaussian: $-\log p$ is half the squared error and a constant"#) { proof in
  proof.start(#"-\sum_i \log \frac{1}{\sqrt{2 \pi}} e^{-(x_i - \mu_i)^2 / 2}"#, gaussianSurprise(a))
  proof.equals(
    #"\tfrac12 D \log 2 \pi + \tfrac12 \sum_i (x_i - \mu_i)^2"#,
    because: "the logarithm of a product; the first term is the constant that is dropped",
    32 * Double.log(twoπ) + 0.5 * zip(x, a).map { ($0 - $1) * ($0 - $1) }.sum())
  proof.equals(
    #"\tfrac12 D \log 2 \pi + L"#, because: "the course's loss, for one example", 32 * Double.log(twoπ) + gaussian.loss)
}
lesson.derive("The Gaussian with linear outputs", within: 1e-9) { proof in
  proof.start(#"\frac{\partial}{\partial a^*_i} (-\log p)"#, slopes(at: a) { gaussianSurprise($0) })
  proof.equals(
    #"-\frac{1}{p(x_i \mid \mu_i)} \frac{\partial p(x_i \mid \mu_i)}{\partial \mu_i} \frac{\partial \mu_i}{\partial a^*_i}"#,
    because: #"the chain rule; the line above is central differences of $-\log p$, this one of $p$ itself"#,
    zip(x, a).map { x, a in -slopes(at: [a]) { normal(x, $0[0]) }[0] / normal(x, a) })
  proof.equals(
    #"-(x_i - \mu_i)"#,
    because: #"$\partial p / \partial \mu = (x - \mu) p$, and the link is $\mu = a^*$ with slope 1"#,
    zip(x, a).map { -($0 - $1) })
  proof.equals(#"\hat x_i - x_i"#, because: "the network's output is the mean", real.reconstruct(row(x)).row(0) - x)
  proof.equals(#"\delta^*_i"#, because: "the course's gradient", gaussian.δ, within: 1e-14)
}
lesson.derive(#"The Gaussian with variance $\sigma^2 = \frac14$"#, within: 1e-9) { proof in
  proof.start(#"\frac{\partial}{\partial a^*_i} (-\log p)"#, slopes(at: a) { gaussianSurprise($0, variance: 0.25) })
  proof.equals(
    #"\frac{\partial}{\partial a^*_i} \frac{1}{2 \sigma^2} \sum_j (x_j - a^*_j)^2"#,
    because:
      #"$-\log p$ has the constant $\frac12 D \log 2 \pi \sigma^2$ besides; central differences again, without it"#,
    slopes(at: a) { 2 * ($0 - x).map { $0 * $0 }.sum() })
  proof.equals(#"(\hat x_i - x_i) / \sigma^2"#, because: #"$\hat x = a^*$"#, (a - x).map { $0 / 0.25 })
}
//: So the variance is a matter of the step size only, *while it is fixed*. If it is learnt as well, it ends at the mean squared error per
//: pixel, and the loss, but for a constant, at $\frac12 D \log$ of that (see the questions at the end). Lesson 07 balances this loss against another
//: term, and there the variance decides the bargain.

//: ### Pixels that are on or off: Bernoulli
//:
//: Let pixel $i$ be on with probability $\mu_i = s(a^*_i)$. For an image of noughts and ones, $p(x_i \mid \mu_i)$ is $\mu_i$ or
//: $1 - \mu_i$, in one formula $\mu_i^{x_i} (1 - \mu_i)^{1 - x_i}$. A density has no part in this, and no constant is dropped.
let ink = x.map { $0 >= 0.5 ? 1.0 : 0 }
func bernoulliSurprise(_ a: [Double]) -> Double {
  zip(ink, a).map { x, a in -Double.log(x == 1 ? Double.sigmoid(a) : 1 - Double.sigmoid(a)) }.sum()
}
let bernoulli = atOutputs(a, target: ink, .bernoulli)
//: @fold The derivation in Swift
lesson.derive("Bernoulli with sigmoid outputs", within: 1e-9) { proof in
  let μ = a.map { Double.sigmoid($0) }
  proof.start(#"\frac{\partial}{\partial a^*_i} (-\log p)"#, slopes(at: a, of: bernoulliSurprise))
  proof.equals(
    #"\left( -\frac{x_i}{\mu_i} + \frac{1 - x_i}{1 - \mu_i} \right) \frac{\partial \mu_i}{\partial a^*_i}"#,
    because: #"the chain rule on $-x \log \mu - (1 - x) \log (1 - \mu)$"#,
    a.indices.map { i in (-ink[i] / μ[i] + (1 - ink[i]) / (1 - μ[i])) * slopes(at: [a[i]]) { Double.sigmoid($0[0]) }[0]
    })
  proof.equals(
    #"\frac{\mu_i - x_i}{\mu_i (1 - \mu_i)} \cdot \frac{e^{-a^*_i}}{(1 + e^{-a^*_i})^2}"#,
    because: "a common denominator; the derivative of the sigmoid",
    a.indices.map { i in
      let e = Double.exp(-a[i])
      return (μ[i] - ink[i]) / (μ[i] * (1 - μ[i])) * e / ((1 + e) * (1 + e))
    })
  proof.equals(
    #"\hat x_i - x_i"#, because: #"that derivative is $\mu_i (1 - \mu_i)$, and cancels"#, μ - ink, within: 1e-14)
  proof.equals(#"\delta^*_i"#, because: "the course's gradient", bernoulli.δ, within: 1e-14)
}
//: Most images are grey. With $x$ between 0 and 1 the same formula, the *cross-entropy*, still has the gradient $\hat x - x$. But it
//: is no longer $-\log$ of a density: $\int_0^1 \mu^x (1 - \mu)^{1 - x} dx$ is $\frac12$ for $\mu = \frac12$, not 1
//: (Loaiza-Ganem and Cunningham, 2019). Read $x$ as the probability of ink. Then the loss compares two coins, and its least value is
//: not 0 but the entropy of the image, with $H(x) = -x \log x - (1 - x) \log (1 - x)$. The rest is the relative entropy
//: $\operatorname{KL}(x, \hat x) = x \log \frac{x}{\hat x} + (1 - x) \log \frac{1 - x}{1 - \hat x}$.
let grey = atOutputs(a, target: x, .bernoulli)
//: @fold The derivation in Swift
lesson.derive("Grey values: the cross-entropy never falls below the entropy of the image") { proof in
  let entropy = x.map { -xlogy($0, $0) - xlogy(1 - $0, 1 - $0) }.sum()
  proof.start(#"L = -\sum_i \left( x_i \log \hat x_i + (1 - x_i) \log (1 - \hat x_i) \right)"#, grey.loss)
  proof.equals(
    #"\textstyle\sum_i H(x_i) + \sum_i \operatorname{KL}(x_i, \hat x_i)"#,
    because: "the entropy added and taken away; $0 \\log 0 = 0$",
    entropy + zip(x, s(a)).map { x, x̂ in xlogy(x, x / x̂) + xlogy(1 - x, (1 - x) / (1 - x̂)) }.sum())
  proof.atLeast(
    #"\textstyle\sum_i H(x_i)"#,
    because:
      #"$\operatorname{KL} \ge x (1 - \frac{\hat x}{x}) + (1 - x)(1 - \frac{1 - \hat x}{1 - x}) = 0$, as $\log u \ge 1 - \frac1u$"#,
    entropy)
}
lesson.check(
  "grey values, the course's gradient against central differences of its loss", grey.δ,
  equal: slopes(at: a) { atOutputs($0, target: x, .bernoulli).loss }, within: 1e-8, scale: 1)

//: ### One of several levels: a categorical distribution
//:
//: Let every pixel be one of four grey levels, coded by a 1 among noughts, so that $p(x \mid \mu) = \prod_m \mu_m^{x_m}$ with four
//: probabilities, the softmax $\mu_l = e^{a^*_l} / \sum_m e^{a^*_m}$ of four outputs. Each $\mu_l$ depends on all four $a^*_m$: the chain
//: rule needs a Jacobian.
let levels = x.flatMap { grey in (0..<4).map { $0 == min(3, Int(4 * grey)) ? 1.0 : 0 } }
let coded = arbitraryNetwork(inputs: levels.count, hidden: [5])
let aᵐ = coded.reconstruct(row(levels)).row(0)  // four pre-activations for each pixel
let categorical = atOutputs(aᵐ, target: levels, .categorical(classes: 4))
//: @fold The derivations in Swift
lesson.derive("The Jacobian of the softmax, at the middle pixel", within: 1e-9) { proof in
  let a = Array(aᵐ[4 * 27..<4 * 28])
  let (e, μ) = (a.map { Double.exp($0) }, softmax(a))
  proof.start(#"\frac{\partial \mu_l}{\partial a^*_m}"#, slopes(at: a, of: softmax))
  proof.equals(
    #"\frac{[l = m] e^{a^*_l} Z - e^{a^*_l} e^{a^*_m}}{Z^2}, \quad Z = \sum_m e^{a^*_m}"#, because: "the quotient rule",
    Matrix(rows: 4, columns: 4) { l, m in ((l == m ? e[l] * e.sum() : 0) - e[l] * e[m]) / (e.sum() * e.sum()) })
  proof.equals(
    #"\operatorname{diag}(\mu) - \mu \mu^\top"#, because: "divide out", .diagonal(μ) - row(μ).T * row(μ), within: 1e-14)
}
lesson.derive("The categorical distribution with softmax outputs", within: 1e-9) { proof in
  proof.start(
    #"\frac{\partial}{\partial a^*} (-\log p)"#,
    pixelwise(aᵐ, levels) { a, x in slopes(at: a) { a in -zip(x, softmax(a)).map { xlogy($0, $1) }.sum() } })
  proof.equals(
    #"(\operatorname{diag}(\mu) - \mu \mu^\top)^\top (-x / \mu)"#,
    because: #"the chain rule: the Jacobian, transposed, times the gradient in $\mu$"#,
    pixelwise(aᵐ, levels) { a, x in
      let μ = softmax(a)
      return (Matrix.diagonal(μ) - row(μ).T * row(μ)).T * zip(x, μ).map { -$0 / $1 }
    })
  proof.equals(
    #"\mu \textstyle\sum_m x_m - x"#,
    because: #"multiply out: $\mu_l \cdot x_l / \mu_l = x_l$ and $\mu^\top (x / \mu) = \sum_m x_m$"#,
    pixelwise(aᵐ, levels) { a, x in zip(softmax(a), x).map { $0 * x.sum() - $1 } }, within: 1e-14)
  proof.equals(
    #"\hat x - x"#, because: #"exactly one $x_m$ is 1"#, pixelwise(aᵐ, levels) { a, _ in softmax(a) } - levels,
    within: 1e-14)
  proof.equals(#"\delta^*"#, because: "the course's gradient", categorical.δ, within: 1e-14)
}
//: ### The loss and the link belong together
//:
//: The short gradient is a property of the pair. With another output non-linearity a factor stays: half the squared error of a sigmoid
//: output has the gradient $(\hat x - x) \odot \hat x \odot (1 - \hat x)$, which vanishes where the unit is saturated, right or wrong.
let pairs = pairsOfLossAndLink()
//:
lesson.table(
  #"How far the gradient in $a^*$ is from $\hat x - x$, by central differences"#,
  columns: ["loss", "output", "relative deviation"],
  rows: pairs.map { [Cell($0.loss), Cell($0.link), Cell($0.off, significant: 2)] })
lesson.check("matched pairs: the larger deviation", max(pairs[0].off, pairs[1].off), isBelow: 1e-9)
lesson.check("mismatched pairs: the smaller deviation", min(pairs[2].off, pairs[3].off), isAbove: 0.01)

//: ### Why the loss is taken from $a^*$
//:
//: On paper $-x \log \hat x - (1 - x) \log (1 - \hat x)$ is the same as $\log (1 + e^{a^*}) - x a^*$. In a computer it is not: $s(a)$ is
//: rounded to 1 when $e^{-a}$ is below half the distance from 1 to the number below it, from $a \approx 37$ on (17 in single
//: precision). Then $\log (1 - \hat x)$ is $-\infty$, for a wrong unit the loss is $\infty$, for a *right* one $0 \cdot \infty$, which is not a number;
//: and one such unit spoils the mean over all images.
let saturated = [(2.0, 0.0), (30, 0), (40, 0), (40, 1), (800, 0), (-800, 0)].map { saturatedUnit($0, $1) }
//:
lesson.table(
  #"The loss of one saturated unit"#,
  columns: ["$a^*$", "$x$", #"by $\log \hat x$"#, "from $a^*$, as the course does", "true"],
  rows: saturated.map {
    [Cell($0.a), Cell($0.x)]
      + [$0.naive, $0.stable, $0.truth].map { $0.isNaN ? "no number" : Cell($0, significant: 8) }
  })
lesson.check("from $a^*$ it is right", saturated.map(\.stable), equal: saturated.map(\.truth), within: 1e-15)
lesson.check(
  #"by $\log \hat x$ it is off by more than 10⁻⁹ or not finite in all but the first case"#,
  Double(saturated.filter { !(abs($0.naive - $0.truth) <= 1e-9 * $0.truth) }.count), equals: 5, within: 0)
lesson.check(
  "the softmax of 800, 0, 0, 0 with target 2: the course's loss",
  atOutputs([800, 0, 0, 0], target: [0, 1, 0, 0], .categorical(classes: 4)).loss, equals: 800, within: 1e-15)

//: ## Back-propagation through one hidden layer
//:
//: From $\delta^* = \hat x - x$ the chain rule leads back to every weight: one digit, sigmoid units in both layers, the cross-entropy.
let net = arbitraryNetwork(inputs: 64, hidden: [5], output: .sigmoid)
let (W, b, Wˢ, c) = (net.encoder.W, net.encoder.b, net.decoder.W, net.decoder.b)
let hidden = s(affine(W, x, b))  // h = s(W x + b)
let output = s(affine(Wˢ, hidden, c))  // x̂ = s(W* h + c)
/// L as a function of a*: −Σ x log x̂ + (1 − x) log (1 − x̂).
func crossEntropy(_ aˢ: [Double]) -> Double { -zip(x, s(aˢ)).map { xlogy($0, $1) + xlogy(1 - $0, 1 - $1) }.sum() }
func L(_ W: Matrix<Double>, _ b: [Double], _ Wˢ: Matrix<Double>, _ c: [Double]) -> Double {
  crossEntropy(affine(Wˢ, s(affine(W, x, b)), c))
}
//:
let δˢ = output - x  // δ* = x̂ − x
let δ = (Wˢ.T * δˢ) ⊙ hidden.map { $0 * (1 - $0) }  // δ = (W*ᵀ δ*) ⊙ s′(a)
//: @fold The derivations in Swift
lesson.derive("The decoder's weights", within: 1e-9) { proof in
  let numeric = slopes(at: affine(Wˢ, hidden, c), of: crossEntropy)
  proof.start(#"\frac{\partial L}{\partial W^*_{ij}}"#, slopes(at: Wˢ) { L(W, b, $0, c) })
  proof.equals(
    #"\sum_m \frac{\partial L}{\partial a^*_m} \frac{\partial a^*_m}{\partial W^*_{ij}} = \sum_m \frac{\partial L}{\partial a^*_m} [m = i] h_j"#,
    because: #"the chain rule; $a^*_m = \sum_j W^*_{mj} h_j + c_m$. The slopes in $a^*$ are central differences"#,
    Matrix(rows: 64, columns: 5) { i, j in (0..<64).map { m in m == i ? numeric[m] * hidden[j] : 0 }.sum() })
  proof.equals(#"\delta^* h^\top"#, because: #"$\delta^* = \hat x - x$; one term is left"#, outer(δˢ, hidden))
}
lesson.derive("The hidden pre-activations", within: 1e-9) { proof in
  let a = affine(W, x, b)
  proof.start(#"\frac{\partial L}{\partial a_j}"#, slopes(at: a) { crossEntropy(affine(Wˢ, s($0), c)) })
  proof.equals(
    #"\frac{\partial L}{\partial h_j} s'(a_j)"#, because: "the chain rule, with central differences for both factors",
    slopes(at: hidden) { crossEntropy(affine(Wˢ, $0, c)) } ⊙ a.map { slopes(at: [$0]) { Double.sigmoid($0[0]) }[0] })
  proof.equals(
    #"\sum_i \delta^*_i W^*_{ij} \, s'(a_j)"#,
    because: #"unit $j$ acts on every output: $\partial a^*_i / \partial h_j = W^*_{ij}$"#,
    (0..<5).map { j in (0..<64).map { δˢ[$0] * Wˢ[$0, j] }.sum() * hidden[j] * (1 - hidden[j]) })
  proof.equals(#"\delta = (W^{*\top} \delta^*) \odot s'(a)"#, because: "the same as a matrix product", δ, within: 1e-14)
}
lesson.derive("The encoder's weights", within: 1e-9) { proof in
  proof.start(#"\frac{\partial L}{\partial W_{ji}}"#, slopes(at: W) { L($0, b, Wˢ, c) })
  proof.equals(
    #"\sum_m \delta_m \frac{\partial a_m}{\partial W_{ji}} = \sum_m \delta_m [m = j] x_i"#,
    because: "as in the decoder, with $x$ for $h$",
    Matrix(rows: 5, columns: 64) { j, i in (0..<5).map { m in m == j ? δ[m] * x[i] : 0 }.sum() })
  proof.equals(#"\delta x^\top"#, because: "one term is left", outer(δ, x), within: 1e-14)
}
lesson.derive("The biases", within: 1e-9) { proof in
  proof.start(
    #"\left( \frac{\partial L}{\partial b}, \frac{\partial L}{\partial c} \right)"#,
    slopes(at: b) { L(W, $0, Wˢ, c) } + slopes(at: c) { L(W, b, Wˢ, $0) })
  proof.equals(
    #"(\delta, \delta^*)"#, because: #"$\partial a_j / \partial b_j = 1$ and $\partial a^*_i / \partial c_i = 1$"#,
    δ + δˢ)
}
//: For many examples $L$ is their mean, and so is the gradient: $\delta^*$ is divided by $N$ once, and the products
//: sum over the rows. Ten lines are the whole of back-propagation:
/// The mean cross-entropy of the rows of X, and its gradient.
func backPropagate(_ net: Network, _ X: Matrix<Double>) -> LossAndGradient {
  let (N, Wˢ) = (Double(X.rows), net.decoder.W)
  var (A, Aˢ) = (X * net.encoder.W.T, Matrix<Double>(rows: X.rows, columns: X.columns))
  A.addToEachRow(net.encoder.b)  // a = W x + b
  let H = sigmoid(A)  // h = s(a)
  multiply(H, Wˢ, transposeB: true, into: &Aˢ)
  Aˢ.addToEachRow(net.decoder.b)  // a* = W* h + c
  let δˢ = (sigmoid(Aˢ) - X) / N  // δ* = (x̂ − x) / N
  let δ = (δˢ * Wˢ) ⊙ H.map { h in h * (1 - h) }  // δ = (W*ᵀ δ*) ⊙ s′(a)
  let L = (softplus(Aˢ).sum - dot(X, Aˢ)) / N  // log(1 + e^{a*}) − x a*
  return (L, δ.T * X, δ.columnSums, δˢ.T * H, δˢ.columnSums)
}
//:
let few = Matrix(rows: 6, columns: 64) { n, i in patch(training.row(n))[i] }
let byHand = gradientCheck(lossByHand(net) { $0.W.elements + $0.b + $0.Wˢ.elements + $0.c })
lesson.check("by hand, against central differences: worst relative error", byHand.worstError, isBelow: 1e-7)

//: ## Tied weights: two terms
//:
//: With $W^* = W^\top$ the matrix $W$ acts twice, and a change of it acts through both places.
//: @fold The derivation in Swift
lesson.derive("The gradient of tied weights", within: 1e-9) { proof in
  let hidden = s(affine(W, x, b))
  let δˢ = s(affine(W.T, hidden, c)) - x
  let δ = (W * δˢ) ⊙ hidden.map { $0 * (1 - $0) }
  proof.start(#"\frac{d}{d W} L(W, W^\top)"#, slopes(at: W) { L($0, b, $0.T, c) })
  proof.equals(
    #"\left. \frac{\partial L(W, W^*)}{\partial W} + \left( \frac{\partial L(W, W^*)}{\partial W^*} \right)^\top \right|_{W^* = W^\top}"#,
    because: "the chain rule for a variable in two places; each term by central differences, the other place held fast",
    slopes(at: W) { L($0, b, W.T, c) } + slopes(at: W.T) { L(W, b, $0, c) }.T)
  proof.equals(
    #"\delta x^\top + (\delta^* h^\top)^\top"#, because: #"the two gradients above, for $W^* = W^\top$"#,
    outer(δ, x) + outer(δˢ, hidden).T)
  proof.equals(#"\delta x^\top + h \delta^{*\top}"#, because: "a product transposed", outer(δ, x) + outer(hidden, δˢ))
}
//: A forgotten term is a quiet bug: descent along half a gradient may bring the loss down all the same. Central differences hear it. (The error of a
//: component is the difference over the larger of the two magnitudes, so 2 is a wrong sign.)
let tied = arbitraryNetwork(inputs: 64, hidden: [5], output: .sigmoid, tied: true)
let before = backPropagate(tied, few).L
func tiedLoss(encoder: Double, decoder: Double) -> Function<Double> {
  lossByHand(tied) { (encoder * $0.W + decoder * $0.Wˢ.T).elements + $0.b + $0.c }
}
let terms = [("both", 1.0, 1.0), ("the encoder's only", 1, 0), ("the decoder's only", 0, 1)].map {
  let L = tiedLoss(encoder: $0.1, decoder: $0.2)
  return (name: $0.0, check: gradientCheck(L), after: descended(L, steps: 200, rate: 0.1))
}
//:
lesson.table(
  "Tied weights: the gradient with some of its terms",
  columns: [
    "terms", "worst relative error", "gradient, its component", "central difference there", "loss before",
    "after 200 steps",
  ],
  rows: terms.map { name, check, after in
    [Cell(name), Cell(check.worstError, significant: 2)]
      + [check.analytic, check.numeric, before, after].map { Cell($0) }
  })
lesson.check("both terms: worst relative error", terms[0].check.worstError, isBelow: 1e-7)
lesson.check(
  "a term dropped: the smaller of the two errors", min(terms[1].check.worstError, terms[2].check.worstError),
  isAbove: 1e-3)
lesson.check(
  "and yet the loss falls: the larger one after 200 wrong steps, as a share of the loss before",
  max(terms[1].after, terms[2].after) / before, isBelow: 1)

//: The course's own back-propagation goes the same way for any number of layers, likelihoods and ties. Srihari's drawing has three hidden
//: layers; the last column is such a network.
let ofCourse = courseChecks()
//:
lesson.table(
  "The course's gradients against central differences: worst relative errors",
  columns: ["likelihood", "untied", "tied", "three hidden layers", "the same, tied"],
  rows: ofCourse.map { name, errors in [Cell(name)] + errors.map { Cell($0, significant: 2) } })
lesson.check("the worst of them", ofCourse.flatMap(\.errors).greatest(), isBelow: 1e-7)

//: ## Trained by back-propagation
//:
//: Now the network of the beginning, in minibatches of 20 images: each gives a rough gradient, cheap enough to be followed at once. One
//: run leaves the encoder at its random start and trains the decoder alone, to show what the encoder is worth.
let η = 0.8 / Double(D).squareRoot()  // 0.1 for 64 pixels, less for larger images
let seed = lesson.seed
let descent = train(start, by: .backpropagation(SGD(rate: .constant(η))), epochs: epochs, seed: seed)
let decoderOnly = train(start, by: .decoderOnly(rate: .constant(η)), epochs: epochs, seed: seed)
let momentum = train(
  start, by: .backpropagation(SGD(rate: .constant(η / 5), momentum: 0.9)), epochs: epochs, seed: seed)
let adam = train(start, by: .backpropagation(Adam(rate: .exponential(1e-2, factor: 0.97))), epochs: epochs, seed: seed)

//: ## Trained by recirculation
//:
//: Back-propagation needs the decoder's weights backwards, and a second pass that carries errors instead of signals. Hinton and
//: McClelland (1988) did without either. Let the activity run round the loop, and compare each unit with itself a little
//: later:
//:
//: - $h_1 = s(W x + b)$, the code;
//: - $x_2 = r x + (1 - r) \hat x$ with $\hat x = W^* h_1 + c$: the input, moved a little towards its reconstruction;
//: - $h_3 = r h_1 + (1 - r) s(W x_2 + b)$: the code, moved a little towards that of $x_2$.
//:
//: Then $\Delta W^* = \eta (x - x_2) h_1^\top$, $\Delta c = \eta (x - x_2)$, $\Delta W = \eta (h_1 - h_3) x_2^\top$ and
//: $\Delta b = \eta (h_1 - h_3)$, averaged over a minibatch. A weight needs what its own two units know, and nothing else.
//: What has that to do with a gradient? For the decoder, everything.
let many = training[rows: 0..<150]
let reconstructed = start.reconstruct(many)
//: @fold The derivation in Swift
lesson.derive("Recirculation of the decoder is gradient descent", within: 1e-11) { proof in
  let (N, H) = (Double(many.rows), start.encode(many))
  proof.start(
    #"\Delta W^*, \text{ one step of size } \eta = 1"#, recirculationChange(start, on: many, regression: r).decoder.W)
  proof.equals(
    #"\tfrac1N \textstyle\sum_n (x - x_2) h_1^\top"#, because: "the rule",
    (many - (r * many + (1 - r) * reconstructed)).T * H / N)
  proof.equals(
    #"(1 - r) \tfrac1N \textstyle\sum_n (x - \hat x) h_1^\top"#, because: #"$x - x_2 = (1 - r)(x - \hat x)$"#,
    (1 - r) * ((many - reconstructed).T * H) / N)
  proof.equals(
    #"-(1 - r) \frac{\partial L}{\partial W^*}"#,
    because: #"$\delta^* = \hat x - x$; the right side by back-propagation"#,
    -(1 - r) * gradient(start, on: many).decoder.W)
}
//: The $\delta^* = \hat x - x$ is that of the pair: a sigmoid output descends the cross-entropy in this way, not the squared error.
//: For the encoder it is an approximation, and one with a condition. Take $r$ close to 1, and a decoder that happens to be
//: $W^* = W^\top$:
let twin = mirrored(start)
let near = 1 - 0x1p-10
//: @fold The derivation in Swift
lesson.derive(#"Recirculation of the encoder, for $1 - r = 2^{-10}$ and $W^* = W^\top$"#, within: 1e-8) { proof in
  let (W, A) = (twin.encoder.W, twin.encoder.layers[0].preActivations(many))
  let (H, X̂) = (twin.encode(many), twin.reconstruct(many))
  let X₂ = near * many + (1 - near) * X̂
  let H₃ = near * H + (1 - near) * twin.encode(X₂)
  let (slope, e) = (H.map { $0 * (1 - $0) }, (many - X̂) * W.T)
  proof.start(#"h_1 - h_3"#, H - H₃)
  proof.equals(
    #"(1 - r) \left( s(a) - s(a - (1 - r) e) \right)"#,
    because: #"with $e = W (x - \hat x)$: the rule for $h_3$, and $W x_2 + b = a - (1 - r) e$"#,
    (1 - near) * (sigmoid(A) - sigmoid(A - (1 - near) * e)))
  proof.equals(
    #"(1 - r)^2 s'(a) \odot e"#, because: "Taylor, to first order in $1 - r$", (1 - near) * (1 - near) * (slope ⊙ e),
    within: 0.01)
  proof.equals(
    #"-(1 - r)^2 \delta"#,
    because: #"$\delta = (W^{*\top} \delta^*) \odot s'(a)$ with $W^{*\top} = W$ and $\delta^* = \hat x - x$"#,
    -(1 - near) * (1 - near) * (((X̂ - many) * twin.decoder.W) ⊙ slope))
}
lesson.derive("So is the change of its weights", within: 0.01) { proof in
  proof.start(
    #"\Delta W, \text{ one step of size } \eta = 1"#, recirculationChange(twin, on: many, regression: near).encoder.W)
  proof.equals(
    #"-(1 - r)^2 \frac{\partial L}{\partial W}"#,
    because:
      #"$h_1 - h_3 \approx -(1 - r)^2 \delta$, $x_2 \approx x$, and $\partial L / \partial W$ sums $\delta x^\top$"#,
    -(1 - near) * (1 - near) * gradient(twin, on: many).encoder.W)
}
lesson.check(
  "Taylor's remainder is of first order: the residual of its line for $1 - r = 2^{-10}$ over that for $2^{-11}$",
  taylorResidual(twin, on: many, 0x1p-10) / taylorResidual(twin, on: many, 0x1p-11), equals: 2, within: 0.01)
//: So the encoder climbs down the same hill, with steps shorter by one more factor $1 - r$, *if* its weights are the decoder's backwards.
//: If they are not, $W$ carries the error to the wrong places. And $r = 0$ is no derivative at all.
let regressions = [0, 0.5, 0.75, 0.9, 0.99]
let opposite = mirrored(start, scale: -1)
let directions = regressions.map { r in [twin, start, opposite].map { descentCosine($0, on: many, regression: r) } }
//:
lesson.table(
  #"The cosine between recirculation's $\Delta W$ and steepest descent, before training"#,
  columns: ["$r$", #"$W^* = W^\top$"#, "both random", #"$W^* = -W^\top$"#],
  rows: zip(regressions, directions).map { r, cosines in [Cell(r)] + cosines.map { .fixed($0, decimals: 3) } })
lesson.check(#"$W^* = W^\top$, $r = 0.99$: cosine"#, directions[4][0], isAbove: 0.99)
lesson.check(#"$W^* = -W^\top$, $r = 0.99$: cosine, it goes uphill"#, directions[4][2], isBelow: -0.99)

//: Steps of $\eta / (1 - r)$ move its decoder as far as back-propagation moves the other. The floor in the last row is that of
//: [lesson 02](../02-linear-autoencoder/README.md): no encoder, however clever, brings a *linear* decoder with $k$ units below it.
let recirculation = recirculated(start)
let floor = principalFloor(training, units: k)
let runs = [
  ("back-propagation", descent), ("the same, momentum 0.9, step η / 5", momentum), ("the same, Adam", adam),
  ("recirculation", recirculation), ("the same, half the step", recirculated(start, steps: 0.5)),
  ("the same, twice the step", recirculated(start, steps: 2)), ("decoder only", decoderOnly),
]
//:
lesson.table(
  #"Half the squared error $\frac12 \lVert x - \hat x \rVert^2$, mean over images"#,
  columns: ["method", "training", "held out", "training, as a multiple of back-propagation"], rows: lossRows())
lesson.check(
  "both methods reduce the loss: the larger share that is left",
  max(descent.last.loss, recirculation.last.loss) / descent.milestones[0].loss, isBelow: 0.25)
lesson.check(
  "recirculation ends within a factor 2 of back-propagation: the larger of the training and the held-out ratio",
  max(recirculation.last.loss / descent.last.loss, recirculation.last.heldOutLoss / descent.last.heldOutLoss),
  isBelow: 2)
lesson.check(
  "its encoder has learnt something: held-out loss as a share of that with a random encoder",
  recirculation.last.heldOutLoss / decoderOnly.last.heldOutLoss, isBelow: 0.9)
lesson.check(
  "nobody is below the floor: the least loss over the floor", runs.map(\.1.last.loss).least() / floor, isAtLeast: 1)
//: @fold The figures in Swift
lesson.figure(
  "training",
  "Losses over the epochs. On the held-out images back-propagation ends at \(listed([descent.last.heldOutLoss])), recirculation "
    + "at \(listed([recirculation.last.heldOutLoss])), and the decoder alone, behind a random encoder, at "
    + "\(listed([decoderOnly.last.heldOutLoss])).", lossCurves)
lesson.figure(
  "reconstructions",
  "Held-out images and what the trained networks make of them: they blur. The mean loss of all held-out images is "
    + "\(Numeral.short(descent.last.heldOutLoss, significant: 2)) by back-propagation, "
    + "\(Numeral.short(recirculation.last.heldOutLoss, significant: 2)) by recirculation and "
    + "\(Numeral.short(decoderOnly.last.heldOutLoss, significant: 2)) with a random encoder.", reconstructedDigits)

//: ## Do the two halves find each other?
//:
//: The condition was $W^* = W^\top$. It is often added that the rule sees to this itself. Watch it from three starts: random, the decoder
//: the mirror of the encoder, and the decoder its exact opposite.
let starts: [(name: String, run: Trained)] = [
  ("random start", recirculation), ("from W* = Wᵀ", recirculated(twin)), ("from W* = −Wᵀ", recirculated(opposite)),
  ("back-propagation", descent), ("decoder only", decoderOnly),
]
//:
lesson.table(
  "How similar decoder and encoder are; the first three rows by recirculation, the others from the random start",
  columns: ["run", #"$\cos(W^*, W^\top)$ before"#, "after", "loss after"], rows: alignmentRows())
lesson.check("recirculation from a random start: the similarity grows by", recirculation.growth, isAbove: 0.2)
lesson.check("and that of the decoder alone, whose encoder stands still, by", decoderOnly.growth, isAbove: 0.05)
lesson.check("from the opposite it turns positive", starts[2].run.last.alignment, isAbove: 0)
lesson.check("from the mirror it is lost in part", starts[1].run.last.alignment, isBelow: 0.95)
lesson.check(
  "back-propagation, which nobody asked, ends more similar: by", descent.last.alignment - recirculation.last.alignment,
  isAbove: 0)
let ends = starts[..<3].map(\.run.last.loss)
lesson.check(
  "whatever the start, it ends below the decoder alone: the largest of the three losses as a share of that one",
  ends.greatest() / decoderOnly.last.loss, isBelow: 0.9)
//: So on the default digits the two halves do find each other, though not all the way, and not thanks to recirculation: the
//: similarity grows even where the encoder stands still. Gradient descent in the *decoder* is enough, and here is why. Begin with $W^* = 0$ and $c$ the mean
//: image, so that $\hat x - x$ is minus the deviation from the mean. A unit is on where its $a_j$ is large, so what the decoder learns for
//: it resembles what the encoder looks for.
//: @fold The derivation in Swift
lesson.derive(#"The first step of a decoder from $W^* = 0$ points towards $W^\top$"#, within: 1e-10) { proof in
  var blank = mirrored(start, scale: 0)
  blank.decoder.b = many.columnMeans
  let (N, H, A) = (many.rows, blank.encode(many), blank.encoder.layers[0].preActivations(many))
  proof.start(
    #"\operatorname{tr} W \left( -\frac{\partial L}{\partial W^*} \right)"#,
    -(blank.encoder.W * gradient(blank, on: many).decoder.W).trace)
  proof.equals(
    #"\tfrac1N \textstyle\sum_n h^\top W (x - \bar x)"#,
    because: #"$-\partial L / \partial W^* = \frac1N \sum_n (x - \hat x) h^\top$, and $\hat x = c = \bar x$"#,
    (0..<N).map { dot(H.row($0), blank.encoder.W * (many.row($0) - many.columnMeans)) }.sum() / Double(N))
  proof.equals(
    #"\textstyle\sum_j \operatorname{cov}(h_j, a_j)"#, because: #"$W (x - \bar x) = a - \bar a$"#,
    (0..<k).map { j in dot(H.column(j), A.column(j)) / Double(N) - H.columnMeans[j] * A.columnMeans[j] }.sum())
  proof.equals(
    #"\frac{1}{2 N^2} \sum_j \sum_{m, n} (h_{nj} - h_{mj})(a_{nj} - a_{mj})"#,
    because: "a covariance, written with pairs of examples",
    (0..<k).map { j in covariance(H.column(j), A.column(j)) }.sum())
  proof.atLeast("0", because: #"every term is $\ge 0$: the sigmoid is increasing, so $h$ and $a$ rise together"#, 0)
}
lesson.say(
  "Nor does the condition have to hold for the rule to work. After the third epoch the cosine of its $\\Delta W$ and steepest descent "
    + "is \(listed([recirculation.compass])) on average: "
    + (recirculation.compass > 0
      ? "a compass that is far off, but by less than ninety degrees, still leads downhill. "
      : "on these images the steps of the encoder do not lead downhill, and what progress there is, is the decoder's. ")
    + "It is no gradient descent in disguise, though: where its changes average to zero, the gradient "
    + "need not. And it does not forget its start: the largest of the three losses is "
    + "\(listed([ends.greatest() / ends.least()])) times the smallest.")
lesson.check("the mean cosine after the third epoch", recirculation.compass, isAbove: 0.1)
//: @fold The figure in Swift
lesson.figure(
  "alignment",
  "Left: how similar decoder and encoder become from each start; back-propagation ends at "
    + "\(listed([descent.last.alignment])), the three runs of recirculation at \(listed(starts[..<3].map(\.run.last.alignment))). "
    + "Right: the directions start at \(listed(starts[..<3].map(\.run.milestones[0].descent))) and average "
    + "\(listed(starts[..<3].map(\.run.compass))) after the third epoch.", alignmentCurves)

//: ## Why copying is not the goal
//:
//: A small loss alone is worth nothing. As many hidden units as pixels and no non-linearity, and the network copies whatever it is
//: shown: $W$ any rotation, $W^* = W^\top$, nothing to train. So autoencoders are kept from copying, by a narrow code here, by penalties and noise in
//: lessons 04 to 06. What gets through then has to be what the training images have in common.
var chance = lesson.stream("noise")
let copier = rotationAndBack(using: &chance)
let noise = Matrix<Double>.uniform(rows: heldOut.rows, columns: D, using: &chance)
let order = chance.permutation(D)
let scrambled = Matrix(rows: heldOut.rows, columns: D) { n, i in heldOut[n, order[i]] }
//:
lesson.table(
  "Half the squared error on images that no network has seen",
  columns: ["images", "a rotation and back", "trained by back-propagation"],
  rows: [("the held-out images", heldOut), ("the same pixels in another order", scrambled), ("noise", noise)].map {
    name, X in
    [Cell(name), Cell(meanLoss(copier, on: X), significant: 2), Cell(meanLoss(descent.network, on: X))]
  })
lesson.check(
  "the rotation copies noise as well as the images: the larger loss",
  max(meanLoss(copier, on: noise), meanLoss(copier, on: heldOut)), isBelow: 1e-20)
lesson.check(
  "the trained network is for such images only: loss with their pixels in another order, as a multiple",
  meanLoss(descent.network, on: scrambled) / meanLoss(descent.network, on: heldOut), isAbove: 3)
//: The same pixels in another order have the same mean, the same contrast, even the same singular values; only they no longer
//: look like the images of the training set. What a network could do with more layers is another question; its gradient is the one above.

//: ## Errata
//:
//: - Srihari's loss $\lVert X - (f \circ g) X \rVert^2$ runs the decoder first: with $f$ the encoder it must be $g \circ f$. The same slip
//:   is in section 4 on contractive autoencoders, "the reconstruction $(f \circ g)(x)$". And the minimum over all $f, g$ is zero,
//:   by the identity; a minimum over networks of a given size is meant.
//: - His model has a decoder $W'$ of its own; in the loss on the same slide it is $W^t$. The weights have been tied without a word, and the
//:   gradient has one more term.
//: - He says that the negative log-likelihood of a Gaussian *is* the mean squared error. It is half the *sum* of squares over the
//:   variance, plus $\frac12 D \log 2 \pi \sigma^2$: the same minimum only while the variance is fixed and no other term stands beside it.
//:   Elsewhere "$L^2$ norm" and "mean squared error" are one; the first is the root of a sum.
//: - He calls the activation element-wise; the softmax he recommends for discrete values is not.
//: - Recirculation can train autoencoders "unlike feedforward networks", when he has just called them feedforward. *Other*
//:   feedforward networks are meant: the rule compares outputs with inputs.
//: - Larochelle drops $\frac12 D \log 2 \pi$ without saying so when he gets "the sum of squared distance" from a density that has it, and
//:   calls half the squared distance the squared distance.
//: - "For both cases" the gradient is $\hat x - x$: with their links. The slide names the linear one, not the sigmoid.
//: - His cross-entropy is for *binary* inputs; the images he shows are grey. Then it is no $-\log p$, and its minimum is not zero.
//: - His $f$ is the whole network, Srihari's the encoder. Here it is the encoder.
//: - Session 19 (23AD2205A) has autoencoders trained "to ignore insignificant data". Nothing in the loss asks for that: the rotation above
//:   reproduces noise.
//:   They reduce dimensions ("True") only if the code is narrower than the input.
//: - The same session has Kingma and Welling at Google and Qualcomm in 2013; their paper is from the University of Amsterdam. And its
//:   aim, "sequence prediction", belongs to another session.

//: ## Is my number right?
lesson.bands("Headline figures", headlineFigures)

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question Two students train the same network on the same digits. One reports a loss of 0.4, the other one of 0.0125. Who is right?
//: @answer Both, perhaps: 0.4 is $\frac12$ the *sum* of squares over 64 pixels, and $0.4 \cdot 2 / 64 = 0.0125$ their *mean*. A loss without its
//: axes and its factors is no number. (And step sizes tuned for one are off by 32 for the other.)
//:
//: @question Let the variance $\sigma^2$ of the Gaussian be learnt as well, one for all pixels. What is minimised over the weights?
//: @answer $\frac12 D \log 2 \pi \sigma^2 + \frac{1}{2 \sigma^2} \lVert x - \hat x \rVert^2$ has the slope zero in $\sigma^2$ at
//: $\sigma^2 = \lVert x - \hat x \rVert^2 / D$ (the mean over all examples). Put in, it leaves
//: $\frac12 D \log \lVert x - \hat x \rVert^2$ and a constant. The minimum is at the same weights, but the gradient is divided by the mean error: the
//: better the fit, the more the same change of it counts.
//:
//: @question Your Bernoulli autoencoder stops at a loss of 18 nats per image and you suspect a bug. What do you compute first?
//: @answer The entropy of the images, $-\sum_i \left( x_i \log x_i + (1 - x_i) \log (1 - x_i) \right)$. With grey pixels no network gets below it.
//:
//: @question A sigmoid output, squared error, and a pixel that should be 1 while $a^* = -20$. What does it learn, and what would it learn under the
//: cross-entropy?
//: @answer The gradient is $(\hat x - x) \hat x (1 - \hat x) \approx -2 \cdot 10^{-9}$: nothing, though it is as wrong as can be. Under the
//: cross-entropy it is $\hat x - x \approx -1$.
//:
//: @question A network has tied weights, and its author trains it with `decoder.W = encoder.W.T` after each step of an untied one. Which
//: gradient does it follow?
//: @answer The encoder's term only: what the decoder's weights have learnt is overwritten. The loss may still fall, and a gradient check of the *untied* network
//: passes. Only a check that moves $W$ in both places finds it.
lesson.finish()
