import Foundation
import LinearAlgebra
import Plotting

/// The unit circle with its two axes under the three factors of the 2 × 2 matrix T, one after the
/// other.
func stages(of T: Matrix<Double>) -> Figure {
  let svd = SVD(T)
  let angles = (0...120).map { 2 * Double.pi * Double($0) / 120 }
  let circle = Matrix<Double>(rows: 2, columns: 121) { i, t in
    i == 0 ? .cos(angles[t]) : .sin(angles[t])
  }
  let steps: [(String, Matrix<Double>)] = [
    ("1. the unit circle", .identity(2)),
    ("2. Vᵀ turns", svd.V.T),
    ("3. Σ stretches", svd.Σ * svd.V.T),
    ("4. U turns", svd.U * svd.Σ * svd.V.T),
  ]
  let reach = 1.15 * svd.σ[0]
  return Figure("Every matrix turns, stretches and turns", columns: 2, width: 390) {
    for (title, M) in steps {
      let (image, axes) = (M * circle, M * svd.V)
      Plot(
        title, x: Axis(range: -reach...reach, ticks: [-1, 0, 1]),
        y: Axis(range: -reach...reach, ticks: [-1, 0, 1]), aspect: .equal
      ) {
        Line(x: image.row(0), y: image.row(1))
        Line(x: [0, axes[0, 0]], y: [0, axes[1, 0]], name: "v₁", width: 3)
        Line(x: [0, axes[0, 1]], y: [0, axes[1, 1]], name: "v₂", width: 3)
      }
    }
  }
}

/// An image of `width` pixels a line, with values up to `maximum`: its projection on the
/// orthonormal columns of V, and what is left.
func rebuilt(_ x: [Double], by V: Matrix<Double>, width: Int, of maximum: Double) -> Figure {
  let inside = V * (V.T * x)
  return Figure("Rank \(V.columns)", width: 200) {
    ImageGrid(
      "rebuilt", images: [inside], width: width, height: x.count / width, columns: 1,
      range: 0...maximum)
    ImageGrid(
      "missed", images: [x .- inside], width: width, height: x.count / width, columns: 1,
      range: -maximum...maximum, palette: .diverging)
  }
}

/// Singular values, and the error of the approximations of some ranks beside the theorem's curve,
/// both of the matrix whose decomposition is `svd`; errors are shares of `total`, its squared
/// norm.
func scree(_ svd: SVD<Double>, ranks: [Int], errors: [Double], total: Double) -> Figure {
  let index = (1...svd.σ.count).map(Double.init)
  let positive = svd.σ.prefix { $0 > 1e-12 * svd.σ[0] }
  let tails = (1...svd.σ.count).map { k in svd.σ[k...].map { $0 * $0 }.sum() / total }
  return Figure("The tail of σ² is the error, at every rank", columns: 2, width: 390) {
    Plot("Singular values of the images", x: Axis("index i"), y: Axis("σᵢ", scale: .log)) {
      Points(x: Array(index.prefix(positive.count)), y: Array(positive))
    }
    Plot("Error of rank k, relative", x: Axis("k"), y: Axis("‖X − Xₖ‖² ∕ ‖X‖²")) {
      Line(x: index, y: tails, name: "tail of σ²")
      Points(x: ranks.map(Double.init), y: errors.map { $0 / total }, name: "measured")
    }
  }
}

/// From the nearest to the farthest of each kind of rival, and the course of those that learn;
/// distances relative to the theorem's bound.
func contest(_ rivals: [RandomRivals], learning: [[Double]], bound: Double) -> Figure {
  func excess(_ distances: [Double]) -> [Double] { distances.map { $0 / bound - 1 } }
  let histories = learning.map(excess)
  let steps = Array(stride(from: 0, to: histories[0].count, by: 5))
  let sorted = steps.map { step in histories.map { max($0[step], 1e-15) }.sorted() }
  return Figure("No rival passes the bound; those that learn arrive at it", width: 390) {
    Plot(
      "Drawn at random, nearest to farthest", x: Axis("distance² ∕ bound − 1", scale: .log),
      y: Axis(range: 0...Double(rivals.count + 1), ticks: [])
    ) {
      for (row, rival) in rivals.enumerated() {
        let ends = [excess(rival.distances).least(), excess(rival.distances).greatest()]
        let height = Double(row + 1)
        Line(x: ends, y: [height, height], name: rival.kind, marker: .circle, width: 3)
      }
    }
    Plot(
      "Gradient descent from \(learning.count) starts", x: Axis("step"),
      y: Axis("distance² ∕ bound − 1, at least 10⁻¹⁵", scale: .log)
    ) {
      Line(x: steps.map(Double.init), y: sorted.map { $0[$0.count / 2] }, name: "median start")
      Band(
        x: steps.map(Double.init), low: sorted.map { $0[0] },
        high: sorted.map { $0[$0.count - 1] },
        name: "best to worst start")
    }
  }
}
