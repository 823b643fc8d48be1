import Autoencoders
import Datasets
import LinearAlgebra
import Notebook

/// A code in several versions: a hyperparameter's values, or the moments at which to stop
/// training.
struct Contestant {
  let name: String
  let versions: [String]
  let codes: [(Matrix<Double>) -> Matrix<Double>]
}

/// Shares of images whose class is found, one for each version of a code.
struct Scores {
  let name: String
  let versions: [String]
  /// By ridge regression, on the validation and on the test images.
  let validation: [Double]
  let test: [Double]
  /// By the nearest labelled neighbour, on both.
  let nearestValidation: [Double]
  let nearest: [Double]

  private static func best(_ scores: [Double]) -> Int {
    scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
  }

  /// The version that is best on the validation images, and its shares on the test images.
  var chosen: String { versions[Scores.best(validation)] }
  var chosenTest: Double { test[Scores.best(validation)] }
  var chosenNearest: Double { nearest[Scores.best(nearestValidation)] }
}

/// Ten labelled images a class, five choices of them; the shares are means over the choices.
func codeScores(of contestant: Contestant, on sample: Sample) -> Scores {
  var random = RandomStream(seed: sample.seed, name: "labelled")
  let labels = sample.training.labels
  let choices = (0..<5).map { _ in
    let order = random.permutation(labels.count)
    return sample.training.classes.flatMap { c in order.filter { labels[$0] == c }.prefix(10) }
  }
  var shares: [[Double]] = []
  for code in contestant.codes {
    let H = code(sample.X)
    let others = [
      (code(sample.validationX), sample.validation.labels),
      (code(sample.newX), sample.testing.labels),
    ]
    let ofChoices = choices.map { chosen in
      let known = chosen.map { labels[$0] }
      var few = Matrix<Double>(rows: chosen.count, columns: H.columns)
      few.gatherRows(chosen, of: H)
      let ridge = lesson.attempt { try RidgeClassifier(few, labels: known) }
      let nearest = NearestNeighbour(few, labels: known)
      return others.map { ridge.accuracy($0.0, labels: $0.1) }
        + others.map { nearest.accuracy($0.0, labels: $0.1) }
    }
    shares.append((0..<4).map { i in mean(ofChoices.map { $0[i] }) })
  }
  return Scores(
    name: contestant.name, versions: contestant.versions, validation: shares.map { $0[0] },
    test: shares.map { $0[1] }, nearestValidation: shares.map { $0[2] },
    nearest: shares.map { $0[3] })
}

/// The codes that nobody trained: pixels, principal components, an untrained encoder, and
/// Gaussian bumps e^{−‖x − x_l‖² ∕ 2w} around as many training images, w a share of the mean
/// squared distance between two images.
func untrainedContestants(_ sample: Sample, hidden: Int) -> [Contestant] {
  let X = sample.X
  let axes = SVD(X.subtractingFromEachRow(X.columnMeans)).V
  let ranks = [10, 20, 40].filter { $0 <= axes.columns }
  let network = sample.untrainedNetwork(hidden: hidden)
  let centres = X[rows: 0..<min(hidden, X.rows)]
  func distances(_ Y: Matrix<Double>) -> Matrix<Double> {
    let products = Y * centres.T
    let (ofY, ofCentres) = ((Y ⊙ Y).T.columnSums, (centres ⊙ centres).T.columnSums)
    return Matrix(rows: Y.rows, columns: centres.rows) { n, l in
      ofY[n] + ofCentres[l] - 2 * products[n, l]
    }
  }
  let widths = [0.1, 0.2, 0.4, 0.8]
  let typical = distances(X).mean
  return [
    Contestant(name: "pixels", versions: ["as they are"], codes: [{ $0 }]),
    Contestant(
      name: "principal components", versions: ranks.map { "\($0)" },
      codes: ranks.map { k in { $0 * axes[columns: 0..<k] } }),
    Contestant(
      name: "\(hidden) untrained units", versions: ["at random"], codes: [{ network.encode($0) }]
    ),
    Contestant(
      name: "\(hidden) untrained bumps", versions: widths.map { "\($0)" },
      codes: widths.map { w in { distances($0).map { .exp(-$0 / (2 * w * typical)) } } }),
  ]
}

/// The codes of one network after some iterations of its training.
func contestant(_ name: String, _ moments: [Moment]) -> Contestant {
  Contestant(
    name: name, versions: moments.map { "\($0.iteration)" },
    codes: moments.map { moment in { moment.network.encode($0) } })
}

/// What one seed gives: networks that start alike and are trained by several recipes, and the
/// scores of the codes of those with unit columns beside the codes that nobody trained.
struct Trial {
  let sample: Sample
  let courses: [Course]
  let scores: [Scores]

  init(_ sample: Sample, _ recipes: [Recipe], hidden: Int, ρ: Double, stops: [Int]) {
    let start = sample.untrainedNetwork(hidden: hidden)
    let courses = recipes.map { recipe in
      Course(
        recipe.name,
        trained(
          start, on: sample.X, recipe.sparsity, unitColumns: recipe.unitColumns, stops: stops),
        on: sample, ρ: ρ)
    }
    let contestants = zip(recipes, courses).filter(\.0.unitColumns).map { recipe, course in
      contestant(recipe.penalty, course.moments)
    }
    scores = (untrainedContestants(sample, hidden: hidden) + contestants).map {
      codeScores(of: $0, on: sample)
    }
    (self.sample, self.courses) = (sample, courses)
  }
}
