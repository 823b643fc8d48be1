import LinearAlgebra
import Testing

@testable import Datasets

private func image(_ lines: Matrix<Double>) -> LabelledImages {
  LabelledImages(
    pixels: Matrix(rows: 1, columns: lines.elements.count, elements: lines.elements), labels: [7], width: lines.columns,
    height: lines.rows, maximum: 16, name: "test", citation: nil)
}

private func largestDifference(_ a: Matrix<Double>, _ b: [Double]) -> Double { (a.elements .- b).map(abs).greatest() }

@Suite("Images moved on a ring")
struct CyclicTranslationTests {
  let digits = LabelledImages.digits.prefix(5).framed(width: 11, height: 12)
  let small = image([[0, 3, 16, 7, 1], [2, 5, 9, 1, 0], [4, 4, 0, 2, 8]])

  /// Values of NumPy: `k = fftfreq(n, 1/n)`, `ifft(fft(x) * exp(-2j*pi*k*s/n)).real`, along each axis in turn, with the
  /// factor `cos(pi*s)` for `k = n/2`; slopes with a further factor `-2j*pi*k/n`, and `-pi*sin(pi*s)`.
  @Test func `lines and columns move as their Fourier series do`() {
    let odd = image([[0, 3, 16, 7, 1]]).cyclicallyTranslated(dx: 0.3, dy: 0)
    let even = image([[0, 3, 16, 7]]).cyclicallyTranslated(dx: 0.3, dy: 0)
    #expect(
      largestDifference(
        odd.pixels,
        [1.0310642837867297, -0.003915859083645579, 13.565374724580881, 11.348870046119636, 1.0586068045964026])
        < 1e-13)
    #expect(
      largestDifference(even.pixels, [1.1616066844108603, 0.2043850752681804, 13.60174907246656, 11.032259167854399])
        < 1e-13)
    #expect(
      largestDifference(
        image([[0, 3, 16, 7]]).cyclicTangents(dx: 0.3).dx,
        [4.691789656579583, -5.958062214745248, -12.316595195052471, 13.582867753218139]) < 1e-13)
    #expect(
      largestDifference(
        small.cyclicallyTranslated(dx: 0.3, dy: -1.25).pixels,
        [
          3.2246836815016366, 4.228628059199412, 5.506547959996471, 0.5430554487504626, 1.3902488253224252,
          4.649216973112672, 2.6889930749141655, 3.801645749156652, 2.7604965706669646, 7.343664568005836,
          0.29450703084140495, 0.14451778582828867, 14.979791441739644, 11.597023620398256, -1.1530207894342912,
        ]) < 1e-13)
    #expect(
      largestDifference(
        small.cyclicTangents(dx: 0.3, dy: -1.25).dy,
        [
          -5.265713416477366, -3.076778441102427, 13.516609033682993, 10.685124763227387, -10.274188332948725,
          3.5431683640409846, 4.9385044115353205, -11.45504200294781, -13.366453628000027, 3.0753205402146238,
          1.722545052436382, -1.8617259704328932, -2.0615670307351825, 2.6813288647726403, 7.198867792734102,
        ]) < 1e-13)
  }

  @Test(arguments: [(0.0, 0.0), (0.37, -1.2), (-2.5, 3.75)])
  func `tangents are differences of moved images`(dx: Double, dy: Double) {
    let ε = 1e-3
    let tangents = digits.cyclicTangents(dx: dx, dy: dy)
    func at(_ x: Double, _ y: Double) -> Matrix<Double> { digits.cyclicallyTranslated(dx: dx + x, dy: dy + y).pixels }
    let right = (8 * (at(ε, 0) - at(-ε, 0)) - (at(2 * ε, 0) - at(-2 * ε, 0))) / (12 * ε)
    let down = (8 * (at(0, ε) - at(0, -ε)) - (at(0, 2 * ε) - at(0, -2 * ε))) / (12 * ε)
    #expect((tangents.dx - right).norm < 1e-9 * right.norm)
    #expect((tangents.dy - down).norm < 1e-9 * down.norm)
  }

  @Test func `whole pixels shift indices round the ring`() {
    let moved = digits.cyclicallyTranslated(dx: 4, dy: -3)
    for i in 0..<digits.count {
      let (old, new) = (digits.image(i), moved.image(i))
      let expected = Matrix(rows: 12, columns: 11) { y, x in old[(y + 3) % 12, (x + 7) % 11] }
      #expect((new - expected).norm < 1e-12)
    }
    let round = digits.cyclicallyTranslated(dx: 11 * 1e6, dy: 0)
    #expect((round.pixels - digits.pixels).norm < 1e-12, "a million times round the ring is no move")
  }

  @Test func `on odd rings moves add up and lengths stay`() {
    let once = small.cyclicallyTranslated(dx: 0.3, dy: 0.2).cyclicallyTranslated(dx: 0.9, dy: -1.7)
    #expect((once.pixels - small.cyclicallyTranslated(dx: 1.2, dy: -1.5).pixels).norm < 1e-12)
    #expect(abs(once.pixels.norm - small.pixels.norm) < 1e-12)
  }

  @Test func `a frame is background around the image`() {
    #expect(digits.pixels.sum == LabelledImages.digits.prefix(5).pixels.sum)
    #expect(digits.image(0)[2, 1] == 0 && digits.image(0)[2, 3] == LabelledImages.digits.image(0)[0, 2])
    #expect(digits.width == 11 && digits.height == 12 && digits.labels == LabelledImages.digits.prefix(5).labels)
  }
}
