// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "mutation",
  platforms: [.macOS(.v15)],
  targets: [
    .target(name: "Mutation"),
    .executableTarget(name: "mutate", dependencies: ["Mutation"]),
    .testTarget(name: "MutationTests", dependencies: ["Mutation"]),
  ])
