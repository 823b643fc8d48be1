import Foundation

/// One file in the IDX format, in which MNIST and its kin are published.
///
/// The format is big-endian: two zero bytes, the type of the numbers (0x08 for unsigned bytes, 0x0C for four signed ones),
/// the number d of dimensions, then d sizes of four bytes each, then the numbers themselves, last index fastest.
struct IDXFile {
  /// What the file is to hold.
  enum Content: String {
    case images
    case labels

    /// The forms it comes in, the usual one first: only QMNIST has the second, whose labels are the first of eight columns.
    var layouts: [Layout] {
      switch self {
      case .images: [Layout(magic: 0x0803)]
      case .labels: [Layout(magic: 0x0801), Layout(magic: 0x0C02)]
      }
    }
  }

  /// How the numbers are stored.
  struct Layout: Equatable {
    let magic: UInt32
    var dimensions: Int { Int(magic & 0xff) }
    var bytesPerNumber: Int { magic >> 8 == 0x0C ? 4 : 1 }
    var headerSize: Int { 4 + 4 * dimensions }
  }

  let url: URL
  /// The size of each dimension: images, lines, columns; or labels; or labels and columns.
  let sizes: [Int]
  /// The bytes of the first items, as many as were asked for.
  let bytes: [UInt8]
  private let layout: Layout

  /// Reads the header and the first `limit` items, or all of them. The sizes in the header are held against the length of
  /// the whole file.
  init(_ url: URL, _ content: Content, limit: Int?) throws(DataError) {
    self.url = url
    let stream = try DataStream(url, expected: "a file of IDX \(content)")
    var header = try stream.read(4)
    let layout = try Self.layout(header, content, url)
    header += try stream.read(layout.headerSize - 4)
    guard header.count == layout.headerSize else {
      throw DataError(
        .malformed, file: url, at: .byte(UInt64(header.count)), found: "the end of the file",
        expected: "a header of \(layout.headerSize) bytes", remedy: DataStream.fetchAgain)
    }
    let sizes = (0..<layout.dimensions).map { Int(Self.bigEndian(header, at: 4 + 4 * $0)) }
    let total = try Self.bodySize(sizes, layout, url)
    bytes = try stream.read(min(limit ?? sizes[0], sizes[0]) * (total / sizes[0]))
    try Self.check(length: stream.length(), sizes, layout, content, body: total, url)
    (self.sizes, self.layout) = (sizes, layout)
  }

  /// The first number of each item, as labels are stored.
  var labels: [Int] {
    let (width, columns) = (layout.bytesPerNumber, sizes.dropFirst().reduce(1, *))
    return stride(from: 0, to: bytes.count, by: width * columns).map { at in
      width == 1 ? Int(bytes[at]) : Int(Int32(bitPattern: Self.bigEndian(bytes, at: at)))
    }
  }

  private static func bigEndian(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The layout that the magic number at the start of `header` stands for.
  private static func layout(_ header: [UInt8], _ content: Content, _ url: URL) throws(DataError) -> Layout {
    let expected = "the magic number \(hexadecimal(content.layouts[0].magic)) of IDX \(content)"
    guard header.count == 4 else {
      throw DataError(
        .malformed, file: url, at: .byte(UInt64(header.count)), found: "the end of the file", expected: expected,
        remedy: DataStream.fetchAgain)
    }
    let magic = bigEndian(header, at: 0)
    if let layout = content.layouts.first(where: { $0.magic == magic }) { return layout }
    let other = content == .images ? Content.labels : .images
    let isOther = other.layouts.contains { $0.magic == magic }
    throw DataError(
      .malformed, file: url, at: .byte(0),
      found: hexadecimal(magic) + (isOther ? ", which means \(other)" : ""), expected: expected,
      remedy: isOther
        ? "Image file and label file have changed places."
        : "Give an IDX file of unsigned bytes, such as those of MNIST.")
  }

  /// The number of bytes that the sizes in a header announce.
  private static func bodySize(_ sizes: [Int], _ layout: Layout, _ url: URL) throws(DataError) -> Int {
    var total = layout.bytesPerNumber
    for (dimension, size) in sizes.enumerated() {
      let position = DataError.Position.byte(UInt64(4 + 4 * dimension))
      guard size > 0 else {
        throw DataError(
          .malformed, file: url, at: position, found: "the size 0 for dimension \(dimension + 1)",
          expected: "at least 1", remedy: DataStream.fetchAgain)
      }
      let (product, overflow) = total.multipliedReportingOverflow(by: size)
      guard !overflow, product <= Int.max - layout.headerSize else {
        throw DataError(
          .malformed, file: url, at: position, found: "the sizes \(shape(sizes))",
          expected: "sizes whose product is the number of bytes that follow", remedy: DataStream.fetchAgain)
      }
      total = product
    }
    return total
  }

  private static func check(
    length: UInt64, _ sizes: [Int], _ layout: Layout, _ content: Content, body: Int, _ url: URL
  ) throws(DataError) {
    let expectedLength = UInt64(layout.headerSize + body)
    guard length != expectedLength else { return }
    let surplus = length > expectedLength ? length - expectedLength : 0
    throw DataError(
      .malformed, file: url, at: .byte(min(length, expectedLength)),
      found: surplus == 0
        ? "the end of the file" : "\(surplus) byte\(surplus == 1 ? "" : "s") after the last of the \(content)",
      expected: "\(expectedLength) bytes in all, a header of \(layout.headerSize) and \(shape(sizes)) \(content)",
      remedy: DataStream.fetchAgain)
  }

  private static func shape(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: " × ") }

  private static func hexadecimal(_ word: UInt32) -> String {
    let digits = String(word, radix: 16, uppercase: true)
    return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
