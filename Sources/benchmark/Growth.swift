import LinearAlgebra

/// How the time of an epoch grows with the number of examples, up to `examples`, and with that of hidden units, up to twice
/// `hidden` on a quarter of the examples; each over a 16-fold range, on one thread.
///
/// Each case has the time of one size. The last of a range also has the exponent p of time ~ sizeᵖ (least squares over the
/// logarithms), and of the line time = a + b·size that fits best in relative terms: the fixed part, a over the time of the
/// last, and by how much the time of a size is off the line at most. Growth is linear if nothing is far off the line.
///
/// - Parameter train: trains a network of so many hidden units on so many examples for so many epochs, and calls the
///   function at the end of each with its mean loss.
func growth(
  examples: Int, hidden: Int,
  train: @escaping (_ hidden: Int, _ examples: Int, _ epochs: Int, _ ended: (Double) throws -> Void) throws -> Void
) -> [Case] {
  let shares = [16, 8, 4, 2, 1]
  let byExamples = GrowthRange(), byHidden = GrowthRange()
  return shares.map { share in
    byExamples.growing(
      "\(examples / share) examples", size: examples / share, isLast: share == 1,
      work: .epochs { try train(hidden, examples / share, $0, $1) })
  }
    + shares.map { share in
      byHidden.growing(
        "\(2 * hidden / share) hidden units", size: 2 * hidden / share, isLast: share == 1,
        work: .epochs { try train(2 * hidden / share, examples / 4, $0, $1) })
    }
}

/// The times of a range of sizes, as they come in.
private final class GrowthRange {
  private var points: [(size: Double, seconds: Double)] = []

  func growing(_ name: String, size: Int, isLast: Bool, work: Case.Work) -> Case {
    guard case .here(let run) = work else { preconditionFailure("growth is measured in this process") }
    return Case(
      name: name, metric: "epoch", quantity: .milliseconds, threads: 1...1,
      results: isLast ? ["exponent", "fixed part", "off the line"].map { Case.Result(name: $0, unit: "") } : [],
      work: .here { [self] clock, count, yield in
        var best = Double.infinity
        var samples: [Sample] = []
        try run(clock, count) { sample in
          best = min(best, sample.seconds)
          samples.append(Sample(seconds: sample.seconds, results: [:]))
        }
        points.append((Double(size), best))
        for sample in samples {
          try yield(isLast ? Sample(seconds: sample.seconds, results: fits) : sample)
        }
      })
  }

  private var fits: [String: Double] {
    let (x, y) = (points.map { Double.log($0.size) }, points.map { Double.log($0.seconds) })
    let (meanX, meanY) = (mean(x), mean(y))
    let products = zip(x, y).map { ($0 - meanX) * ($1 - meanY) }
    let exponent = products.sum() / x.map { ($0 - meanX) * ($0 - meanX) }.sum()
    // Least squares of (a + b·size) / seconds − 1.
    let (u, v) = (points.map { 1 / $0.seconds }, points.map { $0.size / $0.seconds })
    let (uu, uv, vv) = (dot(u, u), dot(u, v), dot(v, v))
    let determinant = uu * vv - uv * uv
    let a = (u.sum() * vv - v.sum() * uv) / determinant
    let b = (v.sum() * uu - u.sum() * uv) / determinant
    let errors = zip(u, v).map { abs(a * $0 + b * $1 - 1) }
    return [
      "exponent": exponent, "fixed part": a / points[points.count - 1].seconds, "off the line": errors.greatest(),
    ]
  }
}
