import LinearAlgebra

/// The orthonormal two-dimensional cosine transform (DCT-II) of images, the heart of JPEG (Ahmed, Natarajan & Rao 1974).
///
/// The coefficient of frequencies (u, v) is Σ_yx c_u(y) c_v(x) · pixel(y, x), with
/// c_u(y) = √(2/n) cos(π u (y + ½) / n), and √(1/n) for u = 0. The waves are orthonormal, so the inverse is the transpose,
/// and squared errors of coefficients are squared errors of pixels. Coefficient (u, v) stands where pixel (u, v) stood.
public struct CosineTransform: Sendable {
  public let width: Int
  public let height: Int
  /// The waves, one a column: pixels × coefficients.
  public let waves: Matrix<Double>

  /// The transform of images of `width` × `height` pixels.
  public init(width: Int, height: Int) {
    precondition(width > 0 && height > 0, "no cosine transform of \(width) × \(height) pixels")
    (self.width, self.height) = (width, height)
    let (across, down) = (CosineTransform.line(width), CosineTransform.line(height))
    waves = Matrix(rows: width * height, columns: width * height) { pixel, wave in
      down[wave / width, pixel / width] * across[wave % width, pixel % width]
    }
  }

  /// The coefficients of images, one a row: N × D, like the images. O(N D²), with the D² products of all waves.
  public func callAsFunction(_ X: Matrix<Double>) -> Matrix<Double> { X * waves }

  /// The images that have these coefficients.
  public func inverse(_ C: Matrix<Double>) -> Matrix<Double> {
    var X = Matrix<Double>(rows: C.rows, columns: C.columns)
    multiply(C, waves, transposeB: true, into: &X)
    return X
  }

  /// The waves of a line of n pixels, one a row.
  private static func line(_ n: Int) -> Matrix<Double> {
    Matrix(rows: n, columns: n) { u, t in
      u == 0
        ? (1 / Double(n)).squareRoot()
        : (2 / Double(n)).squareRoot() * Double.cos(Double.pi * Double(u) * (Double(t) + 0.5) / Double(n))
    }
  }
}
