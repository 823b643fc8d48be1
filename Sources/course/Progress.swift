import Foundation
import Notebook
import Programs
import Synchronization

/// What a watcher sees: on a terminal a line for each running lesson, drawn anew ten times a second; and a line for each
/// lesson that has ended.
final class Progress: Sendable {
  private struct State {
    var running: [(lesson: LessonProgram, since: ContinuousClock.Instant)] = []
    /// How many lines of the last drawing are on the screen.
    var drawn = 0
    var frame = 0
    var finished = false
  }

  private let console: Console
  /// Whether ended lessons get their line on standard output.
  private let reports: Bool
  /// The width of the column of names.
  private let width: Int
  private let state = Mutex(State())

  init(_ lessons: [LessonProgram], console: Console, reports: Bool) {
    self.console = console
    self.reports = reports
    width = lessons.map(\.name.count).max() ?? 0
  }

  /// Begins to draw, if standard error is a terminal.
  func start() {
    guard console.showsProgress else { return }
    Thread.detachNewThread { [self] in
      while draw() { Thread.sleep(forTimeInterval: 0.1) }
    }
  }

  /// Erases what is drawn; nothing is drawn any more.
  func finish() {
    state.withLock { state in
      erase(&state)
      state.finished = true
    }
  }

  func began(_ lesson: LessonProgram) {
    state.withLock { $0.running.append((lesson, .now)) }
  }

  /// - Throws: ``Failure`` with exit code 73 if standard output cannot be written.
  func ended(_ outcome: Outcome) throws(Failure) {
    let failure: Failure? = state.withLock { state in
      state.running.removeAll { $0.lesson == outcome.lesson }
      // Gone before the line of the lesson takes its place.
      erase(&state)
      do throws(Failure) {
        if reports { try console.print(line(outcome) + "\n") }
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  /// Draws the running lessons over the last drawing; false if there is nothing more to draw.
  private func draw() -> Bool {
    state.withLock { state in
      guard !state.finished else { return false }
      let now = ContinuousClock.now
      let lines = state.running.map { lesson, since in
        Progress.runningLine(padded(lesson.name), elapsed: now - since, frame: state.frame) + "\n"
      }
      // Without wrapping each line stays one line, however narrow the terminal.
      console.printError("\u{1B}[?7l\(Progress.erasure(of: state.drawn))\(lines.joined())\u{1B}[?7h")
      state.drawn = lines.count
      state.frame += 1
      return true
    }
  }

  private func erase(_ state: inout State) {
    console.printError(Progress.erasure(of: state.drawn))
    state.drawn = 0
  }

  /// `01-svd-theorem  ok  12 checks, 31 steps  1.2 s`.
  func line(_ outcome: Outcome) -> String {
    let verdict = outcome.failure == nil ? console.green("ok    ") : console.red("FAILED")
    var parts = [padded(outcome.lesson.name), verdict]
    if let report = outcome.report { parts.append(Report.counts(checks: report.checks.count, steps: report.stepCount)) }
    parts.append(Progress.seconds(outcome.duration))
    let line = parts.joined(separator: "  ")
    // The name alone is as long as a narrow terminal is wide.
    return terminalWidth(of: line) <= console.width
      ? line : outcome.lesson.name + "\n    " + parts.dropFirst().joined(separator: "  ")
  }

  private func padded(_ name: String) -> String { name + String(repeating: " ", count: width - name.count) }

  static func runningLine(_ name: String, elapsed: Duration, frame: Int) -> String {
    let spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
    return "\(name)  \(spinner[frame % spinner.count])  \(elapsed.components.seconds) s"
  }

  /// The escape codes that go up over `count` lines and clear the screen from there on.
  static func erasure(of count: Int) -> String { count == 0 ? "" : "\u{1B}[\(count)F\u{1B}[J" }

  /// `1.2 s`.
  static func seconds(_ duration: Duration) -> String { String(format: "%.1f s", duration / .seconds(1)) }
}
