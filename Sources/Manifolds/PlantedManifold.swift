import LinearAlgebra

/// Points on a surface that is known: their coordinates on it, and its tangent spaces.
public struct PlantedManifold: Sendable {
  /// The points, N × D.
  public let points: Matrix<Double>
  /// Coordinates on the surface in which distances along it are Euclidean, N × d.
  public let coordinates: Matrix<Double>
  /// An orthonormal basis of the tangent space at each point, D × d.
  public let tangents: [Matrix<Double>]

  /// Points of the circle of radius 1 in the plane, spaced evenly. The coordinate is the angle.
  public static func circle(_ count: Int) -> PlantedManifold {
    let angles = (0..<count).map { 2 * .pi * Double($0) / Double(count) }
    return PlantedManifold(
      points: Matrix(rows: count, columns: 2) { n, j in j == 0 ? Double.cos(angles[n]) : Double.sin(angles[n]) },
      coordinates: Matrix(rows: count, columns: 1) { n, _ in angles[n] },
      tangents: angles.map { [[-Double.sin($0)], [Double.cos($0)]] })
  }

  /// Points of the Swiss roll (t cos t, y, t sin t), uniform on its surface: t from 3π/2 to 9π/2, y from 0 to 21.
  ///
  /// The coordinates are the length of the spiral, s(t) = ½ (t √(1 + t²) + arsinh t) from its beginning, and y: the roll is a
  /// rectangle of 89.4 × 21 without stretching.
  public static func swissRoll(_ count: Int, using stream: inout RandomStream) -> PlantedManifold {
    let (first, last) = (1.5 * Double.pi, 4.5 * Double.pi)
    var (t, y): ([Double], [Double]) = ([], [])
    for _ in 0..<count {
      // t such that s(t) is uniform.
      let length = spiral(first) + stream.uniform() * (spiral(last) - spiral(first))
      t.append(parameter(ofLength: length, in: first...last))
      y.append(21 * stream.uniform())
    }
    return PlantedManifold(
      points: Matrix(rows: count, columns: 3) { n, j in
        j == 0 ? t[n] * Double.cos(t[n]) : j == 1 ? y[n] : t[n] * Double.sin(t[n])
      },
      coordinates: Matrix(rows: count, columns: 2) { n, j in j == 0 ? spiral(t[n]) - spiral(first) : y[n] },
      tangents: t.map { t in
        let (c, s, speed) = (Double.cos(t), Double.sin(t), (1 + t * t).squareRoot())
        return [[(c - t * s) / speed, 0], [0, 1], [(s + t * c) / speed, 0]]
      })
  }

  /// The length of the spiral (t cos t, t sin t) from 0 to t, ∫ √(1 + u²) du.
  private static func spiral(_ t: Double) -> Double {
    let root = (1 + t * t).squareRoot()
    return 0.5 * (t * root + Double.log(t + root))
  }

  /// The t at which the spiral has that length, by Newton's method; s is convex, so that it comes down from the end.
  private static func parameter(ofLength length: Double, in range: ClosedRange<Double>) -> Double {
    var t = range.upperBound
    for _ in 0..<50 {
      let step = (spiral(t) - length) / (1 + t * t).squareRoot()
      t -= step
      if abs(step) <= 1e-14 * t { break }
    }
    return min(max(t, range.lowerBound), range.upperBound)
  }
}
