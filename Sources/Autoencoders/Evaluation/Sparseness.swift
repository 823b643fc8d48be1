import LinearAlgebra

/// How unevenly activity r is spread over n numbers: 0 if all have the same magnitude, 1 if a single one has it all.
///
/// Neither measure changes when r is multiplied by a number. Silence, r = 0, has no sparseness: NaN.
///
/// ```swift
/// Sparseness.hoyer([0, 0, 3, 0])                  // 1
/// Sparseness.trevesRolls.population(H).mean       // how sparse the codes H are, example by example
/// ```
public enum Sparseness: Sendable {
  /// (1 − a) / (1 − 1/n) with the activity ratio a = (1/n Σ|r_i|)² / (1/n Σ r_i²), which is the share of units that
  /// are active if all active ones are equally so (Treves & Rolls 1991; scaled as by Vinje & Gallant 2000).
  case trevesRolls
  /// (√n − ‖r‖₁ / ‖r‖₂) / (√n − 1) (Hoyer 2004).
  case hoyer

  /// The sparseness of r, two numbers at least.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func callAsFunction<Element: Scalar>(_ r: [Element]) -> Element {
    precondition(r.count >= 2, "the sparseness of \(r.count) numbers is not defined: it takes two at least")
    let n = Element(r.count)
    // Divided by the largest, so that no square overflows or vanishes.
    let largest = r.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return .nan }
    var (sum, squares): (Element, Element) = (0, 0)
    for entry in r {
      let share = abs(entry) / largest
      sum += share
      squares += share * share
    }
    return switch self {
    case .trevesRolls: (1 - sum * sum / (n * squares)) / (1 - 1 / n)
    case .hoyer: (n.squareRoot() - sum / squares.squareRoot()) / (n.squareRoot() - 1)
    }
  }

  /// The *population* sparseness of codes H (N × K), one number for each example: how its activity is spread over the
  /// K units.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func population<Element: Scalar>(_ H: Matrix<Element>) -> [Element] {
    (0..<H.rows).map { self(H.row($0)) }
  }

  /// The *lifetime* sparseness of codes H (N × K), one number for each unit: how its activity is spread over the N
  /// examples.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func lifetime<Element: Scalar>(_ H: Matrix<Element>) -> [Element] {
    (0..<H.columns).map { self(H.column($0)) }
  }
}
