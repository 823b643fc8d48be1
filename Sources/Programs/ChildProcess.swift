import Foundation
import Synchronization

/// A running program in a process group of its own, so that a signal to the group ends whatever it has started, and a
/// Ctrl-C at the terminal reaches its parent alone.
///
/// Foundation's `Process` cannot do the latter, and lets children inherit which signals are ignored. All that differs
/// between Linux and macOS is in this file.
package struct ChildProcess: Sendable {
  /// How a process ended.
  package enum End: Equatable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  package let id: pid_t
  /// Where the process's standard output and standard error can be read; closed by ``drain(keeping:)``.
  package let output: Int32
  package let errors: Int32

  /// Two children that start at the same time would inherit each other's pipes and keep them open.
  private static let starting = Mutex(())

  /// Starts `program` with `arguments`.
  ///
  /// - Parameters:
  ///   - input: the descriptor that becomes its standard input; `nil` is an empty one.
  ///   - inherited: descriptors that the process gets too, as numbers 3, 4 and so on.
  ///   - environment: its environment; `nil` is that of this process.
  ///   - endsWithParent: whether its standard input is a ``Lifeline`` for it to follow.
  /// - Throws: ``Failure`` with exit code 1 if the system refuses.
  package init(
    _ program: URL, _ arguments: [String], input: Int32? = nil, inheriting inherited: [Int32] = [],
    environment: [String: String]? = nil, endsWithParent: Bool = false
  ) throws(Failure) {
    let lifeline = endsWithParent ? Lifeline.childrensEnd : nil
    var environment = environment ?? ProcessInfo.processInfo.environment
    environment[Lifeline.variable] = lifeline.map { _ in "standard input" }
    self = try Self.starting.withLock { [environment] _ throws(Failure) in
      try Self(
        starting: program, arguments, input: input ?? lifeline, inheriting: inherited, environment: environment)
    }
  }

  private init(
    starting program: URL, _ arguments: [String], input: Int32?, inheriting inherited: [Int32],
    environment: [String: String]
  ) throws(Failure) {
    let (output, outputEnd) = try Self.pipe()
    let (errors, errorsEnd) = try Self.pipe()
    defer {
      close(outputEnd)
      close(errorsEnd)
    }
    do throws(Failure) {
      id = try Self.spawn(program, arguments, environment) { actions in
        if let input {
          posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        } else {
          posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, outputEnd, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errorsEnd, STDERR_FILENO)
        // By way of numbers above all of them, so that none is in the way of another.
        let count = Int32(inherited.count)
        let aside = max(2 + count, inherited.max() ?? 0) + 1
        for (index, descriptor) in zip(0..<count, inherited) {
          posix_spawn_file_actions_adddup2(&actions, descriptor, aside + index)
        }
        for index in 0..<count {
          posix_spawn_file_actions_adddup2(&actions, aside + index, 3 + index)
          posix_spawn_file_actions_addclose(&actions, aside + index)
        }
      }
    } catch {
      close(output)
      close(errors)
      throw error
    }
    self.output = output
    self.errors = errors
  }

  /// Starts `program` with nothing to read and nobody to hear it, and leaves it to itself: it goes on when this one has ended.
  ///
  /// - Throws: ``Failure`` with exit code 1 if the system refuses.
  package static func leave(
    _ program: URL, _ arguments: [String], environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(Failure) {
    _ = try starting.withLock { _ throws(Failure) in
      try spawn(program, arguments, environment) { actions in
        for (stream, access) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_WRONLY), (STDERR_FILENO, O_WRONLY)] {
          posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", access, 0)
        }
      }
    }
  }

  #if canImport(Darwin)
    private typealias FileActions = posix_spawn_file_actions_t?
  #else
    private typealias FileActions = posix_spawn_file_actions_t
  #endif

  /// Starts `program` in a group of its own, with the descriptors that `place` puts in their places.
  private static func spawn(
    _ program: URL, _ arguments: [String], _ environment: [String: String], _ place: (inout FileActions) -> Void
  ) throws(Failure) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    place(&actions)
    // A parent ignores some signals and its threads block others; a child starts with neither.
    var standard = sigset_t()
    sigemptyset(&standard)
    posix_spawnattr_setsigmask(&attributes, &standard)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGPIPE, SIGXFSZ] { sigaddset(&standard, signal) }
    posix_spawnattr_setsigdefault(&attributes, &standard)
    posix_spawnattr_setpgroup(&attributes, 0)
    var flags = Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
    #if canImport(Darwin)
      // Nothing is inherited but the three streams.
      flags |= Int16(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #endif
    posix_spawnattr_setflags(&attributes, flags)

    let words = ([program.path] + arguments).map { strdup($0) }
    let variables = environment.map { name, value in "\(name)=\(value)" }
    let settings = variables.sorted().map { strdup($0) }
    defer { for word in words + settings { free(word) } }
    var id: pid_t = 0
    let error = posix_spawn(&id, program.path, &actions, &attributes, words + [nil], settings + [nil])
    guard error == 0 else {
      throw Failure("cannot start \(program.path): \(String(cString: strerror(error)))", code: .checkFailed)
    }
    return id
  }

  /// Waits until the process has ended, and leaves its number reserved until ``reap()``.
  package func wait() {
    var information = siginfo_t()
    while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
  }

  /// How the process ended, `nil` if it has not; its number stays reserved until ``reap()``.
  package func endIfEnded() -> End? {
    var information = siginfo_t()
    guard waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT | WNOHANG) == 0, information.si_signo == SIGCHLD
    else { return nil }
    #if canImport(Darwin)
      let status = information.si_status
    #else
      let status = information._sifields._sigchld.si_status
    #endif
    return information.si_code == CLD_EXITED ? .exited(status) : .signalled(status)
  }

  /// Waits until the process has ended, and says how. Its number may mean another process afterwards.
  package func reap() -> End {
    var status: Int32 = 0
    while waitpid(id, &status, 0) == -1, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
  }

  /// Sends `signal` to the process and to all that it has started.
  package func send(_ signal: Int32) {
    kill(-id, signal)
    // The process may have moved to another group, and to be killed twice does no harm.
    if signal == SIGKILL { kill(id, signal) }
  }

  /// The two ends of a pipe, which programs started later do not inherit.
  private static func pipe() throws(Failure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Foundation.pipe(&ends) == 0 else {
      throw Failure("cannot start a program: \(String(cString: strerror(errno)))", code: .checkFailed)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}
