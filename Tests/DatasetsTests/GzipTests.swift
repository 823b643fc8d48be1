import Foundation
import Testing

@testable import Datasets

/// The bytes 0, 1, 2, 3 as `gzip -n` writes them (Python: `gzip.compress(bytes(4), mtime=0)` for the same format).
let gzipOfFourBytes: [UInt8] = [
  0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x63, 0x60, 0x64, 0x62, 6, 0, 0x13, 0x86, 0xb9, 0x8b, 4, 0, 0, 0,
]

/// `bytes` in gzip's format without compression: blocks of stored bytes (RFC 1951, 3.2.4) between header and checksum
/// (RFC 1952), so that no program is needed to make them.
func gzipped(_ bytes: [UInt8]) -> [UInt8] {
  var crc: UInt32 = .max
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }
  func littleEndian(_ word: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  var blocks: [UInt8] = []
  for start in stride(from: 0, to: max(bytes.count, 1), by: 65535) {
    let part = bytes[start..<min(start + 65535, bytes.count)]
    let size = UInt16(part.count)
    blocks += [start + 65535 >= bytes.count ? 1 : 0]
    blocks += [size, ~size].flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] } + part
  }
  return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3] + blocks + littleEndian(~crc) + littleEndian(UInt32(bytes.count))
}

@Suite("Files compressed by gzip")
struct GzipTests {
  private func stream(_ bytes: [UInt8], searchPath: String? = nil) throws -> DataStream {
    let folder = try IDXFolder()
    let file = try folder.write("bytes", bytes)
    let path = searchPath ?? ProcessInfo.processInfo.environment["PATH"]
    // The folder is removed on return; what is open stays readable.
    return try DataStream(file, expected: "bytes", searchPath: path)
  }

  @Test func `they are decompressed under any name`() throws {
    let stream = try stream(gzipOfFourBytes)
    #expect(try stream.read(3) == [0, 1, 2])
    #expect(stream.offset == 3)
    #expect(try stream.read(9) == [3])
    #expect(try stream.read(1) == [])
    #expect(try stream.length() == 4)
  }

  @Test func `a plain file is read as it is, and has its length`() throws {
    let stream = try stream([0x1f, 0x8c, 1, 2])
    #expect(try stream.read(1) == [0x1f])
    #expect(try stream.length() == 4)
    #expect(try stream.read(9) == [0x8c, 1, 2])
  }

  /// More than a pipe holds, and more than is read at once.
  @Test func `the length counts what was not read`() throws {
    let stream = try stream(gzipped((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) }))
    #expect(try stream.read(2_000_000).last == UInt8(truncatingIfNeeded: 1_999_999))
    #expect(try stream.length() == 3_000_000)
  }

  /// A program that wants no more than the beginning leaves no process behind that waits to write the rest.
  @Test func `a stream that is given up ends its gzip`() throws {
    let stream = try stream(gzipped(Array(repeating: 7, count: 3_000_000)))
    #expect(try stream.read(1) == [7])
  }

  @Test(arguments: [2, 10, 15, 20, 23])
  func `a truncated one is malformed, in gzip's words`(length: Int) throws {
    let stream = try stream(Array(gzipOfFourBytes.prefix(length)))
    let error = #expect(throws: DataError.self) { try stream.read(9) }
    #expect((error?.kind, error?.expected) == (.malformed, "a whole gzip file"))
    #expect(error?.found.contains("unexpected end of file") == true)
  }

  @Test func `a wrong checksum is found, even if the bytes asked for came before`() throws {
    var bytes = gzipOfFourBytes
    bytes[16] ^= 1
    let stream = try stream(bytes)
    #expect(throws: DataError.self) {
      _ = try stream.read(2)
      _ = try stream.length()
    }
  }

  @Test func `without gzip on the search path that is what is missing`() throws {
    let error = #expect(throws: DataError.self) { try stream(gzipOfFourBytes, searchPath: "/nonexistent") }
    #expect((error?.kind, error?.exitCode) == (.missing, 66))
    #expect(error?.found == "a gzip file, and no program gzip on the search path to decompress it")
    #expect(error?.remedy.contains("Install gzip") == true)
    // A plain file needs none.
    #expect(try stream([1, 2], searchPath: "/nonexistent").read(9) == [1, 2])
  }

  @Test func `compressed IDX files are read like plain ones`() throws {
    let folder = try IDXFolder()
    let (images, labels) = (
      try folder.write("i.gz", gzipped(threeImages)), try folder.write("l.gz", gzipped(threeLabels))
    )
    let (plainImages, plainLabels) = (try folder.write("i", threeImages), try folder.write("l", threeLabels))
    for limit in [nil, 1, 2, 9] {
      let set = try LabelledImages(idxImages: images, labels: labels, limit: limit)
      #expect(try set == LabelledImages(idxImages: plainImages, labels: plainLabels, limit: limit))
    }
  }

  @Test(arguments: [0, 3, 4, 15, 16, 20, 39])
  func `a short file in a whole archive is an error at the place where the bytes end`(length: Int) throws {
    let found = try error(images: gzipped(Array(threeImages.prefix(length))))
    #expect((found?.kind, found?.position) == (.malformed, .byte(UInt64(length))))
    #expect(found?.found == "the end of the file")
  }

  @Test func `a limit does not hide what is wrong behind it`() throws {
    let folder = try IDXFolder()
    let (images, labels) = (
      try folder.write("i", gzipped(threeImages + [1, 2])), try folder.write("l", gzipped(threeLabels))
    )
    let error = #expect(throws: DataError.self) { try LabelledImages(idxImages: images, labels: labels, limit: 1) }
    #expect(error?.found == "2 bytes after the last of the images")
  }
}
