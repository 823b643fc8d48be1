/// The k leading principal components of examples, the rows of a T × D matrix X, by the eigenvectors of their covariance.
///
/// ```swift
/// let pca = PrincipalComponents(of: X, count: 2)
/// let codes = X.subtractingFromEachRow(pca.mean) * pca.directions    // T × 2
/// ```
///
/// With the mean μ, the covariance is S = (X − 1μᵀ)ᵀ(X − 1μᵀ) / T, and S = Q Λ Qᵀ. The direction uⱼ is column j of Q, and λⱼ is
/// the variance of the examples along it: the mean of squares, over T, not T − 1.
///
/// **Accuracy.** That of ``SymmetricEigen`` for the covariance, whose entries have errors of at most γ_T √(sᵢᵢsⱼⱼ), with
/// γ_T = Tu / (1 − Tu) and u half an ulp of 1 (about √T·u, as measured). So each variance has an error of some multiple of
/// ε·λ₁, however small it is, and a direction one of that size over its distance to the next variance. The ``SVD`` of
/// X − 1μᵀ has errors of some ε·σⱼ instead: a direction along which the examples spread by less than √ε of the first is noise
/// here, and is found there. With `Float`, √ε is 3·10⁻⁴. Examples may be of any size at which their sums do not overflow;
/// variances that leave the range of `Element` become infinite, or 0, and the directions are right all the same.
///
/// **Complexity.** 2TD² + 8D³ operations; the SVD takes 6TD² + 10D³. Where T is well below D, the SVD is the faster as well.
public struct PrincipalComponents<Element: Scalar>: Sendable {
  /// The mean of the examples: D entries.
  public let mean: [Element]
  /// The directions u₁ … uₖ, orthonormal, as the columns of a D × k matrix, with the signs of ``SymmetricEigen``.
  public let directions: Matrix<Element>
  /// The variances λ₁ ≥ … ≥ λₖ ≥ 0 along them.
  public let variances: [Element]
  /// The sum of all D variances.
  public let totalVariance: Element

  /// - Parameters:
  ///   - X: T ≥ 1 examples with finite entries.
  ///   - k: at most D.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public init(of X: Matrix<Element>, count k: Int) {
    precondition(X.rows > 0, "no principal components of \(X.rows) × \(X.columns) examples")
    precondition(k >= 0 && k <= X.columns, "cannot keep \(k) of \(X.columns) principal components")
    X.requireFiniteEntries("no principal components of examples")
    mean = X.columnMeans
    var deviations = X.subtractingFromEachRow(mean)
    // In units of a power of two, where squares would overflow, or underflow.
    let largest = deviations.elements.reduce(0) { max($0, abs($1)) }
    precondition(largest.isFinite, "no principal components of examples whose sums overflow")
    let size = largest > 0 ? Int(largest.exponent) : 0
    let exponent = abs(size) > 2 * Int(Element.greatestFiniteMagnitude.exponent) / 5 ? size : 0
    if exponent != 0 { deviations = deviations.timesPowerOfTwo(-exponent) }
    var covariance = Matrix<Element>(rows: X.columns, columns: X.columns)
    multiply(deviations, deviations, transposeA: true, scale: 1 / Element(X.rows), into: &covariance)
    let eigen = SymmetricEigen(covariance)
    directions = eigen.vectors[columns: 0..<k]
    variances = eigen.values.prefix(k).map { max(0, $0).timesPowerOfTwo(2 * exponent) }
    totalVariance = covariance.trace.timesPowerOfTwo(2 * exponent)
  }
}
