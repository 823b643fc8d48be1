import Datasets
import Foundation
import Testing

/// Lessons on images that a student brings.
@Suite struct OwnDataTests {
  /// The first `count` embedded digits, written as IDX files into a new folder.
  private func folder(count: Int) throws -> URL {
    func bigEndian(_ numbers: [Int]) -> Data {
      numbers.reduce(into: Data()) { data, number in
        withUnsafeBytes(of: UInt32(number).bigEndian) { data.append(contentsOf: $0) }
      }
    }
    let digits = LabelledImages.digits.prefix(count)
    let folder = try Scratch.folder()
    let images =
      bigEndian([0x803, count, digits.height, digits.width]) + Data(digits.pixels.elements.map { UInt8(15 * $0) })
    try images.write(to: folder.appendingPathComponent("train-images-idx3-ubyte"))
    let labels = bigEndian([0x801, count]) + Data(digits.labels.map { UInt8($0) })
    try labels.write(to: folder.appendingPathComponent("train-labels-idx1-ubyte"))
    return folder
  }

  @Test(arguments: LessonProcess.lessons)
  func aLessonRunsOnThemAndWritesBesideTheCommittedPage(lesson: String) throws {
    let (data, output) = (try folder(count: 900), try Scratch.folder())
    let run = try LessonProcess(lesson, ["--data", data.path, "--output", output.path])
    #expect(run.status == 0, "\(run.errors)")
    let pages = try FileManager.default.contentsOfDirectory(atPath: output.path)
    #expect(pages == ["\(lesson)+data=\(data.lastPathComponent)"])
  }

  @Test(arguments: LessonProcess.lessons)
  func tooFewOfThemAreSaidToBeTooFew(lesson: String) throws {
    let output = try Scratch.folder()
    let run = try LessonProcess(lesson, ["--data", try folder(count: 50).path, "--output", output.path])
    #expect(run.status == 65)
    #expect(run.errors.contains("64"))
    #expect(run.errors.contains("50"))
    #expect(try Scratch.contents(of: output).isEmpty)
  }
}
