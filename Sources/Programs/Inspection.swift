import Foundation

/// Keeps other processes of the same user from reading this one's memory or writing into it, where the system can (Linux's
/// `PR_SET_DUMPABLE`); its own children are processes of the same user.
package func forbidInspection() {
  #if os(Linux)
    // Swift does not import C functions with a variable number of arguments.
    typealias Control = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
    let dumpable: Int32 = 4
    guard let control = dlsym(nil, "prctl") else { return }
    _ = unsafeBitCast(control, to: Control.self)(dumpable, 0, 0, 0, 0)
  #endif
}
