/// Why a command ends without what it was asked for.
public struct CommandFailure: Error, Sendable {
  /// What the program ends with, unless something graver comes up.
  public let exitCode: ExitCode
  /// What went wrong and what to do, in English.
  public let message: Message
  /// The message is lines that name their own places (`config.yaml:12:5: …`) and is shown as it is.
  public let isListing: Bool

  public init(_ exitCode: ExitCode, _ message: Message) {
    self.exitCode = exitCode
    self.message = message
    isListing = false
  }

  public init(_ error: some ExitingError) {
    exitCode = error.exitCode
    message = error.message
    isListing = error.isListing
  }

  /// Any error of the parts that a command is made of, with the exit code that is its own.
  public init(wrapping error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as any ExitingError: self.init(error)
    default: self.init(.internalError, Message(of: error))
    }
  }
}
