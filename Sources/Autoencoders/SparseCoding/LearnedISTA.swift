import LinearAlgebra

/// A fixed number of steps of ISTA as layers of a network whose matrices are learnt (Gregor & LeCun 2010).
///
/// h¹ = S_t(W x), h^{l+1} = S_t(W x + M h^l), the same W (K × D), M (K × K) and thresholds t (one for each unit, at least 0) in
/// all layers. With W = W*ᵀ/L, M = I − W*ᵀW*/L and t = λ/L the layers *are* steps of ISTA from zero; learning starts there.
/// One layer is the encoder S_t(W x), which has no M.
///
/// ```swift
/// var encoder = try LearnedISTA(unrolling: dictionary, λ: 0.1, layers: 3)
/// let objective = try LearnedISTAObjective(encoder, data: X, goal: .codes(best))
/// encoder.parameters = try LBFGS(maxIterations: 200).minimise(objective).parameters
/// let H = encoder(X)
/// ```
public struct LearnedISTA<Element: Scalar>: Sendable {
  /// What takes the input to the units, K × D.
  public var W: Matrix<Element>
  /// What takes a layer's codes to the next, K × K; 0 × 0 in a network of one layer.
  public var M: Matrix<Element>
  /// The thresholds t; below 0 they count as 0.
  public var t: [Element]
  /// How many soft thresholds there are from the input to the code.
  public let layers: Int

  /// The network that takes `layers` steps of ISTA from zero, for a dictionary W* (D × K) without biases.
  ///
  /// - Throws: ``ParameterError`` for less than one layer, a λ below 0, or a dictionary that is zero or not finite.
  public init(unrolling dictionary: Matrix<Element>, λ: Element, layers: Int) throws(ParameterError) {
    try ParameterError.check("layers of learned ISTA", layers, "at least 1") { $0 >= 1 }
    try ParameterError.check("Laplace rate λ", λ, "at least 0") { $0 >= 0 && $0.isFinite }
    let finite = firstNotFinite(dictionary.elements) == nil
    let σ₁ = finite ? SVD(dictionary).σ.first ?? 0 : 0
    try ParameterError.check("the dictionary's largest singular value", σ₁, "above 0, with a finite square") {
      $0 > 0 && ($0 * $0).isFinite && $0 * $0 > 0
    }
    let L = σ₁ * σ₁
    W = dictionary.T / L
    M = layers == 1 ? Matrix(rows: 0, columns: 0) : .identity(dictionary.columns) - dictionary.T * dictionary / L
    t = Array(repeating: λ / L, count: dictionary.columns)
    self.layers = layers
  }

  /// How many numbers an example and a code have, D and K.
  public var inputs: Int { W.columns }
  public var units: Int { W.rows }

  /// The codes of a batch X (N × D): N × K.
  public func callAsFunction(_ X: Matrix<Element>) -> Matrix<Element> {
    var passes: [Matrix<Element>] = []
    forward(X, into: &passes)
    return passes[layers - 1]
  }

  /// All parameters as one vector: W, M, row after row, then t.
  public var parameters: [Element] {
    get { W.elements + M.elements + t }
    set {
      precondition(
        newValue.count == parameterCount, "\(newValue.count) numbers for a network of \(parameterCount) parameters")
      let (w, m) = (W.elements.count, M.elements.count)
      W = Matrix(rows: W.rows, columns: W.columns, elements: Array(newValue[..<w]))
      M = Matrix(rows: M.rows, columns: M.columns, elements: Array(newValue[w..<w + m]))
      t = Array(newValue[(w + m)...])
    }
  }

  /// How many numbers ``parameters`` has.
  public var parameterCount: Int { W.elements.count + M.elements.count + t.count }

  /// Leaves the codes after each layer in `H`.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func forward(_ X: Matrix<Element>, into H: inout [Matrix<Element>]) {
    precondition(
      X.columns == inputs, "examples of \(X.rows) × \(X.columns) for a network that has \(inputs) inputs")
    if H.count != layers || H[0].rows != X.rows {
      H = Array(repeating: Matrix(rows: X.rows, columns: units), count: layers)
    }
    // w = W x
    var input = Matrix<Element>(rows: X.rows, columns: units)
    multiply(X, W, transposeB: true, into: &input)
    for l in 0..<layers {
      H[l].update(from: input)
      // w + M h
      if l > 0 { multiply(H[l - 1], M, transposeB: true, into: &H[l], accumulate: true) }
      threshold(&H[l], t)
    }
  }

  /// From ∂L/∂h of the last layer, in `atCode`, to the gradient in all parameters.
  ///
  /// A unit passes the gradient on where its code is not 0: ∂S_t(v)/∂v is 1 there, and ∂S_t(v)/∂t is minus the code's sign.
  ///
  /// - Parameters:
  ///   - H: what the forward pass left.
  ///   - atCode: ∂L/∂h, N × K; it is used up.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func backward(
    _ X: Matrix<Element>, _ H: [Matrix<Element>], atCode: inout Matrix<Element>, gradient: inout [Element]
  ) {
    let (w, m) = (W.rows * W.columns, M.rows * M.columns)
    var atInput = Matrix<Element>(rows: X.rows, columns: units)
    var (inM, inT) = (Matrix<Element>(rows: M.rows, columns: M.columns), t.map { _ in Element(0) })
    var below = atInput
    for l in (0..<layers).reversed() {
      // δ = ∂L/∂h ⊙ [h ≠ 0]
      atCode.mapInPlace(with: H[l]) { δ, h in h == 0 ? 0 : δ }
      // ∂L/∂t = −Σ_n δ sign(h), unless t counts as 0
      subtractSigned(atCode, H[l], from: &inT)
      // ∂L/∂(W x) = Σ_l δ
      atInput += atCode
      guard l > 0 else { break }
      // ∂L/∂M = δᵀ h, and ∂L/∂h of the layer below = Mᵀδ
      multiply(atCode, H[l - 1], transposeA: true, into: &inM, accumulate: true)
      multiply(atCode, M, into: &below)
      swap(&atCode, &below)
    }
    var inW = W
    multiply(atInput, X, transposeA: true, into: &inW)
    for k in inT.indices where t[k] < 0 { inT[k] = 0 }
    gradient.replaceSubrange(0..<w, with: inW.elements)
    gradient.replaceSubrange(w..<w + m, with: inM.elements)
    gradient.replaceSubrange((w + m)..., with: inT)
  }
}

/// What the codes of ``LearnedISTA`` are to achieve on a data set.
///
/// Averaged over examples: ½ ‖h − h*‖² for given codes h*, or F(h) = ½ ‖x − W* h‖² + λ ‖h‖₁ itself.
public struct LearnedISTAObjective<Element: Scalar>: DifferentiableFunction {
  /// What to come near to.
  public enum Goal: Sendable {
    /// These codes, N × K: the loss of Gregor & LeCun, and the encoder's share of predictive sparse decomposition.
    case codes(Matrix<Element>)
    /// The least F for a dictionary W*, D × K, and a rate λ.
    case energy(dictionary: Matrix<Element>, λ: Element)
  }

  private var network: LearnedISTA<Element>
  private let X: Matrix<Element>
  private let goal: Goal
  private var H: [Matrix<Element>] = []

  /// - Throws: ``TrainingError`` for data that are empty or not finite.
  public init(_ network: LearnedISTA<Element>, data X: Matrix<Element>, goal: Goal) throws {
    try TrainingError.checkFinite(X)
    switch goal {
    case .codes(let codes):
      precondition(
        codes.rows == X.rows && codes.columns == network.units,
        "codes of \(codes.rows) × \(codes.columns) for \(X.rows) examples and \(network.units) units")
    case .energy(let W, _):
      precondition(
        W.rows == X.columns && W.columns == network.units,
        "a dictionary of \(W.rows) × \(W.columns) for examples of \(X.columns) numbers and \(network.units) units")
    }
    (self.network, self.X, self.goal) = (network, X, goal)
  }

  public var start: [Element] { network.parameters }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func value(at θ: [Element], gradient: inout [Element]) -> Element {
    network.parameters = θ
    network.forward(X, into: &H)
    let N = Element(X.rows)
    var atCode = H[network.layers - 1]
    let value: Element
    switch goal {
    case .codes(let best):
      // ∂/∂h = h − h*
      atCode -= best
      value = atCode.squaredNorm / 2
    case .energy(let W, let λ):
      // ∂/∂h = W*ᵀ(W* h − x) + λ sign(h)
      var residual = X
      multiply(atCode, W, transposeB: true, into: &residual)
      residual -= X
      value = residual.squaredNorm / 2 + λ * atCode.sumOfMagnitudes()
      atCode.mapInPlace { h in h == 0 ? 0 : h > 0 ? λ : -λ }
      multiply(residual, W, into: &atCode, accumulate: true)
    }
    atCode /= N
    network.backward(X, H, atCode: &atCode, gradient: &gradient)
    return value / N
  }
}

/// v_nk ← S_{t_k}(v_nk), a threshold below 0 counting as 0.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func threshold<Element: Scalar>(_ V: inout Matrix<Element>, _ t: [Element]) {
  let (rows, K) = (V.rows, t.count)
  let t = t.map { max($0, 0) }
  V.withUnsafeMutableElements { v in
    t.withUnsafeBufferPointer { t in
      // Plain pointers: a buffer checks each index, and the loop would not be vectorised.
      guard let v = v.baseAddress, let t = t.baseAddress else { return }
      for n in 0..<rows {
        let v = v + n * K
        // v − t above t, v + t below −t, v − v between: the same numbers as S_t(v), without a branch
        for k in 0..<K { v[k] -= min(max(v[k], -t[k]), t[k]) }
      }
    }
  }
}

/// s_k ← s_k − Σ_n δ_nk sign(h_nk).
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func subtractSigned<Element: Scalar>(_ δ: Matrix<Element>, _ H: Matrix<Element>, from s: inout [Element]) {
  let (rows, K) = (H.rows, s.count)
  s.withUnsafeMutableBufferPointer { s in
    δ.withUnsafeElements { δ in
      H.withUnsafeElements { h in
        guard let s = s.baseAddress, let δ = δ.baseAddress, let h = h.baseAddress else { return }
        for n in 0..<rows {
          let (δ, h) = (δ + n * K, h + n * K)
          for k in 0..<K { s[k] -= h[k] > 0 ? δ[k] : -δ[k] }
        }
      }
    }
  }
}
