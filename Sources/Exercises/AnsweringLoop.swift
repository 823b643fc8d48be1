@preconcurrency import Foundation
import LinearAlgebra

/// The main program of a process that runs a student's code: it answers the questions that arrive on standard input
/// until there are no more.
///
/// Marks are given by the process that asks. All that this one can do is answer, so nothing is lost by what the code may
/// print, and nothing is won.
public func answerQuestions(_ answers: [Answer]) -> Never {
  // Questions and answers travel over one socket, which begins as standard input. It moves out of the way of code that
  // reads its input.
  let connection = Connection(dup(STDIN_FILENO))
  close(STDIN_FILENO)
  _ = open("/dev/null", O_RDONLY)
  // What is printed before a crash is to be read after it.
  setvbuf(stdout, nil, _IOLBF, 0)
  // Threads may be forbidden here.
  Parallelism.threads = 1
  connection.sendWhenOutOfMemory(Reply.outOfMemory)
  while let bytes = connection.receive() {
    guard case .list(let parts) = Value(bytes: bytes), case .text(let function) = parts.first,
      let answer = answers.first(where: { $0.function == function })
    else { break }
    connection.send(answer.reply(to: Array(parts.dropFirst())).value.bytes)
  }
  exit(0)
}

/// What is sent, and where, by a handler of signals, which can be given nothing.
private nonisolated(unsafe) var lastWord: (socket: Int32, bytes: UnsafeRawBufferPointer)?

/// The answering end of the connection. A message is its length, eight bytes, and its content.
private struct Connection {
  private let socket: Int32

  init(_ socket: Int32) { self.socket = socket }

  /// The next message; `nil` if there are no more.
  func receive() -> [UInt8]? {
    guard let head = receive(8) else { return nil }
    return receive(head.reversed().reduce(0) { $0 << 8 | Int($1) })
  }

  private func receive(_ count: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < count {
      let received = read(socket, &part, min(part.count, count - bytes.count))
      guard received > 0 || received < 0 && errno == EINTR else { return nil }
      bytes += part[..<max(received, 0)]
    }
    return bytes
  }

  private func message(of content: [UInt8]) -> [UInt8] {
    var message: [UInt8] = []
    message.append(UInt64(content.count))
    return message + content
  }

  /// Sends `reply` if this process crashes because it was refused memory: nothing else would tell.
  func sendWhenOutOfMemory(_ reply: Reply) {
    let bytes = message(of: reply.value.bytes)
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    copy.copyBytes(from: bytes)
    lastWord = (socket, UnsafeRawBufferPointer(copy))
    // A stack of its own, for what crashes because it has none left.
    let size = 1 << 16
    var stack = stack_t()
    (stack.ss_sp, stack.ss_size) = (.allocate(byteCount: size, alignment: 16), numericCast(size))
    sigaltstack(&stack, nil)
    // A handler is called once; what it returns to then ends the process as it would have ended without.
    let handler: @convention(c) (Int32) -> Void = { _ in
      if errno == ENOMEM, let word = lastWord { _ = write(word.socket, word.bytes.baseAddress, word.bytes.count) }
    }
    var action = sigaction()
    #if canImport(Darwin)
      action.__sigaction_u.__sa_handler = handler
      action.sa_flags = SA_ONSTACK | SA_RESETHAND
    #else
      action.__sigaction_handler.sa_handler = handler
      action.sa_flags = SA_ONSTACK | Int32(bitPattern: UInt32(SA_RESETHAND))
    #endif
    for signal in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT] { sigaction(signal, &action, nil) }
  }

  func send(_ content: [UInt8]) {
    let message = message(of: content)
    var unsent = message[...]
    while !unsent.isEmpty {
      let sent = unsent.withUnsafeBytes { write(socket, $0.baseAddress, $0.count) }
      guard sent > 0 || sent < 0 && errno == EINTR else { exit(1) }
      unsent = unsent.dropFirst(max(sent, 0))
    }
  }
}
