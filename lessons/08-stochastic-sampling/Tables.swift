import Autoencoders
import LinearAlgebra
import Notebook

/// The mean of a figure over seeds, and its range: 25.4 (24.9 to 26.0).
func spread(_ values: [Double], decimals: Int = 2) -> Cell {
  Cell(Numeral.meanAndRange(values, .decimals(decimals)))
}

/// The mean of paired differences and its standard error, 3.1 ± 0.2, for splits of one data set
/// with ρ test images for each of training, which overlap (lesson 12).
func withError(_ d: [Double], decimals: Int = 2, testPerTraining ρ: Double = 0.5) -> String {
  Numeral.meanAndError(d, .decimals(decimals), testPerTraining: ρ)
}

/// What paired differences say: nothing within three of these standard errors.
func verdict(_ d: [Double], below: String, above: String, same: String) -> String {
  guard d.count > 1, abs(mean(d)) > 3 * standardError(d, testPerTraining: 0.5) else {
    return same
  }
  return mean(d) < 0 ? below : above
}

/// The worst relative error of each likelihood's gradient in all parameters of a small network,
/// against central differences.
func likelihoodErrors(seed: UInt64) -> [Double] {
  var stream = RandomStream(seed: seed, name: "likelihoods")
  let N = 5
  let reals = Matrix<Double>.normal(rows: N, columns: 6, using: &stream)
  let levels = Matrix<Double>.uniform(rows: N, columns: 6, using: &stream).map {
    (16 * $0).rounded()
  }
  let bits = levels.map { $0 > 8 ? 1.0 : 0 }
  let classes = Matrix(rows: N, columns: 6) { n, i in
    Int(levels[n, i / 3]) % 3 == i % 3 ? 1.0 : 0
  }
  let cases: [(Likelihood<Double>, Matrix<Double>)] = [
    (.gaussian, reals), (.bernoulli, bits), (.poisson, levels),
    (.binomial(levels: 16), levels / 16), (.categorical(classes: 3), classes),
  ]
  return cases.map { loss, target in
    lesson.attempt {
      let network = try Autoencoder<Double>(
        inputs: 6, hidden: 3, activation: .tanh, output: loss.link, using: &stream)
      let objective = try Objective(network, data: reals, target: target, loss: loss)
      return gradientCheck(objective).worstError
    }
  }
}
