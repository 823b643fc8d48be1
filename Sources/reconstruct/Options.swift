import Foundation
import Programs

/// What the command line asks for.
struct Options: Equatable {
  /// The file of the network; `nil` only if help is asked for.
  var network: URL?
  /// Where the images lie; `nil` for the digits of the course.
  var data: URL?
  var output = URL(filePath: "Outputs/reconstruct", directoryHint: .isDirectory)
  /// How many images to take at most.
  var limit = 2000
  var help = false

  /// Reads `arguments`, the command line without the program's name.
  ///
  /// - Throws: ``Failure`` with exit code 64.
  init(_ arguments: [String]) throws(Failure) {
    let arguments = try Arguments(
      arguments, flags: ["--help", "-h"], valued: ["--data", "--output", "--limit"], program: "reconstruct")
    for item in arguments.items {
      switch item {
      case .flag: help = true
      case .word(let word):
        guard network == nil else {
          throw Failure("unexpected argument '\(word)'; one network is applied at a time", code: .usage)
        }
        network = URL(filePath: word)
      case .value(let value, for: "--data"): data = URL(filePath: value)
      case .value(let value, for: "--output"): output = URL(filePath: value, directoryHint: .isDirectory)
      case .value(let value, for: let name): limit = try Arguments.number(value, for: name, in: 1...1_000_000)
      }
    }
    guard help || network != nil else {
      throw Failure("which network? Name its file; see: swift run reconstruct --help", code: .usage)
    }
  }

  static let manual = Manual([
    .paragraph("reconstruct: applies a network that a lesson has kept to images"),
    .terms(
      "Examples",
      [
        ("swift run 00-what-an-autoencoder-is --save 1", "train a network and keep it"),
        (
          "swift run reconstruct Outputs/00-what-an-autoencoder-is+save=1/network.aen",
          "apply it to the digits of the course"
        ),
        ("swift run reconstruct network.aen --data digits.csv --output DIR", "apply it to your own images"),
      ]),
    .terms(
      "Options",
      [
        ("--data PATH", "images as for the lessons: a folder of IDX files, or a CSV file (default: the digits)"),
        ("--limit N", "take the first N images at most (default: 2000)"),
        ("--output DIR", "where to write codes.csv and reconstructions.svg (default: Outputs/reconstruct)"),
        ("--help", "this text"),
      ]),
    .paragraph(
      """
      Grey values are divided by the largest possible one, as in lesson 00. codes.csv has a line for each image: its number, \
      its label, the squared error summed over its pixels, and its code.
      """),
    .paragraph("Exit codes: 0 done, 64 usage, 65 bad data, 66 input missing, 73 output cannot be created."),
  ])
}
