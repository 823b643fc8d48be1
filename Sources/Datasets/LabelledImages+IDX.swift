import Foundation
import LinearAlgebra

extension LabelledImages {
  /// Reads images and their labels from two IDX files, plain or compressed by gzip: images of any width and height with
  /// grey values 0…255; labels 0…255, or QMNIST's, the first of eight columns.
  ///
  /// - Parameters:
  ///   - idxImages: a file with the magic number 0x00000803.
  ///   - labels: a file with the magic number 0x00000801 or 0x00000C02, and as many labels as there are images.
  ///   - limit: the number of images to read, from the first; `nil` reads all.
  ///   - name: what the images are called in titles and captions.
  /// - Throws: ``DataError`` if a file is missing or cannot be read, has another magic number, ends too early or too late,
  ///   states a size of zero or one that no file can have, if the files differ in their counts, or if one is compressed
  ///   and there is no `gzip`.
  public init(
    idxImages: URL, labels idxLabels: URL, limit: Int? = nil, name: String = "IDX images"
  ) throws(DataError) {
    self = try Self.readIDX(images: idxImages, labels: idxLabels, limit: limit, name: name).images
  }

  /// The same, with the number of images that the file holds.
  static func readIDX(
    images idxImages: URL, labels idxLabels: URL, limit: Int?, name: String
  ) throws(DataError) -> (images: LabelledImages, total: Int) {
    precondition(limit ?? 1 > 0, "cannot read the first \(limit ?? 0) images: at least one is needed")
    let images = try IDXFile(idxImages, .images, limit: limit)
    let labels = try IDXFile(idxLabels, .labels, limit: limit)
    guard images.sizes[0] == labels.sizes[0] else {
      throw DataError(
        .malformed, file: idxLabels, at: .byte(4), found: "\(labels.sizes[0]) labels",
        expected: "\(images.sizes[0]), one for each image of \(idxImages.lastPathComponent)",
        remedy: "Give the two files of one set: train-… with train-…, or t10k-… with t10k-….")
    }
    let (height, width) = (images.sizes[1], images.sizes[2])
    let set = LabelledImages(
      pixels: Matrix(
        rows: images.bytes.count / (width * height), columns: width * height, elements: images.bytes.map { Double($0) }),
      labels: labels.labels, width: width, height: height, maximum: 255, name: name, citation: nil)
    return (set, images.sizes[0])
  }
}
