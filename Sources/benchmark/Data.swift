import Autoencoders
import Datasets
import LinearAlgebra

// The data and the initial weights that several workloads share.

/// The 1797 digits, 8 × 8 pixels in [0, 1]: 1797 × 64.
func digits() -> Matrix<Float> { LabelledImages.digits.scaled.rounded() }

/// Images of 28 × 28 pixels in (0, 1) with 20 degrees of freedom: sigmoid(Z B + ½) with Z (`count` × 20) and B normal.
func syntheticImages(_ count: Int) -> Matrix<Float> {
  var stream = RandomStream(seed: 7, name: "images")
  let basis = Matrix<Float>.normal(rows: 20, columns: 784, using: &stream)
  var images = Matrix<Float>.normal(rows: count, columns: 20, using: &stream) * basis
  images.mapInPlace { $0 + 0.5 }
  images.applySigmoid()
  return images
}

/// A spiral of 1½ turns in the plane with a little noise across it.
func spiral(_ count: Int) -> Matrix<Float> {
  var stream = RandomStream(seed: 3, name: "spiral")
  var points = Matrix<Float>(rows: count, columns: 2)
  for n in 0..<count {
    let angle = 1.5 * Double.pi * (1 + 2 * stream.uniform())
    points[n, 0] = Float(angle * Double.cos(angle) / 10 + 0.02 * stream.normal())
    points[n, 1] = Float(angle * Double.sin(angle) / 10 + 0.02 * stream.normal())
  }
  return points
}

/// The initial weights of all workloads: a layer's weights and biases are uniform in ±1/√inputs, as in PyTorch.
func layers(_ sizes: [Int], _ activations: [Activation], using stream: inout RandomStream) -> Stack<Float> {
  Stack(
    activations.enumerated().map { l, activation in
      let range = 1 / Float(sizes[l]).squareRoot()
      let W = Matrix<Float>.uniform(rows: sizes[l + 1], columns: sizes[l], in: -range..<range, using: &stream)
      let b = Matrix<Float>.uniform(rows: 1, columns: sizes[l + 1], in: -range..<range, using: &stream)
      return Dense(W: W, b: b.elements, activation: activation)
    })
}

/// The layers' weights (outputs × inputs) and biases as `W1`, `b1`, `W2`, …, for the peers.
func arrays(_ layers: [Dense<Float>]) -> [String: Array2D] {
  var arrays: [String: Array2D] = [:]
  for (l, layer) in layers.enumerated() {
    arrays["W\(l + 1)"] = Array2D(layer.W)
    arrays["b\(l + 1)"] = Array2D(Matrix(rows: 1, columns: layer.b.count, elements: layer.b))
  }
  return arrays
}

extension Matrix<Double> {
  /// In single precision.
  func rounded() -> Matrix<Float> { Matrix<Float>(rows: rows, columns: columns, elements: elements.map { Float($0) }) }
}

extension Matrix<Float> {
  /// The same numbers in double precision.
  var widened: Matrix<Double> { Matrix<Double>(rows: rows, columns: columns, elements: elements.map { Double($0) }) }
}

extension Stack<Float> {
  /// The same layers in double precision.
  var widened: Stack<Double> {
    Stack<Double>(
      layers.map { Dense<Double>(W: $0.W.widened, b: $0.b.map { Double($0) }, activation: $0.activation) })
  }
}
