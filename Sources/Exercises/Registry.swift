extension Exercise {
  /// All exercises of the course, in order: the lesson and the exercise's number in it, its function, its points, the
  /// section of the lesson's page to read again, and a hint.
  public static let all: [Exercise] = [
    Exercise(
      0, 1, "excessCrossEntropy", points: 1, reread: "A loss is a distribution",
      hint: """
        Take the cross-entropy from the pre-activations and the entropy from the pixels. `Double.softplus(a)` is \
        $\\log (1 + e^a)$ without overflow.
        """),
    Exercise(
      0, 2, "softmaxGradient", points: 2, reread: "A loss is a distribution",
      hint: """
        In the derivation of the softmax, stop before the line that needs exactly one $x_m$ to be 1. And a number that \
        is added to all pre-activations of a row changes no probability.
        """),
    Exercise(
      0, 3, "backPropagation", points: 3, reread: "Back-propagation through one hidden layer",
      hint: """
        Only $\\delta^*$ knows the likelihood: find $\\partial L / \\partial a^*$ for this one. All that comes after \
        it is as on the page.
        """),
    Exercise(
      0, 4, "deepTiedGradients", points: 4, reread: "Tied weights: two terms",
      hint: """
        First take the four layers for untied, and go back from $\\delta_4 = \\hat x - x$ to $\\delta_1$. Of the four \
        gradients, two belong to each matrix; mind their shapes.
        """),
    Exercise(
      1, 1, "energyCaptured", points: 1, reread: "How many terms make an image?",
      hint: "First squares, then sums. Check the two ends: no terms hold nothing, all of them hold everything."),
    Exercise(
      1, 2, "smallestRank", points: 2, reread: "The truncated decomposition reaches it",
      hint: """
        The theorem tells how near the best matrix of each rank comes, without building it. Mind both ends: an error that \
        the zero matrix already meets, and one that only the full rank does.
        """),
    Exercise(
      1, 3, "balancedFactors", points: 2, reread: "The truncated decomposition reaches it",
      hint: """
        Cut the decomposition after $k$ terms. $\\Sigma$ now stands between the two factors: how can each take an equal \
        part of it?
        """),
    Exercise(
      1, 4, "missedDirection", points: 2, reread: "Deeper: The same in the spectral norm",
      hint: """
        The page finds such a vector on the other side, $B v = 0$. Which space of $k + 1$ dimensions takes the place of \
        that of $v_1, \\dots, v_{k+1}$?
        """),
    Exercise(
      1, 5, "nearestOrthogonal", points: 3, reread: "Distances do not feel a rotation",
      hint: """
        Distances do not feel a rotation: turn $Q$ into $U^\\top Q V$ and ask which orthogonal matrix is closest to \
        $\\Sigma$.
        """),
    Exercise(
      2, 1, "normalisedExamples", points: 1, reread: "With one normalisation it is PCA",
      hint: "Nothing is learnt from the new examples: not their mean, nor how many they are."),
    Exercise(
      2, 2, "whiteAutoencoder", points: 3, reread: "A floor under every autoencoder with a linear decoder",
      hint: """
        Which of the page's best pairs has codes that are white up to a number? Find the number, and see to it that the \
        decoder undoes it.
        """),
    Exercise(
      2, 3, "farthestDirection", points: 3, reread: "With one normalisation it is PCA",
      hint: """
        Orthonormal bases first. What is left of one of them when its projection on the other is taken away has the \
        sines of the angles for singular values; its singular vectors say where.
        """),
    Exercise(
      2, 4, "criticalPoint", points: 3, reread: "No bad minima, only saddles",
      hint: """
        Count pairs for the units that are on. A unit that is off, switched on a little with $w^*$ and $w$, changes \
        the loss by $-\\sum_m \\gamma_m w^*_m w_m$ over the missing eigenvectors: how many ways down has one such \
        product?
        """),
    Exercise(
      3, 1, "compressionRatio", points: 1, reread: "How much is compressed?",
      hint: "Imagine a receiver who has nothing yet: list what must be sent before all $N$ images can be decoded."),
    Exercise(
      3, 2, "copyingWeights", points: 2, reread: "A code with room for everything",
      hint: """
        The weights on the page leave $K - D$ units idle. Give these an input too, and count how often each input is copied.
        """),
    Exercise(
      3, 3, "cosineBasis", points: 2, reread: "A codec that was never trained",
      hint: "The derivation on the page ends with the squared lengths of the waves. They are not all alike."),
    Exercise(
      3, 4, "memorisingWeights", points: 2, reread: "One number for every image",
      hint: """
        Each rectifier changes the slope of $g$ at its own knot and nowhere else. Which slope is needed between two \
        neighbouring codes?
        """),
    Exercise(
      3, 5, "lowestFrequencies", points: 3, reread: "A codec that was never trained",
      hint: """
        Written with matrices, the coefficients are a product of three. What undoes $P$ and $Q$ is their inverse, and they \
        are orthogonal.
        """),
    Exercise(
      4, 1, "softThreshold", points: 1, reread: "The most probable code",
      hint: "Three cases: a minimum at $h > 0$, one at $h < 0$, and the kink between."),
    Exercise(
      4, 2, "sparsityPenalty", points: 2, reread: "A penalty on the mean activation",
      hint: "One mean for each unit, taken down a column of $H$; then one divergence for each mean."),
    Exercise(
      4, 3, "populationAndLifetime", points: 2, reread: "What training finds",
      hint: "Write the measure once, as a function of an array. Only what $n$ counts differs between the two."),
    Exercise(
      4, 4, "sparseCodes", points: 2, reread: "Deeper: ISTA, for codes of many units",
      hint: """
        Complete the square in $z$: each unit is then thresholded by itself. The threshold follows from the factor in front \
        of the square.
        """),
    Exercise(
      4, 5, "sparsityGradient", points: 3, reread: "A penalty on the mean activation",
      hint: """
        At $a = 40$ the difference $1 - s(a)$ has lost all its digits. What is $1 - s(a)$ as a sigmoid?
        """),
    Exercise(
      5, 1, "saltAndPepper", points: 1, reread: "Three ways to spoil an input",
      hint: """
        Two questions for each component, in this order: is it spoilt, and if so, by what? Each has a draw and a \
        strict inequality of its own.
        """),
    Exercise(
      5, 2, "denoisingLoss", points: 2, reread: "The best denoiser is a conditional mean",
      hint: """
        $x$ and $\\tilde x$ both occur: one is what the network sees, the other what its output is compared with. An \
        example is a row, so for the whole batch $W x$ becomes $X W^\\top$.
        """),
    Exercise(
      5, 3, "optimalDenoiser", points: 2, reread: "Under Gaussian noise it climbs the density",
      hint: """
        Weights that add to 1 stay the same if all of them are multiplied by one number before they are normalised. \
        Which number makes the largest of them 1?
        """),
    Exercise(
      5, 4, "mixtureScore", points: 2, reread: "Under Gaussian noise it climbs the density",
      hint: """
        Go through the derivation again with a $\\sigma_k$ for each Gaussian: what no longer cancels in Bayes' \
        formula? Then do with logarithms what cannot be done with densities that are rounded to 0.
        """),
    Exercise(
      5, 5, "denoiserSlope", points: 3, reread: "Deeper: One dimension: crossing the identity",
      hint: """
        In one dimension the slope is a variance over $\\sigma^2$. Repeat that derivation for \
        $\\partial r_i / \\partial \\tilde x_k$: which component of the examples comes from $r_i$, \
        which from the derivative of the weights?
        """),
    Exercise(
      6, 1, "contractivePenalty", points: 1, reread: "The Jacobian of an encoder",
      hint: """
        First squares, then sums: over the inputs, over the units, and last the mean over the examples, each with \
        slopes of its own.
        """),
    Exercise(
      6, 2, "twoLayerJacobian", points: 2, reread: "The Jacobian of an encoder",
      hint: """
        The chain rule gives a product of four matrices. Each activation has a slope of its own, and both slopes can \
        be written with the activations that the forward pass has computed anyway.
        """),
    Exercise(
      6, 3, "contractiveGradient", points: 3, reread: "The gradient of the penalty",
      hint: """
        $W_{ji}$ occurs twice in $J$: as a factor of it, and in the pre-activation, on which the slope $s_j$ depends. \
        $b_j$ occurs once.
        """),
    Exercise(
      6, 4, "sensitivityRatio", points: 1, reread: "Keep and throw away",
      hint: """
        $J u$ is how fast the code changes when $x$ moves along $u$. Add up its length over the examples before you \
        divide.
        """),
    Exercise(
      6, 5, "noiseCost", points: 3, reread: "From noise to a penalty",
      hint: """
        Write $r_i$ out as a sum over the units and differentiate it once and twice with respect to $x_k$. In the \
        expansion the first derivatives stand squared, and the second ones beside $r(x) - x$.
        """),
    Exercise(
      7, 1, "reparameterisedSample", points: 1, reread: "A gradient through a sample",
      hint: "The encoder gives $\\log \\sigma^2$. What must be done to it before it can multiply $\\varepsilon$?"),
    Exercise(
      7, 2, "divergenceFromPrior", points: 2, reread: "The KL between two diagonal Gaussians",
      hint: """
        The formula has $\\sigma^2$ and its logarithm; one of them is given. Then count: what is added up over a code, \
        and what is averaged over the examples?
        """),
    Exercise(
      7, 3, "evidenceBound", points: 2, reread: "A variational autoencoder of images",
      hint: """
        Write down the logarithm of one pixel's normal density, with all that is in it, and count how often each part \
        occurs in an image.
        """),
    Exercise(
      7, 4, "importanceWeightedBound", points: 2, reread: "Deeper: More than one code",
      hint: """
        A common factor of the weights may be taken out of the sum before the logarithm is taken. Choose it for each \
        example, so that no exponential overflows and not all of them vanish.
        """),
    Exercise(
      7, 5, "gradientsThroughSample", points: 3, reread: "A gradient through a sample",
      hint: """
        Each of the two reaches the loss by two roads, through $z$ and through the divergence. Write $\\sigma$ as a \
        function of $\\log \\sigma^2$ before you differentiate.
        """),
    Exercise(
      8, 1, "countingGradient", points: 2, reread: "One law for every type of input",
      hint: """
        Write $-\\log p$ as a function of $a$; both $\\log \\mu$ and $\\log (1 - \\mu)$ are softplus functions. What is the \
        natural parameter here, and what is its derivative with respect to $a$?
        """),
    Exercise(
      8, 2, "chainStep", points: 2, reread: "Digits as bits",
      hint: """
        Three stages, of which the first and the last have a strict inequality each. The network sees the corrupted \
        bits; what it gives is a probability, not a state.
        """),
    Exercise(
      8, 3, "denoisingChain", points: 3, reread: "A chain that leaves the data as they are",
      hint: """
        $\\pi T = \\pi$ is a linear system with one equation too few; that the probabilities add to 1 is the one that is missing.
        """),
    Exercise(
      8, 4, "jointDistribution", points: 3, reread: "When do two conditionals belong together?",
      hint: """
        Read $\\beta(x)$ off one column of the table of ratios. That gives a candidate; does its decoder agree everywhere?
        """),
    Exercise(
      9, 1, "foldedKinks", points: 2, reread: "Fold the line, and fold it again",
      hint: """
        Begin at the other end: if you know the kinks of all tents but the first, which $x$ does the first tent send there? \
        There are two for each. One kink is its own.
        """),
    Exercise(
      9, 2, "countPieces", points: 3, reread: "Deeper: Counting pieces exactly",
      hint: """
        On each piece so far every unit's input is a line $\\alpha + \\beta x$: where does it cross 0? In the end ask which \
        of the cuts the outputs feel.
        """),
    Exercise(
      9, 3, "gradientNorms", points: 3, reread: "Back through many layers",
      hint: """
        The heart of the lesson with another slope. Mind which layer's slope multiplies $\\delta$ before it meets which \
        weights.
        """),
    Exercise(
      9, 4, "stackLosses", points: 2, reread: "One layer at a time",
      hint: """
        The last pair encodes last and decodes first. Compare with $x$, not with what the pair itself was trained on.
        """),
    Exercise(
      10, 1, "tangentImage", points: 2, reread: "A digit that moves",
      hint: "Differentiate $x(p - s)$ in $s$ at 0, wave by wave. One sign comes from the cosine and one from $-s$."),
    Exercise(
      10, 2, "scaledCoordinates", points: 2, reread: "Distances know the coordinates",
      hint: """
        The distances are squared already. Centre rows and columns, and remember that the eigenvectors have length 1, \
        whereas the coordinates know how long they are.
        """),
    Exercise(
      10, 3, "pathLengths", points: 3, reread: "The heart: unroll a surface",
      hint: """
        Floyd's three loops are enough; so is going over all edges $N$ times. What is the length of a path to where one is?
        """),
    Exercise(
      10, 4, "pancakeLogDensity", points: 3, reread: "Windows and pancakes",
      hint: """
        The last line of the derivation needs $d$ inner products only. $\\log \\det C$ is a sum of logarithms of \
        eigenvalues: how many of them are $\\sigma^2$?
        """),
    Exercise(
      11, 1, "proximalStep", points: 2, reread: "Three moves, none of which can fail",
      hint: """
        Two squares in $u$ make one, around a weighted mean; then each unit is thresholded by itself. The threshold follows \
        from the factor in front of the square.
        """),
    Exercise(
      11, 2, "sweptColumns", points: 3, reread: "Three moves, none of which can fail",
      hint: """
        Take the column's own share out of the data's residual first. Of unit vectors only the direction is left to choose.
        """),
    Exercise(
      11, 3, "acceleratedCodes", points: 2, reread: "ISTA and FISTA, beside their bounds",
      hint: "Keep two codes and two values of $\\tau$. The second step has no momentum yet, because $\\tau^- - 1 = 0$."),
    Exercise(
      11, 4, "dualityGap", points: 3, reread: "How far from the best? The duality gap",
      hint: """
        With $s < 1$ some unit answers with exactly $\\lambda$. What is the largest $s$ if no answer exceeds $\\lambda$?
        """),
    Exercise(
      12, 1, "pairedVerdict", points: 2, reread: "The heart: a verdict",
      hint: "First the differences, then their mean and their variance. $\\rho$ is added to $1/J$, not to $J$."),
    Exercise(
      12, 2, "averagePrecision", points: 3, reread: "Codes of bits",
      hint: """
        Sort by score and walk down group by group: count the wanted and all items so far only at the end of a group of \
        equal scores.
        """),
    Exercise(
      12, 3, "messageInterval", points: 2, reread: "Bytes that can be counted",
      hint: "Both ends move: the new low needs the *old* width, and then the width shrinks."),
    Exercise(
      12, 4, "neighbourError", points: 3, reread: "Which autoencoder for what",
      hint: """
        Take the $k$ nearest in order, the nearest first. If you count the votes in that order and let only *more* votes \
        win, mind that the class met first need not be the one whose votes come first to the top.
        """),
    Exercise(
      13, 1, "heldOutError", points: 2, reread: "Room 5: evaluation",
      hint: """
        One image in the last batch: how much should it weigh? A healthy answer does not change with `batch`, so that \
        `batch = 1` and `batch = N` test it.
        """),
    Exercise(
      13, 2, "adamPath", points: 2, reread: "Room 4: the optimiser",
      hint: "A constant gradient makes every step $\\eta$ long. Print the steps: from which one on are they wrong?"),
    Exercise(
      13, 3, "tanhContraction", points: 3, reread: "Room 1: gradients",
      hint: """
        Central differences in one bias show that something is wrong. Which of the lines is the derivative of the slope, \
        and of which slope?
        """),
    Exercise(
      13, 4, "noiseLoss", points: 3, reread: "Room 3: variational",
      hint: """
        Let $s$ grow: where does the loss go? The density of a normal distribution must integrate to 1 for every $s$; and \
        the best $s$ is the logarithm of the mean square per pixel.
        """),
    Exercise(
      14, 1, "chainMarginals", points: 1, reread: "Noise, step by step",
      hint: """
        Everything that is there already shrinks: the example by the factor, and the variance of the earlier noise by its \
        square.
        """),
    Exercise(
      14, 2, "noiseAndScore", points: 2, reread: "One guess, four names",
      hint: """
        Solve $x = \\alpha x_0 + \\sigma \\varepsilon$ for the noise. The score points back to where there is less \
        noise; mind its unit.
        """),
    Exercise(
      14, 3, "ancestralStep", points: 2, reread: "The bound is a sum of denoising losses",
      hint: """
        Mean and variance stand above the derivation of a level's weight. What is left of either when $\\sigma_s = 0$?
        """),
    Exercise(
      14, 4, "heunStep", points: 3, reread: "Three ways down",
      hint: """
        The denoiser is lesson 05's weighted mean of the examples, with $\\alpha_t$ times each. Both $\\hat x_0$ and \
        $\\hat \\varepsilon$ of the second look belong to level $s$ and to the point that Euler's step reached.
        """),
    Exercise(
      14, 5, "diffusionBound", points: 2, reread: "The bound is a sum of denoising losses",
      hint: """
        The last line of the derivation has two levels and one number. The weight of a level is how much $\\gamma$ falls on \
        the way to it; the lowest level's is all that is left of it.
        """),
  ]

  private init(
    _ lesson: Int, _ number: Int, _ function: String, points: Int, reread section: String, hint: String
  ) {
    self.init(lesson: lesson, number: number, function: function, points: points, section: section, hint: hint)
  }
}
