import KeyTable
import MissionCore
import Placeholders
import WebServices
import YAML

extension Codec where Value == [TemplateField] {
  /// A mapping of names to texts with placeholders; a text may instead come from a file, `{file: PATH}`.
  ///
  /// - Parameter rule: gives what is wrong with a name, or nil.
  static func fields(_ rule: @escaping @Sendable (String) -> Message? = { _ in nil }) -> Codec {
    Codec(
      kind: .map(.anyOf([.text, .secret])),
      read: { reader, input, path in reader.fields(input, path: path, rule) },
      render: { fields in
        .mapping(
          fields.map { field in
            (field.name, field.isSecret ? .secret : .text(field.value.value.shown))
          })
      }, secrets: { $0.flatMap(\.secrets) })
  }

  /// Header fields; what the client itself must say is not free.
  static var headers: Codec { fields(HeaderName.fault(of:)) }
}

extension ConfigurationReader {
  fileprivate mutating func fields(
    _ input: ValueInput, path: String, _ rule: (String) -> Message?
  ) -> Outcome<[TemplateField]> {
    guard case .mapping(let pairs) = input.node.content else {
      if case .refused = input.node.content { return .refused }
      report(input, "\(path) must be a mapping of names to texts")
      return .refused
    }
    var fields: [TemplateField] = []
    for pair in pairs {
      let place = "\(path).\(UntrustedText.clean(pair.key, limit: 64))"
      if let broken = rule(pair.key) {
        report(pair.keyMark, "\(place) \(broken)")
      } else if pair.value.isNull {
        report(pair.value.mark, "\(place) is empty")
      } else if let value = field(pair.value, path: place) {
        fields.append(
          TemplateField(name: pair.key, value: Written(value, mark: pair.value.mark, path: place)))
      }
    }
    // What is refused was told; the rest is checked too.
    return .value(fields)
  }

  private mutating func field(_ node: YAMLNode, path: String) -> Template? {
    if case .mapping = node.content {
      guard case .value(let secret) = secret(ValueInput(node: node), path: path) else { return nil }
      return Template([.secret(secret.reveal())])
    }
    guard case .value(let template) = template(ValueInput(node: node), path: path) else { return nil }
    return template
  }
}
