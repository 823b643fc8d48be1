/// Ticks of a linear axis by the extended Wilkinson algorithm.
///
/// Among all sequences of k numbers with a step j · q · 10ᶻ, q ∈ {1, 5, 2, 2.5, 4, 3}, the one with the best score is
/// taken: 0.25 · simplicity + 0.2 · coverage + 0.5 · density + 0.05 · legibility. Legibility is 1 here; the plot asks
/// for fewer ticks where labels would touch.
///
/// Talbot, Lin and Hanrahan, *An extension of Wilkinson's algorithm for positioning tick labels on axes*, IEEE TVCG
/// 16 (2010).
enum LinearTicks {
  /// The nice steps, in tenths, nicest first.
  private static let steps = [10, 50, 20, 25, 40, 30]

  /// About `wanted` round numbers that cover the range from `low` to `high`, in ascending order.
  ///
  /// The first may lie a little below `low`, the last a little above `high`. If `integral`, only whole numbers are
  /// taken: an index or a count has no value between.
  static func covering(_ low: Double, _ high: Double, wanted: Int, integral: Bool = false) -> [DecimalNumber] {
    precondition(low < high, "ticks need a range, not \(low)…\(high)")
    let span = high - low
    let wanted = max(2, integral ? min(wanted, Int(min(span, 1e6)) + 1) : wanted)
    var best: (score: Double, first: Int, skip: Int, count: Int, q: Int, power: Int)?
    func bestScore() -> Double { best?.score ?? -2 }
    func score(_ simplicity: Double, _ coverage: Double, _ density: Double) -> Double {
      0.25 * simplicity + 0.2 * coverage + 0.5 * density + 0.05
    }

    // Each loop ends when even the best that it could still find would not beat what has been found.
    search: for skip in 1... {
      for (rank, q) in steps.enumerated() {
        let plainness = 1 - Double(rank) / Double(steps.count - 1) - Double(skip)
        if score(plainness + 1, 1, 1) < bestScore() { break search }
        for count in 2... {
          if score(plainness + 1, 1, densityBound(count, wanted)) < bestScore() { break }
          let delta = span / Double((count + 1) * skip) / (Double(q) / 10)
          for power in (Decimals.exponent(of: delta) + (isPowerOfTen(delta) ? 0 : 1))... {
            let unit = DecimalNumber(mantissa: q, exponent: power - 1).value
            let step = Double(skip) * unit
            let length = step * Double(count - 1)
            if score(plainness + 1, coverageBound(span, length), densityBound(count, wanted)) < bestScore() { break }
            let firsts = Int((high / step).rounded(.down)) * skip - (count - 1) * skip
            let lasts = Int((low / step).rounded(.up)) * skip
            if firsts > lasts { continue }
            for first in firsts...lasts where !integral || isWhole(first, skip, q, power) {
              let start = Double(first) * unit
              let end = start + length
              let hasZero = first % skip == 0 && first <= 0 && first + (count - 1) * skip >= 0
              let total = score(
                plainness + (hasZero ? 1 : 0), coverage(low, high, start, end),
                density(count, wanted, low, high, start, end))
              if total > bestScore() { best = (total, first, skip, count, q, power) }
            }
          }
        }
      }
    }
    guard let best else { return [low, high].map { DecimalNumber($0, exponent: 0, .toNearestOrEven) } }
    return (0..<best.count).map { index in
      DecimalNumber(mantissa: (best.first + index * best.skip) * best.q, exponent: best.power - 1)
    }
  }

  /// Round numbers from `low` to `high`, about `wanted`, and at least two if the range holds any two.
  static func within(_ low: Double, _ high: Double, wanted: Int, integral: Bool = false) -> [DecimalNumber] {
    let slack = 1e-9 * (high - low)
    var inside: [DecimalNumber] = []
    for wanted in wanted..<wanted + 8 where inside.count < 2 {
      inside = covering(low, high, wanted: wanted, integral: integral).filter {
        (low - slack...high + slack).contains($0.value)
      }
    }
    return inside
  }

  private static func isPowerOfTen(_ x: Double) -> Bool { Decimals.powerOfTen(Decimals.exponent(of: x)) == x }

  /// Whether the first tick and the step are whole numbers.
  private static func isWhole(_ first: Int, _ skip: Int, _ q: Int, _ power: Int) -> Bool {
    if power >= 1 { return true }
    if power < -6 { return false }
    let denominator = (power..<1).reduce(1) { product, _ in product * 10 }
    return first * q % denominator == 0 && skip * q % denominator == 0
  }

  /// How well the ticks' ends meet the data's: 1 if they fall together.
  private static func coverage(_ low: Double, _ high: Double, _ start: Double, _ end: Double) -> Double {
    let tenth = 0.1 * (high - low)
    let above = (high - end) / tenth
    let below = (low - start) / tenth
    return 1 - 0.5 * (above * above + below * below)
  }

  /// The best coverage of ticks `length` long.
  private static func coverageBound(_ span: Double, _ length: Double) -> Double {
    if length <= span { return 1 }
    let half = (length - span) / 2 / (0.1 * span)
    return 1 - half * half
  }

  /// How well the ticks' distance meets the wanted: 1 if it does.
  private static func density(
    _ count: Int, _ wanted: Int, _ low: Double, _ high: Double, _ start: Double, _ end: Double
  ) -> Double {
    let ratio = Double(count - 1) / (end - start) / (Double(wanted - 1) / (max(end, high) - min(low, start)))
    return 2 - max(ratio, 1 / ratio)
  }

  /// The best density of `count` ticks.
  private static func densityBound(_ count: Int, _ wanted: Int) -> Double {
    count >= wanted ? 2 - Double(count - 1) / Double(wanted - 1) : 1
  }
}
