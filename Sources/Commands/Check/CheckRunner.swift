import Threads

/// Runs checks side by side and hands their results over in the order of the list.
///
/// A check that does not reply in time is left to itself: its thread may hang in a system call, and the
/// process ends soon anyway.
final class CheckRunner: Sendable {
  private let items: [CheckItem]
  private let results: Monitor<[CheckResult?]>
  private let started = Moment.now

  private init(_ items: [CheckItem]) {
    self.items = items
    results = Monitor(Array(repeating: nil, count: items.count))
  }

  /// - Parameter deliver: gets each result as soon as it and all before it are there.
  /// - Returns: all results, in order.
  @discardableResult
  static func run(
    _ items: [CheckItem], deliver: (CheckResult) -> Void = { _ in },
    start: ThreadStarter = OwnedThread.starter
  ) throws(ThreadFailure) -> [CheckResult] {
    let runner = CheckRunner(items)
    try runner.begin(start)
    return items.indices.map { index in
      let result = runner.wait(for: index)
      deliver(result)
      return result
    }
  }

  private func begin(_ start: ThreadStarter) throws(ThreadFailure) {
    for (index, item) in items.enumerated() {
      try start { item.run { outcome in self.put(outcome, at: index) } }
    }
  }

  /// The first outcome of an item counts; a reply after the time-out changes nothing.
  private func put(_ outcome: CheckOutcome, at index: Int) {
    let result = CheckResult(
      name: items[index].name, outcome: outcome, seconds: (Moment.now - started) / .seconds(1))
    results.change { if $0[index] == nil { $0[index] = result } }
  }

  private func wait(for index: Int) -> CheckResult {
    let timeout = items[index].timeout
    if let result = results.wait(until: started + timeout, for: { $0[index] }) { return result }
    put(.failed("no answer in \(timeout)", advice: "is it reachable from this machine?"), at: index)
    return results.wait { $0[index] }
  }
}
