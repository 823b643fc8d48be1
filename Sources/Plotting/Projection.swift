/// Points of space as they are seen from far away: an orthographic projection onto the plane of the page.
///
/// With the direction to the viewer n, scaled to length 1, a point p is shown at
/// ```
/// right  u = p · (−n_y, n_x, 0) ∕ √(n_x² + n_y²)
/// up     v = p · (n × right)
/// ```
/// and is p · n towards the viewer. These three are a rotation of (x, y, z): no distance on the page exceeds the one in
/// space, in a plot of equal aspect. The z axis points up; seen from straight above or below, the x axis points right.
public struct Projection: Sendable {
  private let right: [Double]
  private let up: [Double]
  private let towards: [Double]

  /// The view from the point `viewer`, or from any other on the ray from the origin through it.
  public init(from viewer: (x: Double, y: Double, z: Double)) {
    let n = [viewer.x, viewer.y, viewer.z]
    let largest = n.map(\.magnitude).max() ?? 0
    precondition(largest > 0 && n.allSatisfy(\.isFinite), "Projection: \(viewer) is no direction to look from")
    towards = Projection.unit(n.map { $0 / largest })
    let isFromAbove = towards[0] == 0 && towards[1] == 0
    right = isFromAbove ? [1, 0, 0] : Projection.unit([-towards[1], towards[0], 0])
    up = [
      -towards[2] * right[1], towards[2] * right[0], towards[0] * right[1] - towards[1] * right[0],
    ]
  }

  /// How far right and how far up on the page the points (xᵢ, yᵢ, zᵢ) are.
  public func plane(_ x: [Double], _ y: [Double], _ z: [Double]) -> (x: [Double], y: [Double]) {
    (lengths(x, y, z, along: right), lengths(x, y, z, along: up))
  }

  /// The indices of the points from the farthest to the nearest: drawn in this order, the near cover the far.
  public func farthestFirst(_ x: [Double], _ y: [Double], _ z: [Double]) -> [Int] {
    let depth = lengths(x, y, z, along: towards)
    return depth.indices.sorted { (depth[$0], $0) < (depth[$1], $1) }
  }

  private func lengths(_ x: [Double], _ y: [Double], _ z: [Double], along axis: [Double]) -> [Double] {
    precondition(
      x.count == y.count && x.count == z.count,
      "Projection: \(x.count) values of x, but \(y.count) of y and \(z.count) of z")
    return x.indices.map { x[$0] * axis[0] + y[$0] * axis[1] + z[$0] * axis[2] }
  }

  private static func unit(_ v: [Double]) -> [Double] {
    let length = (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).squareRoot()
    return v.map { $0 / length }
  }
}
