import Foundation
import Programs
import Testing

@testable import Grading

@Suite("What answers are compiled with")
struct ToolchainTests {
  @Test func `an object whose source is gone is not linked`() throws {
    let scratch = try Scratch()
    let real = try Toolchain(products: Place.products)
    for name in ["Modules", "Exercises.build"] { try link(name, in: scratch) }
    try scratch.write("no object", to: "LinearAlgebra.build/Gone.swift.o")
    let folder = Place.products.appending(path: "LinearAlgebra.build")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      try link("LinearAlgebra.build/\(name)", in: scratch)
    }
    let names = try Toolchain(products: scratch.folder).objects.map(\.lastPathComponent)
    #expect(names.contains("SVD.swift.o"))
    #expect(!names.contains("Gone.swift.o"))
    #expect(names.count == real.objects.count)
  }

  @Test func `a package that is not built is an error that says so`() throws {
    let scratch = try Scratch()
    let failure = #expect(throws: Failure.self) { try Toolchain(products: scratch.folder) }
    #expect(failure?.exitCode == 66)
    #expect(failure?.message.contains("run 'swift build'") == true)
  }

  private func link(_ name: String, in scratch: Scratch) throws {
    try FileManager.default.createSymbolicLink(
      at: scratch.folder.appending(path: name), withDestinationURL: Place.products.appending(path: name))
  }
}
