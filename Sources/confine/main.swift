import Foundation

// confine SECONDS MEGABYTES PROGRAM: becomes PROGRAM after giving up everything that answering questions does not need.
//
// A student's code runs behind this. It gets so many seconds of a processor and megabytes of memory, may start nothing,
// write nothing, and, where the system can forbid it (Linux 6.12 or later for all of it), read nothing but the libraries
// it was linked with, reach no network and send no signals.

let words = CommandLine.arguments
guard words.count == 4, let seconds = UInt64(words[1]), let megabytes = UInt64(words[2]) else {
  FileHandle.standardError.write(Data("usage: confine SECONDS MEGABYTES PROGRAM\n".utf8))
  exit(64)
}
let program = words[3]

let runtime = folderOfSwiftRuntime
limit(.processorSeconds, to: seconds)
limit(.memory, to: megabytes << 20)
limit(.fileSize, to: 0)
limit(.coreSize, to: 0)
dropPrivileges()
limit(.processes, to: 1)
forbidFiles(except: program, andLibrariesIn: runtime)

var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(program), nil]
var environment: [UnsafeMutablePointer<CChar>?] = [nil]
execve(program, &arguments, &environment)
FileHandle.standardError.write(Data("confine: cannot start \(program): \(String(cString: strerror(errno)))\n".utf8))
exit(66)
