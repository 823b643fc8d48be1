import LinearAlgebra

/// A step size η that may change from epoch to epoch.
///
/// A literal is a constant: `Adam(rate: 5e-3)`.
public struct LearningRate: Sendable, Equatable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  private enum Law: Sendable, Equatable {
    case constant
    case inverseTime(halvedAfter: Int)
    case exponential(factor: Double)
    case linear(to: Double, over: Int)
  }

  /// The step size of the first epoch.
  public let initial: Double
  private let law: Law

  public init(floatLiteral value: Double) { self = .constant(value) }
  public init(integerLiteral value: Int) { self = .constant(Double(value)) }

  private init(_ initial: Double, _ law: Law) {
    self.initial = initial
    self.law = law
  }

  /// η_t = η.
  public static func constant(_ η: Double) -> LearningRate { LearningRate(η, .constant) }

  /// η_t = η / (1 + t/T): half after T epochs, a third after 2T, with Σ η_t = ∞ and Σ η_t² < ∞ (Robbins & Monro 1951).
  public static func inverseTime(_ η: Double, halvedAfter T: Int) -> LearningRate {
    LearningRate(η, .inverseTime(halvedAfter: T))
  }

  /// η_t = η γᵗ.
  public static func exponential(_ η: Double, factor γ: Double) -> LearningRate {
    LearningRate(η, .exponential(factor: γ))
  }

  /// η_t = η s^{t/T}: falls by the same factor in each epoch, to the share s of η after `epochs` = T of them.
  public static func exponential(_ η: Double, toShare s: Double, over epochs: Int) -> LearningRate {
    exponential(η, factor: Double.exp(Double.log(s) / Double(epochs)))
  }

  /// From η in the first epoch down (or up) a straight line to `end` in epoch `epochs`, and constant from there. (Over one
  /// epoch, which has room for η only, `end` comes in the second.)
  public static func linear(_ η: Double, to end: Double, over epochs: Int) -> LearningRate {
    LearningRate(η, .linear(to: end, over: epochs))
  }

  /// The step size in epoch `epoch`, counted from 1: η_t with t = epoch − 1.
  public func callAsFunction(epoch: Int) -> Double {
    precondition(epoch >= 1, "epochs count from 1: there is none of number \(epoch)")
    let t = epoch - 1
    switch law {
    case .constant: return initial
    case .inverseTime(let T): return initial / (1 + Double(t) / Double(T))
    case .exponential(let γ): return (0..<t).reduce(initial) { η, _ in η * γ }
    case .linear(let end, let epochs):
      let share = min(1, Double(t) / Double(max(1, epochs - 1)))
      return (1 - share) * initial + share * end
    }
  }

  /// Throws unless the step sizes are positive numbers, also as numbers of type `Element`.
  func check<Element: Scalar>(as type: Element.Type) throws(ParameterError) {
    let isStep = { (η: Double) in Element(η) > 0 && Element(η).isFinite }
    try ParameterError.check("step size", initial, "greater than 0, also as \(type)", isStep)
    switch law {
    case .constant: break
    case .inverseTime(let T):
      try ParameterError.check("epochs until the step size is halved", T, "at least 1") { $0 >= 1 }
    case .exponential(let γ):
      try ParameterError.check("decay factor of the step size", γ, "in (0, 1]") { $0 > 0 && $0 <= 1 }
    case .linear(let end, let epochs):
      try ParameterError.check("final step size", end, "greater than 0, also as \(type)", isStep)
      try ParameterError.check("epochs of the step size's decay", epochs, "at least 1") { $0 >= 1 }
    }
  }
}
