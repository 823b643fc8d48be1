//: # 1 · The SVD theorem
//:
//: An autoencoder squeezes its input through a narrow code and asks how little is lost. For *linear* maps the question
//: was answered before there were computers to ask it, by Schmidt in 1907 for integral operators and by Eckart and Young in
//: 1936 for matrices: among all matrices of rank at most $k$, the singular value decomposition writes down a closest one.
//: This lesson proves that theorem line by line, each line evaluated on real handwriting, and then sets thousands of rivals
//: on it.
//:
//: | symbol | meaning |
//: |:--|:--|
//: | $X$ | all digits, one image a row: $T \times D$ |
//: | $A$ | a square piece of $X$: as many images as pixels |
//: | $U, \Sigma, V$ | the factors of $A = U \Sigma V^\top$; columns $u_i$, $v_i$; singular values $\sigma_1 \ge \sigma_2 \ge \dots$ |
//: | $B$ | any matrix of rank at most $k$: a rival |
//: | $A_k$ | $U_k \Sigma_k V_k^\top$, the first $k$ terms of the decomposition |
//: | $Q$ | an orthonormal basis of a $k$-dimensional space that contains the columns of $B$ |
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "Every matrix is a rotation, a stretch and a rotation; cutting the stretch short gives the closest matrix of rank k.")
let k = lesson.knob("rank", 8, in: 1...16, "the rank k that the rivals may have")
let rivalsOfAKind = lesson.knob("rivals", 1000, in: 10...20_000, "random rivals of each kind")

let digits = lesson.images(ImageNeeds(pixels: 64))
let X = digits.pixels
let D = X.columns
let A = X[rows: 0..<D]

//: ## Every matrix has one
//:
//: Where does the decomposition come from? The Gram matrix $S^\top S$ of a matrix $S$ is symmetric, so it has an
//: orthonormal basis of eigenvectors $v_i$, with eigenvalues $\lambda_i = v_i^\top S^\top S v_i = \lVert S v_i \rVert^2 \ge 0$. Call
//: $\sigma_i = \sqrt{\lambda_i}$ and, wherever that is not zero, $u_i = S v_i / \sigma_i$. That is all; it remains to be
//: seen that the $u_i$ are orthonormal and that the three factors give $S$ back. A small matrix is enough to watch.
let S: Matrix<Double> = [[2, 0, 1], [1, 1, 0], [0, 3, 1], [1, 2, 2]]
let gram = SymmetricEigen(S.T * S)
let (Λ, v) = (Matrix.diagonal(gram.values), gram.vectors)
let stretch = gram.values.map { $0.squareRoot() }
let unstretch = Matrix.diagonal(stretch.map { 1 / $0 })
let u = S * v * unstretch
//: @fold The derivation in Swift
lesson.derive("The $u_i$ are orthonormal") { proof in
  proof.start(#"U^\top U"#, u.T * u)
  proof.equals(
    #"\Sigma^{-1} V^\top S^\top S V \Sigma^{-1}"#, because: #"$U = S V \Sigma^{-1}$, all columns at once"#,
    unstretch * v.T * S.T * S * v * unstretch)
  proof.equals(
    #"\Sigma^{-1} \Lambda \Sigma^{-1}"#, because: #"$S^\top S = V \Lambda V^\top$ and $V^\top V = I$"#,
    unstretch * Λ * unstretch)
  proof.equals("I", because: #"$\sigma_i^2 = \lambda_i$"#, Matrix.identity(3))
}
lesson.derive("The factors give $S$ back") { proof in
  proof.start(#"U \Sigma V^\top"#, u * Matrix.diagonal(stretch) * v.T)
  proof.equals(
    #"S V \Sigma^{-1} \Sigma V^\top"#, because: "the definition of $U$",
    S * v * unstretch * Matrix.diagonal(stretch) * v.T)
  proof.equals("S", because: #"$V$ is square with orthonormal columns, so $V V^\top = I$"#, S)
}

//: Terms with $\sigma_i = 0$ add nothing to $S = \sum_i \sigma_i u_i v_i^\top$; there $u_i$ may be any unit vector that
//: completes the basis. From here on the digits themselves are on the table, as many images as they have pixels, so that
//: $U$ and $V$ are both square. (Their decomposition is computed *without* the Gram matrix. The end of the lesson shows
//: why.)
let svd = SVD(A)
let (U, σ, Σ, V) = (svd.U, svd.σ, svd.Σ, svd.V)
let energy = σ.map { $0 * $0 }
let rounding = 1e-15 * Double(D)  // a few units in the last place for each of D terms
let small = 1e-3 * A.squaredNorm  // rounding is relative to A, of which a tail may be a tiny part

lesson.check(
  #"the factors multiply to $A$: $\lVert A - U \Sigma V^\top \rVert / \lVert A \rVert$"#,
  (A - U * Σ * V.T).norm / A.norm, isBelow: rounding)
lesson.check(#"$U$ is orthonormal: $\lVert U^\top U - I \rVert$"#, (U.T * U - .identity(D)).norm, isBelow: rounding)
lesson.check(#"$V$ is orthonormal: $\lVert V^\top V - I \rVert$"#, (V.T * V - .identity(D)).norm, isBelow: rounding)

//: ## Distances do not feel a rotation
//:
//: Let a rival enter: $B$, the best that can be done by mixing $k$ of the images themselves. Seen in the coordinates of
//: $U$ and $V$ the matrix $A$ is diagonal, and no distance has changed.
let row = QR(A[rows: 0..<k].T).Q
let B = A * row * row.T
//: @fold The derivation in Swift
lesson.derive("Unitary invariance") { proof in
  proof.start(#"\lVert A - B \rVert_F^2"#, (A - B).squaredNorm)
  proof.equals(
    #"\operatorname{tr} (A - B)^\top (A - B)"#, because: "the trace adds the squared lengths of the columns",
    ((A - B).T * (A - B)).trace, scale: small)
  proof.equals(
    #"\operatorname{tr} V^\top (A - B)^\top U U^\top (A - B) V"#,
    because: #"$U U^\top = I$; and a factor may go round a trace, where it meets $V V^\top = I$"#,
    (V.T * (A - B).T * U * U.T * (A - B) * V).trace, scale: small)
  proof.equals(
    #"\lVert U^\top (A - B) V \rVert_F^2"#, because: "the first line, read backwards",
    (U.T * (A - B) * V).squaredNorm, scale: small)
  proof.equals(
    #"\lVert \Sigma - U^\top B V \rVert_F^2"#, because: #"$U^\top A V = \Sigma$"#, (Σ - U.T * B * V).squaredNorm,
    scale: small)
}

//: ## No rival comes closer than the tail
//:
//: The theorem of Eckart and Young. All that holds $B$ back is its rank: its columns live in a space of $k$
//: dimensions with an orthonormal basis $Q$. Whatever $B$ does inside, it never touches the part of $A$ outside.
let Q = SVD(B).truncated(to: k).U
let w = (0..<D).map { i in (Q.T * U.column(i)).reduce(0) { $0 + $1 * $1 } }
let outside = A - Q * (Q.T * A)
//: @fold The derivation in Swift
lesson.derive(#"The squared distance is at least the tail of $\sigma^2$"#) { proof in
  proof.start(#"\lVert A - B \rVert_F^2"#, (A - B).squaredNorm)
  proof.equals(
    #"\lVert Q Q^\top (A - B) \rVert_F^2 + \lVert (I - Q Q^\top)(A - B) \rVert_F^2"#,
    because: "Pythagoras, column by column: the two parts are orthogonal",
    (Q * (Q.T * (A - B))).squaredNorm + (A - B - Q * (Q.T * (A - B))).squaredNorm, scale: small)
  proof.atLeast(
    #"\lVert (I - Q Q^\top)(A - B) \rVert_F^2"#, because: "a square is not negative",
    (A - B - Q * (Q.T * (A - B))).squaredNorm, scale: small)
  proof.equals(
    #"\lVert (I - Q Q^\top) A \rVert_F^2"#, because: #"$B = Q Q^\top B$"#, outside.squaredNorm, scale: small)
  proof.equals(
    #"\lVert A \rVert_F^2 - \lVert Q^\top A \rVert_F^2"#, because: "Pythagoras again",
    A.squaredNorm - (Q.T * A).squaredNorm, scale: A.squaredNorm)
  proof.equals(
    #"\sum_i \sigma_i^2 - \sum_i w_i \sigma_i^2, \quad w_i = \lVert Q^\top u_i \rVert^2"#,
    because:
      #"$Q^\top A = Q^\top U \Sigma V^\top$ is as long as $Q^\top U \Sigma$, whose columns are $\sigma_i Q^\top u_i$"#,
    energy.sum() - dot(energy, w), scale: A.squaredNorm)
  proof.atLeast(
    #"\sum_i \sigma_i^2 - \sum_{i \le k} \sigma_i^2"#, because: "Ky Fan's step, which is proved next",
    energy.sum() - energy[..<k].sum(), scale: A.squaredNorm)
  proof.equals(
    #"\sum_{i > k} \sigma_i^2"#, because: "the rest of the sum", energy[k...].sum(), scale: A.squaredNorm)
}

//: The weights $w_i$ say how much of $u_i$ lies in the rival's space. None exceeds 1, because a projection does not
//: lengthen: $\lVert Q^\top u_i \rVert \le \lVert u_i \rVert$. And together they are $k$, because
//: $\sum_i w_i = \lVert Q^\top U \rVert_F^2 = \lVert Q \rVert_F^2 = k$. With such a budget the best one can do is to spend
//: it on the largest $\sigma_i^2$ (Ky Fan, 1949).
//:
//: For a tall matrix with the thin factors $U$ is not square, and the budget is only
//: $\sum_i w_i = \lVert Q^\top U \rVert_F^2 \le \lVert Q \rVert_F^2 = k$. The last line below is written so that it holds
//: then too: $\sigma_k^2 (k - \sum_i w_i) \ge 0$. So the theorem holds for every shape.
lesson.check(#"the weights spend the budget: $\sum_i w_i = k$"#, w.sum(), equals: Double(k), within: 1e-12)
lesson.check(#"no weight exceeds one: $\max w_i - 1$"#, w.greatest() - 1, isAtMost: 1e-12)
//: @fold The derivation in Swift
lesson.derive("Ky Fan's step") { proof in
  let (h, t) = (0..<k, k..<D)
  proof.start(#"\sum_i w_i \sigma_i^2"#, dot(w, energy))
  proof.equals(
    #"\sum_{i \le k} \sigma_i^2 - \sum_{i \le k} (1 - w_i) \sigma_i^2 + \sum_{i > k} w_i \sigma_i^2"#,
    because: "add and take away the head",
    energy[h].sum() - h.map { (1 - w[$0]) * energy[$0] }.sum() + t.map { w[$0] * energy[$0] }.sum())
  proof.atMost(
    #"\sum_{i \le k} \sigma_i^2 - \sigma_k^2 \sum_{i \le k} (1 - w_i) + \sigma_k^2 \sum_{i > k} w_i"#,
    because: #"$\sigma_i \ge \sigma_k$ in the head, $\sigma_i \le \sigma_k$ in the tail, and $0 \le w_i \le 1$"#,
    energy[h].sum() - energy[k - 1] * h.map { 1 - w[$0] }.sum() + energy[k - 1] * w[t].sum())
  proof.equals(
    #"\sum_{i \le k} \sigma_i^2 - \sigma_k^2 \Bigl( k - \sum_i w_i \Bigr)"#, because: "collect the weights",
    energy[h].sum() - energy[k - 1] * (Double(k) - w.sum()))
  proof.atMost(
    #"\sum_{i \le k} \sigma_i^2"#, because: "no more than the budget can be spent", energy[h].sum())
}

//: ## The truncated decomposition reaches it
let Aₖ = svd.truncated(to: k)
//: @fold The derivation in Swift
lesson.derive(#"$A_k$ is as close as the bound allows"#) { proof in
  let (uₜ, vₜ) = (U[columns: k..<D], V[columns: k..<D])
  let Σₜ = Matrix.diagonal(Array(σ[k...]))
  proof.start(#"\lVert A - A_k \rVert_F^2"#, (A - Aₖ.product).squaredNorm)
  proof.equals(
    #"\Bigl\lVert \sum_{i > k} \sigma_i u_i v_i^\top \Bigr\rVert_F^2"#, because: "the first $k$ terms cancel",
    (uₜ * Σₜ * vₜ.T).squaredNorm, scale: small)
  proof.equals(
    #"\sum_{i > k} \sum_{j > k} \sigma_i \sigma_j (u_i^\top u_j)(v_i^\top v_j)"#,
    because: #"multiply out: $\langle u_i v_i^\top, u_j v_j^\top \rangle = (u_i^\top u_j)(v_i^\top v_j)$"#,
    (Σₜ * ((uₜ.T * uₜ) ⊙ (vₜ.T * vₜ)) * Σₜ).elements.sum(), scale: small)
  proof.equals(
    #"\sum_{i > k} \sigma_i^2"#, because: "both bases are orthonormal: only $i = j$ is left", energy[k...].sum(),
    scale: small)
}
//:
lesson.say(
  "Here the bound is \(Numeral.short(energy[k...].sum())), and the rival that mixes \(k) images stays at "
    + "\(Numeral.short((A - B).squaredNorm)), \(Numeral.percent((A - B).squaredNorm / energy[k...].sum() - 1)) above it."
)

//: ## The same in the spectral norm
//:
//: How far can a rival be in the *worst direction*? A space of $k + 1$ dimensions, that of $v_1, \dots, v_{k+1}$, is too
//: large for a matrix of rank $k$: some unit vector $z = \sum_i c_i v_i$ in it is sent to zero.
let c = SVD(B * V[columns: 0..<k + 1]).V.column(k)
let z = V[columns: 0..<k + 1] * c
//: @fold The derivation in Swift
lesson.derive(#"In the worst direction the distance is at least $\sigma_{k+1}$"#) { proof in
  let stretched = zip(c, σ).map { $0 * $1 }
  proof.start(#"\lVert A - B \rVert_2"#, SVD(A - B).σ[0])
  proof.atLeast(
    #"\lVert (A - B) z \rVert"#, because: "the spectral norm is the largest stretch of a unit vector",
    dot((A - B) * z, (A - B) * z).squareRoot())
  proof.equals(
    #"\lVert A z \rVert"#, because: "$B z = 0$", dot(A * z, A * z).squareRoot())
  proof.equals(
    #"\Bigl( \sum_{i \le k+1} c_i^2 \sigma_i^2 \Bigr)^{1/2}"#, because: #"$A z = \sum_i c_i \sigma_i u_i$"#,
    dot(stretched, stretched).squareRoot())
  proof.atLeast(
    #"\sigma_{k+1} \Bigl( \sum_{i \le k+1} c_i^2 \Bigr)^{1/2}"#, because: #"$\sigma_i \ge \sigma_{k+1}$"#,
    σ[k] * dot(c, c).squareRoot())
  proof.equals(#"\sigma_{k+1}"#, because: "$z$ has length one", σ[k])
}
//:
lesson.check(
  #"$A_k$ reaches it: $\lVert A - A_k \rVert_2 = \sigma_{k+1}$"#,
  SVD(A - Aₖ.product).σ[0], equals: σ[k], within: 1e-12)

//: ## The principal axes
//:
//: Khapra's lecture writes $P^\top X^\top X P = D$ with a diagonal $D$ (here $\Sigma^2$; our $D$ is the number of pixels), with
//: examples as rows, as they are here. It is $P = V$, for *all* the digits now. In the new coordinates the columns of the data
//: are orthogonal; they are *uncorrelated* only if the pixels were centred first, which is lesson 02.
let all = SVD(X)
//: @fold The derivation in Swift
lesson.derive(#"$V$ diagonalises the Gram matrix of the data"#) { proof in
  proof.start(#"V^\top X^\top X V"#, all.V.T * X.T * X * all.V)
  proof.equals(
    #"V^\top V \Sigma U^\top U \Sigma V^\top V"#, because: #"$X = U \Sigma V^\top$, twice"#,
    all.V.T * all.V * all.Σ * all.U.T * all.U * all.Σ * all.V.T * all.V)
  proof.equals(
    #"\Sigma^2"#, because: "both bases are orthonormal", Matrix.diagonal(all.σ.map { $0 * $0 }))
}

//: ## How many terms make an image?
let ranks = [1, 2, 4, 8, 16, 32]
let approximations = ranks.map { all.truncated(to: $0).product }
let share = ranks.map { r in all.σ[..<r].map { $0 * $0 }.sum() / X.squaredNorm }

lesson.table(
  "The images as matrices of rank $k$",
  columns: ["$k$", #"$\lVert X - X_k \rVert_F^2$, measured"#, #"$\sum_{i>k} \sigma_i^2$, promised"#, "energy kept"],
  rows: zip(ranks, approximations).enumerated().map { n, pair in
    [
      Cell(pair.0), Cell((X - pair.1).squaredNorm, significant: 6),
      Cell(all.σ[pair.0...].map { $0 * $0 }.sum(), significant: 6), .percent(share[n]),
    ]
  })
lesson.check(
  "for the square piece the error is the tail for every $k$ from 1 to $D - 1$",
  (1..<D).map { (A - svd.truncated(to: $0).product).squaredNorm }, equal: (1..<D).map { energy[$0...].sum() },
  within: 1e-12, scale: 1e-12 * A.squaredNorm)
lesson.check(
  "and for all the images, for every $k$ in the table", approximations.map { (X - $0).squaredNorm },
  equal: ranks.map { r in all.σ[r...].map { $0 * $0 }.sum() }, within: 1e-12)
//: @fold The figure in Swift
lesson.figure(
  "scree",
  "The first singular value is \(Numeral.short(all.σ[0] / all.σ[1], significant: 2)) times the second: the images are not "
    + "centred, and $v_1$ is nearly the mean image. Values below $10^{-12}$ of the first are left out. The measured error of "
    + "the truncated matrices lies on the theorem's curve."
) {
  let index = (1...all.σ.count).map(Double.init)
  let positive = all.σ.prefix { $0 > 1e-12 * all.σ[0] }
  let kept = index.map { r in all.σ[Int(r)...].map { $0 * $0 }.sum() / X.squaredNorm }
  return Figure("What the singular values promise", columns: 2) {
    Plot("Singular values of the images", x: Axis("index i"), y: Axis("σᵢ", scale: .log)) {
      Points(x: Array(index.prefix(positive.count)), y: Array(positive))
    }
    Plot("Error of rank k, relative", x: Axis("k"), y: Axis("‖X − Xₖ‖² ∕ ‖X‖²")) {
      Line(x: index, y: kept, name: "tail of σ²")
      Points(
        x: ranks.map(Double.init), y: approximations.map { (X - $0).squaredNorm / X.squaredNorm }, name: "measured")
    }
  }
}
//:
let mean = X.columnMeans
lesson.check(
  "$v_1$ is nearly the mean image: cosine", abs(dot(all.V.column(0), mean)) / norm(mean), isAbove: 0.99)
//: @fold The figure in Swift
lesson.figure(
  "rank-k",
  "The first ten images, cut after k terms: with one term every image is the same blot at another strength, with eight "
    + "\(Numeral.percent(share[3])) of the energy is kept, with 32 \(Numeral.percent(share[5])). Values below 0 are shown as 0."
) {
  Figure("Images of rank k") {
    ImageGrid(
      "Ten images, cut after k terms",
      images: ([X] + approximations).flatMap { matrix in (0..<10).map { matrix.row($0) } },
      width: digits.width, height: digits.height, columns: 10, range: 0...digits.maximum,
      rowLabels: ["original"] + ranks.map { "k = \($0)" })
  }
}

//: ## Thousands of rivals
//:
//: A proof needs no votes, but a student may want to see someone try. Four kinds of rivals, all of rank $k$:
//:
//: 1. random factors $L R^\top$, scaled as well as a number can scale them;
//: 2. $A$ projected onto $k$ random directions;
//: 3. $A$ rebuilt from $k$ of its own images, drawn at random;
//: 4. the winner itself with a little noise on its factors.
func randomRivals(_ n: Int, _ random: inout RandomStream) -> [(kind: String, distances: [Double])] {
  func distances(_ rival: (inout RandomStream) -> Matrix<Double>) -> [Double] {
    (0..<n).map { _ in (A - rival(&random)).squaredNorm }
  }
  return [
    (
      "random factors",
      distances { random in
        let C: Matrix<Double> =
          .normal(rows: D, columns: k, using: &random) * .normal(rows: k, columns: D, using: &random)
        return dot(A.elements, C.elements) / C.squaredNorm * C
      }
    ),
    (
      "random directions",
      distances { random in
        let q = QR(Matrix<Double>.normal(rows: D, columns: k, using: &random)).Q
        return A * q * q.T
      }
    ),
    (
      "own images",
      distances { random in
        let few = Matrix(rows: k, columns: D, elements: random.permutation(D)[..<k].flatMap { A.row($0) })
        let q = QR(few.T).Q
        return A * q * q.T
      }
    ),
    (
      "winner + noise",
      distances { random in
        let noise = 0.01 * random.uniform()
        let L = Aₖ.U * Aₖ.Σ + noise * Aₖ.σ[k - 1] * Matrix.normal(rows: D, columns: k, using: &random)
        return L * (Aₖ.V + noise * Matrix.normal(rows: D, columns: k, using: &random)).T
      }
    ),
  ]
}
//: And a rival who learns: gradient descent on $\frac12 \lVert A - L R^\top \rVert_F^2$ from random factors, with the heavy
//: ball of Polyak (each step keeps a share $\beta$ of the last one). Its gradients are $(L R^\top - A) R$ and
//: $(L R^\top - A)^\top L$.
func learningRival(steps: Int, _ random: inout RandomStream) -> [Double] {
  var L = Matrix<Double>.normal(rows: D, columns: k, using: &random)
  var R = Matrix<Double>.normal(rows: D, columns: k, using: &random)
  var (stepL, stepR) = (Matrix<Double>(rows: D, columns: k), Matrix<Double>(rows: D, columns: k))
  let (η, β) = (0.2 / σ[0], 0.95)
  return (0..<steps).map { _ in
    let E = L * R.T - A
    stepL = β * stepL - η * (E * R)
    stepR = β * stepR - η * (E.T * L)
    L = L + stepL
    R = R + stepR
    return E.squaredNorm
  }
}

let bound = energy[k...].sum()
var random = lesson.stream("rivals")
let rivals = randomRivals(rivalsOfAKind, &random)
let learning = (0..<5).map { _ in learningRival(steps: 1500, &random) }
let learnt = learning.map { $0.last ?? .nan }

lesson.table(
  "How close the rivals came",
  columns: ["rival", "how many", "closest distance²", "distance² ∕ bound − 1"],
  rows: (rivals + [("gradient descent", learnt)]).map { kind, distances in
    let best = distances.least()
    return [Cell(kind), Cell(distances.count), Cell(best, significant: 6), Cell(best / bound - 1, significant: 2)]
  })
func excess(_ distances: some Sequence<Double>) -> [Double] { distances.map { $0 / bound - 1 } }

lesson.check(
  "no random rival is below the bound: least distance² ∕ bound − 1",
  excess(rivals.flatMap(\.distances)).least(), isAtLeast: 0)
lesson.check(
  "no learning rival is ever below the bound, but for rounding: least", excess(learning.joined()).least(),
  isAtLeast: -1e-12)
lesson.check("every learning rival reaches the bound: greatest at the end", excess(learnt).greatest(), isBelow: 1e-6)
//: @fold The figure in Swift
lesson.figure(
  "rivals",
  "Every random rival stays above the bound, most of them far above; of the five runs of gradient descent the farthest ends "
    + "\(Numeral.short(excess(learnt).greatest(), significant: 2)) above it, relative to it."
) {
  Figure("Rivals of rank \(k)", columns: 2) {
    Plot(
      "Random rivals, \(min(300, rivalsOfAKind)) of each kind", x: Axis("distance² ∕ bound − 1", scale: .log),
      y: Axis("one row a kind", range: 0...5, ticks: [])
    ) {
      for (row, rival) in rivals.enumerated() {
        let shown = rival.distances.prefix(300)
        Points(
          x: shown.map { $0 / bound - 1 },
          y: shown.indices.map { Double(row) + 0.7 + 0.6 * Double(($0 * 37) % 101) / 101 }, name: rival.kind)
      }
    }
    Plot(
      "Gradient descent from five starts", x: Axis("step"),
      y: Axis("distance² ∕ bound − 1, at least 10⁻¹⁵", scale: .log)
    ) {
      for history in learning {
        Line(x: history.indices.map(Double.init), y: history.map { max($0 / bound - 1, 1e-15) })
      }
    }
  }
}

//: ## Two roads to the singular values
//:
//: The beginning of this lesson took square roots of the Gram matrix's eigenvalues. In exact arithmetic that gives the
//: same numbers, and it is an independent computation: a good check. In floating point it loses half the digits of the
//: small ones: rounding disturbs $\lambda_i$ by about $10^{-16} \lambda_1$, so $\sigma_i = \sqrt{\lambda_i}$ drowns below
//: $10^{-8} \sigma_1$.
let viaGram = SymmetricEigen(X.T * X).values
lesson.check(
  "both roads agree on $\\sigma_i^2$, relative to the largest", all.σ.map { $0 * $0 }, equal: viaGram, within: 1e-13,
  scale: all.σ[0] * all.σ[0])

let graded = Matrix<Double>(rows: 3, columns: 3) { i, j in j < i ? 0 : [1, 1e-6, 1e-12][i] }
let direct = SVD(graded).σ
let detour = SymmetricEigen(graded.T * graded).values.map { max($0, 0).squareRoot() }
lesson.table(
  "A matrix with singular values of very different size",
  columns: ["$i$", #"$\sigma_i$, by the SVD"#, #"$\sqrt{\lambda_i}$, by the Gram matrix"#],
  rows: direct.indices.map { [Cell($0 + 1), Cell(direct[$0], significant: 10), Cell(detour[$0], significant: 10)] })
//: (This SVD turns columns against each other, after Jacobi, and keeps relative accuracy on a matrix whose rows are of very
//: different size: Demmel and Veselić, 1992. A standard one promises $10^{-16} \sigma_1$ absolute: here about four digits of
//: the smallest, still more than none.) The determinant of that triangular matrix is $1 \cdot 10^{-6} \cdot 10^{-12}$, and it is the product of the singular
//: values as well. One of the two roads can be held to that.
lesson.check(
  #"the SVD keeps $\sigma_1 \sigma_2 \sigma_3 = 10^{-18}$"#, direct.reduce(1, *), equals: 1e-18, within: 1e-13)
lesson.check(
  "the detour does not: its relative error in the smallest", abs(detour[2] / direct[2] - 1), isAbove: 1e-2)

//: ## Errata
//:
//: - Larochelle's slide speaks of *the* matrix $B^*$ of rank $k$ that is closest. At a tie
//:   $\sigma_k = \sigma_{k+1} > 0$ there are infinitely many, here a circle of them:
let tied = Matrix<Double>.diagonal([3, 2, 2, 1])
let circle = [0, 0.5, 1, 1.5].map { θ -> Matrix<Double> in
  let direction = [0, Double.cos(θ), Double.sin(θ), 0]
  let e₁ = Matrix<Double>.diagonal([3, 0, 0, 0])
  return e₁ + Matrix(rows: 4, columns: 4) { i, j in 2 * direction[i] * direction[j] }
}
lesson.check(
  #"at a tie, $\sigma_2 = \sigma_3 = 2$, all these matrices of rank 2 are equally near"#,
  circle.map { (tied - $0).squaredNorm }, equal: [5, 5, 5, 5], within: 1e-14)
lesson.check(
  "and they differ: the smallest distance between two of them",
  zip(circle, circle.dropFirst()).map { ($0 - $1).norm }.least(), isAbove: 1)
//: - The slide minimises over matrices of rank *equal* to $k$. If $A$ itself has a smaller rank there is no minimum:
//:   matrices of rank $k$ come as near as they like to $A$ and never arrive. "At most $k$" is what is meant.
let thin = SVD(A).truncated(to: 2).product
let near = [1, 1e-3, 1e-6].map { ε in thin + ε * Matrix.diagonal([1, 1, 1] + Array(repeating: 0, count: D - 3)) }
lesson.check(
  "a matrix of rank 2 approached by matrices of rank 5: their distances", near.map { (thin - $0).norm },
  equal: [1, 1e-3, 1e-6].map { $0 * 3.0.squareRoot() }, within: 1e-7)
lesson.check("the rank of the nearest of them", Double(SVD(near[2]).rank()), equals: 5, within: 0)
//: - Its $U$ and $V$ are "orthonormal matrices (columns/rows are orthonormal vectors)", and the proof of lesson 02 inverts
//:   $\Sigma$. Both at once only happens for square $X$: full factors have orthonormal rows and columns, but then $\Sigma$ is
//:   not square; thin factors have a square $\Sigma$, but the rows of a tall $U$ are not orthonormal: $U U^\top$ is a projection.
let unit = (0..<digits.count).map { $0 == 0 ? 1.0 : 0 }
lesson.check(
  #"for all the images $U U^\top$ is no identity: it shortens the first unit vector to"#,
  norm(all.U * (all.U.T * unit)),
  isBelow: 0.9)

//: ## Is my number right?
//:
//: Random rivals differ from seed to seed; the bound does not.
lesson.bands("Closest rival of each kind, distance² ∕ bound − 1") { seed in
  var random = RandomStream(seed: seed, name: "rivals")
  let rivals = randomRivals(rivalsOfAKind, &random).map { excess($0.distances).least() }
  let learnt = excess(learningRival(steps: 300, &random)).last ?? .nan
  return [
    "random factors": rivals[0], "random directions": rivals[1], "own images": rivals[2], "winner + noise": rivals[3],
    "gradient descent after 300 steps": learnt,
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question A matrix has singular values 5, 4, 2, 1. How far is the nearest matrix of rank 2 in the Frobenius norm, and
//: how far in the spectral norm?
//: @answer $\sqrt{2^2 + 1^2} = \sqrt 5$ in the Frobenius norm, and 2 in the spectral norm. The matrix $A_2$ is a nearest
//: one in both; in the spectral norm there are others.
//:
//: @question Where does the proof use that $B$ has rank at most $k$?
//: @answer In one place only: that its columns fit into a space of $k$ dimensions, so the weights $w_i$ add up to $k$ and
//: not to more.
//:
//: @question Ky Fan's step needs $w_i \le 1$. What would go wrong without it?
//: @answer All of the budget $k$ could be spent on $\sigma_1^2$, and the bound would read
//: $\sum_i \sigma_i^2 - k \sigma_1^2$, which may even be negative. A projection cannot count one direction twice.
//:
//: @question The last three singular values of the default digits are zero. Which property of the images is that?
//: @answer Three linear relations between pixels, of the simplest kind: three pixels are 0 in every image, three columns of
//: $X$ vanish, and the rank is at most 61.
//:
//: @question You know $A^\top A$ to 16 digits. To how many digits can you know the smallest singular value, if
//: $\sigma_1 = 1$ and $\sigma_D = 10^{-6}$?
//: @answer $\lambda_D = 10^{-12}$ is known to an absolute $10^{-16}$, so to four digits, and its square root to about four.
//: The SVD of $A$ itself, with an error of $10^{-16}$ in $10^{-6}$, gives about ten.
lesson.finish()
