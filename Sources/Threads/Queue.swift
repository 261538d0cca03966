/// What waits for one thread, or for some that do the same, in the order in which it came.
///
/// Takers are woken once for a whole group: who takes all that waits can do it together.
package final class Queue<Element: Sendable>: @unchecked Sendable {
  /// Wakes who waits elsewhere; from any thread.
  package typealias Bell = @Sendable () -> Void

  // @unchecked: everything below is only touched under the lock.
  private let lock = ConditionLock()
  private var waiting: [Element] = []
  /// How many at the front were urgent.
  private var urgentCount = 0
  private var idleTakers = 0
  private var isClosed = false
  /// Wakes a taker that does not sleep here.
  private var bell: Bell?

  package init() {}

  /// - Parameter isUrgent: goes before all that is not.
  /// - Returns: false when the queue is closed, and the element not taken.
  @discardableResult
  package func push(_ element: Element, isUrgent: Bool = false) -> Bool {
    let (isTaken, mustWake, bell) = lock.locked { () -> (Bool, Bool, Bell?) in
      if isClosed { return (false, false, nil) }
      if isUrgent {
        waiting.insert(element, at: urgentCount)
        urgentCount += 1
      } else {
        waiting.append(element)
      }
      // More than the idle ones can take waits for those that are busy: they come by themselves.
      if let bell = self.bell { return (true, waiting.count == 1, bell) }
      return (true, waiting.count <= idleTakers, nil)
    }
    if mustWake { WakeGroup.wake(bell ?? { [lock] in lock.wakeOne() }) }
    return isTaken
  }

  /// From now on the one taker sleeps elsewhere and is woken by `bell`, when something comes into the empty queue; nil:
  /// takers sleep here again.
  package func wake(by bell: Bell?) { lock.locked { self.bell = bell } }

  /// Takes nothing more; what waits is still handed out.
  package func close() {
    lock.locked { isClosed = true }
    lock.wakeAll()
  }

  /// Whether nothing waits.
  package var isEmpty: Bool { lock.locked { waiting.isEmpty } }

  /// Whether more waits than idle takers are there for.
  package var isBehind: Bool { lock.locked { waiting.count > idleTakers } }

  /// The next, as soon as there is one; nil when the queue is closed and empty.
  package func take() -> Element? { take(count: { _ in 1 })?.first }

  /// Everything that waits, as soon as there is something; nil when the queue is closed and empty.
  package func takeAll() -> [Element]? { take { $0.count } }

  /// As many of the first as `count` says, which gets all that waits, as soon as there is something; nil when the
  /// queue is closed and empty.
  package func take(count: ([Element]) -> Int) -> [Element]? {
    lock.locked { hasSome(until: nil) ? removeFirst(count(waiting)) : nil }
  }

  /// Everything that waits, as soon as there is something; empty when the deadline came first, or the queue is closed.
  package func takeAll(until deadline: Moment?) -> [Element] {
    lock.locked { hasSome(until: deadline) ? removeFirst(waiting.count) : [] }
  }

  /// Everything that waits now.
  package func takeWaiting() -> [Element] {
    lock.locked { waiting.isEmpty ? [] : removeFirst(waiting.count) }
  }

  /// Waits under the lock.
  private func hasSome(until deadline: Moment?) -> Bool {
    idleTakers += 1
    defer { idleTakers -= 1 }
    while waiting.isEmpty, !isClosed {
      if !lock.sleep(until: deadline) { break }
    }
    return !waiting.isEmpty
  }

  private func removeFirst(_ count: Int) -> [Element] {
    urgentCount = max(0, urgentCount - count)
    var taken: [Element] = []
    if count == waiting.count {
      swap(&taken, &waiting)
    } else {
      taken = Array(waiting[..<count])
      waiting.removeFirst(count)
    }
    return taken
  }
}
