import LinearAlgebra

extension Stack {
  /// The Jacobian ∂h/∂x at one input x: outputs × inputs.
  ///
  /// J = D_L W_L … D₁ W₁ with D_l = diag s′(a_l): the chain rule, one factor a layer. O(outputs · Σ_l inputs_l · outputs_l)
  /// operations.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func jacobian(at x: [Element]) -> Matrix<Element> {
    var pass = passes(examples: 1)
    forward(Matrix(rows: 1, columns: x.count, elements: x), into: &pass)
    var J = Matrix<Element>.identity(inputs)
    for (layer, pass) in zip(layers, pass) {
      let slope = layer.activation.slopes(pass.A, pass.H).first
      let WJ = layer.W * J
      J = Matrix(rows: WJ.rows, columns: WJ.columns) { j, i in slope[0, j] * WJ[j, i] }
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
    var pass = passes(examples: X.rows)
    forward(X, into: &pass)
    return JacobianNorm(self, pass).squares
  }
}

/// ‖J‖_F² of a stack at N inputs at once, and its gradient.
///
/// One layer: Σ_j s′(a_j)² ‖W_j‖², W_j the weights of unit j. More layers: J = B₁ W₁ with B₁ = D_L W_L … W₂ D₁, so
/// ‖J‖_F² = tr(B₁ G B₁ᵀ) with G = W₁W₁ᵀ, which is the same for all inputs; the B of all inputs are stacked into one matrix,
/// N·outputs rows, so that each layer is one product. The inputs' number enters only in G.
struct JacobianNorm<Element: Scalar> {
  private let stack: Stack<Element>
  private let examples: Int
  /// s′(a) and s″(a) of each layer.
  private let slopes: [(first: Matrix<Element>, second: Matrix<Element>)]
  /// G = W₁W₁ᵀ.
  private let G: Matrix<Element>
  /// M_l = B_l W_l of layer l (in place l) above the first, before the columns are multiplied by s′(a_{l−1}); rows (n, k).
  private var M: [Matrix<Element>] = []
  /// B_l, rows (n, k); that of the top layer is diagonal and not stored.
  private var B: [Matrix<Element>] = []
  /// B₁ G.
  private var BG: Matrix<Element>

  init(_ stack: Stack<Element>, _ pass: [LayerPass<Element>]) {
    self.stack = stack
    examples = pass[0].A.rows
    slopes = zip(stack.layers, pass).map { $0.activation.slopes($1.A, $1.H) }
    var G = Matrix<Element>(rows: stack.layers[0].outputs, columns: stack.layers[0].outputs)
    multiply(stack.layers[0].W, stack.layers[0].W, transposeB: true, into: &G)
    self.G = G
    BG = Matrix(rows: 0, columns: 0)
    let top = stack.layers.count - 1
    guard top > 0 else { return }
    let K = stack.outputs
    M = stack.layers.map { Matrix(rows: examples * K, columns: $0.inputs) }
    M[0] = Matrix(rows: 0, columns: 0)
    B = stack.layers.map { Matrix(rows: examples * K, columns: $0.outputs) }
    B[top] = Matrix(rows: 0, columns: 0)
    for l in stride(from: top, to: 0, by: -1) {
      if l == top {
        scaleRows(stack.layers[top].W, by: slopes[top].first, into: &M[top])
      } else {
        multiply(B[l], stack.layers[l].W, into: &M[l])
      }
      B[l - 1].update(from: M[l])
      multiplyColumns(&B[l - 1], by: slopes[l - 1].first)
    }
    BG = Matrix(rows: examples * K, columns: G.columns)
    multiply(B[0], G, into: &BG)
  }

  /// ‖J‖_F² of each input.
  var squares: [Element] {
    let top = stack.layers.count - 1
    guard top > 0 else { return sumsOfScaledLengths(slopes[0].first, G) }
    return (0..<examples).map { n in
      sumOfProducts(B[0], BG, rows: n * stack.outputs..<(n + 1) * stack.outputs)
    }
  }

  /// Adds the gradient of c Σ_n ‖J_n‖_F²: its direct part in W to `gradient`, and its part in the pre-activations to `δ`.
  func addGradient(scale c: Element, to gradient: inout [LayerGradient<Element>], _ δ: inout [Matrix<Element>]) {
    let top = stack.layers.count - 1
    if top == 0 {
      addShallowGradient(c, slopes[0], stack.layers[0].W, G, &gradient[0].W, &δ[0])
      return
    }
    // ∂/∂G = B₁ᵀB₁ and G = W₁W₁ᵀ: ∂/∂W₁ = 2 B₁ᵀB₁ W₁
    var BᵀB = G
    multiply(B[0], B[0], transposeA: true, scale: 2 * c, into: &BᵀB)
    multiply(BᵀB, stack.layers[0].W, into: &gradient[0].W, accumulate: true)
    // R = ∂/∂B₁ = 2 B₁ G
    var R = BG
    R *= 2 * c
    for l in 1...top {
      // B_{l−1} = M_l, its columns times s′(a_{l−1}): ∂/∂a_{l−1} = s″(a_{l−1}) Σ_k R ⊙ M_l, and ∂/∂M_l
      addSlopeGradient(R, M[l], slopes[l - 1].second, to: &δ[l - 1])
      multiplyColumns(&R, by: slopes[l - 1].first)
      if l < top {
        // M_l = B_l W_l
        multiply(B[l], R, transposeA: true, into: &gradient[l].W, accumulate: true)
        var below = B[l]
        multiply(R, stack.layers[l].W, transposeB: true, into: &below)
        R = below
      } else {
        // M_L has the rows s′(a_Lk) W_Lk
        addTopGradient(R, stack.layers[top].W, slopes[top], &gradient[top].W, &δ[top])
      }
    }
  }
}

/// One layer: ‖J_n‖_F² = Σ_j s′(a_nj)² ‖W_j‖², the diagonal of G.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func sumsOfScaledLengths<Element: Scalar>(_ first: Matrix<Element>, _ G: Matrix<Element>) -> [Element] {
  let K = first.columns
  let lengths = (0..<K).map { G[$0, $0] }
  return first.withUnsafeElements { first in
    (0..<first.count / K).map { n in
      var sum: Element = 0
      for j in 0..<K { sum += first[n * K + j] * first[n * K + j] * lengths[j] }
      return sum
    }
  }
}

/// One layer: ∂/∂W_j = 2c Σ_n s′² W_j, ∂/∂a_nj = 2c s′ s″ ‖W_j‖².
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func addShallowGradient<Element: Scalar>(
  _ c: Element, _ slopes: (first: Matrix<Element>, second: Matrix<Element>), _ W: Matrix<Element>,
  _ G: Matrix<Element>, _ gradient: inout Matrix<Element>, _ δ: inout Matrix<Element>
) {
  let (K, width) = (W.rows, W.columns)
  let lengths = (0..<K).map { G[$0, $0] }
  var sums = [Element](repeating: 0, count: K)
  slopes.first.withUnsafeElements { first in
    slopes.second.withUnsafeElements { second in
      δ.withUnsafeMutableElements { δ in
        for start in stride(from: 0, to: first.count, by: K) {
          for j in 0..<K {
            let slope = first[start + j]
            sums[j] += slope * slope
            δ[start + j] += 2 * c * slope * second[start + j] * lengths[j]
          }
        }
      }
    }
  }
  W.withUnsafeElements { W in
    gradient.withUnsafeMutableElements { gradient in
      for j in 0..<K {
        let factor = 2 * c * sums[j]
        for i in j * width..<(j + 1) * width { gradient[i] += factor * W[i] }
      }
    }
  }
}

/// Row (n, k) of M ← d[n, k] · row k of W.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func scaleRows<Element: Scalar>(_ W: Matrix<Element>, by d: Matrix<Element>, into M: inout Matrix<Element>) {
  let (K, width) = (W.rows, W.columns)
  M.withUnsafeMutableElements { M in
    W.withUnsafeElements { W in
      d.withUnsafeElements { d in
        for row in 0..<d.count {
          let (target, source) = (row * width, row % K * width)
          for i in 0..<width { M[target + i] = d[row] * W[source + i] }
        }
      }
    }
  }
}

/// Column j of the rows (n, ·) of M times d[n, j].
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func multiplyColumns<Element: Scalar>(_ M: inout Matrix<Element>, by d: Matrix<Element>) {
  let (width, rowsEach) = (M.columns, M.rows / d.rows)
  M.withUnsafeMutableElements { M in
    d.withUnsafeElements { d in
      for row in 0..<M.count / width {
        let (start, slopes) = (row * width, row / rowsEach * width)
        for j in 0..<width { M[start + j] *= d[slopes + j] }
      }
    }
  }
}

/// δ[n, j] += s″[n, j] Σ_k R[(n, k), j] M[(n, k), j].
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func addSlopeGradient<Element: Scalar>(
  _ R: Matrix<Element>, _ M: Matrix<Element>, _ second: Matrix<Element>, to δ: inout Matrix<Element>
) {
  let (width, rowsEach) = (R.columns, R.rows / second.rows)
  δ.withUnsafeMutableElements { δ in
    R.withUnsafeElements { R in
      M.withUnsafeElements { M in
        second.withUnsafeElements { second in
          for row in 0..<R.count / width {
            let (start, target) = (row * width, row / rowsEach * width)
            for j in 0..<width { δ[target + j] += second[target + j] * (R[start + j] * M[start + j]) }
          }
        }
      }
    }
  }
}

/// The rows s′(a_nk) W_k have the gradient R: ∂/∂W_k = Σ_n s′ R, ∂/∂a_nk = s″ R·W_k.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func addTopGradient<Element: Scalar>(
  _ R: Matrix<Element>, _ W: Matrix<Element>, _ slopes: (first: Matrix<Element>, second: Matrix<Element>),
  _ gradient: inout Matrix<Element>, _ δ: inout Matrix<Element>
) {
  let (K, width) = (W.rows, W.columns)
  gradient.withUnsafeMutableElements { gradient in
    δ.withUnsafeMutableElements { δ in
      R.withUnsafeElements { R in
        W.withUnsafeElements { W in
          slopes.first.withUnsafeElements { first in
            slopes.second.withUnsafeElements { second in
              for row in 0..<first.count {
                let (start, unit) = (row * width, row % K * width)
                var projection: Element = 0
                for j in 0..<width {
                  gradient[unit + j] += first[row] * R[start + j]
                  projection += R[start + j] * W[unit + j]
                }
                δ[row] += second[row] * projection
              }
            }
          }
        }
      }
    }
  }
}

@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func sumOfProducts<Element: Scalar>(_ A: Matrix<Element>, _ B: Matrix<Element>, rows: Range<Int>) -> Element {
  A.withUnsafeElements { a in
    B.withUnsafeElements { b in
      var sum: Element = 0
      for i in rows.lowerBound * A.columns..<rows.upperBound * A.columns { sum += a[i] * b[i] }
      return sum
    }
  }
}
