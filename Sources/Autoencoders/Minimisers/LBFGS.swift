import LinearAlgebra

/// Limited-memory BFGS with a strong Wolfe line search (Nocedal & Wright 2006, algorithm 7.5): the method for a loss
/// that is a deterministic function of its parameters.
///
/// The function should be smooth. Kinks (ReLU, |h|) are got over, but they cost evaluations, and where it stops at one it
/// need not be a minimum: see ``Reason``.
///
/// ```swift
/// let result = try LBFGS(maxIterations: 500).minimise(objective)
/// network.parameters = result.parameters
/// ```
///
/// Needs 2m + 7 vectors of the parameters' length, allocated once; an iteration costs 4m + 4 passes over such vectors
/// beside the evaluations, mostly one.
public struct LBFGS: Sendable {
  /// How many iterations to take at most.
  public var maxIterations: Int
  /// Stops when max_i |∂f/∂θ_i| is at most this.
  public var gradientTolerance: Double
  /// Stops when an iteration lowers f by at most this share of |f|.
  public var valueTolerance: Double
  /// m, how many of the last steps shape the next.
  public var memory: Int

  /// The method with these options, which ``minimise(_:from:observer:)`` checks.
  public init(
    maxIterations: Int = 1000, gradientTolerance: Double = 1e-8, valueTolerance: Double = 1e-14, memory: Int = 10
  ) {
    self.maxIterations = maxIterations
    self.gradientTolerance = gradientTolerance
    self.valueTolerance = valueTolerance
    self.memory = memory
  }

  /// Why a minimisation stopped.
  public enum Reason: String, Sendable {
    /// The gradient is as small as asked for (or so small that its square is 0).
    case gradientIsSmall
    /// The last iteration hardly lowered the value.
    case valueIsSteady
    /// The iterations are used up.
    case iterationsUsedUp
    /// No step lowers the value any more, within rounding; not even straight down the gradient.
    case noLowerPoint
    /// The same, at a point whose own step lowered the value, but to none flat enough for the strong Wolfe conditions: it lies
    /// at a kink, or the value is mostly rounding. It is the lowest point seen.
    case noFlatterPoint
    /// The value fell for as long as a step may be lengthened, or to −∞: it has no lower bound, or none within reach.
    case noLowerBound
  }

  /// A finished minimisation.
  public struct Result<Element: Scalar>: Sendable {
    /// The best θ: where f was lowest of all points at which it was evaluated, or a little beyond at a kink.
    public let parameters: [Element]
    /// f at the start and after each iteration: one more than there were iterations.
    public let history: [Element]
    /// max_i |∂f/∂θ_i| at the end.
    public let gradientMagnitude: Element
    /// How often f and its gradient were evaluated.
    public let evaluations: Int
    /// Why it stopped.
    public let reason: Reason

    /// The least value, f(θ).
    public var value: Element { history[history.count - 1] }
    public var iterations: Int { history.count - 1 }
  }

  /// One accepted step, for an observer.
  public struct Iteration<Element: Scalar>: Sendable {
    /// Which iteration it was, counted from 1.
    public let number: Int
    /// The parameters θ after it.
    public let parameters: [Element]
    /// f before and after.
    public let previousValue: Element
    public let value: Element
    /// The step length α.
    public let step: Element
    /// pᵀ∇f, the slope along the direction p, before and after.
    public let previousSlope: Element
    public let slope: Element
  }

  /// c₁ of the sufficient decrease and c₂ of the curvature condition.
  static let (c1, c2) = (1e-4, 0.9)

  /// Minimises `function`.
  ///
  /// - Parameters:
  ///   - start: where to start, if not at the function's own start.
  ///   - observer: called after each iteration.
  /// - Throws: ``ParameterError`` for an option out of range; ``TrainingError/startNotFinite(value:)``;
  ///   ``TrainingError/tooSteep(gradient:)`` if the slope along a direction overflows; what the observer throws.
  public func minimise<F: DifferentiableFunction>(
    _ function: F, from start: [F.Element]? = nil, observer: (Iteration<F.Element>) throws -> Void = { _ in }
  ) throws -> Result<F.Element> {
    typealias Element = F.Element
    try checkOptions()
    var f = function
    var θ = start ?? function.start
    var g = [Element](repeating: 0, count: θ.count)
    var value = f.value(at: θ, gradient: &g)
    guard value.isFinite, firstNotFinite(g) == nil else { throw TrainingError.startNotFinite(value: Double(value)) }

    var history = [value]
    var evaluations = 1
    var isSteep = false
    var curvature = CurvatureMemory<Element>(capacity: memory, dimensions: θ.count)
    var (p, nextθ, nextG) = (g, g, g)
    let lineSearch = StrongWolfeLineSearch<Element>(c1: Element(Self.c1), c2: Element(Self.c2), maxEvaluations: 40)

    func result(_ reason: Reason) -> Result<Element> {
      Result(
        parameters: θ, history: history, gradientMagnitude: largestMagnitude(g), evaluations: evaluations,
        reason: reason)
    }

    while history.count <= maxIterations {
      if largestMagnitude(g) <= Element(gradientTolerance) { return result(.gradientIsSmall) }
      // p = −H ∇f, with H the inverse Hessian as far as the last steps show it
      curvature.direction(g, into: &p)
      var slope = dot(p, g)
      if !(slope < 0 && slope.isFinite) {
        curvature.forget()
        curvature.direction(g, into: &p)
        slope = dot(p, g)
      }
      guard slope.isFinite else { throw TrainingError.tooSteep(gradient: Double(largestMagnitude(g))) }
      guard slope < 0 else { return result(.gradientIsSmall) }
      // A quasi-Newton step has its natural length; the very first, down the gradient, is kept shorter than 1.
      let first = curvature.isEmpty ? min(1, 1 / dot(g, g).squareRoot()) : 1
      let (point, ending) = lineSearch.search(from: .init(α: 0, value: value, slope: slope), first: first) { α in
        evaluations += 1
        // θ + α p
        set(&nextθ, to: θ, plus: α, p)
        let value = f.value(at: nextθ, gradient: &nextG)
        return .init(α: α, value: value, slope: dot(p, nextG))
      }
      guard let accepted = point else {
        if ending == .fallsOn { return result(.noLowerBound) }
        if curvature.isEmpty { return result(isSteep ? .noFlatterPoint : .noLowerPoint) }
        // The remembered curvature may be to blame: once more, straight down the gradient.
        curvature.forget()
        continue
      }
      isSteep = ending != .satisfied
      curvature.remember(from: &θ, &g, to: nextθ, nextG)
      swap(&θ, &nextθ)
      swap(&g, &nextG)
      let previous = value
      value = accepted.value
      history.append(value)
      try observer(
        Iteration(
          number: history.count - 1, parameters: θ, previousValue: previous, value: value, step: accepted.α,
          previousSlope: slope, slope: accepted.slope))
      if ending == .fallsOn { return result(.noLowerBound) }
      if previous - value <= Element(valueTolerance) * abs(previous) { return result(.valueIsSteady) }
    }
    return result(largestMagnitude(g) <= Element(gradientTolerance) ? .gradientIsSmall : .iterationsUsedUp)
  }

  private func checkOptions() throws(ParameterError) {
    try ParameterError.check("iterations of L-BFGS", maxIterations, "at least 1") { $0 >= 1 }
    try ParameterError.check("gradient tolerance of L-BFGS", gradientTolerance, "at least 0") { $0 >= 0 }
    try ParameterError.check("value tolerance of L-BFGS", valueTolerance, "at least 0") { $0 >= 0 }
    try ParameterError.check("memory of L-BFGS", memory, "at least 1") { $0 >= 1 }
  }
}
