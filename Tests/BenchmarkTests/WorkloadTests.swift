import LinearAlgebra
import Testing

@testable import benchmark

@Suite("The workloads", .serialized)
struct WorkloadTests {
  /// The means of the results of two samples of a case.
  private func measured(_ workload: any Workload, _ name: String) throws -> [String: Double] {
    let work = try #require(workload.cases.first { $0.name == name })
    guard case .here(let measure) = work.work else { throw Missing() }
    var samples: [Sample] = []
    try measure(.wall, 2) { samples.append($0) }
    #expect(samples.count == 2 && samples.allSatisfy { $0.seconds > 0 })
    for result in work.results where result.name != "time to gap 1e-5" {
      #expect(samples.allSatisfy { $0.results[result.name]?.isFinite == true })
    }
    return samples[0].results.merging(samples[1].results) { ($0 + $1) / 2 }
  }

  private struct Missing: Error {}

  private func isNear(_ value: Double?, _ expected: Double, _ tolerance: Double) -> Bool {
    abs((value ?? .nan) - expected) <= tolerance * abs(expected)
  }

  @Test func `W1: the entry in the middle is that of the definition`() throws {
    for name in ["Float 100×784×1000", "Double 100×784×1000"] {
      func entry(_ i: Int, _ j: Int) -> Double { Double((37 * i + 101 * j) % 257 - 128) / 128 }
      let expected = (0..<784).map { entry(50, $0) * entry($0, 500) }.reduce(0, +)
      let entry = try measured(W1Products(quick: true), name)["middle entry"]
      #expect(isNear(entry, expected, 1e-5))
    }
  }

  @Test func `W2: the factors are orthogonal and their product is the matrix`() throws {
    for name in ["64×64", "1797×64"] {
      let results = try measured(W2SingularValues(quick: true), name)
      #expect(results["residual"] ?? 1 < 1e-14 && results["orthogonality"] ?? 1 < 1e-13)
    }
  }

  @Test func `W3: L-BFGS reaches the optimum of PCA, and Adam comes near it`() throws {
    let results = try measured(W3LinearAutoencoder(quick: false), "L-BFGS")
    #expect(abs(results["gap"] ?? 1) < 1e-5 && results["time to gap 1e-5"] ?? 0 > 0)
    // NumPy, with other minibatches, ends at 1.1 %.
    let gap = try measured(W3LinearAutoencoder(quick: false), "Adam")["gap"] ?? 1
    #expect(gap > 0 && gap < 0.03)
  }

  @Test func `W3: PCA keeps two thirds of the energy`() throws {
    // scikit-learn's PCA(8): explained_variance_ratio_.sum() is 0.6739.
    #expect(isNear(try measured(W3LinearAutoencoder(quick: true), "PCA")["energy kept"], 0.6739, 1e-4))
  }

  // What the peers' scripts end at with the same data and initial weights, but minibatches and noise of their own, is
  // NumPy's figure here; PyTorch's and JAX's differ from it by a tenth of the tolerance.

  @Test func `W4, W5 and W8 end where the peers do`() throws {
    let sparse = try measured(W4SparseAutoencoder(quick: true), "Adam")
    #expect(isNear(sparse["loss"], 4.937, 0.02) && isNear(sparse["mean activation"], 0.292, 0.03))
    #expect(isNear(try measured(W5VectorField(quick: true), "Adam")["loss"], 0.0091, 0.1))
    #expect(isNear(try measured(W8VariationalAutoencoder(quick: true), "Adam")["bound"], -29.80, 0.02))
  }

  @Test func `W6 and W7 end where the peers do`() throws {
    #expect(isNear(try measured(W6DenoisingAutoencoder(quick: true), "Adam")["loss"], 531.2, 0.005))
    #expect(isNear(try measured(W6DenoisingAutoencoder(quick: true), "gradient descent")["loss"], 537.8, 0.002))
    #expect(isNear(try measured(W7ContractiveAutoencoder(quick: true), "one layer")["loss"], 538.8, 0.002))
    #expect(isNear(try measured(W7ContractiveAutoencoder(quick: true), "two layers")["loss"], 28.9, 0.01))
  }

  @Test func `the last of a range of sizes has the exponent of its growth`() throws {
    // An epoch that takes (40 + hidden units) · examples² seconds.
    let time = SteppedClock()
    let cases = growth(examples: 1600, hidden: 160) { hidden, examples, epochs, ended in
      for _ in 0..<epochs {
        time.step(Double(40 + hidden) * Double(examples * examples))
        try ended(0)
      }
    }
    var samples: [Sample] = []
    for work in cases {
      guard case .here(let measure) = work.work else { continue }
      try measure(time.clock, 3) { samples.append($0) }
    }
    #expect(samples.count == 30)
    #expect(samples.indices.allSatisfy { samples[$0].results.isEmpty == ![12, 13, 14, 27, 28, 29].contains($0) })
    #expect(isNear(samples[14].results["exponent"], 2, 1e-9) && samples[14].results["off the line"] ?? 0 > 0.3)
    // Hidden units from 20 to 320 take 60 to 360, and of these 40 are fixed.
    #expect(isNear(samples[29].results["fixed part"], 40.0 / 360, 1e-9))
    #expect(samples[29].results["off the line"] ?? 1 < 1e-9)
    #expect(samples[29].results["exponent"] ?? 1 < 0.7)
  }

  @Test func `a whole process does the work of W3, W4, W5, W8 and W9 once`() throws {
    for workload in Workloads.all(quick: true) {
      let results = try workload.wholeProcess()
      #expect((results != nil) == ["W3", "W4", "W5", "W8", "W9"].contains(workload.name))
    }
    #expect(isNear(try W9WholeProcess(quick: true).wholeProcess()?["bound"], -29.80, 0.02))
  }

  @Test func `every case has what its peers read`() throws {
    for workload in Workloads.all(quick: true) {
      let arrays = try workload.arrays()
      #expect(Set(workload.cases.map(\.name)).count == workload.cases.count)
      for (name, array) in arrays {
        #expect(array.rows > 0 && array.columns > 0, "\(workload.name) \(name)")
      }
      if !["W1", "W2"].contains(workload.name) {
        #expect(arrays["X"] != nil && arrays["W1"] != nil)
        #expect(workload.name == "W3" || arrays["b1"]?.columns == arrays["W1"]?.rows)
      }
      for product in workload.cases where workload.name == "W1" {
        #expect(product.parameters["bits"] == (product.name.lowercased().hasPrefix("float") ? 32 : 64))
      }
    }
  }
}
