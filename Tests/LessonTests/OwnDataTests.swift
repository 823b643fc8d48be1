import Datasets
import Foundation
import LinearAlgebra
import Testing

/// Lessons on images that a student brings.
@Suite struct OwnDataTests {
  /// Those that run to their end here: of each kind the quickest. All of them take a minute and a half; they do run with
  /// `COURSE_SLOW_TESTS=1`, on these images and on the large ones of LargeImagesTests.
  static let quick = LessonProcess.lessons.filter {
    LessonProcess.runsSlowTests || ["00", "01", "02", "09", "13"].contains($0.prefix(2))
  }

  /// The first `count` embedded digits in a new folder.
  private func folder(count: Int) throws -> URL {
    let digits = LabelledImages.digits.prefix(count)
    let folder = try Scratch.folder()
    try IDXWriter.write(digits.pixels.elements.map { UInt8(15 * $0) }, labels: digits.labels, side: 8, to: folder)
    return folder
  }

  /// Each call's own folder of 500 images of 8 × 8 with the given grey values, labelled 0…9 in turn.
  private func made(label: (Int) -> Int = { $0 % 10 }, _ grey: (inout RandomStream, Int) -> UInt8) throws -> URL {
    var random = RandomStream(seed: 1, name: "made")
    let folder = try Scratch.folder()
    try IDXWriter.write(
      (0..<500 * 64).map { grey(&random, $0) }, labels: (0..<500).map(label), side: 8, to: folder)
    return folder
  }

  @Test(arguments: quick)
  func aLessonRunsOnThemAndWritesBesideTheCommittedPage(lesson: String) throws {
    let (data, output) = (try folder(count: 900), try Scratch.folder())
    let run = try LessonProcess(lesson, ["--data", data.path, "--output", output.path])
    // On half of the digits a claim about all of them may fail, by name: what a lesson says then is tested elsewhere.
    let failures = run.errors.split(separator: "\n").filter { $0.hasPrefix("\(lesson): ") }
    #expect(run.status == (failures.isEmpty ? 0 : 1), "\(run.errors)")
    #expect(failures.allSatisfy { $0.hasPrefix("\(lesson): check failed: ") }, "\(run.errors)")
    #expect(run.output.contains("Computed on other images than the lesson was written for"))
    let pages = try FileManager.default.contentsOfDirectory(atPath: output.path)
    #expect(pages.count == 1)
    // All of the path is in the name, so that folders of the same name in two places have two pages.
    let name = data.standardizedFileURL.pathComponents.suffix(2).joined(separator: "-")
    #expect(pages[0].hasPrefix("\(lesson)+data=") && pages[0].hasSuffix(name))
    let page = try String(contentsOf: output.appending(path: "\(pages[0])/README.md"), encoding: .utf8)
    let lines = page.split(separator: "\n")
    #expect(lines[0].contains("`swift run \(lesson) --data \(data.path)`"))
    #expect(lines[1].hasPrefix("# "))
    #expect(lines[2].hasPrefix("> **Computed on other images than the lesson was written for**: all 900 images of "))
    #expect(!page.contains("mean of seeds"))
    #expect(!page.contains(/\bNaN\b|-nan|\binf\b/))
  }

  @Test(arguments: LessonProcess.lessons)
  func tooFewOfThemAreSaidToBeTooFew(lesson: String) throws {
    let output = try Scratch.folder()
    let run = try LessonProcess(lesson, ["--data", try folder(count: 50).path, "--output", output.path])
    #expect(run.status == 65)
    #expect(run.errors == "\(lesson): this lesson needs 256 images at least, but there are 50\n")
    #expect(try Scratch.contents(of: output).isEmpty)
  }

  /// What no lesson can learn from is refused by all, before any work and in one line.
  @Test(arguments: LessonProcess.lessons)
  func unfitImagesAreRefused(lesson: String) throws {
    let output = try Scratch.folder()
    for (data, message) in [
      (try made { _, _ in 7 }, "every pixel of every image is 7"),
      (try made { random, _ in random.uniform() < 0.5 ? 1 : 0 }, "the greatest grey value of all images is 1 of 255"),
      (try made { _, i in UInt8(truncatingIfNeeded: (i / 64 % 7 + 1) * (i % 64)) }, "only 7 differ"),
      (
        try made { random, _ in random.uniform() < 0.5 ? 200 : 212 },
        "nearly blank: their pixels deviate from their means by 2.4 %"
      ),
      (try made { _, i in UInt8((i / 64) * (i % 64) / 130) }, "direction"),
    ] {
      let run = try LessonProcess(lesson, ["--data", data.path, "--output", output.path])
      #expect(run.status == 65)
      #expect(run.errors.contains(message), "\(run.errors)")
      #expect(run.errors.split(separator: "\n").count == 1)
      #expect(run.output == "")
    }
    #expect(try Scratch.contents(of: output).isEmpty)
  }

  /// Lessons that classify need classes; the others run on one.
  @Test(arguments: LessonProcess.lessons)
  func aSingleClassIsRefusedWhereClassesMatter(lesson: String) throws {
    let data = try made(label: { _ in 3 }) { random, _ in UInt8(255 * random.uniform()) }
    guard ["03", "04", "06", "07"].contains(lesson.prefix(2)) else { return }
    let run = try LessonProcess(lesson, ["--data", data.path, "--output", try Scratch.folder().path])
    #expect(run.status == 65)
    #expect(run.errors.contains(lesson.hasPrefix("03") ? "labelled 5–9" : "2 classes at least"))
  }

  @Test func compressedFilesNeedGzipAndSaySo() throws {
    guard let lesson = LessonProcess.lessons.first else { return }
    let data = try Scratch.folder()
    try Data([0x1f, 0x8b, 8, 0]).write(to: data.appending(path: "train-images-idx3-ubyte.gz"))
    try Data([0x1f, 0x8b, 8, 0]).write(to: data.appending(path: "train-labels-idx1-ubyte.gz"))
    let run = try LessonProcess(
      lesson, ["--data", data.path, "--output", try Scratch.folder().path], environment: ["PATH": "/nonexistent"])
    #expect(run.status == 66)
    #expect(run.errors.contains("no program gzip on the search path"))
  }
}

/// Sets of square images as MNIST is published.
enum IDXWriter {
  static func write(_ pixels: [UInt8], labels: [Int], side: Int, to folder: URL) throws {
    func bigEndian(_ numbers: [Int]) -> Data {
      numbers.reduce(into: Data()) { data, number in
        withUnsafeBytes(of: UInt32(number).bigEndian) { data.append(contentsOf: $0) }
      }
    }
    try (bigEndian([0x803, labels.count, side, side]) + Data(pixels)).write(
      to: folder.appending(path: "train-images-idx3-ubyte"))
    try (bigEndian([0x801, labels.count]) + Data(labels.map { UInt8($0) })).write(
      to: folder.appending(path: "train-labels-idx1-ubyte"))
  }
}
