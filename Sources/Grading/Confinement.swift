import Foundation
import Programs

/// What keeps a student's code from doing anything but answer, as far as this system has it.
public struct Confinement: Sendable {
  /// A part of the confinement that not every system has.
  public enum Layer: String, CaseIterable, Sendable {
    case user, files, calls, memory

    /// What answers can do where it is missing.
    public var absence: String {
      switch self {
      case .user: "answers run as the first user of all, because this process may not become another one"
      case .files: "answers can read every file that the user who marks can read (Linux has Landlock from 5.13 on)"
      case .calls: "answers can write files, start programs and reach the network (Linux has seccomp)"
      case .memory: "the system limits no memory; answers are measured, and ended when they have too much"
      }
    }
  }

  public let missing: [Layer]

  /// A confinement without the layers `missing`, even where the system has them: for tests of what is left then.
  package init(without missing: [Layer]) { self.missing = missing }

  /// The confinement that this system has, as the program `confine` finds out.
  ///
  /// - Throws: ``Failure`` with exit code 71 if that cannot be asked.
  init(asking confine: URL) throws(Failure) {
    let process = try ChildProcess(confine, ["--missing-layers"], environment: [:])
    let said = process.drain(keeping: 1 << 12)
    let lines = String(decoding: said.output, as: UTF8.self).split(separator: "\n").map(String.init)
    let layers = lines.compactMap(Layer.init(rawValue:))
    guard process.reap() == .exited(0), layers.count == lines.count else {
      throw Failure("\(confine.path) does not say which layers this system has; build it again", code: .cannotMark)
    }
    missing = layers
  }
}
