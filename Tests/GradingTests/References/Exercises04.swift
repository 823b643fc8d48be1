// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

func softThreshold(_ values: [Double], by t: Double) throws -> [Double] {
  values.map { v in v > t ? v - t : v < -t ? v + t : 0 }
}

func sparsityPenalty(_ H: Matrix<Double>, target ρ: Double) throws -> Double {
  H.columnMeans.map { ρ̂ in ρ * .log(ρ / ρ̂) + (1 - ρ) * .log((1 - ρ) / (1 - ρ̂)) }.sum()
}

func populationAndLifetime(_ H: Matrix<Double>) throws -> (population: [Double], lifetime: [Double]) {
  func sparseness(_ r: [Double]) -> Double {
    let n = Double(r.count)
    let magnitude = mean(r.map(abs))
    return (1 - magnitude * magnitude / mean(r.map { $0 * $0 })) / (1 - 1 / n)
  }
  return ((0..<H.rows).map { sparseness(H.row($0)) }, (0..<H.columns).map { sparseness(H.column($0)) })
}

func sparseCodes(
  of X: Matrix<Double>, decoder Wˢ: Matrix<Double>, _ c: [Double], λ: Double, step η: Double, count: Int,
  from H: Matrix<Double>
) throws -> Matrix<Double> {
  var H = H
  for _ in 0..<count {
    var residual = H * Wˢ.T - X
    residual.addToEachRow(c)
    let V = H - η * (residual * Wˢ)
    H = Matrix(rows: V.rows, columns: V.columns, elements: try softThreshold(V.elements, by: η * λ))
  }
  return H
}

func sparsityGradient(_ A: Matrix<Double>, target ρ: Double) throws -> Matrix<Double> {
  // 1 − h is the sigmoid of −a; a difference from 1 would lose it where h is nearly 1.
  let (H, rest) = (A.map { .sigmoid($0) }, A.map { .sigmoid(-$0) })
  let slopes = zip(H.columnMeans, rest.columnMeans).map { ρ̂, rest in -ρ / ρ̂ + (1 - ρ) / rest }
  return Matrix(rows: A.rows, columns: A.columns) { n, l in slopes[l] * H[n, l] * rest[n, l] / Double(A.rows) }
}
