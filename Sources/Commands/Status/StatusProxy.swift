import Configuration
import JSONStream
import Journal
import MissionCore
import Report

/// A proxy as `status` shows it.
struct StatusProxy {
  let server: String
  let isActive: Bool
  /// Of late, in whole failures: what the next one is chosen by.
  let failures: Int
  let lastUsedAt: Timestamp?
  /// Why it is not the next one now; nil when it may be.
  let resting: Resting?

  enum Resting: Hashable {
    case inactive
    /// Others have fewer failures.
    case failed(Int)
  }

  /// The configured ones, in their order.
  static func all(_ configured: [Configuration.Proxy], _ records: [ProxyRecord], now: Timestamp)
    -> [StatusProxy]
  {
    func failures(of proxy: Configuration.Proxy) -> Int {
      records.first { $0.server == proxy.server }?.recentFailures.rounded(at: now) ?? 0
    }
    let fewest = configured.filter(\.isActive).map(failures).min() ?? 0
    return configured.map { proxy in
      let count = failures(of: proxy)
      let failed: Resting? = count > fewest ? .failed(count) : nil
      return StatusProxy(
        server: proxy.server, isActive: proxy.isActive, failures: count,
        lastUsedAt: records.first { $0.server == proxy.server }?.lastUsedAt,
        resting: proxy.isActive ? failed : .inactive)
    }
  }

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("server")
    json.value(server)
    json.key("active")
    json.value(isActive)
    json.key("failures")
    json.value(failures)
    json.key("last_used_at")
    json.value(lastUsedAt?.description)
    json.key("resting")
    json.value(resting?.words(.english))
    json.endObject()
  }
}

extension StatusProxy.Resting {
  func words(_ answers: AnswerPhrases) -> String {
    switch self {
    case .inactive: return answers.proxyInactive
    case .failed(let count): return answers.proxyFailed(count)
    }
  }
}
