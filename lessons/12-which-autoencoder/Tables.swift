import Autoencoders
import LinearAlgebra
import Notebook

// The tables of this lesson.

/// A mean and its standard error.
func spread(_ values: [Double], percent: Bool = false) -> String {
  Numeral.meanAndError((percent ? 100 : 1) .* values, .decimals(percent ? 1 : 3))
}

extension Use {
  /// Whether its scores read best in per cent.
  var isShare: Bool { !(self == .mirrored || self == .chimeras || self == .generation) }
}

extension Lesson {
  /// The scores of all models in some uses, and of rivals without a code; bold is the best model,
  /// and all that are not clearly behind it.
  func scoreTable(
    _ caption: String, _ uses: [Use], _ contest: Contest, _ rivals: [[Double?]],
    line: Int = #line
  ) {
    let leaders = uses.map { contest.leaders($0) }
    let models = Model.allCases.map { model in
      [link(model.title)]
        + zip(uses, leaders).map { use, leaders in
          let text = spread(contest.results(model, use), percent: use.isShare)
          return Cell(leaders.contains(model) ? "**\(text)**" : text)
        }
    }
    let without =
      [Cell("*no code*")]
      + uses.map { use in
        let values = rivals.compactMap { $0[use.rawValue] }
        return Cell(values.isEmpty ? "–" : spread(values, percent: use.isShare))
      }
    table(
      caption, columns: ["model"] + uses.map { linked($0.title) }, rows: models + [without],
      line: line)
  }

  /// Use by use: who wins, how far PCA is behind, and whether no code at all is better.
  func verdictTable(
    _ caption: String, _ contest: Contest, _ rivals: [[Double?]], line: Int = #line
  ) {
    table(
      caption,
      columns: [
        "use", "best model", "not clearly behind", "PCA behind by",
        "no code: better than the best?",
      ],
      rows: Use.allCases.map { use in
        let best = contest.winner(use)
        let others = contest.leaders(use).filter { $0 != best }.map(\.title.name)
        let lead = contest.lead(of: best, over: .components, use)
        let behind =
          best == .components
          ? "it is the best"
          : difference(lead, percent: use.isShare)
            + (contest.isClear(lead) ? "" : ", not clear")
        return [
          link(use.title), Cell(best.title.name),
          Cell(others.isEmpty ? "nobody" : others.joined(separator: ", ")), Cell(behind),
          Cell(withoutCodeVerdict(use, contest, rivals)),
        ]
      }, line: line)
  }
}

/// By how much the rival without a code is better than the best model.
func lead(
  ofNoCode rivals: [[Double?]], over model: Model, _ use: Use, _ contest: Contest
) -> PairedDifference? {
  let values = rivals.compactMap { $0[use.rawValue] }
  guard values.count == rivals.count else { return nil }
  let results = contest.results(model, use)
  return use.higherIsBetter
    ? PairedDifference(values, minus: results) : PairedDifference(results, minus: values)
}

private func withoutCodeVerdict(
  _ use: Use, _ contest: Contest, _ rivals: [[Double?]]
) -> String {
  guard let lead = lead(ofNoCode: rivals, over: contest.winner(use), use, contest) else {
    return "–"
  }
  let verdict = contest.isClear(lead) ? (lead.mean > 0 ? "yes" : "no") : "not clear"
  return verdict + ": " + difference(lead, percent: use.isShare)
}

/// A paired difference with the standard error of a verdict; ρ is a third, for one block of the
/// five is the test and three are for training.
func difference(
  _ d: PairedDifference, percent: Bool, signed: Bool = true, testPerTraining ρ: Double = 1.0 / 3
) -> String {
  let scale: Double = percent ? 100 : 1
  let text = Numeral.fixed(scale * d.mean, decimals: percent ? 1 : 3)
  return (signed && d.mean > 0 ? "+" : "") + text + " ± "
    + Numeral.fixed(scale * d.standardError(testPerTraining: ρ), decimals: percent ? 1 : 3)
}

func link(_ title: (name: String, lesson: String)) -> Cell { Cell(linked(title)) }

func linked(_ title: (name: String, lesson: String)) -> String {
  "[\(title.name)](../\(title.lesson)/README.md)"
}

/// Whether model b is better than model a in a use, as words.
func comparison(_ b: Model, _ a: Model, _ use: Use, _ contest: Contest) -> String {
  let lead = contest.lead(of: b, over: a, use)
  let verdict =
    contest.isClear(lead) ? (lead.mean > 0 ? "better" : "worse") : "no clear difference"
  return "\(verdict) (\(difference(lead, percent: use.isShare)))"
}
