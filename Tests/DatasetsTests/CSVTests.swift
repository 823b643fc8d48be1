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

  @Test func `a label that does not come first is found in the header`() throws {
    #expect(try fault("a,b,c,d,class\n0,0,0,0,1")?.position == .line(1, column: 5))
    #expect(try fault(",Label,a,b,c,d\n0,1,0,0,0,0")?.found == "the column 'label'")
  }

  @Test func `a file without images is malformed`() throws {
    for text in ["", "\n\n", "label,a,b,c,d\n"] { #expect(try fault(text)?.found == "no image") }
    // A second header is none.
    #expect(try fault("label,a,b,c,d\nlabel,a,b,c,d\n")?.position == .line(2, column: 1))
  }

  @Test func `a compressed file is read too`() throws {
    let folder = try IDXFolder()
    let file = try folder.write("images.csv.gz", gzipped(Array("3,1,2,3,4".utf8)))
    #expect(try CSVFile(file, limit: nil).pixels == [1, 2, 3, 4])
  }
}
