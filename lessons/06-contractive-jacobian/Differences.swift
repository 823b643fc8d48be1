import Autoencoders
import LinearAlgebra
import Notebook

// Derivatives by differences and expectations by quadrature, for comparison with the derivations.

/// The derivative of a matrix-valued function at 0 by central differences of fourth order, exact
/// to some 10⁻¹¹.
func derivative(_ f: (Double) -> Matrix<Double>) -> Matrix<Double> {
  let ε = 0x1p-10
  return (8 * (f(ε) - f(-ε)) - (f(2 * ε) - f(-2 * ε))) / (12 * ε)
}

/// The stack with W_ji of layer l, or b_j if i is nil, moved by ε.
func moved(
  _ stack: Stack<Double>, layer l: Int, _ j: Int, _ i: Int?, by ε: Double
) -> Stack<Double> {
  var stack = stack
  if let i { stack.layers[l].W[j, i] += ε } else { stack.layers[l].b[j] += ε }
  return stack
}

/// ∂/∂W of layer l of ‖J(x)‖_F², by differences of the Jacobian by dual numbers.
func weightSlopes(_ stack: Stack<Double>, layer l: Int, at x: [Double]) -> Matrix<Double> {
  Matrix(rows: stack.layers[l].outputs, columns: stack.layers[l].inputs) { j, i in
    derivative {
      [[moved(stack, layer: l, j, i, by: $0).jacobianByDualNumbers(at: x).squaredNorm]]
    }[0, 0]
  }
}

/// ∂/∂b of layer l of the same.
func biasSlopes(_ stack: Stack<Double>, layer l: Int, at x: [Double]) -> [Double] {
  (0..<stack.layers[l].outputs).map { j in
    derivative {
      [[moved(stack, layer: l, j, nil, by: $0).jacobianByDualNumbers(at: x).squaredNorm]]
    }[0, 0]
  }
}

/// Σ 2 J_ji ∂J_ji/∂W for the weights of layer l, with the derivative of J itself by differences.
func weightPairing(_ stack: Stack<Double>, layer l: Int, at x: [Double]) -> Matrix<Double> {
  Matrix(rows: stack.layers[l].outputs, columns: stack.layers[l].inputs) { j, i in
    2
      * dot(
        stack.jacobian(at: x), derivative { moved(stack, layer: l, j, i, by: $0).jacobian(at: x) }
      )
  }
}

/// Σ 2 J_ji ∂J_ji/∂b for the biases of layer l.
func biasPairing(_ stack: Stack<Double>, layer l: Int, at x: [Double]) -> [Double] {
  (0..<stack.layers[l].outputs).map { j in
    2
      * dot(
        stack.jacobian(at: x),
        derivative { moved(stack, layer: l, j, nil, by: $0).jacobian(at: x) })
  }
}

/// The Jacobian of a stack by central differences in x.
func jacobianByDifferences(_ stack: Stack<Double>, at x: [Double]) -> Matrix<Double> {
  var J = Matrix<Double>(rows: stack.outputs, columns: x.count)
  for i in x.indices {
    let column = derivative { ε in
      stack(Matrix(rows: 1, columns: x.count) { _, k in x[k] + (k == i ? ε : 0) })
    }
    for j in 0..<stack.outputs { J[j, i] = column[0, j] }
  }
  return J
}

/// Points and weights such that Σ w f(ε) is the mean of f over standard Gaussian noise in the
/// plane, exactly if f is a polynomial of degree 23 in each component.
///
/// It is the tensor product of Gauss–Hermite rules of twelve points, whose nodes are the
/// eigenvalues of the matrix with √1, √2, …, √11 beside the diagonal (Golub & Welsch 1969).
func gaussianQuadrature() -> (ε: Matrix<Double>, weights: [Double]) {
  let count = 12
  let eigen = SymmetricEigen(
    Matrix<Double>(rows: count, columns: count) { i, j in
      abs(i - j) == 1 ? Double(max(i, j)).squareRoot() : 0
    })
  let weights = (0..<count).map { eigen.vectors[0, $0] * eigen.vectors[0, $0] }
  return (
    Matrix(rows: count * count, columns: 2) { k, i in eigen.values[i == 0 ? k / count : k % count]
    },
    (0..<count * count).map { weights[$0 / count] * weights[$0 % count] }
  )
}

/// A reconstruction r = W* s(Wx + b) + c of points in the plane, with its derivatives at x.
struct Expansion {
  /// r(x) − x, ∂r/∂x and Δr.
  let ρ: [Double]
  let J: Matrix<Double>
  let laplacian: [Double]
  /// ∂²r_i/∂x∂xᵀ for each i.
  let hessians: [Matrix<Double>]

  init(_ network: Network, at x: [Double]) {
    let (W, Wˢ) = (network.encoder.W, network.decoder.W)
    let row = Matrix(rows: 1, columns: 2, elements: x)
    var pass = network.encoder.passes(examples: 1)
    network.encoder.forward(row, into: &pass)
    let second = network.encoder.layers[0].activation.slopes(pass[0].A, pass[0].H).second
    ρ = (network.reconstruct(row) - row).elements
    J = Wˢ * network.encoder.jacobian(at: x)
    // Δr = W* (s″(a) ⊙ ‖w‖²)
    laplacian = Wˢ * (0..<W.rows).map { j in second[0, j] * dot(W.row(j), W.row(j)) }
    // ∂²r_i/∂x_a∂x_b = Σ_j W*_ij s″(a_j) W_ja W_jb
    hessians = (0..<2).map { i in
      W.T * Matrix.diagonal((0..<W.rows).map { Wˢ[i, $0] * second[0, $0] }) * W
    }
  }
}

/// E‖r(x + σε) − x‖² by quadrature.
func noisyError(
  _ network: Network, at x: [Double], σ: Double, _ rule: (ε: Matrix<Double>, weights: [Double])
) -> Double {
  let x̃ = Matrix(rows: rule.ε.rows, columns: 2) { k, i in x[i] + σ * rule.ε[k, i] }
  let r = network.reconstruct(x̃)
  return rule.weights.indices.map { k in
    let (d₁, d₂) = (r[k, 0] - x[0], r[k, 1] - x[1])
    return rule.weights[k] * (d₁ * d₁ + d₂ * d₂)
  }.sum()
}

/// What noise adds to the mean reconstruction error of some points, and the terms of order σ²
/// that are to account for it.
struct Ledger {
  /// The means of ‖J_r‖_F² and of ρᵀΔr.
  let flat: Double
  let curved: Double
  /// For each σ what is left when both terms are taken off the cost of noise, and when the first
  /// alone is.
  let with: [Double]
  let without: [Double]

  init(
    _ network: Network, at X: Matrix<Double>, _ noises: [Double],
    _ rule: (ε: Matrix<Double>, weights: [Double])
  ) {
    let terms = (0..<X.rows).map { Expansion(network, at: X.row($0)) }
    let (flat, curved) = (
      mean(terms.map { $0.J.squaredNorm }), mean(terms.map { dot($0.ρ, $0.laplacian) })
    )
    let bare = mean(terms.map { dot($0.ρ, $0.ρ) })
    let costs = noises.map { σ in
      mean((0..<X.rows).map { noisyError(network, at: X.row($0), σ: σ, rule) }) - bare
    }
    (self.flat, self.curved) = (flat, curved)
    with = zip(costs, noises).map { abs($0 - $1 * $1 * (flat + curved)) }
    without = zip(costs, noises).map { abs($0 - $1 * $1 * flat) }
  }

  /// The remainders at each σ, with and without the Laplacian, and the factors by which they
  /// fall.
  func rows(_ noises: [Double]) -> [[Cell]] {
    let factor = { (values: [Double], k: Int) -> Cell in
      k == 0 ? "" : Cell(values[k - 1] / values[k], significant: 3)
    }
    return noises.indices.map { k in
      [
        Cell(noises[k], significant: 3), Cell(with[k], significant: 3), factor(with, k),
        Cell(without[k], significant: 3), factor(without, k),
      ]
    }
  }
}

/// The gradient of L + λΩ in all parameters by the library's objective, as one vector.
func libraryGradient(_ network: Network, _ X: Matrix<Double>, λ: Double) -> [Double] {
  lesson.attempt {
    var objective = try Objective(
      network, data: X, loss: .gaussian, penalties: [.contractive(λ)])
    var gradient = network.parameters
    _ = objective.value(at: network.parameters, gradient: &gradient)
    return gradient
  }
}
