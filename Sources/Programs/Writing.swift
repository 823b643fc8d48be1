import Foundation

/// Whether all `bytes` could be written; `errno` says why not. Where a stream takes no more at the moment and is not to be
/// waited for (`O_NONBLOCK`, which another program may have set for a terminal that both have), this waits until it does.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if written > 0 {
      rest = rest.dropFirst(written)
    } else if written < 0, errno == EAGAIN {
      var stream = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard poll(&stream, 1, -1) >= 0 || errno == EINTR else { return false }
    } else if written == 0 || errno != EINTR {
      return false
    }
  }
  return true
}
