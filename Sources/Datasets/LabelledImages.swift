import LinearAlgebra

/// Grey images of one size, each with the class it belongs to.
///
/// ```swift
/// let digits = LabelledImages.digits
/// let X = digits.scaled                  // 1797 × 64, grey values in [0, 1]
/// let few = digits.labelled(0...4).prefix(100)
/// ```
///
/// Image i is row i of `pixels`: its pixel in line y and column x, both counted from 0 at the top left, stands in column
/// y·width + x.
public struct LabelledImages: Equatable, Sendable {
  /// The grey values as the source has them, 0…`maximum`: one image a row, `count` × (`width`·`height`).
  public let pixels: Matrix<Double>
  /// The class of each image.
  public let labels: [Int]
  public let width: Int
  public let height: Int
  /// The largest possible grey value (not the largest that occurs): 16 for the UCI digits, 255 for IDX files.
  public let maximum: Double
  /// What the images are called in titles and captions.
  public let name: String
  /// Whom to credit; `nil` if the source does not say.
  public let citation: String?

  /// A set of images of `width` × `height` pixels, one a row of `pixels`, with one label each.
  public init(
    pixels: Matrix<Double>, labels: [Int], width: Int, height: Int, maximum: Double, name: String, citation: String?
  ) {
    precondition(width > 0 && height > 0, "an image cannot be \(width) × \(height)")
    precondition(
      pixels.columns == width * height,
      "images of \(width) × \(height) have \(width * height) pixels, the matrix has \(pixels.columns) columns")
    precondition(pixels.rows == labels.count, "\(pixels.rows) images with \(labels.count) labels")
    precondition(maximum > 0, "the largest grey value cannot be \(maximum)")
    self.pixels = pixels
    self.labels = labels
    self.width = width
    self.height = height
    self.maximum = maximum
    self.name = name
    self.citation = citation
  }

  /// The number of images.
  public var count: Int { labels.count }

  /// The grey values divided by `maximum`, hence in [0, 1]: `count` × (`width`·`height`). Exact for the digits, whose
  /// maximum is a power of two, otherwise correctly rounded. A new matrix at every call: keep it.
  public var scaled: Matrix<Double> { pixels / maximum }

  /// The classes that occur, ascending.
  public var classes: [Int] { Set(labels).sorted() }

  /// Image `i` as a `height` × `width` matrix of grey values.
  public func image(_ i: Int) -> Matrix<Double> {
    Matrix(rows: height, columns: width, elements: pixels.row(i))
  }

  /// The images at `indices`, in that order; an index may occur more than once.
  public subscript(indices: some Sequence<Int>) -> LabelledImages {
    var elements: [Double] = []
    var chosen: [Int] = []
    for i in indices {
      precondition(labels.indices.contains(i), "no image \(i) among \(count)")
      elements += pixels.elements[i * pixels.columns..<(i + 1) * pixels.columns]
      chosen.append(labels[i])
    }
    return LabelledImages(
      pixels: Matrix(rows: chosen.count, columns: pixels.columns, elements: elements), labels: chosen,
      width: width, height: height, maximum: maximum, name: name, citation: citation)
  }

  /// The first `limit` images, or all if there are fewer.
  public func prefix(_ limit: Int) -> LabelledImages {
    precondition(limit >= 0, "cannot take the first \(limit) images")
    return self[0..<min(limit, count)]
  }

  /// The images whose class is one of `wanted`, in their order: `digits.labelled(0...4)`, `digits.labelled([3, 8])`.
  public func labelled(_ wanted: some Sequence<Int>) -> LabelledImages {
    let wanted = Set(wanted)
    return self[labels.indices.filter { wanted.contains(labels[$0]) }]
  }
}

extension LabelledImages: CustomStringConvertible {
  /// Number, size, grey values and labels in one line: `UCI digits: 1797 images of 8 × 8, grey values 0…16, labels 0…9`.
  /// Labels above 9 are allowed, and said to be more than the ten digits.
  public var description: String {
    let images = "\(name): \(count) images of \(width) × \(height), grey values 0…\(Int(maximum))"
    guard let least = labels.min(), let greatest = labels.max() else { return images }
    return images + ", labels \(least)…\(greatest)" + (greatest > 9 ? " (more than the ten digits)" : "")
  }
}
