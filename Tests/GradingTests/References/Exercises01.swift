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

func bestApproximation(_ A: Matrix<Double>, rank k: Int) throws -> Matrix<Double> {
  SVD(A).truncated(to: k).product
}

func nearestOrthogonal(_ A: Matrix<Double>) throws -> Matrix<Double> {
  let svd = SVD(A)
  return svd.U * svd.V.T
}
