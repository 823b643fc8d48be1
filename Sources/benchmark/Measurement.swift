import Foundation
import Programs

/// What is read before and after the work.
struct Clock: Sendable, Equatable {
  /// The time that goes by.
  static let wall = Clock(name: "wall") { seconds(of: CLOCK_MONOTONIC) }
  /// The processor's time for this thread, which does all the work if it is the only one: on a busy machine less disturbed.
  static let processor = Clock(name: "processor") { seconds(of: CLOCK_THREAD_CPUTIME_ID) }

  let name: String
  let read: @Sendable () -> Double

  /// Seconds since some fixed moment.
  var now: Double { read() }

  static func == (a: Clock, b: Clock) -> Bool { a.name == b.name }

  private static func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  /// How long `work` takes, in seconds.
  func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = now
    try work()
    return now - start
  }

  /// How long one call of a short `work` takes: the mean over as many calls as `duration` seconds have room for.
  func secondsPerCall(duration: Double = 0.03, _ work: () throws -> Void) rethrows -> Double {
    let single = try seconds(work)
    let calls = max(1, Int(duration / max(single, 1e-9)))
    return try seconds { for _ in 0..<calls { try work() } } / Double(calls)
  }
}

/// One measurement: how long the work took, and what came out of it.
struct Sample: Codable, Equatable {
  var seconds: Double
  /// What shows that the work was done, by name: a final loss, a residual.
  var results: [String: Double]
}

/// Repeated measurements of one figure.
struct Spread: Equatable {
  let median: Double
  let minimum: Double
  let maximum: Double
  let count: Int

  /// The spread of `values`, of which there is at least one.
  init(_ values: [Double]) {
    precondition(!values.isEmpty, "no median of no measurements")
    let sorted = values.sorted()
    let middle = sorted.count / 2
    median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    (minimum, maximum, count) = (sorted[0], sorted[sorted.count - 1], sorted.count)
  }
}

/// How a time is told.
enum Quantity: Equatable {
  case seconds
  case milliseconds
  /// So many units of work, divided by the seconds they take.
  case rate(amount: Double, unit: String)

  var unit: String {
    switch self {
    case .seconds: "s"
    case .milliseconds: "ms"
    case .rate(_, let unit): unit
    }
  }

  func callAsFunction(_ seconds: Double) -> Double {
    switch self {
    case .seconds: seconds
    case .milliseconds: 1000 * seconds
    case .rate(let amount, _): amount / seconds
    }
  }

  /// How many times as fast `own` is as `other`: more than 1 if `own` is the better one.
  func ratio(_ own: Double, _ other: Double) -> Double {
    if case .rate = self { own / other } else { other / own }
  }
}

/// One figure of the report.
struct Row: Codable, Equatable {
  var workload: String
  var `case`: String
  var metric: String
  /// The median.
  var value: Double
  var unit: String
  var threads: Int
  /// `course`, or the peer.
  var who: String
  var minimum: Double
  var maximum: Double
  var repeats: Int
  /// The vector instructions that the program was built for, and those that the processor has.
  var instructions = Instructions.ofProgram
  var processor = Instructions.ofProcessor
}

extension Row {
  init(_ spread: Spread, workload: String, case: String, metric: String, unit: String, threads: Int, who: String) {
    self.init(
      workload: workload, case: `case`, metric: metric, value: spread.median, unit: unit, threads: threads, who: who,
      minimum: spread.minimum, maximum: spread.maximum, repeats: spread.count)
  }
}
