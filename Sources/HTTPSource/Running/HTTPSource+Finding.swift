import Failpoints
import HTTP
import MissionCore
import Placeholders
import Ports
import Threads

// A start whose answer is lost: `find` is asked, else what the section says of sending again decides.
extension HTTPSource {
  package func find(
    _ start: MissionStart, on lane: String, known: [String],
    reply: @escaping @Sendable (Result<StartFinding, SourceFailure>) -> Void
  ) {
    guard section.find != nil else { return reply(.success(unknown("no find is there to tell"))) }
    ask(0, Moment.stopwatch(), start, Set(known), reply)
  }

  /// - Parameter number: how often it was asked before.
  private func ask(
    _ number: Int, _ elapsed: @escaping @Sendable () -> Duration, _ start: MissionStart, _ known: Set<String>,
    _ reply: @escaping @Sendable (Result<StartFinding, SourceFailure>) -> Void
  ) {
    guard let find = section.find else { return }
    let values = values(start)
    let left = max(limits.asksEnd - elapsed(), .seconds(1))
    let deadlines = HTTPDeadlines(connect: min(limits.connect, left), total: min(limits.response, left))
    send(find.request, values, deadlines: deadlines) { answer in
      Failpoint.reach("http.find.answered")
      let found = judge.bytes(of: answer, find.request.shown).flatMap { bytes in
        bytes.withUnsafeBytes { judge.foundJobs($0, find, values) }
      }
      let step = FindStep.after(
        found.map { $0.filter { !known.contains($0.id) } }, asked: number + 1, of: limits.asks.count)
      switch step {
      case .adopt(let job, let others): adopt(job, others, start, reply)
      case .repeatStart: reply(.success(.notStarted(request: section.start?.request.shown ?? "")))
      case .setAside(let failure) where !section.sendsOnce: reply(.failure(failure))
      case .setAside(let failure), .giveUp(let failure): reply(.success(unknown(failure.message)))
      case .askAgain:
        timers.after(max(.zero, limits.asks[number + 1] - elapsed())) {
          ask(number + 1, elapsed, start, known, reply)
        }
      }
    } unmade: {
      reply(.success(unknown($0.message)))
    }
  }

  /// What a start comes to of which nobody can tell whether it was taken.
  private func unknown(_ reason: Message) -> StartFinding {
    let request = section.start?.request.shown ?? ""
    // The same key makes the same job of it.
    if section.sendsIdempotencyKey { return .notStarted(request: request) }
    let message: Message = "not known whether \(request) was taken by \(name): \(reason)"
    return .failed(Failure(section.sendsOnce ? .startUnknown : .scrapeOther, message))
  }

  private func adopt(
    _ job: AnsweredJob, _ others: [AnsweredJob], _ start: MissionStart,
    _ reply: @escaping @Sendable (Result<StartFinding, SourceFailure>) -> Void
  ) {
    if !others.isEmpty {
      let ids = others.prefix(5).map { judge.shown($0.id) }.joined(separator: ", ")
      let end: Message = section.cancel == nil ? "nothing ends the others" : "the others are cancelled"
      tell(
        "\(name) runs \(others.count + 1) jobs for \(start.mission): \(judge.shown(job.id)) is taken, \(end): \(ids)"
      )
    }
    for other in others {
      cancel(other.id, values(start, job: other.id, kept: KeptValues(other.kept))) { _ in }
    }
    reply(.success(.found(id: job.id, kept: KeptValues(job.kept))))
  }
}

extension KeptValues {
  init(_ values: [String: String]) {
    self.init()
    for (name, value) in values { self[name] = value }
  }
}
