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
      "not of other digits; yes of other kinds of image",
    ],
    [
      "S: they are lossy", #"undercomplete \#(short(learnt[home])); overcomplete by hand 0"#,
      "if undercomplete",
    ],
    [
      "S: an undercomplete code captures the salient features",
      "wrong neighbours \(own); random projections \(wrong[5].low + wrong[5].high)", "yes",
    ],
    ["L: … but bad ones for other input", "wrong neighbours with the networks swapped \(swapped)", "worse, not bad"],
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
