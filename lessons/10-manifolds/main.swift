//: # 10 · Manifolds
//:
//: Images fill almost nothing of the space of their pixels: they lie near curved surfaces of few dimensions. This lesson
//: builds such surfaces with known tangents and coordinates, and measures how much can be recovered from points alone:
//: tangents, distances along the surface, coordinates, and a density.
//:
//: @opening unrolled
//: - write down the tangent of a moving image, and say how far it can be trusted;
//: - prove when distances determine coordinates, and unroll a Swiss roll in fifteen lines;
//: - show why an encoder need only follow the tangents;
//: - build a density of flat Gaussians, and say where it beats round ones.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Manifolds
import Notebook
import Plotting

let lesson = Lesson(
  "Points on a curved surface give away its tangents, its distances and its coordinates, as "
    + "long as neighbours are neighbours along the surface.")
let points = lesson.knob("points", 800, in: 600...1000, "points of the Swiss roll")
let m = lesson.knob("neighbours", 10, in: 6...12, "neighbours of each point in the graph")
let iterations = lesson.knob(
  "iterations", 250, in: 100...4000, "iterations of L-BFGS for the autoencoder of the roll")
let contractions = lesson.knob(
  "contractions", 150, in: 50...2000, "iterations of L-BFGS for the contractive encoders")
let σ₀ = lesson.knob("noise", 0.3, in: 0.1...1, "the noise around the roll, for densities")

let digits = lesson.images(ImageNeeds(side: 8))
let seeds = (0..<5).map { lesson.seed + $0 }

//: ## A digit that moves
//:
//: [Srihari](@srihari) moves a digit and draws the curve that it describes in the space of images. To move it by less
//: than a pixel, one has to interpolate. Here the image lies on a ring: what leaves it on the right comes back on the
//: left. A line of $n$ pixels, $n$ odd, is then a sum of $n$ waves,
//:
//: $$ x(t) = \sum_q x_q \varphi(t - q), \quad \varphi(t) = \frac1n \left( 1 + 2 \sum_{j < n/2} \cos \omega_j t \right),
//: \quad \omega_j = \frac{2 \pi j}{n}. $$
//:
//: $\varphi$ is 1 at 0 and 0 at the other pixels. The image moved by $s$ pixels is
//: $x_s$ with pixels $x(p - s)$, for any real $s$: a smooth curve, and its tangent is known exactly.
let ring = (
  width: digits.width + 3 - digits.width % 2, height: digits.height + 3 - digits.height % 2
)
let framed = digits.framed(width: ring.width, height: ring.height)
let one = framed[0..<1]
let s = 0.4
func moved(_ dx: Double) -> Matrix<Double> {
  one.cyclicallyTranslated(dx: dx, dy: 0).pixels
}
lesson.derive("The tangent of the moved image", within: 1e-9) { proof in
  let ε = 1e-3
  proof.start(
    #"\frac{d}{ds} x_s(p)"#,
    (8 * (moved(s + ε) - moved(s - ε)) - (moved(s + 2 * ε) - moved(s - 2 * ε))) / (12 * ε))
  proof.equals(
    #"-\sum_q x_q \varphi'(p - s - q)"#,
    because: "the chain rule, term by term; the first line was evaluated by differences",
    one.cyclicTangents(dx: s).dx)
  let atZero = LabelledImages(
    pixels: one.cyclicTangents().dx, labels: one.labels, width: one.width,
    height: one.height,
    maximum: one.maximum, name: one.name, citation: nil)
  proof.equals(
    #"-x'(p - s)"#,
    because: "the tangent is the image's own slope with the sign turned, and moves with it",
    atZero.cyclicallyTranslated(dx: s, dy: 0).pixels, within: 1e-12)
}
let picture = movedFigure(one)
lesson.figure(
  "moving",
  "An image that goes once round its ring, on three principal axes of the curve; the first two "
    + "hold \(Numeral.percent(picture.share, decimals: 0)) of its variance. Below, its tangents "
    + "as "
    + "images: more ink (orange), less ink (blue); and the image between pixels."
) { picture.figure }
//: @file Figures.swift the figures of this lesson
//:
//: White pixels of a tangent do not change; orange ones, in front of each stroke, gain ink, and blue ones, behind it,
//: lose ink. On a ring the curve's axes come in pairs, a circle for each wave; Srihari's digit moves in front of a wide
//: background, and his curve is not closed.

//: ## How far does a tangent hold?
//:
//: The tangent tells where the image goes next. How soon is it wrong? Let $\tau_s$ be the tangent at $x_s$, and
//: $A_j^2$ the squared amplitude of the wave of frequency $\omega_j$, added up over the lines.
lesson.derive("How much the tangent turns") { proof in
  let (image, n) = (one.image(0), ring.width)
  let (τ, turned) = (one.cyclicTangents().dx, one.cyclicTangents(dx: s).dx)
  let ω = (1...(n - 1) / 2).map { 2 * Double.pi * Double($0) / Double(n) }
  func tangent(_ image: Matrix<Double>, _ s: Double) -> Matrix<Double> {
    LabelledImages(
      pixels: Matrix(rows: 1, columns: n * image.rows, elements: image.elements),
      labels: [0], width: n,
      height: image.rows, maximum: 1, name: "", citation: nil
    ).cyclicTangents(dx: s).dx
  }
  proof.start(#"\langle \tau_0, \tau_s \rangle"#, dot(τ, turned))
  proof.equals(
    #"\sum_j \langle \tau_{0j}, \tau_{sj} \rangle"#,
    because:
      "waves of different frequencies are orthogonal on the pixels of a line; $\\tau_{sj}$ is "
      + "the tangent of the wave of frequency $\\omega_j$ alone",
    ω.indices.map { j in
      let part = wave(j + 1, of: image)
      return dot(tangent(part, 0), tangent(part, s))
    }.sum())
  proof.equals(
    #"\frac n2 \sum_j \omega_j^2 A_j^2 \cos \omega_j s"#,
    because:
      #"$\sum_p \sin(\omega_j p + \alpha) \sin(\omega_j (p - s) + \alpha) = \frac n2 \cos "#
      + #"\omega_j s$ "#
      + "for whole numbers of waves on the line; a derivative brings the factor $\\omega_j$",
    Double(n) / 2
      * zip(ω, squaredAmplitudes(image)).map { $0 * $0 * $1 * Double.cos($0 * s) }.sum())
}
//: So the cosine of the angle is an average of $\cos \omega_j s$ with weights $\omega_j^2 A_j^2$: fine detail turns
//: fast. In a photograph whose edges are many pixels wide a tangent lasts; these strokes are two or three pixels wide.
//: @file Tangents.swift moved images, their waves, and planes found by networks
let distances = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2]
let moves = distances.map { Moves(framed, by: $0) }
let pixel = moves[4]
let way = lesson.attempt { try reach(framed, by: 1) }
lesson.figure(
  "turning",
  "Left: the cosine of the angle between the tangents before and after the move, as the images "
    + "are and blurred. Right: what the tangent's point, and the nearest point of its line, miss."
) { turningFigure(distances, moves) }
lesson.finding(
  "After one pixel the tangent has turned to a cosine of "
    + "\(Numeral.short(mean(pixel.turn), significant: 2)) on average: the point one step along "
    + "it misses the moved image by \(Numeral.percent(mean(pixel.miss), decimals: 0)) of the "
    + "move, the nearest point of its line by "
    + "\(Numeral.percent(mean(pixel.lineMiss), decimals: 0)).")
lesson.say(
  "Fine detail does that. Blurred along the move by ¼, ½ and ¼, images keep a cosine of "
    + "\(Numeral.short(mean(pixel.blurredTurn), significant: 2)), which is why tangent distance "
    + "smooths first. One pixel is far besides: an image moves "
    + "\(Numeral.short(way, significant: 2)) times as far as its nearest neighbour is, on "
    + "average. So the neighbours in a set are other images, not moved copies: a set would have "
    + "to hold each digit in many places before its tangents could be read off."
)
lesson.check(
  "the tangents against differences of moved images, relative, all images",
  {
    let ε = 1e-3
    func at(_ s: Double) -> Matrix<Double> {
      framed.cyclicallyTranslated(dx: s, dy: 0).pixels
    }
    let slopes = (8 * (at(ε) - at(-ε)) - (at(2 * ε) - at(-2 * ε))) / (12 * ε)
    return (slopes - framed.cyclicTangents().dx).norm / slopes.norm
  }(), isBelow: 1e-9,
  because:
    #"differences of fourth order leave $\omega^4 \varepsilon^4 / 30$, some $10^{-11}$, and "#
    + #"rounding"#
)

//: ## An encoder need only look along the surface
//:
//: Let the data lie on the surface $x = g(t)$ with $d$ coordinates $t$. A curve on it is $g(t(s))$, and by the chain rule
//: its direction is $J_g\, t'(s)$: the *tangent space* is spanned by the columns of the Jacobian $J_g$. Write $P$ for the
//: orthogonal projection on it.
//:
//: Srihari describes training as a compromise of two forces: reconstruct the data, and depend on the input as little as
//: possible. Must the second make the first worse? Let $c(x)$ be the point of the surface nearest to $x$. The
//: encoder $f \circ c$ gives the data the same codes as $f$. The lines are evaluated for a circle in the plane and
//: five random sigmoid units.
var random = lesson.stream("encoder")
let encoder = lesson.attempt {
  try Stack<Double>(sizes: [2, 5], activations: [.sigmoid], using: &random)
}
let place = 0.7
let onCircle = [Double.cos(place), Double.sin(place)]
let along: Matrix<Double> = [[-Double.sin(place)], [Double.cos(place)]]
let P = along * along.T
let J = encoder.jacobian(at: onCircle)
lesson.derive("The same codes for less", within: 1e-9) { proof in
  proof.start(#"\lVert J_f \rVert_F^2"#, J.squaredNorm)
  proof.equals(
    #"\lVert J_f P \rVert_F^2 + \lVert J_f (I - P) \rVert_F^2"#,
    because: "Pythagoras, row by row: the two parts of a row are orthogonal",
    (J * P).squaredNorm + (J * (.identity(2) - P)).squaredNorm)
  proof.atLeast(
    #"\lVert J_f P \rVert_F^2"#, because: "a square is not negative", (J * P).squaredNorm)
  proof.equals(
    #"\lVert J_{f \circ c} \rVert_F^2"#,
    because:
      #"at a point of the surface the Jacobian of $c$ is $P$: a step along the surface stays "#
      + #"where it is; "#
      + "a step across it has the same nearest point. The value is by differences",
    {
      let ε = 1e-4
      func code(_ x: [Double]) -> [Double] {
        encoder(Matrix(rows: 1, columns: 2, elements: (1 / norm(x)) .* x)).elements
      }
      return (0..<2).map { i in
        let e = (0..<2).map { $0 == i ? ε : 0 }
        let slope =
          (1 / (12 * ε))
          .* (8 .* (code(onCircle .+ e) .- code(onCircle .- e))
            .- (code(onCircle .+ 2 .* e) .- code(onCircle .- 2 .* e)))
        return dot(slope, slope)
      }.sum()
    }())
}
//: So whatever $f$ achieves on the data, $f \circ c$ achieves with a Jacobian that vanishes across the surface, and a
//: smaller penalty unless $f$ already ignores what lies across. Along the surface no such saving is possible: if
//: $r(g(t)) = g(t)$ for all $t$, then $J_r J_g = J_g$, so the reconstruction keeps every tangent vector as it is. So the
//: code need only follow variations along the surface, as Srihari says, *if* the network is rich enough to represent
//: $f \circ c$. One layer of tied units is not, which is why lesson 06 saw contractive encoders keep other directions
//: than these; [below](#deeper-tangents-found-in-points) they are compared with the true tangents.

//: ## Distances know the coordinates
//:
//: Suppose that nothing is known of $N$ points but their distances $\Delta_{ij}$. How many coordinates do they have, and
//: which? Let $H = I - \frac1N 1 1^\top$, which takes the mean away, and
//: $B = -\frac12 H \Delta^2 H$ with $\Delta^2$ squared entry by entry ([](@torgerson-1952)).
var drawing = lesson.stream("scaling")
let planted = Matrix<Double>.normal(rows: 12, columns: 3, using: &drawing)
let Δ = Matrix(rows: 12, columns: 12) { norm(planted.row($0) .- planted.row($1)) }
let H = Matrix.identity(12) - Matrix(rows: 12, columns: 12, repeating: 1.0 / 12)
let B = -0.5 * (H * (Δ ⊙ Δ) * H)
lesson.derive("Distances of points make a Gram matrix") { proof in
  let squares = (0..<12).map { dot(planted.row($0), planted.row($0)) }
  let ones = [Double](repeating: 1, count: 12)
  func outer(_ a: [Double], _ b: [Double]) -> Matrix<Double> {
    Matrix(rows: 12, columns: 12) { a[$0] * b[$1] }
  }
  proof.start(#"-\tfrac12 H \Delta^2 H"#, B)
  proof.equals(
    #"-\tfrac12 H (q 1^\top + 1 q^\top - 2 X X^\top) H, \; q_i = \lVert x_i \rVert^2"#,
    because:
      #"$\lVert x_i - x_j \rVert^2 = \lVert x_i \rVert^2 + \lVert x_j \rVert^2 - 2 x_i^\top "#
      + #"x_j$"#,
    -0.5
      * (H * (outer(squares, ones) + outer(ones, squares) - 2 * (planted * planted.T)) * H))
  proof.equals(
    #"(H X)(H X)^\top"#, because: "$H 1 = 0$: the first two terms vanish",
    (H * planted) * (H * planted).T)
}
lesson.derive("A Gram matrix makes points with these distances") { proof in
  let eigen = SymmetricEigen(B)
  let Y = Matrix(rows: 12, columns: 3) {
    eigen.vectors[$0, $1] * eigen.values[$1].squareRoot()
  }
  let i = (2, 7)
  proof.start(
    #"\lVert y_i - y_j \rVert^2"#, dot(Y.row(i.0) .- Y.row(i.1), Y.row(i.0) .- Y.row(i.1)))
  proof.equals(
    #"B_{ii} + B_{jj} - 2 B_{ij}"#,
    because:
      #"$B = Y Y^\top$ with $Y = U \Lambda^{1/2}$, the eigenvectors times the roots of the "#
      + #"eigenvalues, "#
      + "if none is negative",
    B[i.0, i.0] + B[i.1, i.1] - 2 * B[i.0, i.1])
  let D = Δ ⊙ Δ
  proof.equals(
    #"-\tfrac12 (\Delta_{ii}^2 + \Delta_{jj}^2 - 2 \Delta_{ij}^2)"#,
    because: "write out $H$: the means of rows and columns cancel in this sum",
    -0.5 * (D[i.0, i.0] + D[i.1, i.1] - 2 * D[i.0, i.1]))
  proof.equals(
    #"\Delta_{ij}^2"#, because: #"$\Delta_{ii} = 0$"#, D[i.0, i.1])
}
//: Together: **distances are those of points in a Euclidean space exactly if $B$ has no negative eigenvalue**, and as
//: many dimensions are needed as it has positive ones. If there are more than $d$, the $d$ largest give the closest
//: matrix of rank $d$ ([lesson 01](../01-svd-theorem/README.md)). Only a rotation, a reflection and a shift remain open.

//: ## The heart: unroll a surface
//:
//: On a curved surface straight-line distances are wrong, but those to near neighbours are nearly right. Isomap
//: ([](@tenenbaum-2000)) joins each point with its $m$ nearest, adds up steps along the *shortest path*, and puts these
//: lengths in the place of $\Delta$:
//:
//: $$ \Delta_{ij} = \min_{\text{paths}} \sum_{\text{steps}} \lVert x_p - x_q \rVert, \quad
//: Y = U_d \Lambda_d^{1/2}, \quad -\tfrac12 H \Delta^2 H = U \Lambda U^\top. $$
//: @heart coordinates along a surface
func unrolled(_ X: Matrix<Double>, neighbours m: Int, dimensions d: Int) -> Matrix<Double> {
  let N = X.rows
  var Δ = Matrix(rows: N, columns: N) { norm(X.row($0) .- X.row($1)) }
  let reach = (0..<N).map { Δ.row($0).sorted()[m] }
  for i in 0..<N {
    for j in 0..<N where Δ[i, j] > max(reach[i], reach[j]) { Δ[i, j] = .infinity }
  }
  for p in 0..<N {
    for i in 0..<N { for j in 0..<N { Δ[i, j] = min(Δ[i, j], Δ[i, p] + Δ[p, j]) } }
  }
  let H = Matrix.identity(N) - Matrix(rows: N, columns: N, repeating: 1 / Double(N))
  let eigen = SymmetricEigen(-0.5 * (H * (Δ ⊙ Δ) * H))
  let root = eigen.values.prefix(d).map { $0.squareRoot() }
  return Matrix(rows: N, columns: d) { i, j in root[j] * eigen.vectors[i, j] }
}
//: The three loops are Floyd's: after round $p$, $\Delta_{ij}$ is the shortest path whose inner points are among the
//: first $p$. The library searches from each point in turn instead (Dijkstra's algorithm), in some $N^2 m \log N$ steps
//: instead of $N^3$.
let small = lesson.attempt { try Roll(120, seed: lesson.seed, name: "small roll") }
lesson.check(
  "fifteen lines and the library agree: all $Y Y^\\top$, 120 points",
  {
    let Y = unrolled(small.X, neighbours: 12, dimensions: 2)
    return (Y * Y.T).elements
  }(),
  equal: lesson.attempt {
    let Y = try Isomap(small.X, neighbours: 12, dimensions: 2).coordinates
    return (Y * Y.T).elements
  }, within: 1e-12, scale: 1e3,
  because: "rounding, relative to inner products of some thousands; signs of axes are free")
lesson.check(
  "scaling finds three coordinates of twelve planted points: all distances",
  lesson.attempt {
    let Y = try ClassicalScaling(distances: Δ, dimensions: 3).coordinates
    return (0..<12).flatMap { i in (0..<12).map { norm(Y.row(i) .- Y.row($0)) } }
  }, equal: Δ.elements, within: 1e-12, scale: 1,
  because: "rounding, by the two derivations above")

//: ## What unrolls, and what tears or cuts
//:
//: The test is a Swiss roll: a rectangle of $89.4 \times 21$, rolled up without stretching, its gap
//: $2 \pi$ wide, from which points are drawn uniformly. The true coordinates serve for the verdict only: the correlation
//: of each with its best affine prediction from the two found; the lower counts.
let rolls = lesson.attempt { try seeds.map { try Roll(points, seed: $0, neighbours: m) } }
let roll = rolls[0]
//: @file Rolls.swift rolls, their coordinates, and how well these are found
let counts = [3, 5, 10, 20]
let outcomes = lesson.attempt {
  try rolls.map { roll in try counts.map { try roll.outcome($0) } }
}
let measured = lesson.attempt {
  try Dictionary(uniqueKeysWithValues: zip(seeds, rolls.map { try $0.quality(m) }))
}
let qualities = seeds.compactMap { measured[$0] }
lesson.figure(
  "unrolled",
  "A Swiss roll of \(points) points in five strips, obliquely, with its graph of \(m) "
    + "neighbours. Principal components flatten it, turn upon turn; Isomap unrolls it; with 20 "
    + "neighbours a few edges jump from turn to turn, and the map folds."
) { lesson.attempt { try unrolledFigure(roll, neighbours: m, tooMany: 20) } }
lesson.table(
  "Isomap on five rolls of \(points) points, least to greatest",
  columns: ["neighbours $m$", "pieces of the graph", "short cuts", "correlation"],
  rows: counts.indices.map { c in
    [
      Cell(counts[c]), Cell(span(outcomes.map { Double($0[c].pieces) })),
      Cell(span(outcomes.map { Double($0[c].shortCuts) })),
      Cell(span(outcomes.compactMap { $0[c].correlation })),
    ]
  })
//: A short cut is an edge less than half as long as the way along the surface. Too few neighbours leave pieces without
//: a path between them. With too many, edges jump from turn to turn, and **one jump is enough**, for all paths
//: between them run through it: with `--points 600 --neighbours 8`, a single short cut on one of five rolls takes its
//: correlation from 0.99 to 0.12.
lesson.table(
  "Two coordinates found from three, graphs of \(m) neighbours, mean ± standard error of five "
    + "rolls; trustworthiness and continuity look at 10 neighbours",
  columns: ["method", "correlation", "trustworthiness", "continuity"],
  rows: (0..<3).map { method in
    [Cell(qualities[0][method].name)]
      + (0..<3).map { number in
        let values = qualities.map { $0[method].numbers[number] }
        return Cell(Numeral.meanAndError(values, .significant(4), ofError: .significant(1)))
      }
  })
//: Trustworthiness and continuity ([](@venna-kaski-2006)) ask whether near points stay near. They hardly notice that the
//: principal components have laid turns side by side: most neighbours are still neighbours.
lesson.finding(
  "From distances between \(m) neighbours alone, Isomap finds the coordinates of the rolled-up "
    + "rectangle with a correlation of \(span(qualities.map { $0[1].numbers[0] }, 4)) on five "
    + "rolls (with others it may fail); principal components "
    + "reach \(span(qualities.map { $0[0].numbers[0] }, 2)).")
lesson.check(
  "Isomap's correlation, \(m) neighbours, least of five rolls",
  qualities.map { $0[1].numbers[0] }.least(),
  isAbove: 0.98,
  because: "a tolerance for the zigzag of paths: scikit-learn's Isomap on four other rolls of "
    + "this size has 0.988 to 0.996")

//: ## New points: an embedding or an encoder
//:
//: Isomap has placed the points it was given. [Srihari](@srihari) divides manifold learning by just this: some methods
//: have an embedding *for each training example*, others a function that maps any point. An autoencoder is of the
//: second kind: 3–16–2–16–3, tanh units, linear code, L-BFGS from the better of two starts. Isomap can be extended: a
//: new point's paths lead through its neighbours, and the eigenvectors place it by its distances. The simplest rival
//: gives it those of the nearest old point. There are as many new points as old ones:
let arrivals = lesson.attempt {
  try zip(rolls, seeds).map { roll, seed in
    try NewPoints(
      roll, try Roll(points, seed: seed, name: "new points"), neighbours: m,
      iterations: iterations, seed: seed)
  }
}
//: @file NewPoints.swift codes of new points by three ways
lesson.table(
  "Mean ± standard error of five rolls; the coordinates of new points are predicted from their "
    + "codes by the affine map that was fitted to the old points",
  columns: ["codes by", "correlation, old points", "new points", "trustworthiness, new"],
  rows: (0..<3).map { row in
    [Cell(arrivals[0].rows[row].name)]
      + [\(name: String, old: Double, new: Double, trust: Double).old, \.new, \.trust].map {
        path in
        let values = arrivals.map { $0.rows[row][keyPath: path] }
        return Cell(Numeral.meanAndError(values, .significant(4), ofError: .significant(1)))
      }
  })
lesson.finding(
  "New points: Isomap's extension places them with a correlation of "
    + "\(Numeral.short(mean(arrivals.map { $0.rows[0].new }))), the nearest old point's "
    + "coordinates with \(Numeral.short(mean(arrivals.map { $0.rows[1].new }))), the "
    + "autoencoder's code with "
    + "\(Numeral.short(mean(arrivals.map { $0.rows[2].new }), significant: 2)), though it "
    + "leaves only \(Numeral.percent(mean(arrivals.map(\.errors.network)))) of the variance "
    + "where two "
    + "principal components leave \(Numeral.percent(mean(arrivals.map(\.errors.components)))).")
//: So a function does not guarantee good coordinates. The autoencoder is asked for a small error, not for distances: its
//: code may stretch and fold the surface, and the decoder undoes it. With `--iterations 3000` the error falls to 4.6 %
//: and trustworthiness rises to 0.90; the correlation does not. What an autoencoder has, and Isomap has not, is a
//: decoder, and a size that does not grow with the points.

//: ## Windows and pancakes
//:
//: Srihari tiles a manifold with “pancakes”, Gaussians that are wide along the surface and thin across it. Put one at
//: every point ([](@vincent-bengio-2003)):
//:
//: $$ p(x) = \frac1N \sum_{n=1}^N \mathcal N(x; x_n, C_n), \quad C_n = \sigma^2 I + V_n \Lambda_n V_n^\top, $$
//:
//: where the $d$ columns of $V_n$ are the leading axes of the differences to $m$ neighbours, and $\Lambda_n$ their
//: variances; without them it is Parzen's density with round windows. $C_n$ itself is never formed:
lesson.derive("A pancake costs $d$ inner products", within: 1e-11) { proof in
  let V = QR(planted[rows: 0..<4][columns: 0..<2]).Q
  let (λ, σ) = ([2.0, 0.7], 0.3)
  let z = planted.column(0).prefix(4).map { $0 }
  let C = σ * σ * .identity(4) + V * .diagonal(λ) * V.T
  let along = V.T * z
  proof.start(#"z^\top C^{-1} z"#, lesson.attempt { dot(z, try C.solve(z)) })
  proof.equals(
    #"\frac{\lVert z - V V^\top z \rVert^2}{\sigma^2} + \sum_{i=1}^d \frac{(v_i^\top "#
      + #"z)^2}{\lambda_i + \sigma^2}"#,
    because:
      #"$C$ multiplies $v_i$ by $\lambda_i + \sigma^2$ and whatever is orthogonal to all $v_i$ "#
      + #"by $\sigma^2$"#,
    {
      let across = z .- V * along
      return dot(across, across) / (σ * σ)
        + zip(along, λ).map { $0 * $0 / ($1 + σ * σ) }.sum()
    }())
  proof.equals(
    #"\frac{\lVert z \rVert^2}{\sigma^2} - \sum_{i=1}^d (v_i^\top z)^2 "#
      + #"\left( \frac1{\sigma^2} - \frac1{\lambda_i + \sigma^2} \right)"#,
    because:
      #"Pythagoras: $\lVert z - V V^\top z \rVert^2 = \lVert z \rVert^2 - \sum_i (v_i^\top "#
      + #"z)^2$"#,
    dot(z, z) / (σ * σ)
      - zip(along, λ).map { $0 * $0 * (1 / (σ * σ) - 1 / ($1 + σ * σ)) }.sum())
}
//: By the same eigenvalues $\log \det C = (D - d) \log \sigma^2 + \sum_i \log (\lambda_i + \sigma^2)$. Now a contest,
//: on two data sets: the roll with normal noise of $\sigma_0$ around it, whose true density is known by integration,
//: and images on their 16 leading principal axes. (All 64 include directions without variance.) Widths, and the numbers of Gaussians and of the roll's neighbours, are
//: chosen on validation points; $d$ is given.
let widths = [0.7, 1, 1.4, 2, 2.8, 4].map { $0 * σ₀ }
let noisy = lesson.attempt {
  let truth = try trueDensity(noise: σ₀)
  return try seeds.map { seed in
    let parts = Parts(try noisyRoll(800, noise: σ₀, seed: seed), training: 400)
    return (
      round: try WindowFit.round(parts, widths: widths),
      pancakes: try WindowFit.pancakes(parts, widths: widths, shapes: [(8, 2), (16, 2)]),
      truth: truth.logDensity(at: parts.test)
    )
  }
}
let count = min(600, digits.count)
let imaged = lesson.attempt {
  try seeds.map { seed in
    let X = imageCoordinates(
      digits, dimensions: 16, training: count / 2, count: count, seed: seed)
    let parts = Parts(X, training: count / 2)
    let widths = [0.1, 0.14, 0.2, 0.28]
    return (
      round: try WindowFit.round(parts, widths: [0.2, 0.25, 0.3, 0.35]),
      ellipsoids: try WindowFit.ellipsoids(parts, widths: [0.5, 0.6, 0.7]),
      thin: try WindowFit.pancakes(parts, widths: widths, shapes: [(10, 3)]),
      thick: try WindowFit.pancakes(parts, widths: widths, shapes: [(20, 12)]),
      mixture: FittedMixture.best(
        parts, components: [5, 10, 20], ridges: [0.17, 0.22], rounds: 15, seed: seed)
    )
  }
}
//: @file Windows.swift the choice of windows, noisy rolls and their true density
//: @file Mixture.swift the mixture of Gaussians, a rival
func gain(_ rows: [[Double]], over rivals: [[Double]]) -> [Double] {
  zip(rows, rivals).map { mean($0 .- $1) }
}
func paired(_ gains: [Double]) -> String {
  Numeral.meanAndError(gains, .significant(2), ofError: .significant(1))
}
lesson.table(
  "The noisy roll: log-density of held-out points in nats, mean ± standard error over five "
    + "seeds, and the width chosen with the first",
  columns: ["density", "nats", "width"],
  rows: [
    ["round windows", nats(noisy.map(\.round.test)), Cell(noisy[0].round.width, significant: 2)],
    [
      "pancakes", nats(noisy.map(\.pancakes.test)), Cell(noisy[0].pancakes.width, significant: 2),
    ],
    ["the true density", nats(noisy.map(\.truth)), Cell(σ₀)],
  ])
let round = imaged.map(\.round.test)
let mixtureNats = imaged.map(\.mixture.test)
lesson.table(
  "Images, the same; each less the round windows, paired",
  columns: ["density", "nats", "less round windows", "chosen with the first seed"],
  rows: [
    ["round windows", nats(round), "", Cell("width \(imaged[0].round.width)")],
    [
      "one ellipsoid for all windows", nats(imaged.map(\.ellipsoids.test)),
      Cell(paired(gain(imaged.map(\.ellipsoids.test), over: round))),
      Cell("width \(imaged[0].ellipsoids.width) of the deviations"),
    ],
    [
      "pancakes of $d = 3$", nats(imaged.map(\.thin.test)),
      Cell(paired(gain(imaged.map(\.thin.test), over: round))),
      Cell("width \(imaged[0].thin.width)"),
    ],
    [
      "pancakes of $d = 12$", nats(imaged.map(\.thick.test)),
      Cell(paired(gain(imaged.map(\.thick.test), over: round))),
      Cell("width \(imaged[0].thick.width)"),
    ],
    [
      "mixture of whole Gaussians", nats(mixtureNats),
      Cell(paired(gain(mixtureNats, over: round))),
      Cell("\(imaged[0].mixture.components) of them"),
    ],
  ])
let rollGain = gain(noisy.map(\.pancakes.test), over: noisy.map(\.round.test))
let imageGain = gain(imaged.map(\.thick.test), over: round)
lesson.finding(
  "Pancakes beat round windows by \(paired(rollGain)) nats a point on the noisy roll, where the "
    + "true density is another "
    + "\(Numeral.short(mean(noisy.map { mean($0.truth .- $0.pancakes.test) }), significant: 2)) "
    + "higher, and by \(paired(imageGain)) nats an image.")
lesson.say(
  "The local shape does it: one ellipsoid for all images changes round windows by "
    + "\(paired(gain(imaged.map(\.ellipsoids.test), over: round))). But pancakes of 12 axes of "
    + "16, hardly flat, beat those of 3, and a mixture of a few whole Gaussians differs "
    + "from them by "
    + "\(paired(gain(mixtureNats, over: imaged.map(\.thick.test)))) only: three hundred images "
    + "do not show a surface of few dimensions.")
lesson.check(
  "pancakes over round windows on the roll, least mean gain of five seeds, nats",
  rollGain.least(), isAbove: 0,
  because:
    "round windows must be as wide along the surface as across it; a flat one fits a flat patch"
)
lesson.check(
  "no density is above the true one, in mean over five test sets, nats",
  mean(noisy.map { mean($0.truth .- $0.pancakes.test) }), isAbove: 0,
  because:
    "the mean of $\\log p$ under $p$ is the largest of all densities (Gibbs' inequality, lesson "
    + "00)"
)

//: ## Deeper: Tangents found in points
//:
//: Principal components of a few neighbours, or the directions to which a contractive encoder is most sensitive: which
//: are nearer to the true tangent planes, on the roll and on a moved digit?
//:
//: The roll is divided by 7, so that its extent is about 1; the digit is moved by up to a pixel each way. Encoders have
//: 20 and 30 tied sigmoid units and a linear output, L-BFGS for 150 iterations (with `--contractions 1000` those of the
//: images end at 48° and 47°); each seed takes another image. The angle is the larger of the two principal angles,
//: averaged over every fifth point. All strengths are shown: choosing one would take the true tangents.
let strengths = [0, 0.1, 0.3]
let tangentContests = lesson.attempt {
  try seeds.map { seed in
    let roll = try Roll(400, seed: seed)
    let number = Int(seed - lesson.seed) * digits.count / seeds.count
    let digit = MovedDigit(framed[number..<number + 1], count: 200, seed: seed)
    return (
      roll: try tangentContest(
        centred(roll.X) / 7, roll.surface.tangents, neighbours: [5, 10, 30],
        strengths: strengths, units: 20, iterations: contractions, seed: seed),
      digit: try tangentContest(
        digit.X, digit.tangents, neighbours: [5, 10, 30], strengths: strengths, units: 30,
        iterations: contractions, seed: seed)
    )
  }
}
lesson.table(
  "Degrees between found and true tangent planes, mean of five seeds (least to greatest)",
  columns: ["", "Swiss roll", "moved digit"],
  rows: tangentContests[0].roll.indices.map { row in
    [Cell(tangentContests[0].roll[row].name)]
      + [
        tangentContests.map { $0.roll[row].degrees },
        tangentContests.map { $0.digit[row].degrees },
      ].map {
        Cell("\(Numeral.short(mean($0), significant: 3)) (\(span($0)))")
      }
  })
let localAngle = tangentContests.map { $0.roll[3].degrees }
let encoderAngle = tangentContests.map { contest in
  contest.roll.suffix(3).map(\.degrees).least()
}
let rollAngles = (5...7).map { row in
  Numeral.short(mean(tangentContests.map { $0.roll[row].degrees }), significant: 2)
}
let digitAngle = (2...7).map { row in tangentContests.map { $0.digit[row].degrees } }
lesson.finding(
  "On a moved image a contractive penalty turns an encoder towards the tangent planes, from "
    + "\(Numeral.short(mean(digitAngle[3]), significant: 2))° to "
    + "\(Numeral.short(mean(digitAngle[4]), significant: 2))°; on the roll it does not "
    + "(\(rollAngles[0])°, then \(rollAngles[1])° and \(rollAngles[2])°). "
    + "Ten neighbours' components are at "
    + "\(Numeral.short(mean(digitAngle[1]), significant: 2))°.")
lesson.say(
  "On the roll, ten neighbours give the plane to "
    + "\(Numeral.short(mean(localAngle), significant: 2))°, the best of the "
    + "encoders to \(Numeral.short(mean(encoderAngle), significant: 2))°. One layer of "
    + "tied units has a few fixed directions, the rows of its weights, and only saturation "
    + "switches among them: it cannot represent $f \\circ c$, so the derivation above does not "
    + "apply to it.")
lesson.check(
  "roll: ten neighbours' angle below the best encoder's, least difference of five seeds, degrees",
  zip(encoderAngle, localAngle).map { $0 - $1 }.least(), isAbove: 0,
  because:
    "ten neighbours span a tenth of a turn at most; an encoder of 20 units has 20 fixed "
    + "directions for all turns"
)
if digits.width == 8 {
  lesson.check(
    "moved digit: angle without penalty less that with $\\lambda = 0.1$, least of five seeds, "
      + "degrees",
    zip(digitAngle[3], digitAngle[4]).map { $0 - $1 }.least(), isAbove: 0,
    because: "the derivation above: what lies across the surface is saved first")
}

//: ## Deeper: Global coordinates from local ones
//:
//: Srihari's last step: local coordinate systems are joined into a global one. Local tangent space alignment, derived
//: here, does it by a single eigenproblem.
//:
//: Each neighbourhood $i$ has coordinates $\Theta_i$ on its own $d$ principal axes ([](@zhang-zha-2004)). Wanted are
//: global coordinates $Y$ whose part $Y_i$ in each neighbourhood is an affine function of $\Theta_i$ as nearly as
//: possible. Let $G_i$ have the orthonormal columns $1/\sqrt m$ and those of $\Theta_i$ after orthonormalisation, and
//: let $S_i$ pick the neighbourhood's rows, $Y_i = S_i^\top Y$.
lesson.derive("What the neighbourhoods disagree by", within: 1e-10) { proof in
  let X = small.X
  let near = lesson.attempt {
    try nearestNeighbours(of: X, among: X, count: 8, excludingItself: true).map {
      $0.map(\.index)
    }
  }
  let Y = centred(X)[columns: 0..<2]
  func rows(_ A: Matrix<Double>, _ indices: [Int]) -> Matrix<Double> {
    Matrix(rows: indices.count, columns: A.columns) { A[indices[$0], $1] }
  }
  let bases = near.map { indices -> Matrix<Double> in
    let Θ = SVD(centred(rows(X, indices))).truncated(to: 2).U
    return Matrix(rows: 8, columns: 3) { $1 == 0 ? 1 / 8.0.squareRoot() : Θ[$0, $1 - 1] }
  }
  proof.start(
    #"\sum_i \min_L \lVert Y_i - G_i L \rVert_F^2"#,
    zip(near, bases).map { indices, G in
      let part = rows(Y, indices)
      return (part - G * (G.pseudoInverse() * part)).squaredNorm
    }.sum())
  proof.equals(
    #"\sum_i \lVert (I - G_i G_i^\top) S_i^\top Y \rVert_F^2"#,
    because: "least squares is a projection, and the columns of $G_i$ are orthonormal",
    zip(near, bases).map { indices, G in
      let part = rows(Y, indices)
      return (part - G * (G.T * part)).squaredNorm
    }.sum())
  let M = lesson.attempt { try alignmentMatrix(X, neighbours: 8, dimensions: 2) }
  proof.equals(
    #"\operatorname{tr} Y^\top M Y, \; M = \sum_i S_i (I - G_i G_i^\top) S_i^\top"#,
    because: "a projection is its own square; collect the sum", (Y.T * M * Y).trace)
  let values = SymmetricEigen(M).values
  proof.atLeast(
    #"\sigma_d(Y)^2 \sum_{i=2}^{d+1} \mu_i"#,
    because:
      "the columns of $Y$ are orthogonal to 1, on which $M$ vanishes; $d$ orthonormal directions "
      + "there have at least the sum of the $d$ least eigenvalues (Ky Fan, as in lesson 01), of "
      + "$0 = \\mu_1 \\le \\mu_2 \\le \\dots$; and $Y$ shrinks none by more than its least "
      + "singular value",
    SVD(Y).σ[1] * SVD(Y).σ[1] * (values[X.rows - 2] + values[X.rows - 3]))
}
//: For orthonormal $Y$ equality holds at the eigenvectors $2, \dots, d + 1$. Their scale means nothing: the method finds
//: coordinates up to an affine map, Isomap up to a rotation.
let alignment = lesson.attempt { try TangentAlignment(small.X, neighbours: 12, dimensions: 2) }
lesson.check(
  "each column $y$ of the library's alignment: $y^\\top M y$ against its eigenvalue",
  lesson.attempt {
    let M = try alignmentMatrix(small.X, neighbours: 12, dimensions: 2)
    return (0..<2).map {
      let y = alignment.coordinates.column($0)
      return dot(y, M * y)
    }
  }, equal: alignment.eigenvalues, within: 1e-12, scale: 1,
  because: "rounding, relative to the largest eigenvalue of $M$, which is of the order of ten")

//: ## Deeper: Densities that integrate to one
//:
//: The two densities, integrated over the plane, and compared with one summed from full covariance matrices.
//:
//: Sixty points of a circle, windows 0.1 wide, and enough squares of side 0.05 to hold all the mass.
let circle = PlantedManifold.circle(60).points
let flat = lesson.attempt {
  try ParzenWindows(circle, neighbours: 4, dimensions: 1, width: 0.1)
}
let roundWindows = lesson.attempt { try ParzenWindows(circle, width: 0.1) }
let grid = Matrix<Double>(rows: 97 * 97, columns: 2) { n, j in
  -2.4 + 0.05 * Double(j == 0 ? n % 97 : n / 97)
}
lesson.check(
  "round and flat windows, integrals over the plane",
  [roundWindows, flat].map { density in
    density.logDensity(at: grid).map { Double.exp($0) }.sum() * 0.0025
  },
  equal: [1, 1], within: 1e-12,
  because:
    #"a sum over squares of half a width is exact to $e^{-2 \pi^2 \cdot 4}$ for a Gaussian; "#
    + #"the tails beyond the "#
    + "grid are smaller")
lesson.check(
  "pancakes through the derivation against full covariances, 50 points of the roll",
  lesson.attempt {
    try ParzenWindows(small.X, neighbours: 6, dimensions: 2, width: 0.5).logDensity(
      at: small.X[rows: 0..<50])
  },
  equal: lesson.attempt {
    try fullDensity(
      small.X, neighbours: 6, dimensions: 2, width: 0.5, at: small.X[rows: 0..<50])
  },
  within: 1e-10, scale: 1,
  because: "rounding in 3 × 3 systems with a condition of some hundred")

//: ## Deeper: Slips in the lecture
//:
//: Where Srihari's pages on manifolds need a correction or a condition.
//:
//: - “A global coordinate system can be obtained by solving a linear system”: an *eigenproblem*, as derived above. The
//:   equations are homogeneous: a linear solver would return 0.
//: - “Gaussians are flat in the tangent directions”: a pancake is *wide* in the tangent directions and flat across them.
//: - The image of the tangent has grey for pixels that do not change. Its caption speaks of the tangent *direction*:
//:   turned round, white and black change places, and the plane is the same.
//: - “Only variations tangential to the manifold need to correspond to changes in $h$”: they *need* to, the others
//:   *may*. That the network learns it takes a penalty, and a network that can express it.
//: - The $n$-dimensional tangent plane belongs to a *point* of an $n$-dimensional manifold, not to the manifold: his
//:   curve has a tangent line at each point, and after one pixel it is another line.

//: ## Deeper: Is my number right?
//:
//: Five seeds to compare your run with.
lesson.bands("Headline figures") { seed in
  lesson.attempt {
    let numbers = try measured[seed] ?? Roll(points, seed: seed).quality(m)
    return [
      "Isomap's correlation": numbers[1].numbers[0],
      "tangent alignment's correlation": numbers[2].numbers[0],
      "Isomap's trustworthiness": numbers[1].numbers[1],
    ]
  }
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question A wire is bent into a circle, and points are drawn on it. What does Isomap with one coordinate make of it?
//: @answer It cannot unroll it: the wire closes, so distances along it are not those of points on a line. It needs two
//: coordinates and gives a circle again.
//:
//: @question All distances are doubled by mistake. What changes in Isomap's coordinates, and what in tangent alignment's?
//: @answer Isomap's are doubled. Alignment works with orthonormal coordinates in each neighbourhood and of the whole:
//: nothing changes.
//:
//: @question Four points: a centre at distance 1 from three others, which are 2 apart from each other. Which eigenvalue
//: tells that no such points exist?
//: @answer One of $B$ is negative. The centre would have to be the middle of three segments at once.
//:
//: @question Why can one not choose the width of a window on the training points?
//: @answer The narrower a window, the higher it is at its own point: the best width would be 0.
//:
//: @question A set of images has one image per degree of a full turn. Of how many dimensions is the surface, and how
//: many may the plane of its principal components need?
//: @answer One: a closed curve. The plane may need as many as the curve winds through, up to the number of images less
//: one.

//: ## Sources
//:
//: @sources
lesson.finish()
