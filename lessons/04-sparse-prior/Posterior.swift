import Autoencoders
import LinearAlgebra

/// A generative model with two hidden units: p(h) = Π λ/2 e^{−λ|h_i|} and p(x|h) = N(x; W*h,
/// σ²I), x of two components.
struct Toy {
  let W: Matrix<Double>
  let σ: Double
  let λ: Double

  /// −log of p(h).
  func surpriseOfCode(_ h: [Double]) -> Double {
    h.map { λ * abs($0) - Double.log(λ / 2) }.sum()
  }

  /// p(x|h).
  func likelihood(_ x: [Double], _ h: [Double]) -> Double {
    Double.exp(-squaredDistance(x, h) / (2 * σ * σ)) / (2 * .pi * σ * σ)
  }

  /// ‖x − W*h‖².
  func squaredDistance(_ x: [Double], _ h: [Double]) -> Double {
    let r₁ = x[0] - W[0, 0] * h[0] - W[0, 1] * h[1]
    let r₂ = x[1] - W[1, 0] * h[0] - W[1, 1] * h[1]
    return r₁ * r₁ + r₂ * r₂
  }

  /// F(h) = ½ ‖x − W*h‖² + σ²λ ‖h‖₁.
  func F(_ x: [Double], _ h: [Double]) -> Double {
    squaredDistance(x, h) / 2 + σ * σ * λ * (abs(h[0]) + abs(h[1]))
  }

  /// N examples of the model: a code h, then x.
  func examples(_ N: Int, using random: inout RandomStream) -> Matrix<Double> {
    var rows: [Double] = []
    for _ in 0..<N {
      let h = [code(&random), code(&random)]
      for i in 0..<2 { rows.append(W[i, 0] * h[0] + W[i, 1] * h[1] + σ * random.normal()) }
    }
    return Matrix(rows: N, columns: 2, elements: rows)
  }

  /// h ~ λ/2 e^{−λ|h|}: a sign and an exponential magnitude −log(1 − u) ∕ λ.
  func code(_ random: inout RandomStream) -> Double {
    let magnitude = -Double.log(1 - random.uniform()) / λ
    return random.uniform() < 0.5 ? magnitude : -magnitude
  }

  /// The least F on a grid of 401 × 401 codes in [−4, 4]², then on ever finer ones around the
  /// best: F is convex, so the minimum cannot hide elsewhere.
  func bruteForce(_ x: [Double]) -> [Double] {
    var (best, step) = ([0.0, 0.0], 0.02)
    for _ in 0..<5 {
      let centre = best
      for i in -200...200 {
        for j in -200...200 {
          let h = [centre[0] + Double(i) * step, centre[1] + Double(j) * step]
          if F(x, h) < F(x, best) { best = h }
        }
      }
      step /= 20
    }
    return best
  }

  /// The closed curve on which F = `level`, seen from `centre`, where F is lower: F is convex,
  /// so each ray meets it once.
  func contour(_ x: [Double], around centre: [Double], level: Double) -> [[Double]] {
    (0...180).map { step in
      let angle = 2 * Double.pi * Double(step) / 180
      let ray = [Double.cos(angle), Double.sin(angle)]
      func point(_ r: Double) -> [Double] { [centre[0] + r * ray[0], centre[1] + r * ray[1]] }
      var (inside, outside) = (0.0, 100.0)
      for _ in 0..<50 {
        let r = (inside + outside) / 2
        if F(x, point(r)) < level { inside = r } else { outside = r }
      }
      return point(inside)
    }
  }
}

/// The integral over all codes, for decoders α·W* of several scales α: log p_α(x) = log ∫ p(h)
/// N(x; α W*h, σ²I) dh.
///
/// With z = α h it is ∫ N(x; W*z, σ²I) Π λ/2α e^{−λ|z_i|/α} dz: the first factor is the same for
/// every scale. The trapezoidal rule on `cells` × `cells` cells of [−R, R]², with nodes on the
/// kinks z_i = 0.
func logEvidence(_ toy: Toy, _ x: [Double], scales: [Double], R: Double = 14, cells: Int = 280)
  -> [Double]
{
  let step = 2 * R / Double(cells)
  let nodes = (0...cells).map { -R + Double($0) * step }
  let gauss = Matrix(rows: nodes.count, columns: nodes.count) { i, j in
    toy.likelihood(x, [nodes[i], nodes[j]])
  }
  return scales.map { α in
    let prior = nodes.map { toy.λ / (2 * α) * Double.exp(-toy.λ * abs($0) / α) }
    return Double.log(
      step * step * (0..<nodes.count).map { prior[$0] * dot(gauss.row($0), prior) }.sum())
  }
}

/// The mean over examples of max_h log p_α(x, h), for the decoder α·W*.
///
/// With z = α h it is the decoder W* and the rate λ/α, but for the constant 2 log(λ/2), which is
/// that of p(h).
func logJoint(_ toy: Toy, _ X: Matrix<Double>, scale α: Double) -> Double {
  let decoder = Stack([Dense(W: toy.W, activation: .identity)])
  let F = lesson.attempt { try ISTA(λ: toy.σ * toy.σ * toy.λ / α).encode(X, decoder: decoder) }
    .objective
  return -F / (toy.σ * toy.σ) - .log(2 * .pi * toy.σ * toy.σ) + 2 * .log(toy.λ / 2)
}
