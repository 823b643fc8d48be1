import Foundation
import LinearAlgebra
import Programs

/// A matrix for Python: shape and bytes.
struct Array2D: Equatable {
  let rows: Int
  let columns: Int
  /// NumPy's name of the element type.
  let type: String
  let bytes: Data

  init<Element: Scalar>(_ A: Matrix<Element>) {
    rows = A.rows
    columns = A.columns
    type = MemoryLayout<Element>.size == 4 ? "<f4" : "<f8"
    bytes = A.withUnsafeElements { Data(buffer: $0) }
  }

  /// The file that `numpy.load` reads: version 1.0 of NumPy's format, a header of a multiple of 64 bytes and the numbers.
  var npy: Data {
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    let unpadded = 10 + header.utf8.count + 1
    header += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    let length = header.utf8.count
    return Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, UInt8(length & 0xff), UInt8(length >> 8)])
      + Data(header.utf8) + bytes
  }
}

/// The folder from which the peers read what they work with, so that both sides have the same data, initial weights and
/// hyperparameters: `plan.json`, an object for each workload, and `W4-X.npy` for the array X of W4.
struct Exchange {
  let folder: URL

  /// Makes the folder, below the system's one for temporary files.
  ///
  /// - Throws: ``Failure`` with exit code 73.
  init() throws(Failure) {
    folder = FileManager.default.temporaryDirectory.appending(path: "benchmark-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure("cannot make the folder \(folder.path) for the peers' data", code: .cannotCreate)
    }
  }

  /// - Throws: ``Failure`` with exit code 73.
  func writePlan(_ workloads: [any Workload]) throws(Failure) {
    let plan = Dictionary(uniqueKeysWithValues: workloads.map { ($0.name, $0.settings) })
    try write("plan.json") { try JSONEncoder().encode(plan) }
  }

  /// - Throws: ``Failure`` with exit code 73.
  func writeArrays(of workload: any Workload) throws(Failure) {
    let arrays: [String: Array2D]
    do { arrays = try workload.arrays() } catch { throw Failure("\(workload.name): \(error)", code: .checkFailed) }
    for (name, array) in arrays { try write("\(workload.name)-\(name).npy") { array.npy } }
  }

  private func write(_ name: String, _ contents: () throws -> Data) throws(Failure) {
    do {
      try contents().write(to: folder.appending(path: name))
    } catch {
      throw Failure("cannot write the peers' \(name): \(error.localizedDescription)", code: .cannotCreate)
    }
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}
