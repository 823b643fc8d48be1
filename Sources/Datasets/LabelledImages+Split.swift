import LinearAlgebra

/// Why a set of images cannot be split.
public enum SplitError: Error, Equatable, CustomStringConvertible {
  /// A share that is not a number between 0 and 1.
  case share(Double)
  /// One of the two parts would be empty, or a part larger than the set.
  case emptyPart(test: Int, images: Int)

  public var description: String {
    switch self {
    case .share(let share): "the test part's share is \(share), but must be between 0 and 1"
    case .emptyPart(let test, let images):
      "\(images) images cannot be split into \(test) for testing and \(images - test) for training: "
        + "each part needs at least one"
    }
  }
}

extension LabelledImages {
  /// Splits the images at random into a training part and a test part of `share` of them; see ``split(testCount:using:)``.
  ///
  /// - Parameter share: the test part's share, between 0 and 1; its count is rounded to the nearest, a half upwards.
  /// - Throws: ``SplitError`` if the share is out of range or a part would be empty.
  public func split(
    testShare share: Double, using stream: inout RandomStream
  ) throws(SplitError) -> (training: LabelledImages, test: LabelledImages) {
    guard share >= 0, share <= 1 else { throw .share(share) }
    return try split(testCount: Int((share * Double(count)).rounded()), using: &stream)
  }

  /// The split of one seed's run: the same in every lesson that asks for the same share.
  ///
  /// - Throws: ``SplitError`` if the share is out of range or a part would be empty.
  public func split(
    testShare share: Double, seed: UInt64
  ) throws(SplitError) -> (training: LabelledImages, test: LabelledImages) {
    var stream = RandomStream(seed: seed, name: "split")
    return try split(testShare: share, using: &stream)
  }

  /// Splits the images at random into a training part and a test part of `testCount` images.
  ///
  /// ```swift
  /// var stream = RandomStream(seed: 1, name: "split")
  /// let (training, test) = try digits.split(testShare: 0.25, using: &stream)
  /// ```
  ///
  /// Every image is in one of the parts. The split is *stratified*: of the n_c images of class c the test part has
  /// m_c = ⌊m n_c / N⌋ or one more, m being its size and N that of the set, so that each class keeps its share to within
  /// one image. The classes that get one more are those with the largest remainders of m n_c / N, the smaller label first
  /// among equals (Hamilton's method). Within both parts the images keep their order.
  ///
  /// - Parameters:
  ///   - testCount: how many images the test part gets, at least 1 and fewer than all.
  ///   - stream: decides which images of a class these are. The same stream gives the same split.
  /// - Throws: ``SplitError/emptyPart(test:images:)``.
  public func split(
    testCount: Int, using stream: inout RandomStream
  ) throws(SplitError) -> (training: LabelledImages, test: LabelledImages) {
    guard testCount >= 1, testCount < count else { throw .emptyPart(test: testCount, images: count) }
    let members = classes.map { label in labels.indices.filter { labels[$0] == label } }
    // m n_c = N ⌊m n_c / N⌋ + remainder, in whole numbers
    var quota = members.map { testCount * $0.count / count }
    let remainder = members.map { testCount * $0.count % count }
    let byRemainder = members.indices.sorted { (remainder[$1], $0) < (remainder[$0], $1) }
    for c in byRemainder.prefix(testCount - quota.reduce(0, +)) { quota[c] += 1 }

    var isTest = Array(repeating: false, count: count)
    for (var indices, quota) in zip(members, quota) {
      stream.shuffle(&indices)
      for i in indices.prefix(quota) { isTest[i] = true }
    }
    return (self[labels.indices.filter { !isTest[$0] }], self[labels.indices.filter { isTest[$0] }])
  }
}
