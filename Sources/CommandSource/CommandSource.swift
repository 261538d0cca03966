import ChildProcesses
import Files
import MissionCore
import Ports
import Synchronization
import Threads

/// Programs of this machine as a source of missions (SOURCES 3): one program an attempt, its folder, its exit code, its
/// records on standard output or in files.
///
/// The job's id is the token of the start, which is also in the environment of the program and of what it starts: so
/// whatever lives on of a run that is gone is found and ended before anything starts again.
package final class CommandSource: MissionSource {
  package let lanes: [SourceLane]
  private let settings: CommandSettings
  private let queue: ProgramQueue
  private let hands: JobThread
  private let work: WorkFolders
  private let isClosed = Atomic(false)

  /// Nothing is started or written yet but threads of our own.
  package init(_ settings: CommandSettings) throws(SourceFailure) {
    self.settings = settings
    // What this machine can take at once is for who writes the configuration to say: programs refuse nothing.
    lanes = [SourceLane(name: settings.name, capacity: settings.capacity, adapts: false)]
    let hands: JobThread
    do throws(ThreadFailure) { hands = try JobThread() } catch {
      throw SourceFailure(.unavailable, "\(error)")
    }
    self.hands = hands
    let orphans = Orphans()
    let work = WorkFolders(root: settings.workFolder, orphans)
    self.work = work
    let loop: ProgramLoop
    do throws(Errno) {
      queue = try ProgramQueue()
      loop = try ProgramLoop(settings, queue: queue, hands: hands, work: work, orphans: orphans)
    } catch { throw SourceFailure(.unavailable, "no pipe for \(settings.name): \(error)") }
    do throws(ThreadFailure) { _ = try OwnedThread.start(owning: loop) { $0.run() } } catch {
      queue.end()
      throw SourceFailure(.unavailable, "\(error)")
    }
  }

  deinit { close() }

  package var health: [HealthCheck] { [CommandHealth(settings: settings).check] }

  package func start(
    _ start: MissionStart, on lane: String, into spool: any ResultSpool,
    reply: @escaping @Sendable (Result<StartOutcome, SourceFailure>) -> Void
  ) {
    if !queue.push(.start(start, spool, reply)) { reply(.failure(Self.closed)) }
  }

  /// Ends what was started, whoever did; so the start may be repeated.
  package func find(
    _ start: MissionStart, on lane: String, known: [String],
    reply: @escaping @Sendable (Result<StartFinding, SourceFailure>) -> Void
  ) {
    let answer: @Sendable (Result<StartFinding, SourceFailure>) -> Void = { found in
      // Each start has a token of its own: what an earlier one named is not this one's.
      if case .success(.found(let id, _)) = found, known.contains(id) {
        return reply(.success(.notStarted(request: "the start of the program")))
      }
      reply(found)
    }
    if !queue.push(.find(start, answer)) { reply(.failure(Self.closed)) }
  }

  package func look(
    at job: SourceJob, into spool: any ResultSpool, atMost wait: Duration,
    reply: @escaping @Sendable (Result<JobLook, SourceFailure>) -> Void
  ) {
    if !queue.push(.look(job, until: .now + wait, reply)) { reply(.failure(Self.closed)) }
  }

  package func cancel(_ job: SourceJob, reply: @escaping @Sendable (_ isConfirmed: Bool) -> Void) {
    if !queue.push(.cancel(token: job.id, reply)) { reply(false) }
  }

  package func forget(_ mission: MissionID) {
    hands.run { [work] in work.remove(mission) }
  }

  /// Ends all programs: asked to, and made to after 3 s.
  package func close() {
    guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    let ended = Answer<Void>()
    guard queue.push(.close { ended.give(()) }) else { return }
    _ = ended.wait(until: .now + .milliseconds(4200))
    // What was written of their errors, and folders that go.
    let tidied = Answer<Void>()
    hands.run { [work] in
      work.removeSpare()
      tidied.give(())
    }
    _ = tidied.wait(until: .now + .milliseconds(300))
  }

  private static let closed = SourceFailure(.busy, "the run is being stopped")
}
