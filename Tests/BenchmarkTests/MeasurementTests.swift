import Foundation
import LinearAlgebra
import Synchronization
import Testing

@testable import benchmark

@Suite("Medians, spreads and ratios")
struct MeasurementTests {
  @Test func `the median of an odd number is the middle one, of an even number the mean of two`() {
    let odd = Spread([3, 1, 2]), even = Spread([4, 1, 3, 2])
    #expect(odd.median == 2 && odd.minimum == 1 && odd.maximum == 3 && odd.count == 3)
    #expect(even.median == 2.5 && even.minimum == 1 && even.maximum == 4 && even.count == 4)
    #expect(Spread([7]).median == 7)
  }

  @Test func `a ratio above 1 means that the course is faster, whether less or more is better`() {
    #expect(Quantity.seconds.ratio(2, 6) == 3)
    #expect(Quantity.milliseconds.ratio(2, 6) == 3)
    #expect(Quantity.rate(amount: 1, unit: "samples/s").ratio(6, 2) == 3)
    #expect(Quantity.rate(amount: 100, unit: "samples/s")(0.5) == 200)
    #expect(Quantity.milliseconds(0.5) == 500)
  }

  @Test func `of a case come its times, its results, ratios with both and shares of the peak`() {
    let work = Case(
      name: "c", metric: "training", operations: (8e9, .float),
      results: [Case.Result(name: "loss", unit: "nats"), Case.peakMemory], work: .process)
    func samples(_ seconds: [Double], _ memory: Double) -> [Sample] {
      seconds.map { Sample(seconds: $0, results: ["loss": 5, "peak memory": memory]) }
    }
    let outcome = Outcome(
      workload: "W0", work: work, threads: 2,
      samples: [("course", samples([1, 2, 4], 10)), ("numpy", samples([6, 4, 2], 30))])
    #expect(outcome.rows.map(\.metric) == ["training", "loss", "peak memory", "training", "loss", "peak memory"])
    #expect(outcome.rows.map(\.who) == ["course", "course", "course", "numpy", "numpy", "numpy"])
    let ratios = outcome.ratios
    #expect(ratios.map(\.metric) == ["ratio of training", "ratio of peak memory"])
    #expect(ratios.map(\.value) == [2, 3])
    // Turn by turn: 6/1, 4/2, 2/4.
    #expect(ratios[0].minimum == 0.5 && ratios[0].maximum == 6 && ratios[0].who == "numpy")
    // 8 GFLOP in 2 s on two cores of 4 GFLOP/s each.
    #expect(outcome.shares(of: Peak(float: 4e9, double: 1e9))[0].value == 50)
  }

  @Test func `the peak counts two operations for each multiply-add of a vector`() {
    // Each try seems to take a second, whatever it does.
    let clock = SteppedClock()
    let peak = Peak(clock: clock.thatSteps, tries: 1)
    #expect(peak.float == 2 * 12e6 * Double(Float.Vector.scalarCount))
    #expect(peak.double == 2 * 12e6 * Double(Double.Vector.scalarCount))
  }

  @Test func `the chains do all the multiply-adds that are counted`() {
    let factors = [0.5, 0.25].map { Double.Vector(repeating: $0) }
    var twelve = (0..<12).map { Double.Vector(repeating: Double($0)) }
    var six = twelve
    twelveChains(factors, &twelve, 1000, Double.self)
    sixChains(factors, &six, 1000, Double.self)
    #expect((0..<12).allSatisfy { twelve[$0] == .init(repeating: Double($0) + 125) })
    #expect((0..<12).allSatisfy { six[$0] == .init(repeating: Double($0) + ($0 < 6 ? 125 : 0)) })
  }

  @Test func `a matrix is written as numpy.save does`() {
    // np.save(f, np.array([[1, 2, 3]], np.float32)); f.getvalue()
    let array = Array2D([[1, 2, 3]] as Matrix<Float>)
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }"
    let bytes = Array(array.npy)
    #expect(bytes.count == 128 + 12)
    #expect(bytes[..<10] == [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 0x76, 0])
    #expect(String(decoding: bytes[10..<128], as: UTF8.self) == header + String(repeating: " ", count: 58) + "\n")
    #expect(Array(bytes[128...]) == [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64])
    #expect(Array2D([[1]] as Matrix<Double>).npy.suffix(8) == Data([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]))
  }
}

/// A clock that a test sets.
final class SteppedClock: Sendable {
  private let seconds = Mutex(0.0)

  var clock: Clock { Clock(name: "of the test") { self.seconds.withLock { $0 } } }

  /// The clock, a second later each time it is read.
  var thatSteps: Clock {
    Clock(name: "of the test") {
      self.step(1)
      return self.clock.now
    }
  }

  func step(_ duration: Double) { seconds.withLock { $0 += duration } }
}
