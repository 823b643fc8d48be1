import Foundation

/// What lets a child process end with its parent, however that ends: the parent holds one end of a pipe for as long as it
/// lives, and the child, whose standard input is the other end, hears when it is closed. (A signal could be caught, or not
/// be sent at all: `kill -9` of a program ends nothing that it has started.)
package enum Lifeline {
  /// Set in the environment of a child that has one.
  static let variable = "COURSE_LIFELINE"

  /// The end for children; `nil` if there are no more descriptors. The other end is never closed.
  static let childrensEnd: Int32? = {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return ends[0]
  }()

  /// In a child with a lifeline: ends this process, as SIGTERM does, when its parent has ended.
  package static func follow() {
    guard ProcessInfo.processInfo.environment[variable] != nil else { return }
    // What this process starts has none, unless it is given one.
    unsetenv(variable)
    Thread.detachNewThread {
      // The signal is for the others: where the main thread holds it back, it is to wait.
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_BLOCK, &all, nil)
      var byte: UInt8 = 0
      while read(STDIN_FILENO, &byte, 1) > 0 || errno == EINTR {}
      kill(getpid(), SIGTERM)
    }
  }
}
