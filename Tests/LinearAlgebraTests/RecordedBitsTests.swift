import Testing

@testable import LinearAlgebra

/// Results whose bits are recorded: on every processor, in debug and release, on one thread and on two, they are the same.
///
/// A change to an algorithm changes its record, knowingly: the test that fails says what it is now.
extension ParallelismTests {
  @Test("every bit of the results is the recorded one", arguments: [1, 2])
  func recordedBits(threads: Int) {
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    Parallelism.threads = threads
    for (name, recorded, bits) in Self.results {
      let hash = bits().hash
      #expect(hash == recorded, "\(name): now 0x\(String(hash, radix: 16)), on \(threads) threads")
    }
  }

  private static let results: [(name: String, recorded: UInt64, bits: @Sendable () -> Bits)] = [
    (
      "elementary functions of Double", 0xe99a_9bae_3592_d819,
      { elementaryFunctions(of: Double.self) { Double(bitPattern: $0) } }
    ),
    (
      "elementary functions of Float", 0xb698_9176_e1f1_1434,
      { elementaryFunctions(of: Float.self) { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) } }
    ),
    ("products of Double", 0x0089_f0da_4e84_a275, { products(of: Double.self) }),
    ("products of Float", 0xfdbb_ceb6_cff1_7d85, { products(of: Float.self) }),
    (
      "QR", 0x5f0f_e4d0_3fc0_3031,
      {
        let qr = QR(randomMatrix(150, 90, seed: 1))
        return Bits(qr.Q, qr.R)
      }
    ),
    ("SVD by eigenvectors", 0x9e9f_bffa_e767_e10a, { bits(of: SVD(randomMatrix(260, 260, seed: 2))) }),
    ("SVD by rotations", 0x3fda_23e8_4ba4_0db9, { bits(of: SVD(hilbert(24) * randomMatrix(24, 70, seed: 3))) }),
    (
      "SVD of Float", 0xea2a_046b_96af_ba85,
      { bits(of: SVD(converted(randomMatrix(90, 40, seed: 4)) as Matrix<Float>)) }
    ),
    (
      "eigenvectors of order 50", 0x4a6a_ac85_2c91_13a0,
      { bits(of: SymmetricEigen(SymmetricEigenTests.randomSymmetric(50, seed: 5))) }
    ),
    (
      "eigenvectors of order 200", 0xf906_5bbd_d158_73d6,
      { bits(of: SymmetricEigen(SymmetricEigenTests.randomSymmetric(200, seed: 6))) }
    ),
    ("sums", 0xc37f_f518_44d5_8748, { sums(of: randomMatrix(301, 333, seed: 7)) }),
    ("random numbers", 0x1fd0_12a2_4f55_55af, { randomNumbers() }),
  ]

  /// All seven, of numbers of every magnitude.
  private static func elementaryFunctions<Element: Scalar>(
    of element: Element.Type, number: (UInt64) -> Element
  ) -> Bits {
    var generator = SplitMix64(state: 8)
    let x = (0..<4000).map { _ in number(generator.next()) }
    var bits = Bits()
    for function in [LinearAlgebra.ElementaryFunction.exp, .log, .tanh, .sigmoid, .softplus, .sin, .cos] {
      var y = x
      y.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        Element.Vector.apply(function, base, into: base, count: bytes.count / MemoryLayout<Element.Vector>.stride)
      }
      bits.add(y)
    }
    return bits
  }

  /// Packed and in place, all rows and columns of a tile and parts of them.
  private static func products<Element: Scalar>(of element: Element.Type) -> Bits {
    var bits = Bits()
    for (m, k, n) in [(203, 301, 205), (1, 2500, 1700), (70, 1100, 61), (13, 7, 33)] {
      for form in 0..<4 {
        let (transposeA, transposeB) = (form & 1 != 0, form & 2 != 0)
        let A: Matrix<Element> = converted(transposeA ? randomMatrix(k, m) : randomMatrix(m, k))
        let B: Matrix<Element> = converted(transposeB ? randomMatrix(n, k, seed: 2) : randomMatrix(k, n, seed: 2))
        var C = Matrix<Element>(rows: m, columns: n)
        multiply(A, B, transposeA: transposeA, transposeB: transposeB, into: &C)
        multiply(A, B, transposeA: transposeA, transposeB: transposeB, scale: 0.7, into: &C, accumulate: true)
        bits.add(C.elements)
      }
    }
    return bits
  }

  private static func bits<Element: Scalar>(of svd: SVD<Element>) -> Bits {
    var bits = Bits(svd.U, svd.V)
    bits.add(svd.σ)
    return bits
  }

  private static func bits(of eigen: SymmetricEigen<Double>) -> Bits {
    var bits = Bits(eigen.vectors)
    bits.add(eigen.values)
    return bits
  }

  private static func sums(of A: Matrix<Double>) -> Bits {
    var bits = Bits()
    bits.add([A.elements.sum(), A.norm, dot(A, A), mean(A.elements), standardError(A.elements)])
    bits.add(A.columnSums)
    return bits
  }

  private static func randomNumbers() -> Bits {
    var stream = RandomStream(seed: 9, name: "recorded")
    var doubles = Matrix<Double>(rows: 101, columns: 103)
    var floats = Matrix<Float>(rows: 101, columns: 103)
    stream.fillNormal(&doubles, mean: 0.3, standardDeviation: 1.7)
    stream.fillNormal(&floats)
    var bits = Bits(doubles)
    bits.add(floats.elements)
    stream.fillUniform(&floats, in: -1..<3)
    bits.add(floats.elements)
    bits.add(stream.permutation(1000).map(Double.init))
    return bits
  }
}

/// FNV-1a over bit patterns, a number at a time; a NaN, whose bits IEEE 754 leaves open, counts as any other.
private struct Bits {
  private(set) var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  init<each Element: Scalar>(_ matrices: repeat Matrix<each Element>) { repeat add((each matrices).elements) }

  mutating func add<Element: Scalar>(_ numbers: [Element]) {
    for x in numbers {
      // A Float is a Double without loss.
      let pattern = x.isNaN ? UInt64.max : Double(x).bitPattern
      hash = (hash ^ pattern) &* 0x100_0000_01b3
    }
  }
}
