import LinearAlgebra

/// ‖J‖_F² of a stack at N inputs at once, its gradient, and the memory for both.
///
/// One layer: Σ_j s′(a_j)² ‖W_j‖², W_j the weights of unit j. More layers: J = B₁ W₁ with B₁ = D_L W_L … W₂ D₁, the J and B
/// of all inputs being stacked into one matrix each, N·outputs rows, so that each layer is one product. Where components x_i
/// are many, J is not written out: ‖J‖_F² = tr(B₁ G B₁ᵀ) with G = W₁W₁ᵀ, which is the same for all inputs.
struct JacobianNorm<Element: Scalar>: Sendable {
  /// ‖J_n‖_F² of each input.
  private(set) var squares: [Element]
  /// s′(a) and s″(a) of each layer, N × units.
  private var slopes: [(first: Matrix<Element>, second: Matrix<Element>)]
  /// One layer: ‖W_j‖².
  private var lengths: [Element]
  /// One layer: Σ_n s′(a_nj)². More layers: (∂/∂M_L)_nk · W_Lk.
  private var sums: [Element]
  /// More layers: whether J is written out.
  private let writesJ: Bool
  /// J if it is, rows (n, k); otherwise G = W₁W₁ᵀ and B₁ᵀB₁.
  private var J: Matrix<Element>
  private var G: Matrix<Element>
  private var BᵀB: Matrix<Element>
  /// M_l = B_l W_l of layer l (in place l) between the first and the top, before the columns are multiplied by s′(a_{l−1});
  /// rows (n, k).
  private var M: [Matrix<Element>]
  /// B_l, rows (n, k); that of the top layer is diagonal and not stored.
  private var B: [Matrix<Element>]
  /// B₁ G, where J is not written out, and ∂/∂B_l on the way up.
  private var R: [Matrix<Element>]

  init(_ stack: Stack<Element>, examples N: Int) {
    let (top, K) = (stack.layers.count - 1, stack.outputs)
    let none = Matrix<Element>(rows: 0, columns: 0)
    squares = Array(repeating: 0, count: N)
    slopes = stack.layers.map {
      (Matrix(rows: N, columns: $0.outputs), Matrix(rows: N, columns: $0.outputs))
    }
    lengths = Array(repeating: 0, count: K)
    sums = Array(repeating: 0, count: top == 0 ? K : N * K)
    let (D, H) = (stack.inputs, stack.layers[0].outputs)
    // The products take 3·N·K·H·D multiply-adds with J, 2·N·K·H² without.
    writesJ = 3 * D < 2 * H
    J = top > 0 && writesJ ? Matrix(rows: N * K, columns: D) : none
    G = top > 0 && !writesJ ? Matrix(rows: H, columns: H) : none
    BᵀB = G
    M = stack.layers.indices.map {
      0 < $0 && $0 < top ? Matrix(rows: N * K, columns: stack.layers[$0].inputs) : none
    }
    B = stack.layers.indices.map { $0 < top ? Matrix(rows: N * K, columns: stack.layers[$0].outputs) : none }
    R = B
  }

  /// Computes ``squares``.
  ///
  /// - Parameter pass: what the stack's forward pass left.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func evaluate(_ stack: Stack<Element>, _ pass: [LayerPass<Element>]) {
    let top = stack.layers.count - 1
    for l in 0...top {
      stack.layers[l].activation.slopes(pass[l].A, pass[l].H, into: &slopes[l])
    }
    if top == 0 {
      // ‖J_n‖² = Σ_j s′(a_nj)² ‖W_j‖²
      stack.layers[0].W.squaredNormsOfRows(into: &lengths)
      sumsOfScaledLengths(slopes[0].first, lengths, into: &squares)
      return
    }
    // B_{L−1} = D_L W_L D_{L−1}, then B_{l−1} = B_l W_l D_{l−1}
    scale(stack.layers[top].W, rowsBy: slopes[top].first, columnsBy: slopes[top - 1].first, into: &B[top - 1])
    for l in stride(from: top - 1, to: 0, by: -1) {
      multiply(B[l], stack.layers[l].W, into: &M[l])
      scale(M[l], columnsBy: slopes[l - 1].first, into: &B[l - 1])
    }
    let W = stack.layers[0].W
    if writesJ {
      // ‖J_n‖² over the rows of example n
      multiply(B[0], W, into: &J)
      sumsOfProducts(J, J, into: &squares)
    } else {
      // ‖J_n‖² = ⟨B₁, B₁ G⟩ over the rows of example n
      multiply(W, W, transposeB: true, into: &G)
      multiply(B[0], G, into: &R[0])
      sumsOfProducts(B[0], R[0], into: &squares)
    }
  }

  /// Adds the gradient of c Σ_n ‖J_n‖_F², which it returns: its direct part in W to `gradient`, and its part in the
  /// pre-activations to `δ`. To be called once after ``evaluate(_:_:)``, which leaves J or B₁ G for it.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func addGradient(
    of stack: Stack<Element>, scale c: Element, to gradient: inout [LayerGradient<Element>],
    _ δ: inout [Matrix<Element>]
  ) -> Element {
    let top = stack.layers.count - 1
    let value = c * squares.sum()
    if top == 0 {
      addShallowGradient(c, slopes[0], stack.layers[0].W, lengths, &sums, &gradient[0].W, &δ[0])
      return value
    }
    let W₁ = stack.layers[0].W
    if writesJ {
      // ∂/∂J = 2 J and J = B₁W₁: ∂/∂W₁ = 2 B₁ᵀJ, R = ∂/∂B₁ = 2 J W₁ᵀ
      multiply(B[0], J, transposeA: true, scale: 2 * c, into: &gradient[0].W, accumulate: true)
      multiply(J, W₁, transposeB: true, scale: 2 * c, into: &R[0])
    } else {
      // ∂/∂G = B₁ᵀB₁ and G = W₁W₁ᵀ: ∂/∂W₁ = 2 B₁ᵀB₁ W₁, R = ∂/∂B₁ = 2 B₁ G
      multiply(B[0], B[0], transposeA: true, scale: 2 * c, into: &BᵀB)
      multiply(BᵀB, W₁, into: &gradient[0].W, accumulate: true)
      R[0] *= 2 * c
    }
    for l in 1..<top {
      // B_{l−1} = M_l D_{l−1}: from ∂/∂B_{l−1} to ∂/∂a_{l−1} and ∂/∂M_l
      backward(&R[l - 1], M[l], slopes[l - 1], to: &δ[l - 1])
      // M_l = B_l W_l
      multiply(B[l], R[l - 1], transposeA: true, into: &gradient[l].W, accumulate: true)
      multiply(R[l - 1], stack.layers[l].W, transposeB: true, into: &R[l])
    }
    // B_{L−1} = M_L D_{L−1}, row (n, k) of M_L being s′(a_nk) W_k: ∂/∂W_k = Σ_n s′ ∂/∂M, ∂/∂a_nk = s″ ∂/∂M · W_k
    let W = stack.layers[top].W
    backwardThroughTop(
      &R[top - 1], W, slopes[top].first, slopes[top - 1], to: &gradient[top].W, &δ[top - 1])
    inner(R[top - 1], W, into: &sums)
    addProducts(slopes[top].second, sums, to: &δ[top])
    return value
  }
}
