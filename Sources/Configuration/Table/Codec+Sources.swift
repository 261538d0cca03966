import KeyTable
import Kind
import Kinds
import MissionCore
import YAML

extension Codec where Value == any SourceSection {
  /// A section under `sources:`, whose `kind` says which keys it has.
  static var source: Codec {
    let kinds = Kinds.sources.map { shape(of: $0) }
    return Codec(
      kind: kinds.count == 1 ? kinds[0] : .anyOf(kinds),
      read: { reader, input, path in
        let place = path + ".kind"
        guard case .mapping(let pairs) = input.node.content else {
          if input.node.isNull {
            reader.report(input, "\(place) is missing")
          } else if case .refused = input.node.content {
          } else {
            reader.report(input, "\(path) must be a mapping of keys to values")
          }
          return .refused
        }
        guard let pair = pairs.first(where: { $0.key == "kind" }) else {
          reader.report(input, "\(place) is missing")
          return .refused
        }
        return kind.read(&reader, ValueInput(node: pair.value), place).map { kind in
          section(kind, input.node, path, &reader)
        }
      }, render: { $0.effective.rendered }, secrets: { $0.secretsOfTable })
  }

  private static var kind: Codec<any SourceSection.Type> {
    let words = Kinds.sources.map { $0.kind }
    return .scalar(
      .choice(words), accepts: "must be \(Alternatives.text(words))",
      parse: { text, _ in ParsedValue(Kinds.sources.first { $0.kind == text }) },
      render: { .text($0.kind) })
  }

  private static func shape<Section: SourceSection>(of section: Section.Type) -> ConfigurationKey.Kind {
    .section(Section.described)
  }

  private static func section<Section: SourceSection>(
    _ kind: Section.Type, _ node: YAMLNode, _ path: String, _ reader: inout ConfigurationReader
  ) -> any SourceSection {
    let section: Section = reader.section(node, path: path)
    return section
  }
}
