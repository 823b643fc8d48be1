import LinearAlgebra
import Testing

@testable import Datasets

// The expected numbers are scikit-learn's and NumPy's:
//   d = sklearn.datasets.load_digits(); X = d.data.astype(int); t = d.target
//   np.bincount(t), X.sum(), (X**2).sum(), X.sum(0), np.bincount(X.ravel())
//   sum(int(v) * (i % 9973 + 1) for i, v in enumerate(X.ravel())), (t * np.arange(1, 1798)).sum()
@Suite("The UCI digits")
struct DigitsTests {
  let digits = LabelledImages.digits

  @Test func `there are 1,797 images of 8 × 8 with grey values 0 to 16`() {
    #expect(digits.count == 1797)
    #expect(digits.pixels.rows == 1797)
    #expect(digits.pixels.columns == 64)
    #expect((digits.width, digits.height) == (8, 8))
    #expect(digits.maximum == 16)
    #expect(digits.pixels.elements.min() == 0)
    #expect(digits.pixels.elements.max() == 16)
  }

  @Test func `each class has as many images as in scikit-learn`() {
    #expect(digits.classes == Array(0...9))
    #expect(digits.classes.map { digits.labelled([$0]).count } == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
  }

  @Test func `each grey value occurs as often as in scikit-learn`() {
    let counts = digits.pixels.elements.reduce(into: Array(repeating: 0, count: 17)) { $0[Int($1)] += 1 }
    #expect(
      counts == [
        56272, 4095, 3296, 2944, 3261, 2803, 2559, 2627, 3464, 2585, 2711, 2845, 3668, 3509, 3609, 4304, 10456,
      ])
  }

  @Test func `each pixel sums to NumPy's sum`() {
    let sums = (0..<64).map { digits.pixels.column($0).reduce(0, +) }
    let expected: [Double] = [
      0, 546, 9353, 21269, 21291, 10390, 2448, 233, 10, 3583, 18657, 21527, 18472, 14692, 3318, 194, 5, 4675, 17796,
      12566, 12755, 14028, 3214, 90, 2, 4438, 16337, 15852, 17839, 13570, 4165, 4, 0, 4204, 13778, 16302, 18512, 15713,
      5228, 0, 16, 2846, 12366, 12989, 13787, 14801, 6211, 49, 13, 1266, 13490, 17142, 16921, 15739, 6694, 371, 1, 502,
      9987, 21724, 21221, 12155, 3716, 655,
    ]
    #expect(sums == expected)
    #expect(sums.reduce(0, +) == 561_718)
    #expect(digits.pixels.squaredNorm == 6_907_012)
  }

  @Test func `pixels and labels stand in the order of scikit-learn`() {
    let weighted = digits.pixels.elements.enumerated().reduce(0) { $0 + Int($1.element) * ($1.offset % 9973 + 1) }
    #expect(weighted == 2_741_086_809)
    #expect(digits.labels.enumerated().reduce(0) { $0 + $1.element * ($1.offset + 1) } == 7_272_861)
    #expect(digits.labels.suffix(5) == [9, 0, 8, 9, 8])
  }

  @Test func `the first image is the zero that everybody knows`() {
    #expect(digits.labels[0] == 0)
    #expect(
      digits.image(0) == [
        [0, 0, 5, 13, 9, 1, 0, 0],
        [0, 0, 13, 15, 10, 15, 5, 0],
        [0, 3, 15, 2, 0, 11, 8, 0],
        [0, 4, 12, 0, 0, 8, 8, 0],
        [0, 5, 8, 0, 0, 9, 8, 0],
        [0, 4, 11, 0, 1, 12, 7, 0],
        [0, 2, 14, 5, 10, 12, 0, 0],
        [0, 0, 6, 13, 10, 0, 0, 0],
      ])
  }

  @Test func `scaled grey values are exact sixteenths in [0, 1]`() {
    #expect(digits.scaled.elements.max() == 1)
    #expect(16 * digits.scaled == digits.pixels)
  }

  @Test func `the credit names authors, source and licence`() {
    for part in ["Alpaydin", "Kaynak", "10.24432/C50P49", "CC BY 4.0"] {
      #expect(digits.citation?.contains(part) == true)
    }
  }

  @Test func `the description states number, size, grey values and labels`() {
    #expect(digits.description == "UCI digits: 1797 images of 8 × 8, grey values 0…16, labels 0…9")
  }
}
