import LinearAlgebra
import Testing

@Suite("Random streams")
struct RandomStreamTests {
  // The authors' C code (prng.di.unimi.it, splitmix64.c and xoshiro256plusplus.c), compiled with gcc: state from four
  // outputs of splitmix64 for the seed; the first six outputs, and the thousandth.
  @Test(arguments: [
    (
      UInt64(0),
      [
        0x5317_5d61_490b_23df, 0x61da_6f3d_c380_d507, 0x5c0f_df91_ec9a_7bfc, 0x02ee_bf8c_3bbe_5e1a,
        0x7eca_04eb_af4a_5eea, 0x0543_c377_57f0_8d9a,
      ] as [UInt64], 0x3763_00fa_032f_6483 as UInt64
    ),
    (
      UInt64(7),
      [
        0x0e2c_1a00_2aae_913d, 0x2c0f_c8dd_fa4e_9e14, 0xb7b3_11b3_b0d4_5872, 0x6d5d_9f6a_6318_013c,
        0xf6b2_63f2_f579_0376, 0x7738_5b62_7c22_c489,
      ] as [UInt64], 0x0e99_781d_434a_21d9 as UInt64
    ),
    (
      UInt64.max,
      [
        0x56cc_f8ce_948e_27b2, 0xe685_8843_2e5a_5b90, 0xe3e9_b5a4_8119_ca8b, 0x460f_1949_5532_ae73,
        0xa7d6_2040_ea92_63e1, 0x66f1_fb2a_c940_2c14,
      ] as [UInt64], 0x6e67_f58f_11f3_5060 as UInt64
    ),
  ])
  func `the outputs are those of the published generator`(seed: UInt64, first: [UInt64], thousandth: UInt64) {
    var stream = RandomStream(seed: seed)
    #expect((0..<6).map { _ in stream.next() } == first)
    for _ in 6..<999 { _ = stream.next() }
    #expect(stream.next() == thousandth)
  }

  @Test func `a name is hashed by FNV-1a and mixed with the seed by SplitMix64`() {
    func mix(_ z: UInt64) -> UInt64 {
      let a = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      let b = (a ^ (a >> 27)) &* 0x94d0_49bb_1331_11eb
      return b ^ (b >> 31)
    }
    // The authors' test vectors: FNV-1a 64 of "", "a", "foobar".
    for (name, hash) in [
      ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8),
    ] as [(String, UInt64)] {
      #expect(RandomStream(seed: 7, name: name) == RandomStream(seed: mix(7) ^ hash))
    }
  }

  @Test func `a substream depends on the names that led to it, not on the numbers drawn`() {
    var stream = RandomStream(seed: 7, name: "rivals")
    let before = stream.substream("weights")
    _ = stream.normal()
    #expect(stream.substream("weights") == before)
    #expect(stream.substream("noise") != before)
    #expect(RandomStream(seed: 8, name: "rivals").substream("weights") != before)
    #expect(RandomStream(seed: 7).substream("rivals") == RandomStream(seed: 7, name: "rivals"))
  }

  @Test func `a stream is a value: a copy repeats its numbers`() {
    var stream = RandomStream(seed: 7)
    _ = stream.normal()
    var copy = stream
    #expect((0..<5).map { _ in stream.normal() } == (0..<5).map { _ in copy.normal() })
  }

  // The expected numbers are those of the published algorithms in Python integers and mpmath: the generator as above,
  // (next() >> 11) * 2.0**-53; sqrt(-2*log(1 - u)) * cos(2*pi*v) and sin; next() * n >> 64; exchanges from the end.
  @Test func `the first numbers of a stream are those of an independent program`() {
    var stream = RandomStream(seed: 7)
    #expect(
      (0..<4).map { _ in stream.uniform() } == [
        0.05536043647833311, 0.17211585444811772, 0.7175761283586594, 0.42720981929150526,
      ])
    stream = RandomStream(seed: 7)
    #expect((0..<12).map { _ in stream.integer(below: 100) } == [5, 17, 71, 42, 96, 46, 72, 32, 98, 7, 11, 17])
    stream = RandomStream(seed: 7)
    #expect(stream.permutation(10) == [3, 8, 9, 4, 6, 7, 2, 5, 1, 0])
    stream = RandomStream(seed: 7)
    for expected in [
      0.1586439836423005, 0.2978854871763721, -1.4267532562805327, 0.702187750497265, -2.515258995020244,
      0.5505618099131471,
    ] {
      #expect(abs(stream.normal() - expected) <= 3 * expected.ulp)
    }
    stream = RandomStream(seed: 7, name: "rivals")
    for expected in [0.3875662479296254, 2.450131376594827, -1.0232227826500124] {
      #expect(abs(stream.normal() - expected) <= 3 * expected.ulp)
    }
  }

  // What the course has always drawn, to the last bit. If this changes, so does every page of Outputs.
  @Test func `the first normal numbers of a stream never change`() {
    var stream = RandomStream(seed: 7)
    #expect(
      (0..<6).map { _ in stream.normal() } == [
        0.1586439836423005, 0.29788548717637203, -1.4267532562805327, 0.702187750497265, -2.5152589950202446,
        0.5505618099131472,
      ])
    stream = RandomStream(seed: 7, name: "rivals")
    #expect((0..<3).map { _ in stream.normal() } == [0.38756624792962535, 2.450131376594827, -1.0232227826500122])
  }

  @Test func `filling a matrix gives the numbers that single calls give`() {
    // 5 × 7 = 35 entries: whole blocks of 16, a rest, and a spare number before and after.
    var (filled, single) = (RandomStream(seed: 5), RandomStream(seed: 5))
    _ = filled.normal()
    _ = single.normal()
    for _ in 0..<2 {
      let A = Matrix<Double>.normal(rows: 5, columns: 7, mean: 3, standardDeviation: 0.3, using: &filled)
      #expect(A.elements == (0..<35).map { _ in (3.0).addingProduct(0.3, single.normal()) })
      var B = A
      filled.addNormal(to: &B, standardDeviation: 0.7)
      #expect(B.elements == A.elements.map { $0.addingProduct(0.7, single.normal()) })
      #expect(filled == single)
    }
    let U = Matrix<Double>.uniform(rows: 5, columns: 7, in: -2..<3, using: &filled)
    #expect(U.elements == (0..<35).map { _ in single.uniform(in: -2..<3) })
    #expect(filled == single)
  }

  @Test func `a Float matrix holds the rounded numbers of the Double matrix`() {
    var (a, b) = (RandomStream(seed: 6), RandomStream(seed: 6))
    let A = Matrix<Double>.normal(rows: 9, columns: 11, using: &a)
    let B = Matrix<Float>.normal(rows: 9, columns: 11, using: &b)
    #expect(B.elements == A.elements.map { Float($0) })
    let C = Matrix<Double>.uniform(rows: 9, columns: 11, in: -1..<1, using: &a)
    let D = Matrix<Float>.uniform(rows: 9, columns: 11, in: -1..<1, using: &b)
    #expect(D.elements == C.elements.map { Float($0) })
    var E = Matrix<Float>.normal(rows: 9, columns: 11, mean: 0.3, standardDeviation: 0.7, using: &a)
    #expect(E.elements == (0..<99).map { _ in Float(Double(Float(0.3)).addingProduct(Double(Float(0.7)), b.normal())) })
    let F = E
    a.addNormal(to: &E, standardDeviation: 0.7)
    #expect(E.elements == F.elements.map { Float(Double($0).addingProduct(Double(Float(0.7)), b.normal())) })
  }

  @Test func `filling nothing draws nothing`() {
    var stream = RandomStream(seed: 5)
    _ = stream.normal()
    let before = stream
    var A = Matrix<Double>(rows: 0, columns: 3)
    stream.fillNormal(&A)
    stream.addNormal(to: &A, standardDeviation: 1)
    stream.fillUniform(&A)
    #expect(stream == before)
  }

  @Test func `uniform numbers never reach the upper end, not even rounded to Float`() {
    var stream = RandomStream(seed: 9)
    let A = Matrix<Float>.uniform(rows: 1000, columns: 1000, in: 1..<Float(1).nextUp.nextUp, using: &stream)
    #expect(A.elements.allSatisfy { $0 >= 1 && $0 < Float(1).nextUp.nextUp })
    let narrow = 1..<1.0.nextUp
    #expect((0..<1000).allSatisfy { _ in stream.uniform(in: narrow) == 1 })
  }
}
