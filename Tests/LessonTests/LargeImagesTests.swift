import Foundation
import LinearAlgebra
import Testing

/// Lessons on 2,000 images of 28 × 28 pixels. It takes minutes, so it runs only if it is asked for:
/// `COURSE_SLOW_TESTS=1 swift test --filter LargeImagesTests`.
@Suite(.enabled(if: LessonProcess.runsSlowTests), .serialized)
struct LargeImagesTests {
  @Test(arguments: LessonProcess.lessons)
  func aLessonRunsToItsEndInFourHundredMegabytes(lesson: String) throws {
    let (data, output) = (try Scratch.folder(), try Scratch.folder())
    let images = Strokes.images(2000)
    try IDXWriter.write(images.flatMap(\.pixels), labels: images.map(\.label), side: Strokes.side, to: data)
    let run = try LessonProcess(lesson, ["--data", data.path, "--output", output.path])
    // A check may fail: it is a claim about other images. Then the page says so; nothing else may go wrong.
    #expect([0, 1].contains(run.status), "\(run.errors)")
    let pages = try FileManager.default.contentsOfDirectory(atPath: output.path)
    #expect(pages.count == 1)
    let page = try String(contentsOf: output.appending(path: "\(pages[0])/README.md"), encoding: .utf8)
    #expect((run.status == 1) == page.contains("do not hold on this page"))
    #expect(run.errors.split(separator: "\n").allSatisfy { !$0.contains("derivation failed") }, "\(run.errors)")
    for (name, content) in try Scratch.contents(of: output) {
      let text = String(decoding: content, as: UTF8.self)
      #expect(!text.contains(/\bNaN\b|-nan|\binf\b/), "\(name) holds a NaN or an infinity")
    }
    // The largest of all children so far.
    var usage = rusage()
    // RUSAGE_CHILDREN, whose type differs between systems.
    getrusage(-1, &usage)
    #if os(macOS)
      let bytes = usage.ru_maxrss
    #else
      let bytes = usage.ru_maxrss * 1024
    #endif
    #expect(bytes <= 400_000_000)
  }
}

/// Ten figures of strokes, drawn with slants, sizes, widths and tremors of their own.
enum Strokes {
  static let side = 28
  private typealias Point = (x: Double, y: Double)

  /// `count` images, labelled 0…9 in turn.
  static func images(_ count: Int) -> [(pixels: [UInt8], label: Int)] {
    var random = RandomStream(seed: 1, name: "strokes")
    return (0..<count).map { (draw(figures[$0 % 10], &random), $0 % 10) }
  }

  private static func arc(_ x: Double, _ y: Double, _ a: Double, _ b: Double, _ from: Double, _ to: Double) -> [Point] {
    (0...16).map { n in
      let t = (from + (to - from) * Double(n) / 16) * Double.pi / 180
      return (x + a * Double.cos(t), y + b * Double.sin(t))
    }
  }

  /// Each figure's strokes in the unit square, y downwards.
  private static let figures: [[[Point]]] = [
    [arc(0.5, 0.5, 0.28, 0.38, 0, 360)],
    [[(0.4, 0.25), (0.52, 0.12), (0.52, 0.88)]],
    [arc(0.5, 0.32, 0.25, 0.2, 180, 380), [(0.72, 0.42), (0.28, 0.86), (0.76, 0.86)]],
    [arc(0.47, 0.3, 0.24, 0.19, 200, 450), arc(0.47, 0.67, 0.27, 0.2, 270, 520)],
    [[(0.62, 0.88), (0.62, 0.12), (0.22, 0.62), (0.8, 0.62)]],
    [[(0.72, 0.13), (0.34, 0.13), (0.31, 0.45)], arc(0.47, 0.63, 0.25, 0.23, 240, 500)],
    [arc(0.62, 0.5, 0.38, 0.42, 180, 250), arc(0.5, 0.66, 0.23, 0.22, 0, 360), [(0.24, 0.5), (0.27, 0.66)]],
    [[(0.25, 0.14), (0.76, 0.14), (0.42, 0.88)]],
    [arc(0.5, 0.31, 0.2, 0.19, 0, 360), arc(0.5, 0.68, 0.25, 0.2, 0, 360)],
    [arc(0.5, 0.33, 0.23, 0.21, 0, 360), [(0.73, 0.33), (0.66, 0.88)]],
  ]

  private static func draw(_ figure: [[Point]], _ random: inout RandomStream) -> [UInt8] {
    let (turn, slant, size) = (0.12 * random.normal(), 0.15 * random.normal(), 0.72 + 0.05 * random.normal())
    let (dx, dy, width) = (0.02 * random.normal(), 0.02 * random.normal(), random.uniform(in: 0.035..<0.06))
    let (cosine, sine) = (Double.cos(turn), Double.sin(turn))
    var segments: [(Point, Point)] = []
    for stroke in figure {
      let moved = stroke.map { point -> Point in
        let (u, v) = (point.x - 0.5 + 0.012 * random.normal(), point.y - 0.5 + 0.012 * random.normal())
        let (x, y) = (cosine * u - sine * v, sine * u + cosine * v)
        return (0.5 + dx + size * (x + slant * y), 0.5 + dy + size * y)
      }
      segments += zip(moved, moved.dropFirst()).map { ($0, $1) }
    }
    return (0..<side * side).map { pixel in
      let (x, y) = ((Double(pixel % side) + 0.5) / Double(side), (Double(pixel / side) + 0.5) / Double(side))
      var nearest = Double.infinity
      for (a, b) in segments {
        let (u, v) = (b.x - a.x, b.y - a.y)
        let share = ((x - a.x) * u + (y - a.y) * v) / (u * u + v * v + 1e-12)
        let t = min(max(share, 0), 1)
        let (p, q) = (x - a.x - t * u, y - a.y - t * v)
        nearest = min(nearest, (p * p + q * q).squareRoot())
      }
      return UInt8(255 * min(max((width - nearest) * Double(side) + 0.5, 0), 1))
    }
  }
}
