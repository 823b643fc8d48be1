// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

func tangentImage(_ image: Matrix<Double>) throws -> Matrix<Double> {
  let n = image.columns
  return image
    * Matrix(rows: n, columns: n) { q, p in
      (0..<(n - 1) / 2).map { j in
        let ω = 2 * Double.pi * Double(j + 1) / Double(n)
        return 2 * ω * Double.sin(ω * Double(p - q)) / Double(n)
      }.sum()
    }
}

func scaledCoordinates(squares: Matrix<Double>, dimensions d: Int) throws -> Matrix<Double> {
  let N = squares.rows
  let H = Matrix.identity(N) - Matrix(rows: N, columns: N, repeating: 1 / Double(N))
  let eigen = SymmetricEigen(-0.5 * (H * squares * H))
  return Matrix(rows: N, columns: d) { i, j in eigen.vectors[i, j] * max(0, eigen.values[j]).squareRoot() }
}

func pathLengths(points N: Int, ends: [[Int]], lengths: [Double], from start: Int) throws -> [Double] {
  var path = Matrix<Double>(rows: N, columns: N) { i, j in i == j ? 0 : .infinity }
  for (pair, length) in zip(ends, lengths) where length < path[pair[0], pair[1]] {
    path[pair[0], pair[1]] = length
    path[pair[1], pair[0]] = length
  }
  for p in 0..<N {
    for i in 0..<N { for j in 0..<N { path[i, j] = min(path[i, j], path[i, p] + path[p, j]) } }
  }
  return path.row(start)
}

func pancakeLogDensity(
  _ x: [Double], centre: [Double], V: Matrix<Double>, λ: [Double], σ: Double
) throws -> Double {
  let z = x .- centre
  let along = λ.isEmpty ? [] : V.T * z
  let square = dot(z, z) / (σ * σ) - zip(along, λ).map { $0 * $0 * (1 / (σ * σ) - 1 / ($1 + σ * σ)) }.sum()
  let D = Double(x.count)
  let determinant = (D - Double(λ.count)) * Double.log(σ * σ) + λ.map { Double.log($0 + σ * σ) }.sum()
  return -0.5 * (square + determinant + D * Double.log(2 * .pi))
}
