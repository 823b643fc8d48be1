import Autoencoders
import Datasets
import LinearAlgebra

// Codes that nobody trains, and how codes are measured.

/// The relative error Σ ‖x − x̂‖² / Σ ‖x − x̄‖² over the images x in the rows of X, with x̄ their own mean: 0 is perfect,
/// 1 as good as the mean image.
func ε(_ X̂: Matrix<Double>, of X: Matrix<Double>) -> Double {
  (X - X̂).squaredNorm / X.subtractingFromEachRow(X.columnMeans).squaredNorm
}

/// What `codec` makes of X as seen from μ: it gets each row less μ, and μ is added to what comes out.
func about(_ μ: [Double], _ X: Matrix<Double>, _ codec: (Matrix<Double>) -> Matrix<Double>) -> Matrix<Double> {
  var X̂ = codec(X.subtractingFromEachRow(μ))
  X̂.addToEachRow(μ)
  return X̂
}

/// The rows of X, the entries of each in a random order of its own.
func withPixelsShuffled(_ X: Matrix<Double>, using random: inout RandomStream) -> Matrix<Double> {
  let rows = (0..<X.rows).map { n in
    var pixels = X.row(n)
    random.shuffle(&pixels)
    return pixels
  }
  return Matrix(rows: X.rows, columns: X.columns, elements: rows.flatMap { $0 })
}

/// The spatial frequencies (u, v) of an image, from the lowest: along the anti-diagonals u + v = 0, 1, 2, …, each in the
/// direction opposite to the one before, as JPEG numbers them.
func zigzag(width: Int, height: Int) -> [(u: Int, v: Int)] {
  (0..<width + height - 1).flatMap { sum in
    let diagonal = (0..<height).filter { (0..<width).contains(sum - $0) }.map { v in (u: sum - v, v: v) }
    return sum.isMultiple(of: 2) ? diagonal.reversed() : diagonal
  }
}

/// Each row of C with all but its k entries of largest magnitude set to 0.
func largest(_ k: Int, ofEachRow C: Matrix<Double>) -> Matrix<Double> {
  var kept = Matrix<Double>(rows: C.rows, columns: C.columns)
  for i in 0..<C.rows {
    let row = C.row(i)
    for j in row.indices.sorted(by: { (abs(row[$1]), $0) < (abs(row[$0]), $1) }).prefix(k) { kept[i, j] = row[j] }
  }
  return kept
}

/// The mean and the first k principal components, orthonormal columns, of the rows of X.
func principalComponents(_ k: Int, of X: Matrix<Double>) -> (μ: [Double], V: Matrix<Double>) {
  let μ = X.columnMeans
  return (μ, SVD(X.subtractingFromEachRow(μ)).truncated(to: k).V)
}

/// How many of the test images are classified wrongly by the label of the nearest code among the first 50 training images.
func mistakes(_ parts: Parts, _ code: (Matrix<Double>) -> Matrix<Double>) -> Int {
  let examples = parts.training.prefix(50)
  let neighbours = nearestRows(to: code(parts.test.scaled), among: code(examples.scaled))
  return zip(neighbours, parts.test.labels).filter { examples.labels[$0.index] != $1 }.count
}

/// The mean over the rows of X of the squared distance to the nearest row of `images`.
func strangeness(_ X: Matrix<Double>, among images: Matrix<Double>) -> Double {
  nearestRows(to: X, among: images).map(\.squaredDistance).sum() / Double(X.rows)
}

/// H with each column rounded to 2ᵇ equally spaced levels between its least and greatest value in `reference`.
func quantised(_ H: Matrix<Double>, bits b: Int, as reference: Matrix<Double>) -> Matrix<Double> {
  let (low, high) = (
    (0..<H.columns).map { reference.column($0).least() }, (0..<H.columns).map { reference.column($0).greatest() }
  )
  let top = Double((1 << b) - 1)
  return Matrix(rows: H.rows, columns: H.columns) { i, j in
    let range = high[j] - low[j]
    guard range > 0 else { return low[j] }
    let level = (top * (H[i, j] - low[j]) / range).rounded()
    return low[j] + min(max(level, 0), top) * range / top
  }
}

/// Bits per test image of a lossless code for the grey values, pixel by pixel, that knows how often each value occurred
/// at that pixel in the training images (counted from 1): −Σ log₂ of those shares, which an arithmetic coder reaches.
func losslessBits(_ parts: Parts) -> Double {
  let levels = Int(parts.training.maximum) + 1
  var bits = 0.0
  for pixel in 0..<parts.training.pixels.columns {
    var counts = Array(repeating: 1.0, count: levels)
    for value in parts.training.pixels.column(pixel) { counts[Int(value)] += 1 }
    for value in parts.test.pixels.column(pixel) { bits -= log2(counts[Int(value)] / counts.sum()) }
  }
  return bits / Double(parts.test.count)
}

func log2(_ x: Double) -> Double { Double.log(x) / Double.log(2) }
