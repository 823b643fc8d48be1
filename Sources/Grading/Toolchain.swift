import Foundation
import Programs

/// What a student's file is compiled with.
struct Toolchain {
  let compiler: URL
  /// Lists the flags that an object asks the linker for; `nil` where the linker itself allows libraries only.
  let autolinkExtractor: URL?
  /// The folder of the compiled modules that the file may import.
  let modules: URL
  /// The objects of those modules.
  let objects: [URL]
  /// Where the package manager has let the compiler keep what it makes of the system's headers.
  let moduleCache: URL
  /// Names the header of the processor, which `LinearAlgebra` imports: the compiler looks for it wherever that is imported.
  static let headers = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Processor/module.modulemap")

  /// The modules that exercises may import, besides the toolchain's own.
  static let imports = ["Exercises", "LinearAlgebra"]

  /// The toolchain for programs beside those that were built into `products`.
  ///
  /// - Throws: ``Failure`` with exit code 66 if there is no compiler, or no compiled module where the package manager
  ///   puts them.
  init(products: URL) throws(Failure) {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
    let compilers = path.split(separator: ":").map { URL(filePath: String($0)).appending(path: "swiftc") }
    guard let compiler = compilers.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
      throw Failure("no swiftc in the folders of PATH; exercises are compiled with it", code: .inputMissing)
    }
    self.compiler = compiler
    #if os(Linux)
      // The program `swiftc` may be a link into the toolchain.
      let tools = compiler.resolvingSymlinksInPath().deletingLastPathComponent()
      let extractor = tools.appending(path: "swift-autolink-extract")
      guard FileManager.default.isExecutableFile(atPath: extractor.path) else {
        throw Failure(
          "no swift-autolink-extract beside \(compiler.path); exercises are linked with it", code: .inputMissing)
      }
      autolinkExtractor = extractor
    #else
      autolinkExtractor = nil
    #endif
    // The native build system has a folder for all modules, and one of objects for each; Swift Build puts a module and
    // one object of it beside the programs.
    let folder = products.appending(path: "Modules")
    let isNative = FileManager.default.fileExists(atPath: folder.path)
    modules = isNative ? folder : products
    moduleCache = products.appending(path: isNative ? "ModuleCache" : "../../ModuleCache.noindex").standardizedFileURL
    objects = Toolchain.imports.flatMap { module in
      isNative
        ? Toolchain.objects(of: products.appending(path: "\(module).build")) : [products.appending(path: "\(module).o")]
    }.filter { FileManager.default.fileExists(atPath: $0.path) }
    let missing = Toolchain.imports.filter { module in
      !FileManager.default.fileExists(atPath: modules.appending(path: "\(module).swiftmodule").path)
        || !objects.contains { $0.path.hasPrefix(products.appending(path: "\(module).").path) }
    }
    guard missing.isEmpty else {
      throw Failure(
        "no compiled \(missing.joined(separator: " and ")) in \(products.path); run 'swift build' in the package first",
        code: .inputMissing)
    }
  }

  /// Whether `module` is one of the package's that answers may not import: it would compile, but not be linked.
  func refuses(_ module: String) -> Bool {
    !Toolchain.imports.contains(module)
      && FileManager.default.fileExists(atPath: modules.appending(path: "\(module).swiftmodule").path)
  }

  /// The objects of a module from the native build system's list of them, by their sources: the folder may also have some
  /// whose sources are there no more.
  private static func objects(of folder: URL) -> [URL] {
    struct Output: Decodable { var object: String? }
    guard let map = try? Data(contentsOf: folder.appending(path: "output-file-map.json")),
      let outputs = try? JSONDecoder().decode([String: Output].self, from: map)
    else { return [] }
    let names = outputs.values.compactMap { $0.object.map { URL(filePath: $0).lastPathComponent } }
    return names.sorted().map { folder.appending(path: $0) }
  }
}
