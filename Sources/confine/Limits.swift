import Foundation

/// What a process can be given less of.
enum Resource {
  case processorSeconds, memory, fileSize, coreSize, processes
}

/// Lets this process, and the program it becomes, have no more than `amount` of `resource`.
func limit(_ resource: Resource, to amount: UInt64) {
  let number =
    switch resource {
    case .processorSeconds: RLIMIT_CPU
    case .memory: RLIMIT_AS
    case .fileSize: RLIMIT_FSIZE
    case .coreSize: RLIMIT_CORE
    case .processes: processes
    }
  var limit = rlimit(rlim_cur: rlim_t(amount), rlim_max: rlim_t(amount))
  #if os(Linux)
    setrlimit(__rlimit_resource_t(number.rawValue), &limit)
  #else
    setrlimit(number, &limit)
  #endif
}

#if os(Linux)
  // RLIMIT_NPROC, which Swift does not import here.
  private let processes = __rlimit_resource(rawValue: 6)
#else
  private let processes = RLIMIT_NPROC
#endif

/// Becomes a user whom nothing belongs to, if this process may.
///
/// Each time another one: the limit on processes is one for all processes of a user.
func dropPrivileges() {
  guard geteuid() == 0 else { return }
  let nobody: uid_t = 65534
  let stranger = 1_000_000_000 + uid_t(getpid())
  setgroups(0, nil)
  // In a container not every number can be had.
  if setgid(stranger) != 0 { setgid(nobody) }
  if setuid(stranger) != 0 { setuid(nobody) }
}
