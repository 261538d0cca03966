import MissionCore

/// Missions that could start, in the order they should: retries before claimed ones.
struct CandidateQueue {
  /// Missions that are scraped once more to be compared, on other lanes than before.
  private(set) var secondLooks: [MissionID] = []
  private var retriesAtScrape = Fifo()
  private var retriesLocal = Fifo()
  private var claimedAtScrape = Fifo()
  private var claimedLocal = Fifo()

  /// Claimed missions that have not started: how much of the last page is left.
  var claimedCount: Int { claimedAtScrape.count + claimedLocal.count }
  var hasScrape: Bool { !(retriesAtScrape.isEmpty && claimedAtScrape.isEmpty) }
  var hasLocal: Bool { !(retriesLocal.isEmpty && claimedLocal.isEmpty) }
  var isEmpty: Bool { !hasScrape && !hasLocal && secondLooks.isEmpty }

  mutating func appendSecondLook(_ state: MissionState) { secondLooks.append(state.id) }

  /// One that goes on without a lane, whatever its checkpoint is.
  mutating func appendLocal(_ state: MissionState) { retriesLocal.append(state.id) }

  mutating func appendRetry(_ state: MissionState) {
    if state.checkpoint == .scrape { retriesAtScrape.append(state.id) } else { retriesLocal.append(state.id) }
  }

  mutating func appendClaimed(_ state: MissionState) {
    if state.checkpoint == .scrape { claimedAtScrape.append(state.id) } else { claimedLocal.append(state.id) }
  }

  /// The next mission that goes on at DB or S3.
  mutating func popLocal() -> MissionID? { retriesLocal.pop() ?? claimedLocal.pop() }

  mutating func popScrape() -> MissionID? { retriesAtScrape.pop() ?? claimedAtScrape.pop() }

  mutating func remove(_ id: MissionID) {
    secondLooks.removeAll { $0 == id }
    retriesAtScrape.remove(id)
    retriesLocal.remove(id)
    claimedAtScrape.remove(id)
    claimedLocal.remove(id)
  }
}

/// First in, first out; the consumed front is dropped now and then.
private struct Fifo {
  private var items: [MissionID] = []
  private var head = 0

  var count: Int { items.count - head }
  var isEmpty: Bool { count == 0 }

  mutating func append(_ id: MissionID) { items.append(id) }

  mutating func pop() -> MissionID? {
    guard head < items.count else { return nil }
    defer {
      head += 1
      if head > 512, head * 2 > items.count {
        items.removeFirst(head)
        head = 0
      }
    }
    return items[head]
  }

  mutating func remove(_ id: MissionID) {
    if let index = items[head...].firstIndex(of: id) { items.remove(at: index) }
  }
}
