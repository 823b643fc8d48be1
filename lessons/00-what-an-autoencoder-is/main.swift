//: # 0 · What an autoencoder is
//:
//: An autoencoder is a network that learns to reproduce its input after passing it through a code: an *encoder* $f$
//: turns the input $x$ into the code $h = f(x)$, a *decoder* $g$ turns the code into the reconstruction $\hat x = g(h)$.
//: No labels are needed. This lesson trains one, derives the gradient it learns by, and checks every line on handwriting.
//:
//: @opening code
//: - train an autoencoder in thirty lines, and say what its loss has to be compared with;
//: - derive the gradient $\hat x - x$ from $-\log p$ for three kinds of pixels;
//: - carry it back to every weight, tied or not, in ten lines, and catch a forgotten term;
//: - say what the code carries, and why copying alone is worth nothing.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "A network that learns to copy its input through a code: its losses, its gradient, "
    + "and two ways to train it.")

//: ## Encoder, code, decoder
//:
//: With one hidden layer of $k$ sigmoid units and linear outputs the two halves are $h = f(x) = s(W x + b)$ and $\hat x =
//: g(h) = W^* h + c$. Here is one, trained on two thirds of the digits of [](@digits) and tried on the others:
//: @fold The knobs of this lesson
let k = lesson.knob("hidden", 16, in: 6...24, "the number k of hidden units")
let epochs = lesson.knob("epochs", 50, in: 20...480, "how often training sees each image")
let r = lesson.knob("regression", 0.75, in: 0.5...0.9, "the regression r of recirculation")
let λ = lesson.knob("decay", 1e-3, in: 1e-4...3e-3, "the weight decay λ of recirculation")
let step = lesson.knob("step", 1.0, in: 0.25...2, "a factor for the step size of all plain steps")
let save = lesson.knob("save", 0, in: 0...1, "1: keep the trained network as network.aen")
//:
let digits = lesson.images(ImageNeeds(images: 4 * 64, side: 8)).prefix(1797)
let D = digits.width * digits.height
let heldOutDigits = digits[(0..<digits.count).filter { $0 % 3 == 2 }]
let images = Images(  // one a row, grey values from 0 to 1
  training: digits[(0..<digits.count).filter { $0 % 3 != 2 }].scaled,
  heldOut: heldOutDigits.scaled)

var network = randomNetwork(lesson.seed, inputs: D, hidden: k)
var random = lesson.stream("the first training")
_ = lesson.attempt {
  try network.train(
    on: images.training, loss: .gaussian,  // ½ ‖x − x̂‖², averaged over images
    optimiser: Adam(rate: .exponential(1e-2, toShare: 0.1, over: epochs)),
    epochs: epochs, batch: 20, using: &random)
}
let codes = network.encode(images.heldOut)  // h = f(x)
let outputs = network.decode(codes)  // x̂ = g(h)
//: Compare its loss with that of no code, the mean image, which is half the variance, and of the
//: best *linear* code of as many numbers, principal components ([lesson
//: 02](../02-linear-autoencoder/README.md)).
let meanImage = images.training.columnMeans
let variance = images.heldOut.subtractingFromEachRow(meanImage).squaredNorm
let pca = PrincipalComponents(of: images.training, count: k)
func throughPCA(_ X: Matrix<Double>) -> Matrix<Double> {
  var Y = X.subtractingFromEachRow(pca.mean) * pca.directions * pca.directions.T
  Y.addToEachRow(pca.mean)
  return Y
}
let left = (outputs - images.heldOut).squaredNorm / variance
let leftByPCA = (throughPCA(images.heldOut) - images.heldOut).squaredNorm / variance
lesson.finding(
  "With \(k) numbers for \(D) pixels the network loses \(Numeral.percent(left)) of the variance "
    + "of images it has not seen, and \(k) principal components lose "
    + "\(Numeral.percent(leftByPCA)).")
lesson.figure(
  "code",
  "The decoder sees only the \(k) numbers in the middle, and from them draws the held-out image "
    + "again, a little blurred."
) { codeFigure(network, images.heldOut[rows: 0..<1], width: digits.width) }
//: @file Training.swift how the networks of this lesson are made, trained and measured
//: @file Figures.swift the figures of this lesson
//:
//: Autoencoders are *data-specific*, *lossy* if the code is too narrow for all of the input, and *learnt*, where JPEG was
//: designed; [lesson 03](../03-under-and-overcomplete/README.md) measures all three.

//: ## A loss is a distribution
//:
//: What does it mean that $\hat x$ resembles $x$? Take the network's outputs as the parameters $\mu$ of a distribution
//: $p(x \mid \mu)$ over inputs, and the loss as $-\log p(x \mid \mu)$: how surprised the network is by its own input.
//: Three kinds of pixels suggest three distributions, each with a *link* that turns the pre-activation $a^* = W^* h + c$,
//: any number, into a valid parameter $\hat x = \mu$. All three have the same gradient, $\delta^* = \partial L / \partial
//: a^* = \hat x - x$.
//:
//: The lines below are evaluated on one digit, cut to its middle 8 × 8 pixels, and a small network with random weights
//: and biases. Where a line has a derivative, it is taken by central differences, from values alone.
let x = patch(images.training.row(0), width: digits.width)
let real = arbitraryNetwork(inputs: 64, hidden: [5])
let a = real.reconstruct(row(x)).row(0)  // a* = W* h + c
//: @file Networks.swift the networks that the derivations look at
//: @file CentralDifferences.swift derivatives from function values alone

//: ### Real numbers: a Gaussian
//:
//: Let every pixel be normal with mean $\mu_i = a^*_i$ and variance 1. Half the squared error is what remains of $-\log
//: p$ when a constant is dropped.
func normal(_ x: Double, _ μ: Double, variance: Double = 1) -> Double {
  Double.exp(-(x - μ) * (x - μ) / (2 * variance)) / (2 * .pi * variance).squareRoot()
}
/// −log p(x|μ) of the whole image, from the densities as they are written down.
func surprise(_ x: [Double], _ μ: [Double], variance: Double = 1) -> Double {
  zip(x, μ).map { x, μ in -Double.log(normal(x, μ, variance: variance)) }.sum()
}
lesson.derive(#"The Gaussian: $-\log p$ is half the squared error and a constant"#) { proof in
  let constant = 32 * Double.log(2 * .pi)
  proof.start(
    #"-\sum_i \log \frac{1}{\sqrt{2 \pi}} e^{-(x_i - \mu_i)^2 / 2}"#, surprise(x, a))
  proof.equals(
    #"\tfrac12 D \log 2 \pi + \tfrac12 \sum_i (x_i - \mu_i)^2"#,
    because: "the logarithm of a product; the first term is the constant that is dropped",
    constant + 0.5 * dot(x .- a, x .- a))
  proof.equals(
    #"\tfrac12 D \log 2 \pi + L"#, because: "the library's loss, for one example",
    constant + atOutputs(a, target: x, .gaussian).loss)
}
lesson.derive("The Gaussian with linear outputs", within: 1e-9) { proof in
  proof.start(
    #"\frac{\partial}{\partial a^*_i} (-\log p)"#, slopes(at: a) { surprise(x, $0) })
  proof.equals(
    #"-\frac{1}{p(x_i \mid \mu_i)} \frac{\partial p(x_i \mid \mu_i)}{\partial \mu_i} "#
      + #"\frac{\partial \mu_i}{\partial a^*_i}"#,
    because: #"the chain rule; the differences are now of $p$, not of $-\log p$"#,
    zip(x, a).map { x, a in -slopes(at: [a]) { normal(x, $0[0]) }[0] / normal(x, a) })
  proof.equals(
    #"-(x_i - \mu_i)"#,
    because: #"$\partial p / \partial \mu = (x - \mu) p$, and the link $\mu = a^*$ has slope 1"#,
    -1 .* (x .- a))
  proof.equals(
    #"\hat x_i - x_i"#, because: "the network's output is the mean",
    real.reconstruct(row(x)).row(0) .- x)
  proof.equals(
    #"\delta^*_i"#, because: "the library's gradient", atOutputs(a, target: x, .gaussian).δ,
    within: 1e-14)
}
lesson.derive(#"The Gaussian with variance $\sigma^2 = \frac14$"#, within: 1e-9) { proof in
  proof.start(
    #"\frac{\partial}{\partial a^*_i} (-\log p)"#,
    slopes(at: a) { surprise(x, $0, variance: 0.25) })
  proof.equals(
    #"\frac{\partial}{\partial a^*_i} \frac{1}{2 \sigma^2} \sum_j (x_j - a^*_j)^2"#,
    because: #"the rest of $-\log p$ is constant: $\frac12 D \log 2 \pi \sigma^2$"#,
    slopes(at: a) { 2 * dot($0 .- x, $0 .- x) })
  proof.equals(#"(\hat x_i - x_i) / \sigma^2"#, because: #"$\hat x = a^*$"#, 4 .* (a .- x))
}
//: A *fixed* variance only rescales the step. A variance that is learnt as well ends at the mean squared error per pixel
//: (question 2 below), and in lesson 07, where a second term joins the loss, it decides how the two are weighed.

//: ### Pixels that are on or off: Bernoulli
//:
//: Let pixel $i$ be on with probability $\mu_i = s(a^*_i)$. For an image of noughts and ones, $p(x_i \mid \mu_i) =
//: \mu_i^{x_i} (1 - \mu_i)^{1 - x_i}$. No density is involved, so no constant is dropped.
let ink = x.map { $0 >= 0.5 ? 1.0 : 0 }
lesson.derive("Bernoulli with sigmoid outputs", within: 1e-9) { proof in
  let μ = s(a)
  proof.start(
    #"\frac{\partial}{\partial a^*_i} (-\log p)"#,
    slopes(at: a) { a in
      zip(ink, s(a)).map { x, μ in -Double.log(x == 1 ? μ : 1 - μ) }.sum()
    })
  proof.equals(
    #"\left( -\frac{x_i}{\mu_i} + \frac{1 - x_i}{1 - \mu_i} \right) "#
      + #"\frac{\partial \mu_i}{\partial a^*_i}"#,
    because: #"the chain rule on $-x \log \mu - (1 - x) \log (1 - \mu)$"#,
    a.indices.map { i in
      let slope = slopes(at: [a[i]]) { Double.sigmoid($0[0]) }[0]
      return (-ink[i] / μ[i] + (1 - ink[i]) / (1 - μ[i])) * slope
    })
  proof.equals(
    #"\frac{\mu_i - x_i}{\mu_i (1 - \mu_i)} \cdot \frac{e^{-a^*_i}}{(1 + e^{-a^*_i})^2}"#,
    because: "a common denominator; the derivative of the sigmoid",
    a.indices.map { i in
      let e = Double.exp(-a[i])
      return (μ[i] - ink[i]) / (μ[i] * (1 - μ[i])) * e / ((1 + e) * (1 + e))
    })
  proof.equals(
    #"\hat x_i - x_i"#, because: #"that derivative is $\mu_i (1 - \mu_i)$, and cancels"#,
    μ .- ink, within: 1e-14)
  proof.equals(
    #"\delta^*_i"#, because: "the library's gradient",
    atOutputs(a, target: ink, .bernoulli).δ, within: 1e-14)
}
//: Most images are grey. With $x$ between 0 and 1 the same formula, the *cross-entropy*, still has the gradient $\hat x -
//: x$, but it is no longer $-\log$ of a density: $\int_0^1 \mu^x (1 - \mu)^{1 - x} dx$ is $\frac12$ for $\mu = \frac12$,
//: not 1 ([](@loaiza-ganem-2019)). Read $x$ as the probability of ink. Then the least value is not 0 but the entropy of
//: the image, with $H(x) = -x \log x - (1 - x) \log (1 - x)$, and the rest is the relative entropy
//: $\operatorname{KL}(x, \hat x) = x \log \frac{x}{\hat x} + (1 - x) \log \frac{1 - x}{1 - \hat x}$.
lesson.derive("Grey values: the cross-entropy never falls below the entropy") { proof in
  let entropy = x.map { -xlogy($0, $0) - xlogy(1 - $0, 1 - $0) }.sum()
  proof.start(
    #"L = -\sum_i \left( x_i \log \hat x_i + (1 - x_i) \log (1 - \hat x_i) \right)"#,
    atOutputs(a, target: x, .bernoulli).loss)
  proof.equals(
    #"\textstyle\sum_i H(x_i) + \sum_i \operatorname{KL}(x_i, \hat x_i)"#,
    because: "the entropy added and taken away; $0 \\log 0 = 0$",
    entropy
      + zip(x, s(a)).map { x, μ in xlogy(x, x / μ) + xlogy(1 - x, (1 - x) / (1 - μ)) }.sum())
  proof.atLeast(
    #"\textstyle\sum_i H(x_i)"#,
    because: #"$\operatorname{KL} \ge x (1 - \frac{\hat x}{x}) + (1 - x)"#
      + #"(1 - \frac{1 - \hat x}{1 - x}) = 0$, as $\log y \ge 1 - \frac1y$"#,
    entropy)
}
lesson.check(
  "grey values, the library's gradient against central differences of its loss",
  atOutputs(a, target: x, .bernoulli).δ,
  equal: slopes(at: a) { atOutputs($0, target: x, .bernoulli).loss }, within: 1e-9, scale: 1,
  because: "differences of a loss of about 50 are good to some $10^{-11}$")

//: ### One of several levels: a categorical distribution
//:
//: Let every pixel be one of four grey levels, coded by a 1 among noughts, so that $p(x \mid \mu) = \prod_m \mu_m^{x_m}$
//: with four probabilities, the softmax $\mu_l = e^{a^*_l} / \sum_m e^{a^*_m}$ of four outputs. Each $\mu_l$ depends on
//: all four $a^*_m$: the chain rule needs a Jacobian.
let levels = coded(x)
let fours = arbitraryNetwork(inputs: 256, hidden: [5]).reconstruct(row(levels)).row(0)  // a*
//: @file Outputs.swift output units one by one
lesson.derive("The Jacobian of the softmax, at the middle pixel", within: 1e-9) { proof in
  let a = Array(fours[4 * 27..<4 * 28])
  let (e, μ) = (a.map { Double.exp($0) }, softmax(a))
  proof.start(#"\frac{\partial \mu_l}{\partial a^*_m}"#, slopes(at: a, of: softmax))
  proof.equals(
    #"\frac{[l = m] e^{a^*_l} Z - e^{a^*_l} e^{a^*_m}}{Z^2}, \quad Z = \sum_m e^{a^*_m}"#,
    because: "the quotient rule; $[l = m]$ is 1 if $l = m$, else 0",
    Matrix(rows: 4, columns: 4) { l, m in
      ((l == m ? e[l] * e.sum() : 0) - e[l] * e[m]) / (e.sum() * e.sum())
    })
  proof.equals(
    #"\operatorname{diag}(\mu) - \mu \mu^\top"#, because: "divide out",
    .diagonal(μ) - outer(μ, μ), within: 1e-14)
}
lesson.derive("The categorical distribution with softmax outputs", within: 1e-9) { proof in
  proof.start(
    #"\frac{\partial}{\partial a^*} (-\log p)"#,
    pixelwise(fours, levels) { a, x in
      slopes(at: a) { a in -zip(x, softmax(a)).map { xlogy($0, $1) }.sum() }
    })
  proof.equals(
    #"(\operatorname{diag}(\mu) - \mu \mu^\top)^\top (-x / \mu)"#,
    because: #"the chain rule: the Jacobian, transposed, times the gradient in $\mu$"#,
    pixelwise(fours, levels) { a, x in
      let μ = softmax(a)
      return (Matrix.diagonal(μ) - outer(μ, μ)).T * zip(x, μ).map { -$0 / $1 }
    })
  proof.equals(
    #"\mu \textstyle\sum_m x_m - x"#,
    because: #"$\mu_l \cdot x_l / \mu_l = x_l$ and $\mu^\top (x / \mu) = \sum_m x_m$"#,
    pixelwise(fours, levels) { a, x in x.sum() .* softmax(a) .- x }, within: 1e-14)
  proof.equals(
    #"\hat x - x"#, because: #"exactly one $x_m$ is 1"#,
    pixelwise(fours, levels) { a, _ in softmax(a) } .- levels, within: 1e-14)
  proof.equals(
    #"\delta^*"#, because: "the library's gradient",
    atOutputs(fours, target: levels, .categorical(classes: 4)).δ, within: 1e-14)
}

//: ### The loss and the link belong together
//:
//: The short gradient is a property of the pair. With another output non-linearity a factor
//: stays: half the squared error of a sigmoid output has the gradient $(\hat x - x) \odot \hat x
//: \odot (1 - \hat x)$ ($\odot$ multiplies entry by entry), which vanishes where the unit is
//: saturated, right or wrong.
let pairs = pairsOfLossAndLink(at: a, grey: x, ink: ink)
lesson.finding(
  "The gradient $\\hat x - x$ belongs to a pair of loss and output: central differences "
    + "confirm it to "
    + "\(Numeral.short(max(pairs[0].off, pairs[1].off), significant: 1)) for matching pairs "
    + "and deviate by "
    + "\(Numeral.percent(min(pairs[2].off, pairs[3].off), decimals: 0)) or more for "
    + "mismatched ones.")
lesson.table(
  #"How far the gradient in $a^*$ is from $\hat x - x$, by central differences"#,
  columns: ["loss", "output", "relative deviation"],
  rows: pairs.map { [Cell($0.loss), Cell($0.link), Cell($0.off, significant: 2)] })
lesson.check(
  "matched pairs: the larger deviation", max(pairs[0].off, pairs[1].off), isBelow: 1e-9,
  because: "central differences are good to some $10^{-11}$")

//: ## Back-propagation through one hidden layer
//:
//: From $\delta^* = \hat x - x$ the chain rule leads back to every weight. Evaluated on one digit, with sigmoid units in
//: both layers and the cross-entropy:
lesson.figure(
  "network",
  "Every input reaches every hidden unit, and every hidden unit reaches every output. (Not "
    + "all units are drawn.)"
) { networkFigure(inputs: D, hidden: k) }
let net = arbitraryNetwork(inputs: 64, hidden: [5], output: .sigmoid)
let (W, b, Wstar, c) = (net.encoder.W, net.encoder.b, net.decoder.W, net.decoder.b)
let hidden = s(W * x .+ b)  // h = s(W x + b)
let output = s(Wstar * hidden .+ c)  // x̂ = s(W* h + c)
/// L as a function of a*: −Σ x log x̂ + (1 − x) log (1 − x̂).
func crossEntropy(_ a: [Double], _ x: [Double]) -> Double {
  -zip(x, s(a)).map { xlogy($0, $1) + xlogy(1 - $0, 1 - $1) }.sum()
}
/// L as a function of all parameters, at the digit x.
func L(
  _ x: [Double], _ W: Matrix<Double>, _ b: [Double], _ Wstar: Matrix<Double>, _ c: [Double]
) -> Double {
  crossEntropy(Wstar * s(W * x .+ b) .+ c, x)
}
let δstar = output .- x  // δ* = x̂ − x
let δ = (Wstar.T * δstar) .* hidden.map { $0 * (1 - $0) }  // δ = (W*ᵀ δ*) ⊙ s′(a)
lesson.derive("The decoder's weights", within: 1e-9) { proof in
  let numeric = slopes(at: Wstar * hidden .+ c) { crossEntropy($0, x) }
  proof.start(
    #"\frac{\partial L}{\partial W^*_{ij}}"#, slopes(at: Wstar) { L(x, W, b, $0, c) })
  proof.equals(
    #"\sum_m \frac{\partial L}{\partial a^*_m} \frac{\partial a^*_m}{\partial W^*_{ij}} "#
      + #"= \sum_m \frac{\partial L}{\partial a^*_m} [m = i] h_j"#,
    because: "the chain rule; $[m = i]$ is 1 if $m = i$, else 0",
    Matrix(rows: 64, columns: 5) { i, j in
      (0..<64).map { m in m == i ? numeric[m] * hidden[j] : 0 }.sum()
    })
  proof.equals(
    #"\delta^* h^\top"#, because: #"$\delta^* = \hat x - x$; one term is left"#,
    outer(δstar, hidden))
}
lesson.derive("The hidden pre-activations", within: 1e-9) { proof in
  let a = W * x .+ b
  let slope = a.map { slopes(at: [$0]) { Double.sigmoid($0[0]) }[0] }
  proof.start(
    #"\frac{\partial L}{\partial a_j}"#, slopes(at: a) { crossEntropy(Wstar * s($0) .+ c, x) })
  proof.equals(
    #"\frac{\partial L}{\partial h_j} s'(a_j)"#, because: "the chain rule",
    slopes(at: hidden) { crossEntropy(Wstar * $0 .+ c, x) } .* slope)
  proof.equals(
    #"\sum_i \delta^*_i W^*_{ij} \, s'(a_j)"#,
    because: #"unit $j$ acts on every output: $\partial a^*_i / \partial h_j = W^*_{ij}$"#,
    (0..<5).map { j in
      (0..<64).map { δstar[$0] * Wstar[$0, j] }.sum() * hidden[j] * (1 - hidden[j])
    })
  proof.equals(
    #"\delta = (W^{*\top} \delta^*) \odot s'(a)"#, because: "the same as a matrix product", δ,
    within: 1e-14)
}
lesson.derive("The encoder's weights", within: 1e-9) { proof in
  proof.start(#"\frac{\partial L}{\partial W_{ji}}"#, slopes(at: W) { L(x, $0, b, Wstar, c) })
  proof.equals(
    #"\sum_m \delta_m \frac{\partial a_m}{\partial W_{ji}} = \sum_m \delta_m [m = j] x_i"#,
    because: "as in the decoder, with $x$ for $h$",
    Matrix(rows: 5, columns: 64) { j, i in
      (0..<5).map { m in m == j ? δ[m] * x[i] : 0 }.sum()
    })
  proof.equals(#"\delta x^\top"#, because: "one term is left", outer(δ, x), within: 1e-14)
}
lesson.derive("The biases", within: 1e-9) { proof in
  proof.start(
    #"\left( \frac{\partial L}{\partial b}, \frac{\partial L}{\partial c} \right)"#,
    slopes(at: b) { L(x, W, $0, Wstar, c) } + slopes(at: c) { L(x, W, b, Wstar, $0) })
  proof.equals(
    #"(\delta, \delta^*)"#,
    because: #"$\partial a_j / \partial b_j = 1$ and $\partial a^*_i / \partial c_i = 1$"#,
    δ + δstar)
}
//: For $N$ examples, the rows of $X$, $L$ is their mean, and so is the gradient: $\delta^*$ is divided by $N$ once, and
//: the products sum over the rows,
//:
//: $$ \frac{\partial L}{\partial W^*} = \sum_n \delta^* h^\top, \quad \frac{\partial L}{\partial W} = \sum_n \delta
//: x^\top, \quad \delta^* = \frac{\hat x - x}{N}, \quad \delta = (W^{*\top} \delta^*) \odot s'(a). $$
//: @heart back-propagation
func backPropagate(_ net: Network, _ X: Matrix<Double>) -> LossAndGradient {
  let (N, Wstar) = (Double(X.rows), net.decoder.W)
  var A = X * net.encoder.W.T
  A.addToEachRow(net.encoder.b)  // a = W x + b
  let H = sigmoid(A)  // h = s(a)
  var Astar = H * Wstar.T
  Astar.addToEachRow(net.decoder.b)  // a* = W* h + c
  let δstar = (sigmoid(Astar) - X) / N  // δ* = (x̂ − x) / N
  let δ = (δstar * Wstar) ⊙ H.map { h in h * (1 - h) }  // δ = (W*ᵀ δ*) ⊙ s′(a)
  let L = (softplus(Astar).sum - dot(X, Astar)) / N  // log(1 + e^{a*}) − x a*
  return (L, δ.T * X, δ.columnSums, δstar.T * H, δstar.columnSums)
}
//: The library does the same for any number of layers, likelihood and tie; [Srihari](@srihari) draws three hidden
//: layers, as in the last two columns of the table.
let few = Matrix(rows: 4, columns: 64) { n, i in
  patch(images.training.row(n), width: digits.width)[i]
}
lesson.check(
  "the library's loss and gradient against these lines, all parameters",
  lesson.attempt {
    let objective = try Objective(net, data: few, loss: .bernoulli)
    return [objective.value()] + objective.gradient()
  },
  equal: {
    let back = backPropagate(net, few)
    return [back.L] + inOrder(back)
  }(), within: 1e-12, scale: 0.1, because: "rounding in sums over four examples and 64 pixels")
lesson.check(
  "these lines against central differences: worst relative error",
  gradientCheck(lossByHand(net, on: few, backPropagate, lineUp: inOrder)).worstError,
  isBelow: 1e-7, because: "central differences of a loss of about 50 lose half of its digits")
let ofLibrary = libraryChecks(
  few, levels: Matrix(rows: 4, columns: 64) { n, i in coded(few.row(n))[96 + i] })
lesson.table(
  "The library's gradients against central differences: worst relative errors",
  columns: ["likelihood", "untied", "tied", "three hidden layers", "the same, tied"],
  rows: ofLibrary.map { name, errors in
    [Cell(name)] + errors.map { Cell($0, significant: 2) }
  })
lesson.check(
  "the worst of them", ofLibrary.flatMap(\.errors).greatest(), isBelow: 1e-7, because: "as above")

//: ## Tied weights: two terms
//:
//: With $W^* = W^\top$ the matrix $W$ acts twice, and a change of it acts through both places.
lesson.derive("The gradient of tied weights", within: 1e-9) { proof in
  let hidden = s(W * x .+ b)
  let δstar = s(W.T * hidden .+ c) .- x
  let δ = (W * δstar) .* hidden.map { $0 * (1 - $0) }
  proof.start(#"\frac{d}{d W} L(W, W^\top)"#, slopes(at: W) { L(x, $0, b, $0.T, c) })
  proof.equals(
    #"\left. \frac{\partial L(W, W^*)}{\partial W} + \left( "#
      + #"\frac{\partial L(W, W^*)}{\partial W^*} \right)^\top \right|_{W^* = W^\top}"#,
    because: "the chain rule for a variable in two places, each term with the other place fixed",
    slopes(at: W) { L(x, $0, b, W.T, c) } + slopes(at: W.T) { L(x, W, b, $0, c) }.T)
  proof.equals(
    #"\delta x^\top + (\delta^* h^\top)^\top"#,
    because: #"the two gradients above, for $W^* = W^\top$"#,
    outer(δ, x) + outer(δstar, hidden).T)
  proof.equals(
    #"\delta x^\top + h \delta^{*\top}"#, because: "a product transposed",
    outer(δ, x) + outer(hidden, δstar))
}
//: What if one of the terms is forgotten? (The error of a component is the difference over the
//: larger of the two magnitudes, so 2 means a wrong sign.)
let tied = arbitraryNetwork(inputs: 64, hidden: [5], output: .sigmoid, tied: true)
let before = backPropagate(tied, few).L
let terms = [("both", 1.0, 1.0), ("the encoder's only", 1, 0), ("the decoder's only", 0, 1)].map {
  name, encoder, decoder in
  let L = lossByHand(tied, on: few, backPropagate) {
    (encoder * $0.W + decoder * $0.Wstar.T).elements + $0.b + $0.c
  }
  return (name: name, check: gradientCheck(L), after: descended(L, steps: 200, rate: 0.1))
}
lesson.finding(
  "A forgotten term of the tied gradient is a quiet bug: 200 steps still lower the loss from "
    + "\(Numeral.short(before, significant: 3)) to "
    + "\(Numeral.short(terms[1].after, significant: 3)) or "
    + "\(Numeral.short(terms[2].after, significant: 3)) (with both terms to "
    + "\(Numeral.short(terms[0].after, significant: 3))). Central differences expose it.")
lesson.table(
  "Tied weights: the gradient with some of its terms",
  columns: [
    "terms", "worst relative error", "gradient there", "central difference", "after 200 steps",
  ],
  rows: terms.map { name, check, after in
    [Cell(name), Cell(check.worstError, significant: 2)]
      + [check.analytic, check.numeric, after].map { Cell($0) }
  })
lesson.check(
  "both terms: worst relative error", terms[0].check.worstError, isBelow: 1e-7,
  because: "as for untied weights")
lesson.check(
  "a term dropped: the smaller of the two errors",
  min(terms[1].check.worstError, terms[2].check.worstError), isAbove: 1,
  because: "where the two terms differ in sign, half a gradient has the wrong one")

//: ## Trained by back-propagation
//:
//: The first network learnt in *minibatches* of 20 images: each gives a rough gradient, cheap
//: enough to follow at once. Here are plain steps of size $\eta$ instead of Adam's
//: ([](@kingma-2014)), from five random starts: weights uniform in $\pm \sqrt{6 / (D + k)}$,
//: biases 0. What is the trained encoder worth? The control is ten *untrained* ones of the same
//: size, each with the decoder that is best for it, by least squares. And no encoder brings a
//: *linear* decoder of $k$ units below half the variance that $k$ principal components leave in
//: training.
let η = step * 0.8 / Double(D).squareRoot()  // 0.1 for 64 pixels, less for larger images
let seeds = (0..<5).map { lesson.seed + $0 }
let contests = Dictionary(
  uniqueKeysWithValues: Set(seeds + Array(1...5)).map {
    ($0, Contest(seed: $0, on: images, units: k, rate: η, epochs: epochs, r: r, λ: λ))
  })
let five = seeds.compactMap { contests[$0] }
let untrained = (0..<10).map {
  withBestDecoder(
    randomNetwork(lesson.seed + 100 + $0, inputs: D, hidden: k), on: images.training)
}
let floor = 0.5 * (pca.totalVariance - pca.variances.sum())
let descents = five.map(\.descent)
lesson.figure(
  "training",
  "The loss falls towards the floor, on held-out images too, and far below that of untrained "
    + "encoders."
) {
  trainingFigure(
    descents, floor: floor, random: untrained.map { meanLoss($0, on: images.training) })
}
lesson.table(
  #"Half the squared error $\frac12 \lVert x - \hat x \rVert^2$ per image: mean (least to "#
    + "greatest)",
  columns: ["code", "training", "held out"],
  rows: [
    lossRow(
      "none: the mean image", [0.5 * pca.totalVariance],
      [0.5 * variance / Double(images.heldOut.rows)]),
    lossRow(
      "ten untrained encoders, best decoders",
      untrained.map { meanLoss($0, on: images.training) },
      untrained.map { meanLoss($0, on: images.heldOut) }),
    lossRow(
      "five trained, after \(descents[0].halfway.epoch) epochs", descents.map(\.halfway.loss),
      descents.map(\.halfway.heldOutLoss)),
    lossRow(
      "the same after \(epochs)", descents.map(\.last.loss), descents.map(\.last.heldOutLoss)),
    lossRow(
      "principal components", [floor],
      [0.5 * squaredError(throughPCA(images.heldOut), images.heldOut)]),
  ])
lesson.figure(
  "reconstructions",
  "An untrained encoder loses much of the shape; a trained one blurs it about as much as "
    + "principal components do."
) {
  reconstructionsFigure(
    heldOutDigits,
    [
      ("untrained", untrained[0].reconstruct), ("trained", descents[0].network.reconstruct),
      ("PCA", throughPCA),
    ])
}
lesson.check(
  "the greatest held-out loss of the five trained, as a share of the least of the ten untrained",
  descents.map(\.last.heldOutLoss).greatest()
    / untrained.map { meanLoss($0, on: images.heldOut) }.least(), isBelow: 1,
  because: "1 is a tie: the worst trained encoder against the best untrained one")
lesson.check(
  "no run is below the floor: the least training loss over it",
  five.flatMap { [$0.descent, $0.decayed, $0.plain, $0.corrected, $0.both] }
    .map(\.last.loss).least() / floor, isAtLeast: 1,
  because: "the theorem of [lesson 02](../02-linear-autoencoder/README.md)")

//: ## Why copying is not the goal
//:
//: A small loss alone is worth nothing. With as many hidden units as pixels and no non-linearity the network copies
//: whatever it is shown: $W$ any rotation, $W^* = W^\top$, nothing to train. So autoencoders are kept from copying, by a
//: narrow code here, by penalties and noise in lessons 04 to 06.
//:
//: What gets through a narrow code? Not what the images have in common: the decoder's constants hold that. At a minimum
//: $\partial L / \partial c = \frac1N \sum_n (\hat x - x) = 0$, so the mean output is the mean image; and the output is
//: affine in the code, so the *mean code* $\bar h$ yields the mean image, $c + W^* \bar h = \bar x$. The code carries what
//: *differs* from image to image, as much of it as fits.
var chance = lesson.stream("noise")
let Q = QR(Matrix<Double>.normal(rows: D, columns: D, using: &chance)).Q
let noise = Matrix<Double>.uniform(rows: images.heldOut.rows, columns: D, using: &chance)
let order = chance.permutation(D)
let scrambled = Matrix(rows: images.heldOut.rows, columns: D) { n, i in
  images.heldOut[n, order[i]]
}
func lossOfRotation(_ X: Matrix<Double>) -> Double { 0.5 * squaredError(X * Q.T * Q, X) }
let meanCode = network.encode(images.training).columnMeans  // h̄
let fromMeanCode = network.decode(row(meanCode)).row(0)  // c + W* h̄
let offMean = norm(fromMeanCode .- meanImage) / norm(meanImage)
let scrambledOver = meanLoss(network, on: scrambled) / meanLoss(network, on: images.heldOut)
lesson.finding(
  "The code carries what differs: the mean code alone yields the mean image, to "
    + "\(Numeral.percent(offMean)). And only images of this kind pass: with all pixels in "
    + "another order the loss is \(Numeral.short(scrambledOver, significant: 2)) times as large.")
lesson.table(
  "Half the squared error on images that no network has seen",
  columns: ["images", "a rotation and back", "the first network"],
  rows: [
    ("the held-out images", images.heldOut), ("the same pixels in another order", scrambled),
    ("noise", noise),
  ].map { name, X in
    [Cell(name), Cell(lossOfRotation(X), significant: 2), Cell(meanLoss(network, on: X))]
  })
lesson.check(
  "the rotation copies noise as well as the images: the larger loss",
  max(lossOfRotation(noise), lossOfRotation(images.heldOut)), isBelow: 1e-20,
  because: "rounding: the square of $10^{-16}$ times a small multiple of $D$")
//: The same pixels in another order have the same mean, the same contrast, even the same singular
//: values; they merely no longer look like training images.

//: ## Deeper: Losses from pre-activations
//:
//: On paper $-x \log \hat x - (1 - x) \log (1 - \hat x)$ is the same as $\log (1 + e^{a^*}) - x a^*$. In a computer it is
//: not, and one saturated unit spoils the mean over all images.
//:
//: $s(a)$ is rounded to 1 when $e^{-a}$ is below half the distance from 1 to the number below it, from $a \approx 37$ on
//: (17 in single precision). Then $\log (1 - \hat x)$ is $-\infty$: for a wrong unit the loss is $\infty$, for a *right*
//: one $0 \cdot \infty$, which is not a number.
let saturated = [(2.0, 0.0), (30, 0), (40, 0), (40, 1), (800, 0), (-800, 0)].map {
  saturatedUnit($0, $1)
}
lesson.table(
  #"The loss of one saturated unit"#,
  columns: ["$a^*$", "$x$", #"by $\log \hat x$"#, "from $a^*$, as the library does", "true"],
  rows: saturated.map {
    [Cell($0.a), Cell($0.x)]
      + [$0.naive, $0.stable, $0.truth].map { $0.isNaN ? "no number" : Cell($0, significant: 8) }
  })
lesson.check(
  "from $a^*$ it is right", saturated.map(\.stable), equal: saturated.map(\.truth), within: 1e-15,
  because: "a few units in the last place")
lesson.check(
  #"by $\log \hat x$ it is off by more than $10^{-9}$ or not finite in all but the first case"#,
  Double(saturated.filter { !(abs($0.naive - $0.truth) <= 1e-9 * $0.truth) }.count), equals: 5,
  within: 0, because: #"$1 - \hat x$ keeps $16 - a / \log 10$ digits: three for $a = 30$"#)
lesson.check(
  "the softmax of 800, 0, 0, 0 with target 2: the library's loss",
  atOutputs([800, 0, 0, 0], target: [0, 1, 0, 0], .categorical(classes: 4)).loss, equals: 800,
  within: 1e-15, because: #"$\log (e^{800} + 3) - 0$ is 800 to the last bit"#)

//: ## Deeper: A short history
//:
//: The idea is two decades older than deep learning.
//:
//: [](@ackley-1985) posed the *encoder problem*: pass one of $N$ patterns through $\log_2 N$ units.
//: [](@rumelhart-1986) solved it by back-propagation; Cottrell, Munro and Zipser compressed images in this way in 1987.
//: [](@bourlard-kamp-1988) and [](@baldi-hornik-1989) showed what a *linear* decoder makes of it: [principal
//: components](../02-linear-autoencoder/README.md). [](@hinton-mcclelland-1988) trained autoencoders by recirculation,
//: below. [](@hinton-salakhutdinov-2006) made them deep. Noisy inputs came in 2008 ([lesson
//: 05](../05-denoising-vector-field/README.md)), a penalty on the derivative in 2011 ([lesson
//: 06](../06-contractive-jacobian/README.md)), and in 2013 autoencoders became generative models with latent variables
//: ([lesson 07](../07-variational-kl/README.md) and, independently, [](@rezende-2014)).

//: ## Deeper: What the lectures leave out
//:
//: Slips in the lectures that this page follows: dropped constants, silently tied weights, missing conditions.
//:
//: - Srihari's loss $\lVert X - (f \circ g) X \rVert^2$ runs the decoder first: with $f$ the encoder it must be $g \circ
//:   f$. The same slip is in [section 4](@section-4), "the reconstruction $(f \circ g)(x)$". And the minimum over all $f,
//:   g$ is zero, by the identity; presumably the minimum over networks of a given size is intended.
//: - His model has decoder weights of its own; in the loss on the same slide they are the encoder's, transposed. The
//:   weights have been tied without a word, and the gradient has one more term.
//: - He says that the negative log-likelihood of a Gaussian *is* the mean squared error. It is half the *sum* of squares
//:   over the variance, plus $\frac12 D \log 2 \pi \sigma^2$: the same minimum only while the variance is fixed and no
//:   other term stands beside it. Elsewhere "$L^2$ norm" and "mean squared error" are one; the first is the root of a sum.
//: - He calls the activation element-wise; the softmax he recommends for discrete values is not.
//: - Recirculation, he says, can train autoencoders "unlike feedforward networks", though he has
//:   just called them feedforward. *Other* feedforward networks are meant: the rule compares
//:   outputs with inputs.
//: - [Larochelle](@larochelle) drops $\frac12 D \log 2 \pi$ without saying so when he gets "the sum of squared distance"
//:   from a density that has it, and calls half the squared distance the squared distance.
//: - "For both cases" his gradient is $\hat x - x$. That takes the matching links, of which the
//:   slide names the linear one, not the sigmoid.
//: - His cross-entropy is for *binary* inputs; the images he shows are grey. Then it is no $-\log p$, and its minimum is
//:   not zero.
//: - His $f$ is the whole network, Srihari's the encoder. Here it is the encoder.
//: - [Session 19](@session-19) has autoencoders trained "to ignore insignificant data". Nothing in the loss asks for that:
//:   the rotation above reproduces noise. They reduce dimensions ("True") only if the code is narrower than the input.
//: - The same session has Kingma and Welling at Google and Qualcomm in 2013; their paper is from the University of
//:   Amsterdam. And its aim, "sequence prediction", belongs to another session.

//: ## Deeper: Trained by recirculation
//:
//: Back-propagation uses the decoder's weights in reverse, in a second pass that carries errors
//: instead of signals. [](@hinton-mcclelland-1988) did without either. What does their rule
//: follow, and where does it fall short?
//:
//: Let the activity run round the loop, and compare each unit with itself a little later:
//:
//: - $h_1 = s(W x + b)$, the code;
//: - $x_2 = r x + (1 - r) \hat x$ with $\hat x = W^* h_1 + c$: the input, moved a little towards its reconstruction;
//: - $h_3 = r h_1 + (1 - r) s(W x_2 + b)$: the code, moved a little towards that of $x_2$.
//:
//: Then $\Delta W^* = \eta (x - x_2) h_1^\top$, $\Delta c = \eta (x - x_2)$, $\Delta W = \eta (h_1 - h_3) x_2^\top$ and
//: $\Delta b = \eta (h_1 - h_3)$, averaged over a minibatch. A weight needs what its own two units know, and nothing else.
//: @file Recirculation.swift the loop around these lines, the runs that are compared, the derivations
/// The loss of the rows of x, and the changes of W, b, W* and c in a step of size 1.
func recirculate(_ net: Network, _ x: Matrix<Double>, r: Double) -> LossAndGradient {
  let share = (1 - r) / Double(x.rows)
  let h1 = net.encode(x)
  let error = x - net.decode(h1)  // x − x̂
  let x2 = x - (1 - r) * error
  let atInputs = share * error  // (x − x₂) / N
  let atUnits = share * (h1 - net.encode(x2))  // (h₁ − h₃) / N
  return (
    0.5 * error.squaredNorm / Double(x.rows), atUnits.T * x2, atUnits.columnSums,
    atInputs.T * h1, atInputs.columnSums
  )
}
let start = five[0].start
let many = images.training[rows: 0..<150]
lesson.check(
  "the library's `Recirculation` against these lines, the changes of all parameters",
  {
    var (after, unused) = (start, lesson.stream("unused"))
    lesson.attempt {
      _ = try Recirculation(rate: 1, regression: r).train(
        &after, on: many, epochs: 1, using: &unused)
    }
    return after.parameters .- start.parameters
  }(), equal: inOrder(recirculate(start, many, r: r)), within: 1e-12, scale: 0.1,
  because: "rounding in sums over 150 images")
//: What has that to do with a gradient? For the decoder, everything:
deriveDecoderStep(start, on: many, r: r)
//: The $\delta^* = \hat x - x$ is that of the pair: a sigmoid output descends the cross-entropy in this way, not the
//: squared error. For the encoder it is an approximation, and one with a condition. Take $r$ close to 1, and a decoder
//: that happens to be $W^* = W^\top$:
let twin = mirrored(start)
deriveEncoderStep(twin, on: many, r: 1 - 0x1p-10)
let remainders = [0x1p-10, 0x1p-11].map { small in
  let exact = -(1 / (small * small)) * recirculate(twin, many, r: 1 - small).W
  let slope = gradient(twin, on: many).encoder.W
  return (exact - slope).norm / slope.norm
}
lesson.check(
  "what is left out is of first order: its share at $1 - r = 2^{-10}$ over that at $2^{-11}$",
  remainders[0] / remainders[1], equals: 2, within: 0.01,
  because: "the next order is smaller by another $2^{-10}$ times a small number")
//: So the encoder climbs down the same hill, with steps shorter by one more factor $1 - r$, *if*
//: its weights are the decoder's, transposed. If they are not, $W$ carries the error to the wrong
//: places. And $r = 0$ is no derivative at all.
let regressions = [0, 0.5, 0.75, 0.9, 0.99]
let directions = regressions.map { r in
  five.map { contest in
    [mirrored(contest.start), contest.start, mirrored(contest.start, scale: -1)]
      .map { descentCosine($0, on: many, r: r) }
  }
}
lesson.table(
  #"The cosine between recirculation's $\Delta W$ and steepest descent before training, five "#
    + "starts: least to greatest",
  columns: ["$r$", #"$W^* = W^\top$"#, "both random", #"$W^* = -W^\top$"#],
  rows: zip(regressions, directions).map { r, cosines in
    [Cell(r)]
      + (0..<3).map { kind in
        let values = cosines.map { $0[kind] }
        return Cell(
          "\(Numeral.fixed(values.least(), decimals: 2)) to "
            + "\(Numeral.fixed(values.greatest(), decimals: 2))")
      }
  })
lesson.check(
  #"$r = 0.99$: the least cosine for $W^* = W^\top$, and minus the greatest for $W^* = -W^\top$"#,
  min(directions[4].map { $0[0] }.least(), -directions[4].map { $0[2] }.greatest()),
  isAbove: 0.99,
  because: "the derivation: $\\pm 1$ but for a part of order $1 - r$")

//: ### Two corrections
//:
//: In steps of $\eta / (1 - r)$ recirculation moves its decoder exactly as far as
//: back-propagation does, and its encoder too little, by a factor $1 - r$. So the first
//: correction divides the encoder's change by another $1 - r$. The second is weight decay, with
//: $\lambda = 10^{-3}$: it lets both halves forget their different starts, and pulls the decoder
//: towards the encoder's transpose ([](@kolen-pollack-1994) align two sets of weights in this
//: way). Back-propagation with the same decay is the control. The step was tuned for none of the
//: rules: with `--step 2` the order stays; with `--step 0.5`, half as far along, decay does not
//: pay yet.
let rules: [(name: String, run: KeyPath<Contest, Trained>)] = [
  ("back-propagation, weight decay", \.decayed), ("recirculation as published", \.plain),
  ("encoder's step corrected", \.corrected), ("corrected, weight decay", \.both),
]
func quotients(_ x: [Double], _ y: [Double]) -> [Double] { zip(x, y).map { $0 / $1 } }
func ratios(
  _ run: KeyPath<Contest, Trained>, _ value: (Trained) -> Double = { $0.last.loss }
) -> [Double] {
  quotients(five.map { value($0[keyPath: run]) }, five.map { value($0.descent) })
}
let gain = ratios(\.corrected) .- ratios(\.plain)
let further = ratios(\.both) .- ratios(\.corrected)
lesson.finding(
  "Recirculation ends at \(Numeral.fixed(mean(ratios(\.plain)), decimals: 2)) times "
    + "back-propagation's loss; with its encoder's step corrected at "
    + "\(Numeral.fixed(mean(ratios(\.corrected)), decimals: 2)), and with weight decay as "
    + "well at \(Numeral.fixed(mean(ratios(\.both)), decimals: 2)).")
lesson.table(
  "Loss over that of back-propagation from the same start with the same minibatches, five "
    + "starts: mean (least to greatest)",
  columns: [
    "rule", "training", "after \(five[0].descent.halfway.epoch) epochs", "held out",
    #"$\cos(W^*, W^\top)$"#,
  ],
  rows: rules.map { name, run in
    [
      Cell(name), Cell(range(ratios(run))), Cell(range(ratios(run) { $0.halfway.loss })),
      Cell(range(ratios(run) { $0.last.heldOutLoss })),
      Cell(range(five.map { $0[keyPath: run].last.alignment })),
    ]
  })
lesson.figure(
  "recirculation",
  "The published rule falls behind at once; the corrected one begins well and loses ground; "
    + "with weight decay it levels off."
) { ratioFigure(five) }
lesson.say(
  "Paired over the five starts, the first correction changes the ratio by \(paired(gain)), the "
    + "second by another \(paired(further)): mean and standard error.")
let asPrinted = digits.citation != nil && (k, epochs, r, λ, step) == (16, 50, 0.75, 1e-3, 1)
for (correction, difference) in asPrinted ? [("first", gain), ("second", further)] : [] {
  lesson.check(
    "the \(correction) correction helps: its mean paired difference in standard errors",
    mean(difference) / standardError(difference), isBelow: -2.78,
    because: "95 % of Student's distribution with four degrees of freedom")
}
//: A longer run tells the two corrections apart. With `--epochs 240` the corrected rule without
//: decay is back where the published one ends, while the one with decay has not moved: the step
//: decides how fast training goes, the likeness of decoder and encoder where it ends. On
//: Fashion-MNIST (`--data`) the two stay unlike, with cosines below one half, and neither
//: correction helps.
let starts = five.indices.map { (seed: seeds[$0], network: five[$0].start) }
let early = five[0].descent.milestones[3].epoch
func earlyLosses(_ run: KeyPath<Contest, Trained>) -> [Double] {
  five.map { $0[keyPath: run].milestones[3].loss }
}
let byRegression = [0.5, r, 0.9].map { other in
  let ends =
    other == r
    ? [earlyLosses(\.plain), earlyLosses(\.corrected)]
    : [1, 1 / (1 - other)].map {
      losses(r: other, gain: $0, from: starts, on: images, rate: η, epochs: early)
    }
  let ratios = ends.map { quotients($0, earlyLosses(\.descent)) }
  return (r: other, plain: ratios[0], corrected: ratios[1])
}
lesson.table(
  "The same ratio after \(early) epochs, for several regressions",
  columns: ["$r$", "as published", "encoder's step corrected", "paired difference"],
  rows: byRegression.map { r, plain, corrected in
    [Cell(r), Cell(range(plain)), Cell(range(corrected)), Cell(paired(corrected .- plain))]
  })
//: The closer $r$ is to 1, the better is the direction and the shorter the step: the published rule loses by it, the
//: corrected one gains.

//: ## Deeper: Do the two halves find each other?
//:
//: The condition was $W^* = W^\top$, and it is often said that the rule sees to this itself. The halves do grow alike, but
//: not thanks to recirculation.
let bestAlignment = untrained.map { cosine($0.decoder.W, $0.encoder.W.T) }
let opposite = five.map(\.opposite.last.alignment)
lesson.figure(
  "alignment",
  "Whatever the rule, decoder and encoder grow alike; even the decoder that began as the "
    + "encoder's opposite turns."
) {
  alignmentFigure([
    ("back-propagation", five[0].descent), ("the same, weight decay", five[0].decayed),
    ("recirculation", five[0].plain),
    ("the same, from W* = −Wᵀ, half as long", five[0].opposite),
    ("corrected, weight decay", five[0].both),
  ])
}
lesson.say(
  "An encoder that never learns shows it as well: the decoders that are best for the ten "
    + "untrained encoders, by least squares, have $\\cos(W^*, W^\\top)$ between "
    + "\(Numeral.fixed(bestAlignment.least(), decimals: 2)) and "
    + "\(Numeral.fixed(bestAlignment.greatest(), decimals: 2)); two random matrices of this size "
    + "have about $\\pm\(Numeral.fixed(1 / Double(D * k).squareRoot(), decimals: 2))$. "
    + "From $W^* = -W^\\top$ recirculation is, after \(five[0].opposite.last.epoch) epochs, at "
    + "\(Numeral.fixed(opposite.least(), decimals: 2)) to "
    + "\(Numeral.fixed(opposite.greatest(), decimals: 2)) on the five starts.")
lesson.check(
  "the least cosine of ten best decoders and their untrained encoders, in units of chance",
  bestAlignment.least() * Double(D * k).squareRoot(), isAbove: 5,
  because: "the cosine of random matrices has standard deviation $(D k)^{-1/2}$; five of them "
    + "are no accident")
//: Learning in the *decoder* alone is enough, then, and here is why it begins that way. Let $W^*
//: = 0$ and $c$ the mean image, so that $\hat x - x$ is minus the deviation from the mean. A unit
//: is on where its $a_j$ is large, so what the decoder learns for it resembles what the encoder
//: looks for. This is proved for the first step from $W^* = 0$ only; that later steps and other
//: starts end there as well is measured, above.
deriveFirstStep(start, on: many)
//: The rule is no gradient descent in disguise, though: where its changes average to zero, the
//: gradient need not vanish.

//: ## Deeper: Take the network with you
//:
//: The network of this page, trained by back-propagation, can be kept in a file and applied to other images.
//:
//: ```sh
//: swift run 00-what-an-autoencoder-is --save 1
//: swift run reconstruct Outputs/00-what-an-autoencoder-is+save=1/network.aen --data DIR
//: ```
//:
//: The first command writes `network.aen` beside its page: shapes, activations, and each weight bit for bit, sealed by a
//: checksum. The second reads images as `--data` does for lessons (without it, the digits), and writes their codes as a table
//: and a picture of originals above reconstructions. A network of 64 inputs takes images of 8 × 8 pixels. In a program of
//: your own it takes one line each way:
//:
//: ```swift
//: let bytes = try network.fileBytes()
//: let again = try Autoencoder<Double>(fileBytes: bytes)
//: ```
let kept = lesson.attempt { try five[0].descent.network.fileBytes() }
lesson.check(
  "the network from its own bytes: parameters that differ in any bit",
  lesson.attempt {
    let again = try Autoencoder<Double>(fileBytes: kept).parameters
    return Double(
      zip(again, five[0].descent.network.parameters).count { $0.bitPattern != $1.bitPattern })
  }, isAtMost: 0, because: "the file holds the numbers' own bytes")
if save == 1 { lesson.keep(kept, as: "network.aen") }

//: ## Deeper: Is my number right?
//:
//: The headline figures of this run beside those of five seeds.
lesson.bands("Headline figures") { seed in
  guard let contest = contests[seed] else { return [:] }
  let (plain, loss) = (contest.descent, contest.descent.last.loss)
  return [
    "back-propagation: training loss": loss,
    "back-propagation: held-out loss": plain.last.heldOutLoss,
    "recirculation as published ∕ back-propagation": contest.plain.last.loss / loss,
    "encoder's step corrected ∕ back-propagation": contest.corrected.last.loss / loss,
    "corrected, weight decay ∕ back-propagation": contest.both.last.loss / loss,
    "recirculation: cosine of decoder and encoder": contest.plain.last.alignment,
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question Two students train the same network on the same digits. One reports a loss of 0.4, the other one of 0.0125.
//: Who is right?
//: @answer Both, perhaps: 0.4 is $\frac12$ the *sum* of squares over 64 pixels, and $0.4 \cdot 2 / 64 = 0.0125$ their
//: *mean*. A loss means little until its axes and factors are stated. (And step sizes tuned for
//: one are off by 32 for the other.)
//:
//: @question Let the variance $\sigma^2$ of the Gaussian be learnt as well, one for all pixels. What is minimised over the
//: weights?
//: @answer $\frac12 D \log 2 \pi \sigma^2 + \frac{1}{2 \sigma^2} \lVert x - \hat x \rVert^2$ has the slope zero in
//: $\sigma^2$ at $\sigma^2 = \lVert x - \hat x \rVert^2 / D$ (the mean over all examples). Put in, it leaves $\frac12 D
//: \log \lVert x - \hat x \rVert^2$ and a constant. The minimum is at the same weights, but the gradient is divided by the
//: mean error: the better the fit, the more the same change of it counts.
//:
//: @question Your Bernoulli autoencoder stops at a loss of 18 nats per image and you suspect a bug. What do you compute
//: first?
//: @answer The entropy of the images, $-\sum_i \left( x_i \log x_i + (1 - x_i) \log (1 - x_i) \right)$. With grey pixels
//: no network gets below it.
//:
//: @question A sigmoid output, squared error, and a pixel that should be 1 while $a^* = -20$. What does it learn, and what
//: would it learn under the cross-entropy?
//: @answer The gradient is $(\hat x - x) \hat x (1 - \hat x) \approx -2 \cdot 10^{-9}$: nothing, though it is as wrong as
//: can be. Under the cross-entropy it is $\hat x - x \approx -1$.
//:
//: @question A network has tied weights, and its author trains it with `decoder.W = encoder.W.T` after each step of an
//: untied one. Which gradient does it follow?
//: @answer The encoder's term only: what the decoder's weights have learnt is overwritten. The loss may still fall, and a
//: gradient check of the *untied* network passes. Only a check that moves $W$ in both places finds it.

//: ## Sources
//:
//: @sources
lesson.finish()
