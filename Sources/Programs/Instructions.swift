internal import Processor

/// The instructions that this program was built for, and those of the processor that runs it.
package enum Instructions {
  /// The vector instructions that this program was built for, by name: `AVX2`.
  package static var ofProgram: String { VECTOR_INSTRUCTIONS }
  /// The widest vector instructions that the processor has.
  package static let ofProcessor = String(cString: vectorInstructionsOfProcessor())

  /// Ends a program that this processor cannot run, with a line on standard error. It runs by itself, before `main`; the
  /// compiler leaves it out unless something refers to it.
  package static let refusal: @convention(c) () -> Void = refuseProcessor

  /// Whether the processor has an instruction for a multiply-add of vectors.
  static let processorFuses = processorHasFusedMultiplyAdd() != 0

  /// What to say when `program` begins if it computes far slower than it could, or than elsewhere.
  package static var slowness: String? {
    slowness(built: FUSED_MULTIPLY_ADD != 0, processor: processorFuses)
  }

  /// The same for a program and a processor that have an instruction for a multiply-add, or have none.
  static func slowness(built: Bool, processor: Bool) -> String? {
    if built { return nil }
    return processor
      ? """
      built without the processor's fused multiply-add, so products take many times as long, with the same results; for \
      speed, build without COURSE_MARCH or with COURSE_MARCH=x86-64-v3
      """
      : "this processor has no fused multiply-add, so products take many times as long, with the same results"
  }
}

extension Terminal {
  /// Says on standard error what ``Instructions/slowness`` has to say.
  package static func reportSlowness(of program: String) {
    if let slowness = Instructions.slowness { report(slowness, of: program) }
  }
}
