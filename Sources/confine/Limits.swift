import Foundation

/// What a process can be given less of.
enum Resource {
  case processorSeconds, memory, fileSize, coreSize, processes, descriptors
}

/// Lets this process, and the program it becomes, have no more than `amount` of `resource`.
func limit(_ resource: Resource, to amount: UInt64) {
  let number =
    switch resource {
    case .processorSeconds: RLIMIT_CPU
    case .memory: RLIMIT_AS
    case .fileSize: RLIMIT_FSIZE
    case .coreSize: RLIMIT_CORE
    case .descriptors: RLIMIT_NOFILE
    case .processes: processes
    }
  #if os(Linux)
    let name = __rlimit_resource_t(number.rawValue)
  #else
    let name = number
  #endif
  var limit = rlimit()
  // A smaller limit is in force already, and cannot be raised.
  if getrlimit(name, &limit) == 0, limit.rlim_max < rlim_t(amount) { return }
  limit = rlimit(rlim_cur: rlim_t(amount), rlim_max: rlim_t(amount))
  require(setrlimit(name, &limit) == 0, "limit \(resource)")
}

#if os(Linux)
  // RLIMIT_NPROC, which Swift does not import here.
  private let processes = __rlimit_resource(rawValue: 6)
#else
  private let processes = RLIMIT_NPROC
#endif

/// How many threads an answer may have.
private let mostThreads: UInt64 = 24

/// Limits this user's threads, where that is safe because nothing else can be started; otherwise allows none but one.
///
/// The limit counts all threads of the user: a stranger's are those of this process. Of nobody, whom all have in common, and of
/// whoever marks, there are no more than of all users together.
func limitThreads(ofStranger isStranger: Bool, startsNothingElse: Bool) {
  guard startsNothingElse else { return limit(.processes, to: 1) }
  guard !isStranger else { return limit(.processes, to: mostThreads) }
  let counts = (try? FileHandle(forReadingAtPath: "/proc/loadavg")?.readToEnd()) ?? Data()
  let all = String(decoding: counts, as: UTF8.self).split { $0 == " " || $0 == "/" }.dropFirst(4).first
  limit(.processes, to: (all.flatMap { UInt64($0) } ?? 4096) + mostThreads)
}

/// The users from this number on are nobody else's.
let firstStranger: uid_t = 1_000_000_000

/// Becomes another user, each time another one: the limit on processes is one for all processes of a user.
func changeUser() -> Bool {
  let nobody: uid_t = 65534
  let stranger = firstStranger + uid_t(getpid())
  // In a container not every number can be had. Some systems say nothing when they refuse.
  return setgroups(0, nil) == 0 && (setgid(stranger) == 0 || setgid(nobody) == 0)
    && (setuid(stranger) == 0 || setuid(nobody) == 0) && getuid() != 0 && geteuid() != 0
}

#if os(Linux)
  /// Runs this process, and the program it becomes, on `count` processors only: libraries start a thread for each that they
  /// may use, and wait for ever for threads that they are not given.
  func useProcessors(_ count: Int) {
    var mask = [UInt64](repeating: 0, count: 16)
    let size = mask.withUnsafeMutableBytes { systemCall(.processors, 0, $0.count, Int(bitPattern: $0.baseAddress)) }
    let all = (0..<max(0, 8 * size)).filter { mask[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
    guard all.count > count else { return }
    mask = [UInt64](repeating: 0, count: mask.count)
    // Not the same ones for all.
    for index in 0..<count {
      let processor = all[(Int(getpid()) + index) % all.count]
      mask[processor / 64] |= 1 << UInt64(processor % 64)
    }
    _ = mask.withUnsafeBytes { systemCall(.useProcessors, 0, $0.count, Int(bitPattern: $0.baseAddress)) }
  }
#else
  func useProcessors(_ count: Int) {}
#endif
