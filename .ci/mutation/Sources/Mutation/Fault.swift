/// A fault that is drawn to be planted.
struct Fault {
  var number: Int
  var module: String
  /// Its path within the package.
  var file: String
  var candidate: Candidate

  /// What tells it from all others, and stays the same when other lines change.
  var key: String { [file, candidate.original, candidate.faulty].joined(separator: "\t") }
  var place: String { "\(file):\(candidate.line + 1)" }

  /// Draws about `count` faults of `files`, path against text: of each module about as many as the root of its size asks for,
  /// but no fewer than eight, and of each kind as many as of the others. No two share a line.
  ///
  /// Which are drawn depends on the text of their lines alone, so that a change to one file leaves those in others as they
  /// are.
  static func draw(_ count: Int, seed: UInt64, from files: [String: String]) -> [Fault] {
    var modules: [String: [Fault]] = [:]
    for (file, text) in files.sorted(by: { $0.key < $1.key }) {
      let module = module(of: file)
      modules[module, default: []] += Candidates.all(in: text).map {
        Fault(number: 0, module: module, file: file, candidate: $0)
      }
    }
    let roots = modules.mapValues { Double($0.count).squareRoot() }
    let sum = roots.values.reduce(0, +)
    var drawn: [Fault] = []
    for (module, faults) in modules {
      let share = max(8, Int(Double(count) * (roots[module] ?? 0) / sum))
      drawn += mixed(faults, seed: seed).prefix(share)
    }
    drawn.sort { ($0.file, $0.candidate.range.lowerBound) < ($1.file, $1.candidate.range.lowerBound) }
    for index in drawn.indices { drawn[index].number = index + 1 }
    return drawn
  }

  /// The module of a source; all lessons count as one.
  static func module(of file: String) -> String {
    let parts = file.split(separator: "/")
    return parts[0] == "lessons" ? "lessons" : String(parts[1])
  }

  /// In a random order in which the kinds take turns, and each line and each text of a line once.
  private static func mixed(_ faults: [Fault], seed: UInt64) -> [Fault] {
    let ranked = faults.map { (rank: hash($0.key, seed: seed), fault: $0) }.sorted { $0.rank < $1.rank }.map(\.fault)
    var kinds = Candidate.Kind.allCases.map { kind in ranked.filter { $0.candidate.kind == kind }[...] }
    var mixed: [Fault] = []
    var taken: Set<String> = []
    while kinds.contains(where: { !$0.isEmpty }) {
      for index in kinds.indices {
        while let next = kinds[index].popFirst() {
          guard taken.isDisjoint(with: [next.place, next.key]) else { continue }
          taken.formUnion([next.place, next.key])
          mixed.append(next)
          break
        }
      }
    }
    return mixed
  }

  /// FNV-1a, and a final mix so that the first bits are as good as the last.
  static func hash(_ text: String, seed: UInt64 = 0) -> UInt64 {
    var hash = 0xcbf2_9ce4_8422_2325 ^ (seed &* 0x9e37_79b9_7f4a_7c15)
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ hash >> 31) &* 0xbf58_476d_1ce4_e5b9
    return hash ^ hash >> 29
  }

  /// `text` with `faults` planted in it, each of which stands in one line.
  static func plant(_ faults: [Fault], in text: String) -> String {
    var characters = Array(text)
    for fault in faults.sorted(by: { $0.candidate.range.lowerBound > $1.candidate.range.lowerBound }) {
      let edit = fault.candidate.edit.replacing("faultIsOn(#)", with: "faultIsOn(\(fault.number))")
      characters.replaceSubrange(fault.candidate.range, with: edit)
    }
    return String(characters)
  }
}
