import Synchronization

/// Memory for packed factors, kept for the next product: a training step allocates none after the first.
struct PackingSpace: @unchecked Sendable {
  /// Bytes for a block of A with a vector more for each row, which is no deeper than that.
  static let rowBytes = 2 * Blocking.rowBytes

  let rows: UnsafeMutableRawPointer
  var columns: UnsafeMutableRawPointer { rows + PackingSpace.rowBytes }

  /// Spaces that no product uses at the moment: as many in all as products ever ran at the same time.
  private static let unused = Mutex<[PackingSpace]>([])

  static func take() -> PackingSpace {
    unused.withLock { $0.popLast() }
      ?? PackingSpace(rows: .allocate(byteCount: rowBytes + Blocking.columnBytes, alignment: 4096))
  }

  func giveBack() {
    PackingSpace.unused.withLock { $0.append(self) }
  }
}
