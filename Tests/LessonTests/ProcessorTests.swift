import Foundation
import Programs
import Testing

#if arch(x86_64)
  /// Programs that are run on another machine than they were built on.
  @Suite struct ProcessorTests {
    static let programs =
      ["benchmark", "confine", "course", "grade", "reconstruct", "specimen"] + LessonProcess.lessons

    /// How it refuses is tried with one program, in CourseTests; this is that every other has the same in it.
    @Test(.disabled(if: Instructions.ofProgram == "SSE", "runs on every processor"), arguments: programs)
    func aProgramRefusesAProcessorThatLacksItsInstructions(program: String) throws {
      let contents = try Data(contentsOf: LessonProcess.products.appending(path: program), options: .mappedIfSafe)
      let hasRefusal = contents.range(of: Data("built for instructions that this processor lacks (%s)".utf8)) != nil
      #expect(hasRefusal)
    }
  }
#endif
