import KeyTable
import MissionCore

/// A further column of mission files.
package struct ParameterSection: ConfigurationSection {
  package var type = ParameterType.text
  package var isRequired = false
  package init() {}

  init(_ type: ParameterType) { self.type = type }

  package static let keys: [Key<Self>] = [
    Key("type", \.type, .parameterType, required: true, "text, integer, date or a list of allowed words"),
    Key("required", \.isRequired, .flag, "Whether every row must have a value"),
  ]
}
