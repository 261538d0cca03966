import MissionCore

// How often missions of a source may be started, and how many of them at once.
extension Scheduler {
  /// Whether a mission of the route may get a place now. A pace that is used up sets a timer and is told.
  func mayStart(_ route: Int) -> Bool {
    if let capacity = routes[route].machine.source.capacity, routes[route].onLanes >= capacity {
      return false
    }
    guard let wait = routes[route].pace?.wait(at: wall), wait > .zero else { return true }
    guard routes[route].paceTimer == nil else { return false }
    routes[route].paceTimer = now + wait
    effects.append(.setTimer(.pace(routes[route].missions), at: now + wait))
    tellPace(route, wait)
    return false
  }

  /// The run time before which no mission of the route is started.
  func startsNotBefore(_ route: Int) -> Duration {
    guard let wait = routes[route].pace?.wait(at: wall), wait > .zero else { return .zero }
    return now + wait
  }

  /// A mission that has a lane already may have to wait for the pace as well.
  func tellIfItWaits(_ entry: Entry) {
    guard case .awaitingPace = entry.state.stage, let wait = routes[entry.route].pace?.wait(at: wall) else {
      return
    }
    tellPace(entry.route, wait)
  }

  /// A start is being journaled; its moment is written in the same transaction.
  func countStart(of entry: Entry) {
    guard var window = routes[entry.route].pace, let source = routes[entry.route].missions.only else {
      return
    }
    window.note(wall)
    entry.countedStart = wall
    routes[entry.route].pace = window
    write(.paceStart(source: source, at: wall, horizon: window.horizon(at: wall)))
  }

  /// It is sent only now: that is what the others must keep their distance from.
  func noteSent(_ entry: Entry) {
    guard let counted = entry.countedStart else { return }
    routes[entry.route].pace?.move(counted, to: wall)
    entry.countedStart = nil
  }

  /// Once, and whenever the wait is a long one.
  private func tellPace(_ route: Int, _ wait: Duration) {
    guard let pace = routes[route].machine.source.pace, let source = routes[route].missions.only else {
      return
    }
    let isLong = wait >= .seconds(60)
    guard toldPaces.insert(source).inserted || isLong else { return }
    let limit: Message = pace.starts == 1 ? "1 mission" : "\(pace.starts) missions"
    effects.append(
      .log(
        .info,
        "\(source) starts \(limit) in \(pace.span) at the most: the next one waits \(Self.whole(wait))"
      ))
  }

  private static func whole(_ wait: Duration) -> Duration {
    wait < .seconds(1) ? wait : .seconds(wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0))
  }
}
