import Datasets
import LinearAlgebra

/// The thin SVD A = U Σ Vᵀ in Double.
///
/// A is normal, but for 1797 × 64, the centred digits, whose rank is less than 64. Beside the time: ‖A − UΣVᵀ‖ / ‖A‖, and
/// the larger of ‖UᵀU − I‖ and ‖VᵀV − I‖ (Frobenius norms).
struct W2SingularValues: Workload {
  static let name = "W2"
  let title = "thin singular value decompositions in Double"
  private let shapes: [(m: Int, n: Int)]

  init(quick: Bool) {
    shapes = quick ? [(64, 64), (1797, 64)] : [(64, 64), (300, 64), (1797, 64), (500, 500), (1797, 784)]
  }

  let settings: [String: Double] = [:]

  func arrays() -> [String: Array2D] {
    Dictionary(uniqueKeysWithValues: shapes.map { ("\($0.m)x\($0.n)", Array2D(matrix($0))) })
  }

  private func matrix(_ shape: (m: Int, n: Int)) -> Matrix<Double> {
    if shape == (1797, 64) {
      let X = LabelledImages.digits.scaled
      return X.subtractingFromEachRow(X.columnMeans)
    }
    var stream = RandomStream(seed: 2, name: "\(shape)")
    return .normal(rows: shape.m, columns: shape.n, using: &stream)
  }

  var cases: [Case] {
    shapes.map { shape in
      let A = matrix(shape)
      return Case(
        name: "\(shape.m)×\(shape.n)", metric: "time", quantity: .milliseconds,
        peers: ["scipy", "scipy-avx512", "torch", "jax"],
        parameters: ["m": Double(shape.m), "n": Double(shape.n)],
        results: [
          Case.Result(name: "residual", unit: ""), Case.Result(name: "orthogonality", unit: ""),
        ],
        work: .short {
          SVD(A)
        } results: { svd in
          let identity = Matrix<Double>.identity(shape.n)
          let (U, V) = ((svd.U.T * svd.U - identity).norm, (svd.V.T * svd.V - identity).norm)
          return ["residual": (A - svd.product).norm / A.norm, "orthogonality": max(U, V)]
        })
    }
  }
}
