import Autoencoders
import LinearAlgebra
import Notebook

// Codes for a linear decoder: how good they are, and how good any could be.

/// The sparse objective of one image x, a row, for a decoder without biases.
struct SparseCoding {
  let x: Matrix<Double>
  let W: Matrix<Double>
  let λ: Double
  /// The largest eigenvalue of W*ᵀW*.
  let L: Double

  init(of x: Matrix<Double>, by W: Matrix<Double>, λ: Double) {
    (self.x, self.W, self.λ) = (x, W, λ)
    let σ₁ = SVD(W).σ[0]
    L = σ₁ * σ₁
  }

  /// W*h.
  func image(of h: Matrix<Double>) -> Matrix<Double> { h * W.T }
  /// ½ ‖x − W*h‖² and its gradient.
  func f(_ h: Matrix<Double>) -> Double { (x - image(of: h)).squaredNorm / 2 }
  func gradient(at h: Matrix<Double>) -> Matrix<Double> { (image(of: h) - x) * W }
  /// f(h) + λ ‖h‖₁.
  func F(_ h: Matrix<Double>) -> Double { f(h) + λ * h.map(abs).sum }
}

/// What there is to say of codes H for images X less the decoder's bias. All are means over the
/// images.
struct Codes {
  /// F = ½ ‖x − x̂‖² + λ ‖h‖₁, and its two terms, the second without λ.
  let F: Double
  let error: Double
  let length: Double
  /// By how much F exceeds the least possible value at most.
  let excess: Double
  /// The shares of entries that are nearly zero, and below zero.
  let small: Double
  let negative: Double

  init(_ H: Matrix<Double>, of X: Matrix<Double>, _ W: Matrix<Double>, λ: Double) {
    let (N, entries) = (Double(X.rows), Double(H.rows * H.columns))
    (error, length) = ((H * W.T - X).squaredNorm / 2 / N, H.map(abs).sum / N)
    F = error + λ * length
    excess = distanceFromBest(of: H, for: X, W, λ: λ)
    small = Double(H.elements.count { abs($0) < 0.01 }) / entries
    negative = Double(H.elements.count { $0 < 0 }) / entries
  }

  static let columns = [
    "code", "$F$", #"$\frac12 \lVert x - \hat x \rVert^2$"#, #"$\lVert h \rVert_1$"#,
    #"$\lvert h_l \rvert < 0.01$"#, "negative",
  ]

  /// What several networks' codes of one kind have in common: means, F with its standard error.
  static func row(_ name: String, _ codes: [Codes]) -> [Cell] {
    [
      Cell(name), Cell(spread(codes.map(\.F))), Cell(mean(codes.map(\.error))),
      Cell(mean(codes.map(\.length))), .percent(mean(codes.map(\.small))),
      .percent(mean(codes.map(\.negative))),
    ]
  }
}

/// Codes of images for a trained network's decoder: the encoder's, the best with entries from 0
/// to 1, those of 400 steps of ISTA, and the best.
func fourCodes(of images: Matrix<Double>, _ network: Network, λ: Double) -> [Codes] {
  let (W, centred) = (network.decoder.W, images.subtractingFromEachRow(network.decoder.b))
  let steps = lesson.attempt {
    try ISTA(λ: λ, maxIterations: 400).encode(images, decoder: network.decoder)
  }
  return [
    network.encode(images), bestCodes(for: centred, W, λ: λ, in: 0...1), steps.H,
    bestCodes(for: centred, W, λ: λ),
  ].map { Codes($0, of: centred, W, λ: λ) }
}

/// The residuals θ = x − W*h, each shortened until |w*_l·θ| ≤ λ for all units l.
func witness(of H: Matrix<Double>, for X: Matrix<Double>, _ W: Matrix<Double>, λ: Double)
  -> Matrix<Double>
{
  let θ = X - H * W.T
  let answers = θ * W
  return Matrix.diagonal(
    (0..<X.rows).map { n in min(1, λ / answers.row(n).map(abs).greatest()) }) * θ
}

/// The mean of F(h) less the bound from below θ·x − ½ ‖θ‖² that the witness of h gives: h is no
/// farther from the best.
func distanceFromBest(
  of H: Matrix<Double>, for X: Matrix<Double>, _ W: Matrix<Double>, λ: Double
) -> Double {
  let θ = witness(of: H, for: X, W, λ: λ)
  let F = (X - H * W.T).squaredNorm / 2 + λ * H.map(abs).sum
  return (F - dot(θ, X) + θ.squaredNorm / 2) / Double(X.rows)
}

/// The codes in a range that minimise ½ ‖x − W*h‖² + λ ‖h‖₁, one row for each row of X, by
/// coordinate descent: one unit after the other takes the value that is best for it alone, until
/// a round changes none by more than 10⁻⁹.
///
/// With g = W*ᵀ(x − W*h) and v = ‖w*_l‖² h_l + g_l the best value is h_l = S_λ(v) ∕ ‖w*_l‖²,
/// moved into the range.
nonisolated func bestCodes(
  for X: Matrix<Double>, _ W: Matrix<Double>, λ: Double,
  in range: ClosedRange<Double> = -.greatestFiniteMagnitude ... .greatestFiniteMagnitude
) -> Matrix<Double> {
  let (N, K) = (X.rows, W.columns)
  let G = W.T * W
  var H = Matrix<Double>(rows: N, columns: K)
  var gradients = X * W
  H.withUnsafeMutableElements { H in
    gradients.withUnsafeMutableElements { gradients in
      G.withUnsafeElements { G in
        guard let G = G.baseAddress, let h₀ = H.baseAddress, let g₀ = gradients.baseAddress
        else { return }
        for n in 0..<N {
          let (h, g) = (h₀ + n * K, g₀ + n * K)
          var (round, largest) = (0, Double.infinity)
          while largest > 1e-9, round < 10_000 {
            (round, largest) = (round + 1, 0)
            for l in 0..<K {
              let (column, square) = (G + l * K, G[l * K + l])
              let free = softThreshold(square * h[l] + g[l], λ) / square
              let change = min(max(free, range.lowerBound), range.upperBound) - h[l]
              guard change != 0 else { continue }
              h[l] += change
              for k in 0..<K { g[k] -= change * column[k] }
              largest = max(largest, abs(change))
            }
          }
        }
      }
    }
  }
  return H
}

/// The h among 8,001 in [−4, 4] for which ½ (h − v)² + t |h| is least.
nonisolated func bestOfGrid(v: Double, t: Double) -> Double {
  var best = (h: 0.0, cost: v * v / 2)
  for i in -4000...4000 {
    let h = Double(i) / 1000
    let cost = (h - v) * (h - v) / 2 + t * abs(h)
    if cost < best.cost { best = (h, cost) }
  }
  return best.h
}
