import Files
import MissionCore

extension FileFailure: ExitingError {
  public var exitCode: ExitCode { isDiskFailure ? .journalBroken : .cannotWrite }
}
