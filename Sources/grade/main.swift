import Foundation
import Programs

// The package that this program was built from, and the folder of the programs that were built with it.
let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()
let program = (Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])).resolvingSymlinksInPath()

// The code that is marked runs in children of this process, which must not reach into it.
forbidInspection()
Lifeline.follow()
exit(
  Grade(package: package, products: program.deletingLastPathComponent()).run(
    Array(CommandLine.arguments.dropFirst())))
