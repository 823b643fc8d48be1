import Foundation

#if os(Linux)
  /// Forbids, by Linux's Landlock, all use of files but to read the libraries that programs need and to run the program
  /// that is open; false if that cannot be done.
  ///
  /// An unprivileged process can do this to itself after ``forbidNewPrivileges()``, and cannot undo it.
  func forbidFiles(butLibrariesIn runtime: String?) -> Bool {
    let version = systemCall(.createRuleset, 0, 0, 1)
    guard version > 0 else { return false }
    // The kinds of access that the system's version knows, all forbidden unless a rule allows them.
    let files: UInt64 = (1 << (version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13)) - 1
    let network: UInt64 = version >= 4 ? 3 : 0
    let scopes: UInt64 = version >= 6 ? 3 : 0
    let attributes = [files, network, scopes]
    let size = version >= 6 ? 24 : version >= 4 ? 16 : 8
    let ruleset = attributes.withUnsafeBytes { systemCall(.createRuleset, Int(bitPattern: $0.baseAddress), size, 0) }
    guard ruleset >= 0 else { return false }
    let (execute, readFile, readFolder): (UInt64, UInt64, UInt64) = (1 << 0, 1 << 2, 1 << 3)
    for file in ["/etc/ld.so.cache", "/dev/null", "/dev/urandom"] { allow(readFile, below: file, ruleset) }
    for folder in ["/lib", "/lib64", "/usr/lib", "/usr/lib64", runtime].compactMap({ $0 }) {
      allow(readFile | readFolder, below: folder, ruleset)
    }
    // To run a program is to run the one that loads its libraries.
    for loader in ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"] {
      allow(execute | readFile, below: loader, ruleset)
    }
    allow(execute | readFile, at: programDescriptor, ruleset)
    return systemCall(.restrictSelf, ruleset, 0, 0) == 0
  }

  /// Where the libraries of this program's own language were loaded from.
  ///
  /// To be asked before the user changes, which closes `/proc/self` to this process.
  var folderOfSwiftRuntime: String? {
    // `String(contentsOf:)` would stop after the first page: the file says that it is empty.
    let bytes = try? FileHandle(forReadingAtPath: "/proc/self/maps")?.readToEnd()
    let maps = String(decoding: bytes ?? Data(), as: UTF8.self)
    guard let line = maps.split(separator: "\n").first(where: { $0.hasSuffix("/libswiftCore.so") }),
      let path = line.firstIndex(of: "/").map({ String(line[$0...]) })
    else { return nil }
    return String(path.dropLast("/libswiftCore.so".count))
  }

  private func allow(_ access: UInt64, below path: String, _ ruleset: Int) {
    let onlyAsPlace: Int32 = 0o10000000  // O_PATH, which Swift does not import
    let descriptor = open(path, onlyAsPlace | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    allow(access, at: descriptor, ruleset)
    close(descriptor)
  }

  private func allow(_ access: UInt64, at descriptor: Int32, _ ruleset: Int) {
    // struct landlock_path_beneath_attr, packed: eight bytes of access, four of descriptor.
    var rule = Data()
    withUnsafeBytes(of: access) { rule.append(contentsOf: $0) }
    withUnsafeBytes(of: descriptor) { rule.append(contentsOf: $0) }
    let pathBeneath = 1
    _ = rule.withUnsafeBytes { systemCall(.addRule, ruleset, pathBeneath, Int(bitPattern: $0.baseAddress), 0) }
  }
#else
  var folderOfSwiftRuntime: String? { nil }

  /// Other systems have no such means that an unprivileged program could use.
  func forbidFiles(butLibrariesIn runtime: String?) -> Bool { false }
#endif
