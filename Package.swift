// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// The lessons, in order. A row here and a folder `lessons/NN-slug` with a `main.swift` are all that a lesson without
/// exercises needs.
let lessons = [
  "00-what-an-autoencoder-is",
  "01-svd-theorem",
  "02-linear-autoencoder",
  "03-under-and-overcomplete",
  "04-sparse-prior",
  "05-denoising-vector-field",
  "06-contractive-jacobian",
  "07-variational-kl",
  "08-stochastic-sampling",
  "09-depth",
  "10-manifolds",
  "11-predictive-sparse-decomposition",
  "12-which-autoencoder",
  "13-museum-of-bugs",
  "14-denoising-to-diffusion",
]
/// Those that import no module of networks: a first page need not wait until it is compiled.
let lessonsOnMatricesAlone = ["01-svd-theorem"]
/// Those that import graphs, embeddings and densities of surfaces.
let lessonsOnManifolds = ["10-manifolds"]

#if arch(x86_64)
  // Plain x86-64 means SSE2: no fused multiply-add, a quarter of the width of AVX-512. No result depends on this
  // choice; COURSE_MARCH=x86-64-v3 builds for another processor, to prove it.
  let processor = ["-Xcc", "-march=\(Context.environment["COURSE_MARCH"] ?? "native")"]
#else
  let processor: [String] = []
#endif
let plain: [SwiftSetting] = [
  .unsafeFlags(processor),
  // The optimiser drops the messages of preconditions: a student would read "Illegal instruction" where the message has
  // both shapes. This keeps them, at a price of a few per cent.
  .unsafeFlags(["-assert-config", "Debug"]),
]
// Lessons train networks: without optimisation they run some 70 times slower, so what computes is optimised in debug
// builds too. What reads, renders or marks is built three times as fast without, and takes no longer to run.
// (Not -Ounchecked: it would delete the preconditions that tell a student which shapes did not fit.)
let optimised = ["-O"]
// As a whole, a module is compiled in half of the time, and generic code is specialised in all of its files. (On two
// threads, because the index store of a debug build fails without them.) Swift Build, the default from Swift 6.4 on,
// looks for a list of dependencies of each file and ends with "unable to open dependencies file": it has to do without.
// A manifest does not see which build system it is read by; before 6.4, --build-system swiftbuild needs
// COURSE_BUILD_SYSTEM=swiftbuild as well.
#if compiler(>=6.4)
  let buildSystem = Context.environment["COURSE_BUILD_SYSTEM"] ?? "swiftbuild"
#else
  let buildSystem = Context.environment["COURSE_BUILD_SYSTEM"] ?? "native"
#endif
let wholeModules = buildSystem == "native" ? ["-wmo", "-num-threads", "2", "-disable-batch-mode"] : []
let settings = plain + [.unsafeFlags(optimised + wholeModules, .when(configuration: .debug))]
// A lesson is a script: everything in it runs on the main thread. So no closure need ask at each call whether it does,
// which took a tenth to two fifths of a lesson's time.
let script =
  settings + [
    .defaultIsolation(MainActor.self), .unsafeFlags(["-Xfrontend", "-disable-dynamic-actor-isolation"]),
  ]

func module(
  _ name: String, optimised: Bool = true, _ dependencies: Target.Dependency..., exclude: [String] = []
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: optimised ? settings : plain)
}

/// Tests. What they test is optimised; they themselves are built twice as fast if they are not.
func tests(_ name: String, optimised: Bool = false, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: optimised ? settings : plain)
}

func program(
  _ name: String, optimised: Bool = false, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: optimised ? settings : plain)
}

func lesson(_ name: String, path: String, exclude: [String] = []) -> Target {
  let networks: [Target.Dependency] = lessonsOnMatricesAlone.contains(name) ? [] : ["Autoencoders"]
  let manifolds: [Target.Dependency] = lessonsOnManifolds.contains(name) ? ["Manifolds"] : []
  return .executableTarget(
    name: name, dependencies: networks + manifolds + ["Datasets", "LinearAlgebra", "Notebook", "Plotting"], path: path,
    exclude: exclude, swiftSettings: script)
}

func files(of lesson: String) -> [String] {
  (try? FileManager.default.contentsOfDirectory(atPath: "\(Context.packageDirectory)/lessons/\(lesson)")) ?? []
}

/// The file in a lesson's folder that the student completes, if it has one.
func exercises(of lesson: String) -> [String] {
  files(of: lesson).filter { $0 == "Exercises\(lesson.prefix(2)).swift" }
}

let lessonPrograms = lessons.map { Target.Dependency(stringLiteral: $0) }
// Each lesson's exercises are a module of their own: a student's functions in one file do not meet those in another.
// Nothing depends on these modules; they are there for editors, and so that `swift build` shows what does not compile.
let studentsModules = lessons.filter { !exercises(of: $0).isEmpty }.map { lesson in
  Target.target(
    name: "Exercises\(lesson.prefix(2))", dependencies: ["Exercises", "LinearAlgebra"], path: "lessons/\(lesson)",
    exclude: files(of: lesson).filter { !exercises(of: lesson).contains($0) }, sources: exercises(of: lesson),
    swiftSettings: settings)
}

let package = Package(
  name: "autoencoders",
  platforms: [.macOS(.v15)],
  targets: [
    // A header: what the compiler builds for, which Swift has no condition for, and what the processor has.
    .systemLibrary(name: "Processor"),
    module("LinearAlgebra", "Processor"),
    module("Autoencoders", "LinearAlgebra"),
    module("Manifolds", "LinearAlgebra"),
    module("Datasets", "LinearAlgebra", "Programs"),
    module("Plotting", optimised: false),
    module("Programs", optimised: false, "Processor"),
    module("Exercises", optimised: false, "LinearAlgebra"),
    module("Notebook", optimised: false, "Datasets", "Exercises", "LinearAlgebra", "Plotting", "Programs"),
    module("Grading", optimised: false, "Exercises", "LinearAlgebra", "Programs", exclude: ["README.md"]),
    // What a program runs, it depends on, so that it is built beside it: `grade` answers of students within `confine`,
    // and `course` the lessons.
    // Of `Programs` it uses no more than that these refuse a processor for which they were not built.
    program("confine", ["Programs"]),
    program("grade", ["Exercises", "Grading", "Programs", "confine"]),
    program("course", ["Notebook", "Programs"] + lessonPrograms),
    // Applies a network that a lesson has kept to other images.
    program("reconstruct", ["Autoencoders", "Datasets", "LinearAlgebra", "Plotting", "Programs"]),
    // Its folder `peers` is the same work in Python, its README.md what was measured.
    program(
      "benchmark", optimised: true, ["Autoencoders", "Datasets", "LinearAlgebra", "Plotting", "Programs"],
      exclude: ["README.md", "peers"]),

    // These compare with plain loops, which would take most of the time.
    tests("LinearAlgebraTests", optimised: true, ["LinearAlgebra"]),
    tests("AutoencodersTests", ["Autoencoders", "LinearAlgebra"]),
    tests("ManifoldsTests", ["LinearAlgebra", "Manifolds"]),
    tests("DatasetsTests", ["Datasets", "LinearAlgebra"]),
    tests("PlottingTests", ["Plotting"]),
    tests("NotebookTests", ["Notebook", "LinearAlgebra"]),
    tests("CourseTests", ["course", "Programs"]),
    tests("ReconstructTests", ["reconstruct", "Autoencoders", "Datasets", "LinearAlgebra", "Programs"]),
    tests("BenchmarkTests", ["benchmark", "Autoencoders", "LinearAlgebra", "Programs"]),
    tests("GradingTests", ["Exercises", "Grading", "LinearAlgebra", "Programs", "confine", "grade"]),
    // Whatever reads, against inputs that nobody would write.
    tests(
      "FuzzTests",
      [
        "benchmark", "course", "grade", "reconstruct", "Autoencoders", "Datasets", "Exercises", "Grading",
        "LinearAlgebra", "Notebook", "Plotting", "Programs",
      ]),
    // Lessons as their users see them: processes. The specimen is a lesson made for its tests.
    lesson("specimen", path: "Tests/specimen"),
    tests(
      "LessonTests", ["course", "specimen", "Datasets", "LinearAlgebra", "Notebook", "Programs"] + lessonPrograms),
  ] + studentsModules + lessons.map { lesson($0, path: "lessons/\($0)", exclude: exercises(of: $0)) })
