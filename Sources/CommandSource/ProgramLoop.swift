import ChildProcesses
import Files
import Formats
import Glibc
import MissionCore
import Ports
import Threads

/// The one thread that starts a source's programs, reads what they write and sees them end: it sleeps until one of their
/// pipes or ends has something, whatever their number.
final class ProgramLoop {
  let settings: CommandSettings
  let queue: ProgramQueue
  /// Reads results in files, and hands results to the spool.
  let hands: JobThread
  let work: WorkFolders
  let table = ProcessTable()
  let orphans: Orphans
  /// Queue, outputs and ends of programs.
  private let watch: DescriptorWatch
  /// By the token of the start, which is the job's id.
  var attempts: [String: Attempt] = [:]
  /// The same by their numbers.
  private var numbered: [UInt64: Attempt] = [:]
  /// 0 is the queue's.
  private var lastNumber: UInt64 = 0
  /// When the first program began, as the system counts; nil before.
  private var firstStart: UInt64?
  /// What is ended of earlier runs, by token.
  var sweeps: [String: Sweep] = [:]
  var closing: (@Sendable () -> Void)?
  /// Nothing is to be done before that by itself; nil for never. It may be earlier than needed, so that not all have to be
  /// looked at whenever something happens.
  var due: Moment?

  /// Everything of a start of an earlier run is ended, then those who wait are told whether it is gone.
  struct Sweep {
    var ender: ProgramEnder
    var next: Moment
    var replies: [@Sendable (Bool) -> Void]
  }

  init(
    _ settings: CommandSettings, queue: ProgramQueue, hands: JobThread, work: WorkFolders, orphans: Orphans
  ) throws(Errno) {
    watch = try DescriptorWatch()
    try watch.add(queue.wakeup, key: 0)
    self.settings = settings
    self.queue = queue
    self.hands = hands
    self.work = work
    self.orphans = orphans
  }

  /// Until it is closed and nothing runs any more.
  func run() {
    while true {
      for key in watch.wait(milliseconds: millisecondsUntilDue) { hear(key) }
      step(.now)
      if let closing, !attempts.values.contains(where: \.isAlive), sweeps.isEmpty {
        if sweepLast() { continue }
        queue.end()
        // What came meanwhile is answered.
        for command in queue.take() { refuse(command) }
        return closing()
      }
    }
  }

  /// Ends what an earlier program left and nobody could know for its own while others ran; false when there is none. Once.
  private func sweepLast() -> Bool {
    guard let firstStart, orphans.areThere() == true else { return false }
    self.firstStart = nil
    let ender = ProgramEnder(markers: [], startedAfter: firstStart, patience: .milliseconds(500))
    sweeps[""] = Sweep(ender: ender, next: .now, replies: [])
    wake(at: .now)
    return true
  }

  /// Something can be read: nothing else is looked at, however much runs.
  private func hear(_ key: UInt64) {
    guard key > 0 else {
      for command in queue.take() { carryOut(command) }
      return
    }
    guard let attempt = numbered[key / 4], attempt.isAlive else { return }
    switch key % 4 {
    case 0: attempt.readOutput()
    case 1: attempt.readError()
    default: seeEnd(of: attempt, .now)
    }
    step(attempt, .now)
  }

  /// From now on what the program writes, and its end, is heard.
  private func register(_ attempt: Attempt) throws(Errno) {
    try watch.add(attempt.output, key: attempt.number * 4)
    try watch.add(attempt.error, key: attempt.number * 4 + 1)
    try watch.add(attempt.process.descriptor, key: attempt.number * 4 + 2)
    attempts[attempt.start.token] = attempt
    numbered[attempt.number] = attempt
  }

  /// It is asked for no more.
  func drop(_ attempt: Attempt) {
    attempts[attempt.start.token] = nil
    numbered[attempt.number] = nil
  }

  // MARK: Commands

  private func carryOut(_ command: ProgramCommand) {
    switch command {
    case .start(let start, let spool, let reply): reply(begin(start, spool))
    case .look(let job, let until, let reply): look(job, until, reply)
    case .find(let start, let reply):
      guard attempts[start.token] == nil else { return reply(.success(.found(id: start.token))) }
      sweep(start.token) { isGone in
        reply(
          isGone
            ? .success(.notStarted(request: "the start of the program")) : .failure(Self.livesOn))
      }
    case .cancel(let token, let reply): cancel(token, reply)
    case .close(let reply):
      closing = reply
      for attempt in attempts.values {
        attempt.beginEnding(within: Self.patienceWhenStopping, now: .now)
        answerWaiting(attempt)
        wake(at: attempt.due)
      }
    }
  }

  private func refuse(_ command: ProgramCommand) {
    let closed = SourceFailure(.busy, "the run is being stopped")
    switch command {
    case .start(_, _, let reply): reply(.failure(closed))
    case .look(_, _, let reply): reply(.failure(closed))
    case .find(_, let reply): reply(.failure(closed))
    case .cancel(_, let reply): reply(false)
    case .close(let reply): reply()
    }
  }

  static let patience = Duration.seconds(10)
  static let patienceWhenStopping = Duration.seconds(3)

  static let livesOn = SourceFailure(
    .again, "a program of an earlier start does not end, not even by SIGKILL")

  private func begin(_ start: MissionStart, _ spool: any ResultSpool) -> Result<StartOutcome, SourceFailure> {
    if closing != nil { return .failure(SourceFailure(.busy, "the run is being stopped")) }
    do throws(SourceFailure) {
      try launch(start, spool)
      return .success(.job(id: start.token))
    } catch { return .failure(error) }
  }

  private func launch(_ start: MissionStart, _ spool: any ResultSpool) throws(SourceFailure) {
    let folder: String
    do throws(FileFailure) {
      folder = try work.make(start.mission, attempt: start.attempt, keepsEarlier: start.isSecondLook)
    } catch {
      throw SourceFailure(error.isDiskFailure ? .diskFails : .spoolFull, "\(error)")
    }
    let program: ChildProgram
    do throws(StartFault) { program = try settings.program(for: start, folder: folder) } catch {
      throw SourceFailure(error.isOfSource ? .unavailable : .unusable, error.message)
    }
    let process: ChildProcess
    do throws(Errno) { process = try program.start() } catch {
      throw Self.failure(error, UntrustedText.foreign(program.path))
    }
    let name = settings.name
    let intake =
      settings.files == nil
      ? ResultIntake(
        settings.format, limit: settings.maxResultSize, partPath: spool.partPath(for: start.mission),
        place: "standard output", redactor: settings.redactor) : nil
    if firstStart == nil { firstStart = table.startTime(of: process.id) }
    lastNumber += 1
    let attempt = Attempt(
      number: lastNumber, start: start, process: process, folder: folder, spool: spool, intake: intake,
      lines: LineLog(name: "\(name) \("\(start.mission)".prefix(8))", redactor: settings.redactor) {
        [log = settings.log] in log(.info, $0)
      })
    do throws(Errno) { try register(attempt) } catch {
      attempt.abandon()
      throw SourceFailure(.busy, "a program cannot be watched: \(error)", retryAfter: .seconds(5))
    }
  }

  /// Why a program that is there could not be started.
  private static func failure(_ cause: Errno, _ path: String) -> SourceFailure {
    let message: Message = "\(path) cannot be started: \(cause)"
    switch cause.code {
    case EAGAIN, ENOMEM, EMFILE, ENFILE: return SourceFailure(.busy, message, retryAfter: .seconds(5))
    case E2BIG: return SourceFailure(.unusable, message)
    default: return SourceFailure(.unavailable, message)
    }
  }

  private func look(_ job: SourceJob, _ until: Moment, _ reply: @escaping Attempt.LookReply) {
    guard let attempt = attempts[job.id] else {
      // Of a run that is gone: whatever of it lives on must not be there when the mission starts anew.
      let message: Message = "the program of job \(job.id) ended with the run that started it"
      return sweep(job.id) { reply(.failure($0 ? SourceFailure(.notFound, message) : Self.livesOn)) }
    }
    attempt.look = (until, reply)
    step(attempt, .now)
  }

  private func cancel(_ token: String, _ reply: @escaping @Sendable (Bool) -> Void) {
    guard let attempt = attempts[token] else { return sweep(token, reply) }
    guard attempt.isAlive else {
      forget(attempt)
      return reply(true)
    }
    attempt.cancels.append(reply)
    let isStopping = closing != nil
    attempt.beginEnding(within: isStopping ? Self.patienceWhenStopping : Self.patience, now: .now)
    wake(at: attempt.due)
  }

  private func sweep(_ token: String, _ reply: @escaping @Sendable (Bool) -> Void) {
    if sweeps[token] == nil {
      let ender = ProgramEnder(markers: [CommandSettings.mark(token)], patience: .seconds(2))
      sweeps[token] = Sweep(ender: ender, next: .now, replies: [])
    }
    sweeps[token]?.replies.append(reply)
    wake(at: .now)
  }
}
