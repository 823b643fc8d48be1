import Foundation
import Programs
import Testing

@testable import Grading

@Suite("What answers are compiled with")
struct ToolchainTests {
  /// What a build system leaves of `Exercises`, `LinearAlgebra` and a module that answers may not import; and the objects
  /// of it that are to be linked.
  enum Layout: CaseIterable {
    case native, swiftBuild

    var files: [String] {
      switch self {
      case .native:
        ["Exercises", "LinearAlgebra", "Grading"].flatMap {
          ["Modules/\($0).swiftmodule", "\($0).build/A.swift.o", "\($0).build/Gone.swift.o"]
        }
      case .swiftBuild:
        ["Exercises", "LinearAlgebra", "Grading"].flatMap {
          ["\($0).swiftmodule/x86_64-unknown-linux-gnu.swiftmodule", "\($0).o"]
        }
      }
    }

    var objects: [String] {
      switch self {
      case .native: ["Exercises.build/A.swift.o", "LinearAlgebra.build/A.swift.o"]
      case .swiftBuild: ["Exercises.o", "LinearAlgebra.o"]
      }
    }

    func write(to scratch: Scratch, without missing: String? = nil) throws {
      for file in files where file != missing { try scratch.write("", to: file) }
      guard self == .native else { return }
      // The list names objects by where they were built; the source of `Gone.swift.o` is there no more.
      let list = #"{"": {"swift-dependencies": "/a/m.swiftdeps"}, "/s/A.swift": {"object": "/a/A.swift.o"}}"#
      for module in Toolchain.imports { try scratch.write(list, to: "\(module).build/output-file-map.json") }
    }
  }

  /// Only where it is found are the system's headers not read anew for each student.
  @Test func `what the package manager keeps of the system's headers is used`() throws {
    let cache = try Toolchain(products: Place.products).moduleCache
    #expect(FileManager.default.fileExists(atPath: cache.path), "no folder \(cache.path)")
  }

  @Test(arguments: Layout.allCases)
  func `modules and objects are found where either build system puts them`(layout: Layout) throws {
    let scratch = try Scratch()
    try layout.write(to: scratch)
    let toolchain = try Toolchain(products: scratch.folder)
    #expect(toolchain.objects.map(\.path) == layout.objects.map { scratch.folder.appending(path: $0).path })
    let modules = layout == .native ? scratch.folder.appending(path: "Modules") : scratch.folder
    #expect(toolchain.modules.path == modules.path)
    #expect(toolchain.refuses("Grading") && !toolchain.refuses("LinearAlgebra") && !toolchain.refuses("Foundation"))
  }

  @Test(arguments: Layout.allCases) func `what is missing is an error that names it`(layout: Layout) throws {
    for file in layout.files where file.contains("LinearAlgebra") && !file.contains("Gone") {
      let scratch = try Scratch()
      try layout.write(to: scratch, without: file)
      let failure = #expect(throws: Failure.self) { try Toolchain(products: scratch.folder) }
      #expect(failure?.exitCode == 66)
      let start = "no compiled LinearAlgebra in \(scratch.folder.path); run 'swift build'"
      #expect(failure?.message.hasPrefix(start) == true, "without \(file)")
    }
  }

  @Test func `a package that is not built is an error that says so`() throws {
    let scratch = try Scratch()
    let failure = #expect(throws: Failure.self) { try Toolchain(products: scratch.folder) }
    #expect(failure?.exitCode == 66)
    #expect(failure?.message.contains("run 'swift build'") == true)
  }
}
