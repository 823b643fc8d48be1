import Dispatch
import Foundation
import Synchronization

/// How many threads share a large product, or a pass over many numbers. No result depends on it, to the last bit.
///
/// Work is split over the entries of a result, never over the terms of a sum, so each entry is rounded in the same way
/// whoever computes it.
public enum Parallelism {
  private static let limit = Atomic(ProcessInfo.processInfo.activeProcessorCount)

  /// The number of threads that share a large product; at first, the number of active processors.
  public static var threads: Int {
    get { limit.load(ordering: .relaxed) }
    set {
      precondition(newValue >= 1, "a product needs at least 1 thread, not \(newValue)")
      limit.store(newValue, ordering: .relaxed)
    }
  }

  /// Calls `body` with 0, 1, …, `count` − 1, on as many threads as are free, and returns when all calls have.
  static func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    DispatchQueue.concurrentPerform(iterations: count, execute: body)
  }

  /// Calls `body` with parts of 0..<`count`, on as many threads as are free, and returns when all calls have.
  ///
  /// - Parameter least: the least that is worth a thread of its own: some 20 µs of work.
  public static func forEachPart(of count: Int, least: Int, _ body: @Sendable (Range<Int>) -> Void) {
    let parts = min(threads, count / least)
    guard parts > 1 else { return body(0..<count) }
    // Multiples of a cache line, so that two threads share one at their border at most.
    let size = (count + 64 * parts - 1) / (64 * parts) * 64
    forEach(parts) { part in body(min(part * size, count)..<min((part + 1) * size, count)) }
  }

  /// How many rows of `width` entries, or columns of as many, are worth a thread of their own where little is done with
  /// each entry.
  public static func rows(of width: Int) -> Int { max(1, (1 << 16) / max(1, width)) }
}
