import MissionCore
import Ports

extension SpoolError: ExitingError {
  /// What a run ends with that its spool does not let go on.
  public var exitCode: ExitCode {
    if case .inUse = self { return .stoppedEarly }
    return isDiskFailure ? .journalBroken : .cannotWrite
  }
}
