import Autoencoders
import Datasets
import Foundation
import LinearAlgebra
import Plotting
import Programs

/// The program `reconstruct`: codes and reconstructions of images by a network from a file.
enum Reconstruct {
  /// Does what `arguments`, the command line without the program's name, ask for, and returns the exit code. What went wrong
  /// has then been said on standard error.
  static func run(_ arguments: [String]) -> Int32 {
    do throws(Failure) {
      let options = try Options(arguments)
      let console = try Console(color: false, progress: false)
      guard !options.help, let file = options.network else {
        try console.print(Options.manual.text(width: console.width))
        return ExitCode.done.rawValue
      }
      Terminal.reportSlowness(of: "reconstruct")
      let network = try network(at: file)
      let images = try images(options)
      guard images.width * images.height == network.inputs else {
        throw Failure(
          "the network takes \(network.inputs) numbers, but the images have \(images.width) × \(images.height) pixels; "
            + "train it on images of this size (a lesson's --data), or choose others with --data", code: .badData)
      }
      let outcome = Outcome(network, images)
      try write(outcome, into: options.output)
      try console.print(
        outcome.summary + "written: codes.csv and reconstructions.svg in \(options.output.relativePath)\n")
      return ExitCode.done.rawValue
    } catch {
      Terminal.report(error.message, of: "reconstruct")
      return error.exitCode
    }
  }

  /// - Throws: ``Failure`` with exit code 66 for a file that cannot be read, 65 for one that holds no network.
  static func network(at file: URL) throws(Failure) -> Autoencoder<Double> {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue else {
      throw Failure(
        "no file at \(file.relativePath); a lesson writes one, such as swift run 00-what-an-autoencoder-is --save 1",
        code: .inputMissing)
    }
    let data: Data
    do {
      data = try Data(contentsOf: file, options: .mappedIfSafe)
    } catch {
      throw Failure("cannot read \(file.relativePath): \(error.localizedDescription)", code: .inputMissing)
    }
    do throws(NetworkFileError) {
      return try Autoencoder(fileBytes: [UInt8](data))
    } catch {
      throw Failure("\(file.relativePath): \(error)", code: .badData)
    }
  }

  private static func images(_ options: Options) throws(Failure) -> LabelledImages {
    guard let data = options.data else { return LabelledImages.digits.prefix(options.limit) }
    do throws(DataError) {
      return try OwnImages(at: data, limit: options.limit).images
    } catch {
      throw Failure("\(error)", code: error.kind == .missing ? .inputMissing : .badData)
    }
  }

  private static func write(_ outcome: Outcome, into folder: URL) throws(Failure) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(
        "cannot make the folder \(folder.relativePath): \(error.localizedDescription); choose another with --output",
        code: .cannotCreate)
    }
    let svg: String
    do throws(PlotError) {
      svg = try outcome.figure.svg(description: outcome.summary)
    } catch {
      throw Failure("the reconstructions cannot be drawn: \(error)", code: .badData)
    }
    var replacement = Replacement()
    try replacement.stage(outcome.table, for: folder.appending(path: "codes.csv"))
    try replacement.stage(svg, for: folder.appending(path: "reconstructions.svg"))
    try replacement.commit()
  }
}

/// What a network makes of images.
struct Outcome {
  let images: LabelledImages
  let X: Matrix<Double>
  let codes: Matrix<Double>
  let outputs: Matrix<Double>
  /// ‖x − x̂‖² of each image.
  let errors: [Double]

  init(_ network: Autoencoder<Double>, _ images: LabelledImages) {
    self.images = images
    X = images.scaled
    codes = network.encode(X)
    outputs = network.decode(codes)
    let difference = X - outputs
    errors = (0..<X.rows).map { n in
      let d = difference.row(n)
      return dot(d, d)
    }
  }

  /// The mean error beside that of the mean image, which needs no code at all.
  var summary: String {
    let centred = X.subtractingFromEachRow(X.columnMeans)
    let variance = centred.squaredNorm / Double(X.rows)
    return """
      \(images)
      mean squared error, summed over pixels: \(short(mean(errors))); of the images' mean: \(short(variance))

      """
  }

  /// One line for each image: its number, its label, its error, and its code, in digits that give back every bit.
  var table: String {
    let head = ["image", "label", "error"] + (1...codes.columns).map { "h\($0)" }
    let lines = (0..<X.rows).map { n in
      (["\(n)", "\(images.labels[n])", "\(errors[n])"] + codes.row(n).map { "\($0)" }).joined(separator: ",")
    }
    return ([head.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  /// Up to eight images, evenly from the least to the greatest error, above their reconstructions.
  var figure: Figure {
    let order = errors.indices.sorted { (errors[$0], $0) < (errors[$1], $1) }
    let count = min(8, order.count)
    let shown = (0..<count).map { order[count == 1 ? 0 : $0 * (order.count - 1) / (count - 1)] }
    return Figure("From the least error to the greatest", width: 620) {
      ImageGrid(
        "Images above, reconstructions below; ‖x − x̂‖² on top",
        images: shown.map { X.row($0) } + shown.map { outputs.row($0) }, width: images.width, height: images.height,
        columns: count, range: 0...1, rowLabels: ["image", "reconstruction"],
        columnLabels: shown.map { short(errors[$0]) })
    }
  }

  private func short(_ x: Double) -> String { String(format: "%.3g", x) }
}
