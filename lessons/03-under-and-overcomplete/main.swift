//: # 3 · Under- and overcomplete
//:
//: A code that is too small for a perfect copy has to choose what to keep; one that is large enough need not choose
//: anything. This lesson measures both. A small code is learnt from the digits 0–4 and tested on what it has never
//: seen; large codes are written down that copy everything, and a code of a *single number* that knows every image.
//:
//: @opening decoded
//: - build a codec of cosines that needs no training, and predict two of its errors;
//: - count a code in bits, and compare it with rivals that may spend as many;
//: - write down weights that copy every input, and a code of one number that memorises a training set;
//: - say what gradient descent never learns, and prove it;
//: - judge a learnt code by the controls that could show it to be useless.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "A small code is good at home and bad abroad; a large one may copy everything; one number can "
    + "index every example.")
let k = lesson.knob("code", 8, in: 6...10, "the number k of units of the undercomplete code")
let memorised = lesson.knob(
  "memorised", 16, in: 8...24, "the images to be memorised by a trained code of one number")
let splits = lesson.knob(
  "splits", 5, in: 2...20, "the splits of the images over which undercomplete codes are compared")
let few = lesson.knob("few", 40, in: 30...60, "the training images of the network that overfits")

let digits = averaged(
  lesson.images(ImageNeeds(pixels: 64, ofClasses: [(0...4, 100), (5...9, 100)])), toSide: 16)
let D = digits.width * digits.height
let isSmall = D <= 64  // larger images: fewer repetitions, fewer steps

//: ## A codec that was never trained
//:
//: The cosines $c_m(t) \propto \cos \frac{\pi m (t + 1/2)}{n}$, $m = 0, \dots, n - 1$, are waves on $n$ pixels: the basis
//: of the discrete cosine transform ([](@ahmed-1974)) inside JPEG ([](@wallace-1991)). They are orthogonal, whatever
//: they are used for.
func wave(_ m: Int, _ t: Int, _ n: Int) -> Double {
  .cos(.pi * Double(m) * (Double(t) + 0.5) / Double(n))
}
func waves(_ n: Int) -> Matrix<Double> { Matrix(rows: n, columns: n) { m, t in wave(m, t, n) } }
//: @fold The sums in the derivation
/// Σ_t cos(πm(t + ½)/n) = sin(πm) / (2 sin(πm/2n)): n for m = 0, and 0 for m from 1 to 2n − 1.
func waveSum(_ m: Int, _ n: Int) -> Double {
  guard m > 0 else { return Double(n) }
  let angle: Double = .pi * Double(m)
  return .sin(angle) / (2 * .sin(angle / Double(2 * n)))
}
lesson.derive("The waves are orthogonal") { proof in
  let n = digits.width
  func entries(_ entry: (Int, Int) -> Double) -> Matrix<Double> {
    Matrix(rows: n, columns: n, entry: entry)
  }
  proof.start(
    #"\sum_t \cos m \theta_t \cos l \theta_t, \quad \theta_t = \tfrac{\pi (t + 1/2)}{n}"#,
    waves(n) * waves(n).T)
  proof.equals(
    #"\tfrac12 \sum_t \cos (m - l) \theta_t + \tfrac12 \sum_t \cos (m + l) \theta_t"#,
    because: #"$2 \cos \alpha \cos \beta$ is $\cos(\alpha - \beta) + \cos(\alpha + \beta)$"#,
    entries { m, l in (0..<n).map { (wave(m - l, $0, n) + wave(m + l, $0, n)) / 2 }.sum() })
  proof.equals(
    #"\tfrac12 S_{|m - l|} + \tfrac12 S_{m + l}, \quad S_0 = n"#,
    because: #"$S_m = \frac{\sin \pi m}{2 \sin (\pi m / 2n)}$: times $2 \sin \frac{\pi m}{2n}$ "#
      + #"each $\cos m \theta_t$ is $\sin \frac{\pi m (t + 1)}{n} - \sin \frac{\pi m t}{n}$, "#
      + "and the sum telescopes",
    entries { m, l in (waveSum(abs(m - l), n) + waveSum(m + l, n)) / 2 })
  proof.equals(
    #"\operatorname{diag}\left(n, \tfrac n2, \dots, \tfrac n2\right)"#,
    because: #"$\sin \pi m = 0$, and $0 < m < 2n$ unless $m = 0$"#,
    Matrix.diagonal([Double(n)] + Array(repeating: Double(n) / 2, count: n - 1)))
}
//: Divided by their lengths they are orthonormal, and so are their products over lines and columns, the rows of $Q$.
//: Ordered from coarse to fine (JPEG's zigzag) its first $k$ rows are a code of $k$ numbers, $h = Q_k x$ and
//: $\hat x = Q_k^\top h$, that knows nothing of the images.
let (across, down) = (waves(digits.width), waves(digits.height))
let frequencies = zigzag(width: digits.width, height: digits.height)
let Q = Matrix(rows: D, columns: D) { j, pixel in
  let (m, l) = frequencies[j]
  let (line, column) = pixel.quotientAndRemainder(dividingBy: digits.width)
  return across[m, column] * down[l, line] / (norm(across.row(m)) * norm(down.row(l)))
}
let Qₖ = Q[rows: 0..<k]
//: Errors are relative: $\varepsilon = \sum \lVert x - \hat x \rVert^2 / \sum \lVert x - \bar x \rVert^2$ over a set of
//: images with mean $\bar x$. So 0 is perfect, and 1 is as good as the set's own mean image.
//: @file Codecs.swift the untrained codecs, rounding, and how errors are measured
let parts = randomSplit(digits, seed: lesson.seed)
let (low, high) = halves(parts)
let (X, Xʰ) = (low.training.scaled, low.test.scaled)
lesson.derive("Parseval: the error is the energy of what was dropped") { proof in
  let H = Xʰ * Q.T
  proof.start(#"\lVert X - X Q_k^\top Q_k \rVert_F^2"#, (Xʰ - Xʰ * Qₖ.T * Qₖ).squaredNorm)
  proof.equals(
    #"\lVert X Q^\top - X Q_k^\top Q_k Q^\top \rVert_F^2"#,
    because: "$Q^\\top$ is orthogonal: it keeps lengths",
    (Xʰ * Q.T - Xʰ * Qₖ.T * (Qₖ * Q.T)).squaredNorm)
  proof.equals(
    #"\sum_{j > k} \lVert X q_j \rVert^2"#,
    because: #"$Q_k Q^\top = I_{\le k}$: the first $k$ coefficients cancel, the others, with "#
      + "$q_j$ the rows of $Q$, stay",
    (k..<D).map { j in dot(H.column(j), H.column(j)) }.sum())
}
//: So the best $k$ coefficients *of one image* are its largest. That choice is a codec, too, but it has to send along
//: which ones they were. Two errors can be predicted. The constant wave is among the first $k$, so inverting an image
//: only turns the sign of its error. And to white noise all orthonormal bases are alike: with $D - k$ of $D$
//: coefficients dropped the error is $1 - k / D$.
lesson.check(
  #"$Q$ is orthonormal: $\lVert Q Q^\top - I \rVert$"#, (Q * Q.T - .identity(D)).norm,
  isBelow: 1e-12, because: "rounding in $D^2$ sums of $D$ products")

//: ## A code that was
//:
//: The other codec is learnt: layers of $D$, 32, $k$, 32 and $D$ units, $\tanh$ around a linear code, trained on three
//: quarters of the classes 0–4. Its step is back-propagation as in [lesson 00](../00-what-an-autoencoder-is/README.md),
//: layer by layer: with $h_0 = x$, $h_i = s_i(W_i h_{i-1} + b_i)$ and $\hat x$ the last of these,
//:
//: $$ \delta = \frac{1}{N} (\hat x - x), \qquad
//: \frac{\partial L}{\partial W_i} = \delta \, h_{i-1}^\top, \qquad
//: \delta \leftarrow (W_i^\top \delta) \odot (1 - h_{i-1} \odot h_{i-1}), $$
//:
//: the last factor only where layer $i - 1$ is a $\tanh$, and a sum over the images in the middle.
//: @heart the gradient of a deep autoencoder
func gradient(_ layers: [Dense<Double>], _ X: Matrix<Double>) -> [Double] {
  var outputs = [X]
  for layer in layers {
    let A = (outputs[outputs.count - 1] * layer.W.T).addingToEachRow(layer.b)
    outputs.append(layer.activation == .tanh ? tanh(A) : A)
  }
  var δ = (1 / Double(X.rows)) * (outputs[layers.count] - X)
  var gradient: [Double] = []
  for (i, layer) in layers.enumerated().reversed() {
    if layer.activation == .tanh { δ = δ ⊙ outputs[i + 1].map { 1 - $0 * $0 } }
    gradient = (δ.T * outputs[i]).elements + δ.columnSums + gradient
    δ = δ * layer.W
  }
  return gradient
}
//: Adam takes 320 epochs of such steps on minibatches of 32 from weights uniform in $\pm \sqrt{6/(\text{inputs} +
//: \text{outputs})}$ ([](@glorot-2010); [](@kingma-2014)); its step of 0.01 shrinks to a twenty-fifth. The network is
//: tested on held-out 0–4 and on what it never saw: 5–9, the same images moved to the right by an eighth of their
//: width, inverted, with their pixels shuffled (each image in an order of its own), and noise. All of it is repeated on
//: other splits from other starts.
//: @file Training.swift how images are split and networks trained
//: @file Trials.swift what is measured on one split
let repetitions = isSmall ? splits : 2
let epochs = isSmall ? 320 : 40
let seeds = (0..<repetitions).map { lesson.seed &+ UInt64($0) }
let trials = seeds.map { seed in
  lesson.progress("splits", Double(seed &- lesson.seed) / Double(repetitions))
  return Trial(randomSplit(digits, seed: seed), k: k, waves: Q, epochs: epochs, seed: seed)
}
let mine = trials[0]
let errors = trials.map { $0.errors() }  // split, codec, set
func error(_ codec: Int, _ set: Int) -> [Double] { errors.map { $0[codec][set] } }
let (home, other, moved, inverted, random) = (1, 2, 3, 4, 6)
let (net, pca, dct, adaptive) = (0, 3, 5, 6)
lesson.check(
  "the heart is the library's gradient of this network on all training images",
  gradient(mine.code.encoder.layers + mine.code.decoder.layers, X),
  equal: lesson.attempt { try Objective(mine.code, data: X, loss: .gaussian).gradient() },
  within: 1e-12, scale: 1, because: "rounding: sums over $N$ images in another order")
lesson.figure(
  "decoded",
  "Two images each of held-out 0–4, 5–9, inverted 0–4 and noise. Whatever the network is shown, "
    + "it "
    + "draws something like its training images; the DCT blurs everything alike."
) { decodedImages(mine, width: digits.width, height: digits.height) }
lesson.table(
  #"Relative error $\varepsilon$ of codes of $k = \#(k)$ numbers, trained on (rows), tested on "#
    + #"(columns): mean over \#(repetitions) splits (least–greatest)"#,
  columns: ["codec"] + mine.names,
  rows: mine.codecs.indices.map { codec in
    [Cell(mine.codecs[codec].name)] + mine.names.indices.map { Cell(spread(error(codec, $0))) }
  })
lesson.finding(
  "At home the learnt code leaves \(short(mean(error(net, home)))) of the variance and the "
    + "untrained "
    + "cosines \(short(mean(error(dct, home)))); on inverted images it has "
    + "\(short(mean(error(net, inverted)))) (their own mean image has 1), and the cosines still "
    + "\(short(mean(error(dct, inverted)))).")
//: Where does the code stop generalising? The rows below the networks are the controls. PCA of the same images is no
//: network, and it has the same pattern: being *data-specific* is owed to the data and not to anything deep. And the
//: mean image of 0–4 by itself explains most of the worst column.
lesson.say(
  "The network beats PCA at home by \(difference(error(pca, home) .- error(net, home))) (paired "
    + "over "
    + "the splits, with its standard error). On 5–9 the difference network − PCA is "
    + "\(difference(error(net, other) .- error(pca, other))): "
    + verdict(
      error(net, other) .- error(pca, other), below: "the network generalises better",
      above: "PCA generalises better")
    + ". *Other digits* are still made of strokes in the middle of the field: the code of 0–4 "
    + "leaves "
    + "\(short(mean(error(net, other)))) of them, the waves \(short(mean(error(dct, other)))). "
    + "A shift by an eighth of the width multiplies the error by "
    + "\(short(mean(error(net, moved)) / mean(error(net, home)))).")
let positions = (0..<k).map { log2(Double(D - $0) / Double($0 + 1)) }.sum()
lesson.say(
  "(The DCT that chooses for each image also has to say which $k$ of $D$ coefficients it kept: "
    + #"$\log_2 \binom{D}{k} = \#(short(positions))$ bits more.)"#)
lesson.figure(
  "errors",
  "Mean errors on each set: PCA follows the network's course, the DCT hardly notices what it is "
    + "shown."
) { errorsAtHomeAndAbroad(errors, names: mine.names) }
let margins = (
  home: zip(error(net, home), error(dct, home)).map { $0 / $1 }.greatest(),
  abroad: [inverted, random].flatMap { set in
    zip(error(net, set), error(dct, set)).map { $0 / $1 }
  }.least(),
  others: zip(error(net, home), zip(error(net, other), error(dct, other))).map {
    min($1.0 - $0, $1.1 - $1.0)
  }.least()
)
lesson.check(
  "at home it beats the DCT on every split: greatest ratio of errors", margins.home,
  isBelow: isSmall ? 0.5 : 1,
  because: "PCA alone, with $k$ directions to choose, has less than half of the DCT's error")
lesson.check(
  "abroad it loses: least ratio on inverted images and noise", margins.abroad, isAbove: 1,
  because: "the order is the claim")
lesson.check(
  "there it is worse than the mean image of what it is shown: least error",
  (error(net, inverted) + error(net, random)).least(), isAbove: 1,
  because: #"1 is that image's error, by the definition of $\varepsilon$"#)
lesson.check(
  "on 5–9 its error lies between that at home and the DCT's: least distance to both",
  margins.others, isAbove: 0, because: "the order is the claim")
lesson.check(
  "the DCT's error on inverted images is that on images", error(dct, inverted),
  equal: error(dct, home), within: 1e-12,
  because: "the constant wave is kept: only the sign of the error changes")
lesson.check(
  "its error on noise, mean over splits", mean(error(dct, random)),
  equals: 1 - Double(k) / Double(D), within: 0.03,
  because: "two hundred images of $D$ numbers a split: a scatter of about 0.005")

//: ## How much is compressed?
//:
//: $D$ numbers become $k$: a ratio of $D / k$. But a number is not a size. Counted in bits, $k$ floating-point numbers
//: may be *larger* than the image they stand for, whose pixels have few grey levels. So round each unit of the code to
//: the nearest of $2^b$ equally spaced levels from its least to its greatest value in training, and ask what error is
//: left *at a given number of bits*. PCA may do the same; and since its coefficients differ in size, it may also spend
//: more bits on the large ones and use more of them ([](@huang-schultheiss-1963)).
let rounded = trials.map { $0.rounded() }
let codes = mine.rounded().indices.map { code in
  (
    name: rounded[0][code].name,
    points: rounded[0][code].points.indices.map { i in
      (bits: rounded[0][code].points[i].bits, ε: rounded.map { $0[code].points[i].ε })
    }
  )
}
func at(_ bits: Int, _ code: Int) -> [Double] {
  codes[code].points.first { $0.bits >= bits }?.ε ?? []
}
let (budget, plenty) = (4 * k, 6 * k)
let advantage = at(budget, 0) .- at(budget, 2)
lesson.table(
  #"Error $\varepsilon$ on held-out 0–4 of rounded codes: mean over \#(repetitions) splits "#
    + "(least–greatest)",
  columns: ["code"] + (2...6).map { "\($0 * k) bits" },
  rows: codes.map { code in
    [Cell(code.name)] + code.points.map { Cell(spread($0.ε)) }
  })
lesson.finding(
  "At \(budget) bits an image the network leaves \(short(mean(at(budget, 0)))), PCA with as many "
    + "numbers \(short(mean(at(budget, 1)))) and PCA with its bits allotted "
    + "\(short(mean(at(budget, 2)))); at \(plenty) bits \(short(mean(at(plenty, 0)))), "
    + "\(short(mean(at(plenty, 1)))) and \(short(mean(at(plenty, 2)))): the lead is gone where "
    + "bits "
    + "are plenty.")
lesson.figure(
  "bits",
  "The network's curve is the lowest in the middle. It flattens where its $k$ units have nothing "
    + "more "
    + "to say; PCA goes on to further components."
) { errorsOverBits(codes.map { ($0.name, $0.points.map { ($0.bits, mean($0.ε)) }) }) }
let sent = mine.componentsSent(budget)
let rawBits = Double(D) * log2(digits.maximum + 1)
lesson.say(
  "At \(budget) bits the difference to PCA with its bits allotted is \(difference(advantage)): "
    + verdict(advantage, below: "the network is better", above: "PCA is better")
    + ". (The network could allot its bits, too, or have more units: `--code 10`.) But whoever "
    + "decodes "
    + "needs the decoder: \(mine.code.decoder.parameterCount) parameters, against "
    + "\((sent + 1) * D) of the mean and the \(sent) components that have bits. The raw pixels "
    + "have "
    + "\(short(rawBits)) bits. A *lossless* code, which gives each grey value of each pixel "
    + #"$-\log_2$ of its frequency in training, needs \#(short(losslessBits(low))): "#
    + "no rival's size, for it keeps another promise.")
lesson.check(
  "it beats PCA with as many numbers and bits on every split: greatest ratio at \(budget) bits",
  zip(at(budget, 0), at(budget, 1)).map { $0 / $1 }.greatest(), isBelow: 1,
  because: "it beats PCA unrounded, and four bits a unit cost both about the same")
lesson.check(
  "and PCA with as many bits, allotted: greatest ratio",
  zip(at(budget, 0), at(budget, 2)).map { $0 / $1 }.greatest(), isBelow: isSmall ? 1 : 2,
  because: "the order is the claim; larger images are given too few epochs")

//: ## Are the codes good features?
//:
//: A code that is good for reconstruction need not be good for anything else. Two judges with the labels of fifty
//: training images classify held-out ones: the nearest neighbour among the codes, which depends on how the code is
//: scaled, and a linear classifier, which does not. The controls: all pixels; PCA; the DCT; ten random projections; ten
//: *untrained* networks of the same shape. Both tasks have five classes, so guessing is wrong four times in five.
let judged = trials.map { trial in
  [
    trial.mistakes(trial.low, .nearest), trial.mistakes(trial.low, .linear),
    trial.mistakes(trial.high, .nearest), trial.mistakes(trial.high, .linear),
  ]
}
func mistakes(_ task: Int, _ features: Int) -> [Double] { judged.map { $0[task][features] } }
let (pixels, ofLow, ofHigh, components, random8, untrained) = (0, 1, 2, 3, 5, 6)
let excess = (0..<2).map { mistakes($0, ofLow) .- mistakes($0, components) }
lesson.table(
  "Mistakes: of \(low.test.count) held-out 0–4 and of \(high.test.count) held-out 5–9, mean over "
    + "\(repetitions) splits (least–greatest)",
  columns: ["features", "0–4, nearest", "0–4, linear", "5–9, nearest", "5–9, linear"],
  rows: mine.features.indices.map { feature in
    [Cell(mine.features[feature].name)] + (0..<4).map { Cell(spread(mistakes($0, feature))) }
  })
let betterCopies = zip(error(net, home), error(pca, home)).count { $0 < $1 }
lesson.finding(
  "The network copies better than PCA on \(betterCopies) of \(repetitions) splits, yet its "
    + "features "
    + "are not better: a nearest neighbour makes \(difference(excess[0])) mistakes more with "
    + "them ("
    + verdict(excess[0], below: "theirs is the lead", above: "PCA's are better")
    + "), a linear classifier \(difference(excess[1])) ("
    + verdict(excess[1], below: "theirs is the lead", above: "PCA's are better") + ").")
//: So *undercomplete codes keep what matters* is true of both, as the random controls show; that a network finds better
//: features is not what this experiment says. (`--splits 20` makes both differences clear, in PCA's favour. The splits
//: share images, so standard errors are rather too small.) On classes it has not seen a code makes worse features than one that was learnt there, and better ones than chance:
let swapped = (0..<trials.count).map { n in
  mistakes(2, ofLow)[n] - mistakes(2, ofHigh)[n]
}
lesson.say(
  "for a nearest neighbour on 5–9 the code of 0–4 makes \(difference(swapped)) mistakes more "
    + "than the "
    + "code of 5–9, random projections "
    + "\(difference(mistakes(2, random8) .- mistakes(2, ofLow))) more than the code of 0–4.")
lesson.check(
  "mistakes on 0–4, over those of random projections or untrained networks, whichever makes "
    + "fewer",
  mean(mistakes(0, ofLow)) / min(mean(mistakes(0, random8)), mean(mistakes(0, untrained))),
  isBelow: isSmall ? 0.75 : 1, because: "a quarter fewer is no accident of ten draws")
if isSmall {  // larger images have two splits only
  lesson.check(
    "on the other classes, mean excess over the code learnt there in standard errors",
    mean(swapped) / standardError(swapped), isAbove: 2.132,
    because: "Student's t of five splits: chance exceeds it in one case of twenty")
}

//: ## A code with room for everything
//:
//: With $K \ge D$ linear units, $h = W x$ and $\hat x = W^* h$, there is nothing to learn. Let the first $D$ units copy
//: one pixel each, $W = \begin{pmatrix} I \\ 0 \end{pmatrix}$ and $W^* = W^\top$.
let K = D + 32
let copying = Matrix<Double>(rows: K, columns: D) { j, i in i == j ? 1 : 0 }
let byHand = Network(
  encoder: Stack([Dense(W: copying, activation: .identity)]),
  decoder: Stack([Dense(W: copying.T, activation: .identity)]))
lesson.check(
  "written by hand: largest error of all seven sets",
  mine.sets.map { ε(byHand.reconstruct($0), of: $0) }.greatest(), isAtMost: 0,
  because: "products with 0 and 1 are exact")
//: The pixels are not special. A *random* $W$ will do: its columns are linearly independent with probability one
//: (dependence means $\det W^\top W = 0$, a polynomial in the weights that is not zero everywhere), and then the
//: pseudo-inverse $W^+$ undoes it.
let W = linear(K, inputs: D, seed: lesson.seed).encoder.W
let factors = SVD(W)
lesson.derive("A random encoder has a perfect decoder") { proof in
  let Σ⁻¹ = Matrix.diagonal(factors.σ.map { 1 / $0 })
  proof.start(#"W^+ W"#, W.pseudoInverse() * W)
  proof.equals(
    #"(W^\top W)^{-1} W^\top W"#, because: "full column rank: the normal equations",
    lesson.attempt { try (W.T * W).inverse() } * (W.T * W))
  proof.equals(
    #"V \Sigma^{-1} U^\top U \Sigma V^\top"#,
    because: #"$W = U \Sigma V^\top$ with all $D$ singular values above 0"#,
    factors.V * Σ⁻¹ * factors.U.T * factors.U * factors.Σ * factors.V.T)
  proof.equals("I", because: #"$U^\top U = I$, and $V$ is square"#, Matrix.identity(D))
}
lesson.check(
  "its least singular value over its largest", factors.σ[D - 1] / factors.σ[0], isAbove: 0.01,
  because: #"independent entries: about $(1 - \sqrt{D/K}) / (1 + \sqrt{D/K})$"#)
//: So a loss of zero proves nothing: neither encoder has seen an image, and both pairs copy noise to the last bit or
//: nearly so.

//: ## What training makes of it
//:
//: Is that what training finds? The gradient of the loss has the factor $C = \frac{1}{N} X^\top X$, and $C$ is blind to
//: every direction outside the span of the images, such as pixels that are blank in all of them. Let $\Pi$ be the
//: projection onto that span.
let spectrum = SVD(X)
let rank = spectrum.rank()
let basis = spectrum.truncated(to: rank).V
let Π = basis * basis.T
let outside = .identity(D) - Π
lesson.derive("The encoder learns nothing outside the span of the images") { proof in
  let network = linear(K, inputs: D, seed: lesson.seed)
  let objective = lesson.attempt { try Objective(network, data: X, loss: .gaussian) }
  let (W, decoder) = (network.encoder.W, network.decoder.W)
  let C = (1 / Double(X.rows)) * (X.T * X)
  proof.start(
    #"\frac{\partial L}{\partial W}"#,
    Matrix(rows: K, columns: D, elements: Array(objective.gradient()[..<(K * D)])))
  proof.equals(
    #"W^{*\top} (W^* W - I) C"#,
    because: "back-propagation: the error $\\hat x - x$ times $x^\\top$, averaged",
    decoder.T * (decoder * W - .identity(D)) * C)
  proof.equals(
    #"W^{*\top} (W^* W - I) C \Pi"#, because: #"$X \Pi = X$: the rows of $X$ lie in the span"#,
    decoder.T * (decoder * W - .identity(D)) * C * Π)
}
//: So every row of the gradient lies in the span, and every step of L-BFGS ([](@liu-nocedal-1989)), which adds up
//: gradients. As in [lesson 02](../02-linear-autoencoder/README.md) a few made-up examples with the same $C$ stand for
//: the images. Noise around zero is tested in two parts: what of it lies in the span, and what outside. (A held-out
//: image with ink where no training image has any lies partly outside, too.)
let noise = mine.sets[random] - Matrix(rows: Xʰ.rows, columns: D, repeating: 0.5)
let lean =
  Matrix.diagonal(
    (0..<rank).map { spectrum.σ[$0] * (Double(rank) / Double(X.rows)).squareRoot() }) * basis.T
let probes = [
  ("0–4", Xʰ), ("5–9", high.test.scaled), ("noise in the span", noise * Π),
  ("noise outside", noise * outside),
]
func probe(_ network: Network) -> [Double] {
  probes.map { ε(network.reconstruct($0.1), of: $0.1) }
}
// Larger images have more weights: fewer steps then.
let steps = D <= 64 ? 1000 : 50
let starts = isSmall ? 5 : 2
var courses: [[(step: Int, errors: [Double])]] = []
let copies = (0..<starts).map { start in
  var course: [(step: Int, errors: [Double])] = []
  let network = withLBFGS(
    linear(K, inputs: D, seed: lesson.seed &+ UInt64(start)), on: lean, steps: steps
  ) { course.append(($0, probe($1))) }
  courses.append(course)
  return network
}
let over = copies[0]
lesson.table(
  #"$K = D + 32$ linear units, \#(starts) random starts: $\varepsilon$ on what was never seen"#,
  columns: ["after"] + probes.map(\.0),
  rows: [steps / 32, steps / 4, steps].map { step in
    ["at most \(step) steps"]
      + probes.indices.map { probe in
        Cell(
          spread(
            courses.map { course in
              (course.last { $0.step <= step } ?? course[0]).errors[probe]
            }))
      }
  })
func atEnd(_ probe: Int) -> [Double] { courses.map { $0[$0.count - 1].errors[probe] } }
//: The lectures' sentence needs care here. An overcomplete network *can* copy without learning anything; a *trained* one
//: copies what the images vary in, the largest variance first, and the rest of it later.
let range = spectrum.σ[0] / spectrum.σ[rank - 1]
lesson.say(
  "The eigenvalues $\\gamma_i$ of $C$ within the span differ by a factor of "
    + "\(short(range * range)), and the loss hardly sees the small ones. So training stopped early "
    + "does learn that noise does not belong to the distribution; but it owes that to stopping, not to "
    + "the loss.")
lesson.figure(
  "copying",
  "Errors of copies, step by step. Noise outside the span has "
    + "\(Numeral.short(atEnd(3)[0], significant: 2)) at the end."
) { copyingInTraining(courses[0], names: probes.map(\.0)) }
lesson.check(
  "held-out images are copied, even of classes never seen: largest error",
  (atEnd(0) + atEnd(1)).greatest(), isBelow: isSmall ? 0.05 : 1,
  because: "the loss goes to 0; larger images are given too few steps to show it")
lesson.check(
  "noise in the span is not yet: its error over that of 0–4, least",
  zip(atEnd(2), atEnd(0)).map { $0 / $1 }.least(), isAbove: 1,
  because: "noise has as much in small eigenvalues, learnt last, as in large ones")
lesson.check(
  "noise outside never: least error of all steps",
  courses.flatMap { $0.map { $0.errors[3] } }.least(), isAbove: 1,
  because: "what the random encoder says there is decoded as ink")
lesson.check(
  #"the encoder outside is its random start: relative change of $W (I - \Pi)$"#,
  ((over.encoder.W - W) * outside).norm / (W * outside).norm, isBelow: 1e-10,
  because: "the derivation; rounding adds up over the steps")

//: ## One number for every image
//:
//: Is a *small* code safe, then? Not if encoder and decoder are strong enough. Here is a code of one number that knows
//: all training images, written down and not trained. A random direction $w$ casts on each image the shadow $w^\top x$;
//: no two images share one, with probability one. Thresholds $\theta_j$ half-way between neighbouring shadows count:
//: $h(x) = \sum_j s(\beta_j (w^\top x - \theta_j))$ with steep sigmoids $s$ is the number of the image in the line. The
//: decoder $g$ draws straight lines from each image to the next, by rectifiers with knots at the whole numbers and the
//: weights $a_j$.
//: @file OneNumber.swift encoder and decoder of the index, and how a code of one number is looked at
func direction(_ seed: UInt64) -> [Double] {
  var random = RandomStream(seed: seed, name: "direction")
  return (0..<D).map { _ in random.normal() }
}
let (index, lined) = indexNetwork(of: X, along: direction(lesson.seed))
let N = lined.rows
lesson.check(
  "the codes are $0, 1, 2, \\dots$", index.encode(lined).column(0),
  equal: (0..<N).map(Double.init), within: 1e-12, scale: 1,
  because: #"each sigmoid is at least 40 from its threshold, and $e^{-40} < 10^{-17}$"#)
lesson.derive("The decoder passes through the images") { proof in
  let bends = index.decoder.layers[1].W.T
  let ramps = Matrix<Double>(rows: N, columns: N - 1) { n, j in Double(max(n - j, 0)) }
  proof.start(
    "g(n)", index.decode(Matrix(rows: N, columns: 1) { n, _ in Double(n) }))
  proof.equals(
    #"x_0 + \sum_j a_j \max(n - j, 0)"#,
    because: "the decoder's formula: $a_0 = x_1 - x_0$, $a_j = x_{j+1} - 2 x_j + x_{j-1}$",
    (ramps * bends).addingToEachRow(lined.row(0)))
  proof.equals(
    #"x_0 + \sum_{m < n} \sum_{j \le m} a_j"#,
    because: #"$a_j$ is counted once for each $m$ with $j \le m < n$"#,
    summedTwice(bends, from: lined.row(0)))
  proof.equals(
    #"x_0 + \sum_{m < n} (x_{m+1} - x_m) = x_n"#,
    because: "second differences add up to first ones, and these telescope", lined)
}
//: So training images are perfect. A new image falls between two shadows and is decoded as one of two strangers or as a
//: mixture of them. What is decoded half-way between neighbours is measured by its squared distance to the nearest
//: *held-out* image, over that of the training images; the order by the squared distance of neighbours over that of all
//: pairs, which is 1 if the order means nothing.
let directions = isSmall ? 5 : 2
let indices = (0..<directions).map { n in
  let (network, lined) = indexNetwork(of: X, along: direction(lesson.seed &+ UInt64(n)))
  return OneNumberFigures(network, lined, test: Xʰ)
}
let principalOfAll = OneNumberFigures(principalNetwork(of: X), X, test: Xʰ)
lesson.finding(
  "One number can index \(N) images: training error "
    + "\(Numeral.residual(indices.map(\.training).greatest())), and on held-out images "
    + "\(spread(indices.map(\.test))), where the mean image has about 1 and one principal "
    + "component "
    + "\(short(principalOfAll.test)).")
lesson.check(
  "the index: greatest error on the training images", indices.map(\.training).greatest(),
  isBelow: 1e-20, because: #"squares of rounding, $(10^{-16})^2$, times the size of the sums"#)
lesson.check(
  "on held-out ones it is worse than the mean image: least error", indices.map(\.test).least(),
  isAbove: 1, because: "one of two unrelated images in the place of the right one has about 2")
lesson.check(
  "half-way images are like none: least strangeness", indices.map(\.strange).least(),
  isAbove: 1, because: "1 is that of a training image; a mixture of two others is no image")

//: ## Deeper: The same code, learnt by training
//:
//: Does gradient descent find such an index? Layers of $D$, 64, 32, **1**, 32, 64 and $D$ units are trained once on a
//: handful of images and once on all, from several starts and from weights of two sizes, because the answer could
//: depend on either: large weights make the $\tanh$ layers curved from the beginning.
let handful = low.training.prefix(memorised)
let memoryStarts = isSmall ? 8 : 2
func memories(_ scale: Double) -> [Network] {
  (0..<memoryStarts).map { oneNumber(on: handful, scale: scale, seed: lesson.seed &+ UInt64($0)) }
}
let (usual, large) = (memories(1), memories(3))
func learners(_ scale: Double) -> [Network] {
  (0..<starts).map { oneNumber(on: low.training, scale: scale, seed: lesson.seed &+ UInt64($0)) }
}
let (usualLearners, largeLearners) = (learners(1), learners(3))
func figures(_ networks: [Network], _ X: Matrix<Double>) -> [OneNumberFigures] {
  networks.map { OneNumberFigures($0, X, test: Xʰ) }
}
let ofUsual = figures(usual, handful.scaled)
let ofLarge = figures(large, handful.scaled)
let (ofUsualLearners, ofLearners) = (figures(usualLearners, X), figures(largeLearners, X))
let principalOfFew = figures([principalNetwork(of: handful.scaled)], handful.scaled)[0]
lesson.table(
  "Codes of one number: median over directions or starts (least–greatest)",
  columns: [
    "code", #"training $\varepsilon$"#, #"held-out $\varepsilon$"#, "neighbours apart",
    "half-way, strangeness",
  ],
  rows: [
    oneNumberRow("index, written down", indices),
    oneNumberRow("trained on \(memorised), usual weights", ofUsual),
    oneNumberRow("trained on \(memorised), threefold weights", ofLarge),
    oneNumberRow("one component of \(memorised)", [principalOfFew]),
    oneNumberRow("trained on all, usual weights", ofUsualLearners),
    oneNumberRow("trained on all, threefold weights", ofLearners),
    oneNumberRow("one component of all", [principalOfAll]),
  ])
func stuck(_ figures: [OneNumberFigures], at principal: OneNumberFigures) -> String {
  "\(figures.count { $0.training > 0.95 * principal.training }) of \(figures.count)"
}
lesson.say(
  "The start matters: trained on all, \(stuck(ofUsualLearners, at: principalOfAll)) networks "
    + "with "
    + "the usual weights end at what one principal component can do, and "
    + "\(stuck(ofLearners, at: principalOfAll)) with threefold ones; of a handful "
    + "\(stuck(ofUsual, at: principalOfFew)) and \(stuck(ofLarge, at: principalOfFew)). So "
    + "capacity "
    + "is too great or not *for a number of examples*: one architecture memorises a handful, "
    + "with a "
    + "held-out error of \(spread(ofLarge.map(\.test))), and generalises from all of them, with "
    + "\(spread(ofLearners.map(\.test))). And gradient descent did not find the arbitrary index "
    + "even where it memorised: neighbours in the line resemble each other, more than in the "
    + "order of "
    + "one principal component (\(short(principalOfFew.neighbours)) for the handful, "
    + "\(short(principalOfAll.neighbours)) for all).")
//: (A strangeness below 1 is not in itself good: blurred images are nearer to all others than sharp ones are to each
//: other.)
lesson.figure(
  "line",
  "Decoded at the codes of seven training images and half-way between them. The index fades from "
    + "each image to a stranger; the trained networks put similar images near each other. (In "
    + "the last "
    + "row a seventh of the images lies between one and the next.)"
) {
  lineOfImages(
    [
      ("index", strip(index, lined, from: N / 2, stride: 1)),
      ("trained on \(memorised)", strip(large[0], handful.scaled, from: 0, stride: 1)),
      ("trained on all", strip(largeLearners[0], X, from: X.rows / 14, stride: X.rows / 7)),
    ], width: digits.width, height: digits.height)
}
lesson.figure(
  "wells",
  "How far the decoded image is from the nearest memorised one, along the code: each image of "
    + "the "
    + "index has a well that ends at zero; the trained network has spaced its memories as it "
    + "liked."
) {
  Figure("Memories are wells along the code", columns: 2, width: 760) {
    wells(
      "Index: seven codes", index, lined,
      codes: Array(inLine(index, lined).codes[N / 2..<N / 2 + 7]))
    wells(
      "Trained on \(memorised): all codes", large[0], handful.scaled,
      codes: inLine(large[0], handful.scaled).codes)
  }
}
lesson.check(
  "trained on a handful: the median training error over that of one principal component",
  median((ofUsual + ofLarge).map(\.training)) / principalOfFew.training,
  isBelow: isSmall ? 0.5 : 1,
  because: "PCA is the best linear code: half of its error takes a curve through the images")
lesson.check(
  "held-out it is worse than that component: the median error over it",
  median((ofUsual + ofLarge).map(\.test)) / principalOfFew.test, isAbove: 1,
  because: "the sentence: memorised is not learnt")
lesson.check(
  "trained on all from threefold weights, it beats one component of all: median held-out error "
    + "over "
    + "it", median(ofLearners.map(\.test)) / principalOfAll.test, isBelow: 1,
  because: "PCA is the best linear code: below 1 takes a curve, and one that new images are near")

//: ## Deeper: Weight decay, a first remedy
//:
//: What can be done for a network that has too few examples? Weight decay prevents the worst. So does stopping early;
//: and the control is PCA of the same few images.
//:
//: Add $\lambda \Omega$ with $\Omega = \lVert \theta \rVert^2$, over the weights and not the biases, to the loss of a
//: network that has too few examples: the undercomplete one, trained on a few images only. What can be said beforehand?
//: At the *global* minima, more decay means smaller weights and a greater training loss, for every network:
let (weak, strong) = (1e-2, 3e-2)
let second = SymmetricEigen((1 / Double(X.rows)) * (X.T * X))
func minimum(_ λ: Double) -> (loss: Double, size: Double) {
  let left = second.values.map { decayFactor($0, λ) }
  let lost = zip(second.values, left).map { γ, s in γ * (1 - s) * (1 - s) / 2 }
  return (lost.sum(), 2 * left.sum())
}
lesson.derive("More decay, greater training loss") { proof in
  let (one, two) = (minimum(weak), minimum(strong))
  proof.start(#"L_2 - L_1"#, two.loss - one.loss)
  proof.atLeast(
    #"\lambda_1 (\Omega_1 - \Omega_2)"#,
    because: #"network 1 is a minimum for $\lambda_1$: $L_1 + \lambda_1 \Omega_1 \le "#
      + #"L_2 + \lambda_1 \Omega_2$"#,
    weak * (one.size - two.size))
  proof.atLeast(
    "0",
    because: #"add the same for $\lambda_2 > \lambda_1$, $L_2 + \lambda_2 \Omega_2 \le L_1 + "#
      + #"\lambda_2 \Omega_1$: what is left is "#
      + #"$(\lambda_2 - \lambda_1)(\Omega_1 - \Omega_2) \ge 0$"#,
    0)
}
//: (The lines are evaluated on a linear network, whose minimum is known: see below.) A curve of training errors that
//: falls with the decay is therefore not at its minimum. The networks below are trained by L-BFGS, and the figure has
//: the curve after half of the steps as well.
//:
//: The strength is chosen on as many images again, and so is the moment to stop *without* decay, the classical rival
//: ([](@prechelt-1998)). Another rival is PCA with the same $k$ from the same images, which has nothing to choose.
//: @file FewImages.swift the networks with few images and their rivals
let decays = [1e-3, 3e-3, 1e-2, 3e-2, 1e-1]
let fewSteps = isSmall ? 800 : 100
let starved = (0..<starts).map { n in
  let trial = trials[min(n, repetitions - 1)]
  let images = FewImages(trial.low, few: few, noise: trial.sets[random])
  return DecayTrial(images, k: k, decays: decays, steps: fewSteps, seed: trial.seed)
}
func starvedRow(_ name: String, _ errors: (DecayTrial) -> FewErrors) -> [Cell] {
  let all = starved.map(errors)
  return [
    Cell(name), Cell(spread(all.map(\.training))), Cell(spread(all.map(\.test))),
    Cell(spread(all.map(\.noise))),
  ]
}
let beatsPCA = starved.map { $0.chosen.test - $0.principal.test }
let againstStopping = starved.map { $0.chosen.test - $0.stopped.test }
lesson.table(
  #"\#(few) training images: $\varepsilon$, mean over \#(starts) splits (least–greatest)"#,
  columns: ["code", "training", "held-out", "noise"],
  rows: [
    starvedRow("network, no decay, \(fewSteps) steps") { $0.end },
    starvedRow("network, no decay, stopped early") { $0.stopped },
    starvedRow("network, decay chosen") { $0.chosen },
    starvedRow("PCA of the same images") { $0.principal },
  ])
lesson.finding(
  "Of \(few) images a network without decay makes a held-out error of "
    + "\(short(mean(starved.map(\.end.test)))); weight decay brings it down to "
    + "\(short(mean(starved.map(\.chosen.test)))), stopping early to "
    + "\(short(mean(starved.map(\.stopped.test)))), and PCA with as many numbers has "
    + "\(short(mean(starved.map(\.principal.test)))) from the start.")
lesson.say(
  "Decay against PCA: \(difference(beatsPCA)) in held-out error: "
    + verdict(beatsPCA, below: "decay is better", above: "PCA is better")
    + ". Decay against stopping early: \(difference(againstStopping)): "
    + verdict(againstStopping, below: "decay is better", above: "stopping early is better")
    + ". The decays chosen lie between \(short(starved.map(\.chosenDecay).least())) and "
    + "\(short(starved.map(\.chosenDecay).greatest())). On noise all of them stay worse than its "
    + "mean "
    + "image.")
lesson.figure(
  "decay",
  "Left: over the strength of the decay the held-out error has its least value in the middle; "
    + "where "
    + "the training error falls it is not yet at its minimum. Right: without decay the held-out "
    + "error "
    + "falls for some dozens of steps and then rises."
) { errorsUnderDecay(starved, decays: decays, steps: fewSteps) }
lesson.check(
  "without decay it overfits: least ratio of held-out to training error",
  starved.map { $0.end.test / $0.end.training }.least(), isAbove: isSmall ? 4 : 1,
  because: "the training error goes on falling while the held-out error rises; 4 leaves no doubt")
lesson.check(
  "decay helps: mean difference of held-out errors over its standard error",
  mean(starved.map { $0.chosen.test - $0.end.test })
    / standardError(starved.map { $0.chosen.test - $0.end.test }), isBelow: isSmall ? -3 : 10,
  because: "three standard errors are no chance; larger images have few steps and two splits")
lesson.check(
  "where training has come to its minimum its error rises with the decay: least factor from the "
    + "third on",
  starved.flatMap { trial in
    zip(trial.ends.dropFirst(3), trial.ends.dropFirst(2)).map { $0.training / $1.training }
  }.least(), isAbove: isSmall ? 1 : 0.5,
  because: "the derivation, if the minima found are as good as global ones")

//: ## Deeper: Weight decay on an overcomplete code, and the Wiener filter
//:
//: And the *overcomplete* linear network? Without decay it had no gap to close: it copies what it has never seen. With
//: decay it becomes a filter that takes noise off images, and there is a best one to compare it with.
//:
//: Lesson 02 knows its minimum, and none of the argument there needs $k < D$: $W^* W$ becomes $\sum_i \max(0, 1 - 2
//: \lambda / \gamma_i) \, v_i v_i^\top$, with $\gamma_i$ and $v_i$ the eigenvalues and eigenvectors of $C$. Directions
//: with little variance are cut, those outside the span with the others, and that is a notion of what the images are.
//: Reconstruction cannot show its use; cleaning can. Add Gaussian noise $e$ of standard deviation $\sigma = \frac14$ to
//: each pixel and ask for the image. No linear map $B$ can do better than the Wiener filter ([](@wiener-1949)):
let σ = 0.25
let shrunk = Shrinkage(X, centred: false)
lesson.derive("The best linear map for cleaning") { proof in
  let C = (1 / Double(X.rows)) * (X.T * X)
  let M = C + σ * σ * .identity(D)
  let B = shrunk.map { γ, _ in decayFactor(γ, 1e-2) }
  let best = C * lesson.attempt { try M.inverse() }
  let gap = B - best
  proof.start(
    #"\frac1N \sum \lVert x - B x \rVert^2 + \sigma^2 \lVert B \rVert_F^2"#,
    squaredError(X, X * B.T) + σ * σ * B.squaredNorm)
  proof.equals(
    #"\operatorname{tr} (C - 2 B C + B M B^\top), \quad M = C + \sigma^2 I"#,
    because: "multiply out; the mean of $x x^\\top$ is $C$",
    (C - 2 * (B * C) + B * M * B.T).trace)
  proof.equals(
    #"\operatorname{tr} (B - C M^{-1}) M (B - C M^{-1})^\top "#
      + #"+ \operatorname{tr} (C - C M^{-1} C)"#,
    because: "complete the square", (gap * M * gap.T).trace + (C - best * C).trace)
  proof.atLeast(
    #"\operatorname{tr} (C - C M^{-1} C)"#,
    because: #"$M$ is positive definite: the first trace is 0 for $B = C M^{-1}$ only"#,
    (C - best * C).trace)
  proof.equals(
    #"\sigma^2 \sum_i \frac{\gamma_i}{\gamma_i + \sigma^2}"#,
    because: #"in the eigenvectors of $C$: $\gamma - \gamma^2 / (\gamma + \sigma^2)$"#,
    σ * σ * shrunk.moments.values.map { wienerFactor($0, σ) }.sum())
}
//: (The first line is the mean over the noise: $x - B(x + e)$ has the parts $x - B x$ and $B e$, and the mixed terms
//: vanish because $e$ has mean 0 and is independent of $x$.) About the mean image the same holds with the covariance.
//: @file Cleaning.swift shrinkage by decay and by Wiener's formula, and how they are compared
let cleaned = trials.map { Cleaning($0.low, noise: σ, seed: $0.seed) }
let loss = cleaned.map { $0.decay - $0.wiener }
lesson.table(
  #"Noisy 0–4, cleaned: $\varepsilon$, mean over \#(repetitions) splits (least–greatest)"#,
  columns: ["linear map", #"$\varepsilon$"#],
  rows: [
    ["copying", Cell(spread(cleaned.map(\.copy)))],
    ["weight decay, its minimum, strength chosen", Cell(spread(cleaned.map(\.decay)))],
    ["PCA, number of components chosen", Cell(spread(cleaned.map(\.components)))],
    ["Wiener filter", Cell(spread(cleaned.map(\.wiener)))],
    ["Wiener filter about the mean image", Cell(spread(cleaned.map(\.aboutMean)))],
  ])
lesson.say(
  "Decay is worse than the Wiener filter by \(difference(loss)); the filter is told the strength "
    + "of "
    + "the noise, decay's own was chosen (\(spread(cleaned.map(\.λ)))). That is near, and the "
    + "figure "
    + "shows why: $1 - 2\\lambda/\\gamma$ and $\\gamma/(\\gamma + \\sigma^2)$ agree to first "
    + "order for large $\\gamma$ if $2\\lambda = \\sigma^2$; but then decay cuts abruptly where "
    + "Wiener fades, so less of it is better.")
let remedies = [1e-2, 1e-1].map { λ in
  let network = withLBFGS(
    linear(K, inputs: D, seed: lesson.seed), on: lean, steps: min(steps, 500), decay: λ)
  let shrunkTo = shrunk.map { γ, _ in decayFactor(γ, sizeFactor(pixels: D) * λ) }
  let distance = (network.decoder.W * network.encoder.W - shrunkTo).norm / shrunkTo.norm
  return (network: network, distance: distance)
}
lesson.figure(
  "shrinkage",
  "What is left of a direction over its second moment: decay cuts below $2\\lambda$, the filter "
    + "fades."
) { shrinkageCurves([1e-2, σ * σ / 2], noise: σ) }
lesson.check(
  "decay cleans: greatest error over that of a copy, of all splits",
  zip(cleaned.map(\.decay), cleaned.map(\.copy)).map { $0 / $1 }.greatest(),
  isBelow: isSmall ? 0.5 : 1,
  because: "most directions have less variance than noise: to drop them halves the error")
lesson.check(
  "on held-out images too the Wiener filter is better: least difference",
  loss.least(), isAbove: 0, because: "the derivation, if held-out images have the same $C$")
lesson.check(
  "training finds that minimum: greatest distance of $W^* W$ from the formula, relative",
  remedies.map(\.distance).greatest(), isBelow: isSmall ? 0.01 : 2,
  because: "no bad minima (lesson 02), 500 steps; larger images are given too few")

//: ## Deeper: What the units look at, and what they draw
//:
//: A row of $W$ is what a unit looks at, a column of $W^*$ what it draws. Structure in such a filter can be measured by
//: the DCT, if it is compared with a random one.
//:
//: The measure: the share of a filter's energy in the first quarter of the waves, the coarse ones. Speckle has a
//: quarter.
let coarse = Q[rows: 0..<D / 4]
func structure(_ drawings: Matrix<Double>) -> Double {
  (coarse * drawings).squaredNorm / drawings.squaredNorm
}
let filters = [
  ("narrow code", mine.sigmoids), ("copying by hand", byHand), ("wide code", over),
  ("wide, with decay", remedies[0].network),
]
let shares = [
  trials.map { structure($0.sigmoids.decoder.W) }, [structure(byHand.decoder.W)],
  copies.map { structure($0.decoder.W) }, remedies[..<1].map { structure($0.network.decoder.W) },
]
let likeStart = zip(copies, 0..<starts).map { network, start in
  let W = linear(K, inputs: D, seed: lesson.seed &+ UInt64(start)).encoder.W
  return dot(network.encoder.W, W) / (network.encoder.W.norm * W.norm)
}
lesson.table(
  "Share of the decoder's energy in coarse waves (least–greatest over splits or starts)",
  columns: filters.map(\.0), rows: [shares.map { Cell(spread($0)) }])
lesson.figure(
  "filters",
  "Filters of four networks, each scaled to its largest weight. Copying units see and draw one "
    + "pixel "
    + "each. In coarse waves the undercomplete units have "
    + "\(Numeral.percent(mean(shares[0]), decimals: 0)) of what they draw, the overcomplete ones "
    + "\(Numeral.percent(mean(shares[2]), decimals: 0)) after training and "
    + "\(Numeral.percent(shares[3][0], decimals: 0)) with weight decay."
) { filterImages(filters, width: digits.width, height: digits.height) }
lesson.check(
  "the undercomplete network draws more coarsely than the overcomplete one: least ratio",
  shares[0].least() / shares[2].greatest(), isAbove: 1,
  because: "strokes are coarse; random weights are spread over all waves alike")
lesson.check(
  "the trained overcomplete filters are largely their random start: least cosine between them",
  likeStart.least(), isAbove: 0.5, because: "half of the length is more than all that was learnt")

//: ## Deeper: New writers, and more time
//:
//: Two controls that could kill the first sections: images by writers who were not there in training, and another
//: budget of training.
//:
//: The file of the digits is not labelled by writer, but those who wrote them follow each other. So hold out the last
//: quarter of the file instead of a random one. And train the network of this run for a quarter and for four times as
//: many epochs.
let strangers = halves(blockSplit(digits)).low
let budgets: [(name: String, parts: Parts, code: Network)] =
  (isSmall ? [80, 320, 1280] : [10, 40]).map { n in
    let code = n == epochs ? mine.code : undercomplete(k, on: X, epochs: n, seed: lesson.seed)
    return ("\(n) epochs", low, code)
  } + [
    (
      "\(epochs) epochs, new writers", strangers,
      undercomplete(k, on: strangers.training.scaled, epochs: epochs, seed: lesson.seed)
    )
  ]
let controls = budgets.map { name, parts, code in
  let (X, Xʰ) = (parts.training.scaled, parts.test.scaled)
  let components = principalComponents(k, of: X)
  return (
    name: name, home: ε(code.reconstruct(Xʰ), of: Xʰ),
    pca: ε(about(components.μ, Xʰ) { $0 * components.V * components.V.T }, of: Xʰ),
    inverted: ε(code.reconstruct(parts.test.inverted.scaled), of: parts.test.inverted.scaled),
    rounded: roundedError(code, X, Xʰ, bits: 4), mistakes: wrong(parts, .nearest, code.encode),
    mistakesOfPCA: wrong(parts, .nearest) { $0 * components.V }
  )
}
lesson.table(
  "The network on 0–4 and PCA under other conditions, one split each",
  columns: [
    "condition", "at home", "PCA at home", "inverted", "at \(budget) bits", "mistakes, nearest",
    "PCA's mistakes",
  ],
  rows: controls.map { control in
    [Cell(control.name)]
      + [control.home, control.pca, control.inverted, control.rounded].map {
        Cell($0, significant: 3)
      } + [.fixed(control.mistakes, decimals: 0), .fixed(control.mistakesOfPCA, decimals: 0)]
  })
lesson.say(
  "From a quarter of the epochs to four times as many the error at home goes from "
    + "\(short(controls[0].home)) to \(short(controls[controls.count - 2].home)). A quarter is "
    + "too "
    + "few to compare networks with anything, above all at equal bits; four times as many change "
    + "little. Mistakes here are those of one split and one block of writers: no verdict.")
lesson.check(
  "at home the network beats PCA for new writers too: ratio of errors",
  controls[controls.count - 1].home / controls[controls.count - 1].pca, isBelow: 1,
  because: "the order is the claim")
lesson.check(
  "abroad it is worse than the mean image under every condition: least error on inverted images",
  controls.map(\.inverted).least(), isAbove: 1, because: "1 is the error of the set's own mean")

//: ## The lectures' sentences, measured
//:
//: [Srihari](@srihari) (S) and [Larochelle](@larochelle) (L) say what such codes do. Each sentence beside its figures:
lesson.table(
  "Sentences; means over the splits or starts",
  columns: ["sentence", "measured on held-out images", "so, on the default digits"],
  rows: [
    [
      "S: autoencoders are data-specific",
      Cell(
        "5–9 over 0–4: \(short(mean(error(net, other)) / mean(error(net, home)))); PCA: "
          + "\(short(mean(error(pca, other)) / mean(error(pca, home)))); DCT: "
          + short(mean(error(dct, other)) / mean(error(dct, home)))),
      "yes; so is PCA",
    ],
    [
      "S: they compress *only* data like that of training",
      Cell(
        "network over DCT on 5–9: \(short(mean(error(net, other)) / mean(error(dct, other)))); "
          + "inverted: \(short(mean(error(net, inverted)) / mean(error(dct, inverted))))"),
      "other classes: no; other kinds of image: yes",
    ],
    [
      "S: they are lossy",
      Cell("undercomplete \(short(mean(error(net, home)))); overcomplete by hand 0"),
      "if undercomplete",
    ],
    [
      "S: an undercomplete code captures the salient features",
      Cell(
        "mistakes less PCA's: \(difference(excess[0])) (nearest), "
          + "\(difference(excess[1])) (linear); random projections' less its own: "
          + difference(mistakes(0, random8) .- mistakes(0, ofLow))),
      "more than chance; not more than PCA",
    ],
    [
      "L: it compresses well only for the training distribution",
      Cell(
        "mistakes on 5–9 with the code of 0–4 less those with the code of 5–9: "
          + difference(swapped)),
      "of other classes: worse, not useless",
    ],
    ["L: overcomplete units could copy one input each", "by hand 0 on everything", "yes"],
    [
      "S: overcomplete codes learn to copy",
      Cell(
        "0–4: \(Numeral.residual(mean(atEnd(0)))); noise in the span: "
          + "\(Numeral.residual(mean(atEnd(2)))); outside: \(Numeral.residual(mean(atEnd(3))))"),
      "what the data span, little by little",
    ],
    [
      "L: no guarantee of meaningful structure",
      "cosine of the filters with their random start \(short(mean(likeStart)))", "yes",
    ],
    [
      "S: one number can index all examples",
      Cell(
        "training \(Numeral.residual(mean(indices.map(\.training)))), held-out "
          + short(mean(indices.map(\.test)))),
      "by construction",
    ],
    [
      "S: too much capacity learns nothing useful",
      Cell(
        "\(memorised) images: \(short(median(ofLarge.map(\.test)))); all: "
          + "\(short(median(ofLearners.map(\.test)))); one component of all: "
          + short(principalOfAll.test)),
      "capacity relative to examples",
    ],
    [
      "S: regularised overcomplete networks can learn something",
      Cell(
        "noisy images cleaned \(short(mean(cleaned.map(\.decay)))), copied "
          + "\(short(mean(cleaned.map(\.copy)))), Wiener \(short(mean(cleaned.map(\.wiener))))"),
      "yes: nearly the Wiener filter",
    ],
  ])
//: @file Tables.swift how figures of several splits are written
//: @file Figures.swift the figures of this lesson

//: ## Deeper: Errata
//:
//: Where the lectures' sentences go too far: seven places.
//:
//: - Srihari's autoencoders are "only able to compress data similar to what they have been trained on". That is too
//:   strong where the other data share their strokes: see 5–9. And "autoencoders are lossy" stands beside his own
//:   overcomplete case, which is lossless.
//: - "Capacity controlled by depth": the index above needs one hidden layer in the encoder and one in the decoder. Its
//:   capacity is their *width* and the size of the weights.
//: - He calls the power of non-linear encoders and decoders not desirable. With enough examples the network of one
//:   number beats one principal component on images it has not seen. What is not desirable is power without examples.
//: - "Even a linear encoder/decoder can learn to copy": they can *copy*; learning by gradient from these images never
//:   reaches directions outside their span.
//: - Larochelle's hidden layer "compresses" if it has fewer units than the input. Counted in bits that needs coarse units
//:   as well.
//: - Of his overcomplete units each "could copy a different input component": only $D$ of the $K$ can, there are no more
//:   components.
//: - [Khapra's](@khapra) contractive penalty is to keep even an *undercomplete* network from learning the identity. A
//:   continuous code of fewer numbers than inputs can never give the identity on the whole space (invariance of domain),
//:   only on thin subsets: a surface, or a training set as the index does.

//: ## Deeper: Is my number right?
//:
//: Headline figures of five splits and starts beside this run's. Some are of the same split: it is as easy or hard for
//: the network as for PCA.
lesson.bands("Headline figures") { seed in
  let known: Trial? = trials.first { $0.seed == seed }
  let parts = randomSplit(digits, seed: seed)
  let trial = known ?? Trial(parts, k: k, waves: Q, epochs: epochs, seed: seed)
  let (errors, bits) = (trial.errors(), trial.rounded())
  let wrong = trial.mistakes(trial.low, .nearest)
  let cleaned = Cleaning(trial.low, noise: σ, seed: seed)
  return [
    "the code of 0–4 at home": errors[net][home], "PCA at home": errors[pca][home],
    "the code of 0–4 on 5–9": errors[net][other],
    "the code at 4k bits": bits[0].points[2].ε, "PCA at 4k bits, allotted": bits[2].points[2].ε,
    "mistakes of the code": wrong[ofLow], "mistakes of PCA": wrong[components],
    "cleaned by decay": cleaned.decay, "cleaned by Wiener": cleaned.wiener,
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question An image has 28 × 28 pixels of 256 levels. A code has 32 units of 32 bits. What is the compression ratio?
//: @answer $784 / 32 = 24.5$ by numbers. By bits the image has $784 \cdot 8 = 6272$ and the code $32 \cdot 32 = 1024$: a ratio of 6.1, to be compared
//: with what a lossless coder reaches, and to be paid for with the decoder's parameters. Rounding the units to 6 bits makes it 32.7.
//:
//: @question Write down $W$ and $W^*$ of $K = 2D$ units that copy every input, and use all units.
//: @answer $W = \begin{pmatrix} I \\ I \end{pmatrix}$ and $W^* = \frac12 (I \; I)$: each pixel is copied twice and averaged. Or any $W$ of rank $D$ and
//: $W^* = W^+$. A loss of zero cannot tell them apart.
//:
//: @question Why is the DCT's relative error on inverted images exactly that on the images, and the network's is not?
//: @answer The constant image lies in the span of $Q_k$, so $1 - x$ has the error of $-x$, and $\bar x$ is inverted with it. The network was never shown
//: a bright corner: its biases and the span of its decoder belong to dark ones.
//:
//: @question Of 64 basis vectors the DCT keeps 16. What error do you expect on white noise, and on what image is it 0?
//: @answer $1 - 16/64 = 0.75$: each coefficient of white noise carries the same share. It is 0 on every mixture of the sixteen waves it keeps.
//:
//: @question A linear network with $K > D$ was trained on images to a loss of $10^{-9}$. A pixel that is 0 in all of them is set to 1. What comes out?
//: @answer Whatever the decoder draws for the random start of the encoder. The gradient has the factor $C$,
//: and column and row of $C$ for this pixel are 0, so its weights in $W$ have never moved. With weight decay they shrink to 0, and the pixel is ignored.
//:
//: @question An index reconstructs 1024 images without error from one number. How many bits has its code, and where is
//: the information about the images?
//: @answer $\log_2 1024 = 10$ bits. The images are in the decoder's weights, all of them: nothing is compressed. It is a list and a page number.
//:
//: @question Held-out error is above that of the mean image, training error near zero. Name two remedies, and one that is none.
//: @answer More examples, or a penalty such as weight decay; a smaller network, too. Longer training is none: it lowers the training error further.
//: ## Sources
//:
//: @sources
lesson.finish()
