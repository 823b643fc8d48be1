import Foundation

/// A copy of the package in which all faults are planted.
///
/// While it is built its sources have the faults; while it runs they are as committed, because lessons and tests read them.
/// The others wait beside it under the same paths, and are moved, not written, so that nothing is built without need.
struct PlantedTree {
  static let addedFile = "PlantedFault.swift"

  /// The lessons that are built and asked. All fifteen would take twice as long; these use most of the modules between them.
  let lessons: [String]
  private static let lessons = [
    "01-svd-theorem", "04-sparse-prior", "05-denoising-vector-field", "07-variational-kl", "10-manifolds",
    "14-denoising-to-diffusion",
  ]

  let package: Disk
  /// Where everything lies that this command leaves.
  let place: Disk
  var tree: Disk { Disk(root: place.url("tree")) }
  var products: URL { tree.url(".build/debug") }
  /// Those drawn; some may not compile.
  let drawn: [Fault]
  /// The files of the package, without those of this command.
  private let files: [String]

  init(package: URL, place: URL, count: Int, seed: UInt64, asksLessons: Bool) throws {
    lessons = asksLessons ? Self.lessons : []
    self.package = Disk(root: package)
    self.place = Disk(root: place)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let list = place.appending(path: "files")
    let git = try Run("/usr/bin/env", ["git", "ls-files", "-co", "--exclude-standard"], in: package, output: list)
    guard git.end == .exited(0) else { throw Failure("git does not list the files of \(package.path): \(git.output)") }
    let disk = self.package
    files = git.output.split(separator: "\n").map(String.init).filter { !$0.hasPrefix(".ci/") && disk.exists($0) }
    var sources: [String: String] = [:]
    for file in files where Self.canHoldFaults(file) { sources[file] = disk.text(file) }
    drawn = Fault.draw(count, seed: seed, from: sources)
  }

  /// Lessons' scripts are what students read and turn, and their exercises are stubs.
  private static func canHoldFaults(_ file: String) -> Bool {
    let name = file.split(separator: "/").last ?? ""
    guard name.hasSuffix(".swift") else { return false }
    return file.hasPrefix("Sources/")
      || lessons.contains { file.hasPrefix("lessons/\($0)/") } && name != "main.swift" && !name.hasPrefix("Exercises")
  }

  private static let rejected = "uncompilable.tsv"

  /// Those that compile, as far as that is known.
  var faults: [Fault] {
    let rejected = Set(place.lines(Self.rejected))
    return drawn.filter { !rejected.contains($0.key) }
  }

  /// Brings the copy up to date and builds it; what does not compile is left out, and it is built again.
  func build() throws {
    show(planted: true)
    while true {
      try write()
      say("building \(faults.count) faults …")
      let run = try Run(
        "/usr/bin/env", ["swift", "build", "--build-tests", "-j", "2"], in: tree.root, output: place.url("build.txt"))
      if run.end == .exited(0) { break }
      let broken = faultsNamed(in: run.output)
      guard !broken.isEmpty else { throw Failure("the copy does not build: see \(place.url("build.txt").path)") }
      for fault in broken {
        say("does not compile: \(fault.place): \(fault.candidate.faulty)")
        try place.append(fault.key, to: Self.rejected)
      }
    }
    // Of an earlier run other files may wait there.
    place.remove("plain")
    for file in Set(drawn.map(\.file)) { try place.write(package.text(file) ?? "", to: "plain/\(file)") }
    show(planted: false)
  }

  private func write() throws {
    let planted = Dictionary(grouping: faults, by: \.file)
    let folders = Set(drawn.map { Self.folder(of: $0.file) })
    var expected = Set(files)
    for file in files {
      var text: String?
      if let faults = planted[file] { text = Fault.plant(faults, in: package.text(file) ?? "") }
      if file == "Package.swift" { text = withFewerLessons(package.text(file) ?? "") }
      for environment in Switch.environments where environment.file == file {
        let old = text ?? package.text(file) ?? ""
        guard old.contains(environment.line) else {
          throw Failure("\(file) has no longer the line '\(environment.line)': see Switch.swift")
        }
        text = old.replacing(environment.line, with: environment.lineWithFault)
      }
      try tree.write(text.map { Data($0.utf8) } ?? Data(contentsOf: package.url(file)), to: file)
    }
    for folder in folders {
      let file = "\(folder)/\(Self.addedFile)"
      expected.insert(file)
      try tree.write(Switch.source(count: drawn.count, isScript: folder.hasPrefix("lessons/")), to: file)
    }
    for file in tree.files(below: "") where !expected.contains(file) {
      tree.remove(file)
    }
  }

  /// `manifest` without the other lessons in its table, and without the tests that want all of them.
  private func withFewerLessons(_ manifest: String) -> String {
    // An empty table would have no type.
    manifest.replacing("let lessons = [", with: "let lessons: [String] = [").split(
      separator: "\n", omittingEmptySubsequences: false
    ).filter { line in
      line.firstMatch(of: /^  "(\d\d-[^"]+)",$/).map { lessons.contains(String($0.1)) } ?? true
    }.joined(separator: "\n") + #"package.targets.removeAll { ["LessonTests", "specimen"].contains($0.name) }"# + "\n"
  }

  private static func folder(of file: String) -> String { file.split(separator: "/").prefix(2).joined(separator: "/") }

  /// The faults in the lines that errors of the compiler name.
  private func faultsNamed(in output: String) -> [Fault] {
    let lines = output.matches(of: #/(?m)^(/[^:\n]+\.swift):(\d+):\d+: error: /#).map { match in
      let path = URL(filePath: String(match.1)).standardizedFileURL.path
      return "\(path.dropFirst(tree.root.standardizedFileURL.path.count + 1)):\(match.2)"
    }
    let named = Set(lines)
    return faults.filter { named.contains($0.place) }
  }

  /// Puts the sources with faults in their places, or those as committed.
  private func show(planted: Bool) {
    let (shown, hidden) = planted ? ("planted", "plain") : ("plain", "planted")
    if !planted {
      for folder in Set(drawn.map { Self.folder(of: $0.file) }) { move("tree/\(folder)/\(Self.addedFile)", "planted") }
    }
    for file in place.files(below: shown) {
      move("tree/\(file)", hidden)
      let target = place.url("tree/\(file)")
      try? FileManager.default.moveItem(at: place.url("\(shown)/\(file)"), to: target)
    }
  }

  /// Moves a file of the tree to the same path below `folder`.
  private func move(_ path: String, _ folder: String) {
    let target = place.url("\(folder)/\(path.dropFirst("tree/".count))")
    try? FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    guard FileManager.default.fileExists(atPath: place.url(path).path) else { return }
    try? FileManager.default.removeItem(at: target)
    try? FileManager.default.moveItem(at: place.url(path), to: target)
  }
}

/// What stops this command.
struct Failure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
