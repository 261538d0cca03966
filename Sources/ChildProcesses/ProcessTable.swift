import CProcessStart
import Files
import Glibc

/// The machine's processes, as `/proc` tells of them.
package struct ProcessTable: Sendable {
  private let root: String

  package init(root: String = "/proc") { self.root = root }

  /// All processes, each with whether one of the markers (`NAME=value`) is in its environment. Environments of other users, and
  /// those that processes hide, cannot be read.
  ///
  /// - Parameter startedAfter: earlier ones (clock ticks, as `ProcessFacts`) are passed over.
  package func all(markers: Set<String>, startedAfter: UInt64 = 0) -> [ProcessFacts] {
    let wanted = Set(markers.map { Array($0.utf8) })
    return Folder.names(in: root).compactMap { name in
      guard name.utf8.allSatisfy({ (48...57).contains($0) }), let stat = read("\(root)/\(name)/stat"),
        let facts = ProcessFacts.parse(stat: stat), facts.startTime >= startedAfter
      else { return nil }
      return facts.showing(read("\(root)/\(name)/environ"), markers: wanted)
    }
  }

  /// One process; nil when there is none of this number.
  package func process(_ id: pid_t) -> ProcessFacts? {
    read("\(root)/\(id)/stat").flatMap { ProcessFacts.parse(stat: $0) }
  }

  /// When a process began; nil when there is none of this number.
  package func startTime(of process: pid_t) -> UInt64? {
    self.process(process)?.startTime
  }

  /// Sends a signal to this very process, and never to another that got its number meanwhile.
  package func signal(_ process: ProcessFacts, _ signal: Int32) {
    let descriptor = mc_process_descriptor(process.id)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard startTime(of: process.id) == process.startTime else { return }
    // It may have ended meanwhile, which is what is wanted.
    _ = mc_process_signal(descriptor, signal)
  }

  /// Nil when it cannot be read.
  private func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    let chunk = 16 << 10
    while true {
      let count = withUnsafeTemporaryAllocation(byteCount: chunk, alignment: 1) { buffer in
        let count = Glibc.read(descriptor, buffer.baseAddress, chunk)
        if count > 0 { bytes += buffer[..<count] }
        return count
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      // No environment is larger than the system lets one be.
      if count == 0 || bytes.count > 8 << 20 { return bytes }
    }
  }
}
