import Foundation
import Programs

/// A folder with a folder, or a zip file, for each student.
struct ClassFolder {
  struct Student {
    let name: String
    /// Where the answers lie.
    let folder: URL
    /// Why there are none.
    var refusal: String?
  }

  let students: [Student]

  /// - Parameter unpacked: where zip files are unpacked to; `nil` leaves them alone.
  /// - Throws: ``Failure`` with exit code 66 if there is nobody.
  init(_ folder: URL, unpackingTo unpacked: URL?) throws(Failure) {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    guard let names else { throw Failure("there is no folder \(folder.relativePath)", code: .inputMissing) }
    let hasFolder = Set(names)
    students = names.sorted().filter { !$0.hasPrefix(".") }.compactMap { name in
      let url = folder.appending(path: name)
      var information = stat()
      guard lstat(url.path, &information) == 0 else { return nil }
      switch information.st_mode & S_IFMT {
      case S_IFLNK: return Student(name: name, folder: url, refusal: "\(name) is a link; put the folder itself here")
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

  /// Unpacks the answers, and nothing else, of `zips`: at most 200 files of at most 2 MiB.
  private static func unpack(_ zips: [URL], of name: String, to unpacked: URL) -> Student {
    let place = unpacked.appending(path: fileName(of: name), directoryHint: .isDirectory)
    var student = Student(name: name, folder: place)
    try? FileManager.default.removeItem(at: place)
    // A password is given so that nobody is asked for one. Exit code 11: there is no such file in it.
    let script = #"""
      ulimit -t 20; ulimit -f 4096
      for zip in "$@"; do
        test -f "$zip" && test ! -L "$zip" || exit 2
        test "$(unzip -Z1 "$zip" 2>/dev/null | grep -c 'xercise.*\.swift')" -le 200 || exit 3
        unzip -P none -q -o "$zip" '*xercise*.swift*' -d "$0"
        code=$?
        test $code -le 1 || test $code -eq 11 || exit 2
      done
      """#
    do {
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let process = try ChildProcess(URL(filePath: "/bin/sh"), ["-c", script, place.path] + zips.map(\.path))
      let said = process.drain(keeping: 1 << 12)
      switch process.reap() {
      case .exited(0): break
      case .exited(3): student.refusal = "the zip file holds more than 200 files of exercises"
      default:
        let reason = String(decoding: said.errors, as: UTF8.self).split(separator: "\n").first ?? "unzip failed"
        student.refusal = "the zip file cannot be unpacked: \(reason.printable)"
      }
    } catch {
      student.refusal = "the zip file cannot be unpacked: \(error)"
    }
    return student
  }
}
