import LinearAlgebra

extension Examination {
  /// 01 · The SVD theorem.
  static let lesson01 = [
    Examination("energyCaptured") { student, draw in
      for n in [3, draw.integer(in: 4...9), draw.integer(in: 4...9), 1] {
        let σ = draw.numbers(n, in: 0.1..<4).map(hundredths).sorted(by: >)
        for k in [0, 1, draw.integer(in: 1...n), n] {
          let share: Double = try student(σ, k)
          let (head, tail) = (σ.prefix(k).reduce(0) { $0 + $1 * $1 }, σ.dropFirst(k).reduce(0) { $0 + $1 * $1 })
          try expect("the energy captured by k = \(k) of σ = \(σ)", share, equals: head / (head + tail))
        }
      }
    },
    Examination("smallestRank") { student, draw in
      for (m, n) in [(6, 4), (4, 6), (5, 5), (3, 1)] {
        let A = draw.matrix(m, n)
        let σ = SVD(A).σ
        // The error of the truncation to rank k; between two of them only one rank is right.
        let errors = (0...σ.count).map { norm(Array(σ.dropFirst($0))) }
        // In an order that whoever counts the questions cannot know.
        for k in draw.permutation(σ.count + 1) {
          let error = k == 0 ? 1.1 * errors[0] : draw.number(in: 0.2..<0.8) * (errors[k - 1] - errors[k]) + errors[k]
          let answer: Int = try student(A, error)
          let question = "a \(m) × \(n) matrix of norm \(hundredths(errors[0])), error \(hundredths(error))"
          try expect("the smallest rank for \(question)", answer, equals: k)
        }
      }
    },
    Examination("balancedFactors") { student, draw in
      for (m, n) in [(7, 4), (4, 7), (5, 5)] {
        let A = draw.matrix(m, n)
        let svd = SVD(A)
        for k in [1, draw.integer(in: 2...3), min(m, n)] {
          let (L, R): (Matrix<Double>, Matrix<Double>) = try student(A, k)
          try expect("L of rank \(k) for a \(m) × \(n) matrix", L, hasRows: m, columns: k)
          try expect("R of rank \(k) for a \(m) × \(n) matrix", R, hasRows: n, columns: k)
          let closest = Matrix(rows: m, columns: n) { i, j in
            (0..<k).reduce(0) { $0 + svd.U[i, $1] * svd.σ[$1] * svd.V[j, $1] }
          }
          try expect("LRᵀ of rank \(k) for a \(m) × \(n) matrix", L * R.T, equals: closest)
          try expect("LᵀL against RᵀR of rank \(k) for a \(m) × \(n) matrix", L.T * L, equals: R.T * R)
        }
      }
    },
    Examination("missedDirection") { student, draw in
      for (m, n) in [(8, 5), (5, 7), (6, 6)] {
        for k in 0...4 {
          // Singular values about 1, k + 1 of them, and small ones: only vectors near the span of k + 1 directions will do.
          let (P, Q) = (QR(draw.matrix(m, k + 1)).Q, QR(draw.matrix(n, k + 1)).Q)
          let A = P * Q.T + 0.1 * draw.matrix(m, n)
          // Any matrix of that rank, and one that comes near the best.
          let rivals = [
            draw.matrix(m, k) * draw.matrix(k, n), SVD(A + 0.1 * draw.matrix(m, n)).truncated(to: k).product,
          ]
          let σ = SVD(A).σ
          for B in rivals {
            let y: [Double] = try student(A, B, k)
            let question = "for \(m) × \(n) matrices and k = \(k)"
            try expect("how many numbers y has, \(question)", y.count, equals: m)
            try expect("the length of y, \(question)", norm(y), equals: 1)
            try expect("yᵀB, \(question)", B.T * y, equals: [Double](repeating: 0, count: n))
            try expect("‖yᵀA‖, \(question)", norm(A.T * y), isAtLeast: σ[k])
          }
        }
      }
    },
    Examination("nearestOrthogonal") { student, draw in
      for n in 1...5 {
        // Far from singular, so that a detour by AᵀA is accurate enough.
        let A = QR(draw.matrix(n, n)).Q * .diagonal(draw.numbers(n, in: 0.2..<4)) * QR(draw.matrix(n, n)).Q
        // The one has a positive determinant, the other a negative one.
        let mirrored = Matrix(rows: n, columns: n) { i, j in i == 0 ? -A[i, j] : A[i, j] }
        for A in [A, mirrored] {
          let Q: Matrix<Double> = try student(A)
          try expect("Q of a \(n) × \(n) matrix", Q, hasRows: n, columns: n)
          try expect("QᵀQ for a \(n) × \(n) matrix", Q.T * Q, equals: .identity(n))
          // ‖A − Q‖² = ‖Σ − UᵀQV‖², least where UᵀQV is the identity.
          try expect("‖A − Q‖_F for a \(n) × \(n) matrix", (A - Q).norm, equals: norm(SVD(A).σ.map { $0 - 1 }))
        }
      }
    },
  ]
}

/// A number to two decimals.
private func hundredths(_ number: Double) -> Double { (100 * number).rounded() / 100 }
