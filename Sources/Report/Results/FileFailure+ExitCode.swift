import Files
import MissionCore

extension FileFailure: ExitingError {
  package var exitCode: ExitCode { isDiskFailure ? .journalBroken : .cannotWrite }
}
