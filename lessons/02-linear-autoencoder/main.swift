//: # 2 · A linear autoencoder is PCA
//:
//: An autoencoder with a linear decoder has a best solution that can be written down, whatever its encoder is. This
//: lesson proves it, trains such networks from random weights, and proves why they find what they find: the subspace
//: of the principal components exactly, the components only if one pays for them.
//:
//: @opening landscape
//: - state the least error of any autoencoder with a linear decoder;
//: - tell the principal subspace from the principal components in trained weights;
//: - predict what weight decay does to each component;
//: - count the directions downhill at every critical point of the loss.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "A linear decoder can do no better than PCA; training finds its subspace, and weight decay "
    + "finds its axes.")
let k = lesson.knob("units", 8, in: 4...10, "the number k of hidden units")
let decay = lesson.knob(
  "decay", 0.2, in: 0.15...0.4,
  "the strength of weight decay, as a share of the k-th eigenvalue")

let digits = lesson.images(ImageNeeds(pixels: 64))
let X = digits.scaled  // one image a row
let (N, D) = (X.rows, X.columns)
// Larger images take longer, and get one seed.
let seeds = (0..<UInt64(D <= 64 ? 5 : 1)).map { lesson.seed + $0 }

//: ## A floor under every autoencoder with a linear decoder
//:
//: The examples are the rows of $X$, their codes those of $H$, and a linear decoder makes $\hat X
//: = H W^{*\top}$ of them. Whatever the encoder is, $\hat X$ has rank at most $k$, and by [lesson
//: 01](../01-svd-theorem/README.md) no such matrix is nearer to $X = U \Sigma V^\top$ than $X_k =
//: U_k \Sigma_k V_k^\top$. So half the squared error is at least $\frac12 \sum_{i>k} \sigma_i^2$.
//: The picture above has $k = 1$: $\hat X$ lies on a line, and the best line leaves the shortest
//: segments.
lesson.figure(
  "landscape",
  "Left: the best code of one number projects onto $v_1$. Right: its loss has two minima, $\\pm "
    + "v_1$; a path that starts near the saddle $v_2$ turns away from it."
) {
  var random = lesson.stream("cloud")
  let turn: Matrix<Double> = [[0.8, 0.6], [-0.6, 0.8]]
  let raw =
    Matrix<Double>.normal(rows: 40, columns: 2, using: &random) * .diagonal([1, 0.45]) * turn
  return landscapeFigure(raw.subtractingFromEachRow(raw.columnMeans))
}
//: @file Figures.swift the figures of this lesson
//:
//: The codes $U_k$ with the decoder $W^* = V_k \Sigma_k$ reach that floor. But can they be *computed from $x$*? Yes, in
//: one line, and by a linear encoder: $X V = U \Sigma$.
let svd = SVD(X)
let (r, top) = (svd.rank(), svd.truncated(to: k))
let unstretch = Matrix.diagonal(top.σ.map { 1 / $0 })
lesson.derive("The best codes are a linear function of the examples") { proof in
  proof.start(#"H = U_k"#, top.U)
  proof.equals(
    #"U_k \Sigma_k \Sigma_k^{-1}"#, because: #"$\sigma_k > 0$"#, top.U * top.Σ * unstretch)
  proof.equals(
    #"X V_k \Sigma_k^{-1}"#, because: #"the first $k$ columns of $X V = U \Sigma$"#,
    X * top.V * unstretch)
}
let W = unstretch * top.V.T
let Wˢ = top.V * top.Σ
//: So $h(x) = \Sigma_k^{-1} V_k^\top x$ and $\hat x = V_k \Sigma_k h$ are a best pair, for any number of examples of
//: rank at least $k$; [the lecture](@larochelle) takes [ten lines](#deeper-the-lectures-proof-line-by-line) for it. If
//: $\sigma_k > \sigma_{k+1}$, then $X_k$ is the only best matrix (lesson 01): all best networks, linear or not, share
//: their reconstructions and the span of their decoders' columns.
lesson.check(
  "this linear pair sits on the floor", 0.5 * (X - X * W.T * Wˢ.T).squaredNorm,
  equals: 0.5 * dot(Array(svd.σ[k...]), Array(svd.σ[k...])), within: 1e-11,
  because: "rounding; the floor is a small share of the squares that are subtracted")

//: ## With one normalisation it is PCA
//:
//: Subtract the mean image $\mu$ and divide by $\sqrt N$: call the result $Z$, and from here on $Z = U \Sigma V^\top$.
let μ = X.columnMeans
let Z = X.subtractingFromEachRow(μ) / Double(N).squareRoot()
let C = Z.T * Z
let pca = SVD(Z)
let γ = pca.σ .* pca.σ
let (axes, floor) = (pca.V[columns: 0..<k], 0.5 * γ[k...].sum())
let optimum = Optimum(floor: floor, axes: axes)
lesson.derive("The right singular vectors diagonalise the covariance") { proof in
  var covariance = Matrix<Double>(rows: D, columns: D)
  for n in 0..<N {
    let x = Matrix(rows: 1, columns: D, elements: X.row(n) .- μ)
    multiply(
      x, x, transposeA: true, scale: 1 / Double(N), into: &covariance, accumulate: true)
  }
  proof.start(#"C = \frac1N \sum_n (x_n - \mu)(x_n - \mu)^\top"#, covariance)
  proof.equals(
    #"Z^\top Z"#,
    because: "a product of matrices is a sum over the inner index, here over examples", C)
  proof.equals(
    #"V \Sigma U^\top U \Sigma V^\top"#, because: #"$Z = U \Sigma V^\top$"#,
    pca.V * pca.Σ * pca.U.T * pca.U * pca.Σ * pca.V.T)
  proof.equals(
    #"V \Sigma^2 V^\top"#, because: #"$U^\top U = I$"#, pca.V * pca.Σ * pca.Σ * pca.V.T)
}
//: So the eigenvectors of the covariance are the $v_i$, and its eigenvalues $\gamma_i = \sigma_i^2$ the *squares* of
//: the singular values. PCA asks for the $k$ orthogonal directions of largest variance; the variance along the columns
//: of an orthonormal $P$ is $\operatorname{tr} P^\top C P \le \sum_{i \le k} \gamma_i$, by Ky Fan's step of lesson 01 (weights from 0
//: to 1 that add up to $k$ make at most the sum of the $k$ largest), with equality for $V_k$. The encoder found above gives its scores, each divided by its standard deviation (whitened).
//:
//: The *principal angles* between subspaces with orthonormal bases $P$ and $R$ have the singular values of $P^\top R$ as
//: cosines; the largest is zero exactly if the subspaces coincide.
let eigen = SymmetricEigen(C)
lesson.check(
  #"an eigenvalue solver that knows nothing of singular values finds the same $\gamma_i$"#,
  eigen.values, equal: γ, within: 1e-13, scale: γ[0],
  because: #"rounding of $C$, relative to $\gamma_1$"#)
lesson.check(
  "and the same principal subspace: largest angle in radians",
  principalAngles(between: eigen.vectors[columns: 0..<k], and: axes).last ?? .nan,
  isBelow: 1e-14 * γ[0] / (γ[k - 1] - γ[k]) * Double(D),
  because:
    #"rounding in $C$, some $D$ units, over the gap $\gamma_k - \gamma_{k+1}$ turns the subspace"#
)

//: ## What training finds
//:
//: Start from random weights and go downhill on $L$, the mean over the centred examples of $\frac12 \lVert x - \hat x
//: \rVert^2$. A linear network without biases sees nothing of them but $C$: with $P = W^* W$,
//:
//: $$ L = \tfrac12 \operatorname{tr} (I - P) C (I - P)^\top. $$
//:
//: So $D$ made-up examples, $\sqrt D \sigma_i v_i$, which have the same $C$, teach it what all the images do, and faster.
//: The gradients, with a decay $\lambda_j (\lVert w_j \rVert^2 + \lVert w^*_j \rVert^2)$ for unit $j$, which is 0 until
//: [later](#weight-decay-finds-the-axes):
//:
//: $$ \frac{\partial L}{\partial W} = -W^{*\top} (I - P) C + 2 \Lambda W, \qquad
//: \frac{\partial L}{\partial W^*} = -(I - P) C W^\top + 2 W^* \Lambda. $$
//: @heart the gradient of a linear autoencoder
func gradient(
  _ W: Matrix<Double>, _ Wˢ: Matrix<Double>, _ C: Matrix<Double>, decay λ: [Double]
) -> (W: Matrix<Double>, Wˢ: Matrix<Double>) {
  let Λ = Matrix.diagonal(λ)
  let missed = (.identity(C.rows) - Wˢ * W) * C  // what is not reproduced, times what came in
  return (2 * (Λ * W) - Wˢ.T * missed, 2 * (Wˢ * Λ) - missed * W.T)
}
//: The library does the same on all the images, or the made-up ones:
let images = Double(N).squareRoot() * Z
let lean = Double(D).squareRoot() * (pca.Σ * pca.V.T)
func start(_ seed: UInt64) -> Network { randomNetwork(D, units: k, seed: seed) }
lesson.derive("The loss depends on the examples only through $C$") { proof in
  let network = start(lesson.seed)
  let rest = .identity(D) - network.decoder.W * network.encoder.W
  proof.start(
    #"L = \frac1N \sum_n \tfrac12 \lVert x_n - \mu - P (x_n - \mu) \rVert^2"#,
    loss(network, on: images))
  proof.equals(
    #"\tfrac12 \lVert Z (I - P)^\top \rVert_F^2"#,
    because: #"the rows of $Z$ are $(x_n - \mu)^\top / \sqrt N$"#,
    0.5 * (Z * rest.T).squaredNorm)
  proof.equals(
    #"\tfrac12 \operatorname{tr} (I - P) C (I - P)^\top"#, because: "$C = Z^\\top Z$",
    0.5 * (rest * C * rest.T).trace)
  proof.equals(
    #"\frac1D \sum_i \tfrac12 \lVert (I - P) \sqrt D \sigma_i v_i \rVert^2"#,
    because:
      #"$C = V \Sigma^2 V^\top = \frac1D \sum_i (\sqrt D \sigma_i v_i)(\sqrt D \sigma_i "#
      + #"v_i)^\top$"#,
    loss(network, on: lean))
}
lesson.check(
  "the library's gradient on all the images against this one",
  lesson.attempt {
    try Objective(
      start(lesson.seed), data: images, loss: .gaussian,
      penalties: [.weightDecay(perUnit: (1...k).map { 0.1 * Double($0) })]
    ).gradient()
  },
  equal: {
    let network = start(lesson.seed)
    let g = gradient(
      network.encoder.W, network.decoder.W, C, decay: (1...k).map { 0.1 * Double($0) })
    return g.W.elements + g.Wˢ.elements
  }(), within: 1e-12, scale: 0.1,
  because: "rounding in sums over all examples")
//: Five kinds of run, from random weights within $\pm \sqrt{6 / (D + k)}$ of five seeds (one for larger images): L-BFGS
//: ([](@liu-nocedal-1989)) with the full gradient; Adam ([](@kingma-2014)) with the full gradient, its step falling from
//: 0.03 by 0.25 % each pass; Adam on minibatches of 64 images, from 0.01 by 4 %; tied weights, $W^* = W^\top$; and an
//: encoder that is *not* linear, $h = \tanh(W x + b)$.
let recipes: [(name: String, train: (UInt64) -> Trained)] = [
  ("L-BFGS", { withLBFGS(start($0), on: lean, to: optimum) }),
  (
    "Adam",
    {
      withAdam(
        start($0), on: lean, whole: lean, to: optimum,
        rate: .exponential(3e-2, factor: 0.9975),
        epochs: D <= 64 ? 2500 : 1000, seed: $0)
    }
  ),
  (
    "Adam, minibatches",
    {
      withAdam(
        start($0), on: images, whole: lean, to: optimum,
        rate: .exponential(1e-2, factor: 0.96),
        epochs: 100, batch: 64, seed: $0)
    }
  ),
  (
    "tied",
    { withLBFGS(randomNetwork(D, units: k, seed: $0, tied: true), on: lean, to: optimum) }
  ),
  (
    "tanh encoder",
    {
      withLBFGS(
        randomNetwork(D, units: k, seed: $0, activation: .tanh), on: images, to: optimum,
        iterations: 300)
    }
  ),
]
let runs = recipes.map { recipe in (name: recipe.name, all: seeds.map(recipe.train)) }
//: @file Training.swift how the networks are made, trained and measured
lesson.table(
  "Trained from random weights",
  columns: [
    "network", "passes over the data", "loss ∕ floor − 1",
    "largest angle to the principal subspace",
  ],
  rows: runs.map { run in
    let angles = run.all.map { optimum.angle($0.network) }
    return [
      Cell(run.name), Cell(span(run.all.map { Double($0.passes) })),
      Cell(span(run.all.map(\.excess))), Cell(span(angles)),
    ]
  })
let (plain, tied) = (runs[0].all[0], runs[3].all[0])
let linearRuns = [0, 1, 3].flatMap { runs[$0].all }
lesson.finding(
  "With the full gradient every linear network ends within a relative "
    + "\(Numeral.short(linearRuns.map(\.excess).greatest(), significant: 2)) of the floor and "
    + "\(Numeral.short(linearRuns.map { optimum.angle($0.network) }.greatest(), significant: 2)) "
    + "radians of the principal subspace; none, linear or not, ends below the floor.")
lesson.figure(
  "training",
  "The first of each: full-gradient linear runs end within a relative "
    + "\(Numeral.short([0, 1, 3].map { runs[$0].all[0].excess }.greatest(), significant: 2)) of "
    + "the floor, minibatches "
    + "\(Numeral.short(runs[2].all[0].excess, significant: 2)) above it, "
    + "the tanh encoder \(Numeral.short(runs[4].all[0].excess, significant: 2))."
) { trainingFigure(runs.map { ($0.name, $0.all[0]) }) }
//: On the default digits tied weights have no gradient left after some hundred passes, untied ones still after 1,500, the
//: limit: for a given decoder the encoder's curvature
//: is that of $C$, whose eigenvalues span many orders of magnitude. Minibatches end above the floor, because the gradient
//: of 64 examples does not vanish there. The curved encoder has the floor as its
//: [infimum](#deeper-angles-biases-and-curved-encoders).
for seed in D <= 64 ? [lesson.seed] : [] {
  lesson.check(
    "full gradient, linear, from seed \(seed) on: greatest loss ∕ floor − 1",
    linearRuns.map(\.excess).greatest(), isBelow: 1e-6,
    because:
      #"all minima are global, [as proved below](#no-bad-minima-only-saddles); the last "#
      + #"millionth is left to Adam's shrinking step"#)
}
lesson.check(
  #"all runs: the greatest $\sin^2 \theta$, as a share of what the loss allows"#,
  runs.flatMap(\.all).map { run in
    let sine = Double.sin(optimum.angle(run.network))
    return sine * sine * (γ[k - 1] - γ[k]) / (2 * floor * (run.excess + 1e-12))
  }.greatest(), isAtMost: 1,
  because:
    #"an angle costs [at least](#deeper-angles-biases-and-curved-encoders) $\frac12 (\gamma_k - "#
    + #"\gamma_{k+1}) \sin^2 \theta$; $10^{-12}$ of the floor is granted for rounding"#)
lesson.check(
  "all runs, at all passes: the least loss ∕ floor − 1",
  runs.flatMap(\.all).map(\.leastExcess).least(),
  isAtLeast: -1e-12,
  because:
    "the floor is proved, with [biases](#deeper-angles-biases-and-curved-encoders) too; less "
    + "rounding"
)

//: ## The subspace, not the components
//:
//: Nothing in the loss asks that the decoder's columns be the principal components: for any invertible $M$ the pair $W^*
//: M$, $M^{-1} W$ computes the same reconstructions. So training ends at $W^* = V_k M$ with whatever $M$ the start led to.
//: Tied weights leave less freedom: at the optimum $W^\top W = V_k V_k^\top$, so $W W^\top$, which has the same non-zero
//: eigenvalues, is $I$, and $M^\top M = W V_k V_k^\top W^\top = I$. A rotation or a reflection remains.
let mixing = SVD(axes.T * plain.network.decoder.W).σ
let (untidy, tidy) = (
  runs[0].all.map { optimum.worstMatch($0.network.decoder.W) },
  runs[3].all.map { optimum.worstMatch($0.network.decoder.W) }
)
lesson.finding(
  "The decoder's columns are not the components: the worst column's best |cos| with any of them "
    + "is \(span(untidy)) without decay and \(span(tidy)) with tied weights.")
lesson.say(
  "Here the singular values of $M$ run from \(Numeral.short(mixing[0], significant: 3)) to "
    + "\(Numeral.short(mixing[k - 1], significant: 2)) without decay.")
lesson.check(
  "the columns are not the components: greatest |cos| of a worst column, all seeds, tied or not",
  (untidy + tidy).greatest(), isBelow: 0.9,
  because: "0.9 is an angle of 26°: a column as near as that would count as found")
lesson.check(
  #"tied, all seeds: $\lVert W W^\top - I \rVert_F$"#,
  runs[3].all.map { ($0.network.encoder.W * $0.network.encoder.W.T - .identity(k)).norm }
    .greatest(),
  isBelow: 1e-5,
  because:
    #"0 at a minimum; the gradient left is $10^{-8}$, over a curvature of about $\gamma_k$"#)

//: ## Weight decay finds the axes
//:
//: Add the decay, with $0 < \lambda_1 \le \dots \le \lambda_k < \frac12 \gamma_k$: equal for all units ([](@kunin-2019)),
//: or a ladder of different ones ([](@bao-2020)). The loss then grows with the weights, so it has a minimum, and there
//: the gradients vanish: $2 W^* \Lambda = (I - P) C W^\top$ and $2 \Lambda W = W^{*\top} (I - P) C$.
let λ = decay * γ[k - 1]
let equal = [Double](repeating: λ, count: k)
let ladder = (1...k).map { λ * Double($0) / Double(k) }
func trained(_ decay: [Double]) -> [Trained] {
  seeds.map { seed in
    lesson.attempt {
      withLBFGS(
        start(seed), on: lean, to: optimum, iterations: 4000,
        penalties: [try .weightDecay(perUnit: decay)])
    }
  }
}
let (even, uneven) = (trained(equal), trained(ladder))
lesson.derive("At a minimum the two weight matrices are balanced", within: 1e-4) { proof in
  let (W, Wˢ) = (even[0].network.encoder.W, even[0].network.decoder.W)
  let missed = (.identity(D) - Wˢ * W) * C
  let Λ = Matrix.diagonal(equal)
  proof.start(#"2 W^{*\top} W^* \Lambda"#, 2 * (Wˢ.T * Wˢ * Λ))
  proof.equals(
    #"W^{*\top} (I - P) C W^\top"#,
    because: "the gradient in $W^*$ vanishes; multiply it from the left",
    Wˢ.T * missed * W.T)
  proof.equals(
    #"2 \Lambda W W^\top"#,
    because: "the gradient in $W$ vanishes; multiply it from the right",
    2 * (Λ * W * W.T))
}
//: With the transpose of the result, $W^{*\top} W^* \Lambda^2 = \Lambda W W^\top \Lambda = \Lambda^2 W^{*\top} W^*$. A matrix
//: that commutes with $\Lambda^2$ is diagonal if the decays differ; units of equal decay can be rotated among themselves,
//: at no cost, until it is. So the columns of $W^*$ are orthogonal: $w^*_j = \sqrt{a_j} \, p_j$ with orthonormal $p_j$. Let
//: $\omega_{ji} = (p_j^\top v_i)^2$, and $y_j(\gamma)^2 = (\gamma - 2 \lambda_j)^2 / \gamma$ where $\gamma > 2
//: \lambda_j$, else 0. For any such decoder:
lesson.derive("A floor under the loss with decay") { proof in
  var random = lesson.stream("rivals")
  let p = QR(Matrix<Double>.normal(rows: D, columns: k, using: &random)).Q
  let a = (0..<k).map { _ in 0.2 + 0.7 * random.uniform() }
  let W = start(lesson.seed).encoder.W
  let Wˢ = p * Matrix.diagonal(a.map { $0.squareRoot() })
  let shares = pca.V.T * p
  func pairs(_ f: (Int, Int) -> Double) -> Double {
    (0..<k).flatMap { j in γ.indices.map { i in shares[i, j] * shares[i, j] * f(j, i) } }
      .sum()
  }
  func gain(_ j: Int, _ γ: Double) -> Double { a[j] * γ * γ / (2 * ladder[j] + a[j] * γ) }
  let half = 0.5 * γ.sum()
  proof.start(
    #"L + \sum_j \lambda_j (\lVert w_j \rVert^2 + \lVert w^*_j \rVert^2)"#,
    loss(linear(W, Wˢ), on: lean) + decayOf(ladder, W, Wˢ))
  proof.atLeast(
    #"\tfrac12 \operatorname{tr} C + \sum_j \bigl( \lambda_j a_j - \tfrac12 a_j \, p_j^\top C "#
      + #"(2 \lambda_j I + a_j C)^{-1} C p_j \bigr)"#,
    because: #"orthogonal columns: one parabola for each $w_j$, lowest at "#
      + #"$w_j = (2 \lambda_j I + a_j C)^{-1} C w^*_j$"#,
    half
      + (0..<k).map { j in
        let column = p.column(j)
        let Cp = C * column
        let inner = lesson.attempt { try (2 * ladder[j] * .identity(D) + a[j] * C).inverse() }
        return ladder[j] * a[j] - 0.5 * a[j] * dot(Cp, inner * Cp)
      }.sum())
  proof.equals(
    #"\tfrac12 \operatorname{tr} C + \sum_{ji} \omega_{ji} \Bigl( \lambda_j a_j - \tfrac12 "#
      + #"\frac{a_j \gamma_i^2}{2 \lambda_j + a_j \gamma_i} \Bigr)"#,
    because: #"in the eigenbasis of $C$, where $\sum_i \omega_{ji} = 1$"#,
    half + pairs { j, i in ladder[j] * a[j] - 0.5 * gain(j, γ[i]) })
  proof.atLeast(
    #"\tfrac12 \operatorname{tr} C - \tfrac12 \sum_{ji} \omega_{ji} \, y_j(\gamma_i)^2"#,
    because: #"lowest at $a_j = 1 - 2 \lambda_j / \gamma_i$, or at 0 if that is negative"#,
    half - 0.5 * pairs { j, i in saving(γ[i], ladder[j]) })
  proof.atLeast(
    #"\tfrac12 \operatorname{tr} C - \tfrac12 \sum_j y_j(\gamma_j)^2"#,
    because: #"Ky Fan's step for each $m$: $y_m^2 - y_{m+1}^2$ grows with $\gamma$, and its "#
      + #"weights $\sum_{j \le m} \omega_{ji} \le 1$ sum to $m$: at most the sum of the $m$ "#
      + "largest",
    half - 0.5 * (0..<k).map { saving(γ[$0], ladder[$0]) }.sum())
}
//: (In the last line $y_{k+1} = 0$, and $\sum_j \omega_{ji} y_j^2$ was summed by parts.) The floor is reached, by $w^*_j =
//: w_j = \sqrt{1 - 2 \lambda_j / \gamma_j} \; v_j$. And if $\gamma_1 > \dots > \gamma_{k+1}$, every minimum is of this kind,
//: because all lines must be equalities:
//:
//: - **equal decay**: the $p_j$ are the columns of $V_k$, in any order. So $W^* = W^\top = V_k
//:   \operatorname{diag}(s_i) O^\top$ with *some* orthogonal $O$ and Kunin's law $s_i^2 = 1 - 2
//:   \lambda / \gamma_i$. The components are the left singular vectors of the decoder; its
//:   *columns* are still mixtures.
//: - **a ladder**: each difference $y_m^2 - y_{m+1}^2$ asks that $p_1, \dots, p_m$ span $v_1, \dots, v_m$. So $p_j = \pm
//:   v_j$: the unit with the least decay holds the first component, and so on.
//: @file Decay.swift decay, what it saves and how it shrinks
let outcomes = [("equal", equal, even), ("ladder", ladder, uneven)].map { name, λ, all in
  (
    name: name, passes: all.map { Double($0.passes) },
    excess: all.map { run in
      floor * (1 + run.excess)
        / (0.5 * γ.sum() - 0.5 * (0..<k).map { saving(γ[$0], λ[$0]) }.sum()) - 1
    },
    singular: all.map { 1 - optimum.worstInOrder(SVD($0.network.decoder.W).U) },
    columns: all.map { 1 - optimum.worstInOrder($0.network.decoder.W) },
    best: all.map { optimum.worstMatch($0.network.decoder.W) }
  )
}
lesson.table(
  "What decay finds",
  columns: [
    "decay", "passes", "loss with decay ∕ its floor − 1",
    "singular vectors: 1 − least |cos|",
    "columns in order: 1 − least |cos|",
  ],
  rows: outcomes.map { outcome in
    [
      Cell(outcome.name), Cell(span(outcome.passes)), Cell(span(outcome.excess)),
      Cell(span(outcome.singular)), Cell(span(outcome.columns)),
    ]
  })
lesson.finding(
  "Equal decay puts the components into the decoder's singular vectors within "
    + "\(Numeral.short(outcomes[0].passes.greatest())) passes; a ladder of decays puts them into "
    + "its columns, in order, within \(Numeral.short(outcomes[1].passes.greatest())).")
lesson.figure(
  "cosines",
  "Only the ladder gives a diagonal: every other network mixes the components in its columns."
) {
  cosinesFigure(
    [
      ("no decay", plain.network.decoder.W), ("tied", tied.network.decoder.W),
      ("equal decay", even[0].network.decoder.W),
      ("ladder of decays", uneven[0].network.decoder.W),
    ], optimum: optimum)
}
//: The ladder is slow because only the differences of the decays drive the units apart. The law itself, over decays from
//: $\gamma_k / 100$ to $0.6 \, \gamma_1$:
let strengths = D <= 64 ? 12 : 6
let sweep = shrinkage(
  (0..<strengths).map { n in
    // In equal ratios.
    let share = Double(n) / Double(strengths - 1)
    return 0.01 * γ[k - 1] * Double.exp(share * Double.log(60 * γ[0] / γ[k - 1]))
  }, variances: γ, on: lean, to: optimum, seeds: seeds)
let deviation = sweep.map(\.deviation).greatest()
lesson.finding(
  "Over \(sweep.count) strengths of equal decay the decoder's squared singular values follow $1 "
    + "- 2 \\lambda / \\gamma_i$ to \(Numeral.short(deviation, significant: 2)), and are 0 where "
    + "that is negative.")
lesson.figure(
  "shrinkage",
  "The dots of \(seeds.count) seeds coincide; above $\\lambda = \\gamma_1 / 2$ nothing is "
    + "left."
) { shrinkageFigure(sweep, variances: γ, shown: [0, 1, 3, k - 1]) }
//: (Where $2 \lambda > \gamma_i$ the proof holds with 0 for what is dropped.) Kunin et al. show that with equal decay no
//: other minimum is in the way; with a ladder no seed here met one.
lesson.check(
  "training reaches the floor with decay: greatest loss ∕ floor − 1, both kinds",
  outcomes.flatMap(\.excess).map(abs).greatest(), isBelow: 1e-6,
  because:
    "the floor is the minimum; the last gradient is $10^{-8}$ or the passes are used up")
lesson.check(
  #"equal decay: the greatest deviation of $s_i^2$ from the law"#, deviation, isBelow: 1e-4,
  because:
    #"the gradient left, $10^{-8}$, over a curvature that vanishes where $2 \lambda = \gamma_i$"#
)
lesson.check(
  "equal decay: the singular vectors are the components, 1 − the least |cos|",
  outcomes[0].singular.greatest(), isBelow: 1e-4, because: "the same")
lesson.check(
  "equal decay: the columns are not, the worst column's best |cos|",
  outcomes[0].best.greatest(),
  isBelow: 0.9, because: "as above, an angle of 26°")
lesson.check(
  "a ladder: column $j$ is component $j$, 1 − the least |cos|",
  outcomes[1].columns.greatest(),
  isBelow: 1e-3, because: "an angle of 2.6°; the valley is flat, and the passes are limited")

//: ## No bad minima, only saddles
//:
//: Why does training succeed? Without decay every critical point is known, and all but the global
//: minima have a way down ([](@baldi-hornik-1989)). Let $\gamma_1 > \dots > \gamma_D > 0$. (On
//: the null space of a singular $C$ the encoder's weights do nothing.) Where both gradients
//: vanish, $(I - P) C W^\top = 0$ and $W^{*\top} (I - P) = 0$, as $C$ is invertible. Five inputs
//: and two units serve to watch.
var saddling = lesson.stream("saddles")
let v = QR(Matrix<Double>.normal(rows: 5, columns: 5, using: &saddling)).Q
let spectrum: [Double] = [5, 4, 3, 2, 1]
let five = Matrix.diagonal(spectrum.map { (5 * $0).squareRoot() }) * v.T  // five examples
let C5 = v * Matrix.diagonal(spectrum) * v.T
let kinds = CriticalKind.all(inputs: 5, units: 2)
lesson.derive("At a critical point $P$ is an orthogonal projection that commutes with $C$") {
  proof in
  let (W, Wˢ) = randomCriticalPoint(
    CriticalKind(held: [1, 3], units: 2), axes: v, using: &saddling)
  let P = Wˢ * W
  proof.start(#"P^\top C P"#, P.T * C5 * P)
  proof.equals(
    #"P^\top P \, C P"#,
    because:
      #"$P^\top P = W^\top W^{*\top} P = W^\top W^{*\top} = P^\top$: so $P$ is symmetric, and "#
      + #"$P^2 = P$"#,
    P.T * P * C5 * P)
  proof.equals(
    #"C P"#, because: #"$(I - P) C P = (I - P) C W^\top W^{*\top} = 0$, as $P = P^\top$"#,
    C5 * P)
  proof.equals(#"P C"#, because: #"the first line is symmetric"#, P * C5)
}
//: So $P = V_S V_S^\top$ projects onto the span of $r$ eigenvectors, a set $S$ with the numbers $i_1 < \dots < i_r$. Then
//: $W^* = P W^* = V_S M$ with $M = V_S^\top W^*$; and the first equation, $C (I - P) W^\top = 0$, says $W = W P = M^-
//: V_S^\top$ with $M^- = W V_S$, where $M M^- = V_S^\top P V_S = I$. **Every critical point is of this form**, and every such
//: pair is critical. New hidden axes, the columns of $M^-$ and a basis of $M$'s null space, make $M = (I, 0)$ and keep
//: the signs of all curvatures: $r$ units hold one eigenvector each, the others are off. From there take a step $t
//: (E, E^*)$. In the eigenbasis:
deriveCurvature(axes: v, C5, spectrum, data: five, using: &saddling)
//: No weight occurs in two blocks, so the Hessian can be read off:
//:
//: | block | how many | downhill | flat |
//: |:--|:--|:--|:--|
//: | unit $j$ on, $m \notin S$: determinant $\gamma_m (\gamma_{i_j} - \gamma_m)$, positive trace | $r (D - r)$ | 1 if $\gamma_m > \gamma_{i_j}$ | 0 |
//: | units $j$ and $l$ on: a square | $r^2$ | 0 | 1 |
//: | unit $j$ off, $m \notin S$: determinant $-\gamma_m^2$ | $(k - r)(D - r)$ | 1 | 0 |
//: | unit $j$ off, along $S$: does not occur | $r (k - r)$ | 0 | 2 |
//:
//: All but $j - 1$ of the eigenvectors before $i_j$ are missing from $S$. So the number of negative eigenvalues *equals*
//:
//: $$ \sum_{j=1}^r (i_j - j) + (k - r)(D - r), $$
//:
//: which is zero only for $r = k$ and $S = \{1, \dots, k\}$, if $k < D$. Every other critical point has a direction of
//: strictly negative curvature: there is no wrong valley to end in.
let points = criticalPoints(kinds, axes: v, data: five, using: &saddling)
//: @file CriticalPoints.swift critical points of every kind, and their curvature
lesson.table(
  "All kinds of critical points, each mixed at random; variances 5, 4, 3, 2, 1, two units",
  columns: [
    "eigenvectors held", "loss", "largest slope", "downhill", "predicted", "flat",
    "predicted",
  ],
  rows: points.map { point in
    [
      Cell(
        point.kind.held.isEmpty
          ? "none" : point.kind.held.map { "\($0 + 1)" }.joined(separator: ", ")),
      Cell(point.loss), Cell(point.steepest, significant: 2), Cell(point.down),
      Cell(point.kind.index(5)),
      Cell(point.flat), Cell(point.kind.flat),
    ]
  })
lesson.finding(
  "At all \(points.count) kinds of critical points of five inputs and two units the Hessian has "
    + "as many directions downhill as the formula says, and none at the leading pair alone.")
lesson.check(
  "the slope is zero at every kind: largest component", points.map(\.steepest).greatest(),
  isBelow: 1e-12,
  because: "rounding in sums of a few products")
lesson.check(
  "directions downhill, measured, against the formula", points.map { Double($0.down) },
  equal: points.map { Double($0.kind.index(5)) }, within: 0, because: "whole numbers")
lesson.check(
  #"flat directions, measured, against $r^2 + 2 r (k - r)$"#, points.map { Double($0.flat) },
  equal: points.map { Double($0.kind.flat) }, within: 0, because: "the same")

//: ## Deeper: The lecture's proof, line by line
//:
//: [Larochelle](@larochelle) reaches the linear encoder in ten lines that need linearly independent examples. Here they are,
//: with the place where they fail and what mends it.
//:
//: His examples are *columns*: his $X$ is $X^\top$ here, his $U$ and $V$ change places, and his $h(X)$ is $H^\top$. His
//: lines, transposed, on the first forty images that are independent to within a condition number of $10^4$:
let few = independent(40, of: X)
let small = SVD(few)
let condition = small.σ[0] / small.σ[few.rows - 1]
//: @file Proofs.swift the derivations of the deeper sections
deriveLecturesProof(on: few, small, units: k, condition: condition)
lesson.say(
  "Inverting $X X^\\top$ squares the condition number, here \(Numeral.short(condition)); the "
    + "tolerance of the lines is its square times $10^{-16}$.")
//: Nobody trains on forty images. $X X^\top$ is $N \times N$, and its rank that of $X$: at most $D$. Then the first step has
//: nothing to multiply by. It needs less than it asks for: only that the product leaves $U_k$ alone, and the
//: pseudo-inverse $X^+ = V_r \Sigma_r^{-1} U_r^\top$, where $r$ is the rank, does that: $X X^+$ projects onto the span of
//: $U_r$.
let attempts = [40, D, D + D / 2].map { count in
  disturbance(digits.prefix(count).scaled, units: k)
}
lesson.table(
  #"How much "multiply by the identity" moves $U_k$"#,
  columns: ["examples", "rank", #"with $(X X^\top)^{-1}$"#, "with $X^+$"],
  rows: attempts.map { attempt in
    [
      Cell(attempt.count), Cell(attempt.rank),
      attempt.inverse.map { Cell($0, significant: 2) } ?? "no inverse",
      Cell(attempt.pseudoInverse, significant: 2),
    ]
  })
lesson.check(
  "with more examples than pixels: cases with an inverse that is right to 1 %",
  Double(attempts.count { $0.count > D && ($0.inverse ?? .infinity) < 0.01 }), equals: 0,
  within: 0,
  because: "the matrix is singular: an inverse, where rounding lets one appear, is noise")
lesson.check(
  "with the pseudo-inverse it is right for all", attempts.map(\.pseudoInverse).greatest(),
  isBelow: 1e-11,
  because: #"rounding times $\sigma_1 / \sigma_k$, below a hundred, times $D$"#)

//: ## Deeper: Angles, biases and curved encoders
//:
//: What it costs to miss the principal subspace; that a bias does not lower the floor on centred data; and that a curved
//: encoder comes as close to it as one likes.
//:
//: **Angles.** The decoder's columns span a space in which $v_i$ has the share $\omega_i \le 1$. As in lesson 01 the loss is at
//: least
//:
//: $$ \tfrac12 \sum_i (1 - \omega_i) \gamma_i \ge \tfrac12 \sum_{i>k} \gamma_i + \tfrac12 (\gamma_k - \gamma_{k+1}) \Bigl( k -
//: \sum_{i \le k} \omega_i \Bigr), $$
//:
//: and the last bracket is the sum of $\sin^2 \theta$ over all principal angles between that space and the principal subspace. So
//: a loss near the floor means a small angle, unless $\gamma_k$ and $\gamma_{k+1}$ are nearly equal.
//:
//: **Biases.** Take from every column its mean, that is, multiply by the projection $J = I - \frac1N 1 1^\top$. That deletes the
//: decoder's bias $c$ and lengthens nothing.
deriveBiases(
  of: randomNetwork(D, units: k, seed: lesson.seed, activation: .tanh), on: images, Z,
  floor: floor)
//: **Curved encoders.** Let $h = \tanh(\varepsilon V_k^\top x)$ and $\hat x = V_k h / \varepsilon$ for a small $\varepsilon$; $z_n =
//: V_k^\top x_n$ are the scores of the centred examples.
let ε = 0.05
let nearly = Network(
  encoder: Stack([Dense(W: ε * axes.T, activation: .tanh)]),
  decoder: Stack([Dense(W: axes / ε, activation: .identity)]))
let scores = (images * axes).elements
deriveInfimum(of: nearly, on: images, scores: scores, ε: ε, floor: floor)
//: Let $\varepsilon \to 0$. Is the floor also *reached*? Not if four examples lie on a line along which the scores vary. If
//: $\gamma_k > \gamma_{k+1}$, reaching it means $\hat x - \mu = V_k V_k^\top (x - \mu)$, so each unit's $\tanh(\alpha t +
//: \beta)$ is a linear function of the scores and hence of the place $t$ on the line, at four places. But its second
//: derivative changes sign once, so with $\alpha \ne 0$ it meets a straight line at most three times; and with $\alpha = 0$
//: for all units the code, and the reconstruction, does not vary.

//: ## Deeper: Oja and Sanger, one example at a time
//:
//: PCA was learnt by single neurons before it was learnt by autoencoders: [Oja's rule](@oja-1982) changes the weights of a unit
//: after each example, and [Sanger's](@sanger-1989) finds the components in their order. Both are pieces of this lesson.
//:
//: Oja: $\Delta w = \eta \, h (x - h w)$ with $h = w^\top x$. For $k$ units $\Delta W = \eta \, h (x - W^\top h)^\top$, and
//: $x - W^\top h = x - \hat x$ is the error of an autoencoder with tied weights. On average over centred examples:
deriveOja(W: start(lesson.seed).encoder.W, on: images, C, gradient)
//: It is the decoder's term of lesson 00's two. The encoder's term, $W (I - W^\top W) C = (I - W W^\top) W C$, vanishes as soon
//: as the rows of $W$ are orthonormal. So Oja's rule for all units finds the subspace, like the tied network. Sanger breaks the
//: symmetry: unit $j$ sees only what the units before it have left, $\Delta w_j = \eta \, h_j \bigl( x - \sum_{l \le j}
//: h_l w_l \bigr)$. The first unit follows Oja's rule and goes to $v_1$; then the second sees examples without $v_1$, and so on.
let passes = D <= 64 ? 20 : 5
let rules = LearningRule.allCases.map { rule in
  (
    rule: rule,
    W: seeds.map { seed in
      rule.train(images, units: k, rate: 0.3 / γ.sum(), epochs: passes, seed: seed)
    }
  )
}
//: @file LearningRules.swift Oja's and Sanger's rules
lesson.table(
  "After \(passes) passes, one example at a time",
  columns: [
    "rule", "largest angle to the principal subspace", "columns in order: 1 − least |cos|",
  ],
  rows: rules.map { rule in
    [
      Cell(rule.rule.rawValue),
      Cell(span(rule.W.map { principalAngles(between: $0, and: axes).last ?? .nan })),
      Cell(span(rule.W.map { 1 - optimum.worstInOrder($0) })),
    ]
  })
for seed in D <= 64 ? [lesson.seed] : [] {
  lesson.check(
    "Oja, from seed \(seed) on: the subspace, greatest angle",
    rules[0].W.map { principalAngles(between: $0, and: axes).last ?? .nan }.greatest(),
    isBelow: 0.2,
    because: "0.2 is 11°: the step is still finite at the end, so the weights still fluctuate")
  lesson.check(
    "Sanger: the components in order, least |cos|",
    rules[1].W.map { optimum.worstInOrder($0) }.least(),
    isAbove: 0.9, because: "26°, as in the rest of the lesson")
}

//: ## Deeper: What the slides leave out
//:
//: Four remarks on [Larochelle's slides](@larochelle) and [Srihari's](@srihari), and one on a common belief.
//:
//: - Larochelle's proof needs $(X X^\top)^{-1}$, hence independent examples. His conclusion holds for any number of examples if
//:   $X$ has rank $k$ at least.
//: - His last slide calls the singular values of the normalised data the eigenvalues of the covariance. They are their square
//:   roots. And his encoder gives the principal components *whitened*.
//: - His $\arg\min$ names one minimiser of many, as his later "an optimal pair" says rightly.
//: - Srihari's heading says that the linear decoder *is* PCA; the text below it says what is
//:   meant: it spans the same subspace. With a non-linear encoder in front even that need not be
//:   reached: the floor is an infimum then.
//: - Equal weight decay is often said to make the weights the principal components. It makes the decoder's left singular
//:   vectors the components; its columns need a decay that tells the units apart.
//:
//: Columns of all the decoders of this page, as images. The rotation that brings the tied ones back is found without the
//: components: it diagonalises the covariance of the codes.
lesson.figure(
  "eigendigits",
  "Rotating the tied decoder, taking singular vectors under equal decay, or a ladder of decays "
    + "bring back the components, the “eigendigits”."
) {
  let (tiedW, evenW) = (tied.network.decoder.W, even[0].network.decoder.W)
  return eigendigitsFigure(
    [
      ("components", axes), ("no decay", plain.network.decoder.W), ("tied", tiedW),
      ("tied, rotated", tiedW * SymmetricEigen(tiedW.T * C * tiedW).vectors),
      ("equal decay", evenW),
      ("its singular vectors", SVD(evenW).U),
      ("ladder of decays", uneven[0].network.decoder.W),
    ], axes: axes, width: digits.width, height: digits.height)
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question Where does the proof use that the *decoder* is linear?
//: @answer In the floor: $H W^{*\top}$ has rank at most $k$ whatever the encoder is. Reconstructions of a curved decoder need not
//: lie in a space of $k$ dimensions.
//:
//: @question A colleague's linear autoencoder reaches a loss *below* the PCA optimum. Name two likely mistakes.
//: @answer PCA without centring, while the network has biases, which centre. Or two different losses: summed or averaged over
//: pixels, with or without $\frac12$.
//:
//: @question Two students train the same network from two seeds. How can they tell whether they found the same solution?
//: @answer By comparing reconstructions, which do not change under $W^* M$, $M^{-1} W$. Equal losses are not enough: in the
//: table of critical points the sets 1, 4 and 2, 3 have the same.
//:
//: @question With 5 inputs and 2 units, how many directions lead downhill from the span of eigenvectors 3 and 5?
//: @answer $(3 - 1) + (5 - 2) = 5$: 1 and 2 are missing before 3; 1, 2 and 4 before 5.
//:
//: @question A component has variance $\gamma_i = 0.5$. What remains of it under equal decay $\lambda = 0.1$, and under $0.3$?
//: @answer The reconstruction has $s_i^2 = 1 - 0.2 / 0.5 = 0.6$ of it; with $0.3 > \gamma_i / 2$ nothing.

//: ## Sources
//:
//: @sources
lesson.finish()
