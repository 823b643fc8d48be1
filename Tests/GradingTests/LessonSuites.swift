import Exercises
import Grading
import Synchronization
import Testing

// What a student runs: `swift test --filter Lesson03`. An exercise that was not attempted is shown as cancelled, a wrong
// answer as a failure that says what was expected and what to read again.

@Suite struct Lesson00 {
  @Test func excessCrossEntropy() throws { try grade() }
  @Test func softmaxGradient() throws { try grade() }
  @Test func backPropagation() throws { try grade() }
  @Test func deepTiedGradients() throws { try grade() }
}

@Suite struct Lesson01 {
  @Test func energyCaptured() throws { try grade() }
  @Test func smallestRank() throws { try grade() }
  @Test func balancedFactors() throws { try grade() }
  @Test func missedDirection() throws { try grade() }
  @Test func nearestOrthogonal() throws { try grade() }
}

@Suite struct Lesson02 {
  @Test func normalisedExamples() throws { try grade() }
  @Test func whiteAutoencoder() throws { try grade() }
  @Test func farthestDirection() throws { try grade() }
  @Test func criticalPoint() throws { try grade() }
}

@Suite struct Lesson03 {
  @Test func compressionRatio() throws { try grade() }
  @Test func copyingWeights() throws { try grade() }
  @Test func cosineBasis() throws { try grade() }
  @Test func memorisingWeights() throws { try grade() }
  @Test func lowestFrequencies() throws { try grade() }
}

@Suite struct Lesson04 {
  @Test func softThreshold() throws { try grade() }
  @Test func sparsityPenalty() throws { try grade() }
  @Test func populationAndLifetime() throws { try grade() }
  @Test func sparseCodes() throws { try grade() }
  @Test func sparsityGradient() throws { try grade() }
}

@Suite struct Lesson05 {
  @Test func saltAndPepper() throws { try grade() }
  @Test func denoisingLoss() throws { try grade() }
  @Test func optimalDenoiser() throws { try grade() }
  @Test func mixtureScore() throws { try grade() }
  @Test func denoiserSlope() throws { try grade() }
}

@Suite struct Lesson06 {
  @Test func contractivePenalty() throws { try grade() }
  @Test func twoLayerJacobian() throws { try grade() }
  @Test func contractiveGradient() throws { try grade() }
  @Test func sensitivityRatio() throws { try grade() }
  @Test func noiseCost() throws { try grade() }
}

@Suite struct Lesson07 {
  @Test func reparameterisedSample() throws { try grade() }
  @Test func divergenceFromPrior() throws { try grade() }
  @Test func evidenceBound() throws { try grade() }
  @Test func importanceWeightedBound() throws { try grade() }
  @Test func gradientsThroughSample() throws { try grade() }
}

@Suite struct Lesson08 {
  @Test func countingGradient() throws { try grade() }
  @Test func chainStep() throws { try grade() }
  @Test func denoisingChain() throws { try grade() }
  @Test func jointDistribution() throws { try grade() }
}

@Suite struct Lesson09 {
  @Test func foldedKinks() throws { try grade() }
  @Test func countPieces() throws { try grade() }
  @Test func gradientNorms() throws { try grade() }
  @Test func stackLosses() throws { try grade() }
}

@Suite struct Lesson10 {
  @Test func tangentImage() throws { try grade() }
  @Test func scaledCoordinates() throws { try grade() }
  @Test func pathLengths() throws { try grade() }
  @Test func pancakeLogDensity() throws { try grade() }
}

@Suite struct Lesson11 {
  @Test func proximalStep() throws { try grade() }
  @Test func sweptColumns() throws { try grade() }
  @Test func acceleratedCodes() throws { try grade() }
  @Test func dualityGap() throws { try grade() }
}

@Suite struct Lesson12 {
  @Test func pairedVerdict() throws { try grade() }
  @Test func averagePrecision() throws { try grade() }
  @Test func messageInterval() throws { try grade() }
  @Test func neighbourError() throws { try grade() }
}

@Suite struct Lesson13 {
  @Test func heldOutError() throws { try grade() }
  @Test func adamPath() throws { try grade() }
  @Test func tanhContraction() throws { try grade() }
  @Test func noiseLoss() throws { try grade() }
}

@Suite struct Lesson14 {
  @Test func chainMarginals() throws { try grade() }
  @Test func noiseAndScore() throws { try grade() }
  @Test func ancestralStep() throws { try grade() }
  @Test func heunStep() throws { try grade() }
  @Test func diffusionBound() throws { try grade() }
}

/// Passes, fails or cancels the running test, which is named after an exercise.
private func grade(_ test: String = #function) throws {
  let function = String(test.prefix { $0 != "(" })
  let exercise = try #require(Exercise.all.first { $0.function == function }, "there is no exercise \(function)")
  let mark = try #require(try marks(ofLesson: exercise.lesson).first { $0.exercise == exercise })
  switch mark.verdict {
  case .passed: break
  case .notAttempted:
    let comment: Comment = "not attempted, \(exercise.points) point\(exercise.points == 1 ? "" : "s")"
    #if compiler(>=6.3)
      try Test.cancel(comment)
    #else
      // A test cannot cancel itself: it passes, "with 1 known issue".
      withKnownIssue(comment) { Issue.record(comment) }
    #endif
  default: Issue.record("\(exercise.name) \(function): \(mark.remarks().joined(separator: "\n"))")
  }
}

/// The marks of a lesson, given once in a run.
private func marks(ofLesson lesson: Int) throws -> [Mark] {
  try cache.withLock { cache in
    if let marks = cache[lesson] { return marks }
    let submission = try Submission(folder: Place.package.appending(path: "lessons"), lessons: [lesson])
    let marks = try Grader(products: Place.products).marks(submission, lessons: [lesson])
    cache[lesson] = marks
    return marks
  }
}

private let cache = Mutex([Int: [Mark]]())
