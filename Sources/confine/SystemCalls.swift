import Foundation

#if os(Linux)
  /// Forbids, by Linux's seccomp, system calls that limits and Landlock leave open: those that reach a network, leave
  /// something behind, change what a file that is not open allows, or read or change another process. They fail with `EPERM`.
  ///
  /// An unprivileged process can do this to itself after ``forbidNewPrivileges()``, and cannot undo it. Where seccomp is
  /// missing nothing happens.
  func forbidSystemCalls() {
    // struct sock_filter: an operation, how many instructions to skip if a comparison holds and if not, a number.
    typealias Instruction = (operation: UInt16, ifTrue: UInt8, ifFalse: UInt8, number: UInt32)
    let (load, isEqual, isAtLeast, end): (UInt16, UInt16, UInt16, UInt16) = (0x20, 0x15, 0x35, 0x06)
    let (call, architecture, firstArgument): (UInt32, UInt32, UInt32) = (0, 4, 16)
    let (allowed, refused): (UInt32, UInt32) = (0x7fff_0000, 0x0005_0000 | UInt32(EPERM))
    var filter: [Instruction] = [
      (load, 0, 0, architecture), (isEqual, 1, 0, SystemCall.architecture), (end, 0, 0, refused),
      // The numbers from 2³⁰ on are another way to call the same functions.
      (load, 0, 0, call), (isAtLeast, 0, 1, 1 << 30), (end, 0, 0, refused),
    ]
    for number in SystemCall.forbidden { filter += [(isEqual, 0, 1, number), (end, 0, 0, refused)] }
    // A process may ask for its own limits, which is process 0.
    filter += [
      (isEqual, 0, 3, SystemCall.limits), (load, 0, 0, firstArgument), (isEqual, 1, 0, 0), (end, 0, 0, refused),
      (end, 0, 0, allowed),
    ]
    let bytes = filter.map { instruction in
      UInt64(instruction.operation) | UInt64(instruction.ifTrue) << 16 | UInt64(instruction.ifFalse) << 24
        | UInt64(instruction.number) << 32
    }
    let (setFilter, filterMode): (Int32, UInt) = (22, 2)
    bytes.withUnsafeBufferPointer { instructions in
      // struct sock_fprog: how many instructions there are, and where.
      let program = [UInt(instructions.count), UInt(bitPattern: instructions.baseAddress)]
      program.withUnsafeBufferPointer {
        _ = processControl(setFilter, filterMode, UInt(bitPattern: $0.baseAddress), 0, 0)
      }
    }
  }

  /// Keeps this process, and the program it becomes, from ever having more rights than it has now.
  func forbidNewPrivileges() {
    let noNewPrivileges: Int32 = 38
    _ = processControl(noNewPrivileges, 1, 0, 0, 0)
  }

  /// Closes all descriptors but the three streams: who started this process may have left others open.
  func closeDescriptors() {
    _ = systemCall(.closeRange, 3, Int(UInt32.max), 0)
  }

  enum SystemCall: Int {
    // The same on every processor.
    case closeRange = 436
    case createRuleset = 444
    case addRule = 445
    case restrictSelf = 446

    #if arch(x86_64)
      static let architecture: UInt32 = 0xc000_003e
      /// prlimit64
      static let limits: UInt32 = 302
      static let forbidden: [UInt32] = [
        41, 425,  // socket, io_uring_setup
        29, 64, 68, 240, 248, 250,  // shmget, semget, msgget, mq_open, add_key, keyctl
        90, 91, 268, 452, 92, 93, 94, 260,  // chmod, fchmod, fchmodat, fchmodat2, chown, fchown, lchown, fchownat
        132, 235, 261, 280,  // utime, utimes, futimesat, utimensat
        188, 189, 190, 197, 198, 199, 463, 466,  // setxattr, removexattr and their variants
        109, 112, 141, 251,  // setpgid, setsid, setpriority, ioprio_set
        142, 144, 203, 314,  // sched_setparam, sched_setscheduler, sched_setaffinity, sched_setattr
        101, 310, 311, 438,  // ptrace, process_vm_readv, process_vm_writev, pidfd_getfd
        272,  // unshare
      ]
    #elseif arch(arm64)
      static let architecture: UInt32 = 0xc000_00b7
      /// prlimit64
      static let limits: UInt32 = 261
      static let forbidden: [UInt32] = [
        198, 425,  // socket, io_uring_setup
        194, 190, 186, 180, 217, 219,  // shmget, semget, msgget, mq_open, add_key, keyctl
        52, 53, 452, 54, 55,  // fchmod, fchmodat, fchmodat2, fchownat, fchown
        88,  // utimensat
        5, 6, 7, 14, 15, 16, 463, 466,  // setxattr, removexattr and their variants
        154, 157, 140, 30,  // setpgid, setsid, setpriority, ioprio_set
        118, 119, 122, 274,  // sched_setparam, sched_setscheduler, sched_setaffinity, sched_setattr
        117, 270, 271, 438,  // ptrace, process_vm_readv, process_vm_writev, pidfd_getfd
        97,  // unshare
      ]
    #else
      #error("the system calls of this processor are not known")
    #endif
  }

  // Swift does not import C functions with a variable number of arguments, so these two are looked up by name.
  private typealias FiveIntegers = @convention(c) (Int, Int, Int, Int, Int) -> Int
  private typealias Control = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32

  func systemCall(_ call: SystemCall, _ a: Int, _ b: Int, _ c: Int, _ d: Int = 0) -> Int {
    guard let function = dlsym(nil, "syscall") else { return -1 }
    return unsafeBitCast(function, to: FiveIntegers.self)(call.rawValue, a, b, c, d)
  }

  private func processControl(_ option: Int32, _ a: UInt, _ b: UInt, _ c: UInt, _ d: UInt) -> Int32 {
    guard let function = dlsym(nil, "prctl") else { return -1 }
    return unsafeBitCast(function, to: Control.self)(option, a, b, c, d)
  }
#else
  // Other systems have no such means; who starts this program there passes on three streams only.
  func forbidSystemCalls() {}
  func forbidNewPrivileges() {}
  func closeDescriptors() {}
#endif
