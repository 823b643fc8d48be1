import LinearAlgebra

/// Sparse codes by iterated soft thresholding: the exact answer that a sparse autoencoder's encoder guesses in one
/// pass.
///
/// For a linear decoder x̂ = W* h + c and a Laplace prior on h, it minimises over the codes, decoder fixed,
///
/// F(H) = 1/N Σ_n ½ ‖W* h_n + c − x_n‖² + λ · 1/N Σ_n ‖h_n‖₁,
///
/// summed over components and units, averaged over examples: the MAP estimate of h (Daubechies, Defrise & De Mol 2004;
/// Beck & Teboulle 2009).
///
/// ```swift
/// let codes = try ISTA(λ: 0.1).encode(X, decoder: network.decoder)
/// codes.H           // N × K
/// codes.history     // F, which never increases
/// ```
public struct ISTA<Element: Scalar>: Sendable {
  /// The Laplace rate λ.
  public var λ: Element
  /// How many iterations to take at most.
  public var maxIterations: Int
  /// Stops when an iteration lowers F by at most this share of F.
  public var tolerance: Element

  /// The method with these options, which ``encode(_:decoder:from:)`` checks.
  public init(λ: Element, maxIterations: Int = 1000, tolerance: Element = Element.ulpOfOne * 16) {
    self.λ = λ
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
  /// A step is H⁺ = S_{λ/L}(H − ∇f/L), with f the squared error and L = σ₁², the square of the dictionary's largest
  /// singular value, from its SVD.
  ///
  /// *F never rises.* For each example, with d = h⁺ − h: h⁺ is the minimum of ∇fᵀu + L/2 ‖u − h‖² + λ‖u‖₁ over u, a
  /// function that grows from there by L/2 ‖u − h⁺‖² at least; at u = h that says
  /// ∇fᵀd + λ‖h⁺‖₁ − λ‖h‖₁ ≤ −L ‖d‖². And f is quadratic: f(h⁺) = f(h) + ∇fᵀd + ½ ‖W* d‖² ≤ f(h) + ∇fᵀd + σ₁²/2 ‖d‖².
  /// The sum of both is F(h⁺) ≤ F(h) − (L − σ₁²/2) ‖d‖²: F falls with any L above *half* of σ₁². So it does not matter
  /// that the computed σ₁ may be too small by some units of its last digit; and where F seems to rise, it is by
  /// the rounding of F itself, and F has settled.
  ///
  /// The iteration runs in units of powers of two, in which the dictionary and the data are near 1, so codes are right
  /// for any scale of either at which F is finite.
  ///
  /// - Parameters:
  ///   - X: the batch, N × D.
  ///   - decoder: a stack of one linear layer; its W is the dictionary W*, D × K.
  ///   - start: codes to start from, N × K; zeros if nil.
  /// - Throws: ``ParameterError`` for an option out of range; ``TrainingError`` for a batch that is empty or not
  ///   finite, and for a decoder or a start at which F is not finite.
  /// - Complexity: O(N D K) an iteration, after one SVD of the dictionary.
  public func encode(
    _ X: Matrix<Element>, decoder: Stack<Element>, from start: Matrix<Element>? = nil
  ) throws -> Codes {
    try ParameterError.check("Laplace rate λ", λ, "at least 0") { $0 >= 0 && $0.isFinite }
    try ParameterError.check("iterations of ISTA", maxIterations, "at least 1") { $0 >= 1 }
    try ParameterError.check("tolerance of ISTA", tolerance, "at least 0") { $0 >= 0 }
    try TrainingError.checkFinite(X)
    let W = decoder.W
    precondition(
      decoder.layers[0].activation == .identity, "ISTA needs a linear decoder, not \(decoder.layers[0].activation)")
    precondition(
      W.rows == X.columns, "a dictionary of \(W.rows) × \(W.columns) for examples of \(X.rows) × \(X.columns)")
    let start = start ?? Matrix(rows: X.rows, columns: W.columns)
    precondition(
      start.rows == X.rows && start.columns == W.columns,
      "codes of \(start.rows) × \(start.columns) for \(X.rows) examples and a dictionary of \(W.rows) × \(W.columns)")

    let target = decoder.b.isEmpty ? X : X.subtractingFromEachRow(decoder.b)
    var residual = target
    let atStart = objective(start, target, W, λ, &residual)
    guard atStart.isFinite else { throw TrainingError.startNotFinite(value: Double(atStart)) }

    // The units s of W* and u of x − c: with ĥ = s/u h and λ̂ = λ / (s u), F is u² times what it is for W*/s and (x − c)/u.
    let s = powerOfTwo(below: largestMagnitude(W.elements))
    let u = powerOfTwo(below: max(largestMagnitude(target.elements), largestMagnitude(residual.elements)))
    let λ̂ = λ / s / u
    let (Ŵ, X̂) = (W / s, target / u)
    let σ₁ = SVD(Ŵ).σ.first ?? 0
    guard σ₁ > 0, λ̂.isFinite else {
      // No unit's |w*ᵀ(x − c)| exceeds λ: no code is better than none.
      let none = start.map { _ in 0 }
      return Codes(H: none, history: [atStart, objective(none, target, W, λ, &residual)], converged: true)
    }
    let L = σ₁ * σ₁
    var Ĥ = start.map { $0 == 0 ? 0 : $0 * (s / u) }
    var (next, gradient) = (Ĥ, Ĥ)
    var values = [objective(Ĥ, X̂, Ŵ, λ̂, &residual)]
    guard values[0].isFinite else { throw TrainingError.startNotFinite(value: Double(values[0])) }
    func codes(converged: Bool) -> Codes {
      Codes(
        H: Ĥ.map { $0 == 0 ? 0 : $0 * (u / s) }, history: values.map { $0 * u * u }, converged: converged)
    }

    for _ in 0..<maxIterations {
      // ∇_H ½ ‖H W*ᵀ + c − X‖² = (H W*ᵀ + c − X) W*
      multiply(residual, Ŵ, into: &gradient)
      // H ← S_{λ/L}(H − ∇/L)
      softThreshold(Ĥ, gradient, 1 / L, λ̂ / L, into: &next)
      let (before, after) = (values[values.count - 1], objective(next, X̂, Ŵ, λ̂, &residual))
      guard after <= before else { return codes(converged: true) }
      swap(&Ĥ, &next)
      values.append(after)
      if before - after <= tolerance * before { return codes(converged: true) }
    }
    return codes(converged: false)
  }

  /// F(H) for W* and X − c; leaves H W*ᵀ + c − X in `residual`.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private func objective(
    _ H: Matrix<Element>, _ target: Matrix<Element>, _ W: Matrix<Element>, _ λ: Element,
    _ residual: inout Matrix<Element>
  ) -> Element {
    multiply(H, W, transposeB: true, into: &residual)
    residual -= target
    return (residual.squaredNorm / 2 + λ * H.sumOfMagnitudes()) / Element(target.rows)
  }
}

/// The soft threshold S_t(v) = sign(v) max(|v| − t, 0): the h that minimises ½ (h − v)² + t |h|. NaN if v is.
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
