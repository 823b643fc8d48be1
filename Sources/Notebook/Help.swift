import Programs

/// What `--help` prints: examples first, then the lesson's own knobs, then the options that all lessons share.
struct Help {
  let program: String
  let title: String
  let summary: String
  let knobs: [Knob]

  var manual: Manual {
    var examples = ["swift run \(program)"]
    if let knob = knobs.first { examples.append("swift run \(program) --\(knob.name) \(knob.example)") }
    examples.append("swift run \(program) --seed 7 --output /tmp/pages")
    let own = knobs.map { (term: "--\($0.name) N", meaning: "\($0.purpose) (\($0.range), default \($0.standard))") }
    return Manual(
      [
        .paragraph("\(program): \(title)\n\(summary)"),
        .terms("Examples", examples.map { (term: $0, meaning: "") }),
      ] + (own.isEmpty ? [] : [.terms("Knobs of this lesson", own)]) + [
        .terms(
          "Options",
          [
            ("--seed N", "where the random numbers start (default \(Options.defaultSeed))"),
            ("--output DIR", "write the page into DIR/\(program) (default: Outputs of the package)"),
            (
              "--data PATH",
              """
              other images than the embedded 8 × 8 digits, the first 2000 of a set: a folder with IDX files like MNIST's, \
              plain or .gz (also EMNIST, QMNIST, torchvision's folders); the file of the images in it; or a CSV file, a \
              label and the pixels of a square image in each line
              """
            ),
            ("--threads N", "cores to compute on (default: all); no result depends on it"),
            ("--code", "print the code cells too, as the page has them"),
            ("--open", "show the page in the browser: the file index.html, which needs no network"),
            ("--quiet", "print nothing but failures"),
            ("--json", "print one JSON object instead of the page"),
            ("--no-color", "no escape codes; NO_COLOR and TERM=dumb have the same effect"),
            ("--help", "this text"),
          ]),
        .paragraph(
          """
          A run with a turned knob, another seed or other data writes beside the committed page, into \
          \(program)+knob=value. Lines are as long as the terminal is wide, or as COLUMNS says.
          """),
        .paragraph(
          """
          Exit codes: 0 done, 1 a check failed (on other data or draws one of an experiment may) or a figure could not be \
          drawn, 64 usage, 65 bad data, 66 input missing, 73 output cannot be created.
          """),
      ])
  }
}
