import Foundation
import Synchronization
import Testing

@testable import Notifications

/// A channel that answers as it is told, from a thread of the test.
private final class ScriptedChannel: NotificationChannel {
  enum Answer: Sendable { case success, transient, permanent, never }

  let name = "scripted"
  private let script: Mutex<[Answer]>
  private let sent = Mutex<[Notice.Event]>([])
  private let cancelled = Mutex(0)

  init(_ script: Answer...) { self.script = Mutex(script) }

  var events: [Notice.Event] { sent.withLock { $0 } }
  var cancellations: Int { cancelled.withLock { $0 } }

  func send(
    _ notice: Notice, timeout: Duration, reply: @escaping @Sendable (Result<Void, DeliveryFailure>) -> Void
  ) -> Delivery {
    sent.withLock { $0.append(notice.event) }
    switch script.withLock({ $0.isEmpty ? .success : $0.removeFirst() }) {
    case .success: reply(.success(()))
    case .transient: reply(.failure(DeliveryFailure("answered 503", isTransient: true)))
    case .permanent: reply(.failure(DeliveryFailure("answered 404", isTransient: false)))
    case .never: break
    }
    return Delivery { [self] in cancelled.withLock { $0 += 1 } }
  }
}

@Suite("The courier", .timeLimit(.minutes(5)))
struct CourierTests {
  private final class Log: Sendable {
    let lines = Mutex<[String]>([])
    func take(_ level: Courier.LogLevel, _ line: String) {
      if level == .warning { lines.withLock { $0.append(line) } }
    }
    var all: [String] { lines.withLock { $0 } }
  }

  private func courier(
    _ channel: ScriptedChannel, _ log: Log, events: Set<Notice.Event> = Set(Notice.Event.allCases),
    pause: Duration = .milliseconds(1)
  ) -> Courier {
    var pace = DeliveryPace()
    pace.pause = pause
    return Courier(
      routes: [Courier.Route(channel, events: events)], pace: pace, log: { log.take($0, $1.plain) })
  }

  private func notice(_ event: Notice.Event) -> Notice {
    Notice(event: event, subject: "s", text: "t", details: "d", host: "h")
  }

  @Test("start and end are told, in this order")
  func order() {
    let channel = ScriptedChannel()
    let log = Log()
    let courier = courier(channel, log)
    courier.announce(notice(.start))
    #expect(courier.conclude(notice(.success), within: .seconds(60)))
    #expect(channel.events == [.start, .success])
    #expect(log.all.isEmpty)
  }

  @Test("only what a channel wants is told")
  func wanted() {
    let channel = ScriptedChannel()
    let courier = courier(channel, Log(), events: [.failure])
    courier.announce(notice(.start))
    courier.conclude(notice(.success), within: .seconds(60))
    #expect(channel.events.isEmpty)
  }

  @Test("what may pass is tried three times, what will not once")
  func tries() {
    for (answers, tries, isComplete) in [
      ([ScriptedChannel.Answer.transient, .transient, .success], 3, true),
      ([.transient, .transient, .transient], 3, false), ([.permanent], 1, false),
    ] {
      let log = Log()
      let channel =
        answers.count == 3 ? ScriptedChannel(answers[0], answers[1], answers[2]) : ScriptedChannel(answers[0])
      #expect(courier(channel, log).conclude(notice(.failure), within: .seconds(60)) == isComplete)
      #expect(channel.events.count == tries)
      #expect(log.all.count == (isComplete ? 0 : 1))
    }
    let log = Log()
    courier(ScriptedChannel(.permanent), log).conclude(notice(.failure), within: .seconds(60))
    #expect(log.all == ["notify scripted: could not tell of failure: answered 404 (1 try)"])
  }

  @Test("a channel that never answers is given up when the time is over, and cancelled")
  func hanging() {
    let channel = ScriptedChannel(.never)
    let log = Log()
    let began = ContinuousClock.now
    #expect(!courier(channel, log).conclude(notice(.failure), within: .milliseconds(200)))
    #expect(ContinuousClock.now - began >= .milliseconds(200))
    #expect(channel.cancellations == 1)
    #expect(
      log.all == ["notify scripted: could not tell of failure: no answer in the time that was left (1 try)"])
  }

  @Test("a start that hangs does not keep the end from being told")
  func startHangs() {
    let channel = ScriptedChannel(.never, .success)
    let log = Log()
    let courier = courier(channel, log)
    courier.announce(notice(.start))
    while channel.events.isEmpty { usleep(1000) }
    courier.conclude(notice(.failure), patience: .milliseconds(20), within: .seconds(60))
    #expect(channel.events == [.start, .failure])
    #expect(channel.cancellations == 1)
    #expect(log.all.count == 1)
  }

  @Test("a start that waits for its next try is dropped when the run ends")
  func startIsStale() {
    let channel = ScriptedChannel(.transient)
    let courier = courier(channel, Log(), pause: .seconds(3600))
    courier.announce(notice(.start))
    while channel.events.isEmpty { usleep(1000) }
    courier.conclude(notice(.success), within: .seconds(60))
    #expect(channel.events == [.start, .success])
  }

  @Test("told to hurry, it does")
  func hurried() {
    let channel = ScriptedChannel(.never)
    let courier = courier(channel, Log())
    Thread.detachNewThread {
      while channel.events.isEmpty { usleep(1000) }
      courier.hurry(within: .milliseconds(50))
    }
    let began = ContinuousClock.now
    #expect(!courier.conclude(notice(.failure), within: .seconds(3600)))
    #expect(ContinuousClock.now - began < .seconds(600))
  }

  @Test("with nothing to say it ends at once, also when it is asked twice")
  func nothing() {
    let channel = ScriptedChannel(.never)
    let courier = courier(channel, Log())
    #expect(courier.conclude(nil, within: .seconds(3600)))
    #expect(courier.conclude(notice(.failure), within: .seconds(3600)))
    #expect(channel.events.isEmpty)
  }
}
