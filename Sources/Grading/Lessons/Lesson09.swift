import LinearAlgebra

extension Examination {
  /// 09 · Depth.
  static let lesson09 = [
    Examination("foldedKinks") { student, draw in
      for L in 0...5 {
        let peaks = draw.numbers(L, in: 0.25..<0.75)
        let kinks: [Double] = try student(peaks)
        guard kinks.count == (1 << L) - 1 else {
          throw Finding("the kinks of \(L) tents", expected: "\((1 << L) - 1) numbers", got: "\(kinks.count)")
        }
        // f changes direction at each kink: it meets 1 and 0 in turn, and nowhere else.
        let ends = [0] + kinks + [1]
        guard zip(ends, ends.dropFirst()).allSatisfy({ $0 < $1 }) else {
          throw Finding("the kinks of \(L) tents", expected: "ascending numbers between 0 and 1", got: "others")
        }
        let values = kinks.map { tents(peaks, at: $0) }
        try expect(
          "f at the kinks of \(L) tents", values, equals: kinks.indices.map { $0 % 2 == 0 ? 1 : 0 }, within: 1e-9)
      }
    },
    Examination("countPieces") { student, draw in
      let shapes = [[3], [5], [2, 2], [4, 3], [3, 3, 3], [2, 2, 2, 2], [5, 4], [4, 1]]
      for (round, hidden) in (shapes + shapes).enumerated() {
        let outputs = 1 + round % 2
        let (network, pieces) = separated(hidden + [outputs], &draw)
        let count: Int = try student(network.W, network.b, network.start, network.end)
        try expect("the pieces with \(hidden) hidden units", count, equals: pieces)
      }
      // Tents, of which a last ReLU keeps the tips, or nothing.
      for (L, floor) in [(1, -1.0), (3, -1), (3, 0.5), (2, 2), (4, -1)] {
        var W = [Matrix<Double>](repeating: [[2, -4], [2, -4]], count: L - 1)
        var b = [[Double]](repeating: [0, -0.5], count: L)
        W.insert([[1], [1]], at: 0)
        W += [[[2, -4]], [[1]]]
        b += [[-floor], [0]]
        let (sides, gaps) = (1 << L, (1 << (L - 1)) + 1)
        let pieces = floor < 0 ? sides : floor > 1 ? 1 : sides + gaps
        let (start, end) = (0.0, 1.0)
        let count: Int = try student(W, b, start, end)
        try expect("the pieces of \(L) tents above \(floor)", count, equals: pieces)
      }
    },
    Examination("gradientNorms") { student, draw in
      for sizes in [[3, 4, 3], [2, 5, 4, 2], [4, 3, 2, 3, 4], [3, 3, 3, 3], [2, 2], [4, 1, 4]] {
        for N in [1, 4] {
          let X = draw.matrix(N, sizes[0])
          let W = zip(sizes.dropFirst(), sizes).map { draw.matrix($0, $1) }
          let b = sizes.dropFirst().map { draw.normals($0) }
          let norms: [Double] = try student(X, W, b)
          let expected = W.indices.map { l in
            Matrix(rows: W[l].rows, columns: W[l].columns) { lossSlope(X, W, b, layer: l, $0, $1) }.norm
          }
          try expect("the norms with layers of \(sizes) and \(N) examples", norms, equals: expected)
        }
      }
    },
    Examination("stackLosses") { student, draw in
      for sizes in [[4, 3], [5, 4, 2], [3, 3, 3, 3], [6, 4, 3, 2]] {
        let X = draw.matrix(5, sizes[0])
        let up = zip(sizes.dropFirst(), sizes).map { draw.matrix($0, $1) }
        let down = up.map { draw.matrix($0.columns, $0.rows) }
        let (b, c) = (up.map { draw.normals($0.rows) }, down.map { draw.normals($0.rows) })
        let losses: [Double] = try student(X, up, b, down, c)
        let expected = up.indices.map { m in
          mean((0..<X.rows).map { unrolledLoss(X.row($0), up, b, down, c, pairs: m + 1) })
        }
        try expect("the losses of pairs of \(sizes)", losses, equals: expected)
      }
    },
  ]
}

private func tents(_ peaks: [Double], at x: Double) -> Double {
  peaks.reduce(x) { y, p in y <= p ? y / p : (1 - y) / (1 - p) }
}

private struct Line {
  let W: [Matrix<Double>], b: [[Double]], start: Double, end: Double
}

/// The derivatives of the outputs and of all hidden units' inputs, and these inputs: at x, moving to the right.
private func slopes(
  _ W: [Matrix<Double>], _ b: [[Double]], at x: Double
) -> (outputs: [Double], hidden: [Dual<Double>]) {
  var (h, hidden) = ([Dual(x, derivative: 1)], [Dual<Double>]())
  for l in W.indices {
    let a = b[l].indices.map { j in h.indices.reduce(Dual(b[l][j])) { $0 + Dual(W[l][j, $1]) * h[$1] } }
    guard l < W.count - 1 else { return (a.map(\.derivative), hidden) }
    hidden += a
    h = a.map { $0.value > 0 ? $0 : 0 }
  }
  return ([], hidden)
}

/// A random network of one variable, and how many pieces it has: found by walking along the line from one sign change of
/// any unit's input to the next. It is drawn again until its kinks are far enough apart.
private func separated(_ sizes: [Int], _ draw: inout Draw) -> (network: Line, pieces: Int) {
  while true {
    let W = zip(sizes, [1] + sizes).map { draw.matrix($0, $1) }
    let network = Line(W: W, b: sizes.map { draw.normals($0) }, start: -2, end: 2)
    var (x, kinks, least) = (network.start, 0, Double.infinity)
    let step = 1e-9
    var last = slopes(W, network.b, at: x)
    while x < network.end {
      let ahead = last.hidden.map { -$0.value / $0.derivative }.filter { $0 > 0 }
      let next = x + (ahead.min() ?? .infinity)
      if next >= network.end { break }
      let here = slopes(W, network.b, at: next + step)
      let jump = zip(here.outputs, last.outputs).map { abs($0 - $1) }.max() ?? 0
      // A unit's input that changes its sign ends a stretch, whether or not the outputs feel it.
      least = min(least, next - x, network.end - next)
      if jump > 1e-6 { kinks += 1 } else if jump > 1e-9 { least = 0 }
      (x, last) = (next + step, here)
    }
    if least > 1e-5 { return (network, kinks + 1) }
  }
}

/// ∂L/∂W_ji of a layer, by dual numbers.
private func lossSlope(
  _ X: Matrix<Double>, _ W: [Matrix<Double>], _ b: [[Double]], layer: Int, _ j: Int, _ i: Int
) -> Double {
  mean(
    (0..<X.rows).map { n in
      var h = X.row(n).map { Dual($0) }
      for l in W.indices {
        let a = b[l].indices.map { r in
          h.indices.reduce(Dual(b[l][r])) { sum, c in
            sum + Dual(W[l][r, c], derivative: l == layer && r == j && c == i ? 1 : 0) * h[c]
          }
        }
        h = l < W.count - 1 ? a.map { $0.value > 0 ? $0 : 0 } : a
      }
      return zip(h, X.row(n)).map { ($0.value - $1) * $0.derivative }.sum()
    })
}

/// ½‖x̂ − x‖² of the first pairs of a stack, one example after the other.
private func unrolledLoss(
  _ x: [Double], _ up: [Matrix<Double>], _ b: [[Double]], _ down: [Matrix<Double>], _ c: [[Double]], pairs: Int
) -> Double {
  func affine(_ W: Matrix<Double>, _ b: [Double], _ h: [Double]) -> [Double] { zip(W * h, b).map { $0 + $1 } }
  let code = (0..<pairs).reduce(x) { h, l in affine(up[l], b[l], h).map { 1 / (1 + .exp(-$0)) } }
  let inner = (1..<max(pairs, 1)).reversed().reduce(code) { h, l in affine(down[l], c[l], h).map { 1 / (1 + .exp(-$0)) }
  }
  return zip(affine(down[0], c[0], inner), x).map { ($0 - $1) * ($0 - $1) / 2 }.sum()
}
