import Testing

@testable import Plotting

@Suite struct MeshTests {
  /// The lines of the only series, in black, with the frame they were drawn in.
  private func drawn(_ plot: Plot, width: Double = 500) throws -> (lines: [PathReader.Stroke], frame: Frame) {
    let paths = PathReader.paths(try plot.body(width: width).elements, stroke: "#000000")
    #expect(paths.count == 1 + plot.marks.count { $0.name != nil }, "all lines of a mesh are one path")
    return (paths[0], try PlotLayout(plot, width: width).frame)
  }

  /// A grid of 3 rows and 4 columns, each node moved by a bend that no straight line follows.
  private func bent(every: Int = 1, name: String? = nil) -> Mesh {
    let nodes = (0..<12).map { (row: Double($0 / 4), column: Double($0 % 4)) }
    return Mesh(
      rows: 3, columns: 4, x: nodes.map { $0.column + 0.3 * $0.row * $0.row },
      y: nodes.map { 2 * $0.row - 0.2 * $0.column * $0.column }, every: every, name: name, color: .black)
  }

  @Test func `rows come first, then columns, through their nodes`() throws {
    let mesh = bent()
    let (lines, frame) = try drawn(Plot { mesh })
    #expect(lines.map(\.points.count) == [4, 4, 4, 3, 3, 3, 3])
    #expect(lines.allSatisfy { !$0.isClosed })
    let pixel = 0.06 * (frame.x.high - frame.x.low) / (frame.x.end - frame.x.start)
    let pixelY = 0.06 * (frame.y.high - frame.y.low) / (frame.y.start - frame.y.end).magnitude
    func expect(_ point: Point, node: Int) {
      #expect((frame.x.datum(at: point.x) - mesh.x[node]).magnitude < pixel)
      #expect((frame.y.datum(at: point.y) - mesh.y[node]).magnitude < pixelY)
    }
    for row in 0..<3 { for column in 0..<4 { expect(lines[row].points[column], node: 4 * row + column) } }
    for column in 0..<4 { for row in 0..<3 { expect(lines[3 + column].points[row], node: 4 * row + column) } }
  }

  @Test func `every second line keeps all nodes of the lines it draws`() throws {
    let (lines, _) = try drawn(Plot { bent(every: 2) })
    // Rows 0 and 2, columns 0 and 2.
    #expect(lines.map(\.points.count) == [4, 4, 3, 3])
  }

  @Test func `straight lines need their ends only`() throws {
    let (x, y) = ((0..<25).map { Double($0 % 5) }, (0..<25).map { Double($0 / 5) })
    let (lines, _) = try drawn(Plot { Mesh(rows: 5, columns: 5, x: x, y: y, color: .black) })
    #expect(lines.count == 10 && lines.allSatisfy { $0.points.count == 2 })
  }

  @Test func `all nodes count for the ranges`() throws {
    let plot = Plot { Mesh(rows: 2, columns: 2, x: [0, 1, 0, 9], y: [0, 0, -5, 1]) }
    let frame = try PlotLayout(plot, width: 400).frame
    #expect(frame.x.high >= 9 && frame.y.low <= -5)
  }

  @Test func `the key is a piece of a grid`() throws {
    let paths = PathReader.paths(try Plot { bent(name: "r(x)") }.body(width: 400).elements, stroke: "#000000")
    #expect(paths.contains { $0.map(\.points.count) == [2, 2, 2, 2] })
  }
}
