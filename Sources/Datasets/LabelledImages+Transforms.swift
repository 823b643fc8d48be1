import LinearAlgebra

extension LabelledImages {
  /// The same images as negatives: x ↦ maximum − x, pixel by pixel. Exact for whole grey values.
  ///
  /// ```swift
  /// digits.inverted.inverted == digits  // whole grey values
  /// ```
  public var inverted: LabelledImages {
    with(pixels: pixels.map { maximum - $0 })
  }

  /// The same images, moved by `dx` pixels to the right and `dy` pixels down; what moves in from outside is background, 0.
  ///
  /// The new pixel in line y and column x is the old image at (y − dy, x − dx), by bilinear interpolation between the
  /// four pixels around that point: with dx = m + s, m whole and 0 ≤ s < 1,
  ///
  ///     x′(y, x) = (1 − s) x(y, x − m) + s x(y, x − m − 1)
  ///
  /// along the lines, and likewise along the columns. Whole numbers of pixels shift indices and nothing else: their
  /// weights are 1 and 0, so the grey values are the old ones, bit by bit. Otherwise an image is linear in dx (and in dy)
  /// from one whole number to the next, and the ink that stays inside is kept.
  ///
  /// - Parameters:
  ///   - dx: pixels to the right; negative to the left. A finite number.
  ///   - dy: pixels down; negative up. A finite number.
  public func translated(dx: Double, dy: Double) -> LabelledImages {
    precondition(dx.isFinite && dy.isFinite, "images cannot be moved by (\(dx), \(dy)) pixels")
    let (lines, columns) = (Shift(dy, of: height).terms(height), Shift(dx, of: width).terms(width))
    var moved = Matrix<Double>(rows: count, columns: width * height)
    let (width, height, count) = (self.width, self.height, self.count)
    pixels.withUnsafeElements { old in
      moved.withUnsafeMutableElements { new in
        for image in stride(from: 0, to: count * width * height, by: width * height) {
          for (y, fromY, weightY) in lines {
            for (x, fromX, weightX) in columns {
              new[image + y * width + x] += weightY * weightX * old[image + fromY * width + fromX]
            }
          }
        }
      }
    }
    return with(pixels: moved)
  }

  /// The same images with lines and columns exchanged: the new pixel in line y and column x is the old one in line x and
  /// column y. EMNIST's files need it.
  ///
  /// ```swift
  /// digits.transposed.transposed == digits
  /// ```
  public var transposed: LabelledImages {
    LabelledImages(
      pixels: Matrix(rows: count, columns: width * height) { image, pixel in
        let (line, column) = pixel.quotientAndRemainder(dividingBy: height)
        return pixels[image, column * width + line]
      }, labels: labels, width: height, height: width, maximum: maximum, name: name, citation: citation)
  }

  /// The same images made smaller: each block of n × n pixels becomes its mean grey value, rounded to a whole one.
  ///
  /// n is the least with which neither side is longer than `side`; blocks at the right and lower edge may be cut off. Images
  /// that are small enough stay as they are.
  public func averaged(toSide side: Int) -> LabelledImages {
    precondition(side >= 1, "images cannot be made \(side) pixels long")
    let n = (max(width, height) + side - 1) / side
    if n == 1 { return self }
    let (columns, lines) = ((width + n - 1) / n, (height + n - 1) / n)
    let pixels = Matrix(rows: count, columns: columns * lines) { image, pixel in
      let (line, column) = pixel.quotientAndRemainder(dividingBy: columns)
      let (ys, xs) = (line * n..<min((line + 1) * n, height), column * n..<min((column + 1) * n, width))
      let sum = ys.reduce(0.0) { sum, y in xs.reduce(sum) { $0 + self.pixels[image, y * width + $1] } }
      return (sum / Double(ys.count * xs.count)).rounded()
    }
    return LabelledImages(
      pixels: pixels, labels: labels, width: columns, height: lines, maximum: maximum, name: name, citation: citation)
  }

  private func with(pixels: Matrix<Double>) -> LabelledImages {
    LabelledImages(
      pixels: pixels, labels: labels, width: width, height: height, maximum: maximum, name: name, citation: citation)
  }
}

/// A displacement along one axis: whole pixels and a fraction.
private struct Shift {
  let whole: Int
  let fraction: Double

  /// A displacement by `distance` pixels of an axis that has `size`; beyond its end nothing is left to move.
  init(_ distance: Double, of size: Int) {
    let limit = Double(size + 1)
    let distance = min(max(distance, -limit), limit)
    whole = Int(distance.rounded(.down))
    fraction = distance - distance.rounded(.down)
  }

  /// Which old pixels a new one is made of, with their weights: those inside the image whose weight is not 0.
  func terms(_ size: Int) -> [(new: Int, old: Int, weight: Double)] {
    var terms: [(new: Int, old: Int, weight: Double)] = []
    for new in 0..<size {
      let old = new - whole
      if 0 <= old, old < size { terms.append((new, old, 1 - fraction)) }
      if fraction != 0, 1 <= old, old <= size { terms.append((new, old - 1, fraction)) }
    }
    return terms
  }
}
