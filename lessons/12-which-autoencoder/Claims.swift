import LinearAlgebra
import Notebook

// What the lectures claim, beside what was found.

/// The rows of the table of claims.
func claims(
  _ contest: Contest, _ rivals: [[Double?]], _ longer: Longer, _ hashing: [HashingTrial],
  _ curves: [(name: String, points: [[RatePoint]])]
) -> [[Cell]] {
  func leads(_ model: Model) -> String {
    "\(Use.allCases.count { contest.leaders($0).contains(model) }) of \(Use.allCases.count)"
  }
  func against(_ b: Model, _ a: Model, _ uses: [(String, Use)]) -> String {
    uses.map { name, use in "\(name): \(comparison(b, a, use, contest))" }.joined(
      separator: "; ")
  }
  func noCode(_ model: Model, _ use: Use) -> String {
    guard let lead = lead(ofNoCode: rivals, over: model, use, contest) else { return "–" }
    return difference(lead, percent: use.isShare)
  }
  let features: [(String, Use)] = [
    ("linear, ten labels", .linear10), ("all labels", .linearAll), ("nearest", .nearestAll),
  ]
  let (lesson02, lesson03, lesson04, lesson05, lesson06, lesson07) = (
    "../02-linear-autoencoder/README.md", "../03-under-and-overcomplete/README.md",
    "../04-sparse-prior/README.md", "../05-denoising-vector-field/README.md",
    "../06-contractive-jacobian/README.md", "../07-variational-kl/README.md"
  )
  let here = "[above](#which-autoencoder-for-what)"
  let alike = "against plain with the same sigmoid code"
  let range = { (model: Model) -> String in
    let all = (contest.scores[model] ?? []).map { settings in
      let errors = settings.map { $0.test[Use.reconstruction.rawValue] }
      return errors.greatest() - errors.least()
    }
    return Numeral.fixed(100 * mean(all), decimals: 1)
  }
  var rows: [[String]] = []
  func add(_ who: String, _ claim: String, _ finding: String, _ place: String) {
    rows.append([who, claim, finding, place])
  }
  add(
    "L", "both the denoising and the contractive autoencoder perform well",
    "among the leaders in \(leads(.denoising)) measures and in \(leads(.contractive)), "
      + "the plain one in \(leads(.plain))", here)
  add(
    "L", "denoising is simpler: one or two lines",
    "yes: one line in lesson 05's heart; three in lesson 06's for one layer, and a recursion "
      + "through the layers for more",
    "[05](\(lesson05)#the-heart-one-step-of-training), "
      + "[06](\(lesson06)#deeper-the-gradient-through-two-layers)"
  )
  add(
    "L", "the contractive gradient is deterministic, so second-order optimisers apply",
    "yes: L-BFGS needs it", "[06](\(lesson06)#deeper-a-deterministic-gradient)")
  let deviation = { (model: Model) in
    Numeral.fixed(100 * standardError(contest.results(model, .reconstruction)), decimals: 1)
  }
  add(
    "L", "… and training might be more stable",
    "not tested: the spread is mostly the writers'; standard errors of "
      + "\(deviation(.contractive)) and \(deviation(.denoising)) points", here)
  add(
    "L", "a small code compresses its training distribution only",
    "yes: inverted images come out worse than their mean",
    "[03](\(lesson03)#a-code-that-was)")
  add(
    "L", "a large code need not find structure", "yes: it copies, noise as well",
    "[03](\(lesson03)#a-code-with-room-for-everything)")
  add(
    "L, K", "with a linear decoder nothing beats PCA",
    "a theorem on training images; PSD, whose decoder is linear, on new ones: "
      + comparison(.predictive, .components, .reconstruction, contest),
    "[02](\(lesson02)#a-floor-under-every-autoencoder-with-a-linear-decoder)")
  add(
    "S, K", "penalties make a code more useful than a plain one",
    "weight decay, "
      + against(.decay, .plain, [("noise", .gaussian), ("linear, all labels", .linearAll)])
      + "; sparse, \(alike), "
      + against(.sparse, .sigmoid, [("linear, all labels", .linearAll)]), here)
  add(
    "S", "sparse codes are better for classification",
    "\(alike), " + against(.sparse, .sigmoid, features) + "; an untrained code is not",
    "\(here), [04](\(lesson04)#is-the-code-worth-anything)")
  add(
    "V", "contractive is a better choice than denoising for features",
    against(.contractive, .denoising, features),
    "\(here), [06](\(lesson06)#what-it-is-good-for)")
  add(
    "C", "contraction helps where only the encoder is used, as in classification",
    "\(alike), " + against(.contractive, .sigmoid, features), here)
  add(
    "C", "sparse autoencoders are nearly contractive", "measured: only by their scale",
    "[04](\(lesson04)#deeper-sparse-hence-contractive)")
  add(
    "V", "contractive: similar inputs have similar codes",
    "by class, ten nearest, against PCA: "
      + comparison(.contractive, .components, .retrieval, contest) + "; "
      + against(.contractive, .sigmoid, [(alike, .retrieval)]), here)
  add(
    "V", "contractive autoencoders remove noise",
    against(.contractive, .sigmoid, [(alike, .gaussian)]) + "; against denoising: "
      + comparison(.contractive, .denoising, .gaussian, contest)
      + "; the best linear map is ahead of it by \(noCode(.contractive, .gaussian))", here)
  add(
    "V", "contractive autoencoders generate",
    "energy distance, against variational: "
      + comparison(.contractive, .variational, .generation, contest), here)
  add(
    "V", "the contractive penalty improves generalisation",
    "reconstruction of new writers, \(alike): "
      + comparison(.contractive, .sigmoid, .reconstruction, contest)
      + "; that code itself, against the linear one: "
      + comparison(.sigmoid, .plain, .reconstruction, contest), here)
  add(
    "V", "it needs careful tuning",
    "from the best to the worst of three settings, a hundredfold: \(range(.contractive)) "
      + "points of error; variational, tenfold: \(range(.variational))", here)
  add(
    "V", "variational autoencoders generate images like the data",
    "among all models: "
      + (contest.leaders(.generation).contains(.variational)
        ? "among the leaders" : "not among the leaders")
      + "; a normal distribution of pixels, with no code, is ahead by "
      + noCode(.variational, .generation),
    "\(here), [08](../08-stochastic-sampling/README.md#digits-as-bits)")
  add(
    "V", "… detect anomalies",
    "halves of two: best, or not clearly behind: "
      + (contest.leaders(.chimeras).contains(.variational) ? "yes" : "no")
      + "; the distance to the nearest image is ahead by \(noCode(.variational, .chimeras))",
    "\(here), [07](\(lesson07)#deeper-anomalies)")
  add(
    "V", "… fill in missing data",
    "against denoising: " + comparison(.variational, .denoising, .imputation, contest)
      + "; a linear map is ahead of it by \(noCode(.variational, .imputation))",
    "\(here), [07](\(lesson07)#deeper-missing-pixels)")
  add(
    "V", "… compress",
    "few bits: "
      + (rateLead(curves, of: .variational, over: .components, at: 0.3).map {
        "\(difference($0, percent: true)) points against all principal components "
          + "at 0.3 bits a pixel"
      } ?? "–")
      + (rateLead(curves, of: .longer, over: .components, at: 0.3).map {
        ", \(difference($0, percent: true)) after four times the steps"
      } ?? ""), "[above](#bytes-that-can-be-counted)")
  add(
    "V", "reduced dimension serves algorithms that suffer from many",
    "not here: pixels are ahead of the best code by "
      + "\(noCode(contest.winner(.linearAll), .linearAll)) (linear) and "
      + "\(noCode(contest.winner(.nearestAll), .nearestAll)) (nearest)", here)
  add(
    "S", "a code of bits makes search a look-up",
    "yes, with noise in training: "
      + "\(Numeral.fixed(100 * mean(hashing.map { 1 - $0.empty[0] }), decimals: 0)) % "
      + "of the queries "
      + "find a filled drawer, by signs of rotated components "
      + "\(Numeral.fixed(100 * mean(hashing.map { 1 - $0.empty[3] }), decimals: 0)) %",
    "[above](#codes-of-bits)")
  add(
    "S", "PSD gives sparse codes in one pass, without an optimisation", "its own lesson",
    "[11](../11-predictive-sparse-decomposition/README.md)")
  add(
    "S", "a deep autoencoder gives better codes than PCA",
    "for copying: " + comparison(.plain, .components, .reconstruction, contest)
      + "; as features: " + comparison(.plain, .components, .linearAll, contest),
    "\(here), [09](../09-depth/README.md#two-numbers-for-an-image)")
  return rows.map { $0.map { Cell($0) } }
}

extension Lesson {
  /// The applications, each with the case against.
  func applications(line: Int = #line) {
    let rows: [(String, String, String)] = [
      (
        "dimensionality reduction",
        "the variance falls off fast, or axes must be found again",
        "principal components: exact, ordered, no search (for a map of two numbers, lesson 09)"
      ),
      (
        "features for a classifier", "there are labels for most images, or pixels are few",
        "train the classifier on pixels; a code throws away what it does not know to be important"
      ),
      (
        "few labels", "the unlabelled images are of another kind",
        "a code of other images is worse than one of these, if better than random (lesson 03)"
      ),
      (
        "removing noise", "the noise is Gaussian and known, and spoiled pairs can be made",
        "a linear map of all pixels comes first; a network must have no bottleneck to beat it"
      ),
      (
        "anomalies", "the training images can be kept",
        "the distance to the nearest of them; a network may draw what it never saw"
      ),
      (
        "missing values", "they are missing in a fixed pattern",
        "regress the missing on the known; iterating a network has no guarantee"
      ),
      (
        "retrieval", "all codes fit in memory as real numbers",
        "compare real numbers; bits are for speed and size, and cost precision"
      ),
      (
        "compression", "images are few, or must come back exactly",
        "the decoder has to be sent too; a small code has an error that no bits remove"
      ),
      (
        "generation", "means and correlations are all that matters",
        "a normal distribution of pixels has them exactly; beyond them, lesson 14's rivals"
      ),
      (
        "sequence prediction (session 19 lists it)", "always",
        "an autoencoder has no time: it reconstructs its input and predicts nothing"
      ),
    ]
    table(
      "When not to", columns: ["application", "not if", "instead, and why"],
      rows: rows.map { [Cell($0.0), Cell($0.1), Cell($0.2)] }, line: line)
  }
}
