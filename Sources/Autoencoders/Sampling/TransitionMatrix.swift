import LinearAlgebra

/// Why a matrix is no chain, or a chain has no distribution of its own.
public enum ChainError: Error, Equatable, CustomStringConvertible {
  /// Entries of a row that are no probabilities.
  case notADistribution(row: Int, sum: Double)
  /// A chain that cannot reach one of its states from another.
  case reducible(from: Int, to: Int)
  /// A chain that returns to a state only after multiples of this number of steps.
  case periodic(Int)

  public var description: String {
    switch self {
    case .notADistribution(let row, let sum):
      "row \(row) of the transition matrix must be probabilities that add to 1; they add to \(sum), or one is negative"
    case .reducible(let from, let to):
      "no path leads from state \(from) to state \(to): the chain has more than one stationary distribution, or leaves "
        + "some states for ever; mix in a little noise that reaches every state"
    case .periodic(let period):
      "the chain returns to each state only after multiples of \(period) steps, so its distribution goes on changing; let "
        + "it stay where it is now and then"
    }
  }
}

/// A Markov chain on states 0 … S − 1, by its transition matrix P: row i is the distribution of the state after state i.
public struct TransitionMatrix: Sendable {
  /// P, S × S.
  public let P: Matrix<Double>

  /// - Throws: ``ChainError`` unless every row is of probabilities that add to 1, to 10⁻¹².
  public init(_ P: Matrix<Double>) throws(ChainError) {
    precondition(P.rows == P.columns && P.rows > 0, "a transition matrix of \(P.rows) × \(P.columns)")
    for i in 0..<P.rows {
      let row = P.row(i)
      let sum = row.sum()
      guard row.allSatisfy({ $0 >= 0 }), abs(sum - 1) <= 1e-12 else { throw .notADistribution(row: i, sum: sum) }
    }
    self.P = P
  }

  /// The distribution after some steps from the distribution p.
  public func distribution(after steps: Int, from p: [Double]) -> [Double] {
    precondition(p.count == P.rows, "a distribution over \(p.count) states for a chain of \(P.rows)")
    var p = Matrix(rows: 1, columns: p.count, elements: p)
    for _ in 0..<steps { p = p * P }
    return p.elements
  }

  /// The π with πP = π, the only one of an irreducible chain.
  ///
  /// By the elimination of Grassmann, Taksar and Heyman (1985): one state after the other is removed, and its visits are
  /// shared among those that remain. It subtracts nothing, so that every entry of π, however small, is found to a relative
  /// error of about 2S³ rounding errors at most, whatever the condition of the chain (O'Cinneide 1993). O(S³).
  ///
  /// - Throws: ``ChainError/reducible(from:to:)``.
  public func stationaryDistribution() throws(ChainError) -> [Double] {
    try requireIrreducible()
    let S = P.rows
    var A = P
    for n in stride(from: S - 1, to: 0, by: -1) {
      let leaving = (0..<n).map { A[n, $0] }.sum()
      for i in 0..<n { A[i, n] /= leaving }
      for i in 0..<n {
        for j in 0..<n { A[i, j] += A[i, n] * A[n, j] }
      }
    }
    var π = [1.0]
    for n in 1..<max(1, S) { π.append((0..<n).map { π[$0] * A[$0, n] }.sum()) }
    let total = π.sum()
    return π.map { $0 / total }
  }

  /// 1 − |λ₂|, by how much the distance to the stationary distribution shrinks a step in the long run. 0 for a periodic chain.
  ///
  /// |λ₂| is the spectral radius of P − 1πᵀ, the limit of ‖(P − 1πᵀ)^m‖^{1/m}; by squaring forty times, m = 2⁴⁰, its
  /// logarithm is found to about 10⁻¹¹. O(S³).
  ///
  /// - Throws: ``ChainError/reducible(from:to:)``.
  public func spectralGap() throws(ChainError) -> Double {
    let π = try stationaryDistribution()
    var A = Matrix(rows: P.rows, columns: P.rows) { i, j in P[i, j] - π[j] }
    // log ‖A^m‖ / m; the power itself would underflow, so that it is scaled to norm 1 each time.
    var (logarithm, share) = (0.0, 1.0)
    for _ in 0...40 {
      let size = A.norm
      // All of the chain's memory is gone after that many steps.
      if size < 1e-300 { return 1 }
      logarithm += share * Double.log(size)
      A = (1 / size) * A
      A = A * A
      share /= 2
    }
    return 1 - Double.exp(min(0, logarithm))
  }

  /// After how many steps, and their multiples, the chain can return to a state: 1 unless it is periodic.
  ///
  /// - Throws: ``ChainError/reducible(from:to:)``.
  public func period() throws(ChainError) -> Int {
    try requireIrreducible()
    // The greatest common divisor of level(i) + 1 − level(j) over all steps from i to j.
    let levels = self.levels(from: 0)
    var divisor = 0
    for i in 0..<P.rows {
      for j in 0..<P.rows where P[i, j] > 0 {
        var (a, b) = (divisor, abs(levels[i] + 1 - levels[j]))
        while b != 0 { (a, b) = (b, a % b) }
        divisor = a
      }
    }
    return divisor
  }

  /// The distribution that the chain tends to from every start.
  ///
  /// - Throws: ``ChainError`` for a chain that is not irreducible, or periodic.
  public func limit() throws(ChainError) -> [Double] {
    let period = try period()
    guard period == 1 else { throw .periodic(period) }
    return try stationaryDistribution()
  }

  private func requireIrreducible() throws(ChainError) {
    // All states are reached from state 0, and state 0 from all: along the steps of the transposed matrix.
    if let j = levels(from: 0).firstIndex(of: -1) { throw .reducible(from: 0, to: j) }
    if let i = TransitionMatrix.levels(P.T, from: 0).firstIndex(of: -1) { throw .reducible(from: i, to: 0) }
  }

  /// The least number of steps to each state, −1 for those out of reach.
  private func levels(from start: Int) -> [Int] { TransitionMatrix.levels(P, from: start) }

  private static func levels(_ P: Matrix<Double>, from start: Int) -> [Int] {
    var levels = [Int](repeating: -1, count: P.rows)
    levels[start] = 0
    var front = [start]
    while !front.isEmpty {
      var next: [Int] = []
      for i in front {
        for j in 0..<P.rows where P[i, j] > 0 && levels[j] < 0 {
          levels[j] = levels[i] + 1
          next.append(j)
        }
      }
      front = next
    }
    return levels
  }
}
