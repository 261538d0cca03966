import MissionCore
import Ports
import Synchronization

/// Asks the destination for what its ledger says of missions. One question is under way at a time; the missions that
/// come meanwhile are asked for together by the next one, so that a look after every upload costs one read for many.
final class LedgerQuestions: Sendable {
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

  /// Returns at once. The reply comes once, from a thread of the destination: the digest of the mission's ledger row,
  /// nil when there is none.
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
