//: # 1 · The SVD theorem
//:
//: An autoencoder squeezes its input through a narrow code and asks how little is lost. For *linear* maps the
//: question was settled before there were computers to ask it ([](@schmidt-1907); [](@eckart-young-1936)): of all
//: matrices of rank at most $k$, the singular value decomposition writes down a closest one. This lesson proves it
//: line by line, evaluates every line on real handwriting, and then sends thousands of rivals against it.
//:
//: @opening stages
//: - compute a best approximation of rank $k$ of any matrix, and its error, from the singular values alone;
//: - prove that no matrix of rank $k$ comes closer, and point to the one place where the rank enters;
//: - find singular values by turning columns against each other, in fifteen lines;
//: - say when the best approximation is unique, and what is lost if it is computed from $X^\top X$.
//:
//: @symbols
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "Every matrix is a rotation, a stretch and a rotation; cutting the stretch short gives the "
    + "closest matrix of rank k.")
let k = lesson.knob("rank", 8, in: 1...16, "the rank k that the rivals may have")
let rivalsOfAKind = lesson.knob("rivals", 1000, in: 10...20_000, "random rivals of each kind")

let digits = lesson.images(ImageNeeds(pixels: 64))
let X = digits.pixels  // one image a row
let D = X.columns
let A = X[rows: 0..<D]  // a square piece: as many images as pixels
//: The images are the 8 × 8 digits of [](@digits), unless `--data` names others.

//: ## Every matrix has one
//:
//: Take a circle and any matrix $T$. What becomes of the circle is an ellipse, and the picture above takes the way
//: there apart: turn, stretch along the axes, turn again. In formulas, $T = U \Sigma V^\top$: $V$ and $U$ have
//: orthonormal columns and $\Sigma$ is diagonal, with $\sigma_1 \ge \sigma_2 \ge \dots \ge 0$.
let T: Matrix<Double> = [[1.2, 1.1], [-0.2, 0.9]]
lesson.figure(
  "stages",
  "A circle under the three factors of a matrix: $V^\\top$ turns $v_1$ and $v_2$ to the axes, "
    + "$\\Sigma$ stretches by $\\sigma_1 = \(Numeral.short(SVD(T).σ[0], significant: 3))$ and "
    + "$\\sigma_2 = \(Numeral.short(SVD(T).σ[1], significant: 3))$, $U$ turns the ellipse."
) { stages(of: T) }
//: @file Figures.swift the figures of this lesson
//:
//: Where does it come from? The Gram matrix $S^\top S$ of a matrix $S$ is symmetric, so it has an orthonormal basis
//: of eigenvectors $v_i$; its eigenvalues are $v_i^\top S^\top S v_i = \lVert S v_i \rVert^2 \ge 0$, the largest first.
//: Let $\sigma_i = \lVert S v_i \rVert$, of which $r$ are positive, and $u_i = S v_i / \sigma_i$ for those. It remains to
//: show that the $u_i$ are orthonormal and that the factors give $S$ back, whatever its shape and rank. A small matrix of
//: rank two is enough to watch: its third column is the sum of the others.
let S: Matrix<Double> = [[2, 0, 2], [1, 1, 2], [0, 3, 3], [1, 2, 3]]
let gram = SymmetricEigen(S.T * S)
let r = gram.values.count { $0 > 1e-12 * gram.values[0] }
let v = gram.vectors[columns: 0..<r]
let stretch = Matrix.diagonal(gram.values[..<r].map { $0.squareRoot() })
let unstretch = Matrix.diagonal(gram.values[..<r].map { 1 / $0.squareRoot() })
let u = S * v * unstretch
lesson.derive("The $u_i$ are orthonormal") { proof in
  proof.start(#"U_r^\top U_r"#, u.T * u)
  proof.equals(
    #"\Sigma_r^{-1} V_r^\top S^\top S V_r \Sigma_r^{-1}"#,
    because: #"$U_r = S V_r \Sigma_r^{-1}$, all columns at once"#,
    unstretch * v.T * S.T * S * v * unstretch)
  proof.equals(
    #"\Sigma_r^{-1} \Sigma_r^2 \Sigma_r^{-1}"#,
    because: #"$S^\top S V_r = V_r \Sigma_r^2$ and $V_r^\top V_r = I$"#,
    unstretch * stretch * stretch * unstretch)
  proof.equals("I", because: "the diagonals cancel", Matrix.identity(r))
}
lesson.derive("The factors give $S$ back") { proof in
  proof.start(#"U_r \Sigma_r V_r^\top"#, u * stretch * v.T)
  proof.equals(
    #"S V_r \Sigma_r^{-1} \Sigma_r V_r^\top"#, because: "the definition of $U_r$",
    S * v * unstretch * stretch * v.T)
  proof.equals(
    #"S V V^\top"#,
    because: #"$S v_i = 0$ for $i > r$, as $\sigma_i = 0$: these columns add nothing"#,
    S * gram.vectors * gram.vectors.T)
  proof.equals(
    "S", because: #"$V$ is square with orthonormal columns, so $V V^\top = I$"#, S)
}
//: So every matrix has one. Where $\sigma_i = 0$ any unit vector that completes the basis may serve as $u_i$.

//: ## The heart: turn columns until they are orthogonal
//:
//: If $A V = U \Sigma$, then the columns of $A V$ are orthogonal and $\sigma_i$ are their
//: lengths. So look for the rotation that makes all columns orthogonal, two at a time
//: ([](@hestenes-1958)). Turning $a_p$ and $a_q$ by $\theta$ keeps the Frobenius norm $\lVert A
//: \rVert_F$, the root of the sum of all squared entries, and, with $t = \tan \theta$, makes
//: their inner product
//:
//: $$ \bigl( (1 - t^2) \, a_p^\top a_q + t \, (\lVert a_p \rVert^2 - \lVert a_q \rVert^2) \bigr) \cos^2 \theta, $$
//:
//: which vanishes for $t^2 + 2 c \, t = 1$ with $c = \cot 2\theta = (\lVert a_q \rVert^2 - \lVert
//: a_p \rVert^2) / (2 a_p^\top a_q)$. Take the root of smaller magnitude, which turns least; then
//: the sweeps converge.
//: @heart singular values by rotations
func singularValues(_ A: Matrix<Double>, sweeps: Int) -> [Double] {
  var a = (0..<A.columns).map { A.column($0) }
  for _ in 0..<sweeps {
    for p in a.indices {
      for q in a.indices.dropFirst(p + 1) where dot(a[p], a[q]) != 0 {
        let c = (dot(a[q], a[q]) - dot(a[p], a[p])) / (2 * dot(a[p], a[q]))
        let t = (c < 0 ? -1 : 1) / (abs(c) + (1 + c * c).squareRoot())
        let (cosine, sine) = (1 / (1 + t * t).squareRoot(), t / (1 + t * t).squareRoot())
        (a[p], a[q]) = (cosine .* a[p] .- sine .* a[q], sine .* a[p] .+ cosine .* a[q])
      }
    }
  }
  return a.map { norm($0) }.sorted(by: >)
}
//: The library's `SVD` does the same, faster and with $U$ and $V$. From here on $A$ is as many
//: digits as they have pixels, so that $U$ and $V$ are both square.
let svd = SVD(A)
let (U, σ, Σ, V) = (svd.U, svd.σ, svd.Σ, svd.V)
let energy = σ .* σ
let rounding = 1e-15 * Double(D)
let small = 1e-3 * A.squaredNorm

// All columns of the digits; of larger images the middle ones.
let some = A[columns: (D - 64) / 2..<(D + 64) / 2]
lesson.check(
  #"fifteen lines and the library agree on every $\sigma_i$"#,
  singularValues(some, sweeps: 12), equal: SVD(some).σ, within: 1e-12, scale: SVD(some).σ[0],
  because: #"both are stable: some hundred units of rounding relative to $\sigma_1$"#)
lesson.check(
  #"the factors multiply to $A$: $\lVert A - U \Sigma V^\top \rVert_F / \lVert A \rVert_F$"#,
  (A - U * Σ * V.T).norm / A.norm, isBelow: rounding,
  because: "a few units in the last place for each of $D$ terms")
lesson.check(
  #"$U$ and $V$ are orthonormal: the larger $\lVert U^\top U - I \rVert_F$"#,
  max((U.T * U - .identity(D)).norm, (V.T * V - .identity(D)).norm), isBelow: rounding,
  because: "the same")

//: ## Distances do not feel a rotation
//:
//: Let a rival enter: $B$, the best that can be done by mixing the first $k$ images themselves.
//: Seen in the coordinates of $U$ and $V$ the matrix $A$ is diagonal, and no distance has
//: changed.
let row = QR(A[rows: 0..<k].T).Q
let B = A * row * row.T
lesson.derive("Unitary invariance") { proof in
  proof.start(#"\lVert A - B \rVert_F^2"#, (A - B).squaredNorm)
  proof.equals(
    #"\operatorname{tr} (A - B)^\top (A - B)"#,
    because: "the trace adds the squared lengths of the columns",
    ((A - B).T * (A - B)).trace, scale: small)
  proof.equals(
    #"\operatorname{tr} V^\top (A - B)^\top U U^\top (A - B) V"#,
    because:
      #"$U U^\top = I$; and a factor may go round a trace, where it meets $V V^\top = I$"#,
    (V.T * (A - B).T * U * U.T * (A - B) * V).trace, scale: small)
  proof.equals(
    #"\lVert U^\top (A - B) V \rVert_F^2"#, because: "the first line, read backwards",
    (U.T * (A - B) * V).squaredNorm, scale: small)
  proof.equals(
    #"\lVert \Sigma - U^\top B V \rVert_F^2"#, because: #"$U^\top A V = \Sigma$"#,
    (Σ - U.T * B * V).squaredNorm, scale: small)
}

//: ## No rival comes closer than the tail
//:
//: This is the theorem. All that holds $B$ back is its rank: its columns lie in a space of $k$ dimensions, with an
//: orthonormal basis $Q$. Whatever $B$ does inside that space, it never touches the part of $A$ outside.
let Q = SVD(B).truncated(to: k).U
let ω = (0..<D).map { i in dot(Q.T * U.column(i), Q.T * U.column(i)) }
lesson.derive(#"The squared distance is at least the tail of $\sigma^2$"#) { proof in
  let (inside, outside) = (Q * (Q.T * (A - B)), A - Q * (Q.T * A))
  proof.start(#"\lVert A - B \rVert_F^2"#, (A - B).squaredNorm)
  proof.equals(
    #"\lVert Q Q^\top (A - B) \rVert_F^2 + \lVert (I - Q Q^\top)(A - B) \rVert_F^2"#,
    because: "Pythagoras, column by column: the two parts are orthogonal",
    inside.squaredNorm + (A - B - inside).squaredNorm, scale: small)
  proof.atLeast(
    #"\lVert (I - Q Q^\top)(A - B) \rVert_F^2"#, because: "a square is not negative",
    (A - B - inside).squaredNorm, scale: small)
  proof.equals(
    #"\lVert (I - Q Q^\top) A \rVert_F^2"#, because: #"$B = Q Q^\top B$"#,
    outside.squaredNorm,
    scale: small)
  proof.equals(
    #"\lVert A \rVert_F^2 - \lVert Q^\top A \rVert_F^2"#, because: "Pythagoras again",
    A.squaredNorm - (Q.T * A).squaredNorm, scale: A.squaredNorm)
  proof.equals(
    #"\sum_i \sigma_i^2 - \sum_i \omega_i \sigma_i^2, \; \omega_i = \lVert Q^\top u_i \rVert^2"#,
    because: #"$Q^\top A = Q^\top U \Sigma V^\top$ is as long as $Q^\top U \Sigma$, "#
      + #"whose columns are $\sigma_i Q^\top u_i$"#,
    energy.sum() - dot(energy, ω), scale: A.squaredNorm)
  proof.atLeast(
    #"\sum_i \sigma_i^2 - \sum_{i \le k} \sigma_i^2"#,
    because: "the largest sum that the weights allow, which is proved next",
    energy.sum() - energy[..<k].sum(), scale: A.squaredNorm)
  proof.equals(
    #"\sum_{i > k} \sigma_i^2"#, because: "the rest of the sum", energy[k...].sum(),
    scale: A.squaredNorm)
}
//: The weights $\omega_i$ say how much of $u_i$ lies in the rival's space. None exceeds 1, because a projection does
//: not lengthen: $\lVert Q^\top u_i \rVert \le \lVert u_i \rVert$. And together they are $k$, because $\sum_i
//: \omega_i = \lVert Q^\top U \rVert_F^2 = \lVert Q \rVert_F^2 = k$. On such a budget the best one can do is to spend
//: it all on the largest $\sigma_i^2$ ([](@fan-1949)):
lesson.derive("The largest weighted sum is the head") { proof in
  let (head, tail) = (0..<k, k..<D)
  func unspent(_ i: Int) -> Double { 1 - ω[i] }
  proof.start(#"\sum_i \omega_i \sigma_i^2"#, dot(ω, energy))
  proof.equals(
    #"\sum_{i \le k} \sigma_i^2 - \sum_{i \le k} (1 - \omega_i) \sigma_i^2 "#
      + #"+ \sum_{i > k} \omega_i \sigma_i^2"#,
    because: "add and take away the head",
    energy[head].sum() - head.map { unspent($0) * energy[$0] }.sum()
      + tail.map { ω[$0] * energy[$0] }.sum())
  proof.atMost(
    #"\sum_{i \le k} \sigma_i^2 - \sigma_k^2 \sum_{i \le k} (1 - \omega_i) "#
      + #"+ \sigma_k^2 \sum_{i > k} \omega_i"#,
    because: #"$\sigma_i \ge \sigma_k$ in the head, $\sigma_i \le \sigma_k$ in the tail, "#
      + #"and $0 \le \omega_i \le 1$"#,
    energy[head].sum() - energy[k - 1] * head.map(unspent).sum() + energy[k - 1]
      * ω[tail].sum())
  proof.equals(
    #"\sum_{i \le k} \sigma_i^2 - \sigma_k^2 \Bigl( k - \sum_i \omega_i \Bigr)"#,
    because: "collect the weights",
    energy[head].sum() - energy[k - 1] * (Double(k) - ω.sum()))
  proof.atMost(
    #"\sum_{i \le k} \sigma_i^2"#, because: #"$\sum_i \omega_i \le k$: the budget"#,
    energy[head].sum())
}
//: The last line is written so that it also holds for a tall matrix with thin factors, where $U$ is not square and
//: $\sum_i \omega_i \le k$. So the theorem holds for every shape.
lesson.check(
  #"the weights spend the budget: $\sum_i \omega_i = k$"#, ω.sum(), equals: Double(k),
  within: 1e-12, because: "orthonormality to rounding, times $D$ terms")
lesson.check(
  #"no weight exceeds one: $\max \omega_i - 1$"#, ω.greatest() - 1, isAtMost: 1e-12,
  because: "as above")

//: ## The truncated decomposition reaches it
//:
//: Keep the first $k$ terms, $A_k = \sum_{i \le k} \sigma_i u_i v_i^\top$. Its distance from $A$ is the tail, no
//: more.
let best = svd.truncated(to: k)
let bound = energy[k...].sum()
lesson.derive(#"$A_k$ is as close as the bound allows"#) { proof in
  let (uTail, vTail) = (U[columns: k..<D], V[columns: k..<D])
  let tail = Matrix.diagonal(Array(σ[k...]))
  proof.start(#"\lVert A - A_k \rVert_F^2"#, (A - best.product).squaredNorm)
  proof.equals(
    #"\Bigl\lVert \sum_{i > k} \sigma_i u_i v_i^\top \Bigr\rVert_F^2"#,
    because: "the first $k$ terms cancel", (uTail * tail * vTail.T).squaredNorm, scale: small)
  proof.equals(
    #"\sum_{i > k} \sum_{j > k} \sigma_i \sigma_j (u_i^\top u_j)(v_i^\top v_j)"#,
    because: #"multiply out: $\langle u_i v_i^\top, u_j v_j^\top \rangle "#
      + #"= (u_i^\top u_j)(v_i^\top v_j)$"#,
    (tail * ((uTail.T * uTail) ⊙ (vTail.T * vTail)) * tail).elements.sum(), scale: small)
  proof.equals(
    #"\sum_{i > k} \sigma_i^2"#, because: "both bases are orthonormal: only $i = j$ is left",
    bound, scale: small)
}
//: Is it the only one? If $\sigma_k > \sigma_{k+1}$, yes. For a rival $B$ at the bound every line of both derivations is an
//: equality. In the second, $\omega_i (\sigma_k^2 - \sigma_i^2) = 0$ for $i > k$, so $\omega_i = 0$ there; the whole
//: budget is spent, so $\omega_i = 1$ for $i \le k$, and $Q$ spans $u_1, \dots, u_k$. In the first, the square that was
//: dropped is zero, so $Q Q^\top A = Q Q^\top B = B$:
lesson.derive(#"A rival at the bound is $A_k$, if $\sigma_k > \sigma_{k+1}$"#) { proof in
  var random = lesson.stream("rotation")
  let rotation = QR(Matrix<Double>.normal(rows: k, columns: k, using: &random)).Q
  let spanning = best.U * rotation
  proof.start(#"B = Q Q^\top A"#, spanning * (spanning.T * A))
  proof.equals(
    #"U_k U_k^\top A"#, because: "two bases of one space have the same projection",
    best.U * (best.U.T * A))
  proof.equals(
    #"U_k \Sigma_k V_k^\top = A_k"#,
    because: #"$U_k^\top A = U_k^\top U \Sigma V^\top$, and $U^\top U = I$"#,
    best.product)
}
lesson.check(
  "the error is the tail for every $k$ from 1 to $D - 1$",
  (1..<D).map { (A - svd.truncated(to: $0).product).squaredNorm },
  equal: (1..<D).map { energy[$0...].sum() }, within: 1e-12, scale: 1e-12 * A.squaredNorm,
  because: #"rounding; a tail below $10^{-12} \lVert A \rVert_F^2$ is held to that size"#)
lesson.say(
  "For $k = \(k)$ the tail is \(Numeral.short(bound)). The rival that mixes \(k) images stays at "
    + "\(Numeral.short((A - B).squaredNorm)), "
    + "\(Numeral.percent((A - B).squaredNorm / bound - 1)) above it.")

//: ## How many terms make an image?
//:
//: Now all the images, $N$ of them, as one matrix $X$ of *energy* $\lVert X \rVert_F^2$.
let all = SVD(X)
let ranks = [1, 2, 4, 8, 16, 32]
let approximations = ranks.map { all.truncated(to: $0).product }
let errors = approximations.map { (X - $0).squaredNorm }
let tails = ranks.map { r in all.σ[r...].map { $0 * $0 }.sum() }
let kept = tails.map { 1 - $0 / X.squaredNorm }
lesson.finding(
  "Eight terms keep \(Numeral.percent(kept[3])) of the images' energy and 32 terms keep "
    + "\(Numeral.percent(kept[5])), as measured and as the singular values promise; no other "
    + "matrices of these ranks keep more.")
lesson.figure(
  "rank-k",
  "The first ten images after $k$ terms: with one term every image is the same blot at another "
    + "strength, with eight most can be read, with 32 they are nearly the originals."
) {
  Figure("With eight terms most digits can be read", width: 390) {
    ImageGrid(
      images: ([X] + approximations).flatMap { matrix in (0..<10).map { matrix.row($0) } },
      width: digits.width, height: digits.height, columns: 10, range: 0...digits.maximum,
      rowLabels: ["original"] + ranks.map { "k = \($0)" })
  }
}
lesson.slider(
  "cut", "The rank $k$",
  "One image rebuilt from the first $k$ terms, and what they miss: ink "
    + "(orange) and paper (blue).", over: [1, 4, 8, 32], chosen: 8
) { k in
  rebuilt(X.row(0), by: all.V[columns: 0..<Int(k)], width: digits.width, of: digits.maximum)
}
lesson.table(
  "The images as matrices of rank $k$",
  columns: ["$k$", "error, measured", #"tail $\sum_{i>k} \sigma_i^2$"#, "energy kept"],
  rows: ranks.indices.map { n in
    [
      Cell(ranks[n]), Cell(errors[n], significant: 6), Cell(tails[n], significant: 6),
      .percent(kept[n]),
    ]
  })
lesson.figure(
  "scree",
  "The first singular value is \(Numeral.short(all.σ[0] / all.σ[1], significant: 2)) times the "
    + "second: the images are not centred, and $v_1$ is nearly the mean image. Values below "
    + "$10^{-12}$ of the first are left out. The measured errors lie on the theorem's curve."
) { scree(all, ranks: ranks, errors: errors, total: X.squaredNorm) }
let meanImage = X.columnMeans
lesson.check(
  "the error is the tail for all the images, for every $k$ of the table", errors,
  equal: tails,
  within: 1e-12, because: "rounding: a few units for each of $D$ terms")
lesson.check(
  "$v_1$ is nearly the mean image: cosine",
  abs(dot(all.V.column(0), meanImage)) / norm(meanImage), isAbove: 0.99,
  because:
    #"$\sigma_1$ is several times $\sigma_2$; with equal strengths it would be exactly 1"#)

//: ## The principal axes
//:
//: In [Khapra's lecture](@khapra) the SVD appears as the statement that an orthogonal matrix
//: makes $X^\top X$ diagonal. That matrix is $V$, and the result is $\Sigma^2$. In the new
//: coordinates the columns of the data are orthogonal; they are *uncorrelated* only if the pixels
//: were centred first, which is lesson 02.
lesson.derive(#"$V$ diagonalises the Gram matrix of the data"#) { proof in
  proof.start(#"V^\top X^\top X V"#, all.V.T * X.T * X * all.V)
  proof.equals(
    #"V^\top V \Sigma U^\top U \Sigma V^\top V"#, because: #"$X = U \Sigma V^\top$, twice"#,
    all.V.T * all.V * all.Σ * all.U.T * all.U * all.Σ * all.V.T * all.V)
  proof.equals(
    #"\Sigma^2"#, because: "both bases are orthonormal", Matrix.diagonal(all.σ .* all.σ))
}

//: ## Thousands of rivals
//:
//: A proof needs no votes, but you may want to see someone try. Four kinds of rivals, all of rank $k$: random
//: factors; $A$ projected onto $k$ random directions; $A$ rebuilt from $k$ of its own images, drawn at random; and
//: the winner itself with a little noise on its factors.
//: @file Rivals.swift the four kinds of random rivals
//: And a rival that learns: gradient descent on $\frac12 \lVert A - G K^\top \rVert_F^2$, where
//: each step keeps a share of the last one ([](@polyak-1964)). It starts from random factors
//: whose size follows that of $A$, so that a step in proportion to $1/\sigma_1$ is neither too
//: long nor too short. The gradients are $(G K^\top - A) K$ and $(G K^\top - A)^\top G$.
func learningRival(
  of A: Matrix<Double>, rank k: Int, σ₁: Double, steps: Int, using random: inout RandomStream
) -> [Double] {
  let (size, rate) = ((σ₁ / Double(A.rows + A.columns)).squareRoot(), 0.2 / σ₁)
  var G = size * Matrix<Double>.normal(rows: A.rows, columns: k, using: &random)
  var K = size * Matrix<Double>.normal(rows: A.columns, columns: k, using: &random)
  var (stepG, stepK) = (0 * G, 0 * K)
  return (0..<steps).map { _ in
    let excess = G * K.T - A
    stepG = 0.95 * stepG - rate * (excess * K)
    stepK = 0.95 * stepK - rate * (excess.T * G)
    (G, K) = (G + stepG, K + stepK)
    return excess.squaredNorm
  }
}

var random = lesson.stream("rivals")
let rivals = randomRivals(of: A, best: best, count: rivalsOfAKind, using: &random)
let learning = (0..<5).map { _ in
  learningRival(of: A, rank: k, σ₁: σ[0], steps: 1500, using: &random)
}
let learnt = learning.map { $0.last ?? .nan }
lesson.finding(
  "Of \(4 * rivalsOfAKind) random matrices of rank \(k) none is closer than the theorem's bound: "
    + "not even those that are the winner with a little noise. Five runs of gradient descent all "
    + "arrive at it, the worst to a relative "
    + "\(Numeral.short(learnt.greatest() / bound - 1, significant: 2)).")
lesson.figure(
  "rivals",
  "Every random rival stays above the bound, most of them far above. Gradient descent closes in "
    + "on it from all five starts."
) { contest(rivals, learning: learning, bound: bound) }
lesson.table(
  "How close the rivals came",
  columns: ["rival", "how many", "closest distance²", "distance² ∕ bound − 1"],
  rows: (rivals + [RandomRivals(kind: "gradient descent", distances: learnt)]).map { rival in
    let least = rival.distances.least()
    return [
      Cell(rival.kind), Cell(rival.distances.count), Cell(least, significant: 6),
      Cell(least / bound - 1, significant: 2),
    ]
  })
lesson.check(
  "no random rival is below the bound: least distance² ∕ bound − 1",
  rivals.flatMap(\.distances).least() / bound - 1, isAtLeast: 0,
  because: "the theorem; rounding is far below the noise of the nearest")
lesson.check(
  "no learning rival is ever below the bound: least of all steps",
  learning.joined().least() / bound - 1, isAtLeast: -1e-12,
  because: "the theorem, less rounding in sums of $D^2$ squares")
lesson.check(
  "every learning rival reaches the bound: greatest at the end",
  learnt.greatest() / bound - 1,
  isBelow: 1e-6,
  because: "all minima are global ones ([lesson 02](../02-linear-autoencoder/README.md)), "
    + "and near one the excess shrinks by a constant factor a step: 1,500 steps are more than "
    + "enough")

//: ## Deeper: The same in the spectral norm
//:
//: How far must a rival be in the *worst direction*? At least $\sigma_{k+1}$, and $A_k$ is at just that distance; the
//: same holds in every norm that rotations leave alone ([](@mirsky-1960)).
//:
//: A space of $k + 1$ dimensions, that of $v_1, \dots, v_{k+1}$, is too large for a matrix of rank $k$: some unit
//: vector $v = \sum_i \xi_i v_i$ in it is sent to zero.
let ξ = SVD(B * V[columns: 0..<k + 1]).V.column(k)
let lost = V[columns: 0..<k + 1] * ξ
lesson.derive(#"In the worst direction the distance is at least $\sigma_{k+1}$"#) { proof in
  let stretched = ξ .* Array(σ[...k])
  proof.start(#"\lVert A - B \rVert_2"#, SVD(A - B).σ[0])
  proof.atLeast(
    #"\lVert (A - B) v \rVert"#,
    because: "the spectral norm is the largest stretch of a unit vector", norm((A - B) * lost)
  )
  proof.equals(#"\lVert A v \rVert"#, because: "$B v = 0$", norm(A * lost))
  proof.equals(
    #"\Bigl( \sum_{i \le k+1} \xi_i^2 \sigma_i^2 \Bigr)^{1/2}"#,
    because: #"$A v = \sum_i \xi_i \sigma_i u_i$"#, norm(stretched))
  proof.atLeast(
    #"\sigma_{k+1} \Bigl( \sum_{i \le k+1} \xi_i^2 \Bigr)^{1/2}"#,
    because: #"$\sigma_i \ge \sigma_{k+1}$"#, σ[k] * norm(ξ))
  proof.equals(#"\sigma_{k+1}"#, because: "$v$ has length one", σ[k])
}
lesson.check(
  #"$A_k$ reaches it: $\lVert A - A_k \rVert_2 = \sigma_{k+1}$"#,
  SVD(A - best.product).σ[0], equals: σ[k], within: 1e-12, because: "rounding")

//: ## Deeper: Two roads to the singular values
//:
//: The proof took square roots of the Gram matrix's eigenvalues. To compute small singular values that is no way:
//: squaring loses half of their digits, and here you can watch them go.
//:
//: In exact arithmetic both roads give the same numbers, and the Gram matrix is an independent computation: a good
//: check. In floating point, rounding disturbs each $\sigma_i^2$ by about $10^{-16} \sigma_1^2$, so whatever lies
//: below $10^{-8} \sigma_1$ drowns.
let viaGram = SymmetricEigen(X.T * X).values
let graded = Matrix<Double>(rows: 3, columns: 3) { i, j in j < i ? 0 : [1, 1e-6, 1e-12][i] }
let direct = SVD(graded).σ
let detour = SymmetricEigen(graded.T * graded).values.map { max($0, 0).squareRoot() }
let factor = max(detour[2] / direct[2], direct[2] / detour[2])
let permuted = Matrix<Double>(rows: 3, columns: 3) { i, j in graded[(i + 2) % 3, j] }
let reflected = [graded, permuted].map { abs(SVD(bidiagonal($0)).σ[2] / direct[2] - 1) }
let turned = abs(SVD(permuted).σ[2] / direct[2] - 1)
lesson.finding(
  "Squaring loses half of the digits: a singular value of some $10^{-12}$ times the largest "
    + "comes out of the Gram matrix wrong by a factor of "
    + "\(Numeral.short(factor, significant: 2)), and out of the SVD right to 13 digits.")
lesson.check(
  "both roads agree on $\\sigma_i^2$, relative to the largest", all.σ .* all.σ,
  equal: viaGram,
  within: 1e-13, scale: all.σ[0] * all.σ[0], because: "some hundred units of rounding")
lesson.table(
  "A matrix with singular values of very different size",
  columns: ["$i$", #"$\sigma_i$, by the SVD"#, "by the Gram matrix"],
  rows: direct.indices.map {
    [Cell($0 + 1), Cell(direct[$0], significant: 10), Cell(detour[$0], significant: 10)]
  })
//: This SVD turns columns against each other, as the heart of the lesson does, and keeps relative accuracy on a
//: matrix whose rows are of very different size ([](@demmel-veselic-1992)). A standard one, LAPACK's for example, first
//: makes the matrix bidiagonal by reflections from both sides ([](@golub-kahan-1965)), and promises no more than
//: $10^{-16} \sigma_1$ absolute: about four digits of the smallest. How many it keeps depends on the order of the rows.
//: @file Bidiagonal.swift the first half of a standard SVD
lesson.say(
  "As the matrix stands, the smallest singular value of its bidiagonal form is off by "
    + "\(Numeral.residual(reflected[0])), relative; with the rows in the order 3, 1, 2 by "
    + "\(Numeral.residual(reflected[1])). Turning columns does not mind the order.")
//: The determinant of the triangular matrix is $1 \cdot 10^{-6} \cdot 10^{-12}$, and it is the product of the singular
//: values as well; so one of the roads can be held to it.
lesson.check(
  "rows in the order 3, 1, 2: relative error of the smallest by reflections", reflected[1],
  isAbove: 1e-6,
  because:
    #"rounding of $10^{-16} \sigma_1$ is $10^{-4} \sigma_3$; a hundredth of it is enough to tell"#
)
lesson.check(
  "and by turning columns", turned, isBelow: 1e-13,
  because: "relative accuracy, whatever the order; some hundred units of rounding")
lesson.check(
  #"the SVD keeps $\sigma_1 \sigma_2 \sigma_3 = 10^{-18}$"#, direct.reduce(1, *),
  equals: 1e-18,
  within: 1e-13, because: "relative accuracy of each, some hundred units of rounding")
lesson.check(
  "the detour does not: its relative error in the smallest", abs(detour[2] / direct[2] - 1),
  isAbove: 1e-2,
  because: #"$\sigma_3^2 = 10^{-24}$ lies below the rounding of the Gram matrix, $10^{-16}$"#)

//: ## Deeper: What the slides leave out
//:
//: Three slips in [Larochelle's slides](@larochelle): the closest matrix need not be unique, it need not exist if the
//: rank must be *equal* to $k$, and factors cannot be thin and square at once.
//:
//: - They speak of *the* matrix of rank $k$ that is closest. At a tie $\sigma_k = \sigma_{k+1} > 0$ there are
//:   infinitely many, here a circle of them:
let tied = Matrix<Double>.diagonal([3, 2, 2, 1])
let circle = [0, 0.5, 1, 1.5].map { θ -> Matrix<Double> in
  let direction = [0, Double.cos(θ), Double.sin(θ), 0]
  let first = Matrix<Double>.diagonal([3, 0, 0, 0])
  return first + Matrix(rows: 4, columns: 4) { i, j in 2 * direction[i] * direction[j] }
}
lesson.finding(
  "The closest matrix is unique if $\\sigma_k > \\sigma_{k+1}$; at a tie there are infinitely "
    + "many, here a circle, all at the same distance.")
lesson.check(
  #"at a tie, $\sigma_2 = \sigma_3 = 2$, all these matrices of rank 2 are equally near"#,
  circle.map { (tied - $0).squaredNorm }, equal: [5, 5, 5, 5], within: 1e-14,
  because: "rounding in sums of 16 squares")
lesson.check(
  "and they differ: the smallest distance between two of them",
  zip(circle, circle.dropFirst()).map { ($0 - $1).norm }.least(), isAbove: 1,
  because: #"$2 \sqrt2 \sin \frac12 \approx 1.36$ for directions half a radian apart"#)
//: - They minimise over matrices of rank *equal* to $k$. If $A$ itself has a smaller rank there is no minimum:
//:   matrices of rank $k$ come as near as they like to $A$ and never arrive. "At most $k$" is what is meant.
let thin = svd.truncated(to: 2).product
let near = [1, 1e-3, 1e-6].map { ε in
  thin + ε * Matrix.diagonal((0..<D).map { $0 < 3 ? 1 : 0 })
}
lesson.check(
  "a matrix of rank 2 approached by matrices of rank 5: their distances",
  near.map { (thin - $0).norm }, equal: 3.0.squareRoot() .* [1, 1e-3, 1e-6], within: 1e-7,
  because: #"$10^{-6}$ added to numbers of size 10 keeps some nine digits"#)
lesson.check(
  "the rank of the nearest of them", Double(SVD(near[2]).rank()), equals: 5, within: 0,
  because: "a rank is a whole number")
//: - Their $U$ and $V$ are "orthonormal matrices (columns/rows are orthonormal vectors)", and the proof of lesson 02
//:   inverts $\Sigma$. Both at once only happens for square $X$: full factors have orthonormal rows and columns, but
//:   then $\Sigma$ is not square; thin factors have a square $\Sigma$, but the rows of a tall $U$ are not
//:   orthonormal: $U U^\top$ is a projection.
let unit = (0..<digits.count).map { $0 == 0 ? 1.0 : 0 }
lesson.check(
  #"for all the images $U U^\top$ is not the identity: it shortens the first unit vector to"#,
  norm(all.U * (all.U.T * unit)), isBelow: 0.9,
  because: #"its mean square over all $N$ unit vectors is at most $D / N$, far below 1"#)

//: ## Deeper: Is my number right?
//:
//: Random rivals differ from seed to seed; the bound does not. Here is the band over five seeds.
lesson.bands("Closest rival of each kind, distance² ∕ bound − 1") { seed in
  var random = RandomStream(seed: seed, name: "rivals")
  let rivals = randomRivals(of: A, best: best, count: rivalsOfAKind, using: &random)
    .map { $0.distances.least() / bound - 1 }
  let learnt = learningRival(of: A, rank: k, σ₁: σ[0], steps: 300, using: &random)
  return [
    "random factors": rivals[0], "random directions": rivals[1], "own images": rivals[2],
    "winner + noise": rivals[3],
    "gradient descent after 300 steps": (learnt.last ?? .nan) / bound - 1,
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question A matrix has singular values 5, 4, 2, 1. How far is the nearest matrix of rank 2 in the Frobenius norm,
//: and how far in the spectral norm?
//: @answer $\sqrt{2^2 + 1^2} = \sqrt 5$ in the Frobenius norm, and 2 in the spectral norm. The first two terms of the
//: decomposition are a nearest one in both; in the spectral norm there are others.
//:
//: @question Where does the proof use that $B$ has rank at most $k$?
//: @answer In one place only: that its columns fit into a space of $k$ dimensions, so the weights $\omega_i$ add up
//: to $k$ and not to more.
//:
//: @question The step from the weights to the head needs $\omega_i \le 1$. What would go wrong without it?
//: @answer All of the budget $k$ could be spent on $\sigma_1^2$, and the bound would read $\sum_i \sigma_i^2 - k
//: \sigma_1^2$, which may even be negative. A projection cannot count one direction twice.
//:
//: @question The last three singular values of the default digits are zero. Which property of the images is that?
//: @answer Three linear relations between pixels, of the simplest kind: three pixels are 0 in every image, three
//: columns of $X$ vanish, and the rank is at most 61.
//:
//: @question You know $A^\top A$ to 16 digits. To how many digits can you know the smallest singular value, if
//: $\sigma_1 = 1$ and $\sigma_D = 10^{-6}$?
//: @answer $\sigma_D^2 = 10^{-12}$ is known to an absolute $10^{-16}$, so to four digits, and its square root to
//: about four. The SVD of $A$ itself, with an error of $10^{-16}$ in $10^{-6}$, gives about ten.

//: ## Sources
//:
//: @sources
lesson.finish()
