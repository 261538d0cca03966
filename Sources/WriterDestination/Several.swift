import Ports
import Synchronization

/// Asks for each of several things, some of them at a time, and answers with all or with the first failure.
final class Several<Item: Sendable, Answer: Sendable>: Sendable {
  typealias One = @Sendable (Item, @escaping @Sendable (Result<Answer, DestinationError>) -> Void) -> Void

  private struct State {
    var next = 0
    var open = 0
    var answers: [Int: Answer] = [:]
    var failure: DestinationError?
  }

  private let items: [Item]
  private let atOnce: Int
  private let ask: One
  private let reply: @Sendable (Result<[Answer], DestinationError>) -> Void
  private let state = Mutex(State())

  init(
    _ items: [Item], atOnce: Int, reply: @escaping @Sendable (Result<[Answer], DestinationError>) -> Void,
    ask: @escaping One
  ) {
    self.items = items
    self.atOnce = atOnce
    self.reply = reply
    self.ask = ask
  }

  func begin() {
    guard !items.isEmpty else { return reply(.success([])) }
    for _ in 0..<min(atOnce, items.count) { askNext() }
  }

  private func askNext() {
    let place = state.withLock { state -> Int? in
      guard state.next < items.count, state.failure == nil else { return nil }
      state.next += 1
      state.open += 1
      return state.next - 1
    }
    guard let place else { return }
    ask(items[place]) { [self] answer in
      let isLast = state.withLock { state in
        state.open -= 1
        switch answer {
        case .success(let value): state.answers[place] = value
        case .failure(let error): state.failure = state.failure ?? error
        }
        return state.open == 0 && (state.failure != nil || state.next == items.count)
      }
      guard isLast else { return askNext() }
      let (failure, answers) = state.withLock { ($0.failure, $0.answers) }
      // Without a failure each was answered.
      reply(failure.map { .failure($0) } ?? .success(items.indices.compactMap { answers[$0] }))
    }
  }
}
