//: # 2 · A linear autoencoder is PCA
//:
//: An autoencoder with a linear decoder and the squared error has a best solution that can be written down, whatever its
//: encoder is: the decoder spans the leading singular vectors of the data, and the best encoder turns out to be linear
//: too. This lesson runs the lecture's proof line by line on handwriting, repairs the place where it silently assumes linearly
//: independent examples, and then trains such networks from random weights to see what they find: the subspace, exactly;
//: the principal components, only if one pays for it.
//:
//: | symbol | meaning |
//: |:--|:--|
//: | $X$ | the data, one example $x^{(t)}$ a *column* as in the lecture: $D \times T$ |
//: | $W, W^*$ | encoder ($k \times D$) and decoder ($D \times k$) |
//: | $h(X)$ | the codes, one a column: $k \times T$ |
//: | $U, \Sigma, V$ | the thin factors of the data at hand (forty images, all images $X$, centred images $Z$); a subscript $k$ keeps the first $k$ |
//: | $I_{\le k}$ | the first $k$ rows of an identity |
//: | $C$ | the covariance $\frac{1}{T} \sum_t (x^{(t)} - \mu)(x^{(t)} - \mu)^\top$ with eigenvalues $\lambda_i$ |
//: | $\lambda$ | without an index: the strength of weight decay |
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "A linear decoder can do no better than PCA; training finds its subspace, and weight decay finds its axes.")
let k = lesson.knob("code", 8, in: 4...10, "the number k of hidden units")
let decay = lesson.knob("decay", 0.2, in: 0.15...0.4, "the strength of weight decay, as a share of the k-th eigenvalue")

let digits = lesson.images(ImageNeeds(pixels: 64))
let D = digits.width * digits.height
let T = digits.count

//: ## A floor under every autoencoder with a linear decoder
//:
//: The loss is $\frac12 \sum_t \lVert x^{(t)} - W^* h(x^{(t)}) \rVert^2 = \frac12 \lVert X - W^* h(X) \rVert_F^2$. The
//: encoder may be anything at all. But $W^* h(X)$ is a $D \times k$ matrix times a $k \times T$ matrix, so its rank is at
//: most $k$, and [lesson 01](../01-svd-theorem/README.md) has a floor for that: $\frac12 \sum_{i>k} \sigma_i^2$. The floor is
//: reached by $W^* = U_k \Sigma_k$ and $h(X) = V_k^\top$, whose product is the truncated decomposition. What is left to
//: prove is that such codes can be *computed from $x$*: that a linear encoder is enough.
//:
//: ## The lecture's proof, line by line
//:
//: Larochelle's proof multiplies by $(X^\top X)^{-1}(X^\top X)$. That inverse exists only if the examples are linearly
//: independent, hence at most $D$ of them. Forty images mostly are; these are the first forty that are so to within a condition
//: number of $10^4$.
let few = independent(40, of: digits.scaled).T
let svd = SVD(few)
let (U, σ, Σ, V) = (svd.U, svd.σ, svd.Σ, svd.V)
let (Uₖ, Σₖ, Vₖ) = (U[columns: 0..<k], svd.truncated(to: k).Σ, V[columns: 0..<k])
let selectₖ = Matrix<Double>.identity(few.columns)[rows: 0..<k]

//: Inverting $X^\top X$ squares the condition number $\sigma_1 / \sigma_T$, and so many decimals are lost; that is the
//: tolerance of the lines below.
let condition = σ[0] / σ[few.columns - 1]
lesson.say(
  "Here the condition number is \(Numeral.short(condition)), and the tolerance its square times $10^{-16}$: "
    + "\(Numeral.residual(1e-16 * condition * condition)).")
func inverse(_ A: Matrix<Double>) -> Matrix<Double> { lesson.attempt { try A.inverse() } }
let (Σ⁻¹, Σ⁻²) = (Matrix.diagonal(σ.map { 1 / $0 }), Matrix.diagonal(σ.map { 1 / ($0 * $0) }))
//: @fold The derivation in Swift
lesson.derive(#"The codes $V_k^\top$ are a linear function of $X$"#, within: 1e-16 * condition * condition) { proof in
  proof.start(#"h(X) = V_k^\top"#, Vₖ.T)
  proof.equals(
    #"V_k^\top (X^\top X)^{-1} (X^\top X)"#, because: "multiply by the identity",
    Vₖ.T * inverse(few.T * few) * (few.T * few))
  proof.equals(
    #"V_k^\top (V \Sigma^\top U^\top U \Sigma V^\top)^{-1} (V \Sigma^\top U^\top X)"#,
    because: #"replace by the SVD: $X = U \Sigma V^\top$"#,
    Vₖ.T * inverse(V * Σ * U.T * U * Σ * V.T) * (V * Σ * U.T * few))
  proof.equals(
    #"V_k^\top (V \Sigma^\top \Sigma V^\top)^{-1} V \Sigma^\top U^\top X"#, because: #"$U^\top U = I$"#,
    Vₖ.T * inverse(V * Σ * Σ * V.T) * V * Σ * U.T * few)
  proof.equals(
    #"V_k^\top V (\Sigma^\top \Sigma)^{-1} V^\top V \Sigma^\top U^\top X"#,
    because: #"$V (\Sigma^\top \Sigma)^{-1} V^\top$ times $V \Sigma^\top \Sigma V^\top$ is $I$"#,
    Vₖ.T * V * Σ⁻² * V.T * V * Σ * U.T * few)
  proof.equals(
    #"V_k^\top V (\Sigma^\top \Sigma)^{-1} \Sigma^\top U^\top X"#, because: #"$V^\top V = I$"#,
    Vₖ.T * V * Σ⁻² * Σ * U.T * few)
  proof.equals(
    #"I_{\le k} (\Sigma^\top \Sigma)^{-1} \Sigma^\top U^\top X"#,
    because: #"$V_k^\top V = I_{\le k}$"#, selectₖ * Σ⁻² * Σ * U.T * few)
  proof.equals(
    #"I_{\le k} \Sigma^{-1} (\Sigma^\top)^{-1} \Sigma^\top U^\top X"#,
    because: #"$(\Sigma^\top \Sigma)^{-1} = \Sigma^{-1} (\Sigma^\top)^{-1}$"#,
    selectₖ * Σ⁻¹ * Σ⁻¹ * Σ * U.T * few)
  proof.equals(#"I_{\le k} \Sigma^{-1} U^\top X"#, because: "the middle cancels", selectₖ * Σ⁻¹ * U.T * few)
  proof.equals(
    #"\Sigma_k^{-1} U_k^\top X"#, because: #"$I_{\le k}$ selects the first $k$ rows: a linear encoder $W X$"#,
    Matrix.diagonal(Array(σ[..<k].map { 1 / $0 })) * Uₖ.T * few)
}

//: ## More examples than pixels
//:
//: Nobody trains on forty images. $X^\top X$ is a $T \times T$ matrix whose rank is that of $X$: at most $D$, and less if the
//: examples depend on one another. Then the first step of the proof has nothing to multiply by. The proof needs less than it asks
//: for: not that $(X^\top X)^{-1} X^\top X$ is the identity, only that it leaves the rows $V_k^\top$ alone. The pseudo-inverse
//: $X^+ = V_r \Sigma_r^{-1} U_r^\top$ gives the projection $X^+ X$, which does that for any shape and rank $r \ge k$.
/// How far `V_k^\top` is moved by (XᵀX)⁻¹(XᵀX), nil if there is no inverse, and by X⁺X.
func disturbance(_ T: Int) -> (rank: Int, inverse: Double?, pseudoInverse: Double) {
  let X = digits.prefix(T).scaled.T
  let svd = SVD(X)
  let Vₖᵀ = svd.truncated(to: k).V.T
  let viaInverse = try? (X.T * X).inverse()
  return (
    svd.rank(), viaInverse.map { (Vₖᵀ * $0 * (X.T * X) - Vₖᵀ).norm / Vₖᵀ.norm },
    (Vₖᵀ * X.pseudoInverse() * X - Vₖᵀ).norm / Vₖᵀ.norm
  )
}
let attempts = [40, D, D + 36, 2 * D].map { (T: $0, disturbance($0)) }
//:
lesson.table(
  #"How much the step "multiply by the identity" moves $V_k^\top$"#,
  columns: ["examples $T$", "rank", #"with $(X^\top X)^{-1}$"#, "with $X^+$"],
  rows: attempts.map { T, moved in
    [
      Cell(T), Cell(moved.rank), moved.inverse.map { Cell($0, significant: 2) } ?? "no inverse",
      Cell(moved.pseudoInverse, significant: 2),
    ]
  })
lesson.say(
  attempts[1].1.rank < D
    ? "\(D) examples are not more than \(D) pixels, but they have rank \(attempts[1].1.rank) only: $T \\le D$ is necessary for the "
      + "lecture's proof and not enough."
    : "\(D) examples have rank \(D) here: as many as there can be. With more of them $T \\le D$ fails, and the proof with it."
)
lesson.check(
  "with more examples than pixels there is no inverse, or one that is off by more than 1 %: cases where it works",
  Double(attempts.filter { $0.T > D && ($0.1.inverse ?? .infinity) < 0.01 }.count), equals: 0, within: 0)
lesson.check(
  "with the pseudo-inverse it is right for all", attempts.map(\.1.pseudoInverse).greatest(), isBelow: 1e-11)

let X = digits.scaled.T
let full = SVD(X)
let (r, top) = (full.rank(), full.truncated(to: k))
let thin = full.truncated(to: r)
let Σᵣ⁻¹ = Matrix.diagonal(thin.σ.map { 1 / $0 })
//: @fold The derivation in Swift
lesson.derive("The same codes, for any number of examples", within: 1e-11) { proof in
  proof.start(#"h(X) = V_k^\top"#, top.V.T)
  proof.equals(
    #"V_k^\top V_r V_r^\top"#, because: "$V_k$ lies in the span of $V_r$, which the projection leaves alone",
    top.V.T * thin.V * thin.V.T)
  proof.equals(
    #"V_k^\top V_r \Sigma_r^{-1} U_r^\top U_r \Sigma_r V_r^\top"#,
    because: #"insert $\Sigma_r^{-1} U_r^\top U_r \Sigma_r = I$"#,
    top.V.T * thin.V * Σᵣ⁻¹ * thin.U.T * thin.U * thin.Σ * thin.V.T)
  proof.equals(
    #"V_k^\top X^+ X"#, because: "the definition of $X^+$", top.V.T * X.pseudoInverse() * X)
  proof.equals(
    #"I_{\le k} \Sigma_r^{-1} U_r^\top X"#, because: #"$V_k^\top V_r = I_{\le k}$"#,
    Matrix.identity(r)[rows: 0..<k] * Σᵣ⁻¹ * thin.U.T * X)
  proof.equals(
    #"\Sigma_k^{-1} U_k^\top X"#, because: #"$I_{\le k}$ selects the first $k$ rows"#,
    Matrix.diagonal(top.σ.map { 1 / $0 }) * top.U.T * X)
}
//: So the optimal pair is $h(x) = \Sigma_k^{-1} U_k^\top x$ and $\hat x = U_k \Sigma_k\, h(x)$.
let W = Matrix.diagonal(top.σ.map { 1 / $0 }) * top.U.T
let Wˢ = top.U * top.Σ
lesson.check(
  "this linear pair sits on the floor", 0.5 * (X - Wˢ * (W * X)).squaredNorm,
  equals: 0.5 * full.σ[k...].map { $0 * $0 }.sum(), within: 1e-12)

//: ## With one normalisation it is PCA
//:
//: Centre the examples and divide by $\sqrt T$: $x^{(t)} \leftarrow (x^{(t)} - \mu) / \sqrt T$. Call the result $Z$.
let μ = X.rowMeans
let Z = Matrix(rows: D, columns: T) { i, t in (X[i, t] - μ[i]) / Double(T).squareRoot() }
let pca = SVD(Z)
let eigenvalue = pca.σ.map { $0 * $0 }
//: @fold The derivation in Swift
lesson.derive("The left singular vectors diagonalise the covariance") { proof in
  var C = Matrix<Double>(rows: D, columns: D)
  for t in 0..<T {
    let deviation = zip(X.column(t), μ).map { $0 - $1 }
    let column = Matrix(rows: D, columns: 1, elements: deviation)
    multiply(column, column, transposeB: true, scale: 1 / Double(T), into: &C, accumulate: true)
  }
  proof.start(#"C = \frac{1}{T} \sum_t (x^{(t)} - \mu)(x^{(t)} - \mu)^\top"#, C)
  proof.equals(
    #"Z Z^\top"#, because: "a product of matrices is a sum over the inner index, here over the examples", Z * Z.T)
  proof.equals(
    #"U \Sigma V^\top V \Sigma U^\top"#, because: #"$Z = U \Sigma V^\top$"#,
    pca.U * pca.Σ * pca.V.T * pca.V * pca.Σ * pca.U.T)
  proof.equals(#"U \Sigma^2 U^\top"#, because: #"$V^\top V = I$"#, pca.U * pca.Σ * pca.Σ * pca.U.T)
}
//: So the left singular vectors are the eigenvectors of the covariance, and its eigenvalues are the *squares* of the
//: singular values, $\lambda_i = \sigma_i^2$. Principal component analysis asks for the $k$ orthogonal directions of largest
//: variance; the variance along the columns of an orthonormal $Q$ is $\operatorname{tr} Q^\top C Q \le \sum_{i \le k} \lambda_i$ by
//: Ky Fan's step, with equality for $Q = U_k$. Its scores are $U_k^\top (x - \mu)$. The optimal *encoder* gives the same scores,
//: each divided by its standard deviation (whitened), and the $\frac{1}{\sqrt T}$ only makes $\sigma_i^2$ a variance; what
//: matters is the centring. (The scores of $x - \mu$ then have the variance 1. Those of $Z$, whose examples are divided by $\sqrt T$, have $\frac1T$:
//: the squares of a row of $V_k^\top$ add to 1.) A new image is centred with the mean of the training images.
//: @fold The derivation in Swift
lesson.derive("The optimal encoder computes whitened principal components") { proof in
  let k⁻¹ = Matrix.diagonal(pca.σ[..<k].map { 1 / $0 })
  let centred = Matrix(rows: D, columns: T) { i, t in X[i, t] - μ[i] }
  proof.start(#"h(Z) = V_k^\top"#, pca.V[columns: 0..<k].T)
  proof.equals(
    #"\Sigma_k^{-1} U_k^\top Z"#, because: "the encoder found above, for the data $Z$",
    k⁻¹ * pca.U[columns: 0..<k].T * Z)
  proof.equals(
    #"\Lambda_k^{-1/2} U_k^\top (X - \mu 1^\top) / \sqrt T"#,
    because: #"$\sigma_i = \sqrt{\lambda_i}$ and the definition of $Z$"#,
    Matrix.diagonal(SymmetricEigen(Z * Z.T).values[..<k].map { 1 / $0.squareRoot() })
      * (pca.U[columns: 0..<k].T * centred) / Double(T).squareRoot())
}
//: An eigenvalue solver that knows nothing of singular values agrees. (The *principal angles* between two subspaces with
//: orthonormal bases $P$ and $Q$ are those whose cosines are the singular values of $P^\top Q$. The largest is zero exactly if
//: the subspaces coincide.)
let covarianceOfZ = Z * Z.T
let covariance = SymmetricEigen(covarianceOfZ)
lesson.check(
  #"eigenvalues of the covariance against $\sigma_i^2$"#, covariance.values, equal: eigenvalue, within: 1e-13,
  scale: eigenvalue[0])
lesson.check(
  "angle between the two principal subspaces, in radians",
  principalAngles(between: covariance.vectors[columns: 0..<k], and: pca.U[columns: 0..<k]).last ?? .nan, isBelow: 1e-10)

//: ## What training finds
//:
//: Enough of closed forms: start from random weights and go downhill. From here on examples are rows, centred, and the loss
//: is the mean over examples of $\frac12 \lVert x - \hat x \rVert^2$, so that its floor is $\frac12 \sum_{i>k} \lambda_i$.
let examples = Double(T).squareRoot() * Z.T
let floor = 0.5 * eigenvalue[k...].sum()
let principal = pca.U[columns: 0..<k]
//: A *linear* network without biases sees nothing of centred data but $C$. So $D$ made-up examples
//: $y_i = \sqrt D \sigma_i u_i$, for which $\frac{1}{D} \sum_i y_i y_i^\top = C$ as well (their mean need not be zero), teach it
//: what all the images do, in a fraction of the time.
let lean = Double(D).squareRoot() * (pca.Σ * pca.U.T)
//: @fold The derivation in Swift
lesson.derive("The loss of a linear autoencoder depends on the data only through $C$") { proof in
  let network = randomNetwork(lesson.seed)
  let rest = .identity(D) - network.decoder.W * network.encoder.W
  proof.start(#"\frac{1}{T} \sum_t \tfrac12 \lVert x^{(t)} - W^* W x^{(t)} \rVert^2"#, loss(network, on: examples))
  proof.equals(
    #"\tfrac12 \lVert (I - W^* W) Z \rVert_F^2"#, because: #"$Z$ has the columns $x^{(t)} / \sqrt T$"#,
    0.5 * (rest * Z).squaredNorm)
  proof.equals(
    #"\tfrac12 \operatorname{tr} (I - W^* W) C (I - W^* W)^\top"#, because: "$C = Z Z^\\top$",
    0.5 * (rest * covarianceOfZ * rest.T).trace)
  proof.equals(
    #"\tfrac12 \lVert (I - W^* W) U \Sigma \rVert_F^2"#, because: #"$C = U \Sigma^2 U^\top$"#,
    0.5 * (rest * pca.U * pca.Σ).squaredNorm)
  proof.equals(
    #"\frac{1}{D} \sum_i \tfrac12 \lVert y_i - W^* W y_i \rVert^2, \quad y_i = \sqrt D \sigma_i u_i"#,
    because: "the mean over the made-up examples", loss(network, on: lean))
}

//: A decoder with a bias $c$ can do no better on centred data: take from every row its mean, that is, multiply by the projection
//: $J = I - \frac{1}{T} 1 1^\top$. That deletes $c$ and lengthens nothing.
//: @fold The derivation in Swift
lesson.derive("A bias does not lower the floor") { proof in
  let network = randomNetwork(lesson.seed, .tanh)
  let c = (0..<D).map { 0.01 * Double($0 % 7) }
  // The network sees √T Z, whose rows are examples of unit weight, and what it makes of them is divided by √T.
  let (W, h) = (network.decoder.W, network.encode(Double(T).squareRoot() * Z.T).T / Double(T).squareRoot())
  let shifted = Matrix(rows: D, columns: T) { i, _ in c[i] / Double(T).squareRoot() }
  func J(_ A: Matrix<Double>) -> Matrix<Double> {
    let mean = A.rowMeans
    return Matrix(rows: A.rows, columns: A.columns) { i, t in A[i, t] - mean[i] }
  }
  proof.start(#"\lVert Z - W^* h - c 1^\top \rVert_F^2"#, (Z - W * h - shifted).squaredNorm)
  proof.atLeast(
    #"\lVert (Z - W^* h - c 1^\top) J \rVert_F^2"#, because: "a projection lengthens no row",
    J(Z - W * h - shifted).squaredNorm)
  proof.equals(
    #"\lVert Z - W^* (h J) \rVert_F^2"#, because: "$Z J = Z$, the data are centred, and $1^\\top J = 0$",
    (Z - W * J(h)).squaredNorm)
  proof.atLeast(
    #"\sum_{i > k} \lambda_i"#, because: "lesson 01: $W^* (h J)$ has rank at most $k$", eigenvalue[k...].sum())
}
//: Five runs (their loops stand in [Training.swift](../../lessons/02-linear-autoencoder/Training.swift)): a linear network by L-BFGS; the same by Adam with the full gradient; the same by Adam with minibatches of 64
//: images; one with tied weights ($W^* = W^\top$); and one whose encoder is *not* linear but $h = \tanh(W x + b)$.
var random = lesson.stream("minibatches")
let plain = withLBFGS(randomNetwork(lesson.seed), on: lean)
let adam = withAdam(
  randomNetwork(lesson.seed), on: lean, .exponential(3e-2, factor: 0.998), epochs: 4000, &random)
let sampled = withAdam(
  randomNetwork(lesson.seed), on: examples, .exponential(1e-2, factor: 0.98), epochs: 200, batch: 64, &random)
let tied = withLBFGS(randomNetwork(lesson.seed, tied: true), on: lean)
let curved = withLBFGS(randomNetwork(lesson.seed, .tanh), on: examples, iterations: 500)
let runs = [
  ("L-BFGS", plain), ("Adam", adam), ("Adam, minibatches", sampled), ("tied weights", tied), ("tanh encoder", curved),
]
//:
lesson.table(
  "Trained from random weights",
  columns: ["network", "steps or epochs", "loss ∕ floor − 1", "largest angle to the principal subspace"],
  rows: runs.map { name, trained in
    [
      Cell(name), Cell(trained.steps), Cell(trained.excess, significant: 2),
      Cell(angle(trained.network), significant: 2),
    ]
  })
// The steps are the same for larger images, whose problem is worse conditioned.
let near = D <= 64 ? 1e-6 : 1e-3
for (name, trained) in runs where name != "tanh encoder" && name != "Adam, minibatches" {
  lesson.check("\(name): reaches the PCA optimum, loss ∕ floor − 1", trained.excess, isBelow: near)
  lesson.check(
    "\(name): finds the principal subspace, largest angle", angle(trained.network), isBelow: D <= 64 ? 1e-3 : 0.1)
}
lesson.check(
  "the non-linear encoder is not below the floor at any step: least loss ∕ floor − 1", curved.leastExcess,
  isAtLeast: 0)
//: Some remarks on that table, as it is on the default digits. The minibatches get 200 epochs and end above the others: the gradient of 64 examples is not zero at
//: the optimum of them all, so the step has to shrink, and the progress with it. Tied weights need few steps, untied ones
//: thousands: for a given decoder the encoder's curvature is that of the pixels' covariance, whose eigenvalues span many orders of
//: magnitude; tying removes those directions. And the curved encoder stays above the floor although it could come as close as one
//: likes, by small weights (where $\tanh$ is linear) and a large decoder: it has an infimum there and no minimum.

//: @fold The figure in Swift
lesson.figure(
  "training",
  "With the full gradient the linear networks come down to the floor of PCA and turn into its subspace: the last of the three is "
    + "within \(Numeral.short([plain, adam, tied].map(\.excess).greatest(), significant: 2)) of it. The minibatch run ends "
    + "\(Numeral.short(sampled.excess, significant: 2)) above it, and the network with a curved encoder "
    + "\(Numeral.short(curved.excess, significant: 2))."
) {
  Figure("Training a linear decoder", columns: 2) {
    Plot("Loss above the floor", x: Axis("iteration or epoch", scale: .log), y: Axis("loss ∕ floor − 1", scale: .log)) {
      for (name, run) in runs {
        Line(x: run.milestones.map { Double($0.step) }, y: run.milestones.map { max($0.excess, 1e-12) }, name: name)
      }
    }
    Plot("Largest principal angle", x: Axis("iteration or epoch", scale: .log), y: Axis("radians", scale: .log)) {
      for (name, run) in runs {
        Line(x: run.milestones.map { Double($0.step) }, y: run.milestones.map(\.angle), name: name)
      }
    }
  }
}

//: ## The subspace, not the components
//:
//: Are the decoder's columns the principal components, then? Nothing in the loss asks for it: for any invertible $M$ the pair
//: $W^* M$, $M^{-1} W$ computes the same reconstruction. So training stops at $W^* = U_k M$ with whatever $M$ the random start
//: led to, and $M = U_k^\top W^*$ can be read off.
func mixing(_ network: Network) -> Matrix<Double> { principal.T * network.decoder.W }

/// |cos| of the angles between principal components (rows) and decoder columns.
func cosines(_ network: Network) -> Matrix<Double> {
  let M = mixing(network)
  let length = (0..<k).map { j in norm(network.decoder.W.column(j)) }
  return Matrix(rows: k, columns: k) { i, j in abs(M[i, j]) / length[j] }
}

/// How well the worst decoder column matches any component.
func worstMatch(_ network: Network) -> Double {
  (0..<k).map { cosines(network).column($0).greatest() }.least()
}
let stretchOfM = SVD(mixing(plain.network)).σ
lesson.say(
  "The worst column of the plain network has no cosine above \(Numeral.short(worstMatch(plain.network))) with any component. "
    + "$M$ is not even a rotation: its singular values run from \(Numeral.short(stretchOfM[0])) down to "
    + "\(Numeral.short(stretchOfM[k - 1])).")
lesson.check("the weights are not the components: worst column's best cosine", worstMatch(plain.network), isBelow: 0.9)
lesson.check("and $M$ is no rotation: its condition number", stretchOfM[0] / stretchOfM[k - 1], isAbove: 1.1)

//: Tied weights leave less freedom. At the optimum $W^\top W$ is the best product, the projection $U_k U_k^\top$. The non-zero
//: eigenvalues of $W^\top W$ and $W W^\top$ are the same, so $W W^\top = I$, and $M^\top M = W U_k U_k^\top W^\top = I$: $M$ is
//: orthogonal, a rotation or a reflection.
let WWᵀ = tied.network.encoder.W * tied.network.encoder.W.T
lesson.check(#"tied: $\lVert W W^\top - I \rVert$"#, (WWᵀ - .identity(k)).norm, isBelow: 1e-3)
lesson.check(
  "tied: the weights are not the components either", worstMatch(tied.network), isBelow: 0.9)

//: ## Weight decay finds the axes
//:
//: Add $\lambda (\lVert W \rVert_F^2 + \lVert W^* \rVert_F^2)$ (Kunin et al., 2019). At a minimum both gradients vanish,
//: $2 \lambda W^* = (I - W^* W) C W^\top$ and $2 \lambda W = W^{*\top} (I - W^* W) C$. That balances encoder and decoder:
let λ = decay * eigenvalue[k - 1]
let even = lesson.attempt { withLBFGS(randomNetwork(lesson.seed), on: lean, penalties: [try .weightDecay(λ)]) }
let (Wₑ, Wᵈ) = (even.network.encoder.W, even.network.decoder.W)
//: @fold The derivation in Swift
lesson.derive("At the trained minimum the two weight matrices are balanced", within: 1e-5) { proof in
  let rest = (.identity(D) - Wᵈ * Wₑ) * Z * Z.T
  proof.start(#"2 \lambda W^{*\top} W^*"#, 2 * λ * (Wᵈ.T * Wᵈ))
  proof.equals(
    #"W^{*\top} (I - W^* W) C W^\top"#, because: "the gradient in $W^*$ vanishes; multiply it from the left",
    Wᵈ.T * rest * Wₑ.T)
  proof.equals(
    #"2 \lambda W W^\top"#, because: "the gradient in $W$ vanishes; multiply it from the right", 2 * λ * (Wₑ * Wₑ.T))
}
//: How low can the loss with its decay get at all? Here is a floor for it, by lesson 01 once more. Call $P = W^* W$, let
//: $\Theta$ and $Y$ be the matrices with the eigenvectors $U$ and the eigenvalues $\theta_i = \min(1, \lambda_i / 2 \lambda)$ and
//: $y_i = \max(\lambda_i - 2 \lambda, 0) / \sqrt{\lambda_i}$ (0 where $\lambda_i = 0$).
let θ = eigenvalue.map { min(1, $0 / (2 * λ)) }
let y = eigenvalue.map { $0 > 1e-12 * eigenvalue[0] ? max($0 - 2 * λ, 0) / $0.squareRoot() : 0 }
let decayFloor = 0.5 * eigenvalue.sum() - 0.5 * y[..<k].map { $0 * $0 }.sum()
//: @fold The derivation in Swift
lesson.derive("A floor under the loss with equal decay") { proof in
  let network = randomNetwork(lesson.seed)
  let (W, Wˢ) = (network.encoder.W, network.decoder.W)
  let P = Wˢ * W
  let (Θ, Y) = (pca.U * Matrix.diagonal(θ) * pca.U.T, pca.U * Matrix.diagonal(y) * pca.U.T)
  let rootC = pca.U * pca.Σ * pca.U.T
  proof.start(
    #"\tfrac12 \lVert (I - P) Z \rVert_F^2 + \lambda (\lVert W \rVert_F^2 + \lVert W^* \rVert_F^2)"#,
    0.5 * (Z - P * Z).squaredNorm + λ * (W.squaredNorm + Wˢ.squaredNorm))
  proof.atLeast(
    #"\tfrac12 \lVert (I - P) Z \rVert_F^2 + 2 \lambda \operatorname{tr} P \Theta"#,
    because: #"$\lVert W \rVert \ge \lVert \Theta W^\top \rVert$ and $\lVert W^* - \Theta W^\top \rVert^2 \ge 0$"#,
    0.5 * (Z - P * Z).squaredNorm + 2 * λ * (P * Θ).trace)
  proof.equals(
    #"\tfrac12 \lVert P C^{1/2} - Y \rVert_F^2 + \tfrac12 \operatorname{tr} C - \tfrac12 \lVert Y \rVert_F^2"#,
    because: #"complete the square, with $Y C^{1/2} = C - 2 \lambda \Theta$"#,
    0.5 * (P * rootC - Y).squaredNorm + 0.5 * eigenvalue.sum() - 0.5 * Y.squaredNorm)
  proof.atLeast(
    #"\tfrac12 \sum_i \lambda_i - \tfrac12 \sum_{i \le k} y_i^2"#,
    because: #"lesson 01: $P C^{1/2}$ has rank at most $k$"#,
    decayFloor)
}
//: With $\lambda_k > 2 \lambda$ and $\lambda_k > \lambda_{k+1}$ every line is an equality only if $P = U_k (I - 2 \lambda \Lambda_k^{-1}) U_k^\top$
//: and $W^* = W^\top$. Then $W^* W^{*\top} = P$ gives $W^* = U_k \operatorname{diag}(s_i) O^\top$ with *some* orthogonal $O$ and
//: $\lambda_i (1 - s_i^2) = 2 \lambda$. (Kunin et al. prove besides that no other minimum is in the way.) So the components can be read
//: off: they are the left singular vectors of the decoder, and if $\lambda_1, \dots, \lambda_k$ differ only their signs are open. But
//: $O$ remains: with equal decay for all units the loss does not change when the hidden layer is rotated, and the *columns* of
//: $W^*$ are still mixtures.
lesson.check(
  "training reaches that floor: its loss with decay", (1 + even.excess) * floor, equals: decayFloor,
  within: 1e-6)
let s = SVD(Wᵈ)
lesson.check(
  #"decoder and encoder are transposes: $\lVert W - W^{*\top} \rVert / \lVert W \rVert$"#,
  (Wₑ - Wᵈ.T).norm / Wₑ.norm, isBelow: 1e-4)
lesson.check(
  #"the singular values of the decoder obey $\lambda_i (1 - s_i^2) = 2 \lambda$"#,
  zip(eigenvalue, s.σ).map { $0 * (1 - $1 * $1) }, equal: Array(repeating: 2 * λ, count: k), within: 1e-3)
lesson.check(
  "its left singular vectors are the components: 1 − the smallest cosine",
  1 - (0..<k).map { abs(dot(s.U.column($0), principal.column($0))) }.least(), isBelow: 1e-4)
lesson.check("its columns are not: worst column's best cosine", worstMatch(even.network), isBelow: 0.9)

//: To make the columns themselves the components one has to break the symmetry, for example by a decay that differs from
//: unit to unit (Bao et al., 2020). The unit with the least decay takes the largest component, and so on.
let ladder = (1...k).map { λ * Double($0) / Double(k) }
let uneven = lesson.attempt {
  withLBFGS(randomNetwork(lesson.seed), on: lean, iterations: 4000, penalties: [try .weightDecay(perUnit: ladder)])
}
let inOrder = (0..<k).map { cosines(uneven.network)[$0, $0] }
lesson.check(
  "with a decay per unit, column $j$ is component $j$: 1 − the smallest cosine", 1 - inOrder.least(),
  isBelow: 1e-3)
lesson.check(
  #"and its length obeys $\lambda_j (1 - \lVert w^*_j \rVert^2) = 2 \lambda^{(j)}$ with the decay of its unit"#,
  (0..<k).map { j in
    let column = uneven.network.decoder.W.column(j)
    return eigenvalue[j] * (1 - dot(column, column))
  }, equal: ladder.map { 2 * $0 }, within: 0.01)
//: @fold The figure in Swift
lesson.figure(
  "cosines",
  "Only the decay that differs from unit to unit gives a diagonal: every other network mixes the components in its columns."
) {
  let networks = [
    ("no decay", plain.network), ("tied", tied.network), ("equal decay", even.network),
    ("decay per unit", uneven.network),
  ]
  return Figure("|cos| between component i and decoder column j", columns: 2) {
    for (name, network) in networks {
      Heatmap(
        name, (0..<k).map { cosines(network).row($0) }, range: 0...1, x: "decoder column j", y: "component i")
    }
  }
}
//: @fold The figure in Swift
lesson.figure(
  "eigendigits",
  "Decoder columns as images. The plain and the tied network show mixtures of principal components, the “eigendigits” of digits; rotating the tied decoder, taking "
    + "the left singular vectors under equal decay, or decay per unit bring these back."
) {
  // The rotation is found without the eigendigits: it diagonalises the covariance of the codes.
  let codes = tied.network.encoder.W * covarianceOfZ * tied.network.encoder.W.T
  let rotated = tied.network.decoder.W * SymmetricEigen(codes).vectors
  let rows = [
    ("components", principal), ("no decay", plain.network.decoder.W), ("tied", tied.network.decoder.W),
    ("tied, rotated", rotated), ("equal decay", Wᵈ), ("its singular vectors", s.U),
    ("decay per unit", uneven.network.decoder.W),
  ]
  return Figure("What the hidden units draw") {
    ImageGrid(
      "Columns of the decoder, each scaled to unit length",
      images: rows.flatMap { _, W in
        (0..<k).map { j in
          let column = W.column(j)
          let sign = dot(column, principal.column(j)) < 0 ? -1.0 : 1.0
          return column.map { sign * $0 / dot(column, column).squareRoot() }
        }
      },
      width: digits.width, height: digits.height, columns: k, palette: .diverging, rowLabels: rows.map(\.0))
  }
}

//: ## No bad minima, only saddles
//:
//: Why does training from anywhere succeed? Baldi and Hornik (1989): the loss of a linear autoencoder has gradient zero not only at the
//: principal subspace but at the span of *any* $k$ eigenvectors $i_1 < \dots < i_k$, and all of these except the leading ones are
//: saddles. Turn a chosen $u_i$ towards a left-out $u_m$ by the angle $\theta$: the loss changes by
//: $\frac12 (\lambda_i - \lambda_m) \sin^2 \theta$, downhill exactly if $\lambda_m > \lambda_i$. So there is one direction down for every
//: pair of a chosen eigenvector and a left-out one of larger eigenvalue: $i_j$ has $(i_j - 1) - (j - 1)$ of them, in all
//: $\sum_j (i_j - j)$. A problem of five inputs and two units is small enough to look at all ten sets. (The pair $W^* M$, $M^{-1} W$
//: has the same loss and the same counts, so one $M$ stands for all.)
var rotation = lesson.stream("saddles")
let axes = QR(Matrix<Double>.normal(rows: 5, columns: 5, using: &rotation)).Q
let spectrum: [Double] = [5, 4, 3, 2, 1]
let five = Matrix(rows: 5, columns: 5) { n, i in (5 * spectrum[n]).squareRoot() * axes[i, n] }

func linear(_ basis: Matrix<Double>) -> Network {
  Network(
    encoder: Stack([Dense(W: basis.T, activation: .identity)]), decoder: Stack([Dense(W: basis, activation: .identity)])
  )
}
let saddles = (0..<5).flatMap { i in (i + 1..<5).map { j in [i, j] } }.map { set in
  let basis = Matrix(rows: 5, columns: 2) { row, j in axes[row, set[j]] }
  let objective = lesson.attempt { try Objective(linear(basis), data: five, loss: .gaussian) }
  let curvature = SymmetricEigen(hessian(objective)).values
  return (
    set: set, loss: objective.value(), slope: objective.gradient().map(abs).greatest(),
    down: curvature.filter { $0 < -1e-6 }.count, flat: curvature.filter { abs($0) <= 1e-6 }.count,
    predicted: set.enumerated().map { $1 - $0 }.reduce(0, +)
  )
}
lesson.table(
  "The critical points of rank 2, up to mixing; eigenvalues 5, 4, 3, 2, 1",
  columns: ["eigenvectors", "loss", "largest slope", "directions down", "predicted", "curvature zero"],
  rows: saddles.map { saddle in
    [
      Cell("\(saddle.set[0] + 1), \(saddle.set[1] + 1)"), Cell(saddle.loss), Cell(saddle.slope, significant: 2),
      Cell(saddle.down), Cell(saddle.predicted), Cell(saddle.flat),
    ]
  })
lesson.check("the slope is zero at all ten: largest component", saddles.map(\.slope).greatest(), isBelow: 1e-12)
lesson.check(
  "directions down are as many as predicted", saddles.map { Double($0.down) },
  equal: saddles.map { Double($0.predicted) },
  within: 0)
lesson.check(
  "at every one of the ten points the curvature is zero in four directions: the $k^2$ ways to mix two hidden units",
  saddles.map { Double($0.flat) },
  equal: Array(repeating: 4, count: 10), within: 0)
//: Only the leading pair has no way down. Critical points of lower rank, where a unit is switched off, have one as well: the unit
//: can be switched on along any eigenvector that is missing. So gradient descent may dawdle at a saddle, but there is no wrong
//: valley to end in.
let switchedOff = [[], [0], [4]].map { set in
  let basis = Matrix(rows: 5, columns: 2) { row, j in j < set.count ? axes[row, set[j]] : 0 }
  return lesson.attempt {
    try SymmetricEigen(hessian(Objective(linear(basis), data: five, loss: .gaussian))).values.filter { $0 < -1e-6 }
      .count
  }
}
lesson.check(
  "directions down with both units off, or one on eigenvector 1 or 5: least", Double(switchedOff.min() ?? 0), isAbove: 0
)

//: ## Errata
//:
//: - Larochelle's proof needs $(X^\top X)^{-1}$, hence linearly independent examples, of which there are at most $D$ and, on the
//:   default digits, fewer. The conclusion holds for any number of examples if $X$ has rank $k$ at least, by the pseudo-inverse.
//: - His last slide calls the singular values of the normalised data the eigenvalues of the covariance. They are their square
//:   roots. And the encoder of the slide gives the principal components *whitened*.
//: - His $\arg\min = (U_k \Sigma_k, V_k^\top)$ names one minimiser of many, as his later "an optimal pair" says rightly; the tied
//:   pair $(U_k, U_k^\top)$ is another. The model slide has a bias $c$, the proof none: see the derivation about biases.
//: - Srihari's heading says that the linear decoder *is* PCA, the text below it what is meant: it spans the same subspace. With a
//:   non-linear encoder in front even that need not be reached: the floor is an infimum then.
//:
//: And a common belief, not of these lectures: that weight decay makes the weights the principal components. Equal decay makes the
//: decoder's *left singular vectors* the components; its columns need a decay that treats the units differently.

//: ## Is my number right?
lesson.bands("Headline figures") { seed in
  var random = RandomStream(seed: seed, name: "minibatches")
  let plain = withLBFGS(randomNetwork(seed), on: lean)
  let adam = withAdam(randomNetwork(seed), on: lean, .exponential(3e-2, factor: 0.998), epochs: 4000, &random)
  let uneven = lesson.attempt {
    withLBFGS(randomNetwork(seed), on: lean, iterations: 4000, penalties: [try .weightDecay(perUnit: ladder)])
  }
  return [
    "L-BFGS: loss ∕ floor − 1": plain.excess,
    "L-BFGS: largest angle": angle(plain.network),
    "L-BFGS: worst column's best cosine": worstMatch(plain.network),
    "Adam: loss ∕ floor − 1": adam.excess,
    "Adam: largest angle": angle(adam.network),
    "decay per unit: 1 − smallest cosine in order": 1
      - (0..<k).map { cosines(uneven.network)[$0, $0] }.least(),
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question Where does the proof use that the *decoder* is linear?
//: @answer In the floor: $W^* h(X)$ has rank at most $k$ whatever $h$ is. With a non-linear decoder the reconstructions of all
//: examples need not lie in a space of $k$ dimensions, and nothing keeps the loss from falling further.
//:
//: @question A colleague's linear autoencoder reaches a loss *below* the PCA optimum. Name two likely mistakes.
//: @answer PCA was computed without centring while the network has biases: they do the centring, and the floor of centred data is
//: lower. Or the two losses are not the same: summed against averaged over pixels, with and without $\frac12$. (The other way
//: round, PCA centred and a network without biases on raw data, it would end *above*.)
//:
//: @question Two students train the same network from two seeds. How can they tell whether they found the same solution?
//: @answer Not by comparing weights. By comparing $W^* W$ on the data, that is, the reconstructions: they do not change under
//: $W^* M$, $M^{-1} W$. Equal losses are not enough: in the table above the sets 1, 4 and 2, 3 have the same.
//:
//: @question With 5 inputs and 2 units, how many directions lead downhill from the span of eigenvectors 3 and 5?
//: @answer $(3 - 1) + (5 - 2) = 5$: eigenvectors 1 and 2 are left out and have larger
//: eigenvalues than 3; 1, 2 and 4 are left out and have larger ones than 5.
//:
//: @question Why does equal weight decay make encoder and decoder transposes of each other?
//: @answer $\lVert W \rVert^2 + \lVert W^* \rVert^2 = \lVert W^* - W^\top \rVert^2 + 2 \operatorname{tr} W^* W$. The best product $W^* W$ is
//: symmetric with positive eigenvalues, so it can be split as $B B^\top$; with that split the square vanishes, and every other
//: costs more.
lesson.finish()
