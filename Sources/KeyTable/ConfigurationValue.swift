/// A value as it is shown, secrets already gone.
public indirect enum ConfigurationValue: Sendable {
  case text(String)
  case number(Int64)
  case flag(Bool)
  case secret
  case null
  case list([ConfigurationValue])
  case mapping([(String, ConfigurationValue)])
}
