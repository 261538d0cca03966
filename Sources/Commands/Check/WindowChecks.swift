import Configuration
import MissionCore
import MissionFiles
import Runs

/// How many missions each window makes now.
enum WindowChecks {
  static func items(_ configuration: Configuration, configPath: String, now: Timestamp) -> [CheckItem] {
    WindowRows.all(configuration, now: now).map { window in
      CheckItem(name: "window \(configPath):\(window.line)", timeout: .seconds(30)) { reply in
        let missions: Message = window.count == 1 ? "1 mission" : "\(window.count) missions"
        reply(
          .passed(window.range.map { "\(missions), \($0.from) to \($0.to)" } ?? "\(missions)"))
      }
    }
  }
}
