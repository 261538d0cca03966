import Configuration
import HTTP
import Journal
import MissionCore
import Ports
import Runs
import Spool

/// The real parts that `check` tests.
enum CheckComposition {
  static func items(
    _ configuration: Configuration, _ context: CommandContext, sendsNotifications: Bool
  ) -> [CheckItem] {
    let redactor = Redactor(secrets: configuration.secrets)
    let plan = RunPlan(checking: configuration)
    let composition = RunComposition(plan: plan, context: context.ofRuns, redactor: redactor)
    let limit = configuration.execution.timeouts.connect + configuration.execution.timeouts.response
    var items = [journal(plan), spool(plan)]
    items += WindowChecks.items(configuration, configPath: context.common.configPath, now: context.now())
    items += ScheduleChecks.items(configuration, now: context.now())
    do throws(CommandFailure) {
      let http = try RunComposition.httpClient()
      items += try sources(composition, http)
      items.append(try destination(composition, http, limit))
      items.append(try store(composition, http, limit))
      let notifications = NotificationComposition(configuration: configuration, context: context.ofRuns)
      items += try NotificationChecks(composition: notifications).items(sends: sendsNotifications)
    } catch {
      let failure = error
      items.append(
        CheckItem(name: "parts", timeout: limit) {
          $0(.failed(failure.message, advice: "mend the configuration"))
        })
    }
    return items
  }

  /// A journal that a live run holds is as good as one that opens; one that does not exist can be made.
  private static func journal(_ plan: RunPlan) -> CheckItem {
    let path = plan.journalPath
    let busy = plan.configuration.execution.timeouts.busy
    return CheckItem(name: "journal", timeout: .seconds(30)) { reply in
      do throws(JournalError) {
        if try JournalLock.isHeld(journal: path) {
          _ = try JournalReader(path: path).counts()
          return reply(.passed("a run is live"))
        }
        let journal = try Journal.open(path: path, busy: busy)
        journal.close()
        reply(.passed("\(path)"))
      } catch { reply(.failed(error.message, advice: "")) }
    }
  }

  private static func spool(_ plan: RunPlan) -> CheckItem {
    let path = plan.spoolFolder
    return CheckItem(name: "spool", timeout: .seconds(30)) { reply in
      do throws(SpoolError) {
        let spool = try SpoolStore(directory: path)
        let free = spool.freeSpace()
        spool.close()
        reply(.passed("\(free / (1 << 20)) MiB free"))
      } catch {
        reply(.failed(error.message, advice: "make the folder writable or name another journal.path"))
      }
    }
  }

  private static func destination(
    _ composition: RunComposition, _ http: any HTTPClient, _ limit: Duration
  ) throws(CommandFailure) -> CheckItem {
    let destination = try composition.destination(http)
    let isOther = composition.plan.configuration.otherDestination != nil
    return CheckItem(name: "destination", timeout: limit) { reply in
      destination.check(composition.recordTables) { answer in
        switch answer {
        case .success(let writer) where isOther: reply(.passed(writer))
        case .success(let database):
          reply(.passed("\(database): connected, created, written and rolled back"))
        case .failure(let error):
          reply(
            .failed(
              "\(error.code.rawValue) \(error.message)",
              advice: error.advice ?? "check storage_db.connection_string"))
        }
      }
    }
  }
}
