extension Lesson {
  /// A table that answers "is my number right?": headline figures for five seeds beside this run's. It is left out with
  /// other images than the default ones, on which the course knows no figures to compare with.
  ///
  /// - Parameters:
  ///   - seeds: the seeds whose mean, least and greatest are shown.
  ///   - experiment: measures the figures for one seed; the same names in the same order every time.
  public func bands(
    _ caption: String, seeds: ClosedRange<UInt64> = 1...5, line: Int = #line,
    _ experiment: (_ seed: UInt64) -> KeyValuePairs<String, Double>
  ) {
    guard options.data == nil else {
      return say(
        "On the default digits this section compares the run with five seeds. With `--data` it is left out: run the lesson "
          + "with another `--seed` to see how far its numbers depend on it.", line: line)
    }
    begin()
    let all = (seeds.contains(seed) ? [] : [seed]) + Array(seeds)
    var figures: [UInt64: KeyValuePairs<String, Double>] = [:]
    for (index, seed) in all.enumerated() {
      progress("seed \(seed)", Double(index) / Double(all.count))
      figures[seed] = experiment(seed)
    }
    guard let mine = figures[seed] else { return }
    let rows: [[Cell]] = mine.enumerated().map { row, figure in
      let band = seeds.compactMap { figures[$0]?[row].value }
      let mean = band.reduce(0, +) / Double(band.count)
      let least = band.reduce(.infinity) { $1 < $0 ? $1 : $0 }
      let greatest = band.reduce(-.infinity) { $1 > $0 ? $1 : $0 }
      return [
        Cell(figure.key), Cell(figure.value), Cell(mean), Cell("\(Numeral.short(least)) to \(Numeral.short(greatest))"),
      ]
    }
    table(
      caption,
      columns: [
        "figure", "this run (seed \(seed))", "mean of seeds \(seeds.lowerBound)–\(seeds.upperBound)",
        "least to greatest",
      ], rows: rows, line: line)
  }
}
