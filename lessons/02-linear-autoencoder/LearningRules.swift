import LinearAlgebra

/// Rules that change the weights after every single example.
enum LearningRule: String, CaseIterable {
  /// Δwⱼ = η hⱼ (x − Σₗ hₗ wₗ), over all units l.
  case oja = "Oja's rule, all units"
  /// Δwⱼ = η hⱼ (x − Σₗ hₗ wₗ), over the units l ≤ j.
  case sanger = "Sanger's rule"

  /// The transposed weights of k units, D × k, after `epochs` passes over the rows of `data` in
  /// random order, from random weights of length about ½. The step falls with the number t of
  /// examples seen as η = `rate` / (1 + 10 t / examples).
  func train(
    _ data: Matrix<Double>, units k: Int, rate: Double, epochs: Int, seed: UInt64
  ) -> Matrix<Double> {
    var random = RandomStream(seed: seed, name: "learning rules")
    let (N, D) = (data.rows, data.columns)
    // Row j are the weights of unit j.
    var W = Matrix<Double>.normal(rows: k, columns: D, using: &random)
    W *= 0.5 / Double(D).squareRoot()
    for epoch in 0..<epochs {
      for (step, n) in random.permutation(N).enumerated() {
        let seen = Double(epoch) + Double(step) / Double(N)
        let η = rate / (1 + 10 * seen / Double(epochs))
        var rest = data.row(n)
        let h = W * rest
        W.withUnsafeMutableElements { w in
          if self == .oja {
            for l in 0..<k { for i in 0..<D { rest[i] -= h[l] * w[l * D + i] } }
          }
          for j in 0..<k {
            if self == .sanger { for i in 0..<D { rest[i] -= h[j] * w[j * D + i] } }
            for i in 0..<D { w[j * D + i] += η * h[j] * rest[i] }
          }
        }
      }
    }
    return W.T
  }
}
