import LinearAlgebra

/// What several runs or splits gave, in one text.
extension Numeral {
  /// How many digits of a number are shown.
  public enum Digits: Equatable, Sendable {
    /// As ``Numeral/fixed(_:decimals:)`` does.
    case decimals(Int)
    /// As ``Numeral/short(_:significant:)`` does.
    case significant(Int)

    fileprivate func text(_ x: Double) -> String {
      switch self {
      case .decimals(let count): fixed(x, decimals: count)
      case .significant(let count): short(x, significant: count)
      }
    }
  }

  /// The mean and its standard error: `0.912 ± 0.003`; of a single number that number.
  ///
  /// - Parameters:
  ///   - x: at least one number.
  ///   - ofError: the digits of the standard error, if they are others.
  ///   - signed: whether a positive mean has a plus.
  ///   - ρ: as for ``standardError(_:testPerTraining:)``.
  public static func meanAndError(
    _ x: [Double], _ digits: Digits, ofError: Digits? = nil, signed: Bool = false, testPerTraining ρ: Double = 0
  ) -> String {
    let centre = mean(x)
    let text = (signed && centre > 0 ? "+" : "") + digits.text(centre)
    guard x.count > 1 else { return text }
    return "\(text) ± \((ofError ?? digits).text(standardError(x, testPerTraining: ρ)))"
  }

  /// The mean, the least and the greatest: `25.4 (24.9 to 26.0)`; of a single number that number.
  public static func meanAndRange(_ x: [Double], _ digits: Digits) -> String {
    let text = digits.text(mean(x))
    return x.count > 1 ? "\(text) (\(digits.text(x.least())) to \(digits.text(x.greatest())))" : text
  }
}
