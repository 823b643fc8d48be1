import Autoencoders
import LinearAlgebra

// Images as bytes: codes rounded to a grid, and the bytes that a range coder makes of them.

/// A codec whose numbers are rounded to multiples of a step, and coded with the frequencies that
/// the training images have.
nonisolated struct Quantiser {
  private let codec: Codec
  private let centre: [Double]
  private let steps: [Double]
  private let lows: [Int]
  private let tables: [FrequencyTable]
  /// What a level stands for: the mean of the training images' numbers in it.
  private let values: [[Double]]

  /// - Parameters:
  ///   - step: how far a reconstruction may move, in the mean, where one number moves by one
  ///     level: `sensitivity` says how far it moves where a number moves by 1.
  init(_ codec: Codec, training H: Matrix<Double>, sensitivity: [Double], step: Double) {
    self.codec = codec
    let centre = H.columnMeans
    let steps = sensitivity.map { step / max($0, 1e-9) }
    let levels = Quantiser.levels(H, centre, steps)
    let lows = (0..<H.columns).map { j in levels.map { $0[j] }.min() ?? 0 }
    let tables = lows.indices.map { j in
      let column = levels.map { $0[j] - lows[j] }
      var counts = [Int](repeating: 1, count: (column.max() ?? 0) + 1)
      for level in column { counts[level] += 16 }
      return FrequencyTable(counts)
    }
    values = lows.indices.map { j in
      let grid = (0..<tables[j].count).map { centre[j] + steps[j] * Double($0 + lows[j]) }
      var sums = [(count: Double, sum: Double)](repeating: (0, 0), count: grid.count)
      for n in 0..<H.rows {
        let s = levels[n][j] - lows[j]
        sums[s] = (sums[s].count + 1, sums[s].sum + H[n, j])
      }
      return zip(grid, sums).map { $1.count > 0 ? $1.sum / $1.count : $0 }
    }
    (self.centre, self.steps, self.lows, self.tables) = (centre, steps, lows, tables)
  }

  private static func levels(
    _ H: Matrix<Double>, _ centre: [Double], _ steps: [Double]
  ) -> [[Int]] {
    (0..<H.rows).map { n in
      (0..<H.columns).map { j in Int(((H[n, j] - centre[j]) / steps[j]).rounded()) }
    }
  }

  /// The levels of images; what lies outside the range seen in training is moved to its end.
  func symbols(_ X: Matrix<Double>) -> [[Int]] {
    Quantiser.levels(codec.encode(X), centre, steps).map { levels in
      levels.indices.map { j in min(max(levels[j] - lows[j], 0), tables[j].count - 1) }
    }
  }

  /// The images as bytes.
  func bytes(_ symbols: [[Int]]) -> [UInt8] {
    var encoder = RangeEncoder()
    for image in symbols {
      for (j, s) in image.enumerated() { encoder.encode(s, by: tables[j]) }
    }
    return encoder.finished()
  }

  /// `count` images of bytes.
  func symbols(_ bytes: [UInt8], count: Int) throws -> [[Int]] {
    var decoder = RangeDecoder(bytes)
    return try (0..<count).map { _ in try tables.map { try decoder.decode(by: $0) } }
  }

  /// The images that the levels stand for.
  func images(_ symbols: [[Int]]) -> Matrix<Double> {
    codec.decode(
      Matrix(rows: symbols.count, columns: steps.count) { n, j in values[j][symbols[n][j]] })
  }

  /// The frequencies of the levels of number j.
  func frequencies(of j: Int) -> [Double] {
    (0..<tables[j].count).map { Double(tables[j].frequency(of: $0)) }
  }

  /// −Σ log₂ of the shares of all symbols.
  func idealBits(_ symbols: [[Int]]) -> Double {
    symbols.map { image in image.enumerated().map { tables[$0].bits(for: $1) }.sum() }.sum()
  }
}

/// A point of a rate–distortion curve.
nonisolated struct RatePoint {
  let bitsPerPixel: Double
  let error: Double
  let ideal: Double
  /// Whether the bytes gave the same levels again.
  let exact: Bool
}

nonisolated extension Codec {
  /// How far a reconstruction moves, root mean square, per unit of each number of the code.
  func sensitivity(_ H: Matrix<Double>) -> [Double] {
    let few = H[rows: 0..<min(100, H.rows)]
    let X = decode(few)
    return (0..<H.columns).map { j in
      let column = H.column(j)
      let spread = (column .- [Double](repeating: mean(column), count: column.count))
      let ε = max(1e-6, 0.1 * (dot(spread, spread) / Double(column.count)).squareRoot())
      let moved = decode(
        Matrix(rows: few.rows, columns: few.columns) {
          few[$0, $1] + ($1 == j ? ε : 0)
        })
      return ((moved - X).squaredNorm / Double(few.rows)).squareRoot() / ε
    }
  }

  /// Bits and error on the test images for each step.
  func rates(_ parts: Parts, steps: [Double]) throws -> [RatePoint] {
    let test = parts.Y[rows: parts.ranges[1]]
    let spread = squaredErrors(
      Matrix(rows: test.rows, columns: test.columns).addingToEachRow(parts.X.columnMeans),
      test
    ).sum()
    let H = encode(parts.X)
    let sensitivity = sensitivity(H)
    return try steps.map { step in
      let quantiser = Quantiser(self, training: H, sensitivity: sensitivity, step: step)
      let symbols = quantiser.symbols(test)
      let bytes = quantiser.bytes(symbols)
      let again = try quantiser.symbols(bytes, count: symbols.count)
      let pixels = Double(test.rows * test.columns)
      return RatePoint(
        bitsPerPixel: Double(8 * bytes.count) / pixels,
        error: squaredErrors(quantiser.images(again), test).sum() / spread,
        ideal: quantiser.idealBits(symbols) / pixels, exact: again == symbols)
    }
  }

  /// The cosine transform: a code of as many numbers as pixels that no image had a part in.
  static func cosine(width: Int, height: Int) -> Codec {
    let transform = CosineTransform(width: width, height: height)
    return Codec(
      encode: { transform($0) }, decode: { transform.inverse($0) }, parameters: 0)
  }

  /// The grey levels themselves.
  static func pixels(_ D: Int) -> Codec {
    Codec(encode: { $0 }, decode: { $0 }, parameters: 0)
  }
}
