import LinearAlgebra
import Testing

@testable import Autoencoders

/// Bounds are four standard errors of 10⁵ draws, unless said otherwise.
@Suite struct CorruptionTests {
  let ones = Matrix<Double>(rows: 200, columns: 500, repeating: 0.5)
  let count = 1e5

  func corrupted(_ corruption: Corruption<Double>, seed: UInt64 = 1) -> [Double] {
    var stream = RandomStream(seed: seed)
    return corruption(ones, using: &stream).elements
  }

  func share(_ x: [Double], _ condition: (Double) -> Bool) -> Double { Double(x.filter(condition).count) / count }

  @Test(arguments: [0.1, 0.25, 0.5])
  func maskingZeroesTheStatedShare(ν: Double) throws {
    let x = corrupted(try .masking(ν))
    #expect(abs(share(x) { $0 == 0 } - ν) < 4 * (ν * (1 - ν) / count).squareRoot())
    #expect(x.allSatisfy { $0 == 0 || $0 == 0.5 })
  }

  @Test func maskingTreatsComponentsIndependently() throws {
    let x = corrupted(try .masking(0.5))
    // Neighbours are both masked a quarter of the time.
    let both = zip(x, x.dropFirst()).filter { $0 == 0 && $1 == 0 }.count
    #expect(abs(Double(both) / count - 0.25) < 4 * (0.25 * 0.75 / count).squareRoot() * 1.5)
  }

  @Test func theExtremesOfMaskingAreAllAndNothing() throws {
    #expect(corrupted(try .masking(0)) == ones.elements)
    #expect(corrupted(try .masking(1)).allSatisfy { $0 == 0 })
  }

  @Test func gaussianNoiseHasTheStatedMomentsAndShape() throws {
    let ε = corrupted(try .gaussian(σ: 0.3)).map { ($0 - 0.5) / 0.3 }
    #expect(abs(ε.reduce(0, +) / count) < 4 / count.squareRoot())
    #expect(abs(ε.reduce(0) { $0 + $1 * $1 } / count - 1) < 4 * (2 / count).squareRoot())
    #expect(abs(ε.reduce(0) { $0 + $1 * $1 * $1 } / count) < 4 * (15 / count).squareRoot())
    // P(|ε| < 1) = erf(1/√2).
    let inside = 0.6826894921370859
    #expect(abs(share(ε) { abs($0) < 1 } - inside) < 4 * (inside * (1 - inside) / count).squareRoot())
  }

  @Test func saltAndPepperComeInEqualShares() throws {
    let x = corrupted(try .saltAndPepper(0.4, pepper: -1, salt: 2))
    let bound = 4 * (0.2 * 0.8 / count).squareRoot()
    #expect(abs(share(x) { $0 == 2 } - 0.2) < bound)
    #expect(abs(share(x) { $0 == -1 } - 0.2) < bound)
    #expect(abs(share(x) { $0 == 0.5 } - 0.6) < 4 * (0.24 / count).squareRoot())
  }

  @Test func oneSeedGivesOneCorruption() throws {
    for corruption in [try Corruption<Double>.masking(0.3), try .gaussian(σ: 1), try .saltAndPepper(0.3)] {
      #expect(corrupted(corruption) == corrupted(corruption))
      #expect(corrupted(corruption) != corrupted(corruption, seed: 2))
    }
  }

  @Test func corruptionIsDrawnAfreshForEachMinibatchAndFloatsAreCorruptedToo() throws {
    var stream = RandomStream(seed: 3)
    let corruption = try Corruption<Float>.masking(0.5)
    let X = Matrix<Float>(rows: 10, columns: 10, repeating: 1)
    #expect(corruption(X, using: &stream) != corruption(X, using: &stream))
  }

  /// The noise is put in by vectors; this is the loop over components that it stands for.
  @Test(arguments: [1, 7, 512, 1025])
  func componentsAreCorruptedInOrder(columns: Int) throws {
    var (first, second) = (RandomStream(seed: 9), RandomStream(seed: 9))
    let X: Matrix<Float> = .normal(rows: 2, columns: columns, using: &first)
    second = first
    let masked = try Corruption<Float>.masking(0.3)(X, using: &first)
    #expect(masked.elements == X.elements.map { second.uniform() < 0.3 ? 0 : $0 })
    let spoilt = try Corruption<Float>.saltAndPepper(0.4, pepper: -1, salt: 2)(X, using: &first)
    #expect(
      spoilt.elements
        == X.elements.map { x in
          let u = second.uniform()
          return u < 0.4 ? (u < 0.2 ? -1 : 2) : x
        })
    #expect(first == second)
  }
}
