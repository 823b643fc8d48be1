import LinearAlgebra

extension Examination {
  /// 01 · The SVD theorem.
  static let lesson01 = [
    Examination("energyCaptured") { student, draw in
      for _ in 0..<3 {
        let σ = draw.numbers(draw.integer(in: 3...9), in: 0.1..<4).sorted(by: >)
        for k in [0, draw.integer(in: 1...σ.count - 1), σ.count] {
          let share: Double = try student(σ, k)
          let (head, tail) = (σ.prefix(k).reduce(0) { $0 + $1 * $1 }, σ.dropFirst(k).reduce(0) { $0 + $1 * $1 })
          try expect("the energy in the first \(k) of σ = \(σ)", share, equals: head / (head + tail))
        }
      }
    },
    Examination("smallestRank") { student, draw in
      for shape in [(6, 4), (4, 6), (5, 5)] {
        let A = draw.matrix(shape.0, shape.1)
        let σ = SVD(A).σ
        // The error of the truncation to rank k; between two of them only one rank is right.
        let errors = (0...σ.count).map { norm(Array(σ.dropFirst($0))) }
        for k in 0...σ.count {
          let error = k == 0 ? 1.1 * errors[0] : draw.number(in: 0.2..<0.8) * (errors[k - 1] - errors[k]) + errors[k]
          let answer: Int = try student(A, error)
          try expect("the smallest rank with an error of at most \(error)", answer, equals: k)
        }
      }
    },
    Examination("bestApproximation") { student, draw in
      for shape in [(7, 4), (4, 7), (5, 5)] {
        let A = draw.matrix(shape.0, shape.1)
        let svd = SVD(A)
        for k in [0, draw.integer(in: 1...3), 4] {
          let B: Matrix<Double> = try student(A, k)
          let rival = Matrix(rows: A.rows, columns: A.columns) { i, j in
            (0..<k).reduce(0) { $0 + svd.U[i, $1] * svd.σ[$1] * svd.V[j, $1] }
          }
          try expect("the approximation of rank \(k) of a \(A.rows) × \(A.columns) matrix", B, equals: rival)
        }
      }
    },
    Examination("nearestOrthogonal") { student, draw in
      for n in 2...5 {
        let A = draw.matrix(n, n)
        let Q: Matrix<Double> = try student(A)
        try expect("Q of an \(n) × \(n) matrix", Q, hasRows: n, columns: n)
        try expect("QᵀQ", Q.T * Q, equals: .identity(n))
        // ⟨Q, A⟩ ≤ Σσ, with equality at the nearest one alone.
        try expect("⟨Q, A⟩ of an \(n) × \(n) matrix", dot(Q, A), equals: SVD(A).σ.reduce(0, +))
      }
    },
  ]
}
