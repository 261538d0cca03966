import Audit
import Configuration
import Destination
import HTTP
import Journal
import MissionCore
import Scraping
import Spool

/// The real parts that `check` tests.
enum CheckComposition {
  static func items(_ configuration: Configuration, _ context: CommandContext) -> [CheckItem] {
    let redactor = Redactor(secrets: configuration.secrets)
    let plan = RunPlan(checking: configuration)
    let composition = RunComposition(plan: plan, context: context, redactor: redactor)
    let limit = configuration.execution.timeouts.connect + configuration.execution.timeouts.response
    var items = [journal(plan), spool(plan)]
    do throws(CommandFailure) {
      let http = try RunComposition.httpClient()
      let workers = composition.workers(http)
      items += plan.workers.map { worker($0.name, workers[$0.name], limit) }
      items += (configuration.proxies ?? []).filter(\.isActive).map {
        proxy($0, configuration.execution, http, limit)
      }
      items.append(destination(composition, limit))
      items.append(try store(composition, http, limit))
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
        reply(.passed(path))
      } catch { reply(.failed("\(error)", advice: "")) }
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
      } catch { reply(.failed("\(error)", advice: "make the folder writable or name another journal.path")) }
    }
  }

  private static func worker(_ name: String, _ api: (any WorkerAPI)?, _ limit: Duration) -> CheckItem {
    CheckItem(name: "worker \(name)", timeout: limit) { reply in
      api?.health { answer in
        switch answer {
        case .success: reply(.passed("GET /health"))
        case .failure(let failure):
          reply(.failed(failure.message, advice: "is the worker running, and are its url and api_key right?"))
        }
      }
    }
  }

  private static func proxy(
    _ proxy: Configuration.Proxy, _ execution: Configuration.Execution, _ http: CurlClient, _ limit: Duration
  ) -> CheckItem {
    CheckItem(name: "proxy \(proxy.server)", timeout: limit) { reply in
      guard let url = execution.proxyCheckURL else {
        return TCPProbe.connect(to: proxy.server, timeout: execution.timeouts.connect, reply: reply)
      }
      let request = HTTPRequest(
        url: url.text, receive: .memory(limit: 1 << 20),
        deadlines: HTTPDeadlines(
          connect: execution.timeouts.connect, total: execution.timeouts.response),
        proxy: HTTPProxy(
          server: proxy.server, username: proxy.username ?? "", password: proxy.password?.reveal() ?? ""))
      http.send(request) { answer in
        switch answer {
        case .success(let response) where response.status < 400: reply(.passed("GET \(url.maskedText)"))
        case .success(let response):
          reply(
            .failed(
              "answered \(response.status) for \(url.maskedText)",
              advice: "are its username and password right?"))
        case .failure(let error):
          reply(.failed(error.message, advice: "is the proxy reachable from this machine?"))
        }
      }
    }
  }

  private static func destination(
    _ composition: RunComposition, _ limit: Duration
  ) -> CheckItem {
    let destination = composition.destination()
    return CheckItem(name: "destination", timeout: limit) { reply in
      destination.check { answer in
        switch answer {
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

  private static func store(
    _ composition: RunComposition, _ http: CurlClient, _ limit: Duration
  ) throws(CommandFailure) -> CheckItem {
    let store = try composition.store(http)
    return CheckItem(name: "store", timeout: limit * 3) { reply in
      store.check { answer in
        switch answer {
        case .success: reply(.passed("signed, written, read and removed a probe object"))
        case .failure(let error):
          reply(.failed("\(error.code.rawValue) \(error.message)", advice: advice(error.code)))
        }
      }
    }
  }

  private static func advice(_ code: ErrorCode) -> String {
    switch code {
    case .storeCredentials: return "check storage_s3.access_key and secret_key"
    case .bucketMissing: return "create the bucket or check storage_s3.bucket"
    case .storePermissionDenied: return "allow PutObject, GetObject and DeleteObject under storage_s3.prefix"
    default: return "check storage_s3.endpoint and region"
    }
  }
}
