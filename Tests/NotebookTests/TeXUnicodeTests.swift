import Notebook
import Testing

struct TeXUnicodeTests {
  @Test(arguments: pairs(scripts))
  func `scripts are Unicode where all their characters exist`(pair: FormulaAndLine) throws {
    #expect(try TeX(pair.formula).unicode == pair.line)
  }

  @Test(arguments: pairs(fractions))
  func `fractions and roots have the parentheses they need and no others`(pair: FormulaAndLine) throws {
    #expect(try TeX(pair.formula).unicode == pair.line)
  }

  @Test(arguments: pairs(spacing))
  func `operators and relations stand apart, signs and delimiters do not`(pair: FormulaAndLine) throws {
    #expect(try TeX(pair.formula).unicode == pair.line)
  }

  @Test(arguments: pairs(letters))
  func `accents combine and alphabets are kept where they mean something`(pair: FormulaAndLine) throws {
    #expect(try TeX(pair.formula).unicode == pair.line)
  }

  @Test(arguments: pairs(structures))
  func `two-dimensional formulas are written on one line`(pair: FormulaAndLine) throws {
    #expect(try TeX(pair.formula).unicode == pair.line)
  }

  @Test func `accents are combining characters behind the letter`() throws {
    let scalars = try TeX(#"\hat{x}_i"#).unicode.unicodeScalars.map(\.value)
    #expect(scalars == [0x78, 0x302, 0x1D62])
    #expect(try TeX(#"\bar{a}"#).unicode.unicodeScalars.map(\.value) == [0x61, 0x304])
  }

  @Test func `aligned equations are one line each with their relations under each other`() throws {
    let formula = try TeX(
      #"""
      \begin{aligned}
        \lVert x \rVert^2 &= x^\top x \\
        &\le \lambda \\
        &\quad + c && \text{by assumption}
      \end{aligned}
      """#)
    #expect(formula.unicodeLines == ["‖x‖² = xᵀx", "     ≤ λ", "       + c    by assumption"])
    #expect(try TeX(#"\begin{aligned} ab &= c \\ d &= e \end{aligned}"#).unicodeLines == ["ab = c", " d = e"])
    #expect(try TeX("a = b").unicodeLines == ["a = b"])
  }

  @Test func `a matrix with spaces in its cells has commas between them`() throws {
    #expect(try TeX(#"\begin{pmatrix} a + b & c \\ 0 & 1 \end{pmatrix}"#).unicode == "(a + b, c; 0, 1)")
  }
}

private let scripts = #"""
  x_i^2
    xᵢ²
  x^2_i
    xᵢ²
  W_{ji}
    Wⱼᵢ
  \sigma_{k+1}
    σₖ₊₁
  x^{(t)}
    x⁽ᵗ⁾
  A^{-1}
    A⁻¹
  (X^\top X)^{-1} X^\top
    (XᵀX)⁻¹Xᵀ
  A^T
    Aᵀ
  W^*
    W*
  W^* h
    W* h
  \lVert A \rVert_F
    ‖A‖_F
  \lVert A - B \rVert_F^2 = \sum_{i>k} \sigma_i^2
    ‖A − B‖²_F = Σ_{i>k} σᵢ²
  \sum_{i=1}^n x_i
    Σᵢ₌₁ⁿ xᵢ
  \sum_{t'=1}^T x
    Σ_{t′=1}^T x
  U_k \Sigma_k V_k^\top
    UₖΣₖVₖᵀ
  e^{-\lambda x}
    e^{−λx}
  e^{-x^2}
    e^{−x²}
  p_{\text{data}}(x)
    p_data(x)
  D_{\mathrm{KL}}(q \parallel p)
    D_KL(q ∥ p)
  f'(x)
    f′(x)
  f''
    f″
  x'^2
    x′²
  90^\circ
    90°
  U^\perp
    U^⊥
  A^\dagger
    A†
  \mathbb{R}^{m \times n}
    ℝ^{m×n}
  {}^2
    ²
  x^{10}
    x¹⁰
  (a+b)^2
    (a + b)²
  {a+b}^2
    (a + b)²
  \theta^{(s+1)}
    θ⁽ˢ⁺¹⁾
  \min_{\theta} L(\theta)
    min_θ L(θ)
  \prod_{i} p_i
    Πᵢ pᵢ
  \int_0^1 x \, dx
    ∫₀¹ x dx
  \log_2 n
    log₂ n
  \operatorname{rank}_\epsilon(A)
    rank_ϵ(A)
  \operatorname*{arg\,min}_{B} f(B)
    arg min_B f(B)
  """#

private let fractions = #"""
  \frac{a}{b}
    a/b
  \frac{a+b}{c}
    (a + b)/c
  \frac{a}{b-c}
    a/(b − c)
  \frac{a}{bc}
    a/(bc)
  \frac{ab}{c}
    ab/c
  \frac{-a}{b}
    −a/b
  \frac{--a}{b}
    (−−a)/b
  \frac{1}{2}
    ½
  \frac12 x
    ½x
  \frac{1}{n} \sum_i x_i
    (1/n) Σᵢ xᵢ
  -\frac{\lambda}{2}
    −λ/2
  a + \frac{b}{c}
    a + b/c
  a\frac{b}{c}
    a(b/c)
  \log\frac{p}{q}
    log(p/q)
  \left(\frac{a}{b}\right)^2
    (a/b)²
  \frac{\frac{a}{b}}{c}
    (a/b)/c
  \frac{a}{\frac{b}{c}}
    a/(b/c)
  {\frac{a}{b}}^2
    (a/b)²
  \frac{p(x|z)p(z)}{p(x)}
    p(x|z)p(z)/p(x)
  \frac{\partial h_j}{\partial x_i}
    ∂hⱼ/∂xᵢ
  \frac{\partial}{\partial t} u
    (∂/∂t)u
  \frac{\log x}{\log 2}
    (log x)/(log 2)
  \frac{1}{1 + e^{-a}}
    1/(1 + e⁻ᵃ)
  \frac{1}{\sigma^2}
    1/σ²
  \frac{\lVert J u_1 \rVert}{\lVert J u_2 \rVert}
    ‖Ju₁‖/‖Ju₂‖
  \sqrt{x}
    √x
  \sqrt{x+1}
    √(x + 1)
  \sqrt{x^2}
    √(x²)
  \sqrt{10} a
    √10 a
  \frac{1}{\sqrt{T}}
    1/√T
  \sqrt[3]{x}
    ∛x
  \sqrt[n]{x}
    ⁿ√x
  \binom{n}{k}
    (n choose k)
  """#

private let spacing = #"""
  A-B
    A − B
  -x
    −x
  (-x)
    (−x)
  a=-b
    a = −b
  a \cdot -b
    a · −b
  x\le1
    x ≤ 1
  f:X\to Y
    f : X → Y
  g(a,b)
    g(a, b)
  |-x|
    |−x|
  \lvert a \rvert \lvert b \rvert
    |a| |b|
  \lVert a \rVert - \lVert b \rVert
    ‖a‖ − ‖b‖
  |x|-|y|
    |x| − |y|
  p(x|z)-q(x|z)
    p(x|z) − q(x|z)
  p(x \mid z)
    p(x | z)
  \log p(x)
    log p(x)
  -\log p
    −log p
  \exp(-x)
    exp(−x)
  \log |A|
    log |A|
  \max(a, b)
    max(a, b)
  \rho \log \rho
    ρ log ρ
  (1 - \rho) \log x
    (1 − ρ) log x
  \lambda \sum_i |h_i|
    λ Σᵢ |hᵢ|
  x_1, \ldots, x_n
    x₁, …, xₙ
  a_1 + \cdots + a_n
    a₁ + ⋯ + aₙ
  h \odot (1 - h)
    h ⊙ (1 − h)
  \{ x \in \mathbb{R} : x \ge 0 \}
    {x ∈ ℝ : x ≥ 0}
  \bigl( a + b \bigr)
    (a + b)
  \langle u, v \rangle
    ⟨u, v⟩
  \left. f \right|_{x=0}
    f|ₓ₌₀
  a \quad b
    a  b
  a\!b
    ab
  a \; = \; b
    a = b
  x \text{ if } y
    x if y
  \mathrm{diag}(s) \mathrm{rank} A
    diag(s) rank A
  \mathrm{2d} y
    2dy
  \det A \ne 0
    det A ≠ 0
  W \leftarrow W - \eta \nabla_W L
    W ← W − η∇_W L
  a \mathrel{R} b
    a R b
  """#

private let letters = #"""
  \hat{x}
    x̂
  \tilde{\mathbf{x}}
    x̃
  \hat{\rho}_l
    ρ̂ₗ
  \hat{x_i}
    x̂ᵢ
  \vec{v}
    v⃗
  \widehat{A + B}
    (A + B)̂
  \overline{xy}
    x̅y̅
  \mathbb{E}[x]
    𝔼[x]
  \mathbb{1}
    𝟙
  \mathcal{N}(0, I)
    𝒩(0, I)
  \mathcal{L}
    ℒ
  \mathbf{W} \boldsymbol{\mu}
    Wμ
  \alpha\beta\gamma\delta\varepsilon\zeta\eta\theta\iota\kappa\lambda\mu\nu\xi\pi\rho\sigma\tau\upsilon\varphi\chi\psi\omega
    αβγδεζηθικλμνξπρστυφχψω
  \Gamma\Delta\Theta\Lambda\Xi\Pi\Sigma\Upsilon\Phi\Psi\Omega
    ΓΔΘΛΞΠΣΥΦΨΩ
  \ell \hbar \Re \Im \infty \emptyset
    ℓℏℜℑ∞∅
  """#

private let structures = #"""
  \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}
    [1 2; 3 4]
  \begin{pmatrix} a \\ b \end{pmatrix}^\top
    (a; b)ᵀ
  \begin{vmatrix} a & b \\ c & d \end{vmatrix}
    |a b; c d|
  |x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}
    |x| = {x if x ≥ 0; −x otherwise}
  \begin{cases} x, & x > 0 \\ 0, & x \le 0 \end{cases}
    {x, x > 0; 0, x ≤ 0}
  \begin{aligned} a &= b \\ &= c \end{aligned}
    a = b; = c
  \underbrace{a + b}_{\text{sum}} c
    (a + b)⏟[sum] c
  \overbrace{x}^{n}
    x⏞[n]
  a \stackrel{(1)}{=} b
    a =⁽¹⁾ b
  \underset{x}{\arg\min} f(x)
    arg minₓ f(x)
  \sum_{\substack{i \\ i \ne j}} a_i
    Σ_{i; i≠j} aᵢ
  X \xrightarrow{f} Y
    X →[f] Y
  \boxed{a = b}
    a = b
  a = b \tag{7}
    a = b    (7)
  \displaystyle a
    a
  100\%
    100%
  """#
