import LinearAlgebra

extension Trial {
  static let lesson10: [Trial] = [
    Trial("tangentImage", tangentImage) { mistake in
      mistake("the sign turned: the image's own slope") { image in try -1 * tangentImage(image) }
      mistake("the tangent of a move down") { image in try tangentImage(image.T).T }
      mistake("central differences of pixels") { image in
        let n = image.columns
        return Matrix(rows: image.rows, columns: n) { (image[$0, ($1 + n - 1) % n] - image[$0, ($1 + 1) % n]) / 2 }
      }
      mistake("the frequency left out") { image in waves(image) { _, _ in 1 } }
      mistake("2π left out") { image in waves(image) { j, n in Double(j) / Double(n) } }
      mistake("waves of both signs counted once") { image in 0.5 * (try tangentImage(image)) }
      mistake("the highest wave left out") { image in
        waves(image) { j, n in j == (n - 1) / 2 ? 0 : 2 * .pi * Double(j) / Double(n) }
      }
    },
    Trial("scaledCoordinates", scaledCoordinates) { mistake in
      mistake("squared once more") { D, d in try scaledCoordinates(squares: D ⊙ D, dimensions: d) }
      mistake("not centred") { D, d in coordinates(-0.5 * D, d) { $0.squareRoot() } }
      mistake("the factor ½ missing") { D, d in coordinates(-1 * centred(D), d) { $0.squareRoot() } }
      mistake("eigenvectors of length 1") { D, d in coordinates(-0.5 * centred(D), d) { _ in 1 } }
      mistake("eigenvalues without their roots") { D, d in coordinates(-0.5 * centred(D), d) { $0 } }
      mistake("the least eigenvalues") { D, d in
        let Y = try scaledCoordinates(squares: D, dimensions: D.rows)
        return Y[columns: D.rows - d..<D.rows]
      }
      mistake("axes in ascending order") { D, d in
        let Y = try scaledCoordinates(squares: D, dimensions: d)
        return Matrix(rows: Y.rows, columns: d) { Y[$0, d - 1 - $1] }
      }
    },
    Trial("pathLengths", pathLengths) { mistake in
      mistake("edges of one direction") { N, ends, lengths, start in
        relaxed(N, ends, lengths, start, rounds: N, bothWays: false)
      }
      mistake("one edge only") { N, ends, lengths, start in
        relaxed(N, ends, lengths, start, rounds: 1, inPlace: false)
      }
      mistake("two edges at most") { N, ends, lengths, start in
        relaxed(N, ends, lengths, start, rounds: 2, inPlace: false)
      }
      mistake("the number of edges") { N, ends, lengths, start in
        relaxed(N, ends, lengths.map { _ in 1 }, start, rounds: N)
      }
      mistake("no path: 0") { N, ends, lengths, start in
        try pathLengths(points: N, ends: ends, lengths: lengths, from: start).map { $0.isFinite ? $0 : 0 }
      }
      mistake("the way to itself infinite") { N, ends, lengths, start in
        var paths = try pathLengths(points: N, ends: ends, lengths: lengths, from: start)
        paths[start] = .infinity
        return paths
      }
      mistake("always from point 0") { N, ends, lengths, _ in
        try pathLengths(points: N, ends: ends, lengths: lengths, from: 0)
      }
    },
    Trial("pancakeLogDensity", pancakeLogDensity) { mistake in
      mistake("Euclidean distance over σ²") { x, centre, V, λ, σ in
        let z = x .- centre
        return try pancakeLogDensity(centre, centre: centre, V: V, λ: λ, σ: σ) - dot(z, z) / (2 * σ * σ)
      }
      mistake("λ without σ²") { x, centre, V, λ, σ in
        try pancakeLogDensity(x, centre: centre, V: V, λ: λ.map { $0 - σ * σ }, σ: σ)
      }
      mistake("λ taken for standard deviations") { x, centre, V, λ, σ in
        try pancakeLogDensity(x, centre: centre, V: V, λ: λ.map { $0 * $0 }, σ: σ)
      }
      mistake("σ not squared") { x, centre, V, λ, σ in
        try pancakeLogDensity(x, centre: centre, V: V, λ: λ, σ: σ.squareRoot())
      }
      mistake("D instead of D − d variances σ²") { x, centre, V, λ, σ in
        try pancakeLogDensity(x, centre: centre, V: V, λ: λ, σ: σ) - Double(λ.count) * Double.log(σ)
      }
      mistake("2π left out") { x, centre, V, λ, σ in
        try pancakeLogDensity(x, centre: centre, V: V, λ: λ, σ: σ) + Double(x.count) / 2 * Double.log(2 * .pi)
      }
      mistake("the determinant left out") { x, centre, V, λ, σ in
        let peak = try pancakeLogDensity(centre, centre: centre, V: V, λ: λ, σ: σ)
        return try pancakeLogDensity(x, centre: centre, V: V, λ: λ, σ: σ) - peak
          - Double(x.count) / 2 * Double.log(2 * .pi)
      }
      mistake("the determinant of a matrix, which underflows") { x, centre, V, λ, σ in
        let peak = try pancakeLogDensity(centre, centre: centre, V: V, λ: λ, σ: σ)
        let variances = λ.map { $0 + σ * σ } + [Double](repeating: σ * σ, count: x.count - λ.count)
        return try pancakeLogDensity(x, centre: centre, V: V, λ: λ, σ: σ) - peak
          - 0.5 * (Double.log(variances.reduce(1, *)) + Double(x.count) * Double.log(2 * .pi))
      }
    },
  ]
}

/// The tangent with other factors than the frequency of wave j of n pixels.
private func waves(_ image: Matrix<Double>, factor: (Int, Int) -> Double) -> Matrix<Double> {
  let n = image.columns
  return image
    * Matrix(rows: n, columns: n) { q, p in
      (0..<(n - 1) / 2).map { j in
        2 * factor(j + 1, n) * Double.sin(2 * .pi * Double((j + 1) * (p - q)) / Double(n)) / Double(n)
      }.sum()
    }
}

private func centred(_ D: Matrix<Double>) -> Matrix<Double> {
  let H = Matrix.identity(D.rows) - Matrix(rows: D.rows, columns: D.rows, repeating: 1 / Double(D.rows))
  return H * D * H
}

/// Leading eigenvectors, each times a function of its eigenvalue.
private func coordinates(_ B: Matrix<Double>, _ d: Int, _ length: (Double) -> Double) -> Matrix<Double> {
  let eigen = SymmetricEigen(B)
  return Matrix(rows: B.rows, columns: d) { eigen.vectors[$0, $1] * length(max(0, eigen.values[$1])) }
}

/// Lengths of paths after so many rounds over the edges.
private func relaxed(
  _ N: Int, _ ends: [[Int]], _ lengths: [Double], _ start: Int, rounds: Int, bothWays: Bool = true,
  inPlace: Bool = true
) -> [Double] {
  var paths = [Double](repeating: .infinity, count: N)
  paths[start] = 0
  for _ in 0..<rounds {
    let before = paths
    for (pair, length) in zip(ends, lengths) {
      let from = inPlace ? paths : before
      paths[pair[1]] = min(paths[pair[1]], from[pair[0]] + length)
      if bothWays { paths[pair[0]] = min(paths[pair[0]], from[pair[1]] + length) }
    }
  }
  return paths
}
