import Autoencoders
import LinearAlgebra

/// A network of one hidden layer with the decoder's weights `Wˢ` beside the encoder's `W`; tied,
/// it has `Wˢ` = `W.T`. A gradient has the same shape.
struct Network {
  var W: Matrix<Double>
  var Wˢ: Matrix<Double>
  var b: [Double]
  var c: [Double]

  /// Tied, with weights uniform in ±4√(6/(D + K)) and biases of 0.
  init(inputs D: Int, hidden K: Int, using stream: inout RandomStream) {
    let limit = 4 * (6 / Double(D + K)).squareRoot()
    W = .uniform(rows: K, columns: D, in: -limit..<limit, using: &stream)
    Wˢ = W.T
    b = [Double](repeating: 0, count: K)
    c = [Double](repeating: 0, count: D)
  }

  init(W: Matrix<Double>, Wˢ: Matrix<Double>, b: [Double], c: [Double]) {
    (self.W, self.Wˢ, self.b, self.c) = (W, Wˢ, b, c)
  }

  /// All numbers in one vector, both matrices included.
  var parameters: [Double] { W.elements + Wˢ.elements + b + c }

  /// A network of this one's shape.
  func with(_ θ: [Double]) -> Network {
    var rest = θ[...]
    func take(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    let (K, D) = (W.rows, W.columns)
    return Network(
      W: Matrix(rows: K, columns: D, elements: take(K * D)),
      Wˢ: Matrix(rows: D, columns: K, elements: take(K * D)), b: take(K), c: take(D))
  }

  /// The library's network with these weights, tied.
  var library: Autoencoder<Double> {
    var network = Autoencoder(
      tying: Stack([Dense(W: W, b: b, activation: .sigmoid)]), output: .sigmoid)
    network.parameters = W.elements + b + c
    return network
  }

  /// Its gradient as the library lays it out: one matrix for both layers.
  var tiedParameters: [Double] { W.elements + b + c }

  func reconstruct(_ X: Matrix<Double>) -> Matrix<Double> {
    sigmoid(affine(sigmoid(affine(X, W, b)), Wˢ, c))
  }
}

/// X Wᵀ + 1 bᵀ
func affine(_ X: Matrix<Double>, _ W: Matrix<Double>, _ b: [Double]) -> Matrix<Double> {
  var A = X * W.T
  A.addToEachRow(b)
  return A
}

/// Sigmoid units with their slopes, and units that are only cut off at 0.
func logistic(_ A: Matrix<Double>) -> (H: Matrix<Double>, slopes: Matrix<Double>) {
  let H = sigmoid(A)
  return (H, H.map { $0 * (1 - $0) })
}

func rectified(_ A: Matrix<Double>) -> (H: Matrix<Double>, slopes: Matrix<Double>) {
  (A.map { max(0, $0) }, A.map { $0 > 0 ? 1 : 0 })
}

/// −log p(x) of pixels between 0 and 1 from the output's pre-activations, summed over pixels,
/// averaged over examples.
func crossEntropy(_ A: Matrix<Double>, _ X: Matrix<Double>) -> Double {
  (softplus(A).sum - dot(A, X)) / Double(X.rows)
}

/// What a code costs, and the gradient of that by the code.
typealias CodePenalty = (_ H: Matrix<Double>) -> (Ω: Double, atCode: Matrix<Double>)

func nothing(_ H: Matrix<Double>) -> (Ω: Double, atCode: Matrix<Double>) { (0, 0 * H) }

// Operations with their way back, as automatic differentiation has them: a value, and what takes
// a gradient by the value to one by the argument.

/// Each unit's mean over the examples.
func meansOfUnits(
  _ H: Matrix<Double>
) -> (means: [Double], back: ([Double]) -> Matrix<Double>) {
  (H.columnMeans, { g in Matrix(rows: H.rows, columns: H.columns) { g[$1] / Double(H.rows) } })
}

/// Each example's mean over the units.
func meansOfExamples(
  _ H: Matrix<Double>
) -> (means: [Double], back: ([Double]) -> Matrix<Double>) {
  let K = Double(H.columns)
  return (
    H.rowMeans, { g in Matrix(rows: H.rows, columns: H.columns) { n, _ in g[n] / K } }
  )
}

/// Σᵢ W_ji², and half of its gradient by W.
func squaresSummed(_ W: Matrix<Double>) -> (lengths: [Double], half: Matrix<Double>) {
  ((W ⊙ W).rowSums, W)
}

/// (Σᵢ W_ji)², and half of its gradient by W.
func sumSquared(_ W: Matrix<Double>) -> (lengths: [Double], half: Matrix<Double>) {
  let sums = W.rowSums
  return (sums.map { $0 * $0 }, Matrix(rows: W.rows, columns: W.columns) { j, _ in sums[j] })
}

/// A layer of a variational autoencoder.
struct Layer {
  var W: Matrix<Double>
  var b: [Double]

  init(_ inputs: Int, _ outputs: Int, using stream: inout RandomStream) {
    let limit = (6 / Double(inputs + outputs)).squareRoot()
    W = .uniform(rows: outputs, columns: inputs, in: -limit..<limit, using: &stream)
    b = [Double](repeating: 0, count: outputs)
  }
}

func affine(_ X: Matrix<Double>, _ layer: Layer) -> Matrix<Double> { affine(X, layer.W, layer.b) }

/// A variational autoencoder: tanh units, mean and log-variance of the code, tanh units, pixels.
struct Coder {
  var up, mean, spread, down, out: Layer

  init(inputs D: Int, hidden M: Int, codes k: Int, using stream: inout RandomStream) {
    up = Layer(D, M, using: &stream)
    mean = Layer(M, k, using: &stream)
    spread = Layer(M, k, using: &stream)
    down = Layer(k, M, using: &stream)
    out = Layer(M, D, using: &stream)
  }

  var codes: Int { mean.W.rows }
  var parameters: [Double] {
    [up, mean, spread, down, out].flatMap { $0.W.elements + $0.b }
  }

  func with(_ θ: [Double]) -> Coder {
    var (copy, rest) = (self, θ[...])
    func fill(_ layer: inout Layer) {
      let (rows, columns) = (layer.W.rows, layer.W.columns)
      layer.W = Matrix(
        rows: rows, columns: columns, elements: Array(rest.prefix(rows * columns)))
      layer.b = Array(rest.dropFirst(rows * columns).prefix(rows))
      rest = rest.dropFirst(rows * (columns + 1))
    }
    fill(&copy.up)
    fill(&copy.mean)
    fill(&copy.spread)
    fill(&copy.down)
    fill(&copy.out)
    return copy
  }

  /// The library's network with these weights; its top layer has the log-variances under the
  /// means.
  func library() throws -> VariationalAutoencoder<Double> {
    let top = Matrix(
      rows: 2 * codes, columns: up.W.rows, elements: mean.W.elements + spread.W.elements)
    return try VariationalAutoencoder(
      encoder: Stack([
        Dense(W: up.W, b: up.b, activation: .tanh),
        Dense(W: top, b: mean.b + spread.b, activation: .identity),
      ]),
      decoder: Stack([
        Dense(W: down.W, b: down.b, activation: .tanh),
        Dense(W: out.W, b: out.b, activation: .sigmoid),
      ]), likelihood: .bernoulli)
  }

  /// Numbers in this order, sorted as the library has its own.
  func sortedForLibrary(_ θ: [Double]) -> [Double] {
    let net = with(θ)
    return net.up.W.elements + net.up.b + net.mean.W.elements + net.spread.W.elements
      + net.mean.b + net.spread.b + net.down.W.elements + net.down.b + net.out.W.elements
      + net.out.b
  }
}

/// Rows of a matrix, in the given order.
func gathered(_ rows: some RandomAccessCollection<Int>, of X: Matrix<Double>) -> Matrix<Double> {
  var chosen = Matrix<Double>(rows: rows.count, columns: X.columns)
  chosen.gatherRows(rows, of: X)
  return chosen
}

/// One matrix under the other.
func stacked(_ X: Matrix<Double>, _ Y: Matrix<Double>) -> Matrix<Double> {
  Matrix(rows: X.rows + Y.rows, columns: X.columns, elements: X.elements + Y.elements)
}

/// Adam's running means.
struct Memory {
  var m: [Double]
  var v: [Double]
  var β1ᵗ = 1.0
  var β2ᵗ = 1.0

  init(_ count: Int) {
    m = [Double](repeating: 0, count: count)
    v = m
  }
}

/// How a network is trained.
struct Plan {
  var epochs = 20
  var batch = 50
  var rate = 0.01
  var adam = true
}
