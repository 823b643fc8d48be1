import LinearAlgebra
import Testing

@testable import Notebook

@Suite struct DerivationTests {
  private func derivation(_ lines: (inout Proof) -> Void) throws -> Derivation {
    var proof = Proof(tolerance: 1e-12)
    lines(&proof)
    return try Derivation(title: "Title", proof: proof)
  }

  @Test func equalLinesPassAndTheResidualIsRelative() throws {
    let result = try derivation { proof in
      proof.start("a", 1000.0)
      proof.equals("b", because: "so", 1000.5, within: 1e-3)
    }
    #expect(result.passed)
    #expect(abs((result.steps[1].residual ?? 0) - 0.5 / 1000.5) < 1e-15)
    #expect(result.worstResidual == result.steps[1].residual)
  }

  @Test func aWrongLineFails() throws {
    let result = try derivation { proof in
      proof.start("a", 1.0)
      proof.equals("b", because: "so", 1.0 + 1e-11)
    }
    #expect(!result.passed)
  }

  @Test func eachLineIsComparedWithTheOneBeforeIt() throws {
    let result = try derivation { proof in
      proof.start("a", 3.0)
      proof.atLeast("b", because: "so", 2.0)
      proof.equals("c", because: "so", 2.0)
      proof.atMost("d", because: "so", 5.0)
    }
    #expect(result.steps.map(\.passed) == [true, true, true, true])
    #expect(result.steps.map(\.residual) == [nil, 0, 0, 0])
  }

  @Test func aViolatedInequalityFailsInBothDirections() throws {
    for (first, second, least) in [(1.0, 2.0, true), (2.0, 1.0, false)] {
      let result = try derivation { proof in
        proof.start("a", first)
        if least { proof.atLeast("b", because: "so", second) } else { proof.atMost("b", because: "so", second) }
      }
      #expect(result.steps[1].residual == 0.5)
      #expect(!result.passed)
    }
  }

  @Test func matricesAreComparedByFrobeniusNormAndShapesMustAgree() throws {
    let A: Matrix<Double> = [[3, 0], [0, 4]]
    let near = try derivation { proof in
      proof.start("A", A)
      proof.equals("B", because: "so", A + [[0, 5e-13], [0, 0]])
    }
    #expect(near.passed)
    #expect(abs(near.worstResidual - 1e-13) < 1e-16)
    let other = try derivation { proof in
      proof.start("A", A)
      proof.equals("C", because: "so", Matrix<Double>(rows: 2, columns: 3))
    }
    #expect(!other.passed)
    #expect(other.worstResidual.isNaN)
  }

  @Test func aNaNFailsAndStaysTheWorstResidual() throws {
    let result = try derivation { proof in
      proof.start("a", Double.nan)
      proof.equals("b", because: "so", Double.nan)
      proof.equals("c", because: "so", 1.0)
      proof.equals("d", because: "so", 1.0)
    }
    #expect(!result.passed)
    #expect(result.worstResidual.isNaN)
  }

  @Test func nothingFollowedByNaNIsNotProved() throws {
    let nothing = Matrix<Double>(rows: 2, columns: 2)
    let results = [
      try derivation { proof in
        proof.start("a", 0.0)
        proof.equals("b", because: "so", Double.nan)
      },
      try derivation { proof in
        proof.start("a", 0.0)
        proof.atLeast("b", because: "so", Double.nan)
      },
      try derivation { proof in
        proof.start("a", 0.0)
        proof.atMost("b", because: "so", Double.nan)
      },
      try derivation { proof in
        proof.start("A", nothing)
        proof.equals("B", because: "so", nothing.map { _ in Double.nan })
      },
      try derivation { proof in
        proof.start("x", [0.0, 0.0])
        proof.equals("y", because: "so", [0.0, Double.nan])
      },
    ]
    #expect(results.allSatisfy { !$0.passed && $0.worstResidual.isNaN })
  }

  @Test func cancellationIsMeasuredAgainstTheTermsThatCancel() throws {
    let result = try derivation { proof in
      proof.start("a", 1e-10)
      proof.equals("b - c", because: "so", 1.1e-10, scale: 1000)
    }
    #expect(result.passed)
  }

  @Test func theTermsThatCancelCountInInequalitiesToo() throws {
    let result = try derivation { proof in
      proof.start("a", 1e-10)
      proof.atLeast("b - c", because: "so", 1.1e-10, scale: 1000)
      proof.atMost("d - e", because: "so", 1e-10, scale: 1000)
    }
    #expect(result.passed)
    // 1e-11 over 1000.
    for step in result.steps.dropFirst() { #expect(abs((step.residual ?? 1) - 1e-14) < 1e-18) }
  }

  @Test func nothingHoldsOfInfiniteValues() throws {
    let result = try derivation { proof in
      proof.start("a", Double.infinity)
      proof.atLeast("b", because: "so", 1.0)
      proof.atMost("c", because: "so", Double.infinity)
    }
    #expect(result.steps.map(\.passed) == [true, false, false])
  }

  @Test func listsOfTwoLengthsAreNotEqual() throws {
    let result = try derivation { proof in
      proof.start("a", [1.0, 2.0])
      proof.equals("b", because: "so", [1.0, 2.0, 3.0])
      proof.equals("c", because: "so", [1.0, 2.0, 3.0])
    }
    #expect(result.steps.map(\.passed) == [true, false, true])
  }

  @Test func anUnknownFormulaThrows() {
    #expect(throws: TeXError.self) {
      try derivation { proof in
        proof.start("a", 1.0)
        proof.equals(#"\nosuch"#, because: "so", 1.0)
      }
    }
  }
}

@Suite struct CheckTests {
  @Test func boundsAreStrictWhereTheyAreSaidToBe() throws {
    let claim = try Prose.Inline("claim")
    let expected: [(Double, Relation, Bool)] = [
      (1, .below, false), (0.9, .below, true), (1, .atMost, true), (1.1, .atMost, false),
      (1, .above, false), (1.1, .above, true), (1, .atLeast, true), (0.9, .atLeast, false),
      (.nan, .below, false), (.nan, .atMost, false), (.nan, .above, false), (.nan, .atLeast, false),
    ]
    for (value, relation, passed) in expected {
      #expect(Check(claim: claim, value: value, relation: relation, bound: 1).passed == passed)
    }
  }

  @Test func ofSeveralValuesTheWorstIsShown() throws {
    let check = Check(
      claim: try Prose.Inline("claim"), values: [1, 2, 3], equal: [1, 2.2, 3.1], within: 0.05, scale: 0)
    #expect(check.value == 2)
    #expect(check.bound == 2.2)
    #expect(!check.passed)
    #expect(check.statement == "2, which is not 2.2: deviation 0.091, allowed 0.05")
  }

  @Test func aStrictInequalityIsShownWithTheDigitsThatMakeItTrue() throws {
    let expected: [(Double, Relation, String)] = [
      (0.49999999, .below, "0.49999999 < 0.5"), (0.50000001, .above, "0.50000001 > 0.5"),
      (0.49999999, .atMost, "0.5000 ≤ 0.5"), (0.50000001, .below, "0.50000001, which is not < 0.5"),
    ]
    for (value, relation, statement) in expected {
      let check = Check(claim: try Prose.Inline("claim"), value: value, relation: relation, bound: 0.5)
      #expect(check.statement == statement)
    }
  }

  @Test func theStatementSaysWhatMatters() throws {
    func statement(_ values: [Double], _ expected: [Double], within tolerance: Double) throws -> String {
      Check(claim: try Prose.Inline("claim"), values: values, equal: expected, within: tolerance, scale: 1).statement
    }
    #expect(try statement([0], [0], within: 1e-12) == "exactly 0, allowed 1e−12")
    #expect(try statement([5], [5], within: 0) == "5 = 5 to the last bit")
    #expect(try statement([1, 2], [1, 2], within: 1e-12) == "2 values, all to the last bit, allowed 1e−12")
    #expect(try statement([1, 2], [1, 2.5], within: 0.5) == "2 values, at worst to 0.2, allowed 0.5")
    #expect(try statement([2], [2.5], within: 0.5) == "2 = 2.5 to 0.2, allowed 0.5")
  }

  @Test func aNaNAmongTheValuesFails() throws {
    for values in [[Double.nan, 1], [1, .nan]] {
      let check = Check(claim: try Prose.Inline("claim"), values: values, equal: [1, 1], within: 1, scale: 0)
      #expect(!check.passed)
      #expect(check.value.isNaN)
    }
  }
}
