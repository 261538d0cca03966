/// How the program ends (SPEC 4). Other programs rely on the numbers.
public enum ExitCode: Int32, CaseIterable, Sendable {
  case success = 0
  case missionsFailed = 1
  case usage = 64
  case inputErrors = 65
  case notFound = 66
  case unusable = 69
  case internalError = 70
  case cannotWrite = 73
  case journalBroken = 74
  case stoppedEarly = 75
  case configuration = 78
  case interrupted = 130
  case terminated = 143

  /// The order in which they win when several apply. The two signals come first: the process ends at
  /// once and nothing else is looked at.
  public static let precedence: [ExitCode] = [
    .interrupted, .terminated, .usage, .notFound, .configuration, .cannotWrite, .journalBroken,
    .internalError, .unusable, .stoppedEarly, .missionsFailed, .inputErrors, .success,
  ]

  /// The code that a journal or a report holds; nil for a number that is none.
  public init?(number: Int) {
    guard let code = Int32(exactly: number) else { return nil }
    self.init(rawValue: code)
  }

  /// As journals and reports hold it.
  public var number: Int { Int(rawValue) }

  /// The code to end with when all of `codes` apply; success when none does.
  public static func winner(of codes: some Sequence<ExitCode>) -> ExitCode {
    codes.min { $0.rank < $1.rank } ?? .success
  }

  private var rank: Int { Self.precedence.firstIndex(of: self) ?? Self.precedence.count }

  /// What it means, as the help says it.
  public var meaning: Message {
    switch self {
    case .success: return "every selected mission is DONE, or there was nothing to do"
    case .missionsFailed:
      return "a mission FAILED, now or before; check: something failed; verify: something differs"
    case .usage: return "wrong usage"
    case .inputErrors: return "mission files had errors; all missions that could be read are DONE"
    case .notFound: return "a named file, run or mission does not exist"
    case .unusable: return "workers, proxies, destination or store are unusable; a person must act"
    case .internalError: return "internal error"
    case .cannotWrite: return "journal or spool cannot be written: folder, disk full, not our file"
    case .journalBroken: return "the journal is corrupt, its disk fails, or a newer version wrote it"
    case .stoppedEarly: return "stopped early, or another run holds the journal; run again to resume"
    case .configuration: return "the configuration is wrong"
    case .interrupted: return "ended by a second SIGINT, without waiting"
    case .terminated: return "ended by a second SIGTERM, without waiting"
    }
  }
}
