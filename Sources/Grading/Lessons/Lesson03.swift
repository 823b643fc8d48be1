import LinearAlgebra

extension Examination {
  /// 03 · Under- and overcomplete.
  static let lesson03 = [
    Examination("compressionRatio") { student, draw in
      for N in [1, draw.integer(in: 2...40), draw.integer(in: 1000...60_000)] {
        let (D, p) = (draw.integer(in: 10...800), draw.integer(in: 1...12))
        let (k, b) = (draw.integer(in: 2...30), draw.integer(in: 2...20))
        let ratio: Double = try student(N, D, p, k, b)
        let (images, codes) = (Double(N) * Double(D) * Double(p), Double(N) * Double(k) * Double(b))
        let decoder = Double(D) * (Double(k) + 1) * 32
        try expect(
          "the ratio for N = \(N), D = \(D), p = \(p), k = \(k), b = \(b)", ratio, equals: images / (codes + decoder))
      }
    },
    Examination("copyingWeights") { student, draw in
      let D = draw.integer(in: 3...6)
      // The first number of units is no multiple of the number of inputs.
      for (D, K) in [(D, D + draw.integer(in: 1...D - 1)), (3, 6), (2, 8), (1, 3), (4, 4), (1, 1)] {
        let (W, Wˢ): (Matrix<Double>, Matrix<Double>) = try student(D, K)
        let sizes = "for D = \(D), K = \(K)"
        try expect("W \(sizes)", W, hasRows: K, columns: D)
        try expect("W* \(sizes)", Wˢ, hasRows: D, columns: K)
        for row in (0..<K).map(W.row) where row.sorted() != Array(repeating: 0, count: D - 1) + [1] {
          throw Finding("a row of W \(sizes)", expected: "a single 1, and zeros", got: "\(row)")
        }
        try expect("W* W \(sizes)", Wˢ * W, equals: .identity(D))
        // W* W = I leaves the copies of one input free to differ in weight; the mean does not.
        let copies = W.columnSums
        try expect(
          "W* \(sizes) and your W", Wˢ, equals: Matrix(rows: D, columns: K) { i, j in W[j, i] == 1 ? 1 / copies[i] : 0 }
        )
      }
    },
    Examination("cosineBasis") { student, draw in
      for n in [1, 2, draw.integer(in: 3...6), draw.integer(in: 7...12)] {
        let Q: Matrix<Double> = try student(n)
        try expect("Q for n = \(n)", Q, equals: Matrix(rows: n, columns: n) { u, x in wave(u, x, n) })
      }
    },
    Examination("memorisingWeights") { student, draw in
      for (N, D) in [(2, 3), (draw.integer(in: 3...5), 2), (6, 4), (draw.integer(in: 3...8), 1)] {
        let X = draw.matrix(N, D)
        var t = [draw.number(in: -2..<2)]
        for _ in 1..<N { t.append(t[t.count - 1] + draw.number(in: 0.4..<2)) }
        let A: Matrix<Double> = try student(X, t)
        try expect("the weights of \(N) images of \(D) pixels", A, hasRows: N - 1, columns: D)
        for n in 0..<N {
          let decoded = (0..<D).map { i in
            (0..<n).reduce(X[0, i]) { $0 + A[$1, i] * (t[n] - t[$1]) }
          }
          try expect("image n = \(n) of N = \(N), decoded with your weights", decoded, equals: X.row(n))
        }
      }
    },
    Examination("lowestFrequencies") { student, draw in
      for (m, n) in [(3, 5), (6, 4), (1, 4), (5, 1), (4, 4), (draw.integer(in: 2...5), draw.integer(in: 6...8))] {
        let image = draw.matrix(m, n)
        let order = (0..<m + n - 1).flatMap { sum in
          (max(0, sum - n + 1)...min(sum, m - 1)).map { v in (u: sum - v, v: v) }
        }
        for k in [0, 2, 4, draw.integer(in: 1...m * n), m * n] where k <= m * n {
          let answer: Matrix<Double> = try student(image, k)
          var x̂ = Matrix<Double>(rows: m, columns: n)
          for (u, v) in order.prefix(k) {
            let pattern = Matrix(rows: m, columns: n) { y, x in wave(v, y, m) * wave(u, x, n) }
            x̂ += dot(pattern, image) * pattern
          }
          try expect("what is left of a \(m) × \(n) image with k = \(k)", answer, equals: x̂)
        }
      }
    },
  ]
}

/// Entry (u, x) of the orthonormal DCT-II of `n` points.
private func wave(_ u: Int, _ x: Int, _ n: Int) -> Double {
  (Double(u == 0 ? 1 : 2) / Double(n)).squareRoot() * .cos(.pi * Double(u * (2 * x + 1)) / Double(2 * n))
}
