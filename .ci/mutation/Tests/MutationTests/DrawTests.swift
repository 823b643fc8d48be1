import Testing

@testable import Mutation

@Suite struct DrawTests {
  private let files = [
    "Sources/A/a.swift": (0..<200).map { "let a\($0) = b * c\($0) + -d\nif e\($0) < f {" }.joined(separator: "\n"),
    "Sources/B/b.swift": (0..<20).map { "let a\($0) = b - c" }.joined(separator: "\n"),
    "lessons/01-x/l.swift": (0..<50).map { "let a\($0) = b - 2" }.joined(separator: "\n"),
  ]

  @Test func `all modules, all kinds, and no line twice`() {
    let faults = Fault.draw(60, seed: 1, from: files)
    #expect(Set(faults.map(\.module)) == ["A", "B", "lessons"])
    #expect(Set(faults.map(\.place)).count == faults.count && Set(faults.map(\.key)).count == faults.count)
    #expect(
      Set(faults.filter { $0.module == "A" }.map(\.candidate.kind)) == [.arithmetic, .comparison, .sign, .condition])
    #expect(faults.map(\.number) == Array(1...faults.count))
    #expect(faults.count { $0.module == "B" } >= 8)
  }

  @Test func `the draw depends on the seed, and on no other file`() {
    let keys = Set(Fault.draw(60, seed: 1, from: files).map(\.key))
    #expect(Set(Fault.draw(60, seed: 1, from: files).map(\.key)) == keys)
    #expect(Set(Fault.draw(60, seed: 2, from: files).map(\.key)) != keys)
    var changed = files
    changed["Sources/B/b.swift"]? += "\n// a word\nlet z = y"
    #expect(Set(Fault.draw(60, seed: 1, from: changed).map(\.key)) == keys)
  }

  @Test func `faults of one file are planted together`() {
    let text = "let a = b - c\nlet d = e - f"
    let faults = Candidates.all(in: text).enumerated().map {
      Fault(number: $0.offset + 1, module: "M", file: "f", candidate: $0.element)
    }
    #expect(
      Fault.plant(faults, in: text)
        == "let a = (faultIsOn(1) ? b + c : b - c)\nlet d = (faultIsOn(2) ? e + f : e - f)")
  }

  @Test func `a list of survivors that is outdated is complained about`() throws {
    let list = "# file, line, fault, reason\nf\ta < b\ta <= b\tthe same\nf\tc\td\tgone\ng\tx\ty\tkilled\n"
    let texts = ["f": "  a < b\n", "g": "x\n"]
    let complaints = try Survivors(list).complaints(killed: ["g\tx\ty"]) { texts[$0] }
    #expect(complaints.count == 2 && complaints[0].contains("'c'") && complaints[1].contains("is killed now"))
    #expect(throws: Failure.self) { try Survivors("f\ta\tb\t\n") }
  }
}
