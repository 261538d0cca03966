import MissionCore
import YAML

/// One thing that is wrong with a configuration.
public struct Diagnostic: Sendable {
  /// Nil when the cause is not in the file: it cannot be read, or a variable of the environment is wrong.
  public let mark: YAMLMark?
  /// Where, what, which limit, what to do; never a secret.
  public let message: Message
  /// The line shown and the place marked, with secrets replaced; empty without a mark.
  public let listing: [String]
}
