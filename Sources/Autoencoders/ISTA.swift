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
  /// The step is 1/L, with L the largest eigenvalue of W*ᵀW*, the Lipschitz constant of the gradient, by the power
  /// method. Should that be an underestimate, so that F would rise, the step is halved until it falls.
  ///
  /// - Parameters:
  ///   - X: the batch, N × D.
  ///   - decoder: a stack of one linear layer; its W is the dictionary W*, D × K.
  ///   - start: codes to start from, N × K; zeros if nil.
  /// - Throws: ``ParameterError`` for an option out of range; ``TrainingError`` for a batch that is empty or not
  ///   finite, and for a decoder or a start at which F is not finite.
  /// - Complexity: O(N D K) an iteration.
  public func encode(
    _ X: Matrix<Element>, decoder: Stack<Element>, from start: Matrix<Element>? = nil
  ) throws -> Codes {
    try ParameterError.check("Laplace rate λ", λ, "at least 0") { $0 >= 0 && $0.isFinite }
    try ParameterError.check("iterations of ISTA", maxIterations, "at least 1") { $0 >= 1 }
    try ParameterError.check("tolerance of ISTA", tolerance, "at least 0") { $0 >= 0 }
    try TrainingError.checkFinite(X)
    let (W, c) = (decoder.W, decoder.b)
    precondition(
      decoder.layers[0].activation == .identity, "ISTA needs a linear decoder, not \(decoder.layers[0].activation)")
    precondition(
      W.rows == X.columns, "a dictionary of \(W.rows) × \(W.columns) for examples of \(X.rows) × \(X.columns)")

    var H = start ?? Matrix(rows: X.rows, columns: W.columns)
    precondition(
      H.rows == X.rows && H.columns == W.columns,
      "codes of \(H.rows) × \(H.columns) for \(X.rows) examples and a dictionary of \(W.rows) × \(W.columns)")
    var (next, gradient, residual) = (H, H, X)
    var history = [objective(H, X, W, c, &residual)]
    guard history[0].isFinite else { throw TrainingError.startNotFinite(value: Double(history[0])) }
    var L = largestEigenvalue(ofGramMatrixOf: W)
    guard L > 0 else {
      return Codes(H: H.map { _ in 0 }, history: [objective(H.map { _ in 0 }, X, W, c, &residual)], converged: true)
    }

    for _ in 0..<maxIterations {
      // ∇_H ½ ‖H W*ᵀ + c − X‖² = (H W*ᵀ + c − X) W*
      multiply(residual, W, into: &gradient)
      let before = history[history.count - 1]
      var after: Element
      repeat {
        // H ← S_{λ/L}(H − ∇/L)
        softThreshold(H, gradient, 1 / L, λ / L, into: &next)
        after = objective(next, X, W, c, &residual)
        if after <= before { break }
        L *= 2
      } while L.isFinite && next != H
      guard after <= before else { return Codes(H: H, history: history, converged: true) }
      swap(&H, &next)
      history.append(after)
      if before - after <= tolerance * before { return Codes(H: H, history: history, converged: true) }
    }
    return Codes(H: H, history: history, converged: false)
  }

  /// F(H); leaves H W*ᵀ + c − X in `residual`.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private func objective(
    _ H: Matrix<Element>, _ X: Matrix<Element>, _ W: Matrix<Element>, _ c: [Element], _ residual: inout Matrix<Element>
  ) -> Element {
    multiply(H, W, transposeB: true, into: &residual)
    if !c.isEmpty { residual.addToEachRow(c) }
    residual -= X
    return (residual.squaredNorm / 2 + λ * H.sumOfMagnitudes()) / Element(X.rows)
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
