import Foundation
import Testing

@testable import course

@Suite("The lectures' topics")
struct TopicTests {
  static let outputs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Outputs")

  @Test(arguments: Topic.all.flatMap(\.places).map { ($0.lesson, $0.section) })
  func `a topic's section is on its lesson's page`(lesson: String, section: String) throws {
    let page = try String(contentsOf: Self.outputs.appending(path: "\(lesson)/README.md"), encoding: .utf8)
    #expect(page.split(separator: "\n").contains("## \(section)"), "\(lesson) has no section \"\(section)\"")
  }

  /// What the five lectures treat, and the numbers of the lessons that have to treat it.
  static let lectured: [(topic: String, lessons: [String])] = [
    ("definition", ["00"]), ("encoder and decoder", ["00"]), ("history", ["00"]),
    ("data-specific, lossy, learnt", ["03"]), ("loss functions and their gradients", ["00"]), ("tied weights", ["00"]),
    ("back-propagation", ["00"]), ("minibatches", ["00"]), ("recirculation", ["00"]), ("SVD theorem", ["01"]),
    ("optimality of the linear autoencoder", ["02"]), ("equivalence to PCA", ["02"]), ("covariance", ["02"]),
    ("undercomplete", ["03"]), ("overcomplete", ["03"]), ("capacity", ["03"]), ("memorised index", ["03"]),
    ("weight decay", ["03"]), ("sparsity by the mean activation", ["04"]), ("Laplace prior", ["04"]),
    ("generative view", ["04"]), ("no prior over parameters", ["04"]), ("denoising", ["05"]),
    ("masking, Gaussian noise, salt and pepper", ["05"]), ("filters with 0, 25 and 50 %", ["05"]), ("score", ["05"]),
    ("vector field", ["05"]), ("invariant reconstruction in one dimension", ["05"]), ("contractive penalty", ["06"]),
    ("Jacobian", ["06"]), ("reconstruction against sensitivity", ["06"]), ("u₁ and u₂", ["06"]),
    ("denoising against contractive", ["06"]), ("warped", ["06"]), ("sparse codes nearly contractive", ["04", "06"]),
    ("variational autoencoder", ["07"]), ("the bound", ["07"]), ("KL divergence", ["07"]),
    ("reparameterisation", ["07"]),
    ("generation", ["07", "12"]), ("interpolation", ["07"]), ("style", ["07"]), ("anomaly", ["07", "12"]),
    ("imputation", ["07", "12"]), ("stochastic encoder and decoder", ["08"]), ("joint distribution", ["08"]),
    ("generative stochastic networks", ["08"]), ("depth", ["09"]), ("greedy layer-wise pretraining", ["09"]),
    ("manifolds", ["10"]), ("tangent planes", ["10"]), ("embeddings", ["10"]), ("nearest-neighbour graphs", ["10"]),
    ("tiling", ["10"]), ("predictive sparse decomposition", ["11"]), ("applications", ["12"]),
    ("which autoencoder", ["12"]), ("self-assessment", ["12"]),
  ]

  @Test(arguments: lectured)
  func `what the lectures treat has its place`(topic: String, lessons: [String]) {
    let places = Topic.all.filter { $0.name.contains(topic) }.flatMap(\.places)
    for lesson in lessons {
      #expect(places.contains { $0.lesson.hasPrefix(lesson) }, "no section of lesson \(lesson) treats \(topic)")
    }
  }

  @Test func `every lesson treats a topic`() throws {
    let lessons = try FileManager.default.contentsOfDirectory(atPath: Self.outputs.path)
      .filter { $0.first?.isNumber == true && !$0.contains("+") }
    let treated = Set(Topic.all.flatMap(\.places).map(\.lesson))
    #expect(!lessons.isEmpty)
    for lesson in lessons { #expect(treated.contains(lesson)) }
  }

  @Test func `the index leads to the sections of the lessons at hand, and to no others`() throws {
    let entry = outcome("01-svd-theorem", report("01-svd-theorem"))
    let page = Index(entries: [(lesson: entry.lesson, report: try #require(entry.report))], command: "c").markdown
    #expect(
      page.contains(
        "| diagonalising XᵀX | K | [01 · The principal axes](01-svd-theorem/README.md#the-principal-axes) |"))
    #expect(!page.contains("05-denoising"))
    let other = outcome("01-svd-theorem", report("01-svd-theorem+seed=7"))
    let elsewhere = Index(entries: [(lesson: other.lesson, report: try #require(other.report))], command: "c").markdown
    #expect(elsewhere.contains("(01-svd-theorem+seed=7/README.md#the-principal-axes) |"))
  }
}
