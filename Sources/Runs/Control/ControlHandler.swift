import Glibc
import Journal
import MissionCore

/// Does what other commands ask of the live run; called on the control server's thread.
struct ControlHandler: Sendable {
  /// How long the end of a cancelled mission's step in progress is waited for.
  private static let longestWaitMilliseconds = 20_000
  private static let lookEveryMilliseconds = 50

  let journal: Journal
  let runID: String
  let now: @Sendable () -> Timestamp
  let cancel: @Sendable ([MissionID]) -> Void

  init(
    journal: Journal, runID: String, now: @escaping @Sendable () -> Timestamp,
    cancel: @escaping @Sendable ([MissionID]) -> Void
  ) {
    self.journal = journal
    self.runID = runID
    self.now = now
    self.cancel = cancel
  }

  @Sendable func handle(_ request: ControlRequest) -> ControlReply {
    switch request {
    case .cancel(let ids): return cancelled(ids)
    case .accept(let ids): return accepted(ids)
    case .retry(let ids):
      return changed(ids, else: "is neither FAILED nor CANCELLED") { filter throws(JournalError) in
        try journal.retry(filter, at: now(), runID: nil)
      }
    case .rerun(let ids):
      return changed(ids, else: "is neither DONE nor FAILED with ERROR405") { filter throws(JournalError) in
        try journal.rerun(filter, at: now())
      }
    }
  }

  private func accepted(_ ids: [MissionID]) -> ControlReply {
    var reply = ControlReply()
    for id in ids {
      do throws(JournalError) {
        if let refusal = try journal.accept(id, at: now()) {
          reply.refused.append((id, refusal))
        } else {
          reply.changed += 1
        }
      } catch { reply.refused.append((id, error.message)) }
    }
    return reply
  }

  /// - Parameter reason: why a mission that does not match is left as it is.
  private func changed(
    _ ids: [MissionID], else reason: Message, _ change: (MissionFilter) throws(JournalError) -> Int
  ) -> ControlReply {
    var reply = ControlReply()
    for id in ids {
      var filter = MissionFilter()
      filter.ids = [id]
      do throws(JournalError) {
        let count = try change(filter)
        reply.changed += count
        if count == 0 { reply.refused.append((id, reason)) }
      } catch { reply.refused.append((id, error.message)) }
    }
    return reply
  }

  /// The engine ends what it can at once and the rest at its next safe point; the journal tells when.
  private func cancelled(_ ids: [MissionID]) -> ControlReply {
    var reply = ControlReply()
    let reader: JournalReader
    do throws(JournalError) {
      reader = try JournalReader(path: journal.path)
    } catch {
      reply.refused = ids.map { ($0, error.message) }
      return reply
    }
    var open: [MissionID] = []
    for id in ids {
      let status = status(of: id, reader)
      if let status, status.isFinished {
        reply.refused.append((id, "is \(status.word) already"))
      } else {
        open.append(id)
      }
    }
    cancel(open)
    var waited = 0
    while !open.isEmpty, waited < Self.longestWaitMilliseconds {
      usleep(UInt32(Self.lookEveryMilliseconds * 1000))
      waited += Self.lookEveryMilliseconds
      open.removeAll { id in
        guard let status = status(of: id, reader), status.isFinished else { return false }
        if status == .cancelled {
          reply.changed += 1
        } else {
          reply.refused.append((id, "became \(status.word)"))
        }
        return true
      }
    }
    reply.refused += open.map { ($0, "is cancelled as soon as its step in progress has ended") }
    return reply
  }

  /// Nil while the journal cannot say.
  private func status(of id: MissionID, _ reader: JournalReader) -> MissionStatus? {
    do throws(JournalError) { return try reader.mission(id)?.status } catch { return nil }
  }
}
