import Foundation
import LinearAlgebra
import Testing

@testable import Datasets

@Suite("Images as lines of text")
struct CSVTests {
  private func read(_ text: String, limit: Int? = nil) throws -> CSVFile {
    let folder = try IDXFolder()
    return try CSVFile(folder.write("images.csv", Array(text.utf8)), limit: limit)
  }

  /// The error of reading `text`: its line and column, and what it found.
  private func fault(_ text: String) throws -> (position: DataError.Position?, found: String)? {
    do {
      _ = try read(text)
      return nil
    } catch let error as DataError {
      #expect(error.kind == .malformed)
      return (error.position, error.found)
    }
  }

  @Test(arguments: [
    "7,0,128,255,1\n0,4,3,2,1\n", "label,a,b,c,d\n7,0,128,255,1\n0,4,3,2,1", "7;0;128;255;1\r\n0;4;3;2;1\r\n",
    "7\t0\t128\t255\t1\n\n0\t4\t3\t2\t1\n\n", "7 0  128 255 1\n 0 4 3 2 1\n",
    "\u{FEFF}\"label\",\"a\",\"b\",\"c\",\"d\"\n\"7\",\"0\",\"128\",\"255\",\"1\"\n\"0\",4,3,2,1\n",
    "\u{FEFF}7,0,128,255,1\n0,4,3,2,1", "label,a,b,c,class\n7,0,128,255,1\n0,4,3,2,1",
    "7.0, 0, 128.0, 2.55e2, 1\n0, 4, 3, 2, 1", "y,1,2,3,4\n7,0,128,255,1\n0,4,3,2,1",
    "7,0,128,255,1\r0,4,3,2,1\r", "y,a,b,c,d\r\r7,0,128,255,1\r0,4,3,2,1",
    "\n \n\t \n7,0,128,255,1\n  \n0,4,3,2,1\n \n",
    "7 0 128 255 1\n \n0 4 3 2 1\n \n",
  ])
  func `a label and the pixels of a square image`(text: String) throws {
    let file = try read(text)
    #expect(file.labels == [7, 0])
    #expect(file.pixels == [0, 128, 255, 1, 4, 3, 2, 1])
    #expect((file.side, file.maximum, file.hasMore) == (2, 255, false))
  }

  @Test(arguments: [
    ("0,1,0,1", 1.0), ("0,0.5,0,1", 1), ("0,1.5,0,1", 16), ("16,0,0,0", 16), ("16.5,0,0,0", 255), ("0,17,0,0", 255),
    ("0,0,0,0", 1), ("0,2,17,2", 255),
  ])
  func `the range follows from the greatest value`(pixels: String, maximum: Double) throws {
    #expect(try read("3,\(pixels)\n3,0,0,0,0").maximum == maximum)
  }

  @Test func `a limit keeps the first images and does not look at the others`() throws {
    let file = try read("1,0,0,0,0\n2,1,1,1,1\nnonsense", limit: 2)
    #expect((file.labels, file.hasMore) == ([1, 2], true))
    #expect(try read("1,0,0,0,0\n2,1,1,1,1\n\n", limit: 2).hasMore == false)
    #expect(try read("1,0,0,0,0\n2,1,1,1,1", limit: 9).labels == [1, 2])
  }

  /// More than is read from the file at once, so that lines lie across the pieces.
  @Test func `long files and long lines are read whole`() throws {
    let rows = (0..<300).map { n in ([n % 10] + (0..<784).map { ($0 * n) % 256 }) }
    let file = try read(rows.map { $0.map(String.init).joined(separator: ",") }.joined(separator: "\n"))
    #expect(file.labels == rows.map { $0[0] })
    #expect(file.pixels == rows.flatMap { $0.dropFirst().map(Double.init) })
  }

  @Test func `faults have their line and column`() throws {
    let good = "1,0,0,0,0\n"
    #expect(try fault(good + "2,0,x,0,0")?.position == .line(2, column: 3))
    #expect(try fault(good + "2,0,x,0,0")?.found == "'x'")
    #expect(try fault(good + "\n2,0,0,0,256")?.position == .line(3, column: 5))
    #expect(try fault(good + "2,0,0,0,255.5")?.position == .line(2, column: 5))
    #expect(try fault("1,-1,0,0,0")?.position == .line(1, column: 2))
    #expect(try fault("1,nan,0,0,0")?.position == .line(1, column: 2))
    #expect(try fault("1,0,,0,0")?.found == "''")
    #expect(try fault(good + "x,0,0,0,0")?.position == .line(2, column: 1))
    #expect(try fault(good + "-1,0,0,0,0")?.position == .line(2, column: 1))
    #expect(try fault(good + "1.5,0,0,0,0")?.position == .line(2, column: 1))
    #expect(try fault(good + "1,0,0,0")?.position == .line(2, column: 5))
    #expect(try fault(good + "1,0,0,0")?.found == "4 fields")
    #expect(try fault(good + "1,0,0,0,0,0")?.position == .line(2, column: 6))
    #expect(try fault("1,0,0,0")?.position == .line(1, column: 4))
    #expect(try fault("1,5")?.found == "2 fields")
    #expect(try fault("1")?.found == "1 field")
  }

  /// Windows' two bytes, of which a file is read whole only if the pieces end between them.
  @Test func `a line may end where a piece of the file does`() throws {
    for length in (1 << 16) - 3...(1 << 16) + 1 {
      let first = "1,0,0,0,0" + String(repeating: " ", count: length - 9)
      for end in ["\r\n", "\n", "\r"] {
        let file = try read("\(first)\(end)2,1,1,1,1\(end)3,0,0,0,0\(end)")
        #expect(file.labels == [1, 2, 3])
      }
      #expect(try fault("\(first)\r\n2,x,0,0,0\r\n")?.position == .line(2, column: 2))
    }
  }

  @Test func `what looks like a header and is an image with a fault is not dropped`() throws {
    #expect(try fault(",0,3,2,1\n1,0,0,0,0")?.found == "''")
    #expect(try fault("?,0,3,2,1\n1,0,0,0,0")?.found == "'?'")
    #expect(try fault("A,0,0,0,0\n1,0,0,0,0")?.position == .line(1, column: 1))
    // The names that pandas gives to columns, and the row numbers that it puts before them.
    #expect(try read("label,0,1,2,3\n1,0,0,0,0").labels == [1])
    #expect(try fault(",0,1,2,3\n0,0,0,0,0")?.found == "a column without a name, as row numbers have")
    #expect(try fault("\"\",a,b,c,d\n0,0,0,0,0")?.position == .line(1, column: 1))
  }

  @Test func `a number is read to its last digit, however many it has`() throws {
    let zeros = String(repeating: "0", count: 60)
    #expect(try read("1,\(zeros)255,0,0.\(zeros)1e61,16\(zeros)e-60").pixels == [255, 0, 1, 16])
    #expect(try read("\(zeros)7,0,0,0,0").labels == [7])
    #expect(try fault("1,1\(zeros),0,0,0")?.found.count == 42)
    #expect(try fault("1,0,0,0,0\n2" + String(repeating: "0,", count: 1 << 22))?.position == .line(2, column: 1))
  }

  @Test func `labels that stand last are not taken for pixels`() throws {
    func table(_ count: Int, _ line: (Int) -> String) -> String { (0..<count).map(line).joined(separator: "\n") }
    // The corner is black now and then, as in pictures of clothes.
    let last = { (n: Int) in "\(n % 9 == 0 ? n % 4 : 0),3,\(n % 16),7,\(n % 10)" }
    let error = #expect(throws: DataError.self) { try read(table(100, last)) }
    #expect(error?.position == .line(1, column: 5))
    #expect(error?.found == "what looks like the labels in the last column, and not in the first")
    // The first images alone tell as much.
    #expect(throws: DataError.self) { try read(table(100, last), limit: 60) }
    // A header says what the columns are; so do labels in front; and of a few lines nothing can be said.
    #expect(try read("label,a,b,c,d\n" + table(100, last)).labels.count == 100)
    #expect(try read(table(100) { "\($0 % 7),3,\($0 % 16),7,\($0 % 10)" }).labels.count == 100)
    #expect(try read(table(40, last)).labels.count == 40)
    #expect(try read(table(100) { "0,3,\($0 % 16),7,\(2 + $0 % 4)" }).labels.count == 100)
    // The last pixels of one class of images: mostly black, of many greys, or of some.
    #expect(try read(table(100) { "3,0,0,\($0 % 5),\($0 % 10 == 0 ? 5 : 0)" }).labels.count == 100)
    #expect(try read(table(100) { "3,0,0,\($0 % 5),\(2 * ($0 % 5))" }).labels.count == 100)
    #expect(try read(table(100) { "3,0,0,\($0 % 5),\(Double($0 % 5) / 4)" }).labels.count == 100)
  }

  @Test func `a header stands in the first line that is not blank`() throws {
    #expect(try read("\n \nlabel,a,b,c,d\n1,0,0,0,0").labels == [1])
  }

  @Test func `what other programs write is named`() throws {
    // Decimal commas: between semicolons, a comma is not the end of a field.
    #expect(try fault("1;0,5;0;0;0")?.found == "'0,5'")
    #expect(try fault("label;a;b;c;d\n1;0;0,25;0;0")?.position == .line(2, column: 3))
    #expect(try fault("1\t0,5\t0\t0\t0")?.found == "'0,5'")
    #expect(try fault("0,0,0,0")?.found == "4 fields, the pixels of 2 × 2 without a label")
    #expect(try fault("label,a,b,c\n0,0,0,0,0,0,0,0,0")?.found == "9 fields, the pixels of 3 × 3 without a label")
    #expect(try fault("0,0,0")?.found == "3 fields")
    let folder = try IDXFolder()
    for encoding in [String.Encoding.utf16, .utf16BigEndian, .utf16LittleEndian] {
      let mark: [UInt8] = encoding == .utf16BigEndian ? [0xFE, 0xFF] : encoding == .utf16 ? [] : [0xFF, 0xFE]
      let file = try folder.write("16.csv", mark + Array("1,0,0,0,0\n".data(using: encoding) ?? Data()))
      let error = #expect(throws: DataError.self) { try CSVFile(file, limit: nil) }
      #expect(error?.found == "text in UTF-16" && error?.remedy == "Save the file as CSV in UTF-8.")
    }
  }

  @Test func `a label that does not come first is found in the header`() throws {
    #expect(try fault("a,b,c,d,class\n0,0,0,0,1")?.position == .line(1, column: 5))
    #expect(try fault(",Label,a,b,c,d\n0,1,0,0,0,0")?.found == "the column 'label'")
  }

  @Test func `a file without images is malformed`() throws {
    for text in ["", "\n\n", "\n \n\n", " ", "\r\r", "label,a,b,c,d\n"] {
      #expect(try fault(text)?.found == "no image")
    }
    // A second header is none.
    #expect(try fault("label,a,b,c,d\nlabel,a,b,c,d\n")?.position == .line(2, column: 1))
  }

  @Test func `a compressed file is read too`() throws {
    let folder = try IDXFolder()
    let file = try folder.write("images.csv.gz", gzipped(Array("3,1,2,3,4".utf8)))
    #expect(try CSVFile(file, limit: nil).pixels == [1, 2, 3, 4])
  }
}
