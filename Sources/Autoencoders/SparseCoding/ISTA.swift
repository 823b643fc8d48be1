import LinearAlgebra

/// Sparse codes by iterated soft thresholding: the exact answer that a sparse autoencoder's encoder guesses in one
/// pass.
///
/// For a linear decoder x̂ = W* h + c and a Laplace prior on h, it minimises over the codes, decoder fixed,
///
/// F(H) = 1/N Σ_n ½ ‖W* h_n + c − x_n‖² + λ · 1/N Σ_n ‖h_n‖₁ + ½ γ · 1/N Σ_n ‖h_n − p_n‖²,
///
/// summed over components and units, averaged over examples: the MAP estimate of h (Daubechies, Defrise & De Mol 2004;
/// Beck & Teboulle 2009), and with γ > 0 the codes that predictive sparse decomposition keeps near an encoder's
/// predictions p (Kavukcuoglu, Ranzato & LeCun 2008).
///
/// ```swift
/// let codes = try ISTA(λ: 0.1).encode(X, decoder: network.decoder)
/// codes.H           // N × K
/// codes.history     // F, which never increases
/// let best = try ISTA(λ: 0.1, momentum: .restarted).encode(X, decoder: network.decoder)
/// ```
public struct ISTA<Element: Scalar>: Sendable {
  /// The Laplace rate λ.
  public var λ: Element
  /// The weight γ of the distance from the predictions; 0 for plain sparse coding.
  public var γ: Element
  /// From where a step is taken.
  public var momentum: Momentum
  /// How many iterations to take at most.
  public var maxIterations: Int
  /// Stops when an iteration lowers F by at most this share of F. With momentum: when L/2 ‖h⁺ − y‖², by which a step from y
  /// lowers F at least, is at most this share of F.
  public var tolerance: Element

  /// From where a step is taken: from the present code, or from a point beyond it.
  public enum Momentum: Sendable {
    /// From the present code: ISTA. F never rises, and is within L ‖h₀ − h*‖² / 2q of its minimum after q steps.
    case none
    /// From y = h + (t − 1)/t⁺ (h − h⁻), where t⁺ = ½ (1 + √(1 + 4t²)) and t = 1 at first: FISTA (Beck & Teboulle 2009). F is
    /// within 2 L ‖h₀ − h*‖² / (q + 1)² of its minimum after q steps, and may rise on the way.
    case nesterov
    /// The same, begun anew with t = 1 where F would rise (O'Donoghue & Candès 2015), so that it does not; the step that
    /// would have raised it counts as one that left F as it was. The rate above is not promised; it is usually exceeded.
    case restarted
  }

  /// The method with these options, which ``encode(_:decoder:predictions:from:)`` checks.
  public init(
    λ: Element, γ: Element = 0, momentum: Momentum = .none, maxIterations: Int = 1000,
    tolerance: Element = Element.ulpOfOne * 16
  ) {
    self.λ = λ
    self.γ = γ
    self.momentum = momentum
    self.maxIterations = maxIterations
    self.tolerance = tolerance
  }

  /// Sparse codes and how they were reached.
  public struct Codes: Sendable {
    /// The codes, N × K.
    public let H: Matrix<Element>
    /// F at the start and after each iteration.
    public let history: [Element]
    /// Whether F settled before the iterations were used up.
    public let converged: Bool

    /// F at the end.
    public var objective: Element { history[history.count - 1] }
    public var iterations: Int { history.count - 1 }
  }

  /// Finds sparse codes of a batch.
  ///
  /// A step is H⁺ = S_{λ/(L+γ)}(H − (∇f + γ (H − P))/(L + γ)), with f the squared error and L = σ₁², the square of the
  /// dictionary's largest singular value, from its SVD.
  ///
  /// *Without momentum F never rises.* For each example, with d = h⁺ − h and g the gradient of the smooth part
  /// s = f + ½ γ ‖h − p‖²: h⁺ is the minimum of gᵀu + (L+γ)/2 ‖u − h‖² + λ‖u‖₁ over u, a function that grows from there by
  /// (L+γ)/2 ‖u − h⁺‖² at least; at u = h that says gᵀd + λ‖h⁺‖₁ − λ‖h‖₁ ≤ −(L+γ) ‖d‖². And s is quadratic:
  /// s(h⁺) = s(h) + gᵀd + ½ ‖W* d‖² + ½ γ ‖d‖² ≤ s(h) + gᵀd + (σ₁²+γ)/2 ‖d‖². The sum of both is
  /// F(h⁺) ≤ F(h) − (L + γ/2 − σ₁²/2) ‖d‖²: F falls with any L above *half* of σ₁². So it does not matter
  /// that the computed σ₁ may be too small by some units of its last digit; and where F seems to rise, it is by
  /// the rounding of F itself, and F has settled.
  ///
  /// The iteration runs in units of powers of two, in which the dictionary and the data are near 1, so codes are right
  /// for any scale of either at which F is finite.
  ///
  /// - Parameters:
  ///   - X: the batch, N × D.
  ///   - decoder: a stack of one linear layer; its W is the dictionary W*, D × K.
  ///   - predictions: P, N × K; needed if γ > 0.
  ///   - start: codes to start from, N × K; zeros if nil.
  /// - Throws: ``ParameterError`` for an option out of range; ``TrainingError`` for a batch that is empty or not
  ///   finite, and for a decoder, predictions or a start at which F is not finite.
  /// - Complexity: O(N D K) an iteration, after one SVD of the dictionary.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func encode(
    _ X: Matrix<Element>, decoder: Stack<Element>, predictions: Matrix<Element>? = nil,
    from start: Matrix<Element>? = nil
  ) throws -> Codes {
    try ParameterError.check("Laplace rate λ", λ, "at least 0") { $0 >= 0 && $0.isFinite }
    try ParameterError.check("weight γ of the predictions", γ, "at least 0") { $0 >= 0 && $0.isFinite }
    try ParameterError.check("iterations of ISTA", maxIterations, "at least 1") { $0 >= 1 }
    try ParameterError.check("tolerance of ISTA", tolerance, "at least 0") { $0 >= 0 }
    try TrainingError.checkFinite(X)
    let W = Self.dictionary(of: decoder, for: X)
    let P = checkedPredictions(predictions, N: X.rows, K: W.columns)
    let start = start ?? Matrix(rows: X.rows, columns: W.columns)
    precondition(
      start.rows == X.rows && start.columns == W.columns,
      "codes of \(start.rows) × \(start.columns) for \(X.rows) examples and a dictionary of \(W.rows) × \(W.columns)")

    let target = decoder.b.isEmpty ? X : X.subtractingFromEachRow(decoder.b)
    var residual = target
    let atStart = Self.objective(start, target, W, λ, γ, P, &residual)
    guard atStart.isFinite else { throw TrainingError.startNotFinite(value: Double(atStart)) }

    // The units s of W* and u of x − c: with ĥ = s/u h, λ̂ = λ / (s u) and γ̂ = γ / s², F is u² times what it is for W*/s and
    // (x − c)/u.
    let pull = γ.squareRoot()
    let s = powerOfTwo(below: max(largestMagnitude(W.elements), pull))
    let u = powerOfTwo(
      below: max(
        largestMagnitude(target.elements), largestMagnitude(residual.elements), pull * largestMagnitude(P.elements)))
    let (λ̂, γ̂) = (λ / s / u, γ / s / s)
    let (Ŵ, X̂, P̂) = (W / s, target / u, P.map { $0 == 0 ? 0 : $0 * (s / u) })
    let σ₁ = SVD(Ŵ).σ.first ?? 0
    guard σ₁ > 0 || γ̂ > 0, λ̂.isFinite else {
      // No unit's |w*ᵀ(x − c) + γ p| exceeds λ: no code is better than none.
      let none = start.map { _ in 0 }
      return Codes(H: none, history: [atStart, Self.objective(none, target, W, λ, γ, P, &residual)], converged: true)
    }
    // The curvature L + γ of the bowl
    let L = σ₁ * σ₁ + γ̂
    var Ĥ = start.map { $0 == 0 ? 0 : $0 * (s / u) }
    var (next, gradient) = (Ĥ, Ĥ)
    var values = [Self.objective(Ĥ, X̂, Ŵ, λ̂, γ̂, P̂, &residual)]
    guard values[0].isFinite else { throw TrainingError.startNotFinite(value: Double(values[0])) }
    func codes(converged: Bool) -> Codes {
      Codes(
        H: Ĥ.map { $0 == 0 ? 0 : $0 * (u / s) }, history: values.map { $0 * u * u }, converged: converged)
    }

    // With momentum, the code before Ĥ, the point y beyond it, and the residuals of both: that of y is linear in them, so no
    // iteration has more than two products.
    var (Ĥ⁻, residual⁻) = (Ĥ, residual)
    var (Y, residualʸ, t, β) = (Ĥ, residual, Element(1), Element(0))
    for _ in 0..<maxIterations {
      if momentum != .none {
        // y = h + β (h − h⁻)
        set(&Y, Ĥ, Ĥ⁻, β)
        set(&residualʸ, residual, residual⁻, β)
        swap(&residual, &residualʸ)
      }
      // ∇_H ½ ‖H W*ᵀ + c − X‖² = (H W*ᵀ + c − X) W*
      multiply(residual, Ŵ, into: &gradient)
      if momentum != .none { swap(&residual, &residualʸ) }
      let from = momentum == .none ? Ĥ : Y
      // … + γ (H − P)
      if γ̂ > 0 { addPull(γ̂, from, P̂, to: &gradient) }
      // H ← S_{λ/L}(H − ∇/L)
      softThreshold(from, gradient, 1 / L, λ̂ / L, into: &next)
      residual⁻.update(from: residual)
      let (before, after) = (values[values.count - 1], Self.objective(next, X̂, Ŵ, λ̂, γ̂, P̂, &residual))
      if momentum != .nesterov, !(after <= before) {
        guard β > 0 else { return codes(converged: true) }
        swap(&residual, &residual⁻)
        (t, β) = (1, 0)
        values.append(before)
        continue
      }
      guard momentum != .none else {
        swap(&Ĥ, &next)
        values.append(after)
        if before - after <= tolerance * before { return codes(converged: true) }
        continue
      }
      let t⁺ = (1 + (1 + 4 * t * t).squareRoot()) / 2
      (t, β) = (t⁺, (t - 1) / t⁺)
      swap(&Ĥ⁻, &Ĥ)
      swap(&Ĥ, &next)
      values.append(after)
      Y -= Ĥ
      if L / 2 * Y.squaredNorm / Element(X.rows) <= tolerance * after { return codes(converged: true) }
    }
    return codes(converged: false)
  }

  /// How far codes are from the best, example by example, at most: the *duality gap*, F_n(h) less a lower bound of F_n.
  ///
  /// With the residuals r = x − c − W* h and q = γ (p − h), take the largest s ≤ 1 with s |W*ᵀr + q| ≤ λ in every unit.
  /// For every code z, then, λ ‖z‖₁ ≥ s (W*ᵀr + q)ᵀz, and two completed squares give
  ///
  /// F_n(z) ≥ s (rᵀ(x − c) + qᵀp) − ½ s² (‖r‖² + ‖q‖²/γ).
  ///
  /// A gap of 0 proves that h is the best code; rounding may show some units in the last place of F instead.
  ///
  /// - Parameters: as for ``encode(_:decoder:predictions:from:)``, at scales where F is finite.
  /// - Returns: N numbers. Their mean bounds the mean F of ``Codes/objective``.
  public func gaps(
    of H: Matrix<Element>, for X: Matrix<Element>, decoder: Stack<Element>, predictions: Matrix<Element>? = nil
  ) -> [Element] {
    let W = Self.dictionary(of: decoder, for: X)
    let P = checkedPredictions(predictions, N: X.rows, K: W.columns)
    precondition(
      H.rows == X.rows && H.columns == W.columns,
      "codes of \(H.rows) × \(H.columns) for \(X.rows) examples and a dictionary of \(W.rows) × \(W.columns)")
    let target = decoder.b.isEmpty ? X : X.subtractingFromEachRow(decoder.b)
    let R = target - H * W.T
    var answers = R * W
    if γ > 0 { answers += γ * (P - H) }
    // Types are written out where Swift 6.2 looks for them too long.
    return (0..<X.rows).map { (n: Int) -> Element in
      let (r, h) = (R.row(n), H.row(n))
      let d: [Element] = γ > 0 ? P.row(n) .- h : []
      let largest = largestMagnitude(answers.row(n))
      let s: Element = largest > λ ? λ / largest : 1
      let (size, growth): (Element, Element) = γ > 0 ? (γ * dot(d, d), γ * dot(d, P.row(n))) : (0, 0)
      let (squares, along): (Element, Element) = (dot(r, r) + size, dot(r, target.row(n)) + growth)
      let magnitudes: Element = h.reduce(0) { $0 + abs($1) }
      let half: Element = (1 + s * s) / 2
      return half * squares + λ * magnitudes - s * along
    }
  }

  private static func dictionary(of decoder: Stack<Element>, for X: Matrix<Element>) -> Matrix<Element> {
    let W = decoder.W
    precondition(
      decoder.layers[0].activation == .identity, "ISTA needs a linear decoder, not \(decoder.layers[0].activation)")
    precondition(
      W.rows == X.columns, "a dictionary of \(W.rows) × \(W.columns) for examples of \(X.rows) × \(X.columns)")
    return W
  }

  /// The predictions if there is a use for them, else no numbers.
  private func checkedPredictions(_ P: Matrix<Element>?, N: Int, K: Int) -> Matrix<Element> {
    guard γ > 0 else { return Matrix(rows: 0, columns: 0) }
    guard let P else {
      preconditionFailure("γ is \(γ), so ISTA needs predictions to stay near to: pass P, \(N) × \(K)")
    }
    precondition(P.rows == N && P.columns == K, "predictions of \(P.rows) × \(P.columns) for codes of \(N) × \(K)")
    return P
  }

  /// F(H) for W* and X − c; leaves H W*ᵀ + c − X in `residual`.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private static func objective(
    _ H: Matrix<Element>, _ target: Matrix<Element>, _ W: Matrix<Element>, _ λ: Element, _ γ: Element,
    _ P: Matrix<Element>, _ residual: inout Matrix<Element>
  ) -> Element {
    multiply(H, W, transposeB: true, into: &residual)
    residual -= target
    let sparse = residual.squaredNorm / 2 + λ * H.sumOfMagnitudes()
    return (γ > 0 ? sparse + γ / 2 * squaredDistance(H, P) : sparse) / Element(target.rows)
  }
}

/// The soft threshold S_t(v) = sign(v) max(|v| − t, 0): the h that minimises ½ (h − v)² + t |h|. NaN if v is.
@inlinable
public func softThreshold<Element: Scalar>(_ v: Element, _ t: Element) -> Element {
  abs(v) <= t ? 0 : v > 0 ? v - t : v + t
}

/// next ← S_t(H − η gradient).
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func softThreshold<Element: Scalar>(
  _ H: Matrix<Element>, _ gradient: Matrix<Element>, _ η: Element, _ t: Element, into next: inout Matrix<Element>
) {
  next.update(from: H)
  next.mapInPlace(with: gradient) { h, g in softThreshold(h - η * g, t) }
}

/// y ← h + β (h − h⁻).
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func set<Element: Scalar>(
  _ y: inout Matrix<Element>, _ h: Matrix<Element>, _ h⁻: Matrix<Element>, _ β: Element
) {
  y.update(from: h)
  guard β > 0 else { return }
  y.add(scale: β, h)
  y.add(scale: -β, h⁻)
}

/// g ← g + γ (h − p).
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func addPull<Element: Scalar>(
  _ γ: Element, _ h: Matrix<Element>, _ p: Matrix<Element>, to g: inout Matrix<Element>
) {
  g.add(scale: γ, h)
  g.add(scale: -γ, p)
}

/// ‖A − B‖_F².
@_specialize(where Element == Float)
@_specialize(where Element == Double)
func squaredDistance<Element: Scalar>(_ A: Matrix<Element>, _ B: Matrix<Element>) -> Element {
  var difference = A
  difference -= B
  return difference.squaredNorm
}
