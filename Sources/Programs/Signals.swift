import Foundation

/// Calls a function when a signal arrives, from the end of the initialiser on and for as long as the value lives.
package final class Signals {
  private var sources: [any DispatchSourceSignal] = []

  package init(_ numbers: [Int32], handler: @escaping @Sendable (Int32) -> Void) {
    let queue = DispatchQueue(label: "signals")
    let registration = DispatchGroup()
    for number in numbers {
      // The source hears of a signal without being its action; that must not be to end the process.
      let previous = signal(number, SIG_IGN)
      // `nohup` asks for this one to be ignored.
      if number == SIGHUP, unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { continue }
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { handler(number) }
      registration.enter()
      source.setRegistrationHandler { registration.leave() }
      source.activate()
      sources.append(source)
    }
    // Sources are registered in the background; a signal that came before would be lost.
    registration.wait()
  }

  deinit { for source in sources { source.cancel() } }

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
