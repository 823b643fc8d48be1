import LinearAlgebra

extension Stack {
  /// The Jacobian ∂h/∂x at one input x: outputs × inputs.
  ///
  /// J = D_L W_L … D₁ W₁ with D_l = diag s′(a_l): the chain rule, one factor a layer, multiplied from the left.
  /// O(outputs · Σ_l inputs_l · outputs_l) operations.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func jacobian(at x: [Element]) -> Matrix<Element> {
    var pass = passes(examples: 1)
    forward(Matrix(rows: 1, columns: x.count, elements: x), into: &pass)
    let slopes = zip(layers, pass).map { layer, pass in layer.activation.slopes(pass.A, pass.H).first }
    let top = layers.count - 1
    var J = Matrix(rows: outputs, columns: layers[top].inputs) { j, i in slopes[top][0, j] * layers[top].W[j, i] }
    for l in (0..<top).reversed() {
      // J ← (J D_l) W_l
      J = Matrix(rows: J.rows, columns: J.columns) { j, i in J[j, i] * slopes[l][0, i] } * layers[l].W
    }
    return J
  }

  /// The same Jacobian by dual numbers, a column a pass: an oracle for ``jacobian(at:)``, which uses no derivative of
  /// any activation.
  public func jacobianByDualNumbers(at x: [Element]) -> Matrix<Element> {
    precondition(x.count == inputs, "\(x.count) numbers for a stack of \(inputs) inputs")
    var J = Matrix<Element>(rows: outputs, columns: inputs)
    for i in 0..<inputs {
      var h = x.enumerated().map { Dual($1, derivative: $0 == i ? 1 : 0) }
      for layer in layers {
        h = (0..<layer.outputs).map { j in
          var a = Dual(layer.b.isEmpty ? 0 : layer.b[j])
          for k in 0..<layer.inputs { a += Dual(layer.W[j, k]) * h[k] }
          return layer.activation(a)
        }
      }
      for j in 0..<outputs { J[j, i] = h[j].derivative }
    }
    return J
  }

  /// ‖∂h/∂x‖_F² at each input, a row of X (N × inputs): N numbers.
  public func squaredJacobianNorms(_ X: Matrix<Element>) -> [Element] {
    var squares: [Element] = []
    forward(X) { rows, _, pass in
      var norm = JacobianNorm(self, examples: rows.count)
      norm.evaluate(self, pass)
      squares += norm.squares
    }
    return squares
  }
}
