import Autoencoders
import Datasets
import Foundation
import LinearAlgebra
import Programs
import Testing

@testable import reconstruct

@Suite("The program reconstruct") final class ReconstructTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "reconstruct-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  private func network() throws -> Autoencoder<Double> {
    var stream = RandomStream(seed: 4)
    return try Autoencoder(inputs: 64, hidden: 3, activation: .sigmoid, output: .sigmoid, using: &stream)
  }

  private func saved(_ bytes: [UInt8]) throws -> String {
    let file = folder.appending(path: "network.aen")
    try Data(bytes).write(to: file)
    return file.path
  }

  @Test func codesAndPicturesAreWritten() throws {
    let network = try network()
    let output = folder.appending(path: "made")
    let status = Reconstruct.run([try saved(network.fileBytes()), "--limit", "12", "--output", output.path])
    #expect(status == 0)
    let lines = try String(contentsOf: output.appending(path: "codes.csv"), encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 13 && lines[0] == "image,label,error,h1,h2,h3")
    let digits = LabelledImages.digits.prefix(12)
    let H = network.encode(digits.scaled)
    for n in 0..<12 {
      let cells = lines[n + 1].split(separator: ",")
      #expect(cells[0] == "\(n)" && cells[1] == "\(digits.labels[n])")
      #expect(cells[3...].compactMap { Double($0) } == H.row(n))
      let d = digits.scaled.row(n) .- network.decode(H).row(n)
      #expect(Double(cells[2]) == dot(d, d))
    }
    let svg = try String(contentsOf: output.appending(path: "reconstructions.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg") && svg.contains("From the least error to the greatest"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: output.path).sorted() == ["codes.csv", "reconstructions.svg"])
  }

  @Test func thePictureShowsEightImagesEvenlyFromTheLeastErrorToTheGreatest() throws {
    let outcome = try Outcome(network(), LabelledImages.digits.prefix(12))
    let svg = try outcome.figure.svg(description: "")
    let errors = outcome.errors.sorted()
    let shown = [0, 1, 3, 4, 6, 7, 9, 11].map { String(format: "%.3g", errors[$0]) }
    // The scale has 0 and 1.
    let labels = svg.matches(of: />(\d+\.?\d*)</).map { String($0.1) }.filter { (Double($0) ?? 0) > 1 }
    #expect(labels == shown)
    let one = try Outcome(network(), LabelledImages.digits.prefix(1))
    #expect(try one.figure.svg(description: "").contains(String(format: ">%.3g<", one.errors[0])))
  }

  @Test func whatIsWrongHasItsExitCode() throws {
    #expect(Reconstruct.run([]) == ExitCode.usage.rawValue)
    #expect(Reconstruct.run(["a", "b"]) == ExitCode.usage.rawValue)
    #expect(Reconstruct.run(["a", "--limit", "0"]) == ExitCode.usage.rawValue)
    #expect(Reconstruct.run([folder.appending(path: "none").path]) == ExitCode.inputMissing.rawValue)
    #expect(Reconstruct.run([folder.path]) == ExitCode.inputMissing.rawValue)
    #expect(Reconstruct.run([try saved(Array("no network".utf8))]) == ExitCode.badData.rawValue)
    let bytes = try network().fileBytes()
    #expect(Reconstruct.run([try saved(Array(bytes.dropLast(100)))]) == ExitCode.badData.rawValue)
    let whole = try saved(bytes)
    #expect(Reconstruct.run([whole, "--data", folder.appending(path: "none").path]) == ExitCode.inputMissing.rawValue)
    // Images of another size: 2 × 2.
    let csv = folder.appending(path: "small.csv")
    try Data("label,p0,p1,p2,p3\n0,1,2,3,4\n1,4,3,2,1\n".utf8).write(to: csv)
    #expect(Reconstruct.run([whole, "--data", csv.path]) == ExitCode.badData.rawValue)
  }

  @Test func messagesNameTheFileAndWhatToDo() throws {
    for missing in [folder, folder.appending(path: "none")] {
      do {
        _ = try Reconstruct.network(at: missing)
        Issue.record("a network is read where there is none")
      } catch {
        #expect(error.message.hasPrefix("no file at "))
      }
    }
    let file = URL(filePath: try saved(Array(try network().fileBytes().dropLast(1))))
    do {
      _ = try Reconstruct.network(at: file)
      Issue.record("a file without its last byte is read")
    } catch {
      #expect(error.message.contains("network.aen") && error.message.contains("copy it again"))
    }
  }
}
