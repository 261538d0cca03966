import MissionCore
import Ports
import Synchronization

/// Asks the destination what its ledger says of missions, many at once: while one question is under way the next ones
/// gather, so that asking after every upload costs a read for many missions and not one for each.
final class LedgerDesk: Sendable {
  typealias Reply = @Sendable (Result<String?, DestinationError>) -> Void

  private struct Question: Sendable {
    let mission: MissionID
    let reply: Reply
  }

  private struct State {
    var waiting: [Question] = []
    var isAsking = false
  }

  private let destination: any Inspectable
  private let state = Mutex(State())

  init(_ destination: any Inspectable) { self.destination = destination }

  /// Answers with the digest of the mission's ledger row, nil when there is none.
  func ask(_ mission: MissionID, reply: @escaping Reply) {
    state.withLock { $0.waiting.append(Question(mission: mission, reply: reply)) }
    askNext()
  }

  private func askNext() {
    let questions = state.withLock { state -> [Question] in
      guard !state.isAsking, !state.waiting.isEmpty else { return [] }
      state.isAsking = true
      defer { state.waiting = [] }
      return state.waiting
    }
    guard !questions.isEmpty else { return }
    destination.digests(of: questions.map(\.mission)) { [self] answer in
      state.withLock { $0.isAsking = false }
      // The next ones are asked while these are answered.
      askNext()
      for (index, question) in questions.enumerated() { question.reply(answer.map { $0[index] }) }
    }
  }
}
