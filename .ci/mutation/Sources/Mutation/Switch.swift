/// What turns a fault on, in each module that has some.
enum Switch {
  /// The variable with the number of the fault that is on.
  static let fault = "PLANTED_FAULT"
  /// The variable with the path of a file that has a byte for each fault, which becomes 1 when its place is reached. No fault
  /// is on then.
  static let reached = "PLANTED_FAULTS_REACHED"

  /// A file that is added to a module.
  ///
  /// - Parameters:
  ///   - count: how many faults there are.
  ///   - isScript: whether what the module declares belongs to the main thread unless it says otherwise.
  static func source(count: Int, isScript: Bool) -> String {
    let nonisolated = isScript ? "nonisolated " : ""
    return """
      #if canImport(Darwin)
        import Darwin
      #else
        import Glibc
      #endif

      @usableFromInline \(nonisolated)let faultThatIsOn =
        getenv("\(reached)") != nil ? -1 : getenv("\(fault)").flatMap { Int(String(cString: $0)) } ?? 0

      nonisolated(unsafe) private let faultsReached: UnsafeMutablePointer<UInt8>? = {
        let file = getenv("\(reached)").map { open($0, O_RDWR) } ?? -1
        guard file >= 0 else { return nil }
        defer { close(file) }
        let bytes = mmap(nil, \(count + 1), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
        return bytes == MAP_FAILED ? nil : bytes?.assumingMemoryBound(to: UInt8.self)
      }()

      @usableFromInline \(nonisolated)func noteFault(_ number: Int) -> Bool {
        faultsReached?[number] = 1
        return false
      }

      @usableFromInline \(nonisolated)func faultIsOn(_ number: Int) -> Bool {
        faultThatIsOn < 0 ? noteFault(number) : number == faultThatIsOn
      }

      /// What a child needs that is started with `environment`, as `name=value`.
      \(nonisolated)func faultVariables(beside environment: [String: String]) -> [String] {
        var variables: [String] = []
        for name in ["\(fault)", "\(reached)"] where environment[name] == nil {
          if let value = getenv(name) { variables.append(name + "=" + String(cString: value)) }
        }
        return variables
      }

      """
  }

  /// Lines that put together the environment of a child. Some children start with an empty one and would run without the
  /// fault; confined ones cannot open the file.
  static let environments: [(file: String, line: String, lineWithFault: String)] = [
    (
      "Sources/Programs/ChildProcess.swift", #"let variables = environment.map { name, value in "\(name)=\(value)" }"#,
      #"var variables = environment.map { name, value in "\(name)=\(value)" }; "#
        + "variables.append(contentsOf: faultVariables(beside: environment))"
    ),
    (
      "Sources/confine/SystemCalls.swift", #"[strdup("MALLOC_ARENA_MAX=1"), nil]"#,
      #"[strdup("MALLOC_ARENA_MAX=1"), strdup(faultVariables(beside: [:]).first ?? "X="), nil]"#
    ),
  ]
}
