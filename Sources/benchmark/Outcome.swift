/// What was measured of one case.
struct Outcome {
  let workload: String
  let work: Case
  let threads: Int
  let samples: [(who: String, samples: [Sample])]

  /// The times, and then the results, of each who took part.
  var rows: [Row] {
    samples.flatMap { who, samples in [time(who, samples)] + results(who, samples) }
  }

  func time(_ who: String, _ samples: [Sample]) -> Row {
    Row(
      Spread(samples.map { work.quantity($0.seconds) }), workload: workload, case: work.name, metric: work.metric,
      unit: work.quantity.unit, threads: threads, who: who)
  }

  func results(_ who: String, _ samples: [Sample]) -> [Row] {
    work.results.compactMap { result in
      let values = samples.compactMap { $0.results[result.name] }
      guard !values.isEmpty else { return nil }
      return Row(
        Spread(values), workload: workload, case: work.name, metric: result.name, unit: result.unit, threads: threads,
        who: who)
    }
  }

  /// How many times as good the course is as each peer: the time, and the results that are costs. The extremes are those
  /// of the samples taken in the same turn.
  var ratios: [Row] {
    guard let own = samples.first(where: { $0.who == Report.course })?.samples else { return [] }
    return samples.filter { $0.who != Report.course }.flatMap { who, other in
      var ratios: [Row] = []
      func add(_ metric: String, _ own: [Double], _ other: [Double], _ ratio: (Double, Double) -> Double) {
        guard !own.isEmpty, !other.isEmpty else { return }
        let turns = zip(own, other).map(ratio).sorted()
        ratios.append(
          Row(
            workload: workload, case: work.name, metric: "ratio of \(metric)",
            value: ratio(Spread(own).median, Spread(other).median), unit: "×", threads: threads, who: who,
            minimum: turns[0], maximum: turns[turns.count - 1], repeats: turns.count))
      }
      let quantity = work.quantity
      add(
        work.metric, own.map { quantity($0.seconds) }, other.map { quantity($0.seconds) },
        { quantity.ratio($0, $1) })
      for result in work.results where result.isCost {
        add(
          result.name, own.compactMap { $0.results[result.name] }, other.compactMap { $0.results[result.name] },
          { $1 / $0 })
      }
      return ratios
    }
  }

  /// The share of the peak of all cores that the products of the work take, for each who took part.
  func shares(of peak: Peak) -> [Row] {
    guard let (count, precision) = work.operations else { return [] }
    let most = peak.of(precision) * Double(threads)
    return samples.map { who, samples in
      Row(
        Spread(samples.map { 100 * count / $0.seconds / most }), workload: workload, case: work.name,
        metric: "share of peak", unit: "%", threads: threads, who: who)
    }
  }
}
