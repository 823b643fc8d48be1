/// What `--help` prints: examples first, then the lesson's own knobs, then the options that all lessons share.
struct Help {
  let program: String
  let title: String
  let summary: String
  let knobs: [Knob]

  var text: String {
    var examples = ["swift run \(program)"]
    if let knob = knobs.first { examples.append("swift run \(program) --\(knob.name) \(knob.example)") }
    examples.append("swift run \(program) --seed 7 --output /tmp/pages")
    let own = knobs.map { ("--\($0.name) N", "\($0.purpose) (\($0.range), default \($0.standard))") }
    let common = [
      ("--seed N", "where the random numbers start (default \(Options.defaultSeed))"),
      ("--output DIR", "write the page into DIR/\(program) (default: Outputs of the package)"),
      (
        "--data PATH",
        "other images than the embedded 8 × 8 digits, the first 2000 of a set: a folder with IDX files like"
      ),
      ("", "MNIST's, plain or .gz (also EMNIST, QMNIST, torchvision's folders); the file of the images in it; or a"),
      ("", "CSV file, a label and the pixels of a square image in each line"),
      ("--threads N", "cores to compute on (default: all); no result depends on it"),
      ("--quiet", "print nothing but failures"),
      ("--json", "print one JSON object instead of the page"),
      ("--no-color", "no escape codes; NO_COLOR and TERM=dumb have the same effect"),
      ("--help", "this text"),
    ]
    return """
      \(program): \(title)
      \(summary)

      Examples
      \(examples.map { "  \($0)" }.joined(separator: "\n"))

      \(own.isEmpty ? "" : "Knobs of this lesson\n\(Help.aligned(own))\n\n")Options
      \(Help.aligned(common))

      A run with a turned knob, another seed or other data writes beside the committed page, into
      \(program)+knob=value.

      Exit codes: 0 done, 1 a check failed (on other data or draws one of an experiment may), 64 usage, 65 bad data,
      66 input missing, 73 output cannot be created.

      """
  }

  private static func aligned(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { option, purpose in
      "  \(option)\(String(repeating: " ", count: width - option.count + 2))\(purpose)"
    }.joined(separator: "\n")
  }
}
