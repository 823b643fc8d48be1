import Foundation
import Mutation

do {
  let here = URL(filePath: FileManager.default.currentDirectoryPath)
  exit(try Command(Array(CommandLine.arguments.dropFirst())).run(package: here) ? 0 : 1)
} catch {
  FileHandle.standardError.write(Data("mutate: \(error)\n".utf8))
  exit(1)
}
