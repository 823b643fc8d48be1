import Autoencoders
import LinearAlgebra
import Notebook

// The derivations of the sections that go deeper. Each stands on the page where it is called.

/// The sum over the units of |∂Ω∕∂b_l| for a network on some images.
func deriveBoundedGradient(
  of network: Network, on X: Matrix<Double>, ρ: Double, KL: (Double) -> Double,
  line: Int = #line
) {
  let H = network.encode(X)
  let means = H.columnMeans
  let factor = means.map { abs($0 - ρ) / ($0 * (1 - $0)) }
  lesson.derive("The gradient in the biases is bounded", line: line) { proof in
    proof.start(
      #"\sum_l \Bigl\lvert \frac{\partial \Omega}{\partial b_l} \Bigr\rvert \text{ by "#
        + #"differences}"#,
      (0..<network.hidden).map { l in
        abs(
          differences(
            of: { KL(mean(network.activations(of: l, on: X, shiftedBy: $0))) }, at: 0))
      }.sum())
    proof.equals(
      #"\sum_l \frac{\lvert \hat\rho_l - \rho \rvert}{\hat\rho_l (1 - \hat\rho_l)} "#
        + #"\cdot \frac1N \sum_n h_{nl} (1 - h_{nl})"#,
      because: #"the chain rule with 1 in the place of $x_{ni}$"#,
      dot(factor, H.map { $0 * (1 - $0) }.columnMeans), within: 1e-7)
    proof.equals(
      #"\sum_l \frac{\lvert \hat\rho_l - \rho \rvert}{\hat\rho_l (1 - \hat\rho_l)} "#
        + #"\bigl( \hat\rho_l (1 - \hat\rho_l) - \operatorname{Var}_n h_{nl} \bigr)"#,
      because: #"the mean of $h^2$ is $\hat\rho^2$ plus the variance"#,
      dot(factor, zip(means, variances(H)).map { $0 * (1 - $0) - $1 }))
    proof.atMost(
      #"\sum_l \lvert \hat\rho_l - \rho \rvert"#,
      because: "a variance is not negative: Jensen's inequality for $h^2$",
      means.map { abs($0 - ρ) }.sum())
  }
}

/// The error of the network made by hand, ``copyingNetwork(ρ:η:μ:)``.
func deriveCopying(
  by copier: Network, on X: Matrix<Double>, ρ: Double, η: Double, line: Int = #line
) {
  let centred = X.subtractingFromEachRow(X.columnMeans)
  let fourth = centred.map { $0 * $0 * $0 * $0 }.sum
  let remainders = copier.encode(X).map { $0 - ρ } - (ρ * (1 - ρ) * η) * centred
  lesson.derive("A copier whose error is as small as you like", within: 1e-7, line: line) {
    proof in
    proof.start(
      #"\frac1N \sum_n \lVert x_n - \hat x_n \rVert^2"#, squaredError(X, copier.reconstruct(X)))
    proof.equals(
      #"\frac1N \sum_{n,l} \Bigl( \frac{R_{nl}}{\rho (1 - \rho) \eta} \Bigr)^2"#,
      because: #"Taylor: $h_{nl} = \rho + \rho (1 - \rho) \eta (x_{nl} - \mu_l) + R_{nl}$"#,
      remainders.squaredNorm / Double(X.rows) / (ρ * (1 - ρ) * η * ρ * (1 - ρ) * η))
    proof.atMost(
      #"\frac{\eta^2}{432 \, \rho^2 (1 - \rho)^2} \cdot \frac1N \sum_{n,l} (x_{nl} - \mu_l)^4"#,
      because: #"$\lvert R_{nl} \rvert \le \frac12 \max \lvert s'' \rvert \eta^2 (x_{nl} - "#
        + #"\mu_l)^2$ and $\max \lvert s'' \rvert = 1 / (6 \sqrt 3)$"#,
      η * η / (432 * ρ * ρ * (1 - ρ) * (1 - ρ)) * fourth / Double(X.rows))
  }
}

/// What a step of ISTA from h to h⁺ gains on any code z.
func deriveStep(
  _ coding: SparseCoding, from h: Matrix<Double>, to after: Matrix<Double>, z: Matrix<Double>,
  line: Int = #line
) {
  let (f, F, L, λ) = (coding.f, coding.F, coding.L, coding.λ)
  let slope = coding.gradient(at: h)
  let y = h - (1 / L) * slope
  let e = { (u: Matrix<Double>) in (u - y).squaredNorm / 2 + λ / L * u.map(abs).sum }
  lesson.derive("A step of ISTA against any code $z$", within: 1e-10, line: line) { proof in
    proof.start(#"F(h^+) = f(h^+) + \lambda \lVert h^+ \rVert_1"#, F(after))
    proof.equals(
      #"f(h) + \nabla f(h) \cdot (h^+ - h) + \tfrac12 \lVert W^* (h^+ - h) \rVert^2 "#
        + #"+ \lambda \lVert h^+ \rVert_1"#,
      because: "$f$ is a quadratic: its Taylor series ends here",
      f(h) + dot(slope, after - h) + coding.image(of: after - h).squaredNorm / 2
        + λ * after.map(abs).sum)
    proof.atMost(
      #"f(h) + \nabla f(h) \cdot (h^+ - h) + \tfrac{L}{2} \lVert h^+ - h \rVert^2 "#
        + #"+ \lambda \lVert h^+ \rVert_1"#,
      because: #"$\lVert W^* d \rVert^2 \le L \lVert d \rVert^2$ for every $d$: the bowl"#,
      f(h) + dot(slope, after - h) + L / 2 * (after - h).squaredNorm + λ * after.map(abs).sum)
    proof.equals(
      #"f(h) - \tfrac{1}{2L} \lVert \nabla f(h) \rVert^2 + L \, e(h^+)"#,
      because: #"complete the square: $y = h - \frac1L \nabla f(h)$, "#
        + #"$e(z) = \sum_i \frac12 (z_i - y_i)^2 + \frac{\lambda}{L} \lvert z_i \rvert$"#,
      f(h) - slope.squaredNorm / (2 * L) + L * e(after))
    proof.atMost(
      #"f(h) - \tfrac{1}{2L} \lVert \nabla f(h) \rVert^2 + L \, e(z) "#
        + #"- \tfrac{L}{2} \lVert z - h^+ \rVert^2"#,
      because: #"$h^+_i = S_{\lambda/L}(y_i)$ is the minimum of its term, with "#
        + #"$\frac12 (z_i - h^+_i)^2$ to spare"#,
      f(h) - slope.squaredNorm / (2 * L) + L * e(z) - L / 2 * (z - after).squaredNorm)
    proof.equals(
      #"F(z) - \tfrac12 \lVert W^* (z - h) \rVert^2 + \tfrac{L}{2} \lVert z - h \rVert^2 "#
        + #"- \tfrac{L}{2} \lVert z - h^+ \rVert^2"#,
      because: "undo the square, and Taylor once more: $f(z)$ around $h$",
      F(z) - coding.image(of: z - h).squaredNorm / 2
        + L / 2 * ((z - h).squaredNorm - (z - after).squaredNorm))
    proof.atMost(
      #"F(z) + \tfrac{L}{2} \bigl( \lVert z - h \rVert^2 - \lVert z - h^+ \rVert^2 \bigr)"#,
      because: "a square is not negative",
      F(z) + L / 2 * ((z - h).squaredNorm - (z - after).squaredNorm))
  }
}

/// How far ISTA is from the best code h* after q steps, `codes` being where it starts and what it
/// reaches.
func deriveRate(
  _ coding: SparseCoding, _ codes: [Matrix<Double>], best: Matrix<Double>, q: Int,
  line: Int = #line
) {
  let (F, L) = (coding.F, coding.L)
  let count = Double(q)
  let distances = codes.map { (best - $0).squaredNorm }
  lesson.derive("The distance from the best after so many steps", within: 1e-10, line: line) {
    proof in
    proof.start(#"F(h^{(q)}) - F(h^*)"#, F(codes[q]) - F(best))
    proof.atMost(
      #"\frac1q \sum_{i=1}^q \bigl( F(h^{(i)}) - F(h^*) \bigr)"#,
      because: "$F$ never rises, so the last is at most the mean",
      (1...q).map { F(codes[$0]) - F(best) }.sum() / count)
    proof.atMost(
      #"\frac{L}{2q} \sum_{i=1}^q \bigl( \lVert h^* - h^{(i-1)} \rVert^2 - \lVert h^* - "#
        + #"h^{(i)} \rVert^2 \bigr)"#,
      because: "the derivation above with $z = h^*$",
      L / (2 * count) * (1...q).map { distances[$0 - 1] - distances[$0] }.sum())
    proof.equals(
      #"\frac{L}{2q} \bigl( \lVert h^* - h^{(0)} \rVert^2 - "#
        + #"\lVert h^* - h^{(q)} \rVert^2 \bigr)"#,
      because: "the sum telescopes", L / (2 * count) * (distances[0] - distances[q]))
    proof.atMost(
      #"\frac{L}{2q} \lVert h^* - h^{(0)} \rVert^2"#, because: "a square is not negative",
      L / (2 * count) * distances[0])
  }
}

/// What a vector r of pixels with |w*_l·r| ≤ λ for all units says of every code z.
func deriveCertificate(
  _ coding: SparseCoding, r: Matrix<Double>, z: Matrix<Double>, line: Int = #line
) {
  let (x, rebuilt) = (coding.x, coding.image(of: z))
  lesson.derive("A bound from below for every code $z$", within: 1e-10, line: line) { proof in
    proof.start(
      #"F(z) = \tfrac12 \lVert x - W^* z \rVert^2 + \lambda \lVert z \rVert_1"#, coding.F(z))
    proof.atLeast(
      #"\tfrac12 \lVert x - W^* z \rVert^2 + r \cdot W^* z"#,
      because: #"$r \cdot W^* z = \sum_l (w^*_l \cdot r) z_l \le \lambda \lVert z \rVert_1$"#,
      coding.f(z) + dot(r, rebuilt))
    proof.equals(
      #"\tfrac12 \lVert x - W^* z - r \rVert^2 + r \cdot x - \tfrac12 \lVert r \rVert^2"#,
      because: "complete the square",
      (x - rebuilt - r).squaredNorm / 2 + dot(r, x) - r.squaredNorm / 2)
    proof.atLeast(
      #"r \cdot x - \tfrac12 \lVert r \rVert^2"#, because: "a square is not negative",
      dot(r, x) - r.squaredNorm / 2)
  }
}
