import Autoencoders
import LinearAlgebra
import Notebook

/// Rounds of single moves, and the energy after each.
struct Walk {
  private(set) var moves: [(kind: String, energy: Double)] = []
  /// The largest rise in a move, over the energy.
  private(set) var largestRise = 0.0
  /// How far the columns' lengths are from 1.
  let lengths: Double
  /// E before the first move of the dictionary, after least squares for all columns that are then
  /// normalised, and after the sweep over single columns.
  private(set) var naive = (before: 0.0, after: 0.0, sweep: 0.0)

  init(
    _ X: Matrix<Double>, _ W: Matrix<Double>, _ encoder: Encoder, λ: Double, γ: Double
  ) throws {
    var psd = try PredictiveSparseDecomposition(X, dictionary: W, λ: λ, γ: γ)
    psd.encoder = encoder
    var last = psd.energy.total
    func record(_ kind: String) -> (String, Double, Double) {
      let now = psd.energy.total
      defer { last = now }
      return (kind, now, (now - last) / last)
    }
    var all: [(String, Double, Double)] = []
    var naive = (before: 0.0, after: 0.0, sweep: 0.0)
    for round in 1...10 {
      for _ in 0..<4 {
        try psd.moveCodes(steps: 1)
        all.append(record("codes"))
      }
      if round == 1 {
        let squares = (psd.codes.pseudoInverse() * X).T
        let s = squares.columnSquares.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
        let E = psd.energy
        let whole = squaredError(psd.codes * (squares * .diagonal(s)).T, X) / 2
        naive = (E.total, E.total - E.error + whole, 0)
      }
      psd.moveDictionary()
      all.append(record("dictionary"))
      if round == 1 { naive.sweep = psd.energy.total }
      try psd.moveEncoder(iterations: 3)
      all.append(record("encoder"))
    }
    moves = all.map { ($0.0, $0.1) }
    largestRise = all.map(\.2).greatest()
    lengths = psd.dictionary.columnSquares.map { abs($0.squareRoot() - 1) }.greatest()
    self.naive = naive
  }
}

extension Matrix where Element == Double {
  /// The squared length of each column.
  var columnSquares: [Double] { (self ⊙ self).columnSums }
}

/// One round by `round`, which changes codes and dictionary and returns the encoder's gradient,
/// and by the library: all numbers in a row.
func heart(
  _ X: Matrix<Double>, _ W: Matrix<Double>, _ encoder: Encoder, λ: Double, γ: Double,
  round: (Matrix<Double>, inout Matrix<Double>, inout Matrix<Double>, Double) -> Matrix<Double>
) -> (mine: [Double], library: [Double]) {
  lesson.attempt {
    var psd = try PredictiveSparseDecomposition(X, dictionary: W, λ: λ, γ: γ)
    psd.encoder = encoder
    var (H, V) = (psd.codes, psd.dictionary)
    let σ₁ = SVD(V).σ[0]
    let gradient = round(X, &H, &V, σ₁ * σ₁)
    try psd.moveCodes(steps: 1)
    psd.moveDictionary()
    let slope = try LearnedISTAObjective(encoder, data: X, goal: .codes(psd.codes)).gradient()
    return (
      H.elements + V.elements + gradient.elements,
      psd.codes.elements + psd.dictionary.elements
        + slope.prefix(gradient.elements.count).map { γ * $0 }
    )
  }
}

/// How far the proximal step's numbers are from the best of 8,001 values from −2 to 2, at most.
func bruteForceDistance(_ energy: Energy, from h: [Double]) -> Double {
  let after = energy.step(h)
  let slope = energy.slope(h)
  return after.indices.map { l in
    var best = (u: 0.0, cost: Double.infinity)
    for i in -4000...4000 {
      let u = Double(i) / 2000
      let cost =
        slope[l] * (u - h[l]) + energy.L / 2 * (u - h[l]) * (u - h[l]) + energy.λ * abs(u)
        + energy.γ / 2 * (u - energy.p[l]) * (u - energy.p[l])
      if cost < best.cost { best = (u, cost) }
    }
    return abs(best.u - after[l])
  }.greatest()
}
