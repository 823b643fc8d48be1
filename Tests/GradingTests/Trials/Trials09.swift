import LinearAlgebra

extension Trial {
  static let lesson09: [Trial] = [
    Trial("foldedKinks", foldedKinks) { mistake in
      mistake("the tents in reverse order") { peaks in try foldedKinks(peaks: peaks.reversed()) }
      mistake("every peak at ½") { peaks in try foldedKinks(peaks: peaks.map { _ in 0.5 }) }
      mistake("the first peak everywhere") { peaks in try foldedKinks(peaks: peaks.map { _ in peaks[0] }) }
      mistake("not in order") { peaks in
        kinks(peaks) { p, above in above.map { p * $0 } + above.map { 1 - (1 - p) * $0 } + [p] }
      }
      mistake("the falling side is taken for a rising one") { peaks in
        kinks(peaks) { p, above in above.map { p * $0 } + [p] + above.map { p + (1 - p) * $0 } }
      }
      mistake("only the rising side") { peaks in kinks(peaks) { p, above in above.map { p * $0 } + [p] } }
      mistake("the first tent's own kink forgotten") { peaks in
        kinks(peaks) { p, above in
          above.isEmpty ? [p] : above.map { p * $0 } + above.reversed().map { 1 - (1 - p) * $0 }
        }
      }
      mistake("both ends counted as kinks") { peaks in [0] + (try foldedKinks(peaks: peaks)) + [1] }
      mistake("the peaks themselves") { peaks in peaks.sorted() }
      mistake("sides exchanged") { peaks in
        kinks(peaks) { p, above in above.map { (1 - p) * $0 } + [p] + above.reversed().map { 1 - p * $0 } }.sorted()
      }
    },
    Trial("countPieces", countPieces) { mistake in
      mistake("the kinks, not the pieces") { W, b, start, end in try countPieces(W: W, b: b, from: start, to: end) - 1 }
      mistake("a kink for each unit") { W, _, _, _ in 1 + W.dropLast().map(\.rows).reduce(0, +) }
      mistake("the bound for depth") { W, _, _, _ in W.dropLast().map { $0.rows + 1 }.reduce(1, *) }
      mistake("two pieces for each unit, multiplied") { W, _, _, _ in 1 << W.dropLast().map(\.rows).reduce(0, +) }
      mistake("cuts that the outputs do not feel") { W, b, start, end in cuts(W, b, start, end) }
      mistake("ReLU after the last layer too") { W, b, start, end in
        try countPieces(
          W: W + [.identity(b[b.count - 1].count)], b: b + [b[b.count - 1].map { _ in 0 }], from: start, to: end)
      }
      mistake("biases left out") { W, b, start, end in
        try countPieces(W: W, b: b.map { $0.map { _ in 0 } }, from: start, to: end)
      }
      mistake("the whole line") { W, b, _, _ in try countPieces(W: W, b: b, from: -1e6, to: 1e6) }
      mistake("sampled at thirty points") { W, b, start, end in
        let x = (0...29).map { start + (end - start) * Double($0) / 29 }
        let y = x.map { output(W, b, $0) }
        let slopes = zip(y, y.dropFirst()).map { zip($0, $1).map { $1 - $0 } }
        return 1 + zip(slopes, slopes.dropFirst()).count { zip($0, $1).contains { abs($0 - $1) > 1e-9 } }
      }
      mistake("never less than two pieces") { W, b, start, end in
        max(2, try countPieces(W: W, b: b, from: start, to: end))
      }
    },
    Trial("gradientNorms", gradientNorms) { mistake in
      mistake("the squares") { X, W, b in try gradientNorms(X, W: W, b: b).map { $0 * $0 } }
      mistake("from the last layer to the first") { X, W, b in
        W.count == 1 ? norms(X, W, b, scale: 2) : try gradientNorms(X, W: W, b: b).reversed()
      }
      mistake("not averaged over the examples") { X, W, b in
        try gradientNorms(X, W: W, b: b).map { $0 * Double(X.rows) }
      }
      mistake("the factor ½ forgotten") { X, W, b in norms(X, W, b, scale: 2) }
      mistake("ReLU after the last layer too") { X, W, b in norms(X, W, b, reluAtTheEnd: true) }
      mistake("the slope left out") { X, W, b in norms(X, W, b) { _ in 1 } }
      mistake("the activation in place of the slope") { X, W, b in norms(X, W, b) { $0 } }
      mistake("the slope of a sigmoid") { X, W, b in norms(X, W, b) { $0 * (1 - $0) } }
      mistake("biases left out") { X, W, b in try gradientNorms(X, W: W, b: b.map { $0.map { _ in 0 } }) }
      mistake("the norm of δ, not of the weights' gradient") { X, W, b in norms(X, W, b, ofδ: true) }
      mistake("the target is 0") { X, W, b in norms(X, W, b, target: 0 * X) }
    },
    Trial("stackLosses", stackLosses) { mistake in
      mistake("without the factor ½") { X, W, b, V, c in
        try stackLosses(X, encoders: W, encoderBiases: b, decoders: V, decoderBiases: c).map { 2 * $0 }
      }
      mistake("summed over the examples") { X, W, b, V, c in
        try stackLosses(X, encoders: W, encoderBiases: b, decoders: V, decoderBiases: c).map { Double(X.rows) * $0 }
      }
      mistake("averaged over the components too") { X, W, b, V, c in
        try stackLosses(X, encoders: W, encoderBiases: b, decoders: V, decoderBiases: c).map { $0 / Double(X.columns) }
      }
      mistake("each pair's own loss, on the codes below") { X, W, b, V, c in
        var H = X
        return W.indices.map { l in
          let below = H
          H = layer(H, W[l], b[l])
          return squaredError(layer(H, V[l], c[l], isLinear: l == 0), below) / 2
        }
      }
      mistake("a sigmoid at the output too") { X, W, b, V, c in losses(X, W, b, V, c) { _ in false } }
      mistake("linear decoders throughout") { X, W, b, V, c in losses(X, W, b, V, c) { _ in true } }
      mistake("the last pair's decoder linear, not the first's") { X, W, b, V, c in
        losses(X, W, b, V, c, codesAreLinear: true) { _ in false }
      }
      mistake("the whole stack only") { X, W, b, V, c in
        let losses = try stackLosses(X, encoders: W, encoderBiases: b, decoders: V, decoderBiases: c)
        return [losses[losses.count - 1] + (losses.count == 1 ? losses[0] : 0)]
      }
      mistake("linear codes") { X, W, b, V, c in losses(X, W, b, V, c, codesAreLinear: true) { $0 == 0 } }
      mistake("decoder biases left out") { X, W, b, V, c in
        try stackLosses(
          X, encoders: W, encoderBiases: b, decoders: V, decoderBiases: c.map { $0.map { _ in 0 } })
      }
      mistake("decoders tied to the encoders") { X, W, b, _, c in
        try stackLosses(X, encoders: W, encoderBiases: b, decoders: W.map(\.T), decoderBiases: c)
      }
    },
  ]
}

/// Kinks by a rule that may be wrong: from the first peak and the kinks of the tents above.
private func kinks(_ peaks: [Double], _ rule: (Double, [Double]) -> [Double]) -> [Double] {
  peaks.reversed().reduce([]) { above, p in rule(p, above) }
}

private func affine(_ H: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double]) -> Matrix<Double> {
  var A = H * W.T
  A.addToEachRow(b)
  return A
}

private func layer(
  _ H: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double], isLinear: Bool = false
) -> Matrix<Double> {
  isLinear ? affine(H, W, b) : sigmoid(affine(H, W, b))
}

/// The losses of a stack some of whose layers may wrongly be linear, or wrongly not.
private func losses(
  _ X: Matrix<Double>, _ W: [Matrix<Double>], _ b: [[Double]], _ V: [Matrix<Double>], _ c: [[Double]],
  codesAreLinear: Bool = false, decoderIsLinear: (Int) -> Bool
) -> [Double] {
  var H = X
  return W.indices.map { m in
    H = layer(H, W[m], b[m], isLinear: codesAreLinear)
    let output = (0...m).reversed().reduce(H) { back, l in layer(back, V[l], c[l], isLinear: decoderIsLinear(l)) }
    return squaredError(output, X) / 2
  }
}

/// The gradient's norms made of parts that may be wrong.
private func norms(
  _ X: Matrix<Double>, _ W: [Matrix<Double>], _ b: [[Double]], scale: Double = 1, reluAtTheEnd: Bool = false,
  ofδ: Bool = false, target: Matrix<Double>? = nil, slope: (Double) -> Double = { $0 > 0 ? 1 : 0 }
) -> [Double] {
  var H = [X]
  for l in W.indices {
    let A = affine(H[l], W[l], b[l])
    H.append(l < W.count - 1 || reluAtTheEnd ? A.map { max($0, 0) } : A)
  }
  var δ = scale * (H[W.count] - (target ?? X)) / Double(X.rows)
  if reluAtTheEnd { δ = δ ⊙ H[W.count].map { $0 > 0 ? 1 : 0 } }
  var norms: [Double] = []
  for l in W.indices.reversed() {
    norms.append(ofδ ? δ.norm : (δ.T * H[l]).norm)
    if l > 0 { δ = (δ * W[l]) ⊙ H[l].map(slope) }
  }
  return norms.reversed()
}

private func output(_ W: [Matrix<Double>], _ b: [[Double]], _ x: Double) -> [Double] {
  W.indices.reduce([x]) { h, l in
    zip(W[l] * h, b[l]).map { l < W.count - 1 ? max($0 + $1, 0) : $0 + $1 }
  }
}

/// The pieces on which no unit changes sides, whether or not the outputs feel it.
private func cuts(_ W: [Matrix<Double>], _ b: [[Double]], _ start: Double, _ end: Double) -> Int {
  var pieces = [(from: start, to: end, α: [0.0], β: [1.0])]
  for l in W.indices.dropLast() {
    pieces = pieces.flatMap { piece in
      let (α, β) = (zip(W[l] * piece.α, b[l]).map { $0 + $1 }, W[l] * piece.β)
      let roots = zip(α, β).map { -$0 / $1 }.filter { piece.from < $0 && $0 < piece.to }.sorted()
      return zip([piece.from] + roots, roots + [piece.to]).map { from, to in
        let isOn = zip(α, β).map { $0 + $1 * (from + to) / 2 > 0 }
        return (from, to, zip(α, isOn).map { $1 ? $0 : 0 }, zip(β, isOn).map { $1 ? $0 : 0 })
      }
    }
  }
  return pieces.count
}
