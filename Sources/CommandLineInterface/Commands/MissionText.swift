import MissionCore

/// Parts of a mission as text.
enum MissionText {
  /// `2025-01-01`, or `2025-01-01..2025-01-07`.
  static func days(_ parameters: MissionParameters) -> String {
    days(parameters.dateStart, parameters.dateEnd)
  }

  static func days(_ from: CalendarDay, _ to: CalendarDay) -> String {
    from == to ? "\(from)" : "\(from)..\(to)"
  }

  /// The beginning of the id that lists show; enough to name the mission again.
  static func shortID(_ id: MissionID) -> String { String(id.description.prefix(8)) }

  static func moment(_ moment: Timestamp?) -> String { moment.map(LogWriter.seconds) ?? "-" }

  /// `[✓] SCRAPE  [✗] DB  [ ] S3`
  static func checkpoints(_ mission: MissionRecord, _ style: TextStyle) -> String {
    Checkpoint.allCases.map { "\(mark(mission.mark(of: $0), style)) \($0.rawValue)" }.joined(separator: "  ")
  }

  static func status(_ status: MissionStatus, _ style: TextStyle) -> String {
    switch status {
    case .done: return style.green(status.rawValue)
    case .failed: return style.red(status.rawValue)
    case .running: return style.bold(status.rawValue)
    default: return status.rawValue
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
