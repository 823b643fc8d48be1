import Autoencoders
import Datasets
import LinearAlgebra
import Manifolds

/// What images do when each is moved to the right on its ring.
struct Moves {
  /// The cosine of the angle between the tangents at 0 and after s pixels.
  let turn: [Double]
  /// The same of images that were blurred along the move, by ¼, ½ and ¼.
  let blurredTurn: [Double]
  /// How far x + sτ, the point that the tangent promises, is from the moved image, over how far
  /// the image has moved.
  let miss: [Double]
  /// The same of the tangent line's nearest point.
  let lineMiss: [Double]

  init(_ images: LabelledImages, by s: Double) {
    let rows = 0..<images.count
    let step = images.cyclicallyTranslated(dx: s, dy: 0).pixels - images.pixels
    let τ = images.cyclicTangents().dx
    func cosines(_ A: Matrix<Double>, _ B: Matrix<Double>) -> [Double] {
      rows.map { dot(A.row($0), B.row($0)) / (norm(A.row($0)) * norm(B.row($0))) }
    }
    // Blurring and moving may change places, so a blurred image's tangent is a blurred tangent.
    func blurred(_ dx: Double) -> Matrix<Double> {
      let (left, right) = (images.cyclicTangents(dx: dx - 1), images.cyclicTangents(dx: dx + 1))
      return 0.5 * images.cyclicTangents(dx: dx).dx + 0.25 * (left.dx + right.dx)
    }
    turn = cosines(τ, images.cyclicTangents(dx: s).dx)
    blurredTurn = cosines(blurred(0), blurred(s))
    miss = rows.map { norm(step.row($0) .- s .* τ.row($0)) / norm(step.row($0)) }
    lineMiss = cosines(step, τ).map { (max(0, 1 - $0 * $0)).squareRoot() }
  }
}

/// How far an image moves, over its distance to the nearest other one: the mean of all.
func reach(_ images: LabelledImages, by s: Double) throws -> Double {
  let X = images.pixels
  let step = images.cyclicallyTranslated(dx: s, dy: 0).pixels - X
  let nearest = try nearestNeighbours(of: X, among: X, count: 1, excludingItself: true)
  return mean((0..<images.count).map { norm(step.row($0)) / nearest[$0][0].distance })
}

/// The squared amplitudes of the waves of frequency 2πj/n, j = 1, 2, …, along the lines of an
/// image, added up over its lines.
func squaredAmplitudes(_ image: Matrix<Double>) -> [Double] {
  let n = image.columns
  return (1...(n - 1) / 2).map { j in
    let angles = (0..<n).map { 2 * Double.pi * Double(j * $0) / Double(n) }
    return (0..<image.rows).map { line in
      let a = 2 / Double(n) * dot(image.row(line), angles.map { Double.cos($0) })
      let b = 2 / Double(n) * dot(image.row(line), angles.map { Double.sin($0) })
      return a * a + b * b
    }.sum()
  }
}

/// The part of frequency 2πj/n of each line of an image.
func wave(_ j: Int, of image: Matrix<Double>) -> Matrix<Double> {
  let n = image.columns
  return image
    * Matrix(rows: n, columns: n) { p, q in
      2 / Double(n) * Double.cos(2 * .pi * Double(j * (p - q)) / Double(n))
    }
}

/// One image moved at random by up to a pixel each way, and the tangent planes there.
struct MovedDigit {
  let X: Matrix<Double>
  let tangents: [Matrix<Double>]

  init(_ image: LabelledImages, count: Int, seed: UInt64) {
    var stream = RandomStream(seed: seed, name: "moves")
    var (elements, tangents): ([Double], [Matrix<Double>]) = ([], [])
    for _ in 0..<count {
      let (dx, dy) = (stream.uniform(in: -1..<1), stream.uniform(in: -1..<1))
      elements += image.cyclicallyTranslated(dx: dx, dy: dy).scaled.elements
      let (right, down) = image.cyclicTangents(dx: dx, dy: dy)
      tangents.append(
        Matrix(rows: right.columns, columns: 2) { i, j in (j == 0 ? right : down)[0, i] })
    }
    X = Matrix(rows: count, columns: elements.count / count, elements: elements)
    self.tangents = tangents
  }
}

/// The mean over the points of the largest angle between two planes, in degrees.
func angle(_ found: [Matrix<Double>], _ planted: [Matrix<Double>]) -> Double {
  mean(zip(found, planted).map { principalAngles(between: $0, and: $1).greatest() }) * 180
    / .pi
}

/// The d directions to which an encoder is most sensitive, at each row of X.
func sensitiveDirections(_ encoder: Stack<Double>, at X: Matrix<Double>, _ d: Int)
  -> [Matrix<Double>]
{
  (0..<X.rows).map { SVD(encoder.jacobian(at: X.row($0))).truncated(to: d).V }
}

/// The encoder of a tied autoencoder of sigmoid units, trained with a contractive penalty.
func contractiveEncoder(
  _ X: Matrix<Double>, units: Int, λ: Double, iterations: Int, seed: UInt64
) throws -> Stack<Double> {
  var stream = RandomStream(seed: seed, name: "encoder")
  var network = try Autoencoder<Double>(
    inputs: X.columns, hidden: [units], activation: .sigmoid, output: .identity, tied: true,
    using: &stream)
  let objective = try Objective(
    network, data: X, loss: .gaussian, penalties: λ == 0 ? [] : [.contractive(λ)])
  network.parameters = try LBFGS(
    maxIterations: iterations, gradientTolerance: 1e-7, valueTolerance: 1e-12
  ).minimise(objective).parameters
  return network.encoder
}

/// How far, in degrees, planes that were found are from the tangent planes of a surface with two
/// dimensions: of local principal components, of contractive encoders, and of rivals that know
/// less.
func tangentContest(
  _ X: Matrix<Double>, _ tangents: [Matrix<Double>], neighbours: [Int], strengths: [Double],
  units: Int, iterations: Int, seed: UInt64
) throws -> [(name: String, degrees: Double)] {
  let few = Array(stride(from: 0, to: X.rows, by: 5))
  let (at, truth) = (
    Matrix(rows: few.count, columns: X.columns) { X[few[$0], $1] }, few.map { tangents[$0] }
  )
  var stream = RandomStream(seed: seed, name: "planes")
  let global = PrincipalComponents(of: X, count: 2).directions
  let random = few.map { _ in
    Matrix<Double>.normal(rows: X.columns, columns: 2, using: &stream)
  }
  var rows = [
    ("random planes", angle(random, truth)),
    ("one plane for all, principal components", angle(few.map { _ in global }, truth)),
  ]
  for m in neighbours {
    let axes = try localAxes(at: at, of: X, neighbours: m, dimensions: 2)
    rows.append(("principal components of \(m) neighbours", angle(axes, truth)))
  }
  for λ in strengths {
    let encoder = try contractiveEncoder(
      X, units: units, λ: λ, iterations: iterations, seed: seed)
    rows.append(
      (
        λ == 0 ? "encoder, no penalty" : "encoder, contractive, λ = \(λ)",
        angle(sensitiveDirections(encoder, at: at, 2), truth)
      ))
  }
  return rows
}
