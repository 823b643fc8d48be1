import Foundation

/// One file of unsigned bytes in the IDX format, in which MNIST and its kin are published.
///
/// The format is big-endian: two zero bytes, 0x08 for unsigned bytes, the number d of dimensions, then d sizes of four
/// bytes each, then the bytes themselves, last index fastest.
struct IDXFile {
  /// What the file is to hold, which fixes its number of dimensions.
  enum Content: String {
    case images
    case labels

    var dimensions: Int { self == .images ? 3 : 1 }
    var magic: UInt32 { 0x0800 | UInt32(dimensions) }
    var headerSize: Int { 4 + 4 * dimensions }
  }

  let url: URL
  /// The size of each dimension: images, lines, columns; or labels.
  let sizes: [Int]
  /// The bytes of the first items, as many as were asked for.
  let bytes: [UInt8]

  /// Reads the header and the first `limit` items, or all of them. The sizes in the header are held against the length of
  /// the whole file, of which no more is read.
  init(_ url: URL, _ content: Content, limit: Int?) throws(DataError) {
    self.url = url
    let file = try Self.open(url, content)
    defer { try? file.handle.close() }
    let header = try Self.read(content.headerSize, at: 0, of: file.handle, url)
    try Self.checkMagic(header, content, url)
    guard header.count == content.headerSize else {
      throw DataError(
        .malformed, file: url, offset: UInt64(header.count), found: "the end of the file",
        expected: "a header of \(content.headerSize) bytes", remedy: Self.fetchAgain)
    }
    sizes = (0..<content.dimensions).map { Int(Self.bigEndian(header, at: 4 + 4 * $0)) }
    let itemSize = try Self.checkBody(sizes, content, length: file.length, url)
    let wanted = min(limit ?? sizes[0], sizes[0]) * itemSize
    bytes = try Self.read(wanted, at: content.headerSize, of: file.handle, url)
    guard bytes.count == wanted else {
      throw DataError(
        .malformed, file: url, offset: UInt64(content.headerSize + bytes.count),
        found: "the end of the file", expected: "\(wanted - bytes.count) bytes more",
        remedy: "The file became shorter while it was read: let the other program finish and run again.")
    }
  }

  private static let fetchAgain = "The file is damaged or only part of it was copied: fetch it again."

  /// The file, open, with its length in bytes. Refuses whatever is not a regular file before opening it: a pipe could
  /// make the program wait for ever.
  private static func open(_ url: URL, _ content: Content) throws(DataError) -> (handle: FileHandle, length: UInt64) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw DataError(
        .missing, file: url, found: "no file", expected: "IDX \(content)", remedy: "Check the spelling of the path.")
    }
    guard !isFolder.boolValue else {
      throw DataError(
        .missing, file: url, found: "a folder", expected: "a file of IDX \(content)",
        remedy: "Give the path of the file inside it.")
    }
    let resolved = url.resolvingSymlinksInPath()
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: resolved.path)
      guard attributes[.type] as? FileAttributeType == .typeRegular else {
        throw DataError(
          .missing, file: url, found: "a pipe or device", expected: "a file of IDX \(content)",
          remedy: "Write the bytes to a file first.")
      }
      let handle = try FileHandle(forReadingFrom: resolved)
      return (handle, try handle.seekToEnd())
    } catch let error as DataError {
      throw error
    } catch {
      throw unreadable(url, error)
    }
  }

  /// Up to `count` bytes from `offset` on: fewer only if the file ends.
  private static func read(
    _ count: Int, at offset: Int, of handle: FileHandle, _ url: URL
  ) throws(DataError) -> [UInt8] {
    do {
      try handle.seek(toOffset: UInt64(offset))
      return Array(try handle.read(upToCount: count) ?? Data())
    } catch {
      throw unreadable(url, error)
    }
  }

  private static func unreadable(_ url: URL, _ error: any Error) -> DataError {
    DataError(
      .missing, file: url, found: "a file that cannot be read (\(error.localizedDescription))",
      expected: "a readable file", remedy: "Check its permissions.")
  }

  private static func bigEndian(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Throws unless `header` begins with the magic number of `content`.
  private static func checkMagic(_ header: [UInt8], _ content: Content, _ url: URL) throws(DataError) {
    let expected = "the magic number \(hexadecimal(content.magic)) of IDX \(content)"
    guard !header.starts(with: [0x1f, 0x8b]) else {
      throw DataError(
        .malformed, file: url, offset: 0, found: "a gzip file (bytes 1f 8b)", expected: expected,
        remedy: "Decompress it: gunzip \(url.lastPathComponent)")
    }
    guard header.count >= 4 else {
      throw DataError(
        .malformed, file: url, offset: UInt64(header.count), found: "the end of the file", expected: expected,
        remedy: fetchAgain)
    }
    let magic = bigEndian(header, at: 0)
    guard magic != content.magic else { return }
    let other = content == .images ? Content.labels : .images
    throw DataError(
      .malformed, file: url, offset: 0,
      found: hexadecimal(magic) + (magic == other.magic ? ", which means \(other)" : ""), expected: expected,
      remedy: magic == other.magic
        ? "Image file and label file have changed places."
        : "Give an uncompressed IDX file of unsigned bytes, such as those of MNIST.")
  }

  /// The number of bytes of one item, after the sizes have been held against the length of the file.
  private static func checkBody(
    _ sizes: [Int], _ content: Content, length: UInt64, _ url: URL
  ) throws(DataError) -> Int {
    var total = 1
    for (dimension, size) in sizes.enumerated() {
      let offset = UInt64(4 + 4 * dimension)
      guard size > 0 else {
        throw DataError(
          .malformed, file: url, offset: offset, found: "the size 0 for dimension \(dimension + 1)",
          expected: "at least 1", remedy: fetchAgain)
      }
      let (product, overflow) = total.multipliedReportingOverflow(by: size)
      guard !overflow, product <= Int.max - content.headerSize else {
        throw DataError(
          .malformed, file: url, offset: offset,
          found: "the sizes \(sizes.map(String.init).joined(separator: " × "))",
          expected: "sizes whose product is the number of bytes that follow", remedy: fetchAgain)
      }
      total = product
    }
    let expectedLength = UInt64(content.headerSize + total)
    guard length == expectedLength else {
      let shape = sizes.map(String.init).joined(separator: " × ")
      throw DataError(
        .malformed, file: url, offset: min(length, expectedLength),
        found: length < expectedLength
          ? "the end of the file" : "\(length - expectedLength) bytes after the last of the \(content)",
        expected: "\(expectedLength) bytes in all, a header of \(content.headerSize) and \(shape) \(content)",
        remedy: fetchAgain)
    }
    return total / sizes[0]
  }

  private static func hexadecimal(_ word: UInt32) -> String {
    let digits = String(word, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
