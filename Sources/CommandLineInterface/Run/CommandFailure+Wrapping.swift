import Files
import Journal
import Report
import Spool

extension CommandFailure {
  /// Any error of the parts that a run is made of, with the exit code that is its own.
  init(wrapping error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as JournalError: self.init(error)
    case SpoolError.inUse: self.init(.stoppedEarly, "\(error)")
    case let error as SpoolError:
      self.init(error.isDiskFailure ? .journalBroken : .cannotWrite, error.description)
    case let failure as FileFailure: self.init(failure)
    case let error as ResultsFailure:
      self.init(ExitCode(rawValue: error.exitCode) ?? .internalError, error.description)
    default: self.init(.internalError, "\(error)")
    }
  }
}
