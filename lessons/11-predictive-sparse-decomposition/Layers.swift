import Autoencoders
import LinearAlgebra
import Notebook

/// A network of ten units of a dictionary, three layers that are not steps of ISTA.
func smallNetwork(_ W: Matrix<Double>, λ: Double, layers: Int) -> Encoder {
  lesson.attempt {
    let few = W[columns: 0..<10]
    var f = try LearnedISTA(unrolling: few, λ: λ, layers: layers)
    f.M = 0.7 * f.M
    return f
  }
}

/// The gradient of ½ ‖h‖², averaged over images, in the matrix M of three layers.
func deriveLayers(_ f: Encoder, _ X: Matrix<Double>, line: Int = #line) {
  let N = Double(X.rows)
  func pass(_ M: Matrix<Double>) -> [Matrix<Double>] {
    var all: [Matrix<Double>] = []
    for l in 0..<3 {
      let input = l == 0 ? X * f.W.T : X * f.W.T + all[l - 1] * M.T
      all.append(
        Matrix(rows: X.rows, columns: f.units) { softThreshold(input[$0, $1], f.t[$1]) })
    }
    return all
  }
  let H = pass(f.M)
  func on(_ H: Matrix<Double>) -> Matrix<Double> { H.map { $0 == 0 ? 0 : 1 } }
  let δ₃ = (H[2] / N) ⊙ on(H[2])
  let δ₂ = (δ₃ * f.M) ⊙ on(H[1])
  let ε = 0x1p-20
  func value(_ i: Int, _ j: Int, _ step: Double) -> Double {
    var M = f.M
    M[i, j] += step
    return pass(M)[2].squaredNorm / (2 * N)
  }
  let K = f.units
  let byDifferences = Matrix(
    rows: K, columns: K,
    elements: (0..<K * K).map {
      (value($0 / K, $0 % K, ε) - value($0 / K, $0 % K, -ε)) / (2 * ε)
    })
  lesson.derive("The gradient in $M$ of three layers", within: 1e-11, line: line) { proof in
    proof.start(
      #"\frac{\partial}{\partial M_{ij}} \frac1{2N} \sum_n \lVert h^{(3)}_n \rVert^2 \text{ by "#
        + #"differences}"#,
      byDifferences)
    proof.equals(
      #"\sum_n \bigl( \delta^{(3)}_n h^{(2) \top}_n + \delta^{(2)}_n h^{(1) \top}_n \bigr)_{ij}"#,
      because:
        #"the chain rule: $\delta^{(3)} = \frac1N h^{(3)} \odot [h^{(3)} \ne 0]$, $\delta^{(2)} "#
        + #"= M^\top \delta^{(3)} \odot [h^{(2)} \ne 0]$, and $M$ occurs in both layers"#,
      δ₃.T * H[1] + δ₂.T * H[0], within: 1e-6)
  }
}

/// The worst relative error of the library's gradients in all parameters.
func worstGradient(
  _ f: Encoder, _ X: Matrix<Double>, _ W: Matrix<Double>, λ: Double
) -> Double {
  lesson.attempt {
    let few = W[columns: 0..<f.units]
    let codes = try ISTA(λ: λ).encode(X, decoder: decoder(few)).H
    return try [
      LearnedISTAObjective<Double>.Goal.codes(codes), .energy(dictionary: few, λ: λ),
    ].map { goal in
      gradientCheck(try LearnedISTAObjective(f, data: X, goal: goal), step: 0x1p-20).worstError
    }.greatest()
  }
}
