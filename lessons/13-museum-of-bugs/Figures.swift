import Datasets
import LinearAlgebra
import Plotting

/// All curves at once, each from 1 at the first epoch to 0 at the last: twins on one side,
/// exhibits on the other.
func lineUpFigure(_ records: [Record]) -> Figure {
  func curves(_ name: String, _ color: SeriesColor, _ losses: [[Double]]) -> Plot {
    Plot(name, x: "share of training", y: Axis("loss, from 1 to 0", range: -0.1...1.1)) {
      for losses in losses where losses.count > 1 && losses.allSatisfy(\.isFinite) {
        let (first, last) = (losses[0], losses[losses.count - 1])
        Line(
          x: losses.indices.map { Double($0) / Double(losses.count - 1) },
          y: losses.map { ($0 - last) / (first - last) }, color: color, dash: .solid, width: 0.8)
      }
    }
  }
  return Figure("One half of these networks is sick", columns: 2, width: 440) {
    curves("Healthy twins", .blue, records.map { $0.runs[0].healthy.losses })
    curves("Exhibits", .vermillion, records.map { $0.runs[0].sick.losses })
  }
}

/// The curves of a room, each exhibit beside its twin.
func curvesFigure(_ title: String, _ records: [Record]) -> Figure {
  Figure(title, columns: 2, width: 440) {
    for record in records {
      let (healthy, sick) = (record.runs[0].healthy.losses, record.runs[0].sick.losses)
      let numbers = sick.prefix { $0.isFinite }
      // An exhibit that leaves the panel through its floor is cut off there.
      let floor = healthy.least() - 2.5 * (healthy.greatest() - healthy.least())
      let inside = numbers.prefix { $0 > floor }.count
      let seen = numbers.prefix(inside + 1)
      let top = max(healthy.greatest(), numbers.isEmpty ? floor : numbers.greatest())
      let range = inside < numbers.count ? floor...top : nil
      Plot(
        "Exhibit \(record.bug.number)" + (numbers.isEmpty ? ": not a number" : ""), x: "epoch",
        y: Axis("printed loss", range: range), height: 110
      ) {
        Line(
          x: healthy.indices.map { Double($0 + 1) }, y: healthy, name: "twin", color: .blue,
          dash: .solid)
        if seen.count > 1 {
          Line(
            x: seen.indices.map { Double($0 + 1) }, y: Array(seen), name: "exhibit",
            color: .vermillion, dash: .dashed)
        }
      }
    }
  }
}

/// The weights of eight units of each network that is to be contractive.
func filtersFigure(_ records: [Record], width: Int, height: Int) -> Figure {
  func rows(_ sight: Sight) -> [[Double]] { (0..<8).map { sight.pictures.row($0) } }
  return Figure("Weights of eight units", width: 440) {
    ImageGrid(
      images: rows(records[0].runs[0].healthy) + records.flatMap { rows($0.runs[0].sick) },
      width: width, height: height, columns: 8, palette: .diverging,
      rowLabels: ["twin"] + records.map { "exhibit \($0.bug.number)" })
  }
}

/// Rows of images, shared by noisy, healthy and sick.
func restoredFigure(_ records: [Record], width: Int, height: Int) -> Figure {
  func rows(_ sight: Sight, _ range: Range<Int>) -> [[Double]] {
    range.map { sight.pictures.row($0) }
  }
  let first = records[0].runs[0].healthy
  return Figure("What the denoisers make of it", width: 440) {
    ImageGrid(
      images: rows(first, 0..<8) + rows(first, 8..<16)
        + records.flatMap { rows($0.runs[0].sick, 8..<16) },
      width: width, height: height, columns: 8, range: 0...1,
      rowLabels: ["noisy", "twin"] + records.map { "exhibit \($0.bug.number)" })
  }
}

/// Samples of the decoders.
func samplesFigure(_ records: [Record], width: Int, height: Int) -> Figure {
  func rows(_ sight: Sight) -> [[Double]] { (0..<8).map { sight.pictures.row($0) } }
  return Figure("Images drawn from the decoders", width: 440) {
    ImageGrid(
      images: rows(records[0].runs[0].healthy) + records.flatMap { rows($0.runs[0].sick) },
      width: width, height: height, columns: 8, range: 0...1,
      rowLabels: ["twin"] + records.map { "exhibit \($0.bug.number)" })
  }
}

/// How active the units are on average: the twin's beside the exhibit's.
func activityFigure(_ record: Record, ρ: Double) -> Figure {
  let (healthy, sick) = (
    record.runs[0].healthy.pictures.elements.sorted(),
    record.runs[0].sick.pictures.elements.sorted()
  )
  return Figure("Mean activation of the units, sorted", width: 440) {
    Plot(x: "unit", y: "mean activation", height: 150) {
      Line(
        x: healthy.indices.map { Double($0 + 1) }, y: healthy, name: "twin", color: .blue,
        dash: .solid, marker: .circle)
      Line(
        x: sick.indices.map { Double($0 + 1) }, y: sick,
        name: "exhibit \(record.bug.number)", color: .vermillion, dash: .dashed,
        marker: .triangle)
      Rule(y: ρ, name: "ρ")
    }
  }
}
