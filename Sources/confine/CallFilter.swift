import Foundation

#if os(Linux)
  /// Allows, by Linux's seccomp, those system calls only that answering needs; false if that cannot be done.
  ///
  /// Files are opened to be read only, signals go to the process itself only, and nothing is started but threads; besides
  /// the program whose path is `secretPath`, by that address. All else fails with `EPERM`, whatever this or a later system
  /// calls it.
  ///
  /// An unprivileged process can do this to itself after ``forbidNewPrivileges()``, and cannot undo it.
  func forbidSystemCalls(butOneOfPath secretPath: UnsafePointer<CChar>?) -> Bool {
    var filter = CallFilter()
    filter.refuse(unlessArchitectureIs: Calls.architecture)
    for call in Calls.allowed { filter.allow(call) }
    let writing = UInt32(O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)
    filter.allow(Calls.open, ifArgument: 1, hasNoneOf: writing)
    filter.allow(Calls.openAt, ifArgument: 2, hasNoneOf: writing)
    // CLONE_THREAD: what is made so is part of this process, and ends with it. The newer call has its flags in memory,
    // where a filter cannot look; without it, libraries use the older one.
    filter.allow(Calls.clone, ifArgument: 0, hasAllOf: 0x0001_0000)
    filter.answer(Calls.clone3, with: ENOSYS)
    let own = UInt32(getpid())
    filter.allow(Calls.kill, ifArgument: 0, is: own)
    filter.allow(Calls.threadKill, ifArgument: 0, is: own)
    // A process may ask for its own limits, which is process 0, and name its threads and mappings.
    filter.allow(Calls.limits, ifArgument: 0, is: 0)
    let (setName, getName, nameMapping): (UInt32, UInt32, UInt32) = (15, 16, 0x5356_4d41)
    for option in [setName, getName, nameMapping] { filter.allow(Calls.control, ifArgument: 0, is: option) }
    // Not those commands that let a descriptor send signals, or a pipe take memory.
    let duplicateClosing: UInt32 = 1030
    for command in [F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL].map(UInt32.init) + [duplicateClosing] {
      filter.allow(Calls.descriptorControl, ifArgument: 1, is: command)
    }
    for request in [TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO] {
      filter.allow(Calls.deviceControl, ifArgument: 1, is: UInt32(request))
    }
    // This process has yet to become the program, which must not become another one: it cannot know where this path lies.
    filter.allow(Calls.executeAt, ifArgument: 1, isAddress: UInt64(UInt(bitPattern: secretPath)))
    return filter.install()
  }

  /// A program for seccomp: each call of the system passes through it from the beginning to the first answer.
  private struct CallFilter {
    // struct sock_filter: an operation, how many instructions to skip if a comparison holds and if not, a number.
    private typealias Instruction = (operation: UInt16, ifTrue: UInt8, ifFalse: UInt8, number: UInt32)
    private let load: UInt16 = 0x20
    private let and: UInt16 = 0x54
    private let isEqual: UInt16 = 0x15
    private let isAtLeast: UInt16 = 0x35
    private let end: UInt16 = 0x06
    private let allowed: UInt32 = 0x7fff_0000
    private var instructions: [Instruction] = []

    private func refused(_ error: Int32) -> UInt32 { 0x0005_0000 | UInt32(error) }

    mutating func refuse(unlessArchitectureIs architecture: UInt32) {
      let (call, kind): (UInt32, UInt32) = (0, 4)
      instructions = [
        (load, 0, 0, kind), (isEqual, 1, 0, architecture), (end, 0, 0, refused(EPERM)),
        // The numbers from 2³⁰ on are another way to call the same functions.
        (load, 0, 0, call), (isAtLeast, 0, 1, 1 << 30), (end, 0, 0, refused(EPERM)),
      ]
    }

    mutating func allow(_ call: UInt32) { instructions += [(isEqual, 0, 1, call), (end, 0, 0, allowed)] }

    mutating func answer(_ call: UInt32, with error: Int32) {
      instructions += [(isEqual, 0, 1, call), (end, 0, 0, refused(error))]
    }

    mutating func allow(_ call: UInt32, ifArgument index: UInt32, is value: UInt32) {
      allow(call, ifArgument: index, masked: .max, is: value)
    }

    mutating func allow(_ call: UInt32, ifArgument index: UInt32, hasNoneOf bits: UInt32) {
      allow(call, ifArgument: index, masked: bits, is: 0)
    }

    mutating func allow(_ call: UInt32, ifArgument index: UInt32, hasAllOf bits: UInt32) {
      allow(call, ifArgument: index, masked: bits, is: bits)
    }

    /// The lower half of the argument, which is an `int` in all of these calls, is what counts.
    private mutating func allow(_ call: UInt32, ifArgument index: UInt32, masked mask: UInt32, is value: UInt32) {
      instructions += [
        (isEqual, 0, 5, call), (load, 0, 0, 16 + 8 * index), (and, 0, 0, mask), (isEqual, 0, 1, value),
        (end, 0, 0, allowed), (load, 0, 0, 0),
      ]
    }

    /// Allows the call if all 64 bits of the argument are those of `value`.
    mutating func allow(_ call: UInt32, ifArgument index: UInt32, isAddress value: UInt64) {
      instructions += [
        (isEqual, 0, 6, call), (load, 0, 0, 16 + 8 * index), (isEqual, 0, 3, UInt32(truncatingIfNeeded: value)),
        (load, 0, 0, 20 + 8 * index), (isEqual, 0, 1, UInt32(value >> 32)), (end, 0, 0, allowed), (load, 0, 0, 0),
      ]
    }

    /// Ends the program with a refusal and puts it in force.
    func install() -> Bool {
      let all = instructions + [(end, 0, 0, refused(EPERM))]
      let bytes = all.map { instruction in
        UInt64(instruction.operation) | UInt64(instruction.ifTrue) << 16 | UInt64(instruction.ifFalse) << 24
          | UInt64(instruction.number) << 32
      }
      let (setFilter, filterMode): (Int32, UInt) = (22, 2)
      return bytes.withUnsafeBufferPointer { instructions in
        // struct sock_fprog: how many instructions there are, and where.
        let program = [UInt(instructions.count), UInt(bitPattern: instructions.baseAddress)]
        return program.withUnsafeBufferPointer {
          processControl(setFilter, filterMode, UInt(bitPattern: $0.baseAddress), 0, 0) == 0
        }
      }
    }
  }

  /// The numbers of system calls, which differ from processor to processor.
  private enum Calls {
    #if arch(x86_64)
      static let architecture: UInt32 = 0xc000_003e
      static let open: UInt32 = 2
      static let openAt: UInt32 = 257
      static let clone: UInt32 = 56
      static let clone3: UInt32 = 435
      static let kill: UInt32 = 62
      static let threadKill: UInt32 = 234
      static let limits: UInt32 = 302
      static let control: UInt32 = 157
      static let executeAt: UInt32 = 322
      static let descriptorControl: UInt32 = 72
      static let deviceControl: UInt32 = 16
      static let allowed: [UInt32] = [
        // Files that are open, and what can be known about others.
        0, 1, 19, 20, 17, 3, 8, 5, 262,  // read, write, readv, writev, pread64, close, lseek, fstat, newfstatat
        332, 4, 6, 21, 269, 439, 89, 267,  // statx, stat, lstat, access, faccessat, faccessat2, readlink, readlinkat
        79, 217, 32, 33, 292, 7, 271,  // getcwd, getdents64, dup, dup2, dup3, poll, ppoll
        23, 270,  // select, pselect6
        // Memory.
        9, 11, 10, 25, 28, 12, 27, 324,  // mmap, munmap, mprotect, mremap, madvise, brk, mincore, membarrier
        // Signals to itself, and threads.
        13, 14, 15, 127, 128,  // rt_sigaction, rt_sigprocmask, rt_sigreturn, rt_sigpending, rt_sigtimedwait
        131, 34, 202, 273, 274, 218,  // sigaltstack, pause, futex, set_robust_list, get_robust_list, set_tid_address
        334, 158, 24, 204, 143,  // rseq, arch_prctl, sched_yield, sched_getaffinity, sched_getparam
        145, 146, 147,  // sched_getscheduler, sched_get_priority_max, sched_get_priority_min
        // What it is and how late.
        309, 186, 39, 110, 102, 107, 104, 108,  // getcpu, gettid, getpid, getppid, getuid, geteuid, getgid, getegid
        115, 121, 111, 124, 97, 98, 100,  // getgroups, getpgid, getpgrp, getsid, getrlimit, getrusage, times
        99, 63, 219, 35, 230, 228,  // sysinfo, uname, restart_syscall, nanosleep, clock_nanosleep, clock_gettime
        229, 96, 201, 318,  // clock_getres, gettimeofday, time, getrandom
        // What event loops are made of, and the ends.
        291, 233, 232, 281, 290, 283,  // epoll_create1, epoll_ctl, epoll_wait, epoll_pwait, eventfd2, timerfd_create
        286, 287, 22, 293, 60, 231,  // timerfd_settime, timerfd_gettime, pipe, pipe2, exit, exit_group
      ]
    #elseif arch(arm64)
      static let architecture: UInt32 = 0xc000_00b7
      static let open: UInt32 = UInt32.max
      static let openAt: UInt32 = 56
      static let clone: UInt32 = 220
      static let clone3: UInt32 = 435
      static let kill: UInt32 = 129
      static let threadKill: UInt32 = 131
      static let limits: UInt32 = 261
      static let control: UInt32 = 167
      static let executeAt: UInt32 = 281
      static let descriptorControl: UInt32 = 25
      static let deviceControl: UInt32 = 29
      static let allowed: [UInt32] = [
        // Files that are open, and what can be known about others.
        63, 64, 65, 66, 67, 57, 62, 80, 79,  // read, write, readv, writev, pread64, close, lseek, fstat, newfstatat
        291, 48, 439, 78, 17, 61, 23, 24,  // statx, faccessat, faccessat2, readlinkat, getcwd, getdents64, dup, dup3
        73, 72,  // ppoll, pselect6
        // Memory.
        222, 215, 226, 216, 233, 214, 232, 283,  // mmap, munmap, mprotect, mremap, madvise, brk, mincore, membarrier
        // Signals to itself, and threads.
        134, 135, 139, 136, 137,  // rt_sigaction, rt_sigprocmask, rt_sigreturn, rt_sigpending, rt_sigtimedwait
        132, 98, 99, 100, 96, 293,  // sigaltstack, futex, set_robust_list, get_robust_list, set_tid_address, rseq
        124, 123, 121, 120,  // sched_yield, sched_getaffinity, sched_getparam, sched_getscheduler
        125, 126,  // sched_get_priority_max, sched_get_priority_min
        // What it is and how late.
        168, 178, 172, 173, 174, 175, 176, 177,  // getcpu, gettid, getpid, getppid, getuid, geteuid, getgid, getegid
        158, 155, 156, 163, 165, 153, 179,  // getgroups, getpgid, getsid, getrlimit, getrusage, times, sysinfo
        160, 128, 101, 115, 113,  // uname, restart_syscall, nanosleep, clock_nanosleep, clock_gettime
        114, 169, 278,  // clock_getres, gettimeofday, getrandom
        // What event loops are made of, and the ends.
        20, 21, 22, 19, 85, 86,  // epoll_create1, epoll_ctl, epoll_pwait, eventfd2, timerfd_create, timerfd_settime
        87, 59, 93, 94,  // timerfd_gettime, pipe2, exit, exit_group
      ]
    #else
      #error("the system calls of this processor are not known")
    #endif
  }
#else
  // Other systems have no such means.
  func forbidSystemCalls(butOneOfPath secretPath: UnsafePointer<CChar>?) -> Bool { false }
#endif
