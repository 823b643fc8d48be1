import LinearAlgebra

/// The difference of two methods that were tried on the same data sets: its mean, and how far that can be trusted.
///
/// What makes a data set hard makes it hard for both methods, and cancels in the differences d_j = a_j − b_j; the standard
/// errors of the two means know nothing of that.
///
/// ```swift
/// let gain = PairedDifference([0.31, 0.35, 0.33], minus: [0.30, 0.34, 0.31])
/// gain.mean                 // 0.0133…
/// gain.standardError        // 0.0033…
/// ```
public struct PairedDifference: Equatable, Sendable {
  /// The differences, one for each data set.
  public let differences: [Double]
  /// Their mean.
  public let mean: Double
  /// √(s² / J) with s² = Σ (d_j − d̄)² / (J − 1): the standard error for J independent data sets.
  public let standardError: Double

  /// The results of one method and of the other, pair by pair, at least two.
  public init(_ a: [Double], minus b: [Double]) {
    precondition(
      a.count == b.count && a.count >= 2, "\(a.count) results and \(b.count) make no pairs, or fewer than two")
    differences = zip(a, b).map { $0 - $1 }
    mean = LinearAlgebra.mean(differences)
    standardError = LinearAlgebra.standardError(differences)
  }

  /// The standard error √((1/J + ρ) s²) of J splits of *one* data set, with ρ test examples for each that is trained on.
  public func standardError(testPerTraining ρ: Double) -> Double {
    LinearAlgebra.standardError(differences, testPerTraining: ρ)
  }
}
