import ChildProcesses
import Glibc
import MissionCore
import Ports
import Threads

/// One program of a mission, from its start until its mission knows what came of it. Used by the loop's thread alone.
final class Attempt {
  typealias LookReply = @Sendable (Result<JobLook, SourceFailure>) -> Void

  enum Phase {
    case running
    /// It is to end, and was asked to.
    case ending(killAt: Moment)
    /// The program itself has ended; what it left behind is ended as well.
    case leaving(ProgramEnder, next: Moment)
    case settled(ProgramVerdict)
    /// Its result is on its way into the spool.
    case handing
  }

  /// What the loop knows it by, in the keys of what it waits for.
  let number: UInt64
  let start: MissionStart
  let process: ChildProcess
  let folder: String
  let spool: any ResultSpool
  /// Nil when the result is in files.
  let intake: ResultIntake?
  var phase = Phase.running
  /// Nil while it runs.
  var end: ChildEnd?
  /// -1 once closed.
  var output: Int32
  var error: Int32
  /// Tells its end.
  private var ending: Int32
  var tail = ErrorTail()
  /// What is written to the log: the lines of standard error, and of standard output when the result is in files.
  var lines: LineLog
  /// Why it was ended from here.
  var broken: SourceFailure?
  /// When it was asked to end.
  private var askedAt = Moment(nanoseconds: 0)
  /// How long it may take to end once it was asked.
  var patience = Duration.seconds(2)
  var look: (until: Moment, reply: LookReply)?
  var cancels: [@Sendable (Bool) -> Void] = []

  init(
    number: UInt64, start: MissionStart, process: ChildProcess, folder: String, spool: any ResultSpool,
    intake: ResultIntake?, lines: LineLog
  ) {
    self.number = number
    self.start = start
    self.process = process
    self.folder = folder
    self.spool = spool
    self.intake = intake
    self.lines = lines
    output = process.output
    error = process.error
    ending = process.descriptor
  }

  /// The program, or something that it left, may still run.
  var isAlive: Bool {
    switch phase {
    case .running, .ending, .leaving: true
    case .settled, .handing: false
    }
  }

  /// When something is to be done although nothing happens; nil for never.
  var due: Moment? {
    switch phase {
    case .running: look?.until
    case .ending(let killAt): min(killAt, look?.until ?? killAt)
    case .leaving(_, let next): min(next, look?.until ?? next)
    case .settled, .handing: nil
    }
  }

  /// Takes the news of the program's end; false while there are none.
  func takeEnd() -> Bool {
    guard end == nil, let end = process.end() else { return false }
    self.end = end
    // It would tell the same for ever.
    close(ending)
    ending = -1
    return true
  }

  /// Asks the program's group to end, and says when it is made to.
  func beginEnding(within patience: Duration, now: Moment) {
    switch phase {
    case .running:
      kill(-process.id, SIGTERM)
      askedAt = now
      phase = .ending(killAt: now + patience)
    // Counted from when it was asked first: a stop has waited for it already.
    case .ending(let killAt): phase = .ending(killAt: min(killAt, askedAt + patience))
    case .leaving, .settled, .handing: break
    }
    self.patience = min(self.patience, patience)
  }

  /// Takes what waits in the pipe, and no more than that at once: others wait, too.
  func readOutput() {
    Self.read(&output) { bytes in
      if let intake { intake.take(bytes) } else { lines.take(bytes) }
    }
  }

  /// The same of standard error.
  func readError() {
    Self.read(&error) { bytes in
      tail.take(bytes)
      lines.take(bytes)
    }
  }

  /// Closes what is still open, once nobody is left who could write: everything that was written is taken before.
  func closeOutputs() {
    // A pipe holds less than is read at once; somebody who hides and writes on must not keep us.
    for _ in 0..<4 where Self.hasMore(output) || Self.hasMore(error) {
      readOutput()
      readError()
    }
    for descriptor in [output, error, ending] where descriptor >= 0 { close(descriptor) }
    (output, error, ending) = (-1, -1, -1)
    lines.finish()
  }

  /// Ends it at once: it cannot be watched.
  func abandon() {
    kill(-process.id, SIGKILL)
    while process.end() == nil { Moment.sleep(for: .milliseconds(1)) }
    closeOutputs()
    intake?.discard()
  }

  private static func hasMore(_ descriptor: Int32) -> Bool {
    guard descriptor >= 0 else { return false }
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) > 0
  }

  /// Pieces that are read one after the other.
  private static let piecesAtOnce = 16
  private static let pieceSize = 64 << 10

  private static func read(_ descriptor: inout Int32, _ take: (UnsafeRawBufferPointer) -> Void) {
    for _ in 0..<piecesAtOnce where descriptor >= 0 {
      let count = withUnsafeTemporaryAllocation(byteCount: pieceSize, alignment: 16) { piece in
        let count = Glibc.read(descriptor, piece.baseAddress, piece.count)
        if count > 0 { take(UnsafeRawBufferPointer(rebasing: piece[..<count])) }
        return count
      }
      if count > 0 || count < 0 && errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      // Its end, or an error that is as good as one.
      close(descriptor)
      descriptor = -1
    }
  }
}
