import Foundation
import Programs

/// What every mark of a run needs: a toolchain, the confinement that the system has, and a folder for what is made.
final class Workshop: Sendable {
  let toolchain: Toolchain
  let confinement: Confinement
  /// The program that takes rights away and becomes another one.
  let confine: URL
  let folder: URL
  /// Where the compiler keeps what it makes of the system's headers. Its own place for that is below a home that not every
  /// user has.
  let moduleCache: URL
  let programs = ProgramCache()

  /// - Throws: ``Failure`` if nothing can be compiled or run here at all.
  init(products: URL, confinement: Confinement?) throws(Failure) {
    toolchain = try Toolchain(products: products)
    confine = products.appending(path: "confine")
    if let confinement {
      self.confinement = confinement
    } else {
      self.confinement = try Confinement(asking: confine)
    }
    folder = FileManager.default.temporaryDirectory.appending(path: "answers-\(UUID().uuidString)")
    // Kept from run to run where this user may write: it takes seconds to make.
    let kept = toolchain.moduleCache
    moduleCache = access(kept.path, W_OK | X_OK) == 0 ? kept : folder.appending(path: "modules")
    do {
      try Holdings.makeFolder(folder)
    } catch {
      throw Failure(
        "cannot make the folder \(folder.path) to compile in; name another place with TMPDIR", code: .cannotMark)
    }
  }

  deinit { Holdings.removeFolder(folder) }

  /// A folder for one file's program.
  ///
  /// - Throws: ``Failure`` with exit code 71.
  func makeFolder() throws(Failure) -> URL {
    let place = folder.appending(path: UUID().uuidString)
    guard mkdir(place.path, 0o700) == 0 else {
      throw Failure(
        "cannot make the folder \(place.path): \(String(cString: strerror(errno)))", code: .cannotMark)
    }
    return place
  }
}
