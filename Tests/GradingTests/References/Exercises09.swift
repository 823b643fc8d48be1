// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

func foldedKinks(peaks: [Double]) throws -> [Double] {
  guard let p = peaks.first else { return [] }
  // Where the tents above have their kinks, taken back through the first tent's two sides; and its peak.
  let above = try foldedKinks(peaks: Array(peaks.dropFirst()))
  return above.map { p * $0 } + [p] + above.reversed().map { 1 - (1 - p) * $0 }
}

func countPieces(W: [Matrix<Double>], b: [[Double]], from start: Double, to end: Double) throws -> Int {
  // The lines y = α + βx that all outputs of a layer follow on the pieces of [start, end].
  var pieces = [(from: start, to: end, α: [0.0], β: [1.0])]
  for l in W.indices {
    pieces = pieces.flatMap { piece in
      let (α, β) = (zip(W[l] * piece.α, b[l]).map { $0 + $1 }, W[l] * piece.β)
      guard l < W.count - 1 else { return [(piece.from, piece.to, α, β)] }
      let roots = zip(α, β).map { -$0 / $1 }.filter { piece.from < $0 && $0 < piece.to }.sorted()
      return zip([piece.from] + roots, roots + [piece.to]).map { from, to in
        let isOn = zip(α, β).map { $0 + $1 * (from + to) / 2 > 0 }
        return (from, to, zip(α, isOn).map { $1 ? $0 : 0 }, zip(β, isOn).map { $1 ? $0 : 0 })
      }
    }
  }
  let kinks = zip(pieces, pieces.dropFirst()).filter { left, right in
    zip(left.β, right.β).contains { abs($0 - $1) > 1e-7 }
  }
  return kinks.count + 1
}

func gradientNorms(_ X: Matrix<Double>, W: [Matrix<Double>], b: [[Double]]) throws -> [Double] {
  var H = [X]
  for l in W.indices {
    var A = H[l] * W[l].T
    A.addToEachRow(b[l])
    H.append(l < W.count - 1 ? A.map { max($0, 0) } : A)
  }
  var δ = (H[W.count] - X) / Double(X.rows)
  var norms: [Double] = []
  for l in W.indices.reversed() {
    norms.append((δ.T * H[l]).norm)
    δ = (δ * W[l]) ⊙ H[l].map { $0 > 0 ? 1 : 0 }
  }
  return norms.reversed()
}

func stackLosses(
  _ X: Matrix<Double>, encoders: [Matrix<Double>], encoderBiases: [[Double]], decoders: [Matrix<Double>],
  decoderBiases: [[Double]]
) throws -> [Double] {
  func affine(_ H: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double]) -> Matrix<Double> {
    var A = H * W.T
    A.addToEachRow(b)
    return A
  }
  var H = X
  return encoders.indices.map { m in
    H = sigmoid(affine(H, encoders[m], encoderBiases[m]))
    var back = H
    for l in (0...m).reversed() {
      back = affine(back, decoders[l], decoderBiases[l])
      if l > 0 { back = sigmoid(back) }
    }
    return squaredError(back, X) / 2
  }
}
