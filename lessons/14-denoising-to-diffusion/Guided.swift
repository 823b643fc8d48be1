import Autoencoders
import Datasets
import LinearAlgebra
import Plotting

/// A network that is told the classes of images, and what it draws of asked ones: one seed.
struct Guidance {
  /// For each weight: the share of samples whose nearest training image has the asked class, the
  /// mean distance of two samples of a class over that of training images, and the energy
  /// distance to held-out images.
  let right, variety, distances: [Double]
  /// One sample of each class, for each weight.
  let shown: [Matrix<Double>]

  init(
    _ images: LabelledImages, schedule: NoiseSchedule, levels: Int, epochs: Int,
    weights: [Double], seed: UInt64
  ) {
    let (training, held) = lesson.attempt { try images.split(testShare: 1.0 / 3, seed: seed) }
    let X = training.scaled
    let model = ImageModel(
      X, labels: training.labels, schedule: schedule, epochs: epochs, seed: seed)
    let classes = training.classes
    let asked = (0..<120).map { classes[$0 % classes.count] }
    let samples = weights.map { w in
      var random = RandomStream(seed: seed, name: "guided")
      return model.sample(
        asked.count, schedule: schedule, levels: levels, labels: asked, guidance: w,
        using: &random)
    }
    let own = Guidance.distance(within: training.labels, X)
    right = samples.map { Y in
      let nearest = nearestRows(to: Y, among: X).map { training.labels[$0.index] }
      return Double(zip(nearest, asked).count { $0 == $1 }) / Double(asked.count)
    }
    variety = samples.map { Guidance.distance(within: asked, $0) / own }
    let others = held.scaled[rows: 0..<min(held.count, 200)]
    distances = samples.map { EnergyDistance($0, others).value }
    shown = samples.map { $0[rows: 0..<min(10, classes.count)] }
  }

  /// The mean distance of images to the next one of their class.
  private static func distance(within labels: [Int], _ X: Matrix<Double>) -> Double {
    var last: [Int: Int] = [:]
    var sums: [Double] = []
    for (n, label) in labels.enumerated() {
      if let m = last[label] { sums.append(norm(X.row(n) .- X.row(m))) }
      last[label] = n
    }
    return mean(sums)
  }
}

/// Samples of the classes, a row for each weight.
func guidedFigure(_ guided: Guidance, _ weights: [Double], width: Int, height: Int) -> Figure {
  Figure("The class, asked for more and more", width: 440) {
    ImageGrid(
      images: guided.shown.flatMap { X in (0..<X.rows).map { X.row($0) } }, width: width,
      height: height, columns: guided.shown[0].rows, range: 0...1,
      rowLabels: weights.map { "w = \($0)" })
  }
}
