/// A topic of the five lectures, and the sections of the course that treat it.
struct Topic: Sendable {
  struct Place: Sendable {
    /// The lesson's folder.
    let lesson: String
    /// The section's heading, without its `## `.
    let section: String
  }

  let name: String
  /// Whose lectures: K Khapra, S Srihari, V session 19, L Larochelle, C section 4; "beyond" if none treats it.
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
  static let all =
    whatItIs + linear + size + sparse + denoising + contractive + variational + stochastic + depth + manifolds
    + predictive + which + bugs + beyond

  private static let whatItIs: [Topic] = {
    let lesson = "00-what-an-autoencoder-is"
    return [
      Topic(
        "definition, encoder and decoder, history", "S, L, V", (lesson, "Encoder, code, decoder"),
        (lesson, "Deeper: A short history")),
      Topic("loss functions and their gradients", "L, S", (lesson, "A loss is a distribution")),
      Topic(
        "back-propagation, minibatches", "S, L", (lesson, "Back-propagation through one hidden layer"),
        (lesson, "Trained by back-propagation")),
      Topic("tied weights", "L, S", (lesson, "Tied weights: two terms")),
      Topic(
        "recirculation", "S", (lesson, "Deeper: Trained by recirculation"),
        (lesson, "Deeper: Do the two halves find each other?")),
      Topic("why an autoencoder must not copy perfectly", "S", (lesson, "Why copying is not the goal")),
    ]
  }()

  private static let linear: [Topic] = {
    let (svd, pca) = ("01-svd-theorem", "02-linear-autoencoder")
    return [
      Topic(
        "SVD theorem: the closest matrix of rank k", "L, K", (svd, "No rival comes closer than the tail"),
        (svd, "The truncated decomposition reaches it")),
      Topic("diagonalising XᵀX", "K", (svd, "The principal axes")),
      Topic(
        "optimality of the linear autoencoder", "L", (pca, "A floor under every autoencoder with a linear decoder"),
        (pca, "Deeper: The lecture's proof, line by line")),
      Topic(
        "equivalence to PCA, covariance, normalisation", "L, S, K", (pca, "With one normalisation it is PCA"),
        (pca, "The subspace, not the components")),
    ]
  }()

  private static let size: [Topic] = {
    let lesson = "03-under-and-overcomplete"
    return [
      Topic(
        "data-specific, lossy, learnt", "S", (lesson, "A codec that was never trained"), (lesson, "A code that was"),
        (lesson, "How much is compressed?")),
      Topic(
        "undercomplete codes and their features", "S, L, K", (lesson, "A code that was"),
        (lesson, "Are the codes good features?")),
      Topic(
        "overcomplete codes, copying", "S, L, K", (lesson, "A code with room for everything"),
        (lesson, "What training makes of it")),
      Topic("capacity, the memorised index", "S", (lesson, "One number for every image")),
      Topic(
        "weight decay", "K", (lesson, "Deeper: Weight decay, a first remedy"),
        ("02-linear-autoencoder", "Weight decay finds the axes")),
    ]
  }()

  private static let sparse: [Topic] = {
    let lesson = "04-sparse-prior"
    return [
      Topic(
        "sparsity by the mean activation", "K", (lesson, "A penalty on the mean activation"),
        (lesson, "What training finds")),
      Topic(
        "Laplace prior, generative view", "S", (lesson, "A prior on the codes"), (lesson, "The most probable code"),
        (lesson, "Deeper: One code in the place of all"), (lesson, "Deeper: The encoder is a guess")),
      Topic("why the penalty is no prior over parameters", "S", (lesson, "Deeper: Not a prior over parameters")),
      Topic("sparse features for another task", "S", (lesson, "Is the code worth anything?")),
      Topic(
        "sparse codes nearly contractive", "C", (lesson, "Deeper: Sparse, hence contractive?"),
        ("06-contractive-jacobian", "Deeper: Five autoencoders on images")),
    ]
  }()

  private static let denoising: [Topic] = {
    let lesson = "05-denoising-vector-field"
    return [
      Topic(
        "denoising: masking, Gaussian noise, salt and pepper", "S, L, K", (lesson, "Three ways to spoil an input"),
        (lesson, "The best denoiser is a conditional mean"), (lesson, "Images, restored")),
      Topic(
        "score and vector field", "S", (lesson, "Under Gaussian noise it climbs the density"),
        (lesson, "Denoising is score matching"), (lesson, "The vector field in the plane")),
      Topic("invariant reconstruction in one dimension", "S", (lesson, "Deeper: One dimension: crossing the identity")),
      Topic("filters with 0, 25 and 50 % corruption", "L", (lesson, "Deeper: Filters with 0, 25 and 50 % corruption")),
    ]
  }()

  private static let contractive: [Topic] = {
    let lesson = "06-contractive-jacobian"
    return [
      Topic(
        "contractive penalty, Jacobian", "K, L, S, V, C", (lesson, "The Jacobian of an encoder"),
        (lesson, "The gradient of the penalty")),
      Topic(
        "reconstruction against sensitivity, u₁ and u₂", "K, L", (lesson, "Keep and throw away"),
        (lesson, "The loophole of untied weights"), (lesson, "Deeper: As many directions as the data have?")),
      Topic("warped space", "S", (lesson, "Keep and throw away")),
      Topic(
        "denoising against contractive", "L, S, C, V", (lesson, "From noise to a penalty"),
        (lesson, "Deeper: A deterministic gradient"), (lesson, "What it is good for")),
    ]
  }()

  private static let variational: [Topic] = {
    let lesson = "07-variational-kl"
    return [
      Topic(
        "variational autoencoder: Bayes' rule, the intractable p(x), the bound", "V, S",
        (lesson, "A code that is a distribution"), (lesson, "A bound and a gap"),
        (lesson, "Deeper: More than one code"), (lesson, "A variational autoencoder of images")),
      Topic(
        "KL divergence of the code", "V", (lesson, "The KL between two diagonal Gaussians"),
        (lesson, "β, and the dimensions that are used")),
      Topic("reparameterisation", "V", (lesson, "A gradient through a sample")),
      Topic("linear variational autoencoder", "V", (lesson, "With linear layers it is probabilistic PCA")),
      Topic(
        "generation, interpolation, style", "V, S", (lesson, "The map of two numbers"),
        (lesson, "Deeper: New images, in-betweens, one number at a time"),
        ("12-which-autoencoder", "Which autoencoder for what")),
      Topic(
        "anomaly detection", "V", (lesson, "Deeper: Anomalies"), ("12-which-autoencoder", "Which autoencoder for what")),
      Topic(
        "imputation", "V", (lesson, "Deeper: Missing pixels"), ("12-which-autoencoder", "Which autoencoder for what")),
    ]
  }()

  private static let stochastic: [Topic] = {
    let lesson = "08-stochastic-sampling"
    return [
      Topic(
        "stochastic encoder and decoder, joint distribution", "S",
        (lesson, "When do two conditionals belong together?"), (lesson, "Does denoising make them compatible?")),
      Topic(
        "adapting the loss to the type of input", "L, S", (lesson, "One law for every type of input"),
        (lesson, "Deeper: Grey levels: which distribution?")),
      Topic(
        "sampling, generative stochastic networks", "S", (lesson, "A chain that leaves the data as they are"),
        (lesson, "Draw, do not average"), (lesson, "Digits as bits")),
    ]
  }()

  private static let depth: [Topic] = {
    let lesson = "09-depth"
    return [
      Topic(
        "representational power, layer size and depth", "S", (lesson, "Fold the line, and fold it again"),
        (lesson, "What too few units must miss"), (lesson, "Deep against shallow, with equally many parameters")),
      Topic("greedy layer-wise pretraining", "S", (lesson, "One layer at a time")),
    ]
  }()

  private static let manifolds: [Topic] = {
    let lesson = "10-manifolds"
    return [
      Topic(
        "manifolds and their tangent planes", "S", (lesson, "A digit that moves"),
        (lesson, "How far does a tangent hold?"), (lesson, "Deeper: Tangents found in points")),
      Topic("two forces: what the encoder represents", "S", (lesson, "An encoder need only look along the surface")),
      Topic(
        "embeddings", "S", (lesson, "Distances know the coordinates"),
        (lesson, "New points: an embedding or an encoder")),
      Topic(
        "nearest-neighbour graphs", "S", (lesson, "The heart: unroll a surface"),
        (lesson, "What unrolls, and what tears or cuts")),
      Topic(
        "tiling a manifold, pancakes, global coordinates", "S", (lesson, "Windows and pancakes"),
        (lesson, "Deeper: Global coordinates from local ones")),
    ]
  }()

  private static let predictive: [Topic] = {
    let lesson = "11-predictive-sparse-decomposition"
    return [
      Topic(
        "predictive sparse decomposition", "S", (lesson, "One energy"),
        (lesson, "Three moves, none of which can fail"), (lesson, "What one pass is worth")),
      Topic(
        "learned approximate inference", "S", (lesson, "Learned ISTA"),
        (lesson, "ISTA and FISTA, beside their bounds")),
    ]
  }()

  private static let which: [Topic] = {
    let lesson = "12-which-autoencoder"
    return [
      Topic(
        "which autoencoder", "L, C, K, V", (lesson, "Which autoencoder for what"), (lesson, "Is it the budget?"),
        (lesson, "What the lectures claim")),
      Topic("applications", "S, V", (lesson, "When not to use an autoencoder")),
      Topic("information retrieval, semantic hashing", "S", (lesson, "Codes of bits")),
      Topic("data compression", "V", (lesson, "Bytes that can be counted")),
      Topic("self-assessment of the whole course", "V", (lesson, "Deeper: The whole course in twenty questions")),
    ]
  }()

  private static let bugs: [Topic] = {
    let lesson = "13-museum-of-bugs"
    return [
      Topic(
        "training: loss, gradient and optimiser in a program, and what goes wrong unseen", "L, S, V, K",
        (lesson, "The heart: a healthy gradient"), (lesson, "What each test would have caught"),
        (lesson, "Deeper: Slides that would be bugs"))
    ]
  }()

  private static let beyond: [Topic] = {
    let lesson = "14-denoising-to-diffusion"
    return [
      Topic(
        "diffusion: from denoising to generation", "beyond", (lesson, "Noise, step by step"),
        (lesson, "The bound is a sum of denoising losses"), (lesson, "The heart: one step of training")),
      Topic(
        "sampling along a flow, or with fresh noise", "beyond", (lesson, "A flow with the same marginals"),
        (lesson, "Three ways down"), (lesson, "Memory or model?")),
    ]
  }()
}
