import MissionCore
import Threads

/// The thread that owns the journal's connection: takes what waits, commits it together, answers.
final class JournalThread: Sendable {
  typealias Reply = @Sendable (JournalError?) -> Void

  private struct Submission {
    let writes: [JournalWrite]
    let runID: String?
    let reply: Reply
  }

  enum Work: Sendable {
    case submission([JournalWrite], runID: String?, Reply)
    /// Something that makes its own transactions, or none.
    case call(@Sendable (JournalStore) -> Void)
    /// Something that only reads: it does not wait for what came before.
    case question(@Sendable (JournalStore) -> Void)
  }

  /// Submissions in one transaction: bounds what a rollback loses and how long the first one waits.
  private static let largestGroup = 4096

  private let queue = Queue<Work>()
  private let thread: OwnedThread

  init(store: sending JournalStore) throws(JournalError) {
    do throws(ThreadFailure) {
      thread = try .start(owning: store) { [queue] store in JournalThread.run(store, queue) }
    } catch { throw .internalFailure(reason: "the journal's thread cannot start, \(error)") }
  }

  /// False when the thread has been told to end.
  func push(_ work: Work) -> Bool { queue.push(work) }

  /// Ends the thread when all work is done, and waits for that.
  func finish() {
    queue.close()
    thread.join()
  }

  private static func run(_ store: JournalStore, _ queue: Queue<Work>) {
    var group: [Submission] = []
    while let works = queue.takeAll() {
      WakeGroup.together { for case .question(let body) in works { body(store) } }
      for work in works {
        switch work {
        case .submission(let writes, let runID, let reply):
          group.append(Submission(writes: writes, runID: runID, reply: reply))
          if group.count == largestGroup { commit(&group, store) }
        case .call(let body):
          commit(&group, store)
          body(store)
        case .question: break  // answered before
        }
      }
      commit(&group, store)
    }
    // An import that nobody ended; what it loses when this fails, the next import brings again.
    try? store.importer.commit()
    store.connection.close()
  }

  private static func commit(_ group: inout [Submission], _ store: JournalStore) {
    if group.isEmpty { return }
    defer { group.removeAll(keepingCapacity: true) }
    do throws(JournalError) {
      try store.transaction { for one in group { try store.apply(one.writes, runID: one.runID) } }
      WakeGroup.together { for one in group { one.reply(nil) } }
    } catch {
      guard error.isOfOneSubmission, group.count > 1 else {
        for one in group { one.reply(error) }
        return
      }
      // One submission is at fault: the others must not suffer from its company.
      for one in group {
        var alone = [one]
        commit(&alone, store)
      }
    }
  }
}
