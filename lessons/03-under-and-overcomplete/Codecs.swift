import Autoencoders
import Datasets
import LinearAlgebra

// Codes that nobody trains, and how codes are measured.

/// What turns images, one a row, into codes or into reconstructions.
typealias Codec = (Matrix<Double>) -> Matrix<Double>

/// The relative error Σ ‖x − x̂‖² / Σ ‖x − x̄‖² over the images x in the rows of X, with x̄ their
/// own mean: 0 is perfect, 1 as good as the mean image.
func ε(_ X̂: Matrix<Double>, of X: Matrix<Double>) -> Double {
  (X - X̂).squaredNorm / X.subtractingFromEachRow(X.columnMeans).squaredNorm
}

/// What `codec` makes of X as seen from μ: it gets each row less μ, and μ is added to what comes
/// out.
func about(_ μ: [Double], _ X: Matrix<Double>, _ codec: Codec) -> Matrix<Double> {
  codec(X.subtractingFromEachRow(μ)).addingToEachRow(μ)
}

extension Matrix<Double> {
  /// The matrix with `row` added to each of its rows.
  func addingToEachRow(_ row: [Double]) -> Matrix<Double> {
    var sum = self
    sum.addToEachRow(row)
    return sum
  }
}

/// Σ_t cos(πm(t + ½)/n) = sin(πm) / (2 sin(πm/2n)): n for m = 0, and 0 for m from 1 to 2n − 1.
func waveSum(_ m: Int, _ n: Int) -> Double {
  guard m > 0 else { return Double(n) }
  let angle: Double = .pi * Double(m)
  return .sin(angle) / (2 * .sin(angle / Double(2 * n)))
}

/// The rows of X, the entries of each in a random order of its own.
func withPixelsShuffled(
  _ X: Matrix<Double>, using random: inout RandomStream
) -> Matrix<Double> {
  let rows = (0..<X.rows).map { n in
    var pixels = X.row(n)
    random.shuffle(&pixels)
    return pixels
  }
  return Matrix(rows: X.rows, columns: X.columns, elements: rows.flatMap { $0 })
}

/// The pairs of frequencies (across, down) of an image, from the lowest: along the anti-diagonals
/// across + down = 0, 1, 2, …, each in the direction opposite to the one before, as JPEG does.
func zigzag(width: Int, height: Int) -> [(across: Int, down: Int)] {
  (0..<width + height - 1).flatMap { sum in
    let diagonal = (0..<height).filter { (0..<width).contains(sum - $0) }
      .map { down in (across: sum - down, down: down) }
    return sum.isMultiple(of: 2) ? diagonal.reversed() : diagonal
  }
}

/// Each row of C with all but its k entries of largest magnitude set to 0.
func largest(_ k: Int, ofEachRow C: Matrix<Double>) -> Matrix<Double> {
  var kept = Matrix<Double>(rows: C.rows, columns: C.columns)
  for i in 0..<C.rows {
    let row = C.row(i)
    let order = row.indices.sorted { (abs(row[$1]), $0) < (abs(row[$0]), $1) }
    for j in order.prefix(k) { kept[i, j] = row[j] }
  }
  return kept
}

/// The mean and the first k principal components, orthonormal columns, of the rows of X.
func principalComponents(_ k: Int, of X: Matrix<Double>) -> (μ: [Double], V: Matrix<Double>) {
  let μ = X.columnMeans
  return (μ, SVD(X.subtractingFromEachRow(μ)).truncated(to: k).V)
}

/// The mean over the rows of X of the squared distance to the nearest row of `images`.
func strangeness(_ X: Matrix<Double>, among images: Matrix<Double>) -> Double {
  nearestRows(to: X, among: images).map(\.squaredDistance).sum() / Double(X.rows)
}

/// A code of several numbers, number j rounded to the nearest of 2ᵇ levels, b = bits[j], that are
/// fitted to the values it has in training; with no bits, to their mean.
struct Quantiser {
  let bits: [Int]
  private let levels: [[Double]]

  init(_ training: Matrix<Double>, bits: [Int]) {
    self.bits = bits
    levels = bits.indices.map { fittedLevels(1 << bits[$0], to: training.column($0)) }
  }

  func callAsFunction(_ H: Matrix<Double>) -> Matrix<Double> {
    Matrix(rows: H.rows, columns: H.columns) { n, j in
      let x = H[n, j]
      return levels[j].reduce(levels[j][0]) { abs($1 - x) < abs($0 - x) ? $1 : $0 }
    }
  }
}

/// So many levels for some values, ascending, each the mean of the values that are nearest to it
/// (Lloyd's and Max's condition for the least squared error). They begin at equal steps, then
/// values go to their levels and levels to their values in turn.
private func fittedLevels(_ count: Int, to values: [Double]) -> [Double] {
  let x = values.sorted()
  let step = (x[x.count - 1] - x[0]) / Double(count)
  var levels = (0..<count).map { x[0] + (Double($0) + 0.5) * step }
  for _ in 0..<1000 {
    var (fitted, start) = (levels, 0)
    for l in 0..<count {
      var (end, sum) = (start, 0.0)
      while end < x.count, l == count - 1 || 2 * x[end] < levels[l] + levels[l + 1] {
        sum += x[end]
        end += 1
      }
      if end > start { fitted[l] = sum / Double(end - start) }
      start = end
    }
    if fitted == levels { break }
    levels = fitted
  }
  return levels
}

/// Each of `budgets` of bits shared out among the columns of H, the training codes of an
/// orthonormal basis: one or two bits at a time to the column whose squared error falls most for
/// each of them.
func allotted(_ budgets: [Int], to H: Matrix<Double>) -> [[Int]] {
  let errors = (0..<H.columns).map { j in
    let column = H[columns: j..<j + 1]
    return (0...8).map { (Quantiser(column, bits: [$0])(column) - column).squaredNorm }
  }
  return budgets.map { budget in
    var bits = Array(repeating: 0, count: H.columns)
    var left = budget
    while left > 0 {
      var best = (gain: 0.0, column: 0, bits: 0)
      for j in bits.indices {
        for more in 1...2 where more <= left && bits[j] + more <= 8 {
          let gain = (errors[j][bits[j]] - errors[j][bits[j] + more]) / Double(more)
          if gain > best.gain { best = (gain, j, more) }
        }
      }
      guard best.bits > 0 else { break }
      bits[best.column] += best.bits
      left -= best.bits
    }
    return bits
  }
}

/// Bits per test image of a lossless code for the grey values, pixel by pixel, that knows how
/// often each value occurred at that pixel in the training images (counted from 1): −Σ log₂ of
/// those shares, which an arithmetic coder reaches.
func losslessBits(_ parts: Parts) -> Double {
  let levels = Int(parts.training.maximum) + 1
  var bits = 0.0
  for pixel in 0..<parts.training.pixels.columns {
    var counts = Array(repeating: 1.0, count: levels)
    for value in parts.training.pixels.column(pixel) { counts[Int(value)] += 1 }
    let total = counts.sum()
    for value in parts.test.pixels.column(pixel) { bits -= log2(counts[Int(value)] / total) }
  }
  return bits / Double(parts.test.count)
}

func log2(_ x: Double) -> Double { Double.log(x) / Double.log(2) }
