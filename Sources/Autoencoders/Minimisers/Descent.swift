import LinearAlgebra

/// Parameters on their way down an objective, step by step.
protocol Descent<Parameter> {
  associatedtype Parameter: Scalar

  /// θ, where the last step ended.
  var parameters: [Parameter] { get }

  /// Takes one step on the given examples, in place, and returns their loss before it. For a network's objective without
  /// penalties it allocates nothing after the first step with a given number of examples.
  mutating func step(
    by optimiser: inout any Optimiser<Parameter>, rate η: Parameter, examples: ArraySlice<Int>,
    using stream: inout RandomStream
  ) -> Parameter
}

/// The way down any objective: θ and the gradient are vectors beside it.
struct VectorDescent<Objective: StochasticObjective>: Descent {
  private var objective: Objective
  private(set) var parameters: [Objective.Element]
  private var gradient: [Objective.Element]

  init(_ objective: Objective) {
    self.objective = objective
    parameters = objective.start
    gradient = Array(repeating: 0, count: parameters.count)
  }

  mutating func step(
    by optimiser: inout any Optimiser<Objective.Element>, rate η: Objective.Element, examples: ArraySlice<Int>,
    using stream: inout RandomStream
  ) -> Objective.Element {
    let loss = objective.value(at: parameters, gradient: &gradient, examples: examples, using: &stream)
    optimiser.step(&parameters, gradient: gradient, rate: η)
    return loss
  }
}

/// The way down an objective whose network holds the parameters, and a workspace their gradient: to copy them to and fro
/// would take a tenth of a step's time.
protocol NetworkDescent<Parameter>: Descent {
  associatedtype Network: Steppable<Parameter>
  associatedtype Workspace: GradientWorkspace where Workspace.Gradient == Network.Gradient

  var network: Network { get set }
  var workspaces: [Workspace] { get set }
  func newWorkspace(examples: Int) -> Workspace
  /// The loss over the given examples, and which workspace has its gradient.
  mutating func evaluate(
    _ examples: ArraySlice<Int>, using stream: inout RandomStream
  ) -> (value: Parameter, workspace: Int)
}

/// A network that an optimiser can move.
protocol Steppable<Element> {
  associatedtype Element: Scalar
  associatedtype Gradient

  var parameters: [Element] { get }
  /// Takes an optimiser's step with the given gradient, in the order of `parameters`.
  mutating func step(by optimiser: inout any Optimiser<Element>, gradient: Gradient, rate η: Element)
}

/// The buffers of a pass over that many examples, among them the gradient.
protocol GradientWorkspace {
  associatedtype Gradient

  var examples: Int { get }
  var gradient: Gradient { get }
}

extension NetworkDescent {
  var parameters: [Parameter] { network.parameters }

  mutating func step(
    by optimiser: inout any Optimiser<Parameter>, rate η: Parameter, examples: ArraySlice<Int>,
    using stream: inout RandomStream
  ) -> Parameter {
    let (value, w) = evaluate(examples, using: &stream)
    network.step(by: &optimiser, gradient: workspaces[w].gradient, rate: η)
    return value
  }

  /// The workspace for that many examples. An epoch has at most two kinds of minibatch: full ones and the remainder.
  mutating func workspace(examples: Int) -> Int {
    for w in workspaces.indices where workspaces[w].examples == examples { return w }
    if workspaces.count == 2 { workspaces.removeFirst() }
    workspaces.append(newWorkspace(examples: examples))
    return workspaces.count - 1
  }
}

extension Stack {
  /// Takes an optimiser's step with the given gradient; the parameters are those from number `offset` on, which moves
  /// past them.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func step(
    by optimiser: inout any Optimiser<Element>, gradient: [LayerGradient<Element>], at offset: inout Int,
    rate η: Element
  ) {
    for l in layers.indices {
      let (start, weights) = (offset, gradient[l].W.rows * gradient[l].W.columns)
      layers[l].W.withUnsafeMutableElements { θ in
        gradient[l].W.withUnsafeElements { g in optimiser.step(θ, gradient: g, at: start, rate: η) }
      }
      offset += weights
      Autoencoders.step(&layers[l].b, by: &optimiser, gradient: gradient[l].b, at: &offset, rate: η)
    }
  }
}

/// The step of a layer's biases.
@inline(__always)
func step<Element: Scalar>(
  _ b: inout [Element], by optimiser: inout any Optimiser<Element>, gradient: [Element], at offset: inout Int,
  rate η: Element
) {
  let start = offset
  b.withUnsafeMutableBufferPointer { θ in
    gradient.withUnsafeBufferPointer { g in optimiser.step(θ, gradient: g, at: start, rate: η) }
  }
  offset += gradient.count
}

extension Autoencoder: Steppable {
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func step(by optimiser: inout any Optimiser<Element>, gradient: Gradient, rate η: Element) {
    optimiser.beginStep(parameters: parameterCount)
    var offset = 0
    encoder.step(by: &optimiser, gradient: gradient.encoder, at: &offset, rate: η)
    ownOrTiedDecoder.step(by: &optimiser, gradient: gradient.decoder, at: &offset, rate: η)
  }
}

extension VariationalAutoencoder: Steppable {
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func step(by optimiser: inout any Optimiser<Element>, gradient: Gradient, rate η: Element) {
    optimiser.beginStep(parameters: parameterCount)
    var offset = 0
    encoder.step(by: &optimiser, gradient: gradient.encoder, at: &offset, rate: η)
    decoder.step(by: &optimiser, gradient: gradient.decoder, at: &offset, rate: η)
    guard learnsNoise else { return }
    withUnsafeMutablePointer(to: &noiseParameter) { θ in
      withUnsafePointer(to: gradient.noise) { g in
        optimiser.step(
          UnsafeMutableBufferPointer(start: θ, count: 1), gradient: UnsafeBufferPointer(start: g, count: 1), at: offset,
          rate: η)
      }
    }
  }
}
