import Exercises
import Grading
import Testing

@Suite("Every examination, from both sides")
struct TrialTests {
  static let seeds: ClosedRange<UInt64> = 1...5

  @Test func `there is an examination and a trial for each exercise, and none besides`() {
    let exercises = Exercise.all.map(\.function)
    let (examined, tried) = (Examination.all.map(\.function), Trial.all.map(\.function))
    let missing = exercises.filter { !examined.contains($0) }
    #expect(missing.isEmpty, "add the lesson's examinations to Examination.all")
    let untried = exercises.filter { !tried.contains($0) }
    #expect(untried.isEmpty, "add the lesson's trials to Trial.all")
    #expect(examined.count == exercises.count && tried.count == exercises.count)
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
