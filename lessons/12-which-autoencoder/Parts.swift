import Autoencoders
import Datasets
import LinearAlgebra

// How the images are divided, and what is done to those on which the models are judged.

/// Images for training, and those on which models are judged: for the choice of a setting the
/// validation images, for the verdict the test images.
nonisolated struct Parts {
  let training: LabelledImages
  /// The validation images, then the test images: a network reads both in one pass.
  let judged: LabelledImages
  /// The rows of the two.
  let ranges: [Range<Int>]
  /// Grey values in [0, 1].
  let X: Matrix<Double>
  let Y: Matrix<Double>
  /// Y after each of the three corruptions.
  let corrupted: [Matrix<Double>]
  /// Strange images: mirrored ones; the left half of one beside the right half of another.
  let strange: [Matrix<Double>]
  /// The pixels of the lower half, which are missing where they have to be filled in.
  let missing: Range<Int>
  /// Up to 200 validation and test images, and their mean distance from each other.
  let samples: [(Y: Matrix<Double>, within: Double)]
  /// Several choices of one, and of ten, labelled training images a class, by number.
  let labelled: [[[Int]]]

  /// - Parameters:
  ///   - images: all of them.
  ///   - order: in which they are cut into fifths.
  ///   - fold: which fifth is for testing; the next is for validation, the other three for
  ///     training.
  init(_ images: LabelledImages, order: [Int], fold: Int, seed: UInt64) {
    let fifth = { (f: Int) -> [Int] in
      let (N, f) = (order.count, f % 5)
      return Array(order[f * N / 5..<(f + 1) * N / 5])
    }
    var random = RandomStream(seed: seed, name: "judged")
    let (validation, test) = (fifth(fold + 1), fifth(fold))
    let training = images[fifth(fold + 2) + fifth(fold + 3) + fifth(fold + 4)]
    let judged = images[validation + test]
    let (X, Y, width) = (training.scaled, judged.scaled, images.width)
    let ranges = [0..<validation.count, validation.count..<judged.count]
    corrupted = Parts.corruptions.map { $0.corruption(Y, using: &random) }
    // A partner of another class within the same part.
    let partners = ranges.flatMap { range in
      range.map { n -> Int in
        let others = range.filter { judged.labels[$0] != judged.labels[n] }
        return others.isEmpty ? n : others[random.integer(below: others.count)]
      }
    }
    strange = [
      Matrix(rows: Y.rows, columns: Y.columns) { n, p in
        Y[n, p - p % width + width - 1 - p % width]
      },
      Matrix(rows: Y.rows, columns: Y.columns) { n, p in
        Y[p % width < width / 2 ? n : partners[n], p]
      },
    ]
    missing = width * (images.height / 2)..<Y.columns
    samples = ranges.map { range in
      let few = Y[rows: range.prefix(200)]
      return (few, meanDistance(few))
    }
    let members = training.classes.map { label in
      training.labels.indices.filter { training.labels[$0] == label }
    }
    labelled = [1, 10].map { count in
      (0..<3).map { _ in
        members.flatMap { members -> [Int] in
          var members = members
          random.shuffle(&members)
          return Array(members.prefix(count))
        }
      }
    }
    (self.training, self.judged, self.X, self.Y, self.ranges) = (
      training, judged, X, Y, ranges
    )
  }

  /// What images are spoiled by.
  static let corruptions: [(name: String, corruption: Corruption<Double>)] =
    [
      try? ("Gaussian", .gaussian(σ: 0.25)), try? ("masked", .masking(0.25)),
      try? ("salt and pepper", .saltAndPepper(0.15)),
    ].compactMap { $0 }

  /// The order for fifths that are contiguous blocks: digits of one writer lie near each other.
  static func blocks(_ images: LabelledImages) -> [Int] { Array(0..<images.count) }

  /// A random order.
  static func random(_ images: LabelledImages, seed: UInt64) -> [Int] {
    var random = RandomStream(seed: seed, name: "split")
    return random.permutation(images.count)
  }
}
