/// An error that ends a command: it knows the exit code of its own (SPEC 4).
public protocol ExitingError: Error, MessageConvertible {
  var exitCode: ExitCode { get }
  /// The text is lines that name their own places (`config.yaml:12:5: …`) and is shown as it is.
  var isListing: Bool { get }
}

extension ExitingError {
  /// Most are one sentence.
  public var isListing: Bool { false }
}
