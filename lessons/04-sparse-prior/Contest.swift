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

/// Shares of images whose class is found.
struct Scores {
  let name: String
  let versions: [String]
  /// By ridge regression, for each version of the code.
  let test: [Double]
  /// The version that is best on the validation images, and its share on the test images.
  let chosen: String
  let chosenTest: Double
  /// By the nearest labelled neighbour: the share on the test images of the version that is best
  /// on the validation images.
  let chosenNearest: Double
}

/// Ten labelled images a class, five choices of them; the shares are means over the choices.
func codeScores(of contestant: Contestant, on sample: Sample) -> Scores {
  var random = RandomStream(seed: sample.seed, name: "labelled")
  let labels = sample.training.labels
  let choices = (0..<5).map { _ in
    let order = random.permutation(labels.count)
    return sample.training.classes.flatMap { c in order.filter { labels[$0] == c }.prefix(10) }
  }
  func few(_ chosen: [Int], of H: Matrix<Double>) -> Matrix<Double> {
    var few = Matrix<Double>(rows: chosen.count, columns: H.columns)
    few.gatherRows(chosen, of: H)
    return few
  }
  func truth(_ chosen: [Int]) -> [Int] { chosen.map { labels[$0] } }

  let codes = contestant.codes.map { code in
    (known: code(sample.X), validation: code(sample.validationX), test: code(sample.newX))
  }
  let ridge = codes.map { H in
    choices.map { chosen in
      let classifier = lesson.attempt {
        try RidgeClassifier(few(chosen, of: H.known), labels: truth(chosen))
      }
      return (
        validation: classifier.accuracy(H.validation, labels: sample.validation.labels),
        test: classifier.accuracy(H.test, labels: sample.testing.labels)
      )
    }
  }
  func neighbour(_ version: Int, _ others: Matrix<Double>, _ classes: [Int]) -> Double {
    mean(
      choices.map { chosen in
        NearestNeighbour(few(chosen, of: codes[version].known), labels: truth(chosen))
          .accuracy(others, labels: classes)
      })
  }
  func best(_ scores: [Double]) -> Int {
    scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
  }
  let test = ridge.map { mean($0.map(\.test)) }
  let chosen = best(ridge.map { mean($0.map(\.validation)) })
  let nearest =
    codes.count == 1
    ? 0
    : best(
      codes.indices.map { neighbour($0, codes[$0].validation, sample.validation.labels) })
  return Scores(
    name: contestant.name, versions: contestant.versions, test: test,
    chosen: contestant.versions[chosen], chosenTest: test[chosen],
    chosenNearest: neighbour(nearest, codes[nearest].test, sample.testing.labels))
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
