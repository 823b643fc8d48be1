import Programs

extension Options {
  static let manual = Manual([
    .paragraph("grade: marks the answers to the exercises"),
    .terms(
      "Examples",
      [
        ("swift run grade", "your answers, in lessons/NN-slug/ExercisesNN.swift"),
        ("swift run grade --lesson 03", "those of lesson 03"),
        (
          "swift run grade --exercises DIR --format gradescope --output results.json",
          "the files ExercisesNN.swift in DIR and below"
        ),
        ("swift run grade --class DIR", "a folder for each student; writes DIR-marks"),
        ("swift run grade --replay 1.3:7", "the call of exercise 1.3 that failed with seed 7, as Swift to paste"),
        ("swift run grade --student-edition DIR", "a copy of the package to give out, without right answers"),
      ]),
    .terms(
      "What is marked",
      [
        ("--lesson NN", "mark this lesson only; may be given several times"),
        ("--exercise N.N", "mark this exercise only; may be given several times; for a class, the rest is kept"),
        ("--exercises DIR", "where the answers lie (default: the lessons of the package)"),
        ("--class DIR", "where the folders of students lie; marks those that are not in the output yet"),
        ("--unpack", "of a class, unpack zip files first"),
      ]),
    .terms(
      "What is asked, and in what",
      [
        ("--seed N", "what the questions are drawn with (default: 1; for a class, what --secret says)"),
        (
          "--secret FILE",
          "draw with another seed for each attempt of each student, made of this file's text and the answers (for a class "
            + "the default is a file that is made in the output)"
        ),
        (
          "--timeout SECONDS",
          "how long the questions of one exercise may take (default: 10); a class's student gets 12 times that in all"
        ),
        ("--require-confinement", "mark nobody if a part of the confinement is missing here"),
      ]),
    .terms(
      "What is written",
      [
        (
          "--format FORMAT",
          "text, gradescope (results.json), classroom (for GitHub's reporter) or junit (XML) (default: text)"
        ),
        (
          "--feedback HOW",
          "full: what was expected and what came; hint: what is wrong, without a figure; marks: right or not (default: full)"
        ),
        ("--output FILE", "write the report into FILE instead of standard output; of a class, into this folder"),
        ("--passing POINTS", "exit with 1 if there are fewer points (default: 0)"),
        ("--no-color", "no escape codes; NO_COLOR and TERM=dumb have the same effect"),
        ("--help", "this text"),
      ]),
    .paragraph(
      """
      Numbers are right within 10⁻¹⁰ of the largest magnitude expected, or of 1 if that is larger, unless the exercise says \
      otherwise: compute in Double. Answers are compiled file by file and run in processes of their own, which get 512 MiB \
      of memory, 24 threads and four processors. On Linux they can start and write nothing, reach no network, read no files but \
      their libraries and signal nobody; a line on standard error names whatever of that this system lacks.
      """),
    .paragraph(
      """
      Exit codes: 0 marked, 1 fewer points than --passing, 64 usage, 65 bad data, 66 input missing, 71 answers cannot be \
      marked here and nobody was, 73 output cannot be created, 78 a part of the confinement is missing.
      """),
  ])
}
