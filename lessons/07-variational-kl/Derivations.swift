import Autoencoders
import LinearAlgebra
import Notebook

// Derivations of the side roads. Each takes the numbers that it is evaluated on.

/// For a linear decoder the 2k points ±√k eⱼ have the expectation of ε ~ N(0, I).
func exactExpectation(_ proof: inout Proof, _ network: Network, _ X: Matrix<Double>) {
  let (W, k) = (network.decoder.W, network.latent)
  let q = network.posterior(of: X)
  let squares = { (Z: Matrix<Double>) in squaredError(X, Z * W.T) }
  proof.start(
    #"\operatorname{E}_q \lVert x - Wz \rVert^2 = \lVert x - W \mu \rVert^2 + \sum_j \sigma_j^2 "#
      + #"\lVert w_j \rVert^2"#,
    squares(q.mean) + dot(exp(q.logVariance).columnMeans, (W ⊙ W).columnSums))
  proof.equals(
    #"\frac{1}{2k} \sum_j \sum_{\pm} \lVert x - W (\mu \pm \sqrt k \, \sigma_j e_j) \rVert^2"#,
    because: #"what is linear in $\varepsilon$ cancels between the signs; of the squares $k "#
      + #"\sigma_j^2 \lVert w_j \rVert^2$ the mean is left"#,
    (0..<2 * k).map { s in
      let size = (s % 2 == 0 ? 1 : -1) * Double(k).squareRoot()
      return squares(
        q.sample(Matrix(rows: X.rows, columns: k) { _, j in j == s / 2 ? size : 0 }))
    }.sum() / Double(2 * k))
}

/// The bound with one code, from the mean of the weights ω.
func jensen(_ proof: inout Proof, _ model: LinearGaussian, _ q: Gaussian, _ x: [Double]) {
  let prior = Gaussian.standard(2)
  let logWeight = { (z: [Double]) in
    model.logLikelihood(x, z) + prior.logDensity(z) - q.logDensity(z)
  }
  proof.start(#"\log p(x)"#, model.marginal.logDensity(x))
  proof.equals(
    #"\log \operatorname{E}_q \omega(z)"#,
    because: #"$\int q \cdot \frac{p(x \mid z) p(z)}{q} \, dz$"#,
    Double.log(doubleIntegral { z in Double.exp(q.logDensity(z) + logWeight(z)) }))
  proof.atLeast(
    #"\operatorname{E}_q \log \omega(z)"#, because: "Jensen's inequality",
    doubleIntegral { z in Double.exp(q.logDensity(z)) * logWeight(z) })
  proof.equals(
    #"\operatorname{E}_q \log p(x \mid z) - \operatorname{KL}(q \parallel p(z))"#,
    because: #"$\log \omega = \log p(x \mid z) - \log \frac{q}{p}$"#,
    model.expectedLogLikelihood(x, q) - q.divergence(from: prior))
}

/// Each further code raises the bound, or leaves it: evaluated for weights of six codes.
func oneMoreCode(_ proof: inout Proof, _ model: LinearGaussian, _ q: Gaussian, _ x: [Double]) {
  let codes = [[0.2, -0.1], [1.0, -0.8], [-0.5, 0.6], [0.6, 0.4], [-0.9, -0.7], [1.5, 0.3]]
  let (prior, logEvidence) = (Gaussian.standard(2), model.marginal.logDensity(x))
  let ω = codes.map { z in
    Double.exp(model.logLikelihood(x, z) + prior.logDensity(z) - q.logDensity(z) - logEvidence)
  }
  let density = codes.map { Double.exp(q.logDensity($0)) }
  let share = (1 / density.sum()) .* density
  let expectation = { (g: (Double, Double, Double) -> Double) in
    (0..<6).flatMap { r in
      (0..<6).flatMap { s in
        (0..<6).map { t in share[r] * share[s] * share[t] * g(ω[r], ω[s], ω[t]) }
      }
    }.sum()
  }
  proof.start(
    #"\operatorname{E} \log \frac1S \sum_s \omega_s"#,
    expectation { Double.log(($0 + $1 + $2) / 3) })
  proof.equals(
    #"\operatorname{E} \log \frac1S \sum_r \Bigl( \frac{1}{S - 1} \sum_{s \ne r} \omega_s "#
      + #"\Bigr)"#,
    because: "leave out one weight at a time: each $\\omega_s$ is in $S - 1$ of the $S$ means",
    expectation { Double.log((($1 + $2) / 2 + ($0 + $2) / 2 + ($0 + $1) / 2) / 3) })
  proof.atLeast(
    #"\operatorname{E} \, \frac1S \sum_r \log \frac{1}{S - 1} \sum_{s \ne r} \omega_s"#,
    because: "the logarithm is concave: Jensen's inequality for a mean of $S$ numbers",
    expectation {
      (Double.log(($1 + $2) / 2) + Double.log(($0 + $2) / 2) + Double.log(($0 + $1) / 2)) / 3
    })
  proof.equals(
    #"\operatorname{E} \log \frac{1}{S - 1} \sum_{s < S} \omega_s"#,
    because: "the codes are drawn alike, so it does not matter which one was left out",
    expectation { r, s, _ in Double.log((r + s) / 2) })
}

/// What KL(q‖p) of a correlated q has beyond the sum over its components.
func costOfCorrelation(_ proof: inout Proof, _ q: Gaussian) {
  let (prior, product) = (Gaussian.standard(2), q.factorised)
  let expectation = { (f: ([Double]) -> Double) in
    doubleIntegral { z in Double.exp(q.logDensity(z)) * f(z) }
  }
  proof.start(
    #"\operatorname{KL}(q \parallel p) = \int q(z) \log \frac{q(z)}{p(z)} \, dz"#,
    expectation { z in q.logDensity(z) - prior.logDensity(z) })
  proof.equals(
    #"\operatorname{E}_q \log \frac{\prod_j q_j(z_j)}{p(z)} + \operatorname{E}_q \log "#
      + #"\frac{q(z)}{\prod_j q_j(z_j)}"#,
    because: "multiply and divide by the product of the marginals",
    expectation { z in product.logDensity(z) - prior.logDensity(z) }
      + expectation { z in q.logDensity(z) - product.logDensity(z) })
  let ρ² = q.C[0, 1] * q.C[0, 1] / (q.C[0, 0] * q.C[1, 1])
  proof.equals(
    #"\sum_j \operatorname{KL}(q_j \parallel p_j) - \tfrac12 \log (1 - \rho^2)"#,
    because: #"the second term is the mutual information of two Gaussians with the correlation "#
      + #"$\rho$"#,
    product.divergence(from: prior) - Double.log(1 - ρ²) / 2)
  proof.atLeast(
    #"\sum_j \operatorname{KL}(q_j \parallel p_j)"#, because: #"$0 \le \rho^2 < 1$"#,
    product.divergence(from: prior))
}

/// Where filling in by encoding and decoding ends, if the first few numbers of x are known.
func fixedPointOfRounds(
  _ proof: inout Proof, _ model: LinearGaussian, _ x: [Double], seen: Int
) {
  let (W, c, D) = (model.W, model.c, x.count)
  let inverse = lesson.attempt { try (W.T * W + model.τ² * .identity(W.columns)).inverse() }
  let A = W * inverse * W.T
  let P = lesson.attempt { try model.marginal.C.inverse() }
  let block = { (B: Matrix<Double>, columns: Range<Int>) in
    B[columns: columns][rows: seen..<D]
  }
  let known = Array(x[..<seen]) .- Array(c[..<seen])
  let solved = { (B: Matrix<Double>, y: [Double]) in
    lesson.attempt { try B.solve(y) } .+ Array(c[seen...])
  }
  proof.start(
    #"c_{\mathrm m} + (I - A_{\mathrm{mm}})^{-1} A_{\mathrm{mk}} (x_{\mathrm k} - "#
      + #"c_{\mathrm k})"#,
    solved(.identity(D - seen) - block(A, seen..<D), block(A, 0..<seen) * known))
  proof.equals(
    #"c_{\mathrm m} - P_{\mathrm{mm}}^{-1} P_{\mathrm{mk}} (x_{\mathrm k} - c_{\mathrm k})"#,
    because: #"$P = C^{-1} = \tau^{-2} (I - A)$ (multiply out: $(I - A)(W W^\top + \tau^2 I) = "#
      + #"\tau^2 I$), so $I - A_{\mathrm{mm}} = \tau^2 P_{\mathrm{mm}}$, $A_{\mathrm{mk}} = "#
      + #"-\tau^2 P_{\mathrm{mk}}$"#,
    solved(-block(P, seen..<D), block(P, 0..<seen) * known))
  proof.equals(
    #"c_{\mathrm m} + C_{\mathrm{mk}} C_{\mathrm{kk}}^{-1} (x_{\mathrm k} - c_{\mathrm k})"#,
    because: #"the block $\mathrm{mk}$ of $P C = I$: $P_{\mathrm{mm}} C_{\mathrm{mk}} + "#
      + #"P_{\mathrm{mk}} C_{\mathrm{kk}} = 0$; it is $\operatorname{E}[x_{\mathrm m} \mid "#
      + #"x_{\mathrm k}]$"#,
    model.conditionalMean(Array(x[..<seen])))
}

/// How fast the rounds approach their fixed point, measured with the course's network.
struct RoundsOfImputation {
  let seen: Int
  /// The largest factor by which one of 12 rounds changes the distance to the conditional mean.
  let largestFactor: Double
  /// The largest eigenvalue of A's block of missing pixels.
  let eigenvalue: Double
  /// The largest eigenvalue of A: max w² / (w² + τ²) over the singular values of W.
  let bound: Double

  init(_ model: LinearGaussian, _ x: [Double], seen: Int) {
    self.seen = seen
    let (D, mean) = (x.count, model.conditionalMean(Array(x[..<seen])))
    let known = Matrix(rows: 1, columns: D) { _, i in i < seen ? 1.0 : 0 }
    let start = Matrix(rows: 1, columns: D) { _, i in i < seen ? x[i] : 0 }
    let distances = (1...12).map { rounds in
      norm(
        Array(model.network.impute(start, known: known, iterations: rounds).row(0)[seen...])
          .- mean)
    }
    largestFactor = zip(distances.dropFirst(), distances).map { $0 / $1 }.greatest()
    let P = lesson.attempt { try model.marginal.C.inverse() }
    let A = Matrix<Double>.identity(D) - model.τ² * P
    eigenvalue = SymmetricEigen(A[columns: seen..<D][rows: seen..<D]).values[0]
    bound = SVD(model.W).σ.map { $0 * $0 / ($0 * $0 + model.τ²) }.greatest()
  }
}
