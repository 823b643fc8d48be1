import LinearAlgebra

extension Trial {
  static let lesson03: [Trial] = [
    Trial("compressionRatio", compressionRatio) { mistake in
      mistake("numbers in the place of bits") { N, D, p, k, b in ratio(N * D, N * k + D * k + D) }
      mistake("the decoder is free") { N, D, p, k, b in ratio(D * p, k * b) }
      mistake("a decoder without biases") { N, D, p, k, b in ratio(N * D * p, N * k * b + 32 * D * k) }
      mistake("a decoder for each image") { N, D, p, k, b in ratio(D * p, k * b + 32 * (D * k + D)) }
      mistake("the encoder counted as well") { N, D, p, k, b in
        ratio(N * D * p, N * k * b + 32 * (2 * D * k + D + k))
      }
      mistake("the decoder in the bits of the code") { N, D, p, k, b in ratio(N * D * p, N * k * b + b * (D * k + D)) }
      mistake("biases of the code's size") { N, D, p, k, b in ratio(N * D * p, N * k * b + 32 * (D * k + k)) }
      mistake("whole numbers divided") { N, D, p, k, b in
        let quotient = N * D * p / (N * k * b + 32 * (D * k + D))
        return Double(quotient)
      }
      mistake("the inverse") { N, D, p, k, b in ratio(N * k * b + 32 * (D * k + D), N * D * p) }
    },
    Trial("copyingWeights", copyingWeights) { mistake in
      mistake("the page's weights: idle units") { D, K in
        let W = Matrix<Double>(rows: K, columns: D) { j, i in i == j ? 1 : 0 }
        return (W, W.T)
      }
      mistake("only one of the copies is used") { D, K in
        (try copyingWeights(inputs: D, units: K).W, Matrix(rows: D, columns: K) { i, j in i == j ? 1 : 0 })
      }
      mistake("the sum of the copies") { D, K in
        let W = try copyingWeights(inputs: D, units: K).W
        return (W, W.T)
      }
      mistake("halved: right for K = 2D") { D, K in
        let W = try copyingWeights(inputs: D, units: K).W
        return (W, 0.5 * W.T)
      }
      mistake("divided by K / D: right for multiples") { D, K in
        let W = try copyingWeights(inputs: D, units: K).W
        return (W, Double(D) / Double(K) * W.T)
      }
      mistake("the mean in the encoder") { D, K in
        let (W, Wˢ) = try copyingWeights(inputs: D, units: K)
        return (Wˢ.T, W.T)
      }
      mistake("the two exchanged") { D, K in
        let (W, Wˢ) = try copyingWeights(inputs: D, units: K)
        return (Wˢ, W)
      }
      mistake("exact, but every unit sees all inputs") { D, K in
        let W = Matrix<Double>(rows: K, columns: D) { j, i in 1 / Double(i + j + 1) }
        return (W, W.pseudoInverse())
      }
      mistake("all units copy the first input") { D, K in
        let W = Matrix<Double>(rows: K, columns: D) { _, i in i == 0 ? 1 : 0 }
        return (W, 1 / Double(K) * W.T)
      }
      mistake("never more than two copies") { D, K in
        let W = Matrix<Double>(rows: K, columns: D) { j, i in i == j || i == j - D ? 1 : 0 }
        let copies = W.columnSums
        return (W, Matrix(rows: D, columns: K) { i, j in W[j, i] / copies[i] })
      }
    },
    Trial("cosineBasis", cosineBasis) { mistake in
      mistake("the zero frequency √2 too long") { n in
        Matrix(rows: n, columns: n) { u, x in (2 / Double(n)).squareRoot() * wave(u, x, n) }
      }
      mistake("not normalised") { n in Matrix(rows: n, columns: n) { u, x in wave(u, x, n) } }
      mistake("divided by the squared length") { n in
        Matrix(rows: n, columns: n) { u, x in wave(u, x, n) / (Double(n) / (u == 0 ? 1 : 2)) }
      }
      mistake("the half forgotten") { n in
        normalised(Matrix(rows: n, columns: n) { u, x in .cos(.pi * Double(u * x) / Double(n)) })
      }
      mistake("DCT-I") { n in
        normalised(Matrix(rows: n, columns: n) { u, x in .cos(.pi * Double(u * x) / Double(max(n - 1, 1))) })
      }
      mistake("DCT-IV") { n in
        normalised(
          Matrix(rows: n, columns: n) { u, x in .cos(.pi * (Double(u) + 0.5) * (Double(x) + 0.5) / Double(n)) })
      }
      mistake("transposed, the DCT-III") { n in try cosineBasis(n).T }
      mistake("points counted from 1") { n in
        normalised(Matrix(rows: n, columns: n) { u, x in wave(u, x + 1, n) })
      }
      mistake("sines") { n in
        normalised(Matrix(rows: n, columns: n) { u, x in .sin(.pi * (Double(u) + 1) * (Double(x) + 0.5) / Double(n)) })
      }
      mistake("the identity, orthonormal too") { n in .identity(n) }
    },
    Trial("memorisingWeights", memorisingWeights) { mistake in
      mistake("the page's codes 0, 1, 2, …") { X, _ in
        try memorisingWeights(X, codes: (0..<X.rows).map(Double.init))
      }
      mistake("slopes in the place of their changes") { X, t in slopes(X, t) }
      mistake("the differences of the images") { X, _ in X[rows: 1..<X.rows] - X[rows: 0..<X.rows - 1] }
      mistake("the images themselves") { X, _ in X[rows: 1..<X.rows] }
      mistake("the codes assumed to begin at 0, evenly spaced") { X, t in
        let gap = (t[t.count - 1] - t[0]) / Double(t.count - 1)
        return try memorisingWeights(X, codes: (0..<X.rows).map { gap * Double($0) })
      }
      mistake("second differences over one gap") { X, t in
        Matrix(rows: X.rows - 1, columns: X.columns) { j, i in
          let before = j > 0 ? X[j, i] - X[j - 1, i] : 0
          return (X[j + 1, i] - X[j, i] - before) / (t[j + 1] - t[j])
        }
      }
      mistake("the first slope left out") { X, t in
        var A = try memorisingWeights(X, codes: t)
        for i in 0..<A.columns { A[0, i] = 0 }
        return A
      }
      mistake("x_0 left to the first rectifier") { X, t in
        var A = try memorisingWeights(X, codes: t)
        for i in 0..<A.columns { A[0, i] += X[0, i] }
        return A
      }
      mistake("transposed") { X, t in try memorisingWeights(X, codes: t).T }
      mistake("the sign of the change") { X, t in
        let (A, S) = (try memorisingWeights(X, codes: t), slopes(X, t))
        return Matrix(rows: A.rows, columns: A.columns) { j, i in j == 0 ? S[0, i] : -A[j, i] }
      }
    },
    Trial("lowestFrequencies", lowestFrequencies) { mistake in
      mistake("one coefficient too many") { image, k in
        try lowestFrequencies(of: image, keeping: min(k + 1, image.rows * image.columns))
      }
      mistake("the highest frequencies") { image, k in
        image - (try lowestFrequencies(of: image, keeping: image.rows * image.columns - k))
      }
      mistake("the largest coefficients") { image, k in try codec(image, k) { -abs($2[$0, $1]) } }
      mistake("ties the other way round") { image, k in try lowestFrequencies(of: image.T, keeping: k).T }
      mistake("JPEG's zigzag") { image, k in
        try codec(image, k) { v, u, _ in Double((u + v) * 1000 + ((u + v).isMultiple(of: 2) ? -v : v)) }
      }
      mistake("line by line") { image, k in try codec(image, k) { v, u, _ in Double(v * 1000 + u) } }
      mistake("by the larger of u and v") { image, k in
        try codec(image, k) { v, u, _ in Double(max(u, v) * 1000 + v) }
      }
      mistake("by the length of (u, v)") { image, k in
        try codec(image, k) { v, u, _ in Double((u * u + v * v) * 1000 + v) }
      }
      mistake("the bases instead of their transposes, twice") { image, k in
        let (P, Q) = (try cosineBasis(image.rows), try cosineBasis(image.columns))
        return P * kept(P * image * Q.T, k) * Q.T
      }
      mistake("transposed bases throughout") { image, k in
        let (P, Q) = (try cosineBasis(image.rows), try cosineBasis(image.columns))
        return P * kept(P.T * image * Q, k) * Q.T
      }
      mistake("the zero frequency √2 too long") { image, k in
        let (P, Q) = (longConstant(image.rows), longConstant(image.columns))
        return P.T * kept(P * image * Q.T, k) * Q
      }
      mistake("the coefficients") { image, k in
        kept(try cosineBasis(image.rows) * image * cosineBasis(image.columns).T, k)
      }
      mistake("pixels in the place of coefficients") { image, k in kept(image, k) }
      mistake("transposed") { image, k in try lowestFrequencies(of: image, keeping: k).T }
      mistake("square images only") { image, k in
        image.rows == image.columns
          ? try lowestFrequencies(of: image, keeping: k) : Matrix(rows: image.rows, columns: image.columns)
      }
    },
  ]
}

private func ratio(_ raw: Int, _ coded: Int) -> Double { Double(raw) / Double(coded) }

private func wave(_ u: Int, _ x: Int, _ n: Int) -> Double { .cos(.pi * Double(u) * (Double(x) + 0.5) / Double(n)) }

/// Each row over its length.
private func normalised(_ A: Matrix<Double>) -> Matrix<Double> {
  Matrix(rows: A.rows, columns: A.columns) { i, j in A[i, j] / norm(A.row(i)) }
}

private func longConstant(_ n: Int) -> Matrix<Double> {
  Matrix(rows: n, columns: n) { u, x in (2 / Double(n)).squareRoot() * wave(u, x, n) }
}

private func slopes(_ X: Matrix<Double>, _ t: [Double]) -> Matrix<Double> {
  Matrix(rows: X.rows - 1, columns: X.columns) { j, i in (X[j + 1, i] - X[j, i]) / (t[j + 1] - t[j]) }
}

/// C with all but k entries set to 0, those of the least u + v, and then the least v.
private func kept(_ C: Matrix<Double>, _ k: Int) -> Matrix<Double> {
  kept(C, k) { v, u, _ in Double((u + v) * 1000 + v) }
}

/// C with all but k entries set to 0, those that come first by `rank(v, u, C)`.
private func kept(_ C: Matrix<Double>, _ k: Int, by rank: (Int, Int, Matrix<Double>) -> Double) -> Matrix<Double> {
  let places = (0..<C.rows * C.columns).map { ($0 / C.columns, $0 % C.columns) }
  var kept = Matrix<Double>(rows: C.rows, columns: C.columns)
  for (v, u) in places.sorted(by: { rank($0.0, $0.1, C) < rank($1.0, $1.1, C) }).prefix(k) { kept[v, u] = C[v, u] }
  return kept
}

private func codec(
  _ image: Matrix<Double>, _ k: Int, by rank: (Int, Int, Matrix<Double>) -> Double
) throws -> Matrix<Double> {
  let (P, Q) = (try cosineBasis(image.rows), try cosineBasis(image.columns))
  return P.T * kept(P * image * Q.T, k, by: rank) * Q
}
