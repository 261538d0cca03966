/// One key of config.yaml as the table describes it; parsing, suggestions, the masked output and the JSON
/// Schema all come from the same entry.
public struct ConfigurationKey: Sendable {
  public let name: String
  public let kind: Kind
  public let isRequired: Bool
  /// What holds when the key is absent; null when nothing does.
  public let defaultValue: ConfigurationValue
  /// Variables of the environment that stand in for an absent key, the first that is not empty counts.
  public let environment: [String]
  /// A sentence, without its full stop.
  public let documentation: String

  /// What may stand at a key.
  public indirect enum Kind: Sendable {
    case text
    case choice([String])
    case integer(ClosedRange<Int>)
    case flag
    case duration(bareUnit: DurationUnit, zeroAllowed: Bool)
    case size
    case secret
    case url
    case path
    case section([ConfigurationKey])
    case list(Kind)
    /// A mapping whose names the writer chooses.
    case map(Kind)
    case anyOf([Kind])
    /// A mapping or a list of whatever its writer likes.
    case document
  }
}
