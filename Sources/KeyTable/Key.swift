import MissionCore
import YAML

/// A part of the configuration whose keys are declared in a table.
package protocol ConfigurationSection: Sendable {
  /// With the defaults.
  init()
  static var keys: [Key<Self>] { get }
  /// Checks the rules that span several keys. `path` is the section's own, with a dot at its end unless empty.
  mutating func check(_ reader: inout ConfigurationReader, path: String)
  /// With what holds where nothing is written, as it is shown.
  var effective: Self { get }
}

extension ConfigurationSection {
  package mutating func check(_ reader: inout ConfigurationReader, path: String) {}

  package var effective: Self { self }

  /// The section's keys for whoever does not know its type.
  package static var described: [ConfigurationKey] {
    let defaults = Self()
    return keys.map { key in
      ConfigurationKey(
        name: key.name, kind: key.kind, isRequired: key.isRequired,
        defaultValue: key.isRequired ? .null : key.render(defaults) ?? .null, environment: key.environment,
        documentation: key.documentation)
    }
  }

  /// What must never be shown, of every key of the section.
  package var secretsOfTable: [Secret] { Self.keys.flatMap { $0.secrets(self) } }

  package var rendered: ConfigurationValue {
    .mapping(Self.keys.compactMap { key in key.render(self).map { (key.name, $0) } })
  }
}

/// An entry of the table: the key, where its value goes and how it is read and shown.
package struct Key<Section>: Sendable {
  package let name: String
  package let kind: ConfigurationKey.Kind
  package let isRequired: Bool
  package let environment: [String]
  package let documentation: String
  package let read:
    @Sendable (inout Section, YAMLNode.Pair?, inout ConfigurationReader, _ path: String) -> Void
  /// Nil for what is not to be shown.
  package let render: @Sendable (Section) -> ConfigurationValue?
  package let secrets: @Sendable (Section) -> [Secret]

  /// For what is no property of its section.
  package init(
    _ name: String, kind: ConfigurationKey.Kind, required: Bool = false, _ documentation: String,
    read:
      @escaping @Sendable (inout Section, YAMLNode.Pair?, inout ConfigurationReader, _ path: String) -> Void,
    render: @escaping @Sendable (Section) -> ConfigurationValue?,
    secrets: @escaping @Sendable (Section) -> [Secret]
  ) {
    self.name = name
    self.kind = kind
    isRequired = required
    environment = []
    self.documentation = documentation
    self.read = read
    self.render = render
    self.secrets = secrets
  }

  package init<Value>(
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
