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
  /// Where all compile, at the same time, or one alone if it waits for the others: behind a barrier.
  let compilations = DispatchQueue(label: "compilations", attributes: .concurrent)
  /// How many bytes have to be free where it is compiled for what does not compile to be the answer's fault: several times
  /// as many as it takes.
  private let room: Int

  /// - Throws: ``Failure`` if nothing can be compiled or run here at all.
  init(products: URL, confinement: Confinement?, room: Int = 64 << 20) throws(Failure) {
    self.room = room
    toolchain = try Toolchain(products: products)
    confine = products.appending(path: "confine")
    if let confinement {
      self.confinement = confinement
    } else {
      self.confinement = try Confinement(asking: confine)
    }
    let place = FileManager.default.temporaryDirectory
    Workshop.removeAbandoned(in: place)
    folder = place.appending(path: Workshop.name + UUID().uuidString)
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

  private static let name = "answers-"

  /// Removes the folders of programs that were killed: those of this user in which nothing was made for a day.
  private static func removeAbandoned(in place: URL) {
    let files = FileManager.default
    for entry in (try? files.contentsOfDirectory(atPath: place.path)) ?? []
    where entry.hasPrefix(name) && UUID(uuidString: String(entry.dropFirst(name.count))) != nil {
      let folder = place.appending(path: entry)
      guard let attributes = try? files.attributesOfItem(atPath: folder.path),
        (attributes[.ownerAccountID] as? NSNumber)?.uint32Value == geteuid(),
        let made = attributes[.modificationDate] as? Date, made < Date(timeIntervalSinceNow: -86_400)
      else { continue }
      try? files.removeItem(at: folder)
    }
  }

  /// - Throws: ``Failure`` with exit code 71 if there may be too little room to compile anything.
  func checkRoom() throws(Failure) {
    let system = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)
    guard let free = (system?[.systemFreeSize] as? NSNumber)?.int64Value, free < room else { return }
    throw Failure(
      "too little room to compile in \(folder.path), \(free >> 20) MiB; make room, or name another place with TMPDIR",
      code: .cannotMark)
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
