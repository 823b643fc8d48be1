import Foundation
import Synchronization

/// Calls a function when a signal arrives, from the end of the initialiser on and for as long as the value lives; afterwards
/// signals do what they did before.
package final class Signals {
  private var sources: [any DispatchSourceSignal] = []
  private var previous: [(number: Int32, action: sigaction)] = []
  private let cancellation = DispatchGroup()
  /// The actions by which sources hear of signals: where the system needs one, Dispatch puts it in its place for the first
  /// source of a signal, and for no later one.
  private static let actions = Mutex<[Int32: sigaction]>([:])

  package init(_ numbers: [Int32], handler: @escaping @Sendable (Int32) -> Void) {
    let queue = DispatchQueue(label: "signals")
    let registration = DispatchGroup()
    for number in numbers {
      // The source hears of a signal without being its action; that must not be to end the process.
      var action = sigaction()
      sigaction(number, nil, &action)
      let former = signal(number, SIG_IGN)
      if var known = Self.actions.withLock({ $0[number] }) { sigaction(number, &known, nil) }
      // `nohup` asks for this one to be ignored.
      if number == SIGHUP, unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { continue }
      previous.append((number, action))
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { handler(number) }
      registration.enter()
      source.setRegistrationHandler { registration.leave() }
      cancellation.enter()
      source.setCancelHandler { [cancellation] in cancellation.leave() }
      source.activate()
      sources.append(source)
    }
    // Sources are registered in the background; a signal that came before would be lost.
    registration.wait()
    for (number, _) in previous {
      var action = sigaction()
      sigaction(number, nil, &action)
      Self.actions.withLock { [action] in $0[number] = action }
    }
  }

  deinit {
    for source in sources { source.cancel() }
    // In the background too; the next to listen to the same signals would hear nothing.
    cancellation.wait()
    for (number, action) in previous {
      var action = action
      sigaction(number, &action, nil)
    }
  }

  /// The name and the meaning of a signal: `SIGSEGV, Segmentation fault`.
  package static func name(_ number: Int32) -> String {
    let names: [Int32: String] = [
      SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGILL: "SIGILL", SIGINT: "SIGINT", SIGKILL: "SIGKILL",
      SIGPIPE: "SIGPIPE", SIGSEGV: "SIGSEGV", SIGTERM: "SIGTERM", SIGTRAP: "SIGTRAP",
    ]
    let meaning = strsignal(number).map { String(cString: $0) } ?? "unknown"
    return "\(names[number] ?? "signal \(number)"), \(meaning)"
  }
}
