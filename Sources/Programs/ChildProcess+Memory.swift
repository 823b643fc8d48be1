import Foundation

extension ChildProcess {
  /// How much memory the process holds, in MiB; 0 if that cannot be said.
  package var megabytes: Int {
    #if canImport(Darwin)
      var usage = rusage_info_v2()
      let result = withUnsafeMutablePointer(to: &usage) {
        $0.withMemoryRebound(to: rusage_info_t?.self, capacity: 1) { proc_pid_rusage(id, RUSAGE_INFO_V2, $0) }
      }
      return result == 0 ? Int(usage.ri_phys_footprint >> 20) : 0
    #else
      // The second number counts the pages that are in memory.
      let counts = (try? FileHandle(forReadingAtPath: "/proc/\(id)/statm")?.readToEnd()) ?? Data()
      let pages = String(decoding: counts, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) }
      return ((pages ?? 0) * Int(getpagesize())) >> 20
    #endif
  }
}
