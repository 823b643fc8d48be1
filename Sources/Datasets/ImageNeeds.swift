import LinearAlgebra

/// What a lesson needs of the images it works on. All lessons ask in this way, before any work, so that nobody waits for
/// minutes to be told, and no experiment meets images that it cannot learn from.
///
/// ```swift
/// try ImageNeeds(pixels: 64, ofEachClass: 25).check(images)
/// ```
///
/// Whatever is asked for, images must differ from one another, have visible contrast, and vary in many directions.
public struct ImageNeeds: Sendable {
  /// The least number of images; more of them than they have pixels, besides.
  public var images: Int
  /// The least number of pixels of an image. The images must vary in three quarters as many directions, principal axes
  /// with a standard deviation above 1/500 of the largest.
  public var pixels: Int
  /// The least width and height of an image.
  public var side: Int
  /// The least number of classes.
  public var classes: Int
  /// The least number of images of each class that occurs.
  public var ofEachClass: Int
  /// Labels, and how many images the classes with these labels must have together.
  public var ofClasses: [(labels: ClosedRange<Int>, images: Int)]

  /// The least standard deviation of a pixel from its mean, in the mean square over the pixels, as a share of the largest
  /// grey value. The embedded digits have 0.27, the clothes of Fashion-MNIST 0.29.
  public static let contrast = 0.05

  public init(
    images: Int = 256, pixels: Int = 16, side: Int = 1, classes: Int = 1, ofEachClass: Int = 1,
    ofClasses: [(labels: ClosedRange<Int>, images: Int)] = []
  ) {
    (self.images, self.pixels, self.side) = (images, pixels, side)
    (self.classes, self.ofEachClass, self.ofClasses) = (classes, ofEachClass, ofClasses)
  }

  /// - Throws: ``UnfitImages``, naming the first need that the images do not meet.
  /// - Complexity: that of the singular values of all pixels.
  public func check(_ set: LabelledImages) throws(UnfitImages) {
    let size = set.width * set.height
    try require(set.width >= side && set.height >= side, .tooSmall(set.width, set.height, atLeast: side))
    try require(size >= pixels, .tooFewPixels(size, atLeast: pixels))
    try require(set.count >= images, .tooFew(set.count, atLeast: images))
    try require(set.count > size, .fewerThanPixels(set.count, pixels: size))
    // Pixels first: of images that no lesson can learn from, the classes do not matter.
    try checkPixels(set)
    try checkClasses(set)
  }

  private func checkClasses(_ set: LabelledImages) throws(UnfitImages) {
    let counts = Dictionary(grouping: set.labels) { $0 }.mapValues(\.count)
    try require(counts.count >= classes, .tooFewClasses(set.classes, atLeast: classes, images: set.count))
    for label in set.classes {
      let count = counts[label] ?? 0
      try require(count >= ofEachClass, .rareClass(label, count, atLeast: ofEachClass, images: set.count))
    }
    for (labels, least) in ofClasses {
      let count = set.labels.count { labels.contains($0) }
      try require(count >= least, .rareClasses(labels, count, atLeast: least))
    }
  }

  private func checkPixels(_ set: LabelledImages) throws(UnfitImages) {
    let greatest = set.pixels.elements.greatest()
    try require(greatest > set.pixels.elements.least(), .constant(greatest))
    try require(greatest >= set.maximum / 4, .dark(greatest: greatest, of: set.maximum))
    let distinct = Set((0..<set.count).map { set.pixels.row($0) }).count
    try require(distinct >= min(images, 100), .copies(distinct, of: set.count, atLeast: min(images, 100)))
    let scaled = set.scaled
    let deviations = scaled.subtractingFromEachRow(scaled.columnMeans)
    let contrast = (deviations.squaredNorm / Double(deviations.rows * deviations.columns)).squareRoot()
    try require(contrast >= Self.contrast, .faint(contrast, atLeast: Self.contrast))
    let needed = 3 * pixels / 4
    let σ = SVD(deviations).σ
    let directions = σ.count { $0 > σ[0] / 500 }
    try require(directions >= needed, .flat(directions, atLeast: needed))
  }

  private func require(_ condition: Bool, _ failure: @autoclosure () -> UnfitImages) throws(UnfitImages) {
    guard condition else { throw failure() }
  }
}

/// Why a lesson cannot work on a set of images.
public enum UnfitImages: Error, Equatable, CustomStringConvertible {
  case tooSmall(Int, Int, atLeast: Int)
  case tooFewPixels(Int, atLeast: Int)
  case tooFew(Int, atLeast: Int)
  case fewerThanPixels(Int, pixels: Int)
  case tooFewClasses([Int], atLeast: Int, images: Int)
  case rareClass(Int, Int, atLeast: Int, images: Int)
  case rareClasses(ClosedRange<Int>, Int, atLeast: Int)
  case constant(Double)
  case dark(greatest: Double, of: Double)
  case copies(Int, of: Int, atLeast: Int)
  case faint(Double, atLeast: Double)
  case flat(Int, atLeast: Int)

  public var description: String {
    switch self {
    case .tooSmall(let width, let height, let least):
      "this lesson needs images of \(least) × \(least) pixels at least, not \(width) × \(height)"
    case .tooFewPixels(let pixels, let least): "this lesson needs images of \(least) pixels at least, not \(pixels)"
    case .tooFew(let count, let least): "this lesson needs \(least) images at least, but there are \(count)"
    case .fewerThanPixels(let count, let pixels):
      "this lesson needs more images than an image has pixels, \(pixels), but there are \(count)"
    case .tooFewClasses(let classes, let least, let images):
      """
      this lesson needs \(least) classes at least, but all \(images) images that were read are of class \
      \(classes.map(String.init).joined(separator: ", ")); if the file is sorted by class, shuffle it; if the \
      labels are the last column of a CSV file, make them the first
      """
    case .rareClass(let label, let count, let least, let images):
      """
      this lesson needs \(least) images of each class, but of class \(label) there \(count == 1 ? "is" : "are") \(count) \
      among the \(images) that were read; leave that class out, or shuffle the file if it is sorted by class
      """
    case .rareClasses(let labels, let count, let least):
      """
      this lesson needs \(least) images labelled \(labels.lowerBound)–\(labels.upperBound), but there \
      \(count == 1 ? "is" : "are") \(count)
      """
    case .constant(let value):
      "every pixel of every image is \(value.formattedBriefly): there is nothing to learn from these images"
    case .dark(let greatest, let maximum):
      """
      the greatest grey value of all images is \(greatest.formattedBriefly) of \(maximum.formattedBriefly), so they would be \
      nearly black; multiply the values by \((maximum / greatest).formattedBriefly)
      """
    case .copies(let distinct, let count, let least):
      """
      of the \(count) images only \(distinct) differ from one another, and this lesson needs \(least) different ones
      """
    case .faint(let contrast, let least):
      """
      these images are nearly blank: their pixels deviate from their means by \(Self.percent(contrast)) of the greatest grey value, \
      and this lesson needs \(Self.percent(least))
      """
    case .flat(let rank, let least):
      """
      these images vary in \(rank) direction\(rank == 1 ? "" : "s") only (principal axes with a standard deviation above 1/500 \
      of the largest), and this lesson needs \(least); bring other images
      """
    }
  }

  private static func percent(_ share: Double) -> String { "\((1000 * share).rounded() / 10) %" }
}

extension Double {
  /// `255` and `0.5`.
  fileprivate var formattedBriefly: String { self == rounded() && abs(self) < 1e15 ? "\(Int(self))" : "\(self)" }
}
