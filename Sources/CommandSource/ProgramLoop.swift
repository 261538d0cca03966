import ChildProcesses
import Files
import Formats
import Glibc
import Kind
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
  let work: WorkFolder
  let table = ProcessTable()
  let orphans: Orphans
  /// By the token of the start, which is the job's id.
  var attempts: [String: Attempt] = [:]
  /// What is ended of earlier runs, by token.
  var sweeps: [String: Sweep] = [:]
  var closing: (@Sendable () -> Void)?

  /// Everything of a start of an earlier run is ended, then those who wait are told whether it is gone.
  struct Sweep {
    var ender: ProgramEnder
    var next: Moment
    var replies: [@Sendable (Bool) -> Void]
  }

  init(_ settings: CommandSettings, queue: ProgramQueue, hands: JobThread) {
    self.settings = settings
    self.queue = queue
    self.hands = hands
    work = WorkFolder(root: settings.workFolder)
    orphans = Orphans()
  }

  /// Until it is closed and nothing runs any more.
  func run() {
    while true {
      for command in queue.take() { carryOut(command) }
      step(.now)
      if let closing, !attempts.values.contains(where: \.isAlive), sweeps.isEmpty {
        queue.end()
        // What came meanwhile is answered.
        for command in queue.take() { refuse(command) }
        return closing()
      }
      sleep()
    }
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
      attempts[start.token] = try launch(start, spool)
      return .success(.job(id: start.token))
    } catch { return .failure(error) }
  }

  private func launch(_ start: MissionStart, _ spool: any ResultSpool) throws(SourceFailure) -> Attempt {
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
    return Attempt(
      start: start, process: process, folder: folder, spool: spool, intake: intake,
      startTime: table.startTime(of: process.id) ?? 0,
      lines: LineLog(name: "\(name) \("\(start.mission)".prefix(8))", redactor: settings.redactor) {
        [log = settings.log] in log(.info, $0)
      })
  }

  /// Why a program that is there could not be started.
  private static func failure(_ cause: Errno, _ path: String) -> SourceFailure {
    let message = "\(path) cannot be started: \(cause)"
    switch cause.code {
    case EAGAIN, ENOMEM, EMFILE, ENFILE: return SourceFailure(.busy, message, retryAfter: .seconds(5))
    case E2BIG: return SourceFailure(.unusable, message)
    default: return SourceFailure(.unavailable, message)
    }
  }

  private func look(_ job: SourceJob, _ until: Moment, _ reply: @escaping Attempt.LookReply) {
    guard let attempt = attempts[job.id] else {
      // Of a run that is gone: whatever of it lives on must not be there when the mission starts anew.
      let message = "the program of job \(job.id) ended with the run that started it"
      return sweep(job.id) { reply(.failure($0 ? SourceFailure(.notFound, message) : Self.livesOn)) }
    }
    attempt.look = (until, reply)
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
  }

  private func sweep(_ token: String, _ reply: @escaping @Sendable (Bool) -> Void) {
    if sweeps[token] == nil {
      let ender = ProgramEnder(markers: [CommandSettings.mark(token)], patience: .seconds(2))
      sweeps[token] = Sweep(ender: ender, next: .now, replies: [])
    }
    sweeps[token]?.replies.append(reply)
  }
}
