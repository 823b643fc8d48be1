import Notebook
import Testing

/// Every formula of the lectures that the course mirrors, with the line of text it should be.
///
/// Each expected line was read against the rules of mathematical typesetting: scripts of Unicode where they exist, room
/// around relations and operators but not around signs, parentheses where a fraction's neighbour could be taken for a
/// part of it. The rules one by one are in `TeXUnicodeTests`.
struct TeXLectureTests {
  static let all = pairs([lectureK, lectureS, lectureV, lectureL, lectureC].joined(separator: "\n"))

  @Test(arguments: all)
  func `a formula of the lectures reads as mathematics`(pair: FormulaAndLine) throws {
    #expect(try TeX(pair.formula).unicode == pair.line)
  }

  @Test(arguments: all)
  func `the source of a formula is the same formula and has no bare bar`(pair: FormulaAndLine) throws {
    let formula = try TeX(pair.formula)
    let again = try TeX(formula.source)
    #expect(again == formula)
    #expect(again.source == formula.source)
    #expect(!formula.source.contains("|"))
  }

  @Test func `the proof of the lectures is one line a step, its equals signs under each other`() throws {
    #expect(try TeX(proof).unicodeLines == proofLines)
  }
}

/// Khapra, contractive autoencoders.
private let lectureK = #"""
  \Omega(\theta) = \|\mathcal{J}_{\hat{x}}(\mathbf{h})\|_F^2
    Ω(θ) = ‖𝒥_x̂(h)‖²_F
  \Omega(\theta) = \|J_x(\mathbf{h})\|_F^2
    Ω(θ) = ‖Jₓ(h)‖²_F
  J_x(\mathbf{h})
    Jₓ(h)
  J_{\mathbf{x}}(\mathbf{h}) = \begin{bmatrix} \frac{\partial h_1}{\partial x_1} & \cdots & \cdots & \cdots & \frac{\partial h_1}{\partial x_n} \\ \frac{\partial h_2}{\partial x_1} & \cdots & \cdots & \cdots & \frac{\partial h_2}{\partial x_n} \\ \vdots & & \ddots & & \vdots \\ \frac{\partial h_k}{\partial x_1} & \cdots & \cdots & \cdots & \frac{\partial h_k}{\partial x_n} \end{bmatrix}
    Jₓ(h) = [∂h₁/∂x₁ ⋯ ⋯ ⋯ ∂h₁/∂xₙ; ∂h₂/∂x₁ ⋯ ⋯ ⋯ ∂h₂/∂xₙ; ⋮  ⋱  ⋮; ∂hₖ/∂x₁ ⋯ ⋯ ⋯ ∂hₖ/∂xₙ]
  \|J_{\mathbf{x}}(\mathbf{h})\|_F^2 = \sum_{j=1}^n \sum_{l=1}^k \left(\frac{\partial h_l}{\partial x_j} \right)^2
    ‖Jₓ(h)‖²_F = Σⱼ₌₁ⁿ Σₗ₌₁ᵏ (∂hₗ/∂xⱼ)²
  \min_{\theta} \mathcal{L}(\theta) + \mathcal{R}(\theta)
    min_θ ℒ(θ) + ℛ(θ)
  \|J_x(\mathbf{h})\|_F^2 = \sum_{j=1}^n \sum_{l=1}^k \left(\frac{\partial h_l}{\partial x_j} \right)^2
    ‖Jₓ(h)‖²_F = Σⱼ₌₁ⁿ Σₗ₌₁ᵏ (∂hₗ/∂xⱼ)²
  \mathcal{L}(\theta)
    ℒ(θ)
  \mathcal{R}(\theta)
    ℛ(θ)
  \frac{\partial h_1}{\partial x_1}
    ∂h₁/∂x₁
  \frac{\partial h_1}{\partial x_1} = 0
    ∂h₁/∂x₁ = 0
  \hat{\mathbf{x}}
    x̂
  \Omega(\theta)
    Ω(θ)
  \min_{\theta} \|X - \underbrace{HW^*}_{\substack{U^* \Sigma^* V^{*T} \\ \text{(SVD)}}}\|_F^2
    min_θ ‖X − (HW*)⏟[U* Σ* V*ᵀ; (SVD)]‖²_F
  P^T X^T X P = D
    PᵀXᵀXP = D
  P(\tilde{x}_{ij}|x_{ij})
    P(x̃ᵢⱼ|xᵢⱼ)
  \Omega(\theta) = \lambda \|\theta\|^2
    Ω(θ) = λ‖θ‖²
  \Omega(\theta) = \sum_{l=1}^k \rho \log \frac{\rho}{\rho_l} + (1 - \rho) \log \frac{1 - \rho}{1 - \rho_l}
    Ω(θ) = Σₗ₌₁ᵏ ρ log(ρ/ρₗ) + (1 − ρ) log((1 − ρ)/(1 − ρₗ))
  \Omega(\theta) = \sum_{j=1}^n \sum_{l=1}^k \left(\frac{\partial h_l}{\partial x_j} \right)^2
    Ω(θ) = Σⱼ₌₁ⁿ Σₗ₌₁ᵏ (∂hₗ/∂xⱼ)²
  """#

/// Srihari, autoencoders.
private let lectureS = #"""
  x
    x
  r
    r
  h
    h
  h=f(x)
    h = f(x)
  r=g(h)
    r = g(h)
  g(f(x))=x
    g(f(x)) = x
  p_{\text{encoder}}(h|x)
    p_encoder(h|x)
  p_{\text{decoder}}(x|h)
    p_decoder(x|h)
  f
    f
  g
    g
  f : X \rightarrow h
    f : X → h
  g : h \rightarrow X
    g : h → X
  \arg \min_{f,g} \|X - (f \circ g)X\|^2
    arg min_{f,g} ‖X − (f ∘ g)X‖²
  x \in R^d
    x ∈ Rᵈ
  h \in R^p
    h ∈ Rᵖ
  h = \sigma_1(Wx + b)
    h = σ₁(Wx + b)
  x' = \sigma_2(W'h + b') \quad \sigma \text{ is an element-wise activation function such as sigmoid or Relu}
    x′ = σ₂(W′h + b′)  σ is an element-wise activation function such as sigmoid or Relu
  L(x, x') = \|x - x'\|^2 = \|x - \sigma_2(W^t(\sigma_1(Wx + b)) + b')\|^2
    L(x, x′) = ‖x − x′‖² = ‖x − σ₂(Wᵗ(σ₁(Wx + b)) + b′)‖²
  L(x, g(f(x)))
    L(x, g(f(x)))
  L
    L
  g(f(x))
    g(f(x))
  L^2
    L²
  \mathbf{x}^{(i)}
    x⁽ⁱ⁾
  i
    i
  f/g
    f/g
  f / g
    f/g
  \Omega(h)
    Ω(h)
  L(x, g(f(x))) + \Omega(h)
    L(x, g(f(x))) + Ω(h)
  g(h)
    g(h)
  h = f(x)
    h = f(x)
  p(\theta|x)
    p(θ|x)
  \log p(x|\theta) + \log p(\theta)
    log p(x|θ) + log p(θ)
  p_{\text{model}}(x, h) = p_{\text{model}}(h) p_{\text{model}}(x|h)
    p_model(x, h) = p_model(h) p_model(x|h)
  p_{\text{model}}(h)
    p_model(h)
  p(\theta)
    p(θ)
  \log p_{\text{model}}(x, h) = \log \sum_h p_{\text{model}}(h, x)
    log p_model(x, h) = log Σₕ p_model(h, x)
  \log p_{\text{model}}(x, h) = \log p_{\text{model}}(h) + \log p_{\text{model}}(x|h)
    log p_model(x, h) = log p_model(h) + log p_model(x|h)
  \log p_{\text{model}}(\mathbf{h})
    log p_model(h)
  p_{\text{model}}(h_i) = \frac{\lambda}{2} e^{-\lambda|h_i|}
    p_model(hᵢ) = (λ/2) e^{−λ|hᵢ|}
  -\log p_{\text{model}}(\mathbf{h}) = \sum_i \left( \lambda |h_i| - \log \frac{\lambda}{2} \right) = \Omega(\mathbf{h}) + \text{const}
    −log p_model(h) = Σᵢ (λ|hᵢ| − log(λ/2)) = Ω(h) + const
  \Omega(\mathbf{h}) = \lambda \sum_i h_i
    Ω(h) = λ Σᵢ hᵢ
  \lambda
    λ
  \mathbf{h}
    h
  \Omega
    Ω
  L(x, g(f(\tilde{x})))
    L(x, g(f(x̃)))
  \tilde{x}
    x̃
  p_{\text{data}}(x)
    p_data(x)
  L(\mathbf{x}, g(f(\mathbf{x}))) + \Omega(\mathbf{h}, \mathbf{x})
    L(x, g(f(x))) + Ω(h, x)
  \boxed{\Omega(\mathbf{h}, \mathbf{x}) = \lambda \sum_i \left\| \nabla_{\mathbf{x}} h_i \right\|^2}
    Ω(h, x) = λ Σᵢ ‖∇ₓhᵢ‖²
  \mathbf{x}
    x
  p(y|x)
    p(y|x)
  -\log p(y|x)
    −log p(y|x)
  y
    y
  p_{\text{decoder}}(\mathbf{x}|h)
    p_decoder(x|h)
  -\log p_{\text{decoder}}(\mathbf{x}|h)
    −log p_decoder(x|h)
  f(\mathbf{x})
    f(x)
  p_{\text{encoder}}(\mathbf{h}|\mathbf{x})
    p_encoder(h|x)
  p_{\text{decoder}}(\mathbf{x}|\mathbf{h})
    p_decoder(x|h)
  p_{\text{model}}(\mathbf{h}|\mathbf{x})
    p_model(h|x)
  p_{\text{encoder}}(\mathbf{h}|\mathbf{x}) = p_{\text{model}}(\mathbf{h}|\mathbf{x})
    p_encoder(h|x) = p_model(h|x)
  p_{\text{decoder}}(\mathbf{x}|\mathbf{h}) = p_{\text{model}}(\mathbf{x}|\mathbf{h})
    p_decoder(x|h) = p_model(x|h)
  p_{\text{model}}(\mathbf{x}, \mathbf{h})
    p_model(x, h)
  p(x|h)
    p(x|h)
  L(x, g(\tilde{f}(\tilde{x})))
    L(x, g(f̃(x̃)))
  \text{input}=\text{output}
    input = output
  L = -\log p_{\text{encoder}}(x|h=f(\tilde{x}))
    L = −log p_encoder(x|h = f(x̃))
  C(\tilde{x} | x)
    C(x̃|x)
  p_{\text{reconstruct}}(x | \tilde{x})
    p_reconstruct(x|x̃)
  (x, \tilde{x})
    (x, x̃)
  p_{\text{reconstruct}}(x | \tilde{x}) = p_{\text{decoder}}(x|h)
    p_reconstruct(x|x̃) = p_decoder(x|h)
  f(\tilde{x})
    f(x̃)
  p_{\text{decoder}}
    p_decoder
  E_{\tilde{x} \sim p^{\text{data}}(x)} \log p_{\text{decoder}}(x|h=f(\tilde{x}))
    E_{x̃∼pᵈᵃᵗᵃ(x)} log p_decoder(x|h = f(x̃))
  \nabla_x \log p(x)
    ∇ₓ log p(x)
  \log p_{\text{data}}
    log p_data
  p_{\text{data}}
    p_data
  (g(f(x)-x)
    (g(f(x) − x)
  \|g(f(\tilde{x})-x)\|^2
    ‖g(f(x̃) − x)‖²
  (g(f(x)-x))
    (g(f(x) − x))
  d
    d
  n
    n
  r(x)-x
    r(x) − x
  \Omega(h) = \lambda \left\| \frac{\partial f(x)}{\partial x} \right\|_F^2
    Ω(h) = λ‖∂f(x)/∂x‖²_F
  L(f(x)) + \Omega(h)
    L(f(x)) + Ω(h)
  l(f(\mathbf{x}^{(t)})) + \underbrace{\lambda ||\nabla_{\mathbf{x}^{(t)}} \mathbf{h}(\mathbf{x}^{(t)})||_F^2}_{\text{jacobian of encoder}}
    l(f(x⁽ᵗ⁾)) + λ||∇_{x⁽ᵗ⁾} h(x⁽ᵗ⁾)||²_F⏟[jacobian of encoder]
  l(f(\mathbf{x}^{(t)})) = - \sum_k \left( x_k^{(t)} \log(\hat{x}_k^{(t)}) + (1 - x_k^{(t)}) \log(1 - \hat{x}_k^{(t)}) \right)
    l(f(x⁽ᵗ⁾)) = −Σₖ (xₖ⁽ᵗ⁾ log(x̂ₖ⁽ᵗ⁾) + (1 − xₖ⁽ᵗ⁾) log(1 − x̂ₖ⁽ᵗ⁾))
  ||\nabla_{\mathbf{x}^{(t)}} \mathbf{h}(\mathbf{x}^{(t)})||_F^2 = \sum_j \sum_k \left( \frac{\partial h(\mathbf{x}^{(t)})_j}{\partial x_k^{(t)}} \right)^2
    ||∇_{x⁽ᵗ⁾} h(x⁽ᵗ⁾)||²_F = Σⱼ Σₖ (∂h(x⁽ᵗ⁾)ⱼ/∂xₖ⁽ᵗ⁾)²
  r=g(f(\mathbf{x}))
    r = g(f(x))
  L(f(\mathbf{x})) + \Omega(\mathbf{h})
    L(f(x)) + Ω(h)
  \Omega(\mathbf{h}) = \lambda \left\| \frac{\partial f(\mathbf{x})}{\partial \mathbf{x}} \right\|_F^2
    Ω(h) = λ‖∂f(x)/∂x‖²_F
  L(x, g(f(\mathbf{x}))) + \Omega(\mathbf{h}, \mathbf{x})
    L(x, g(f(x))) + Ω(h, x)
  \Omega(\mathbf{h}, \mathbf{x}) = \lambda \sum_i \left\| \nabla_{\mathbf{x}} h_i \right\|^2
    Ω(h, x) = λ Σᵢ ‖∇ₓhᵢ‖²
  """#

/// Contractive and variational autoencoders.
private let lectureV = #"""
  \|J_h(X)\|_F^2 = \sum_{ij} \left( \frac{\partial h_j(X)}{\partial X_i} \right)^2
    ‖Jₕ(X)‖²_F = Σᵢⱼ (∂hⱼ(X)/∂Xᵢ)²
  z
    z
  p(z|x)
    p(z|x)
  p(z|x) = \frac{p(x|z)p(z)}{p(x)}
    p(z|x) = p(x|z)p(z)/p(x)
  p(x)
    p(x)
  p(x) = \int p(x|z) p(z) dz
    p(x) = ∫ p(x|z)p(z)dz
  q(z|x)
    q(z|x)
  \min KL(q(z|x) || p(z|x))
    min KL(q(z|x)||p(z|x))
  E_{q(z|x)} \log p(x|z) - KL(q(z|x) || p(z))
    E_{q(z|x)} log p(x|z) − KL(q(z|x)||p(z))
  q
    q
  p
    p
  Loss = L(x, \hat{x}) + \sum_j KL(q_j(z|x) || p(z))
    Loss = L(x, x̂) + Σⱼ KL(qⱼ(z|x)||p(z))
  """#

/// Larochelle, autoencoders.
private let lectureL = #"""
  \mathbf{x}^{(t)}
    x⁽ᵗ⁾
  f(\mathbf{x}) \equiv \hat{\mathbf{x}}
    f(x) ≡ x̂
  l(f(\mathbf{x})) = - \sum_k (x_k \log(\hat{x}_k) + (1 - x_k) \log(1 - \hat{x}_k))
    l(f(x)) = −Σₖ (xₖ log(x̂ₖ) + (1 − xₖ) log(1 − x̂ₖ))
  l(f(\mathbf{x})) = \frac{1}{2} \sum_k (\hat{x}_k - x_k)^2
    l(f(x)) = ½ Σₖ (x̂ₖ − xₖ)²
  \nabla_{\hat{\mathbf{a}}(\mathbf{x}^{(t)})} l(f(\mathbf{x}^{(t)}))
    ∇_{â(x⁽ᵗ⁾)} l(f(x⁽ᵗ⁾))
  \nabla_{\hat{\mathbf{a}}(\mathbf{x}^{(t)})} l(f(\mathbf{x}^{(t)})) = \hat{\mathbf{x}}^{(t)} - \mathbf{x}^{(t)}
    ∇_{â(x⁽ᵗ⁾)} l(f(x⁽ᵗ⁾)) = x̂⁽ᵗ⁾ − x⁽ᵗ⁾
  \mathbf{W}^* = \mathbf{W}^\top
    W* = Wᵀ
  \nabla_{\mathbf{W}} l(f(\mathbf{x}^{(t)}))
    ∇_W l(f(x⁽ᵗ⁾))
  \mathbf{W}
    W
  p(\mathbf{x}|\boldsymbol{\mu})
    p(x|μ)
  \boldsymbol{\mu}
    μ
  \mathbf{h}(\mathbf{x})
    h(x)
  l(f(\mathbf{x})) = -\log p(\mathbf{x}|\boldsymbol{\mu})
    l(f(x)) = −log p(x|μ)
  p(\mathbf{x}|\boldsymbol{\mu}) = \frac{1}{(2\pi)^{D/2}} \exp(-\frac{1}{2} \sum_k (x_k - \mu_k)^2)
    p(x|μ) = (1/(2π)^{D/2}) exp(−½ Σₖ (xₖ − μₖ)²)
  \boldsymbol{\mu} = \mathbf{c} + \mathbf{W}^* \mathbf{h}(\mathbf{x})
    μ = c + W* h(x)
  \mathbf{A}
    A
  \mathbf{A} = \mathbf{U} \Sigma \mathbf{V}^\top
    A = UΣVᵀ
  \Sigma
    Σ
  \mathbf{U}, \mathbf{V}
    U, V
  \mathbf{U}_{\cdot, \leq k} \Sigma_{\leq k, \leq k} \mathbf{V}_{\cdot, \leq k}^\top
    U_{·,≤k} Σ_{≤k,≤k} Vᵀ_{·,≤k}
  k
    k
  \mathbf{B}
    B
  \mathbf{B}^* = \underset{\mathbf{B} \text{ s.t. } \text{rank}(\mathbf{B})=k}{\arg \min} \|\mathbf{A} - \mathbf{B}\|_F
    B* = arg min_{B s.t. rank(B)=k} ‖A − B‖_F
  \mathbf{B}^* = \mathbf{U}_{\cdot, \leq k} \Sigma_{\leq k, \leq k} \mathbf{V}_{\cdot, \leq k}^\top
    B* = U_{·,≤k} Σ_{≤k,≤k} Vᵀ_{·,≤k}
  \min_{\theta} \sum_t \frac{1}{2} \sum_i (x_i^{(t)} - \hat{x}_i^{(t)})^2
    min_θ Σₜ ½ Σᵢ (xᵢ⁽ᵗ⁾ − x̂ᵢ⁽ᵗ⁾)²
  \min_{\theta} \sum_t \frac{1}{2} \sum_i (x_i^{(t)} - \underbrace{\hat{x}_i^{(t)}}_{\text{based on linear decoder}})^2
    min_θ Σₜ ½ Σᵢ (xᵢ⁽ᵗ⁾ − x̂ᵢ⁽ᵗ⁾⏟[based on linear decoder])²
  \min_{\mathbf{W}^*, \mathbf{h}(\mathbf{X})} \frac{1}{2} \|\overbrace{\mathbf{X} - \mathbf{W}^* \mathbf{h}(\mathbf{X})}^{\text{matrix of all hidden layers}}\|_F^2
    min_{W*,h(X)} ½‖(X − W* h(X))⏞[matrix of all hidden layers]‖²_F
  \mathbf{W}^*, \mathbf{h}(\mathbf{X})
    W*, h(X)
  \arg \min_{\mathbf{W}^*, \mathbf{h}(\mathbf{X})} \frac{1}{2} \|\mathbf{X} - \mathbf{W}^* \mathbf{h}(\mathbf{X})\|_F^2 = (\mathbf{W}^* \leftarrow \mathbf{U}_{\cdot, \leq k} \Sigma_{\leq k, \leq k}, \mathbf{h}(\mathbf{X}) \leftarrow \mathbf{V}_{\cdot, \leq k}^\top)
    arg min_{W*,h(X)} ½‖X − W* h(X)‖²_F = (W* ← U_{·,≤k} Σ_{≤k,≤k}, h(X) ← Vᵀ_{·,≤k})
  \mathbf{X} = \mathbf{U} \Sigma \mathbf{V}^\top
    X = UΣVᵀ
  \mathbf{h}(\mathbf{X})
    h(X)
  \mathbf{h}(\mathbf{X}) = \mathbf{V}_{\cdot, \leq k}^\top
    h(X) = Vᵀ_{·,≤k}
  \mathbf{h}(\mathbf{x}) = \underbrace{\left( \Sigma_{\leq k, \leq k}^{-1} (\mathbf{U}_{\cdot, \leq k})^\top \right)}_{\mathbf{W}} \mathbf{x} \quad \hat{\mathbf{x}} = \underbrace{(\mathbf{U}_{\cdot, \leq k} \Sigma_{\leq k, \leq k})}_{\mathbf{W}^*} \mathbf{h}(\mathbf{x})
    h(x) = (Σ⁻¹_{≤k,≤k}(U_{·,≤k})ᵀ)⏟[W] x  x̂ = (U_{·,≤k} Σ_{≤k,≤k})⏟[W*] h(x)
  \mathbf{x}^{(t)} \leftarrow \frac{1}{\sqrt{T}} \left( \mathbf{x}^{(t)} - \frac{1}{T} \sum_{t'=1}^T \mathbf{x}^{(t')} \right)
    x⁽ᵗ⁾ ← (1/√T)(x⁽ᵗ⁾ − (1/T) Σ_{t′=1}^T x⁽ᵗ′⁾)
  \nu
    ν
  \tilde{\mathbf{x}}
    x̃
  \hat{\mathbf{x}} = \text{sigm}(\mathbf{c} + \mathbf{W}^* \mathbf{h}(\tilde{\mathbf{x}}))
    x̂ = sigm(c + W* h(x̃))
  p(\tilde{\mathbf{x}}|\mathbf{x})
    p(x̃|x)
  \underbrace{l(f(\mathbf{x}^{(t)}))}_{\text{autoencoder reconstruction}} + \lambda \underbrace{\|\nabla_{\mathbf{x}^{(t)}} \mathbf{h}(\mathbf{x}^{(t)})\|_F^2}_{\text{Jacobian of encoder}}
    l(f(x⁽ᵗ⁾))⏟[autoencoder reconstruction] + λ‖∇_{x⁽ᵗ⁾} h(x⁽ᵗ⁾)‖²_F⏟[Jacobian of encoder]
  l(f(\mathbf{x}^{(t)})) = - \sum_k \left( x_k^{(t)} \log(\hat{x}_k^{(t)}) + (1 - x_k^{(t)}) \log(1 - \hat{x}_k^{(t)}) \right) \quad \left. \right\} \begin{array}{l} \text{encoder keeps} \\ \text{good information} \end{array}
    l(f(x⁽ᵗ⁾)) = −Σₖ (xₖ⁽ᵗ⁾ log(x̂ₖ⁽ᵗ⁾) + (1 − xₖ⁽ᵗ⁾) log(1 − x̂ₖ⁽ᵗ⁾))  } encoder keeps; good information
  \|\nabla_{\mathbf{x}^{(t)}} \mathbf{h}(\mathbf{x}^{(t)})\|_F^2 = \sum_j \sum_k \left( \frac{\partial h(\mathbf{x}^{(t)})_j}{\partial x_k^{(t)}} \right)^2 \quad \left. \right\} \begin{array}{l} \text{encoder throws} \\ \text{away all information} \end{array}
    ‖∇_{x⁽ᵗ⁾} h(x⁽ᵗ⁾)‖²_F = Σⱼ Σₖ (∂h(x⁽ᵗ⁾)ⱼ/∂xₖ⁽ᵗ⁾)²  } encoder throws; away all information
  """#

/// Contractive autoencoders.
private let lectureC = #"""
  \|J_h(x)\|_F^2 = \sum_{ij} \left(\frac{\delta h_j(x)}{\delta x_i} \right)^2
    ‖Jₕ(x)‖²_F = Σᵢⱼ (δhⱼ(x)/δxᵢ)²
  (f \circ g)(x)
    (f ∘ g)(x)
  f(x)
    f(x)
  """#

/// Larochelle's proof that the optimal encoder is linear.
private let proof = #"""
  \begin{aligned}
  \mathbf{h}(\mathbf{X}) &= \mathbf{V}_{\cdot, \leq k}^\top \\
  &= \mathbf{V}_{\cdot, \leq k}^\top (\mathbf{X}^\top \mathbf{X})^{-1} (\mathbf{X}^\top \mathbf{X})
    && \xleftarrow{\text{multiplying by identity}} \\
  &= \mathbf{V}_{\cdot, \leq k}^\top (\mathbf{V} \Sigma^\top \mathbf{U}^\top \mathbf{U} \Sigma \mathbf{V}^\top)^{-1}
    (\mathbf{V} \Sigma^\top \mathbf{U}^\top \mathbf{X}) && \xleftarrow{\text{replace with SVD}} \\
  &= \mathbf{V}_{\cdot, \leq k}^\top (\mathbf{V} \Sigma^\top \Sigma \mathbf{V}^\top)^{-1}
    \mathbf{V} \Sigma^\top \mathbf{U}^\top \mathbf{X}
    && \xleftarrow{\mathbf{U}^\top \mathbf{U} = \mathbf{I} \text{ (orthonormal)}} \\
  &= \mathbf{I}_{\leq k, \cdot} (\Sigma^\top \Sigma)^{-1} \Sigma^\top \mathbf{U}^\top \mathbf{X}
    && \xleftarrow{\text{idem}} \\
  &= \mathbf{I}_{\leq k, \cdot} \Sigma^{-1} \mathbf{U}^\top \mathbf{X} \\
  &= \underbrace{\Sigma_{\leq k, \leq k}^{-1} (\mathbf{U}_{\cdot, \leq k})^\top}_{\text{this is a linear encoder}}
    \mathbf{X} && \xleftarrow{\text{multiplying by } \mathbf{I}_{\leq k, \cdot} \text{ selects the } k \text{ first rows}}
  \end{aligned}
  """#

private let proofLines = [
  "h(X) = Vᵀ_{·,≤k}",
  "     = Vᵀ_{·,≤k}(XᵀX)⁻¹(XᵀX)                                  ←[multiplying by identity]",
  "     = Vᵀ_{·,≤k}(VΣᵀUᵀUΣVᵀ)⁻¹(VΣᵀUᵀX)                         ←[replace with SVD]",
  "     = Vᵀ_{·,≤k}(VΣᵀΣVᵀ)⁻¹VΣᵀUᵀX                              ←[UᵀU = I (orthonormal)]",
  "     = I_{≤k,·}(ΣᵀΣ)⁻¹ΣᵀUᵀX                                   ←[idem]",
  "     = I_{≤k,·} Σ⁻¹UᵀX",
  "     = Σ⁻¹_{≤k,≤k}(U_{·,≤k})ᵀ⏟[this is a linear encoder] X    ←[multiplying by I_{≤k,·} selects the k first rows]",
]
