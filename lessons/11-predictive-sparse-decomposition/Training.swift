import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// What a seed decides: the images to learn from, to choose by and to test on.
struct Sample {
  let seed: UInt64
  /// The training images less their mean, over one number: their mean squared length is 1; the
  /// same in single precision.
  let X: Matrix<Double>
  let single: Matrix<Float>
  /// The images to choose by and to test on, less the same mean, over the same number.
  let validation: Matrix<Double>
  let newX: Matrix<Double>
  let newLabels: [Int]
  /// The first training images of each class, at most 20, and their classes.
  let few: Matrix<Double>
  let fewLabels: [Int]

  /// A third of the images to learn from, at most 400; as many to choose by, at most 250; of the
  /// rest at most 300 to test on. In `blocks` the images keep their order, which is that of the
  /// writers.
  init(_ seed: UInt64, of images: LabelledImages, inBlocks blocks: Bool = false) {
    var random = RandomStream(seed: seed, name: "split")
    let start = Int(seed % 5) * images.count / 5
    let order =
      blocks
      ? (0..<images.count).map { (start + $0) % images.count } : random.permutation(images.count)
    let (third, some) = (min(images.count / 3, 400), min(images.count / 3, 250))
    let training = images[order[..<third]]
    let test = images[order[(third + some)...].prefix(300)]
    let mean = training.scaled.columnMeans
    let centred = training.scaled.subtractingFromEachRow(mean)
    let unit = (centred.squaredNorm / Double(third)).squareRoot()
    self.seed = seed
    X = centred / unit
    single = converted(X)
    validation =
      images[order[third..<third + some]].scaled.subtractingFromEachRow(mean) / unit
    newX = test.scaled.subtractingFromEachRow(mean) / unit
    newLabels = test.labels
    let chosen = training.classes.flatMap { c in
      training.labels.indices.filter { training.labels[$0] == c }.prefix(20)
    }
    var few = Matrix<Double>(rows: chosen.count, columns: X.columns)
    few.gatherRows(chosen, of: X)
    self.few = few
    fewLabels = chosen.map { training.labels[$0] }
  }

  /// The first training images as columns of length 1, D × K: where all dictionaries begin.
  func images(_ K: Int) -> Matrix<Double> {
    Matrix(rows: X.columns, columns: K) { i, l in
      let x = X.row(l % X.rows)
      return x[i] / max(norm(x), 1e-9)
    }
  }
}

/// f(x) = S_t(W x), or more layers of it.
typealias Encoder = LearnedISTA<Double>

/// The same numbers in another precision.
func converted<From: Scalar, To: Scalar>(_ A: Matrix<From>) -> Matrix<To> {
  Matrix(rows: A.rows, columns: A.columns, elements: A.elements.map { To($0) })
}
func converted<From: Scalar, To: Scalar>(_ f: LearnedISTA<From>, layers: Int) -> LearnedISTA<To> {
  lesson.attempt {
    var copy = try LearnedISTA<To>(
      unrolling: Matrix(rows: f.inputs, columns: f.units, repeating: 1), λ: 1, layers: layers)
    copy.parameters = f.parameters.map { To($0) }
    return copy
  }
}

/// A dictionary W*, D × K, as a decoder.
func decoder<Element: Scalar>(_ W: Matrix<Element>) -> Stack<Element> {
  Stack([Dense(W: W, activation: .identity)])
}

/// F = ½ ‖x − W*h‖² + λ ‖h‖₁, in the mean over the examples.
func F(_ H: Matrix<Double>, _ X: Matrix<Double>, _ W: Matrix<Double>, λ: Double) -> Double {
  squaredError(H * W.T, X) / 2 + λ * H.map(abs).sum / Double(X.rows)
}

/// Where encoders begin: S_t(½ W*ᵀx) with t = 1.5 λ.
func bold(_ W: Matrix<Double>, λ: Double) -> Encoder {
  lesson.attempt {
    var f = try LearnedISTA(unrolling: W, λ: λ, layers: 1)
    (f.W, f.t) = (0.5 * W.T, f.t.map { _ in 1.5 * λ })
    return f
  }
}

/// A dictionary and an encoder that were learnt together or one after the other.
struct Model {
  /// The weight γ; infinite for the plain sparse autoencoder.
  let γ: Double
  let dictionary: Matrix<Double>
  let encoder: Encoder
}

/// An encoder fitted by L-BFGS, begun anew after every `iterations`, up to `times` times; of the
/// encoders on the way the one with the least mean of F on the validation images.
func fitted(
  _ f: Encoder, on X: Matrix<Float>, goal: LearnedISTAObjective<Float>.Goal,
  for W: Matrix<Double>, λ: Double, iterations: Int = 5, times: Int = 30,
  choosing validation: Matrix<Double>
) throws -> (encoder: Encoder, validation: Double) {
  var single: LearnedISTA<Float> = converted(f, layers: f.layers)
  var best = (encoder: f, validation: F(f(validation), validation, W, λ: λ))
  var last = 0
  func judge(_ θ: [Float], at time: Int) {
    var here = f
    here.parameters = θ.map { Double($0) }
    let value = F(here(validation), validation, W, λ: λ)
    if value < best.validation { (best, last) = ((here, value), time) }
  }
  let method = LBFGS(maxIterations: iterations, gradientTolerance: 0, valueTolerance: 0)
  for time in 1...times where time <= last + 5 {
    single.parameters = try method.minimise(
      LearnedISTAObjective(single, data: X, goal: goal)
    ) { now in if now.number % 5 == 0 { judge(now.parameters, at: time) } }.parameters
  }
  return best
}

/// Alternating minimisation: in each round ten proximal steps for the codes, a sweep over the
/// columns, five iterations of L-BFGS for the encoder. With γ = 0 the encoder waits until the
/// dictionary is learnt. With γ = ∞ the codes are the encoder's, which is trained on F itself.
/// At the end the encoder is fitted for as long as it gets better on the validation images, with
/// `fit` iterations of L-BFGS between its new beginnings.
func trained(
  _ sample: Sample, units K: Int, λ: Double, γ: Double, rounds: Int,
  start: Encoder? = nil, fit: Int = 5
) -> Model {
  return lesson.attempt {
    let X = sample.single
    var psd = try PredictiveSparseDecomposition<Float>(
      X, dictionary: converted(sample.images(K)), λ: Float(λ), γ: γ.isFinite ? Float(γ) : 0)
    psd.encoder = converted(start ?? bold(sample.images(K), λ: λ), layers: 1)
    if γ.isFinite {
      for round in 1...rounds {
        try psd.moveCodes(steps: 10)
        psd.moveDictionary()
        if γ > 0 { try psd.moveEncoder(iterations: 5) }
        lesson.progress("γ = \(γ)", Double(round) / Double(rounds))
      }
      if γ == 0 {
        let W: Matrix<Double> = converted(psd.dictionary)
        psd.encoder = converted(
          start == nil ? bold(W, λ: λ) : try LearnedISTA(unrolling: W, λ: λ, layers: 1),
          layers: 1)
      }
      try psd.moveCodes(steps: 50)
      let W: Matrix<Double> = converted(psd.dictionary)
      let f = try fitted(
        converted(psd.encoder, layers: 1), on: X, goal: .codes(psd.codes), for: W, λ: λ,
        iterations: fit, choosing: sample.validation)
      return Model(γ: γ, dictionary: W, encoder: f.encoder)
    }
    var (W, f) = (psd.dictionary, psd.encoder)
    for round in 1...rounds {
      let objective = try LearnedISTAObjective(
        f, data: X, goal: .energy(dictionary: W, λ: Float(λ)))
      f.parameters = try LBFGS(maxIterations: 5, gradientTolerance: 0, valueTolerance: 0)
        .minimise(objective).parameters
      moveColumns(of: &W, codes: f(X), data: X)
      lesson.progress("γ = ∞", Double(round) / Double(rounds))
    }
    let V: Matrix<Double> = converted(W)
    let best = try fitted(
      converted(f, layers: 1), on: X, goal: .energy(dictionary: W, λ: Float(λ)), for: V, λ: λ,
      iterations: fit, choosing: sample.validation)
    return Model(γ: γ, dictionary: V, encoder: best.encoder)
  }
}

/// Codes next to the best, by FISTA with restarts.
func bestCodes(_ X: Matrix<Double>, _ W: Matrix<Double>, λ: Double, steps: Int = 200)
  -> Matrix<Double>
{
  lesson.attempt {
    let method = ISTA<Float>(
      λ: Float(λ), momentum: .restarted, maxIterations: steps, tolerance: 1e-9)
    return converted(try method.encode(converted(X), decoder: decoder(converted(W))).H)
  }
}
