import Autoencoders
import Datasets
import Foundation
import LinearAlgebra
import Plotting

/// A whole program such as a student writes: train W8's network for 10 epochs and write three figures as SVG, the loss, the
/// codes and reconstructions; against a script that does so with a library and Matplotlib.
///
/// From the start of the process to its end, with warm file caches; the peak is that of the memory resident.
struct W9WholeProcess: Workload {
  static let name = "W9"
  let title = "a whole program: W8 for ten epochs, and three figures"
  private let training: W8VariationalAutoencoder
  private let shown = 10

  init(quick: Bool) { training = W8VariationalAutoencoder(epochs: quick ? 2 : 10) }

  var settings: [String: Double] { training.settings.merging(["shown": Double(shown)]) { $1 } }

  func arrays() throws -> [String: Array2D] {
    let labels = LabelledImages.digits.labels
    return try training.arrays().merging([
      "labels": Array2D(Matrix<Float>(rows: 1, columns: labels.count, elements: labels.map { Float($0) }))
    ]) { $1 }
  }

  var cases: [Case] {
    [
      Case(
        name: "train and plot", metric: "time", peers: ["numpy", "torch", "jax"],
        results: [Case.peakMemory, Case.Result(name: "bound", unit: "nats")], work: .process)
    ]
  }

  func wholeProcess() throws -> [String: Double]? {
    let trained = try training.train()
    let folder = FileManager.default.temporaryDirectory.appending(path: "benchmark-figures-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, figure) in figures(trained) {
      let svg = try figure.svg(description: figure.title, identifier: name)
      try Data(svg.utf8).write(to: folder.appending(path: "\(name).svg"))
    }
    return try training.results(trained)
  }

  private func figures(
    _ trained: (network: VariationalAutoencoder<Float>, losses: [Float])
  ) -> [(String, Figure)] {
    let X = digits()
    let codes = trained.network.posterior(of: X).mean
    let labels = LabelledImages.digits.labels
    let few = X[rows: 0..<shown]
    let images = [few, trained.network.reconstruct(few)].flatMap { X in
      (0..<X.rows).map { X.row($0).map { Double($0) } }
    }
    return [
      (
        "loss",
        Figure("Loss") {
          Plot(x: "epoch", y: "loss in nats") {
            Line(x: trained.losses.indices.map { Double($0 + 1) }, y: trained.losses.map { Double($0) })
          }
        }
      ),
      (
        "codes",
        Figure("Codes") {
          Plot(x: "μ₁", y: "μ₂") {
            for digit in 0...9 {
              let rows = labels.indices.filter { labels[$0] == digit }
              Points(x: rows.map { Double(codes[$0, 0]) }, y: rows.map { Double(codes[$0, 1]) }, name: "\(digit)")
            }
          }
        }
      ),
      (
        "reconstructions",
        Figure("Digits and their reconstructions") {
          ImageGrid("", images: images, width: 8, height: 8, columns: shown, range: 0...1)
        }
      ),
    ]
  }
}
