import LinearAlgebra

/// The buffers of a forward and backward pass through a variational autoencoder, and the pass itself.
struct VariationalWorkspace<Element: Scalar>: Sendable, GradientWorkspace {
  /// N, and S for each of them.
  let examples: Int
  let samples: Int
  /// The minibatch, N × D.
  private var input: Matrix<Element>
  /// Each of its examples S times, NS × D; empty if S is 1, where the minibatch itself will do.
  private var repeated: Matrix<Element>
  private var targetRows: [Int]
  /// NS × K.
  var ε: Matrix<Element>
  private var encoder: [LayerPass<Element>]
  private var decoder: [LayerPass<Element>]
  /// μ, s = log σ² and σ, N × K.
  private var μ: Matrix<Element>
  private var s: Matrix<Element>
  private var σ: Matrix<Element>
  /// The sampled codes and ∂L/∂z, NS × K.
  private var Z: Matrix<Element>
  private var δZ: Matrix<Element>
  /// ∂L/∂θ.
  private(set) var gradient: VariationalAutoencoder<Element>.Gradient

  init(_ network: VariationalAutoencoder<Element>, examples: Int, samples: Int) {
    let (N, D, K) = (examples, network.inputs, network.latent)
    self.examples = N
    self.samples = samples
    input = Matrix(rows: N, columns: D)
    repeated = Matrix(rows: samples > 1 ? N * samples : 0, columns: D)
    targetRows = []
    ε = Matrix(rows: N * samples, columns: K)
    encoder = network.encoder.passes(examples: N)
    decoder = network.decoder.passes(examples: N * samples)
    μ = Matrix(rows: N, columns: K)
    (s, σ, Z, δZ) = (μ, μ, ε, ε)
    gradient = VariationalAutoencoder.Gradient(
      encoder: network.encoder.zeroGradient, decoder: network.decoder.zeroGradient, noise: 0)
  }

  /// Takes the given rows of X as the minibatch.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func gather(_ rows: ArraySlice<Int>, of X: Matrix<Element>) {
    input.gatherRows(rows, of: X)
    guard samples > 1 else { return }
    targetRows.removeAll(keepingCapacity: true)
    for row in rows { for _ in 0..<samples { targetRows.append(row) } }
    repeated.gatherRows(targetRows, of: X)
  }

  /// −E log p(x|z) + β KL on the minibatch, and its gradient.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  mutating func evaluate(_ network: VariationalAutoencoder<Element>, _ β: Element) -> Element {
    let (top, output) = (encoder.count - 1, decoder.count - 1)
    // The gradients in the weights are overwritten below.
    for l in gradient.encoder.indices { gradient.encoder[l].clearBiases() }
    for l in gradient.decoder.indices { gradient.decoder[l].clearBiases() }

    // (μ, a) = f(x), s = 20 tanh(a / 20), σ = e^{s/2}
    network.encoder.forward(input, into: &encoder)
    split(encoder[top].H, into: &μ, &s)
    s.boundLogVariance()
    σ.update(from: s)
    σ /= 2
    σ.applyExp()
    // z = μ + σ ⊙ ε
    reparameterise(μ, σ, ε, into: &Z)
    // x̂ = g(z)
    network.decoder.forward(Z, into: &decoder)

    // L = −1/NS Σ log p(x|z), δ = ∂L/∂â
    var L = reconstruction(network, &decoder[output], samples > 1 ? repeated : input, &gradient.noise)
    // L + β/N Σ ½ (μ² + e^s − s − 1)
    L += β * divergence(μ, s, σ)

    // From δ to ∂L/∂z
    network.decoder.backward(Z, pass: &decoder, gradient: &gradient.decoder, overwritesW: true)
    network.decoder.layers[0].backward(decoder[0].δ, into: &δZ)
    // From ∂L/∂z to ∂L/∂(μ, a), and down
    backwardThroughSamples(δZ, ε, μ, s, σ, β, into: &encoder[top].δ)
    network.encoder.backward(input, pass: &encoder, gradient: &gradient.encoder, overwritesW: true)
    return L
  }
}

extension VariationalAutoencoder {
  /// The gradient of a loss in all parameters, shaped like the network.
  struct Gradient: Sendable {
    var encoder: [LayerGradient<Element>]
    var decoder: [LayerGradient<Element>]
    /// The derivative in the parameter behind a learnt variance.
    var noise: Element

    /// Writes the gradient as one vector, in the order of ``VariationalAutoencoder/parameters``.
    func write(to g: inout [Element], learnsNoise: Bool) {
      var offset = 0
      for layer in encoder { layer.write(to: &g, at: &offset) }
      for layer in decoder { layer.write(to: &g, at: &offset) }
      if learnsNoise { g[offset] = noise }
    }
  }
}

/// −log p(x|z) of the targets X, averaged over examples and samples; the pass receives ∂/∂â, `noiseGradient` the derivative
/// in the variance's parameter.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func reconstruction<Element: Scalar>(
  _ network: VariationalAutoencoder<Element>, _ pass: inout LayerPass<Element>, _ X: Matrix<Element>,
  _ noiseGradient: inout Element
) -> Element {
  guard let σ² = network.noiseVariance else {
    // Σ softplus(â) − x â; ∂/∂â = (x̂ − x) / NS
    return Likelihood<Element>.bernoulli.loss(pass.A, pass.H, X, &pass.δ)
  }
  let D = Element(network.inputs)
  // ½ ‖x̂ − x‖² / σ² + D/2 log 2πσ²; ∂/∂â = (x̂ − x) / (NS σ²)
  let squares = Likelihood<Element>.gaussian.loss(pass.A, pass.H, X, &pass.δ) / σ²
  pass.δ /= σ²
  // ∂/∂ log σ² = D/2 − ½ ‖x̂ − x‖² / σ², and log σ² = B tanh(a / B)
  let share = Element.log(σ²) / DiagonalGaussians<Element>.bound
  noiseGradient = (D / 2 - squares) * (1 - share * share)
  return squares + D / 2 * Element.log(2 * Element.pi * σ²)
}

// The code's layer: what no ordinary layer does. N examples, S samples of K numbers for each.

/// μ and a from the encoder's outputs, N × 2K.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func split<Element: Scalar>(
  _ outputs: Matrix<Element>, into μ: inout Matrix<Element>, _ a: inout Matrix<Element>
) {
  let (N, K, y) = (μ.rows, μ.columns, outputs.elements)
  μ.withUnsafeMutableElements { μ in
    a.withUnsafeMutableElements { a in
      for n in 0..<N {
        for k in 0..<K {
          μ[n * K + k] = y[2 * n * K + k]
          a[n * K + k] = y[2 * n * K + K + k]
        }
      }
    }
  }
}

/// z = μ + σ ⊙ ε, S times for each example.
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func reparameterise<Element: Scalar>(
  _ μ: Matrix<Element>, _ σ: Matrix<Element>, _ ε: Matrix<Element>, into Z: inout Matrix<Element>
) {
  let (K, rows, S) = (μ.columns, Z.rows, Z.rows / μ.rows)
  let (ε, μ, σ) = (ε.elements, μ.elements, σ.elements)
  Z.withUnsafeMutableElements { z in
    for row in 0..<rows {
      let n = row / S
      for k in 0..<K { z[row * K + k] = μ[n * K + k] + σ[n * K + k] * ε[row * K + k] }
    }
  }
}

/// 1/N Σ ½ (μ² + σ² − s − 1).
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func divergence<Element: Scalar>(
  _ μ: Matrix<Element>, _ s: Matrix<Element>, _ σ: Matrix<Element>
) -> Element {
  var sum: Element = 0
  let N = Element(μ.rows)
  let (μ, s, σ) = (μ.elements, s.elements, σ.elements)
  for i in μ.indices { sum += μ[i] * μ[i] + (σ[i] * σ[i] - s[i] - 1) }
  return sum / (2 * N)
}

/// δ ← ∂L/∂(μ, a), N × 2K, from δZ = ∂L/∂z, NS × K:
///
/// - ∂L/∂μ = Σ_S ∂L/∂z + β μ / N
/// - ∂L/∂s = Σ_S ∂L/∂z ⊙ ½ σ ⊙ ε + β ½ (σ² − 1) / N
/// - ∂L/∂a = ∂L/∂s (1 − (s/B)²)
@_specialize(where Element == Float)
@_specialize(where Element == Double)
private func backwardThroughSamples<Element: Scalar>(
  _ δZ: Matrix<Element>, _ ε: Matrix<Element>, _ μ: Matrix<Element>, _ s: Matrix<Element>, _ σ: Matrix<Element>,
  _ β: Element, into δ: inout Matrix<Element>
) {
  let (N, K, S) = (μ.rows, μ.columns, ε.rows / μ.rows)
  let (scale, B) = (β / Element(N), DiagonalGaussians<Element>.bound)
  let (δZ, ε, μ, s, σ) = (δZ.elements, ε.elements, μ.elements, s.elements, σ.elements)
  δ.withUnsafeMutableElements { δ in
    for n in 0..<N {
      for k in 0..<K {
        let (μ, s, σ) = (μ[n * K + k], s[n * K + k], σ[n * K + k])
        var (δμ, δs) = (scale * μ, scale / 2 * (σ * σ - 1))
        for row in n * S..<(n + 1) * S {
          δμ += δZ[row * K + k]
          δs += δZ[row * K + k] * σ * ε[row * K + k] / 2
        }
        δ[2 * n * K + k] = δμ
        δ[2 * n * K + K + k] = δs * (1 - (s / B) * (s / B))
      }
    }
  }
}
