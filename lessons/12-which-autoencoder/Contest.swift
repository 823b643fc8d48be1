import Autoencoders
import Datasets
import LinearAlgebra

// All models on all splits, and what their scores say.

/// Every model with every setting on five splits of one kind.
nonisolated struct Contest {
  let parts: [Parts]
  /// For each model, split and setting.
  private(set) var codecs: [Model: [[Codec]]] = [:]
  private(set) var scores: [Model: [[Scores]]] = [:]

  /// - Parameters:
  ///   - keepsCodecs: whether they are wanted afterwards; scores are, always.
  ///   - progress: told which share is done.
  init(
    _ parts: [Parts], _ budget: Budget, seed: UInt64, keepsCodecs: Bool = true,
    progress: (Double) -> Void
  ) throws {
    self.parts = parts
    for model in Model.allCases + [.sigmoid] {
      progress(Double(model.rawValue) / Double(Model.allCases.count))
      let fitted = try parts.enumerated().map { j, parts in
        try model.settings.map {
          try model.fitted(to: parts.X, setting: $0, budget, seed: seed &+ UInt64(j))
        }
      }
      if keepsCodecs { codecs[model] = fitted }
      scores[model] = try zip(parts, fitted).enumerated().map { j, pair in
        try pair.1.map { try $0.scores(pair.0, seed: seed &+ UInt64(j)) }
      }
    }
  }

  /// Which setting the validation images of split j choose for a use.
  func choice(_ model: Model, _ use: Use, split j: Int) -> Int {
    let values = (scores[model] ?? [])[j].map { $0.validation[use.rawValue] }
    return values.indices.reduce(0) { best, s in
      (use.higherIsBetter ? values[s] > values[best] : values[s] < values[best]) ? s : best
    }
  }

  /// The chosen setting's score on the test images, split by split. Untrained networks are not
  /// chosen among: their mean counts.
  func results(_ model: Model, _ use: Use) -> [Double] {
    (scores[model] ?? []).enumerated().map { j, settings in
      model == .untrained
        ? mean(settings.map { $0.test[use.rawValue] })
        : settings[choice(model, use, split: j)].test[use.rawValue]
    }
  }

  /// The codec that validation chooses for a use.
  func codec(_ model: Model, _ use: Use, split j: Int) -> Codec {
    (codecs[model] ?? [])[j][choice(model, use, split: j)]
  }

  /// By how much model a is worse than b, split by split: positive where b is better.
  func lead(of b: Model, over a: Model, _ use: Use) -> PairedDifference {
    let (a, b) = (results(a, use), results(b, use))
    return use.higherIsBetter
      ? PairedDifference(b, minus: a) : PairedDifference(a, minus: b)
  }

  /// The model with the best mean.
  func winner(_ use: Use, among models: [Model] = Model.allCases) -> Model {
    models.reduce(models[0]) { lead(of: $1, over: $0, use).mean > 0 ? $1 : $0 }
  }

  /// The best model, and all that are not clearly behind it.
  func leaders(_ use: Use) -> [Model] {
    let best = winner(use)
    return Model.allCases.filter { $0 == best || !isClear(lead(of: best, over: $0, use)) }
  }

  /// Test images over training images.
  var testPerTraining: Double { Double(parts[0].ranges[1].count) / Double(parts[0].X.rows) }

  /// Whether a difference is larger than chance: Student's t with four degrees of freedom and the
  /// standard error for overlapping training parts, at 5 %, two-sided.
  func isClear(_ difference: PairedDifference) -> Bool {
    let error = difference.standardError(testPerTraining: testPerTraining)
    return abs(difference.mean) > studentQuantile * error
  }
}

/// t with ∫_{−t}^{t} of Student's density with four degrees of freedom = 0.95.
nonisolated let studentQuantile = 2.776445105

/// What needs no code at all, use by use: nil where there is no such rival.
nonisolated func withoutCode(_ parts: Parts, seed: UInt64) throws -> [Double?] {
  let (X, Y, ranges) = (parts.X, parts.Y, parts.ranges)
  let (μ, test) = (X.columnMeans, ranges[1])
  func total(_ values: [Double]) -> Double { values[test].reduce(0, +) }
  let spread = total(
    squaredErrors(Matrix(rows: Y.rows, columns: Y.columns).addingToEachRow(μ), Y))
  var random = RandomStream(seed: seed, name: "rivals")
  var values = [Double?](repeating: nil, count: Use.allCases.count)
  /// The best linear map from A to T, applied to B; validation chooses the ridge.
  func linearMap(
    from A: Matrix<Double>, to T: Matrix<Double>, on B: Matrix<Double>, goal: Matrix<Double>
  ) throws -> Double {
    let (a, t) = (A.columnMeans, T.columnMeans)
    let deviations = A.subtractingFromEachRow(a)
    let (gram, right) = (
      deviations.T * deviations / Double(A.rows), deviations.T * T / Double(A.rows)
    )
    let errors = try [1e-4, 1e-3, 1e-2, 0.1].map { ridge -> [Double] in
      let W = try (gram + ridge * .identity(A.columns)).solve(right)
      return squaredErrors((B.subtractingFromEachRow(a) * W).addingToEachRow(t), goal)
    }
    let best = errors.min { $0[ranges[0]].reduce(0, +) < $1[ranges[0]].reduce(0, +) } ?? []
    return total(best)
  }
  for (n, use) in [Use.gaussian, .masking, .saltAndPepper].enumerated() {
    let spoiled = Parts.corruptions[n].corruption(X, using: &random)
    values[use.rawValue] =
      try linearMap(from: spoiled, to: X, on: parts.corrupted[n], goal: Y) / spread
  }
  let (labels, classes) = (parts.training.labels, parts.judged.labels)
  let choices = parts.labelled + [[Array(0..<X.rows)]]
  let readout = LinearReadout(X, labels: labels, Y, truth: classes)
  let neighbours = Neighbours(of: Y, among: X)
  for (n, draws) in choices.enumerated() {
    let errors = try draws.map { try readout.errors($0, in: ranges) }
    let means = LinearReadout.strengths.indices.map { α in
      ranges.indices.map { r in mean(errors.map { $0[α][r] }) }
    }
    values[Use.linear1.rawValue + n] = means.min { $0[0] < $1[0] }?[1]
    values[Use.nearest1.rawValue + n] = mean(
      draws.map { few in
        let near = neighbours.nearest(among: few)
        return mean(test.map { labels[near[$0]] == classes[$0] ? 0 : 1 })
      })
  }
  let usual = neighbours.D.rowMinima
  for (use, strange) in zip([Use.mirrored, .chimeras], parts.strange) {
    let far = squaredDistances(strange, X).rowMinima
    values[use.rawValue] = RankingQuality.areaUnderCurve(
      ordinary: Array(usual[test]), strange: Array(far[test]))
  }
  let (known, missing) = (0..<parts.missing.lowerBound, parts.missing)
  let means = Matrix(rows: Y.rows, columns: Y.columns).addingToEachRow(μ)
  values[Use.imputation.rawValue] =
    try linearMap(
      from: X[columns: known], to: X[columns: missing], on: Y[columns: known],
      goal: Y[columns: missing])
    / total(squaredErrors(Y.replacing(missing, by: means), Y))
  values[Use.retrieval.rawValue] = mean(
    Array(neighbours.precision(at: 10, classes, among: labels)[test]))
  let drawn = drawnLike(X, count: 200, using: &random)
  values[Use.generation.rawValue] =
    2 * meanDistance(drawn, parts.samples[1].Y) - meanDistance(drawn)
    - parts.samples[1].within
  return values
}
