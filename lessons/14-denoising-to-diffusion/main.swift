//: # 14 · From denoising to diffusion
//:
//: Beyond the lectures. A denoiser at one noise level knows the score of the noised data (lesson 05); a chain of
//: denoisers draws samples (lesson 08); their losses add up to a bound (lesson 07). Put together they are a diffusion
//: model, and on a mixture of Gaussians every term of it is exact.
//:
//: @opening paths
//: - write down the marginals of noise that grows step by step, and turn one prediction into the others;
//: - prove that weighted denoising losses bound the log-likelihood, and that a flow has the same marginals;
//: - sample by three methods, and say what a step costs and gains;
//: - train such a model in fifteen lines, and tell sampling from remembering.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "Denoising at all noise levels is a generative model: its losses bound the likelihood, and "
    + "a flow along its score turns noise into data.")
let epochs = lesson.knob("epochs", 70, in: 10...2000, "epochs of training on images")
let guidance = lesson.knob("guidance", 3.0, in: 1...10, "the weight w of the class in a sample")
let levels = lesson.knob("levels", 20, in: 4...200, "levels in which images are drawn")

let digits = lesson.images(ImageNeeds(classes: 2, ofEachClass: 40))
let D = digits.width * digits.height
let seeds = (0..<UInt64(D <= 64 ? 5 : 1)).map { lesson.seed + $0 }

//: ## Noise, step by step
//:
//: Lesson 05 spoilt an example once. Now noise grows over levels $t = 1, \dots, T$,
//: and the example fades:
//:
//: $$ x_t = \alpha_t x_0 + \sigma_t \varepsilon, \quad \varepsilon \sim \mathcal N(0, I), \quad \gamma_t =
//: \frac{\alpha_t^2}{\sigma_t^2} \text{ falls from level to level.} $$
//:
//: Only $\gamma_t$, the signal-to-noise ratio, matters: any other choice of $\alpha_t$ is a change of units. We take
//: $\alpha_t^2 + \sigma_t^2 = 1$, and $\sigma_t / \alpha_t$ in geometric progression. The levels are those of a *chain*
//: ([](@sohl-dickstein-2015)): from a level $s$ to a noisier one $t$, shrink by $a$ and add noise of variance $\nu$.
let schedule = lesson.attempt {
  try NoiseSchedule.variancePreserving(levels: 200, from: 0.05, to: 20)
}
let (near, far) = (schedule[60], schedule[120])
let a = far.α / near.α
let ν = far.σ * far.σ - a * a * near.σ * near.σ
lesson.derive("From a level $s$ to a noisier level $t$: factor and variance") { proof in
  proof.start(#"\left( \alpha_t,\; \sigma_t^2 \right)"#, [far.α, far.σ * far.σ])
  proof.equals(
    #"\left( a\, \alpha_s,\; a^2 \sigma_s^2 + \nu \right), \quad a = \frac{\alpha_t}{\alpha_s},"#
      + #"\; \nu = \sigma_t^2 - a^2 \sigma_s^2"#,
    because: #"$x_t = a x_s + \sqrt \nu\, \varepsilon'$, and variances of independent noise add"#,
    [a * near.α, a * a * near.σ * near.σ + ν])
  proof.equals(
    #"\left( a\, \alpha_s,\; a^2 \sigma_s^2 + \sigma_t^2 (1 - \gamma_t / \gamma_s) \right)"#,
    because: #"$a^2 \sigma_s^2 / \sigma_t^2 = \gamma_t / \gamma_s$; so $\nu > 0$ exactly when "#
      + #"$\gamma$ falls"#,
    [
      a * near.α,
      a * a * near.σ * near.σ + far.σ * far.σ * (1 - far.signalToNoise / near.signalToNoise),
    ])
}
//: What does $x_t$ look like if $x_0$ has a density $p = \sum_k \pi_k\, \mathcal N(\mu_k, C_k)$? Given the component,
//: $x_t$ is a linear map of a Gaussian plus a Gaussian, hence
//:
//: $$ p_t = \sum_k \pi_k\, \mathcal N\bigl(\alpha_t \mu_k,\; \alpha_t^2 C_k + \sigma_t^2 I\bigr). $$
//:
//: **A mixture stays a mixture**, with a score that lesson 05 has written down. Our main example is two moons made of
//: 30 flat Gaussians.
let moons = GaussianMixture.moons(components: 30)
let strip = [0.1, 0.4, 1, 4]
lesson.slider(
  "dissolve", "noise over signal, $\\sigma_t / \\alpha_t$",
  "Left, moons with noise; right, noise on its way back, and the score as arrows, halved.",
  over: strip, chosen: 0.4
) { ratio in
  var random = lesson.stream("dissolve")
  let α = 1 / (1 + ratio * ratio).squareRoot()
  let X = α * moons.sample(400, using: &random)
  let out = X + ratio * α * .normal(rows: 400, columns: 2, using: &random)
  let noise = Matrix<Double>.normal(rows: 400, columns: 2, using: &random)
  let back = lesson.attempt {
    try NoiseSchedule.variancePreserving(levels: 20, from: ratio, to: 20).descend(
      from: noise, by: HeunSampler(), denoiser: exact(moons), using: &random)
  }
  return dissolvingFigure(ratio, out: out, back: back, moons.diffused(α: α, σ: ratio * α))
}
//: @file Figures.swift the figures of this lesson
lesson.check(
  "moments of $x_t$ from 20,000 samples against the mixture's: worst deviation in standard "
    + "errors",
  {
    var random = lesson.stream("marginals")
    return [schedule[40], schedule[100], schedule[160]].map { level in
      let X = moons.sample(20_000, using: &random)
      let noisy =
        level.α * X + level.σ * Matrix<Double>.normal(rows: X.rows, columns: 2, using: &random)
      let p = moons.diffused(α: level.α, σ: level.σ)
      let C = p.covariance
      let (x, y) = (noisy.column(0), noisy.column(1))
      let moments =
        [(x, p.mean[0]), (y, p.mean[1])] + [
          (x .* x, C[0, 0] + p.mean[0] * p.mean[0]), (y .* y, C[1, 1] + p.mean[1] * p.mean[1]),
          (x .* y, C[0, 1] + p.mean[0] * p.mean[1]),
        ]
      return moments.map { abs(mean($0) - $1) / standardError($0) }.greatest()
    }.greatest()
  }(), isBelow: 4,
  because: "fifteen moments at three levels; one in a thousand runs has one beyond 4")

//: ## One guess, four names
//:
//: Given $x_t$, one may guess the clean example, $\hat x_0$, or the noise, $\hat \varepsilon$, or the score of $p_t$,
//: or $\eta = \alpha_t \varepsilon - \sigma_t x_0$. These are one guess, since $x_t$ is known. The best of them, in
//: squared error, is the conditional mean:
let level = schedule[90]
var drawing = lesson.stream("four names")
let x = moons.diffused(α: level.α, σ: level.σ).sample(5, using: &drawing)
let best = moons.posteriorMean(given: x, α: level.α, σ: level.σ)
let score = moons.diffused(α: level.α, σ: level.σ).score(at: x)
lesson.derive("The mean of the noise behind $x_t$", within: 1e-10) { proof in
  let (α, σ) = (level.α, level.σ)
  proof.start(#"\operatorname{E}[\varepsilon \mid x_t]"#, (x - α * best) / σ)
  proof.equals(
    #"-\sigma_t \nabla \log p_t(x_t)"#,
    because: #"Tweedie's formula of lesson 05 for $x_t / \alpha_t = x_0 + (\sigma_t / \alpha_t) "#
      + #"\varepsilon$, in units of $x_t$"#, -σ * score)
  proof.equals(
    #"\sigma_t x_t + \alpha_t \operatorname{E}[\eta \mid x_t]"#,
    because: #"$(x_t, \eta)$ is $(x_0, \varepsilon)$, turned: $\alpha_t \eta + \sigma_t x_t = "#
      + #"(\alpha_t^2 + \sigma_t^2)\, \varepsilon$"#,
    σ * x + α * (α * (x - α * best) / σ - σ * best))
}
lesson.derive("One error in three units") { proof in
  let (α, σ) = (level.α, level.σ)
  let guess = best.map { 0.9 * $0 + 0.1 }
  let x₀ = moons.sample(5, using: &drawing)
  let x = α * x₀ + σ * Matrix<Double>.normal(rows: 5, columns: 2, using: &drawing)
  let (ε, ε̂) = ((x - α * x₀) / σ, (x - α * guess) / σ)
  proof.start(#"\lVert \hat x_0 - x_0 \rVert^2"#, (guess - x₀).squaredNorm)
  proof.equals(
    #"\frac{1}{\gamma_t} \lVert \hat \varepsilon - \varepsilon \rVert^2"#,
    because: #"$\alpha_t (\hat x_0 - x_0) = -\sigma_t (\hat \varepsilon - \varepsilon)$"#,
    (ε̂ - ε).squaredNorm / level.signalToNoise)
  proof.equals(
    #"\sigma_t^2 \lVert \hat \eta - \eta \rVert^2"#,
    because: #"$x_0 = \alpha_t x_t - \sigma_t \eta$"#,
    σ * σ * ((α * ε̂ - σ * guess) - (α * ε - σ * x₀)).squaredNorm)
}
//: So a loss of the noise and one of the clean example differ in nothing but the weight of the level. The network below
//: predicts $\eta$: neither $\hat x_0 = \alpha_t x_t - \sigma_t \hat \eta$ nor
//: $\hat \varepsilon = \sigma_t x_t + \alpha_t \hat \eta$ then divides by a small number ([](@salimans-ho-2022)).

//: ## The bound is a sum of denoising losses
//:
//: Lesson 07's bound with $x_1, \dots, x_T$ as codes: the encoder $q(x_t \mid x_s)$ is fixed, and the decoder goes back
//: level by level. If $x_0$ were known, the way back would be known, too: by Bayes' rule $q(x_s \mid x_t, x_0)$ is
//: Gaussian, with mean and variance
//:
//: $$ m = \frac{a \sigma_s^2}{\sigma_t^2} x_t + b\, x_0, \quad b = \frac{\alpha_s \nu}{\sigma_t^2}, \quad \tau^2 =
//: \frac{\sigma_s^2 \nu}{\sigma_t^2}. $$
//:
//: The decoder uses $\hat x_0(x_t)$ in the place of $x_0$: $p(x_s \mid x_t) = q(x_s \mid x_t, \hat x_0(x_t))$. At the top
//: $p(x_T) = \mathcal N(0, I)$, at the bottom $p(x_0 \mid x_1) = \mathcal N(\hat x_0(x_1), I / \gamma_1)$.
lesson.derive("The weight of a level") { proof in
  let (b, τ²) = (near.posterior(given: far).ofClean, near.posterior(given: far).variance)
  proof.start(#"\frac{b^2}{\tau^2}"#, b * b / τ²)
  proof.equals(
    #"\frac{\alpha_s^2}{\sigma_s^2} \cdot \frac{\nu}{\sigma_t^2}"#,
    because: #"insert $b$ and $\tau^2$"#,
    near.signalToNoise * ν / (far.σ * far.σ))
  proof.equals(
    #"\gamma_s - \gamma_t"#, because: #"$\nu / \sigma_t^2 = 1 - \gamma_t / \gamma_s$"#,
    near.signalToNoise - far.signalToNoise)
}
//: Now the bound, on a number $x_0$ from a mixture of two Gaussians with two levels, $\sigma / \alpha = \frac12$ and
//: $2$, exactly denoised; $p$ is the model. Write
//: $K = \operatorname{E} \operatorname{KL}(q(x_2 \mid x_0) \,\|\, p(x_2))$ for the top,
//: $R = - \operatorname{E} \log p(x_0 \mid x_1)$ for the bottom, $\delta_t = \operatorname{E} (x_0 - \hat x_0(x_t))^2$
//: for the denoising errors. Every line is a sum over a grid of $x_0$, $x_1$ and $x_2$.
let line = NumberLine(GaussianMixture(weights: [0.3, 0.7], means: [[-1.5], [1]], σ: 0.5))
let two = lesson.attempt {
  let pair = try NoiseSchedule.variancePreserving(levels: 2, from: 0.5, to: 2)
  return TwoLevels(line, pair[1], pair[2])
}
//: @file Exact.swift the mixture on a line, and its sums
lesson.derive("The bound, line by line", within: 1e-9) { proof in
  let (γ₁, γ₂) = (two.first.signalToNoise, two.second.signalToNoise)
  proof.start(#"-\operatorname{E} \log p(x_0)"#, two.evidence)
  proof.atMost(
    #"\operatorname{E} \log \frac{q(x_1, x_2 \mid x_0)}{p(x_0, x_1, x_2)}"#,
    because: "lesson 07: what is added is $\\operatorname{KL}(q(x_1, x_2 \\mid x_0) \\,\\|\\, "
      + "p(x_1, x_2 \\mid x_0))$", two.joint)
  proof.equals(
    #"K + \operatorname{E} \operatorname{KL}(q(x_1 \mid x_2, x_0) \,\|\, p(x_1 \mid x_2)) + R"#,
    because: #"$q(x_1, x_2 \mid x_0) = q(x_2 \mid x_0)\, q(x_1 \mid x_2, x_0)$ by Bayes' rule, "#
      + #"and the model is $p(x_2)\, p(x_1 \mid x_2)\, p(x_0 \mid x_1)$"#,
    two.prior + two.steps + two.reconstruction)
  proof.equals(
    #"K + \frac{b^2}{2 \tau^2} \delta_2 + R"#,
    because: "two Gaussians of one variance: lesson 07's divergence is the squared difference of "
      + "the means over $2 \\tau^2$",
    two.prior + two.stepsInClosedForm + two.reconstruction)
  proof.equals(
    #"K + \frac{\gamma_1 - \gamma_2}{2} \delta_2 + \frac{\gamma_1}{2} \delta_1 + \frac12 \log "#
      + #"\frac{2 \pi}{\gamma_1}"#,
    because: #"$b^2 / \tau^2 = \gamma_1 - \gamma_2$; write out $p(x_0 \mid x_1)$"#,
    two.prior + (γ₁ - γ₂) / 2 * two.errors[1] + γ₁ / 2 * two.errors[0]
      + 0.5 * Double.log(2 * .pi / γ₁))
}
//: With $T$ levels there is such a term for each but the first: **the bound is $K + R$ plus the denoising losses,
//: weighted by how much $\gamma$ falls** ([](@kingma-2021)). Training at one level only, as in lesson 05, minimises one
//: term of it. [](@ho-2020) leave the weights out, and with them the bound, for better pictures.
//:
//: How tight is it? With the exact denoiser the sum is an upper sum of the integral of half the least error over
//: $\gamma$, for the error falls as $\gamma$ grows. From 0 to $\gamma_1$ it is the information that $x_1$ has of $x_0$
//: ([](@guo-2005)): with $\gamma_T \to 0$, $\gamma_1 \to \infty$ and ever shorter steps between them the bound falls to
//: the entropy. Few levels want a narrow range: the table has the best of thirty, too.
let counts = [16, 64, 256, 1024]
let gaps = lesson.attempt {
  try counts.map { T in
    line.bound(try .variancePreserving(levels: T, from: 0.01, to: 1000)) - line.entropy
  }
}
let narrow = lesson.attempt {
  try counts.map { T in try line.bestRange(levels: T) }
}
let single = lesson.attempt {
  try line.bound(.variancePreserving(levels: 1, from: 0.5, to: 1)) - line.entropy
}
lesson.table(
  "The bound less $-\\operatorname{E} \\log p$ of the data, nats",
  columns: [
    "levels $T$", "$\\sigma / \\alpha$ from 0.01 to 1000", "from the best", "to the best",
    "nats there",
  ],
  rows: counts.indices.map { i in
    [
      Cell(Double(counts[i])), Cell(gaps[i], significant: 3), Cell(narrow[i].from),
      Cell(narrow[i].to), Cell(narrow[i].gap, significant: 3),
    ]
  })
lesson.finding(
  "With the exact denoiser and levels from 0.01 to 1000 the bound of 16 levels is "
    + "\(Numeral.short(gaps[0], significant: 2)) nats above the entropy of the data, that of "
    + "1,024 \(Numeral.short(gaps[3], significant: 2)); in ranges chosen for them, "
    + "\(Numeral.short(narrow[0].gap, significant: 2)) and "
    + "\(Numeral.short(narrow[3].gap, significant: 2)). Depth tightens the bound, slowly: a "
    + "single level at ½ has \(Numeral.short(single, significant: 2)).")
lesson.check(
  "the gap of 256 levels over that of 1,024", gaps[2] / gaps[3], equals: 4, within: 0.1,
  because: "the excess of an upper sum of a smooth function is in proportion to its step, 1/T, "
    + "to first order")

//: ## A flow with the same marginals
//:
//: The way back need not be random. Let the levels depend smoothly on a time $r$, and move each point with the
//: velocity that is the mean of all $\dot \alpha x_0 + \dot \sigma \varepsilon$ that pass through it:
//:
//: $$ \frac{dx}{dr} = \dot \alpha\, \hat x_0(x) + \dot \sigma\, \hat \varepsilon(x), \quad \hat \varepsilon = -\sigma
//: \nabla \log p_r. $$
//:
//: For any smooth function $\varphi$ that vanishes far out,
//: $\frac{d}{dr} \operatorname{E} \varphi(x_r) = \operatorname{E} \nabla \varphi(x_r)^\top (\dot \alpha x_0 + \dot \sigma \varepsilon)$,
//: and given $x_r$ the bracket may be replaced by its conditional mean, the velocity. That is the rate at which
//: $\operatorname{E} \varphi$ changes for points that are moved by the velocity; so **from one start, flow and noise
//: have the same marginals**, and $p_r$ solves $\partial p / \partial r = -\nabla \cdot (p\, dx/dr)$ ([](@song-2021)).
//: With $r = \log(\sigma / \alpha)$ the velocity is $\alpha \sigma \hat \eta$.
let flow = Flow(
  mixture: GaussianMixture(
    weights: [0.5, 0.3, 0.2], means: [[1, 0], [-0.6, 0.8], [-0.5, -0.9]],
    covariances: [
      [[0.09, 0.02], [0.02, 0.06]], [[0.05, -0.02], [-0.02, 0.09]], [[0.12, 0], [0, 0.05]],
    ]))
//: @file Flow.swift the flow of a mixture, its log-density, and samplers' errors
//: Along the flow the log-density changes by the divergence, $\frac{d}{dr} \log p(x_r) = -\nabla \cdot \frac{dx}{dr}$:
//: carry a point into noise, where the density is known, and add up. So the flow's likelihood can be *computed*; the
//: bound holds for the chain's.
let carried = flow.likelihoodErrors(
  points: 12, from: -1.5, to: 3.5, steps: 5000, seed: lesson.seed)
lesson.check(
  "$\\partial p / \\partial r + \\nabla \\cdot (p\\, dx/dr)$ at three levels, over the greatest "
    + "$\\partial p / \\partial r$, three Gaussians, 31 × 31 points",
  [-1.5, 0, 1].map { flow.residual($0, reach: 2.5, count: 31, h: 0.01) }.greatest(),
  isBelow: 1e-4,
  because: #"differences of fourth order with step $h = 0.01$ leave $h^4 / 30$ times a fifth "#
    + #"derivative, of the order of $s^{-5}$ times the density for Gaussians of width $s \ge "#
    + #"0.2$"#)
lesson.check(
  "the same with twice the score: not the flow",
  flow.residual(0, reach: 2.5, count: 31, h: 0.01, share: 2), isAbove: 0.1,
  because: "the control: a velocity that is wrong by a share of itself leaves a share of the "
    + "change")
lesson.check(
  "log-density by the flow, 12 points, Heun, 5,000 steps of 0.001 in $r$: greatest error",
  carried.error, isBelow: 1e-6,
  because: "the aim; Heun's error is of the order of the square of the step, 10⁻⁶, times a "
    + "third derivative over twelve and the length of the way, 5")
lesson.say(
  "Taking $\\mathcal N(0, I)$ for the density at $\\sigma / \\alpha = e^{3.5}$, as a model has "
    + "to, costs up to \(Numeral.short(carried.prior, significant: 2)) nats.")

//: ## Three ways down
//:
//: Each step of a sampler goes from a level $t$ to a level $s$ with less noise. The flow needs no time for it: $dx =
//: \hat x_0\, d\alpha + \hat \varepsilon\, d\sigma$.
//:
//: - *Ancestral*: draw $x_s$ from $q(x_s \mid x_t, \hat x_0)$, with fresh noise; none in the last step.
//: - *Euler* on the flow: $x_s = x_t + (\alpha_s - \alpha_t) \hat x_0 + (\sigma_s - \sigma_t) \hat \varepsilon = \alpha_s
//:   \hat x_0 + \sigma_s \hat \varepsilon$, known as DDIM ([](@song-ddim-2021)).
//: - *Heun*: Euler's step, look again where it ends, and take the mean of the two steps ([](@karras-2022)).
//:
//: With the exact score nothing but the step is to blame for an error. From the same noise, on the three Gaussians:
let steps = StepStudy(flow.mixture, counts: [32, 64, 128, 256], points: 100, seed: lesson.seed)
let few = FewSteps(moons, counts: [3, 5, 10, 20, 40], points: 400, seed: lesson.seed)
let orders = [steps.order(steps.euler), steps.order(steps.heun)]
lesson.figure(
  "orders",
  "Left, errors on three Gaussians from shared noise; right, how far 400 samples are from "
    + "the moons."
) { ordersFigure(steps, few) }
lesson.figure(
  "few",
  "With three levels ancestral and Euler's points shrink towards the mean, and Heun's overshoot."
) { fewFigure(few, [0, 2]) }
lesson.table(
  "Energy distance of 400 samples to 400 true points, ± its standard error; two true samples: "
    + "\(Numeral.fixed(few.floor.value, decimals: 4)) ± "
    + "\(Numeral.fixed(few.floor.standardError, decimals: 4))",
  columns: ["levels"] + FewSteps.names,
  rows: few.counts.indices.map { i in
    [Cell(Double(few.counts[i]))]
      + few.distances.map {
        Cell(
          "\(Numeral.fixed($0[i].value, decimals: 4)) ± "
            + Numeral.fixed($0[i].standardError, decimals: 4))
      }
  })
lesson.finding(
  "With the exact score, the errors have the orders "
    + "\(Numeral.fixed(orders[0], decimals: 2)) for Euler "
    + "and \(Numeral.fixed(orders[1], decimals: 2)) for Heun; after 256 steps they are "
    + "\(Numeral.short(steps.euler[3], significant: 2)) and "
    + "\(Numeral.short(steps.heun[3], significant: 2)).")
lesson.figure(
  "paths",
  "Along the flow each point bends smoothly into a moon; with fresh noise at each of 60 levels "
    + "it wanders there."
) {
  pathsFigure(
    paths(of: moons, 24, by: HeunSampler(), levels: 60, seed: lesson.seed), moons,
    ancestral: paths(of: moons, 5, by: AncestralSampler(), levels: 60, seed: lesson.seed))
}
lesson.check(
  "order of Euler's method", orders[0], equals: 1, within: 0.1,
  because: "theory, for steps short enough: the slope over 32 to 256 steps")
lesson.check(
  "order of Heun's method", orders[1], equals: 2, within: 0.075,
  because: "theory; ± 0.15 over 32 to 256 steps")

//: ## The heart: one step of training
//:
//: Draw a level and noise for each example, and let the network $F$ guess $\eta$ from $x_t$ and numbers $c_t$ that tell
//: the level:
//:
//: $$ L = \frac1N \sum_n \tfrac12 \lVert F(x_{t}, c_{t}) - \eta \rVert^2, \quad x_t = \alpha_t x_0 + \sigma_t
//: \varepsilon, \quad \eta = \alpha_t \varepsilon - \sigma_t x_0. $$
//: @heart the loss and its gradient for a batch
func step(
  _ x₀: Matrix<Double>, _ ε: Matrix<Double>, _ t: [NoiseLevel], _ layers: [Dense<Double>]
) -> (loss: Double, gradient: [Double]) {
  let (α, σ) = (Matrix.diagonal(t.map(\.α)), Matrix.diagonal(t.map(\.σ)))
  var h = [beside(α * x₀ + σ * ε, features(t))]
  for layer in layers { h.append(Stack([layer])(h[h.count - 1])) }
  var δ = (h[layers.count] - (α * ε - σ * x₀)) / Double(t.count)
  let loss = Double(t.count) / 2 * δ.squaredNorm
  var gradient: [Double] = []
  for l in layers.indices.reversed() {
    gradient = (δ.T * h[l]).elements + δ.columnSums + gradient
    δ = (δ * layers[l].W) ⊙ h[l].map { 1 - $0 * $0 }
  }
  return (loss, gradient)
}
//: The layers are those of lesson 00, here with $\tanh$ and a linear top. The library has the same with noise drawn
//: afresh.
let trial = HeartTrial(schedule, seed: lesson.seed, step)
lesson.check(
  "the library's loss and gradient against these lines, 20 examples at random levels",
  trial.heart, equal: trial.library, within: 1e-12, scale: 1,
  because: "the same sums in another order")
lesson.check(
  "the library's gradient with classes and unequal variances against central differences",
  trial.differences, isBelow: 1e-7,
  because: "central differences have half of the digits of a double, and some are lost to scale")
//: Nothing in it depends on what the data are. On 2,000 points of the moons, is the learnt field the true score?
let planes = seeds.map { PlaneStudy(moons, schedule: schedule, epochs: 120, seed: $0) }
//: @file Learnt.swift networks in the plane, and the heart's trial
let shown = [20, 60, 100, 140, 180]
let cosines = planes.map { study in shown.map { study.cosine(study.all, schedule[$0]) } }
let alone = planes.map { study in shown.map { study.cosine(study.one, schedule[$0]) } }
let oneGaussian = planes.map { study in
  shown.map { study.cosineOfOneGaussian(schedule[$0]) }
}
let drawnAll = planes.map { $0.sample($0.all, 500, schedule: schedule) }
let drawnOne = planes.map { $0.sample($0.one, 500, schedule: schedule) }
lesson.figure(
  "learnt",
  "Trained at the middle level alone, a network knows that level and noisier ones, where almost "
    + "any guess will do; its samples are no moons."
) {
  learntFigure(
    schedule, shown: shown, all: cosines, one: alone,
    clouds: [
      ("Samples, all levels learnt", drawnAll[0].points),
      ("Samples, one level learnt", drawnOne[0].points), ("True points", drawnAll[0].other),
    ])
}
lesson.table(
  "Cosine between learnt and exact score, mean (least to greatest) over \(seeds.count) seeds",
  columns: [
    "$\\sigma / \\alpha$", "all levels learnt", "the middle level alone", "one Gaussian",
  ],
  rows: shown.indices.map { i in
    [
      Cell(schedule[shown[i]].σ / schedule[shown[i]].α, significant: 2),
      spread(cosines.map { $0[i] }, decimals: 3), spread(alone.map { $0[i] }, decimals: 3),
      spread(oneGaussian.map { $0[i] }, decimals: 3),
    ]
  })
//: *One Gaussian*, with the moons' mean and covariance, is all but exact from a ratio of 1 on. Below, the network of the
//: middle level is no better.
let coarse = cosines.flatMap { $0.dropFirst() }.least()
let lost = drawnOne.map(\.away) .- drawnAll.map(\.away)
lesson.finding(
  "The learnt score's cosine with the exact one is \(Numeral.fixed(coarse, decimals: 3)) or more "
    + "from $\\sigma / \\alpha$ = 0.3 on, where the best linear guess has "
    + "\(Numeral.fixed(mean(oneGaussian.map { $0[1] }), decimals: 2)); samples lie "
    + "\(Numeral.fixed(mean(drawnAll.map(\.away)), decimals: 1)) times as far from true points "
    + "as true ones do, \(Numeral.fixed(mean(drawnOne.map(\.away)), decimals: 1)) times if one "
    + "level was learnt.")
lesson.check(
  "cosine of the learnt score from $\\sigma / \\alpha$ = 0.3 on, least of all seeds", coarse,
  isAbove: 0.9,
  because: "a stated aim; what was trained at the middle level alone falls below it")
lesson.check(
  "distance from true points, one level less all levels, least of all seeds", lost.least(),
  isAbove: 0, because: "one term of the bound was minimised, the others were not")

//: ## Digits out of noise
//:
//: A network $D$–128–128–$D$ learns two thirds of the images, on their principal axes;
//: [it starts](#deeper-a-network-that-starts-as-a-gaussian) as the best linear denoiser. The rivals have the same
//: images: *one Gaussian* with their mean and covariance; *ten Gaussians* with those of ten clusters; lesson 07's
//: variational autoencoder (means of its decoder, and draws with its pixel noise); and lesson 08's chain of bits. None
//: has had its settings searched. For the column *as bits* all pixels were cut at ½.
let studies = seeds.map {
  ImageStudy(digits, schedule: schedule, levels: levels, epochs: epochs, seed: $0)
}
//: @file Images.swift models of images and their rivals
lesson.figure(
  "forming",
  "Ten samples at six of \(levels) levels, from noise to the last guess $\\hat x_0$: the digit "
    + "is decided early."
) {
  formingFigure(
    studies[0].model.forming(10, schedule: schedule, levels: levels, seed: lesson.seed),
    width: digits.width, height: digits.height)
}
let distances = ImageStudy.names.indices.map { i in studies.map { $0.distances[i].value } }
let asBits = ImageStudy.names.indices.map { i in studies.map { $0.asBits[i].value } }
let novelty = ImageStudy.names.indices.map { i in studies.map { $0.novelty(i) } }
lesson.table(
  "Samples against held-out images: energy distance of lesson 08, mean (least to greatest) over "
    + "\(seeds.count) seeds; distance from the nearest training image, in units of a held-out "
    + "image's",
  columns: ["samples of", "energy distance", "as bits", "nearest training image"],
  rows: ImageStudy.names.indices.map { i in
    [
      Cell(ImageStudy.names[i]),
      i == ImageStudy.chain ? Cell("") : spread(distances[i], decimals: 3),
      spread(asBits[i], decimals: 3), spread(novelty[i]),
    ]
  })
func lead(_ distances: [[Double]], over rival: Int) -> [Double] {
  distances[ImageStudy.heun] .- distances[rival]
}
let overDecoder = lead(distances, over: ImageStudy.decoder)
let overChain = lead(asBits, over: ImageStudy.chain)
let overOne = lead(distances, over: ImageStudy.gaussian)
let overTen = lead(distances, over: ImageStudy.ten)
func average(_ values: [Double]) -> String { Numeral.fixed(mean(values), decimals: 3) }
let ρ = Double(studies[0].held.rows) / Double(studies[0].training.rows)
func than(_ lead: [Double], _ rival: String) -> String {
  verdict(
    lead, testPerTraining: ρ, below: "closer than \(rival)", above: "further than \(rival)",
    same: "not clearly apart from \(rival)")
}
func paired(_ lead: [Double]) -> String { withError(lead, decimals: 3, testPerTraining: ρ) }
lesson.finding(
  "Images drawn by Heun's method are at \(average(distances[ImageStudy.heun])) in energy "
    + "distance, " + than(overDecoder, "the variational autoencoder's")
    + " (\(average(distances[ImageStudy.decoder]))), "
    + than(overOne, "one Gaussian's")
    + " (\(average(distances[ImageStudy.gaussian]))) and "
    + than(overTen, "ten's")
    + " (\(average(distances[ImageStudy.ten]))). As bits, "
    + "\(average(asBits[ImageStudy.heun])) is "
    + than(overChain, "the chain's") + " \(average(asBits[ImageStudy.chain])).")
lesson.say(
  "Paired by seed, with lesson 12's standard errors: diffusion less the "
    + "variational autoencoder's draws \(paired(overDecoder)); less the chain, as bits, "
    + "\(paired(overChain)); less one Gaussian \(paired(overOne)); "
    + "less ten \(paired(overTen)), and [more training]"
    + "(#deeper-more-steps-more-training) does not put it clearly ahead of these.")

//: ## Memory or model?
//:
//: The loss has a minimum that nobody wants: the exact denoiser of the training images, a mixture of points.
let memory = remembered(
  studies[0].training, 12, schedule: schedule, levels: 12, seed: lesson.seed)
let recalled = nearestRows(to: memory, among: studies[0].training)
lesson.figure(
  "samples",
  "Samples above the training images nearest to them; the exact denoiser of these repeats them."
) {
  samplesFigure(studies[0], memory, count: 12, width: digits.width, height: digits.height)
}
let repeated = mean(recalled.map { $0.squaredDistance.squareRoot() }) / studies[0].heldNearness
lesson.finding(
  "The exact denoiser of the training images repeats them; the network's samples are "
    + "\(Numeral.fixed(mean(novelty[ImageStudy.heun]), decimals: 2)) times as far from any "
    + "as held-out images are: no copies, but real digits would be at 1.")
//: Energy distance would praise the memory: the training images score best. Only what its network *cannot* do keeps a
//: diffusion model from it.
lesson.check(
  "exact denoiser of the training images: distance from the nearest, over a held-out image's",
  repeated, isBelow: 0.1,
  because: "at the lowest level the noise is a twentieth of the signal, and two training images "
    + "lie many times that apart: the posterior mean is one of them")
if D == 64 {
  lesson.check(
    "energy distance, diffusion less the variational autoencoder's draws, greatest of all seeds",
    overDecoder.greatest(), isBelow: 0, because: "the aim of the lesson, at each seed")
  lesson.check(
    "nearest training image, network over held-out images, least of all seeds",
    novelty[ImageStudy.heun].least(), isAbove: 1,
    because: "below 1 the samples would be nearer to training images than new digits are")
}

//: ## Deeper: More steps, more training
//:
lesson.say(
  "Heun's energy distance less Euler's in as many levels, so with twice the calls: "
    + "\(paired(lead(distances, over: ImageStudy.euler))); in as many calls: "
    + "\(paired(lead(distances, over: ImageStudy.equalCalls))); less that of three levels: "
    + "\(paired(lead(distances, over: ImageStudy.three))).")
//: The network has not converged: on the default digits the distance was 0.025 with `--epochs 400` and 0.019 with
//: `--epochs 1500`, neither of them clearly apart from ten Gaussians, and the nearest training image 1.29 and 1.26 times
//: as far as a held-out image's; theirs is 1.12 times as far.

//: ## Deeper: Guidance by class
//:
//: Told the class of an example in training, and now and then not told, one network learns $p_t(x)$ and
//: $p_t(x \mid y)$. At sampling the difference of the two can be exaggerated.
//:
//: $\hat \eta = \hat \eta(x) + w\, (\hat \eta(x, y) - \hat \eta(x))$ ([](@ho-salimans-2022)): since all guesses are
//: linear in the score, this follows the score of $p_t(x)\, p_t(y \mid x)^w$ up to a constant, at each level; for $w > 1$
//: no noising process need have these marginals.
let guided = seeds.map {
  Guidance(
    digits, schedule: schedule, levels: max(4, levels / 2), epochs: epochs / 2,
    weights: [0, 1, guidance],
    seed: $0)
}
lesson.table(
  "120 samples of asked classes in half as many levels, after half as many epochs, mean (least "
    + "to greatest) over "
    + "\(seeds.count) seeds; right: the nearest training image has the class; variety: mean "
    + "distance "
    + "of two samples of a class, in units of the training images'",
  columns: ["$w$", "right, %", "variety", "energy distance"],
  rows: (0..<3).map { i in
    [
      Cell([0, 1, guidance][i]), spread(guided.map { 100 * $0.right[i] }, decimals: 0),
      spread(guided.map { $0.variety[i] }), spread(guided.map { $0.distances[i] }, decimals: 3),
    ]
  })
lesson.figure(
  "guided", "The same noise for one class a column, from no guidance to the knob's."
) {
  guidedFigure(guided[0], [0, 1, guidance], width: digits.width, height: digits.height)
}
//: @file Guided.swift a network that is told classes
//: @file Tables.swift means and ranges over seeds
lesson.say(
  "Guidance trades variety for legibility: from $w$ = 1 to $w$ = \(Numeral.short(guidance)) the "
    + "share of right classes changes by "
    + withError(
      guided.map { 100 * ($0.right[2] - $0.right[1]) }, decimals: 1, testPerTraining: ρ)
    + " points, variety by "
    + withError(guided.map { $0.variety[2] - $0.variety[1] }, testPerTraining: ρ)
    + ", energy distance by \(paired(guided.map { $0.distances[2] - $0.distances[1] })). "
    + "Try `--guidance 8`.")
//: But much of that trade is unfinished training. On the default digits, with `--epochs 1500`, $w$ = 1 draws 96 % of the
//: asked classes and $w$ = 3 all of them, both with a variety of 1.09.

//: ## Deeper: A network that starts as a Gaussian
//:
//: Most pixels' noise is easy to tell: where an image has no variance, all is noise. The library gives the network that
//: knowledge, so that its layers only learn what is not Gaussian.
//:
//: On a principal axis of variance $\lambda$, $c = \alpha^2 \lambda + \sigma^2$ is the variance of $x_t$.
lesson.derive("The best linear guess, and what it leaves") { proof in
  let (α, σ, λ) = (level.α, level.σ, 0.3)
  let c = α * α * λ + σ * σ
  let slope = (α * σ - α * σ * λ) / c
  proof.start(
    #"\operatorname{E} \eta^2 - \frac{(\operatorname{E} \eta x_t)^2}{\operatorname{E} x_t^2}"#,
    α * α + σ * σ * λ - slope * slope * c)
  proof.equals(
    #"\alpha^2 + \sigma^2 \lambda - \frac{\alpha^2 \sigma^2 (1 - \lambda)^2}{c}"#,
    because: #"$\operatorname{E} \eta x_t = \alpha \sigma (1 - \lambda)$: the best linear guess "#
      + #"is $\alpha \sigma (1 - \lambda)\, x_t / c$"#,
    α * α + σ * σ * λ - α * α * σ * σ * (1 - λ) * (1 - λ) / c)
  proof.equals(
    #"\frac{\lambda (\alpha^2 + \sigma^2)^2}{c} = \frac{\lambda}{c}"#,
    because: "multiply out: $(\\alpha^2 + \\sigma^2 \\lambda)(\\alpha^2 \\lambda + \\sigma^2) - "
      + "\\alpha^2 \\sigma^2 (1 - \\lambda)^2 = \\lambda (\\alpha^2 + \\sigma^2)^2$",
    λ / c)
}
//: So $\hat \eta = \frac{\alpha \sigma (1 - \lambda)}{c} x_t + \sqrt{\lambda / c}\, F(\sqrt{\lambda / c}\, x_t)$, with
//: the unit of what is left outside and the data's own variances inside, is a network of which $F = 0$ draws *one
//: Gaussian* of the table. [](@karras-2022) scale all pixels alike. *One Gaussian* is in the table because training
//: starts there: the lead over it, and no more, is what the layers have learnt.

//: ## Deeper: Is my number right?
//:
//: Five seeds to compare your run with.
lesson.bands("Headline figures") { seed in
  let n = seeds.firstIndex(of: seed)
  let plane =
    n.map { planes[$0] }
    ?? PlaneStudy(moons, schedule: schedule, epochs: 120, seed: seed)
  let images =
    n.map { studies[$0] }
    ?? ImageStudy(digits, schedule: schedule, levels: levels, epochs: epochs, seed: seed)
  return [
    "moons: cosine at σ/α = 0.30": plane.cosine(plane.all, schedule[60]),
    "moons: samples from true points": plane.sample(plane.all, 500, schedule: schedule).away,
    "images: energy distance, Heun": images.distances[ImageStudy.heun].value,
    "images: energy distance, autoencoder, drawn": images.distances[ImageStudy.decoder].value,
    "images: nearest training image": images.novelty(1),
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question Someone stores $\sigma_t^2$ in a table called `sigma` and computes $x_t = \alpha_t x_0 + \sigma_t^2
//: \varepsilon$ in training. The loss falls. What do the samples look like?
//: @answer The network denoises, at each level, less noise than the sampler believes. The sampler begins with noise
//: that is right at the top, and lower down hands the network points that are noisier than any it has seen. What comes
//: out is not the data; no loss shows it. The check of the marginals does.
//:
//: @question The bound has the weight $\gamma_s - \gamma_t$. Which levels does it favour, and why do people drop it?
//: @answer Little noise, where $\gamma$ is huge: the bound counts nats of fine detail, in which most of a density lies.
//: Without it the training looks more at the levels where the shape of the image is decided.
//:
//: @question Ancestral sampling with $T = 1$, from $x_1$ to $x_0$, and Euler's method with $T = 1$: what does each
//: return, with the exact denoiser and hardly any signal at level 1?
//: @answer Both return $\hat x_0(x_1)$, nearly the mean of the data, whatever the noise. One step from noise to data
//: cannot be made by a denoiser.
//:
//: @question The samples' energy distance to held-out images is as small as that of the training images. Is the model
//: good?
//: @answer It may be a memory: the training images themselves score like that. Look at the nearest training images.

//: ## Sources
//:
//: @sources
lesson.finish()
