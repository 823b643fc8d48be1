import Foundation
import LinearAlgebra

/// Images that a student brings, and what is to be said of them on a page.
public struct OwnImages: Sendable {
  public let images: LabelledImages
  /// The file of the images, as the path was given.
  public let file: String
  /// How many images the file holds; `nil` if only a beginning of it was looked at.
  public let total: Int?
  /// Whether the file holds every image transposed, as EMNIST's do, and it was turned upright.
  public let wereTransposed: Bool

  /// Reads the images and labels that lie at `path`:
  ///
  /// - a folder with the training part of MNIST, Fashion-MNIST, KMNIST, EMNIST or QMNIST in IDX files under their
  ///   published names, plain or compressed by gzip; `raw` inside it, as torchvision lays it out, will do;
  /// - one image file of such a set, with its label file beside it;
  /// - a CSV file of square images, ``CSVFile``, or a folder with a single one.
  ///
  /// A file that is compressed needs the program `gzip`. Time and memory grow with the images asked for; only a compressed
  /// IDX file is decompressed to its end, to see that it is whole.
  ///
  /// - Parameter limit: the number of images to read, from the first; `nil` reads all.
  /// - Throws: ``DataError``, naming the file and what to do with it.
  public init(at path: URL, limit: Int? = nil) throws(DataError) {
    precondition(limit ?? 1 > 0, "cannot read the first \(limit ?? 0) images: at least one is needed")
    let place = try DataPlace(path)
    let images: LabelledImages
    switch place.source {
    case .idx(let imageFile, let labelFile):
      let (loaded, total) = try LabelledImages.readIDX(
        images: imageFile, labels: labelFile, limit: limit, name: place.name)
      (images, self.total, file) = (loaded, total, imageFile.relativePath)
    case .csv(let url):
      let table = try CSVFile(url, limit: limit)
      images = LabelledImages(
        pixels: Matrix(rows: table.labels.count, columns: table.side * table.side, elements: table.pixels),
        labels: table.labels, width: table.side, height: table.side, maximum: table.maximum, name: place.name,
        citation: nil)
      (total, file) = (table.hasMore ? nil : table.labels.count, url.relativePath)
    }
    wereTransposed = URL(fileURLWithPath: file).lastPathComponent.lowercased().hasPrefix("emnist")
    self.images = wereTransposed ? images.transposed : images
  }

  /// `The images are the first 2000 of 60000 in MNIST/raw/train-images-idx3-ubyte: 28 × 28 pixels, …`
  public var summary: String {
    let count = images.count
    let which =
      switch total {
      case count: "all \(count) images"
      case let total?: "the first \(count) of \(total) images"
      case nil: "the first \(count) images"
      }
    let classes = images.classes
    let labels = classes.count == 1 ? "one class, \(classes[0])" : "\(classes.count) classes"
    return """
      \(which) of \(file): \(images.width) × \(images.height) pixels, grey values from 0 to \(Int(images.maximum)), \
      \(labels)\(wereTransposed ? "; the file holds them transposed, and they were turned upright" : "")
      """
  }
}
