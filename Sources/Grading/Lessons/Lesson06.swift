import LinearAlgebra

extension Examination {
  /// 06 · The contractive autoencoder's Jacobian.
  static let lesson06 = [
    Examination("contractivePenalty") { student, draw in
      for (N, D, K) in [(7, 3, 5), (4, 6, 2), (1, 5, 3), (6, 1, 4), (5, 4, 1), (3, 3, 3)] {
        let (X, W, b) = (draw.matrix(N, D), draw.matrix(K, D), draw.normals(K))
        let penalty: Double = try student(X, W, b)
        let expected = mean((0..<N).map { n in jacobian(at: X.row(n)) { sigmoidLayer($0, W, b) }.squaredNorm })
        try expect("the penalty of \(N) examples, W being \(K) × \(D)", penalty, equals: expected)
      }
    },
    Examination("twoLayerJacobian") { student, draw in
      for (D, M, K) in [(5, 4, 3), (3, 4, 5), (4, 2, 4), (1, 3, 2), (3, 1, 2), (4, 3, 1), (3, 3, 3)] {
        let (x, W₁, b₁) = (draw.normals(D), draw.matrix(M, D), draw.normals(M))
        let (W₂, b₂) = (draw.matrix(K, M), draw.normals(K))
        let J: Matrix<Double> = try student(x, W₁, b₁, W₂, b₂)
        let expected = jacobian(at: x) { x in
          // tanh a = 2 sigmoid(2a) − 1
          let z = sigmoidLayer(x, 2 * W₁, b₁.map { 2 * $0 }).map { 2 * $0 - 1 }
          return sigmoidLayer(z, W₂, b₂)
        }
        try expect("J of layers with \(D), \(M) and \(K) units", J, equals: expected)
      }
    },
    Examination("contractiveGradient") { student, draw in
      for (N, D, K) in [(7, 3, 5), (4, 6, 2), (1, 5, 3), (6, 1, 4), (5, 4, 1), (3, 3, 3)] {
        let (X, W, b) = (draw.matrix(N, D), draw.matrix(K, D), draw.normals(K))
        let (gradientW, gradientB): (Matrix<Double>, [Double]) = try student(X, W, b)
        let expectedW = Matrix(rows: K, columns: D) { j, i in penaltySlope(X, W, b, j, i) }
        let shapes = "for \(N) examples, W being \(K) × \(D)"
        try expect("∂Ω/∂W \(shapes)", gradientW, equals: expectedW)
        try expect("∂Ω/∂b \(shapes)", gradientB, equals: (0..<K).map { penaltySlope(X, W, b, $0, nil) })
      }
    },
    Examination("sensitivityRatio") { student, draw in
      for (N, D, K) in [(7, 3, 5), (4, 6, 2), (1, 5, 3), (5, 4, 1), (6, 3, 3)] {
        let (X, W, b) = (draw.matrix(N, D), draw.matrix(K, D), draw.normals(K))
        let (u, v) = (draw.direction(D), draw.direction(D))
        let sensitivities = [u, v].map { direction in
          (0..<N).map { n in
            let moving = zip(X.row(n), direction).map { Dual($0, derivative: $1) }
            return norm(sigmoidLayer(moving, W, b).map(\.derivative))
          }.sum()
        }
        let ratio: Double = try student(X, W, b, u, v)
        let expected = sensitivities[0] / sensitivities[1]
        try expect("the ratio for \(N) examples, W being \(K) × \(D)", ratio, equals: expected)
      }
    },
    Examination("noiseCost") { student, draw in
      for (D, K) in [(3, 5), (5, 2), (1, 4), (4, 1), (3, 3)] {
        let (x, W, b, c) = (draw.normals(D), draw.matrix(K, D), draw.normals(K), draw.normals(D))
        let κ: Double = try student(x, W, b, c)
        // Half the Laplacian of ‖r(y) − x‖² at y = x: exact first derivatives, and differences of these that leave
        // an error of some 10⁻¹¹.
        let ε = 0x1p-11
        let curvatures = (0..<D).map { k in
          let slopes = [-2, -1, 1, 2].map { errorSlope(at: x, W, b, c, component: k, moved: $0 * ε) }
          return (slopes[0] - 8 * slopes[1] + 8 * slopes[2] - slopes[3]) / (12 * ε)
        }
        try expect("κ for W being \(K) × \(D)", κ, equals: curvatures.sum() / 2, within: 1e-9)
      }
    },
  ]
}

extension Draw {
  /// A random direction, of length 1.
  fileprivate mutating func direction(_ count: Int) -> [Double] {
    let x = normals(count)
    return x.map { $0 / norm(x) }
  }
}

/// 1 / (1 + e^{−a}) with a = Wx + b.
private func sigmoidLayer(_ x: [Dual<Double>], _ W: Matrix<Double>, _ b: [Double]) -> [Dual<Double>] {
  b.indices.map { j in
    let a = x.indices.reduce(Dual(b[j])) { $0 + Dual(W[j, $1]) * x[$1] }
    return 1 / (1 + .exp(-a))
  }
}

/// ∂f/∂x by dual numbers, a row for each result.
private func jacobian(at x: [Double], of f: ([Dual<Double>]) -> [Dual<Double>]) -> Matrix<Double> {
  let columns = x.indices.map { k in
    f(x.indices.map { Dual(x[$0], derivative: $0 == k ? 1 : 0) }).map(\.derivative)
  }
  return Matrix(rows: columns[0].count, columns: x.count) { j, i in columns[i][j] }
}

/// The derivative of the contractive penalty in W_ji, or in b_j if i is nil: dual numbers in the entries of J.
private func penaltySlope(
  _ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double], _ moved: Int, _ column: Int?
) -> Double {
  var sum: Dual<Double> = 0
  for n in 0..<X.rows {
    for j in 0..<W.rows {
      let w = (0..<W.columns).map { i in Dual(W[j, i], derivative: j == moved && i == column ? 1 : 0) }
      let bias = Dual(b[j], derivative: j == moved && column == nil ? 1 : 0)
      let e = Dual.exp(-w.indices.reduce(bias) { $0 + w[$1] * Dual(X[n, $1]) })
      for weight in w {
        let entry = e / ((1 + e) * (1 + e)) * weight
        sum += entry * entry
      }
    }
  }
  return sum.derivative / Double(X.rows)
}

/// The derivative of ‖r(y) − x‖² in component k of y, where y is x with that component moved.
private func errorSlope(
  at x: [Double], _ W: Matrix<Double>, _ b: [Double], _ c: [Double], component k: Int, moved: Double
) -> Double {
  let y = x.indices.map { i in i == k ? Dual(x[i] + moved, derivative: 1) : Dual(x[i]) }
  let h = sigmoidLayer(y, W, b)
  return x.indices.reduce(Dual<Double>(0)) { sum, i in
    let error = h.indices.reduce(Dual(c[i] - x[i])) { $0 + Dual(W[$1, i]) * h[$1] }
    return sum + error * error
  }.derivative
}
