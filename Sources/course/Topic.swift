/// A topic of the five lectures, and the sections of the course that treat it.
struct Topic: Sendable {
  struct Place: Sendable {
    /// The lesson's folder.
    let lesson: String
    /// The section's heading, without its `## `.
    let section: String

    /// The heading as GitHub spells it in links: small letters, hyphens for spaces, no punctuation.
    var anchor: String {
      String(
        section.lowercased().compactMap { character in
          character == " "
            ? "-" : character.isLetter || character.isNumber || "-_".contains(character) ? character : nil
        })
    }
  }

  let name: String
  /// Whose lectures: K Khapra, S Srihari, V session 19, L Larochelle, C section 4.
  let lectures: String
  let places: [Place]

  init(_ name: String, _ lectures: String, _ places: (lesson: String, section: String)...) {
    self.name = name
    self.lectures = lectures
    self.places = places.map { Place(lesson: $0.lesson, section: $0.section) }
  }
}

extension Topic {
  /// Every topic that the course treats so far, in the order of its lessons.
  static let all: [Topic] = {
    let (svd, pca, denoising) = ("01-svd-theorem", "02-linear-autoencoder", "05-denoising-vector-field")
    return [
      Topic(
        "SVD theorem: the closest matrix of rank k", "L, K", (svd, "No rival comes closer than the tail"),
        (svd, "The truncated decomposition reaches it")),
      Topic("diagonalising XᵀX", "K", (svd, "The principal axes")),
      Topic(
        "optimality of the linear autoencoder", "L", (pca, "A floor under every autoencoder with a linear decoder"),
        (pca, "The lecture's proof, line by line"), (pca, "More examples than pixels")),
      Topic(
        "equivalence to PCA, covariance, normalisation", "L, S, K", (pca, "With one normalisation it is PCA"),
        (pca, "The subspace, not the components")),
      Topic("weight decay in a linear autoencoder", "K", (pca, "Weight decay finds the axes")),
      Topic(
        "denoising: masking, Gaussian noise, salt and pepper", "S, L, K", (denoising, "Three ways to spoil an input"),
        (denoising, "The best denoiser is a conditional mean"), (denoising, "Digits, restored")),
      Topic(
        "score and vector field", "S", (denoising, "Under Gaussian noise it climbs the density"),
        (denoising, "The vector field in the plane")),
      Topic("invariant reconstruction in one dimension", "S", (denoising, "One dimension: crossing the identity")),
      Topic("filters with 0, 25 and 50 % corruption", "L", (denoising, "Filters with 0, 25 and 50 % corruption")),
    ]
  }()
}
