import JSONStream
import KeyTable
import MissionCore
import Placeholders
import YAML

extension Codec where Value == JSONTemplate {
  /// A mapping or a list of any JSON values. Plain `true`, `false`, `null` and numbers are what they look like; quoted
  /// ones and everything else are texts with placeholders.
  static var jsonTemplate: Codec {
    Codec(
      kind: .document,
      read: { reader, input, path in
        if case .scalar = input.node.content {
          reader.report(input, "\(path) must be a mapping or a list; it is sent as JSON")
          return .refused
        }
        return reader.jsonTemplate(input.node, path: path).map { .value($0) } ?? .refused
      }, render: { $0.rendered(named: "") }, secrets: { $0.secrets() })
  }
}

extension ConfigurationReader {
  /// What is refused in it is told and left out, so that the rest is checked too.
  fileprivate mutating func jsonTemplate(_ node: YAMLNode, path: String) -> JSONTemplate? {
    switch node.content {
    case .refused: return nil
    case .mapping(let pairs):
      var members: [(name: String, value: JSONTemplate)] = []
      for pair in pairs {
        let place = "\(path).\(UntrustedText.clean(pair.key, limit: 64))"
        if let value = jsonTemplate(pair.value, path: place) { members.append((pair.key, value)) }
      }
      return .object(members)
    case .sequence(let nodes):
      var elements: [JSONTemplate] = []
      for (index, node) in nodes.enumerated() {
        if let element = jsonTemplate(node, path: "\(path)[\(index)]") { elements.append(element) }
      }
      return .array(elements)
    case .scalar(let text, let isPlain):
      if isPlain, let token = Self.token(text, node) { return .token(token) }
      guard case .value(let template) = template(ValueInput(node: node), path: path) else { return nil }
      return .text(Written(template, mark: node.mark, path: path))
    }
  }

  /// The JSON token that a plain scalar is; nil for a text.
  private static func token(_ text: String, _ node: YAMLNode) -> String? {
    if node.isNull { return "null" }
    if text == "true" || text == "false" { return text }
    let bytes = Array(text.utf8)
    // A text that is no JSON value is a text.
    guard let kind = try? bytes.withUnsafeBytes({ try JSONScanner.validate($0) }), kind == .number else {
      return nil
    }
    return text
  }
}

extension JSONTemplate {
  /// As it may be shown.
  fileprivate func rendered(named name: String) -> ConfigurationValue {
    switch self {
    case .object(let members):
      return .mapping(members.map { ($0.name, $0.value.rendered(named: $0.name)) })
    case .array(let elements): return .list(elements.map { $0.rendered(named: name) })
    case .token(let token): return .token(token)
    case .text(let text):
      if SecretName.isOne(name), text.value.hasText { return .secret }
      return .quoted(text.value.shown)
    }
  }
}
