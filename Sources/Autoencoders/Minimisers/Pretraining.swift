import LinearAlgebra

extension Autoencoder {
  /// Trains a deep autoencoder greedily, layer by layer (Hinton & Salakhutdinov 2006, Bengio et al. 2007): each layer of
  /// the encoder, with its mirror in the decoder, as an autoencoder of one hidden layer on the codes of those below. All
  /// of it together is trained afterwards, by ``train(on:loss:penalties:corruption:optimiser:epochs:batch:using:observer:)``.
  ///
  /// ```swift
  /// try network.pretrain(on: X, loss: .gaussian, optimiser: Adam(rate: 0.01), epochs: 20, batch: 32, using: &stream)
  /// try network.train(on: X, loss: .gaussian, optimiser: Adam(rate: 0.01), epochs: 80, batch: 32, using: &stream)
  /// ```
  ///
  /// - Parameters:
  ///   - X: the examples, N × D.
  ///   - loss: the likelihood of the examples; codes are reconstructed with `.gaussian`, ½‖h − ĥ‖².
  ///   - optimiser: the method, which starts afresh for each layer.
  ///   - epochs: how many times each layer goes through the examples.
  ///   - batch: examples a step; all of them if nil.
  ///   - stream: the source of the orders. The same stream gives the same bits.
  /// - Returns: for each layer, from the input inwards, the mean loss of each epoch.
  /// - Throws: ``ParameterError`` if the network is tied, so that no layer is alone in its pair, or its decoder does not
  ///   mirror its encoder; ``TrainingError``. The network is then what it was before.
  @discardableResult
  public mutating func pretrain(
    on X: Matrix<Element>, loss: Likelihood<Element>, optimiser: some Optimiser<Element>, epochs: Int,
    batch: Int? = nil, using stream: inout RandomStream
  ) throws -> [[Element]] {
    if tied { throw ParameterError("the decoder of a network to be pretrained", "tied", mustBe: "untied") }
    var (up, down) = (encoder.layers, Array(decoder.layers.reversed()))
    let (sizes, mirrored) = (up.map { [$0.inputs, $0.outputs] }, down.map { [$0.outputs, $0.inputs] })
    guard sizes == mirrored else {
      throw ParameterError(
        "the decoder of a network to be pretrained", "\(mirrored)", mustBe: "the encoder's mirror, \(sizes)")
    }
    var codes = X
    let histories = try up.indices.map { l in
      var pair = Autoencoder(encoder: Stack([up[l]]), decoder: Stack([down[l]]))
      let training = try pair.train(
        on: codes, loss: l == 0 ? loss : .gaussian, optimiser: optimiser, epochs: epochs, batch: batch, using: &stream)
      (up[l], down[l]) = (pair.encoder.layers[0], pair.decoder.layers[0])
      codes = pair.encode(codes)
      return training.history
    }
    encoder = Stack(up)
    decoder = Stack(down.reversed())
    return histories
  }
}
