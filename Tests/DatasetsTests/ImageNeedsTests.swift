import LinearAlgebra
import Testing

@testable import Datasets

@Suite("What a lesson needs of its images")
struct ImageNeedsTests {
  /// 300 images of 5 × 4 with independent pixels, labelled 0, 1, 2 in turn.
  private func images(
    count: Int = 300, width: Int = 5, height: Int = 4, maximum: Double = 255, labels: (Int) -> Int = { $0 % 3 },
    pixel: (_ n: Int, _ i: Int, _ random: inout RandomStream) -> Double = { (256 * $2.uniform()).rounded(.down) }
  ) -> LabelledImages {
    var random = RandomStream(seed: 1, name: "images")
    var pixels = Matrix<Double>(rows: count, columns: width * height)
    for n in 0..<count {
      for i in 0..<width * height {
        pixels[n, i] = pixel(n, i, &random)
      }
    }
    return LabelledImages(
      pixels: pixels, labels: (0..<count).map { labels($0) }, width: width, height: height,
      maximum: maximum, name: "made", citation: nil)
  }

  private func unfit(_ images: LabelledImages, _ needs: ImageNeeds = ImageNeeds()) -> UnfitImages? {
    do throws(UnfitImages) {
      try needs.check(images)
      return nil
    } catch {
      #expect(!error.description.isEmpty)
      return error
    }
  }

  @Test func `the embedded digits meet all needs of the lessons`() {
    let needs = ImageNeeds(pixels: 64, side: 8, classes: 2, ofEachClass: 40, ofClasses: [(0...4, 100), (5...9, 100)])
    #expect(unfit(.digits, needs) == nil)
    #expect(unfit(images()) == nil)
  }

  @Test func `grey values are told as they were read`() {
    for (value, text) in [(7, "7"), (0.25, "0.25")] {
      let description = unfit(images(pixel: { _, _, _ in value }))?.description
      #expect(description?.hasPrefix("every pixel of every image is \(text):") == true)
    }
  }

  @Test func `numbers of pixels and images`() {
    #expect(unfit(images(), ImageNeeds(side: 5)) == .tooSmall(5, 4, atLeast: 5))
    #expect(unfit(images(width: 4, height: 5), ImageNeeds(side: 5)) == .tooSmall(4, 5, atLeast: 5))
    #expect(unfit(images(), ImageNeeds(side: 4)) == nil)
    #expect(unfit(images(), ImageNeeds(pixels: 21)) == .tooFewPixels(20, atLeast: 21))
    #expect(unfit(images(), ImageNeeds(pixels: 20)) == nil)
    #expect(unfit(images(count: 255)) == .tooFew(255, atLeast: 256))
    #expect(unfit(images(count: 256)) == nil)
    #expect(unfit(images(count: 301), ImageNeeds(images: 302)) == .tooFew(301, atLeast: 302))
    #expect(unfit(images(count: 256, width: 16, height: 16)) == .fewerThanPixels(256, pixels: 256))
    #expect(unfit(images(count: 257, width: 16, height: 16)) == nil)
  }

  @Test func `classes`() {
    let three = ImageNeeds(classes: 3)
    #expect(unfit(images(), three) == nil)
    #expect(unfit(images(labels: { $0 % 2 }), three) == .tooFewClasses([0, 1], atLeast: 3, images: 300))
    #expect(unfit(images(labels: { _ in 7 })) == nil)
    // The UCI digits as their authors publish them: the first pixel of all images is 0.
    #expect(unfit(images(labels: { _ in 0 }), three)?.description.contains("labels are the last column") == true)
    let rare = images(labels: { $0 < 4 ? 9 : $0 % 2 })
    #expect(unfit(rare, ImageNeeds(ofEachClass: 5)) == .rareClass(9, 4, atLeast: 5, images: 300))
    #expect(unfit(rare, ImageNeeds(ofEachClass: 4)) == nil)
    let groups = ImageNeeds(ofClasses: [(0...1, 200), (2...4, 100)])
    #expect(unfit(images(), groups) == nil)
    #expect(unfit(images(labels: { $0 % 3 + 1 }), groups) == .rareClasses(0...1, 100, atLeast: 200))
    #expect(unfit(images(labels: { $0 % 2 }), groups) == .rareClasses(2...4, 0, atLeast: 100))
  }

  @Test func `pixels`() {
    #expect(unfit(images(pixel: { _, _, _ in 7 })) == .constant(7))
    func coin(_ n: Int, _ i: Int, _ random: inout RandomStream) -> Double { random.uniform() < 0.5 ? 1 : 0 }
    #expect(unfit(images(pixel: coin)) == .dark(greatest: 1, of: 255))
    #expect(unfit(images(maximum: 1, pixel: coin)) == nil)
    #expect(unfit(images(maximum: 4, pixel: coin)) == nil)
    #expect(unfit(images(maximum: 4.1, pixel: coin)) == .dark(greatest: 1, of: 4.1))
    let few = images(pixel: { n, i, _ in Double((n % 99 + 1) * (n % 99 + 7) * (i + 3) * (i + 11) % 251) })
    #expect(unfit(few) == .copies(99, of: 300, atLeast: 100))
  }

  /// Grey values of 200 ± d have the standard deviation d.
  @Test func `images that are nearly blank have their contrast measured`() {
    func twoLevels(_ d: Double) -> LabelledImages {
      images(pixel: { _, _, random in 200 + (random.uniform() < 0.5 ? d : -d) })
    }
    guard case .faint(let contrast, 0.05)? = unfit(twoLevels(0.048 * 255)) else {
      Issue.record("grey values 200 ± 12 pass for images")
      return
    }
    #expect(abs(contrast - 0.048) < 1e-3)
    #expect(unfit(twoLevels(0.052 * 255)) == nil)
  }

  /// Random mixtures of twelve orthogonal patterns, of which one has a 300th or an 800th of the others' strength.
  @Test(arguments: [(300.0, 12), (800, 11)])
  func `images that vary in few directions have these counted`(weakness: Double, directions: Int) {
    var random = RandomStream(seed: 2, name: "mixtures")
    let patterns = QR(Matrix<Double>.normal(rows: 20, columns: 12, using: &random)).Q
    let shares = Matrix<Double>.normal(rows: 300, columns: 12, using: &random)
    let strengths = Matrix.diagonal([50 / weakness] + Array(repeating: 50, count: 11))
    let set = LabelledImages(
      pixels: shares * strengths * patterns.T, labels: (0..<300).map { $0 % 3 }, width: 5, height: 4, maximum: 255,
      name: "mixtures", citation: nil)
    // Three quarters of 16 and of 15, rounded down.
    #expect(unfit(set) == (directions < 12 ? .flat(directions, atLeast: 12) : nil))
    #expect(unfit(set, ImageNeeds(pixels: 15)) == nil)
  }
}
