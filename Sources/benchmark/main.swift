import Foundation

exit(Benchmark(program: Benchmark.ownProgram).run(Array(CommandLine.arguments.dropFirst())))
