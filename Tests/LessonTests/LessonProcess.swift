import Foundation
import Programs

/// A lesson run as a student runs it: a process with its own arguments, streams and exit code.
struct LessonProcess {
  let status: Int32
  let output: String
  let errors: String

  /// Runs the executable `name` that stands beside the test bundle, and waits for its end.
  init(_ name: String, _ arguments: [String], environment: [String: String] = [:]) throws {
    let process = try ChildProcess(
      LessonProcess.products.appendingPathComponent(name), arguments,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 })
    let said = process.drainToEnd()
    status =
      switch process.reap() {
      case .exited(let code): code
      case .signalled(let signal): -signal
      }
    output = String(decoding: said.output, as: UTF8.self)
    errors = String(decoding: said.errors, as: UTF8.self)
  }

  /// Where SwiftPM puts what it builds: the folder of this test bundle.
  static let products: URL = {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return Bundle.main.bundleURL
  }()

  /// Whether tests that take minutes were asked for.
  static let runsSlowTests = ProcessInfo.processInfo.environment["COURSE_SLOW_TESTS"] == "1"

  /// The root of the package.
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The lessons: the folders `lessons/NN-slug`.
  static let lessons: [String] = {
    let folder = package.appendingPathComponent("lessons").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.first?.isNumber == true }.sorted()
  }()
}

/// Temporary places that tests write to; they are removed when the tests' process ends.
enum Scratch {
  private static let root: URL = {
    atexit { try? FileManager.default.removeItem(at: Scratch.root) }
    return FileManager.default.temporaryDirectory.appendingPathComponent("lesson-tests-\(UUID().uuidString)")
  }()

  static func folder() throws -> URL {
    let url = root.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  static func file() throws -> URL {
    let url = try folder().appendingPathComponent("stream")
    try Data().write(to: url)
    return url
  }

  /// The files below `folder`, path against content.
  static func contents(of folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let url = folder.appendingPathComponent(name)
      var isDirectory: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory)
      if !isDirectory.boolValue { files[name] = try Data(contentsOf: url) }
    }
    return files
  }
}
