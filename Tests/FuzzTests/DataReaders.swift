import Foundation
import LinearAlgebra

@testable import Datasets

/// A folder of this process for the files of one reader; a new file each time would take longer than to read it.
func scratch(_ reader: String) throws -> URL {
  let folder = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(getpid())-\(reader)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}

/// The images that `read` gives, or `nil` after a refusal that can be shown and says where the fault is.
private func images(_ read: () throws(DataError) -> LabelledImages) throws -> LabelledImages? {
  do throws(DataError) {
    return try read()
  } catch {
    try requireReadable(error)
    try require(error.kind == .missing || error.position != nil, "no place in: \(error)")
    return nil
  }
}

// MARK: IDX

extension Reader {
  static let idx = Reader(name: "idx", usual: 400) { try readIDX(&$0, "idx") { $0 } }

  /// Compressed by deflate's stored blocks, which need no compressor; then damaged. Each input starts the program gzip.
  static let gzip = Reader(name: "gzip", usual: 20) { try readIDX(&$0, "gzip", archived) }

  private static func readIDX(
    _ chance: inout Chance, _ name: String, _ pack: ([UInt8]) -> [UInt8]
  ) throws -> Int {
    let (count, height, width) = (1 + chance.below(5), 1 + chance.below(3), 1 + chance.below(3))
    func header(_ magic: UInt32, _ sizes: Int...) -> [UInt8] {
      ([magic] + sizes.map { UInt32($0) }).flatMap { word in (0..<4).map { UInt8(word >> (24 - 8 * $0) & 255) } }
    }
    let body = chance.bytes(count * height * width)
    let isWide = chance.once(in: 4)
    let classes = chance.bytes(isWide ? 32 * count : count)
    var imageFile = header(0x0803, count, height, width) + body
    var labelFile = (isWide ? header(0x0C02, count, 8) : header(0x0801, count)) + classes
    // Half of the damage is done to what the archive holds, the other half to the archive.
    let tokens = [header(0x0803), header(0x0801), [255, 255, 255, 255], [0, 0, 0, 0], [0x1F, 0x8B]]
    let target = chance.below(4)
    if target == 0 { imageFile = chance.mutated([imageFile, labelFile], tokens: tokens) }
    if target == 1 { labelFile = chance.mutated([labelFile, imageFile], tokens: tokens) }
    var files = [pack(imageFile), pack(labelFile)]
    if target == 2 { files[0] = chance.mutated([files[0]], tokens: tokens) }
    let folder = try scratch(name)
    let urls = [folder.appending(path: "images"), folder.appending(path: "labels")]
    for (url, bytes) in zip(urls, files) { try Data(bytes).write(to: url) }
    let limit = chance.once(in: 3) ? 1 + chance.below(4) : nil
    let length = files[0].count + files[1].count
    guard
      let set = try images({ () throws(DataError) in
        try LabelledImages(idxImages: urls[0], labels: urls[1], limit: limit)
      })
    else {
      try require(target < 3, "a valid pair is refused")
      return length
    }
    // What is read is what stands in the files. (Of a damaged archive, what is in it is not known here.)
    guard target != 2 || name == "idx" else { return length }
    let image = target == 2 ? files[0] : imageFile
    func word(_ bytes: [UInt8], _ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    let total = word(image, 4)
    try require(
      set.count == min(limit ?? total, total) && set.height == word(image, 8) && set.width == word(image, 12),
      "\(set) of \(image.prefix(16)), limit \(limit ?? 0)")
    try require(
      set.pixels.elements == image[16..<16 + set.count * set.width * set.height].map { Double($0) }, "other pixels")
    let step = labelFile[2] == 8 ? 1 : 4 * word(labelFile, 8)
    let labels = (0..<set.count).map { n in
      step == 1 ? Int(labelFile[8 + n]) : Int(Int32(truncatingIfNeeded: word(labelFile, 12 + n * step)))
    }
    try require(set.labels == labels, "the labels \(set.labels) of \(labels)")
    return length
  }

  /// `bytes` as a file of gzip's.
  private static func archived(_ bytes: [UInt8]) -> [UInt8] {
    var checksum: UInt32 = .max
    for byte in bytes {
      checksum ^= UInt32(byte)
      for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    func little(_ word: UInt32, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(word >> (8 * $0) & 255) } }
    let length = UInt32(bytes.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1] + little(length, 2) + little(~length, 2) + bytes
      + little(~checksum, 4) + little(length, 4)
  }
}

// MARK: CSV

extension Reader {
  static let csv = Reader(name: "csv", usual: 2000) { chance in
    let text = chance.once(in: 2) ? validTable(&chance) : damagedTable(&chance)
    let bytes = chance.once(in: 50) ? chance.mutated([text], tokens: [[0xFF, 0xFE], [0xEF, 0xBB, 0xBF]]) : text
    let file = try scratch("csv").appending(path: "set.csv")
    try Data(bytes).write(to: file)
    let limit = chance.once(in: 4) ? 1 + chance.below(3) : nil
    let read = try images { () throws(DataError) in try OwnImages(at: file, limit: limit).images }
    guard let set = read else { return bytes.count }
    try require(set.count > 0 && set.width == set.height && set.count <= limit ?? .max, "\(set)")
    try require(set.labels.allSatisfy { $0 >= 0 }, "a negative label")
    try require([1, 16, 255].contains(set.maximum), "the largest grey value \(set.maximum)")
    try require(
      set.pixels.elements.allSatisfy { $0 >= 0 && $0 <= set.maximum }, "a grey value above \(set.maximum) or below 0")
    if limit == nil { try require(rows(of: bytes, count: set.count) == rows(of: set), "other numbers than the file's") }
    // What was read goes out as the plainest file and comes back.
    let plain = rows(of: set).map { $0.map { "\($0)" }.joined(separator: ",") }.joined(separator: "\n")
    try Data(plain.utf8).write(to: file)
    let again = try OwnImages(at: file).images
    try require(again.pixels == set.pixels && again.labels == set.labels, "it does not come back")
    return bytes.count
  }

  private static func rows(of set: LabelledImages) -> [[Double]] {
    (0..<set.count).map { [Double(set.labels[$0])] + set.pixels.row($0) }
  }

  /// The last `count` lines of a table, by the standard library's methods alone.
  private static func rows(of bytes: [UInt8], count: Int) -> [[Double]] {
    let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n").replacing("\u{FEFF}", with: "")
    let lines = text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map(String.init)
      .filter { !$0.allSatisfy { $0 == " " || $0 == "\t" } }
    let separator = [";", "\t", ",", " "].first { mark in lines.suffix(count).first?.contains(mark) == true } ?? ","
    return lines.suffix(count).map { line in
      line.unicodeScalars.split(separator: Unicode.Scalar(separator) ?? ",").map { field in
        let blanks = field.drop { $0 == " " }.reversed().drop { $0 == " " }
        let quotes = blanks.drop { $0 == "\"" }.reversed().drop { $0 == "\"" }
        return Double(String(String.UnicodeScalarView(quotes))) ?? .nan
      }
    }
  }

  private static func validTable(_ chance: inout Chance) -> [UInt8] {
    let (side, count) = (2 + chance.below(3), 1 + chance.below(5))
    let separator = chance.one(of: [",", ";", "\t", " "])
    let end = chance.one(of: ["\n", "\r\n", "\r"])
    let isQuoted = chance.once(in: 4)
    let maximum = chance.one(of: [1, 16, 255])
    var lines: [String] = []
    if chance.once(in: 3) {
      let names = ["label"] + (0..<side * side).map { "pixel\($0)" }
      lines.append(names.joined(separator: separator))
    }
    for _ in 0..<count {
      let pixels = (0..<side * side).map { _ in
        chance.once(in: 10) ? "\(Double(maximum) * Double(chance.below(1000)) / 1000)" : "\(chance.below(maximum + 1))"
      }
      let fields = ["\(chance.below(12))"] + pixels
      lines.append(fields.map { isQuoted ? "\"\($0)\"" : $0 }.joined(separator: separator))
    }
    return Array((lines.joined(separator: end) + (chance.once(in: 2) ? end : "")).utf8)
  }

  private static func damagedTable(_ chance: inout Chance) -> [UInt8] {
    let tokens = [
      ",", ";", "\t", " ", "\n", "\r", "\r\n", "\"", "\"\"", "label,", "0,", "1\n", "-1", "256", "0x10", "0000", "1e1",
      "٣",
      "\u{FEFF}",
    ]
    let seeds = [validTable(&chance), validTable(&chance)]
    return chance.mutated(seeds, tokens: tokens.map { Array($0.utf8) } + [Array(chance.numeral().utf8)])
  }
}

// MARK: Folders

extension Reader {
  /// A folder of whatever somebody may have unpacked, and the files in it.
  static let folder = Reader(name: "folder", usual: 60) { chance in
    let folder = try scratch("folder").appending(path: "set")
    try? FileManager.default.removeItem(at: folder)
    let words = [
      "train", "test", "t10k", "emnist-letters", "-", "images", "labels", ".", "idx3-ubyte", "idx1-ubyte", "idx2-int",
      ".gz", ".csv",
      ".tsv", ".npz", ".zip", ".png", "raw", "gzip", "0", "a", " ", "é", "'",
    ]
    let known = [
      "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "train.csv", "x.npz", "0/1.png",
      "raw/train-images-idx3-ubyte", "raw/train-labels-idx1-ubyte", "gzip/emnist-train-images-idx3-ubyte",
      "a.csv/a.csv",
    ]
    var names: [String] = []
    for _ in 0..<chance.below(5) {
      let made = (0...chance.below(3)).map { _ in chance.one(of: words) }.joined()
      let name = chance.once(in: 3) ? made : chance.one(of: known)
      let file = folder.appending(path: name)
      let contents: [UInt8] =
        name.contains("images")
        ? [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7]
        : name.contains("labels") ? [0, 0, 8, 1, 0, 0, 0, 1, 5] : Array("1,2,3,4,5\n".utf8)
      try? FileManager.default.createDirectory(
        at: chance.once(in: 20) ? file : file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try? Data(contents).write(to: file)
      names.append(name)
    }
    let place = chance.once(in: 3) && !names.isEmpty ? folder.appending(path: chance.one(of: names)) : folder
    if let set = try images({ () throws(DataError) in try OwnImages(at: place).images }) {
      try require(set.count == 1 && !set.name.isEmpty, "\(set) in \(names)")
    }
    return names.joined().utf8.count
  }
}
