import Glibc
import MissionCore

/// Standard error when it leads to the system's journal: lines then carry their priority (sd-daemon(3)).
package enum JournalStream {
  static let variable = "JOURNAL_STREAM"

  /// Whether the stream that the service manager made for the journal is the one behind `descriptor`; after a
  /// redirection it is not, although the variable is still there.
  package static func leads(from descriptor: Int32, environment: [String: String]) -> Bool {
    guard let parts = environment[variable]?.split(separator: ":"), parts.count == 2,
      let device = UInt64(parts[0]), let inode = UInt64(parts[1])
    else { return false }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return false }
    return UInt64(status.st_dev) == device && UInt64(status.st_ino) == inode
  }

  /// What a line of this level begins with: `<3>` for an error.
  package static func prefix(_ level: LogLevel) -> String {
    switch level {
    case .debug: return "<7>"
    case .info: return "<6>"
    case .warning: return "<4>"
    case .error: return "<3>"
    }
  }
}
