extension Block {
  /// All formulas of the block.
  var formulas: [TeX] {
    switch self {
    case .prose(let prose): prose.formulas
    case .question(let question): question.text.formulas + question.answer.formulas
    case .derivation(let derivation):
      derivation.title.formulas + derivation.steps.flatMap { [$0.formula] + ($0.reason?.formulas ?? []) }
    case .check(let check): check.claim.formulas + (check.reason?.formulas ?? [])
    case .table(let table):
      (([table.caption] + table.columns) + table.rows.flatMap { $0.map(\.text) }).flatMap(\.formulas)
    case .figure(let figure): figure.finding.formulas
    case .slider(let slider): slider.knob.formulas + slider.finding.formulas
    case .exercises(let sheet):
      sheet.entries.flatMap { $0.title.formulas + $0.statement.formulas + $0.hint.formulas }
    case .opening(let opening): opening.goals.formulas
    case .finding(let sentence): sentence.formulas
    case .code, .undrawn, .symbols, .sources: []
    }
  }
}
