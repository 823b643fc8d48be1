//: # 7 · The variational autoencoder's KL
//:
//: A variational autoencoder turns an image into a *distribution* over codes, and maximises a lower bound on $\log
//: p(x)$: a reconstruction term minus a Kullback–Leibler divergence. This lesson derives the bound where every term can
//: be computed, and then tests, on digits, the uses such networks are recommended for.
//:
//: @opening map
//: - derive the bound and its gap, and compute both exactly for a linear model;
//: - write the divergence of two Gaussians, and a gradient that passes through a sample;
//: - say which latent dimensions collapse, from the eigenvalues of the data;
//: - judge a bound, an anomaly score or a filled gap against the simple rival that it has to beat.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "The evidence bound is reconstruction minus KL; with linear layers it is probabilistic PCA; "
    + "what its codes and likelihoods are good for, measured.")
let β = lesson.knob("beta", 1.0, in: 0.5...2, "the weight β of KL in the large network")
let k = lesson.knob("latent", 8, in: 4...32, "the number k of latent dimensions")
let hidden = lesson.knob("hidden", 64, in: 32...160, "hidden units of encoder and decoder")

let digits = lesson.images(ImageNeeds(classes: 2, ofEachClass: 20))
let D = digits.width * digits.height
//: The images are the 8 × 8 digits of [](@digits), unless `--data` names others; white is 1.

//: ## A code that is a distribution
//:
//: [Srihari's](@srihari) stochastic encoder and decoder are two conditional distributions, $p(h \mid x)$ and
//: $p(x \mid h)$. Here the decoder comes first and makes a model: draw a code $z$ from the *prior* $p(z) = \mathcal
//: N(0, I)$, then $x$ from $p(x \mid z)$. Which codes may be behind an $x$? Bayes' rule answers: $p(z \mid x) =
//: p(x \mid z) p(z) / p(x)$. Take a linear decoder with Gaussian noise, $p(x \mid z) = \mathcal N(Wz + c, \tau^2 I)$,
//: for 5 pixels and codes of 2 numbers. Then all of these are Gaussians.
//: @file LinearGaussian.swift Gaussians whose integrals are known
var drawing = lesson.stream("linear-Gaussian model")
let model = LinearGaussian(
  W: .normal(rows: 5, columns: 2, using: &drawing), c: [0.5, -0.2, 0, 0.1, 0.3], τ²: 0.6)
let x = model.mean([0.8, -0.5]) .+ [0.4, -0.6, 0.2, 0.9, -0.3]
let (prior, posterior) = (Gaussian.standard(2), model.posterior(x))
let logEvidence = model.marginal.logDensity(x)
lesson.derive("Bayes' rule, at four codes, and the integral in its denominator") { proof in
  let codes = [[0.0, 0.0], [1, -1], [-0.5, 2], [3, 0.2]]
  let joint = { z in model.logLikelihood(x, z) + prior.logDensity(z) }
  let total = Double.log(doubleIntegral { z in Double.exp(joint(z)) })
  proof.start(#"\log p(x \mid z) + \log p(z)"#, codes.map(joint))
  proof.equals(
    #"\log p(z \mid x) + \log p(x)"#,
    because: #"$p(z \mid x) = \mathcal N(M^{-1} W^\top (x - c), \tau^2 M^{-1})$ with $M = "#
      + #"W^\top W + \tau^2 I$; $p(x) = \mathcal N(c, W W^\top + \tau^2 I)$"#,
    codes.map { z in posterior.logDensity(z) + logEvidence })
  proof.equals(
    #"\log p(z \mid x) + \log \int p(x \mid z') \, p(z') \, dz'"#,
    because: "a marginal is an integral; here by the trapezoidal rule on 81 × 81 codes",
    codes.map { z in posterior.logDensity(z) + total })
}
lesson.say(
  "A curved decoder has no closed form, and with \(k) latent dimensions the same rule takes "
    + "$81^{\(k)} = \(TeXNumber((0..<k).reduce(1.0) { n, _ in 81 * n }))$ decodings for one "
    + "image: $p(x)$ is *intractable*.")

//: ## A bound and a gap
//:
//: So give up the posterior and take any other distribution $q(z)$ in its place. What does that cost? Line 3 splits
//: the fraction; both parts are divergences, $\operatorname{KL}(q \parallel p) = \operatorname{E}_q \log \frac qp$.
let q = Gaussian([0.2, -0.1], [[0.30, 0.12], [0.12, 0.25]])
lesson.derive(
  #"$\log p(x)$ is the ELBO plus $\operatorname{KL}(q(z) \parallel p(z \mid x))$, for any $q$"#,
  within: 1e-10
) { proof in
  let expectation = { (f: ([Double]) -> Double) in
    doubleIntegral { z in Double.exp(q.logDensity(z)) * f(z) }
  }
  let fit = expectation { z in model.logLikelihood(x, z) }
  proof.start(#"\log p(x)"#, logEvidence)
  proof.equals(
    #"\operatorname{E}_q \log \frac{p(x \mid z) \, p(z)}{p(z \mid x)}"#,
    because: "Bayes' rule: the fraction is $p(x)$ whatever $z$ is, so is its mean (by the "
      + "trapezoidal rule)",
    expectation { z in
      model.logLikelihood(x, z) + prior.logDensity(z) - posterior.logDensity(z)
    })
  proof.equals(
    #"\operatorname{E}_q \log p(x \mid z) - \operatorname{E}_q \log \frac{q(z)}{p(z)} + "#
      + #"\operatorname{E}_q \log \frac{q(z)}{p(z \mid x)}"#,
    because: "multiply and divide by $q(z)$",
    fit - expectation { z in q.logDensity(z) - prior.logDensity(z) }
      + expectation { z in q.logDensity(z) - posterior.logDensity(z) })
  let bound = model.expectedLogLikelihood(x, q) - q.divergence(from: prior)
  proof.equals(
    #"\operatorname{E}_q \log p(x \mid z) - \operatorname{KL}(q \parallel p(z)) + "#
      + #"\operatorname{KL}(q \parallel p(z \mid x))"#,
    because: "the definition of the divergence (each term now by its closed form)",
    bound + q.divergence(from: posterior))
  proof.atLeast(
    #"\operatorname{E}_q \log p(x \mid z) - \operatorname{KL}(q \parallel p(z)) + "#
      + #"\operatorname{E}_q \Bigl( 1 - \frac{p(z \mid x)}{q(z)} \Bigr)"#,
    because: #"$\log y \ge 1 - \frac1y$ for every $y > 0$, with equality only at 1"#,
    bound + expectation { z in 1 - Double.exp(posterior.logDensity(z) - q.logDensity(z)) })
  proof.equals(
    #"\operatorname{E}_q \log p(x \mid z) - \operatorname{KL}(q \parallel p(z)) = "#
      + #"\operatorname{ELBO}"#,
    because: "both densities integrate to 1; so a divergence is never negative, and 0 only for "
      + "equal densities", bound)
}
//: Only the last term of line 4 needs the posterior, and it is left out. The encoder cannot change $\log p(x)$, so
//: raising the ELBO moves $q$ towards the posterior; the decoder raises $\log p(x)$ or lowers the gap.
let candidates = [
  ("the prior", prior), ("the $q$ above", q),
  ("best without correlation", posterior.bestProduct), ("the posterior", posterior),
]
let fits = candidates.map { model.expectedLogLikelihood(x, $1) }
let divergences = candidates.map { $1.divergence(from: prior) }
let gaps = candidates.map { $1.divergence(from: posterior) }
lesson.finding(
  "The bound misses $\\log p(x)$ by exactly its gap: \(Numeral.short(gaps[0], significant: 3)) "
    + "nats if $q$ is the prior, \(Numeral.short(gaps[2], significant: 2)) for the best $q$ "
    + "without correlation, 0 for the posterior.")
lesson.figure(
  "bound", "Four choices of $q$ for one $x$: the gap is exactly what the ELBO lacks."
) {
  boundFigure(
    ["the prior", "the q above", "best product", "posterior"], bounds: fits .- divergences,
    logEvidence: logEvidence, floor: ((fits .- divergences).least() - 1).rounded(.down))
}
lesson.table(
  "One $x$, four distributions of codes", columns: boundColumns,
  rows: boundRows(candidates.map(\.0), fits, divergences, gaps))
lesson.check(
  #"ELBO + gap against $\log p(x)$, all four"#, fits .- divergences .+ gaps,
  equal: candidates.map { _ in logEvidence }, within: 1e-10,
  because: "the identity; rounding")

//: ## The KL between two diagonal Gaussians
//:
//: Training needs the divergence of every example, so it had better be a formula. In one dimension, $q = \mathcal N(\mu,
//: \sigma^2)$ and $p = \mathcal N(m, s^2)$:
let (μ₁, σ₁, m₁, s₁) = (0.7, 0.5, -0.2, 1.3)
lesson.derive("One dimension") { proof in
  let expectation = { (f: (Double) -> Double) in
    integral { z in Double.exp(logNormal(z, μ₁, σ₁)) * f(z) }
  }
  proof.start(
    #"\int q(z) \log \frac{q(z)}{p(z)} \, dz"#,
    expectation { z in logNormal(z, μ₁, σ₁) - logNormal(z, m₁, s₁) })
  proof.equals(
    #"\log \frac{s}{\sigma} - \frac{\operatorname{E}_q (z - \mu)^2}{2 \sigma^2} + "#
      + #"\frac{\operatorname{E}_q (z - m)^2}{2 s^2}"#,
    because: #"$\log \mathcal N(z; \mu, \sigma^2) = -\frac12 \log 2\pi - \log \sigma - \frac{(z "#
      + #"- \mu)^2}{2 \sigma^2}$"#,
    Double.log(s₁ / σ₁) - expectation { ($0 - μ₁) * ($0 - μ₁) } / (2 * σ₁ * σ₁)
      + expectation { ($0 - m₁) * ($0 - m₁) } / (2 * s₁ * s₁))
  proof.equals(
    #"\log \frac{s}{\sigma} - \frac12 + \frac{\sigma^2 + (\mu - m)^2}{2 s^2}"#,
    because: #"the variance of $q$; and $(z - m)^2 = (z - \mu)^2 + 2 (z - \mu)(\mu - m) + (\mu "#
      + #"- m)^2$, whose middle term has mean 0"#,
    Double.log(s₁ / σ₁) - 0.5
      + (σ₁ * σ₁ + (μ₁ - m₁) * (μ₁ - m₁)) / (2 * s₁ * s₁))
}
//: For $p = \mathcal N(0, 1)$ this is $\frac12 (\mu^2 + \sigma^2 - \log \sigma^2 - 1)$. It is not symmetric, so not a
//: distance. In several dimensions it is a sum, if *both* distributions are products:
let qProduct = Gaussian([0.7, -0.4], [[0.25, 0], [0, 0.6]])
let pProduct = Gaussian([-0.2, 0.3], [[1.69, 0], [0, 0.8]])
lesson.derive("Several dimensions, all independent") { proof in
  let (q, p) = (qProduct, pProduct)
  let factor = { (g: Gaussian, j: Int, z: Double) in logNormal(z, g.m[j], g.C[j, j].squareRoot())
  }
  proof.start(
    #"\int q(z) \log \frac{q(z)}{p(z)} \, dz"#,
    doubleIntegral { z in Double.exp(q.logDensity(z)) * (q.logDensity(z) - p.logDensity(z)) })
  proof.equals(
    #"\sum_j \int q_j(z_j) \log \frac{q_j(z_j)}{p_j(z_j)} \, dz_j"#,
    because: "the logarithm of a product is a sum, and in term $j$ the other factors of $q$ "
      + "integrate to 1",
    (0..<2).map { j in
      integral { z in Double.exp(factor(q, j, z)) * (factor(q, j, z) - factor(p, j, z)) }
    }.sum())
  proof.equals(
    #"\sum_j \tfrac12 \Bigl( \log \frac{s_j^2}{\sigma_j^2} + \frac{\sigma_j^2 + (\mu_j - "#
      + #"m_j)^2}{s_j^2} - 1 \Bigr)"#,
    because: "one dimension, above (here by the course's own function)",
    q.diagonal.divergence(from: p.diagonal).sum)
}
var sampling = lesson.stream("Monte Carlo divergence")
let monteCarlo = Estimate(
  qProduct.samples(20000, using: &sampling).map { z in
    qProduct.logDensity(z) - pProduct.logDensity(z)
  })
lesson.check(
  "Monte Carlo, 20000 samples, against the formula, in standard errors",
  monteCarlo.deviation(from: qProduct.divergence(from: pProduct)), isBelow: 4,
  because: "a normal deviate passes 4 once in 16,000 runs")

//: ## A gradient through a sample
//:
//: The reconstruction term is an expectation under $q$, which depends on the encoder's weights.
//: Draw $z$, compute $f(z) = \log p(x \mid z)$ and differentiate? A drawn $z$ is a number; its
//: derivative in $\mu$ is zero, and the encoder learns nothing from the images. There are two
//: ways out, shown for $f(z) = \log \operatorname{sigmoid}(3z - 1)$, the log-probability of a
//: pixel that is on:
let f = { (z: Double) in -Double.softplus(1 - 3 * z) }
let slope = { (z: Double) in 3 * Double.sigmoid(1 - 3 * z) }
lesson.derive(
  #"The two derivatives of $\operatorname{E}_q f(z)$, with $q = \mathcal N(\mu, \sigma^2)$ "#
    + "(line 1 by central differences)"
) { twoGradients(&$0, f, slope: slope, μ: μ₁, σ: σ₁) }
//: @file Gradients.swift the derivation, and three estimates of a gradient
//: The first ([](@williams-1992)) needs only values of $f$; the second ([](@kingma-welling-2013)) needs its
//: derivative, which back-propagation supplies.
lesson.figure(
  "graphs",
  "The gradient ends at a drawn $z$, but passes through "
    + "$z = \\mu + \\sigma \\varepsilon$ on its way to the encoder."
) { graphFigure() }
//: @file Graphs.swift the two ways to the gradient, as pictures
lesson.figure(
  "two-roads",
  "Increasing $\\mu$ changes, above, the density that weights $f$; below, it moves the samples "
    + "along $f$."
) { gradientFigure(f, μ: μ₁, σ: σ₁, δ: 0.35) }

//: ## The heart: one step of training
//:
//: The network has one hidden layer of $\tanh$ units on both sides. Its encoder gives $\mu$ and, bounded by $20
//: \tanh(\cdot / 20)$, $\log \sigma^2$. The loss is minus the bound, up to a constant, with a weight $\beta_j$ for each
//: dimension's divergence (1 for the bound itself) and one code per example:
//:
//: $$ \frac1N \sum_n \Bigl[ \frac{\lVert x_n - \hat x_n \rVert^2}{2 \tau^2} + \sum_j \frac{\beta_j}{2} \bigl(
//: \mu_{nj}^2 + \sigma_{nj}^2 - \log \sigma_{nj}^2 - 1 \bigr) \Bigr], \qquad z_n = \mu_n + \sigma_n \odot \varepsilon_n. $$
//: @heart the loss and its gradient
func boundStep(
  _ network: Network, _ x: Matrix<Double>, _ ε: Matrix<Double>, _ τ²: Double, _ β: [Double]
) -> (loss: Double, gradient: [Double]) {
  let (q, N) = (network.posterior(of: x), Double(x.rows))
  let (σ, σ²) = (q.standardDeviation, exp(q.logVariance))
  let z = q.mean + σ ⊙ ε
  let (x̂, decoder, atCode) = backPropagate(network.decoder, from: z) { ($0 - x) / (N * τ²) }
  let atμ = atCode + q.mean * .diagonal(β) / N
  let bend = q.logVariance.map { 1 - ($0 / 20) * ($0 / 20) }
  let atLogσ² = 0.5 * (atCode ⊙ σ ⊙ ε + σ².map { $0 - 1 } * .diagonal(β) / N) ⊙ bend
  let encoder = backPropagate(network.encoder, from: x) { _ in beside(atμ, atLogσ²) }
  let loss = squaredError(x, x̂) / (2 * τ²) + dot(β, q.divergence().columnMeans)
  return (loss, encoder.parameters + decoder)
}
//: @file Training.swift how the networks are trained
let trial = HeartTrial(digits.scaled[rows: 0..<20], latent: k, hidden: hidden, boundStep)
lesson.check(
  "loss and gradient of the heart against the library's, all parameters", trial.heart,
  equal: trial.library, within: 1e-12, scale: 1, because: "the same sums in another order")

//: ## Deeper: Two gradients, two variances
//:
//: Both gradients are unbiased. They differ in their variance, and that decides which one trains.
//:
//: Twenty thousand samples of each, for $f(z) = -\frac12 \lVert z - a \rVert^2$ in $k$ dimensions with $\sigma =
//: \frac12$ and every component of $a - \mu$ equal to 1. The first component of the gradient, whose exact value is 1:
let toys = [1, 8, 64].map { k in (k: k, toy: GradientToy(K: k, σ: 0.5, samples: 20000)) }
let exact64 = toys[2].toy.exactVariance
let varianceRatio = exact64.score / exact64.reparameterised
let baselineRatio = exact64.withBaseline / exact64.reparameterised
lesson.table(
  "Estimates of a gradient that is 1", columns: gradientTable(toys).columns,
  rows: gradientTable(toys).rows)
lesson.finding(
  "With 64 latent dimensions the score-function gradient has "
    + "\(Numeral.short((varianceRatio / 100).rounded() * 100)) times the variance of the "
    + "reparameterised one; subtracting the mean of $f$ leaves a factor of "
    + "\(Numeral.short(baselineRatio.rounded())).")
lesson.check(
  "the three estimates are unbiased, every $k$: largest deviation in standard errors",
  toys.flatMap { $0.toy.all.map { $0.deviation(from: GradientToy.exact) } }.greatest(),
  isBelow: 4,
  because: "nine normal deviates: one passes 4 once in 1,800 runs")
lesson.check(
  "their variances ∕ the exact ones, every $k$",
  toys.flatMap { toy -> [Double] in
    let (t, exact) = (toy.toy, toy.toy.exactVariance)
    return [
      t.reparameterised.variance / exact.reparameterised, t.score.variance / exact.score,
      t.scoreWithBaseline.variance / exact.withBaseline,
    ]
  }, equal: [Double](repeating: 1, count: 9), within: 0.15,
  because:
    "20,000 samples estimate a variance to about $\\sqrt{\\kappa / 20000}$, and the fourth "
    + "moments $\\kappa$ of these products are below 40: 0.15 is over 3 standard errors")
//: The derivative concerns one component of the code, whatever $k$ is. The score function multiplies that component's
//: noise by the whole of $f$: by its mean, which is proportional to $k$, and by what all the other components add.

//: ## A variational autoencoder of images
//:
//: Now the digits: two thirds to train with, one third held out; $\tau^2$ is learnt as well. For
//: a Gaussian decoder $-\log p(x \mid z) = \frac{1}{2 \tau^2} \lVert x - \hat x \rVert^2 + \frac
//: D2 \log 2 \pi \tau^2$. Everything below is trained for five seeds, each with its own split,
//: weights (at first uniform in $\pm \sqrt{6 / (\text{inputs} + \text{outputs})}$) and noise: 80
//: epochs of Adam in batches of 100, the step falling from 0.01 to a twentieth of that.
let seeds = [lesson.seed] + (1...5).filter { $0 != lesson.seed }.prefix(D <= 64 ? 4 : 1)
var history: [Milestone] = []
let studies = seeds.map { seed in
  Study(
    digits, latent: k, hidden: hidden, β: β, seed: seed, boundStep: boundStep,
    observer: seed != lesson.seed
      ? nil : { history += milestone($0, $1, $2, $3, seed: lesson.seed) })
}
let study = studies[0]
let (training, test, network) = (study.training, study.test, study.network)
let (X, Y) = (training.scaled, test.scaled)
let τ² = network.noiseVariance ?? .nan
//: @file Study.swift what is trained and measured for one seed
lesson.figure(
  "training",
  "Above, the bound, still rising on training and held-out images; below, its terms on the "
    + "latter."
) { trainingFigure(history) }
lesson.say(
  "The learnt $\\tau$ is \(Numeral.short(τ².squareRoot(), significant: 2)); a density may well "
    + "exceed 1, so its logarithm may be positive.")
lesson.check(
  "the ELBO rises: its largest fall on training images from one point to the next, share of the "
    + "rise",
  zip(history, history.dropFirst()).map { $0.onTraining - $1.onTraining }.greatest()
    / (history[history.count - 1].onTraining - history[0].onTraining), isBelow: 0.01,
  because: "a fraction of a nat of sampling noise, in a rise of a hundred")
//: Is it a good model? On pixels that never vary a model's density can be arbitrarily high; so
//: here grey values are drawn uniformly from the interval that each stands for. The rivals are
//: Gaussians, whose $\log p(x)$ is exact, with settings chosen on a quarter of the training part.
//: @file Rivals.swift the Gaussian rivals
let contests = studies.map(\.contest)
let leads = contests[0].names.indices.map { i in
  overSeeds(contests.map { $0.lead(i, over: 2).mean })
}
let scaledLead = overSeeds(contests.map { $0.lead(5, over: 3).mean })
lesson.table(
  "Nats per held-out image, mean over \(seeds.count) seeds", columns: contestColumns,
  rows: contestRows(contests, leads))
lesson.finding(
  "The network's bound is \(side(leads[1])) probabilistic PCA with as many latent dimensions, "
    + "but \(side(leads[5])) a full-covariance Gaussian: a comparison at equal $k$ misleads. "
    + "With a noise variance for each pixel it is \(side(scaledLead)) that one.")
lesson.check(
  "the ELBO is above the log-likelihood of one blob, every seed: least lead in nats",
  contests.map { $0.lead(2, over: 0).mean }.least(), isAbove: 10,
  because: "less than a factor $e^{10}$ would mean that codes do not help")
// With many dimensions probabilistic PCA comes near the full Gaussian, and overtakes.
for lead in [leads[1]] where k <= 8 {
  lesson.check(
    "the ELBO is above probabilistic PCA of the same size, in standard errors over seeds",
    -lead.mean / lead.error, isAbove: 3, because: "a paired difference; 3 standard errors")
}

//: ## Deeper: Why a Gaussian wins
//:
//: No digit is drawn from a Gaussian, and yet its likelihood is far above the network's. It wins on the directions in
//: which digits hardly vary.
let others = [(start: 1.0, epochs: 160), (0.5, 80)].map { start, epochs in
  trainedNetwork(
    X, latent: k, hidden: hidden, β: β, start: start, epochs: epochs, seed: lesson.seed)
}
let gains = others.map {
  evidence($0, Y, seed: lesson.seed).mean.bound - study.terms.bound
}
let below = contests[0].variances.count { $0 < τ² }
let belowShare =
  contests[0].leadByAxis[(D - below)...].sum() / contests[0].leadByAxis.sum()
lesson.say(
  "\(below) of the \(D) principal axes have a variance below the network's $\\tau^2$ = "
    + "\(Numeral.short(τ², significant: 2)), many far below: strokes never go there. The full "
    + "covariance knows each of these variances; a decoder with one $\\tau$ for all pixels, like "
    + "probabilistic PCA, pays $\\frac12 \\bigl( \\log \\frac{\\tau^2}{\\lambda_i} - 1 + "
    + "\\frac{\\lambda_i}{\\tau^2} \\bigr)$ nats for each. "
    + "These axes hold \(Numeral.percent(belowShare, decimals: 0)) of the Gaussian's lead over "
    + "probabilistic PCA of the same size $k$. A noise variance for each pixel gains "
    + "\(withError(leads[3], decimals: 1)) nats. Nor has the network converged: twice the epochs "
    + "gain \(Numeral.fixed(gains[0], decimals: 1)) nats, weights half as large at the start "
    + "\(Numeral.fixed(gains[1], decimals: 1)) (this run's seed), and `--latent 32` shows what "
    + "more dimensions add. Validation chose \(contests[0].size) dimensions for probabilistic "
    + "PCA and a ridge of \(Numeral.short(contests[0].ridge)) for the Gaussian. Nats compare "
    + "models of noise as much as models of digits.")

//: ## The map of two numbers
//:
//: With $k = 2$ the code can be drawn. Above, held-out images at their means $\mu$; below, what the decoder makes of
//: the middle of each cell.
lesson.figure(
  "map",
  "The plane of a code of two numbers: above, the held-out image nearest to each place; below, "
    + "images decoded from there."
) { mapFigure(study.flat, Y, width: digits.width) }
//: @file Figures.swift the figures of this lesson
let mapErrors = studies.map { $0.nearestCodeErrors($0.flat) }
let planeErrors = studies.map { $0.nearestScoreErrors(2) }
let mapGain = overSeeds(planeErrors .- mapErrors)
lesson.finding(
  "With two numbers an image, the nearest training code mislabels "
    + "\(Numeral.percent(mean(mapErrors))) of held-out images, two principal scores "
    + "\(withError((100 * mapGain.mean, 100 * mapGain.error), decimals: 1)) points more.")
lesson.say(
  "That is after 160 epochs; after 80 the errors were still "
    + "\(Numeral.percent(mean(studies.map { $0.nearestCodeErrors($0.flatHalfway) }))). The bound "
    + "never asked for classes.")

//: ## With linear layers it is probabilistic PCA
//:
//: Probabilistic PCA ([](@tipping-bishop-1999)) is the linear model of the first section, fitted by maximum likelihood.
//: Let the data have mean 0 and a covariance with eigenvalues $\lambda_1 \ge \lambda_2 \ge \dots$. How large can the
//: likelihood be? The rival below has any $W$ and $\tau^2$; its covariance $C = W W^\top + \tau^2 I$ has eigenvectors
//: $a_i$ with variances $m_1 \ge \dots \ge m_k$, and $\tau^2$ in all other directions.
let (axes, size) = (min(D, 64), 4)
let λ = Baselines(X).variances[..<axes].map { max($0, 0) }
let discarded = λ[size...].sum() / Double(axes - size)
var random = lesson.stream("linear rival")
let rival = 0.2 * Matrix<Double>.normal(rows: axes, columns: size, using: &random)
lesson.derive("No rival has a larger likelihood (mean over the data, $k = 4$)") {
  largestLikelihood(&$0, λ, rival, τ²: 0.03)
}
//: Equality is possible: $a_i$ the principal axes, $m_i = \lambda_i$ and $\tau = \tau_*$, which is allowed because
//: $\lambda_k \ge \tau_*^2$. So $W = U_k (\Lambda_k - \tau_*^2 I)^{1/2} R$ with any rotation $R$.

//: ## Deeper: A linear network finds the axes
//:
//: A variational autoencoder with linear layers gets there, and finds the principal axes themselves, which a linear
//: autoencoder without a penalty does not.
//:
//: Its $q$ is diagonal, and the posterior's covariance is $\tau^2 M^{-1}$ with $M = R^\top \Lambda_k R$: diagonal for
//: $R = I$. So the bound can be tight, if the columns of $W$ are the principal axes themselves and not just any basis
//: of their subspace ([](@lucas-2019)). Only $\Lambda$ matters, so the made-up examples $\pm \sqrt{D \lambda_i} \, e_i$
//: stand for all images, as in [lesson 02](../02-linear-autoencoder/README.md). And $2k$ fixed points in place of
//: random $\varepsilon$ make the expectation exact, so that L-BFGS can maximise it:
//: @file Derivations.swift derivations of the side roads
let made = Matrix(rows: 2 * axes, columns: axes) { n, i in
  n % axes == i ? (n < axes ? 1 : -1) * (Double(axes) * λ[i]).squareRoot() : 0
}
let start = LinearNetwork(axes: axes, latent: size, seed: lesson.seed)
let linear = start.trained(on: made, iterations: 1500)
lesson.derive("For a linear decoder the expectation over $2k$ points is exact") {
  exactExpectation(&$0, start.network, made)
}
let columns = linear.columns
let cosines = (0..<size).map { i in abs(columns[i][i]) / norm(columns[i]) }
let best =
  -(Double(axes) * Double.log(2 * .pi) + λ[..<size].map { Double.log($0) }.sum()
  + Double(axes - size) * Double.log(discarded) + Double(axes)) / 2
lesson.table(
  "The linear network against probabilistic PCA", columns: axisColumns,
  rows: axisRows(linear, λ, cosines))
lesson.check(
  "the trained bound against the largest likelihood, in nats", -linear.value, equals: best,
  within: 1e-4, because: "the theorem; L-BFGS is stopped by its line search near the flat optimum"
)
lesson.check(
  "largest principal angle to the first \(size) axes, in radians",
  principalAngles(between: linear.W, and: Matrix.identity(axes)[columns: 0..<size]).last ?? .nan,
  isBelow: 0.02,
  because: "an angle costs in second order: 1e−4 of the bound allows about 1e−2")
lesson.check(
  "each column is a principal axis: largest 1 − |cos|", 1 - cosines.least(), isBelow: 0.01,
  because: "as above; close eigenvalues make the turn between two axes nearly free")
lesson.check(
  #"the four mean divergences against $\frac12 \log \frac{\lambda_i}{\tau_*^2}$"#,
  linear.network.posterior(of: made).divergence().columnMeans.sorted(by: >),
  equal: λ[..<size].map { Double.log($0 / discarded) / 2 }, within: 0.01,
  because:
    "the posterior's variance on axis $i$ is $\\tau_*^2 / \\lambda_i$; the tolerance as above")
//: In lesson 02 it took weight decay to find the axes. Here the divergence does, because the encoder's noise is
//: independent in the code's components. Turn the first and the fourth column by 45°: $W W^\top + \tau^2 I$, the model
//: of the images, is the same, but the posterior is correlated. Both diagonal entries of $M$ become $\frac12 (\lambda_1
//: + \lambda_4)$, $\det M$ stays, and the best diagonal $q$ leaves a gap, small if the two eigenvalues are close:
let correlated = linear.turned.posterior(made.row(0))
lesson.check(
  #"gap of the turned decoder against $\frac12 \log \frac{(\lambda_1 + \lambda_4)^2}{4 "#
    + #"\lambda_1 \lambda_4}$, in nats"#,
  correlated.bestProduct.divergence(from: correlated),
  equals: Double.log((λ[0] + λ[3]) * (λ[0] + λ[3]) / (4 * λ[0] * λ[3])) / 2, within: 0.01,
  because: "exact for exact axes; those of the trained network are off by the angles above")

//: ## β, and the dimensions that are used
//:
//: For a Gaussian decoder with a fixed $\tau^2$ the weight $\beta$ of the divergence ([](@higgins-2017)) is a noise
//: variance in disguise:
lesson.derive(
  #"Weight $\beta$ with variance $\tau^2$ is weight 1 with variance $\beta \tau^2$"#
) {
  proof in
  let (τ², β, N) = (0.05, 4.0, 20)
  var random = lesson.stream("disguise")
  let ε = Matrix<Double>.normal(rows: N, columns: k, using: &random)
  let loss = { (variance: Double, β: Double) in
    lossOfWaves(X[rows: 0..<N], ε, hidden: hidden, β: β, variance: variance)
  }
  let D = Double(D)
  proof.start(
    #"\frac{1}{2 \tau^2} \operatorname{E} \lVert x - \hat x \rVert^2 + \tfrac D2 \log 2 \pi "#
      + #"\tau^2 + \beta \operatorname{KL}"#,
    loss(τ², β))
  proof.equals(
    #"\beta \Bigl( \frac{1}{2 \beta \tau^2} \operatorname{E} \lVert x - \hat x \rVert^2 + "#
      + #"\tfrac D2 \log 2 \pi \beta \tau^2 + \operatorname{KL} \Bigr) + \text{a constant}"#,
    because:
      #"take $\beta$ out; the constant is $\frac D2 (\log 2 \pi \tau^2 - \beta \log 2 \pi \beta "#
      + #"\tau^2)$"#,
    β * loss(β * τ², 1) + D / 2
      * (Double.log(2 * .pi * τ²) - β * Double.log(2 * .pi * β * τ²)))
}
//: So the scale of the reconstruction term decides. The plain squared error $\lVert x - \hat x \rVert^2$ plus KL is
//: $\beta \tau^2 = \frac12$; its mean over the pixels plus KL is $\beta \tau^2 = \frac D2$. In the linear model the best
//: bound is a log-likelihood, and a latent dimension of strength $w$ along an axis with variance $\lambda$ turns the
//: model's variance there from $\beta \tau^2$ into $w^2 + \beta \tau^2$. The gain is $g(w)$:
lesson.derive(
  #"What a dimension is worth, for $\beta \tau^2 = 0.05$ and $\lambda = 0.02, 0.05, 0.1, 0.5$; "#
    + "line 1 on a grid",
  within: 1e-6
) { proof in
  let (λs, τ²) = ([0.02, 0.05, 0.1, 0.5], 0.05)
  proof.start(
    #"\max_w g(w) = \max_w \tfrac12 \Bigl( \log \beta \tau^2 + \frac{\lambda}{\beta \tau^2} - "#
      + #"\log(w^2 + \beta \tau^2) - \frac{\lambda}{w^2 + \beta \tau^2} \Bigr)"#,
    λs.map { λ in
      (0...20000).map { i -> Double in
        let s = τ² + 1e-8 * Double(i) * Double(i)
        return (Double.log(τ²) + λ / τ² - Double.log(s) - λ / s) / 2
      }.greatest()
    })
  proof.equals(
    #"\tfrac12 \Bigl( \frac{\lambda}{\beta \tau^2} - 1 - \log \frac{\lambda}{\beta \tau^2} "#
      + #"\Bigr) \text{ if } \lambda > \beta \tau^2 \text{, else } 0"#,
    because: #"$g' = 0$ at $w^2 = \lambda - \beta \tau^2$; if that is negative, $g$ falls from "#
      + "$w = 0$ on",
    λs.map { λ in λ > τ² ? (λ / τ² - 1 - Double.log(λ / τ²)) / 2 : 0 })
}
//: A direction whose variance is below $\beta \tau^2$ is not worth its divergence: its $w$ is 0, and its $q$ is the
//: prior whatever the image. That is *collapse*. Below are curved networks with a fixed $\tau^2 = 0.05$ after 30 epochs;
//: a dimension counts as used above 0.1 nats.
let sweeps = study.sweep.indices.map { i in studies.map { $0.sweep[i] } }
let used = sweeps.map { trials in mean(trials.map { Double($0.used) }) }
lesson.table(
  "The weight of the divergence: mean over seeds (least to greatest)",
  columns: weightColumns, rows: weightRows(sweeps, λ, k: k))
//: @file Collapse.swift the sweep and the two remedies
lesson.finding(
  "A dimension is used only if its variance is worth its divergence: of \(k) the network uses, "
    + "after 30 epochs, "
    + "\(Numeral.fixed(used[2], decimals: 1)) at $\\beta = 1$, "
    + "\(Numeral.fixed(used[5], decimals: 1)) under squared error + KL, "
    + "\(Numeral.fixed(used[6], decimals: 1)) if that error is averaged over pixels.")
lesson.figure(
  "collapse",
  "This run's seed. Above, the bound is highest near $\\beta = 1$; below, more weight drops one "
    + "dimension after another under 0.1 nats."
) { collapseFigure(study.sweep) }
lesson.check(
  "KL falls with β, every seed: largest ratio to that of the next smaller β",
  studies.flatMap { s in
    zip(s.sweep.dropFirst(), s.sweep).map { $0.terms.divergence / $1.terms.divergence }
  }.greatest(), isBelow: 1,
  because: "at the optimum it cannot rise: add the two optimality conditions of two weights")
lesson.check(
  "held-out ELBO for β = 1: least lead over β = 0 and β ≥ 4, every seed, in nats",
  studies.flatMap { s in
    [0, 4, 5, 6].map { s.sweep[2].terms.bound - s.sweep[$0].terms.bound }
  }.least(), isAbove: 0, because: "β = 1 is trained on this very score; neighbouring β may tie")
lesson.check(
  "mean squared error + KL: most dimensions used by any seed",
  studies.map { Double($0.sweep[6].used) }.greatest(), equals: 0, within: 0,
  because: "no eigenvalue of pixels between 0 and 1 reaches $D/2$: their sum is at most $D/4$")

//: ## Deeper: Remedies against collapse
//:
//: Do annealing ([](@bowman-2015)) and free bits ([](@kingma-2016)) help where squared error + KL has switched
//: dimensions off?
//:
//: Annealing lets $\beta$ grow slowly from 0; free bits let each dimension have some divergence for free.
//:
//: In the linear model the likelihood itself switches a dimension off, as derived above, so a better path to the same
//: optimum cannot bring it back; annealing is for networks that get stuck on the way. Free bits change the optimum: the
//: price of a dimension begins at half a nat. Both are trained with the heart's step.
let plainBounds = studies.map { $0.sweep[5].bound(variance: 0.5, pixels: D) }
let remedied = Remedy.allCases.indices.map { i in studies.map { $0.remedies[i] } }
let remedyGains = remedied.map { trials in
  overSeeds(zip(trials, plainBounds).map { $0.terms.bound - $1 })
}
lesson.table(
  "Squared error + KL, with and without a remedy: mean over seeds (least to greatest)",
  columns: remedyColumns, rows: remedyRows(sweeps[5], plainBounds, remedied, remedyGains))
lesson.say(
  verdict(
    remedyGains[0], least: 0.05,
    higher: "Annealing raises the bound: the plain run had not found its optimum.",
    lower:
      "Annealing lowers the bound in as many epochs: time spent at a small $\\beta$ is lost.",
    same: "Annealing makes no difference to the bound that matters: less than a twentieth of a "
      + "nat, or less than its error.") + " "
    + verdict(
      remedyGains[1], higher: "Free bits raise the bound.",
      lower: "Free bits keep dimensions in use and pay for them with the bound.",
      same: "Free bits keep dimensions in use, at no clear cost in the bound.")
    + " The remedy against this collapse is the scale of the reconstruction term: learn "
    + "$\\tau^2$."
)

//: ## Deeper: More than one code
//:
//: With $S$ codes an example the bound rises towards $\log p(x)$: needed for exercise 7.4.
//:
//: Write $\omega(z) = p(x \mid z) p(z) / q(z)$, whose mean under $q$ is $p(x)$.
lesson.derive("The logarithm of a mean is at least the mean of the logarithm") {
  jensen(&$0, model, q, x)
}
//: Jensen loses less if $\omega$ varies less, and a mean of $S$ weights varies less than one
//: ([](@burda-2015)). Each code added can only help. Line 2 is true for any numbers; the lines
//: are evaluated for $S = 3$ weights drawn from six values, all 216 triples:
lesson.derive("A bound with $S$ codes is at least one with $S - 1$") {
  oneMoreCode(&$0, model, q, x)
}
//: And none exceeds $\log \operatorname{E} \omega = \log p(x)$, by Jensen again; if $\omega$ is bounded, the law of large
//: numbers takes the bound all the way. Here $q$ is the best one without correlation, its variances tripled, and every
//: bound is a mean over 5000 repetitions:
let wide = Gaussian(posterior.m, 3 * candidates[2].1.C)
let copies = Matrix(rows: 5000, columns: 5) { _, i in x[i] }
let counts = [1, 5, 25]
let estimates = counts.map { S in
  Estimate(importanceWeights(model, wide, copies, codes: S, seed: lesson.seed))
}
lesson.table(
  "The importance-weighted bound",
  columns: ["codes $S$", "bound", "standard error", #"below $\log p(x)$ by"#],
  rows: zip(counts, estimates).map { S, e in
    [Cell(S)]
      + [e.mean, e.standardError, logEvidence - e.mean].map { .fixed($0, decimals: 4) }
  })
lesson.check(
  "one code: the gap is the divergence, in standard errors",
  estimates[0].deviation(from: logEvidence - wide.divergence(from: posterior)),
  isBelow: 4, because: "a normal deviate")
let few = Y[rows: 0..<min(200, Y.rows)]
let weighted = [1, 10, 100].map { importanceWeighted(network, few, codes: $0, seed: lesson.seed) }
lesson.table(
  "The same for the network of images: \(few.rows) held-out images", columns: ["codes", "nats"],
  rows: zip([1, 10, 100], weighted).map { [Cell($0), .fixed(mean($1), decimals: 2)] })
let rise = weighted[2] .- weighted[0]
lesson.check(
  "100 codes against 1, the network of images: rise in standard errors",
  mean(rise) / standardError(rise), isAbove: 3,
  because: "the theorem says it rises; 3 standard errors over images")
lesson.say(
  "So the gap of the network's ELBO is at least \(withError((mean(rise), standardError(rise)))) "
    + "nats. What is left of it with 100 codes is not known.")

//: ## Deeper: What correlation costs
//:
//: The divergence of a correlated $q$ is more than a sum over its components.
//:
//: [Session 19's](@session-19) loss has $\sum_j \operatorname{KL}(q_j(z \mid x) \parallel p(z))$. If $q$ is correlated,
//: that sum misses something: the mutual information of the code's components.
let tilted = Gaussian([0.7, -0.4], [[0.25, 0.31], [0.31, 0.6]])
lesson.derive(#"With correlations the sum over $j$ is too small"#) {
  costOfCorrelation(&$0, tilted)
}

//: ## Deeper: New images, in-betweens, one number at a time
//:
//: Samples of the prior, paths between two images, and one number of a code changed at a time.
//:
//: Draw codes from the prior and decode: images that never existed. Between two images one can go
//: through the codes, or fade one picture over the other. And Srihari's example changes the style
//: of a picture by one number of its code.
//: @file Trials.swift in-betweens, anomalies and missing pixels
var drawn = lesson.stream("new digits")
lesson.figure(
  "samples",
  "Forty-eight decoded codes: blurred images. On the default digits many read as a digit, others "
    + "as nothing in particular."
) { samplesFigure(network, width: digits.width, using: &drawn) }
lesson.figure(
  "interpolation",
  "Three pairs of held-out images, each twice. Through the codes shapes change; in the middle of "
    + "the cross-fade both images are visible at half strength."
) { interpolationFigure(network, test) }
lesson.figure(
  "traversal",
  "Two images, one row for each of the code's numbers, most used first, from −2.4 to 2.4: on "
    + "the default digits stroke, slant or shape change, often into another digit."
) { traversalFigure(network, test) }
let inBetweens = studies.map {
  InBetweens(
    $0.network, $0.test.scaled, $0.test.labels, training: $0.training.scaled, seed: $0.seed)
}
lesson.table(
  "Squared distance to the nearest training image: mean over seeds (least to greatest)",
  columns: ["images", "distance"],
  rows: inBetweens[0].kinds.indices.map { i in
    [Cell(inBetweens[0].kinds[i].name), spread(inBetweens.map { mean($0.kinds[i].distances) })]
  })
let halfway = overSeeds(inBetweens.map { $0.difference(2, 3).mean })
lesson.check(
  "halfway through the codes less halfway in the cross-fade of images, in standard errors over "
    + "pairs",
  inBetweens[0].difference(2, 4).mean / inBetweens[0].difference(2, 4).error, isBelow: -3,
  because: "paired differences; 3 standard errors")
lesson.say(
  "The fair comparison is with the cross-fade of *reconstructions*, because decoded images are "
    + "smooth and smoothness alone brings them nearer. "
    + verdict(
      halfway, higher: "There the codes lead farther from the images, by",
      lower: "There the codes still lead nearer to the images; the difference is",
      same: "There the difference is not clear,")
    + " \(withError(halfway)). Of 1000 samples of the prior "
    + "\(Numeral.percent(mean(inBetweens.map(\.nearSamples)), decimals: 0)) are as near to some "
    + "training image as 95 % of the held-out images are.")

//: ## Deeper: Anomalies
//:
//: Averages of two digits pass as *more* ordinary than digits, and the nearest training image is the better score.
//:
//: A model of $p(x)$ should notice what is not like the data. A network learns half of the
//: classes, and $-\operatorname{ELBO}$ is the score of strangeness. The area under the ROC curve
//: (AUC) is the probability that a strange image scores higher than an ordinary held-out one: 0.5
//: is a coin toss; at 0.9 one pair in ten is ranked wrongly.
//: @file Anomalies.swift scores that need no network, and the AUC
let trials = studies.map(\.anomalies)
lesson.table(
  "AUC of five scores: mean over seeds (least to greatest)",
  columns: ["strange images"] + trials[0].scores.map(\.name),
  rows: trials[0].kinds.indices.map { i in
    [Cell(trials[0].kinds[i].name)]
      + trials[0].scores.indices.map { s in spread(trials.map { $0.areas[i][s] }, decimals: 3) }
  })
lesson.figure(
  "anomalies",
  "This run's seed. Above, ROC curves for unseen classes; the area under that of −ELBO is "
    + "\(Numeral.fixed(trials[0].areas[0][0], decimals: 2)). Below, the scores −ELBO of "
    + "ordinary images, of unseen classes and of averages of two, whose area is "
    + "\(Numeral.fixed(trials[0].areas[4][0], decimals: 2))."
) { anomalyFigure(trials[0]) }
let cut = digits.count * 2 / 3
let strangers = seeds.prefix(3).map { seed in
  AnomalyTrial(
    digits[Array(0..<cut)], digits[Array(cut..<digits.count)], latent: k, hidden: hidden,
    seed: seed)
}
let nearestLead = overSeeds(trials.map { $0.areas[0][4] - $0.areas[0][0] })
let planeLead = overSeeds(trials.map { $0.areas[0][3] - $0.areas[0][0] })
lesson.say(
  "What the recommendation leaves out is the cheaper rival. For unseen classes the nearest "
    + "training image has \(withError(nearestLead, decimals: 3)) more AUC than −ELBO (paired, "
    + "over seeds), the distance to \(k) principal axes \(withError(planeLead, decimals: 3)), "
    + verdict(
      planeLead, higher: "clearly more", lower: "clearly less", same: "which is not clear") + ". "
    + "Memorising could win because the same people wrote both parts; so train on the first two "
    + "thirds of the set and test on the last third, mostly other writers: then −ELBO has "
    + "\(Numeral.meanAndRange(strangers.map { $0.areas[0][0] }, .decimals(3))), the nearest "
    + "image "
    + "\(Numeral.fixed(strangers[0].areas[0][4], decimals: 3)) and the axes "
    + "\(Numeral.fixed(strangers[0].areas[0][3], decimals: 3)).")
lesson.check(
  "unseen classes: least AUC of −ELBO of all seeds", trials.map { $0.areas[0][0] }.least(),
  isAbove: 0.5, because: "a coin has 0.5: below it the score would not be worth computing")
lesson.check(
  "inverted, shuffled, uniform noise: least AUC of −ELBO, all seeds",
  trials.flatMap { t in (1...3).map { t.areas[$0][0] } }.least(), isAbove: 0.95,
  because: "these are no digits at all: one error in twenty is what is asked for")
lesson.check(
  "averages of two images: greatest AUC of −ELBO, all seeds",
  trials.map { $0.areas[4][0] }.greatest(), isBelow: 0.5,
  because: "an average lies nearer to the centre than its two images, where densities are high")
//: A high density does not mean ordinary. Averages are near the centre of everything (an average of two has about half
//: the squared distance from the mean), where the density is high and no digit is: of a Gaussian in $D$ dimensions
//: nearly all samples lie about $\sqrt D$ standard deviations from the peak. Much of that is the half-strength ink:
//: the same pairs with full ink, the darker of the two in each pixel, score as stranger than ordinary images, though
//: less so than unseen classes.

//: ## Deeper: Missing pixels
//:
//: In the linear model the usual recipe provably ends at the conditional mean; in the curved one it climbs to a mode.
//:
//: Fill the gaps with the mean image, encode, decode, put the known pixels back, and repeat.
//: Linear regression is what any of it should be measured against.
//: @file Imputation.swift two conditional means
let masks = Mask.allCases.indices.map { i in studies.map { $0.imputations[i] } }
lesson.table(
  "Squared error per image: mean over seeds (least to greatest)",
  columns: ["filled by"] + Mask.allCases.map(\.rawValue),
  rows: ImputationTrial.ways.indices.map { way in
    [Cell(ImputationTrial.ways[way])]
      + masks.map { trials in spread(trials.map { mean($0.results[way].errors) }) }
  })
lesson.figure(
  "imputation",
  "Rows: images; what is known of them; filled by the mean image; after 5 and after 100 rounds; "
    + "from weighted codes of the prior; by linear regression."
) { imputationFigure(study.imputations, test) }
for trials in masks {
  lesson.check(
    "\(trials[0].mask.rawValue): 5 rounds less the mean image, in standard errors over seeds",
    deviations(trials.map { $0.difference(2, 0).mean }), isBelow: -3,
    because: "the network's use against no network; 3 standard errors of a paired difference")
}
let longer = overSeeds(masks[0].map { $0.difference(4, 2).mean })
let regression = overSeeds(masks[0].map { $0.difference(6, 2).mean })
lesson.say(
  "Lower half, paired over seeds: "
    + verdict(
      longer, higher: "100 rounds are worse than 5, by",
      lower: "100 rounds are better than 5; the difference is",
      same: "100 rounds are not clearly different from 5,")
    + " \(withError(longer)). Linear regression less 5 rounds: \(withError(regression)). The "
    + "weighted codes are a rough estimate, because the prior hardly ever draws a code that fits "
    + "half of the pixels: for the median image the effective number of codes is "
    + "\(Numeral.short(study.imputations[0].effectiveCodes, significant: 2)) with the lower half "
    + "missing and \(Numeral.short(study.imputations[1].effectiveCodes, significant: 2)) with a "
    + "random half.")
//: Encoding to $\mu$ takes about the most probable code of the filled picture, decoding the most
//: probable pixels for that code: the rounds climb towards a mode of $p(x_{\mathrm m}, z \mid
//: x_{\mathrm k})$, the missing and the known pixels. The least squared error is at the *mean*.
//: For a Gaussian they coincide. Let $A = W M^{-1} W^\top$; a round of the linear model is
//: $x_{\mathrm m} - c_{\mathrm m} \leftarrow A_{\mathrm{mk}} (x_{\mathrm k} - c_{\mathrm k}) +
//: A_{\mathrm{mm}} (x_{\mathrm m} - c_{\mathrm m})$. With singular values $w_j$ of $W$ the
//: eigenvalues of $A$ are $w_j^2 / (w_j^2 + \tau^2)$ and 0; those of its block $A_{\mathrm{mm}}$
//: lie between the same ends. So each round shrinks the distance to the only fixed point at least
//: by the factor $\max_j w_j^2 / (w_j^2 + \tau^2) < 1$: the rounds converge, from any start.
//: Where to?
let limit = RoundsOfImputation(model, x, seen: 3)
lesson.derive("The fixed point of the rounds is the conditional mean") {
  fixedPointOfRounds(&$0, model, x, seen: limit.seen)
}
lesson.check(
  "the rounds of the course's network shrink the distance: largest factor of 12 rounds",
  limit.largestFactor, isAtMost: limit.eigenvalue + 1e-6,
  because: "the largest eigenvalue of $A_{\\mathrm{mm}}$, which is at most "
    + "\(Numeral.short(limit.bound, significant: 3)), the largest of $A$; and rounding")

//: ## Deeper: What the slides get wrong
//:
//: Slips in [session 19](@session-19), and two of Srihari's.
//:
//: - "Uses KL-divergence as its loss function": it is one of two terms, as their own last formula has it; alone it is
//:   least for an encoder that ignores $x$. Nor does it compare with the "original distribution of dataset": both of
//:   its arguments are distributions of codes.
//: - "Suppose we have a distribution $z$ and we want to generate the observation $x$ from it. In other words, we want
//:   to calculate $p(z \mid x)$." Generating is $p(x \mid z)$; $p(z \mid x)$ is the inference.
//: - "We need to approximate $p(z \mid x)$ to $q(z \mid x)$": the other way round. The posterior stays what it is, and
//:   $q$ is brought near it.
//: - The divergence "calculates how similar two distributions are": how *dissimilar*, and in one direction only.
//: - Minimising $\operatorname{KL}(q(z \mid x) \parallel p(z \mid x))$ "is equivalent to" maximising the ELBO: in $q$,
//:   for a fixed decoder. In the decoder's parameters it is not, because $\log p(x)$ moves as well.
//: - The second term "ensures that our learned distribution $q$ is similar to the true prior": it
//:   is a price, not a guarantee, and a prior is chosen, not true. If every $q(z \mid x)$
//:   equalled it, the code would say nothing of $x$.
//: - $L(x, \hat x) + \sum_j \operatorname{KL}(q_j(z \mid x) \parallel p(z))$: the sum needs a factorised $q$ and $p$,
//:   with $p(z_j)$ in term $j$; and $L$ must be $-\log p(x \mid z)$ with its scale, for a *sampled* $z$, or dimensions
//:   collapse as measured above.
//: - $L$ is often cross-entropy with grey pixels, but $\int_0^1 \hat x^x (1 - \hat x)^{1 - x} \, dx$ is not 1: it is not
//:   a density, and the sum is not a bound.
//: - The reparameterisation is named in the conclusion and nowhere else; without it, or the score function, the
//:   reconstruction term has no gradient in the encoder.
//: - "Diederik P. Kingma and Max Welling at Google and Qualcomm": their paper of 2013 gives the University of Amsterdam
//:   for both.
//: - Srihari: for a Gaussian decoder the "negative log-likelihood is the mean-squared error". It
//:   is the *summed* squared error over $2 \tau^2$, and a constant that contains $\tau$.
//: - Srihari: "any latent variable model $p_{\text{model}}(h \mid x)$ defines a stochastic encoder" and a decoder. The
//:   model is the joint $p(h, x)$; a conditional alone defines no decoder.

//: ## Deeper: Is my number right?
//:
//: This run's headline figures beside those of five seeds.
//: @file Tables.swift means, spreads and tables
lesson.bands("Headline figures") { seed in
  let study = studies.first { $0.seed == seed } ?? study
  return [
    "held-out ELBO, nats": study.terms.bound,
    "of which reconstruction": study.terms.reconstruction,
    "of which divergence": study.terms.divergence,
    "ELBO less probabilistic PCA of the same size": study.contest.lead(2, over: 1).mean,
    "full Gaussian less ELBO": study.contest.lead(5, over: 2).mean,
    "AUC of −ELBO, unseen classes": study.anomalies.areas[0][0],
    "AUC of −ELBO, averages of two images": study.anomalies.areas[4][0],
  ]
}

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question Your ELBO is $-80$ nats and a colleague's $-75$ on the same images. Whose model is better?
//: @answer Unknown: the gap may differ by more. Compare importance-weighted bounds with many codes. And first make sure
//: that both mean the same $p(x \mid z)$, constants and pixel scale included.
//:
//: @question You double the number of latent dimensions and the ELBO hardly changes. Is something broken?
//: @answer Not necessarily. Directions whose variance is below $\beta \tau^2$ are not worth their divergence; the
//: extra dimensions have $q = p$ and cost nothing.
//:
//: @question Someone computes the divergence with $\sigma$ where the formula has $\log \sigma^2$. What will the network
//: do?
//: @answer $\frac12(\mu^2 + \sigma^2 - \sigma - 1)$ has its minimum at $\sigma = \frac12$ and is negative there: no
//: divergence, and there is no $\log \sigma^2$ to keep σ from 0. Codes come out too narrow, samples from the prior fall
//: between them, and the "bound" can exceed $\log p(x)$. A test against numeric integration finds it.
//:
//: @question Why is the derivative through a *drawn* $z$ zero, and not through $\mu + \sigma \varepsilon$? It is the
//: same number.
//: @answer A derivative belongs to a function, not to a number. With $\varepsilon$ held fixed the sample is a function
//: of $\mu$ and $\sigma$; with $z$ held fixed nothing depends on them but the probability of having drawn it, and that
//: is what the score function differentiates.
//:
//: @question A linear variational autoencoder finds the principal axes, a linear autoencoder only their subspace. What
//: breaks the symmetry?
//: @answer The encoder's noise is independent in the code's components. A rotated decoder has a posterior with
//: correlations, which a diagonal $q$ cannot match, and loses the gap.
//:
//: @question A picture gets a higher ELBO than every training image. Is it a typical member of the class?
//: @answer Not necessarily: see the mean image. Compare the score with the *distribution* of scores of ordinary images:
//: too high is as suspicious as too low.

//: ## Sources
//:
//: @sources
lesson.finish()
