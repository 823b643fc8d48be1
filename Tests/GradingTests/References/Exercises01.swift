// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

func energyCaptured(_ σ: [Double], by k: Int) throws -> Double {
  let energies = σ.map { $0 * $0 }
  return energies.prefix(k).sum() / energies.sum()
}

func smallestRank(_ A: Matrix<Double>, error: Double) throws -> Int {
  let σ = SVD(A).σ
  return (0...σ.count).first { k in σ.dropFirst(k).reduce(0) { $0 + $1 * $1 } <= error * error } ?? σ.count
}

func balancedFactors(_ A: Matrix<Double>, rank k: Int) throws -> (L: Matrix<Double>, R: Matrix<Double>) {
  let svd = SVD(A).truncated(to: k)
  let root = Matrix.diagonal(svd.σ.map { $0.squareRoot() })
  return (svd.U * root, svd.V * root)
}

func missedDirection(_ A: Matrix<Double>, by B: Matrix<Double>, rank k: Int) throws -> [Double] {
  // k + 1 directions are too many for B: some combination of them is orthogonal to all of its columns.
  let U = SVD(A).U[columns: 0..<k + 1]
  return U * SVD(U.T * B).U.column(k)
}

func nearestOrthogonal(_ A: Matrix<Double>) throws -> Matrix<Double> {
  let svd = SVD(A)
  return svd.U * svd.V.T
}
