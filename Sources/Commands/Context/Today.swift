import Configuration
import KeyTable
import MissionCore
import Synchronization

/// The day that relative days of a command line count from: that of the configuration's `time_zone:`, UTC without one.
///
/// The command line is read before the configuration, so only where such a day stands the zone is looked up by itself.
final class Today: Sendable {
  private let configPath: String
  private let environment: [String: String]
  private let now: @Sendable () -> Timestamp
  private let wrongZone = Mutex<CommandFailure?>(nil)

  /// - Parameter arguments: those that name the configuration.
  init(_ arguments: [String], environment: [String: String], now: @escaping @Sendable () -> Timestamp) {
    configPath = CommonOptions.configPath(in: arguments)
    self.environment = environment
    self.now = now
  }

  /// In UTC as well when the zone is wrong, which `failure` tells then.
  var day: CalendarDay {
    do throws(ConfigurationErrors) {
      return now().day(
        in: try Configuration.timeZone(path: configPath, source: .files(environment: environment, now: now)))
    } catch {
      wrongZone.withLock { $0 = CommandFailure(error) }
      return now().day
    }
  }

  /// Why the day could not be told; nil when it was, or nobody asked.
  var failure: CommandFailure? { wrongZone.withLock { $0 } }
}

extension CommonOptions {
  /// What `--config` says in a command line that is not read yet.
  fileprivate static func configPath(in arguments: [String]) -> String {
    for (index, word) in arguments.enumerated() {
      if word.hasPrefix("--config=") { return String(word.dropFirst(9)) }
      if word == "--config", index + 1 < arguments.count { return arguments[index + 1] }
      if word == "--" { break }
    }
    return CommonOptions().configPath
  }
}
