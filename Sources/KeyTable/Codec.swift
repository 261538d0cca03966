import MissionCore
import YAML

/// What reading a key gave.
package enum Outcome<Value> {
  case value(Value)
  /// Nothing, or a text that is empty once variables are filled in.
  case absent
  /// A diagnostic tells why.
  case refused

  /// The value changed, what was refused stays so.
  package func map<Other>(_ transform: (Value) -> Other) -> Outcome<Other> {
    switch self {
    case .value(let value): return .value(transform(value))
    case .absent: return .absent
    case .refused: return .refused
    }
  }

  /// The same where the change may refuse.
  package func flatMap<Other>(_ transform: (Value) -> Outcome<Other>) -> Outcome<Other> {
    switch self {
    case .value(let value): return transform(value)
    case .absent: return .absent
    case .refused: return .refused
    }
  }
}

/// How a kind of value is read from a node and shown again.
package struct Codec<Value>: Sendable {
  package let kind: ConfigurationKey.Kind
  package let read: @Sendable (inout ConfigurationReader, ValueInput, _ path: String) -> Outcome<Value>
  package let render: @Sendable (Value) -> ConfigurationValue
  /// What of a value must never be shown.
  package let secrets: @Sendable (Value) -> [Secret]
  /// An absent key is read like an empty mapping.
  package let readsAbsent: Bool

  package init(
    kind: ConfigurationKey.Kind,
    read: @escaping @Sendable (inout ConfigurationReader, ValueInput, _ path: String) -> Outcome<Value>,
    render: @escaping @Sendable (Value) -> ConfigurationValue,
    secrets: @escaping @Sendable (Value) -> [Secret] = { _ in [] }, readsAbsent: Bool = false
  ) {
    self.kind = kind
    self.read = read
    self.render = render
    self.secrets = secrets
    self.readsAbsent = readsAbsent
  }

  /// The same, for a key that may be absent without a default.
  package var optional: Codec<Value?> {
    Codec<Value?>(
      kind: kind, read: { read(&$0, $1, $2).map(Optional.some) }, render: { $0.map(render) ?? .null },
      secrets: { $0.map(secrets) ?? [] })
  }
}

extension Codec {
  /// A single value. `isWord` says that quotes around it change nothing; numbers and flags must be plain. A text that is
  /// written and empty counts as absent unless `emptyIsValue`.
  package static func scalar(
    _ kind: ConfigurationKey.Kind, accepts: Message, isWord: Bool = true, showsValue: Bool = true,
    emptyIsValue: Bool = false,
    parse: @escaping @Sendable (String, ConfigurationReader) -> ParsedValue<Value>,
    render: @escaping @Sendable (Value) -> ConfigurationValue,
    secrets: @escaping @Sendable (Value) -> [Secret] = { _ in [] }
  ) -> Codec {
    Codec(
      kind: kind,
      read: { reader, input, path in
        guard let text = reader.text(of: input, path: path, accepts: accepts, isWord: isWord) else {
          return .refused
        }
        guard !text.value.isEmpty || emptyIsValue else { return .absent }
        switch parse(text.value, reader) {
        case .value(let value): return .value(value)
        case .refused(let rule):
          reader.report(input, "\(path) \(rule ?? accepts)", got: showsValue ? text : nil)
          return .refused
        }
      }, render: render, secrets: secrets)
  }
}

/// What a text means, or the rule that it breaks (nil: the rule of its kind).
package enum ParsedValue<Value> {
  case value(Value)
  case refused(Message?)

  /// The value, or the kind's own rule when there is none.
  package init(_ value: Value?) {
    self = value.map(ParsedValue.value) ?? .refused(nil)
  }
}
