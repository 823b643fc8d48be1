// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

func proximalStep(
  from H: Matrix<Double>, data X: Matrix<Double>, dictionary Wˢ: Matrix<Double>,
  predictions P: Matrix<Double>, λ: Double, γ: Double, L: Double
) throws -> Matrix<Double> {
  let M = (L * H - (H * Wˢ.T - X) * Wˢ + γ * P) / (L + γ)
  return M.map { shrunk($0, λ / (L + γ)) }
}

func sweptColumns(
  of Wˢ: Matrix<Double>, codes H: Matrix<Double>, data X: Matrix<Double>
) throws -> Matrix<Double> {
  var W = Wˢ
  for l in 0..<W.columns {
    let h = H.column(l)
    guard dot(h, h) > 0 else { continue }
    // Rᵀh, the column's own share put back
    let direction = (X - H * W.T).T * h .+ dot(h, h) .* W.column(l)
    let length = norm(direction)
    for i in 0..<W.rows { W[i, l] = direction[i] / length }
  }
  return W
}

func acceleratedCodes(
  of X: Matrix<Double>, dictionary Wˢ: Matrix<Double>, λ: Double, L: Double, count: Int
) throws -> Matrix<Double> {
  var H = Matrix<Double>(rows: X.rows, columns: Wˢ.columns)
  var (Y, τ) = (H, 1.0)
  for _ in 0..<count {
    let next = (Y - (1 / L) * ((Y * Wˢ.T - X) * Wˢ)).map { shrunk($0, λ / L) }
    let τ⁺ = (1 + (1 + 4 * τ * τ).squareRoot()) / 2
    Y = next + ((τ - 1) / τ⁺) * (next - H)
    (H, τ) = (next, τ⁺)
  }
  return H
}

func dualityGap(
  of h: [Double], image x: [Double], dictionary Wˢ: Matrix<Double>, λ: Double
) throws -> Double {
  let r = x .- Wˢ * h
  let loudest = (Wˢ.T * r).map(abs).greatest()
  let s = loudest > λ ? λ / loudest : 1
  return dot(r, r) / 2 + λ * h.map(abs).sum() - (s * dot(r, x) - s * s / 2 * dot(r, r))
}

private func shrunk(_ v: Double, _ t: Double) -> Double { v > t ? v - t : v < -t ? v + t : 0 }
