//: # 7 · The variational autoencoder's KL
//:
//: A variational autoencoder turns an image into a *distribution* over codes, and its decoder into a model of images.
//: What it maximises is a lower bound on $\log p(x)$: a reconstruction term minus a Kullback–Leibler divergence. This
//: lesson derives the bound on a model in which every term can be computed, shows what the divergence does to codes,
//: and then tries on digits what such networks are recommended for: new images, in-betweens, anomalies, missing pixels.
//:
//: | symbol | meaning |
//: |:--|:--|
//: | $x, z, \hat x$ | an image of $D$ pixels, its code of $K$ numbers, the decoder's output for a code |
//: | $p(z) = \mathcal N(0, I)$ | the *prior*: how codes are distributed before one has seen an image |
//: | $p(x \mid z) = \mathcal N(\hat x, vI)$ | the decoder's distribution, with the noise variance $v$ |
//: | $q(z \mid x) = \mathcal N(\mu, \operatorname{diag} \sigma^2)$ | the encoder's distribution; $\mu$ and $\log \sigma^2$ are its $2K$ outputs |
//: | $\operatorname{KL}(q \parallel p)$ | $\operatorname{E}_q \log \frac{q}{p}$, at least 0, and 0 only if $q = p$; in nats |
//: | ELBO | $\operatorname{E}_q \log p(x \mid z) - \operatorname{KL}(q \parallel p(z))$, the evidence lower bound |
//: | $\varepsilon$ | a sample of $\mathcal N(0, I)$ |
//: | $\beta$ | the weight of the divergence in training; 1 for the bound itself |
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "The evidence bound is reconstruction minus KL; with linear layers it is probabilistic PCA; what its codes and likelihoods are good for, measured."
)
let β = lesson.knob("beta", 1.0, in: 0.5...2, "the weight β of the divergence in the large network")
let K = lesson.knob("latent", 8, in: 4...12, "the number K of latent dimensions of the large network")
let hidden = lesson.knob("hidden", 100, in: 60...160, "hidden units of the encoder and of the decoder")

let digits = lesson.digits()
let D = digits.width * digits.height
lesson.require(digits.count > D, "this lesson needs more images than pixels: \(D), but there are \(digits.count)")
lesson.require(digits.classes.count > 1, "this lesson needs images of two classes at least")
var splitting = lesson.stream("split")
let (training, test) = lesson.attempt { try digits.split(testShare: 1.0 / 3, using: &splitting) }
let (X, Xᵗ) = (training.scaled, test.scaled)

//: ## A code that is a distribution
//:
//: Srihari's stochastic encoder and decoder are two conditional distributions, $p(h \mid x)$ and $p(x \mid h)$. Here
//: the decoder comes first, and it makes a model: draw $z$ from the prior, then $x$ from $p(x \mid z)$. An encoder
//: should answer the converse question, which codes may be behind an $x$, and Bayes' rule has the answer:
//: $p(z \mid x) = p(x \mid z) p(z) / p(x)$. Take a linear decoder, $\hat x = Wz + c$ with $D = 5$ and $K = 2$. Then all
//: of these are Gaussians, and one can look.
var drawing = lesson.stream("linear-Gaussian model")
let model = LinearGaussian(
  W: .normal(rows: 5, columns: 2, using: &drawing), c: [0.5, -0.2, 0, 0.1, 0.3], v: 0.6)
let x = zip(model.mean([0.8, -0.5]), [0.4, -0.6, 0.2, 0.9, -0.3]).map { $0 + $1 }
let (prior, posterior) = (Gaussian.standard(2), model.posterior(x))
let logEvidence = model.marginal.logDensity(x)
//: @fold The derivation in Swift
lesson.derive("Bayes' rule, at four codes, and the integral in its denominator") { proof in
  let codes = [[0.0, 0.0], [1, -1], [-0.5, 2], [3, 0.2]]
  proof.start(
    #"\log p(x \mid z) + \log p(z)"#, codes.map { z in model.logLikelihood(x, z) + prior.logDensity(z) })
  proof.equals(
    #"\log p(z \mid x) + \log p(x)"#,
    because:
      #"$p(z \mid x) = \mathcal N(M^{-1} W^\top (x - c), v M^{-1})$ with $M = W^\top W + vI$; $p(x) = \mathcal N(c, W W^\top + vI)$"#,
    codes.map { z in posterior.logDensity(z) + logEvidence })
  let total = Double.log(doubleIntegral { z in Double.exp(model.logLikelihood(x, z) + prior.logDensity(z)) })
  proof.equals(
    #"\log p(z \mid x) + \log \int p(x \mid z') \, p(z') \, dz'"#,
    because: "a marginal is an integral; here by the trapezoidal rule on 161 × 161 codes",
    codes.map { z in posterior.logDensity(z) + total })
}
lesson.say(
  "With a curved decoder there is no closed form, and with \(K) latent dimensions the same rule takes $161^{\(K)} = "
    + "\(TeXNumber((0..<K).reduce(1.0) { n, _ in 161 * n }))$ evaluations of the decoder for one image. That is what *intractable* means."
)

//: ## A bound and a gap
//:
//: So give up the posterior and take any other distribution $q(z)$ in its place. What does that cost? Line 3 splits the
//: fraction, and each of the two parts is a divergence of $q$ from something.
let q = Gaussian([0.2, -0.1], [[0.30, 0.12], [0.12, 0.25]])
//: @fold The derivation in Swift
lesson.derive(
  #"$\log p(x)$ is the ELBO plus $\operatorname{KL}(q(z) \parallel p(z \mid x))$, for any $q$"#, within: 1e-10
) { proof in
  let expectation = { (f: ([Double]) -> Double) in doubleIntegral { z in Double.exp(q.logDensity(z)) * f(z) } }
  proof.start(#"\log p(x)"#, logEvidence)
  proof.equals(
    #"\operatorname{E}_q \log \frac{p(x \mid z) \, p(z)}{p(z \mid x)}"#,
    because: "Bayes' rule: the fraction is $p(x)$ whatever $z$ is, so is its mean (by the trapezoidal rule)",
    expectation { z in model.logLikelihood(x, z) + prior.logDensity(z) - posterior.logDensity(z) })
  proof.equals(
    #"\operatorname{E}_q \log p(x \mid z) - \operatorname{E}_q \log \frac{q(z)}{p(z)} + \operatorname{E}_q \log \frac{q(z)}{p(z \mid x)}"#,
    because: "multiply and divide by $q(z)$",
    expectation { z in model.logLikelihood(x, z) } - expectation { z in q.logDensity(z) - prior.logDensity(z) }
      + expectation { z in q.logDensity(z) - posterior.logDensity(z) })
  proof.equals(
    #"\operatorname{E}_q \log p(x \mid z) - \operatorname{KL}(q \parallel p(z)) + \operatorname{KL}(q \parallel p(z \mid x))"#,
    because: "the definition of the divergence (each term now by its closed form)",
    model.expectedLogLikelihood(x, q) - q.divergence(from: prior) + q.divergence(from: posterior))
  proof.atLeast(
    #"\operatorname{E}_q \log p(x \mid z) - \operatorname{KL}(q \parallel p(z)) = \operatorname{ELBO}"#,
    because: "a divergence is not negative", model.expectedLogLikelihood(x, q) - q.divergence(from: prior))
}
//: The last term of line 4 is the only one that needs the posterior, and it is what one leaves out. Raising the ELBO
//: does two things at a time: for the encoder $\log p(x)$ is a constant, so $q$ approaches the posterior; for the
//: decoder it raises $\log p(x)$, or lowers the gap.
let candidates = [
  ("the prior", prior), ("the $q$ above", q),
  ("best without correlation", Gaussian(posterior.m, .diagonal((0..<2).map { 1 / posterior.precision[$0, $0] }))),
  ("the posterior", posterior),
]
lesson.table(
  "One $x$, four distributions of codes",
  columns: [
    "$q$", #"$\operatorname{E}_q \log p(x \mid z)$"#, #"$\operatorname{KL}(q \parallel p(z))$"#, "ELBO",
    #"gap $\operatorname{KL}(q \parallel p(z \mid x))$"#, "ELBO + gap",
  ],
  rows: candidates.map { name, q in
    let (fit, divergence, gap) = (
      model.expectedLogLikelihood(x, q), q.divergence(from: prior), q.divergence(from: posterior)
    )
    return [Cell(name)]
      + [fit, divergence, fit - divergence, gap, fit - divergence + gap].map { .fixed($0, decimals: 4) }
  })
lesson.check(
  #"ELBO + gap against $\log p(x)$, all four"#,
  candidates.map { model.expectedLogLikelihood(x, $1) - $1.divergence(from: prior) + $1.divergence(from: posterior) },
  equal: candidates.map { _ in logEvidence }, within: 1e-10)

//: ## Jensen's route, and more than one code
//:
//: The same bound comes from the concavity of the logarithm. Write $w(z) = p(x \mid z) p(z) / q(z)$, whose mean under
//: $q$ is $p(x)$.
//: @fold The derivation in Swift
lesson.derive("The logarithm of a mean is at least the mean of the logarithm") { proof in
  let logWeight = { (z: [Double]) in model.logLikelihood(x, z) + prior.logDensity(z) - q.logDensity(z) }
  proof.start(#"\log p(x)"#, logEvidence)
  proof.equals(
    #"\log \operatorname{E}_q w(z)"#, because: #"$\int q \cdot \frac{p(x \mid z) p(z)}{q} \, dz$"#,
    Double.log(doubleIntegral { z in Double.exp(q.logDensity(z) + logWeight(z)) }))
  proof.atLeast(
    #"\operatorname{E}_q \log w(z)"#, because: "Jensen's inequality",
    doubleIntegral { z in Double.exp(q.logDensity(z)) * logWeight(z) })
  proof.equals(
    #"\operatorname{E}_q \log p(x \mid z) - \operatorname{KL}(q \parallel p(z))"#,
    because: #"$\log w = \log p(x \mid z) - \log \frac{q}{p}$"#,
    model.expectedLogLikelihood(x, q) - q.divergence(from: prior))
}
//: Jensen loses less if $w$ varies less. A mean of $S$ weights varies less than one:
//: $\operatorname{E} \log \frac1S \sum_s w(z_s)$ is a bound that rises with $S$ to $\log p(x)$ (Burda, Grosse and
//: Salakhutdinov 2016). Here $q$ is the third one of the table with its variances tripled, and every bound a mean over
//: 2000 repetitions:
let wide = Gaussian(posterior.m, 3 * candidates[2].1.C)
let copies = Matrix(rows: 2000, columns: 5) { _, i in x[i] }
let boundsByCodes = [1, 5, 25, 125].map { S in
  Estimate(importanceWeights(model, wide, copies, codes: S, seed: lesson.seed))
}
lesson.table(
  "The importance-weighted bound",
  columns: ["codes $S$", "bound", "standard error", #"below $\log p(x)$ by"#],
  rows: zip([1, 5, 25, 125], boundsByCodes).map { S, bound in
    [
      Cell(S), .fixed(bound.mean, decimals: 4), .fixed(bound.standardError, decimals: 4),
      .fixed(logEvidence - bound.mean, decimals: 4),
    ]
  })
lesson.check(
  "one code: the gap is the divergence, in standard errors",
  boundsByCodes[0].deviation(from: logEvidence - wide.divergence(from: posterior)), isBelow: 4)
lesson.check(
  "each bound is above the one before: least rise, in nats",
  zip(boundsByCodes.dropFirst(), boundsByCodes).map { $0.mean - $1.mean }.least(), isAbove: 0)
lesson.check(
  "125 codes: share of the gap that is left",
  (logEvidence - boundsByCodes[3].mean) / (logEvidence - boundsByCodes[0].mean),
  isBelow: 0.1)

//: ## The KL between two diagonal Gaussians
//:
//: In training the divergence is needed for every example, so it had better be a formula. For one dimension,
//: $q = \mathcal N(\mu, \sigma^2)$ and $p = \mathcal N(m, s^2)$:
let (μ₁, σ₁, m₁, s₁) = (0.7, 0.5, -0.2, 1.3)
//: @fold The derivation in Swift
lesson.derive("One dimension") { proof in
  let expectation = { (f: (Double) -> Double) in integral { z in Double.exp(logNormal(z, μ₁, σ₁)) * f(z) } }
  proof.start(
    #"\int q(z) \log \frac{q(z)}{p(z)} \, dz"#, expectation { z in logNormal(z, μ₁, σ₁) - logNormal(z, m₁, s₁) })
  proof.equals(
    #"\log \frac{s}{\sigma} - \frac{\operatorname{E}_q (z - \mu)^2}{2 \sigma^2} + \frac{\operatorname{E}_q (z - m)^2}{2 s^2}"#,
    because:
      #"$\log \mathcal N(z; \mu, \sigma^2) = -\frac12 \log 2\pi - \log \sigma - \frac{(z - \mu)^2}{2 \sigma^2}$"#,
    Double.log(s₁ / σ₁) - expectation { ($0 - μ₁) * ($0 - μ₁) } / (2 * σ₁ * σ₁)
      + expectation { ($0 - m₁) * ($0 - m₁) } / (2 * s₁ * s₁))
  proof.equals(
    #"\log \frac{s}{\sigma} - \frac12 + \frac{\sigma^2 + (\mu - m)^2}{2 s^2}"#,
    because:
      #"the variance of $q$; and $(z - m)^2 = (z - \mu)^2 + 2 (z - \mu)(\mu - m) + (\mu - m)^2$, whose middle term has mean 0"#,
    Double.log(s₁ / σ₁) - 0.5 + (σ₁ * σ₁ + (μ₁ - m₁) * (μ₁ - m₁)) / (2 * s₁ * s₁))
}
//: For $p = \mathcal N(0, 1)$ this is $\frac12 (\mu^2 + \sigma^2 - \log \sigma^2 - 1)$. It is not symmetric, and so no
//: distance. In several dimensions it is a sum, if *both* distributions are products:
let (qᵈ, pᵈ) = (Gaussian([0.7, -0.4], [[0.25, 0], [0, 0.6]]), Gaussian([-0.2, 0.3], [[1.69, 0], [0, 0.8]]))
//: @fold The derivation in Swift
lesson.derive("Several dimensions, all independent") { proof in
  proof.start(
    #"\int q(z) \log \frac{q(z)}{p(z)} \, dz"#,
    doubleIntegral { z in Double.exp(qᵈ.logDensity(z)) * (qᵈ.logDensity(z) - pᵈ.logDensity(z)) })
  let factor = { (g: Gaussian, k: Int, z: Double) in logNormal(z, g.m[k], g.C[k, k].squareRoot()) }
  proof.equals(
    #"\sum_k \int q_k(z_k) \log \frac{q_k(z_k)}{p_k(z_k)} \, dz_k"#,
    because: "the logarithm of a product is a sum, and in term $k$ the other factors of $q$ integrate to 1",
    (0..<2).map { k in integral { z in Double.exp(factor(qᵈ, k, z)) * (factor(qᵈ, k, z) - factor(pᵈ, k, z)) } }.sum())
  proof.equals(
    #"\sum_k \tfrac12 \Bigl( \log \frac{s_k^2}{\sigma_k^2} + \frac{\sigma_k^2 + (\mu_k - m_k)^2}{s_k^2} - 1 \Bigr)"#,
    because: "one dimension, above (here by the course's own function)",
    qᵈ.diagonal.divergence(from: pᵈ.diagonal).sum)
}
//:
var sampling = lesson.stream("Monte Carlo divergence")
let monteCarlo = Estimate(
  (0..<20000).map { _ in
    let z = (0..<2).map { qᵈ.m[$0] + qᵈ.C[$0, $0].squareRoot() * sampling.normal() }
    return qᵈ.logDensity(z) - pᵈ.logDensity(z)
  })
lesson.say(
  "Twenty thousand samples of $\\log q(z) - \\log p(z)$ give \(Numeral.short(monteCarlo.mean)) ± \(Numeral.short(monteCarlo.standardError, significant: 2)), the formula "
    + "\(Numeral.short(qᵈ.divergence(from: pᵈ))). With the two exchanged it is \(Numeral.short(pᵈ.divergence(from: qᵈ)))."
)
lesson.check(
  "Monte Carlo against the formula, in standard errors", monteCarlo.deviation(from: qᵈ.divergence(from: pᵈ)), isBelow: 4
)
//: The lecture's loss has $\sum_j \operatorname{KL}(q_j(z \mid x) \parallel p(z))$. If $q$ is correlated, that sum
//: misses something:
let tilted = Gaussian([0.7, -0.4], [[0.25, 0.31], [0.31, 0.6]])
//: @fold The derivation in Swift
lesson.derive(#"With correlations the sum over $j$ is too small"#) { proof in
  let product = tilted.factorised
  proof.start(
    #"\operatorname{KL}(q \parallel p) = \int q(z) \log \frac{q(z)}{p(z)} \, dz"#,
    doubleIntegral { z in Double.exp(tilted.logDensity(z)) * (tilted.logDensity(z) - prior.logDensity(z)) })
  proof.equals(
    #"\operatorname{E}_q \log \frac{\prod_j q_j(z_j)}{p(z)} + \operatorname{E}_q \log \frac{q(z)}{\prod_j q_j(z_j)}"#,
    because: "multiply and divide by the product of the marginals",
    doubleIntegral { z in Double.exp(tilted.logDensity(z)) * (product.logDensity(z) - prior.logDensity(z)) }
      + doubleIntegral { z in Double.exp(tilted.logDensity(z)) * (tilted.logDensity(z) - product.logDensity(z)) })
  let ρ² = 0.31 * 0.31 / (0.25 * 0.6)
  proof.equals(
    #"\sum_j \operatorname{KL}(q_j \parallel p_j) - \tfrac12 \log (1 - \rho^2)"#,
    because: #"the second term is the mutual information of two Gaussians with the correlation $\rho$"#,
    product.divergence(from: prior) - Double.log(1 - ρ²) / 2)
  proof.atLeast(
    #"\sum_j \operatorname{KL}(q_j \parallel p_j)"#, because: #"$0 \le \rho^2 < 1$"#, product.divergence(from: prior))
}

//: ## A gradient through a sample
//:
//: The reconstruction term is an expectation under $q$, and $q$ depends on the encoder's weights. The tempting estimate
//: is wrong: draw $z$, compute $f(z) = \log p(x \mid z)$, differentiate. A drawn $z$ is a number; its derivative in
//: $\mu$ is zero, and the encoder learns nothing from the images. Two ways out, for any $f$; here
//: $f(z) = \log \operatorname{sigmoid}(3z - 1)$, a pixel that is on:
let f = { (z: Double) in -Double.softplus(1 - 3 * z) }
//: @fold The derivation in Swift
lesson.derive(#"$\frac{\partial}{\partial \mu} \operatorname{E}_q f(z)$, with $q = \mathcal N(\mu, \sigma^2)$"#) {
  proof in
  let expected = { (μ: Double) in integral { z in Double.exp(logNormal(z, μ, σ₁)) * f(z) } }
  let slope = { (z: Double) in 3 * Double.sigmoid(1 - 3 * z) }
  let h = 1e-4
  proof.start(
    #"\frac{1}{2h} \bigl( \operatorname{E}_{\mathcal N(\mu + h, \sigma^2)} f(z) - \operatorname{E}_{\mathcal N(\mu - h, \sigma^2)} f(z) \bigr)"#,
    (expected(μ₁ + h) - expected(μ₁ - h)) / (2 * h))
  proof.equals(
    #"\int \frac{\partial q(z)}{\partial \mu} f(z) \, dz = \operatorname{E}_q \, f(z) \frac{z - \mu}{\sigma^2}"#,
    because: #"$h \to 0$; $f$ does not depend on $\mu$, the density does: the *score-function* gradient"#,
    integral { z in Double.exp(logNormal(z, μ₁, σ₁)) * f(z) * (z - μ₁) / (σ₁ * σ₁) }, within: 1e-6)
  proof.equals(
    #"\operatorname{E}_q f'(z)"#, because: #"integrate by parts: $q(z) \frac{z - \mu}{\sigma^2} = -q'(z)$"#,
    integral { z in Double.exp(logNormal(z, μ₁, σ₁)) * slope(z) })
  proof.equals(
    #"\operatorname{E}_{\varepsilon} f'(\mu + \sigma \varepsilon)"#,
    because:
      #"substitute $z = \mu + \sigma \varepsilon$: the *reparameterised* gradient, with $\partial z / \partial \mu = 1$"#,
    integral { ε in Double.exp(logNormal(ε, 0, 1)) * slope(μ₁ + σ₁ * ε) })
}
//: The first needs only values of $f$, the second its derivative, which back-propagation has. They differ in their
//: variance. Twenty thousand samples of each, for $f(z) = -\frac12 \lVert z - a \rVert^2$, one component of the
//: gradient, whose exact value is 1:
let toys = [1, 8, 64].map { K in
  var random = lesson.stream("gradient in \(K) dimensions")
  return (K: K, toy: GradientToy(K: K, σ: 0.5, samples: 20000, using: &random))
}
lesson.table(
  "Estimates of a gradient that is 1",
  columns: [
    "$K$", "reparameterised", "score function", "score function, mean of $f$ subtracted",
    "variance, score ∕ reparameterised", "with the mean subtracted",
  ],
  rows: toys.map { K, toy in
    [Cell(K)]
      + [toy.reparameterised, toy.score, toy.scoreWithBaseline].map {
        Cell("\(Numeral.fixed($0.mean, decimals: 3)) ± \(Numeral.fixed($0.standardError, decimals: 3))")
      }
      + [toy.score, toy.scoreWithBaseline].map { Cell($0.variance / toy.reparameterised.variance, significant: 3) }
  })
//:
for (K, toy) in toys {
  lesson.check(
    "$K = \(K)$: the three estimates are unbiased, largest deviation in standard errors",
    [toy.reparameterised, toy.score, toy.scoreWithBaseline].map { $0.deviation(from: GradientToy.exact) }.greatest(),
    isBelow: 4)
}
lesson.check(
  "$K = 64$: variance of the score-function gradient ∕ the reparameterised",
  toys[2].toy.score.variance / toys[2].toy.reparameterised.variance, isAbove: 100)

//: ## With linear layers it is probabilistic PCA
//:
//: Probabilistic PCA (Tipping and Bishop 1999) is the linear model above, fitted to data with the covariance
//: $C = U \Lambda U^\top$ by maximum likelihood: $v$ is the mean of the discarded eigenvalues,
//: $W = U_K (\Lambda_K - vI)^{1/2} R$ with any rotation $R$. Can a variational autoencoder with linear layers get
//: there? Its $q$ is diagonal, and the posterior's covariance is $vM^{-1}$, $M = W^\top W + vI = R^\top \Lambda_K R$:
//: diagonal for $R = I$. So the bound can be tight, if the columns of $W$ are the principal axes themselves and not
//: just any basis of their subspace.
//:
//: The images are taken in the coordinates of their leading principal axes, all of them if there are no more than 64.
//: Only $\Lambda$ matters, so the made-up examples $\pm \sqrt{d \lambda_i}\, e_i$ stand for all digits, as in
//: [lesson 02](../02-linear-autoencoder/README.md).
let (d, k) = (min(D, 64), 4)
let μ = X.columnMeans
let centred = Matrix(rows: X.rows, columns: D) { n, i in X[n, i] - μ[i] }
let spectrum = SymmetricEigen(centred.T * centred / Double(X.rows))
let λ = spectrum.values[..<d].map { max($0, 0) }
let Y = Matrix(rows: 2 * d, columns: d) { n, i in n % d == i ? (n < d ? 1 : -1) * (Double(d) * λ[i]).squareRoot() : 0 }
let vᴹᴸ = λ[k...].sum() / Double(d - k)
//: @fold The derivation in Swift
lesson.derive(
  "For a linear decoder $2K$ points in the place of random ε make the expectation exact (mean over the examples)"
) { proof in
  let network = LinearNetwork(axes: d, latent: k, seed: lesson.seed).network
  let (W, q) = (network.decoder.W, network.posterior(of: Y))
  let squares = { (Z: Matrix<Double>) in (Y - Z * W.T).squaredNorm / Double(Y.rows) }
  proof.start(
    #"\operatorname{E}_q \lVert x - Wz \rVert^2 = \lVert x - W \mu \rVert^2 + \sum_k \sigma_k^2 \lVert w_k \rVert^2"#,
    squares(q.mean) + zip(exp(q.logVariance).columnMeans, (W ⊙ W).columnSums).map { $0 * $1 }.sum())
  proof.equals(
    #"\frac{1}{2K} \sum_k \sum_{\pm} \lVert x - W (\mu \pm \sqrt K \sigma_k e_k) \rVert^2"#,
    because:
      #"what is linear in ε cancels between the signs; of the squares $K \sigma_k^2 \lVert w_k \rVert^2$ the mean is left"#,
    (0..<2 * k).map { s in
      squares(
        q.sample(Matrix(rows: Y.rows, columns: k) { _, j in j == s / 2 ? (s % 2 == 0 ? 2.0 : -2) : 0 }))
    }.sum() / Double(2 * k))
}
//: With these points as fixed noise the bound is a function of the parameters alone, and L-BFGS can maximise it. (The
//: factor $\sqrt K$ is 2 here.)
var linear = LinearNetwork(axes: d, latent: k, seed: lesson.seed)
linear.train(on: Y, iterations: 1200)
let exact = Gaussian(
  Array(repeating: 0, count: d),
  linear.network.decoder.W * linear.network.decoder.W.T
    + (linear.network.noiseVariance ?? .nan) * .identity(d))
//: @fold The derivation in Swift
lesson.derive("At the optimum the bound is the log-likelihood, and the best that any such model has", within: 1e-4) {
  proof in
  proof.start(#"\frac1N \sum_n \operatorname{ELBO}(x_n)"#, -linear.value)
  proof.equals(
    #"\frac1N \sum_n \log \mathcal N(x_n; 0, W W^\top + vI)"#,
    because: "the gap is closed: the log-likelihood of the network's own $W$ and $v$",
    mean((0..<Y.rows).map { exact.logDensity(Y.row($0)) }))
  proof.equals(
    #"-\tfrac12 \Bigl( d \log 2\pi + \sum_{i \le K} \log \lambda_i + (d - K) \log v + d \Bigr)"#,
    because:
      #"Tipping and Bishop's maximum, from the eigenvalues alone, with $v = \frac{1}{d - K} \sum_{i > K} \lambda_i$"#,
    -(Double(d) * Double.log(2 * .pi) + λ[..<k].map { Double.log($0) }.sum() + Double(d - k) * Double.log(vᴹᴸ)
      + Double(d)) / 2)
}
//:
let columns = (0..<k).map { linear.network.decoder.W.column($0) }.sorted { norm($0) > norm($1) }
let misfit = (0..<k).map { i in 1 - abs(columns[i][i]) / norm(columns[i]) }
lesson.table(
  "The linear network against probabilistic PCA",
  columns: [
    "column of $W$, by length", #"$\lVert w \rVert^2 + v$"#, #"eigenvalue $\lambda_i$"#,
    #"$\lvert \cos \rvert$ of the angle to axis $i$"#,
  ],
  rows: (0..<k).map { i in
    [
      Cell(i + 1), Cell(dot(columns[i], columns[i]) + (linear.network.noiseVariance ?? .nan), significant: 5),
      Cell(λ[i], significant: 5), .fixed(1 - misfit[i], decimals: 6),
    ]
  })
lesson.check(
  "largest principal angle to the first \(k) axes, in radians",
  principalAngles(between: linear.network.decoder.W, and: Matrix.identity(d)[columns: 0..<k]).last ?? .nan,
  isBelow: 0.02)
lesson.check(
  "noise variance ∕ mean discarded eigenvalue", (linear.network.noiseVariance ?? .nan) / vᴹᴸ, equals: 1, within: 0.02)
lesson.check("each column is a principal axis: largest 1 − |cos|", misfit.greatest(), isBelow: 0.01)
lesson.check(
  #"the four mean divergences against $\frac12 \log \frac{\lambda_i}{v}$"#,
  linear.network.posterior(of: Y).divergence().columnMeans.sorted(by: >),
  equal: λ[..<k].map { Double.log($0 / vᴹᴸ) / 2 }, within: 0.01)
//: In lesson 02 it took weight decay to find the axes. Here the divergence does, because the encoder's noise is
//: independent in the code's components.

//: ## A variational autoencoder of digits
//:
//: Now curved layers: one hidden layer of $\tanh$ units on both sides, $v$ learnt, fresh ε in every minibatch (the loop
//: is in [Training.swift](../../lessons/07-variational-kl/Training.swift)). For a Gaussian decoder
//: $-\log p(x \mid z) = \frac{1}{2v} \lVert x - \hat x \rVert^2 + \frac D2 \log 2 \pi v$. (For black and white pixels
//: one would take `.bernoulli`; for grey ones the Gaussian with its constants keeps the bound a bound.)
let (network, history) = trainedWithHistory(seed: lesson.seed)
let v = network.noiseVariance ?? .nan
let (onTraining, onTest) = (evidence(network, X, seed: lesson.seed).mean, evidence(network, Xᵗ, seed: lesson.seed).mean)
let baselines = Baselines(X)
let onPlane = -mean(baselines.surprise(Xᵗ, K))
lesson.figure(
  "training",
  "From the second epoch on. Left: the bound rises, on training and on held-out digits. Right: its two terms on held-out digits; what is gained is reconstruction."
) { trainingFigure() }
//:
lesson.table(
  "Nats per digit",
  columns: ["", "reconstruction", "divergence", "ELBO"],
  rows: [("training digits", onTraining), ("held-out digits", onTest)].map { name, terms in
    [Cell(name)] + [terms.reconstruction, terms.divergence, terms.bound].map { .fixed($0, decimals: 2) }
  } + [["probabilistic PCA with the same $K$, held-out: $\\log p(x)$", "", "", .fixed(onPlane, decimals: 2)]])
lesson.say(
  "The learnt noise has a standard deviation of \(Numeral.short(v.squareRoot(), significant: 2)) (the pixels go from 0 to 1), and a density may well be above 1, so its logarithm may be positive."
)
lesson.check(
  "ELBO on held-out digits: rise from the random start, in nats",
  history[history.count - 1].onTest.mean.bound - history[0].onTest.mean.bound, isAbove: 10)
lesson.check(
  "the ELBO on held-out digits is above the exact log-likelihood of probabilistic PCA, in nats",
  onTest.bound - onPlane, isAbove: 0)

//: How much is lost by a bound? More codes say:
let few = Xᵗ[rows: 0..<min(200, Xᵗ.rows)]
let weighted = [1, 10, 100].map { importanceWeighted(network, few, codes: $0, seed: lesson.seed) }
lesson.table(
  "Importance-weighted bound on $\\log p(x)$, \(few.rows) held-out digits", columns: ["codes", "nats"],
  rows: zip([1, 10, 100], weighted).map { [Cell($0), .fixed($1, decimals: 2)] })
lesson.check("100 codes against 1: rise in nats", weighted[2] - weighted[0], isAbove: 0)
lesson.say("So the gap of the ELBO is about \(Numeral.short(weighted[2] - weighted[0], significant: 2)) nats, or more.")

//: ## The map of two numbers
//:
//: With $K = 2$ the code can be drawn. Left, the means $\mu$ of the held-out digits; right, what the decoder makes of a
//: grid of codes.
let flat = digitNetwork(X, latent: 2, epochs: 80, seed: lesson.seed)
lesson.figure(
  "map",
  "Left: held-out digits as points in the plane of the code; the classes have regions, which overlap. Right: images decoded from a grid of codes, which change gradually from one shape to another."
) { mapFigure() }
let (mapBound, planeBound) = (evidence(flat, Xᵗ, seed: lesson.seed).mean.bound, -mean(baselines.surprise(Xᵗ, 2)))
let flatLabels = nearestNeighbourErrors(
  flat.posterior(of: X).mean, training.labels, flat.posterior(of: Xᵗ).mean, test.labels)
let planeLabels = nearestNeighbourErrors(
  baselines.scores(X, 2), training.labels, baselines.scores(Xᵗ, 2), test.labels)
lesson.say(
  "As a model of images: the ELBO on held-out digits is \(Numeral.short(mapBound, significant: 3)) nats; probabilistic PCA with two numbers has an exact log-likelihood of "
    + "\(Numeral.short(planeBound, significant: 3)). Classes are another matter, which the bound never asked for: the nearest training code has "
    + "the wrong label for \(Numeral.percent(flatLabels)) of the held-out digits, the nearest pair of principal scores for \(Numeral.percent(planeLabels))."
)

//: ## New digits, in-betweens, one number at a time
//:
//: Draw codes from the prior and decode: images that never were. Between two digits one can go through the codes, or
//: fade one picture over the other. And one number of a code can be changed while the others stay: Srihari's example
//: changes the style of a picture that way.
lesson.figure(
  "samples", "Forty-eight decoded codes: most of them read as a digit, blurred, some as nothing in particular."
) { samplesFigure() }
lesson.figure(
  "interpolation",
  "Three pairs of held-out digits, each twice. Through the codes strokes move and bend; in the middle of the cross-fade both digits are visible at half strength."
) { interpolationFigure() }
lesson.figure(
  "traversal",
  "Two digits, one row for each of the code's numbers, most used first, from −2.4 to 2.4: stroke, slant or shape change, often into another digit."
) { traversalFigure() }
let inBetweens = InBetweens(network, Xᵗ, test.labels, seed: lesson.seed)
let distances = inBetweens.kinds.map { (name: $0.name, distance: mean(baselines.distanceToNearest($0.images))) }
lesson.table(
  "Squared distance to the nearest training digit", columns: ["images", "mean"],
  rows: distances.map { [Cell($0.name), Cell($0.distance, significant: 3)] })
lesson.check(
  "halfway through the codes ∕ halfway in the cross-fade", distances[2].distance / distances[4].distance, isBelow: 1)
lesson.check(
  "the same, both of reconstructions: codes ∕ cross-fade", distances[2].distance / distances[3].distance, isBelow: 1)
//: The second comparison is the fair one, because decoded images are smooth and smoothness alone brings them nearer.
//: Samples from the prior are farther from any training digit than held-out digits are, so the model also makes what is
//: none.

//: ## β, and the dimensions that are used
//:
//: The weight β of the divergence looks like a new idea. For a Gaussian decoder it is a noise variance in disguise:
//: @fold The derivation in Swift
lesson.derive(#"Weight $\beta$ with variance $v$ is weight 1 with variance $\beta v$"#) { proof in
  let (v, β, N) = (0.05, 4.0, 20)
  var random = lesson.stream("disguise")
  let ε = Matrix<Double>.normal(rows: N, columns: K, using: &random)
  let loss = { (variance: Double, β: Double) in lossOfWaves(X[rows: 0..<N], ε, β: β, variance: variance) }
  let D = Double(D)
  proof.start(
    #"\frac{1}{2v} \operatorname{E} \lVert x - \hat x \rVert^2 + \tfrac D2 \log 2 \pi v + \beta \operatorname{KL}"#,
    loss(v, β))
  proof.equals(
    #"\beta \Bigl( \frac{1}{2 \beta v} \operatorname{E} \lVert x - \hat x \rVert^2 + \tfrac D2 \log 2 \pi \beta v + \operatorname{KL} \Bigr) + \text{a constant}"#,
    because: #"take $\beta$ out; the constant is $\frac D2 (\log 2 \pi v - \beta \log 2 \pi \beta v)$"#,
    β * loss(β * v, 1) + D / 2 * (Double.log(2 * .pi * v) - β * Double.log(2 * .pi * β * v)))
}
//: So the scale of the reconstruction term decides. The plain squared error $\lVert x - \hat x \rVert^2$ plus KL is
//: $\beta v = \frac12$; its mean over the pixels plus KL is $\beta v = \frac D2$. What does a large $\beta v$ do? In
//: the linear model a latent dimension of strength $w$ along an axis with variance $\lambda$ changes the best bound by
//: $g(w) = \frac12 \bigl( \log \beta v + \frac{\lambda}{\beta v} - \log(w^2 + \beta v) - \frac{\lambda}{w^2 + \beta v} \bigr)$.
let v₀ = 0.05
//: @fold The derivation in Swift
lesson.derive(#"What a dimension is worth, for $\beta v = 0.05$ and $\lambda = 0.02, 0.05, 0.1, 0.5$"#, within: 1e-6) {
  proof in
  let λs = [0.02, 0.05, 0.1, 0.5]
  proof.start(
    #"\max_w g(w) \text{, on a grid}"#,
    λs.map { λ in
      (0...20000).map { i -> Double in
        let s = v₀ + 1e-8 * Double(i) * Double(i)
        return (Double.log(v₀) + λ / v₀ - Double.log(s) - λ / s) / 2
      }.greatest()
    })
  proof.equals(
    #"\tfrac12 \Bigl( \frac{\lambda}{\beta v} - 1 - \log \frac{\lambda}{\beta v} \Bigr) \text{ if } \lambda > \beta v \text{, else } 0"#,
    because: #"$g' = 0$ at $w^2 = \lambda - \beta v$; if that is negative, $g$ falls from $w = 0$ on"#,
    λs.map { λ in λ > v₀ ? (λ / v₀ - 1 - Double.log(λ / v₀)) / 2 : 0 })
}
//: A direction whose variance is below $\beta v$ is not worth its divergence: its $w$ is 0, its $q$ is the prior,
//: whatever the image. That is *collapse*. Seven networks with curved layers, fixed $v = 0.05$, held-out digits; a
//: dimension counts as used if its mean divergence is above 0.1 nats. (In the linear model it is
//: $\frac12 \log \frac{\lambda}{\beta v}$, as checked above for $\beta = 1$.)
let βs = [0, 0.5, 1, 2, 4, 0.5 / v₀, Double(D) / 2 / v₀]
let sweep = βs.map { β in
  let network = digitNetwork(X, latent: K, β: β, variance: v₀, learnt: false, epochs: 30, seed: lesson.seed)
  return (
    terms: evidence(network, Xᵗ, seed: lesson.seed).mean, error: squaredError(network.reconstruct(Xᵗ), Xᵗ),
    divergences: network.posterior(of: Xᵗ).divergence().columnMeans.sorted(by: >)
  )
}
let used = sweep.map { $0.divergences.count { $0 > 0.1 } }
lesson.table(
  "The weight of the divergence",
  columns: [
    #"$\beta$"#, "", "reconstruction", "KL", "ELBO", #"$\lVert x - \hat x \rVert^2$"#, "dimensions used",
    #"axes with $\frac12 \log \frac{\lambda}{\beta v} > 0.1$, at most $K$"#,
  ],
  rows: βs.indices.map { i in
    let (terms, name) = (sweep[i].terms, i == 5 ? "squared error + KL" : i == 6 ? "mean squared error + KL" : "")
    return [Cell(βs[i], significant: 3), Cell(name)]
      + [terms.reconstruction, terms.divergence, terms.bound, sweep[i].error].map { .fixed($0, decimals: 2) }
      + [Cell(used[i]), Cell(min(K, λ.count { $0 > 0 && (βs[i] == 0 || Double.log($0 / (βs[i] * v₀)) / 2 > 0.1) }))]
  })
//:
lesson.figure(
  "collapse",
  "Left: with β the divergence falls and the reconstruction with it; the ELBO is highest near β = 1. Right: for large β most dimensions are below the line of 0.1 nats."
) { collapseFigure() }
lesson.check(
  "KL falls with β: largest ratio to that of the next smaller β",
  zip(sweep.dropFirst(), sweep).map { $0.terms.divergence / $1.terms.divergence }.greatest(), isBelow: 1)
lesson.check(
  "held-out ELBO for β = 1: least lead over β = 0 and β ≥ 4, in nats",
  [0, 4, 5, 6].map { sweep[2].terms.bound - sweep[$0].terms.bound }.least(), isAbove: 0)
lesson.check("squared error + KL: dimensions used", Double(used[5]), isBelow: Double(used[2]))
lesson.check("mean squared error + KL: dimensions used", Double(used[6]), equals: 0, within: 0)
//: The last row is how the loss is often written in programs: a mean over pixels beside a sum over code dimensions.
//: Nothing is learnt but the mean image.

//: ## Anomalies
//:
//: A model of $p(x)$ should notice what is not like the data. The test: a network learns the first half of the classes,
//: and $-\operatorname{ELBO}$ is the score of strangeness. The area under the ROC curve (AUC) is the probability that a
//: strange image has a higher score than an ordinary held-out one: 0.5 is a coin, 0.9 is usually called good. Stated
//: beforehand: above 0.75 for unseen classes, above 0.95 for images that are no digits at all.
let trial = AnomalyTrial(seed: lesson.seed)
lesson.table(
  "AUC of five scores",
  columns: ["strange images"] + trial.scores.map(\.name),
  rows: trial.kinds.enumerated().map { i, kind in
    [Cell(kind.name)] + trial.scores.indices.map { .fixed(trial.areas[i][$0], decimals: 3) }
  })
lesson.figure(
  "anomalies",
  "Left: ROC curves for unseen classes, all above the diagonal. Right: the scores −ELBO of ordinary digits, of unseen classes, which lie higher, and of pairs of digits laid over each other, which lie lower."
) { anomalyFigure() }
lesson.check("unseen classes: AUC of −ELBO", trial.areas[0][0], isAbove: 0.75)
lesson.check(
  "inverted, shuffled, uniform noise: least AUC of −ELBO", (1...3).map { trial.areas[$0][0] }.least(), isAbove: 0.95)
lesson.check("two digits laid over each other: AUC of −ELBO", trial.areas[4][0], isBelow: 0.5)
lesson.check(
  "the mean image: share of ordinary digits that look stranger to −ELBO", 1 - trial.areas[5][0], isAbove: 0.5)
lesson.check(
  "unseen classes: AUC of the nearest training digit less that of −ELBO", trial.areas[0][4] - trial.areas[0][0],
  isAbove: 0)
//: Two things the recommendation leaves out. The distance to the nearest training digit, no model at all, does better
//: for unseen classes, and the distance to a principal subspace belongs in any such table. And a high density does not
//: mean ordinary. Two digits in one picture, a mistake nobody overlooks, pass as *more* ordinary than digits, and the
//: mean image as more ordinary than most. They are near the centre of everything, where the density is high and no
//: digit is: of a Gaussian in $D$ dimensions nearly all samples lie about $\sqrt D$ standard deviations from the peak.

//: ## Missing pixels
//:
//: Fill the gaps with the mean image, encode, decode, put the known pixels back, and again. Two masks: the lower half
//: is missing; a random half.
let trials = [ImputationTrial(.lowerHalf), ImputationTrial(.random)]
lesson.table(
  "Squared error per digit",
  columns: ["filled by", "lower half", "random half"],
  rows: trials[0].results.indices.map { i in
    [Cell(trials[0].results[i].name)] + trials.map { .fixed($0.results[i].error, decimals: 2) }
  })
lesson.figure(
  "imputation",
  "Rows: digits; what is known of them; filled by the mean image; after five and after a hundred iterations; from weighted codes of the prior; by linear regression. The last two are blurred where several digits are possible, a hundred iterations decide for one, not always the right one."
) { imputationFigure() }
for trial in trials {
  lesson.check(
    "\(trial.mask.rawValue): five iterations ∕ mean image",
    trial.error(of: "5 iterations") / trial.error(of: "mean image"), isBelow: 1)
  lesson.check(
    "\(trial.mask.rawValue): linear regression ∕ five iterations",
    trial.error(of: "linear regression") / trial.error(of: "5 iterations"), isBelow: 1)
}
lesson.check(
  "lower half: a hundred iterations ∕ five",
  trials[0].error(of: "100 iterations") / trials[0].error(of: "5 iterations"),
  isAbove: 1)
//: The recipe helps, and then it harms. Encoding to $\mu$ takes about the most probable code of the filled picture,
//: decoding the most probable pixels for that code: the rounds climb towards a *mode* of
//: $p(x_{\text{missing}}, z \mid x_{\text{known}})$, one digit and no doubt. The least squared error is at the *mean*.
//: In the linear model there is no difference:
let seen = 3
//: @fold The derivation in Swift
lesson.derive("In the linear model the recipe ends at the conditional mean") { proof in
  let known = Matrix(rows: 1, columns: 5) { _, i in i < seen ? 1.0 : 0 }
  let start = Matrix(rows: 1, columns: 5) { _, i in i < seen ? x[i] : 0 }
  proof.start(
    #"x_{\text{missing}} \text{ after 1000 rounds of encode, decode, put back}"#,
    Array(model.network.impute(start, known: known, iterations: 1000).row(0)[seen...]))
  proof.equals(
    #"c_{\text{m}} + C_{\text{mk}} C_{\text{kk}}^{-1} (x_{\text{k}} - c_{\text{k}})"#,
    because:
      #"$\operatorname{E}[x_{\text{missing}} \mid x_{\text{known}}]$ for $x \sim \mathcal N(c, C)$, $C = W W^\top + vI$: of a Gaussian the mode is the mean"#,
    model.conditionalMean(Array(x[..<seen])))
}
//: The curved model's own conditional mean can be had without iterating: $\sum_s w_s \hat x(z_s)$ with codes $z_s$ from
//: the prior and weights $w_s$ proportional to $p(x_{\text{known}} \mid z_s)$. That is the last row but one, and what
//: it gains over a hundred rounds is the recipe's own fault, not the model's. The last row, plain linear regression on
//: the known pixels, is what any of these should be measured against.

//: ## Errata
//:
//: - The 23AD2205A slides: "uses KL-divergence as its loss function". It is one of two terms, as their own last formula
//:   has it; alone it is least for an encoder that ignores $x$. Nor does it compare with the "original distribution of
//:   dataset": both of its arguments are distributions of codes.
//: - "Suppose we have a distribution $z$ and we want to generate the observation $x$ from it. In other words, we want
//:   to calculate $p(z \mid x)$." Generating is $p(x \mid z)$; $p(z \mid x)$ is the inference.
//: - The divergence "calculates how similar two distributions are": how *dissimilar*, and in one direction only.
//: - Minimising $\operatorname{KL}(q(z \mid x) \parallel p(z \mid x))$ "is equivalent to" maximising the ELBO: in $q$,
//:   for a fixed decoder. In the decoder's parameters it is not, because $\log p(x)$ moves as well.
//: - The second term "ensures that our learned distribution $q$ is similar to the true prior": it is a price and no
//:   guarantee, and a prior is chosen, not true. If every $q(z \mid x)$ equalled it, the code would say nothing of $x$.
//: - $L(x, \hat x) + \sum_j \operatorname{KL}(q_j(z \mid x) \parallel p(z))$: the sum needs a factorised $q$ and $p$,
//:   with $p(z_j)$ in term $j$; and $L$ must be $-\log p(x \mid z)$ with its scale, for a *sampled* $z$, or dimensions
//:   collapse as measured above.
//: - The reparameterisation is named in the conclusion and nowhere else; without it, or the score function, the
//:   reconstruction term has no gradient in the encoder.
//: - "Diederik P. Kingma and Max Welling at Google and Qualcomm": their paper of 2013 gives the University of Amsterdam
//:   for both.
//: - Srihari: for a Gaussian decoder the "negative log-likelihood is the mean-squared error". It is the *summed*
//:   squared error over $2v$, and a constant that holds $v$.
//: - Srihari: "any latent variable model $p_{\text{model}}(h \mid x)$ defines a stochastic encoder" and a decoder. The
//:   model is the joint $p(h, x)$; a conditional alone defines no decoder.

//: ## Is my number right?
lesson.bands("Headline figures") { seed in
  let network = seed == lesson.seed ? network : largeNetwork(seed: seed)
  let trial = seed == lesson.seed ? trial : AnomalyTrial(seed: seed)
  let terms = evidence(network, Xᵗ, seed: seed).mean
  return [
    "held-out ELBO, nats": terms.bound,
    "of which reconstruction": terms.reconstruction,
    "of which divergence": terms.divergence,
    "AUC of −ELBO, unseen classes": trial.areas[0][0],
    "AUC of −ELBO, two digits in one": trial.areas[4][0],
  ]
}

//: ## Self-assessment
//:
//: @question Your ELBO is $-80$ nats and a colleague's $-75$ on the same digits. Whose model is better?
//: @answer Unknown: the gap may differ by more. Compare importance-weighted bounds with many codes. And first make sure
//: that both mean the same $p(x \mid z)$, constants and pixel scale included.
//:
//: @question You double the number of latent dimensions and the ELBO hardly changes. Is something broken?
//: @answer No. Directions whose variance is below $\beta v$ are not worth their divergence; the extra dimensions have
//: $q = p$ and cost nothing.
//:
//: @question Someone computes the divergence with $\sigma$ where the formula has $\log \sigma^2$. What will the network
//: do?
//: @answer $\frac12(\mu^2 + \sigma^2 - \sigma - 1)$ has its minimum at $\sigma = \frac12$ and is negative there: no
//: divergence. Codes come out too narrow, samples from the prior fall between them, and the "bound" exceeds
//: $\log p(x)$. A test against numeric integration finds it.
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
lesson.finish()
