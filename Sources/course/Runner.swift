import Foundation
import Programs
import Synchronization

/// Runs lessons as processes, several at a time.
final class Runner: Sendable {
  /// Why a run was ended before its time.
  enum Interruption: Equatable, Sendable {
    case signal(Int32)
    case failure(Failure)
  }

  private struct State {
    var next = 0
    var running: [ChildProcess] = []
    var outcomes: [Outcome] = []
    var interruption: Interruption?
  }

  private let lessons: [LessonProgram]
  private let arguments: [String]
  private let state = Mutex(State())

  /// A run of `lessons`, each with the command line `arguments`.
  init(_ lessons: [LessonProgram], arguments: [String]) {
    self.lessons = lessons
    self.arguments = arguments
  }

  /// Runs all lessons, `jobs` at a time, in their order, and waits for them.
  ///
  /// - Parameters:
  ///   - began: called when a lesson starts, by the thread that will wait for it.
  ///   - ended: called when it has ended, unless the run was stopped meanwhile. If it throws, the run is stopped.
  /// - Returns: an outcome for each lesson that ended by itself, in the order of the lessons, and what stopped the run.
  func run(
    jobs: Int, began: @escaping @Sendable (LessonProgram) -> Void,
    ended: @escaping @Sendable (Outcome) throws(Failure) -> Void
  ) -> (outcomes: [Outcome], interruption: Interruption?) {
    let group = DispatchGroup()
    for _ in 0..<jobs {
      group.enter()
      Thread.detachNewThread { [self] in
        while let lesson = takeNext() {
          began(lesson)
          guard let outcome = run(lesson) else { break }
          do throws(Failure) {
            try ended(outcome)
          } catch {
            stop(.failure(error))
          }
        }
        group.leave()
      }
    }
    group.wait()
    return state.withLock { ($0.outcomes.sorted { $0.lesson.name < $1.lesson.name }, $0.interruption) }
  }

  /// Stops the run as `signal` asks for; if it is being stopped already, ends the lessons and the program at once.
  func interrupt(by signal: Int32) {
    state.withLock { state in
      guard state.interruption != nil else { return }
      for child in state.running { child.send(SIGKILL) }
      _exit(128 + signal)
    }
    stop(.signal(signal))
  }

  /// Ends the running lessons, with all that they have started, and starts no others. The first reason counts.
  func stop(_ interruption: Interruption) {
    send(SIGTERM, because: interruption)
    // For a lesson that does not listen, or is suspended.
    DispatchQueue.global().asyncAfter(deadline: .now() + 2) { [self] in send(SIGKILL, because: interruption) }
  }

  /// Suspends the running lessons, then the program itself; both go on when it is continued (`fg`).
  func suspend() {
    send(SIGSTOP)
    kill(getpid(), SIGSTOP)
    send(SIGCONT)
  }

  private func send(_ signal: Int32, because interruption: Interruption? = nil) {
    state.withLock { state in
      if state.interruption == nil { state.interruption = interruption }
      for child in state.running { child.send(signal) }
    }
  }

  private func takeNext() -> LessonProgram? {
    state.withLock { state in
      guard state.interruption == nil, state.next < lessons.count else { return nil }
      defer { state.next += 1 }
      return lessons[state.next]
    }
  }

  /// The outcome of `lesson`, or `nil` if the run was stopped before it had one.
  private func run(_ lesson: LessonProgram) -> Outcome? {
    let clock = ContinuousClock()
    let start = clock.now
    let child: ChildProcess?
    do throws(Failure) {
      child = try startChild(lesson)
    } catch {
      return record(Outcome(lesson, failure: error))
    }
    guard let child else { return nil }
    let (output, errors) = child.drain()
    child.wait()
    // Reaped under the lock: a signal must not reach a process that has got the number of this one.
    let end = state.withLock { state in
      state.running.removeAll { $0.id == child.id }
      return child.reap()
    }
    return record(Outcome(lesson, end: end, output: output, errors: errors, duration: clock.now - start))
  }

  /// Starts under the lock: the process is either known to ``stop(_:)`` or never comes to be.
  private func startChild(_ lesson: LessonProgram) throws(Failure) -> ChildProcess? {
    let started: Result<ChildProcess, Failure>? = state.withLock { state in
      guard state.interruption == nil else { return nil }
      return Result { () throws(Failure) in
        let child = try ChildProcess(lesson.executable, arguments, endsWithParent: true)
        state.running.append(child)
        return child
      }
    }
    return try started?.get()
  }

  private func record(_ outcome: Outcome) -> Outcome? {
    state.withLock { state in
      guard state.interruption == nil else { return nil }
      state.outcomes.append(outcome)
      return outcome
    }
  }
}
