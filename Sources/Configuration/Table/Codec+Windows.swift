import KeyTable
import MissionCore
import YAML

extension Codec where Value == [Configuration.MissionEntry] {
  /// Files and globs as texts, windows as mappings.
  static var missions: Codec {
    let path = Codec<String>.path()
    let window = Codec<Configuration.Window>.section
    return Codec(
      kind: .list(.anyOf([path.kind, window.kind])),
      read: { reader, input, name in
        guard let nodes = reader.items(of: input, path: name) else { return .refused }
        var entries: [Configuration.MissionEntry] = []
        for (index, node) in nodes.enumerated() {
          let place = "\(name)[\(index)]"
          if case .mapping = node.content {
            var window: Configuration.Window = reader.section(node, path: place)
            window.mark = node.mark
            entries.append(.window(window))
            continue
          }
          switch path.read(&reader, ValueInput(node: node), place) {
          case .value(let path): entries.append(.files(path))
          case .absent: reader.report(ValueInput(node: node), "\(place) is empty")
          case .refused: break
          }
        }
        return .value(entries)
      },
      render: { entries in
        .list(
          entries.map { entry in
            switch entry {
            case .files(let pattern): return path.render(pattern)
            case .window(let section): return window.render(section)
            }
          })
      })
  }
}

extension Codec where Value == DayReference {
  /// A date, or a day that moves with today.
  static var day: Codec {
    .scalar(
      .text, accepts: "must be \(DayReference.accepted)",
      parse: { text, _ in ParsedValue(DayReference(text)) }, render: { .text("\($0)") })
  }
}

extension Codec where Value == [Configuration.WindowParameter] {
  /// A mapping from names to a value or a list of values.
  static var windowParameters: Codec {
    let text = Codec<String>.text()
    return Codec(
      kind: .map(.anyOf([.text, .list(.text)])),
      read: { reader, input, path in
        guard case .mapping(let pairs) = input.node.content else {
          if case .refused = input.node.content { return .refused }
          reader.report(input, "\(path) must be a mapping of names to values")
          return .refused
        }
        return .value(
          pairs.compactMap { pair in
            let place = "\(path).\(UntrustedText.clean(pair.key, limit: 64))"
            var nodes = [pair.value]
            if case .sequence(let items) = pair.value.content { nodes = items }
            if nodes.isEmpty { reader.report(pair.keyMark, "\(place) must list at least one value") }
            let values = nodes.enumerated().compactMap { index, node -> (text: String, mark: YAMLMark)? in
              let name = nodes.count == 1 ? place : "\(place)[\(index)]"
              switch text.read(&reader, ValueInput(node: node), name) {
              case .value(let text): return (text, node.mark)
              case .absent:
                reader.report(ValueInput(node: node), "\(name) is empty")
                return nil
              case .refused: return nil
              }
            }
            guard !values.isEmpty, values.count == nodes.count else { return nil }
            return Configuration.WindowParameter(name: pair.key, mark: pair.keyMark, values: values)
          })
      },
      render: { parameters in
        .mapping(
          parameters.map { parameter in
            let values = parameter.values.map { ConfigurationValue.text($0.text) }
            return (parameter.name, values.count == 1 ? values[0] : .list(values))
          })
      })
  }
}
