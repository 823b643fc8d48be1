import LinearAlgebra
import Testing

@testable import Datasets

@Suite("Subsets of images")
struct LabelledImagesTests {
  /// Four images of 3 × 2 (width × height) whose pixels spell image and position.
  let images = LabelledImages(
    pixels: Matrix(rows: 4, columns: 6) { i, j in Double(10 * i + j) }, labels: [7, 1, 12, 1], width: 3, height: 2,
    maximum: 40, name: "counted", citation: nil)

  @Test func `an image has height rows and width columns, filled line by line`() {
    #expect(images.image(2) == [[20, 21, 22], [23, 24, 25]])
  }

  @Test func `indices select and order images together with their labels`() {
    let chosen = images[[2, 0, 2]]
    #expect(chosen.labels == [12, 7, 12])
    #expect(chosen.pixels.column(0) == [20, 0, 20])
    #expect(chosen.image(1) == [[0, 1, 2], [3, 4, 5]])
    #expect((chosen.maximum, chosen.name) == (40, "counted"))
  }

  @Test func `a prefix longer than the set is the set`() {
    #expect(images.prefix(2).labels == [7, 1])
    #expect(images.prefix(9) == images)
    #expect(images.prefix(0).count == 0)
  }

  @Test func `the images of some classes keep their order`() {
    #expect(images.labelled([1, 7]).pixels.column(0) == [0, 10, 30])
    #expect(images.labelled(0...9) == images[[0, 1, 3]])
    #expect(images.labelled([5]).count == 0)
    #expect(images.classes == [1, 7, 12])
  }

  @Test func `scaling divides by the largest possible value, not by the largest that occurs`() {
    #expect(images.scaled[3, 5] == 35.0 / 40)
  }

  @Test func `a description says when labels go beyond the ten digits`() {
    #expect(
      images.description
        == "counted: 4 images of 3 × 2, grey values 0…40, labels 1…12 (more than the ten digits)")
    let ten = LabelledImages(
      pixels: Matrix(rows: 1, columns: 1), labels: [10], width: 1, height: 1, maximum: 1, name: "ten", citation: nil)
    #expect(ten.description.hasSuffix("labels 10…10 (more than the ten digits)"))
    #expect(images.prefix(0).description == "counted: 0 images of 3 × 2, grey values 0…40")
  }

  @Test func `images whose sizes do not fit stop the program`() async {
    await #expect(processExitsWith: .failure) {
      _ = LabelledImages(
        pixels: Matrix(rows: 1, columns: 6), labels: [0], width: 2, height: 2, maximum: 1, name: "", citation: nil)
    }
    await #expect(processExitsWith: .failure) {
      _ = LabelledImages(
        pixels: Matrix(rows: 2, columns: 4), labels: [0], width: 2, height: 2, maximum: 1, name: "", citation: nil)
    }
  }
}
