import Autoencoders
import LinearAlgebra

/// A linear autoencoder 64–8–64 with biases on the digits, trained to where PCA is.
///
/// Loss: ½ ‖x̂ − x‖², the mean over the examples. Its optimum is half the sum of the squared discarded singular values of
/// the centred digits, over N; the *gap* is loss / optimum − 1.
///
/// - L-BFGS: all examples at once, in Double, 10 corrections, until a step lowers the loss by less than 10⁻¹⁴ of it, no
///   derivative exceeds 10⁻⁷, or 1000 iterations are done. The libraries' rules differ a little; so the time until the
///   gap is below 10⁻⁵ is reported too.
/// - Adam: minibatches of 64, the last of an epoch with what remains, 100 epochs, step size 5·10⁻³, in Float. The gap is
///   that of the last weights on all examples.
/// - PCA: the same answer in closed form, by the covariance of the digits, in Float; of the two peers, one does the same
///   (scikit-learn's choice where there are many more examples than pixels), the other the SVD of the centred digits.
struct W3LinearAutoencoder: Workload {
  static let name = "W3"
  let title = "a linear autoencoder 64–8–64 trained to the PCA optimum"
  private let code = 8
  private let batch = 64
  private let rate = 5e-3
  private let corrections = 10
  private let epochs: Int
  private let iterations: Int

  init(quick: Bool) { (epochs, iterations) = quick ? (5, 40) : (100, 1000) }

  var settings: [String: Double] {
    [
      "code": Double(code), "batch": Double(batch), "epochs": Double(epochs), "rate": rate,
      "corrections": Double(corrections), "iterations": Double(iterations),
    ]
  }

  func arrays() -> [String: Array2D] {
    let start = network()
    return benchmark.arrays(start.encoder.layers + start.decoder.layers).merging(["X": Array2D(digits())]) { $1 }
  }

  private func network() -> Autoencoder<Float> {
    var stream = RandomStream(seed: 0, name: name)
    return Autoencoder(
      encoder: layers([64, code], [.identity], using: &stream),
      decoder: layers([code, 64], [.identity], using: &stream))
  }

  /// The least loss, from the singular values of the centred digits.
  private func optimum(_ X: Matrix<Double>) -> Double {
    SVD(X.subtractingFromEachRow(X.columnMeans)).σ.dropFirst(code).reduce(0) { $0 + $1 * $1 } / Double(2 * X.rows)
  }

  var cases: [Case] { [lbfgs, adam, wholeTraining, pca] }

  private let gap = Case.Result(name: "gap", unit: "")

  private var lbfgs: Case {
    let X = digits().widened
    let start = network()
    let optimum = optimum(X)
    let minimiser = LBFGS(
      maxIterations: iterations, gradientTolerance: 1e-7, valueTolerance: 1e-14, memory: corrections)
    return Case(
      name: "L-BFGS", metric: "training", peers: ["scipy", "torch"],
      results: [
        gap, Case.Result(name: "time to gap 1e-5", unit: "s", isCost: true),
        Case.Result(name: "evaluations", unit: ""),
      ],
      work: .here { clock, count, yield in
        for turn in 0...count {
          let network = Autoencoder<Double>(encoder: start.encoder.widened, decoder: start.decoder.widened)
          let began = clock.now
          var reached = Double.nan
          let objective = try Objective(network, data: X, loss: .gaussian)
          let result = try minimiser.minimise(objective) { iteration in
            if reached.isNaN, iteration.value <= optimum * (1 + 1e-5) { reached = clock.now - began }
          }
          let seconds = clock.now - began
          if turn == 0 { continue }
          var results = ["gap": result.value / optimum - 1, "evaluations": Double(result.evaluations)]
          if !reached.isNaN { results["time to gap 1e-5"] = reached }
          try yield(Sample(seconds: seconds, results: results))
        }
      })
  }

  /// The network after training by Adam.
  private func trained() throws -> Autoencoder<Float> {
    var network = network()
    var stream = RandomStream(seed: 1, name: name)
    try network.train(
      on: digits(), loss: .gaussian, optimiser: Adam(rate: .constant(rate)), epochs: epochs, batch: batch,
      using: &stream)
    return network
  }

  private func results(_ network: Autoencoder<Float>) throws -> [String: Double] {
    let X = digits()
    let loss = try Objective(network, data: X, loss: .gaussian).value()
    return ["gap": Double(loss) / optimum(X.widened) - 1]
  }

  private var adam: Case {
    Case(
      name: "Adam", metric: "training", peers: ["numpy", "torch", "jax"], results: [gap],
      work: .repeated(trained, results: results))
  }

  private var wholeTraining: Case {
    Case(
      name: "whole process", metric: "time", peers: ["numpy", "torch", "jax"], results: [Case.peakMemory, gap],
      work: .process)
  }

  func wholeProcess() throws -> [String: Double]? { try results(trained()) }

  private var pca: Case {
    let X = digits()
    return Case(
      name: "PCA", metric: "time", quantity: .milliseconds, peers: ["sklearn", "sklearn-full"],
      results: [Case.Result(name: "energy kept", unit: "")],
      work: .short {
        PrincipalComponents(of: X, count: code)
      } results: { pca in
        ["energy kept": Double(pca.variances.sum() / pca.totalVariance)]
      })
  }
}
