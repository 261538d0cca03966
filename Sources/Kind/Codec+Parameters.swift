import KeyTable
import MissionCore
import YAML

extension Codec where Value == ParameterType {
  /// `text`, `integer`, `date`, or a list of the words that are allowed.
  package static var parameterType: Codec {
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
        let accepts: Message =
          "must be \(ParameterType.words.joined(separator: ", ")) or a list of allowed words"
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

extension Codec where Value == ParameterSection {
  /// A type, or `{type: …, required: true}`.
  package static var parameter: Codec {
    let type = Codec<ParameterType>.parameterType
    let section = Codec<ParameterSection>.section
    return Codec(
      kind: .anyOf([type.kind, section.kind]),
      read: { reader, input, path in
        if case .mapping = input.node.content { return section.read(&reader, input, path) }
        return type.read(&reader, input, path).map(ParameterSection.init)
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
