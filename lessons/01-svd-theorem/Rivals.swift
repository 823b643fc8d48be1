import LinearAlgebra

/// Rivals that were drawn at random, and how far they stay from the matrix.
struct RandomRivals {
  let kind: String
  /// ‖A − B‖²_F for each rival B.
  let distances: [Double]
}

/// `count` rivals of each of four kinds, all of the rank of `best`, the closest matrix to A
/// (D × D) of its rank.
func randomRivals(
  of A: Matrix<Double>, best: SVD<Double>, count: Int, using random: inout RandomStream
) -> [RandomRivals] {
  let (D, k) = (A.rows, best.σ.count)
  func draw(_ kind: String, _ rival: (inout RandomStream) -> Matrix<Double>) -> RandomRivals {
    RandomRivals(
      kind: kind, distances: (0..<count).map { _ in (A - rival(&random)).squaredNorm })
  }
  return [
    // Scaled as well as one number can scale them.
    draw("random factors") { random in
      let C: Matrix<Double> =
        .normal(rows: D, columns: k, using: &random)
        * .normal(rows: k, columns: D, using: &random)
      return dot(A, C) / C.squaredNorm * C
    },
    draw("random directions") { random in
      let Q = QR(Matrix<Double>.normal(rows: D, columns: k, using: &random)).Q
      return A * Q * Q.T
    },
    draw("own images") { random in
      let few = random.permutation(D)[..<k].flatMap { A.row($0) }
      let Q = QR(Matrix(rows: k, columns: D, elements: few).T).Q
      return A * Q * Q.T
    },
    draw("winner + noise") { random in
      let noise = 0.01 * random.uniform()
      let onG = Matrix<Double>.normal(rows: D, columns: k, using: &random)
      let onK = Matrix<Double>.normal(rows: D, columns: k, using: &random)
      let G = best.U * best.Σ + noise * best.σ[k - 1] * onG
      return G * (best.V + noise * onK).T
    },
  ]
}
