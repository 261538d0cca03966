import MissionCore
import YAML

/// A part of the configuration whose keys are declared in a table.
protocol ConfigurationSection: Sendable {
  /// With the defaults.
  init()
  static var keys: [Key<Self>] { get }
  /// Checks the rules that span several keys. `path` is the section's own, with a dot at its end unless empty.
  mutating func check(_ reader: inout ConfigurationReader, path: String)
}

extension ConfigurationSection {
  mutating func check(_ reader: inout ConfigurationReader, path: String) {}

  /// The section's keys for whoever does not know its type.
  static var described: [ConfigurationKey] {
    let defaults = Self()
    return keys.map { key in
      ConfigurationKey(
        name: key.name, kind: key.kind, isRequired: key.isRequired,
        defaultValue: key.isRequired ? .null : key.render(defaults), environment: key.environment,
        documentation: key.documentation)
    }
  }

  /// What must never be shown, of every key of the section.
  var secretsOfTable: [Secret] { Self.keys.flatMap { $0.secrets(self) } }

  var rendered: ConfigurationValue {
    .mapping(Self.keys.map { ($0.name, $0.render(self)) })
  }
}

/// An entry of the table: the key, where its value goes and how it is read and shown.
struct Key<Section>: Sendable {
  let name: String
  let kind: ConfigurationKey.Kind
  let isRequired: Bool
  let environment: [String]
  let documentation: String
  let read: @Sendable (inout Section, YAMLNode.Pair?, inout ConfigurationReader, _ path: String) -> Void
  let render: @Sendable (Section) -> ConfigurationValue
  let secrets: @Sendable (Section) -> [Secret]

  init<Value>(
    _ name: String, _ target: WritableKeyPath<Section, Value> & Sendable, _ codec: Codec<Value>,
    required: Bool = false, environment: [String] = [], _ documentation: String
  ) {
    self.name = name
    kind = codec.kind
    isRequired = required
    self.environment = environment
    self.documentation = documentation
    render = { codec.render($0[keyPath: target]) }
    secrets = { codec.secrets($0[keyPath: target]) }
    read = { section, pair, reader, path in
      let outcome = reader.outcome(
        of: codec, pair: pair, path: path, environment: environment, isRequired: required)
      if case .value(let value) = outcome { section[keyPath: target] = value }
    }
  }
}
