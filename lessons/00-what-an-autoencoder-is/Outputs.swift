import LinearAlgebra

/// s(a) for each entry.
func s(_ a: [Double]) -> [Double] { a.map { Double.sigmoid($0) } }

/// e^{a_k} / Σ_m e^{a_m}, as it is written: good for small a only.
func softmax(_ a: [Double]) -> [Double] {
  let e = a.map { Double.exp($0) }
  return e.map { $0 / e.sum() }
}

/// x log y, with 0 log 0 = 0.
func xlogy(_ x: Double, _ y: Double) -> Double { x == 0 ? 0 : x * Double.log(y) }

/// Each grey value x, 0 ≤ x ≤ 1, as one of four levels: a 1 among three noughts.
func coded(_ x: [Double]) -> [Double] {
  x.flatMap { grey in (0..<4).map { $0 == min(3, Int(4 * grey)) ? 1.0 : 0 } }
}

/// What `work` makes of each pixel's four outputs a and four targets x, one pixel after the
/// other.
func pixelwise(
  _ outputs: [Double], _ targets: [Double], _ work: (_ a: [Double], _ x: [Double]) -> [Double]
) -> [Double] {
  stride(from: 0, to: outputs.count, by: 4).flatMap {
    work(Array(outputs[$0..<$0 + 4]), Array(targets[$0..<$0 + 4]))
  }
}

/// Four pairs of a loss and an output non-linearity, each with the relative deviation of its
/// gradient in a from x̂ − x by central differences: grey values x for the squared error, `ink` of
/// noughts and ones for the others.
func pairsOfLossAndLink(
  at a: [Double], grey x: [Double], ink: [Double]
) -> [(loss: String, link: String, off: Double)] {
  func off(_ L: ([Double]) -> Double, from short: [Double]) -> Double {
    norm(slopes(at: a, of: L) .- short) / norm(short)
  }
  func halfSquare(_ output: [Double], _ x: [Double]) -> Double {
    0.5 * dot(output .- x, output .- x)
  }
  func crossEntropy(_ a: [Double]) -> Double {
    -zip(ink, s(a)).map { xlogy($0, $1) + xlogy(1 - $0, 1 - $1) }.sum()
  }
  let tanh = { (a: [Double]) in a.map { Double.tanh($0) } }
  return [
    ("½ squared error", "linear", off({ halfSquare($0, x) }, from: a .- x)),
    ("cross-entropy", "sigmoid", off(crossEntropy, from: s(a) .- ink)),
    ("½ squared error", "sigmoid", off({ halfSquare(s($0), ink) }, from: s(a) .- ink)),
    ("½ squared error", "tanh", off({ halfSquare(tanh($0), x) }, from: tanh(a) .- x)),
  ]
}

/// The cross-entropy of one unit at a* with target x in three ways: through log x̂, by the
/// library, and as it should be, max(∓a*, 0) + log(1 + e^{−|a*|}) with the logarithm's series.
func saturatedUnit(
  _ a: Double, _ x: Double
) -> (a: Double, x: Double, naive: Double, stable: Double, truth: Double) {
  /// log(1 + e) = e − e²/2 + e³/3 − …, for 0 ≤ e ≤ e⁻².
  func log1p(_ e: Double) -> Double {
    (1...60).reversed().reduce(0) { rest, n in e * (1 / Double(n) - rest) }
  }
  let output = Double.sigmoid(a)
  let naive = -x * Double.log(output) - (1 - x) * Double.log(1 - output)
  let truth = ((a > 0) != (x > 0) ? abs(a) : 0) + log1p(Double.exp(-abs(a)))
  return (a, x, naive, atOutputs([a], target: [x], .bernoulli).loss, truth)
}
