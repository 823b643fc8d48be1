import Autoencoders
import LinearAlgebra
import Notebook

// The derivations on one image, and what they are evaluated with.

/// The energy E of one image x for a dictionary W*, its weights, and what the encoder predicts.
struct Energy {
  let x: [Double]
  let W: Matrix<Double>
  let λ: Double
  let γ: Double
  /// The prediction f(x).
  let p: [Double]
  /// The largest eigenvalue of W*ᵀW*.
  let L: Double

  init(_ x: [Double], _ W: Matrix<Double>, λ: Double, γ: Double, p: [Double]) {
    (self.x, self.W, self.λ, self.γ, self.p) = (x, W, λ, γ, p)
    let σ₁ = SVD(W).σ[0]
    L = σ₁ * σ₁
  }

  func square(_ v: [Double]) -> Double { dot(v, v) }
  func length(_ v: [Double]) -> Double { v.map(abs).sum() }

  /// ½ ‖x − W*h‖² and its gradient.
  func error(_ h: [Double]) -> Double { square(x .- W * h) / 2 }
  func slope(_ h: [Double]) -> [Double] { W.T * (W * h .- x) }
  /// The sparse objective and the energy.
  func F(_ h: [Double]) -> Double { error(h) + λ * length(h) }
  func E(_ h: [Double]) -> Double { F(h) + γ / 2 * square(h .- p) }
  /// What lies above E everywhere and touches it at h.
  func bowl(_ u: [Double], at h: [Double]) -> Double {
    error(h) + dot(slope(h), u .- h) + L / 2 * square(u .- h) + λ * length(u)
      + γ / 2 * square(u .- p)
  }
  /// A proximal step from h.
  func step(_ h: [Double]) -> [Double] {
    let v = h .- (1 / L) .* slope(h)
    return ((1 / (L + γ)) .* (L .* v .+ γ .* p)).map { softThreshold($0, λ / (L + γ)) }
  }
  /// The shortest subgradient of F at h.
  func subgradient(_ h: [Double]) -> [Double] {
    zip(h, slope(h)).map { h, s in h == 0 ? softThreshold(s, λ) : s + (h > 0 ? λ : -λ) }
  }
}

/// That a proximal step minimises the bowl, u being any other code.
func deriveStep(_ energy: Energy, from h: [Double], u: [Double], line: Int = #line) {
  let (L, λ, γ, p) = (energy.L, energy.λ, energy.γ, energy.p)
  let slope = energy.slope(h)
  let v = h .- (1 / L) .* slope
  let m = (1 / (L + γ)) .* (L .* v .+ γ .* p)
  let c =
    energy.error(h) - energy.square(slope) / (2 * L)
    + L * γ / (2 * (L + γ)) * energy.square(v .- p)
  let after = energy.step(h)
  lesson.derive("The proximal step", within: 1e-11, line: line) { proof in
    proof.start(
      #"\tfrac12 \lVert x - W^* h \rVert^2 + \nabla \cdot (z - h) + \tfrac L2 \lVert z - h "#
        + #"\rVert^2 + \lambda \lVert z \rVert_1 + \tfrac\gamma2 \lVert z - p \rVert^2"#,
      energy.bowl(u, at: h))
    proof.equals(
      #"\tfrac L2 \lVert z - c \rVert^2 + \tfrac\gamma2 \lVert z - p \rVert^2 + \lambda "#
        + #"\lVert z \rVert_1 + \text{const}, \quad c = h - \tfrac1L \nabla"#,
      because: #"complete the square; $\nabla = W^{*\top}(W^* h - x)$"#,
      L / 2 * energy.square(u .- v) + γ / 2 * energy.square(u .- p) + λ * energy.length(u)
        + energy.error(h) - energy.square(slope) / (2 * L))
    proof.equals(
      #"\tfrac{L + \gamma}2 \Bigl\lVert z - \frac{L c + \gamma p}{L + \gamma} \Bigr\rVert^2 "#
        + #"+ \lambda \lVert z \rVert_1 + \text{const}"#,
      because:
        #"two bowls are one, around the mean of $c$ and $p$ with weights $L$ and $\gamma$: the "#
        + "prediction only shifts and scales",
      (L + γ) / 2 * energy.square(u .- m) + λ * energy.length(u) + c)
    proof.atLeast(
      #"\text{the same at } h^+ = S_{\lambda / (L + \gamma)} \Bigl( \frac{L c + \gamma p}{L + "#
        + #"\gamma} \Bigr)"#,
      because: "unit by unit, the soft threshold is the minimum (lesson 04)",
      (L + γ) / 2 * energy.square(after .- m) + λ * energy.length(after) + c)
  }
}

/// That a proximal step does not raise E.
func deriveDescent(_ energy: Energy, from h: [Double], line: Int = #line) {
  let after = energy.step(h)
  let (d, L) = (after .- h, energy.L)
  lesson.derive("The step does not raise $E$", within: 1e-11, line: line) { proof in
    proof.start(#"E(h^+)"#, energy.E(after))
    proof.equals(
      #"\tfrac12 \lVert x - W^* h \rVert^2 + \nabla \cdot (h^+ - h) + \tfrac12 \lVert W^* (h^+ "#
        + #"- h) \rVert^2 + \lambda \lVert h^+ \rVert_1 + \tfrac\gamma2 \lVert h^+ - p \rVert^2"#,
      because: "the error is quadratic: its Taylor series ends here",
      energy.error(h) + dot(energy.slope(h), d) + energy.square(energy.W * d) / 2
        + energy.λ * energy.length(after) + energy.γ / 2 * energy.square(after .- energy.p))
    proof.atMost(
      #"\text{the bowl at } h^+"#,
      because: #"$\lVert W^* d \rVert^2 \le L \lVert d \rVert^2$ for every $d$"#,
      energy.error(h) + dot(energy.slope(h), d) + L / 2 * energy.square(d)
        + energy.λ * energy.length(after) + energy.γ / 2 * energy.square(after .- energy.p))
    proof.atMost(
      #"\text{the bowl at } h"#, because: "$h^+$ is its minimum, derived above",
      energy.bowl(h, at: h))
    proof.equals(#"E(h)"#, because: "the bowl touches $E$ at $h$", energy.E(h))
  }
}

/// The best column l of length 1, compared with w.
func deriveColumn(
  _ X: Matrix<Double>, _ H: Matrix<Double>, _ W: Matrix<Double>, l: Int, w: [Double],
  line: Int = #line
) {
  func replaced(_ w: [Double]) -> Matrix<Double> {
    Matrix(rows: W.rows, columns: W.columns) { i, j in j == l ? w[i] : W[i, j] }
  }
  let h = H.column(l)
  let R = X - H * replaced([Double](repeating: 0, count: W.rows)).T
  let answer = R.T * h
  lesson.derive("The best column of length 1", within: 1e-11, line: line) { proof in
    proof.start(
      #"\tfrac12 \sum_n \lVert x_n - \textstyle\sum_{j \ne l} h_{nj} w^*_j - h_{nl} w \rVert^2"#,
      (X - H * replaced(w).T).squaredNorm / 2)
    proof.equals(
      #"\tfrac12 \lVert R - \eta w^\top \rVert_F^2"#,
      because: #"$R$ has what the other columns leave, one example a row; $\eta$ is the column "#
        + "$h_{1l}, \\dots, h_{Nl}$",
      (R - Matrix(rows: X.rows, columns: w.count) { h[$0] * w[$1] }).squaredNorm / 2)
    proof.equals(
      #"\tfrac12 \lVert R \rVert_F^2 + \tfrac12 \lVert \eta \rVert^2 - w \cdot R^\top \eta"#,
      because: #"the square expanded, with $\lVert w \rVert = 1$"#,
      R.squaredNorm / 2 + dot(h, h) / 2 - dot(w, answer))
    proof.atLeast(
      #"\tfrac12 \lVert R \rVert_F^2 + \tfrac12 \lVert \eta \rVert^2 - \lVert R^\top \eta "#
        + #"\rVert"#,
      because:
        #"Cauchy–Schwarz, with equality at $w = R^\top \eta / \lVert R^\top \eta \rVert$"#,
      R.squaredNorm / 2 + dot(h, h) / 2 - norm(answer))
  }
}

/// How near the least E over codes is to F of the prediction.
func deriveEnvelope(_ energy: Energy, least h: [Double], line: Int = #line) {
  let (p, γ) = (energy.p, energy.γ)
  let g = energy.subgradient(p)
  lesson.derive(#"The least energy for a large $\gamma$"#, within: 1e-11, line: line) { proof in
    proof.start(#"\min_h E = F(h) + \tfrac\gamma2 \lVert h - p \rVert^2"#, energy.E(h))
    proof.atLeast(
      #"F(p) + g \cdot (h - p) + \tfrac\gamma2 \lVert h - p \rVert^2"#,
      because: "$g$ is a subgradient of the convex $F$ at $p$",
      energy.F(p) + dot(g, h .- p) + γ / 2 * energy.square(h .- p))
    proof.atLeast(
      #"F(p) - \frac{\lVert g \rVert^2}{2 \gamma}"#, because: "complete the square",
      energy.F(p) - energy.square(g) / (2 * γ))
  }
}

/// A bound from below for the energy of every code z, from the code h.
func deriveGap(_ energy: Energy, from h: [Double], z: [Double], line: Int = #line) {
  let (x, W, γ, p) = (energy.x, energy.W, energy.γ, energy.p)
  let (r, δ) = (x .- W * h, γ .* (p .- h))
  let a = W.T * r .+ δ
  let s = min(1, energy.λ / a.map(abs).greatest())
  lesson.derive("A bound from below for every code $z$", within: 1e-11, line: line) { proof in
    proof.start(
      #"E(z) = \tfrac12 \lVert x - W^* z \rVert^2 + \lambda \lVert z \rVert_1 + \tfrac\gamma2 "#
        + #"\lVert z - p \rVert^2"#,
      energy.E(z))
    proof.atLeast(
      #"\tfrac12 \lVert x - W^* z \rVert^2 + s \, a \cdot z + \tfrac\gamma2 \lVert z - p "#
        + #"\rVert^2"#,
      because:
        #"$a = W^{*\top} r + \delta$ with $r = x - W^* h$, $\delta = \gamma (p - h)$, shortened "#
        + #"until $s \lvert a_l \rvert \le \lambda$ for all $l$"#,
      energy.error(z) + s * dot(a, z) + γ / 2 * energy.square(z .- p))
    proof.equals(
      #"\tfrac12 \lVert x - W^* z - s r \rVert^2 + \tfrac\gamma2 \lVert z - p + \tfrac s\gamma "#
        + #"\delta \rVert^2 + s (r \cdot x + \delta \cdot p) - \tfrac{s^2}2 \bigl( \lVert r "#
        + #"\rVert^2 + \tfrac1\gamma \lVert \delta \rVert^2 \bigr)"#,
      because: "complete both squares",
      energy.square(x .- W * z .- s .* r) / 2
        + γ / 2 * energy.square(z .- p .+ (s / γ) .* δ) + s * (dot(r, x) + dot(δ, p))
        - s * s / 2 * (energy.square(r) + energy.square(δ) / γ))
    proof.atLeast(
      #"s (r \cdot x + \delta \cdot p) - \tfrac{s^2}2 \bigl( \lVert r \rVert^2 + \tfrac1\gamma "#
        + #"\lVert \delta \rVert^2 \bigr)"#,
      because: "squares are not negative",
      s * (dot(r, x) + dot(δ, p)) - s * s / 2 * (energy.square(r) + energy.square(δ) / γ))
  }
}

/// What FISTA's step q + 1 does to the sum that proves its rate, γ being 0.
func deriveMomentum(_ energy: Energy, best z: [Double], q: Int, line: Int = #line) {
  let L = energy.L
  var (h, before, τ, last) = (z.map { _ in 0.0 }, z.map { _ in 0.0 }, 1.0, 0.0)
  var y = h
  for _ in 0..<q {
    (before, h) = (h, energy.step(y))
    (last, τ) = (τ, (1 + (1 + 4 * τ * τ).squareRoot()) / 2)
    y = h .+ ((last - 1) / τ) .* (h .- before)
  }
  let after = energy.step(y)
  let u = last .* h .- (last - 1) .* before
  let next = τ .* after .- (τ - 1) .* h
  let mix = (1 - 1 / τ) .* h .+ (1 / τ) .* z
  func Φ(_ h: [Double]) -> Double { energy.F(h) - energy.F(z) }
  lesson.derive("A sum that never rises", within: 1e-10, line: line) { proof in
    proof.start(
      #"\tau^2 \Phi(h^+) + \tfrac L2 \lVert h^* - \zeta^+ \rVert^2, \quad "#
        + #"\zeta^+ = \tau h^+ - (\tau - 1) h"#,
      τ * τ * Φ(after) + L / 2 * energy.square(z .- next))
    proof.atMost(
      #"\tau^2 \bigl( F(m) - F(h^*) \bigr) + \tfrac{L \tau^2}2 \bigl( \lVert m - y \rVert^2 - "#
        + #"\lVert m - h^+ \rVert^2 \bigr) + \tfrac L2 \lVert h^* - \zeta^+ \rVert^2"#,
      because:
        #"lesson 04's step against any code, here $m = (1 - \frac1\tau) h + \frac1\tau h^*$"#,
      τ * τ * (energy.F(mix) - energy.F(z))
        + L * τ * τ / 2 * (energy.square(mix .- y) - energy.square(mix .- after))
        + L / 2 * energy.square(z .- next))
    proof.equals(
      #"\tau^2 \bigl( F(m) - F(h^*) \bigr) + \tfrac L2 \lVert h^* - \zeta \rVert^2, "#
        + #"\quad \zeta = \tau^- h - (\tau^- - 1) h^-"#,
      because:
        #"$\tau (m - h^+) = h^* - \zeta^+$ and, by the choice of $y$, $\tau (m - y) = "#
        + #"h^* - \zeta$"#,
      τ * τ * (energy.F(mix) - energy.F(z)) + L / 2 * energy.square(z .- u))
    proof.atMost(
      #"\tau (\tau - 1) \Phi(h) + \tfrac L2 \lVert h^* - \zeta \rVert^2"#,
      because: "$F$ is convex, and $m$ lies between $h$ and $h^*$",
      τ * (τ - 1) * Φ(h) + L / 2 * energy.square(z .- u))
    proof.equals(
      #"(\tau^-)^2 \Phi(h) + \tfrac L2 \lVert h^* - \zeta \rVert^2"#,
      because: #"$\tau$ is chosen so that $\tau (\tau - 1) = (\tau^-)^2$"#,
      last * last * Φ(h) + L / 2 * energy.square(z .- u))
  }
}
