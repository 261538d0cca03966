/// Timers in the order they fall due: a binary heap; equal times in the order they were set.
package struct TimerQueue<Time: Comparable, Key> {
  fileprivate struct Item {
    let at: Time
    let number: UInt64
    let key: Key

    func isBefore(_ other: Item) -> Bool { (at, number) < (other.at, other.number) }
  }

  private var heap: [Item] = []
  private var nextNumber: UInt64 = 0

  package init() {}

  /// When the first is due.
  package var next: Time? { heap.first?.at }

  /// Replaces what was set for the key.
  package mutating func set(_ key: Key, at: Time) {
    heap.append(Item(at: at, number: nextNumber, key: key))
    nextNumber += 1
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// The first timer that is due at `now`, removed.
  package mutating func popDue(_ now: Time) -> Key? {
    guard let first = heap.first, first.at <= now else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first.key }
    heap[0] = last
    var parent = 0
    while true {
      var smallest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[child].isBefore(heap[smallest]) { smallest = child }
      }
      guard smallest != parent else { return first.key }
      heap.swapAt(parent, smallest)
      parent = smallest
    }
  }
}

extension TimerQueue: Sendable where Time: Sendable, Key: Sendable {}
extension TimerQueue.Item: Sendable where Time: Sendable, Key: Sendable {}
