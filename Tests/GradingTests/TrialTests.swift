import Exercises
import Grading
import Testing

@Suite("Every examination, from both sides")
struct TrialTests {
  static let seeds: ClosedRange<UInt64> = 1...5

  @Test func `there is an examination and a trial for each exercise, and none besides`() {
    let exercises = Exercise.all.map(\.function).sorted()
    #expect(Examination.all.map(\.function).sorted() == exercises)
    #expect(Trial.all.map(\.function).sorted() == exercises)
  }

  @Test(arguments: Trial.all) func `the reference gets full marks, whatever is drawn`(trial: Trial) throws {
    let examination = try #require(Examination.all.first { $0.function == trial.function })
    for seed in Self.seeds {
      #expect(examination.verdict(on: Student(trial.reference), seed: seed) == .passed)
    }
  }

  @Test(arguments: Trial.all) func `every plausible mistake is found, whatever is drawn`(trial: Trial) throws {
    let examination = try #require(Examination.all.first { $0.function == trial.function })
    #expect(trial.mistakes.count >= 4)
    for (mistake, answer) in trial.mistakes {
      for seed in Self.seeds {
        guard case .wrong = examination.verdict(on: Student(answer), seed: seed) else {
          Issue.record("\(trial.function): not found with seed \(seed): \(mistake)")
          continue
        }
      }
    }
  }
}

extension Trial: CustomTestStringConvertible {
  var testDescription: String { function }
}
