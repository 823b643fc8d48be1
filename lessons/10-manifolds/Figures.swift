import Datasets
import LinearAlgebra
import Manifolds
import Plotting

/// A roll, seen obliquely, with the graph of its neighbours, and three maps of it. The colours
/// are five strips along the true first coordinate.
func unrolledFigure(_ roll: Roll, neighbours m: Int, tooMany: Int) throws -> Figure {
  let graph = try NeighbourGraph(roll.X, neighbours: m)
  let map = try roll.map(m).coordinates
  let cut = try roll.map(tooMany).coordinates
  return Figure("Distances along the surface unroll it", columns: 2, width: 390) {
    // From the side, a little to the left and above.
    let (x, y) = Projection(from: (-1, -4, 1)).plane(
      roll.X.column(0), roll.X.column(1), roll.X.column(2))
    Plot("The roll and its graph", x: "to the right", y: "upwards", aspect: .equal) {
      Edges(x: x, y: y, joining: graph.pairs, width: 0.3)
      strips(roll, x, y)
    }
    for (name, Y) in [
      ("Principal components", roll.components),
      ("Isomap, \(m) neighbours", map),
      ("Isomap, \(tooMany) neighbours", cut),
    ] {
      Plot(name, x: "y₁", y: "y₂", aspect: .equal) {
        strips(roll, Y.column(0), Y.column(1))
      }
    }
  }
}

/// The points in five strips of the true first coordinate.
private func strips(_ roll: Roll, _ x: [Double], _ y: [Double]) -> [any Mark] {
  let colors: [SeriesColor] = [.blue, .sky, .green, .orange, .vermillion]
  let length = roll.T.column(0).greatest()
  return colors.enumerated().map { n, color in
    let chosen = roll.T.column(0).enumerated().filter { min(4, Int(5 * $1 / length)) == n }
      .map(\.offset)
    return Points(x: chosen.map { x[$0] }, y: chosen.map { y[$0] }, color: color, size: 3.5)
  }
}

/// The closed curve of an image that goes round its ring, on its two principal axes, with
/// tangents; and the image, moved, with its two tangent images.
func movedFigure(_ image: LabelledImages) -> (figure: Figure, share: Double) {
  let n = image.width
  let steps = (0...8 * n).map { Double($0) / 8 }
  let curve = Matrix(
    rows: steps.count, columns: image.pixels.columns,
    elements: steps.flatMap { image.cyclicallyTranslated(dx: $0, dy: 0).scaled.elements })
  let pca = PrincipalComponents(of: curve[rows: 0..<8 * n], count: 3)
  let plane = curve.subtractingFromEachRow(pca.mean) * pca.directions
  let τ =
    Matrix(
      rows: n, columns: image.pixels.columns,
      elements: (0..<n).flatMap { image.cyclicTangents(dx: Double($0)).dx.elements })
    / image.maximum
    * pca.directions
  let pixels = (0..<n).map { plane.row(8 * $0) }
  let moves = [-1, -0.5, 0, 0.5].map {
    image.cyclicallyTranslated(dx: $0, dy: 0).scaled.elements
  }
  let (right, down) = image.cyclicTangents()
  let figure = Figure(
    "A moving digit draws a curve; its tangent is an image", columns: 2, width: 390
  ) {
    for (axis, name) in [(1, "second"), (2, "third")] {
      Plot(
        "First and \(name) axis", x: "first axis", y: Axis("\(name) axis"), aspect: .equal
      ) {
        Line(x: plane.column(0), y: plane.column(axis), name: "the moving image")
        Arrows(
          x: pixels.map { $0[0] }, y: pixels.map { $0[axis] }, dx: τ.column(0),
          dy: τ.column(axis),
          scale: 0.5, name: "tangents")
      }
    }
    ImageGrid(
      "Tangents, right and down", images: [right.elements, down.elements],
      width: image.width,
      height: image.height, columns: 2, palette: .diverging)
    ImageGrid(
      "Moved by −1, −½, 0, ½", images: moves, width: image.width, height: image.height,
      columns: 2)
  }
  return (figure, pca.variances.prefix(2).reduce(0, +) / pca.totalVariance)
}

/// How tangents turn and miss with the distance moved: means over images, and their range.
func turningFigure(_ s: [Double], _ moves: [Moves]) -> Figure {
  Figure("A tangent holds for a fraction of a pixel", columns: 2, width: 390) {
    let kinds: [(String, String, [(String, [[Double]])])] = [
      (
        "Angle of two tangents", "cosine",
        [("as they are", moves.map(\.turn)), ("blurred", moves.map(\.blurredTurn))]
      ),
      (
        "Error of the tangent", "error ∕ move",
        [("its point", moves.map(\.miss)), ("its line", moves.map(\.lineMiss))]
      ),
    ]
    for (title, label, curves) in kinds {
      Plot(title, x: "pixels moved", y: Axis(label)) {
        for (name, values) in curves {
          Line(x: s, y: values.map { mean($0) }, name: "\(name), mean")
          if name == curves[0].0 {
            Band(
              x: s, low: values.map { $0.least() }, high: values.map { $0.greatest() },
              name: "\(name), all images")
          }
        }
      }
    }
  }
}
