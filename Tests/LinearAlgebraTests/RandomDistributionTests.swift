import Foundation
import LinearAlgebra
import Testing

// Each bound is passed by a correct generator with a probability of at least 1 − 10⁻⁶; the seeds are fixed, so a test
// that passes once passes always. z = 4.9 is the two-sided normal quantile of 10⁻⁶.
@Suite("Random numbers: distributions")
struct RandomDistributionTests {
  static let z = 4.9

  /// χ² of counts whose expectations are all equal.
  private func chiSquare(_ counts: [Int]) -> Double {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
  }

  /// The Kolmogorov–Smirnov statistic √n·sup |Fₙ − F|.
  private func kolmogorov(_ sample: [Double], _ distribution: (Double) -> Double) -> Double {
    let n = Double(sample.count)
    var largest = 0.0
    for (i, x) in sample.sorted().enumerated() {
      let F = distribution(x)
      largest = max(largest, F - Double(i) / n, Double(i + 1) / n - F)
    }
    return n.squareRoot() * largest
  }

  @Test func `uniform numbers are uniform`() {
    var stream = RandomStream(seed: 11)
    let sample = (0..<200_000).map { _ in stream.uniform() }
    #expect(sample.allSatisfy { $0 >= 0 && $0 < 1 })
    // P(√n·D > 2.69) = 2·exp(−2·2.69²) = 10⁻⁶
    #expect(kolmogorov(sample) { $0 } < 2.69)
    // The mean has the standard error 1/√(12 n).
    let mean = sample.reduce(0, +) / 200_000
    #expect(abs(mean - 0.5) < Self.z / (12.0 * 200_000).squareRoot())
    // Of the low bits too: 16 cells by bits 49 … 52. scipy.stats.chi2.isf(1e-6, 15) = 56.49
    var counts = Array(repeating: 0, count: 16)
    for u in sample { counts[Int(u * 0x1p53) & 15] += 1 }
    #expect(chiSquare(counts) < 56.49)
  }

  @Test func `pairs of successive uniform numbers fill the square`() {
    var stream = RandomStream(seed: 12)
    var counts = Array(repeating: 0, count: 400)
    for _ in 0..<100_000 { counts[Int(stream.uniform() * 20) * 20 + Int(stream.uniform() * 20)] += 1 }
    // scipy.stats.chi2.isf(1e-6, 399) = 547.9
    #expect(chiSquare(counts) < 547.9)
  }

  @Test func `normal numbers have the normal distribution and its moments`() {
    var stream = RandomStream(seed: 13)
    let n = 200_000
    let sample = Matrix<Double>.normal(rows: 1, columns: n, using: &stream).elements
    #expect(kolmogorov(sample) { 0.5 * erfc(-$0 / 2.0.squareRoot()) } < 2.69)
    // E z = 0, E z² = 1, E z³ = 0, E z⁴ = 3; the variances of z, z², z³, z⁴ are 1, 2, 15, 96.
    for (power, (expected, variance)) in zip(1..., [(0.0, 1.0), (1, 2), (0, 15), (3, 96)]) {
      let moment = sample.reduce(0) { $0 + pow($1, Double(power)) } / Double(n)
      #expect(abs(moment - expected) < Self.z * (variance / Double(n)).squareRoot(), "moment \(power): \(moment)")
    }
    // The two numbers of a pair, and numbers of successive pairs, are uncorrelated.
    for lag in [1, 2, 15, 16] {
      let products = (0..<n - lag).map { sample[$0] * sample[$0 + lag] }
      let correlation = products.reduce(0, +) / Double(n)
      #expect(abs(correlation) < Self.z / Double(n).squareRoot(), "lag \(lag)")
    }
  }

  @Test func `mean and standard deviation are the wanted ones`() {
    var stream = RandomStream(seed: 14)
    let n = 100_000
    let A = Matrix<Float>.normal(rows: 100, columns: n / 100, mean: -2, standardDeviation: 0.25, using: &stream)
    let mean = A.elements.reduce(0.0) { $0 + Double($1) } / Double(n)
    let variance = A.elements.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(n)
    #expect(abs(mean + 2) < Self.z * 0.25 / Double(n).squareRoot())
    #expect(abs(variance / 0.0625 - 1) < Self.z * (2 / Double(n)).squareRoot())
  }

  @Test func `streams of different names, seeds and levels are uncorrelated`() {
    let n = 20_000
    let streams = [
      RandomStream(seed: 7), RandomStream(seed: 8), RandomStream(seed: 7, name: "a"), RandomStream(seed: 7, name: "b"),
      RandomStream(seed: 8, name: "a"), RandomStream(seed: 7, name: "a").substream("b"),
      RandomStream(seed: 7, name: "b").substream("a"), RandomStream(seed: 7, name: "ab"),
    ]
    let samples = streams.map { start in
      var stream = start
      return Matrix<Double>.normal(rows: 1, columns: n, using: &stream).elements
    }
    for i in samples.indices {
      for j in 0..<i {
        let correlation = zip(samples[i], samples[j]).reduce(0) { $0 + $1.0 * $1.1 } / Double(n)
        #expect(abs(correlation) < Self.z / Double(n).squareRoot(), "streams \(i) and \(j): \(correlation)")
      }
    }
  }

  @Test(arguments: [1, 2, 3, 10, 1000])
  func `integers below a bound are equally likely`(bound: Int) {
    var stream = RandomStream(seed: 15)
    var counts = Array(repeating: 0, count: bound)
    for _ in 0..<100 * bound + 10_000 { counts[stream.integer(below: bound)] += 1 }
    // Wilson & Hilferty: χ² of d degrees of freedom is near d·(1 − 2/9d + z·√(2/9d))³; z for 10⁻⁶, one-sided, is 4.76.
    let d = Double(max(bound - 1, 1))
    let limit = d * pow(1 - 2 / (9 * d) + 4.76 * (2 / (9 * d)).squareRoot(), 3)
    #expect(chiSquare(counts) < limit)
  }

  @Test func `integers below a bound near 2⁶³ are not biased`() {
    // Below 3·2⁶¹ a plain 64-bit product without redrawing would give every third value twice as often.
    var stream = RandomStream(seed: 16)
    let bound = 3 << 61
    var counts = [0, 0, 0]
    for _ in 0..<30_000 { counts[stream.integer(below: bound) % 3] += 1 }
    // scipy.stats.chi2.isf(1e-6, 2) = 27.63
    #expect(chiSquare(counts) < 27.63)
  }

  @Test func `all 24 orders of four elements are equally likely`() {
    var stream = RandomStream(seed: 17)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<48_000 { counts[stream.permutation(4), default: 0] += 1 }
    #expect(counts.count == 24)
    // scipy.stats.chi2.isf(1e-6, 23) = 70.55
    #expect(chiSquare(Array(counts.values)) < 70.55)
  }

  @Test func `a permutation has every element once`() {
    var stream = RandomStream(seed: 18)
    for n in [0, 1, 2, 17, 100] { #expect(stream.permutation(n).sorted() == Array(0..<n)) }
    var letters = ["a", "b", "c", "d", "e"]
    stream.shuffle(&letters)
    #expect(letters.sorted() == ["a", "b", "c", "d", "e"])
  }
}
