import Messages
import Threads

/// The courier's thread: what each route has to deliver, when the next try is due, when it is all over.
struct CourierLoop {
  /// One route's work.
  private struct Lane {
    let route: Courier.Route
    var waiting: [Notice] = []
    var current: Notice?
    /// Tries of the current notice so far.
    var tries = 0
    /// Tells the answer of this try from one that came too late.
    var attempt = 0
    var delivery: Delivery?
    var dueAt: Moment?

    var isIdle: Bool { current == nil && waiting.isEmpty }
  }

  private var lanes: [Lane]
  private let pace: DeliveryPace
  private let mailbox: Queue<Courier.Errand>
  private let cleaned: @Sendable (Message) -> Message
  private let log: @Sendable (Courier.LogLevel, Message) -> Void
  /// When everything ends; nil while the run works.
  private var deadline: Moment?
  /// When what was under way before the last notice is given up.
  private var patienceEnd: Moment?
  private var isComplete = true

  init(
    routes: [Courier.Route], pace: DeliveryPace, mailbox: Queue<Courier.Errand>,
    cleaned: @escaping @Sendable (Message) -> Message,
    log: @escaping @Sendable (Courier.LogLevel, Message) -> Void
  ) {
    lanes = routes.map { Lane(route: $0) }
    self.pace = pace
    self.mailbox = mailbox
    self.cleaned = cleaned
    self.log = log
  }

  /// Until the last notice is delivered or given up; false when something was given up.
  mutating func run() -> Bool {
    while true {
      for message in mailbox.takeAll(until: nextMoment) { take(message) }
      let now = Moment.now
      if let end = patienceEnd, now >= end { loseEarlier() }
      if let deadline, now >= deadline { return giveUp() }
      for index in lanes.indices { advance(index, now) }
      if deadline != nil, lanes.allSatisfy(\.isIdle) { return isComplete }
    }
  }

  private var nextMoment: Moment? { (lanes.map(\.dueAt) + [deadline, patienceEnd]).compactMap { $0 }.min() }

  private mutating func take(_ message: Courier.Errand) {
    switch message {
    case .notice(let notice): add(notice)
    case .last(let notice, let patience, let until):
      deadline = deadline.map { min($0, until) } ?? until
      patienceEnd = min(until, .now + max(patience, .zero))
      dropRetries()
      if let notice { add(notice) }
    case .hurry(let until):
      // Before the last notice there is no end that could come sooner.
      if let deadline { self.deadline = min(deadline, until) }
    case .answered(let index, let attempt, let result):
      if lanes[index].attempt == attempt { note(result, index) }
    }
  }

  private mutating func add(_ notice: Notice) {
    for index in lanes.indices where lanes[index].route.events.contains(notice.event) {
      lanes[index].waiting.append(notice)
    }
  }

  private mutating func advance(_ index: Int, _ now: Moment) {
    if lanes[index].current == nil, !lanes[index].waiting.isEmpty {
      lanes[index].current = lanes[index].waiting.removeFirst()
      lanes[index].tries = 0
      lanes[index].dueAt = now
    }
    guard let due = lanes[index].dueAt, due <= now, let notice = lanes[index].current else { return }
    lanes[index].dueAt = nil
    lanes[index].tries += 1
    lanes[index].attempt += 1
    let left: Duration = deadline.map { $0 - now } ?? pace.timeout
    let attempt = lanes[index].attempt
    lanes[index].delivery = lanes[index].route.channel.send(notice, timeout: min(left, pace.timeout)) {
      [mailbox] in
      mailbox.push(.answered(route: index, attempt: attempt, $0))
    }
  }

  private mutating func note(_ result: Result<Void, DeliveryFailure>, _ index: Int) {
    lanes[index].delivery = nil
    guard let notice = lanes[index].current else { return }
    let channel = lanes[index].route.channel.name
    switch result {
    case .success:
      log(.debug, "notify \(channel): told of \(notice.event.rawValue)")
      lanes[index].current = nil
    case .failure(let failure):
      let isStale = deadline != nil && notice.event == .start
      if failure.isTransient, lanes[index].tries < pace.tries, !isStale {
        lanes[index].dueAt = .now + pace.pause(after: lanes[index].tries)
      } else {
        lose(index, cleaned(failure.message))
      }
    }
  }

  /// The start of a run that is over is not told again.
  private mutating func dropRetries() {
    for index in lanes.indices where lanes[index].dueAt != nil { lose(index, "the run is over already") }
  }

  private mutating func loseEarlier() {
    patienceEnd = nil
    for index in lanes.indices where lanes[index].current?.event == .start {
      lanes[index].delivery?.cancel()
      lose(index, "no answer yet, and the run is over already")
    }
  }

  private mutating func giveUp() -> Bool {
    for index in lanes.indices {
      lanes[index].delivery?.cancel()
      while !lanes[index].isIdle {
        if lanes[index].current == nil { lanes[index].current = lanes[index].waiting.removeFirst() }
        lose(index, "no answer in the time that was left")
      }
    }
    return false
  }

  private mutating func lose(_ index: Int, _ reason: Message) {
    guard let notice = lanes[index].current else { return }
    let tries: Message = lanes[index].tries == 1 ? "1 try" : "\(lanes[index].tries) tries"
    let name = lanes[index].route.channel.name
    log(.warning, "notify \(name): could not tell of \(notice.event.rawValue): \(reason) (\(tries))")
    lanes[index].current = nil
    lanes[index].dueAt = nil
    lanes[index].attempt += 1
    isComplete = false
  }
}
