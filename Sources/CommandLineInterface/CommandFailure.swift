import Configuration
import Files
import Journal
import Report

/// Why a command ends without what it was asked for.
struct CommandFailure: Error, Sendable {
  let exitCode: ExitCode
  let message: String
  /// The message is lines that name their own places (`config.yaml:12:5: …`) and is shown as it is.
  let isListing: Bool

  init(_ exitCode: ExitCode, _ message: String, isListing: Bool = false) {
    self.exitCode = exitCode
    self.message = message
    self.isListing = isListing
  }

  init(_ error: JournalError) {
    self.init(ExitCode(rawValue: error.exitCode) ?? .internalError, error.description)
  }

  init(_ errors: ConfigurationErrors) {
    self.init(ExitCode(rawValue: errors.exitCode) ?? .configuration, errors.description, isListing: true)
  }

  init(_ failure: FileFailure) {
    self.init(failure.isDiskFailure ? .journalBroken : .cannotWrite, failure.description)
  }
}
