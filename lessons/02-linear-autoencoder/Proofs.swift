import Autoencoders
import LinearAlgebra
import Notebook

// Derivations of the deeper sections. They stand on the page where they are called.

/// Larochelle's lines on the rows of X, which have the decomposition `svd` and that condition,
/// for k units.
func deriveLecturesProof(
  on X: Matrix<Double>, _ svd: SVD<Double>, units k: Int, condition: Double, line: Int = #line
) {
  lesson.derive(
    #"The codes $U_k$ are a linear function of $X$"#, within: 1e-16 * condition * condition,
    line: line
  ) { proof in
    let (U, σ, Σ, V) = (svd.U, svd.σ, svd.Σ, svd.V)
    let (head, select) = (U[columns: 0..<k], Matrix<Double>.identity(X.rows)[columns: 0..<k])
    let (once, twice) = (
      Matrix.diagonal(σ.map { 1 / $0 }), Matrix.diagonal(σ.map { 1 / ($0 * $0) })
    )
    let inverse = { A in lesson.attempt { try (A as Matrix<Double>).inverse() } }
    proof.start(#"H = U_k"#, head)
    proof.equals(
      #"(X X^\top) (X X^\top)^{-1} U_k"#, because: "multiply by the identity",
      X * X.T * inverse(X * X.T) * head)
    proof.equals(
      #"(X V \Sigma U^\top) (U \Sigma V^\top V \Sigma U^\top)^{-1} U_k"#,
      because: #"replace by the SVD: $X = U \Sigma V^\top$"#,
      X * V * Σ * U.T * inverse(U * Σ * V.T * V * Σ * U.T) * head)
    proof.equals(
      #"X V \Sigma U^\top (U \Sigma \Sigma U^\top)^{-1} U_k"#, because: #"$V^\top V = I$"#,
      X * V * Σ * U.T * inverse(U * Σ * Σ * U.T) * head)
    proof.equals(
      #"X V \Sigma U^\top U \Sigma^{-2} U^\top U_k"#,
      because: #"$U \Sigma^{-2} U^\top$ times $U \Sigma^2 U^\top$ is $I$"#,
      X * V * Σ * U.T * U * twice * U.T * head)
    proof.equals(
      #"X V \Sigma \Sigma^{-2} U^\top U_k"#, because: #"$U^\top U = I$"#,
      X * V * Σ * twice * U.T * head)
    proof.equals(
      #"X V \Sigma \Sigma^{-2} I_k"#,
      because: #"$U^\top U_k = I_k$, the first $k$ columns of $I$"#,
      X * V * Σ * twice * select)
    proof.equals(
      #"X V \Sigma^{-1} I_k"#, because: "the middle cancels", X * V * once * select)
    proof.equals(
      #"X V_k \Sigma_k^{-1}"#,
      because: #"$I_k$ selects the first $k$ columns: a linear encoder"#,
      X * V[columns: 0..<k] * Matrix.diagonal(Array(σ[..<k].map { 1 / $0 })))
  }
}

/// A bias of the decoder, for the codes that a network has for centred images, √N Z.
func deriveBiases(
  of network: Network, on images: Matrix<Double>, _ Z: Matrix<Double>, floor: Double,
  line: Int = #line
) {
  lesson.derive("A bias does not lower the floor", line: line) { proof in
    let root = Double(Z.rows).squareRoot()
    let (decoder, H) = (network.decoder.W, network.encode(images) / root)
    let c = (0..<Z.columns).map { 0.01 * Double($0 % 7) / root }
    func J(_ A: Matrix<Double>) -> Matrix<Double> { A.subtractingFromEachRow(A.columnMeans) }
    let error = (Z - H * decoder.T).subtractingFromEachRow(c)
    proof.start(#"\lVert Z - H W^{*\top} - 1 c^\top \rVert_F^2"#, error.squaredNorm)
    proof.atLeast(
      #"\lVert J (Z - H W^{*\top} - 1 c^\top) \rVert_F^2"#,
      because: "a projection lengthens no column",
      J(error).squaredNorm)
    proof.equals(
      #"\lVert Z - (J H) W^{*\top} \rVert_F^2"#,
      because: "$J Z = Z$, the data are centred, and $J 1 = 0$",
      (Z - J(H) * decoder.T).squaredNorm)
    proof.atLeast(
      #"\sum_{i > k} \gamma_i"#,
      because: "lesson 01: $(J H) W^{*\\top}$ has rank at most $k$", 2 * floor)
  }
}

/// The loss of a network with the encoder tanh ε z and the decoder V h ∕ ε on centred images,
/// with the scores z.
func deriveInfimum(
  of network: Network, on images: Matrix<Double>, scores: [Double], ε: Double, floor: Double,
  line: Int = #line
) {
  lesson.derive(
    "The infimum of a network with a tanh encoder is the floor", line: line
  ) { proof in
    let N = Double(images.rows)
    proof.start(#"L"#, loss(network, on: images))
    proof.equals(
      #"\tfrac12 \sum_{i>k} \gamma_i + \frac{1}{2N} \sum_{nj} \bigl( z_{nj} - "#
        + #"\tfrac1\varepsilon \tanh \varepsilon z_{nj} \bigr)^2"#,
      because:
        "Pythagoras: one part of the error is off the principal subspace, the other within it",
      floor + scores.map { z in
        let miss = z - Double.tanh(ε * z) / ε
        return miss * miss
      }.sum() / (2 * N))
    proof.atMost(
      #"\tfrac12 \sum_{i>k} \gamma_i + \frac{\varepsilon^4}{18 N} \sum_{nj} z_{nj}^6"#,
      because: #"$\lvert \tanh t - t \rvert \le \lvert t \rvert^3 / 3$"#,
      floor + ε * ε * ε * ε / (18 * N) * scores.map { z in z * z * z * z * z * z }.sum())
  }
}

/// Oja's changes of the weights W, on average over centred images with the covariance C;
/// `gradient` is that of the heart.
func deriveOja(
  W: Matrix<Double>, on images: Matrix<Double>, _ C: Matrix<Double>,
  _ gradient: (Matrix<Double>, Matrix<Double>, Matrix<Double>, [Double]) -> (
    W: Matrix<Double>, Wˢ: Matrix<Double>
  ), line: Int = #line
) {
  lesson.derive("Oja's rule is one term of a tied autoencoder's gradient", line: line) { proof in
    let H = images * W.T
    proof.start(
      #"\frac1N \sum_n h_n (x_n - \hat x_n)^\top"#,
      H.T * (images - H * W) / Double(images.rows))
    proof.equals(
      #"W C (I - W^\top W)"#, because: #"$h_n = W x_n$, and $C$ is the mean of $x_n x_n^\top$"#,
      W * C * (.identity(C.rows) - W.T * W))
    proof.equals(
      #"-\Bigl( \frac{\partial L}{\partial W^*} \Bigr)^\top"#,
      because: #"the heart, with $W^* = W^\top$ and no decay"#,
      -gradient(W, W.T, C, [Double](repeating: 0, count: W.rows)).Wˢ.T)
  }
}
