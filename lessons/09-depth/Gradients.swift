import Autoencoders
import LinearAlgebra
import Notebook

// How strong a gradient arrives in the layers of a random network.

/// Layers of one kind: their non-linearity and the variance of a weight times the inputs.
struct Kind {
  let name: String
  let units: Activation
  let variance: Double
}

/// ‖δ_l‖ of all layers over that of the last, for random weights and a random δ at the top;
/// the examples are the rows of X.
func returning(
  _ kind: Kind, layers L: Int, width: Int, on X: Matrix<Double>,
  using random: inout RandomStream
) -> [Double] {
  let stack = Stack<Double>(
    (0..<L).map { l in
      let inputs = l == 0 ? X.columns : width
      let deviation = (kind.variance / Double(inputs)).squareRoot()
      return Dense(
        W: deviation * Matrix.normal(rows: width, columns: inputs, using: &random),
        b: Array(repeating: 0, count: width), activation: kind.units)
    })
  var pass = stack.passes(examples: X.rows)
  stack.forward(X, into: &pass)
  pass[L - 1].δ = .normal(rows: X.rows, columns: width, using: &random)
  kind.units.backpropagate(&pass[L - 1].δ, A: pass[L - 1].A, H: pass[L - 1].H)
  var unused = stack.zeroGradient
  stack.backward(X, pass: &pass, gradient: &unused)
  return pass.map { $0.δ.norm / pass[L - 1].δ.norm }
}

/// The same for several draws, which all kinds share but for the scale: the geometric mean of
/// each layer, and the factor by which a layer changes the norm on average, of each draw.
struct Returns {
  let kind: Kind
  let norms: [Double]
  let factors: [Double]

  init(_ kind: Kind, layers L: Int, width: Int, on X: Matrix<Double>, draws: Int, seed: UInt64) {
    var random = RandomStream(seed: seed, name: "returning")
    let all = (0..<draws).map { _ in
      returning(kind, layers: L, width: width, on: X, using: &random)
    }
    self.kind = kind
    norms = (0..<L).map { l in Double.exp(mean(all.map { Double.log($0[l]) })) }
    factors = all.map { Double.exp(Double.log($0[0]) / Double(L - 1)) }
  }

  /// By which factor a layer changes the norm on the way back.
  var factor: Double { Double.exp(mean(factors.map { Double.log($0) })) }
}
