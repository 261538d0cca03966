import MissionCore
import YAML

/// What reading a key gave.
enum Outcome<Value> {
  case value(Value)
  /// Nothing, or a text that is empty once variables are filled in.
  case absent
  /// A diagnostic tells why.
  case refused

  func map<Other>(_ transform: (Value) -> Other) -> Outcome<Other> {
    switch self {
    case .value(let value): return .value(transform(value))
    case .absent: return .absent
    case .refused: return .refused
    }
  }

  func flatMap<Other>(_ transform: (Value) -> Outcome<Other>) -> Outcome<Other> {
    switch self {
    case .value(let value): return transform(value)
    case .absent: return .absent
    case .refused: return .refused
    }
  }
}

/// How a kind of value is read from a node and shown again.
struct Codec<Value>: Sendable {
  let kind: ConfigurationKey.Kind
  let read: @Sendable (inout ConfigurationReader, ValueInput, _ path: String) -> Outcome<Value>
  let render: @Sendable (Value) -> ConfigurationValue
  /// What of a value must never be shown.
  var secrets: @Sendable (Value) -> [Secret] = { _ in [] }
  /// An absent key is read like an empty mapping.
  var readsAbsent = false

  /// The same, for a key that may be absent without a default.
  var optional: Codec<Value?> {
    Codec<Value?>(
      kind: kind, read: { read(&$0, $1, $2).map(Optional.some) }, render: { $0.map(render) ?? .null },
      secrets: { $0.map(secrets) ?? [] })
  }
}

extension Codec {
  /// A single value. `isWord` says that quotes around it change nothing; numbers and flags must be plain. A text that is
  /// written and empty counts as absent unless `emptyIsValue`.
  static func scalar(
    _ kind: ConfigurationKey.Kind, accepts: String, isWord: Bool = true, showsValue: Bool = true,
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
enum ParsedValue<Value> {
  case value(Value)
  case refused(String?)

  /// The value, or the kind's own rule when there is none.
  init(_ value: Value?) {
    self = value.map(ParsedValue.value) ?? .refused(nil)
  }
}
