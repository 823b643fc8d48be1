import LinearAlgebra

extension Examination {
  /// 02 · A linear autoencoder is PCA.
  static let lesson02 = [
    Examination("normalisedExamples") { student, draw in
      for (T, N, D) in [(6, 4, 3), (4, 1, 5), (3, 7, 2), (5, 5, 4), (1, 2, 3)] {
        let (X, Y) = (draw.matrix(T, D, in: 1..<4), draw.matrix(N, D, in: 0..<3))
        let normalised: Matrix<Double> = try student(Y, X)
        let expected = Matrix(rows: N, columns: D) { n, i in
          (0..<T).map { Y[n, i] - X[$0, i] }.sum() / (Double(T) * Double(T).squareRoot())
        }
        try expect("the normalised \(N) × \(D) batch, T = \(T)", normalised, equals: expected)
      }
    },
    Examination("whiteAutoencoder") { student, draw in
      for (N, D, rank) in [(9, 5, 5), (5, 8, 5), (7, 6, 3)] {
        // Singular values near to each other, so that a detour by XᵀX is accurate enough.
        let (U, V) = (QR(draw.matrix(N, rank, in: -1..<2)).Q, QR(draw.matrix(D, rank, in: -1..<2)).Q)
        let X = U * .diagonal(draw.numbers(rank, in: 0.5..<4)) * V.T
        for k in [1, draw.integer(in: 2...rank - 1), rank] {
          let (W, Wˢ): (Matrix<Double>, Matrix<Double>) = try student(X, k)
          let network = "for a \(N) × \(D) batch, k = \(k)"
          try expect("W \(network)", W, hasRows: k, columns: D)
          try expect("W* \(network)", Wˢ, hasRows: D, columns: k)
          let H = X * W.T
          // No pair has less, and only the best ones have as little.
          try expect(
            "½ ‖X − X̂‖² \(network)", 0.5 * (X - H * Wˢ.T).squaredNorm,
            equals: 0.5 * SymmetricEigen(X.T * X).values.dropFirst(k).sum())
          try expect("HᵀH / N \(network)", H.T * H / Double(N), equals: .identity(k))
        }
      }
    },
    Examination("farthestDirection") { student, draw in
      for (D, p, q) in [(4, 1, 1), (5, 2, 2), (6, 2, 3), (7, 3, 3), (5, 1, 3)] {
        // Columns with something in common and of different lengths.
        let (A, B) = (draw.basis(D, p), draw.basis(D, q))
        let v: [Double] = try student(A, B)
        let bases = "for bases of \(D) × \(p) and \(D) × \(q)"
        guard v.count == D else { throw Finding("v \(bases)", expected: "\(D) numbers", got: "\(v.count)") }
        try expect("‖v‖ \(bases)", norm(v), equals: 1)
        try expect("the distance of v from the column space of A \(bases)", distance(v, from: A), equals: 0)
        let largest = principalAngles(between: A, and: B).greatest()
        try expect(
          "the distance of v from the column space of B \(bases)", distance(v, from: B), equals: Double.sin(largest))
      }
    },
    Examination("criticalPoint") { student, draw in
      for (shape, D, sets, k) in [
        (Spectrum.distinct, 5, [[0, 1], [3, 4], [1, 3], [0, 4]], 2), (.distinct, 6, [[], [0], [2], [1, 4]], 3),
        (.tied, 5, [[0, 2], [1, 3], [2, 3]], 2), (.deficient, 6, [[0], [1, 3], [2, 4], []], 3),
        (.distinct, 4, [[0], [2], []], 1),
      ] {
        let λ = shape.eigenvalues(D, using: &draw)
        for chosen in sets + [draw.permutation(D).prefix(draw.integer(in: 1...k)).sorted()] {
          let (loss, down): (Double, Int) = try student(λ, chosen, k)
          let point = "at \(chosen) with λ = \(λ) and k = \(k)"
          let held = LinearPair(λ: λ, chosen: chosen, k: k)
          try expect("the loss \(point)", loss, equals: held.loss(held.weights))
          try expect("the number of ways down \(point)", down, equals: held.negativeCurvatures)
        }
      }
    },
  ]
}

extension Draw {
  /// A basis whose columns have a direction in common, and different lengths.
  fileprivate mutating func basis(_ rows: Int, _ columns: Int) -> Matrix<Double> {
    let lengths = numbers(columns, in: 0.5..<4)
    return (matrix(rows, columns).map { $0 + 0.7 }) * .diagonal(lengths)
  }
}

/// The distance of `v` from the column space of `A`.
private func distance(_ v: [Double], from A: Matrix<Double>) -> Double {
  norm(zip(v, A * (A.pseudoInverse() * v)).map { $0 - $1 })
}

/// Eigenvalues of which some are equal, or 0, or neither.
private enum Spectrum {
  case distinct, tied, deficient

  /// Multiples of ¼ in descending order; those numbered 1 and 2 are tied, the last two are 0 if deficient.
  func eigenvalues(_ D: Int, using draw: inout Draw) -> [Double] {
    var λ = Array(repeating: 0.0, count: D)
    for i in (0..<D).reversed() {
      let next = i + 1 < D ? λ[i + 1] : 0
      let isFlat = self == .tied && i == 1 || self == .deficient && i >= D - 2
      λ[i] = next + (isFlat ? 0 : 0.25 * Double(draw.integer(in: 1...4)))
    }
    return λ
  }
}

/// The loss of a linear autoencoder as a function of its weights, in the basis of the eigenvectors.
private struct LinearPair {
  let λ: [Double]
  let k: Int
  /// W* and Wᵀ, one after the other, row by row, at the critical point.
  let weights: [Double]

  init(λ: [Double], chosen: [Int], k: Int) {
    (self.λ, self.k) = (λ, k)
    let held = Matrix(rows: λ.count, columns: k) { i, j in j < chosen.count && chosen[j] == i ? 1 : 0 }
    weights = held.elements + held.elements
  }

  /// ½ tr (I − W*W) C (I − W*W)ᵀ
  func loss(_ θ: [Double]) -> Double {
    let D = λ.count
    var loss = 0.0
    for i in 0..<D {
      for m in 0..<D {
        let product = (0..<k).reduce(0) { $0 + θ[i * k + $1] * θ[(D + m) * k + $1] }
        let rest = (i == m ? 1 : 0) - product
        loss += 0.5 * λ[m] * rest * rest
      }
    }
    return loss
  }

  /// How many eigenvalues of the Hessian, taken from second differences, are negative. As the λ are multiples of ¼, not
  /// above 6, these are below −0.1.
  var negativeCurvatures: Int {
    let step = 0x1p-10
    func loss(_ i: Int, _ p: Double, _ j: Int, _ q: Double) -> Double {
      var θ = weights
      θ[i] += p * step
      θ[j] += q * step
      return self.loss(θ)
    }
    var hessian = Matrix<Double>(rows: weights.count, columns: weights.count)
    for i in weights.indices {
      for j in 0...i {
        let second = loss(i, 1, j, 1) - loss(i, 1, j, -1) - loss(i, -1, j, 1) + loss(i, -1, j, -1)
        hessian[i, j] = second / (4 * step * step)
        hessian[j, i] = hessian[i, j]
      }
    }
    return SymmetricEigen(hessian).values.count { $0 < -0.01 }
  }
}
