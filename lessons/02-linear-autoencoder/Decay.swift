import Autoencoders
import LinearAlgebra
import Notebook

// What weight decay does to a linear autoencoder.

/// Σⱼ λⱼ (‖wⱼ‖² + ‖w*ⱼ‖²).
func decayOf(_ λ: [Double], _ W: Matrix<Double>, _ decoder: Matrix<Double>) -> Double {
  λ.indices.map { j in
    λ[j] * (dot(W.row(j), W.row(j)) + dot(decoder.column(j), decoder.column(j)))
  }.sum()
}

/// max(γ − 2λ, 0)² / γ, twice what a unit of decay λ saves on an axis of variance γ; 0 where γ =
/// 0.
func saving(_ γ: Double, _ λ: Double) -> Double {
  γ > 2 * λ ? (γ - 2 * λ) * (γ - 2 * λ) / γ : 0
}

/// The decoder's singular values at the end of training under equal decay.
struct Shrinkage {
  let λ: Double
  /// For each seed the squares s₁², …, s_k².
  let measured: [[Double]]
  /// max(0, 1 − 2λ/γᵢ) for the k largest γᵢ.
  let predicted: [Double]

  /// The largest difference between the two.
  var deviation: Double {
    measured.map { s in zip(s, predicted).map { abs($0 - $1) }.greatest() }.greatest()
  }
}

/// Trains with equal decay of every strength in `λs` from the random weights of every seed.
func shrinkage(
  _ λs: [Double], variances γ: [Double], on data: Matrix<Double>, to optimum: Optimum,
  seeds: [UInt64]
) -> [Shrinkage] {
  let k = optimum.axes.columns
  return λs.map { λ in
    Shrinkage(
      λ: λ,
      measured: seeds.map { seed in
        let start = randomNetwork(data.columns, units: k, seed: seed)
        let end = lesson.attempt {
          withLBFGS(start, on: data, to: optimum, penalties: [try .weightDecay(λ)])
        }
        return SVD(end.network.decoder.W).σ.map { $0 * $0 }
      },
      predicted: γ[..<k].map { max(0, 1 - 2 * λ / $0) })
  }
}
