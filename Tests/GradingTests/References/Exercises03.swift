// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

func compressionRatio(
  images N: Int, pixels D: Int, bitsPerPixel p: Int, units k: Int, bitsPerUnit b: Int
) throws -> Double {
  let decoder = 32 * (D * k + D)
  return Double(N * D * p) / Double(N * k * b + decoder)
}

func copyingWeights(inputs D: Int, units K: Int) throws -> (W: Matrix<Double>, Wˢ: Matrix<Double>) {
  let W = Matrix<Double>(rows: K, columns: D) { j, i in j % D == i ? 1 : 0 }
  let copies = W.columnSums
  return (W, Matrix(rows: D, columns: K) { i, j in W[j, i] / copies[i] })
}

func cosineBasis(_ n: Int) throws -> Matrix<Double> {
  Matrix(rows: n, columns: n) { u, x in
    let length = (Double(n) / (u == 0 ? 1 : 2)).squareRoot()
    return .cos(.pi * Double(u) * (Double(x) + 0.5) / Double(n)) / length
  }
}

func memorisingWeights(_ X: Matrix<Double>, codes t: [Double]) throws -> Matrix<Double> {
  let slopes = Matrix(rows: X.rows - 1, columns: X.columns) { j, i in (X[j + 1, i] - X[j, i]) / (t[j + 1] - t[j]) }
  return Matrix(rows: slopes.rows, columns: slopes.columns) { j, i in
    j == 0 ? slopes[0, i] : slopes[j, i] - slopes[j - 1, i]
  }
}

func lowestFrequencies(of image: Matrix<Double>, keeping k: Int) throws -> Matrix<Double> {
  let (P, Q) = (try cosineBasis(image.rows), try cosineBasis(image.columns))
  let C = P * image * Q.T
  let order = (0..<C.rows).flatMap { v in (0..<C.columns).map { u in (u: u, v: v) } }
    .sorted { ($0.u + $0.v, $0.v) < ($1.u + $1.v, $1.v) }
  var kept = Matrix<Double>(rows: C.rows, columns: C.columns)
  for (u, v) in order.prefix(k) { kept[v, u] = C[v, u] }
  return P.T * kept * Q
}
