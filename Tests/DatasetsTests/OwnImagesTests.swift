import Foundation
import LinearAlgebra
import Testing

@testable import Datasets

@Suite("What students bring")
struct OwnImagesTests {
  /// A folder with a set of three images of 4 × 2 at `path`, which ends with the beginning of the files' names.
  private func folder(_ path: String, _ suffix: String = "", in existing: IDXFolder? = nil) throws -> IDXFolder {
    let folder = try existing ?? IDXFolder()
    let (images, labels) = suffix == ".gz" ? (gzipped(threeImages), gzipped(threeLabels)) : (threeImages, threeLabels)
    try write("\(path)-images-idx3-ubyte\(suffix)", images, in: folder)
    try write("\(path)-labels-idx1-ubyte\(suffix)", labels, in: folder)
    return folder
  }

  private func write(_ path: String, _ bytes: [UInt8] = [], in folder: IDXFolder) throws {
    let parent = folder.url.appending(path: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    try folder.write(path, bytes)
  }

  private func error(_ folder: IDXFolder, _ path: String = "") -> DataError? {
    #expect(throws: DataError.self) { try OwnImages(at: folder.url.appending(path: path)) }
  }

  @Test(arguments: ["-", "."], ["-", "."])
  func `a folder is read in either spelling of its names`(images: String, labels: String) throws {
    let folder = try IDXFolder()
    try folder.write("train-images\(images)idx3-ubyte", threeImages)
    try folder.write("train-labels\(labels)idx1-ubyte", threeLabels)
    let own = try OwnImages(at: folder.url)
    #expect(own.images.labels == [9, 0, 255])
    #expect(own.images.image(1) == [[108, 109, 110, 111], [112, 113, 114, 115]])
    #expect((own.images.name, own.total, own.wereTransposed) == (folder.url.lastPathComponent, 3, false))
  }

  @Test(arguments: ["", ".gz"])
  func `torchvision's folder is found, and gives its name`(suffix: String) throws {
    let folder = try folder("MNIST/raw/train", suffix)
    for path in ["MNIST", "MNIST/raw"] {
      let own = try OwnImages(at: folder.url.appending(path: path))
      #expect((own.images.count, own.images.name) == (3, "MNIST"))
    }
    // One folder higher there may be several sets.
    #expect(error(folder)?.remedy.hasSuffix("/MNIST") == true)
    #expect(error(folder)?.found == "the folder MNIST")
  }

  @Test func `an archive beside the file that came out of it does not count twice`() throws {
    let folder = try folder("train", in: folder("train", ".gz"))
    #expect(try OwnImages(at: folder.url).file.hasSuffix("train-images-idx3-ubyte"))
  }

  @Test func `EMNIST is turned upright, and says so`() throws {
    let folder = try folder("raw/emnist-letters-train", ".gz")
    let own = try OwnImages(at: folder.url)
    #expect((own.images.width, own.images.height, own.images.name) == (2, 4, "emnist-letters"))
    // Line 0, column 1 of what is stored is line 1, column 0.
    #expect(own.images.image(0) == [[100, 104], [101, 105], [102, 106], [103, 107]])
    #expect(own.wereTransposed)
    #expect(own.summary.contains("turned upright"))
  }

  @Test func `of several sets in a folder one is chosen by its file`() throws {
    let folder = try folder("emnist-letters-train", in: folder("emnist-digits-train"))
    #expect(
      error(folder)?.found == "2 sets: emnist-digits-train-images-idx3-ubyte, emnist-letters-train-images-idx3-ubyte")
    #expect(error(folder)?.remedy.hasSuffix("/emnist-digits-train-images-idx3-ubyte") == true)
    let own = try OwnImages(at: folder.url.appending(path: "emnist-letters-train-images-idx3-ubyte"))
    #expect(own.images.name == "emnist-letters")
  }

  @Test func `QMNIST has labels of its own kind`() throws {
    let folder = try IDXFolder()
    try folder.write("qmnist-train-images-idx3-ubyte.gz", gzipped(threeImages))
    let rows = [7, 5, 3].flatMap { label -> [UInt8] in [0, 0, 0, label, 1, 1, 1, 1] }
    try folder.write("qmnist-train-labels-idx2-int.gz", gzipped([0, 0, 0x0C, 2, 0, 0, 0, 3, 0, 0, 0, 2] + rows))
    #expect(try OwnImages(at: folder.url).images.labels == [7, 5, 3])
  }

  @Test func `a file in a folder of its own name is found`() throws {
    let folder = try IDXFolder()
    for (name, bytes) in [("train-images-idx3-ubyte", threeImages), ("train-labels-idx1-ubyte", threeLabels)] {
      try write("\(name)/\(name)", bytes, in: folder)
    }
    // The labels lie in their own folder as well.
    #expect(error(folder)?.expected == "the labels of train-images-idx3-ubyte")
  }

  @Test func `a CSV file is read by itself, or as the only one of a folder`() throws {
    let folder = try IDXFolder()
    try folder.write("faces.csv", Array("1,1,2,3,4\n0,4,3,2,1\n".utf8))
    for path in ["faces.csv", ""] {
      let own = try OwnImages(at: folder.url.appending(path: path))
      #expect(own.images.image(0) == [[1, 2], [3, 4]])
      #expect((own.images.labels, own.images.maximum, own.images.name) == ([1, 0], 16, "faces"))
      #expect(own.summary.hasSuffix("faces.csv: 2 × 2 pixels, grey values from 0 to 16, 2 classes"))
      #expect(own.summary.hasPrefix("all 2 images of "))
    }
    // What has no name before its ending is called after all of it.
    try folder.write(".csv", Array("1,1,2,3,4\n".utf8))
    #expect(try OwnImages(at: folder.url.appending(path: ".csv")).images.name == ".csv")
    try folder.write("other.csv", [])
    #expect(error(folder)?.found == "2 sets: faces.csv, other.csv")
    try folder.write("my_Train.csv", Array("1,1,2,3,4\n".utf8))
    #expect(try OwnImages(at: folder.url).images.name == "my_Train")
  }

  @Test func `the summary says how many of how many`() throws {
    let folder = try folder("train")
    #expect(try OwnImages(at: folder.url, limit: 2).summary.hasPrefix("the first 2 of 3 images of "))
    #expect(try OwnImages(at: folder.url, limit: 1).summary.hasSuffix("one class, 9"))
    let table = try folder.write("t.csv", Array("1,1,2,3,4\n0,4,3,2,1\n".utf8))
    #expect(try OwnImages(at: table, limit: 1).summary.hasPrefix("the first 1 images of "))
  }

  @Test func `a test part alone is named, and can be had`() throws {
    let folder = try folder("raw/t10k")
    #expect(error(folder)?.found == "only the test part, t10k-images-idx3-ubyte")
    #expect(error(folder)?.remedy.contains("--data ") == true)
    #expect(try OwnImages(at: folder.url.appending(path: "raw/t10k-images-idx3-ubyte")).images.count == 3)
  }

  @Test func `missing labels and missing images are named`() throws {
    let images = try IDXFolder()
    try images.write("train-images-idx3-ubyte", threeImages)
    #expect(error(images)?.file.hasSuffix("/train-labels-idx1-ubyte") == true)
    #expect((error(images)?.kind, error(images)?.found) == (.missing, "no such file"))
    let labels = try IDXFolder()
    try labels.write("train-labels-idx1-ubyte", threeLabels)
    #expect(error(labels)?.found == "train-labels-idx1-ubyte without its images")
    #expect(error(labels, "train-labels-idx1-ubyte")?.remedy.hasPrefix("Give the file of the images") == true)
  }

  @Test(arguments: [
    ("mnist.npz", "np.load"), ("archive.zip", "Unpack"), ("digits.mat", "CSV"), ("3.png", "PIL.Image"),
    ("train.parquet", "CSV"),
  ])
  func `what cannot be read is named, with what to do`(name: String, advice: String) throws {
    let folder = try IDXFolder()
    try folder.write(name, [1])
    #expect(error(folder)?.found == name)
    #expect(error(folder)?.remedy.contains(advice) == true)
    #expect(error(folder, name)?.remedy.contains(advice) == true)
    #expect((error(folder, name)?.kind, error(folder)?.exitCode) == (.missing, 66))
  }

  /// (The first user of all reads everything.)
  @Test(.enabled(if: geteuid() != 0)) func `a folder that cannot be read is not called empty`() throws {
    let folder = try folder("closed/train")
    let closed = folder.url.appending(path: "closed").path
    chmod(closed, 0)
    defer { chmod(closed, 0o755) }
    #expect(error(folder, "closed")?.found == "a folder that cannot be read")
    #expect(error(folder, "closed")?.remedy == "Check its permissions.")
  }

  @Test func `pictures in folders, other files and nothing at all`() throws {
    let folder = try IDXFolder()
    try write("3/a.png", in: folder)
    #expect(error(folder)?.found == "3/a.png")
    #expect(error(folder)?.remedy.contains("PIL.Image") == true)
    let others = try IDXFolder()
    try others.write("notes.txt", [])
    #expect(error(others)?.found == "other files: notes.txt")
    #expect(error(others, "notes.txt")?.remedy.contains("convert it to CSV") == true)
    #expect(error(try IDXFolder())?.found == "no file in it")
    #expect(error(others, "nowhere")?.remedy == "Check the spelling of the path.")
    #expect(error(others, "nowhere")?.exitCode == 66)
  }
}
