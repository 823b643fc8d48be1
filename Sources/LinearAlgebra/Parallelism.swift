import Dispatch
import Foundation
import Synchronization

/// How many threads share a large product. No result depends on it, to the last bit.
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
}
