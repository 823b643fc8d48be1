import LinearAlgebra
import Testing

@testable import Datasets

@Suite("Inverted and translated images")
struct TransformTests {
  let digits = LabelledImages.digits.prefix(20)
  /// Two images of 5 × 4 (width × height) with a different number in each pixel.
  let counted = LabelledImages(
    pixels: Matrix(rows: 2, columns: 20) { i, j in Double(1 + 20 * i + j) }, labels: [3, 4], width: 5, height: 4,
    maximum: 40, name: "counted", citation: nil)

  @Test func `a negative is the maximum less the image, and its negative the image again`() {
    for i in 0..<digits.count {
      #expect(digits.inverted.pixels.row(i) == digits.pixels.row(i).map { 16 - $0 })
    }
    #expect(digits.inverted != digits)
    #expect(digits.inverted.inverted == digits)
  }

  @Test func `blocks are averaged, and those at the edge over what is there`() {
    // 5 × 4 to a side of 3: blocks of 2 × 2, the last column of 1 × 2. The first image has 1…5, 6…10, 11…15, 16…20.
    let small = counted.averaged(toSide: 3)
    #expect(small.width == 3 && small.height == 2 && small.labels == [3, 4])
    // (1+2+6+7)/4 = 4, (3+4+8+9)/4 = 6, (5+10)/2 = 7.5, rounded to 8; ten more a pair of lines.
    #expect(small.pixels.row(0) == [4, 6, 8, 14, 16, 18])
    #expect(small.pixels.row(1) == [24, 26, 28, 34, 36, 38])
    #expect(counted.averaged(toSide: 5) == counted)
    #expect(digits.averaged(toSide: 1).pixels.columns == 1)
  }

  @Test(arguments: [(0, 0), (1, 0), (0, 1), (-2, 1), (3, -2), (4, 3), (5, 0), (0, -4), (-1000, 1000)])
  func `whole pixels shift indices`(dx: Int, dy: Int) {
    let moved = counted.translated(dx: Double(dx), dy: Double(dy))
    for i in 0..<2 {
      let (old, new) = (counted.image(i), moved.image(i))
      for y in 0..<4 {
        for x in 0..<5 {
          let inside = (0..<4).contains(y - dy) && (0..<5).contains(x - dx)
          #expect(new[y, x] == (inside ? old[y - dy, x - dx] : 0), "image \(i), line \(y), column \(x)")
        }
      }
    }
    #expect(moved.labels == counted.labels)
    #expect((moved.width, moved.height, moved.maximum) == (5, 4, 40))
  }

  /// Not the formula of the library: the old image as a continuous function, a sum of tents over its pixels.
  @Test(arguments: [(0.5, 0), (0, 0.25), (0.3, -1.6), (-2.75, 0.125), (4.5, 3.9), (-0.1, -0.1)])
  func `fractions read the sum of tents between the pixels`(dx: Double, dy: Double) {
    func tent(_ t: Double) -> Double { max(0, 1 - abs(t)) }
    let moved = counted.translated(dx: dx, dy: dy)
    for i in 0..<2 {
      for y in 0..<4 {
        for x in 0..<5 {
          var value = 0.0
          for v in 0..<4 {
            for u in 0..<5 {
              value += tent(Double(x) - dx - Double(u)) * tent(Double(y) - dy - Double(v)) * counted.image(i)[v, u]
            }
          }
          #expect(abs(moved.image(i)[y, x] - value) < 1e-13 * 40)
        }
      }
    }
  }

  @Test func `a linear ramp moves as the ramp's formula says, away from the edge`() {
    func ramp(_ y: Double, _ x: Double) -> Double { 2 + 3 * x + 5 * y }
    let image = LabelledImages(
      pixels: Matrix(rows: 1, columns: 42) { _, j in ramp(Double(j / 7), Double(j % 7)) }, labels: [0], width: 7,
      height: 6, maximum: 50, name: "ramp", citation: nil)
    let moved = image.translated(dx: 1.3, dy: -0.6).image(0)
    for y in 0..<5 {
      for x in 2..<7 { #expect(abs(moved[y, x] - ramp(Double(y) + 0.6, Double(x) - 1.3)) < 1e-12) }
    }
  }

  @Test func `there and back again is the image where nothing fell off`() {
    let back = counted.translated(dx: 2, dy: -1).translated(dx: -2, dy: 1)
    for i in 0..<2 {
      for y in 0..<4 {
        for x in 0..<5 { #expect(back.image(i)[y, x] == (y >= 1 && x < 3 ? counted.image(i)[y, x] : 0)) }
      }
    }
  }

  @Test func `ink that stays inside is kept`() {
    // One pixel of ink in the middle, moved by less than the way to the edge.
    let dot = LabelledImages(
      pixels: Matrix(rows: 1, columns: 25) { _, j in j == 12 ? 16 : 0 }, labels: [0], width: 5, height: 5, maximum: 16,
      name: "dot", citation: nil
    ).translated(dx: 0.25, dy: -0.5).image(0)
    #expect(dot[2, 2] == 6)
    #expect(dot[2, 3] == 2)
    #expect(dot[1, 2] == 6)
    #expect(dot[1, 3] == 2)
    #expect(dot.sum == 16)
  }

  @Test func `a distance that is no number stops the program`() async {
    await #expect(processExitsWith: .failure) { _ = LabelledImages.digits.translated(dx: .nan, dy: 0) }
    await #expect(processExitsWith: .failure) { _ = LabelledImages.digits.translated(dx: 0, dy: .infinity) }
  }
}
