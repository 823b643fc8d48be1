import Foundation
import LinearAlgebra
import Testing

@testable import Datasets

/// A folder of IDX files that is deleted with its last reference.
final class IDXFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "idx-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> URL {
    let file = url.appending(path: name)
    try Data(bytes).write(to: file)
    return file
  }
}

/// The bytes of an IDX file with the given sizes.
func idx(_ sizes: [UInt32], _ body: [UInt8]) -> [UInt8] {
  [0, 0, 8, UInt8(sizes.count)]
    + sizes.flatMap { size in (0..<4).map { UInt8(truncatingIfNeeded: size >> (24 - 8 * $0)) } }
    + body
}

/// Three images of 2 lines and 4 columns with the grey values 100, 101, …
let threeImages = idx([3, 2, 4], (0..<24).map { 100 + $0 })
let threeLabels = idx([3], [9, 0, 255])

/// The error of reading `images` and `labels` from files, or `nil` if they are valid.
func error(images: [UInt8] = threeImages, labels: [UInt8] = threeLabels) throws -> DataError? {
  let folder = try IDXFolder()
  let (images, labels) = (try folder.write("images", images), try folder.write("labels", labels))
  do {
    _ = try LabelledImages(idxImages: images, labels: labels)
    return nil
  } catch {
    #expect(error.file.hasSuffix(error.file.hasSuffix("labels") ? "/labels" : "/images"))
    return error
  }
}

@Suite("Reading IDX files")
struct IDXTests {
  @Test func `images are read line by line, and labels beside them`() throws {
    let folder = try IDXFolder()
    let (images, labels) = (try folder.write("i", threeImages), try folder.write("l", threeLabels))
    let set = try LabelledImages(idxImages: images, labels: labels, name: "three")
    #expect((set.count, set.width, set.height, set.maximum, set.name) == (3, 4, 2, 255, "three"))
    #expect(set.labels == [9, 0, 255])
    #expect(set.image(1) == [[108, 109, 110, 111], [112, 113, 114, 115]])
    #expect(set.scaled[0, 0] == 100.0 / 255)
  }

  @Test func `the labels of QMNIST are the first of eight columns of four bytes`() throws {
    let folder = try IDXFolder()
    let images = try folder.write("i", threeImages)
    // The other columns are -1, and a label of 65,536 + 258 tells the order of the bytes.
    let rows: [[UInt8]] = [[0, 0, 0, 7], [0, 1, 1, 2], [0, 0, 0, 0]].map { $0 + Array(repeating: 0xff, count: 28) }
    let file = [0, 0, 0x0C, 2, 0, 0, 0, 3, 0, 0, 0, 8] + rows.flatMap(\.self)
    let labels = try folder.write("l", file)
    #expect(try LabelledImages(idxImages: images, labels: labels).labels == [7, 65_794, 0])
    #expect(try LabelledImages(idxImages: images, labels: labels, limit: 2).labels == [7, 65_794])
    #expect(try error(labels: file.dropLast())?.position == .byte(107))
    #expect(try error(labels: file + [0])?.found == "1 byte after the last of the labels")
  }

  @Test(arguments: [1, 2, 3, 4, 1000])
  func `a limit keeps the first images`(limit: Int) throws {
    let folder = try IDXFolder()
    let (images, labels) = (try folder.write("i", threeImages), try folder.write("l", threeLabels))
    let all = try LabelledImages(idxImages: images, labels: labels)
    #expect(try LabelledImages(idxImages: images, labels: labels, limit: limit) == all.prefix(limit))
  }

  /// Lets `file` end at `size`, behind zeros that the file system need not store.
  private static func extend(_ file: URL, to size: UInt64) throws {
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }
    try handle.truncate(atOffset: size)
  }

  /// Not every file system holds files of this size.
  private static func holdsTerabytes() throws -> Bool {
    let folder = try IDXFolder()
    return (try? extend(folder.write("i", []), to: 16 + 1 << 40)) != nil
  }

  @Test(.enabled("no sparse files of a terabyte here") { try holdsTerabytes() })
  func `a limit reads only what it needs of a large file`() throws {
    let folder = try IDXFolder()
    let images = try folder.write("i", idx([1 << 26, 128, 128], []))
    let labels = try folder.write("l", idx([1 << 26], []))
    try Self.extend(images, to: 16 + 1 << 40)
    try Self.extend(labels, to: 8 + 1 << 26)
    let set = try LabelledImages(idxImages: images, labels: labels, limit: 2)
    #expect(set.pixels == Matrix(rows: 2, columns: 128 * 128))
  }

  @Test func `a file that changes places with the other is told so`() throws {
    let found = try error(images: threeLabels + Array(repeating: 0, count: 8), labels: threeImages)
    #expect(found?.kind == .malformed)
    #expect(found?.found == "0x00000801, which means labels")
    #expect(found?.remedy.contains("changed places") == true)
  }

  @Test func `another magic number is named with the expected one`() throws {
    let found = try error(images: [0, 0, 13, 3] + threeImages.dropFirst(4))
    #expect((found?.kind, found?.position) == (.malformed, .byte(0)))
    #expect(found?.found == "0x00000D03")
    #expect(found?.expected.contains("0x00000803") == true)
  }

  @Test func `trailing bytes are counted`() throws {
    let found = try error(images: threeImages + [1, 2, 3])
    #expect(found?.found == "3 bytes after the last of the images")
    #expect(found?.position == .byte(40))
    #expect(try error(labels: threeLabels + [1])?.position == .byte(11))
  }

  @Test func `a size of zero is found at its place`() throws {
    #expect(try error(images: idx([0, 2, 4], []))?.position == .byte(4))
    #expect(try error(images: idx([3, 0, 4], []))?.position == .byte(8))
    #expect(try error(images: idx([3, 2, 0], []))?.position == .byte(12))
    #expect(try error(labels: idx([0], []))?.position == .byte(4))
  }

  @Test(arguments: [
    [UInt32.max, UInt32.max, UInt32.max], [1 << 31, 1 << 31, 2], [1 << 31, 1 << 31, 1], [UInt32.max, 1, 1],
  ])
  func `sizes that no file can have are an error, not an overflow`(sizes: [UInt32]) throws {
    let found = try error(images: idx(sizes, Array(repeating: 0, count: 24)))
    #expect(found?.kind == .malformed)
    #expect(found?.description.contains(sizes.map(String.init).joined(separator: " × ")) == true)
  }

  @Test func `images and labels must be equally many`() throws {
    let found = try error(labels: idx([2], [0, 1]))
    #expect((found?.kind, found?.position, found?.found) == (.malformed, .byte(4), "2 labels"))
    #expect(found?.expected == "3, one for each image of images")
    #expect(try error(labels: idx([4], [0, 1, 2, 3]))?.found == "4 labels")
  }

  @Test(arguments: threeImages.indices)
  func `every truncation of the images is an error at the place where the bytes end`(length: Int) throws {
    let found = try error(images: Array(threeImages.prefix(length)))
    #expect((found?.kind, found?.exitCode, found?.position) == (.malformed, 65, .byte(UInt64(length))))
    #expect(found?.found == "the end of the file")
  }

  @Test(arguments: threeLabels.indices)
  func `every truncation of the labels is an error at the place where the bytes end`(length: Int) throws {
    let found = try error(labels: Array(threeLabels.prefix(length)))
    #expect((found?.kind, found?.exitCode, found?.position) == (.malformed, 65, .byte(UInt64(length))))
  }

  // The sizes 3, 2, 4 admit no other reading of 24 bytes that differs in one byte only: a product of 24 needs two changed
  // sizes. So every change must be found.

  @Test(arguments: [("images", 16), ("labels", 8)])
  func `every change of one byte of a header is an error`(name: String, headerSize: Int) throws {
    let folder = try IDXFolder()
    let images = try folder.write("images", threeImages)
    let labels = try folder.write("labels", threeLabels)
    let file = try FileHandle(forUpdating: folder.url.appending(path: name))
    defer { try? file.close() }
    func set(_ position: Int, to byte: UInt8) throws {
      try file.seek(toOffset: UInt64(position))
      try file.write(contentsOf: Data([byte]))
    }
    for (position, byte) in (name == "images" ? threeImages : threeLabels).prefix(headerSize).enumerated() {
      for value in UInt8.min...UInt8.max where value != byte {
        try set(position, to: value)
        let error = #expect(throws: DataError.self, "byte \(position) set to \(value)") {
          try LabelledImages(idxImages: images, labels: labels)
        }
        #expect(error?.kind == .malformed)
      }
      try set(position, to: byte)
    }
    #expect(try LabelledImages(idxImages: images, labels: labels).count == 3)
  }
}

@Suite("Missing data")
struct MissingDataTests {
  @Test func `a missing file is named`() throws {
    let folder = try IDXFolder()
    let images = try folder.write("images", threeImages)
    let error = #expect(throws: DataError.self) {
      try LabelledImages(idxImages: images, labels: folder.url.appending(path: "labels"))
    }
    #expect((error?.kind, error?.found) == (.missing, "no file"))
    #expect(error?.file.hasSuffix("labels") == true)
  }

  @Test func `a folder given as a file is refused`() throws {
    let folder = try IDXFolder()
    let error = #expect(throws: DataError.self) { try LabelledImages(idxImages: folder.url, labels: folder.url) }
    #expect((error?.kind, error?.found) == (.missing, "a folder"))
  }

  @Test func `a device is refused before it is opened`() {
    let device = URL(filePath: "/dev/zero")
    let error = #expect(throws: DataError.self) { try LabelledImages(idxImages: device, labels: device) }
    #expect((error?.kind, error?.found) == (.missing, "a pipe or device"))
  }

  @Test func `a symbolic link to a file is followed`() throws {
    let folder = try IDXFolder()
    let images = try folder.write("images", threeImages)
    let labels = try folder.write("labels", threeLabels)
    let link = folder.url.appending(path: "link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: images)
    #expect(try LabelledImages(idxImages: link, labels: labels).count == 3)
  }

  @Test(.disabled(if: geteuid() == 0, "root may read every file"))
  func `a file without read permission is missing input`() throws {
    let folder = try IDXFolder()
    let images = try folder.write("images", threeImages)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: images.path)
    let error = #expect(throws: DataError.self) { try LabelledImages(idxImages: images, labels: images) }
    #expect((error?.kind, error?.exitCode, error?.expected) == (.missing, 66, "a readable file"))
  }

  @Test func `an error in one line names place, finding, expectation and remedy`() {
    let error = DataError(
      .malformed, file: URL(filePath: "set/images"), at: .byte(12), found: "a", expected: "b", remedy: "Do c.")
    #expect(error.description == "set/images, byte 12: found a, expected b. Do c.")
    #expect(error.localizedDescription == error.description)
  }
}
