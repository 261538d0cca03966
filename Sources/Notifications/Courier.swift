import Messages
import Synchronization
import Threads

/// Delivers notices on a thread of its own, beside the run.
///
/// Nothing that goes wrong here changes a run: each try is short, there are few of them, the end is waited for only
/// so long, and what could not be delivered is a line in the log.
public final class Courier: Sendable {
  /// A channel and the events that it wants.
  public struct Route: Sendable {
    let channel: any NotificationChannel
    let events: Set<Notice.Event>

    public init(_ channel: any NotificationChannel, events: Set<Notice.Event>) {
      self.channel = channel
      self.events = events
    }
  }

  /// How loud the courier tells of its own work.
  public enum LogLevel: Sendable { case debug, warning }

  enum Errand: Sendable {
    case notice(Notice)
    case last(Notice?, patience: Duration, until: Moment)
    case hurry(until: Moment)
    case answered(route: Int, attempt: Int, Result<Void, DeliveryFailure>)
  }

  private let mailbox = Queue<Errand>()
  private let finished = Answer<Bool>()
  private let thread: OwnedThread?
  private let isOver = Atomic(false)

  /// Starts the thread.
  ///
  /// - Parameter cleaned: makes words of others in a message fit for the log.
  public init(
    routes: [Route], pace: DeliveryPace = DeliveryPace(),
    cleaned: @escaping @Sendable (Message) -> Message = { $0 },
    log: @escaping @Sendable (LogLevel, Message) -> Void
  ) {
    let mailbox = self.mailbox
    let finished = self.finished
    do throws(ThreadFailure) {
      thread = try .start {
        var loop = CourierLoop(routes: routes, pace: pace, mailbox: mailbox, cleaned: cleaned, log: log)
        finished.give(loop.run())
      }
    } catch {
      thread = nil
      log(.warning, "notifications: the system gives no thread, nothing is sent")
    }
  }

  /// Begins to deliver and returns at once.
  public func announce(_ notice: Notice) { mailbox.push(.notice(notice)) }

  /// Delivers the last notice and waits for it, but not longer than `budget`. May be called once.
  ///
  /// - Parameters:
  ///   - notice: nil only gives up what is under way.
  ///   - patience: how long an earlier notice that is still under way may take.
  /// - Returns: false when something had to be given up.
  @discardableResult
  public func conclude(_ notice: Notice?, patience: Duration = .seconds(2), within budget: Duration) -> Bool {
    guard let thread, !isOver.exchange(true, ordering: .acquiringAndReleasing) else { return true }
    mailbox.push(.last(notice, patience: patience, until: .now + max(budget, .zero)))
    let isComplete = finished.wait()
    thread.join()
    return isComplete
  }

  /// The end is wanted sooner, from any thread.
  public func hurry(within budget: Duration) {
    mailbox.push(.hurry(until: .now + max(budget, .zero)))
  }
}

/// How often and how long a delivery is tried.
public struct DeliveryPace: Sendable {
  public var tries = 3
  /// Of one try, all of it.
  public var timeout = Duration.seconds(10)
  /// Before the second try, on the average; twice as long before the third.
  public var pause = Duration.seconds(1)

  public init() {}

  /// Between half and one and a half of the average, so that many machines do not come back together.
  func pause(after attempt: Int) -> Duration { pause * (attempt * Int.random(in: 500...1500)) / 1000 }
}
