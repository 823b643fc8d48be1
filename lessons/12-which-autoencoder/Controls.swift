import Autoencoders
import Datasets
import LinearAlgebra

// Controls, and what the figures and checks need.

/// Models with more steps, with the settings that the validation images chose before.
struct Longer {
  /// For each model, split by split.
  let codecs: [[Codec]]
  /// Errors on the test images, likewise.
  let errors: [[Double]]

  init(
    _ contest: Contest, _ models: [Model], _ budget: Budget, factor: Int, seed: UInt64
  ) throws {
    var budget = budget
    budget.steps *= factor
    codecs = try models.map { model in
      try contest.parts.enumerated().map { j, parts in
        let setting = model.settings[contest.choice(model, .reconstruction, split: j)]
        return try model.fitted(
          to: parts.X, setting: setting, budget, seed: seed &+ UInt64(j))
      }
    }
    errors = codecs.map { zip($0, contest.parts).map { reconstructionError($0, $1) } }
  }
}

/// The error left of Gaussian noise by a denoising network without a bottleneck, trained on noise
/// of that strength, split by split.
func wideDenoising(_ contest: Contest, _ budget: Budget, seed: UInt64) throws -> [Double] {
  try contest.parts.enumerated().map { j, parts in
    let D = parts.X.columns
    let wide = Budget(code: D, hidden: D, steps: 2 * budget.steps, rate: budget.rate / 4)
    let codec = try Model.denoising.fitted(
      to: parts.X, setting: 0.25, wide, seed: seed &+ UInt64(j))
    let range = parts.ranges[1]
    let test = parts.Y[rows: range]
    let mean = Matrix(rows: test.rows, columns: D).addingToEachRow(parts.X.columnMeans)
    let cleaned = codec.reconstruct(parts.corrupted[0][rows: range])
    return (cleaned - test).squaredNorm / (mean - test).squaredNorm
  }
}

/// The share of the test images' variance about the training mean that a codec leaves.
func reconstructionError(_ codec: Codec, _ parts: Parts) -> Double {
  let test = parts.Y[rows: parts.ranges[1]]
  let mean = Matrix(rows: test.rows, columns: test.columns).addingToEachRow(
    parts.X.columnMeans)
  return (codec.reconstruct(test) - test).squaredNorm / (mean - test).squaredNorm
}

/// Error rates by the library's ridge classifier with the same strength.
func libraryReadout(_ parts: Parts, strength: Double) throws -> [Double] {
  let few = parts.labelled[1][0]
  let h = parts.X.columnMeans
  let deviations = parts.X.subtractingFromEachRow(h)
  let scale = (deviations ⊙ deviations).columnMeans.map {
    $0 > 1e-12 ? 1 / $0.squareRoot() : 0
  }
  var H = Matrix<Double>(rows: few.count, columns: h.count)
  H.gatherRows(few, of: deviations * .diagonal(scale))
  let G = parts.Y.subtractingFromEachRow(h) * .diagonal(scale)
  // The library counts strengths in units of the mean eigenvalue of the Gram matrix.
  let unit = H.subtractingFromEachRow(H.columnMeans).squaredNorm / Double(few.count)
  let classifier = try RidgeClassifier(
    H, labels: few.map { parts.training.labels[$0] },
    decays: [strength * Double(few.count) / unit])
  return parts.ranges.map { range in
    classifier.errorRate(G[rows: range], labels: Array(parts.judged.labels[range]))
  }
}

/// Eight test images of the first split, and what the models make of them.
func galleryRows(
  _ contest: Contest, _ budget: Budget, seed: UInt64
) -> [(name: String, images: Matrix<Double>)] {
  let parts = contest.parts[0]
  let chosen = stride(from: 0, to: parts.ranges[1].count, by: parts.ranges[1].count / 8)
    .prefix(8).map { parts.ranges[1].lowerBound + $0 }
  func rows(_ Y: Matrix<Double>) -> Matrix<Double> {
    var some = Matrix<Double>(rows: chosen.count, columns: Y.columns)
    some.gatherRows(chosen, of: Y)
    return some
  }
  func codec(_ model: Model, _ use: Use) -> Codec { contest.codec(model, use, split: 0) }
  func new(_ codec: Codec) -> Matrix<Double> {
    var random = RandomStream(seed: seed, name: "gallery")
    return codec.decode(
      drawnLike(codec.encode(parts.X), count: chosen.count, using: &random))
  }
  let pca = codec(.components, .reconstruction)
  return [
    ("images", rows(parts.Y)), ("PCA", pca.reconstruct(rows(parts.Y))),
    ("variational", codec(.variational, .reconstruction).reconstruct(rows(parts.Y))),
    ("spoiled", rows(parts.corrupted[2])),
    ("PCA", pca.reconstruct(rows(parts.corrupted[2]))),
    ("denoising", codec(.denoising, .saltAndPepper).reconstruct(rows(parts.corrupted[2]))),
    ("new, PCA", new(pca)), ("new, variational", new(codec(.variational, .generation))),
  ]
}

/// Levels of one number of the plain network's code, and a table for them.
struct Message {
  let symbols: [Int]
  let frequencies: [Double]

  init(_ contest: Contest, _ parts: Parts) throws {
    let codec = contest.codec(.plain, .reconstruction, split: 0)
    let H = codec.encode(parts.X)
    let quantiser = Quantiser(
      codec, training: H, sensitivity: codec.sensitivity(H), step: 0.7)
    symbols = quantiser.symbols(parts.Y[rows: parts.ranges[1].prefix(100)]).map { $0[0] }
    frequencies = quantiser.frequencies(of: 0)
  }
}

/// The codecs whose bytes are counted.
enum CodecKind: String, CaseIterable {
  case plain = "plain"
  case variational = "variational"
  case longer = "variational, four times the steps"
  case few = "PCA, as many numbers"
  case components = "PCA, all components"
  case cosines = "cosines"

  /// `trained` has the variational codecs of more steps, split by split.
  func codec(
    _ contest: Contest, split j: Int, _ images: LabelledImages, trained: [Codec]
  ) -> Codec {
    switch self {
    case .plain: contest.codec(.plain, .reconstruction, split: j)
    case .variational: contest.codec(.variational, .reconstruction, split: j)
    case .longer: trained[j]
    case .few: contest.codec(.components, .reconstruction, split: j)
    case .components: .components(contest.parts[j].X.columns, of: contest.parts[j].X)
    case .cosines: .cosine(width: images.width, height: images.height)
    }
  }
}

/// The error at a number of bits, between two points of a curve: linear in the logarithm of bits.
func interpolated(_ points: [RatePoint], at bits: Double) -> Double? {
  for (fine, coarse) in zip(points, points.dropFirst())
  where fine.bitsPerPixel >= bits && coarse.bitsPerPixel <= bits {
    let width = Double.log(fine.bitsPerPixel / coarse.bitsPerPixel)
    let share = width > 0 ? Double.log(bits / coarse.bitsPerPixel) / width : 0
    return coarse.error + share * (fine.error - coarse.error)
  }
  return nil
}

/// By how much one codec leaves less than another at a number of bits.
func rateLead(
  _ curves: [(name: String, points: [[RatePoint]])], of a: CodecKind, over b: CodecKind,
  at bits: Double
) -> PairedDifference? {
  func errors(_ kind: CodecKind) -> [Double] {
    curves.filter { $0.name == kind.rawValue }
      .flatMap { $0.points.compactMap { interpolated($0, at: bits) } }
  }
  let (x, y) = (errors(b), errors(a))
  return x.count == y.count && x.count >= 2 ? PairedDifference(x, minus: y) : nil
}

/// Average precision of twenty queries by PCA's bits, by counts of radii and by ranked lists.
func hashingAverages(_ parts: Parts, bits: Int) -> [(counted: Double, ranked: Double)] {
  let pca = PrincipalComponents(of: parts.X, count: min(bits, parts.X.columns))
  let zeros = [Double](repeating: 0, count: bits)
  let stored = BitCodes(
    parts.X.subtractingFromEachRow(pca.mean) * pca.directions, above: zeros)
  let Y = parts.Y[rows: 0..<20].subtractingFromEachRow(pca.mean) * pca.directions
  return (0..<20).map { n in
    let query = BitCodes(Y[rows: n..<n + 1], above: zeros)
    let own = parts.judged.labels[n]
    let counted = HashingQuality(
      query, [own], among: stored, parts.training.labels, bits: bits)
    let scores = stored.words.map { -Double(BitCodes.distance($0, query.words[0])) }
    let ranking = RankingQuality(
      scores: scores, wanted: parts.training.labels.map { $0 == own })
    return (counted.averagePrecision, ranking.averagePrecision)
  }
}
