import Foundation
import Programs

/// A folder with a folder, or a zip file, for each student.
struct ClassFolder {
  struct Student {
    let name: String
    /// Where the answers lie.
    let folder: URL
    /// Why there are none.
    var refusal: Failure?
  }

  let students: [Student]

  /// - Parameter unpacked: where zip files are unpacked to; `nil` leaves them alone.
  /// - Throws: ``Failure`` with exit code 66 if there is nobody, with 71 if nothing can be unpacked here.
  init(_ folder: URL, unpackingTo unpacked: URL?) throws(Failure) {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    guard let names else { throw Failure("there is no folder \(folder.relativePath)", code: .inputMissing) }
    if unpacked != nil { try ClassFolder.checkUnzip() }
    let hasFolder = Set(names)
    students = names.sorted().filter { !$0.hasPrefix(".") }.compactMap { name in
      let url = folder.appending(path: name)
      var information = stat()
      guard lstat(url.path, &information) == 0 else { return nil }
      switch information.st_mode & S_IFMT {
      case S_IFLNK:
        let refusal = Failure("\(name) is a link; put the folder itself here", code: .badData)
        return Student(name: name, folder: url, refusal: refusal)
      case S_IFDIR:
        let zips = ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).filter {
          $0.hasSuffix(".zip")
        }
        guard let unpacked, !zips.isEmpty else { return Student(name: name, folder: url) }
        return ClassFolder.unpack(zips.sorted().map { url.appending(path: $0) }, of: name, to: unpacked)
      case S_IFREG where name.hasSuffix(".zip"):
        let student = String(name.dropLast(4))
        guard let unpacked, !hasFolder.contains(student) else { return nil }
        return ClassFolder.unpack([url], of: student, to: unpacked)
      default: return nil
      }
    }
    guard !students.isEmpty else {
      throw Failure(
        "no folder of a student in \(folder.relativePath)\(unpacked == nil ? "; --unpack takes zip files too" : "")",
        code: .inputMissing)
    }
  }

  /// A name for a student's files: the student's own, unless a file could not be called so.
  static func fileName(of name: String) -> String {
    let isPlain = name.utf8.count <= 200 && String(name.printable) == name && !name.hasPrefix(".")
    // FNV-1a, so that different names stay different.
    let digest = name.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return isPlain ? name : "student-\(String(digest, radix: 16))"
  }

  /// Unpacks the answers, and nothing else, of `zips`: of each at most 200 files of at most 2 MiB, into a folder of its own.
  /// (Into one, a link of the first would lead the second elsewhere.)
  private static func unpack(_ zips: [URL], of name: String, to unpacked: URL) -> Student {
    let place = unpacked.appending(path: fileName(of: name), directoryHint: .isDirectory)
    var student = Student(name: name, folder: place)
    try? FileManager.default.removeItem(at: place)
    // A password is given so that nobody is asked for one. Exit code 1: with a warning; 11: there is no such file in it.
    let script = #"""
      ulimit -S -t 20; ulimit -H -t 60; ulimit -f 4096
      folder=0
      for zip in "$@"; do
        test -f "$zip" && test ! -L "$zip" || exit 2
        test -r "$zip" || exit 50
        test "$(unzip -Z1 "$zip" 2>/dev/null | grep -c 'xercise.*\.swift')" -le 200 || exit 100
        folder=$((folder + 1)); mkdir "$0/$folder" || exit 50
        unzip -P none -q -o "$zip" '*xercise*.swift*' -d "$0/$folder"
        code=$?
        test $code -le 1 || test $code -eq 11 || exit $code
      done
      """#
    do {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
      let process = try ChildProcess(URL(filePath: "/bin/sh"), ["-c", script, place.path] + zips.map(\.path))
      let said = process.drain(keeping: 1 << 12)
      let end = process.reap()
      if end == .exited(0) { return student }
      let reason = String(decoding: said.errors, as: UTF8.self).split(separator: "\n").first ?? "unzip failed"
      student.refusal = refusal(end, "\(reason.printable)")
      // A full disk has more than one code.
      if student.refusal?.isOfMachine == false { try Replacement.checkRoom(in: place) }
    } catch {
      let reason = (error as? Failure)?.message ?? error.localizedDescription
      student.refusal = Failure("the zip file cannot be unpacked: \(reason)", code: .cannotMark)
    }
    return student
  }

  /// Why a zip file was not unpacked whose unpacking ended so: for what is wrong with it, or for what this machine lacks.
  private static func refusal(_ end: ChildProcess.End, _ reason: String) -> Failure {
    switch end {
    case .exited(100): Failure("the zip file holds more than 200 files of exercises", code: .badData)
    // unzip's codes for what is damaged, is no archive, ends too early, or is packed or encrypted in ways that it cannot read;
    // and the shell's for limits that were exceeded.
    case .exited(2), .exited(3), .exited(9), .exited(51), .exited(81), .exited(82), .exited(128 + SIGXCPU),
      .exited(128 + SIGXFSZ):
      Failure("the zip file cannot be unpacked: \(reason)", code: .badData)
    default: Failure("the zip file cannot be unpacked: \(reason)", code: .cannotMark)
    }
  }

  /// - Throws: ``Failure`` with exit code 71 if zip files cannot be unpacked here.
  private static func checkUnzip() throws(Failure) {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
    let programs = path.split(separator: ":").map { "\($0)/unzip" }
    guard programs.contains(where: FileManager.default.isExecutableFile) else {
      throw Failure("no unzip in the folders of PATH; --unpack unpacks zip files with it", code: .cannotMark)
    }
  }
}

extension Failure {
  /// Whether the machine is the cause, and not what was handed in: another run may succeed.
  var isOfMachine: Bool { exitCode == ExitCode.cannotMark.rawValue }
}
