import LinearAlgebra

/// One linear piece of a function of one variable: on its interval the outputs are y = α + βx.
public struct LinearPiece<Element: Scalar>: Sendable, Equatable {
  /// Where the piece begins and ends.
  public let interval: ClosedRange<Element>
  /// The outputs' values at x = 0 if the piece went on to there, one for each output.
  public let α: [Element]
  /// The outputs' slopes.
  public let β: [Element]
}

extension Stack {
  /// The linear pieces of a stack of ReLU and identity layers with one input, from left to right: what the network is as
  /// a function of one variable on `interval`.
  ///
  /// Layer by layer: on each piece so far, every unit's pre-activation is a line, and cuts the piece where it crosses 0.
  /// At the end, neighbours are one piece if all their slopes agree to 10⁻⁹ of the larger slope: a kink that a layer
  /// above has cancelled is none, and one that is smaller than that is taken for rounding.
  ///
  /// ```swift
  /// let tent = Stack([
  ///   Dense(W: [[1], [1]], b: [0, -0.5], activation: .relu), Dense(W: [[2, -4]], b: [0], activation: .identity),
  /// ])
  /// try tent.linearPieces(in: 0...1).map(\.interval)    // [0...0.5, 0.5...1]
  /// ```
  ///
  /// The positions have the error of a line's root: some units of rounding, times how much the layers below stretch.
  ///
  /// - Complexity: for each layer, the pieces below it times its weights.
  /// - Throws: ``ParameterError`` if the stack has more than one input, or a layer that is not linear piece by piece.
  public func linearPieces(in interval: ClosedRange<Element>) throws(ParameterError) -> [LinearPiece<Element>] {
    try ParameterError.check("inputs of a function of one variable", inputs, "1") { $0 == 1 }
    for layer in layers where layer.activation != .relu && layer.activation != .identity {
      throw ParameterError(
        "the activation of a piecewise linear layer", "\(layer.activation)", mustBe: "relu or identity")
    }
    precondition(
      interval.lowerBound < interval.upperBound && (interval.upperBound - interval.lowerBound).isFinite,
      "no linear pieces on \(interval.lowerBound)...\(interval.upperBound): an interval of finite length is needed")
    var pieces = [LinearPiece<Element>(interval: interval, α: [0], β: [1])]
    for layer in layers { pieces = pieces.flatMap { $0.pieces(after: layer) } }
    return pieces.reduce(into: []) { joined, piece in
      guard let last = joined.last, last.hasSlopes(of: piece) else { return joined.append(piece) }
      let whole = last.interval.lowerBound...piece.interval.upperBound
      joined[joined.count - 1] = LinearPiece(interval: whole, α: last.α, β: last.β)
    }
  }
}

extension LinearPiece {
  /// What a layer makes of this piece of its inputs.
  fileprivate func pieces(after layer: Dense<Element>) -> [LinearPiece] {
    let b = layer.b.isEmpty ? [Element](repeating: 0, count: layer.outputs) : layer.b
    let (α, β) = (zip(layer.W * α, b).map { $0 + $1 }, layer.W * β)
    guard layer.activation == .relu else { return [LinearPiece(interval: interval, α: α, β: β)] }
    let roots = zip(α, β).map { -$0 / $1 }.filter { interval.lowerBound < $0 && $0 < interval.upperBound }
    let ends = [interval.lowerBound] + Set(roots).sorted() + [interval.upperBound]
    return zip(ends, ends.dropFirst()).map { left, right in
      let middle = left + (right - left) / 2
      let isOn = zip(α, β).map { $0 + $1 * middle > 0 }
      return LinearPiece(
        interval: left...right, α: zip(α, isOn).map { $1 ? $0 : 0 }, β: zip(β, isOn).map { $1 ? $0 : 0 })
    }
  }

  fileprivate func hasSlopes(of other: LinearPiece) -> Bool {
    zip(β, other.β).allSatisfy { abs($0 - $1) <= 1e-9 * max(abs($0), abs($1)) }
  }
}
