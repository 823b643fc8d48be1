import LinearAlgebra

/// A first-order method: it turns a gradient into a step, and keeps its own memory of earlier ones.
public protocol Optimiser<Element>: Sendable {
  associatedtype Element: Scalar

  /// The step size η, epoch by epoch.
  var rate: LearningRate { get }

  /// Throws if an option is out of range.
  func checkOptions() throws(ParameterError)

  /// Begins a step on `count` parameters in all, always the same number; the first one allocates the memory of earlier
  /// gradients.
  mutating func beginStep(parameters count: Int)

  /// Takes the step for some of the parameters, in place: θ, those from number `offset` on, with gradient g and step
  /// size η.
  ///
  /// A step may thus go from one layer's weights to the next, wherever they are. Allocates nothing.
  mutating func step(
    _ θ: UnsafeMutableBufferPointer<Element>, gradient g: UnsafeBufferPointer<Element>, at offset: Int,
    rate η: Element)
}

extension Optimiser {
  /// Changes θ by one step with gradient g and step size η, in place; allocates nothing after the first step.
  public mutating func step(_ θ: inout [Element], gradient g: [Element], rate η: Element) {
    precondition(θ.count == g.count, "a gradient of \(g.count) numbers for \(θ.count) parameters")
    beginStep(parameters: θ.count)
    θ.withUnsafeMutableBufferPointer { θ in
      g.withUnsafeBufferPointer { g in step(θ, gradient: g, at: 0, rate: η) }
    }
  }
}

/// Gradient descent, stochastic if fed with minibatches, with or without momentum.
///
/// - v ← μ v − η g
/// - θ ← θ + v
public struct SGD<Element: Scalar>: Optimiser {
  public let rate: LearningRate
  /// The momentum μ, in [0, 1): the share of the last step that goes into the next.
  public let momentum: Double
  private var v: [Element] = []

  /// The method with these options, which training checks.
  public init(rate: LearningRate, momentum μ: Double = 0) {
    self.rate = rate
    self.momentum = μ
  }

  public func checkOptions() throws(ParameterError) {
    try rate.check(as: Element.self)
    try ParameterError.check("momentum", momentum, "in [0, 1), also as \(Element.self)") { $0 >= 0 && Element($0) < 1 }
  }

  public mutating func beginStep(parameters count: Int) {
    if v.isEmpty { v = [Element](repeating: 0, count: count) }
    checkMemory(of: v.count, count)
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func step(
    _ θ: UnsafeMutableBufferPointer<Element>, gradient g: UnsafeBufferPointer<Element>, at offset: Int,
    rate η: Element
  ) {
    let count = checkedCount(θ, g, at: offset, memory: v)
    let μ = Element(momentum)
    v.withUnsafeMutableBufferPointer { v in
      // Plain pointers: a buffer checks each index, and the loop would not be vectorised.
      guard let startθ = θ.baseAddress, let startG = g.baseAddress, let startV = v.baseAddress else { return }
      nonisolated(unsafe) let (θ, g, v) = (startθ, startG, startV + offset)
      Parallelism.forEachPart(of: count, least: leastParameters) { part in
        for i in part {
          // v ← μ v − η g
          v[i] = μ * v[i] - η * g[i]
          // θ ← θ + v
          θ[i] += v[i]
        }
      }
    }
  }
}

/// Adam: steps scaled, parameter by parameter, by running means of the gradient and of its square (Kingma & Ba 2015).
///
/// - m ← β₁ m + (1−β₁) g, v ← β₂ v + (1−β₂) g²
/// - m̂ = m / (1−β₁ᵗ), v̂ = v / (1−β₂ᵗ)
/// - θ ← θ − η m̂ / (√v̂ + ε)
public struct Adam<Element: Scalar>: Optimiser {
  public let rate: LearningRate
  /// The memories β₁ and β₂ of the two means, in [0, 1).
  public let β1: Double
  public let β2: Double
  /// ε, which keeps the step finite where the gradient vanishes.
  public let ε: Double
  private var m: [Element] = []
  private var v: [Element] = []
  /// β₁ᵗ and β₂ᵗ after t steps.
  private var β1ᵗ = 1.0
  private var β2ᵗ = 1.0

  /// The method with these options, which training checks.
  public init(rate: LearningRate, β1: Double = 0.9, β2: Double = 0.999, ε: Double = 1e-8) {
    self.rate = rate
    self.β1 = β1
    self.β2 = β2
    self.ε = ε
  }

  public func checkOptions() throws(ParameterError) {
    try rate.check(as: Element.self)
    for (name, β) in [("β1 of Adam", β1), ("β2 of Adam", β2)] {
      try ParameterError.check(name, β, "in [0, 1), also as \(Element.self)") { $0 >= 0 && Element($0) < 1 }
    }
    try ParameterError.check("ε of Adam", ε, "greater than 0, also as \(Element.self)") {
      Element($0) > 0 && Element($0).isFinite
    }
  }

  public mutating func beginStep(parameters count: Int) {
    if m.isEmpty {
      m = [Element](repeating: 0, count: count)
      v = m
    }
    checkMemory(of: m.count, count)
    β1ᵗ *= β1
    β2ᵗ *= β2
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public mutating func step(
    _ θ: UnsafeMutableBufferPointer<Element>, gradient g: UnsafeBufferPointer<Element>, at offset: Int,
    rate η: Element
  ) {
    let count = checkedCount(θ, g, at: offset, memory: m)
    let (β1, β2, ε) = (Element(β1), Element(β2), Element(ε))
    let (rest1, rest2) = (1 - β1, 1 - β2)
    let (correction1, correction2) = (Element(1 - β1ᵗ), Element(1 - β2ᵗ))
    let (corrects1, corrects2) = (correction1 != 1, correction2 != 1)
    m.withUnsafeMutableBufferPointer { m in
      v.withUnsafeMutableBufferPointer { v in
        // Plain pointers: a buffer checks each index, and the loop would not be vectorised.
        guard let startθ = θ.baseAddress, let startG = g.baseAddress, let startM = m.baseAddress,
          let startV = v.baseAddress
        else { return }
        nonisolated(unsafe) let (θ, g, m, v) = (startθ, startG, startM + offset, startV + offset)
        Parallelism.forEachPart(of: count, least: leastParameters) { part in
          for i in part {
            // m ← β₁ m + (1−β₁) g
            m[i] = β1 * m[i] + rest1 * g[i]
            // v ← β₂ v + (1−β₂) g²; an infinite v would end all steps, so a square beyond the numbers is the largest one.
            v[i] = min(β2 * v[i] + rest2 * (g[i] * g[i]), .greatestFiniteMagnitude)
            // A correction that has rounded to 1 leaves all as it is, and divisions take most of the time.
            let m̂ = corrects1 ? m[i] / correction1 : m[i]
            let v̂ = corrects2 ? v[i] / correction2 : v[i]
            // θ ← θ − η m̂ / (√v̂ + ε). (Of a magnitude the compiler knows that it is not negative: then the loop is
            // vectorised, instead of calling a square root that may fail.)
            θ[i] -= η * m̂ / (v̂.magnitude.squareRoot() + ε)
          }
        }
      }
    }
  }
}

/// An optimiser's memory belongs to one vector of parameters.
private func checkMemory(of remembered: Int, _ count: Int) {
  precondition(
    remembered == count,
    "an optimiser that remembers the gradients of \(remembered) parameters cannot take a step of \(count): make a new one"
  )
}

/// Parameters whose step is worth a thread of its own.
private let leastParameters = 1 << 16

/// How many parameters a block has, whose step begins at `offset` of the optimiser's `memory`.
private func checkedCount<Element>(
  _ θ: UnsafeMutableBufferPointer<Element>, _ g: UnsafeBufferPointer<Element>, at offset: Int, memory: [Element]
) -> Int {
  precondition(θ.count == g.count, "a gradient of \(g.count) numbers for \(θ.count) parameters")
  precondition(
    offset >= 0 && offset + g.count <= memory.count,
    "a step of \(memory.count) parameters has no numbers \(offset)..<\(offset + g.count)")
  return g.count
}
