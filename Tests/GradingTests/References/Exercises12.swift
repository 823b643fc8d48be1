// Answers that get full marks, for those who grade.
import Exercises
import LinearAlgebra

func pairedVerdict(_ a: [Double], _ b: [Double], testPerTraining ρ: Double) throws -> [Double] {
  let d = a .- b
  let (J, average) = (Double(d.count), mean(d))
  let variance = d.map { ($0 - average) * ($0 - average) }.sum() / (J - 1)
  return [average, ((1 / J + ρ) * variance).squareRoot()]
}

func averagePrecision(scores: [Double], wanted: [Int]) throws -> Double {
  let order = scores.indices.sorted { scores[$0] > scores[$1] }
  let relevant = Double(wanted.reduce(0, +))
  var (seen, found, average, next) = (0.0, 0.0, 0.0, 0)
  while next < order.count {
    let (score, before) = (scores[order[next]], found)
    while next < order.count, scores[order[next]] == score {
      found += Double(wanted[order[next]])
      seen += 1
      next += 1
    }
    average += (found - before) / relevant * found / seen
  }
  return average
}

func messageInterval(_ symbols: [Int], frequencies: [Int]) throws -> [Double] {
  let T = Double(frequencies.reduce(0, +))
  var (low, width) = (0.0, 1.0)
  for s in symbols {
    low += width * Double(frequencies[..<s].reduce(0, +)) / T
    width *= Double(frequencies[s]) / T
  }
  return [low, width]
}

func neighbourError(
  _ G: Matrix<Double>, truth: [Int], among H: Matrix<Double>, labels: [Int], k: Int
) throws -> Double {
  let wrong = (0..<G.rows).count { m in
    let distances = (0..<H.rows).map { norm(G.row(m) .- H.row($0)) }
    let near = distances.indices.sorted { distances[$0] < distances[$1] }.prefix(k).map { labels[$0] }
    var best = near[0]
    for label in near where near.count(where: { $0 == label }) > near.count(where: { $0 == best }) { best = label }
    return best != truth[m]
  }
  return Double(wrong) / Double(G.rows)
}
