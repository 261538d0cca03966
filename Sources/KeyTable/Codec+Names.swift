import MissionCore
import YAML

extension Codec {
  /// A mapping whose names the writer chooses; the rule gives what is wrong with one.
  package static func map<Item: Sendable>(
    of item: Codec<Item>, name rule: @escaping @Sendable (String) -> Message?
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
      },
      // An empty one is written as nothing, for it cannot be read.
      render: { $0.isEmpty ? .null : .mapping($0.map { ($0.name, item.render($0.value)) }) },
      secrets: { $0.flatMap { item.secrets($0.value) } })
  }
}
