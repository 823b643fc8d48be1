import LinearAlgebra

/// C = A B, row-major, into a C that is there already: squares and the shapes of autoencoders, in Float and Double.
///
/// a_ij = ((37 i + 101 j) mod 257 − 128) / 128, and the same for b_ij: exact in both precisions, so that one entry of C
/// can be compared. Of JAX a product cannot be told where to write.
struct W1Products: Workload {
  static let name = "W1"
  let title = "matrix products: squares, and the shapes of autoencoders"
  private let shapes: [(m: Int, k: Int, n: Int)]

  init(quick: Bool) {
    let squares = (quick ? [64, 256] : [64, 128, 256, 512, 1024, 2048]).map { ($0, $0, $0) }
    shapes = squares + [(100, 784, 1000), (1000, 100, 784), (128, 64, 32)]
  }

  let settings: [String: Double] = [:]
  func arrays() -> [String: Array2D] { [:] }

  var cases: [Case] {
    shapes.map { product($0, .float, Float.self) } + shapes.map { product($0, .double, Double.self) }
  }

  private func product<Element: Scalar>(
    _ shape: (m: Int, k: Int, n: Int), _ precision: Precision, _: Element.Type
  ) -> Case {
    let operations = 2 * Double(shape.m) * Double(shape.k) * Double(shape.n)
    return Case(
      name: "\(precision.rawValue) \(shape.m)×\(shape.k)×\(shape.n)", metric: "rate",
      quantity: .rate(amount: 1e-9 * operations, unit: "GFLOP/s"), peers: ["numpy", "numpy-avx512", "torch", "jax"],
      parameters: [
        "bits": precision == .float ? 32 : 64, "m": Double(shape.m), "k": Double(shape.k), "n": Double(shape.n),
      ],
      operations: (operations, precision), results: [Case.Result(name: "middle entry", unit: "")],
      work: .here { clock, count, yield in
        func factor(_ rows: Int, _ columns: Int) -> Matrix<Element> {
          Matrix(rows: rows, columns: columns) { Element((37 * $0 + 101 * $1) % 257 - 128) / 128 }
        }
        let (A, B) = (factor(shape.m, shape.k), factor(shape.k, shape.n))
        var C = Matrix<Element>(rows: shape.m, columns: shape.n)
        multiply(A, B, into: &C)
        for _ in 0..<count {
          let seconds = clock.secondsPerCall { multiply(A, B, into: &C) }
          try yield(
            Sample(seconds: seconds, results: ["middle entry": Double(C[shape.m / 2, shape.n / 2])]))
        }
      })
  }
}
