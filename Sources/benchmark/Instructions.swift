import Programs

extension Instructions {
  /// The instructions that the peers are held to, `nil` if they may use whatever the processor has.
  ///
  /// Python's libraries choose by the processor when they start, so they would have twice the width of a course that was
  /// built for AVX2.
  ///
  /// - Throws: ``Failure`` with exit code 64 for other builds that leave instructions of the processor unused.
  static func limitOfPeers(program: String = ofProgram, processor: String = ofProcessor) throws(Failure) -> String? {
    if program == processor { return nil }
    guard program == "AVX2" else {
      throw Failure(
        """
        built for \(program) while the processor has \(processor), which the peers would use; to compare, build without \
        COURSE_MARCH or with COURSE_MARCH=x86-64-v3
        """, code: .usage)
    }
    return program
  }
}
