import Foundation
import LinearAlgebra
import Programs

/// The course and its peers on one workload with one number of threads, sample by sample in turns: a disturbance of the
/// machine then meets all alike.
final class Contest {
  private let workload: any Workload
  private let threads: Int
  private let options: Options
  private let program: URL
  private let peers: Peers?
  /// The peers' processes, each started by the first case that needs it.
  private var running: [String: PeerProcess] = [:]
  private var failed: Set<String> = []

  init(workload: any Workload, threads: Int, options: Options, program: URL, peers: Peers?) {
    self.workload = workload
    self.threads = threads
    self.options = options
    self.program = program
    self.peers = peers
  }

  /// Measures all cases, and hands each outcome to `report`.
  func run(_ report: (Outcome) throws -> Void) throws {
    defer { for peer in running.values { peer.end() } }
    Parallelism.threads = threads
    for work in workload.cases where work.threads.contains(threads) {
      let samples =
        switch work.work {
        case .here(let measure): try turns(work, measure)
        case .process: try processes(work)
        }
      try report(Outcome(workload: workload.name, work: work, threads: threads, samples: samples))
    }
  }

  /// Samples in this process and in the peers', which stay alive from one to the next.
  private func turns(
    _ work: Case, _ measure: (Clock, Int, (Sample) throws -> Void) throws -> Void
  ) throws -> [(who: String, samples: [Sample])] {
    var own: [Sample] = []
    var others: [(who: String, samples: [Sample])] = []
    for name in peers == nil ? [] : work.peers where try open(name, work) { others.append((name, [])) }
    try measure(options.clock, options.repeats) { sample in
      own.append(sample)
      for index in others.indices {
        guard let peer = running[others[index].who] else { continue }
        rest()
        do throws(PeerFailure) {
          others[index].samples.append(try peer.next())
        } catch {
          leaveOut(peer.name, error)
        }
      }
      rest()
    }
    return [(Report.course, own)] + others.filter { !$0.samples.isEmpty }
  }

  /// Waits until the threads of the one whose turn is over sleep: they go on looking for work for a while.
  private func rest() {
    if threads > 1 && !running.isEmpty { usleep(200_000) }
  }

  /// Whether the process of that peer, started if there is none, is ready for samples of the case.
  private func open(_ name: String, _ work: Case) throws -> Bool {
    guard let peers, !failed.contains(name) else { return false }
    do {
      let peer = try running[name] ?? PeerProcess(peers.python, arguments(name, peers), name: name)
      running[name] = peer
      try peer.open(work)
      return true
    } catch let failure as PeerFailure {
      leaveOut(name, failure)
      return false
    }
  }

  private func arguments(_ name: String, _ peers: Peers) -> [String] {
    PeerProcess.arguments(workload.name, name, threads, peers.folder, options.clock, limit: peers.limit)
  }

  private func leaveOut(_ name: String, _ failure: PeerFailure) {
    peers?.complain(failure)
    failed.insert(name)
    running.removeValue(forKey: name)?.end()
  }

  /// Whole processes, the course's and the peers' in turns; one of each before, to warm the caches of files.
  private func processes(_ work: Case) throws -> [(who: String, samples: [Sample])] {
    let settings = ["--process", workload.name, "--threads", "\(threads)"] + (options.quick ? ["--quick"] : [])
    var commands = [(who: Report.course, command: [program.path] + settings)]
    if let peers {
      for name in work.peers where !failed.contains(name) {
        commands.append((name, [peers.python.path] + arguments(name, peers) + ["--once"]))
      }
    }
    var samples = commands.map { (who: $0.who, samples: [Sample]()) }
    for turn in 0...options.repeats {
      for (index, (who, command)) in commands.enumerated() where !failed.contains(who) {
        do {
          let taken = try WholeProcess(command, launcher: program)
          guard turn > 0 else { continue }
          samples[index].samples.append(
            Sample(
              seconds: options.clock == .wall ? taken.seconds : taken.processorSeconds,
              results: taken.results.merging([Case.peakMemory.name: taken.peakMemory]) { $1 }))
        } catch let failure as PeerFailure {
          guard who != Report.course else {
            throw Failure("\(workload.name): the process of the course failed: \(failure.message)", code: .checkFailed)
          }
          leaveOut(who, failure)
        }
      }
    }
    return samples.filter { !$0.samples.isEmpty }
  }
}
