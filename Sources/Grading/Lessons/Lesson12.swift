import LinearAlgebra

extension Examination {
  /// 12 · Which autoencoder?
  static let lesson12 = [
    Examination("pairedVerdict") { student, draw in
      for (J, ρ) in [(2, 0.0), (5, 1.0 / 3), (10, 0.25), (3, 1.0)] {
        // What is common to both is much larger than their difference.
        let common = draw.numbers(J, in: 10..<30)
        let (a, b) = (common .+ draw.normals(J), common .+ draw.normals(J))
        let verdict: [Double] = try student(a, b, ρ)
        let task = "\(J) splits, ρ = \(ρ)"
        try expect("how many numbers for \(task)", Double(verdict.count), equals: 2)
        // From all pairs of differences: Σ_{i<j} (d_i − d_j)² = J Σ (d_j − d̄)².
        let d = zip(a, b).map { $0 - $1 }
        var squares = 0.0
        for i in 0..<J { for j in 0..<i { squares += (d[i] - d[j]) * (d[i] - d[j]) } }
        let variance = squares / Double(J * (J - 1))
        try expect("the mean difference of \(task)", verdict[0], equals: d.sum() / Double(J))
        try expect(
          "its standard error for \(task)", verdict[1], equals: (variance / Double(J) + ρ * variance).squareRoot())
      }
    },
    Examination("averagePrecision") { student, draw in
      for (N, levels) in [(1, 1), (6, 100), (12, 3), (30, 5), (40, 1000), (25, 1), (9, 2)] {
        let scores = (0..<N).map { _ in Double(draw.integer(in: 0...levels - 1)) / 4 - 3 }
        var wanted = (0..<N).map { _ in draw.integer(in: 0...1) }
        wanted[draw.integer(in: 0...N - 1)] = 1
        let got: Double = try student(scores, wanted)
        // Item by item: each wanted one contributes the precision at its own score.
        let relevant = wanted.indices.filter { wanted[$0] == 1 }
        let expected =
          relevant.map { i -> Double in
            let reached = scores.indices.filter { scores[$0] >= scores[i] }
            return Double(reached.count { wanted[$0] == 1 }) / Double(reached.count)
          }.sum() / Double(relevant.count)
        try expect("the average precision of \(N) items with at most \(levels) scores", got, equals: expected)
      }
    },
    Examination("messageInterval") { student, draw in
      for (n, count) in [(0, 2), (1, 3), (2, 2), (5, 4), (9, 3), (12, 6)] {
        let frequencies = (0..<count).map { _ in draw.integer(in: 1...9) }
        let symbols = (0..<n).map { _ in draw.integer(in: 0...count - 1) }
        let interval: [Double] = try student(symbols, frequencies)
        let task = "a message of \(n) symbols among \(count)"
        try expect("how many numbers for \(task)", Double(interval.count), equals: 2)
        // From the last symbol back: the interval within the whole is first the last one's, then that within the one before.
        let T = Double(frequencies.reduce(0, +))
        var (low, width) = (0.0, 1.0)
        for s in symbols.reversed() {
          let share = Double(frequencies[s]) / T
          low = Double(frequencies[..<s].reduce(0, +)) / T + share * low
          width *= share
        }
        try expect("the low end of \(task)", interval[0], equals: low)
        // Relative, however narrow.
        try expect("the width of \(task), over the product of its shares", interval[1] / width, equals: 1)
      }
    },
    Examination("neighbourError") { student, draw in
      for (M, N, K, k, classes) in [
        (40, 9, 2, 1, 2), (60, 20, 3, 3, 3), (60, 15, 1, 4, 2), (60, 12, 4, 5, 4), (20, 5, 2, 5, 3),
      ] {
        let (G, H) = (draw.matrix(M, K), draw.matrix(N, K))
        let labels = (0..<N).map { _ in 10 * draw.integer(in: 0...classes - 1) }
        let truth = (0..<M).map { _ in 10 * draw.integer(in: 0...classes - 1) }
        let error: Double = try student(G, truth, H, labels, k)
        var wrong = 0
        for m in 0..<M {
          let distances = (0..<N).map { n in zip(G.row(m), H.row(n)).map { ($0 - $1) * ($0 - $1) }.sum() }
          let near = (0..<N).sorted { distances[$0] < distances[$1] }.prefix(k).map { labels[$0] }
          // Votes first, and among equals the class that comes first.
          let best = Set(near).max { a, b in
            let votes = (near.count { $0 == a }, near.count { $0 == b })
            let first = (near.firstIndex(of: a) ?? k, near.firstIndex(of: b) ?? k)
            return votes.0 != votes.1 ? votes.0 < votes.1 : first.0 > first.1
          }
          if best != truth[m] { wrong += 1 }
        }
        try expect(
          "the error of \(k) nearest of \(N) codes, \(classes) classes", error, equals: Double(wrong) / Double(M))
      }
    },
  ]
}
