import Autoencoders
import LinearAlgebra
import Notebook

// Tents as networks, and the exact distance of two functions made of lines.

/// u vᵀ.
func outer(_ u: [Double], _ v: [Double]) -> Matrix<Double> {
  Matrix(rows: u.count, columns: v.count) { i, j in u[i] * v[j] }
}

/// L tents, one after the other: L layers of two ReLU units, and a linear output.
func tents(_ L: Int) -> Stack<Double> {
  let first = Dense<Double>(W: [[1], [1]], b: [0, -0.5], activation: .relu)
  let next = Dense<Double>(W: [[2, -4], [2, -4]], b: [0, -0.5], activation: .relu)
  let output = Dense<Double>(W: [[2, -4]], b: [0], activation: .identity)
  return Stack([first] + Array(repeating: next, count: L - 1) + [output])
}

/// The values of a network of one variable.
func values(_ network: Stack<Double>, _ x: [Double]) -> [Double] {
  network(Matrix(rows: x.count, columns: 1, elements: x)).elements
}

/// A network of one hidden layer: the value at 0, and a unit for each change of the slope.
func broken(from start: Double, _ changes: [(at: Double, by: Double)]) -> Stack<Double> {
  Stack([
    Dense(
      W: Matrix(rows: changes.count, columns: 1, repeating: 1), b: changes.map { -$0.at },
      activation: .relu),
    Dense(
      W: Matrix(rows: 1, columns: changes.count, elements: changes.map(\.by)), b: [start],
      activation: .identity),
  ])
}

/// The best that we know with n kinks: it follows L tents for n − 1 kinks, and leaves them
/// half-way up or down. With one kink fewer than the tents have pieces it follows them to the
/// end.
func follower(kinks n: Int, of L: Int) -> Stack<Double> {
  let (pieces, w) = (1 << L, 1 / Double(1 << L))
  if n == 0 { return broken(from: 0.5, [(0, 0)]) }
  let followed = n < pieces - 1 ? n - 1 : n
  var changes = [(at: 0.0, by: 1 / w)]
  for i in 0..<followed { changes.append((Double(i + 1) * w, i % 2 == 0 ? -2 / w : 2 / w)) }
  if followed < n {
    changes.append(((Double(followed) + 0.5) * w, followed % 2 == 0 ? -1 / w : 1 / w))
  }
  return broken(from: 0, changes)
}

/// ∫ |f − g| over an interval, exactly: piece by piece, where f − g is a line.
func distance(
  _ f: Stack<Double>, _ g: Stack<Double>, on interval: ClosedRange<Double> = 0...1
) -> Double {
  lesson.attempt {
    let (p, q) = (try f.linearPieces(in: interval), try g.linearPieces(in: interval))
    let cuts = Set((p + q).flatMap { [$0.interval.lowerBound, $0.interval.upperBound] })
      .sorted()
    var (i, j, sum) = (0, 0, 0.0)
    for (left, right) in zip(cuts, cuts.dropFirst()) {
      while p[i].interval.upperBound <= left { i += 1 }
      while q[j].interval.upperBound <= left { j += 1 }
      let (α, β) = (p[i].α[0] - q[j].α[0], p[i].β[0] - q[j].β[0])
      let (a, b) = (α + β * left, α + β * right)
      let size = abs(a) + abs(b)
      if size == 0 { continue }
      sum += (right - left) * (a * b >= 0 ? size / 2 : (a * a + b * b) / (2 * size))
    }
    return sum
  }
}
