import MissionCore
import Report
import Terminal

/// Parts of a mission as text.
enum MissionText {
  /// `2025-01-01`, or `2025-01-01..2025-01-07`.
  static func days(_ parameters: MissionParameters, _ numbers: Humanized) -> String {
    numbers.days(parameters.dateStart, parameters.dateEnd)
  }

  /// The beginning of the id that lists show; enough to name the mission again.
  static func shortID(_ id: MissionID) -> String { String(id.description.prefix(8)) }

  /// `[✓] SCRAPE  [✗] DB  [ ] S3`
  static func checkpoints(_ mission: MissionRecord, _ style: TextStyle) -> String {
    Checkpoint.allCases.map { "\(mark(mission.mark(of: $0), style)) \($0.rawValue)" }.joined(separator: "  ")
  }

  static func status(_ status: MissionStatus, _ phrases: Phrases, _ style: TextStyle) -> String {
    let word = phrases.status(status)
    switch status {
    case .done: return style.green(word)
    case .failed: return style.red(word)
    case .running: return style.bold(word)
    default: return word
    }
  }

  private static func mark(_ mark: CheckpointMark, _ style: TextStyle) -> String {
    switch mark {
    case .done: return style.green("[✓]")
    case .failed: return style.red("[✗]")
    case .pending, .running: return "[ ]"
    }
  }
}
