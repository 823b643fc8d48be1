// swift-tools-version: 6.3
import PackageDescription

/// The lessons, in order. A row here and a folder `lessons/NN-slug` with a `main.swift` are all that a lesson needs.
let lessons = [
  "00-what-an-autoencoder-is",
  "01-svd-theorem",
  "02-linear-autoencoder",
  "03-under-and-overcomplete",
  "04-sparse-prior",
  "05-denoising-vector-field",
  "06-contractive-jacobian",
  "07-variational-kl",
]

#if arch(x86_64)
  // Plain x86-64 means SSE2: no fused multiply-add, a quarter of the width of AVX-512. No result depends on this
  // choice; COURSE_MARCH=x86-64-v3 builds for another processor, to prove it.
  let processor = ["-Xcc", "-march=\(Context.environment["COURSE_MARCH"] ?? "native")"]
#else
  let processor: [String] = []
#endif
let settings: [SwiftSetting] = [
  .unsafeFlags(processor),
  // Lessons train networks: without optimisation they run some 70 times slower, so debug builds are optimised too.
  // (Not -Ounchecked: it would delete the preconditions that tell a student which shapes did not fit.)
  .unsafeFlags(["-O"], .when(configuration: .debug)),
  // The optimiser drops the messages of preconditions: a student would read "Illegal instruction" where the message has
  // both shapes. This keeps them, at a price of a few per cent.
  .unsafeFlags(["-assert-config", "Debug"]),
]
// A lesson is a script: everything in it runs on the main thread.
let script = settings + [.defaultIsolation(MainActor.self)]

func module(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func lesson(_ name: String, path: String) -> Target {
  .executableTarget(
    name: name, dependencies: ["Autoencoders", "Datasets", "LinearAlgebra", "Notebook", "Plotting"], path: path,
    swiftSettings: script)
}

let lessonPrograms = lessons.map { Target.Dependency(stringLiteral: $0) }

let package = Package(
  name: "autoencoders",
  platforms: [.macOS(.v15)],
  targets: [
    module("LinearAlgebra"),
    module("Autoencoders", "LinearAlgebra"),
    module("Datasets", "LinearAlgebra"),
    module("Plotting"),
    module("Notebook", "Datasets", "LinearAlgebra", "Plotting"),
    // Depends on the lessons so that they are built beside it, where it finds and runs them.
    .executableTarget(name: "course", dependencies: ["Notebook"] + lessonPrograms, swiftSettings: settings),

    tests("LinearAlgebraTests", "LinearAlgebra"),
    tests("AutoencodersTests", "Autoencoders", "LinearAlgebra"),
    tests("DatasetsTests", "Datasets", "LinearAlgebra"),
    tests("PlottingTests", "Plotting"),
    tests("NotebookTests", "Notebook", "LinearAlgebra"),
    tests("CourseTests", "course"),
    // Lessons as their users see them: processes. The specimen is a lesson made for its tests.
    lesson("specimen", path: "Tests/specimen"),
    .testTarget(
      name: "LessonTests", dependencies: ["course", "specimen", "Datasets", "LinearAlgebra"] + lessonPrograms,
      swiftSettings: settings),
  ] + lessons.map { lesson($0, path: "lessons/\($0)") })
