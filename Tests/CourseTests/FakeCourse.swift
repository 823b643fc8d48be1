import Foundation
import Programs
import Testing

@testable import course

/// A package whose lessons are shell scripts, deleted with its last reference.
final class FakeCourse {
  let package: URL
  var outputs: URL { package.appending(path: "Outputs") }
  private var programs: URL { package.appending(path: "programs") }

  init(_ lessons: [String: String] = [:]) throws {
    package = FileManager.default.temporaryDirectory.appending(path: "course-\(UUID().uuidString)")
    for folder in ["lessons", "programs"] {
      try FileManager.default.createDirectory(
        at: package.appending(path: folder), withIntermediateDirectories: true)
    }
    for (name, script) in lessons { try add(name, script) }
  }

  deinit { try? FileManager.default.removeItem(at: package) }

  /// Adds the lesson `name`, whose program is `script`, run by `shell`.
  func add(_ name: String, _ script: String, shell: String = "/bin/sh") throws {
    try FileManager.default.createDirectory(
      at: package.appending(path: "lessons/\(name)"), withIntermediateDirectories: true)
    // Not by Foundation: a process that another test starts meanwhile would inherit the open file, and a file that is
    // open for writing cannot be run.
    let file = open(programs.appending(path: name).path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o755)
    defer { close(file) }
    let bytes = Array("#!\(shell)\n\(script)\n".utf8)
    #expect(write(file, bytes, bytes.count) == bytes.count)
  }

  func lesson(_ name: String) -> LessonProgram {
    LessonProgram(name: name, executable: programs.appending(path: name))
  }

  var index: String? { try? String(contentsOf: outputs.appending(path: "README.md"), encoding: .utf8) }

  /// What a script left in the file `name` of the package.
  func note(_ name: String) -> String? { try? String(contentsOf: package.appending(path: name), encoding: .utf8) }
}

extension FakeCourse {
  /// Runs `course` with `arguments` in a process of its own, expects it to end with `code`, and returns the lines
  /// that it wrote. Unless `isRead`, its standard output is a pipe that nobody reads.
  func run(
    _ arguments: [String] = [], isRead: Bool = true, expecting code: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async -> (output: [Substring], errors: [Substring]) {
    // Read from files: what the test library observes of a stream carries marks of its own.
    await #expect(processExitsWith: .exitCode(code), sourceLocation: sourceLocation) {
      [path = package.path as String, arguments = arguments as [String], isRead = isRead as Bool] in
      for (name, stream) in [("stdout", STDOUT_FILENO), ("stderr", STDERR_FILENO)] {
        let file = open("\(path)/\(name)", O_CREAT | O_TRUNC | O_WRONLY, 0o644)
        dup2(file, stream)
        close(file)
      }
      if !isRead {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        dup2(ends[1], STDOUT_FILENO)
        close(ends[0])
        close(ends[1])
      }
      let package = URL(filePath: path, directoryHint: .isDirectory)
      exit(Course(package: package, programs: package.appending(path: "programs")).run(arguments))
    }
    func lines(_ name: String) -> [Substring] { note(name)?.split(separator: "\n") ?? [] }
    // A build without fused multiply-add says so first.
    let notice = Instructions.slowness.map { "course: \($0)" }
    return (lines("stdout"), lines("stderr").filter { String($0) != notice })
  }
}

/// A script that prints the report of a lesson with one derivation of two lines and one check.
func reporting(
  _ lesson: String, title: String = "Title", passed: Bool = true, residual: String = "2.1e-15", then: String = ""
) -> String {
  """
  cat <<'REPORT'
  \(report(lesson, title: title, passed: passed, residual: residual))
  REPORT
  \(then)
  """
}

func report(
  _ lesson: String, title: String = "Title", passed: Bool = true, residual: String = "2.1e-15", picture: String? = nil
) -> String {
  #"""
  {"lesson":"\#(lesson)","title":"\#(title)","summary":"What \#(lesson) shows.","seed":1,"knobs":{},
  "derivations":[{"title":"Proof","steps":[{"tex":"a","proved":true,"value":1,"tolerance":1e-12,"passed":true},
  {"tex":"= b","reason":"by definition","proved":true,"value":{"rows":1,"columns":1,"norm":1},"residual":\#(residual),"tolerance":1,"passed":true}]}],
  "checks":[{"claim":"error is small","value":3,"relation":"<","bound":\#(passed ? 4 : 2),"statement":"3 < \#(passed ? 4 : 2)","passed":\#(passed)}],
  "tables":[{"caption":"Squares","columns":["n","n²"],"rows":[[2,4],["all",5.5]]}],"undrawn":[],
  "picture":\#(picture.map { "\"\($0)\"" } ?? "null"),"minutes":20,"minutesInDepth":35,
  "figures":[{"name":"scree","file":"scree.svg","title":"Scree","alt":"σ falls \"fast\" & < 3"},
  {"name":"map","file":"map.svg","title":"Map","alt":"a | b"}],
  "files":["\#(lesson)/scree.svg","\#(lesson)/README.md"],"passed":\#(passed)}
  """#
}
