import Glibc
import MissionCore

/// Why an answer could not be spooled, or spooled bytes not be used.
public enum SpoolError: Error, Hashable, Sendable {
  /// The worker's answer is not JSON; `what` says where and why. `excerpt`: its beginning, cleaned.
  case notJSON(what: Message, excerpt: String)
  /// JSON, but not the answer that was asked for.
  case wrongShape(what: Message, excerpt: String)
  /// `ads_count` says another number than `data` has elements.
  case countMismatch(told: Int64, found: Int)
  /// The spooled file is missing or not the one that was written: the mission must be scraped again.
  case lost(path: String)
  case noSpace(path: String)
  /// The folder or a file in it is not safely ours.
  case unsafe(path: String, why: Message)
  /// Another process works in the folder in the same journal's name.
  case inUse(path: String)
  /// A system call failed; `errno` is its number.
  case inputOutput(operation: String, path: String, errno: Int32)

  /// The code for the mission; nil when the spool itself is at fault and the run must stop.
  public var code: ErrorCode? {
    switch self {
    case .notJSON, .wrongShape: return .scrapeOther
    case .countMismatch: return .jobFailed
    case .lost: return .scrapeOther
    case .noSpace, .unsafe, .inUse, .inputOutput: return nil
    }
  }

  /// Where the spool itself is at fault every later mission would fail alike.
  package var severity: Severity { code == nil ? .fatalToRun(exitCode) : .permanent }

  /// The disk itself answers with an error.
  public var isDiskFailure: Bool {
    if case .inputOutput(_, _, EIO) = self { return true }
    return false
  }
}

extension SpoolError {
  public var message: Message {
    switch self {
    case .notJSON(let what, let excerpt): return "the answer is not JSON: \(what): \(excerpt)"
    case .wrongShape(let what, let excerpt): return "the answer has the wrong shape: \(what): \(excerpt)"
    case .countMismatch(let told, let found):
      return "ads_count says \(told), data has \(found) elements"
    case .lost(let path): return "\(path): the spooled result is missing or was altered"
    case .noSpace(let path): return "\(path): no space left, free some and run again"
    case .unsafe(let path, let why): return "\(path) \(why): refused, move it away and run again"
    case .inUse(let path): return "\(path) is in use by another run of this journal, or of a copy of it"
    case .inputOutput(let operation, let path, let number):
      return "\(path): \(operation) failed: \(String(cString: strerror(number)))"
    }
  }
}

extension SpoolError: ExitingError {
  /// What a run ends with that its spool does not let go on.
  public var exitCode: ExitCode {
    if case .inUse = self { return .stoppedEarly }
    return isDiskFailure ? .journalBroken : .cannotWrite
  }
}
