import Synchronization

/// Memory for packed factors, kept for the next product: a training step allocates none after the first.
struct PackingSpace: @unchecked Sendable {
  /// Bytes for a block of A, which should stay in the second-level cache beside a strip of B.
  static let rowBytes = 256 << 10
  /// Bytes for a block of B, which should stay in the third-level cache.
  static let columnBytes = 2 << 20

  let rows: UnsafeMutableRawPointer
  var columns: UnsafeMutableRawPointer { rows + PackingSpace.rowBytes }

  /// Spaces that no product uses at the moment: as many in all as products ever ran at the same time.
  private static let unused = Mutex<[PackingSpace]>([])

  static func take() -> PackingSpace {
    unused.withLock { $0.popLast() }
      ?? PackingSpace(rows: .allocate(byteCount: rowBytes + columnBytes, alignment: 4096))
  }

  func giveBack() {
    PackingSpace.unused.withLock { $0.append(self) }
  }
}
