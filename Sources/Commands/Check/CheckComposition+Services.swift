import HTTP
import MissionCore
import Ports
import Runs

// What answers over the network: the sources and the store.
extension CheckComposition {
  static func sources(
    _ composition: RunComposition, _ http: any HTTPClient
  ) throws(CommandFailure) -> [CheckItem] {
    let now = composition.context.now
    return try composition.sources(http).flatMap(\.source.health).map { health in
      CheckItem(name: health.name, timeout: health.timeout) { reply in
        health.run { outcome in
          switch outcome {
          case .passed(let deeds, let time):
            reply(.passed(deeds + ClockDifference.remark(theirs: time, ours: now())))
          case .failed(let message, let advice): reply(.failed(message, advice: advice))
          }
        }
      }
    }
  }

  static func store(
    _ composition: RunComposition, _ http: any HTTPClient, _ limit: Duration
  ) throws(CommandFailure) -> CheckItem {
    let store = try composition.store(http)
    let now = composition.context.now
    // Three requests, and each may be signed again with the store's time.
    return CheckItem(name: "store", timeout: limit * 6) { reply in
      store.check { answer in
        switch answer {
        case .success(let checked):
          let clock = ClockDifference.remark(theirs: checked.time, ours: now())
          reply(.passed(checked.deeds + clock))
        case .failure(let error):
          reply(.failed("\(error.code.rawValue) \(error.message)", advice: error.advice ?? ""))
        }
      }
    }
  }
}
