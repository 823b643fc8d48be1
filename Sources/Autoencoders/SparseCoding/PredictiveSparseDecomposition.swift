import LinearAlgebra

/// A dictionary with columns of length 1, an encoder, and the codes of a data set, on their way down one energy
/// (Kavukcuoglu, Ranzato & LeCun 2008):
///
/// E = 1/N Σ_n ½ ‖x_n − W* h_n‖² + λ ‖h_n‖₁ + ½ γ ‖h_n − f(x_n)‖².
///
/// Three moves, none of which raises it, are taken in turn:
///
/// ```swift
/// var psd = try PredictiveSparseDecomposition(X, dictionary: images, layers: 1, λ: 0.1, γ: 1)
/// for _ in 1...50 {
///   try psd.moveCodes(steps: 10)
///   psd.moveDictionary()
///   try psd.moveEncoder(iterations: 5)
/// }
/// let H = psd.encoder(new)            // codes in one pass
/// ```
///
/// With γ = 0 it is sparse coding, whose encoder is fitted afterwards by ``moveEncoder(iterations:)``.
public struct PredictiveSparseDecomposition<Element: Scalar>: Sendable {
  /// The data, N × D.
  public let X: Matrix<Element>
  public let λ: Element
  public let γ: Element
  /// W*, D × K, its columns of length 1.
  public private(set) var dictionary: Matrix<Element>
  /// f.
  public var encoder: LearnedISTA<Element>
  /// h, N × K.
  public private(set) var codes: Matrix<Element>

  /// The parts of E, each without its weight, averaged over examples.
  public struct Energy: Sendable {
    /// ½ ‖x − W* h‖².
    public let error: Element
    /// ‖h‖₁.
    public let length: Element
    /// ½ ‖h − f(x)‖².
    public let distance: Element
    /// E itself.
    public let total: Element
  }

  /// Begins with the directions of the given columns (D × K), an encoder that takes so many steps of ISTA, and its codes.
  ///
  /// - Throws: ``ParameterError`` for an option out of range, or a column that has no direction; ``TrainingError`` for data
  ///   that are empty or not finite.
  public init(
    _ X: Matrix<Element>, dictionary columns: Matrix<Element>, layers: Int = 1, λ: Element, γ: Element
  ) throws {
    try TrainingError.checkFinite(X)
    precondition(
      columns.rows == X.columns,
      "a dictionary of \(columns.rows) × \(columns.columns) for examples of \(X.rows) × \(X.columns)")
    try ParameterError.check("weight γ of the predictions", γ, "at least 0") { $0 >= 0 && $0.isFinite }
    let T = columns.T
    let rows = try (0..<T.rows).map { l in
      let length = norm(T.row(l))
      try ParameterError.check("length of column \(l) of the dictionary", length, "a number above 0") {
        $0 > 0 && $0.isFinite
      }
      return T.row(l).map { $0 / length }
    }
    (self.X, self.λ, self.γ) = (X, λ, γ)
    dictionary = Matrix(rows: T.rows, columns: T.columns, elements: rows.flatMap { $0 }).T
    encoder = try LearnedISTA(unrolling: dictionary, λ: λ, layers: layers)
    codes = encoder(X)
  }

  /// The dictionary as a network's decoder.
  public var decoder: Stack<Element> { Stack([Dense(W: dictionary, activation: .identity)]) }

  /// E as it stands.
  public var energy: Energy {
    let N = Element(X.rows)
    let error = squaredDistance(codes * dictionary.T, X) / 2 / N
    let length = codes.sumOfMagnitudes() / N
    let distance = squaredDistance(codes, encoder(X)) / 2 / N
    return Energy(error: error, length: length, distance: distance, total: error + λ * length + γ * distance)
  }

  /// Takes steps of ``ISTA`` from the present codes.
  public mutating func moveCodes(steps: Int) throws {
    codes =
      try ISTA(λ: λ, γ: γ, maxIterations: steps, tolerance: 0)
      .encode(X, decoder: decoder, predictions: γ > 0 ? encoder(X) : nil, from: codes).H
  }

  /// Replaces one column of the dictionary after the other by the best of length 1; see
  /// ``moveColumns(of:codes:data:)``.
  public mutating func moveDictionary() { moveColumns(of: &dictionary, codes: codes, data: X) }

  /// Takes iterations of ``LBFGS`` on ½ ‖h − f(x)‖².
  public mutating func moveEncoder(iterations: Int) throws {
    encoder.parameters =
      try LBFGS(maxIterations: iterations, gradientTolerance: 0, valueTolerance: 0)
      .minimise(try LearnedISTAObjective(encoder, data: X, goal: .codes(codes))).parameters
  }
}

/// Replaces one column of the dictionary W* (D × K) after the other by the one of length 1 that is best for the squared error
/// ½ ‖X − H W*ᵀ‖², the codes H (N × K) and all other columns fixed.
///
/// What column l has to explain is R = X − Σ_{j≠l} h_j w_jᵀ, and ½ ‖R − h_l wᵀ‖² = ½ ‖h_l‖² ‖w − Rᵀh_l/‖h_l‖²‖² + const grows
/// alike in all directions. So the best w of length 1 is the one nearest to Rᵀh_l: its direction. That the error never rises
/// does not depend on the order. The columns need not be of length 1 before. One that no code uses (h_l = 0), or for which all
/// directions are alike (Rᵀh_l = 0), stays as it is.
///
/// (Mairal et al. 2009, algorithm 2, who allow columns of length at most 1.)
///
/// - Complexity: O(N K (D + K) + K² D).
@_specialize(where Element == Float)
@_specialize(where Element == Double)
public func moveColumns<Element: Scalar>(of W: inout Matrix<Element>, codes H: Matrix<Element>, data X: Matrix<Element>)
{
  precondition(
    W.rows == X.columns && H.rows == X.rows && H.columns == W.columns,
    "a dictionary of \(W.rows) × \(W.columns) and codes of \(H.rows) × \(H.columns) for data of \(X.rows) × \(X.columns)"
  )
  let (D, K) = (W.rows, W.columns)
  var (A, B) = (Matrix<Element>(rows: K, columns: K), Matrix<Element>(rows: K, columns: D))
  multiply(H, H, transposeA: true, into: &A)
  multiply(H, X, transposeA: true, into: &B)
  // The columns as rows, one after the other in memory
  var T = W.T
  var w = [Element](repeating: 0, count: D)
  T.withUnsafeMutableElements { T in
    A.withUnsafeElements { A in
      B.withUnsafeElements { B in
        w.withUnsafeMutableBufferPointer { w in
          guard let T = T.baseAddress, let A = A.baseAddress, let B = B.baseAddress, let w = w.baseAddress else {
            return
          }
          for l in 0..<K where A[l * K + l] > 0 {
            // Rᵀh_l = Xᵀh_l − Σ_{j≠l} (h_j·h_l) w_j
            for i in 0..<D { w[i] = B[l * D + i] }
            for j in 0..<K where j != l && A[l * K + j] != 0 {
              let (a, column) = (A[l * K + j], T + j * D)
              for i in 0..<D { w[i] = w[i].addingProduct(-a, column[i]) }
            }
            let length = norm(Array(UnsafeBufferPointer(start: w, count: D)))
            guard length > 0, length.isFinite else { continue }
            for i in 0..<D { T[l * D + i] = w[i] / length }
          }
        }
      }
    }
  }
  W = T.T
}
