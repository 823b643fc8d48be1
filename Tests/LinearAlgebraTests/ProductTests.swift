import Testing

@testable import LinearAlgebra

/// C ← [C +] α·op(A)·op(B) as the three loops that define it.
private func tripleLoop<Element: Scalar>(
  _ A: Matrix<Element>, _ B: Matrix<Element>, transposeA: Bool, transposeB: Bool, scale: Element,
  into C: Matrix<Element>, accumulate: Bool
) -> Matrix<Element> {
  let inner = transposeA ? A.rows : A.columns
  return Matrix(rows: C.rows, columns: C.columns) { i, j in
    var c = accumulate ? C[i, j] : 0
    for p in 0..<inner {
      let a = transposeA ? A.elements[p * A.columns + i] : A.elements[i * A.columns + p]
      let b = transposeB ? B.elements[j * B.columns + p] : B.elements[p * B.columns + j]
      c.addProduct(scale * a, b)
    }
    return c
  }
}

/// A sequence of numbers in [−1, 1) that needs no generator of the module under test (SplitMix64).
private struct Numbers {
  var state: UInt64

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(bits() % UInt64(bound)) }

  mutating func matrix<Element: Scalar>(_ rows: Int, _ columns: Int) -> Matrix<Element> {
    Matrix(rows: rows, columns: columns) { _, _ in Element(Int64(bitPattern: bits()) >> 11) / Element(1 << 52) }
  }
}

/// Whether all entries are equal, −0 being another number than 0 and any NaN like any other.
private func same<Element: Scalar>(_ A: Matrix<Element>, _ B: Matrix<Element>) -> Bool {
  A.rows == B.rows && A.columns == B.columns
    && zip(A.elements, B.elements).allSatisfy { a, b in
      a.isNaN ? b.isNaN : a == b && a.sign == b.sign
    }
}

private func agrees<Element: Scalar>(
  _ element: Element.Type, rows m: Int, inner k: Int, columns n: Int, seed: Int,
  spoil: (inout Matrix<Element>, inout Matrix<Element>) -> Void = { _, _ in }
) -> Bool {
  var numbers = Numbers(state: UInt64(seed))
  for form in 0..<8 {
    let (transposeA, transposeB, accumulate) = (form & 1 != 0, form & 2 != 0, form & 4 != 0)
    var A: Matrix<Element> = transposeA ? numbers.matrix(k, m) : numbers.matrix(m, k)
    var B: Matrix<Element> = transposeB ? numbers.matrix(n, k) : numbers.matrix(k, n)
    let C: Matrix<Element> = numbers.matrix(m, n)
    spoil(&A, &B)
    for scale: Element in [1, -0.3] {
      var product = C
      multiply(
        A, B, transposeA: transposeA, transposeB: transposeB, scale: scale, into: &product, accumulate: accumulate)
      let expected = tripleLoop(
        A, B, transposeA: transposeA, transposeB: transposeB, scale: scale, into: C, accumulate: accumulate)
      guard same(product, expected) else { return false }
    }
  }
  return true
}

@Suite struct ProductTests {
  @Test("products agree with NumPy's")
  func agreesWithNumPy() {
    // A @ B, X @ Y, X @ X.T and 0.5 * X.T @ arange(6).reshape(3, 2), where X = arange(12).reshape(3, 4) * 0.75 - 3 and
    // Y = arange(20).reshape(4, 5) / 8 - 1.
    let A: Matrix<Double> = [[1, 2, 3], [4, 5, 6]]
    let B: Matrix<Double> = [[7, 8], [9, 10], [11, 12]]
    #expect(A * B == [[58, 64], [139, 154]])
    #expect((A * [1, 0, -1]) == [-2, -2])
    let X = Matrix<Float>(rows: 3, columns: 4) { i, j in Float(4 * i + j) * 0.75 - 3 }
    let Y = Matrix<Float>(rows: 4, columns: 5) { i, j in Float(5 * i + j) / 8 - 1 }
    #expect(
      X * Y == [
        [2.8125, 1.875, 0.9375, 0, -0.9375], [2.0625, 2.625, 3.1875, 3.75, 4.3125],
        [1.3125, 3.375, 5.4375, 7.5, 9.5625],
      ])
    var G = Matrix<Float>(rows: 3, columns: 3)
    multiply(X, X, transposeB: true, into: &G)
    #expect(G == [[16.875, -5.625, -28.125], [-5.625, 7.875, 21.375], [-28.125, 21.375, 70.875]])
    var H = Matrix<Float>(rows: 4, columns: 2)
    multiply(X, [[0, 1], [2, 3], [4, 5]], transposeA: true, scale: 0.5, into: &H)
    #expect(H == [[6, 6], [8.25, 9.375], [10.5, 12.75], [12.75, 16.125]])
  }

  @Test("every small shape equals the triple loop")
  func smallShapes() {
    for m in [0, 1, 2, 3, 5, 8, 9] {
      for k in [0, 1, 2, 7, 16, 17] {
        for n in [0, 1, 2, 7, 8, 9, 16, 17, 31, 33] {
          #expect(agrees(Float.self, rows: m, inner: k, columns: n, seed: 1 + m + k + n), "\(m) × \(k) × \(n), Float")
          #expect(agrees(Double.self, rows: m, inner: k, columns: n, seed: m + k + n), "\(m) × \(k) × \(n), Double")
        }
      }
    }
  }

  @Test("random shapes equal the triple loop", arguments: 0..<40)
  func randomShapes(seed: Int) {
    var numbers = Numbers(state: UInt64(seed))
    let (m, k, n) = (1 + numbers.below(90), 1 + numbers.below(90), 1 + numbers.below(90))
    #expect(agrees(Float.self, rows: m, inner: k, columns: n, seed: seed), "\(m) × \(k) × \(n), Float")
    #expect(agrees(Double.self, rows: m, inner: k, columns: n, seed: seed), "\(m) × \(k) × \(n), Double")
  }

  @Test(
    "shapes of several blocks equal the triple loop",
    arguments: [
      (1, 700, 300), (300, 700, 1), (2, 520, 130), (3, 40, 1100), (450, 257, 3), (17, 1030, 65), (400, 300, 20),
      (130, 513, 131), (115, 1000, 70),
    ])
  func severalBlocks(m: Int, k: Int, n: Int) {
    #expect(agrees(Float.self, rows: m, inner: k, columns: n, seed: m))
    #expect(agrees(Double.self, rows: m, inner: k, columns: n, seed: n))
  }

  @Test("infinity and NaN propagate as in the triple loop")
  func notFinite() {
    for (m, k, n) in [(1, 9, 40), (40, 9, 1), (9, 20, 35), (70, 40, 37)] {
      #expect(
        agrees(Double.self, rows: m, inner: k, columns: n, seed: 5) { A, B in
          A[A.rows / 2, A.columns / 2] = .infinity
          B[B.rows - 1, B.columns - 1] = .nan
          B[0, 0] = 0
        })
      #expect(
        agrees(Float.self, rows: m, inner: k, columns: n, seed: 6) { A, B in
          A[0, 0] = -.infinity
          B[B.rows / 2, 0] = -0.0
        })
    }
  }

  @Test("an empty sum is zero and adds nothing")
  func emptySum() {
    let A = Matrix<Double>(rows: 3, columns: 0)
    let B = Matrix<Double>(rows: 0, columns: 2)
    var C: Matrix<Double> = [[1, 2], [3, 4], [5, 6]]
    let before = C
    multiply(A, B, into: &C, accumulate: true)
    #expect(C == before)
    multiply(A, B, into: &C)
    #expect(C == Matrix(rows: 3, columns: 2))
  }

  @Test("a factor may share the storage of the product")
  func sharedStorage() {
    var C: Matrix<Double> = [[1, 2], [3, 4]]
    let A = C
    multiply(A, C, into: &C)
    #expect(C == [[7, 10], [15, 22]])
    #expect(A == [[1, 2], [3, 4]])
  }

  @Test("a product of one column leaves the columns beside it alone")
  func columnOfMatrix() {
    var numbers = Numbers(state: 4)
    let (A, B): (Matrix<Double>, Matrix<Double>) = (numbers.matrix(40, 30), numbers.matrix(30, 1))
    var C = Matrix<Double>(rows: 40, columns: 3, repeating: 7)
    C.withUnsafeMutableElements { c in
      A.withUnsafeElements { a in
        B.withUnsafeElements { b in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          multiply(
            rows: 40, inner: 30, columns: 1, Factor(base: a, rowStride: 30, columnStride: 1, scale: 1),
            Factor(base: b, rowStride: 1, columnStride: 1, scale: 1), into: c + 1, stride: 3, accumulate: false)
        }
      }
    }
    let column = tripleLoop(
      A, B, transposeA: false, transposeB: false, scale: 1, into: Matrix(rows: 40, columns: 1), accumulate: false)
    #expect(C == Matrix(rows: 40, columns: 3) { i, j in j == 1 ? column[i, 0] : 7 })
  }

  /// Where a vector more for each row doubles them, and the last tile must not reach into what is packed of B.
  @Test("packed rows have their place, whatever the depth")
  func packedRowsFit() {
    // Tiles of all processors, not of this one alone.
    for (size, tile) in [(4, 6), (8, 6), (4, 8), (8, 8)] {
      let lanes = 64 / size
      for depth in stride(from: lanes, through: Blocking.depth, by: lanes) {
        for m in [1, 100, 7164, 7168, 14_336, 100_000] {
          let height = Blocking.height(rows: m, depth: depth, size: size, tile: tile)
          #expect(height % tile == 0 && height * (depth + lanes) * size <= PackingSpace.rowBytes)
        }
      }
    }
    var numbers = Numbers(state: 8)
    let (A, B): (Matrix<Double>, Matrix<Double>) = (numbers.matrix(14_336, 8), numbers.matrix(8, 9))
    func scaled(_ A: Matrix<Double>) -> Matrix<Double> {
      var product = Matrix<Double>(rows: A.rows, columns: 9)
      multiply(A, B, scale: -0.3, into: &product)
      return product
    }
    let (whole, top) = (scaled(A), A[rows: 0..<40])
    #expect(same(whole[rows: 0..<40], scaled(top)))
    #expect(
      same(
        scaled(top),
        tripleLoop(
          top, B, transposeA: false, transposeB: false, scale: -0.3, into: Matrix(rows: 40, columns: 9),
          accumulate: false)))
  }

  @Test("a block of a matrix can be multiplied in place")
  func blocks() {
    var numbers = Numbers(state: 3)
    let A: Matrix<Double> = numbers.matrix(12, 15)
    let B: Matrix<Double> = numbers.matrix(20, 11)
    let whole: Matrix<Double> = numbers.matrix(14, 19)
    var C = whole
    // C[2…8, 3…12] ← C[2…8, 3…12] + A[1…7, 4…9] · B[5…14, 2…7]ᵀ
    C.withUnsafeMutableElements { c in
      A.withUnsafeElements { a in
        B.withUnsafeElements { b in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          let left = Factor(base: a, rowStride: 15, columnStride: 1, scale: 1).from(1, 4)
          let right = Factor(base: b, rowStride: 11, columnStride: 1, scale: 1).from(5, 2).transposed
          multiply(rows: 7, inner: 6, columns: 10, left, right, into: c + 2 * 19 + 3, stride: 19, accumulate: true)
        }
      }
    }
    let block = tripleLoop(
      A[rows: 1..<8][columns: 4..<10], B[rows: 5..<15][columns: 2..<8], transposeA: false, transposeB: true, scale: 1,
      into: whole[rows: 2..<9][columns: 3..<13], accumulate: true)
    for i in 0..<14 {
      for j in 0..<19 {
        let inside = 2..<9 ~= i && 3..<13 ~= j
        #expect(C[i, j] == (inside ? block[i - 2, j - 3] : whole[i, j]))
      }
    }
  }
}
