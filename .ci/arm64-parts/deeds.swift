// Stands where a student's program would, behind `confine`: tries what must fail there and what must work, and prints what
// went otherwise. Exits with the number of those.
import Dispatch
import Foundation
import Synchronization

typealias Call = @convention(c) (Int, Int, Int, Int, Int, Int) -> Int
let systemCall = unsafeBitCast(dlsym(nil, "syscall"), to: Call.self)
let forkProcess = unsafeBitCast(dlsym(nil, "fork"), to: (@convention(c) () -> pid_t).self)

#if arch(arm64)
  let (execute, executeAt, openAt2, memoryFile, trace, ring, load) = (221, 281, 437, 279, 117, 425, 280)
#else
  let (execute, executeAt, openAt2, memoryFile, trace, ring, load) = (59, 322, 437, 319, 101, 425, 321)
#endif

var (tried, wrong) = (0, [String]())
func mustFail(_ deed: String, _ result: Int) {
  tried += 1
  let error = errno
  if result >= 0 || ![EPERM, EACCES].contains(error) {
    wrong.append("\(deed): \(result >= 0 ? "done" : String(cString: strerror(error)))")
  }
}
func mustWork(_ deed: String, _ success: Bool) {
  tried += 1
  if !success { wrong.append("\(deed): \(String(cString: strerror(errno)))") }
}

// What `precious` names belongs to the first user and everybody may read and write it.
let precious = "/precious"
mustFail("reading a file", Int(open(precious, O_RDONLY)))
mustFail("writing a file", Int(open(precious, O_WRONLY)))
mustFail("making a file", Int(open("/tmp/new", O_WRONLY | O_CREAT, 0o600)))
mustFail("truncating a file", Int(truncate(precious, 0)))
mustFail("removing a file", Int(unlink(precious)))
mustFail("renaming a file", Int(rename(precious, "/tmp/renamed")))
mustFail("making a folder", Int(mkdir("/tmp/folder", 0o700)))
mustFail("linking", Int(symlink(precious, "/tmp/link")))
mustFail("changing rights", Int(chmod(precious, 0o777)))
mustFail("listing a folder", opendir("/tmp") == nil ? -1 : 0)
mustFail("signalling the first process", Int(kill(1, 0)))
mustFail("signalling its parent", Int(kill(getppid(), 0)))
mustFail("reaching the network", Int(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)))
var ends: [Int32] = [0, 0]
mustFail("pairing sockets", Int(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)))
mustFail("becoming the first user", Int(setuid(0)))
mustFail("a file without a name", systemCall(memoryFile, Int(bitPattern: strdup("x")), 0, 0, 0, 0))
mustFail("tracing", systemCall(trace, -1, 0, 0, 0, 0))
mustFail("a ring of calls", systemCall(ring, 1, 0, 0, 0, 0))
mustFail("loading into the system", systemCall(load, 0, 0, 0, 0, 0))
mustFail("opening by a newer call", systemCall(openAt2, -100, Int(bitPattern: strdup(precious)), 0, 0, 0))
// No such program is there: where nothing forbids it, the answer is another.
let (program, null) = (Int(bitPattern: strdup("/none")), 0)
mustFail("becoming a program", systemCall(execute, program, null, null, 0, 0))
mustFail("becoming a program by its folder", systemCall(executeAt, -100, program, null, null, 0))
let child = forkProcess()
if child == 0 { _exit(0) }
mustFail("forking", Int(child))

mustWork("the clock", time(nil) > 0)
mustWork("random numbers", UInt64.random(in: 0 ... .max) != UInt64.random(in: 0 ... .max))
mustWork("memory", (0..<16).allSatisfy { _ in malloc(1 << 20) != nil })
let sum = Atomic(0)
DispatchQueue.concurrentPerform(iterations: 100) { sum.add($0, ordering: .relaxed) }
mustWork("threads of Dispatch", sum.load(ordering: .relaxed) == 4950)
let done = DispatchSemaphore(value: 0)
Thread.detachNewThread { done.signal() }
mustWork("a thread of its own", done.wait(timeout: .now() + 10) == .success)
mustWork("no more memory than it may have", malloc(1 << 30) == nil)

for deed in wrong { print("WRONG \(deed)") }
print("\(tried) deeds, \(wrong.count) wrong")
exit(Int32(wrong.count))
