import Foundation
import Programs

extension Submission {
  /// What the questions for this submission are drawn with: another number for each attempt of each student, that nobody
  /// can compute without the secret. Reports may give figures away then, because nobody is asked with them again.
  ///
  /// - Parameters:
  ///   - secret: what the students do not know.
  ///   - attempt: what tells one attempt from another, besides the files: the student's name, a number, a time.
  public func seed(secret: String, attempt: String) -> UInt64 {
    var message: [UInt8] = []
    func add(_ bytes: some Collection<UInt8>) {
      // With its length, so that no two lists of parts are one text.
      message.append(contentsOf: withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { Array($0) })
      message.append(contentsOf: bytes)
    }
    add(secret.utf8)
    add(attempt.utf8)
    for (lesson, file) in files.sorted(by: { $0.key < $1.key }) {
      add("\(lesson)".utf8)
      // A longer file is not marked.
      let handle = try? FileHandle(forReadingFrom: file)
      add((try? handle?.read(upToCount: 1 << 20)) ?? Data())
    }
    return Digest.sha256(message)[..<8].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// What Gradescope says of this attempt, in the file `submission_metadata.json` beside the folder: its number and its time;
  /// an empty text where there is none.
  public static func gradescopeAttempt(of folder: URL) -> String {
    struct Metadata: Decodable { let id: Int, created_at: String }
    let file = folder.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "submission_metadata.json")
    guard let data = try? Data(contentsOf: file), let metadata = try? JSONDecoder().decode(Metadata.self, from: data)
    else { return "" }
    return "\(metadata.id) \(metadata.created_at)"
  }
}
