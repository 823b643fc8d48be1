import Foundation
import Programs

/// A program as it was when it was linked, open to be run any number of times. Nobody can change it: on Linux it has no name
/// and is sealed, so it runs wherever temporary files lie, even where programs may not.
final class ProgramImage: Sendable {
  let descriptor: Int32
  #if !os(Linux)
    /// There a program is run by its name alone, so it keeps one.
    private let file: URL
  #endif

  /// Takes the program away from its `file`, whose folder may be removed afterwards; not the folder around that one.
  ///
  /// - Throws: ``Failure`` with exit code 71 if the system refuses.
  init(_ file: URL) throws(Failure) {
    let source = open(file.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard source >= 0 else { throw ProgramImage.failure("open", file) }
    #if os(Linux)
      defer { close(source) }
      descriptor = try ProgramImage.sealedCopy(of: source, file)
    #else
      let kept = file.deletingLastPathComponent().appendingPathExtension("program")
      guard rename(file.path, kept.path) == 0 else {
        defer { close(source) }
        throw ProgramImage.failure("move", file)
      }
      (descriptor, self.file) = (source, kept)
    #endif
  }

  deinit {
    close(descriptor)
    #if !os(Linux)
      unlink(file.path)
    #endif
  }

  private static func failure(_ deed: String, _ file: URL) -> Failure {
    Failure("cannot \(deed) the program \(file.path): \(String(cString: strerror(errno)))", code: .cannotMark)
  }

  #if os(Linux)
    private static func sealedCopy(of source: Int32, _ file: URL) throws(Failure) -> Int32 {
      // MFD_CLOEXEC, MFD_ALLOW_SEALING, MFD_EXEC; systems before 6.3 do not know the last. F_ADD_SEALS: against shrinking,
      // growing, writing and other seals. Swift imports none of these.
      let (closing, sealing, executable): (UInt32, UInt32, UInt32) = (1, 2, 16)
      let (addSeals, allSeals): (Int32, Int32) = (1033, 15)
      guard let function = dlsym(nil, "memfd_create") else { throw failure("copy", file) }
      let create = unsafeBitCast(function, to: (@convention(c) (UnsafePointer<CChar>, UInt32) -> Int32).self)
      var copy = create("answers", closing | sealing | executable)
      if copy < 0 { copy = create("answers", closing | sealing) }
      guard copy >= 0 else { throw failure("copy", file) }
      do throws(Failure) {
        var information = stat()
        guard fstat(source, &information) == 0 else { throw failure("copy", file) }
        var position: off_t = 0
        while position < information.st_size {
          let count = sendfile(copy, source, &position, Int(information.st_size - position))
          guard count > 0 || (count < 0 && errno == EINTR) else { throw failure("copy", file) }
        }
        guard fchmod(copy, 0o555) == 0, fcntl(copy, addSeals, allSeals) == 0 else { throw failure("seal", file) }
      } catch {
        close(copy)
        throw error
      }
      return copy
    }
  #endif
}
