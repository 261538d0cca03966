/// Things to do later, soonest first; among equals in the order they were asked for.
struct TimerQueue {
  private struct Entry {
    let deadline: UInt64
    let order: UInt64
    let action: () -> Void
  }

  private var heap: [Entry] = []
  private var nextOrder: UInt64 = 0

  /// When the first action is due, in nanoseconds of the monotonic clock.
  var nextDeadline: UInt64? { heap.first?.deadline }

  mutating func add(deadline: UInt64, _ action: @escaping () -> Void) {
    heap.append(Entry(deadline: deadline, order: nextOrder, action: action))
    nextOrder += 1
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard isBefore(child, parent) else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// The first action whose time has come.
  mutating func popDue(at now: UInt64) -> (() -> Void)? {
    guard let first = heap.first, first.deadline <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < heap.count else { break }
      let child = left + 1 < heap.count && isBefore(left + 1, left) ? left + 1 : left
      guard isBefore(child, parent) else { break }
      heap.swapAt(child, parent)
      parent = child
    }
    return first.action
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    (heap[left].deadline, heap[left].order) < (heap[right].deadline, heap[right].order)
  }
}
