import Autoencoders
import Datasets
import LinearAlgebra
import Plotting

// Codes of one number: one that was written down, and how any of them is looked at.

/// The images of X in the order of their shadows wᵀx on one direction, each shadow once.
func lineUp(
  _ X: Matrix<Double>, along w: [Double]
) -> (images: Matrix<Double>, shadows: [Double]) {
  let all = X * w
  var order: [Int] = []
  for i in all.indices.sorted(by: { all[$0] < all[$1] }) {
    // Copies of one image have one shadow: a single number stands for all of them.
    if let last = order.last, all[i] - all[last] <= 1e-12 * (1 + abs(all[i])) { continue }
    order.append(i)
  }
  let images = Matrix<Double>(rows: order.count, columns: X.columns) { X[order[$0], $1] }
  return (images, order.map { all[$0] })
}

/// The network of one number that knows the images of X by their place in line along w; and the
/// images in that order.
func indexNetwork(
  of X: Matrix<Double>, along w: [Double]
) -> (network: Network, lined: Matrix<Double>) {
  let (lined, shadows) = lineUp(X, along: w)
  return (
    Network(
      encoder: indexEncoder(along: w, shadows: shadows), decoder: indexDecoder(lined)), lined
  )
}

/// The encoder h(x) = Σ_j s(β_j (wᵀx − θ_j)), s the sigmoid, which counts the thresholds θ_j
/// below the shadow of x. The sigmoids are so steep that at the shadows themselves each is 0 or 1
/// to the last bit that matters: β_j times half a gap is 40.
func indexEncoder(along w: [Double], shadows: [Double]) -> Stack<Double> {
  let gaps = zip(shadows, shadows.dropFirst()).map { (θ: ($0 + $1) / 2, β: 80 / ($1 - $0)) }
  let thresholds = Dense(
    W: Matrix(rows: gaps.count, columns: w.count) { j, i in gaps[j].β * w[i] },
    b: gaps.map { -$0.β * $0.θ }, activation: .sigmoid)
  let count = Dense(
    W: Matrix(rows: 1, columns: gaps.count, repeating: 1), activation: .identity)
  return Stack([thresholds, count])
}

/// The decoder g(h) = x₀ + Σ_j a_j max(h − j, 0) with the second differences a₀ = x₁ − x₀, a_j =
/// x_{j+1} − 2x_j + x_{j−1}: straight lines from each image to the next, with knots at the whole
/// numbers.
func indexDecoder(_ X: Matrix<Double>) -> Stack<Double> {
  let knots = X.rows - 1
  let ramps = Dense(
    W: Matrix(rows: knots, columns: 1, repeating: 1), b: (0..<knots).map { -Double($0) },
    activation: .relu)
  let bends = Matrix(rows: X.columns, columns: knots) { i, j in
    j == 0 ? X[1, i] - X[0, i] : X[j + 1, i] - 2 * X[j, i] + X[j - 1, i]
  }
  return Stack([ramps, Dense(W: bends, b: X.row(0), activation: .identity)])
}

/// The rows x₀ + Σ_{m<n} Σ_{j≤m} a_j for n = 0, 1, 2, …, with a_j in the rows of `bends`: a
/// running sum of running sums.
func summedTwice(_ bends: Matrix<Double>, from first: [Double]) -> Matrix<Double> {
  var (slope, value, rows) = (Array(repeating: 0.0, count: bends.columns), first, first)
  for m in 0..<bends.rows {
    slope = slope .+ bends.row(m)
    value = value .+ slope
    rows += value
  }
  return Matrix(rows: bends.rows + 1, columns: bends.columns, elements: rows)
}

/// The images of X in the order of their codes of one number, and what is decoded half-way
/// between neighbours.
func inLine(_ network: Network, _ X: Matrix<Double>) -> (
  codes: [Double], images: Matrix<Double>, between: Matrix<Double>
) {
  let h = network.encode(X).column(0)
  let order = h.indices.sorted { h[$0] < h[$1] }
  let codes = order.map { h[$0] }
  let middle = zip(codes, codes.dropFirst()).map { ($0 + $1) / 2 }
  return (
    codes, Matrix(rows: order.count, columns: X.columns) { X[order[$0], $1] },
    network.decode(Matrix(rows: middle.count, columns: 1, elements: middle))
  )
}

/// The mean squared distance of neighbours in line over that of all pairs: 1 if the order means
/// nothing.
func apart(_ images: Matrix<Double>) -> Double {
  let steps = images[rows: 1..<images.rows] - images[rows: 0..<images.rows - 1]
  let deviations = images.subtractingFromEachRow(images.columnMeans).squaredNorm
  return steps.squaredNorm / (2 * deviations)
}

/// What a code of one number does to the images that it was made for and to others.
struct OneNumberFigures {
  let training: Double, test: Double, neighbours: Double, strange: Double

  /// - Parameters:
  ///   - X: the training images. What is decoded half-way between neighbours is measured as
  ///     strangeness among `test`, over that of X itself.
  init(_ network: Network, _ X: Matrix<Double>, test: Matrix<Double>) {
    let line = inLine(network, X)
    training = ε(network.reconstruct(X), of: X)
    self.test = ε(network.reconstruct(test), of: test)
    neighbours = apart(line.images)
    strange = strangeness(line.between, among: test) / strangeness(X, among: test)
  }
}

/// One principal component of X as a network of one number.
func principalNetwork(of X: Matrix<Double>) -> Network {
  let (μ, v) = principalComponents(1, of: X)
  let shift = -dot(μ, v.column(0))
  return Network(
    encoder: Stack([Dense(W: v.T, b: [shift], activation: .identity)]),
    decoder: Stack([Dense(W: v, b: μ, activation: .identity)]))
}

/// The images decoded at four codes, from the first in steps of `stride` along the line, and
/// half-way between them.
func strip(
  _ network: Network, _ X: Matrix<Double>, from first: Int, stride: Int
) -> [[Double]] {
  let codes = inLine(network, X).codes
  let chosen = (0..<4).map { codes[first + $0 * stride] }
  let between = zip(chosen, chosen.dropFirst()).map { ($0 + $1) / 2 }
  let both = zip(chosen, between).flatMap { [$0, $1] } + [chosen[3]]
  let decoded = network.decode(Matrix(rows: both.count, columns: 1, elements: both))
  return both.indices.map { decoded.row($0) }
}

/// Along the code, how far the decoded image is from the nearest row of X: squared, over the mean
/// squared distance of the rows from their mean. Points mark `codes`.
func wells(_ title: String, _ network: Network, _ X: Matrix<Double>, codes: [Double]) -> Plot {
  let scale = X.subtractingFromEachRow(X.columnMeans).squaredNorm / Double(X.rows)
  func distance(_ h: [Double]) -> [Double] {
    let decoded = network.decode(Matrix(rows: h.count, columns: 1, elements: h))
    return nearestRows(to: decoded, among: X).map { $0.squaredDistance / scale }
  }
  let reach = codes[codes.count - 1] - codes[0]
  let h = ((0...240).map { codes[0] + reach * Double($0) / 240 } + codes).sorted()
  return Plot(title, x: "code h", y: "distance² to a memory ∕ variance") {
    Line(x: h, y: distance(h), name: "decoded at h")
    Points(x: codes, y: distance(codes), name: "training images")
  }
}
