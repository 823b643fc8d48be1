//: # 6 · The contractive autoencoder's Jacobian
//:
//: One more way to keep a network from copying: penalise the derivative of the code ([](@rifai-2011)), so that it
//: follows the input only where the reconstruction pays for it. This lesson derives the penalty, looks for the *best*
//: networks it allows, and proves how far it is the same as denoising.
//:
//: @opening sensitivity
//: - derive the penalty and its gradient, and train with it in fifteen lines;
//: - prove that a larger $\lambda$ never raises the penalty, and dodge it with untied weights;
//: - expand the denoising loss for little noise and say what the penalty leaves out;
//: - judge what a contractive autoencoder is good for.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "Penalising the encoder's Jacobian lets the code follow only what the reconstruction pays for, "
    + "if the weights are tied; untied, the penalty is dodged.")
let λ = lesson.knob(
  "lambda", 0.3, in: 0.02...0.6, "the weight λ of the contractive penalty on the cloud")
let strength = lesson.knob("strength", 0.3, in: 0.1...0.6, "its weight on images")
let τ = lesson.knob("noise", 0.08, in: 0.02...0.1, "the largest σ in the small-noise expansion")
let epochs = lesson.knob("epochs", 40, in: 20...400, "epochs of training on images")

let digits = lesson.images(ImageNeeds(classes: 2, ofEachClass: 40))
let D = digits.width * digits.height
// Larger images take longer, and get one split.
let seeds = (0..<UInt64(D <= 64 ? 5 : 1)).map { lesson.seed + $0 }

//: ## The Jacobian of an encoder
//:
//: The code $h = \mathrm{sigmoid}(W x + b)$ has $K$ units. Its Jacobian $J$ has a row for each
//: unit and a column for each input, $J_{ji} = \partial h_j / \partial x_i$. Two small random
//: encoders serve as examples: one layer of three units, and two layers of four and three. The
//: first line of each derivation is computed with *dual numbers*, pairs of a value and a
//: derivative that obey the rules of calculus.
var drawing = lesson.stream("small encoders")
let x = (0..<5).map { _ in drawing.normal() }
let (shallow, deep) = (encoder([5, 3], using: &drawing), encoder([5, 4, 3], using: &drawing))
let (W, b, h) = (shallow.W, shallow.b, activations(shallow, at: x)[0])
//: @file Training.swift the networks of this lesson, their starts and their training
lesson.derive("One layer") { proof in
  let a = W * x .+ b
  proof.start(#"\frac{\partial h_j}{\partial x_i}"#, shallow.jacobianByDualNumbers(at: x))
  proof.equals(
    #"\frac{\exp(-a_j)}{(1 + \exp(-a_j))^2} W_{ji}"#,
    because: "the chain rule through $a_j = \\sum_i W_{ji} x_i + b_j$",
    Matrix(rows: 3, columns: 5) { j, i in
      let e = Double.exp(-a[j])
      return e / ((1 + e) * (1 + e)) * W[j, i]
    })
  proof.equals(
    #"h_j (1 - h_j) W_{ji}"#,
    because: #"$h = 1 / (1 + \exp(-a))$ and $1 - h = \exp(-a) / (1 + \exp(-a))$"#, slopes(h) * W)
}
lesson.derive("Its squared norm, and the most it can be") { proof in
  proof.start(
    #"\lVert J \rVert_F^2 = \sum_j \sum_i \left( \frac{\partial h_j}{\partial x_i} \right)^2"#,
    shallow.jacobianByDualNumbers(at: x).squaredNorm)
  proof.equals(
    #"\sum_j (h_j (1 - h_j))^2 \sum_i W_{ji}^2"#,
    because: "the slope is the same for all inputs of a unit",
    (0..<3).map { j in h[j] * h[j] * (1 - h[j]) * (1 - h[j]) * dot(W.row(j), W.row(j)) }.sum())
  proof.equals(
    #"\sum_j \left( \tfrac14 - (h_j - \tfrac12)^2 \right)^2 \lVert w_j \rVert^2"#,
    because: "complete the square",
    (0..<3).map { j in
      let s = 0.25 - (h[j] - 0.5) * (h[j] - 0.5)
      return s * s * dot(W.row(j), W.row(j))
    }.sum())
  proof.atMost(
    #"\tfrac{1}{16} \lVert W \rVert_F^2"#,
    because: #"a square is not negative; equality needs $h_j = \frac12$ for every unit"#,
    W.squaredNorm / 16)
}
lesson.derive("Two layers") { proof in
  let z = activations(deep, at: x)
  let below = Stack([deep.layers[0]]).jacobianByDualNumbers(at: x)
  let above = Stack([deep.layers[1]]).jacobianByDualNumbers(at: z[0])
  proof.start(#"\frac{\partial h_j}{\partial x_i}"#, deep.jacobianByDualNumbers(at: x))
  proof.equals(
    #"\sum_k \frac{\partial h_j}{\partial z_k} \frac{\partial z_k}{\partial x_i}"#,
    because: "the chain rule through the hidden units $z_k$",
    Matrix(rows: 3, columns: 5) { j, i in (0..<4).map { above[j, $0] * below[$0, i] }.sum() })
  proof.equals(
    #"S_2 W_2 S_1 W_1"#,
    because: "the formula for one layer, twice; $S$ has the slopes on its diagonal",
    slopes(z[1]) * deep.layers[1].W * slopes(z[0]) * deep.layers[0].W)
}
//: In the bound above, equality holds for $b = -W x$, hence $h = \frac12$.
lesson.check(
  #"with $b = -W x$: $\lVert J \rVert_F^2$ against $\lVert W \rVert_F^2 / 16$"#,
  Stack([Dense(W: W, b: -1 .* (W * x), activation: .sigmoid)])
    .jacobianByDualNumbers(at: x).squaredNorm,
  equals: W.squaredNorm / 16, within: 1e-14, because: "rounding in a sum of 15 squares")
lesson.check(
  "the course's $J$ against dual numbers, one and two layers, relative",
  [shallow, deep].map {
    ($0.jacobian(at: x) - $0.jacobianByDualNumbers(at: x)).norm / $0.jacobian(at: x).norm
  }.greatest(), isBelow: 1e-12, because: "rounding in products of small matrices")

//: ## The gradient of the penalty
//:
//: The penalty $\Omega(\theta)$ is the mean of $\lVert J \rVert_F^2$ over the examples, and
//: training minimises $\mathcal L + \lambda \Omega$. $b_j$ and $W_{ji}$ move the pre-activation
//: $a_j$ only, by 1 and by $x_i$; and the slope $s = h (1 - h)$ has the slope $\frac{ds}{da} = s
//: (1 - 2h)$. First lines are differences of $\lVert J \rVert_F^2$ by dual numbers. Second lines:
//: differences of $J$.
//: @file Differences.swift derivatives by differences, and expectations by quadrature
lesson.derive("One layer, biases", within: 1e-8) { proof in
  proof.start(#"\frac{\partial \Omega}{\partial b_j}"#, biasSlopes(shallow, layer: 0, at: x))
  proof.equals(
    #"2 \sum_{ki} J_{ki} \frac{\partial J_{ki}}{\partial b_j}"#,
    because: "the derivative of a sum of squares",
    biasPairing(shallow, layer: 0, at: x))
  proof.equals(
    #"2 s_j \frac{d s_j}{d a_j} \lVert w_j \rVert^2"#,
    because: "$J_{ji} = s_j W_{ji}$; no other row depends on $b_j$",
    (0..<3).map { j in
      let h = Dual(h[j], derivative: h[j] * (1 - h[j]))
      let s = h * (1 - h)
      return 2 * s.value * s.derivative * dot(W.row(j), W.row(j))
    })
  proof.equals(
    #"2 s_j^2 (1 - 2 h_j) \lVert w_j \rVert^2"#, because: #"$\frac{ds}{da} = s (1 - 2h)$"#,
    (0..<3).map { j in
      let s = h[j] * (1 - h[j])
      return 2 * s * s * (1 - 2 * h[j]) * dot(W.row(j), W.row(j))
    }, within: 1e-12)
}
lesson.derive("One layer, weights", within: 1e-8) { proof in
  let J = shallow.jacobianByDualNumbers(at: x)
  let δ = biasSlopes(shallow, layer: 0, at: x)
  proof.start(#"\frac{\partial \Omega}{\partial W_{ji}}"#, weightSlopes(shallow, layer: 0, at: x))
  proof.equals(
    #"2 \sum_{kl} J_{kl} \frac{\partial J_{kl}}{\partial W_{ji}}"#,
    because: "the derivative of a sum of squares",
    weightPairing(shallow, layer: 0, at: x))
  proof.equals(
    #"2 J_{ji} s_j + \frac{\partial \Omega}{\partial b_j} x_i"#,
    because: "the product rule: $W_{ji}$ is a factor of $J_{ji}$, and moves $a_j$ by $x_i$",
    Matrix(rows: 3, columns: 5) { j, i in 2 * J[j, i] * h[j] * (1 - h[j]) + δ[j] * x[i] })
  proof.equals(
    #"2 s_j^2 \left( W_{ji} + (1 - 2 h_j) \lVert w_j \rVert^2 x_i \right)"#,
    because: "both terms, written out",
    Matrix(rows: 3, columns: 5) { j, i in
      let s = h[j] * (1 - h[j])
      return 2 * s * s * (W[j, i] + (1 - 2 * h[j]) * dot(W.row(j), W.row(j)) * x[i])
    })
}
//: The factor $1 - 2 h_j$ drives a unit *down* if $h_j < \frac12$, but *up* if $h_j > \frac12$: the penalty does not ask
//: for small activations, only for flat places.
//:
//: For tied weights, a linear output $\hat x = W^\top h + c$ and half the squared error, what arrives at the
//: pre-activations and at the weights is
//:
//: $$ \delta = s \odot W \frac{\hat x - x}{N} + \frac{2 \lambda}{N} s^2 (1 - 2 h) \lVert w \rVert^2, $$
//:
//: $$ \frac{\partial F}{\partial W} = \sum \delta x^\top + h \frac{(\hat x - x)^\top}{N} + \frac{2 \lambda}{N} s^2 W, $$
//:
//: unit by unit, where $F = \mathcal L + \lambda \Omega$ and the sum runs over the examples.
//: @heart the gradient of the contractive autoencoder
func gradient(
  _ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double], _ c: [Double], λ: Double
) -> (W: Matrix<Double>, b: [Double], c: [Double]) {
  let N = Double(X.rows)
  let H = sigmoid(X * W.T + outer([Double](repeating: 1, count: X.rows), b))
  let R = H * W + outer([Double](repeating: 1, count: X.rows), c)
  let S = H.map { $0 * (1 - $0) }
  let lengths = Matrix.diagonal((W ⊙ W).rowSums)
  let atOutput = (R - X) / N
  let penalty = 2 * λ / N * (S ⊙ S ⊙ H.map { 1 - 2 * $0 } * lengths)
  let δ = (atOutput * W.T) ⊙ S + penalty
  let direct = 2 * λ / N * (Matrix.diagonal((S ⊙ S).columnSums) * W)
  return (δ.T * X + H.T * atOutput + direct, δ.columnSums, atOutput.columnSums)
}
//: To compare with the library, take the points of the next section and random weights:
let cloud = Cloud(seed: lesson.seed)
let start: Network = untrained(2, hidden: [4], tied: true, seed: lesson.seed)
lesson.check(
  "the library's gradient against this one, all parameters",
  libraryGradient(start, cloud.X, λ: λ),
  equal: {
    let g = gradient(cloud.X, start.encoder.W, start.encoder.b, start.decoder.b, λ: λ)
    return g.W.elements + g.b + g.c
  }(), within: 1e-12, scale: 0.1, because: "rounding in sums over 200 examples")
//: From here on the library's objective is used; [two layers](#deeper-the-gradient-through-two-layers) are below.

//: ## Keep and throw away
//:
//: $\mathcal L$ alone wants a code that follows every variation, $\Omega$ alone a constant code. What remains, says
//: [Khapra's lecture](@khapra), is sensitivity to the variations that matter. His illustration: 200 points, with standard
//: deviation 1 along one direction and 0.1 across it; four sigmoid units, a linear output, *tied* weights. There are many
//: local minima, so each $\lambda$ gets eight random starts, and then the best networks of the neighbouring $\lambda$ as
//: starts. $v_1$ and $v_2$ are the sample's own principal axes.
let λs = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 1.2]
let sweeps = Dictionary(
  uniqueKeysWithValues: Set(Array(1...5) + (0..<5).map { lesson.seed + $0 }).map {
    ($0, Sweep(Cloud(seed: $0), λs: λs))
  })
//: @file Cloud.swift the cloud, its minima along λ, the whispering network and the circle
let five = (0..<5).compactMap { sweeps[lesson.seed + $0] }
let sweep = five[0]
let held = sweep.best(at: λ)
let free = sweep.best[0]
lesson.derive(
  #"If $\theta_a$ minimises $F_a = \mathcal L + \lambda_a \Omega$ and $\theta_b$ minimises $F_b "#
    + #"= \mathcal L + \lambda_b \Omega$"#
) { proof in
  let (a, b) = (sweep.best[2], sweep.best[5])
  let loss = { (fit: CloudFit, λ: Double) in fit.L + λ * fit.Ω }
  proof.start(
    #"(\lambda_b - \lambda_a) (\Omega(\theta_b) - \Omega(\theta_a))"#,
    (b.λ - a.λ) * (b.Ω - a.Ω))
  proof.equals(
    #"F_b(\theta_b) - F_b(\theta_a) + F_a(\theta_a) - F_a(\theta_b)"#,
    because: #"add and subtract $\mathcal L(\theta_a)$ and $\mathcal L(\theta_b)$"#,
    loss(b, b.λ) - loss(a, b.λ) + loss(a, a.λ) - loss(b, a.λ))
  proof.atMost(
    "0",
    because: #"$F_b(\theta_b) \le F_b(\theta_a)$ and $F_a(\theta_a) \le F_a(\theta_b)$"#, 0)
}
//: So with a larger $\lambda$ the penalty is smaller or equal, and the error larger or equal, for
//: $F_a(\theta_a) \le F_a(\theta_b)$ reads $\mathcal L(\theta_b) - \mathcal L(\theta_a) \ge
//: \lambda_a (\Omega(\theta_a) - \Omega(\theta_b)) \ge 0$. Monotone, but not smooth: the least
//: loss is the lower envelope of straight lines in $\lambda$, one for each $\theta$. Where two
//: cross, the best network changes abruptly. Here two kinds compete: codes that follow both axes,
//: and codes that have given up $v_2$.
lesson.table(
  #"The best network at each $\lambda$, tied weights; $\lVert J v \rVert$ are means over the "#
    + #"data"#,
  columns: [
    #"$\lambda$"#, #"$\mathcal L(\theta)$"#, #"$\Omega(\theta)$"#, #"$\lVert J v_1 \rVert$"#,
    #"$\lVert J v_2 \rVert$"#, #"$\lVert J v_2 \rVert / \lVert J v_1 \rVert$"#,
    "the same, five clouds", "starts that find it",
  ],
  rows: λs.indices.map { n in
    let fit = sweep.best[n]
    let ratios = five.map { $0.best[n].ratio }
    return [fit.λ, fit.L, fit.Ω, fit.along, fit.across, fit.ratio].map {
      Cell($0, significant: 3)
    }
      + [
        Cell(
          "\(Numeral.short(ratios.least(), significant: 2)) to "
            + "\(Numeral.short(ratios.greatest(), significant: 2))"),
        .percent(sweep.hits[n], decimals: 0),
      ]
  })
lesson.finding(
  "The trade-off is a jump: from $\\lambda = \(Numeral.short(sweep.jump.before.λ))$ to "
    + "$\(Numeral.short(sweep.jump.after.λ))$ the best network's $\\lVert J v_2 \\rVert / "
    + "\\lVert J v_1 \\rVert$ falls from "
    + "\(Numeral.short(sweep.jump.before.ratio, significant: 2)) to "
    + "\(Numeral.short(sweep.jump.after.ratio, significant: 2)). On five clouds the jump is "
    + "at $\\lambda$ from \(range(five.map(\.crossing))); random starts alone would place it at "
    + "\(range(five.map(\.seeming))).")
lesson.figure(
  "tug-of-war",
  "Above, what keeping both axes costs more than keeping one. Below, the better network's "
    + "sensitivities: that along $v_2$ drops abruptly."
) { tugOfWarFigure(sweep) }
lesson.figure(
  "sensitivity",
  "Ellipses are long in directions in which the code moves fast: round without the penalty, "
    + (held.keepsBoth ? "flatter" : "flat along the cloud") + " with it."
) { sensitivityFigure(cloud, [(free, "no penalty"), (held, "λ = \(λ)")]) }
lesson.figure(
  "warp",
  "A grid before and after the network: the area of a small piece is multiplied by "
    + "\(Numeral.short(free.area(on: cloud.X), significant: 2)) without the penalty, "
    + "by \(Numeral.short(held.area(on: cloud.X), significant: 2)) with it."
) { warpFigure(cloud, [(free, "no penalty"), (held, "λ = \(λ)")]) }
//: @file Figures.swift the figures of this lesson
lesson.check(
  #"on five clouds, from one $\lambda$ to the next: largest step up of $\Omega$ or down of "#
    + #"$\mathcal L$"#,
  five.flatMap { s in
    zip(s.best, s.best.dropFirst()).flatMap { [$1.Ω - $0.Ω, $0.L - $1.L] }
  }.greatest(), isAtMost: 1e-4,
  because: "0 for global minima, as derived; the minimiser stops a little short of them")
lesson.check(
  #"on five clouds, the least $\lVert J v_2 \rVert / \lVert J v_1 \rVert$ without penalty"#,
  five.map { $0.best[0].ratio }.least(), isAbove: 0.5,
  because: "without penalty no direction is cheaper: about 1")
lesson.check(
  #"and the greatest at $\lambda = 1.2$"#, five.map { $0.best[8].ratio }.greatest(),
  isBelow: 0.1,
  because: "far beyond every jump; a tenth counts as given up")
//: [Srihari](@srihari) draws it as warped space. The collapse comes late, for saturated units with long weights are the
//: tied network's own loophole: a unit with slope $s$ carries its share of a direction $v$ if $s (w^\top v)^2$ is large
//: enough, and pays $s^2 (w^\top v)^2$. The smaller $s$, the cheaper, as long as the unit does not bend within the data.
lesson.say(
  "Is it PCA, as a student answers Khapra? The direction kept is $v_1$, but this penalty shrinks "
    + "it: at $\\lambda = \(Numeral.short(sweep.jump.after.λ))$ the error is "
    + "\(Numeral.short(sweep.jump.after.L, significant: 3)), against "
    + "\(Numeral.short(cloud.offTheLine, significant: 3)) for the best line.")

//: ## The loophole of untied weights
//:
//: Khapra says that if $\mathcal L$ is made 0 then the penalty is very high. With a decoder of its own that is not so. Let
//: the encoder whisper and the decoder shout: $h = \mathrm{sigmoid}(\alpha x)$ with one unit per input, and $\hat x =
//: \frac4\alpha (h - \frac12)$, for any $\alpha > 0$.
lesson.derive("The error of the whispering network") { proof in
  let α = 0.1
  let xs = cloud.X.elements
  proof.start(
    #"\mathcal L = \frac{1}{2N} \sum_n \lVert \hat x_n - x_n \rVert^2"#,
    CloudFit(whisper(α), λ: 0, on: cloud).L)
  proof.equals(
    #"\frac{1}{2N} \sum_{ni} \left( \tfrac2\alpha \tanh \tfrac{\alpha x_{ni}}{2} - x_{ni} "#
      + #"\right)^2"#,
    because: #"$\mathrm{sigmoid}(a) - \frac12 = \frac12 \tanh \frac a2$"#,
    mean(xs.map { x in (2 / α * Double.tanh(α * x / 2) - x) }.map { $0 * $0 }), within: 1e-9)
  proof.atMost(
    #"\frac{\alpha^4}{288 N} \sum_{ni} x_{ni}^6"#,
    because: #"$\lvert \tanh y - y \rvert \le \lvert y \rvert^3 / 3$ at $y = \alpha x / 2$"#,
    α * α * α * α / 144 * mean(xs.map { $0 * $0 * $0 * $0 * $0 * $0 }))
}
//: Its penalty is at most $\frac1{16} \lVert W \rVert_F^2 = \frac{\alpha^2}{8}$, by the bound above. Both go to zero
//: with $\alpha$: **the infimum of $\mathcal L + \lambda \Omega$ is 0 for every $\lambda$**. No network attains it:
//: $\Omega = 0$ means $s_j W_{ji} = 0$ at every example; a sigmoid is nowhere flat, $s_j > 0$, so $W = 0$; then all
//: examples have one reconstruction, and $\mathcal L$ is at least half the variance of the data. What does L-BFGS find on
//: the way down?
let budgets = [100, 400, 1200]
let untied = five.map { s in
  budgets.map { s.cloud.minima(λ: λ, tied: false, starts: 1, iterations: $0)[0] }
}
let tied = five.map { $0.best(at: λ).F }
let fall = zip(untied, tied).map { found, tied in found.map { $0.F / tied } }
lesson.table(
  #"Untied weights, $\lambda$ = "# + Numeral.short(λ), columns: ["network"] + CloudFit.columns,
  rows: [1, 0.1, 0.01].map {
    CloudFit(whisper($0), λ: λ, on: cloud).row(Cell(#"built, $\alpha$ = "# + Numeral.short($0)))
  } + zip(budgets, untied[0]).map { $1.row(Cell("trained, at most \($0) iterations")) }
    + [held.row("*tied*, the best")])
lesson.finding(
  "Untied weights dodge the penalty: the infimum of the loss is 0 for every $\\lambda$, and "
    + "\(budgets[2]) iterations reach "
    + "\(Numeral.short(fall.map { $0[2] }.greatest(), significant: 2)) of the best tied loss, on "
    + "the worst of five clouds.")
lesson.check(
  "untied over tied loss after \(budgets[2]) iterations, greatest of five clouds",
  fall.map { $0[2] }.greatest(), isBelow: 0.5,
  because: "half the way to the infimum, 0")
//: It finds another hole than short weights, where the share $16\, \Omega / \lVert W \rVert_F^2$ of the bound is nearly
//: 1: long weights, units saturated at the data, and a $W^*$ that multiplies up the little that is left. The lectures'
//: formulas allow both; [Rifai et al.](@rifai-2011) tie the weights, and so does the rest of this page.

//: ## From noise to a penalty
//:
//: A denoising autoencoder pays $\operatorname{E} \lVert r(x + \sigma \varepsilon) - x \rVert^2$ with $\varepsilon \sim
//: \mathcal N(0, I)$. Expand that for small $\sigma$, as [](@bishop-1995) did for networks of any kind. The network here
//: is a denoiser 2–16–2 of points on a circle and $x$ a clean point; $\rho = r(x) - x$, $J_r$ is the Jacobian of $r$ and
//: $\nabla^2 r_i$ the Hessian of $r_i$. A Gauss–Hermite rule of 144 points ([](@golub-welsch-1969)) integrates the
//: expectation to rounding.
let rule = gaussianQuadrature()
let (rough, denoiser, ring) = circleDenoiser(seed: lesson.seed)
lesson.derive("What noise costs, per $\\sigma^2$, at one point") { proof in
  let σ = 0.002
  let x = ring.row(0)
  let e = Expansion(denoiser, at: x)
  let average = { (f: ([Double]) -> Double) in
    (0..<rule.weights.count).map { rule.weights[$0] * f(rule.ε.row($0)) }.sum()
  }
  let J = jacobianByDifferences(
    Stack(denoiser.encoder.layers + denoiser.decoder.layers), at: x)
  let curvature = { (ε: [Double]) in e.hessians.map { dot(ε, $0 * ε) } }
  proof.start(
    #"\frac{1}{\sigma^2} \left( \operatorname{E} \lVert r(x + \sigma \varepsilon) - x \rVert^2 "#
      + #"- \lVert \rho \rVert^2 \right)"#,
    (noisyError(denoiser, at: x, σ: σ, rule) - dot(e.ρ, e.ρ)) / (σ * σ))
  proof.approximates(
    #"\frac{1}{\sigma^2} \left( \operatorname{E} \lVert \rho + \sigma J_r \varepsilon + "#
      + #"\tfrac{\sigma^2}{2} (\varepsilon^\top \nabla^2 r_i\, \varepsilon)_i \rVert^2 - \lVert "#
      + #"\rho \rVert^2 \right)"#,
    because: #"Taylor; what is left out of the square is of order $\sigma^3$ and odd in "#
      + #"$\varepsilon$, so its mean vanishes, or of order $\sigma^4$"#,
    average { ε in
      let moved = e.ρ .+ σ .* (J * ε) .+ (σ * σ / 2) .* curvature(ε)
      return (dot(moved, moved) - dot(e.ρ, e.ρ)) / (σ * σ)
    }, within: 1e-3)
  proof.approximates(
    #"\operatorname{E} \lVert J_r \varepsilon \rVert^2 + \sum_i \rho_i \operatorname{E} "#
      + #"\varepsilon^\top \nabla^2 r_i\, \varepsilon"#,
    because: #"multiply out: odd moments of $\varepsilon$ are 0; the square of the last term, "#
      + #"of order $\sigma^2$ here, is left out"#,
    average { ε in
      let step = J * ε
      return dot(step, step) + dot(e.ρ, curvature(ε))
    }, within: 1e-3)
  proof.equals(
    #"\lVert J_r \rVert_F^2 + \rho^\top \Delta r"#,
    because: #"$\operatorname{E} \varepsilon_i \varepsilon_k$ is 1 if $i = k$, else 0: a "#
      + #"quadratic form in $\varepsilon$ has the mean $\operatorname{tr}$ of its matrix, and "#
      + #"$\operatorname{tr} \nabla^2 r_i = \Delta r_i$"#,
    e.J.squaredNorm + dot(e.ρ, e.laplacian), within: 1e-9)
}
//: The remainder is of order $\sigma^4$: halving $\sigma$ must divide it by 16; without the
//: Laplacian, by 4 only.
let noises = (0..<5).map { k in (0..<k).reduce(τ) { σ, _ in σ / 2 } }
let ledgers = [rough, denoiser].map { Ledger($0, at: ring, noises, rule) }
lesson.table(
  "The trained denoiser: the remainder of the expansion, mean over forty points",
  columns: [#"$\sigma$"#, "with the Laplacian", "factor", "without it", "factor"],
  rows: ledgers[1].rows(noises))
lesson.check(
  "untrained and trained: the remainder falls, σ halved, by",
  ledgers.map { $0.with[3] / $0.with[4] }, equal: [16, 16], within: 0.02,
  because: #"order $\sigma^4$, up to terms of order $\sigma^6$ at the smallest $\sigma$"#)
lesson.check(
  "untrained, without the Laplacian: it falls by", ledgers[0].without[3] / ledgers[0].without[4],
  equals: 4, within: 0.02, because: #"order $\sigma^2$, up to terms of order $\sigma^4$"#)
lesson.finding(
  "Little noise is a penalty on the Jacobian of the *reconstruction*, plus a Laplacian that "
    + "fades as $r(x) \\to x$: "
    + "\(Numeral.short(ledgers[0].curved / ledgers[0].flat, significant: 2)) of $\\lVert J_r "
    + "\\rVert_F^2$ before training, "
    + "\(Numeral.short(ledgers[1].curved / ledgers[1].flat, significant: 2)) after it.")
//: So denoising with little noise penalises $J_r = W^* J$, for a linear output, with weight $\sigma^2$ against $\lVert
//: \rho \rVert^2$: the criterion that [](@alain-bengio-2014) analyse. The contractive penalty is on the code alone, as
//: Srihari and [section 4](@section-4) say. The loophole is open to it alone: shrinking $W$ while $W^*$
//: grows leaves $J_r$ as it is.

//: ## What it is good for
//:
//: [Session 19](@session-19) promises features robust to noise and the removal of noise, and calls the contractive
//: autoencoder a better choice than the denoising one. Five networks of 100 sigmoid units with tied weights, on at most
//: 400 images: plain, with weight decay, sparse, denoising and contractive; 40 epochs of Adam on the cross-entropy,
//: minibatches of 50, weights that start uniform within $\pm \sqrt{6 / (D + K)}$.
let samples = seeds.map { Sample($0, of: digits) }
let contest = Contest(samples, strength: strength, epochs: epochs)
let (sample, traits) = (samples[0], contest.traits[0])
//: @file Contest.swift the five networks and what is measured of them
//: The test: ridge regression from ten labels a class, on clean images and with Gaussian noise
//: of 0.4; and the share of the noise that the reconstruction leaves. Validation images choose
//: each remedy's strength, half, once or twice the default, for each task anew. The rivals are
//: pixels, 4 to 32 principal components, ten draws of 100 *untrained* units, and the best linear
//: map from noisy to clean images.
let uses = Uses(contest, strength: strength, epochs: epochs)
//: @file Uses.swift the three tasks, the rivals and the verdicts
lesson.table(
  "Means over the seeds (\(seeds.count)); in parentheses the contractive network's value "
    + "less the row's, seed by seed, in percentage points, mean ± standard error",
  columns: [
    "", "right, clean", "right, noisy",
    #"$\lVert r(\tilde x) - x \rVert^2 / \lVert \tilde x - x \rVert^2$"#,
  ],
  rows: uses.rows)
lesson.finding(
  "A better choice than denoising? Features of clean images: "
    + "\(uses.verdict(\.clean, against: "denoising")); of noisy ones: "
    + "\(uses.verdict(\.noisy, against: "denoising")); removing noise: "
    + "\(uses.verdict(\.left, against: "denoising")), with "
    + "\(Numeral.percent(mean(uses.values(\.left, "denoising")))) left against "
    + "\(Numeral.percent(mean(uses.values(\.left, "contractive")))) (linear map: "
    + "\(Numeral.percent(mean(uses.values(\.left, "best linear map")))))."
)
//: A verdict needs a mean lead that chance alone would reach in one case of 100 (Student's $t$, paired by seed; the seeds
//: share one set of images, which makes it lenient). And 40 epochs are [early](#deeper-a-deterministic-gradient): with
//: `--epochs 160`, everything tuned anew, the contractive network passes the denoising one on noisy images; the other two
//: verdicts stay.

//: ## Deeper: As many directions as the data have?
//:
//: Near a manifold of $d$ dimensions, a contractive encoder's Jacobian should keep $d$ singular values. Does it?
//:
//: Data with a known answer: $d$ = 1, 2, 3 numbers, bent into twelve dimensions by $t \mapsto Q (t, \frac12 t^2, 0)$ with
//: an orthogonal $Q$, and noise of 0.03; 150 points, twenty tied units; no penalty, a weak one, a strong one; five draws
//: of the data, and for the strong penalty eight random starts each, of which the *lowest loss* counts.
let lessonSeeds = (0..<5).map { lesson.seed + UInt64($0) }
let none = (1...3).map {
  ManifoldTrial(d: $0, λ: 0, seeds: lessonSeeds, starts: 1, iterations: 150)
}
let weak = (1...3).map { ManifoldTrial(d: $0, λ: 0.05, seeds: lessonSeeds, starts: 1) }
let strong = (1...3).map { ManifoldTrial(d: $0, λ: 0.25, seeds: lessonSeeds, starts: 8) }
//: @file Manifold.swift the curved manifolds, and the spectra of what is learnt from them
lesson.table(
  "Mean singular values of $J$, the next one over the $d$-th (least to greatest of five draws), "
    + "and the smallest cosine of the $d$ leading directions with the tangents and with the $d$ "
    + "principal components",
  columns: ["$d$", #"$\lambda$"#] + (1...7).map { "$\\sigma_\($0)$" }
    + [#"$\sigma_{d+1} / \sigma_d$"#, "tangents", "components"],
  rows: (0..<3).flatMap { d in [none[d], weak[d], strong[d]].map { $0.row() } })
let exact = strong.flatMap(\.exact)
let holding = strong.map { trial in String(trial.best.count { $0.next < 0.01 }) }
lesson.finding(
  "“$d$ directions stay” is no law: for $d = 1, 2, 3$ the lowest of eight starts keeps "
    + "exactly $d$ in \(holding.joined(separator: ", ")) of five draws; the next singular value "
    + "is "
    + strong.map { Numeral.percent(mean($0.best.map(\.next)), decimals: 0) }
    .joined(separator: ", ") + " of the $d$-th.")
lesson.say(
  exact.isEmpty
    ? "No start ends with exactly $d$."
    : "Starts that end with exactly $d$ are up to "
      + "\(Numeral.percent(exact.map(\.excess).greatest() - 1, decimals: 0)) worse in loss.")
lesson.figure(
  "directions",
  "Every start with the strong penalty: its loss over the lowest on the same data, and its next "
    + "singular value over the $d$-th. Where the penalty leaves exactly $d$ directions the "
    + "latter is 0. Many marks coincide at 1 and 0."
) { directionsFigure(strong) }
//: Why does the best minimum keep more? The data are bent: $t^2$ is determined by $t$, but tied
//: weights can only draw a direction in which they also look. A direction of $t^2$ costs a little
//: sensitivity and buys the bend. The weak penalty leaves $2d$ directions, the tangents and those
//: of $t^2$; the strong one leaves some of them, and an encoder of exactly $d$ directions is
//: nearly a projection on the $d$ principal components. "The number of large singular values is
//: the dimension" depends on $\lambda$, on the bend, and on the start.
lesson.check(
  #"without penalty: least $\sigma_{d+1} / \sigma_d$ of all draws"#,
  none.flatMap(\.best).map(\.next).least(), isAbove: 0.8,
  because: "nothing distinguishes the directions: about 1")
lesson.check(
  "$d = 1$, strong: greatest $\\sigma_2 / \\sigma_1$ of all starts",
  strong[0].all.map(\.next).greatest(), isBelow: 0.25,
  because: "far below the 1 of no penalty, at each start")
lesson.check(
  "weak: the $2d$ leading directions are those of $t$ and $t^2$: mean smallest cosine",
  mean(weak.flatMap(\.best).map(\.bends)), isAbove: 0.95,
  because: "tied weights must look where they draw; the noise of 0.03 tilts directions a little")
lesson.check(
  "weak: mean of the tangents' cosine less that without penalty",
  mean(zip(weak, none).flatMap { zip($0.best, $1.best).map { $0.tangents - $1.tangents } }),
  isAbove: 0.2, because: "without penalty the leading directions are arbitrary ones of twelve")

//: ## Deeper: Five autoencoders on images
//:
//: What do the five networks' Jacobians look like, and are sparse codes contractive by themselves, as
//: [section 4](@section-4) says?
//:
//: The strengths are such that the four remedies cost about the same reconstruction error, so that none buys a flat code
//: with a bad picture. The codes of different networks have different scales: a network whose units all hang near one
//: value has a small $J$ and says little. So $\lVert J \rVert_F^2$ is compared relative to the variance of the codes.
lesson.table(
  "On new images, means over the seeds (\(seeds.count))",
  columns: [
    "", #"$\lVert x - \hat x \rVert^2$"#, "mean $h (1 - h)$", #"mean $\lVert w_j \rVert$"#,
    #"$\lVert J \rVert_F^2$"#, #"per variance of $h$, over plain (least to greatest)"#,
    "neighbour ∕ random", "directions", "still pixels",
  ],
  rows: contest.rows)
//: - *Neighbour ∕ random*: $\lVert J v \rVert$ for the unit vector $v$ to the nearest other image over that for a
//:   random $v$.
//: - *Directions*: $(\sum_k \sigma_k^2)^2 / \sum_k \sigma_k^4$, how many singular values of $J$ share the sum of
//:   squares.
//: - *Still pixels*: the share of $\lVert J \rVert_F^2$ in the quarter of the pixels that vary least.
//:   [Larochelle's slide](@larochelle) says that the encoder need not be sensitive to what does not vary in the
//:   training set.
let contraction = contest.ratios(\.relative, 4)
let sparseness = contest.ratios(\.relative, 2)
lesson.say(
  "Per variance of the code the contractive network's $\\lVert J \\rVert_F^2$ is "
    + "\(Numeral.percent(mean(contraction), decimals: 0)) of the plain network's, the sparse "
    + "one's \(Numeral.percent(mean(sparseness), decimals: 0)). Section 4 says that sparse codes "
    + "are nearly contractive without asking for it, because units near 0 are flat. Their mean "
    + "slope is indeed \(Numeral.percent(mean(contest.ratios(\.slope, 2)), decimals: 0)) of the "
    + "plain network's. But their weights are "
    + "\(Numeral.short(mean(contest.ratios(\.weight, 2)), significant: 3)) times as long, their "
    + "slopes are unequal, and the codes vary less: relative to that, the share above remains. "
    + "What they do have is few sensitive directions at each image, "
    + "\(Numeral.percent(mean(contest.ratios(\.directions, 2)), decimals: 0)) of the plain "
    + "network's number.")
lesson.figure(
  "contraction",
  "One seed. Above, how far a code moves when its image moves in a random direction, relative "
    + "to the codes of two images: least for the contractive network. Below, the mean singular "
    + "values of the Jacobian, largest first."
) { contractionFigure(contest.names, traits, sample) }
/// The contractive network's ratio at a distance, over the plain one's.
func contracts(_ distance: Double) -> Double {
  traits[4].contraction(at: distance, sample) / traits[0].contraction(at: distance, sample)
}
lesson.say(
  "Rifai et al. draw such a curve. “Contractive” is a comparison: random sigmoid units with "
    + "small weights contract as well, and a ratio of 1 is that of two images. Near an image the "
    + "contractive network's ratio is \(Numeral.percent(contracts(0.02), decimals: 0)) of the "
    + "plain one's, at the distance of another image "
    + "\(Numeral.percent(contracts(1), decimals: 0))."
)
lesson.figure(
  "tangents",
  "Two images, and the four directions in pixel space to which their codes are most sensitive, "
    + "for the plain and the contractive network; each is a pattern of pixels to be made darker "
    + "(orange) and brighter (blue)."
) {
  tangentFigure(
    [("plain", traits[0].network), ("contractive", traits[4].network)], sample,
    width: digits.width, height: digits.height)
}
lesson.check(
  #"contractive over plain: $\lVert J \rVert_F^2$ per variance, greatest of all seeds"#,
  contraction.greatest(), isBelow: 1,
  because: "it is what the penalty is for: below 1 at each seed")
lesson.check(
  "contractive over plain: neighbour ∕ random, mean", mean(contest.ratios(\.anisotropy, 4)),
  isAbove: 1,
  because: "Khapra's claim: sensitive to the variations of the data, more than to others")
// The strengths are meant for images of 64 pixels.
if D == 64 {
  lesson.check(
    "contractive over plain: still pixels, mean", mean(contest.ratios(\.still, 4)), isBelow: 1,
    because: "Larochelle's claim")
  lesson.check(
    "sparse over contractive: $\\lVert J \\rVert_F^2$ per variance, mean",
    mean(contest.ratios(\.relative, 2, over: 4)), isAbove: 1,
    because: "if sparse codes were contractive by themselves it would be at most 1")
}

//: ## Deeper: The gradient through two layers
//:
//: A deep encoder's penalty reaches the lower layer in two ways.
//:
//: The biases of the upper one scale the rows of $J$: $\delta_{2j} = 2 (1 - 2 h_j) \sum_i J_{ji}^2$. Those of the lower
//: one reach $J$ through $S_1$ and, by way of $z$, through $S_2$: $\delta_{1k} = s_{1k} \left( 2 (1 - 2 z_k) (W_2^\top
//: S_2 J W_1^\top)_{kk} + (W_2^\top \delta_2)_k \right)$.
let (z, top) = (activations(deep, at: x)[0], activations(deep, at: x)[1])
let (W₁, W₂, S₁, S₂) = (deep.layers[0].W, deep.layers[1].W, slopes(z), slopes(top))
let J₂ = S₂ * W₂ * S₁ * W₁
let δ₂ = (0..<3).map { j in 2 * (1 - 2 * top[j]) * dot(J₂.row(j), J₂.row(j)) }
let through = W₂.T * S₂ * J₂ * W₁.T
let δ₁ = (0..<4).map { k in
  S₁[k, k] * (2 * (1 - 2 * z[k]) * through[k, k] + dot(W₂.column(k), δ₂))
}
lesson.derive("Two layers, upper biases and weights", within: 1e-8) { proof in
  proof.start(
    #"\left( \frac{\partial \Omega}{\partial b_2}, \frac{\partial \Omega}{\partial W_2} \right)"#,
    biasSlopes(deep, layer: 1, at: x) + weightSlopes(deep, layer: 1, at: x).elements)
  proof.equals(
    #"2 \sum_{ji} J_{ji} \left( \frac{\partial J_{ji}}{\partial b_2}, \frac{\partial "#
      + #"J_{ji}}{\partial W_2} \right)"#,
    because: "the derivative of a sum of squares",
    biasPairing(deep, layer: 1, at: x) + weightPairing(deep, layer: 1, at: x).elements)
  proof.equals(
    #"\left( \delta_2,\; 2 S_2 J W_1^\top S_1 + \delta_2 z^\top \right)"#,
    because:
      #"$\partial J_{ji} / \partial a_{2j} = (1 - 2 h_j) J_{ji}$; and $W_2$ is a factor of $J$"#,
    δ₂ + (2 * (S₂ * J₂ * W₁.T * S₁) + outer(δ₂, z)).elements)
}
lesson.derive("Two layers, lower biases", within: 1e-8) { proof in
  let β₂ = biasSlopes(deep, layer: 1, at: x)
  proof.start(#"\frac{\partial \Omega}{\partial b_{1k}}"#, biasSlopes(deep, layer: 0, at: x))
  proof.equals(
    #"2 \sum_{ji} J_{ji} \left( S_2 W_2 \frac{\partial S_1}{\partial b_{1k}} W_1 \right)_{ji} + "#
      + #"\sum_j \frac{\partial \Omega}{\partial b_{2j}} \sum_l W_{2,jl} \frac{\partial "#
      + #"z_l}{\partial b_{1k}}"#,
    because:
      "the product rule: $b_1$ moves $S_1$; and it moves $a_2$, as $b_2$ does, by $W_2$ times "
      + "the change of $z$",
    (0..<4).map { k in
      let hidden = { ε in activations(moved(deep, layer: 0, k, nil, by: ε), at: x)[0] }
      let (ż, Ṡ₁) = (derivative { [hidden($0)] }.row(0), derivative { slopes(hidden($0)) })
      return 2 * dot(J₂, S₂ * W₂ * Ṡ₁ * W₁) + dot(β₂, W₂ * ż)
    })
  proof.equals(
    #"s_{1k} \left( 2 (1 - 2 z_k) (W_2^\top S_2 J W_1^\top)_{kk} + (W_2^\top \delta_2)_k "#
      + #"\right) = \delta_{1k}"#,
    because:
      #"$b_{1k}$ moves $z_k$ only, by $s_{1k}$, and entry $k$ of $S_1$ only, by $s_{1k} (1 - 2 "#
      + #"z_k)$"#,
    δ₁)
}
lesson.derive("Two layers, lower weights", within: 1e-8) { proof in
  proof.start(#"\frac{\partial \Omega}{\partial W_1}"#, weightSlopes(deep, layer: 0, at: x))
  proof.equals(
    #"2 S_1 W_2^\top S_2 J + \frac{\partial \Omega}{\partial b_1} x^\top"#,
    because:
      "the product rule: $W_1$ is a factor of $J = (S_2 W_2 S_1) W_1$, and moves $a_1$ by $x$",
    2 * (S₁ * W₂.T * S₂ * J₂) + outer(biasSlopes(deep, layer: 0, at: x), x))
  proof.equals(
    #"2 S_1 W_2^\top S_2 J + \delta_1 x^\top"#, because: "the derivation before",
    2 * (S₁ * W₂.T * S₂ * J₂) + outer(δ₁, x))
}
lesson.check(
  "one and two layers, tied and untied: worst relative error of the library's whole gradient",
  [([3], true), ([3], false), ([4, 3], true), ([4, 3], false)].map { hidden, tied in
    gradientCheck(penalised(hidden: hidden, tied: tied, seed: lesson.seed)).worstError
  }.greatest(), isBelow: 1e-7,
  because: "central differences have half of the digits of a double, and some are lost to scale")

//: ## Deeper: Points on a circle
//:
//: Points on a circle have no direction to spare: every one is tangent somewhere, so the sensitivity must turn.
//:
//: Eight tied units, the best of eight starts:
let rings = [0, 0.03].map { Ring(λ: $0, seed: lesson.seed) }
lesson.figure(
  "circle",
  "Circles of radius 0.5 to 1.5 and their spokes. Without the penalty radius 0.5 ends at "
    + "\(Numeral.short(rings[0].reach(from: 0.5), significant: 2)) and 1.5 at "
    + "\(Numeral.short(rings[0].reach(from: 1.5), significant: 2)), on average; with it at "
    + "\(Numeral.short(rings[1].reach(from: 0.5), significant: 2)) and "
    + "\(Numeral.short(rings[1].reach(from: 1.5), significant: 2)), and after four times $r$ at "
    + "\(Numeral.short(rings[1].reach(from: 0.5, times: 4), significant: 2)) and "
    + "\(Numeral.short(rings[1].reach(from: 1.5, times: 4), significant: 2))."
) { circleFigure(rings, times: 4) }
lesson.table(
  #"Mean length of $J_r v$ for unit vectors along the circle and across it"#,
  columns: [#"$\lambda$"#, "along", "across", "across ∕ along"],
  rows: rings.map {
    [
      Cell($0.λ), Cell($0.along, significant: 3), Cell($0.across, significant: 3),
      Cell($0.across / $0.along, significant: 3),
    ]
  })
lesson.check(
  "across ∕ along, with the penalty over without it",
  rings[1].across / rings[1].along / (rings[0].across / rings[0].along), isBelow: 1,
  because: "across the circle there is nothing to follow, so the penalty is saved there first")

//: ## Deeper: A deterministic gradient
//:
//: The advantage that Larochelle sees in the contractive autoencoder: its gradient is not
//: sampled. Does that matter?
//:
//: A deterministic gradient allows second-order methods. The network is that of the images, before and after training as
//: a denoiser with $\sigma = 0.5$; the gradient is over all images, with new noise in each of 20 evaluations.
let determinism = Determinism(sample, trained: traits[3].network, strength: strength)
//: @file Determinism.swift the scatter of the gradients, and five ways of training
lesson.table(
  "The same loss and gradient, evaluated again",
  columns: [
    "", "loss, standard deviation", #"gradient: variance ∕ $\lVert \text{mean} \rVert^2$"#,
  ],
  rows: determinism.rows)
let minimisers = Minimisers(contest, strength: strength, epochs: epochs)
lesson.table(
  "The denoising loss on noise that none was trained on; each pass is over all training images",
  columns: ["trained by", "passes, at most", "loss", "less the first row"],
  rows: Minimisers.rows(minimisers.denoising))
lesson.table(
  "The contractive loss",
  columns: ["trained by", "passes, at most", "loss", "less the first row"],
  rows: Minimisers.rows(minimisers.contractive))
let once = minimisers.denoising[3].losses
lesson.table(
  "Does the budget decide? Denoising, contractive, and the latter less the former in percentage "
    + "points, at the middle strengths",
  columns: [
    "epochs", "right, noisy",
    #"$\lVert r(\tilde x) - x \rVert^2 / \lVert \tilde x - x \rVert^2$"#,
  ],
  rows: minimisers.budgetRows)
lesson.say(
  "Larochelle is right about fresh noise: L-BFGS compares values that differ by chance, and "
    + "gives up early. Drawing the noise *once* makes the loss a function again, but the network "
    + "then fits that noise: on it the loss is \(Numeral.short(mean(minimisers.fitted))), on "
    + "fresh noise \(Numeral.short(mean(once))), "
    + (mean(once .- minimisers.denoising[0].losses) > 0 ? "above" : "below")
    + " what Adam reaches with noise drawn anew in as many passes. Two copies, each with noise "
    + "of its own, bring L-BFGS to \(Numeral.short(mean(minimisers.denoising[4].losses))), Adam "
    + "in as many passes to \(Numeral.short(mean(minimisers.denoising[1].losses))). On the "
    + "contractive loss L-BFGS reaches \(Numeral.short(mean(minimisers.contractive[2].losses))), "
    + "Adam in as many passes \(Numeral.short(mean(minimisers.contractive[0].losses))) and in "
    + "twice as many \(Numeral.short(mean(minimisers.contractive[1].losses))).")
lesson.check(
  "contractive: standard deviation of the loss, and of the gradient",
  [determinism.contractive.deviation, determinism.contractive.variance], equal: [0, 0], within: 0,
  because: "the same instructions on the same numbers")
lesson.check(
  "the sampled gradient's relative variance, trained over untrained",
  determinism.after.variance / determinism.before.variance, isAbove: 10,
  because: "near a minimum the mean vanishes and the scatter does not")
lesson.check(
  "noise drawn once: loss on fresh noise over that on its own, least of all seeds",
  zip(once, minimisers.fitted).map { $0 / $1 }.least(), isAbove: 1,
  because: "what was minimised on some noise is lower there than on average")
//: The advantage he sees in the denoiser is that it is simpler to program: a line or two, and no
//: Jacobian. For one layer the penalty takes three lines of the heart, and about $N K + K D$
//: operations, few beside the network's $N K D$, for $J$ itself is never formed. For two layers
//: he is right: the sum needs $S_2 W_2 S_1$ for every example.

//: ## Deeper: Slips in the lectures
//:
//: What the lectures say about contraction that does not hold as it stands, beside what was measured above.
//:
//: - Khapra's first slide has $J_{\hat x}(h)$, a derivative with respect to the *output*; the next one $J_x(h)$. The
//:   matrix is called inputs × units and printed as units × inputs. The norm is unaffected. And when he asks what $h_l$
//:   varies with, he accepts a student's "$x_k$"; it should be $x_j$.
//: - His slides call the penalty $\Omega(\theta)$ and $\mathcal R(\theta)$ in turn, and give neither a weight.
//:   Everything depends on it. He says that $\frac{\partial h_1}{\partial x_1} = 0$ makes a neuron insensitive to $x_1$:
//:   at that point, and for small variations.
//: - Larochelle notes beside the penalty that the "encoder throws away all information". At its *minimum* it does. But a
//:   small derivative is not lost information: the whispering network keeps all of it at a penalty as small as one likes.
//: - Srihari has the encoder map a neighbourhood to a *smaller* one. Smaller than what? Random sigmoid units with small
//:   weights do that already. The ratio says something only in comparison.
//: - He minimises $L(f(x)) + \Omega(h)$ where $f(x)$ is the code: a loss of the code. He means
//:   $L(x, g(f(x)))$, as on another slide. And the value of $h$ does not determine the penalty:
//:   it needs the weights, and in a deep encoder the inner activations.
//: - Session 19 prints, under the heading of the loss function, the added term alone, without reconstruction and without
//:   $\lambda$. It has the encoder compress to fewer dimensions; Khapra's slide wants the penalty for encoders with
//:   *more* units than inputs.
//: - Section 4: "a large increase in the activation value will correspond to an increase in the
//:   Jacobian". For a sigmoid unit $\frac{ds}{dh} = 1 - 2h$: true below $\frac12$, false above.
//:   Its reconstruction $(f \circ g)(x)$ decodes before it encodes; it should be $(g \circ
//:   f)(x)$.

//: ## Deeper: Is my number right?
//:
//: Five seeds to compare your run with.
lesson.bands("Headline figures") { seed in
  let one = sweeps[seed] ?? Sweep(Cloud(seed: seed), λs: λs)
  let relative = contest.relativeJacobians(seed, of: digits, strength: strength, epochs: epochs)
  return [
    "cloud: λ of the jump": one.crossing,
    "cloud: ‖J v₂‖ ∕ ‖J v₁‖ at λ = 0.1": one.best[3].ratio,
    "cloud: ‖J v₂‖ ∕ ‖J v₁‖ at λ = 0.6": one.best[7].ratio,
    "cloud: loss at λ = 0.1": one.best[3].F,
    "cloud: Ω at λ = 0.1": one.best[3].Ω,
    "images: ‖J‖² per variance, contractive ∕ plain":
      relative.contractive / relative.plain,
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question For a *linear* encoder $h = W x$, what is the contractive penalty?
//: @answer $J = W$ everywhere, so $\Omega = \lVert W \rVert_F^2$: weight decay on the encoder. With a free decoder it can
//: be made as small as one likes without changing $W^* W$; tied, it is lesson 02's decay.
//:
//: @question Someone computes the penalty as $\sum_j (h_j (1 - h_j) \sum_i W_{ji})^2$. What is wrong, and for which
//: weights is the penalty zero?
//: @answer The weights are summed before they are squared. A unit whose weights add to zero, an edge detector for
//: instance, pays nothing however sensitive it is. The correct sum is $\sum_j (h_j (1 - h_j))^2 \sum_i W_{ji}^2$.
//:
//: @question A library computes $W$'s share of the penalty with $W$ held constant, so that only $h$ is differentiated.
//: Which term of the gradient is missing, and what will training do?
//: @answer $2 s_j^2 W_{ji}$ is missing. What remains, $2 s_j^2 (1 - 2 h_j) \lVert w_j \rVert^2$ times $1$ or $x_i$,
//: drives units into saturation, but nothing shortens the weights as such.
//:
//: @question The bound says $\lVert J \rVert_F^2 \le \frac{1}{16} \lVert W \rVert_F^2$. Does weight decay then do the
//: work of the contractive penalty?
//: @answer It makes $J$ small, but everywhere and in every unit alike. The contractive penalty also has the way out of
//: flat places: long weights on units that saturate where the data are.
//:
//: @question The penalty is on the encoder at the training examples only. What may the encoder do elsewhere, and which of
//: the five networks says something about points at a finite distance?
//: @answer Anything: between examples it may be as steep as it likes. The denoising network is trained at finite distance
//: $\sigma$.

//: ## Sources
//:
//: @sources
lesson.finish()
