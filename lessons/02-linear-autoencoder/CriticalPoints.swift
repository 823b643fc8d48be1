import Autoencoders
import LinearAlgebra
import Notebook

// The critical points of a linear autoencoder without decay, and their curvature.

/// A kind of critical point: r of the k units hold the eigenvectors in `held`, counted from 0 and
/// in ascending order, the others are off.
struct CriticalKind {
  let held: [Int]
  let units: Int

  /// Σⱼ (iⱼ − j) + (k − r)(D − r).
  func index(_ D: Int) -> Int {
    held.enumerated().map { $1 - $0 }.reduce(0, +) + (units - held.count) * (D - held.count)
  }

  /// r² + 2 r (k − r).
  var flat: Int { held.count * held.count + 2 * held.count * (units - held.count) }

  /// All of them, for D inputs.
  static func all(inputs D: Int, units k: Int) -> [CriticalKind] {
    (0..<1 << D).map { bits in (0..<D).filter { bits >> $0 & 1 == 1 } }
      .filter { $0.count <= k }
      .sorted { ($0.count, $0.description) < ($1.count, $1.description) }
      .map { CriticalKind(held: $0, units: k) }
  }
}

/// One point of a kind, mixed at random, and what the library measures there.
struct CriticalPoint {
  let kind: CriticalKind
  let loss: Double
  let steepest: Double
  let down: Int
  let flat: Int
}

/// W* = V_S M and W = M⁻ V_Sᵀ for orthonormal `axes` V, with a random M and a right inverse of
/// it.
func randomCriticalPoint(
  _ kind: CriticalKind, axes: Matrix<Double>, using random: inout RandomStream
) -> (W: Matrix<Double>, decoder: Matrix<Double>) {
  let (r, k) = (kind.held.count, kind.units)
  let V = Matrix(rows: axes.rows, columns: k) { i, j in j < r ? axes[i, kind.held[j]] : 0 }
  // Within a factor of e of a rotation, so that the curvatures stay away from 0.
  let mixing =
    QR(Matrix<Double>.normal(rows: k, columns: k, using: &random)).Q
    * .diagonal((0..<k).map { _ in Double.exp(random.uniform() - 0.5) })
  let unmixing = lesson.attempt { try mixing.inverse() }
  return (unmixing * V.T, V * mixing)
}

/// Looks at a random point of each kind.
func criticalPoints(
  _ kinds: [CriticalKind], axes: Matrix<Double>, data: Matrix<Double>,
  using random: inout RandomStream
) -> [CriticalPoint] {
  kinds.map { kind in
    let (W, decoder) = randomCriticalPoint(kind, axes: axes, using: &random)
    return lesson.attempt {
      let objective = try Objective(linear(W, decoder), data: data, loss: .gaussian)
      let curvature = SymmetricEigen(hessian(objective)).values
      return CriticalPoint(
        kind: kind, loss: objective.value(),
        steepest: objective.gradient().map(abs).greatest(),
        down: curvature.count { $0 < -1e-6 }, flat: curvature.count { abs($0) <= 1e-6 })
    }
  }
}

/// The second-order term of the loss at a critical point in its simplest form, W* = (V_S, 0) and
/// W = (V_S, 0)ᵀ, along (E, E*), added up block by block. In the eigenbasis, with variances γ,
/// E* is D × k and E is k × D.
func blockSum(
  _ kind: CriticalKind, γ: [Double], _ E: Matrix<Double>, _ decoderE: Matrix<Double>
) -> Double {
  let (r, held) = (kind.held.count, kind.held)
  let missing = γ.indices.filter { !held.contains($0) }
  let turning = (0..<r).flatMap { j in
    missing.map { m in
      let (e, eStar) = (E[j, m], decoderE[m, j])
      return 0.5 * (γ[held[j]] * eStar * eStar + γ[m] * e * e - 2 * γ[m] * e * eStar)
    }
  }
  let mixing = (0..<r).flatMap { j in
    (0..<r).map { l in
      let both = decoderE[held[j], l] + E[j, held[l]]
      return 0.5 * γ[held[l]] * both * both
    }
  }
  let switching = (r..<kind.units).flatMap { j in
    missing.map { m in -γ[m] * E[j, m] * decoderE[m, j] }
  }
  return (turning + mixing + switching).sum()
}

/// The curvature at the point that holds the third of five eigenvectors, the columns of v, of the
/// covariance C of `data`, with the eigenvalues γ, along a random step.
func deriveCurvature(
  axes v: Matrix<Double>, _ C: Matrix<Double>, _ γ: [Double], data: Matrix<Double>,
  using random: inout RandomStream, line: Int = #line
) {
  lesson.derive(
    "The curvature at a critical point falls into blocks of two weights", line: line
  ) { proof in
    let kind = CriticalKind(held: [2], units: 2)
    let (E, eStar) = (
      Matrix<Double>.normal(rows: 2, columns: 5, using: &random),
      Matrix<Double>.normal(rows: 5, columns: 2, using: &random)
    )
    let V = Matrix(rows: 5, columns: 2) { i, j in j == 0 ? v[i, 2] : 0 }
    let L = [-2.0, -1, 0, 1, 2].map { t in
      loss(linear(V.T + t * (E * v.T), V + t * (v * eStar)), on: data)
    }
    let first = v * eStar * V.T + V * E * v.T
    let rest = C - V * V.T * C
    proof.start(
      #"\tfrac{1}{24} (16 L_1 + 16 L_{-1} - 30 L_0 - L_2 - L_{-2}), \; L_t = L(W + t E, W^* + t "#
        + #"E^*)"#,
      (16 * (L[1] + L[3]) - 30 * L[2] - L[0] - L[4]) / 24)
    proof.equals(
      #"\tfrac12 \operatorname{tr} (E^* W + W^* E) C (E^* W + W^* E)^\top "#
        + #"- \operatorname{tr} E^* E C (I - P)"#,
      because:
        #"$P$ becomes $P + t (E^* W + W^* E) + t^2 E^* E$; five values of a quartic give its "#
        + #"coefficient of $t^2$"#,
      0.5 * (first * C * first.T).trace - (v * eStar * E * v.T * rest).trace)
    proof.equals(
      #"\tfrac12 \sum_{j \le r, \, m \notin S} \bigl( \gamma_{i_j} e_{mj}^{*2} + \gamma_m "#
        + #"e_{jm}^2 - 2 \gamma_m e^*_{mj} e_{jm} \bigr) + \tfrac12 \sum_{j, l \le r} "#
        + #"\gamma_{i_l} (e^*_{i_j l} + e_{j "#
        + #"i_l})^2 - \sum_{j > r, \, m \notin S} \gamma_m e^*_{mj} e_{jm}"#,
      because: #"$W$ and $W^*$ hold unit vectors in this basis"#,
      blockSum(kind, γ: γ, E, eStar))
  }
}
