import LinearAlgebra

extension Trial {
  static let lesson12: [Trial] = [
    Trial("pairedVerdict", pairedVerdict) { mistake in
      mistake("the errors of the two means added, not paired") { a, b, ρ in
        let (va, vb) = (variance(a), variance(b))
        return [mean(a) - mean(b), ((1 / Double(a.count) + ρ) * (va + vb)).squareRoot()]
      }
      mistake("J in the denominator of the variance") { a, b, ρ in
        let J = Double(a.count)
        let v = try pairedVerdict(a, b, testPerTraining: ρ)
        return [v[0], v[1] * ((J - 1) / J).squareRoot()]
      }
      mistake("the standard deviation: not divided by J") { a, b, ρ in
        [mean(a .- b), ((1 + ρ) * variance(a .- b)).squareRoot()]
      }
      mistake("ρ left out") { a, b, _ in try pairedVerdict(a, b, testPerTraining: 0) }
      mistake("1 / (J + ρ)") { a, b, ρ in
        [mean(a .- b), (variance(a .- b) / (Double(a.count) + ρ)).squareRoot()]
      }
      mistake("b − a") { a, b, ρ in try pairedVerdict(b, a, testPerTraining: ρ) }
      mistake("no square root") { a, b, ρ in
        let v = try pairedVerdict(a, b, testPerTraining: ρ)
        return [v[0], v[1] * v[1]]
      }
    },
    Trial("averagePrecision", averagePrecision) { mistake in
      mistake("ties in the order of the input") { scores, wanted in
        let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        return byRank(order.map { wanted[$0] })
      }
      mistake("ties with the wanted ones first") { scores, wanted in
        let order = scores.indices.sorted { (scores[$1], wanted[$1]) < (scores[$0], wanted[$0]) }
        return byRank(order.map { wanted[$0] })
      }
      mistake("the smallest score first") { scores, wanted in
        try averagePrecision(scores: scores.map { -$0 }, wanted: wanted)
      }
      mistake("averaged over all items") { scores, wanted in
        let share = Double(wanted.reduce(0, +)) / Double(wanted.count)
        return try averagePrecision(scores: scores, wanted: wanted) * share
      }
      mistake("trapezoids between the points") { scores, wanted in
        let relevant = Double(wanted.reduce(0, +))
        var (last, area) = ((recall: 0.0, precision: 1.0), 0.0)
        for t in Set(scores).sorted(by: >) {
          let reached = scores.indices.filter { scores[$0] >= t }
          let found = Double(reached.map { wanted[$0] }.reduce(0, +))
          let point = (recall: found / relevant, precision: found / Double(reached.count))
          area += (point.recall - last.recall) * (point.precision + last.precision) / 2
          last = point
        }
        return area
      }
      mistake("precision at the end only") { _, wanted in
        Double(wanted.reduce(0, +)) / Double(wanted.count)
      }
    },
    Trial("messageInterval", messageInterval) { mistake in
      mistake("the width shrinks first") { symbols, frequencies in
        let T = Double(frequencies.reduce(0, +))
        var (low, width) = (0.0, 1.0)
        for s in symbols {
          width *= Double(frequencies[s]) / T
          low += width * Double(frequencies[..<s].reduce(0, +)) / T
        }
        return [low, width]
      }
      mistake("low moves by the share of the whole") { symbols, frequencies in
        let T = Double(frequencies.reduce(0, +))
        let width = try messageInterval(symbols, frequencies: frequencies)[1]
        return [symbols.map { Double(frequencies[..<$0].reduce(0, +)) / T }.sum(), width]
      }
      mistake("the symbol's own frequency counted among those before") { symbols, frequencies in
        let T = Double(frequencies.reduce(0, +))
        var (low, width) = (0.0, 1.0)
        for s in symbols {
          low += width * Double(frequencies[...s].reduce(0, +)) / T
          width *= Double(frequencies[s]) / T
        }
        return [low, width]
      }
      mistake("low and high") { symbols, frequencies in
        let interval = try messageInterval(symbols, frequencies: frequencies)
        return [interval[0], interval[0] + interval[1]]
      }
      mistake("the last symbol first") { symbols, frequencies in
        try messageInterval(symbols.reversed(), frequencies: frequencies)
      }
      mistake("all symbols alike") { symbols, frequencies in
        try messageInterval(symbols, frequencies: frequencies.map { _ in 1 })
      }
    },
    Trial("neighbourError", neighbourError) { mistake in
      mistake("accuracy") { G, truth, H, labels, k in
        1 - (try neighbourError(G, truth: truth, among: H, labels: labels, k: k))
      }
      mistake("the nearest only") { G, truth, H, labels, _ in
        try neighbourError(G, truth: truth, among: H, labels: labels, k: 1)
      }
      mistake("the farthest") { G, truth, H, labels, k in
        voted(G, truth, H, labels) { order, labels in winner(order.suffix(k).reversed().map { labels[$0] }) }
      }
      mistake("ties to the smallest label") { G, truth, H, labels, k in
        voted(G, truth, H, labels) { order, labels in
          let near = order.prefix(k).map { labels[$0] }
          return Set(near).sorted().max { a, b in
            let votes = (near.count { $0 == a }, near.count { $0 == b })
            return votes.0 != votes.1 ? votes.0 < votes.1 : a > b
          } ?? 0
        }
      }
      mistake("one neighbour too many") { G, truth, H, labels, k in
        try neighbourError(G, truth: truth, among: H, labels: labels, k: min(k + 1, H.rows))
      }
      mistake("the inner product instead of the distance") { G, truth, H, labels, k in
        let wrong = (0..<G.rows).count { m in
          let near = (0..<H.rows).sorted { dot(G.row(m), H.row($0)) > dot(G.row(m), H.row($1)) }
          return winner(near.prefix(k).map { labels[$0] }) != truth[m]
        }
        return Double(wrong) / Double(G.rows)
      }
      mistake("the mean of the labels, rounded") { G, truth, H, labels, k in
        voted(G, truth, H, labels) { order, labels in
          order.prefix(k).map { labels[$0] }.reduce(0, +) / k / 10 * 10
        }
      }
    },
  ]
}

/// The variance with n − 1.
private func variance(_ x: [Double]) -> Double {
  x.map { ($0 - mean(x)) * ($0 - mean(x)) }.sum() / Double(x.count - 1)
}

/// The mean, over the wanted items of a ranked list, of the precision at their ranks.
private func byRank(_ wanted: [Int]) -> Double {
  var (found, sum) = (0.0, 0.0)
  for (rank, one) in wanted.enumerated() where one == 1 {
    found += 1
    sum += found / Double(rank + 1)
  }
  return sum / found
}

/// The label with most votes, the one met first among equals.
private func winner(_ near: [Int]) -> Int {
  var best = near[0]
  for label in near where near.count(where: { $0 == label }) > near.count(where: { $0 == best }) { best = label }
  return best
}

/// The error of a decision that sees the rows of H in the order of their distance.
private func voted(
  _ G: Matrix<Double>, _ truth: [Int], _ H: Matrix<Double>, _ labels: [Int],
  decide: (_ order: [Int], _ labels: [Int]) -> Int
) -> Double {
  let wrong = (0..<G.rows).count { m in
    let order = (0..<H.rows).sorted { norm(G.row(m) .- H.row($0)) < norm(G.row(m) .- H.row($1)) }
    return decide(order, labels) != truth[m]
  }
  return Double(wrong) / Double(G.rows)
}
