import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

// The undercomplete network when it has few images, with and without weight decay.

/// The relative errors of a code made from few images: on these, on as many for validation, on
/// held-out images and on noise.
struct FewErrors {
  let training: Double, validation: Double, test: Double, noise: Double
}

/// The images of one split when there are few, and what was made of them.
struct FewImages {
  let training: Matrix<Double>, validation: Matrix<Double>, test: Matrix<Double>
  let noise: Matrix<Double>

  init(_ parts: Parts, few: Int, noise: Matrix<Double>) {
    training = parts.training.prefix(few).scaled
    validation = parts.training[few..<min(2 * few, parts.training.count)].scaled
    test = parts.test.scaled
    self.noise = noise
  }

  func errors(_ codec: Codec) -> FewErrors {
    func error(_ X: Matrix<Double>) -> Double { ε(codec(X), of: X) }
    return FewErrors(
      training: error(training), validation: error(validation), test: error(test),
      noise: error(noise))
  }

  /// D–32–k–32–D with a decay, by L-BFGS: its errors after steps 1, 2, 4, 8, … and the last.
  func train(
    _ k: Int, decay: Double, seed: UInt64, steps: Int
  ) -> [(step: Int, errors: FewErrors)] {
    var course: [(step: Int, errors: FewErrors)] = []
    let start = deep([32, k], inputs: training.columns, seed: seed)
    _ = withLBFGS(start, on: training, steps: steps, decay: decay) { step, network in
      course.append((step, errors(network.reconstruct)))
    }
    return course
  }

  /// k principal components of the few images.
  func principal(_ k: Int) -> FewErrors {
    let (μ, V) = principalComponents(k, of: training)
    return errors { about(μ, $0) { $0 * V * V.T } }
  }
}

/// What weight decay does for few images, on one split: the course without it, the ends with each
/// decay, and its rivals.
struct DecayTrial {
  let free: [(step: Int, errors: FewErrors)]
  let ends: [FewErrors], halfway: [Double]
  let principal: FewErrors
  /// The end with the decay, and the moment without it, that is best on the validation images.
  let chosen: FewErrors, stopped: FewErrors
  let chosenDecay: Double, stoppedAt: Int

  init(_ images: FewImages, k: Int, decays: [Double], steps: Int, seed: UInt64) {
    free = images.train(k, decay: 0, seed: seed, steps: steps)
    let courses = decays.map { images.train(k, decay: $0, seed: seed, steps: steps) }
    ends = courses.map { $0[$0.count - 1].errors }
    halfway = courses.map { course in
      (course.last { 2 * $0.step <= steps } ?? course[0]).errors.training
    }
    principal = images.principal(k)
    let errors = ends
    let best = decays.indices.reduce(0) {
      errors[$1].validation < errors[$0].validation ? $1 : $0
    }
    (chosen, chosenDecay) = (ends[best], decays[best])
    let moment = free.reduce(free[0]) { $1.errors.validation < $0.errors.validation ? $1 : $0 }
    (stopped, stoppedAt) = (moment.errors, moment.step)
  }

  var end: FewErrors { free[free.count - 1].errors }
}

/// More decay cannot make the training loss of a global minimum smaller: derived for any network,
/// evaluated on a linear one, whose minima are known.
///
/// - Parameters:
///   - moments: the eigenvalues γ of C = XᵀX/N.
///   - weak: a decay λ₁.
///   - strong: a larger one, λ₂.
func moreDecayMoreLoss(_ proof: inout Proof, moments: [Double], weak: Double, strong: Double) {
  func minimum(_ λ: Double) -> (loss: Double, size: Double) {
    let left = moments.map { decayFactor($0, λ) }
    let lost = zip(moments, left).map { γ, s in γ * (1 - s) * (1 - s) / 2 }
    return (lost.sum(), 2 * left.sum())
  }
  let (one, two) = (minimum(weak), minimum(strong))
  proof.start(#"L_2 - L_1"#, two.loss - one.loss)
  proof.atLeast(
    #"\lambda_1 (\Omega_1 - \Omega_2)"#,
    because: #"network 1 is a minimum for $\lambda_1$: $L_1 + \lambda_1 \Omega_1 \le "#
      + #"L_2 + \lambda_1 \Omega_2$"#,
    weak * (one.size - two.size))
  proof.atLeast(
    "0",
    because: #"add the same for $\lambda_2 > \lambda_1$, $L_2 + \lambda_2 \Omega_2 \le L_1 + "#
      + #"\lambda_2 \Omega_1$: what is left is "#
      + #"$(\lambda_2 - \lambda_1)(\Omega_1 - \Omega_2) \ge 0$"#,
    0)
}
