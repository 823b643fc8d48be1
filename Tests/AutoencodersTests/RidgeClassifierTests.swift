import LinearAlgebra
import Testing

@testable import Autoencoders

@Suite struct RidgeClassifierTests {
  /// Three clouds of points in five dimensions.
  func clouds(_ N: Int, seed: UInt64) -> (H: Matrix<Double>, labels: [Int]) {
    var stream = RandomStream(seed: seed)
    let labels = (0..<N).map { [2, 5, 7][$0 % 3] }
    let H = Matrix<Double>(rows: N, columns: 5) { n, j in (j == n % 3 ? 2 : 0) + 3 + stream.normal() }
    return (H, labels)
  }

  /// ‖Y − H Wᵀ − 1bᵀ‖² + α ‖W‖².
  func cost(_ W: Matrix<Double>, _ b: [Double], _ H: Matrix<Double>, _ Y: Matrix<Double>, _ α: Double) -> Double {
    var residual = H * W.T
    residual.addToEachRow(b)
    return (residual - Y).squaredNorm + α * W.squaredNorm
  }

  @Test func itMinimisesTheRidgeObjective() throws {
    let (H, labels) = clouds(12, seed: 1)
    let classifier = try RidgeClassifier(H, labels: labels, decays: [0.3])
    #expect(classifier.classes == [2, 5, 7])
    let Y = Matrix<Double>(rows: 12, columns: 3) { n, c in labels[n] == classifier.classes[c] ? 1 : -1 }
    let least = cost(classifier.W, classifier.b, H, Y, classifier.α)
    var stream = RandomStream(seed: 2)
    for _ in 0..<50 {
      let W = classifier.W + 1e-3 * Matrix<Double>.normal(rows: 3, columns: 5, using: &stream)
      let b = classifier.b.map { $0 + 1e-3 * stream.normal() }
      #expect(cost(W, b, H, Y, classifier.α) > least)
    }
  }

  /// α as it says: the decay in units of the mean eigenvalue of the centred Gram matrix.
  @Test func decaysAreInUnitsOfTheMeanEigenvalue() throws {
    let (H, labels) = clouds(12, seed: 1)
    let mean = H.columnMeans
    var squares = 0.0
    for n in 0..<12 { for j in 0..<5 { squares += (H[n, j] - mean[j]) * (H[n, j] - mean[j]) } }
    let classifier = try RidgeClassifier(H, labels: labels, decays: [0.3])
    #expect(abs(classifier.α - 0.3 * squares / 12) < 1e-13 * squares)
    #expect(
      try RidgeClassifier(1000 * H, labels: labels).predict(1000 * H) == RidgeClassifier(H, labels: labels).predict(H))
  }

  /// Oracle: the normal equations of the fit without example n, with a column of ones that is not penalised.
  @Test func leaveOneOutIsWhatLeavingOneOutGives() throws {
    let (H, labels) = clouds(12, seed: 3)
    let classifier = try RidgeClassifier(H, labels: labels, decays: [0.1, 1])
    let decays = [0.1, 1].map { $0 * classifier.α / (classifier.leaveOneOut[0] <= classifier.leaveOneOut[1] ? 0.1 : 1) }
    for (decay, measured) in zip(decays, classifier.leaveOneOut) {
      var error = 0.0
      for left in 0..<12 {
        let kept = (0..<12).filter { $0 != left }
        let A = Matrix<Double>(rows: 11, columns: 6) { r, j in j == 5 ? 1 : H[kept[r], j] }
        let Y = Matrix<Double>(rows: 11, columns: 3) { r, c in labels[kept[r]] == [2, 5, 7][c] ? 1 : -1 }
        let penalty = Matrix.diagonal([Double](repeating: decay, count: 5) + [0])
        let weights = try (A.T * A + penalty).solve(A.T * Y)
        for c in 0..<3 {
          let answer = (0..<5).reduce(weights[5, c]) { $0 + H[left, $1] * weights[$1, c] }
          let target: Double = labels[left] == [2, 5, 7][c] ? 1 : -1
          error += (target - answer) * (target - answer)
        }
      }
      #expect(abs(measured - error / 12) < 1e-10 * error)
    }
  }

  @Test func theDecayOfTheLeastErrorIsChosen() throws {
    let (H, labels) = clouds(30, seed: 4)
    let all = try RidgeClassifier(H, labels: labels)
    let best = all.leaveOneOut.indices.min { all.leaveOneOut[$0] < all.leaveOneOut[$1] }!
    let decays = [1e-4, 1e-3, 1e-2, 0.1, 0.3, 1, 3, 10, 100]
    #expect(try RidgeClassifier(H, labels: labels, decays: [decays[best]]).W == all.W)
  }

  @Test func separatedCloudsAreToldApart() throws {
    let (few, labels) = clouds(30, seed: 5)
    let (many, truth) = clouds(300, seed: 6)
    let share = try RidgeClassifier(few, labels: labels).accuracy(many, labels: truth)
    // Two centres are 2√2 apart, so the best rule errs with the probability Φ(−√2) = 0.08 for each of two neighbours.
    #expect(share > 0.75)
    #expect(NearestNeighbour(few, labels: labels).accuracy(many, labels: truth) > 0.65)
  }

  @Test func theNearestNeighbourIsTheNearest() {
    let (few, labels) = clouds(20, seed: 7)
    let (many, _) = clouds(50, seed: 8)
    let expected = (0..<50).map { m in
      labels[
        (0..<20).map { n in (0..<5).reduce(0.0) { $0 + (many[m, $1] - few[n, $1]) * (many[m, $1] - few[n, $1]) } }
          .enumerated().min { $0.element < $1.element }!.offset]
    }
    #expect(NearestNeighbour(few, labels: labels).predict(many) == expected)
  }

  /// Where ½‖e‖² − hᵀe has lost all digits that tell the examples apart.
  @Test func theNearestNeighbourIsTheNearestFarFromZeroToo() {
    let floats: Matrix<Float> = [[1000], [1000.01], [1000.02], [1000.03]]
    #expect(NearestNeighbour(floats, labels: [0, 1, 2, 3]).predict(floats) == [0, 1, 2, 3])
    let doubles = Matrix<Double>(rows: 4, columns: 1) { n, _ in 1e8 + Double(n) }
    #expect(NearestNeighbour(doubles, labels: [0, 1, 2, 3]).predict(doubles) == [0, 1, 2, 3])
    let found = nearestRows(to: [[3.0, 0], [0, 4]] as Matrix<Double>, among: [[0, 0], [0, 0], [3, 3]])
    #expect(found.map(\.index) == [0, 2] && found.map(\.squaredDistance) == [9, 10])
  }

  @Test(arguments: [1e160, 1e-170])
  func extremeScalesAreClassifiedLikeOthers(scale: Double) throws {
    let (H, labels) = clouds(30, seed: 9)
    let (usual, extreme) = (try RidgeClassifier(H, labels: labels), try RidgeClassifier(scale * H, labels: labels))
    #expect(zip(usual.leaveOneOut, extreme.leaveOneOut).allSatisfy { abs($0 - $1) < 1e-9 * $0 })
    #expect(extreme.predict(scale * H) == usual.predict(H))
  }

  @Test func badInputIsRefused() {
    let H: Matrix<Double> = [[1, 2], [3, 4]]
    #expect(throws: ParameterError.self) { try RidgeClassifier(H, labels: [1, 1]) }
    #expect(throws: ParameterError.self) { try RidgeClassifier(H, labels: [0, 1], decays: [0]) }
    #expect(throws: ParameterError.self) { try RidgeClassifier(H, labels: [0, 1], decays: []) }
    #expect(throws: TrainingError.self) { try RidgeClassifier([[1, .nan], [3, 4]], labels: [0, 1]) }
    // Codes that are all equal say nothing: the first class is as good as any.
    #expect(try! RidgeClassifier([[1.0, 2], [1, 2]], labels: [0, 1]).predict(H) == [0, 0])
  }
}
