import LinearAlgebra
import Notebook

/// The lectures' sentences about under- and overcomplete codes, each with what main.swift has measured and a verdict. S is
/// Srihari's lecture, L Larochelle's.
func sentences() -> [[Cell]] {
  func short(_ x: Double) -> String { Numeral.short(x, significant: 3) }
  return [
    [
      "S: autoencoders are data-specific",
      "5–9 over 0–4: \(short(learnt[other] / learnt[home])); DCT: \(short(fixed[other] / fixed[home]))",
      "yes",
    ],
    [
      "S: they compress *only* data like that of training",
      "5–9, network over DCT: \(short(learnt[other] / fixed[other])); inverted: \(short(learnt[inverted] / fixed[inverted]))",
      "not of other classes; yes of other kinds of image",
    ],
    [
      "S: they are lossy", #"undercomplete \#(short(learnt[home])); overcomplete by hand 0"#,
      "if undercomplete",
    ],
    [
      "S: an undercomplete code captures the salient features",
      "wrong neighbours \(own); random projections \(wrong[5].low + wrong[5].high)", "yes",
    ],
    [
      "L: … but bad ones for other input",
      "wrong neighbours with the networks swapped \(swapped); pixels in another order \(short(wrong[1].reordered)), random projections \(short(wrong[5].reordered))",
      "of other classes: worse, not bad; of other kinds of image: yes",
    ],
    ["L: overcomplete units could copy one input each", "by hand 0 on everything", "yes"],
    [
      "S: $k = D$ and overcomplete learn to copy",
      "0–4: \(Numeral.residual(ofOver[0])); noise in the span: \(Numeral.residual(ofOver[2])); outside: \(Numeral.residual(ofOver[3]))",
      "what the data span, little by little",
    ],
    [
      "L: no guarantee of meaningful structure",
      "cosine of the filters with their random start \(short(likeStart))", "yes",
    ],
    [
      "S: one number can index all examples",
      "training \(Numeral.residual(lines[0].training)), held-out \(short(lines[0].test))",
      "by construction",
    ],
    [
      "S: too much capacity learns nothing useful",
      "\(memorised) images: \(short(lines[1].test)); all: \(short(lines[2].test)); neighbours apart \(short(lines[1].apart))",
      "capacity relative to examples",
    ],
    [
      "S: regularised overcomplete networks can learn something",
      "cleaned \(short(cleaned)), copied \(short(ε(noisy, of: Xʰ)))",
      "yes",
    ],
  ]
}

/// Bits and errors of the lossless and the lossy codes for one image.
func bitRows() -> [[Cell]] {
  [
    ["\(D) pixels of \(Int(digits.maximum) + 1) levels", Cell(rawBits), 0],
    ["pixels, arithmetic code", Cell(lossless), 0],
    ["\(k) numbers of 64 bits", Cell(64 * k), Cell(learnt[home], significant: 3)],
  ] + rounded.map { ["\(k) numbers of \($0.b) bits", Cell($0.b * k), Cell($0.ε, significant: 3)] }
}

/// Codes of one number, and for comparison one principal component and the mean image.
func oneNumberRows() -> [[Cell]] {
  let meanImage = Matrix(rows: Xʰ.rows, columns: D) { _, i in handful.scaled.columnMeans[i] }
  func comparison(_ name: String, _ training: Double, _ test: Double) -> [Cell] {
    [Cell(name), Cell(training, significant: 2), Cell(test, significant: 3), "", ""]
  }
  return lines.map {
    [
      Cell($0.name), Cell($0.training, significant: 2), Cell($0.test, significant: 3), Cell($0.apart, significant: 2),
      Cell($0.strange, significant: 3),
    ]
  } + [
    comparison("PCA of \(memorised)", principal.few, principalAbroad),
    comparison("PCA of all", onePrincipal(X, X), principal.all),
    comparison("mean image of \(memorised)", 1, ε(meanImage, of: Xʰ)),
  ]
}

/// The overcomplete linear network under three strengths of weight decay, below the one that copies.
func remedyRows() -> [[Cell]] {
  [["copying by hand", 0, 0, 0, 0, Cell(ε(noisy, of: Xʰ), significant: 3), ""]]
    + remedies.map { remedy in
      [Cell(remedy.λ)] + (remedy.errors + [remedy.cleaned]).map { Cell($0, significant: 3) } + [
        Cell(remedy.distance, significant: 2)
      ]
    }
}
