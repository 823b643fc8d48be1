//: # 12 · Which autoencoder?
//:
//: Nine models, fifteen measures, one protocol: this lesson is the course's answer to which autoencoder is
//: good for what. All are trained here, under one budget, chosen on validation images and judged on images by other
//: writers, beside rivals that need no autoencoder at all.
//:
//: @opening standing
//: - compare models so that the comparison would survive a hostile reader;
//: - say for which uses principal components are enough, and for which no code is;
//: - turn images into bits that find each other, and into bytes that can be counted;
//: - judge the lectures' advice by what was measured.
//:
//: @symbols
import Autoencoders
import Datasets
import LinearAlgebra
import Notebook
import Plotting

let lesson = Lesson(
  "Nine models and fifteen measures under one protocol: which autoencoder is good for what, "
    + "where principal components are enough, and where no code is needed.")
let k = lesson.knob("numbers", 8, in: 2...32, "numbers of a code")
let steps = lesson.knob("steps", 800, in: 200...6400, "gradient steps of every network")
let bits = lesson.knob("bits", 16, in: 4...32, "bits of a hashed image")

let all = lesson.images(ImageNeeds(classes: 2, ofEachClass: 40))
let digits = all.averaged(toSide: 8).prefix(1797)
if digits.width < all.width {
  lesson.say(
    "(Hundreds of networks are trained on this page, so images of \(all.width) × \(all.height) "
      + "pixels were averaged over blocks, down to \(digits.width) × \(digits.height), and the "
      + "first \(digits.count) are used.)")
}
let D = digits.width * digits.height
let budget = Budget(code: k, steps: steps)

//: ## One protocol for all
//:
//: **The models.** The mean image; PCA; an untrained network with the best linear decoder, as a control; and seven
//: networks $D$–32–$k$–32–$D$ with tanh units, trained on squared error: plain, with weight decay, sparse, denoising
//: (Gaussian noise), contractive, variational, and PSD, whose decoder is linear. The sparse and the contractive network
//: have sigmoid codes, the others linear ones. Nobody gets more parameters than the plain one: the variational encoder,
//: with its variances, has fewer hidden units, PSD's has more. PCA gets by with an eighth.
//:
//: All decoders have weights of their own, which leaves the contractive network
//: [a loophole](../06-contractive-jacobian/README.md): what is said of it is not said of tied weights.
//:
//: What a sigmoid code costs by itself is measured too, by a plain network that has one: the claims
//: [below](#what-the-lectures-claim) are judged against it.
//:
//: **The budget.** The same number of steps of Adam, minibatches of 32, a rate of 0.02 that shrinks to a tenth.
//:
//: **The search.** Each network gets three settings: strengths of its penalty, levels of its noise, or for the plain one
//: three starts. All three are trained; *for each use* the validation images choose one, by that use's own measure.
//:
//: **The verdict.** The digits of one writer lie near each other in the file. It is cut into five contiguous blocks:
//: one for testing, the next for validation, three for training, five times over; so most test images are by other
//: people (the file names no writers). The same with random fifths is in a [deeper section](#deeper-the-same-with-random-splits).
//: @file Parts.swift how the images are divided and spoiled
//: @file Models.swift the nine models and the control
//: @file Predictive.swift predictive sparse decomposition
let seeds = (0..<5).map { lesson.seed &+ UInt64($0) }
let blocks = seeds.indices.map { j in
  Parts(digits, order: Parts.blocks(digits), fold: j, seed: seeds[j])
}
let contest = lesson.attempt {
  try Contest(blocks, budget, seed: lesson.seed) { lesson.progress("new writers", $0) }
}
let rivals = lesson.attempt {
  try zip(blocks, seeds).map { try withoutCode($0, seed: $1) }
}
//: @file Uses.swift the fifteen measures
//: @file Judges.swift classifiers and distances
//: @file Contest.swift all models on all splits, and the rivals that need no code
lesson.check(
  "parameters over those of the plain network, greatest of all models and splits",
  contest.codecs.values.flatMap { $0.flatMap { $0 } }.map {
    Double($0.parameters) / Double(budget.parameters(D))
  }.greatest(), isAtMost: 1, because: "the budget")
lesson.check(
  "PCA's error on training images against the variance of the axes left out, five blocks",
  blocks.map { parts in
    let codec = Codec.components(k, of: parts.X)
    return (codec.reconstruct(parts.X) - parts.X).squaredNorm
      / parts.X.subtractingFromEachRow(parts.X.columnMeans).squaredNorm
  },
  equal: blocks.map { parts in
    let all = PrincipalComponents(of: parts.X, count: D).variances
    return all.dropFirst(k).reduce(0, +) / all.sum()
  }, within: 1e-11, because: "the tail sum of [lesson 01](../01-svd-theorem/README.md)")
lesson.check(
  "the neighbours found by matrix products, against sums of squares: share of others",
  {
    let codec = contest.codec(.plain, .reconstruction, split: 0)
    let (H, G) = (codec.encode(blocks[0].X), codec.encode(blocks[0].Y))
    let near = Neighbours(of: G, among: H).nearest(among: Array(0..<H.rows))
    let exact = nearestRows(to: G, among: H).map(\.index)
    return Double(zip(near, exact).count { $0 != $1 }) / Double(near.count)
  }(), isAtMost: 0.003,
  because: "two neighbours may tie to rounding: one or two images in seven hundred")
lesson.check(
  "the linear classifier against the library's, which solves the dual problem, 10 labels a class",
  lesson.attempt {
    let (parts, few) = (blocks[0], blocks[0].labelled[1][0])
    let labels = parts.training.labels
    let readout = LinearReadout(
      parts.X, labels: labels, parts.Y, truth: parts.judged.labels)
    return try readout.errors(few, in: parts.ranges)[2]
  },
  equal: lesson.attempt { try libraryReadout(blocks[0], strength: 0.1) }, within: 1e-12,
  because: "the same minimum by other equations: the same classes")

//: ## The heart: a verdict
//:
//: Two models, $a$ and $b$, were tried on the same $J$ splits. What makes a block of writers hard makes it hard for
//: both, and cancels in the differences $d_j = a_j - b_j$. How far can their mean be trusted?
//:
//: $$ \bar d = \frac1J \sum_j d_j, \quad s^2 = \frac{1}{J - 1} \sum_j (d_j - \bar d)^2, \quad
//: \mathrm{SE}^2 = \left( \frac1J + \rho \right) s^2. $$
//:
//: For independent samples $\rho$ would be 0. Here the training parts overlap, so five splits know less than five
//: samples: with $\rho$, the test images over the training images, the error is about right ([](@nadeau-bengio-2003)).
//: @heart choose on validation images, judge on test images, in pairs
func verdict(
  _ first: [[Scores]], _ second: [[Scores]], _ use: Use, testPerTraining ρ: Double
) -> (mean: Double, error: Double) {
  let (u, sign) = (use.rawValue, use.higherIsBetter ? -1.0 : 1)
  func judged(_ settings: [Scores]) -> Double {
    let best = settings.min { sign * $0.validation[u] < sign * $1.validation[u] }
    return best?.test[u] ?? .nan
  }
  let d = first.map(judged) .- second.map(judged)
  let J = Double(d.count)
  let s² = d.map { ($0 - mean(d)) * ($0 - mean(d)) }.sum() / (J - 1)
  return (mean(d), ((1 / J + ρ) * s²).squareRoot())
}
//: A difference is called *clear* if it exceeds 2.78 of these standard errors: Student's $t$ with four degrees of
//: freedom, at 5 %. There are many comparisons below, and about one in twenty would be called clear by chance.
lesson.check(
  "these lines and the library, PCA against denoising, mean and error in all uses",
  Use.allCases.flatMap { use -> [Double] in
    let v = verdict(
      contest.scores[.components] ?? [], contest.scores[.denoising] ?? [], use,
      testPerTraining: contest.testPerTraining)
    return [use.higherIsBetter ? -v.mean : v.mean, v.error]
  },
  equal: Use.allCases.flatMap { use -> [Double] in
    let lead = contest.lead(of: .denoising, over: .components, use)
    return [lead.mean, lead.standardError(testPerTraining: contest.testPerTraining)]
  }, within: 1e-12, because: "rounding")
lesson.derive("What pairing removes") { proof in
  let (a, b) = (
    contest.results(.components, .reconstruction), contest.results(.plain, .reconstruction)
  )
  let J = Double(a.count)
  func covariance(_ x: [Double], _ y: [Double]) -> Double {
    zip(x, y).map { ($0 - mean(x)) * ($1 - mean(y)) }.sum() / (J - 1)
  }
  proof.start(#"\frac{s^2}{J}"#, covariance(a .- b, a .- b) / J)
  proof.equals(
    #"\frac{1}{J (J - 1)} \sum_j \big( (a_j - \bar a) - (b_j - \bar b) \big)^2"#,
    because: #"$d_j - \bar d$, written out"#,
    zip(a, b).map { a1, b1 in
      let e = (a1 - mean(a)) - (b1 - mean(b))
      return e * e
    }.sum() / (J * (J - 1)))
  proof.equals(
    #"\frac{s_a^2}{J} + \frac{s_b^2}{J} - \frac{2 s_{ab}}{J}"#,
    because: "the square of a difference; $s_{ab}$ is the covariance over the splits",
    (covariance(a, a) + covariance(b, b) - 2 * covariance(a, b)) / J)
}
let pairing = {
  let (a, b) = (
    contest.results(.components, .reconstruction), contest.results(.plain, .reconstruction)
  )
  let unpaired = (standardError(a) * standardError(a) + standardError(b) * standardError(b))
    .squareRoot()
  return unpaired / PairedDifference(a, minus: b).standardError
}()
lesson.say(
  "The last term is what pairing saves: PCA's reconstruction error less the plain network's has "
    + "a standard error that is \(Numeral.short(pairing, significant: 2)) times smaller than the "
    + "two means alone would suggest.")
lesson.check(
  "Student's density with four degrees of freedom, its mass within the bound",
  {
    let n = 2000
    let h = 2 * studentQuantile / Double(n)
    let values = (0...n).map { i -> Double in
      let t = -studentQuantile + h * Double(i)
      let w = 1 + t * t / 4
      return 0.375 / (w * w * w.squareRoot()) * (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2)
    }
    return values.sum() * h / 3
  }(), equals: 0.95, within: 1e-8, because: "Simpson's rule with 2,000 intervals")

//: ## Which autoencoder for what
//:
//: Errors of images are shares of the variance about the training mean. Anomalies are scored by the reconstruction
//: error, and judged by the probability that a strange image has the larger one (AUC). A missing half is filled in by
//: five rounds of encoding and decoding. New images are decoded from normal codes with the training codes' covariance,
//: and judged by their energy distance to test images. *No code* is a rival that needs none: the best linear map from
//: spoiled to clean pixels, a classifier of pixels, the distance to the nearest training image, a normal distribution
//: of pixels. Bold: the best model of a use, and all not clearly behind it. (It is found on the test images, which makes
//: its leads a little too large.)
lesson.scoreTable(
  "Images by new writers: error left, % of the variance, mean ± standard error of five blocks",
  [.reconstruction, .gaussian, .masking, .saltAndPepper, .imputation], contest, rivals)
lesson.scoreTable(
  "Classification from the code: mistakes, %",
  [
    .linear1, .linear10, .linearAll, .nearest1, .nearest10, .nearestAll,
  ], contest, rivals)
lesson.scoreTable(
  "Strange images (AUC), ten nearest images (% of the query's class), new images (energy "
    + "distance)",
  [.mirrored, .chimeras, .retrieval, .generation], contest, rivals)
//: @file Tables.swift the tables of this lesson
lesson.verdictTable(
  "The verdict, use by use: differences are positive where the winner, or no code, is better",
  contest, rivals)
lesson.figure(
  "standing",
  "The error of the best model over that of each model, use by use; darker is worse, and the "
    + "scale ends at 0.4."
) { standingFigure(contest) }
//: @file Figures.swift the figures of this lesson
let led = Model.allCases.map { model in
  (model, Use.allCases.count { contest.leaders($0).contains(model) })
}
let often = led.max { $0.1 < $1.1 } ?? (.plain, 0)
let count = { (model: Model) in led.first { $0.0 == model }?.1 ?? 0 }
let reconstruction = contest.winner(.reconstruction)
let copying = contest.lead(of: reconstruction, over: .components, .reconstruction)
lesson.finding(
  "Of \(Use.allCases.count) measures the \(often.0.title.name) model is best or not clearly "
    + "behind in \(often.1) after \(steps) steps, PCA in \(count(.components)), the "
    + "contractive one in \(count(.contractive)), an untrained network in \(count(.untrained)).")
let needless = Use.allCases.filter { use in
  guard let lead = lead(ofNoCode: rivals, over: contest.winner(use), use, contest) else {
    return false
  }
  return contest.isClear(lead) && lead.mean > 0
}
lesson.finding(
  "In \(needless.count) of \(Use.allCases.count - 1) measures a rival without any code is "
    + "clearly better than the best code of \(k) numbers of this budget; its maps knew the "
    + "damage."
)
let enough = Use.allCases.filter { contest.leaders($0).contains(.components) }
lesson.say(
  "PCA, with one eigenproblem and no search, is not clearly behind in: "
    + enough.map { $0.title.name }.joined(separator: "; ")
    + ".")
//: Networks lead PCA mainly where an image has to be *drawn*: copied, repaired, filled in, or noticed as strange.
let gallery = galleryRows(contest, budget, seed: lesson.seed)
lesson.figure(
  "gallery",
  "Images by writers of the first test block, copied, repaired, and new ones, by PCA and by "
    + "networks."
) { galleryFigure(gallery, width: digits.width, height: digits.height) }

//: ## Is it the budget?
//:
//: A ranking after a few hundred steps may be one of speed. The control: the two best models in reconstruction, the
//: denoising one, and PCA, with four times the steps.
let runnerUp = contest.winner(
  .reconstruction,
  among: Model.allCases.filter { $0 != reconstruction && $0 != .components })
let longer = lesson.attempt {
  try Longer(
    contest, [reconstruction, runnerUp, .denoising, .variational], budget, factor: 4,
    seed: lesson.seed)
}
let closest = PairedDifference(
  contest.results(runnerUp, .reconstruction),
  minus: contest.results(reconstruction, .reconstruction))
let closestLater = PairedDifference(longer.errors[1], minus: longer.errors[0])
lesson.table(
  "Error left on new writers' images, %, and the leads, paired, in points",
  columns: [
    "steps", reconstruction.title.name, runnerUp.title.name, "denoising", "PCA",
    "lead of the first over the second", "lead of the first over PCA",
  ],
  rows: [
    (
      steps, [reconstruction, runnerUp, .denoising].map { contest.results($0, .reconstruction) },
      closest
    ),
    (4 * steps, longer.errors, closestLater),
  ].map { steps, errors, lead in
    let pca = contest.results(.components, .reconstruction)
    return [
      Cell(steps), Cell(spread(errors[0], percent: true)),
      Cell(spread(errors[1], percent: true)), Cell(spread(errors[2], percent: true)),
      Cell(spread(pca, percent: true)), Cell(difference(lead, percent: true)),
      Cell(difference(PairedDifference(pca, minus: errors[0]), percent: true)),
    ]
  })
let longLead = PairedDifference(
  contest.results(.components, .reconstruction), minus: longer.errors[0])
lesson.finding(
  "Copying new writers' images, the best network (\(reconstruction.title.name)) leaves "
    + "\(difference(copying, percent: true, signed: false)) points less than PCA after "
    + "\(steps) steps, and \(difference(longLead, percent: true, signed: false)) after four "
    + "times as many: budget sets the lead."
)
let leader = mean(longer.errors[1]) < mean(longer.errors[0]) ? 1 : 0
let behind = PairedDifference(longer.errors[2], minus: longer.errors[leader])
lesson.say(
  "The denoising model is then \(contest.isClear(behind) ? "clearly" : "not clearly") behind "
    + "\([reconstruction, runnerUp][leader].title.name): "
    + "\(difference(behind, percent: true, signed: false)) points.")
let wide = lesson.attempt { try wideDenoising(contest, budget, seed: lesson.seed) }
let linearMaps = rivals.compactMap { $0[Use.gaussian.rawValue] }
let wideLead = PairedDifference(linearMaps, minus: wide)
lesson.say(
  "The linear map does not beat all networks: a denoising network with \(D) numbers in "
    + "each layer, trained on the very noise for \(2 * steps) steps, leaves "
    + "\(spread(wide, percent: true)) %, "
    + "\(difference(wideLead, percent: true, signed: false)) points less than the map.")
//: @file Controls.swift more steps, no bottleneck, and what figures and checks need
//:
//: On the default digits, [other budgets](#deeper-other-budgets) change much of this; the denoising model is the safest
//: from 800 steps on.

//: ## Codes of bits
//:
//: A code of bits is an address: images of one class should lie in the same drawer, or in one that differs by few bits.
//: [](@salakhutdinov-hinton-2009) get bits from an autoencoder by a trick: *noise before the sigmoid*. The code unit is
//: $h = s(a + \sigma \varepsilon)$; what the noise blurs the decoder cannot use, so the network learns $a$ far from 0,
//: where the sigmoid is 0 or 1 whatever the noise ([why](#deeper-why-noise-makes-bits)). Afterwards $a > 0$ is the bit.
//: Rivals with equally many bits: the same network without noise, cut at its mean; signs of principal components; signs
//: of the same components *rotated* until little is lost by taking signs ([](@gong-lazebnik-2011)); signs along random
//: directions. Validation images choose among three noises, three starts, three rotations.
//: @file Hashing.swift the network with noisy code units, and its rivals
let hashing = lesson.attempt {
  try zip(blocks, seeds).map { try HashingTrial($0, bits: bits, budget, seed: $1) }
}
lesson.figure(
  "hashing",
  "Left: precision and recall of all stored images within Hamming radius 0, 1, 2, …, means of "
    + "five blocks. Right: the code units' outputs on test images, by noise in training."
) { hashingFigure(hashing) }
lesson.table(
  "\(bits) bits, new writers' images as queries: mean ± standard error of five blocks",
  columns: ["bits from", "mean average precision", "queries whose drawer is empty, %"],
  rows: HashingTrial.names.indices.map { way in
    [
      Cell(HashingTrial.names[way]),
      Cell(spread(hashing.map { $0.qualities[way].averagePrecision })),
      Cell(spread(hashing.map { $0.empty[way] }, percent: true)),
    ]
  })
let ways = HashingTrial.names.indices.map { way in
  hashing.map { $0.qualities[way].averagePrecision }
}
let bestRival = (1..<ways.count).max { mean(ways[$0]) < mean(ways[$1]) } ?? 1
let hashLead = PairedDifference(ways[0], minus: ways[bestRival])
func inDrawer(_ way: Int) -> String {
  Numeral.fixed(mean(hashing.map { $0.qualities[way].precision[0] }), decimals: 2)
}
let emptyLead = PairedDifference(
  hashing.map { $0.empty[bestRival] }, minus: hashing.map { $0.empty[0] })
lesson.finding(
  "\(bits) bits from noisy code units find images with a mean average precision of "
    + "\(Numeral.fixed(mean(ways[0]), decimals: 2)), signs of principal components with "
    + "\(Numeral.fixed(mean(ways[2]), decimals: 2)), of the same components rotated with "
    + "\(Numeral.fixed(mean(ways[3]), decimals: 2)): "
    + "\(contest.isClear(hashLead) ? "a clear" : "no clear") difference to the best rival, "
    + "\(difference(hashLead, percent: false)). Its "
    + "drawers are coarser: empty less often, by "
    + "\(difference(emptyLead, percent: true, signed: false)) percentage points, with "
    + "\(inDrawer(0)) of their images right instead of \(inDrawer(bestRival)).")
//: Principal components are poor bits as they are: the later ones hold little variance, and their signs count as much as
//: the first ones'. A rotation shares the variance out. The noise leaves fewer, larger drawers.
if all.width == 8 {
  lesson.check(
    "queries with an empty drawer, the best rival's share less the noisy code's, least of five "
      + "blocks",
    emptyLead.differences.least(), isAbove: 0,
    because: "what the paper wants of bits: an address where something is")
}
lesson.check(
  "average precision from counts of radii, against ranked lists with ties, twenty queries",
  hashingAverages(blocks[0], bits: bits).map(\.counted),
  equal: hashingAverages(blocks[0], bits: bits).map(\.ranked), within: 1e-12,
  because: "two ways of adding up the same hits")

//: ## Bytes that can be counted
//:
//: Lesson 03 counted bits by a formula. Here a code's numbers are rounded to a grid, coded by a *range coder*, decoded
//: again, and the bytes counted. The coder keeps an interval; a symbol that had the share $f_s / T$ of the training
//: images' levels narrows it to that share. A long message needs about $-\log_2$ of the last interval's width in bits:
let message = lesson.attempt { try Message(contest, blocks[0]) }
lesson.derive("How long a message is", within: 1e-11) { proof in
  let (symbols, f) = (message.symbols, message.frequencies)
  let T = f.sum()
  let n = Double(symbols.count)
  let counts = f.indices.map { s in Double(symbols.count { $0 == s }) }
  let log2 = { (x: Double) in Double.log(x) / Double.log(2) }
  proof.start(
    #"-\log_2 \prod_{i=1}^n \frac{f_{s_i}}{T}"#,
    -log2(symbols.map { f[$0] / T }.reduce(1, *)))
  proof.equals(
    #"\sum_s n_s \log_2 \frac{T}{f_s}"#,
    because: "equal symbols together: $n_s$ of symbol $s$",
    zip(counts, f).map { $0 == 0 ? 0 : $0 * log2(T / $1) }.sum())
  proof.equals(
    #"n \Big( \sum_s p_s \log_2 \frac{1}{p_s} + \sum_s p_s \log_2 \frac{p_s}{q_s} \Big)"#,
    because: #"$p_s = n_s / n$ in this message, $q_s = f_s / T$ in the table"#,
    n
      * zip(counts, f).map { c, f -> Double in
        c == 0 ? 0 : c / n * (log2(n / c) + log2(c / n * T / f))
      }.sum())
  proof.atLeast(
    #"n \sum_s p_s \log_2 \frac{1}{p_s}"#,
    because:
      "the second sum is a divergence, not negative (Gibbs' inequality, lesson 00): a table of "
      + "other frequencies costs its divergence, every symbol anew",
    n * counts.map { $0 == 0 ? 0 : $0 / n * log2(n / $0) }.sum())
}
//: Each codec gets what it needs: for a network, a level of a number is as wide as makes the reconstruction move by one
//: step (from its Jacobian, on training codes); the cosines and the 64 principal components are orthonormal, so one
//: step serves all. A level is decoded to the mean of the training numbers in it. The rival is the codec inside JPEG:
//: cosines, rounded, with the same coder.
//: @file Compression.swift rounding, coding and decoding
let stepsOfGrid = [0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.75, 1, 1.4]
let curves = lesson.attempt {
  try CodecKind.allCases.map { kind in
    (
      name: kind.rawValue,
      points: try blocks.indices.map { j in
        try kind.codec(contest, split: j, digits, trained: longer.codecs[3])
          .rates(blocks[j], steps: stepsOfGrid)
      }
    )
  }
}
lesson.figure(
  "rate",
  "Error against bits a pixel, from the finest grid (right) to the coarsest, means of five "
    + "blocks of new writers; codes of \(k) numbers level off at their own error."
) { rateFigure(curves) }
let rates = [0.2, 0.3, 0.5, 1]
lesson.table(
  "Error left, % of the variance, at equal bits a pixel (interpolated), five blocks",
  columns: ["codec"] + rates.map { "\(Numeral.short($0)) bits" },
  rows: curves.map { curve in
    [Cell(curve.name)]
      + rates.map { rate in
        let errors = curve.points.compactMap { interpolated($0, at: rate) }
        return Cell(errors.count == blocks.count ? spread(errors, percent: true) : "–")
      }
  })
let rateLeads = [CodecKind.variational, .longer].map {
  rateLead(curves, of: $0, over: .components, at: 0.3)
}
let few = rateLead(curves, of: .variational, over: .few, at: 0.3)
let later = rateLead(curves, of: .longer, over: .components, at: 0.5)
func place(_ lead: PairedDifference?) -> String {
  lead.map {
    let text = difference($0, percent: true, signed: false)
    return (text.hasPrefix("−") ? "\(text.dropFirst()) points behind" : "\(text) points ahead")
      + (contest.isClear($0) ? "" : " (not clear)")
  } ?? "–"
}
lesson.finding(
  "Coded in bytes, the variational code stands like this against all principal components: at "
    + "0.3 bits a pixel \(place(rateLeads[0])); trained with four times the steps "
    + "\(place(rateLeads[1])), but then \(place(later)) at 0.5 bits. The cosines of JPEG are far "
    + "behind.")
lesson.say(
  "Against as many components as the code has numbers it is \(place(few)) at 0.3 bits. How "
    + "levels are decoded matters as much as the code: decoded to the middle of their intervals, "
    + "all components leave six points more there on the default digits, the variational code "
    + "none.")
lesson.say(
  "Not counted: the decoder must have the network, \(budget.parameters(D)) numbers, or the "
    + "components, and all must have the tables: that pays only for many images. And no code of "
    + "few numbers becomes exact by spending bits.")
let points = curves.flatMap { $0.points.flatMap { $0 } }
lesson.check(
  "decoded levels equal coded ones: messages that differ, of \(points.count)",
  Double(points.count { !$0.exact }), isAtMost: 0,
  because: "the decoder undoes every narrowing")
lesson.check(
  "bits written over ideal bits, greatest of all messages",
  points.map { $0.bitsPerPixel / $0.ideal }.greatest(),
  isBelow: 1.02,
  because:
    "rounding the shares costs at most $\\log_2 (1 / (1 - 2^{-8}))$ bits a symbol, the end two "
    + "bytes"
)
lesson.check(
  "bits written over ideal bits, least of all messages",
  points.map { $0.bitsPerPixel / $0.ideal }.least(),
  isAbove: 0.99,
  because:
    "no message fits an interval wider than its own, but for the last bits of the last byte"
)

//: ## What the lectures claim
//:
//: Claims of the five lectures, shortened, with what this course found. L: [Larochelle](@larochelle),
//: K: [Khapra](@khapra), S: [Srihari](@srihari), V: [session 19](@session-19), C: [section 4](@section-4).
lesson.table(
  "Claim, finding, place; differences in points, on new writers' images",
  columns: ["", "claim", "what we found", "where"],
  rows: claims(contest, rivals, longer, hashing, curves))
//: @file Claims.swift the claims, each with its measurement or its link

//: ## When not to use an autoencoder
//:
//: The applications that the lectures list, each with the case against.
lesson.applications()

//: ## Deeper: Other budgets
//:
//: On the default digits, with other budgets:
//:
//: - `--steps 400`: PCA is best or not clearly behind in 14 of 15 measures, a rival without a code is clearly ahead
//:   in 11 of 14.
//: - `--steps 1600`: denoising in 14, PCA in 8; a rival without a code in 9.
//: - `--steps 3200`: 15, 7 and 6. The maps keep their lead in the repairs, the nearest image in three more; pixels no
//:   longer lead clearly in linear classification, nor for a missing half or new images.
//:
//: Only what holds at all four is a finding about models.

//: ## Deeper: The same with random splits
//:
//: The fifths drawn at random, so that writers of the test images are in the training part as well.
//:
//: Everything else is as above: models, budget, search, seeds.
let mixed = seeds.indices.map { j in
  Parts(
    digits, order: Parts.random(digits, seed: seeds[j]), fold: j, seed: seeds[j])
}
let mixedContest = lesson.attempt {
  try Contest(mixed, budget, seed: lesson.seed, keepsCodecs: false) {
    lesson.progress("random splits", $0)
  }
}
let mixedRivals = lesson.attempt {
  try zip(mixed, seeds).map { try withoutCode($0, seed: $1) }
}
lesson.scoreTable(
  "Random splits: error left, % of the variance",
  [.reconstruction, .gaussian, .masking, .saltAndPepper, .imputation], mixedContest,
  mixedRivals)
lesson.scoreTable(
  "Random splits: mistakes, %",
  [.linear1, .linear10, .linearAll, .nearest1, .nearest10, .nearestAll], mixedContest,
  mixedRivals)
lesson.scoreTable(
  "Random splits: AUC, % of ten nearest, energy distance",
  [.mirrored, .chimeras, .retrieval, .generation], mixedContest, mixedRivals)
lesson.figure(
  "splits", "Each trained model's error by new writers against that on a random split."
) { splitsFigure(contest, mixedContest) }
let easier = { (use: Use) in
  mean(contest.results(.components, use)) / mean(mixedContest.results(.components, use))
}
lesson.say(
  "Known writers make nearest neighbours much better: PCA's mistakes by them (all labels) are "
    + "\(Numeral.short(easier(.nearestAll), significant: 2)) times as many on new writers, its "
    + "reconstruction error \(Numeral.short(easier(.reconstruction), significant: 3)) times as "
    + "large. A table of random splits alone would flatter all models where there are many "
    + "labels or pixels to restore, and those most that remember; with one label a class it "
    + "makes little difference.")

//: ## Deeper: What the validation images chose
//:
//: A search that always ends at the edge of its grid was too narrow; here is what it chose.
//:
//: For each model the settings, and how often each was chosen, over all uses and both kinds of splits.
lesson.table(
  "Choices", columns: ["model", "what is set", "settings", "chosen, %"],
  rows: Model.allCases.filter { $0.settings.count > 1 && $0 != .untrained }.map { model in
    let choices = [contest, mixedContest].flatMap { contest in
      Use.allCases.flatMap { use in (0..<5).map { contest.choice(model, use, split: $0) } }
    }
    let shares = model.settings.indices.map { s in
      Numeral.fixed(
        100 * Double(choices.count { $0 == s }) / Double(choices.count), decimals: 0)
    }
    return [
      link(model.title), Cell(model.whatIsSet),
      Cell(model.settings.map { Numeral.short($0) }.joined(separator: ", ")),
      Cell(shares.joined(separator: ", ")),
    ]
  })
//: For every model the setting chosen most often is at an end of its three: a wider search could change what is close
//: above. And the settings differ from use to use: one for all uses would be unfair. The contractive network has untied weights, like all others, and can dodge its penalty
//: ([lesson 06](../06-contractive-jacobian/README.md#the-loophole-of-untied-weights)).

//: ## Deeper: Why noise makes bits
//:
//: What noise in the code costs, exactly, for a linear decoder, and where the cost vanishes.
//:
//: A code of two units, $h_j = s(a_j + \sigma \varepsilon_j)$, and a linear decoder with columns $w_j$ and biases $c$.
//: Write $\bar h_j$ and $\omega_j$ for mean and variance of $h_j$ over the noise, by sums over a fine grid.
lesson.derive("What the noise costs", within: 1e-9) { proof in
  let unit = NoisyUnits(a: [0.6, -1.5], σ: 2)
  let W: Matrix<Double> = [[0.7, -0.2], [0.1, 0.9], [-0.4, 0.3]]
  let (c, x) = ([0.1, -0.3, 0.2], [0.5, 0.4, -0.1])
  let lengths = (W ⊙ W).columnSums
  let bias = W * unit.means .+ c .- x
  proof.start(
    #"\operatorname{E} \lVert W h + c - x \rVert^2"#,
    unit.expectation { h in
      let e = W * h .+ c .- x
      return dot(e, e)
    })
  proof.equals(
    #"\lVert W \bar h + c - x \rVert^2 + \sum_j \omega_j \lVert w_j \rVert^2"#,
    because: "$h - \\bar h$ has mean 0 and independent entries: the mixed terms vanish",
    dot(bias, bias) + zip(unit.variances, lengths).map { $0 * $1 }.sum())
  proof.atMost(
    #"\lVert W \bar h + c - x \rVert^2 + \sum_j \bar h_j (1 - \bar h_j) \lVert w_j \rVert^2"#,
    because: "$h^2 \\le h$ between 0 and 1, so $\\omega_j \\le \\bar h_j - \\bar h_j^2$",
    dot(bias, bias) + zip(unit.means, lengths).map { $0 * (1 - $0) * $1 }.sum())
}
//: The first term is the loss without noise, at the mean code. The second is a fine for every unit whose mean output is
//: far from both 0 and 1, and it is 0 only at bits. Weights $w_j$ cannot shrink to avoid it without losing the first
//: term: that is the trade.

//: ## Deeper: Which theorem where
//:
//: The course's mathematics, and the lessons that use it.
lesson.table(
  "Theorems, and where they are proved and used",
  columns: ["theorem", "proved in", "used in"], rows: theorems())
//: @file Course.swift the map of the mathematics

//: ## Deeper: The whole course in twenty questions
//:
//: For a last look before an examination; session 19's three questions are among them.
//:
//: @question Session 19: an autoencoder is a … learning model?
//: @answer Unsupervised, it says; self-supervised is more exact: the target is the input itself. This lesson's
//: validation used labels, and had to.
//:
//: @question Session 19: is an autoencoder a dimensionality reduction algorithm?
//: @answer If its code is smaller than its input, and only then (lessons 03, 04).
//:
//: @question Session 19: sequence prediction involves predicting the next value for a given input sequence?
//: @answer True, and it has nothing to do with the session's subject: an autoencoder reconstructs its input.
//:
//: @question Session 19 asks for the applications of the contractive autoencoder. Which of its four are advantages over
//: other models?
//: @answer Denoising, against the plain network; none against all.
//:
//: @question Session 19 asks how the variational autoencoder works. In one line each: encoder, sample, decoder, loss?
//: @answer $q(z \mid x)$, a Gaussian; $z = \mu + \sigma \varepsilon$; $p(x \mid z)$; reconstruction plus KL, whose sum
//: is minus a bound on $\log p(x)$ (lesson 07).
//:
//: @question Which three pairs of loss and output have the gradient $\hat x - x$, and why (00, 08)?
//: @answer Gaussian–linear, Bernoulli–sigmoid, categorical–softmax: exponential families in their natural parameter,
//: whose log-partition function has the mean as its derivative.
//:
//: @question With tied weights, of how many terms is the gradient (00)?
//: @answer Two: one through the encoder, one through the decoder.
//:
//: @question How close does any matrix of rank $k$ come to $X$ (01)?
//: @answer Its squared distance is at least the sum of the squares of all singular values but the $k$ largest.
//:
//: @question A linear autoencoder has been trained to the end. Are its weights principal components (02)?
//: @answer No: they span the same space. Unequal decays align them.
//:
//: @question Why is $\lambda \lVert h \rVert_1$ no prior over parameters (04)?
//: @answer It depends on the data: it is $-\log p(h)$ of codes.
//:
//: @question A sparsity penalty with a free decoder: what happens (04)?
//: @answer Codes shrink, the decoder grows, and nothing becomes sparse. Fix the length of the columns.
//:
//: @question What does the best denoiser compute (05)?
//: @answer $\operatorname{E}[x \mid \tilde x]$; under Gaussian noise $\tilde x$ plus the variance of the noise times
//: the score of the noised density.
//:
//: @question For which $h$ does a sigmoid unit contribute most to the contractive penalty (06)?
//: @answer $h = \frac12$. “The larger the activation the larger the Jacobian” holds below it only.
//:
//: @question Is the KL divergence the loss of a variational autoencoder (07)?
//: @answer One of two terms; alone it would make every code the prior.
//:
//: @question When is a latent dimension not used (07)?
//: @answer When the variance that it would explain is less than the decoder's noise: it collapses to the prior.
//:
//: @question Two tables $p(h \mid x)$ and $p(x \mid h)$: when do they belong to one joint distribution (08)?
//: @answer When their ratio is a function of $h$ times a function of $x$.
//:
//: @question A chain corrupts and takes the denoiser's mean. What does it draw (08)?
//: @answer Nothing: it climbs and collapses. It has to *draw* from the posterior.
//:
//: @question “A single layer is sufficient”: what does the theorem say, and what not (09)?
//: @answer It can approximate on a compact set; not with how many units, nor that training finds it.
//:
//: @question From distances, how many coordinates do points have (10)?
//: @answer As many as the doubly centred matrix of squared distances has positive eigenvalues, if none is negative.
//:
//: @question And which autoencoder (12)?
//: @answer The one whose training error resembles the use: denoising for repairs, a bound for densities, noise on the
//: code for bits; and PCA until it is beaten by a paired difference.

//: ## Deeper: Slips in the lectures
//:
//: Comparative sentences that need a correction or a condition.
//:
//: - Session 19's objectives speak of “sequence prediction problems”, and so does its third question; the session has
//:   none.
//: - “Contractive autoencoder is a better choice than denoising autoencoder”: an empirical sentence without a task, a
//:   size or a budget. No measure on this page bears it out.
//: - “CAEs can be used to remove noise, as they learn to ignore small variations”: the *code* ignores them; whether the
//:   output is cleaner is another question, and the reconstruction was never trained on noise.
//: - Section 4 writes the reconstruction as $f \circ g$ with $f$ the encoder; in that order the decoder would come first.

//: ## Deeper: Is my number right?
//:
//: The headline figures, split by split, are the spread to compare with: another seed has other starts, noise and
//: random splits.
lesson.table(
  "Block by block", columns: ["figure"] + (1...5).map { "block \($0)" },
  rows: [
    ("PCA, error left, %", contest.results(.components, .reconstruction).map { 100 * $0 }),
    (
      "\(reconstruction.title.name), error left, %",
      contest.results(reconstruction, .reconstruction).map { 100 * $0 }
    ),
    (
      "denoising, salt and pepper, %",
      contest.results(.denoising, .saltAndPepper).map { 100 * $0 }
    ),
    ("noisy bits, mean average precision", ways[0]),
  ].map { name, values in [Cell(name)] + values.map { Cell($0, significant: 3) } })

//: ## Exercises
lesson.exercises()

//: ## Self-assessment
//:
//: @question Two models differ by 2 points, their standard errors are 3 points each. Is there nothing to see?
//: @answer That cannot be said: if both are bad on the same splits, the differences may all be near 2. Look at the pairs.
//:
//: @question Why may the test images not choose the setting?
//: @answer The best of three noisy scores is too good on the images that chose it; the model with more settings would
//: win.
//:
//: @question A model has an AUC of 0.4. How do you get 0.6 at once?
//: @answer Turn the score round. An AUC below ½ is information with the wrong sign.
//:
//: @question Two bits of three agree for all images of a class. How many drawers does a search of radius 1 open?
//: @answer Four: the query's own and three with one bit changed.
//:
//: @question The table of a coder gives a symbol the frequency 0, and it occurs. What happens?
//: @answer It has no interval and cannot be coded: an ideal code would need infinitely many bits. So count from 1, or
//: move it to a neighbour.
//:
//: @question Someone compares a network of 8 numbers with PCA of 16, “because the network has more parameters”. What is
//: wrong?
//: @answer The code is what is kept or sent; parameters are paid once. Compare at equal numbers, then at equal bits.

//: ## Sources
//:
//: @sources
lesson.finish()
