import Glibc
import MissionCore
import Ports
import Synchronization

/// Remembers beyond the process's death which small answers are being judged or written, `marks.spool`.
///
/// A mark is two stores into a mapped file: it survives a kill at once and costs no system call. It need not
/// survive a power cut, which is no mission's fault.
final class UnderWay: Sendable {
  private struct State {
    /// Missions that an earlier process marked; nil until they were read.
    var interrupted: Set<MissionID>?
    var file: MarkFile?
  }

  private let path: String
  private let state = Mutex(State())

  init(path: String) { self.path = path }

  /// Whether an earlier process ended while it held this mission's answer.
  func wasInterrupted(_ mission: MissionID) throws(SpoolError) -> Bool {
    try state.withLock { state throws(SpoolError) in try interrupted(&state).contains(mission) }
  }

  /// The marks of the earlier process have been counted.
  func forgetInterrupted() {
    state.withLock { state in
      state.interrupted = []
      if state.file == nil { unlink(path) }
    }
  }

  /// The marks of this process, for the one thread that sets them.
  func marks() throws(SpoolError) -> MarkFile {
    try state.withLock { state throws(SpoolError) in
      if let file = state.file { return file }
      _ = try interrupted(&state)
      let file = try MarkFile(path: path)
      state.file = file
      return file
    }
  }

  /// When all work is done.
  func close() {
    state.withLock { state in
      if state.file != nil { unlink(path) }
      state.file = nil
    }
  }

  private func interrupted(_ state: inout State) throws(SpoolError) -> Set<MissionID> {
    if let known = state.interrupted { return known }
    let read = try MarkFile.read(path)
    state.interrupted = read
    return read
  }
}
