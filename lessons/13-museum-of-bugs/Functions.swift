import Autoencoders
import LinearAlgebra

// Exhibits as functions of their parameters, and what can be asked of these without knowing what
// they are meant to be.

extension Checks {
  /// The exhibit's own loss and gradient: do they at least fit each other? Nil where there is no
  /// gradient.
  func fitsItself(_ bug: Bug) -> Double? {
    switch bug {
    case .integerDivision, .frozenWeights, .summedFirst: gradientCheck(penalty(bug)).worstError
    case .droppedTerm, .wrongAxis, .unbounded, .noisyTarget:
      gradientCheck(tied(bug)).worstError
    case .untied: gradientCheck(free(bug)).worstError
    case .summedDivergence, .turnedSign, .logVariance, .sharedNoise:
      gradientCheck(bound(bug)).worstError
    default: nil
    }
  }

  /// How far loss and gradient move, relatively, if every image is there twice. Nil where the
  /// exhibit has no mean over images.
  func withEveryImageTwice(_ bug: Bug) -> Double? {
    var noise = RandomStream(seed: seed, name: "check")
    let (x̃, ε) = (noisy(), codeNoise(X.rows, coder.codes, using: &noise, bug: bug))
    func both(_ result: (Matrix<Double>, Matrix<Double>, Matrix<Double>) -> [Double]) -> Double {
      let twice = result(stacked(X, X), stacked(x̃, x̃), stacked(ε, ε))
      return distance(twice, result(X, x̃, ε))
    }
    switch bug {
    case .integerDivision, .frozenWeights, .summedFirst:
      return both { X, _, _ in
        let own = contraction(X, net.W, net.b, λ: λ, bug: bug)
        return [own.Ω] + own.W.elements + own.b
      }
    case .droppedTerm, .untied, .wrongAxis, .unbounded, .noisyTarget:
      return both { X, x̃, _ in
        let (loss, own) = gradients(
          X, x̃, net, penalty: { sparsity($0, ρ: 0.1, β: 1, bug: bug) }, bug: bug)
        return [loss] + own.parameters
      }
    case .summedDivergence, .turnedSign, .logVariance, .sharedNoise:
      return both { X, _, ε in
        let (loss, own) = negativeBound(X, ε, coder, bug: bug)
        return [loss] + own
      }
    case .dividedTwice: return try? value(bug, bug)
    case .lastBatch:
      return abs(
        evaluated(stacked(X, X), batch: 5, bug: bug, loss)
          / evaluated(X, batch: 5, bug: bug, loss) - 1)
    case .frozenNoise, .scaledTwice, .wrongPower, .leakedMean, .shiftedLabels: return nil
    }
  }

  /// The contractive penalty, by W and b.
  func penalty(_ bug: Bug?) -> Function<Double> {
    let shape = net
    return Function(start: net.W.elements + net.b) { θ, g in
      let W = Matrix(
        rows: shape.W.rows, columns: shape.W.columns,
        elements: Array(θ.prefix(shape.W.elements.count)))
      let own = contraction(
        X, W, Array(θ.suffix(shape.b.count)), λ: λ, bug: bug)
      g = own.W.elements + own.b
      return own.Ω
    }
  }

  func noisy() -> Matrix<Double> {
    var noise = RandomStream(seed: seed, name: "check")
    return X + 0.3 * .normal(rows: X.rows, columns: X.columns, using: &noise)
  }

  /// The sparse denoising loss by weights that both layers share.
  func tied(_ bug: Bug?) -> Function<Double> {
    let (x̃, shape) = (noisy(), net)
    let penalty: CodePenalty = { sparsity($0, ρ: 0.1, β: 1, bug: bug) }
    return Function(start: net.tiedParameters) { θ, g in
      let W = Matrix(
        rows: shape.W.rows, columns: shape.W.columns,
        elements: Array(θ.prefix(shape.W.elements.count)))
      let rest = θ.dropFirst(W.elements.count)
      let net = Network(
        W: W, Wˢ: W.T, b: Array(rest.prefix(shape.b.count)),
        c: Array(rest.dropFirst(shape.b.count)))
      let (loss, own) = gradients(X, x̃, net, penalty: penalty, bug: bug)
      g = own.tiedParameters
      return loss
    }
  }

  /// The denoising loss by both matrices.
  func free(_ bug: Bug?) -> Function<Double> {
    let (x̃, shape) = (noisy(), net)
    return Function(start: net.parameters) { θ, g in
      let (loss, own) = gradients(X, x̃, shape.with(θ), penalty: nothing, bug: bug)
      g = own.parameters
      return loss
    }
  }

  /// The negative bound with fixed noise.
  func bound(_ bug: Bug?) -> Function<Double> {
    var noise = RandomStream(seed: seed, name: "check")
    let ε = codeNoise(X.rows, coder.codes, using: &noise, bug: bug)
    return Function(start: coder.parameters) { θ, g in
      let (loss, own) = negativeBound(X, ε, coder.with(θ), bug: bug)
      g = own
      return loss
    }
  }
}
