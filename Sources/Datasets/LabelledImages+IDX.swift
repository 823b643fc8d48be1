import Foundation
import LinearAlgebra

/// One of the two parts in which MNIST and its kin are published.
public enum IDXPart: String, Sendable, CaseIterable {
  case training = "train"
  case test = "t10k"
}

extension LabelledImages {
  /// Reads the images and labels of a folder in the layout of MNIST: `train-images-idx3-ubyte` and
  /// `train-labels-idx1-ubyte`, or `t10k-…` for the test part; `train-images.idx3-ubyte` is found as well.
  ///
  /// - Parameters:
  ///   - idxFolder: the folder that holds the files, uncompressed. The set is named after it.
  ///   - part: which of the two parts to read.
  ///   - limit: the number of images to read, from the first; `nil` reads all.
  /// - Throws: ``DataError`` as ``init(idxImages:labels:limit:name:)`` does, and if the folder or a file is missing.
  public init(idxFolder: URL, part: IDXPart = .training, limit: Int? = nil) throws(DataError) {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: idxFolder.path, isDirectory: &isFolder)
    guard exists, isFolder.boolValue else {
      throw DataError(
        .missing, file: idxFolder, found: exists ? "a file" : "no folder", expected: "a folder with IDX files",
        remedy: exists ? "Give the folder it lies in." : "Check the spelling of the path.")
    }
    try self.init(
      idxImages: Self.file("\(part.rawValue)-images", "idx3-ubyte", in: idxFolder),
      labels: Self.file("\(part.rawValue)-labels", "idx1-ubyte", in: idxFolder),
      limit: limit, name: idxFolder.standardizedFileURL.lastPathComponent)
  }

  /// Reads images and their labels from two uncompressed IDX files, the format of MNIST: images of any width and height
  /// with grey values 0…255, labels 0…255.
  ///
  /// Time and memory grow with the images asked for, not with the files.
  ///
  /// - Parameters:
  ///   - idxImages: a file with the magic number 0x00000803.
  ///   - labels: a file with the magic number 0x00000801, and as many labels as there are images.
  ///   - limit: the number of images to read, from the first; `nil` reads all.
  ///   - name: what the images are called in titles and captions.
  /// - Throws: ``DataError`` if a file is missing or cannot be read, is compressed, has another magic number, ends too
  ///   early or too late, states a size of zero or one that no file can have, or if the files differ in their counts.
  public init(
    idxImages: URL, labels idxLabels: URL, limit: Int? = nil, name: String = "IDX images"
  ) throws(DataError) {
    precondition(limit ?? 1 > 0, "cannot read the first \(limit ?? 0) images: at least one is needed")
    let images = try IDXFile(idxImages, .images, limit: limit)
    let labels = try IDXFile(idxLabels, .labels, limit: limit)
    guard images.sizes[0] == labels.sizes[0] else {
      throw DataError(
        .malformed, file: idxLabels, offset: 4, found: "\(labels.sizes[0]) labels",
        expected: "\(images.sizes[0]), one for each image of \(idxImages.lastPathComponent)",
        remedy: "Give the two files of one set: train-… with train-…, or t10k-… with t10k-….")
    }
    let (height, width) = (images.sizes[1], images.sizes[2])
    self.init(
      pixels: Matrix(
        rows: labels.bytes.count, columns: width * height, elements: images.bytes.map { Double($0) }),
      labels: labels.bytes.map { Int($0) }, width: width, height: height, maximum: 255, name: name, citation: nil)
  }

  /// The file `stem-suffix` or `stem.suffix` of `folder`: both spellings circulate.
  private static func file(_ stem: String, _ suffix: String, in folder: URL) throws(DataError) -> URL {
    let names = ["\(stem)-\(suffix)", "\(stem).\(suffix)"]
    func exists(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }
    if let name = names.first(where: exists) { return folder.appending(path: name) }
    if let archive = names.map({ $0 + ".gz" }).first(where: exists) {
      throw DataError(
        .missing, file: folder.appending(path: names[0]), found: "only \(archive)", expected: "the uncompressed file",
        remedy: "Decompress it: gunzip \(archive)")
    }
    throw DataError(
      .missing, file: folder.appending(path: names[0]), found: "no such file", expected: "\(names[0]) or \(names[1])",
      remedy: "Give the folder that holds the uncompressed IDX files themselves.")
  }
}
