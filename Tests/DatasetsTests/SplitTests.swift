import LinearAlgebra
import Testing

@testable import Datasets

@Suite("Splitting into training and test images")
struct SplitTests {
  /// Images that say their number, in classes of 1, 2, 10 and 27, mixed.
  let numbered: LabelledImages = {
    let labels = (0..<40).map { i in i == 17 ? 0 : i == 3 || i == 30 ? 5 : i % 4 == 0 ? 7 : 9 }
    return LabelledImages(
      pixels: Matrix(rows: 40, columns: 1) { i, _ in Double(i) }, labels: labels, width: 1, height: 1, maximum: 40,
      name: "numbered", citation: nil)
  }()

  private func split(_ images: LabelledImages, _ count: Int, seed: UInt64) throws -> (
    training: LabelledImages, test: LabelledImages
  ) {
    var stream = RandomStream(seed: seed, name: "split")
    return try images.split(testCount: count, using: &stream)
  }

  @Test(arguments: 1..<40)
  func `each image is in exactly one part, in its order`(count: Int) throws {
    let (training, test) = try split(numbered, count, seed: 1)
    #expect(test.count == count)
    let (a, b) = (training.pixels.column(0), test.pixels.column(0))
    #expect((a + b).sorted() == (0..<40).map(Double.init))
    #expect(a == a.sorted() && b == b.sorted())
    for part in [training, test] {
      #expect(part.labels == part.pixels.column(0).map { numbered.labels[Int($0)] })
    }
  }

  @Test(arguments: 1..<40)
  func `each class keeps its share to within one image`(count: Int) throws {
    let (training, test) = try split(numbered, count, seed: 2)
    for label in numbered.classes {
      let all = Double(numbered.labelled([label]).count)
      let share = Double(count) / 40
      #expect(abs(Double(test.labelled([label]).count) - share * all) < 1)
      #expect(abs(Double(training.labelled([label]).count) - (1 - share) * all) < 1)
    }
  }

  @Test func `the digits split as counted by hand`() throws {
    // A quarter of 178, 182, 177, 183, 181 images is 44.5, 45.5, 44.25, 45.75, 45.25 and 225 of 901 images a hair less:
    // 44.45, 45.45, 44.20, 45.70, 45.20. The whole parts make 223; the two largest remainders are those of 3 and 0 …
    // 0.4506 (class 0), 0.4495 (class 1), 0.2009, 0.6992, 0.1998.
    var stream = RandomStream(seed: 3)
    let (training, test) = try LabelledImages.digits.labelled(0...4).split(testShare: 0.25, using: &stream)
    #expect((0...4).map { test.labelled([$0]).count } == [45, 45, 44, 46, 45])
    #expect((0...4).map { training.labelled([$0]).count } == [133, 137, 133, 137, 136])
  }

  @Test func `of equal remainders the smaller labels come first`() throws {
    let labels = (0..<12).map { [8, 3, 5][$0 % 3] }
    let images = LabelledImages(
      pixels: Matrix(rows: 12, columns: 1), labels: labels, width: 1, height: 1, maximum: 1, name: "", citation: nil)
    // Five of three times four: 5/3 each, of which one apiece, and two more.
    #expect(try split(images, 5, seed: 1).test.labels.sorted() == [3, 3, 5, 5, 8])
  }

  @Test func `the same stream gives the same split, another gives another`() throws {
    #expect(try split(numbered, 10, seed: 4).test == split(numbered, 10, seed: 4).test)
    #expect(try split(numbered, 10, seed: 4).test != split(numbered, 10, seed: 5).test)
  }

  @Test func `every image of a class is equally likely to be tested`() throws {
    // 27 images of class 9, of which 13 or 14 of 20 are tested: over 2000 splits each image 1000 ± 5 · √500 times.
    var hits = Array(repeating: 0, count: 40)
    for seed in 1...2000 {
      for i in try split(numbered, 20, seed: UInt64(seed)).test.pixels.column(0) { hits[Int(i)] += 1 }
    }
    let nines = hits.indices.filter { numbered.labels[$0] == 9 }.map { hits[$0] }
    let mean = Double(nines.reduce(0, +)) / Double(nines.count)
    for hit in nines { #expect(abs(Double(hit) - mean) < 5 * (500.0).squareRoot()) }
  }

  @Test func `an empty part is an error that says so`() {
    var stream = RandomStream(seed: 6)
    for count in [0, 40, -1, 41] {
      #expect(throws: SplitError.emptyPart(test: count, images: 40)) {
        try numbered.split(testCount: count, using: &stream)
      }
    }
    #expect(throws: SplitError.emptyPart(test: 0, images: 40)) { try numbered.split(testShare: 0.01, using: &stream) }
    #expect(throws: SplitError.emptyPart(test: 0, images: 40)) { try numbered.split(testShare: 0, using: &stream) }
    #expect(throws: SplitError.share(1.5)) { try numbered.split(testShare: 1.5, using: &stream) }
    #expect(throws: SplitError.self) { try numbered.split(testShare: .nan, using: &stream) }
    #expect(
      "\(SplitError.emptyPart(test: 40, images: 40))"
        == "40 images cannot be split into 40 for testing and 0 for training: each part needs at least one")
  }
}
