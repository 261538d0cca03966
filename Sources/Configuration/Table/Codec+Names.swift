import MissionCore
import YAML

extension Codec {
  /// A mapping whose names the writer chooses; the rule gives what is wrong with one.
  static func map<Item: Sendable>(
    of item: Codec<Item>, name rule: @escaping @Sendable (String) -> String?
  ) -> Codec where Value == [Named<Item>] {
    Codec(
      kind: .map(item.kind),
      read: { reader, input, path in
        guard case .mapping(let pairs) = input.node.content, !pairs.isEmpty else {
          if case .refused = input.node.content { return .refused }
          reader.report(input, "\(path) must be a mapping of at least one name to a value")
          return .refused
        }
        return .value(
          pairs.compactMap { pair in
            let place = "\(path).\(UntrustedText.clean(pair.key, limit: 64))"
            if let broken = rule(pair.key) {
              reader.report(pair.keyMark, "\(place) \(broken)")
              return nil
            }
            switch item.read(&reader, ValueInput(node: pair.value), place) {
            case .value(let value): return Named(pair.key, value)
            case .absent:
              reader.report(ValueInput(node: pair.value), "\(place) is empty")
              return nil
            case .refused: return nil
            }
          })
      }, render: { .mapping($0.map { ($0.name, item.render($0.value)) }) },
      secrets: { $0.flatMap { item.secrets($0.value) } })
  }
}

extension Codec where Value == ParameterType {
  /// `text`, `integer`, `date`, or a list of the words that are allowed.
  static var parameterType: Codec {
    let words = Codec<[String]>.words(of: .text())
    return Codec(
      kind: .anyOf([.choice(ParameterType.words), .list(.text)]),
      read: { reader, input, path in
        if case .sequence = input.node.content {
          return words.read(&reader, input, path).flatMap { allowed in
            guard !allowed.isEmpty, Set(allowed).count == allowed.count else {
              reader.report(input, "\(path) must list at least one word, each once")
              return .refused
            }
            return .value(.words(allowed))
          }
        }
        let accepts = "must be \(ParameterType.words.joined(separator: ", ")) or a list of allowed words"
        guard let text = reader.text(of: input, path: path, accepts: accepts, isWord: true) else {
          return .refused
        }
        if text.value.isEmpty { return .absent }
        guard let type = ParameterType(word: text.value) else {
          reader.report(input, "\(path) \(accepts)", got: text)
          return .refused
        }
        return .value(type)
      }, render: \.rendered)
  }
}

extension Codec where Value == Configuration.Parameter {
  /// A type, or `{type: …, required: true}`.
  static var parameter: Codec {
    let type = Codec<ParameterType>.parameterType
    let section = Codec<Configuration.Parameter>.section
    return Codec(
      kind: .anyOf([type.kind, section.kind]),
      read: { reader, input, path in
        if case .mapping = input.node.content { return section.read(&reader, input, path) }
        return type.read(&reader, input, path).map(Configuration.Parameter.init)
      }, render: { $0.isRequired ? section.render($0) : type.render($0.type) })
  }
}

extension ParameterType {
  fileprivate static let words = ["text", "integer", "date"]

  fileprivate init?(word: String) {
    switch word {
    case "text": self = .text
    case "integer": self = .integer
    case "date": self = .date
    default: return nil
    }
  }

  fileprivate var rendered: ConfigurationValue {
    switch self {
    case .text: return .text("text")
    case .integer: return .text("integer")
    case .date: return .text("date")
    case .words(let words): return .list(words.map(ConfigurationValue.text))
    }
  }
}
