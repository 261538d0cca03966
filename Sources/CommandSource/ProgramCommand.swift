import ChildProcesses
import Files
import Glibc
import MissionCore
import Ports
import Threads

/// What the loop is asked to do.
enum ProgramCommand: Sendable {
  case start(MissionStart, any ResultSpool, @Sendable (Result<StartOutcome, SourceFailure>) -> Void)
  case look(SourceJob, until: Moment, Attempt.LookReply)
  case find(MissionStart, @Sendable (Result<StartFinding, SourceFailure>) -> Void)
  case cancel(token: String, @Sendable (Bool) -> Void)
  /// Ends everything; nothing may be asked afterwards.
  case close(@Sendable () -> Void)
}

/// Commands on their way to the loop, which sleeps in `poll`.
final class ProgramQueue: Sendable {
  private let queue = Queue<ProgramCommand>()
  /// Becomes readable when something was pushed.
  var wakeup: Int32 { pipe.reading }
  private let pipe: Pipe

  init() throws(Errno) {
    pipe = try Pipe()
    // Full, it wakes as well: nobody waits for room.
    _ = fcntl(pipe.writing, F_SETFL, O_NONBLOCK)
  }

  deinit { pipe.close() }

  /// False when the loop has ended.
  func push(_ command: ProgramCommand) -> Bool {
    guard queue.push(command) else { return false }
    withUnsafeBytes(of: UInt8(1)) { _ = write(pipe.writing, $0.baseAddress, 1) }
    return true
  }

  /// Everything that was pushed; never waits.
  func take() -> [ProgramCommand] {
    withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      while read(wakeup, buffer.baseAddress, buffer.count) == buffer.count {}
    }
    return queue.takeAll(until: Moment(nanoseconds: 0))
  }

  func end() { queue.close() }
}
