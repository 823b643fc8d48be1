//: # 3 · Under- and overcomplete
//:
//: A code that is too small for a perfect copy must choose what to keep; one that is large enough need not choose anything.
//: This lesson measures both. A small code trained on the classes 0–4, of digits, is set against a codec that was never trained, at home
//: and abroad. Large codes are written down that copy everything, and a code of a *single number* that knows every example by
//: its index. Then such networks are trained, which turns out to be a different matter, and weight decay is tried as a first remedy.
//:
//: | symbol | meaning |
//: |:--|:--|
//: | $X$, $\hat X$ | images and reconstructions, one a *row*: $N \times D$, grey values in $[0, 1]$ |
//: | $k$, $K$ | the number of units of an undercomplete and of an overcomplete code, $k < D \le K$ |
//: | $W$, $W^*$ | encoder and decoder of a linear network: $h = W x$, $\hat x = W^* h$ |
//: | $Q$ | an orthonormal basis, one vector a row; $Q_k$ its first $k$ rows |
//: | $P$ | the projection onto the span of the training images |
//: | $C$ | the second moments $\frac{1}{N} X^\top X$, with eigenvalues $\lambda_i$ and eigenvectors $u_i$ |
//: | $\lambda$ | without an index: the strength of weight decay |
//: | $\varepsilon$ | the relative error $\sum \lVert x - \hat x \rVert^2 / \sum \lVert x - \bar x \rVert^2$ on a set of images with mean $\bar x$: 0 is perfect, 1 no better than the mean image |
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "A small code is good at home and bad abroad; a large one may copy everything; one number can index every example.")
let k = lesson.knob("code", 8, in: 6...10, "the number k of units of the undercomplete code")
let memorised = lesson.knob("memorised", 16, in: 8...24, "the images to be memorised by a trained code of one number")
let few = lesson.knob("few", 40, in: 30...60, "the training images of the network that overfits")

let digits = lesson.images(ImageNeeds(pixels: 64, ofClasses: [(0...4, 100), (5...9, 100)]))
let D = digits.width * digits.height
let (low, high) = halves(lesson.seed)
let (X, Xʰ) = (low.training.scaled, low.test.scaled)

//: ## A codec that was never trained
//:
//: The cosines $c_u(x) \propto \cos \frac{\pi u (x + 1/2)}{n}$, $u = 0, \dots, n - 1$, are waves on $n$ pixels: the basis of the
//: discrete cosine transform (DCT-II) inside JPEG. They are orthogonal, whatever they are used for.
func wave(_ u: Int, _ x: Int, _ n: Int) -> Double { .cos(.pi * Double(u) * (Double(x) + 0.5) / Double(n)) }
func waves(_ n: Int) -> Matrix<Double> { Matrix(rows: n, columns: n) { u, x in wave(u, x, n) } }
/// Σ_x cos(πm(x + ½)/n) = sin(πm) / (2 sin(πm/2n)), which is 0 for whole m from 1 to 2n − 1, and n for m = 0.
func waveSum(_ m: Int, _ n: Int) -> Double {
  guard m > 0 else { return Double(n) }
  let angle: Double = .pi * Double(m)
  return .sin(angle) / (2 * .sin(angle / Double(2 * n)))
}
//: @fold The derivation in Swift
lesson.derive("The waves are orthogonal") { proof in
  let n = digits.width
  func entries(_ entry: (Int, Int) -> Double) -> Matrix<Double> { Matrix(rows: n, columns: n, entry: entry) }
  proof.start(
    #"\sum_x \cos u \theta_x \cos v \theta_x, \quad \theta_x = \tfrac{\pi (x + 1/2)}{n}"#, waves(n) * waves(n).T)
  proof.equals(
    #"\tfrac12 \sum_x \cos (u - v) \theta_x + \tfrac12 \sum_x \cos (u + v) \theta_x"#,
    because: #"$2 \cos \alpha \cos \beta$ is $\cos(\alpha - \beta) + \cos(\alpha + \beta)$"#,
    entries { u, v in (0..<n).map { (wave(u - v, $0, n) + wave(u + v, $0, n)) / 2 }.sum() })
  proof.equals(
    #"\tfrac12 S_{|u - v|} + \tfrac12 S_{u + v}, \quad S_0 = n"#,
    because:
      #"$S_m = \frac{\sin \pi m}{2 \sin (\pi m / 2n)}$: times $2 \sin \frac{\pi m}{2n}$ each $\cos m \theta_x$ is $\sin \frac{\pi m (x + 1)}{n} - \sin \frac{\pi m x}{n}$, and the sum telescopes"#,
    entries { u, v in (waveSum(abs(u - v), n) + waveSum(u + v, n)) / 2 })
  proof.equals(
    #"\operatorname{diag}\left(n, \tfrac n2, \dots, \tfrac n2\right)"#,
    because: #"$\sin \pi m = 0$, and $0 < m < 2n$ unless $m = 0$"#,
    Matrix.diagonal([Double(n)] + Array(repeating: Double(n) / 2, count: n - 1)))
}
//: Divided by their lengths they are orthonormal, and so are their products over lines and columns. Ordered from coarse to fine
//: (JPEG's zigzag) the first $k$ rows of $Q$ are a code of $k$ numbers, $h = Q_k x$ and $\hat x = Q_k^\top h$, that knows nothing of the images.
let (across, down) = (waves(digits.width), waves(digits.height))
let frequencies = zigzag(width: digits.width, height: digits.height)
let Q = Matrix(rows: D, columns: D) { j, pixel in
  let (u, v) = frequencies[j]
  let (y, x) = pixel.quotientAndRemainder(dividingBy: digits.width)
  return across[u, x] * down[v, y] / (norm(across.row(u)) * norm(down.row(v)))
}
let Qₖ = Q[rows: 0..<k]
lesson.check(#"$Q$ is orthonormal: $\lVert Q Q^\top - I \rVert$"#, (Q * Q.T - .identity(D)).norm, isBelow: 1e-12)
//: @fold The derivation in Swift
lesson.derive("Parseval: the error is the energy of what was dropped") { proof in
  let H = Xʰ * Q.T
  proof.start(#"\lVert X - X Q_k^\top Q_k \rVert_F^2"#, (Xʰ - Xʰ * Qₖ.T * Qₖ).squaredNorm)
  proof.equals(
    #"\lVert X Q^\top - X Q_k^\top Q_k Q^\top \rVert_F^2"#, because: "$Q^\\top$ is orthogonal: it keeps lengths",
    (Xʰ * Q.T - Xʰ * Qₖ.T * (Qₖ * Q.T)).squaredNorm)
  proof.equals(
    #"\sum_{j > k} \sum_n h_{nj}^2, \quad H = X Q^\top"#,
    because: #"$Q_k Q^\top = I_{\le k}$: the first $k$ coefficients cancel, the others stay"#,
    (k..<D).map { j in dot(H.column(j), H.column(j)) }.sum())
}
//: So the best $k$ coefficients *of one image* are its largest. That choice is a codec, too, but it must send along which they were.

//: ## A code that was
//:
//: The other codec is learnt: layers of $D$, 32, $k$, 32 and $D$ units, $\tanh$ around a linear code, trained on three quarters of
//: the classes 0–4. It is tested on the rest of them and on what it never saw: 5–9, the same images moved to the right by an eighth of
//: their width, inverted, with their pixels shuffled (each image in another order), and noise.
var dice = lesson.stream("noise")
let noise = Matrix<Double>.uniform(rows: Xʰ.rows, columns: D, using: &dice)
let shuffled = withPixelsShuffled(Xʰ, using: &dice)
let sets: [(name: String, X: Matrix<Double>)] = [
  ("0–4, training", X), ("0–4", Xʰ), ("5–9", high.test.scaled),
  ("0–4 moved", low.test.translated(dx: Double(digits.width) / 8, dy: 0).scaled),
  ("0–4 inverted", low.test.inverted.scaled), ("0–4 shuffled", shuffled), ("noise", noise),
]
let (home, other, moved, inverted, random) = (1, 2, 3, 4, 5...6)

let code = undercomplete(on: X, seed: lesson.seed)
let codeOfHigh = undercomplete(on: high.training.scaled, seed: lesson.seed)
let codeOfInverted = undercomplete(on: low.training.inverted.scaled, seed: lesson.seed)
let sigmoids = shallow(on: X, seed: lesson.seed)
let pca = principalComponents(k, of: X)
//:
typealias Codec = (Matrix<Double>) -> Matrix<Double>
let dct: Codec = { $0 * Qₖ.T * Qₖ }
let codecs: [(name: String, reconstruct: Codec)] = [
  ("network on 0–4", code.reconstruct), ("network on 5–9", codeOfHigh.reconstruct),
  ("network on inverted 0–4", codeOfInverted.reconstruct), ("$D$–$k$–$D$ sigmoid on 0–4", sigmoids.reconstruct),
  ("PCA of 0–4", { about(pca.μ, $0) { $0 * pca.V * pca.V.T } }),
  ("DCT, lowest $k$", dct), ("DCT, largest $k$ of each image", { largest(k, ofEachRow: $0 * Q.T) * Q }),
  ("DCT about the mean of 0–4", { about(pca.μ, $0, dct) }),
]
let errors = codecs.map { codec in sets.map { ε(codec.reconstruct($0.X), of: $0.X) } }
let (learnt, fixed, adaptive, aboutMean) = (errors[0], errors[5], errors[6], errors[7])
let abroad = ([inverted] + random).map { learnt[$0] }
lesson.table(
  #"Relative error $\varepsilon$ with $k = \#(k)$ numbers an image: trained on (rows), tested on (columns)"#,
  columns: ["codec"] + sets.map(\.name),
  rows: zip(codecs, errors).map { codec, row in [Cell(codec.name)] + row.map { Cell($0, significant: 3) } })

//:
lesson.check("at home the learnt code wins: its error over the DCT's", learnt[home] / fixed[home], isBelow: 0.6)
lesson.check(
  "and over that of the better of two others: the DCT that chooses for each image, the DCT that knows the mean image",
  learnt[home] / min(adaptive[home], aboutMean[home]), isBelow: 0.85)
lesson.check(
  "abroad it loses: the least of these ratios on inverted and shuffled images and noise",
  ([inverted] + random).map { learnt[$0] / fixed[$0] }.least(), isAbove: 1.2)
lesson.check(
  "there it is worse than the mean image: least error", abroad.least(), isAbove: 1.1)
//: Where does the code stop generalising? On the default digits a shift by an eighth of the width multiplies the error by more than three. *Other digits* are nearer: the
//: code of 0–4 does much worse on 5–9 than at home, and yet better than the fixed waves. A digit it has never seen is still made of
//: strokes in the middle of the field, and the DCT spends its first coefficients on the corners as well.
let positions = (0..<k).map { log2(Double(D - $0) / Double($0 + 1)) }.sum()
lesson.say(
  #"The DCT that chooses for each image has $\varepsilon = \#(Numeral.short(adaptive[other], significant: 3))$ on 5–9, the network "#
    + #"\#(Numeral.short(learnt[other], significant: 3)). But to say which $k$ of $D$ coefficients were kept takes another "#
    + #"$\log_2 \binom{D}{k} = \#(Numeral.short(positions, significant: 3))$ bits an image. And the networks know the mean image, which the waves do "#
    + #"not. That is not their whole advantage: about the mean of 0–4 the lowest $k$ waves leave \#(Numeral.short(aboutMean[home], significant: 3)) at home."#
)
lesson.check("moved: error over that at home", learnt[moved] / learnt[home], isAbove: 3)
lesson.check(
  "the other classes: error over that at home, the lesser of both networks",
  min(learnt[other] / learnt[home], errors[1][home] / errors[1][other]), isAbove: 1.7)
lesson.check(
  "the DCT hardly notices the difference: error on 5–9 over that on 0–4", fixed[other] / fixed[home], isBelow: 1.3)
lesson.check(
  "still, on 5–9 the learnt code beats the fixed waves: ratio of errors", learnt[other] / fixed[other], isBelow: 0.95)
//: Two of the DCT's errors can be predicted. It keeps the constant wave, so inverting the images only turns the sign of the
//: error. And to white noise all orthonormal bases are alike: with $D - k$ of $D$ coefficients dropped the error is $1 - k / D$.
lesson.check(
  "the DCT's error on inverted images is that on images", fixed[inverted], equals: fixed[home], within: 1e-12)
lesson.check("the DCT's error on noise", fixed[random.upperBound], equals: 1 - Double(k) / Double(D), within: 0.05)
lesson.check("and the learnt code is lossy on its own training images: error", learnt[0], isAbove: 0.05)

//: @fold The figure in Swift
lesson.figure(
  "errors",
  "Errors on each set. The network trained on 0–4 has \(Numeral.short(learnt[home], significant: 2)) there, "
    + "\(Numeral.short(learnt[other], significant: 2)) on 5–9 and from \(Numeral.short(abroad.least(), significant: 2)) to "
    + "\(Numeral.short(abroad.greatest(), significant: 2)) on inverted and shuffled images and noise, where 1 is the error of the mean "
    + "image. The DCT lies between \(Numeral.short(fixed[1...].least(), significant: 2)) and "
    + "\(Numeral.short(fixed[1...].greatest(), significant: 2)) on all of them.", errorsAtHomeAndAbroad)
lesson.figure(
  "decoded",
  "Two images of each set as network and DCT redraw them. Whatever the network is shown, inverted images, shuffled pixels or noise, what "
    + "it draws resembles the images that it was trained on. The DCT blurs everything alike.", decodedImages)

//: ## How much is compressed?
//:
//: $D$ numbers become $k$: a ratio of $D / k$. But a number is not a size. Counted in bits, $k$ floating-point numbers may be
//: *larger* than the image they stand for, whose pixels have few grey levels. So round each unit of the code to the nearest of $2^b$
//: equally spaced levels from its least to its greatest value in training. For comparison: a lossless code, which gives each grey value of each
//: pixel $-\log_2$ of its frequency in the training images, as an arithmetic coder does.
let (H, Hʰ) = (code.encode(X), code.encode(Xʰ))
let rounded = [2, 3, 4, 5, 6].map { b in (b: b, ε: ε(code.decode(quantised(Hʰ, bits: b, as: H)), of: Xʰ)) }
let rawBits = Double(D) * log2(digits.maximum + 1)
let lossless = losslessBits(low)
let codeBits = Double(4 * k)
let tableSize = D * (Int(digits.maximum) + 1)
lesson.table("Bits for one held-out image of 0–4", columns: ["code", "bits", #"$\varepsilon$"#], rows: bitRows())
lesson.check(
  "four bits a unit are enough: error over that of unrounded codes", rounded[2].ε / learnt[home], isBelow: 1.25)
lesson.say(
  "So the honest ratio is \(Numeral.short(rawBits / codeBits, significant: 3)) against raw pixels and "
    + "\(Numeral.short(lossless / codeBits, significant: 3)) against the lossless code, for an error of "
    + "\(Numeral.percent(rounded[2].ε)) of the variance. And whoever decodes needs the decoder, too: "
    + "\(code.decoder.parameterCount) parameters, against a table of \(tableSize) frequencies for the lossless code. At 32 bits for a number of either, "
    + "the network's code is the shorter one from \(Int((Double(32 * (code.decoder.parameterCount - tableSize)) / (lossless - codeBits)).rounded(.up))) images on."
)

//: ## Are the codes good features?
//:
//: A test of the features: classify a held-out image by the label of the nearest *code* among those of fifty training images. Both
//: tasks have five classes, so that a guess is wrong four times in five.
let project = QR(Matrix<Double>.normal(rows: D, columns: k, using: &dice)).Q
let features: [(name: String, code: Codec)] = [
  ("all $D$ pixels", { $0 }), ("network on 0–4", code.encode), ("network on 5–9", codeOfHigh.encode),
  ("PCA of 0–4", { $0 * pca.V }), ("DCT, lowest $k$", { $0 * Qₖ.T }), ("$k$ random projections", { $0 * project }),
]
var shuffling = lesson.stream("another order of the pixels")
let orders = (0..<5).map { _ in shuffling.permutation(D) }
let wrong = features.map { _, code in
  let reordered = orders.map { order in
    mistakes(low) { X in code(Matrix(rows: X.rows, columns: D) { n, i in X[n, order[i]] }) }
  }
  return (low: mistakes(low, code), high: mistakes(high, code), reordered: mean(reordered.map(Double.init)))
}
lesson.table(
  "Wrong neighbours: of \(low.test.count) held-out 0–4 and of \(high.test.count) held-out 5–9",
  columns: ["features", "0–4", "5–9", "0–4, the pixels of all in another order; mean of five orders"],
  rows: zip(features, wrong).map { [Cell($0.name), Cell($1.low), Cell($1.high), .fixed($1.reordered, decimals: 1)] })
let (own, swapped) = (wrong[1].low + wrong[2].high, wrong[1].high + wrong[2].low)
lesson.check(
  "features that were learnt keep what matters: mistakes over those of random projections",
  Double(own) / Double(wrong[5].low + wrong[5].high), isBelow: 0.75)
lesson.check(
  "on the other classes they are worse: mistakes over those at home", Double(swapped) / Double(max(own, 1)),
  isAbove: 1.2)
lesson.say(
  "With the networks swapped there are \(swapped) mistakes, with random projections "
    + "\(wrong[5].low + wrong[5].high). For comparison, at home: PCA of 0–4 (with the error "
    + "\(Numeral.short(errors[4][home], significant: 3))) makes \(wrong[3].low), the network "
    + "(\(Numeral.short(learnt[home], significant: 3))) \(wrong[1].low), all pixels \(wrong[0].low). With the pixels in another order, by which no distance "
    + "between images changes, the figures are \(Numeral.fixed(wrong[1].reordered, decimals: 1)) mistakes by the network, \(Numeral.fixed(wrong[5].reordered, decimals: 1)) by random projections."
)
lesson.check(
  "pixels in another order: mistakes of the network over those of random projections",
  wrong[1].reordered / wrong[5].reordered,
  isAbove: 0.7)

//: ## A code with room for everything
//:
//: With $K \ge D$ linear units there is nothing to learn. Let the first $D$ units copy one pixel each, $W = \begin{pmatrix} I \\ 0 \end{pmatrix}$ and $W^* = W^\top$.
let K = D + 32
let copying = Matrix<Double>(rows: K, columns: D) { j, i in i == j ? 1 : 0 }
let byHand = Network(
  encoder: Stack([Dense(W: copying, activation: .identity)]),
  decoder: Stack([Dense(W: copying.T, activation: .identity)]))
lesson.check(
  "written by hand: largest error of all seven sets", sets.map { ε(byHand.reconstruct($0.X), of: $0.X) }.greatest(),
  isAtMost: 0)
//: The pixels are not special. A *random* $W$ will do: its columns are linearly independent with probability one (dependence means
//: $\det W^\top W = 0$, a polynomial in the weights that is not zero everywhere), and then the pseudo-inverse undoes it.
let W = linear(K, seed: lesson.seed).encoder.W
let factors = SVD(W)
//: @fold The derivation in Swift
lesson.derive("A random encoder has a perfect decoder") { proof in
  let Σ⁻¹ = Matrix.diagonal(factors.σ.map { 1 / $0 })
  proof.start(#"W^+ W"#, W.pseudoInverse() * W)
  proof.equals(
    #"(W^\top W)^{-1} W^\top W"#, because: "full column rank: the normal equations",
    lesson.attempt { try (W.T * W).inverse() } * (W.T * W))
  proof.equals(
    #"V \Sigma^{-1} U^\top U \Sigma V^\top"#, because: #"$W = U \Sigma V^\top$ with all $D$ singular values above 0"#,
    factors.V * Σ⁻¹ * factors.U.T * factors.U * factors.Σ * factors.V.T)
  proof.equals("I", because: #"$U^\top U = I$, and $V$ is square"#, Matrix.identity(D))
}
lesson.check("its least singular value over its largest", factors.σ[D - 1] / factors.σ[0], isAbove: 0.01)
//: So a loss of zero proves nothing: neither encoder has seen an image, and both pairs copy noise to the last bit or nearly so.

//: ## What training makes of it
//:
//: Is that what training finds? The gradient of the loss has the factor $C = \frac{1}{N} X^\top X$, and $C$ is blind to every direction
//: outside the span of the images, such as pixels that are blank in all of them.
let spectrum = SVD(X)
let rank = spectrum.rank()
let U = spectrum.truncated(to: rank).V
let P = U * U.T
let outside = .identity(D) - P
//: @fold The derivation in Swift
lesson.derive("The encoder learns nothing outside the span of the images") { proof in
  let network = linear(K, seed: lesson.seed)
  let objective = lesson.attempt { try Objective(network, data: X, loss: .gaussian) }
  let (W, Wˢ, C) = (network.encoder.W, network.decoder.W, (1 / Double(X.rows)) * (X.T * X))
  proof.start(
    #"\frac{\partial L}{\partial W}"#, Matrix(rows: K, columns: D, elements: Array(objective.gradient()[..<(K * D)])))
  proof.equals(
    #"W^{*\top} (W^* W - I) C"#, because: "back-propagation: the error $\\hat x - x$ times $x^\\top$, averaged",
    Wˢ.T * (Wˢ * W - .identity(D)) * C)
  proof.equals(
    #"W^{*\top} (W^* W - I) C P"#, because: "$X P = X$: the rows of $X$ lie in the span",
    Wˢ.T * (Wˢ * W - .identity(D)) * C * P)
}
//: So every row of the gradient lies in the span, and every step of L-BFGS, which adds up gradients. As in
//: [lesson 02](../02-linear-autoencoder/README.md) a few made-up examples with the same $C$ stand for the images. Noise around zero is
//: tested in two parts: what of it lies in the span, and what outside. (A held-out image with ink where no training image has any lies
//: partly outside, too.)
let lean = Matrix.diagonal((0..<rank).map { spectrum.σ[$0] * (Double(rank) / Double(X.rows)).squareRoot() }) * U.T
let hiss = noise - Matrix(rows: noise.rows, columns: D, repeating: 0.5)
let probes = [
  ("0–4", Xʰ), ("5–9", high.test.scaled), ("noise in the span", hiss * P), ("noise outside", hiss * outside),
]
func probe(_ network: Network) -> [Double] { probes.map { ε(network.reconstruct($0.1), of: $0.1) } }
// Larger images have more weights: fewer steps then.
let steps = D <= 64 ? 2000 : 50
var milestones: [(step: Int, errors: [Double])] = []
let ofEqual = probe(withLBFGS(linear(D, seed: lesson.seed), on: lean, steps: steps))
let over = withLBFGS(linear(K, seed: lesson.seed), on: lean, steps: steps) { milestones.append(($0, probe($1))) }
let ofOver = probe(over)
lesson.table(
  #"Trained for \#(steps) steps from random weights: $\varepsilon$ on what was never seen"#,
  columns: ["network"] + probes.map(\.0),
  rows: [("$K = D$", ofEqual), ("$K = D + 32$", ofOver)].map { name, errors in
    [Cell(name)] + errors.map { Cell($0, significant: 2) }
  })
lesson.check(
  "held-out images are copied, even of the kinds never seen: largest error",
  [ofEqual, ofOver].flatMap { $0[..<2] }.greatest(), isBelow: D <= 64 ? 0.05 : 0.2)
lesson.check(
  "noise is not: its error in the span over that of 0–4, the lesser of both networks",
  min(ofEqual[2] / ofEqual[0], ofOver[2] / ofOver[0]), isAbove: 3)
lesson.check(
  "outside the span the output is wrong altogether, all through training: least error",
  (milestones.map { $0.errors[3] } + [ofEqual[3]]).least(), isAbove: 1)
let start = W
lesson.check(
  "where the encoder is still its random start: relative change of $W (I - P)$",
  ((over.encoder.W - start) * outside).norm / (start * outside).norm, isBelow: 1e-10)
//: The lectures' sentence needs care here. An overcomplete network *can* copy without learning anything; a *trained* one copies what
//: the images vary in, the largest variance first, and the rest of it later.
lesson.say(
  "The eigenvalues of $C$ within the span differ by a factor of "
    + "\(Numeral.short((spectrum.σ[0] / spectrum.σ[rank - 1]) * (spectrum.σ[0] / spectrum.σ[rank - 1]), significant: 2)), "
    + "and the loss hardly sees the small ones. So here training stopped early does learn something about the distribution: "
    + "that noise does not belong to it. But that is owed to stopping early, not to the loss: given time, noise in the span is copied as well."
)
lesson.check(
  "noise in the span: error at the end over that after 64 steps",
  ofOver[2] / (milestones.first { $0.step >= min(64, steps) }?.errors[2] ?? .nan), isAtMost: D <= 64 ? 0.7 : 1)
//: @fold The figure in Swift
lesson.figure(
  "copying",
  "Errors of copies, step by step: 0–4, which the network is trained on, 5–9, which it is not, noise in the span of the training images, and noise outside it, where the error is \(Numeral.short(ofOver[3], significant: 2)) at the end.",
  copyingInTraining)

//: ## One number for every image
//:
//: Is a *small* code safe, then? Not if encoder and decoder are strong enough. Here is a code of one number that knows all training
//: images, written down and not trained. A random direction $w$ casts on each image the shadow $w^\top x$; no two images share one, with probability one. Thresholds
//: $\theta_j$ between them count: $h(x) = \sum_j \sigma(\beta_j (w^\top x - \theta_j))$ with steep sigmoids is the number of the image in the line.
//: The decoder draws straight lines from each image to the next, by rectifiers with knots at the whole numbers.
var direction = lesson.stream("direction")
let w = (0..<D).map { _ in direction.normal() }
let (lined, shadows) = lineUp(X, along: w)
let N = lined.rows
let index = Network(encoder: indexEncoder(along: w, shadows: shadows), decoder: indexDecoder(lined))
lesson.check(
  "the codes are $0, 1, 2, \\dots$", index.encode(lined).column(0), equal: (0..<N).map(Double.init), within: 1e-12,
  scale: 1)
//: @fold The derivation in Swift
lesson.derive("The decoder returns image $n$ for the number $n$", within: 1e-10) { proof in
  let bends = index.decoder.layers[1].W.T
  let ramps = Matrix(rows: N, columns: N - 1) { n, j in Double(max(n - j, 0)) }
  var first = ramps * bends
  first.addToEachRow(lined.row(0))
  proof.start("g(n)", index.decode(Matrix(rows: N, columns: 1) { n, _ in Double(n) }))
  proof.equals(
    #"x_0 + \sum_j a_j \max(n - j, 0)"#,
    because: "the decoder's formula: $a_0 = x_1 - x_0$, $a_j = x_{j+1} - 2 x_j + x_{j-1}$", first)
  proof.equals(
    #"x_0 + \sum_{m < n} \sum_{j \le m} a_j"#, because: "$a_j$ is counted once for each $m$ with $j \\le m < n$",
    summedTwice(bends, from: lined.row(0)))
  proof.equals(
    #"x_0 + \sum_{m < n} (x_{m+1} - x_m) = x_n"#,
    because: "second differences add up to first ones, and these telescope", lined)
}
//: So training images are perfect. A new image falls between two shadows and is decoded as one of two strangers or as a mixture of
//: them. Now the same code, learnt by training: layers of $D$, 64, 32, **1**, 32, 64 and $D$ units, once on a handful of images and once on all.
let handful = low.training.prefix(memorised)
let memory = oneNumber(on: handful, seed: lesson.seed)
let learner = oneNumber(on: low.training, seed: lesson.seed)
//: Three questions to each: its errors; whether neighbours in the line resemble each other; and whether an image decoded half-way
//: between two neighbours is like the others. The last is measured by its squared distance to the nearest *held-out* image, over that of the training
//: images. (A value below 1 is not in itself good: blurred images are nearer to all others than sharp ones are to each other.)
let lines = [
  ("index, written down", index, lined), ("trained on \(memorised)", memory, handful.scaled),
  ("trained on all", learner, X),
].map { name, network, X in
  let line = inLine(network, X)
  return (
    name: name, training: ε(network.reconstruct(X), of: X), test: ε(network.reconstruct(Xʰ), of: Xʰ),
    apart: apart(line.images), strange: strangeness(line.between, among: Xʰ) / strangeness(X, among: Xʰ)
  )
}
let principal = (few: onePrincipal(handful.scaled, handful.scaled), all: onePrincipal(X, Xʰ))
let principalAbroad = onePrincipal(handful.scaled, Xʰ)
lesson.table(
  "Codes of one number",
  columns: [
    "code", #"training $\varepsilon$"#, #"held-out $\varepsilon$"#, "neighbours apart", "half-way, strangeness",
  ], rows: oneNumberRows())
//:
lesson.check("the index: error on the training images", lines[0].training, isBelow: 1e-20)
lesson.check("and on held-out ones, where the mean image has about 1", lines[0].test, isAbove: 1.4)
lesson.check("half-way images are unlike any: strangeness", lines[0].strange, isAbove: 1.2)
lesson.check("neighbours are strangers: their distance over that of all pairs", lines[0].apart, isAbove: 0.75)
lesson.check(
  "trained on a handful: training error over that of PCA with one component", lines[1].training / principal.few,
  isBelow: 0.25)
lesson.check(
  "held-out error over that of PCA with one component of the same images", lines[1].test / principalAbroad,
  isAbove: 1.05)
lesson.check(
  "the same network trained on all: held-out error over the handful's", lines[2].test / lines[1].test, isBelow: 0.7)
lesson.check("and over that of PCA with one component", lines[2].test / principal.all, isBelow: 0.9)
//: So capacity is too great or not *for a number of examples*: on the default digits one architecture memorises a handful and generalises from hundreds. And gradient
//: descent did not find the arbitrary index even where it memorised: it lined up images that resemble each other.
lesson.check(
  "trained networks: distance of neighbours over that of all pairs, the larger of both",
  max(lines[1].apart, lines[2].apart), isBelow: 0.8)
//: @fold The figure in Swift
lesson.figure(
  "line",
  "Decoded at the codes of seven training images and half-way between them. The index fades from each image to one that need not resemble it. The trained "
    + "networks were free to put similar images near each other; in the last row a seventh of the images lies between one and the next.",
  lineOfImages)
lesson.figure(
  "wells",
  "How far the decoded image is from the nearest memorised one, along the code. Each image of the index has a well that ends at zero, with a hill to "
    + "the next; the trained network has spaced its memories along the code as it liked.",
  memoriesAlongTheCode)

//: ## Weight decay, a first remedy
//:
//: Add $\lambda \lVert \theta \rVert^2$, here over the weights and not the biases, to the loss of a network that has too few examples: the
//: undercomplete one, trained on a few images only.
let decays = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1]
let free = starved(0, seed: lesson.seed, low)
let decayed = decays.map { starved($0, seed: lesson.seed, low) }
let best = decayed.map(\.test).least()
lesson.say(
  "Without decay the training error is \(Numeral.short(free.training, significant: 2)) and the held-out error \(Numeral.short(free.test, significant: 3)). "
    + "With the best of \(decays.count) decays (best on the held-out images: a little flattered) it is \(Numeral.short(best, significant: 3))."
)
// On larger images the effects are smaller (seen with 28 × 28 pixels), so only their direction is claimed there.
lesson.check(
  "without decay it overfits: held-out error over training error", free.test / free.training,
  isAbove: D <= 64 ? 4 : 1)
lesson.check(
  "some decay helps: least held-out error over that without", best / free.test, isBelow: D <= 64 ? 0.8 : 1)
// At a minimum the error can only rise with the decay. (With less of it the minimum is farther than these steps.)
if D <= 64 {
  let training = zip(decays, decayed).filter { λ, _ in λ >= 1e-3 }.map(\.1.training)
  lesson.check(
    "from a decay of 0.001 on the training error rises with it: least factor from one to the next",
    zip(training.dropFirst(), training).map { $0 / $1 }.least(), isAbove: 1)
}
lesson.check("and too much does not: over that with the strongest", best / decayed[decays.count - 1].test, isBelow: 0.8)
//: On the default digits it is a remedy for *few examples*, and not for noise, whose reconstruction stays worse than the mean image. With all training images there is hardly a gap
//: that it could close.
let plenty = [1e-3, 1e-2].map { λ in
  let network = undercomplete(on: X, seed: lesson.seed, decay: λ)
  return ε(network.reconstruct(Xʰ), of: Xʰ)
}
lesson.check("noise: least error for any decay", decayed.map(\.noise).least(), isAbove: 1.2)
lesson.check(
  "trained on all images of 0–4: held-out error with decay (the better of 0.001 and 0.01) over that without",
  plenty.least() / learnt[home], isAbove: 0.85)
//: @fold The figure in Swift
lesson.figure(
  "decay",
  "Errors over the strength of the decay. The least held-out error is \(Numeral.short(best, significant: 2)), without decay it is \(Numeral.short(free.test, significant: 2)); the least error on noise is \(Numeral.short(decayed.map(\.noise).least(), significant: 2)).",
  errorsUnderDecay)
//: And the *overcomplete* linear network? Without decay it had no gap: it copies what it has never seen. But lesson 02 knows its minimum with decay, and
//: none of the argument there needs $k < D$: $W^* W$ becomes $\sum_i \max(0, 1 - 2 \lambda / \lambda_i) \, u_i u_i^\top$. Directions with little
//: variance are cut, those outside the span with the others, and that is a notion of what the images are. Reconstruction cannot show its use; cleaning
//: can. Add to each held-out image Gaussian noise of $\sigma = \frac14$ and ask for the image.
let variance = SymmetricEigen((1 / Double(X.rows)) * (X.T * X))
let noisy = Xʰ + 0.25 * Matrix<Double>.normal(rows: Xʰ.rows, columns: D, using: &dice)
let remedies = [1e-3, 1e-2, 1e-1].map { λ in
  let network = withLBFGS(linear(K, seed: lesson.seed), on: lean, steps: min(steps, 500), decay: λ)
  let cut = 2 * λ * sizes
  let shrinkage = Matrix.diagonal(variance.values.map { $0 > cut ? 1 - cut / $0 : 0 })
  let minimum = variance.vectors * shrinkage * variance.vectors.T
  return (
    λ: λ, network: λ == 1e-2 ? network : nil, errors: probe(network), cleaned: ε(network.reconstruct(noisy), of: Xʰ),
    distance: (network.decoder.W * network.encoder.W - minimum).norm / minimum.norm
  )
}
//:
lesson.table(
  #"$K = D + 32$ linear units with weight decay: $\varepsilon$"#,
  columns: ["$\\lambda$"] + probes.map(\.0) + ["noisy 0–4, cleaned", "distance of $W^* W$ to the formula"],
  rows: remedyRows())
let cleaned = remedies.map(\.cleaned).least()
lesson.check(
  "decay cleans: least error of cleaned images over that of a copy", cleaned / ε(noisy, of: Xʰ), isBelow: 0.6)
if D <= 64 {
  lesson.check(
    "training finds that minimum: distance for the two stronger decays",
    remedies.dropFirst().map(\.distance).greatest(), isBelow: 0.01)
  lesson.check(
    "the medium decay cleans best: its error over the lesser of the others",
    remedies[1].cleaned / min(remedies[0].cleaned, remedies[2].cleaned), isBelow: 0.85)
} else {
  lesson.say(
    "Images of this size are given too few steps to reach that minimum (last column), so which decay is best is not decided here."
  )
}

//: ## What the units look at, and what they draw
//:
//: A row of $W$ is what a unit looks at, a column of $W^*$ what it draws. Structure in such a filter can be measured by the DCT: the share of its
//: energy in the first quarter of the waves, the coarse ones. Speckle has a quarter.
let coarse = Q[rows: 0..<D / 4]
func structure(_ drawings: Matrix<Double>) -> Double { (coarse * drawings).squaredNorm / drawings.squaredNorm }
let filters =
  [
    ("undercomplete", sigmoids), ("copying by hand", byHand), ("overcomplete", over),
  ] + remedies.compactMap(\.network).map { ("with weight decay", $0) }
let shares = filters.map { structure($0.1.decoder.W) }
lesson.table(
  "Share of the decoder's energy in coarse waves", columns: filters.map(\.0),
  rows: [shares.map { Cell($0, significant: 2) }])
//: @fold The figure in Swift
lesson.figure(
  "filters",
  "Filters of four networks. Copying units see and draw one pixel each. In coarse waves the undercomplete units have \(Numeral.percent(shares[0], decimals: 0)) of what they draw, the overcomplete ones "
    + "\(Numeral.percent(shares[2], decimals: 0)) after training and \(Numeral.percent(shares[3], decimals: 0)) with weight decay.",
  filterImages)
lesson.check(
  "the undercomplete network draws coarsely: its share over that of the overcomplete one", shares[0] / shares[2],
  isAbove: 1.5)
lesson.check("and so does the overcomplete one with weight decay", shares[3] / shares[2], isAbove: 1.2)
let likeStart = dot(over.encoder.W, start) / (over.encoder.W.norm * start.norm)
lesson.check(
  "the trained overcomplete filters are largely their random start: cosine between them", likeStart, isAbove: 0.5)

//: ## The lectures' sentences, measured
lesson.table(
  "Sentences of Srihari (S) and Larochelle (L); each figure has its check above",
  columns: ["sentence", "measured on held-out images", "so, on the default digits"], rows: sentences())

//: ## Errata
//:
//: - Srihari's autoencoders are "only able to compress data similar to what they have been trained on". That is too strong where the other
//:   data share their strokes: see 5–9. And "autoencoders are lossy" stands beside his own overcomplete case, which is lossless.
//: - "Capacity controlled by depth": the index above needs one hidden layer in the encoder and one in the decoder. Its capacity is their *width*
//:   and the size of the weights.
//: - He calls the power of non-linear encoders and decoders not desirable. With enough examples the network of one number beats PCA on images
//:   it has not seen. What is not desirable is power without examples.
//: - "Even a linear encoder/decoder can learn to copy": they can *copy*; learning by gradient from these images never reaches directions
//:   outside their span.
//: - Larochelle's hidden layer "compresses" if it has fewer units than the input. Counted in bits that needs coarse units as well.
//: - Of his overcomplete units each "could copy a different input component": only $D$ of the $K$ can, there are no more components.
//: - Khapra's contractive penalty is to keep even an *undercomplete* network from learning the identity. A continuous code of fewer numbers than
//:   inputs can never give the identity on the whole space (invariance of domain), only on thin subsets: a surface, or a training set as the
//:   index does.

//: ## Is my number right?
lesson.bands("Headline figures", headlineFigures)

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
//: @answer Whatever the decoder draws for the random start of the encoder. The gradient has the factor $C$, and column and row of $C$ for this pixel are 0, so its
//: weights in $W$ have never moved. With weight decay they shrink to 0, and the pixel is ignored.
//:
//: @question On the default digits the index reconstructs 676 images without error from one number. How many bits has its code, and where is the information about the images?
//: @answer $\log_2 676 \approx 9.4$ bits. The images are in the decoder's weights, all of them: nothing is compressed. It is a list and a page number.
//:
//: @question Held-out error is above that of the mean image, training error near zero. Name two remedies, and one that is none.
//: @answer More examples, or a penalty such as weight decay; a smaller network, too. Longer training is none: it lowers the training error further.
lesson.finish()
