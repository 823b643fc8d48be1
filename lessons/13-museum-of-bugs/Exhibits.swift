/// The exhibits, in the order of their numbers.
enum Bug: String, CaseIterable {
  case integerDivision, frozenWeights, summedFirst, droppedTerm, untied, wrongAxis, unbounded
  case noisyTarget, frozenNoise, scaledTwice
  case summedDivergence, turnedSign, logVariance, sharedNoise
  case wrongPower, dividedTwice
  case leakedMean, shiftedLabels, lastBatch

  var number: Int { (Bug.allCases.firstIndex(of: self) ?? 0) + 1 }
}

/// A room of the museum.
enum Room: String, CaseIterable {
  case gradients, data, variational, optimiser, evaluation

  var bugs: [Bug] {
    switch self {
    case .gradients:
      [
        .integerDivision, .frozenWeights, .summedFirst, .droppedTerm, .untied, .wrongAxis,
        .unbounded,
      ]
    case .data: [.noisyTarget, .frozenNoise, .scaledTwice]
    case .variational: [.summedDivergence, .turnedSign, .logVariance, .sharedNoise]
    case .optimiser: [.wrongPower, .dividedTwice]
    case .evaluation: [.leakedMean, .shiftedLabels, .lastBatch]
    }
  }
}

/// What stands on an exhibit's label.
struct Label {
  /// What the bug is, in a few words.
  let name: String
  /// What is measured beside the printed loss, and in which direction it should go.
  let measure: String
  /// Where the public code is, as a link, and what it says.
  let found: String
  /// The cheapest test that would have caught it.
  let test: String
}

extension Bug {
  var label: Label {
    switch self {
    case .integerDivision:
      Label(
        name: "integer division", measure: "$\\lVert J \\rVert_F^2$, held out",
        found: "`2/m` in Python 2 makes all gradients 0: "
          + link("handson-ml #16", "ageron/handson-ml/issues/16") + " (a linear regression)",
        test: "the gradient of the penalty alone must not be 0")
    case .frozenWeights:
      Label(
        name: "weights held constant", measure: "$\\lVert J \\rVert_F^2$, held out",
        found: "the penalty takes $W$ from `state_dict()`, which is detached: "
          + link(
            "CAE_pytorch.py",
            "avijit9/Contractive_Autoencoder_in_Pytorch/blob/"
              + "4b40fdcd701ae22c26d08e8b55206589ac247602/CAE_pytorch.py"),
        test: "central differences of the penalty in one weight")
    case .summedFirst:
      Label(
        name: "summed before squared", measure: "$\\lVert J \\rVert_F^2$, held out",
        found: "“the weights matrix is summed then squared”: "
          + link("pylearn2 #142", "lisa-lab/pylearn2/pull/142"),
        test: "one unit with weights 1 and −1: the penalty must not be 0")
    case .droppedTerm:
      Label(
        name: "one tied term dropped", measure: "held-out loss",
        found: "a tied layer with “no learning for W here”, by design: "
          + link(
            "Mocha.jl",
            "pluskid/Mocha.jl/blob/19e110d626b6630f08e29f1a4a08cedb6d4644cd/"
              + "src/layers/tied-inner-product.jl"),
        test: "central differences in one weight that both layers share")
    case .untied:
      Label(
        name: "not tied at all", measure: "held-out loss, decoding with $W^\\top$",
        found: "“the actual encoder and decoder weights were NOT identical”: "
          + link("keras #386", "keras-team/keras/issues/386"),
        test: "after one step, compare the two matrices")
    case .wrongAxis:
      Label(
        name: "mean over the wrong axis",
        measure: "farthest $\\hat\\rho_l$ from $\\rho$, relative",
        found: "“sparsity norm calculated at incorrect dimension”: "
          + link("SAELens #119", "decoderesearch/SAELens/pull/119"),
        test: "count the means: as many as units, with a batch of another size")
    case .unbounded:
      Label(
        name: "$\\hat\\rho$ outside $(0, 1)$", measure: "epochs with a number for a loss",
        found: "rectified units, and a loop that keeps the loss finite: "
          + "[a question](https://discuss.pytorch.org/t/autoencoder-sparsity-term/96005); and "
          + link("Sparse-Autoencoders #1", "Abhipanda4/Sparse-Autoencoders/issues/1"),
        test: "a precondition: every mean lies between 0 and 1")
    case .noisyTarget:
      Label(
        name: "the noisy input as target", measure: "denoising error ∕ noise, held out",
        found: link(
          "handson-unsupervised-learning #6", "aapatel09/handson-unsupervised-learning/issues/6")
          + ", " + link("tensorflow_tutorials #21", "pkmital/tensorflow_tutorials/issues/21"),
        test: "new noise, the same output: the loss must not change")
    case .frozenNoise:
      Label(
        name: "noise drawn once", measure: "denoising error ∕ noise, held out",
        found: "`x_train_noisy` is made once, before training: "
          + link(
            "TensorFlow's tutorial",
            "tensorflow/docs/blob/0088fd8b2e5da1093d88a61954532e0d56b51eba/"
              + "site/en/tutorials/generative/autoencoder.ipynb"),
        test: "ask twice for the same image: the noise must differ")
    case .scaledTwice:
      Label(
        name: "scaled twice", measure: "error ∕ variance, held out",
        found: "“divided by 255 twice before being fed to the model”: "
          + link("pycadl #5", "pkmital/pycadl/pull/5"),
        test: "the greatest pixel is 1")
    case .summedDivergence:
      Label(
        name: "summed against averaged", measure: "negative bound, held out",
        found: "KL summed over the batch, errors averaged: "
          + link("MMVAE #19", "zdebruine/MMVAE/pull/19"),
        test: "every image twice: the loss must not change")
    case .turnedSign:
      Label(
        name: "divergence with its sign turned", measure: "negative bound, held out",
        found: "“the other mistake is the sign of this”: "
          + link("model-zoo #147", "FluxML/model-zoo/pull/147"),
        test: "loss less reconstruction error must not be negative")
    case .logVariance:
      Label(
        name: "log-variance as deviation", measure: "negative bound, held out",
        found: link("keras #3283", "keras-team/keras/issues/3283")
          + ", and the first edition of a "
          + link("textbook", "fchollet/deep-learning-with-python-notebooks/issues/212"),
        test: "with log-variance $\\log 4$ and $\\varepsilon = 1$ the code moves by 2")
    case .sharedNoise:
      Label(
        name: "one ε for the whole batch", measure: "negative bound, held out",
        found: "“change epsilon to have batch”: "
          + link(
            "ContinuousNormalizingFlows.jl #119",
            "impICNF/ContinuousNormalizingFlows.jl/pull/119")
          + " (a flow; the nearest that we found)",
        test: "two rows of ε must differ")
    case .wrongPower:
      Label(
        name: "Adam's correction without its power", measure: "held-out loss",
        found: "$1 - \\beta$ for $1 - \\beta^t$: "
          + link("ML-From-Scratch #35", "eriklindernoren/ML-From-Scratch/issues/35")
          + "; $1 - \\beta^2$ on " + link("slides", "ufal/npfl114/pull/79"),
        test: "with a constant gradient every step has the length η; take two")
    case .dividedTwice:
      Label(
        name: "divided by the batch twice", measure: "held-out loss",
        found: "“dividing speed_loss by batch size twice”: "
          + link("coiltraine #37", "felipecode/coiltraine/issues/37") + " (a driving network)",
        test: "every image twice: the step must not change")
    case .leakedMean:
      Label(
        name: "test images in the mean", measure: "reported held-out squared error",
        found: "data are scaled, then split: "
          + link(
            "handson-unsupervised-learning #3",
            "aapatel09/handson-unsupervised-learning/issues/3"),
        test: "other test images must not change the training images")
    case .shiftedLabels:
      Label(
        name: "labels in another order",
        measure: "mistakes of a classifier of codes, held out",
        found: "predictions come back in another order than the images: "
          + link("keras #5048", "keras-team/keras/issues/5048"),
        test: "the mean image of each class is what it was before")
    case .lastBatch:
      Label(
        name: "the last minibatch only", measure: "reported held-out loss, relative error",
        found: "“it just returns the last batch's loss”, of autoencoders: "
          + link("numalogic #53", "numaproj/numalogic/issues/53"),
        test: "one batch or many: the same number")
    }
  }
}

private func link(_ text: String, _ path: String) -> String {
  "[\(text)](https://github.com/\(path))"
}
