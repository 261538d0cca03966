import MissionCore
import Ports

// Missions whose result is to be seen twice: when they are scraped again, and where.
extension Scheduler {
  /// In line for its second look, when that is due. One that cannot be had, because no lane is left or because nobody
  /// knows what became of it, needs no lane: the first result is taken.
  func enqueueSecondLook(_ entry: Entry) {
    guard let first = entry.state.firstLook else { return }
    let isLost = entry.state.hasLostSecondLook(routes[entry.route].machine.source)
    if routes[entry.route].isClosed || isLost { return routes[entry.route].queue.appendLocal(entry.state) }
    let wait = first.dueAt.milliseconds - wall.milliseconds
    if wait > 0 {
      effects.append(.setTimer(.retry(entry.state.id), at: now + .milliseconds(wait)))
    } else {
      routes[entry.route].queue.appendSecondLook(entry.state)
    }
  }

  /// Gives a slot to the first that a lane is free for: another lane than before, as long as one can be used at all.
  /// Whether there was one.
  func startSecondLook() -> Bool {
    for route in routes.indices where !routes[route].isClosed {
      for id in routes[route].queue.secondLooks {
        guard let entry = missions[id] else {
          routes[route].queue.remove(id)
          continue
        }
        guard let lane = laneForSecondLook(of: entry), mayStart(route) else { continue }
        routes[route].queue.remove(id)
        give(slotTo: entry, lane: lanes[lane].name.lane)
        assign(entry, to: lane)
        return true
      }
    }
    return false
  }

  private func laneForSecondLook(of entry: Entry) -> Int? {
    guard let first = entry.state.firstLook else { return nil }
    let before = laneIndex[LaneName(source: source(of: entry), lane: first.lane)]
    return bestLane(of: entry.route, besides: hasUsableLane(entry.route, besides: before) ? before : nil)
  }

  /// The mission has a slot and a place on the lane; now it waits until that is ready.
  func assign(_ entry: Entry, to lane: Int) {
    guard entry.state.stage == .awaitingLane else { return }
    if let session = entry.state.firstLook?.session {
      drive(lane: lane, .missionAvoids(entry.state.id, session))
    }
    drive(lane: lane, .missionAssigned(entry.state.id))
  }
}
