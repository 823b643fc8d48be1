import Foundation
import Programs
import Testing

/// Files that are put in place together, and what interrupted programs leave of them.
@Suite("Replacing files") final class ReplacementTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "replacement-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  private func place(_ name: String) -> URL { folder.appending(path: name) }
  private func make(_ name: String) throws { try Data("old".utf8).write(to: place(name)) }
  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  @Test func `where one file cannot be put, none is`() throws {
    try make("a")
    try FileManager.default.createDirectory(at: place("b"), withIntermediateDirectories: true)
    var replacement = Replacement()
    try replacement.stage("new", for: place("a"))
    let failure = #expect(throws: Failure.self) { try replacement.stage("new", for: self.place("b")) }
    #expect(failure?.exitCode == 73)
    #expect(failure?.message.contains("\(place("b").path): a folder of this name lies there") == true)
    #expect(try names == ["a", "b"] && String(contentsOf: place("a"), encoding: .utf8) == "old")
    #expect(throws: Failure.self) { try Replacement.checkPlace(of: self.place("b")) }
    try Replacement.checkPlace(of: place("a"))
    try Replacement.checkPlace(of: place("none"))
  }

  @Test func `what killed programs have left of these files goes, and nothing else`() throws {
    // No process has the number of these: they end far below it.
    let dead = 2_147_483_647
    let others = [".b.\(dead)", "a.\(dead)", ".a.x", ".a.\(getppid())", ".a"].sorted()
    for name in others + [".a.\(dead)", ".room.\(dead)"] { try make(name) }
    var replacement = Replacement()
    try replacement.stage("new", for: place("a"))
    try replacement.commit()
    try Replacement.checkRoom(in: folder)
    #expect(try names == (others + ["a"]).sorted())
    Replacement.removeAbandoned(in: folder)
    #expect(try names == (others + ["a"]).filter { $0 != ".b.\(dead)" }.sorted())
  }

  /// In a container a program may have the same number each time.
  @Test func `what a killed program of the same number has left is in nobody's way`() throws {
    for name in [".room.\(getpid())", ".a.\(getpid())"] { try make(name) }
    try Replacement.checkRoom(in: folder)
    var replacement = Replacement()
    try replacement.stage("new", for: place("a"))
    try replacement.commit()
    #expect(try names == ["a"] && String(contentsOf: place("a"), encoding: .utf8) == "new")
  }

  @Test func `a secret is never anybody else's to read`() throws {
    var replacement = Replacement()
    try replacement.stage("secret", for: place("a"), isSecret: true)
    let modes = try FileManager.default.attributesOfItem(atPath: place(".a.\(getpid())").path)
    #expect(modes[.posixPermissions] as? Int == 0o600)
    try replacement.commit()
  }
}
