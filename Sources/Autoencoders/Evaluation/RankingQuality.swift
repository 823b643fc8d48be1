import LinearAlgebra

/// How good a ranking by scores is at bringing what is wanted to the front: precision and recall at every threshold.
///
/// ```swift
/// let ranking = RankingQuality(scores: [3, 2, 2, 1], wanted: [true, false, true, false])
/// ranking.recall               // [0.5, 1, 1]
/// ranking.precision            // [1, 0.666…, 0.5]
/// ranking.averagePrecision     // 0.833…
/// ranking.areaUnderCurve       // 0.875
/// ```
///
/// Items of one score come in together, as one threshold: an order among them would be the order of the input, and no
/// merit of the scores.
public struct RankingQuality: Equatable, Sendable {
  /// The distinct scores, the largest first.
  public let thresholds: [Double]
  /// For each threshold, the share of the wanted items among those with this score or a larger one.
  public let precision: [Double]
  /// For each threshold, the share of the wanted items that have this score or a larger one.
  public let recall: [Double]
  /// Σ (recall_i − recall_{i−1}) precision_i: the precision, averaged over the wanted items.
  public let averagePrecision: Double
  /// The probability that a wanted item has a larger score than one that is not, ties counting half: the area under the
  /// ROC curve, and Mann and Whitney's statistic. NaN if all items are wanted.
  public let areaUnderCurve: Double

  /// Scores, larger for what seems wanted, and whether it is: at least one must be.
  public init(scores: [Double], wanted: [Bool]) {
    precondition(scores.count == wanted.count, "\(scores.count) scores for \(wanted.count) items")
    precondition(wanted.contains(true), "none of \(wanted.count) items is wanted: no recall")
    precondition(scores.allSatisfy { !$0.isNaN }, "a score is NaN: it has no rank")
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    let relevant = wanted.count { $0 }
    var (thresholds, precision, recall) = ([Double](), [Double](), [Double]())
    var (seen, found, average, area, next) = (0, 0, 0.0, 0.0, 0)
    while next < order.count {
      let score = scores[order[next]]
      let before = (seen: seen, found: found)
      while next < order.count, scores[order[next]] == score {
        if wanted[order[next]] { found += 1 }
        seen += 1
        next += 1
      }
      thresholds.append(score)
      precision.append(Double(found) / Double(seen))
      recall.append(Double(found) / Double(relevant))
      average += Double(found - before.found) / Double(relevant) * Double(found) / Double(seen)
      // Each item that is not wanted has lost against the wanted ones before it, and half against those beside it.
      let others = Double((seen - found) - (before.seen - before.found))
      area += others * Double(before.found + found) / 2
    }
    (self.thresholds, self.precision, self.recall, averagePrecision) = (thresholds, precision, recall, average)
    areaUnderCurve = area / (Double(relevant) * Double(scores.count - relevant))
  }

  /// The probability that one of `strange` has a larger score than one of `ordinary`, ties counting half (Mann & Whitney
  /// 1947).
  public static func areaUnderCurve(ordinary: [Double], strange: [Double]) -> Double {
    RankingQuality(
      scores: strange + ordinary,
      wanted: strange.map { _ in true } + ordinary.map { _ in false }
    ).areaUnderCurve
  }
}
