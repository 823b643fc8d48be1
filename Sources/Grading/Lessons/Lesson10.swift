import LinearAlgebra

extension Examination {
  /// 10 · Manifolds.
  static let lesson10 = [
    Examination("tangentImage") { student, draw in
      for (H, n) in [(1, 5), (4, 7), (7, 3), (6, 9), (3, 11), (2, 1)] {
        let image = draw.matrix(H, n)
        let tangent: Matrix<Double> = try student(image)
        // Differences of eighth order of the series itself leave some 10⁻¹².
        let ε = 0x1p-6
        let weights = [(1, 4.0 / 5), (2, -1.0 / 5), (3, 4.0 / 105), (4, -1.0 / 280)]
        let expected = Matrix(rows: H, columns: n) { line, p in
          weights.map { k, weight in
            let s = Double(k) * ε
            return weight * (series(image.row(line), at: Double(p) - s) - series(image.row(line), at: Double(p) + s))
              / ε
          }.sum()
        }
        try expect("the tangent of \(H) lines of \(n) pixels", tangent, equals: expected, within: 1e-9)
      }
    },
    Examination("scaledCoordinates") { student, draw in
      for (N, d) in [(5, 2), (8, 3), (4, 3), (6, 1), (12, 4)] {
        // Axes of different lengths, so that their order is clear, and points that are not centred.
        var X = draw.matrix(N, d) * Matrix.diagonal((0..<d).map { Double(1 << $0) })
        X.addToEachRow(draw.normals(d))
        let squares = Matrix(rows: N, columns: N) { i, j in
          zip(X.row(i), X.row(j)).map { ($0 - $1) * ($0 - $1) }.sum()
        }
        let Y: Matrix<Double> = try student(squares, d)
        let task = "\(N) points in \(d) dimension\(d == 1 ? "" : "s")"
        try expect("the coordinates of \(task)", Y, hasRows: N, columns: d)
        let again = Matrix(rows: N, columns: N) { i, j in
          zip(Y.row(i), Y.row(j)).map { ($0 - $1) * ($0 - $1) }.sum()
        }
        try expect("the squared distances of \(task)", again, equals: squares)
        try expect("the mean of the coordinates of \(task)", Y.columnSums, equals: [Double](repeating: 0, count: d))
        // The Gram matrix of the axes: orthogonal, the longest first, as long as the principal ones.
        let lengths = SVD(X.subtractingFromEachRow(X.columnMeans)).σ.map { $0 * $0 }
        try expect("YᵀY of \(task)", Y.T * Y, equals: .diagonal(lengths))
      }
    },
    Examination("pathLengths") { student, draw in
      for (N, edges) in [(2, 1), (6, 7), (9, 6), (12, 20), (30, 45), (5, 0)] {
        let ends = (0..<edges).map { _ -> [Int] in
          let pair = draw.permutation(N)
          return [pair[0], pair[1]]
        }
        let lengths = draw.numbers(edges, in: 0.1..<3)
        let start = draw.integer(in: 0...N - 1)
        let got: [Double] = try student(N, ends, lengths, start)
        // By going over all edges until nothing changes.
        var expected = [Double](repeating: .infinity, count: N)
        expected[start] = 0
        for _ in 0..<N {
          for (pair, length) in zip(ends, lengths) {
            for (i, j) in [(pair[0], pair[1]), (pair[1], pair[0])] {
              expected[j] = min(expected[j], expected[i] + length)
            }
          }
        }
        try expect("the paths from \(start) along \(edges) edges of \(N) points", got, equals: expected)
      }
    },
    Examination("pancakeLogDensity") { student, draw in
      for (D, d) in [(3, 2), (2, 1), (5, 0), (4, 4), (6, 3)] {
        let (x, centre, V, λ) = (draw.normals(D), draw.normals(D), draw.frame(D, d), draw.numbers(d, in: 0.2..<4))
        let σ = draw.number(in: 0.3..<1.5)
        let density: Double = try student(x, centre, V, λ, σ)
        let C = V * .diagonal(λ) * V.T + σ * σ * .identity(D)
        let eigen = SymmetricEigen(C)
        let along = eigen.vectors.T * (x .- centre)
        let expected = -0.5 * zip(along, eigen.values).map { $0 * $0 / $1 + Double.log(2 * .pi * $1) }.sum()
        try expect("the log-density in \(D) dimensions, \(d) of them wide", density, equals: expected)
      }
      // Wide along coordinates, so that the density is a product.
      let (D, σ, λ) = (2000, 1e-3, [4.0, 0.25])
      let V = Matrix(rows: D, columns: 2) { i, j in i == 7 * j ? 1.0 : 0 }
      let centre = draw.normals(D)
      let steps = draw.normals(D).enumerated().map { $0 == 0 || $0 == 7 ? $1 : σ * $1 }
      let density: Double = try student(centre .+ steps, centre, V, λ, σ)
      let variances = (0..<D).map { σ * σ + ($0 == 0 ? λ[0] : $0 == 7 ? λ[1] : 0) }
      let expected = -0.5 * zip(steps, variances).map { $0 * $0 / $1 + Double.log(2 * .pi * $1) }.sum()
      try expect("the log-density in 2000 dimensions, σ = 0.001", density, equals: expected, within: 1e-9)
    },
  ]
}

extension Draw {
  /// d orthonormal columns of D numbers.
  fileprivate mutating func frame(_ D: Int, _ d: Int) -> Matrix<Double> {
    d == 0 ? Matrix(rows: D, columns: 0) : QR(matrix(D, d)).Q
  }
}

/// The trigonometric polynomial through the numbers of a line, at any place.
private func series(_ line: [Double], at u: Double) -> Double {
  let n = line.count
  return line.enumerated().map { q, x in
    let waves = (0..<(n - 1) / 2).map { j in
      2 * Double.cos(2 * .pi * Double(j + 1) * (u - Double(q)) / Double(n))
    }
    return x * (1 + waves.sum()) / Double(n)
  }.sum()
}
