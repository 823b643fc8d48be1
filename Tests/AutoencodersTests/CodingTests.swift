import LinearAlgebra
import Testing

@testable import Autoencoders

@Suite struct CodingTests {
  private func bytes(_ message: [Int], _ table: FrequencyTable) -> [UInt8] {
    var encoder = RangeEncoder()
    for symbol in message { encoder.encode(symbol, by: table) }
    return encoder.finished()
  }

  /// Recorded with Python, whose whole numbers have any length, so that no carry has to be remembered:
  ///
  ///     low, rng, shifts = 0, 2**32 - 1, 0
  ///     for s in message:
  ///         r = rng // T; low += r * cum[s]; rng = r * f[s]
  ///         while rng < 2**24: rng *= 256; low *= 256; shifts += 1
  ///     list(((low + 2**24 - 1) // 2**24).to_bytes(shifts + 1, 'big'))
  @Test func bytesAgreeWithPythonsLongIntegers() {
    let five = (0..<40).map { (7 * $0 * $0 + 3 * $0) % 5 }
    #expect(bytes(five, FrequencyTable([3, 1, 4, 1, 5])) == [9, 139, 30, 28, 58, 53, 170, 255, 45, 143])
    let rare = Array(repeating: 1, count: 30) + [0] + Array(repeating: 1, count: 5) + [0, 0]
    #expect(bytes(rare, FrequencyTable([1, 65535])) == [0, 29, 254, 51, 255, 91, 0])
    let last = Array(repeating: 2, count: 12) + [1] + Array(repeating: 2, count: 9) + [0, 0, 0]
    #expect(bytes(last, FrequencyTable([1, 2, 253])) == [34, 207, 146, 46])
  }

  /// The same arithmetic on an array of bytes, every carry added at once.
  private func withCarriesAtOnce(_ message: [Int], _ frequencies: [Int]) -> [UInt8] {
    let T = UInt64(frequencies.reduce(0, +))
    var (digits, range) = ([UInt8](repeating: 0, count: 5), UInt64(UInt32.max))  // one byte for a carry
    func add(_ value: UInt64) {
      var (rest, place) = (value, digits.count - 1)
      while rest > 0 {
        let sum = UInt64(digits[place]) + rest & 0xFF
        digits[place] = UInt8(sum & 0xFF)
        rest = rest >> 8 + sum >> 8
        place -= 1
      }
    }
    for s in message {
      let share = range / T
      add(share * UInt64(frequencies[..<s].reduce(0, +)))
      range = share * UInt64(frequencies[s])
      while range < 1 << 24 {
        range <<= 8
        digits.append(0)
      }
    }
    add(0xFF_FFFF)
    return Array(digits[1..<digits.count - 3])
  }

  @Test func carriesPassThroughWaitingBytes() {
    var random = RandomStream(seed: 1, name: "carries")
    for trial in 0..<400 {
      let frequencies =
        trial % 2 == 0
        ? [1, 1, 1 << 15 - 2] : (0..<2 + random.integer(below: 9)).map { _ in 1 + random.integer(below: 99) }
      let message = (0..<random.integer(below: 200)).map { _ -> Int in
        let last = frequencies.count - 1
        return random.integer(below: 5) > 0 ? last : random.integer(below: frequencies.count)
      }
      #expect(bytes(message, FrequencyTable(frequencies)) == withCarriesAtOnce(message, frequencies))
    }
  }

  @Test func messagesComeBackAndAreAsLongAsPromised() throws {
    var random = RandomStream(seed: 2, name: "messages")
    for _ in 0..<300 {
      let tables = (0..<3).map { _ in
        FrequencyTable(
          (0..<1 + random.integer(below: 40)).map { _ in
            random.integer(below: 3) == 0 ? 1 : 1 + random.integer(below: 2000)
          })
      }
      let message = (0..<random.integer(below: 500)).map { random.integer(below: tables[$0 % 3].count) }
      var encoder = RangeEncoder()
      var ideal = 0.0
      for (i, symbol) in message.enumerated() {
        encoder.encode(symbol, by: tables[i % 3])
        ideal += tables[i % 3].bits(for: symbol)
      }
      let bytes = encoder.finished()
      var decoder = RangeDecoder(bytes)
      #expect(try message.indices.map { try decoder.decode(by: tables[$0 % 3]) } == message)
      let bits = Double(8 * bytes.count)
      // The bytes name an interval of 2⁻ᵇⁱᵗˢ, which must not be wider than the message's, but for a last byte.
      #expect(bits >= ideal - 8)
      #expect(bits <= ideal + Double(message.count) * 0.00565 + 16)
    }
  }

  @Test func anEndThatIsMissingIsNoticed() throws {
    let table = FrequencyTable([1, 2, 3])
    let message = (0..<300).map { $0 * $0 % 3 }
    let bytes = bytes(message, table)
    for kept in [0, 1, 10, bytes.count - 4] {
      var decoder = RangeDecoder(Array(bytes.prefix(kept)))
      #expect(throws: CodingError.truncated(bytes: kept)) {
        for _ in message { _ = try decoder.decode(by: table) }
      }
    }
  }

  @Test func tablesKeepTheirSharesAndNoSymbolVanishes() {
    let small = FrequencyTable([3, 0, 5])
    #expect(small.total == 8 && small.count == 3)
    #expect((0..<3).map { small.frequency(of: $0) } == [3, 0, 5])
    #expect(abs(small.bits(for: 2) - 0.6780719051126377) < 1e-15)  // log₂(8 ∕ 5), NumPy
    let large = FrequencyTable([1, 0, 3_000_000, 1_000_000])
    #expect(large.total <= FrequencyTable.largestTotal)
    #expect(large.frequency(of: 0) == 1 && large.frequency(of: 1) == 0)
    #expect(abs(Double(large.frequency(of: 2)) / Double(large.frequency(of: 3)) - 3) < 1e-3)
    for place in 0..<8 { #expect(small.symbol(at: UInt32(place)) == (place < 3 ? 0 : 2)) }
  }

  /// Recorded with SciPy 1.17: x = [[((7*y*y + 3*x*x + 5*x*y + y) % 17) / 16 for x in range(5)] for y in range(3)];
  /// scipy.fft.dctn(x, norm='ortho').
  @Test func theCosineTransformAgreesWithSciPy() {
    let X = Matrix(rows: 1, columns: 15) { _, p in
      let (y, x) = (p / 5, p % 5)
      return Double((7 * y * y + 3 * x * x + 5 * x * y + y) % 17) / 16
    }
    let expected = [
      2.4367520219888332, -0.3689815344346375, -0.12718457868203187, -0.22804312950169575, 0.2037311331440061,
      -0.23717082451262844, -0.5224185769231346, -0.3844161113046763, 0.1914396588630653, -0.14683388869532366,
      -0.3651483716701107, -0.26090934513134967, 0.3914919156713932, -0.1612508432736511, 0.5286600758495726,
    ]
    let transform = CosineTransform(width: 5, height: 3)
    let C = transform(X)
    for (c, e) in zip(C.elements, expected) { #expect(abs(c - e) < 1e-14) }
    #expect((transform.inverse(C) - X).norm < 1e-14)
    #expect((transform.waves.T * transform.waves - .identity(15)).norm < 1e-14)
  }
}

@Suite struct RankingTests {
  /// Recorded with scikit-learn 1.9: average_precision_score(w, s), roc_auc_score(w, s), and precision_recall_curve(w, s)
  /// without its added end.
  @Test func rankingsWithTiesAgreeWithScikitLearn() {
    let scores = [3, 1, 2, 2, -1, 3, 0.5, 2, 0, 1, 1, -4]
    let wanted = [1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 0, 1].map { $0 == 1 }
    let ranking = RankingQuality(scores: scores, wanted: wanted)
    #expect(abs(ranking.averagePrecision - 0.5425925925925926) < 1e-15)
    #expect(abs(ranking.areaUnderCurve - 0.5416666666666667) < 1e-15)
    #expect(ranking.thresholds == [3, 2, 1, 0.5, 0, -1, -4])
    for (p, e) in zip(ranking.precision, [0.5, 0.6, 0.5, 5.0 / 9, 0.5, 5.0 / 11, 0.5]) { #expect(abs(p - e) < 1e-15) }
    for (r, e) in zip(ranking.recall, [1, 3, 4, 5, 5, 5, 6.0]) { #expect(abs(r - e / 6) < 1e-15) }
  }

  @Test func theAreaIsTheShareOfPairsInTheRightOrder() {
    var random = RandomStream(seed: 3, name: "pairs")
    for _ in 0..<50 {
      let strange = (0..<1 + random.integer(below: 20)).map { _ in Double(random.integer(below: 6)) }
      let ordinary = (0..<1 + random.integer(below: 20)).map { _ in Double(random.integer(below: 6)) }
      let wins = strange.map { s in ordinary.map { s > $0 ? 1 : s == $0 ? 0.5 : 0 }.sum() }.sum()
      let expected = wins / Double(strange.count * ordinary.count)
      #expect(abs(RankingQuality.areaUnderCurve(ordinary: ordinary, strange: strange) - expected) < 1e-14)
    }
    #expect(RankingQuality(scores: [1, 2], wanted: [true, true]).areaUnderCurve.isNaN)
  }

  /// Recorded with SciPy 1.17: scipy.stats.ttest_rel(a, b).statistic; with NumPy: d.std(ddof=1) * (1/5 + 1/3)**.5.
  @Test func pairedDifferencesAgreeWithSciPy() {
    let difference = PairedDifference([0.31, 0.35, 0.33, 0.36, 0.29], minus: [0.30, 0.34, 0.31, 0.37, 0.25])
    #expect(abs(difference.mean - 0.014) < 1e-15)
    #expect(abs(difference.mean / difference.standardError - 1.723280873710657) < 1e-12)
    #expect(abs(difference.standardError(testPerTraining: 1.0 / 3) - 0.0132664991614216) < 1e-15)
    #expect(difference.standardError(testPerTraining: 0) == difference.standardError)
  }
}
