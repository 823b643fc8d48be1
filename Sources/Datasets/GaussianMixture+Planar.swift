import LinearAlgebra

/// Data in the plane that lie near a curve, as mixtures of flat Gaussians laid along it: N(μ, t² ττᵀ + n² ννᵀ) with
/// τ the curve's direction and ν its normal. Adjacent Gaussians overlap, so that the density along the curve is nearly
/// even.
extension GaussianMixture {
  /// Points near a circle about the origin.
  ///
  /// - Parameters:
  ///   - thickness: the standard deviation across the circle.
  ///   - components: how many Gaussians go round it.
  public static func circle(radius: Double = 1, thickness: Double = 0.02, components: Int = 60) -> GaussianMixture {
    precondition(radius > 0 && radius.isFinite, "a circle cannot have the radius \(radius)")
    return curve(thickness: thickness, components: components, closed: true) { s in
      (radius * Double.cos(2 * .pi * s), radius * Double.sin(2 * .pi * s))
    }
  }

  /// Points near an Archimedean spiral of `turns` turns from radius 0.2 to 1, evenly dense along its length.
  public static func spiral(turns: Double = 1.5, thickness: Double = 0.02, components: Int = 120) -> GaussianMixture {
    precondition(turns.isFinite, "a spiral cannot have \(turns) turns")
    return curve(thickness: thickness, components: components) { s in
      let radius = 0.2 + 0.8 * s
      let angle = 2 * .pi * turns * s
      return (radius * Double.cos(angle), radius * Double.sin(angle))
    }
  }

  /// Points near two half circles of radius 1 that grip each other.
  public static func moons(thickness: Double = 0.05, components: Int = 60) -> GaussianMixture {
    let half = max(2, components / 2)
    let upper = curve(thickness: thickness, components: half) { s in
      (Double.cos(.pi * s) - 0.5, Double.sin(.pi * s) - 0.25)
    }
    let lower = curve(thickness: thickness, components: half) { s in
      (0.5 - Double.cos(.pi * s), 0.25 - Double.sin(.pi * s))
    }
    return GaussianMixture(
      weights: upper.weights + lower.weights,
      means: Matrix(
        rows: 2 * half, columns: 2, elements: upper.means.elements + lower.means.elements),
      spreads: upper.spreads + lower.spreads)
  }

  /// One Gaussian about the origin, stretched along u₁ = (cos φ, sin φ) and thin along u₂ ⟂ u₁: the illustration of the
  /// contractive autoencoder in Khapra's lecture.
  ///
  /// - Parameters:
  ///   - along: the standard deviation along u₁.
  ///   - across: that along u₂.
  ///   - angle: φ, in radians.
  public static func stretchedCloud(along: Double = 1, across: Double = 0.1, angle: Double = .pi / 6) -> GaussianMixture
  {
    let (c, s) = (Double.cos(angle), Double.sin(angle))
    return GaussianMixture(
      weights: [1], means: [[0, 0]],
      spreads: [Spread(variances: [along * along, across * across], axes: [[c, -s], [s, c]])])
  }

  /// Gaussians at equal distances along the curve s ↦ (x, y), 0 ≤ s ≤ 1, each as long as their distance.
  private static func curve(
    thickness: Double, components: Int, closed: Bool = false, _ point: (Double) -> (x: Double, y: Double)
  ) -> GaussianMixture {
    precondition(components >= 2, "\(components) components do not make a curve")
    precondition(thickness > 0 && thickness.isFinite, "a thickness cannot be \(thickness)")
    // The curve as a fine polygon, whose length up to each corner says where equal distances are.
    let parts = 32 * components
    let corners = (0...parts).map { point(Double($0) / Double(parts)) }
    var length = [0.0]
    for (a, b) in zip(corners, corners.dropFirst()) { length.append(length[length.count - 1] + distance(a, b)) }
    let spacing = length[parts] / Double(closed ? components : components - 1)
    var means = Matrix<Double>(rows: components, columns: 2)
    var spreads: [Spread] = []
    for k in 0..<components {
      let due = Double(k) * spacing
      let part = min(length.firstIndex { $0 > due } ?? parts, parts) - 1
      let share = (due - length[part]) / (length[part + 1] - length[part])
      (means[k, 0], means[k, 1]) = point((Double(part) + share) / Double(parts))
      let (before, after) = (corners[part], corners[part + 1])
      let step = distance(before, after)
      let (τx, τy) = ((after.x - before.x) / step, (after.y - before.y) / step)
      spreads.append(Spread(variances: [spacing * spacing, thickness * thickness], axes: [[τx, -τy], [τy, τx]]))
    }
    return GaussianMixture(weights: Array(repeating: 1, count: components), means: means, spreads: spreads)
  }

  private static func distance(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) -> Double {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    return (dx * dx + dy * dy).squareRoot()
  }
}
