import Engine
import MissionCore
import Ports
import Spool
import Threads

/// Asks the spool for a mission's bytes and tells the engine what it says.
///
/// Also when a step could not read them or found others: whether they are lost or cannot be told now is for the spool to
/// say, which puts lost ones aside.
struct SpoolQuestion: Sendable {
  let spool: SpoolStore
  let results: HeldResults
  let mailbox: Queue<SchedulerEvent>

  /// - Parameter whenIntact: what is told when the bytes are there.
  func ask(_ result: ScrapedResult, _ ticket: Ticket, whenIntact event: MissionEvent) {
    spool.claim(
      mission: ticket.mission, size: result.size, sha256: result.sha256, adsCount: result.adsCount
    ) { [results, mailbox] answer in
      switch answer {
      case .intact(let opened):
        results.hold(opened)
        mailbox.push(.mission(ticket, event))
      case .lost(let error):
        mailbox.push(.mission(ticket, .spoolVerified(.lost(why: error.message))))
      case .unknown(let error):
        let finding = SpoolFinding.unknown(why: error.message, diskFails: error.isDiskFailure)
        mailbox.push(.mission(ticket, .spoolVerified(finding)))
      }
    }
  }
}
