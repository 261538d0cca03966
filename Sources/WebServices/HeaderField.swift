import KeyTable
import MissionCore
import YAML

/// A header field that goes with every request to a service.
package struct HeaderField: Sendable {
  package let name: String
  /// Sent as it stands.
  package let value: Secret
  /// The value as it may be shown; nil where its name says that it may not be.
  let shown: String?
  /// What must not be shown of it.
  let secrets: [Secret]

  /// - Parameter parts: the value's, told apart by whether a variable or a file brought them.
  package init(name: String, parts: [Interpolation.Filled]) {
    self.name = name
    let text = parts.map(\.text).joined()
    value = Secret(text)
    let brought = parts.filter { $0.isVariable && !$0.text.isEmpty }.map { Secret($0.text) }
    guard HeaderName.isSecret(name) else {
      shown = parts.map { $0.isVariable && !$0.text.isEmpty ? "***" : $0.text }.joined()
      secrets = brought
      return
    }
    shown = nil
    // A server may repeat the part behind `Bearer`, too.
    let words = text.split(separator: " ").dropFirst().filter { $0.utf8.count >= 8 }
    secrets = [Secret(text)] + brought + words.map { Secret(String($0)) }
  }
}

extension Codec where Value == [HeaderField] {
  /// A mapping of names to texts; a text may instead come from a file, `{file: PATH}`.
  package static var headerFields: Codec {
    Codec(
      kind: .map(.anyOf([.text, .secret])),
      read: { reader, input, path in reader.headerFields(input, path: path) },
      render: { fields in
        .mapping(fields.map { field in (field.name, field.shown.map { .text($0) } ?? .secret) })
      }, secrets: { $0.flatMap(\.secrets) })
  }
}

extension ConfigurationReader {
  fileprivate mutating func headerFields(_ input: ValueInput, path: String) -> Outcome<[HeaderField]> {
    guard case .mapping(let pairs) = input.node.content else {
      if case .refused = input.node.content { return .refused }
      report(input, "\(path) must be a mapping of names to texts")
      return .refused
    }
    var fields: [HeaderField] = []
    for pair in pairs {
      let place = "\(path).\(UntrustedText.clean(pair.key, limit: 64))"
      if let broken = HeaderName.fault(of: pair.key) {
        report(pair.keyMark, "\(place) \(broken)")
      } else if let earlier = fields.first(where: { $0.name.lowercased() == pair.key.lowercased() }) {
        report(pair.keyMark, "\(place) is the same header as \(earlier.name)")
      } else if pair.value.isNull {
        report(pair.value.mark, "\(place) is empty")
      } else if let parts = headerValue(pair.value, path: place) {
        fields.append(HeaderField(name: pair.key, parts: parts))
      }
    }
    // What is refused was told; the rest is checked too.
    return .value(fields)
  }

  private mutating func headerValue(_ node: YAMLNode, path: String) -> [Interpolation.Filled]? {
    let input = ValueInput(node: node)
    if case .mapping = node.content {
      guard case .value(let secret) = secret(input, path: path) else { return nil }
      return [Interpolation.Filled(text: secret.reveal(), isVariable: true)]
    }
    var parts: [Interpolation.Filled] = []
    let accepts: Message = "must be a text or {file: PATH}"
    let text = text(of: input, path: path, accepts: accepts, isWord: true) { filled in
      parts = filled
      return filled.map(\.text).joined()
    }
    guard let text else { return nil }
    guard !text.value.isEmpty else {
      let names: Message = text.emptyNames.isEmpty ? "" : ": set \(text.emptyNames.joined(separator: ", "))"
      report(input, "\(path) is empty\(names)")
      return nil
    }
    // Without any variable nobody was asked to join.
    return parts.isEmpty ? [Interpolation.Filled(text: text.value, isVariable: false)] : parts
  }
}
