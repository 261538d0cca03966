import MissionCore
import YAML

extension Codec where Value: ConfigurationSection {
  /// A mapping with keys of its own. An absent one is read like an empty one, so that defaults, variables of
  /// the environment and required keys count there too.
  package static var section: Codec {
    Codec(
      kind: .section(Value.described),
      read: { reader, input, path in .value(reader.section(input.node, path: path)) },
      render: { $0.effective.rendered }, secrets: { $0.secretsOfTable }, readsAbsent: true)
  }
}

extension Codec {
  /// A list whose items keep their places: a refused section stays with its defaults.
  package static func list<Item: ConfigurationSection>(of item: Codec<Item>) -> Codec where Value == [Item] {
    Codec(
      kind: .list(item.kind),
      read: { reader, input, path in
        guard let nodes = reader.items(of: input, path: path) else { return .refused }
        return .value(
          nodes.enumerated().map { index, node in reader.section(node, path: "\(path)[\(index)]") })
      }, render: { .list($0.map(item.render)) }, secrets: { $0.flatMap(item.secrets) })
  }

  /// A list of single values.
  package static func words<Word>(of item: Codec<Word>) -> Codec where Value == [Word] {
    Codec(
      kind: .list(item.kind),
      read: { reader, input, path in
        guard let nodes = reader.items(of: input, path: path) else { return .refused }
        var words: [Word] = []
        var isRefused = false
        for (index, node) in nodes.enumerated() {
          switch item.read(&reader, ValueInput(node: node), "\(path)[\(index)]") {
          case .value(let word): words.append(word)
          case .absent: reader.report(ValueInput(node: node), "\(path)[\(index)] is empty")
          case .refused: isRefused = true
          }
        }
        return isRefused ? .refused : .value(words)
      }, render: { .list($0.map(item.render)) }, secrets: { $0.flatMap(item.secrets) })
  }
}

extension Codec where Value == Secret {
  /// A text, or `{file: PATH}`.
  package static var secret: Codec {
    Codec(
      kind: .secret, read: { reader, input, path in reader.secret(input, path: path) },
      render: { _ in .secret }, secrets: { [$0] })
  }
}

extension Codec where Value == ServiceURL {
  /// A URL that gives access by itself: a text, or `{file: PATH}`; only its origin is ever shown.
  package static var secretURL: Codec {
    Codec(
      kind: .secret,
      read: { reader, input, path in
        switch reader.secret(input, path: path) {
        case .absent: return .absent
        case .refused: return .refused
        case .value(let text):
          switch ServiceURL.parse(text.reveal(), queryAllowed: true, userSignAllowed: true) {
          case .success(let url): return .value(url)
          case .failure(let fault):
            reader.report(input, "\(path) \(fault.rule)")
            return .refused
          }
        }
      }, render: { .text($0.secretText) }, secrets: { $0.secrets })
  }
}
