/// A value as it is shown, secrets already gone.
public indirect enum ConfigurationValue: Sendable {
  case text(String)
  case number(Int64)
  case flag(Bool)
  /// A JSON number, `true`, `false` or `null` as it is written.
  case token(String)
  /// A text that stays one: always in quotes.
  case quoted(String)
  case secret
  case null
  case list([ConfigurationValue])
  case mapping([(String, ConfigurationValue)])
}
