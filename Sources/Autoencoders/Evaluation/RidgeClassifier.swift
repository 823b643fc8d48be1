import LinearAlgebra

/// A linear classifier of codes: least squares on the classes coded by ±1, with weight decay.
///
/// It minimises ‖Y − H Wᵀ − 1bᵀ‖² + α ‖W‖² (summed over examples and classes; b is free), where y_nc is 1 if example n
/// belongs to class c, else −1, and answers with the class of the largest output. The decay α is chosen by
/// leave-one-out cross-validation, for which no refit is needed: an example's residual in a fit without it is
/// (y − ŷ) / (1 − S_nn), where Ŷ = S Y is the fit of all (Hastie, Tibshirani & Friedman 2009, section 7.10).
///
/// ```swift
/// let classifier = try RidgeClassifier(network.encode(few), labels: labels)
/// let share = classifier.accuracy(network.encode(test), labels: testLabels)
/// ```
public struct RidgeClassifier<Element: Scalar>: Classifier, Sendable {
  /// The classes in the order of the outputs, ascending.
  public let classes: [Int]
  /// The weights, classes × features.
  public let W: Matrix<Element>
  /// The biases, one for each class.
  public let b: [Element]
  /// The decay α that was chosen; 0 or ∞ if it is beyond the range of the numbers, as it may be for codes of extreme scale.
  public let α: Element
  /// 1/N Σ_n Σ_c of the squared leave-one-out residuals, for each of the decays tried.
  public let leaveOneOut: [Element]

  /// Fits a classifier of few examples: O(N³ + N² K).
  ///
  /// - Parameters:
  ///   - H: the codes, N × K.
  ///   - labels: the class of each.
  ///   - decays: what α to try, in units of the mean eigenvalue of the centred Gram matrix, so that the scale of H does
  ///     not matter: 256 ε at least, since beside the eigenvalues less is lost in rounding.
  /// - Throws: ``ParameterError`` if there are less than two classes, or a decay is too small; ``TrainingError`` for
  ///   codes that are empty or not finite.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public init(
    _ H: Matrix<Element>, labels: [Int], decays: [Element] = [1e-4, 1e-3, 1e-2, 0.1, 0.3, 1, 3, 10, 100]
  ) throws {
    precondition(labels.count == H.rows, "\(labels.count) labels for codes of \(H.rows) × \(H.columns)")
    try TrainingError.checkFinite(H)
    classes = Set(labels).sorted()
    try ParameterError.check("classes to tell apart", classes.count, "at least 2") { $0 >= 2 }
    try ParameterError.check("decays to try", decays.count, "at least 1") { $0 >= 1 }
    let least = 256 * Element.ulpOfOne
    for decay in decays { try ParameterError.check("decay", decay, "at least \(least)") { $0 >= least && $0.isFinite } }

    let classes = classes
    let Y = Matrix<Element>(rows: H.rows, columns: classes.count) { n, c in labels[n] == classes[c] ? 1 : -1 }
    // Twice divided by a power of two, so that neither sums nor squares leave the range of the numbers.
    let size = powerOfTwo(below: largestMagnitude(H.elements))
    let Hˢ = H / size
    let (h̄, ȳ) = (Hˢ.columnMeans, Y.columnMeans)
    let (deviations, Ỹ) = (Hˢ.subtractingFromEachRow(h̄), Y.subtractingFromEachRow(ȳ))
    let scale = powerOfTwo(below: largestMagnitude(deviations.elements))
    let H̃ = deviations / scale
    // H̃ H̃ᵀ = Q Λ Qᵀ: one decomposition serves all decays.
    let gram = H̃ * H̃.T
    let eigen = SymmetricEigen(gram)
    let (Q, QᵀỸ, q̄) = (eigen.vectors, eigen.vectors.T * Ỹ, eigen.vectors.columnMeans)
    // All codes equal: every decay gives W = 0.
    let unit = gram.trace > 0 ? gram.trace / Element(H.rows) : 1

    var best = (error: Element.infinity, α: Element(0), dual: Ỹ)
    var errors: [Element] = []
    for decay in decays {
      let α = decay * unit
      // Ỹ − Ŷ = α (H̃H̃ᵀ + α)⁻¹ Ỹ, and 1 − S_nn = e_nᵀ P α (H̃H̃ᵀ + α)⁻¹ P e_n, where P = I − 11ᵀ/N is the share of b: a sum in
      // which nothing cancels, however small α.
      let shrunk = Matrix(rows: H.rows, columns: classes.count) { i, c in QᵀỸ[i, c] / (max(eigen.values[i], 0) + α) }
      let dual = Q * shrunk
      var error: Element = 0
      for n in 0..<H.rows {
        var rest: Element = 0
        for i in 0..<H.rows {
          let share = Q[n, i] - q̄[i]
          rest += share * share * α / (max(eigen.values[i], 0) + α)
        }
        for c in classes.indices {
          let residual = α * dual[n, c] / rest
          error += residual * residual
        }
      }
      errors.append(error / Element(H.rows))
      if error < best.error { best = (error, α, dual) }
    }
    leaveOneOut = errors
    α = best.α * scale * scale * size * size
    // W = Ỹᵀ (H̃H̃ᵀ + α)⁻¹ H̃, b = ȳ − W h̄
    let Wˢ = best.dual.T * H̃ / scale
    W = Wˢ / size
    b = (0..<classes.count).map { c in ȳ[c] - dot(Wˢ.row(c), h̄) }
  }

  /// The classes of codes H (M × K), which must be finite: the others are of no class.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func predict(_ H: Matrix<Element>) -> [Int] {
    precondition(
      H.columns == W.columns, "a classifier of \(W.columns) features for codes of \(H.rows) × \(H.columns)")
    if let i = firstNotFinite(H.elements) {
      let (row, column) = (i / H.columns, i % H.columns)
      preconditionFailure("the codes have \(H[row, column]) at row \(row), column \(column): no class for that")
    }
    var A = H * W.T
    A.addToEachRow(b)
    return (0..<H.rows).map { n in
      classes[classes.indices.reduce(0) { best, c in A[n, c] > A[n, best] ? c : best }]
    }
  }
}
