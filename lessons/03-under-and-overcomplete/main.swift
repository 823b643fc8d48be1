//: # 3 · Under- and overcomplete
//:
//: A code too small for a perfect copy has to choose what to keep; a large one need not choose
//: anything. This lesson measures both on what they have never seen, down to a code of a *single
//: number* that knows every training image.
//:
//: @opening decoded
//: - build a codec of cosines, and predict two of its errors;
//: - count a code in bits, and compare it with rivals of as many;
//: - write down weights that copy every input, and a single number that memorises a training set;
//: - prove what gradient descent never learns;
//: - name the controls that could show a learnt code to be useless.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "A small code is good at home and bad abroad; a large one may copy everything; one number "
    + "can index every example.")
let k = lesson.knob("units", 8, in: 6...10, "the number k of units of the undercomplete code")
let memorised = lesson.knob(
  "memorised", 16, in: 8...24, "the images to be memorised by a trained code of one number")
let splits = lesson.knob(
  "splits", 5, in: 5...20, "the splits of the images over which undercomplete codes are compared")
let few = lesson.knob("few", 40, in: 30...60, "the training images of the network that overfits")
let updates = lesson.knob(
  "updates", 1000, in: 500...20000, "the steps that train a network of one number")

let digits = smallEnough(
  lesson.images(ImageNeeds(pixels: 64, ofClasses: [(0...4, 100), (5...9, 100)])))
let D = digits.width * digits.height

//: ## A codec that was never trained
//:
//: The cosines $c_m(t) \propto \cos \frac{\pi m (t + 1/2)}{n}$, $m = 0, \dots, n - 1$, are waves on $n$ pixels: the
//: basis of the discrete cosine transform ([](@ahmed-1974)).
func wave(_ m: Int, _ t: Int, _ n: Int) -> Double {
  .cos(.pi * Double(m) * (Double(t) + 0.5) / Double(n))
}
func waves(_ n: Int) -> Matrix<Double> { Matrix(rows: n, columns: n) { m, t in wave(m, t, n) } }
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
//: Ordered from coarse to fine, the first $k$ rows give a code of $k$ numbers, $h = Q_k x$ and
//: $\hat x = Q_k^\top h$, that knows nothing of the images.
let (across, down) = (waves(digits.width), waves(digits.height))
let frequencies = zigzag(width: digits.width, height: digits.height)
let Q = Matrix(rows: D, columns: D) { j, pixel in
  let (m, l) = frequencies[j]
  let (line, column) = pixel.quotientAndRemainder(dividingBy: digits.width)
  return across[m, column] * down[l, line] / (norm(across.row(m)) * norm(down.row(l)))
}
let Qₖ = Q[rows: 0..<k]
//: Errors are relative, $\varepsilon = \sum \lVert x - \hat x \rVert^2 / \sum \lVert x - \bar x \rVert^2$ over a set of
//: images with mean $\bar x$: 0 is perfect, 1 no better than the set's own mean image.
//: @file Codecs.swift the untrained codecs, rounding, and how errors are measured
lesson.derive("Parseval: the error is the energy of what was dropped") { proof in
  let X = digits.scaled
  let H = X * Q.T
  proof.start(#"\lVert X - X Q_k^\top Q_k \rVert_F^2"#, (X - X * Qₖ.T * Qₖ).squaredNorm)
  proof.equals(
    #"\lVert X Q^\top - X Q_k^\top Q_k Q^\top \rVert_F^2"#,
    because: "$Q^\\top$ is orthogonal: it keeps lengths",
    (X * Q.T - X * Qₖ.T * (Qₖ * Q.T)).squaredNorm)
  proof.equals(
    #"\sum_{j > k} \lVert X q_j \rVert^2"#,
    because: #"$Q_k Q^\top = I_{\le k}$: the first $k$ coefficients cancel, the others, with "#
      + "$q_j$ the rows of $Q$, stay",
    (k..<D).map { j in dot(H.column(j), H.column(j)) }.sum())
}
//: So the best $k$ coefficients *of one image* are its largest: a codec, too, but it must send along which ones they
//: were. Two errors can be predicted. The constant wave is kept, so inverting an image only turns the sign of its error.
//: And white noise has as much energy in each of $D$ orthonormal directions as in any other: with $D - k$ of them
//: dropped, the error is $1 - k / D$.
lesson.check(
  #"$Q$ is orthonormal: $\lVert Q Q^\top - I \rVert$"#, (Q * Q.T - .identity(D)).norm,
  isBelow: 1e-12, because: "rounding in $D^2$ sums of $D$ products")

//: ## A code that was
//:
//: The other codec is learnt: layers of $D$, 32, $k$, 32 and $D$ units, $\tanh$ around a linear code, trained on three
//: quarters of the classes 0–4. A step is [lesson 00's](../00-what-an-autoencoder-is/README.md) back-propagation, layer
//: by layer: with $h_0 = x$, $h_i = s_i(W_i h_{i-1} + b_i)$ and $\hat x$ the last of these,
//:
//: $$ \delta = \frac{1}{N} (\hat x - x), \qquad
//: \frac{\partial L}{\partial W_i} = \sum \delta \, h_{i-1}^\top, \qquad
//: \delta \leftarrow (W_i^\top \delta) \odot (1 - h_{i-1} \odot h_{i-1}), $$
//:
//: summed over the images; the last factor only where layer $i - 1$ is a $\tanh$.
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
//: Adam ([](@kingma-2014)) takes 240 epochs of such steps on minibatches of 32, from weights
//: uniform in $\pm \sqrt{6/(\text{inputs} + \text{outputs})}$ ([](@glorot-2010)); its step falls
//: from 0.01 to 0.0004. Tests are held-out 0–4 (*at home*) and, *abroad*, what the network never
//: saw: 5–9; the images moved right by an eighth of their width; inverted; with the pixels of
//: each shuffled; and noise. All is repeated on other splits and starts; pictures show the split
//: of median error at home.
//: @file Training.swift how images are split and networks trained
//: @file Trials.swift what is measured on one split
let epochs = 240
let seeds = (0..<splits).map { lesson.seed &+ UInt64($0) }
let trials = seeds.map { seed in
  lesson.progress("splits", Double(seed &- lesson.seed) / Double(splits))
  return Trial(randomSplit(digits, seed: seed), k: k, waves: Q, epochs: epochs, seed: seed)
}
let errors = trials.map { $0.errors() }  // split, codec, set
func error(_ codec: Int, _ set: Int) -> [Double] { errors.map { $0[codec][set] } }
let (home, other, moved, inverted, random) = (1, 2, 3, 4, 6)
let (net, pca, meanImage, dct, dctAboutMean) = (0, 3, 4, 5, 7)
let mine = trials[middle(of: error(net, home))]
let (low, high, X, Xʰ) = (mine.low, mine.high, mine.sets[0], mine.sets[home])
//: Differences are paired over the splits; their standard errors count that [training parts
//: overlap](../12-which-autoencoder/README.md#the-heart-a-verdict), and within three of them
//: nothing is clear.
let ρ = Double(low.test.count) / Double(X.rows)
func paired(_ x: [Double]) -> String { difference(x, testPerTraining: ρ) }
lesson.check(
  "the heart is the library's gradient of this network on all training images",
  gradient(mine.code.encoder.layers + mine.code.decoder.layers, X),
  equal: lesson.attempt { try Objective(mine.code, data: X, loss: .gaussian).gradient() },
  within: 1e-12, scale: 1, because: "rounding: sums over $N$ images in another order")
lesson.figure(
  "decoded",
  "Whatever it is shown, the network draws something like its training images."
) { decodedImages(mine, width: digits.width, height: digits.height) }
lesson.table(
  #"Relative error $\varepsilon$ of codes of $k = \#(k)$ numbers, trained on (rows), tested on "#
    + #"(columns): mean over \#(splits) splits (least–greatest)"#,
  columns: ["codec"] + mine.names,
  rows: mine.codecs.indices.map { codec in
    [Cell(mine.codecs[codec].name)] + mine.names.indices.map { Cell(spread(error(codec, $0))) }
  })
lesson.finding(
  "On held-out 0–4 the learnt code leaves \(short(mean(error(net, home)))) of the variance, "
    + "as many cosines about the mean image \(short(mean(error(dctAboutMean, home)))); on "
    + "inverted images the code leaves \(short(mean(error(net, inverted)))), where their own "
    + "mean image leaves 1.")
//: The lower rows are controls. PCA is no network and shows the same pattern: being
//: *data-specific* comes from the data, not from depth.
lesson.say(
  "The mean image of 0–4 alone has \(short(mean(error(meanImage, inverted)))) on inverted "
    + "images. The network's error less PCA's is "
    + "\(paired(error(net, home) .- error(pca, home))) at home (± standard error) and "
    + "\(paired(error(net, other) .- error(pca, other))) on 5–9: "
    + verdict(
      error(net, other) .- error(pca, other), testPerTraining: ρ,
      below: "the network generalises better", above: "PCA generalises better")
    + ". *Other digits* are still strokes in the middle of the field. A shift by an eighth of "
    + "the width multiplies the error by \(ratio(error(net, moved), error(net, home))).")
lesson.figure(
  "errors", "PCA follows the network's course; the DCT hardly notices the set."
) { errorsAtHomeAndAbroad(errors, names: mine.names) }
lesson.check(
  "at home it beats the DCT on every split: greatest ratio of errors",
  ratios(error(net, home), error(dct, home)).greatest(), isBelow: 1,
  because: "the order is the claim")
lesson.check(
  "abroad it loses: least ratio on inverted images and noise",
  [inverted, random].flatMap { ratios(error(net, $0), error(dct, $0)) }.least(), isAbove: 1,
  because: "the order is the claim")
lesson.check(
  "there it is worse than the mean image of what it is shown: least error",
  (error(net, inverted) + error(net, random)).least(), isAbove: 1,
  because: #"1 is that image's error, by the definition of $\varepsilon$"#)
lesson.check(
  "on 5–9 its error lies between that at home and the DCT's: least distance to both",
  zip(error(net, home), zip(error(net, other), error(dct, other))).map {
    min($1.0 - $0, $1.1 - $1.0)
  }.least(), isAbove: 0, because: "the order is the claim, about digits")
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
//: $D$ numbers become $k$, but a number is not a size: $k$ floating-point numbers may take *more* bits than the image
//: they stand for. So round each unit of the code to the nearest of $2^b$ levels, fitted to its values in training, and
//: compare errors *at equal bits*. PCA may do the same; and since its coefficients differ in size, it may also give more
//: bits to the large ones and use more of them ([](@gray-neuhoff-1998)).
let rounded = trials.map { $0.rounded() }
let codes = overSplits(rounded)  // each with its bits, and its errors on all splits
func at(_ bits: Int, _ code: Int) -> [Double] {
  codes[code].points.first { $0.bits >= bits }?.ε ?? []
}
let (tight, budget, plenty) = (3 * k, 4 * k, 6 * k)
func leader(_ bits: Int) -> String {
  verdict(
    at(bits, 0) .- at(bits, 2), testPerTraining: ρ, below: "the network is better",
    above: "PCA is better")
}
lesson.table(
  #"Error $\varepsilon$ on held-out 0–4 of rounded codes: mean over \#(splits) splits "#
    + "(least–greatest)",
  columns: ["code"] + (2...6).map { "\($0 * k) bits" },
  rows: codes.map { code in
    [Cell(code.name)] + code.points.map { Cell(spread($0.ε)) }
  })
lesson.finding(
  "At \(tight) bits an image the network leaves \(short(mean(at(tight, 0)))) and PCA, its bits "
    + "allotted, \(short(mean(at(tight, 2)))) (\(leader(tight))); at \(budget) bits "
    + "\(short(mean(at(budget, 0)))) and \(short(mean(at(budget, 2)))) (\(leader(budget))), at "
    + "\(plenty) \(short(mean(at(plenty, 0)))) and \(short(mean(at(plenty, 2)))) "
    + "(\(leader(plenty))).")
lesson.figure(
  "bits", "The network's curve levels off with its $k$ units; PCA goes on to further components."
) { errorsOverBits(codes.map { ($0.name, $0.points.map { ($0.bits, mean($0.ε)) }) }) }
let sent = mine.componentsSent(budget)
let rawBits = Double(D) * log2(digits.maximum + 1)
lesson.say(
  "At \(tight) bits the network's error less PCA's is "
    + "\(paired(at(tight, 0) .- at(tight, 2))), at \(budget) bits "
    + "\(paired(at(budget, 0) .- at(budget, 2))). But whoever decodes needs the decoder: "
    + "\(mine.code.decoder.parameterCount) parameters, against \((sent + 1) * D) for the mean "
    + "and the \(sent) components that have bits. (Raw pixels have \(short(rawBits)) bits, in "
    + "a *lossless* code \(short(losslessBits(low))).)")
lesson.check(
  "it beats PCA with as many numbers and bits on every split: greatest ratio at \(budget) bits",
  ratios(at(budget, 0), at(budget, 1)).greatest(), isBelow: 1,
  because: "it beats PCA unrounded, and four bits a unit cost both about the same")
lesson.check(
  "and PCA with as many bits, allotted: greatest ratio at \(tight) bits",
  ratios(at(tight, 0), at(tight, 2)).greatest(), isBelow: 1,
  because: "the order is the claim")
//: The rounding decides as well. With levels at equal steps over their range PCA's scores, most of which are small, lose
//: more than the network's units: on the default digits the network then leads at 32 bits too, by 0.05.

//: ## Are the codes good features?
//:
//: A code good for reconstruction need not be good for anything else. Two judges who know the labels of fifty training
//: images classify held-out ones: the nearest neighbour among the codes, which depends on how a code is scaled, and a
//: linear classifier, which hardly does. Controls: all pixels, PCA, the DCT, ten random projections, ten *untrained*
//: networks of the same shape. A guess is wrong four times in five.
let judged = trials.map { $0.mistakes() }  // split, task, features
func mistakes(_ task: Int, _ features: Int) -> [Double] { judged.map { $0[task][features] } }
let (ofLow, ofHigh, components, random8, untrained) = (1, 2, 3, 5, 6)
let excess = (0..<2).map { mistakes($0, ofLow) .- mistakes($0, components) }
let swapped = mistakes(2, ofLow) .- mistakes(2, ofHigh)
lesson.table(
  "Mistakes: of \(low.test.count) held-out 0–4, of \(high.test.count) held-out 5–9; mean "
    + "over \(splits) splits (least–greatest)",
  columns: ["features", "0–4, nearest", "0–4, linear", "5–9, nearest", "5–9, linear"],
  rows: mine.features.indices.map { feature in
    [Cell(mine.features[feature].name)] + (0..<4).map { Cell(spread(mistakes($0, feature))) }
  })
let betterCopies = zip(error(net, home), error(pca, home)).count { $0 < $1 }
func better(_ excess: [Double]) -> String {
  verdict(
    excess, testPerTraining: ρ, below: "the network's are better", above: "PCA's are better")
}
lesson.finding(
  "The network copies better than PCA on \(betterCopies) of \(splits) splits; as features, its "
    + "codes differ from PCA's by \(paired(excess[0])) mistakes with a nearest neighbour "
    + "(\(better(excess[0]))) and \(paired(excess[1])) with a linear classifier "
    + "(\(better(excess[1]))).")
//: So *undercomplete codes keep what matters* is true of both, as the random controls show; nothing here says that a
//: network finds better features.
lesson.say(
  "Mistakes of a nearest neighbour on 5–9: with the code of 0–4 less with that of 5–9, "
    + "\(paired(swapped)); with random projections less with the code of 0–4, "
    + "\(paired(mistakes(2, random8) .- mistakes(2, ofLow))).")
lesson.check(
  "fewer mistakes on 0–4 than random projections or untrained networks, whichever makes "
    + "fewer: mean difference in standard errors",
  studentsT(
    zip(mistakes(0, random8), mistakes(0, untrained)).map(min) .- mistakes(0, ofLow),
    testPerTraining: ρ),
  isAbove: 2.132, because: "Student's t of five splits: chance exceeds it in one case of twenty")
lesson.check(
  "on the other classes, mean excess over the code learnt there in standard errors",
  studentsT(swapped, testPerTraining: ρ), isAbove: 2.132, because: "as above")

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
//: The pixels are not special: a *random* $W$ will do. Its columns are linearly independent with probability one ($\det
//: W^\top W$ is a polynomial in the weights, and not zero everywhere), so its pseudo-inverse $W^+$ undoes it.
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
//: So a loss of zero proves nothing: neither encoder has seen an image, and both pairs copy noise as well.
lesson.check(
  "its least singular value over its largest", factors.σ[D - 1] / factors.σ[0], isAbove: 0.01,
  because: #"independent entries: about $(1 - \sqrt{D/K}) / (1 + \sqrt{D/K})$"#)

//: ## What training makes of it
//:
//: The gradient of the loss has the factor $C = \frac{1}{N} X^\top X$, which is blind to every direction outside the
//: span of the images, such as pixels that are blank in all of them. Let $\Pi$ be the projection onto that span.
let spectrum = SVD(X)
let rank = spectrum.rank()
let basis = spectrum.truncated(to: rank).V
let Π = basis * basis.T
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
//: So every row of the gradient lies in the span, and with it every step of [lesson
//: 02's](../02-linear-autoencoder/README.md) L-BFGS ([](@liu-nocedal-1989)), a sum of gradients.
//: As there, a few made-up examples with the same $C$ stand for the images. Noise around zero is
//: tested in two parts: in the span, and outside.
let noise = mine.sets[random] - Matrix(rows: Xʰ.rows, columns: D, repeating: 0.5)
let lean = examples(rank, likeThose: spectrum, of: X.rows)
let outside = rank < D ? [("noise outside", noise - noise * Π)] : []
let probes =
  [("0–4", Xʰ), ("5–9", high.test.scaled), ("noise in the span", noise * Π)] + outside
func probe(_ network: Network) -> [Double] {
  probes.map { ε(network.reconstruct($0.1), of: $0.1) }
}
let (steps, starts) = (500, 5)
var courses: [[(step: Int, errors: [Double])]] = []
let copies = (0..<starts).map { start in
  var course: [(step: Int, errors: [Double])] = []
  let network = withLBFGS(
    linear(K, inputs: D, seed: lesson.seed &+ UInt64(start)), on: lean, steps: steps
  ) { course.append(($0, probe($1))) }
  courses.append(course)
  return network
}
func after(_ step: Int, _ probe: Int) -> [Double] {
  courses.map { course in (course.last { $0.step <= step } ?? course[0]).errors[probe] }
}
lesson.table(
  #"$K = D + 32$ linear units, \#(starts) random starts: $\varepsilon$ on what was never seen"#,
  columns: ["after"] + probes.map(\.0),
  rows: [32, 128, steps].map { step in
    ["\(step) steps"] + probes.indices.map { Cell(spread(after(step, $0))) }
  })
//: An overcomplete network *can* copy without learning anything; a *trained* one first copies what the images vary in
//: most, and the rest later.
let range = spectrum.σ[0] / spectrum.σ[rank - 1]
lesson.say(
  "The eigenvalues $\\gamma_i$ of $C$ within the span differ by a factor of "
    + "\(short(range * range)), and the loss hardly sees the small ones. Stopped early, "
    + "training does learn that noise is foreign; but that is owed to stopping, not to the "
    + "loss.")
lesson.figure(
  "copying", "Held-out images are copied soon, noise in the span slowly, noise outside it never."
) { copyingInTraining(courses[0], names: probes.map(\.0)) }
lesson.check(
  "held-out images are copied, even of classes never seen: greatest error",
  (after(steps, 0) + after(steps, 1)).greatest(), isBelow: error(pca, home).least(),
  because: "PCA's at home: a linear code of $k$ numbers leaves about that, so more were learnt")
lesson.check(
  "noise in the span is not yet: its error over that of 0–4, least",
  ratios(after(steps, 2), after(steps, 0)).least(), isAbove: 1,
  because: "noise has as much in small eigenvalues, learnt last, as in large ones")
for probe in 3..<probes.count {  // images that span every direction have no outside
  lesson.check(
    "noise outside never: least error of all steps",
    courses.flatMap { $0.map { $0.errors[probe] } }.least(), isAbove: 1,
    because: "what is decoded is unrelated to it, so its energy adds to the 1 of what is missed")
  lesson.check(
    #"the encoder outside is its random start: relative change of $W (I - \Pi)$"#,
    ((copies[0].encoder.W - W) * (.identity(D) - Π)).norm / (W - W * Π).norm, isBelow: 1e-10,
    because: "the derivation; rounding adds up over the steps")
}

//: ## One number for every image
//:
//: Is a *small* code safe, then? Not if encoder and decoder are strong enough. This code of one
//: number knows all training images, and was written down, not trained. Each image casts a shadow
//: $w^\top x$ on a random direction $w$; no two images share one, with probability one.
//: Thresholds $\theta_j$ half-way between neighbouring shadows count: $h(x) = \sum_j s(\beta_j
//: (w^\top x - \theta_j))$ with steep sigmoids $s$ is the image's number in line. The decoder $g$
//: draws straight lines from each image to the next, by rectifiers with weights $a_j$ and knots
//: at the whole numbers.
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
//: Training images come out perfect; a new one is decoded as the stranger with the nearest shadow or, close to a
//: threshold, as a mixture of two.
let indices = (0..<starts).map { n in
  let (network, lined) = indexNetwork(of: X, along: direction(lesson.seed &+ UInt64(n)))
  return OneNumberFigures(network, lined, test: Xʰ)
}
let principalOfAll = OneNumberFigures(principalNetwork(of: X), X, test: Xʰ)
lesson.finding(
  "One number can index \(N) images: training error "
    + "at most \(Numeral.residual(indices.map(\.training).greatest())), on held-out images "
    + "\(spread(indices.map(\.test))), where one principal component leaves "
    + "\(short(principalOfAll.test)).")
lesson.check(
  "the index: greatest error on the training images", indices.map(\.training).greatest(),
  isBelow: 1e-20, because: #"squares of rounding, $(10^{-16})^2$, times the size of the sums"#)
lesson.check(
  "on held-out ones it is worse than the mean image: least error", indices.map(\.test).least(),
  isAbove: 1, because: "one of two unrelated images in the place of the right one has about 2")

//: ## Deeper: The same code, learnt by training
//:
//: Does gradient descent find such an index, on a handful of images or on all?
//:
//: Layers of $D$, 64, 32, **1**, 32, 64 and $D$ units are trained from several starts, and from weights of two sizes:
//: large ones make the $\tanh$ layers curved from the beginning. In the table, *neighbours apart* is the mean squared
//: distance of neighbours in line over that of all pairs, which is 1 if the order means nothing; *strangeness* is how
//: far what is decoded half-way between neighbours is from the nearest *held-out* image, squared, over the same for
//: training images. (A strangeness below 1 is not in itself good: blurred images are nearer to all others than sharp
//: ones are to each other.)
let handful = low.training.prefix(memorised)
func trained(on images: LabelledImages, scale: Double) -> [Network] {
  oneNumbers(on: images, scale: scale, updates: updates, starts: starts, seed: lesson.seed)
}
let (few1, few3) = (trained(on: handful, scale: 1), trained(on: handful, scale: 3))
let (all1, all3) = (trained(on: low.training, scale: 1), trained(on: low.training, scale: 3))
func figures(_ networks: [Network], _ X: Matrix<Double>) -> [OneNumberFigures] {
  networks.map { OneNumberFigures($0, X, test: Xʰ) }
}
let (ofFew1, ofFew3) = (figures(few1, handful.scaled), figures(few3, handful.scaled))
let (ofAll1, ofAll3) = (figures(all1, X), figures(all3, X))
let principalOfFew = figures([principalNetwork(of: handful.scaled)], handful.scaled)[0]
lesson.table(
  "Codes of one number, \(updates) steps: median over directions or starts (least–greatest)",
  columns: [
    "code", #"training $\varepsilon$"#, #"held-out $\varepsilon$"#, "neighbours apart",
    "half-way, strangeness",
  ],
  rows: [
    oneNumberRow("index, written down", indices),
    oneNumberRow("trained on \(memorised), usual weights", ofFew1),
    oneNumberRow("trained on \(memorised), threefold weights", ofFew3),
    oneNumberRow("one component of \(memorised)", [principalOfFew]),
    oneNumberRow("trained on all, usual weights", ofAll1),
    oneNumberRow("trained on all, threefold weights", ofAll3),
    oneNumberRow("one component of all", [principalOfAll]),
  ])
func stuck(_ figures: [OneNumberFigures], at principal: OneNumberFigures) -> String {
  "\(figures.count { $0.training > 0.95 * principal.training }) of \(figures.count)"
}
lesson.say(
  "After \(updates) steps the start matters: trained on all, "
    + "\(stuck(ofAll1, at: principalOfAll)) networks with the usual weights end at what one "
    + "principal component can do, and \(stuck(ofAll3, at: principalOfAll)) with threefold "
    + "ones; of a handful \(stuck(ofFew1, at: principalOfFew)) and "
    + "\(stuck(ofFew3, at: principalOfFew)). So capacity is too great only *for a number of "
    + "examples*: one architecture memorises a handful, with a held-out error of "
    + "\(spread(ofFew3.map(\.test))), and generalises from all of them, with "
    + "\(spread(ofAll3.map(\.test))). And gradient descent did not find the arbitrary index "
    + "even where it memorised: neighbours in its line are \(spread(ofFew3.map(\.neighbours))) "
    + "apart, less than the \(short(principalOfFew.neighbours)) of the order of one principal "
    + "component.")
//: None of this has converged, and the count is a matter of time: with `--updates 16000` all networks trained on all
//: images leave the principal component and go on improving on both sets, and the handful is memorised to rounding and,
//: held out, still worse than its component.
lesson.figure(
  "line",
  "The index fades from each image to a stranger; trained networks put similar images near each "
    + "other. (In the last row a quarter of the images lies between one and the next.)"
) {
  lineOfImages(
    [
      ("index", strip(index, lined, from: N / 2, stride: 1)),
      ("trained on \(memorised)", strip(few3[0], handful.scaled, from: 0, stride: 1)),
      ("trained on all", strip(all3[0], X, from: X.rows / 8, stride: X.rows / 4)),
    ], width: digits.width, height: digits.height)
}
lesson.figure(
  "wells",
  "How far the decoded image is from the nearest memorised one: each image of the index has a "
    + "well that ends at zero; the trained network's wells are uneven, and end above it."
) {
  memoryWells(
    index: (index, lined), trained: (few3[0], handful.scaled), from: N / 2, memorised: memorised)
}
lesson.check(
  "half-way images of the index are like none: least strangeness",
  indices.map(\.strange).least(), isAbove: 1,
  because: "1 is that of a training image; a mixture of two others is no image")
lesson.check(
  "trained on a handful: the greatest training error over that of one principal component",
  (ofFew1 + ofFew3).map(\.training).greatest() / principalOfFew.training, isBelow: 1,
  because: "PCA is the best linear code: below its error takes a curve through the images")
lesson.check(
  "held-out it is worse than that component: the median error over it",
  median((ofFew1 + ofFew3).map(\.test)) / principalOfFew.test, isAbove: 1,
  because: "the claim to be tested: what is memorised is not learnt")
lesson.check(
  "trained on all from threefold weights, it beats one component of all: greatest held-out "
    + "error "
    + "over it", ofAll3.map(\.test).greatest() / principalOfAll.test, isBelow: 1,
  because: "PCA is the best linear code: below 1 takes a curve, and one that new images are near")

//: ## Deeper: Weight decay, a first remedy
//:
//: What helps a network that has too few examples: weight decay, stopping early, or PCA of the same few images?
//:
//: Add $\lambda \Omega$ with $\Omega = \lVert \theta \rVert^2$, over the weights and not the biases, to the loss of the
//: undercomplete network, trained on a few images only. What can be said beforehand? At the *global* minima, more decay
//: means smaller weights and a greater training loss, for every network:
lesson.derive("More decay, greater training loss") {
  let moments = SymmetricEigen((1 / Double(X.rows)) * (X.T * X)).values
  moreDecayMoreLoss(&$0, moments: moments, weak: 1e-2, strong: 3e-2)
}
//: (The lines are evaluated on a linear network, whose minimum is known: see below.) A curve of training errors that
//: falls with the decay is therefore not at its minimum. The networks below are trained by L-BFGS, and the figure has
//: the curve after half of the steps as well.
//:
//: The strength is chosen on as many images again, and so is the moment to stop *without* decay, the classical rival
//: ([](@prechelt-1998)). Another rival is PCA with the same $k$ from the same images, which has nothing to choose.
//: (Forty images hardly overlap from split to split, the test images do: the errors below count neither, and are somewhat
//: too small.)
//: @file FewImages.swift the networks with few images and their rivals
let decays = [1e-3, 3e-3, 1e-2, 3e-2, 1e-1]
let fewSteps = 400
let starved = trials.prefix(starts).map { trial in
  let images = FewImages(trial.low, few: few, noise: trial.sets[random])
  return DecayTrial(images, k: k, decays: decays, steps: fewSteps, seed: trial.seed)
}
let beatsPCA = starved.map { $0.chosen.test - $0.principal.test }
let againstStopping = starved.map { $0.chosen.test - $0.stopped.test }
lesson.table(
  #"\#(few) training images: $\varepsilon$, mean over \#(starts) splits (least–greatest)"#,
  columns: ["code", "training", "held-out", "noise"],
  rows: [
    fewImagesRow("network, no decay, \(fewSteps) steps", starved.map(\.end)),
    fewImagesRow("network, no decay, stopped early", starved.map(\.stopped)),
    fewImagesRow("network, decay chosen", starved.map(\.chosen)),
    fewImagesRow("PCA of the same images", starved.map(\.principal)),
  ])
lesson.finding(
  "From \(few) images, and as many to choose by, a network without decay has a held-out error of "
    + "\(short(mean(starved.map(\.end.test)))) after \(fewSteps) steps, with decay "
    + "\(short(mean(starved.map(\.chosen.test)))), stopped early "
    + "\(short(mean(starved.map(\.stopped.test)))); PCA of the first \(few) alone, with as many "
    + "numbers, \(short(mean(starved.map(\.principal.test)))).")
lesson.say(
  "Decay against PCA: \(difference(beatsPCA)) in held-out error: "
    + verdict(beatsPCA, below: "decay is better", above: "PCA is better")
    + ". Decay against stopping early: \(difference(againstStopping)): "
    + verdict(againstStopping, below: "decay is better", above: "stopping early is better")
    + ". (The decay chosen was \(spread(starved.map(\.chosenDecay))).) On noise all of them stay "
    + "worse than its mean image.")
lesson.figure(
  "decay",
  "Above: where the training error falls with the decay, as after half the steps, it is not yet "
    + "at its minimum. Below: without decay the held-out error falls for about a hundred steps, "
    + "then rises to the end."
) { errorsUnderDecay(starved, decays: decays, steps: fewSteps) }
lesson.check(
  "without decay it overfits: mean rise of the held-out error from where it stops early to the "
    + "end, in standard errors",
  studentsT(starved.map { $0.end.test - $0.stopped.test }), isAbove: 2.132,
  because: "Student's t of five splits: chance exceeds it in one case of twenty")
lesson.check(
  "decay helps: mean fall of the held-out error in standard errors",
  studentsT(starved.map { $0.end.test - $0.chosen.test }), isAbove: 2.132, because: "as above")
lesson.check(
  "where training has come to its minimum its error rises with the decay: least factor from "
    + "the third on",
  starved.flatMap { trial in
    zip(trial.ends.dropFirst(3), trial.ends.dropFirst(2)).map { $0.training / $1.training }
  }.least(), isAbove: 1,
  because: "the derivation, if the minima found are as good as global ones")

//: ## Deeper: Weight decay and the Wiener filter
//:
//: With decay the *overcomplete* linear network takes noise off images, and there is a best filter to compare it with.
//:
//: Lesson 02 knows its minimum, and none of the argument there needs $k < D$: $W^* W$ becomes $\sum_i \max(0, 1 - 2
//: \lambda / \gamma_i) \, v_i v_i^\top$, with $\gamma_i$ and $v_i$ the eigenvalues and eigenvectors of $C$. Directions
//: with little variance are cut, those outside the span with the others, and that is a notion of what the images are.
//: Reconstruction cannot show its use; cleaning can. Add Gaussian noise $e$ of standard deviation $\sigma = \frac14$ to
//: each pixel and ask for the image. No linear map $B$ can do better than the Wiener filter ([](@wiener-1949)):
let σ = 0.25
lesson.derive("The best linear map for cleaning") { wienerIsBest(&$0, X, noise: σ, decay: 1e-2) }
//: (The first line is the mean over the noise: $x - B(x + e)$ has the parts $x - B x$ and $B e$, and the mixed terms
//: vanish because $e$ has mean 0 and is independent of $x$.) About the mean image the same holds with the covariance.
//: @file Cleaning.swift shrinkage by decay and by Wiener's formula, and how they are compared
let cleaned = trials.map { Cleaning($0.low, noise: σ, seed: $0.seed) }
let loss = cleaned.map { $0.decay - $0.wiener }
lesson.table(
  #"Noisy 0–4, cleaned: $\varepsilon$, mean over \#(splits) splits (least–greatest)"#,
  columns: ["linear map", #"$\varepsilon$"#],
  rows: [
    ["copying", Cell(spread(cleaned.map(\.copy)))],
    ["weight decay, its minimum, strength chosen", Cell(spread(cleaned.map(\.decay)))],
    ["PCA, number of components chosen", Cell(spread(cleaned.map(\.components)))],
    ["Wiener filter", Cell(spread(cleaned.map(\.wiener)))],
    ["Wiener filter about the mean image", Cell(spread(cleaned.map(\.aboutMean)))],
  ])
lesson.say(
  "Decay's error less the Wiener filter's is \(paired(loss)); the filter is told the "
    + "strength of the noise, decay's own was chosen (\(spread(cleaned.map(\.λ)))). That is "
    + "near, and the figure shows why: $1 - 2\\lambda/\\gamma$ and $\\gamma/(\\gamma + "
    + "\\sigma^2)$ agree to first order for large $\\gamma$ if $2\\lambda = \\sigma^2$; but "
    + "then decay cuts abruptly where Wiener fades, so less of it is better.")
let shrunk = Shrinkage(X, centred: false)
let remedies = [1e-2, 1e-1].map { λ in
  let network = withLBFGS(
    linear(K, inputs: D, seed: lesson.seed), on: lean, steps: steps, decay: λ)
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
  ratios(cleaned.map(\.decay), cleaned.map(\.copy)).greatest(), isBelow: 1,
  because: "a direction with less variance than noise is better dropped than copied")
lesson.check(
  "on held-out images too the Wiener filter is better: least difference",
  loss.least(), isAbove: 0, because: "the derivation, if held-out images have the same $C$")
lesson.check(
  "training finds that minimum: greatest distance of $W^* W$ from the formula, relative",
  remedies.map(\.distance).greatest(), isBelow: 0.01,
  because: "no bad minima (lesson 02); \(steps) steps are meant to come within one per cent")

//: ## Deeper: What the units draw
//:
//: A row of $W$ is what a unit looks at, a column of $W^*$ what it draws: strokes or speckle?
//:
//: The measure: the share of a filter's energy in the first quarter of the waves, the coarse ones. Speckle has a
//: quarter.
func structure(_ drawings: Matrix<Double>) -> Double {
  (Q[rows: 0..<D / 4] * drawings).squaredNorm / drawings.squaredNorm
}
let filters = [
  ("narrow code", mine.sigmoids), ("copying by hand", byHand), ("wide code", copies[0]),
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
  "Filters of four networks, each scaled to its largest weight: copying units see and draw one "
    + "pixel each, the wide code's are speckle, the narrow one's strokes."
) { filterImages(filters, width: digits.width, height: digits.height) }
lesson.check(
  "the undercomplete network draws more coarsely than the overcomplete one: least ratio",
  shares[0].least() / shares[2].greatest(), isAbove: 1,
  because: "strokes are coarse; random weights are spread over all waves alike")
lesson.check(
  "the trained overcomplete filters are largely their random start: least cosine between them",
  likeStart.least(), isAbove: 0.71,
  because: "above $1 / \\sqrt 2$ more of the length lies along the start than across it")

//: ## Deeper: New writers, and more time
//:
//: Two controls that could overturn the first sections: images by new writers, and another budget
//: of training.
//:
//: The file of the digits is not labelled by writer, but those who wrote them follow each other. So hold out the last
//: quarter of the file instead of a random one. And train the network for a quarter and for twice as many epochs.
let strangers = halves(blockSplit(digits)).low
let conditions =
  [epochs / 4, epochs, 2 * epochs].map { n in
    let code = n == epochs ? mine.code : undercomplete(k, on: X, epochs: n, seed: mine.seed)
    return Condition("\(n) epochs", low, code, k: k)
  } + [
    Condition(
      "\(epochs) epochs, new writers", strangers,
      undercomplete(k, on: strangers.training.scaled, epochs: epochs, seed: mine.seed), k: k)
  ]
lesson.table(
  "The network on 0–4 and PCA under other conditions, one split each",
  columns: [
    "condition", "at home", "PCA at home", "inverted", "at 4 bits a unit", "mistakes, nearest",
    "PCA's mistakes",
  ],
  rows: conditions.map { condition in
    [Cell(condition.name)]
      + [condition.home, condition.pca, condition.inverted, condition.rounded].map {
        Cell($0, significant: 3)
      } + [condition.mistakes, condition.mistakesOfPCA].map { .fixed($0, decimals: 0) }
  })
lesson.say(
  "From a quarter of the epochs to twice as many the error at home goes from "
    + "\(short(conditions[0].home)) over \(short(conditions[1].home)) to "
    + "\(short(conditions[2].home)). A quarter is too few to compare networks with anything, "
    + "above all at equal bits; twice as many change little. Mistakes here are those of one "
    + "split and one block of writers: no verdict.")
lesson.check(
  "at home the network beats PCA for new writers too: ratio of errors",
  conditions[3].home / conditions[3].pca, isBelow: 1, because: "the order is the claim")
lesson.check(
  "abroad it is worse than the mean image under every condition: least error on inverted images",
  conditions.map(\.inverted).least(), isAbove: 1, because: "1 is the error of the set's own mean")

//: ## The lectures' sentences, measured
//:
//: [Srihari](@srihari) (S) and [Larochelle](@larochelle) (L) say what such codes do.
func overHome(_ codec: Int) -> String { ratio(error(codec, other), error(codec, home)) }
func overDCT(_ set: Int) -> String { ratio(error(net, set), error(dct, set)) }
lesson.table(
  "Sentences; means over the splits or starts",
  columns: ["sentence", "measured on held-out images", "so, on the default digits"],
  rows: [
    sentence(
      "S: autoencoders are data-specific",
      "5–9 over 0–4: \(overHome(net)); PCA: \(overHome(pca)); DCT: \(overHome(dct))",
      "yes; so is PCA"),
    sentence(
      "S: they compress *only* data like that of training",
      "network over DCT on 5–9: \(overDCT(other)); inverted: \(overDCT(inverted))",
      "other classes: no; other kinds of image: yes"),
    sentence(
      "S: they are lossy",
      "undercomplete \(short(mean(error(net, home)))); overcomplete by hand 0",
      "if undercomplete"),
    sentence(
      "S: an undercomplete code captures the salient features",
      "mistakes less PCA's: \(paired(excess[0])) (nearest), \(paired(excess[1])) "
        + "(linear); random projections' less its own: "
        + paired(mistakes(0, random8) .- mistakes(0, ofLow)),
      "more than chance; not more than PCA"),
    sentence(
      "L: it compresses well only for the training distribution",
      "mistakes on 5–9 with the code of 0–4 less those with its own: \(paired(swapped))",
      "of other classes: worse, not useless"),
    sentence("L: overcomplete units could copy one input each", "by hand 0 on everything", "yes"),
    sentence(
      "S: overcomplete codes learn to copy",
      probes.indices.map { "\(probes[$0].0): \(short(mean(after(steps, $0))))" }
        .joined(separator: "; "),
      "what the data span, little by little"),
    sentence(
      "L: no guarantee of meaningful structure",
      "cosine of the filters with their random start \(short(mean(likeStart)))", "yes"),
    sentence(
      "S: one number can index all examples",
      "training \(Numeral.residual(mean(indices.map(\.training)))), held-out "
        + short(mean(indices.map(\.test))), "by construction"),
    sentence(
      "S: too much capacity learns nothing useful",
      "\(memorised) images: \(short(median(ofFew3.map(\.test)))); all: "
        + "\(short(median(ofAll3.map(\.test)))); one component of all: "
        + short(principalOfAll.test), "capacity relative to examples"),
    sentence(
      "S: regularised overcomplete networks can learn something",
      "noisy images cleaned \(short(mean(cleaned.map(\.decay)))), copied "
        + "\(short(mean(cleaned.map(\.copy)))), Wiener \(short(mean(cleaned.map(\.wiener))))",
      "yes: nearly the Wiener filter"),
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
//: - Larochelle's hidden layer "compresses" if it has fewer units than the input. Counted in bits, its units have to be
//:   rounded as well.
//: - Of his overcomplete units each "could copy a different input component": only $D$ of the $K$
//:   can; there are no more components.
//: - [Khapra's](@khapra) contractive penalty is to keep even an *undercomplete* network from learning the identity. A
//:   continuous code of fewer numbers than inputs can never give the identity on the whole space (invariance of domain),
//:   only on thin subsets: a surface, or a training set as the index does.

//: ## Deeper: Is my number right?
//:
//: Headline figures of seeds 1 to 5 beside this run's, which may be extreme.
//:
//: The means above are over splits; pictures and single networks are of the split with the median error at home. Figures
//: of one seed share a split, which is as easy or hard for the network as for PCA.
lesson.bands("Headline figures, each seed's own split") { seed in
  let n = seeds.firstIndex(of: seed)
  let trial =
    n.map { trials[$0] }
    ?? Trial(randomSplit(digits, seed: seed), k: k, waves: Q, epochs: epochs, seed: seed)
  let (errors, bits) = (trial.errors(), n.map { rounded[$0] } ?? trial.rounded())
  let wrong = n.map { judged[$0][0] } ?? trial.mistakes()[0]
  let clean = n.map { cleaned[$0] } ?? Cleaning(trial.low, noise: σ, seed: seed)
  return [
    "the code of 0–4 at home": errors[net][home], "PCA at home": errors[pca][home],
    "the code of 0–4 on 5–9": errors[net][other],
    "the code at 4k bits": bits[0].points[2].ε, "PCA at 4k bits, allotted": bits[2].points[2].ε,
    "mistakes of the code": wrong[ofLow], "mistakes of PCA": wrong[components],
    "cleaned by decay": clean.decay, "cleaned by Wiener": clean.wiener,
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question An image has 28 × 28 pixels of 256 levels, a code 32 units of 32 bits. What is the compression ratio?
//: @answer $784 / 32 = 24.5$ by numbers. By bits the image has $784 \cdot 8 = 6272$ and the code $32 \cdot 32 = 1024$: a ratio of 6.1, to be compared
//: with what a lossless coder reaches, and to be paid for with the decoder's parameters. Rounding the units to 6 bits makes it 32.7.
//:
//: @question Why is the DCT's error on inverted images exactly that on the images, and the network's is not?
//: @answer The constant image lies in the span of $Q_k$, so $1 - x$ has the error of $-x$, and $\bar x$ is inverted with it. The network was never shown
//: a bright corner: its biases and the span of its decoder belong to dark ones.
//:
//: @question A linear network with $K > D$ has a loss of $10^{-9}$. A pixel that was 0 in all images is set to 1. What comes out?
//: @answer Whatever the decoder draws for the random start of the encoder. The gradient has the factor $C$,
//: and column and row of $C$ for this pixel are 0, so its weights in $W$ have never moved. With weight decay they shrink to 0, and the pixel is ignored.
//:
//: @question An index reconstructs 1024 images from one number. How many bits has its code, and where are the images?
//: @answer $\log_2 1024 = 10$ bits. The images are in the decoder's weights, all of them: nothing is compressed. It is a list and a page number.
//:
//: @question Training error is near zero, held-out error above the mean image's. Name two remedies, and one that is none.
//: @answer More examples, or a penalty such as weight decay; a smaller network, too. Longer training is none: it lowers the training error further.
//: ## Sources
//:
//: @sources
lesson.finish()
