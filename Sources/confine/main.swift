import Foundation

// confine SECONDS MEGABYTES PROGRAM: becomes PROGRAM after giving up everything that answering questions does not need.
//
// A student's code runs behind this. It gets so many seconds of a processor and megabytes of memory, may start nothing and
// write nothing. On Linux it also reaches no network and leaves nothing in the system's memory, and from 6.12 on it reads
// nothing but the libraries it was linked with and sends no signals.

let words = CommandLine.arguments
guard words.count == 4, let seconds = UInt64(words[1]), let megabytes = UInt64(words[2]) else {
  FileHandle.standardError.write(Data("usage: confine SECONDS MEGABYTES PROGRAM\n".utf8))
  exit(64)
}
// By its name from its own folder: the folders above may be closed to the user that this process is about to become.
let file = URL(filePath: words[3])
let program = "./\(file.lastPathComponent)"
guard chdir(file.deletingLastPathComponent().path) == 0 else {
  FileHandle.standardError.write(Data("confine: no folder of \(words[3])\n".utf8))
  exit(66)
}

closeDescriptors()
let runtime = folderOfSwiftRuntime
limit(.processorSeconds, to: seconds)
limit(.memory, to: megabytes << 20)
limit(.fileSize, to: 0)
limit(.coreSize, to: 0)
dropPrivileges()
limit(.processes, to: 1)
forbidNewPrivileges()
forbidFiles(except: program, andLibrariesIn: runtime)
forbidSystemCalls()

var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(program), nil]
var environment: [UnsafeMutablePointer<CChar>?] = [nil]
execve(program, &arguments, &environment)
FileHandle.standardError.write(Data("confine: cannot start \(program): \(String(cString: strerror(errno)))\n".utf8))
exit(66)
