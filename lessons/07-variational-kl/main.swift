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

let digits = lesson.images(ImageNeeds(classes: 2, ofEachClass: 20))
let D = digits.width * digits.height
let (training, test) = split(seed: lesson.seed)
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
  "With a curved decoder there is no closed form, and with \(K) latent dimensions the same rule takes $161^{\(K)} = \(TeXNumber((0..<K).reduce(1.0) { n, _ in 161 * n }))$ evaluations of the decoder for one image. That is what *intractable* means."
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
  let bound = model.expectedLogLikelihood(x, q) - q.divergence(from: prior)
  proof.atLeast(
    #"\operatorname{E}_q \log p(x \mid z) - \operatorname{KL}(q \parallel p(z)) + \operatorname{E}_q \Bigl( 1 - \frac{p(z \mid x)}{q(z)} \Bigr)"#,
    because: #"$\log u \ge 1 - \frac1u$ for every $u > 0$, with equality only at 1"#,
    bound + expectation { z in 1 - Double.exp(posterior.logDensity(z) - q.logDensity(z)) })
  proof.equals(
    #"\operatorname{E}_q \log p(x \mid z) - \operatorname{KL}(q \parallel p(z)) = \operatorname{ELBO}"#,
    because: "both densities integrate to 1; so a divergence is never negative, and 0 only for equal densities", bound)
}
//: The last term of line 4 is the only one that needs the posterior, and it is what one leaves out. Raising the ELBO
//: does two things at a time: for the encoder $\log p(x)$ is a constant, so $q$ approaches the posterior; for the
//: decoder it raises $\log p(x)$, or lowers the gap.
let candidates = [
  ("the prior", prior), ("the $q$ above", q), ("best without correlation", posterior.bestProduct),
  ("the posterior", posterior),
]
lesson.table("One $x$, four distributions of codes", boundTable(candidates))
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
//: 5000 repetitions:
let wide = Gaussian(posterior.m, 3 * candidates[2].1.C)
let copies = Matrix(rows: 5000, columns: 5) { _, i in x[i] }
let boundsByCodes = [1, 5, 25].map { S in
  (S: S, bound: Estimate(importanceWeights(model, wide, copies, codes: S, seed: lesson.seed)))
}
lesson.table("The importance-weighted bound", weightedTable(boundsByCodes))
lesson.check(
  "one code: the gap is the divergence, in standard errors",
  boundsByCodes[0].bound.deviation(from: logEvidence - wide.divergence(from: posterior)), isBelow: 4)
lesson.check(
  "each bound is above the one before: least rise, in nats",
  zip(boundsByCodes.dropFirst(), boundsByCodes).map { $0.bound.mean - $1.bound.mean }.least(), isAbove: 0)
lesson.check(
  "25 codes: share of the gap that is left",
  (logEvidence - boundsByCodes[2].bound.mean) / (logEvidence - boundsByCodes[0].bound.mean), isBelow: 0.1)

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
  qᵈ.samples(20000, using: &sampling).map { z in qᵈ.logDensity(z) - pᵈ.logDensity(z) })
lesson.say(
  "Twenty thousand samples of $\\log q(z) - \\log p(z)$ give \(Numeral.short(monteCarlo.mean)) ± \(Numeral.short(monteCarlo.standardError, significant: 2)), the formula \(Numeral.short(qᵈ.divergence(from: pᵈ))). With the two exchanged it is \(Numeral.short(pᵈ.divergence(from: qᵈ)))."
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
//: $\mu$ is zero, and the encoder learns nothing from the images. Two ways out: one for any $f$, one for differentiable $f$; here
//: $f(z) = \log \operatorname{sigmoid}(3z - 1)$, a pixel that is on:
let f = { (z: Double) in -Double.softplus(1 - 3 * z) }
//: @fold The derivation in Swift
lesson.derive(
  #"The two derivatives of $\operatorname{E}_q f(z)$, with $q = \mathcal N(\mu, \sigma^2)$ (line 1 by central differences)"#
) { proof in
  let expected = { (μ: Double, σ: Double) in integral { z in Double.exp(logNormal(z, μ, σ)) * f(z) } }
  let (slope, q) = ({ (z: Double) in 3 * Double.sigmoid(1 - 3 * z) }, { z in Double.exp(logNormal(z, μ₁, σ₁)) })
  let (h, σ²) = (1e-4, σ₁ * σ₁)
  proof.start(
    #"\Bigl( \frac{\partial}{\partial \mu} \operatorname{E}_q f(z) \text{, } \frac{\partial}{\partial \sigma} \operatorname{E}_q f(z) \Bigr)"#,
    [expected(μ₁ + h, σ₁) - expected(μ₁ - h, σ₁), expected(μ₁, σ₁ + h) - expected(μ₁, σ₁ - h)].map { $0 / (2 * h) })
  proof.equals(
    #"\operatorname{E}_q \, f(z) \Bigl( \frac{z - \mu}{\sigma^2} \text{, } \frac{(z - \mu)^2 - \sigma^2}{\sigma^3} \Bigr)"#,
    because:
      #"only the density depends on $\mu$ and $\sigma$, and $\partial q = q \, \partial \log q$: the *score-function* gradient (Williams 1992)"#,
    [{ ($0 - μ₁) / σ² }, { (($0 - μ₁) * ($0 - μ₁) - σ²) / (σ² * σ₁) }].map { (score: (Double) -> Double) in
      integral { z in q(z) * f(z) * score(z) }
    }, within: 1e-6)
  proof.equals(
    #"\operatorname{E}_q \, f'(z) \Bigl( 1 \text{, } \frac{z - \mu}{\sigma} \Bigr)"#,
    because:
      #"integrate by parts: $\frac{\partial q}{\partial \mu} = -\frac{\partial q}{\partial z}$, $\frac{\partial q}{\partial \sigma} = -\frac{\partial}{\partial z} \bigl( q \frac{z - \mu}{\sigma} \bigr)$"#,
    [integral { z in q(z) * slope(z) }, integral { z in q(z) * slope(z) * (z - μ₁) / σ₁ }])
  let sloped = { ε in Double.exp(logNormal(ε, 0, 1)) * slope(μ₁ + σ₁ * ε) }
  proof.equals(
    #"\operatorname{E}_{\varepsilon} \, f'(\mu + \sigma \varepsilon) (1 \text{, } \varepsilon)"#,
    because:
      #"substitute $z = \mu + \sigma \varepsilon$: the *reparameterised* gradient (Kingma and Welling 2013), with $\partial z / \partial \mu = 1$, $\partial z / \partial \sigma = \varepsilon$"#,
    [integral(sloped), integral { ε in sloped(ε) * ε }])
}
//: The first needs only values of $f$, the second its derivative, which back-propagation has. They differ in their
//: variance. Twenty thousand samples of each, for $f(z) = -\frac12 \lVert z - a \rVert^2$ in $K$ dimensions with
//: $\sigma = \frac12$ and every component of $a - \mu$ equal to 1: one component of the gradient, whose exact value is 1.
let toys = [1, 8, 64].map { K in (K: K, toy: GradientToy(K: K, σ: 0.5, samples: 20000)) }
lesson.table("Estimates of a gradient that is 1", gradientTable(toys))
lesson.check(
  "the three estimates are unbiased, every $K$: largest deviation in standard errors",
  toys.flatMap { $0.toy.all.map { $0.deviation(from: GradientToy.exact) } }.greatest(), isBelow: 4)
lesson.check(
  #"variance of the reparameterised gradient ∕ $\sigma^2$, every $K$"#,
  toys.map { $0.toy.reparameterised.variance / 0.25 }, equal: [1, 1, 1], within: 0.1)
lesson.check(
  "variance of the score-function gradient ∕ its exact value, every $K$",
  toys.map { $0.toy.score.variance / $0.toy.exactVariance.score }, equal: [1, 1, 1], within: 0.15)
lesson.check(
  "the same with the mean subtracted",
  toys.map { $0.toy.scoreWithBaseline.variance / $0.toy.exactVariance.withBaseline }, equal: [1, 1, 1], within: 0.15)
//: The derivative concerns one component of the code, whatever $K$ is. The score function multiplies that component's
//: noise by the whole of $f$: by its mean, which is proportional to $K$, and by what all the other components add.

//: ## With linear layers it is probabilistic PCA
//:
//: Probabilistic PCA (Tipping and Bishop 1999) is the linear model above, fitted to data with the covariance
//: $C = U \Lambda U^\top$ by maximum likelihood: $v$ is the mean of the discarded eigenvalues,
//: $W = U_K (\Lambda_K - vI)^{1/2} R$ with any rotation $R$. Can a variational autoencoder with linear layers get
//: there? Its $q$ is diagonal, and the posterior's covariance is $vM^{-1}$, $M = W^\top W + vI = R^\top \Lambda_K R$:
//: diagonal for $R = I$. So the bound can be tight, if the columns of $W$ are the principal axes themselves and not
//: just any basis of their subspace (Lucas, Tucker, Grosse and Norouzi 2019).
//:
//: The images are taken in the coordinates of their leading principal axes, all of them if there are no more than 64.
//: Only $\Lambda$ matters, so the made-up examples $\pm \sqrt{d \lambda_i}\, e_i$ stand for all images, as in
//: [lesson 02](../02-linear-autoencoder/README.md).
let (d, k) = (min(D, 64), 4)
let μ = X.columnMeans
let baselines = Baselines(X)
let λ = baselines.variances[..<d].map { max($0, 0) }
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
//: With these points as fixed noise the bound is a function of the parameters alone, and L-BFGS can maximise it. (Here
//: $K = 4$, and the factor $\sqrt K$ is 2.)
let linear = LinearNetwork(axes: d, latent: k, seed: lesson.seed).trained(on: Y, iterations: 6000)
//: @fold The derivation in Swift
lesson.derive("At the optimum the bound is the log-likelihood, and the best that any such model has", within: 1e-4) {
  proof in
  proof.start(#"\frac1N \sum_n \operatorname{ELBO}(x_n)"#, -linear.value)
  proof.equals(
    #"\frac1N \sum_n \log \mathcal N(x_n; 0, W W^\top + vI)"#,
    because: "the gap is closed: the log-likelihood of the network's own $W$ and $v$",
    mean((0..<Y.rows).map { linear.marginal.logDensity(Y.row($0)) }))
  proof.equals(
    #"-\tfrac12 \Bigl( d \log 2\pi + \sum_{i \le K} \log \lambda_i + (d - K) \log v + d \Bigr)"#,
    because:
      #"Tipping and Bishop's maximum, from the eigenvalues alone, with $v = \frac{1}{d - K} \sum_{i > K} \lambda_i$"#,
    -(Double(d) * Double.log(2 * .pi) + λ[..<k].map { Double.log($0) }.sum() + Double(d - k) * Double.log(vᴹᴸ)
      + Double(d)) / 2)
}
//:
let columns = linear.columns
let cosines = (0..<k).map { i in abs(columns[i][i]) / norm(columns[i]) }
lesson.table("The linear network against probabilistic PCA", axisTable(columns, cosines))
lesson.check(
  "largest principal angle to the first \(k) axes, in radians",
  principalAngles(between: linear.W, and: Matrix.identity(d)[columns: 0..<k]).last ?? .nan, isBelow: 0.02)
lesson.check("noise variance ∕ mean discarded eigenvalue", linear.variance / vᴹᴸ, equals: 1, within: 0.02)
lesson.check("each column is a principal axis: largest 1 − |cos|", 1 - cosines.least(), isBelow: 0.01)
lesson.check(
  #"the four mean divergences against $\frac12 \log \frac{\lambda_i}{v}$"#,
  linear.network.posterior(of: Y).divergence().columnMeans.sorted(by: >),
  equal: λ[..<k].map { Double.log($0 / vᴹᴸ) / 2 }, within: 0.01)
//: In lesson 02 it took weight decay to find the axes. Here the divergence does, because the encoder's noise is
//: independent in the code's components. Turn the first and the fourth column by 45°: $W W^\top + vI$, the model of the
//: images, is the same, but the posterior is correlated. Both diagonal entries of $M$ become
//: $\frac12 (\lambda_1 + \lambda_4)$, $\det M$ stays, and the best diagonal $q$ leaves a gap, small
//: if the two eigenvalues are close (then training settles slowly):
let turned = linear.turned
let correlated = turned.posterior(Y.row(0))
lesson.check(
  #"gap of the turned decoder against $\frac12 \log \frac{(\lambda_1 + \lambda_4)^2}{4 \lambda_1 \lambda_4}$, in nats"#,
  correlated.bestProduct.divergence(from: correlated),
  equals: Double.log((λ[0] + λ[3]) * (λ[0] + λ[3]) / (4 * λ[0] * λ[3])) / 2, within: 0.01)
lesson.check(
  "its log-likelihood of an example against the network's",
  turned.marginal.logDensity(Y.row(0)), equals: linear.marginal.logDensity(Y.row(0)), within: 1e-9)

//: ## A variational autoencoder of images
//:
//: Now curved layers: one hidden layer of $\tanh$ units on both sides, $v$ learnt, fresh ε in every minibatch (the loop
//: is in [Training.swift](../../lessons/07-variational-kl/Training.swift)). For a Gaussian decoder
//: $-\log p(x \mid z) = \frac{1}{2v} \lVert x - \hat x \rVert^2 + \frac D2 \log 2 \pi v$. (For black and white pixels
//: one would take `.bernoulli`. Cross-entropy with grey pixels is often seen too, but
//: $\int_0^1 \hat x^x (1 - \hat x)^{1 - x} \, dx$ is not 1: that is no density, and the sum no bound.)
let (network, history) = trainedWithHistory(seed: lesson.seed)
let v = network.noiseVariance ?? .nan
let (onTraining, onTest) = (evidence(network, X, seed: lesson.seed).mean, evidence(network, Xᵗ, seed: lesson.seed).mean)
let onPlane = -mean(baselines.surprise(Xᵗ, K))
lesson.figure(
  "training",
  "From the second epoch on. Left: the bound on training and on held-out images. Right: its two terms on held-out images, at the end \(Numeral.short(onTest.reconstruction, significant: 3)) nats of reconstruction less \(Numeral.short(onTest.divergence, significant: 3)) of divergence."
) { trainingFigure() }
//:
lesson.table("Nats per image", termTable())
lesson.say(
  "The learnt noise has a standard deviation of \(Numeral.short(v.squareRoot(), significant: 2)) (the pixels go from 0 to 1), and a density may well be above 1, so its logarithm may be positive."
)
// The log-likelihood of a Gaussian around the mean image, at the variance that suits the held-out digits best.
let scatter = mean(baselines.distanceToSubspace(Xᵗ, 0)) / Double(D)
lesson.check(
  "ELBO on held-out images above the log-likelihood of the mean image with noise, in nats",
  onTest.bound + Double(D) / 2 * (Double.log(2 * .pi * scatter) + 1), isAbove: 10)
lesson.check(
  "the ELBO rises: its largest fall on training images from one point of the figure to the next, share of the rise",
  zip(history, history.dropFirst()).map { $0.onTraining - $1.onTraining }.greatest()
    / (history[history.count - 1].onTraining - history[0].onTraining), isBelow: 0.01)
lesson.check(
  "the ELBO on held-out images is above the exact log-likelihood of probabilistic PCA, in nats",
  onTest.bound - onPlane, isAbove: 0)

//: How much is lost by a bound? More codes say:
let few = Xᵗ[rows: 0..<min(200, Xᵗ.rows)]
let weighted = [1, 10, 100].map { importanceWeighted(network, few, codes: $0, seed: lesson.seed) }
lesson.table(
  "Importance-weighted bound on $\\log p(x)$, \(few.rows) held-out images", columns: ["codes", "nats"],
  rows: zip([1, 10, 100], weighted).map { [Cell($0), .fixed($1, decimals: 2)] })
lesson.check("100 codes against 1: rise in nats", weighted[2] - weighted[0], isAbove: 0)
lesson.say(
  "So the gap of the ELBO is at least about \(Numeral.short(weighted[2] - weighted[0], significant: 2)) nats: what is left of it with 100 codes is not known."
)

//: ## The map of two numbers
//:
//: With $K = 2$ the code can be drawn. Left, the means $\mu$ of the held-out images; right, what the decoder makes of a
//: grid of codes.
let flat = digitNetwork(X, latent: 2, epochs: 80, seed: lesson.seed)
lesson.figure(
  "map",
  "Left: held-out images as points in the plane of the code; the classes have regions, or overlap. Right: images decoded from a grid of codes, which change gradually from one shape to another."
) { mapFigure() }
let map = MapTrial(flat)
lesson.say(
  "As a model of images: the ELBO on held-out images is \(Numeral.short(map.bound, significant: 3)) nats; probabilistic PCA with two numbers has an exact log-likelihood of \(Numeral.short(map.planeBound, significant: 3)). Classes are another matter, which the bound never asked for: the nearest training code has the wrong label for \(Numeral.percent(map.errors)) of the held-out images, the nearest pair of principal scores for \(Numeral.percent(map.planeErrors))."
)

//: ## New images, in-betweens, one number at a time
//:
//: Draw codes from the prior and decode: images that never were. Between two images one can go through the codes, or
//: fade one picture over the other. And one number of a code can be changed while the others stay: Srihari's example
//: changes the style of a picture that way.
lesson.figure(
  "samples",
  "Forty-eight decoded codes: blurred images. On the default digits many read as a digit, others as nothing in particular."
) { samplesFigure() }
lesson.figure(
  "interpolation",
  "Three pairs of held-out images, each twice. Through the codes shapes change; in the middle of the cross-fade both images are visible at half strength."
) { interpolationFigure() }
lesson.figure(
  "traversal",
  "Two images, one row for each of the code's numbers, most used first, from −2.4 to 2.4: on the default digits stroke, slant or shape change, often into another digit."
) { traversalFigure() }
let inBetweens = InBetweens(network, Xᵗ, test.labels, seed: lesson.seed)
lesson.table(
  "Squared distance to the nearest training image", columns: ["images", "mean"],
  rows: inBetweens.kinds.map { [Cell($0.name), Cell(mean($0.distances), significant: 3)] })
lesson.check("halfway through the codes ∕ halfway in the cross-fade", inBetweens.ratio(2, 4), isBelow: 1)
lesson.check("the same, both of reconstructions: codes ∕ cross-fade", inBetweens.ratio(2, 3), isBelow: 1)
lesson.check(
  "samples of the prior ∕ of the images' own $q(z \\mid x)$", inBetweens.ratio(6, 5), isAbove: 1)
lesson.say(
  "The second comparison is the fair one, because decoded images are smooth and smoothness alone brings them nearer. The third compares codes drawn from the prior with codes that images have. Of 1000 samples \(Numeral.percent(inBetweens.nearSamples, decimals: 0)) are as near to some training image as 95 % of the held-out images are."
)

//: ## β, and the dimensions that are used
//:
//: The weight β of the divergence (Higgins et al. 2017) looks like a new idea. For a Gaussian decoder with a fixed $v$
//: it is a noise variance in disguise:
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
//: the linear model the best bound is a log-likelihood, and a latent dimension of strength $w$ along an axis with
//: variance $\lambda$ turns the model's variance there from $\beta v$ into $w^2 + \beta v$. That is worth
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
//: whatever the image. That is *collapse*. Seven networks with curved layers, fixed $v = 0.05$, held-out images; the
//: reconstruction term is of sampled codes, the squared error that of the decoded mean $\mu$; a dimension counts as used if its mean divergence is above 0.1 nats. (In the linear model it is
//: $\frac12 \log \frac{\lambda}{\beta v}$, as checked above for $\beta = 1$.)
let sweep = [0, 0.5, 1, 2, 4, 0.5 / v₀, Double(D) / 2 / v₀].map { WeightTrial(β: $0, variance: v₀) }
lesson.table("The weight of the divergence", weightTable(sweep))
lesson.figure(
  "collapse",
  "Left: the two terms of the bound and the bound itself against β; of the values shown the ELBO is highest for β = \(Numeral.short(sweep[(1...5).reduce(1) { sweep[$1].terms.bound > sweep[$0].terms.bound ? $1 : $0 }].β)). Right: above the line of 0.1 nats are \(sweep[2].used) of \(K) dimensions for β = 1, \(sweep[5].used) for β = \(Numeral.short(sweep[5].β))."
) { collapseFigure() }
lesson.check(
  "KL falls with β: largest ratio to that of the next smaller β",
  zip(sweep.dropFirst(), sweep).map { $0.terms.divergence / $1.terms.divergence }.greatest(), isBelow: 1)
lesson.check(
  "held-out ELBO for β = 1: least lead over β = 0 and β ≥ 4, in nats",
  [0, 4, 5, 6].map { sweep[2].terms.bound - sweep[$0].terms.bound }.least(), isAbove: 0)
lesson.check("squared error + KL: dimensions used", Double(sweep[5].used), isBelow: Double(sweep[2].used))
lesson.check("mean squared error + KL: dimensions used", Double(sweep[6].used), equals: 0, within: 0)
lesson.check(
  "mean squared error + KL: error ∕ that of the mean image",
  sweep[6].error / mean(baselines.distanceToSubspace(Xᵗ, 0)), equals: 1, within: 0.05)
//: The last column is the linear model's optimum, which a short training of a curved network need not share. The last
//: row is how the loss is often written in programs: a mean over pixels beside a sum over code dimensions.
//: On the default digits nothing is learnt but the mean image.

//: ## Anomalies
//:
//: A model of $p(x)$ should notice what is not like the data. The test: a network learns the first half of the classes,
//: and $-\operatorname{ELBO}$ is the score of strangeness. The area under the ROC curve (AUC) is the probability that a
//: strange image has a higher score than an ordinary held-out one: 0.5 is a coin, and at 0.9 one pair in ten is the wrong
//: way round. Stated beforehand: above 0.75 for unseen classes, above 0.95 for images of no such kind at all.
let trial = AnomalyTrial(seed: lesson.seed)
lesson.table("AUC of five scores", anomalyTable(trial))
lesson.figure(
  "anomalies",
  "Left: ROC curves for unseen classes; the area under that of −ELBO is \(Numeral.fixed(trial.areas[0][0], decimals: 2)). Right: the scores −ELBO of ordinary images, of unseen classes and of averages of two images, whose area is \(Numeral.fixed(trial.areas[4][0], decimals: 2))."
) { anomalyFigure() }
lesson.check("unseen classes: AUC of −ELBO", trial.areas[0][0], isAbove: 0.75)
lesson.check(
  "inverted, shuffled, uniform noise: least AUC of −ELBO", (1...3).map { trial.areas[$0][0] }.least(), isAbove: 0.95)
lesson.check("unseen classes: AUC of KL ∕ reconstruction only", trial.areas[0][2] / trial.areas[0][1], isBelow: 1)
lesson.check("averages of two images: AUC of −ELBO", trial.areas[4][0], isBelow: 0.5)
lesson.check("the same pairs, ink over ink: AUC of −ELBO", trial.areas[5][0], isAbove: 0.5)
lesson.check(
  "the mean image: share of ordinary images that look stranger to −ELBO", 1 - trial.areas[6][0], isAbove: 0.5)
lesson.check("unseen classes: AUC of the nearest image ∕ −ELBO", trial.areas[0][4] / trial.areas[0][0], isAbove: 1)
lesson.say(
  "Two things the recommendation leaves out. First, what is cheaper: for unseen classes −ELBO has \(Numeral.fixed(trial.areas[0][0], decimals: 3)), the distance to \(K) principal axes \(Numeral.fixed(trial.areas[0][3], decimals: 3)), the distance to the nearest training image, no model at all, \(Numeral.fixed(trial.areas[0][4], decimals: 3)). A number without these beside it says little. The divergence alone has \(Numeral.fixed(trial.areas[0][2], decimals: 3)), the reconstruction \(Numeral.fixed(trial.areas[0][1], decimals: 3))."
)
//: Second, a high density does not mean ordinary. On the default digits averages of two digits pass as *more* ordinary than digits, and the
//: mean image as more ordinary than most. They are near the centre of everything (an average of two has about half the
//: squared distance from the mean), where the density is high and no digit is: of a Gaussian in $D$ dimensions nearly all
//: samples lie about $\sqrt D$ standard deviations from the peak. It is the half-strength ink that deceives, not the
//: second digit: the same pairs with full ink, the darker of the two in each pixel, are far out and are noticed.

//: ## Missing pixels
//:
//: Fill the gaps with the mean image, encode, decode, put the known pixels back, and again. Two masks: the lower half
//: is missing; a random half.
let trials = [ImputationTrial(.lowerHalf), ImputationTrial(.random)]
lesson.table("Squared error per image", imputationTable(trials))
lesson.figure(
  "imputation",
  "Rows: images; what is known of them; filled by the mean image; after five and after a hundred iterations; from weighted codes of the prior; by linear regression. Lower half: after a hundred iterations the filled pixels stand out more from the mean image than in the last two rows, which stay grey where several images are possible."
) { imputationFigure() }
for trial in trials {
  for (way, other) in [("5 iterations", "mean image"), ("linear regression", "5 iterations")] {
    lesson.check("\(trial.mask.rawValue): error, \(way) ∕ \(other)", trial.ratio(way, other), isBelow: 1)
  }
}
let (lowerHalf, fromPrior) = (trials[0], "20000 codes from the prior, weighted")
lesson.check("lower half: error, 100 iterations ∕ 5", lowerHalf.ratio("100 iterations", "5 iterations"), isAbove: 1)
lesson.check(
  "lower half: error, weighted codes ∕ 100 iterations", lowerHalf.ratio(fromPrior, "100 iterations"), isBelow: 1)
lesson.check(
  "lower half: squared distance from the mean image, the last two rows ∕ 100 iterations",
  [fromPrior, "linear regression"].map { lowerHalf.contrast($0, "100 iterations") }.greatest(), isBelow: 1)
//: On the default digits the recipe helps, and then it harms. Encoding to $\mu$ takes about the most probable code of the filled picture,
//: decoding the most probable pixels for that code: the rounds climb towards a *mode* of
//: $p(x_{\text{missing}}, z \mid x_{\text{known}})$, one image and no doubt. The least squared error is at the *mean*.
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
//: the prior and weights $w_s$ proportional to $p(x_{\text{known}} \mid z_s)$, the last row but one. For the lower half
//: of the default digits, what it gains over a hundred rounds is the recipe's own fault, not the model's. The last row, linear regression on the
//: known pixels with a little ridge, is what any of these should be measured against.
lesson.say(
  "That row is a rough estimate: the prior hardly ever draws a code that fits half of the pixels. For the median image the effective number of codes, $1 / \\sum_s w_s^2$, is \(Numeral.short(trials[0].effectiveCodes, significant: 2)) with the lower half missing and \(Numeral.short(trials[1].effectiveCodes, significant: 2)) with a random half. At 1 the weighted mean would be one decoded code and no mean."
)

//: ## Errata
//:
//: - The 23AD2205A slides: "uses KL-divergence as its loss function". It is one of two terms, as their own last formula
//:   has it; alone it is least for an encoder that ignores $x$. Nor does it compare with the "original distribution of
//:   dataset": both of its arguments are distributions of codes.
//: - "Suppose we have a distribution $z$ and we want to generate the observation $x$ from it. In other words, we want
//:   to calculate $p(z \mid x)$." Generating is $p(x \mid z)$; $p(z \mid x)$ is the inference.
//: - "We need to approximate $p(z \mid x)$ to $q(z \mid x)$": the other way round. The posterior stays what it is, and
//:   $q$ is brought near it.
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
lesson.bands("Headline figures") { seed in headlines(seed: seed) }

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question Your ELBO is $-80$ nats and a colleague's $-75$ on the same images. Whose model is better?
//: @answer Unknown: the gap may differ by more. Compare importance-weighted bounds with many codes. And first make sure
//: that both mean the same $p(x \mid z)$, constants and pixel scale included.
//:
//: @question You double the number of latent dimensions and the ELBO hardly changes. Is something broken?
//: @answer Not necessarily. Directions whose variance is below $\beta v$ are not worth their divergence; the extra dimensions have
//: $q = p$ and cost nothing.
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
lesson.finish()
