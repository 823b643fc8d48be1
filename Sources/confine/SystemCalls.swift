import Foundation

/// Where the program that this process becomes is open, and where whoever started it waits for a reason if it does not. No
/// descriptor can be put there once their number is limited.
let programDescriptor: Int32 = 100
let statusDescriptor: Int32 = 101

/// Moves descriptors 3 and 4, which this process was given, to these places.
func takeDescriptors() {
  for (given, place) in [(Int32(3), programDescriptor), (4, statusDescriptor)] {
    require(
      dup2(given, place) == place && fcntl(place, F_SETFD, FD_CLOEXEC) == 0, "take over descriptor \(given)")
  }
}

#if os(Linux)
  /// An empty path, at an address that nobody can guess who has not been told.
  func makeSecretPath() -> UnsafePointer<CChar>? {
    let size = 4096
    let page = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let page, page != MAP_FAILED else { return nil }
    return UnsafePointer(page.assumingMemoryBound(to: CChar.self) + Int.random(in: 0..<size))
  }

  /// Becomes the program that is open; returns if that fails.
  func becomeProgram(path secretPath: UnsafePointer<CChar>?) {
    let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("answers"), nil]
    // A thread would otherwise reserve 64 MiB of addresses, of which there is a limit.
    let environment: [UnsafeMutablePointer<CChar>?] = [strdup("MALLOC_ARENA_MAX=1"), nil]
    let emptyPath = 0x1000
    arguments.withUnsafeBufferPointer { arguments in
      environment.withUnsafeBufferPointer { environment in
        _ = systemCall(
          .executeAt, Int(programDescriptor), Int(bitPattern: secretPath), Int(bitPattern: arguments.baseAddress),
          Int(bitPattern: environment.baseAddress), emptyPath)
      }
    }
  }

  /// Keeps this process, and the program it becomes, from ever having more rights than it has now.
  func forbidNewPrivileges() -> Bool {
    let noNewPrivileges: Int32 = 38
    return processControl(noNewPrivileges, 1, 0, 0, 0) == 0
  }

  /// Closes whatever else whoever started this process has left open, but the three streams.
  func closeOtherDescriptors() {
    for (first, last) in [(3, Int(programDescriptor) - 1), (Int(statusDescriptor) + 1, Int(UInt32.max))] {
      require(systemCall(.closeRange, first, last, 0) == 0, "close descriptors")
    }
  }

  enum SystemCall {
    case closeRange, createRuleset, addRule, restrictSelf, executeAt, processors, useProcessors

    fileprivate var number: Int {
      #if arch(x86_64)
        let ofProcessor = (executeAt: 322, processors: 204, useProcessors: 203)
      #else
        let ofProcessor = (executeAt: 281, processors: 123, useProcessors: 122)
      #endif
      return switch self {
      case .closeRange: 436
      case .createRuleset: 444
      case .addRule: 445
      case .restrictSelf: 446
      case .executeAt: ofProcessor.executeAt
      case .processors: ofProcessor.processors
      case .useProcessors: ofProcessor.useProcessors
      }
    }
  }

  // Swift does not import C functions with a variable number of arguments, so these two are looked up by name.
  private typealias SixIntegers = @convention(c) (Int, Int, Int, Int, Int, Int) -> Int
  private typealias Control = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32

  func systemCall(_ call: SystemCall, _ a: Int, _ b: Int, _ c: Int, _ d: Int = 0, _ e: Int = 0) -> Int {
    guard let function = dlsym(nil, "syscall") else { return -1 }
    return unsafeBitCast(function, to: SixIntegers.self)(call.number, a, b, c, d, e)
  }

  func processControl(_ option: Int32, _ a: UInt, _ b: UInt, _ c: UInt, _ d: UInt) -> Int32 {
    guard let function = dlsym(nil, "prctl") else { return -1 }
    return unsafeBitCast(function, to: Control.self)(option, a, b, c, d)
  }
#else
  func makeSecretPath() -> UnsafePointer<CChar>? { nil }

  /// Becomes the program that is open; returns if that fails. There is no call that would take a descriptor, so it has to
  /// be found by the name that the file still has.
  func becomeProgram(path secretPath: UnsafePointer<CChar>?) {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard fcntl(programDescriptor, F_GETPATH, &path) == 0 else { return }
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("answers"), nil]
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    execve(path, &arguments, &environment)
  }

  func forbidNewPrivileges() -> Bool { true }

  /// Whoever started this process passes on no others.
  func closeOtherDescriptors() {
    close(3)
    close(4)
  }
#endif
