import Foundation

// confine SECONDS MEGABYTES [LAYER…]: becomes the program that is open as descriptor 3 after giving up everything that
// answering questions does not need. A student's code runs behind this. What prevents it is written to descriptor 4.
// confine --missing-layers: prints which layers this system cannot have, one a line.
//
// The layers named on the command line are left out, because the system has none of them and whoever starts this knows.
// Every other one has to be in place before the program begins.

let words = Array(CommandLine.arguments.dropFirst())
if words == ["--missing-layers"] {
  for layer in Layer.allCases where !isAvailable(layer) { print(layer.rawValue) }
  exit(0)
}
takeDescriptors()
guard words.count >= 2, let seconds = UInt64(words[0]), let megabytes = UInt64(words[1]) else {
  stop("usage: confine SECONDS MEGABYTES [LAYER…]")
}
let missing = Set(words.dropFirst(2).compactMap(Layer.init(rawValue:)))
guard missing.count == words.count - 2 else { stop("a layer of another version of this program") }

// The folder that this process was started in is no place for an answer.
require(chdir("/") == 0, "leave the folder")
let runtime = folderOfSwiftRuntime
let secretPath = makeSecretPath()
closeOtherDescriptors()
limit(.processorSeconds, to: seconds)
if !missing.contains(.memory) { limit(.memory, to: megabytes << 20) }
limit(.fileSize, to: 0)
limit(.coreSize, to: 0)
limit(.descriptors, to: 64)
let isChanged = geteuid() == 0 && !missing.contains(.user)
if isChanged { require(changeUser(), "become another user") }
limitThreads(ofStranger: isChanged && getuid() >= firstStranger, startsNothingElse: !missing.contains(.calls))
useProcessors(missing.contains(.calls) ? 1 : 4)
require(forbidNewPrivileges(), "forbid new privileges")
if !missing.contains(.files) { require(forbidFiles(butLibrariesIn: runtime), "forbid files") }
if !missing.contains(.calls) { require(forbidSystemCalls(butOneOfPath: secretPath), "forbid system calls") }
becomeProgram(path: secretPath)
stop("cannot start the program: \(String(cString: strerror(errno)))")
