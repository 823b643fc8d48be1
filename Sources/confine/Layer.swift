import Foundation

/// The parts of the confinement that not every system has. Their names are those of `ConfinementLayer` in `Grading`.
enum Layer: String, CaseIterable {
  /// A user whom nothing belongs to, where the one who marks is the first user of all.
  case user
  /// No files but the libraries that the program was linked with (Linux's Landlock).
  case files
  /// Only those system calls that answering needs: no file is written, no program started, no network reached, no
  /// process signalled (Linux's seccomp).
  case calls
  /// A limit on memory that the system keeps.
  case memory
}

/// Whether this system has `layer`, found out by a process of its own that takes it.
func isAvailable(_ layer: Layer) -> Bool {
  #if os(Linux)
    switch layer {
    case .user: return geteuid() != 0 || inChild { changeUser() }
    case .files: return inChild { forbidNewPrivileges() && forbidFiles(butLibrariesIn: nil) }
    case .calls: return inChild { forbidNewPrivileges() && forbidSystemCalls(butOneOfPath: nil) }
    case .memory: return true
    }
  #else
    // Without means that an unprivileged program could use, and without `fork`, which Swift does not import here.
    switch layer {
    case .user: return geteuid() != 0
    case .files, .calls, .memory: return false
    }
  #endif
}

#if os(Linux)
  /// Whether `attempt` succeeds in a copy of this process.
  private func inChild(_ attempt: () -> Bool) -> Bool {
    // Swift does not import `fork`. The copy only makes system calls.
    guard let function = dlsym(nil, "fork") else { return false }
    let id = unsafeBitCast(function, to: (@convention(c) () -> pid_t).self)()
    if id == 0 { _exit(attempt() ? 0 : 1) }
    var status: Int32 = -1
    while waitpid(id, &status, 0) == -1, errno == EINTR {}
    return id > 0 && status == 0
  }
#endif

/// Ends this process, which could not do what it must before a student's code may run.
///
/// The reason goes to descriptor 4, which is closed when this becomes the student's program: nobody else can give one.
func stop(_ reason: String) -> Never {
  let bytes = Array("\(reason)\n".utf8)
  for descriptor in [statusDescriptor, STDERR_FILENO] { _ = write(descriptor, bytes, bytes.count) }
  exit(71)
}

func require(_ success: Bool, _ deed: String) {
  if !success { stop("cannot \(deed): \(String(cString: strerror(errno)))") }
}
