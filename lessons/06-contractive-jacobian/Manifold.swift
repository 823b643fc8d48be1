import Autoencoders
import LinearAlgebra
import Notebook

/// Points of a curved manifold of d dimensions among twelve: t ↦ Q (t, t²/2, 0, …) with t uniform
/// in [−1, 1]^d and a random orthogonal Q, and noise of 0.03 in every direction.
struct CurvedManifold {
  let d: Int
  let seed: UInt64
  let X: Matrix<Double>
  /// The directions in which the manifold runs at each point, 12 × d.
  let tangents: [Matrix<Double>]
  /// The directions of t and of t², 12 × 2d.
  let bends: Matrix<Double>

  init(d: Int, seed: UInt64) {
    var random = RandomStream(seed: seed, name: "manifold \(d)")
    let Q = QR(Matrix<Double>.normal(rows: 12, columns: 12, using: &random)).Q
    var (rows, tangents): ([Double], [Matrix<Double>]) = ([], [])
    for _ in 0..<150 {
      let t = (0..<d).map { _ in random.uniform(in: -1..<1) }
      var place = t + t.map { $0 * $0 / 2 } + [Double](repeating: 0, count: 12 - 2 * d)
      for i in 0..<12 { place[i] += 0.03 * random.normal() }
      rows += Q * place
      tangents.append(
        Q * Matrix(rows: 12, columns: d) { i, k in i == k ? 1 : i == d + k ? t[k] : 0 })
    }
    (self.d, self.seed, self.tangents) = (d, seed, tangents)
    bends = Q[columns: 0..<2 * d]
    X = Matrix(rows: 150, columns: 12, elements: rows)
  }

  /// What twenty tied units learn from so many starts, the lowest loss first.
  func spectra(λ: Double, starts: Int, iterations: Int) -> [Spectrum] {
    restarted(
      starts, inputs: 12, hidden: 20, λ: λ, on: X, seed: seed, iterations: iterations
    ).map { spectrum(of: $0) }
  }

  /// The mean singular values of the Jacobian over 40 points, and the mean over them of the
  /// smallest cosine between the span of its leading right singular vectors and a space.
  private func spectrum(of minimum: Minimum) -> Spectrum {
    let P = SVD(centred(X)).V[columns: 0..<d]
    let decompositions = (0..<40).map { SVD(minimum.network.encoder.jacobian(at: X.row($0))) }
    let cosine = { (basis: Matrix<Double>, n: Int) in
      let k = basis.columns
      return SVD(basis.T * decompositions[n].V[columns: 0..<k]).σ[k - 1]
    }
    return Spectrum(
      d: d, F: minimum.F, σ: (0..<12).map { k in mean(decompositions.map { $0.σ[k] }) },
      tangents: mean((0..<40).map { cosine(QR(tangents[$0]).Q, $0) }),
      components: mean((0..<40).map { cosine(P, $0) }),
      bends: mean((0..<40).map { cosine(bends, $0) }))
  }
}

/// Singular values of an encoder's Jacobian on a manifold, and where its directions point.
struct Spectrum {
  let d: Int
  let F: Double
  let σ: [Double]
  /// The smallest cosines: of d directions with the tangent space and with the d principal
  /// components, of 2d with the directions of t and t².
  let tangents: Double
  let components: Double
  let bends: Double
  /// σ_{d+1} / σ_d.
  var next: Double { σ[d] / σ[d - 1] }
}

/// Manifolds of one dimension, one for each seed, each with the minima of several starts.
struct ManifoldTrial {
  let d: Int
  let λ: Double
  /// For each seed the minima, the lowest first.
  let minima: [[Spectrum]]

  init(d: Int, λ: Double, seeds: [UInt64], starts: Int, iterations: Int = 400) {
    (self.d, self.λ) = (d, λ)
    minima = seeds.map { seed in
      lesson.progress(
        "manifold of \(d) dimensions", Double(seed - seeds[0]) / Double(seeds.count))
      return CurvedManifold(d: d, seed: seed)
        .spectra(λ: λ, starts: starts, iterations: iterations)
    }
  }

  var best: [Spectrum] { minima.map { $0[0] } }
  /// All minima, with their loss over the lowest of the same data.
  var all: [(excess: Double, next: Double)] {
    minima.flatMap { found in found.map { ($0.F / found[0].F, $0.next) } }
  }
  /// The minima with exactly d directions: σ_{d+1} below a hundredth of σ_d.
  var exact: [(excess: Double, next: Double)] { all.filter { $0.next < 0.01 } }

  /// A row of the table: means over the seeds, of the lowest minimum.
  func row() -> [Cell] {
    let means = (0..<7).map { k in mean(best.map { $0.σ[k] }) }
    let next = best.map(\.next)
    return [Cell(d), Cell(λ)] + means.map { Cell($0, significant: 2) } + [
      Cell(
        "\(Numeral.short(mean(next), significant: 2)) "
          + "(\(Numeral.short(next.least(), significant: 2)) to "
          + "\(Numeral.short(next.greatest(), significant: 2)))"),
      Cell(mean(best.map(\.tangents)), significant: 2),
      Cell(mean(best.map(\.components)), significant: 2),
    ]
  }
}
