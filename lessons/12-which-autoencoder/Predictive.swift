import Autoencoders
import LinearAlgebra

/// Predictive sparse decomposition (lesson 11) as small as it can be written.
///
/// F = ½ ‖x − W* h − c‖² + λ ‖h‖₁ + ½ γ ‖h − f(x)‖², unit columns W*.
/// At the start of every third epoch the codes h of all examples take some steps of ISTA from the
/// encoder's guess f(x); then the dictionary and the encoder take theirs on minibatches, h
/// fixed.
nonisolated struct PredictiveObjective: StochasticObjective {
  private var encoder: Stack<Float>
  private let X: Matrix<Float>
  private let (λ, γ): (Float, Float)
  private let stepsInEpoch: Int
  private var step = 0
  private var codes: Matrix<Float>
  let start: [Float]
  // Room for a minibatch.
  private var pass: [LayerPass<Float>] = []
  private var layers: [LayerGradient<Float>] = []
  private var x, h, residual, slope: Matrix<Float>

  init(
    _ encoder: Stack<Float>, _ X: Matrix<Float>, λ: Float, γ: Float, batch: Int,
    using random: inout RandomStream
  ) {
    (self.encoder, self.X, self.λ, self.γ) = (encoder, X, λ, γ)
    stepsInEpoch = (X.rows + batch - 1) / batch
    codes = Matrix(rows: X.rows, columns: encoder.outputs)
    let empty = Matrix<Float>(rows: 0, columns: 0)
    (x, h, residual, slope) = (empty, empty, empty, empty)
    let columns = Matrix<Float>.normal(
      rows: X.columns, columns: encoder.outputs, using: &random)
    start = encoder.parameters + columns.elements + X.columnMeans
  }

  var exampleCount: Int { X.rows }

  mutating func value(
    at θ: [Float], gradient: inout [Float], examples: ArraySlice<Int>,
    using: inout RandomStream
  ) -> Float {
    let (lengths, W, c) = decoder(θ)
    if step % (3 * stepsInEpoch) == 0 { codes = bestCodes(W, c) }
    step += 1
    if pass.first?.H.rows != examples.count { makeRoom(for: examples.count) }
    x.gatherRows(examples, of: X)
    h.gatherRows(examples, of: codes)
    encoder.forward(x, into: &pass)
    // ∂F/∂f(x) = γ (f(x) − h), ∂F/∂W* = (x̂ − x) hᵀ, both over the minibatch
    let (top, share) = (pass.count - 1, 1 / Float(examples.count))
    pass[top].δ.update(from: pass[top].H)
    pass[top].δ -= h
    let miss = pass[top].δ.squaredNorm
    pass[top].δ.mapInPlace { γ * share * $0 }
    for l in layers.indices { layers[l].b = layers[l].b.map { _ in 0 } }
    encoder.backward(x, pass: &pass, gradient: &layers, overwritesW: true)
    multiply(h, W, transposeB: true, into: &residual)
    residual.addToEachRow(c)
    residual -= x
    multiply(residual, h, transposeA: true, scale: share, into: &slope)
    // W*_j = v_j / ‖v_j‖: what lies along the column itself changes nothing.
    let along = (slope ⊙ W).columnSums
    gradient = layers.flatMap { $0.W.elements + $0.b }
    for i in 0..<W.rows {
      for j in 0..<W.columns {
        gradient.append((slope[i, j] - along[j] * W[i, j]) / lengths[j])
      }
    }
    gradient += residual.columnSums.map { share * $0 }
    return share * (0.5 * residual.squaredNorm + 0.5 * γ * miss)
  }

  private mutating func makeRoom(for examples: Int) {
    pass = encoder.passes(examples: examples)
    layers = encoder.zeroGradient
    x = Matrix(rows: examples, columns: X.columns)
    residual = x
    h = Matrix(rows: examples, columns: codes.columns)
    slope = Matrix(rows: X.columns, columns: codes.columns)
  }

  /// Codes of all examples by ISTA: the pull towards f(x) is one more set of pixels, √γ h for
  /// √γ f(x), so it is the lasso of lesson 04 with a taller dictionary.
  private func bestCodes(_ W: Matrix<Float>, _ c: [Float]) -> Matrix<Float> {
    let (D, K, root) = (W.rows, W.columns, γ.squareRoot())
    let guess = encoder(X)
    let rows = (0..<X.rows).flatMap { n in (X.row(n) .- c) + (root .* guess.row(n)) }
    let pixels = Matrix(rows: X.rows, columns: D + K, elements: rows)
    let dictionary = Matrix(
      rows: D + K, columns: K, elements: W.elements + (root * .identity(K)).elements)
    do {
      return try ISTA(λ: λ, maxIterations: 5, tolerance: 0).encode(
        pixels, decoder: Stack([Dense(W: dictionary, activation: .identity)]), from: guess
      ).H
    } catch { return Matrix(rows: X.rows, columns: K, repeating: .nan) }  // ends the training
  }

  /// Takes the encoder's weights from θ; the rest of θ is the dictionary and c.
  private mutating func decoder(
    _ θ: [Float]
  ) -> (lengths: [Float], W: Matrix<Float>, c: [Float]) {
    let (D, K) = (X.columns, encoder.outputs)
    var next = 0
    for l in encoder.layers.indices {
      let (outputs, inputs) = (encoder.layers[l].outputs, encoder.layers[l].inputs)
      let end = next + outputs * inputs
      encoder.layers[l] = Dense(
        W: Matrix(rows: outputs, columns: inputs, elements: Array(θ[next..<end])),
        b: Array(θ[end..<end + outputs]), activation: encoder.layers[l].activation)
      next = end + outputs
    }
    let V = Matrix(rows: D, columns: K, elements: Array(θ[next..<next + D * K]))
    let lengths = (V ⊙ V).columnSums.map { $0.squareRoot() }
    let W = V * .diagonal(lengths.map { 1 / $0 })
    return (lengths, W, Array(θ[(next + D * K)...]))
  }

  /// The trained pair: one pass of the encoder, and the dictionary.
  mutating func codec(_ θ: [Float]) -> Codec {
    let (_, W, c) = decoder(θ)
    return .network(
      Autoencoder(
        encoder: encoder, decoder: Stack([Dense(W: W, b: c, activation: .identity)])))
  }
}
