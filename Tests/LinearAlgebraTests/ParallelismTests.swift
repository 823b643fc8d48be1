import Synchronization
import Testing

@testable import LinearAlgebra

@Suite(.serialized) struct ParallelismTests {
  private func product<Element: Scalar>(
    _ element: Element.Type, _ m: Int, _ k: Int, _ n: Int, threads: Int
  ) -> Matrix<Element> {
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    Parallelism.threads = threads
    let A = Matrix<Element>(rows: k, columns: m) { i, j in Element((i * 37 + j * 11) % 101) / 17 - 3 }
    let B = Matrix<Element>(rows: k, columns: n) { i, j in Element((i * 29 + j * 13) % 103) / 19 - 2 }
    var C = Matrix<Element>(rows: m, columns: n, repeating: 1)
    multiply(A, B, transposeA: true, scale: 0.7, into: &C, accumulate: true)
    return C
  }

  @Test(
    "the result does not depend on the number of threads",
    arguments: [(700, 90, 90), (90, 90, 700), (203, 301, 205), (1, 2500, 1700), (1900, 2300, 1)])
  func threads(m: Int, k: Int, n: Int) {
    let (single, double) = (product(Float.self, m, k, n, threads: 1), product(Double.self, m, k, n, threads: 1))
    for threads in [2, 3, 4, 6] {
      #expect(product(Float.self, m, k, n, threads: threads) == single)
      #expect(product(Double.self, m, k, n, threads: threads) == double)
    }
  }

  @Test("no bit of an SVD depends on the number of threads", arguments: [(260, 260), (700, 150)])
  func decomposition(m: Int, n: Int) {
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    Parallelism.threads = 1
    let A = randomMatrix(m, n, seed: 50)
    let svd = SVD(A)
    for threads in [2, 3] {
      Parallelism.threads = threads
      let other = SVD(A)
      #expect(other.U == svd.U && other.σ == svd.σ && other.V == svd.V)
    }
  }

  @Test("no bit of eigenvectors depends on the number of threads")
  func eigenvectors() {
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    Parallelism.threads = 1
    let S = SymmetricEigenTests.randomSymmetric(300, seed: 51)
    let eigen = SymmetricEigen(S)
    for threads in [2, 3] {
      Parallelism.threads = threads
      let other = SymmetricEigen(S)
      #expect(other.values == eigen.values && other.vectors == eigen.vectors)
    }
  }

  @Test("the number of threads is at least 1 at first and can be set")
  func setting() {
    let before = Parallelism.threads
    #expect(before >= 1)
    Parallelism.threads = 3
    #expect(Parallelism.threads == 3)
    Parallelism.threads = before
  }

  @Test("every number is in one part", arguments: [(0, 10), (9, 10), (1000, 10), (1000, 400), (100_003, 1)])
  func parts(count: Int, least: Int) {
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    for threads in 1...5 {
      Parallelism.threads = threads
      nonisolated(unsafe) var visits = [Int](repeating: 0, count: count)
      visits.withUnsafeMutableBufferPointer { buffer in
        nonisolated(unsafe) let buffer = buffer
        Parallelism.forEachPart(of: count, least: least) { for i in $0 { buffer[i] += 1 } }
      }
      #expect(visits.allSatisfy { $0 == 1 })
    }
  }

  @Test("no part is smaller than what is worth a thread", arguments: [(19, 10, 1), (599, 300, 1), (1000, 500, 2)])
  func leastPart(count: Int, least: Int, parts: Int) {
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    Parallelism.threads = 4
    let calls = Atomic(0)
    Parallelism.forEachPart(of: count, least: least) { _ in calls.add(1, ordering: .relaxed) }
    #expect(calls.load(ordering: .relaxed) == parts)
  }

  @Test("an elementary function of many entries is that of each")
  func elementaryFunctions() {
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    let A = randomMatrix(301, 333, seed: 51)
    for threads in 1...3 {
      Parallelism.threads = threads
      let wrong = zip(tanh(A).elements, A.elements).count { $0 != Double.tanh($1) }
      #expect(wrong == 0)
    }
  }

  @Test("every index is visited once")
  func forEach() {
    nonisolated(unsafe) var visits = [Int](repeating: 0, count: 100)
    visits.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let buffer = buffer
      Parallelism.forEach(100) { buffer[$0] += 1 }
    }
    #expect(visits.allSatisfy { $0 == 1 })
  }
}
