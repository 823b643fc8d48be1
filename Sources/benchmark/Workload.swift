/// One kind of work that the benchmark measures, with its data and hyperparameters.
protocol Workload {
  /// `W1` to `W9`.
  static var name: String { get }
  /// What it is, in a line.
  var title: String { get }
  /// The hyperparameters, which the peers read by these names.
  var settings: [String: Double] { get }
  /// The data and initial weights, which the peers read by these names.
  func arrays() throws -> [String: Array2D]
  var cases: [Case] { get }
  /// Does the work of a whole process, and returns what came out of it; `nil` if that is not measured.
  func wholeProcess() throws -> [String: Double]?
}

extension Workload {
  var name: String { Self.name }
  func wholeProcess() throws -> [String: Double]? { nil }
}

/// One measured piece of work.
struct Case {
  /// How the work is done and its time taken.
  enum Work {
    /// In this process: hands `count` samples, one after the other, to `yield`, the warm-up not being among them. While
    /// `yield` runs, the peers take their turns.
    case here((_ clock: Clock, _ count: Int, _ yield: (Sample) throws -> Void) throws -> Void)
    /// As a process of its own, from its start to its end.
    case process
  }

  /// A result beside the time.
  struct Result {
    let name: String
    let unit: String
    /// Whether less of it is better, so that a ratio makes sense: memory, but no loss.
    var isCost = false
  }

  let name: String
  let metric: String
  var quantity = Quantity.seconds
  /// The peers that do the same.
  var peers: [String] = []
  /// What tells this case from the others, for the peers.
  var parameters: [String: Double] = [:]
  /// Floating-point operations of a sample's work, and on which numbers, if it consists of products.
  var operations: (count: Double, precision: Precision)?
  /// With how many threads it is measured.
  var threads = 1...2
  var results: [Result] = []
  let work: Work
}

extension Case {
  static let peakMemory = Result(name: "peak memory", unit: "MiB", isCost: true)
}

extension Case.Work {
  /// Work that is done again from the start for each sample, after it was done once to warm up. What it leaves, `results`
  /// turns into figures when the clock has stopped.
  static func repeated<Outcome>(
    warmUp: Bool = true, _ work: @escaping () throws -> Outcome, results: @escaping (Outcome) throws -> [String: Double]
  ) -> Case.Work {
    .here { clock, count, yield in
      if warmUp { _ = try work() }
      for _ in 0..<count {
        let start = clock.now
        let outcome = try work()
        let seconds = clock.now - start
        try yield(Sample(seconds: seconds, results: try results(outcome)))
      }
    }
  }

  /// Work so short that a sample is the mean of many calls. The results are those of the last call.
  static func short<Outcome>(
    _ work: @escaping () throws -> Outcome, results: @escaping (Outcome) throws -> [String: Double]
  ) -> Case.Work {
    .here { clock, count, yield in
      var outcome = try work()
      for _ in 0..<count {
        let seconds = try clock.secondsPerCall { outcome = try work() }
        try yield(Sample(seconds: seconds, results: try results(outcome)))
      }
    }
  }

  /// Training of which each epoch but the first is a sample. `train` trains for that many epochs and calls the function
  /// at the end of each with its mean loss.
  static func epochs(
    _ train: @escaping (_ epochs: Int, _ ended: (Double) throws -> Void) throws -> Void
  ) -> Case.Work {
    .here { clock, count, yield in
      var start = Double.nan
      try train(1 + count) { loss in
        if !start.isNaN { try yield(Sample(seconds: clock.now - start, results: ["loss": loss])) }
        start = clock.now
      }
    }
  }
}

/// The workloads of the benchmark.
enum Workloads {
  static func all(quick: Bool) -> [any Workload] {
    [
      W1Products(quick: quick), W2SingularValues(quick: quick), W3LinearAutoencoder(quick: quick),
      W4SparseAutoencoder(quick: quick), W5VectorField(quick: quick), W6DenoisingAutoencoder(quick: quick),
      W7ContractiveAutoencoder(quick: quick), W8VariationalAutoencoder(quick: quick), W9WholeProcess(quick: quick),
    ]
  }

  static var names: [String] { all(quick: true).map(\.name) }
}
