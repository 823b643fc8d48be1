import Autoencoders
import LinearAlgebra

// What the codes are used for, and how well they serve.

/// The measures, in the order of the tables.
nonisolated enum Use: Int, CaseIterable {
  case reconstruction, gaussian, masking, saltAndPepper
  case linear1, linear10, linearAll, nearest1, nearest10, nearestAll
  case mirrored, chimeras, imputation, retrieval, generation

  /// What it is called; and the lesson that explains it.
  var title: (name: String, lesson: String) {
    switch self {
    case .reconstruction: ("reconstruction", "03-under-and-overcomplete")
    case .gaussian: ("Gaussian noise", "05-denoising-vector-field")
    case .masking: ("masked pixels", "05-denoising-vector-field")
    case .saltAndPepper: ("salt and pepper", "05-denoising-vector-field")
    case .linear1: ("linear, 1 label a class", "06-contractive-jacobian")
    case .linear10: ("linear, 10 labels", "06-contractive-jacobian")
    case .linearAll: ("linear, all labels", "06-contractive-jacobian")
    case .nearest1: ("nearest, 1 label a class", "09-depth")
    case .nearest10: ("nearest, 10 labels", "09-depth")
    case .nearestAll: ("nearest, all labels", "09-depth")
    case .mirrored: ("mirrored images", "07-variational-kl")
    case .chimeras: ("halves of two", "07-variational-kl")
    case .imputation: ("lower half missing", "07-variational-kl")
    case .retrieval: ("ten nearest", "10-manifolds")
    case .generation: ("new images", "08-stochastic-sampling")
    }
  }

  var higherIsBetter: Bool { self == .mirrored || self == .chimeras || self == .retrieval }
}

/// The scores of one codec in all uses.
nonisolated struct Scores {
  var validation: [Double]
  var test: [Double]
}

nonisolated extension Codec {
  /// How well the codec serves, on the validation and on the test images of `parts`.
  func scores(_ parts: Parts, seed: UInt64) throws -> Scores {
    let (Y, ranges, μ) = (parts.Y, parts.ranges, parts.X.columnMeans)
    var scores = [[Double]](repeating: [], count: 2)
    func add(_ value: (Range<Int>) -> Double) {
      for r in 0..<2 { scores[r].append(value(ranges[r])) }
    }
    func total(_ values: [Double], _ range: Range<Int>) -> Double {
      values[range].reduce(0, +)
    }

    let spread = squaredErrors(
      Matrix(rows: Y.rows, columns: Y.columns).addingToEachRow(μ), Y)
    let errors = squaredErrors(reconstruct(Y), Y)
    add { total(errors, $0) / total(spread, $0) }
    for spoiled in parts.corrupted {
      let errors = squaredErrors(reconstruct(spoiled), Y)
      add { total(errors, $0) / total(spread, $0) }
    }

    let (H, G) = (encode(parts.X), encode(Y))
    let (labels, classes) = (parts.training.labels, parts.judged.labels)
    let choices = parts.labelled + [[Array(0..<H.rows)]]
    let readout = LinearReadout(H, labels: labels, G, truth: classes)
    for draws in choices {
      let errors = try draws.map { try readout.errors($0, in: ranges) }
      let means = LinearReadout.strengths.indices.map { α in
        ranges.indices.map { r in mean(errors.map { $0[α][r] }) }
      }
      let best = means.indices.reduce(0) { means[$1][0] < means[$0][0] ? $1 : $0 }
      for r in 0..<2 { scores[r].append(means[best][r]) }
    }
    let neighbours = Neighbours(of: G, among: H)
    for draws in choices {
      let nearest = draws.map { neighbours.nearest(among: $0) }
      add { range in
        let wrong = nearest.map { near in range.count { labels[near[$0]] != classes[$0] } }
        return Double(wrong.reduce(0, +)) / Double(range.count * draws.count)
      }
    }

    for strange in parts.strange {
      let others = squaredErrors(reconstruct(strange), strange)
      add {
        RankingQuality.areaUnderCurve(
          ordinary: Array(errors[$0]), strange: Array(others[$0]))
      }
    }

    // Known pixels of x, the others of its reconstruction, again and again from the mean.
    let means = Matrix(rows: Y.rows, columns: Y.columns).addingToEachRow(μ)
    let halved = Y.replacing(parts.missing, by: means)
    var filled = halved
    for _ in 0..<5 { filled = Y.replacing(parts.missing, by: reconstruct(filled)) }
    let (guess, gap) = (squaredErrors(halved, Y), squaredErrors(filled, Y))
    add { total(gap, $0) / total(guess, $0) }

    let precision = neighbours.precision(at: 10, classes, among: labels)
    add { mean(Array(precision[$0])) }

    var random = RandomStream(seed: seed, name: "samples")
    let drawn = decode(drawnLike(H, count: 200, using: &random))
    let within = meanDistance(drawn)
    for r in 0..<2 {
      scores[r].append(
        2 * meanDistance(drawn, parts.samples[r].Y) - within - parts.samples[r].within)
    }
    return Scores(validation: scores[0], test: scores[1])
  }
}
