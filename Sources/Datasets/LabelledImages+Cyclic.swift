import LinearAlgebra

extension LabelledImages {
  /// The same images in the middle of larger ones, with background, 0, around them. Of an odd margin the larger part lies
  /// to the right and below.
  public func framed(width: Int, height: Int) -> LabelledImages {
    precondition(
      width >= self.width && height >= self.height,
      "images of \(self.width) × \(self.height) do not fit into frames of \(width) × \(height)")
    let (left, top) = ((width - self.width) / 2, (height - self.height) / 2)
    var framed = Matrix<Double>(rows: count, columns: width * height)
    for i in 0..<count {
      for y in 0..<self.height {
        for x in 0..<self.width { framed[i, (y + top) * width + x + left] = pixels[i, y * self.width + x] }
      }
    }
    return LabelledImages(
      pixels: framed, labels: labels, width: width, height: height, maximum: maximum, name: name, citation: citation)
  }

  /// The same images, moved by `dx` pixels to the right and `dy` pixels down; what leaves on one side enters on the other.
  ///
  /// Between its pixels an image is the trigonometric polynomial of least degree through them, its discrete Fourier series:
  /// the new pixel at (y, x) is that polynomial at (y − dy, x − dx). Along a line of n pixels that is
  ///
  ///     x′(p) = Σ_q x(q) φ(p − dx − q),   φ(u) = 1/n (1 + 2 Σ_{1 ≤ j < n/2} cos(2πju/n) + [n even] cos πu).
  ///
  /// It is smooth in dx and dy, unlike ``translated(dx:dy:)``; values may leave the range of the grey values beside sharp edges.
  /// For odd widths and heights, moves add up and lengths ‖x‖ stay. Whole pixels shift indices, to rounding.
  ///
  /// - Complexity: O(width · height · (width + height)) for each image.
  public func cyclicallyTranslated(dx: Double, dy: Double) -> LabelledImages {
    let moved = interpolated(Cardinal(width, at: dx).values, Cardinal(height, at: dy).values)
    return LabelledImages(
      pixels: moved, labels: labels, width: width, height: height, maximum: maximum, name: name, citation: citation)
  }

  /// The derivatives of the pixels of ``cyclicallyTranslated(dx:dy:)`` with respect to dx and to dy, there: one image a row,
  /// in grey values a pixel. They span the tangent plane of the surface of moved images.
  public func cyclicTangents(
    dx: Double = 0, dy: Double = 0
  ) -> (dx: Matrix<Double>, dy: Matrix<Double>) {
    let (x, y) = (Cardinal(width, at: dx), Cardinal(height, at: dy))
    return (interpolated(x.slopes, y.values), interpolated(x.values, y.slopes))
  }

  /// Each image as `vertical` · image · `horizontal`ᵀ.
  private func interpolated(_ horizontal: Matrix<Double>, _ vertical: Matrix<Double>) -> Matrix<Double> {
    var elements: [Double] = []
    elements.reserveCapacity(pixels.elements.count)
    for i in 0..<count { elements += (vertical * image(i) * horizontal.T).elements }
    return Matrix(rows: count, columns: width * height, elements: elements)
  }
}

/// Interpolation on a ring of n pixels at the places p − s: the matrix of φ(p − s − q), and of its derivatives in s.
private struct Cardinal {
  let values: Matrix<Double>
  let slopes: Matrix<Double>

  init(_ n: Int, at s: Double) {
    precondition(s.isFinite, "images cannot be moved by \(s) pixels")
    let waves =
      (1..<max(1, (n + 1) / 2)).map { (frequency: 2 * .pi * Double($0) / Double(n), weight: 2.0) }
      + (n.isMultiple(of: 2) ? [(frequency: Double.pi, weight: 1.0)] : [])
    let rest = s.remainder(dividingBy: Double(n))
    let places = (0..<n).map { Double($0) - rest }
    let φ = places.map { u in (1 + waves.map { $0.weight * Double.cos($0.frequency * u) }.sum()) / Double(n) }
    let dφ = places.map { u in
      waves.map { $0.weight * $0.frequency * Double.sin($0.frequency * u) }.sum() / Double(n)
    }
    values = Matrix(rows: n, columns: n) { p, q in φ[(p - q + n) % n] }
    slopes = Matrix(rows: n, columns: n) { p, q in dφ[(p - q + n) % n] }
  }
}
