import LinearAlgebra
import Notebook

/// The density p(x) = 1 + cos 2πx on [−½, ½], seen through noise of standard deviation σ, with
/// the score ψ of some model to try formulas on.
nonisolated struct NoisyBump {
  let σ: Double
  private let nodes = (0..<400).map { -0.5 + Double($0) / 400 }
  /// p(x) dx at the nodes.
  private let masses = (0..<400).map { (1 - Double.cos(2 * .pi * Double($0) / 400)) / 400 }
  /// Places of x̃, 1/200 apart.
  let line = (0..<1200).map { -3 + Double($0) / 200 }
  /// p_σ and (log p_σ)′ along the line.
  private(set) var density: [Double] = []
  private(set) var score: [Double] = []

  init(σ: Double) {
    self.σ = σ
    density = line.map { smeared($0) }
    score = line.map { x̃ in smeared(x̃) { ($0 - x̃) / (σ * σ) } } .* density.map { 1 / $0 }
  }

  /// ∫ p(x) N(x̃; x, σ²) f(x) dx; without f the density p_σ(x̃).
  func smeared(_ x̃: Double, _ f: (Double) -> Double = { _ in 1 }) -> Double {
    zip(nodes, masses).map { x, mass in
      mass * f(x) * Double.exp(-(x̃ - x) * (x̃ - x) / (2 * σ * σ)) / ((2 * .pi).squareRoot() * σ)
    }.sum()
  }

  /// The model's score along the line, and its derivative.
  var ψ: [Double] { line.map { -3 * Double.tanh(2 * $0) + 0.3 } }
  private var ψSlope: [Double] {
    line.map { -6 * (1 - Double.tanh(2 * $0) * Double.tanh(2 * $0)) }
  }

  /// E f over p_σ, for the values of f along the line.
  func expected(_ f: [Double]) -> Double { dot(density, f) / 200 }

  /// E f over p(x) and the noise; i is the place of x̃ on the line.
  func expectedOverPairs(_ f: (_ x: Double, _ i: Int) -> Double) -> Double {
    line.indices.map { i in smeared(line[i]) { x in f(x, i) } }.sum() / 200
  }

  /// Score matching without the score of the data.
  func byParts(_ proof: inout Proof) {
    let h = 1e-5
    let densitySlope = line.map { (smeared($0 + h) - smeared($0 - h)) / (2 * h) }
    proof.start(
      #"\operatorname{E}_{p_\sigma} \bigl( \psi - (\log p_\sigma)' \bigr)^2"#,
      expected((ψ .- score) .* (ψ .- score)))
    proof.equals(
      #"\operatorname{E}_{p_\sigma} \psi^2 - 2 \int p_\sigma \psi\, (\log p_\sigma)' "#
        + #"+ \operatorname{E}_{p_\sigma} \bigl( (\log p_\sigma)' \bigr)^2"#,
      because: "multiply out",
      expected(ψ .* ψ) - 2 * expected(ψ .* score) + expected(score .* score))
    proof.equals(
      #"\operatorname{E}_{p_\sigma} \psi^2 - 2 \int \psi\, p_\sigma' "#
        + #"+ \operatorname{E}_{p_\sigma} \bigl( (\log p_\sigma)' \bigr)^2"#,
      because: #"$p_\sigma (\log p_\sigma)' = p_\sigma'$"#,
      expected(ψ .* ψ) - 2 * dot(ψ, densitySlope) / 200 + expected(score .* score),
      within: 1e-8)
    proof.equals(
      #"\operatorname{E}_{p_\sigma} (\psi^2 + 2 \psi') "#
        + #"+ \operatorname{E}_{p_\sigma} \bigl( (\log p_\sigma)' \bigr)^2"#,
      because: "by parts; the last term does not depend on the model",
      expected(ψ .* ψ .+ 2 .* ψSlope) + expected(score .* score), within: 1e-8)
  }
}
