import MissionCore
import Synchronization
import Threads

/// Does the same to many items, a bounded number at once, and keeps their order.
enum Parallel {
  /// Blocks until all is done. `body` may block; it runs on threads of its own.
  static func map<Item: Sendable, R: Sendable>(
    _ items: [Item], atOnce width: Int,
    start: ThreadStarter = OwnedThread.starter,
    _ body: @escaping @Sendable (Item) -> R
  ) throws(CommandFailure) -> [R] {
    guard !items.isEmpty else { return [] }
    let board = Board<R>(count: items.count)
    do throws(ThreadFailure) {
      for _ in 0..<min(width, items.count) {
        try start {
          while let index = board.take() { board.put(body(items[index]), at: index) }
        }
      }
    } catch { throw CommandFailure(.internalError, "not everything can be verified, \(error)") }
    return board.results.wait()
  }

  private final class Board<R: Sendable>: Sendable {
    private struct State {
      var next = 0
      var left: Int
      var done: [R?]
    }

    private let state: Mutex<State>
    let results = Answer<[R]>()

    init(count: Int) { state = Mutex(State(left: count, done: Array(repeating: nil, count: count))) }

    func take() -> Int? {
      state.withLock { state in
        guard state.next < state.done.count else { return nil }
        defer { state.next += 1 }
        return state.next
      }
    }

    func put(_ result: R, at index: Int) {
      let all: [R]? = state.withLock { state in
        state.done[index] = result
        state.left -= 1
        return state.left == 0 ? state.done.compactMap { $0 } : nil
      }
      if let all { results.give(all) }
    }
  }
}
