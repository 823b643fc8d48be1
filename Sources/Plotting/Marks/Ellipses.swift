/// Ellipses about centres, the images of the unit circle under 2 × 2 matrices: sensitivities, covariances.
///
/// Ellipse i is the curve (xᵢ, yᵢ) + s·Aᵢ (cos φ, sin φ)ᵀ, drawn as a polygon of 48 corners; a matrix without rank gives a
/// line or a dot. The whole of it counts for the ranges of the axes. A `scale` s other than 1 is stated in the legend,
/// even where the ellipses have no name: `"‖J v‖ (ellipses ×0.1)"`.
///
/// ```swift
/// Ellipses(x: [0], y: [0], matrices: [[2, 0, 0, 1]], name: "covariance")    // twice as wide as high
/// ```
public struct Ellipses: Mark {
  /// The centres.
  public let x: [Double]
  public let y: [Double]
  /// A₁₁, A₁₂, A₂₁, A₂₂ of each ellipse: the first column is where the circle's (1, 0) goes.
  public let matrices: [[Double]]
  /// How many times larger than its matrix an ellipse is shown.
  public let scale: Double
  /// The name it was given, with the scale.
  public let name: String?
  public let color: SeriesColor?
  /// The corners of all ellipses, one ellipse after the other.
  private let corners: (x: [Double], y: [Double])

  public init(
    x: [Double], y: [Double], matrices: [[Double]], scale: Double = 1, name: String? = nil, color: SeriesColor? = nil
  ) {
    precondition(
      x.count == y.count && x.count == matrices.count,
      "Ellipses \(name ?? ""): \(x.count) values of x, but \(y.count) of y and \(matrices.count) matrices")
    for (index, A) in matrices.enumerated() {
      precondition(A.count == 4, "Ellipses \(name ?? ""): matrix \(index) has \(A.count) entries, not 2 × 2")
    }
    self.x = x
    self.y = y
    self.matrices = matrices
    self.scale = scale
    self.color = color
    self.name = Ellipses.name(name, stating: scale, of: "ellipses")
    corners = (
      matrices.indices.flatMap { n in
        Ellipses.circle.map { x[n] + scale * (matrices[n][0] * $0.x + matrices[n][1] * $0.y) }
      },
      matrices.indices.flatMap { n in
        Ellipses.circle.map { y[n] + scale * (matrices[n][2] * $0.x + matrices[n][3] * $0.y) }
      }
    )
  }

  public var coordinates: [Coordinates] {
    [
      Coordinates(.horizontal, "x", x), Coordinates(.vertical, "y", y),
      Coordinates(.horizontal, "ellipse's x", corners.x), Coordinates(.vertical, "ellipse's y", corners.y),
    ]
  }

  public func check(panel: String, series: String) throws(PlotError) {
    try check(scale: scale, panel: panel, series: series)
  }

  public func draw(on canvas: inout Canvas, in frame: Frame, style: Style) {
    let points = frame.points(corners.x, corners.y)
    var path = Path()
    for n in x.indices {
      let corners = Array(points[n * Ellipses.circle.count..<(n + 1) * Ellipses.circle.count])
      // An outline without length would not be drawn.
      let dot = Ellipses.circle.map { Point(x: corners[0].x + $0.x, y: corners[0].y + $0.y) }
      path.lines(through: Path.isOnePlace(corners) ? dot : corners)
      path.close()
    }
    canvas.stroke(path, color: style.color.rawValue, width: Ellipses.lineWidth)
  }

  public func drawKey(on canvas: inout Canvas, in box: Box, style: Style) {
    let (half, height) = (box.width / 2, min(box.height, 8) / 2)
    var path = Path()
    path.lines(
      through: Ellipses.circle.map { Point(x: box.center.x + half * $0.x, y: box.center.y + height * $0.y) })
    path.close()
    canvas.stroke(path, color: style.color.rawValue, width: Ellipses.lineWidth)
  }

  private static let lineWidth = 1.2
  /// 48 points of the unit circle: the first by repeated rotation by 7.5°, whose cosine and sine stand here.
  private static let circle: [(x: Double, y: Double)] = {
    let (c, s) = (0.9914448613738104, 0.13052619222005157)
    var points = [(x: 1.0, y: 0.0)]
    for n in 1..<48 {
      points.append((c * points[n - 1].x - s * points[n - 1].y, s * points[n - 1].x + c * points[n - 1].y))
    }
    return points
  }()
}
