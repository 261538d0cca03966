import JSONStream
import KeyTable
import MissionCore
import Placeholders
import YAML

extension Codec where Value == [Named<JSONPointer>] {
  /// Names for values of an answer.
  static var keep: Codec {
    .map(of: .pointer) { name in
      let first = name.utf8.first.map { (0x61...0x7A).contains($0) } ?? false
      let isName = name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
      }
      guard first, isName, name.utf8.count <= 63 else {
        return "must be a lower-case letter, then up to 62 of a-z, 0-9 and _"
      }
      return (PlaceholderNames.ofMissions + ["job"]).contains(name)
        ? "is a name that has a meaning of its own; choose another" : nil
    }
  }
}

extension Codec where Value == [FindSection.Condition] {
  /// Places of an item and the texts that must stand there.
  static var conditions: Codec {
    let text = Codec<Written<Template>>.template()
    return Codec(
      kind: .map(.text),
      read: { reader, input, path in
        guard case .mapping(let pairs) = input.node.content else {
          if case .refused = input.node.content { return .refused }
          reader.report(input, "\(path) must be a mapping of JSON Pointers to texts")
          return .refused
        }
        var conditions: [FindSection.Condition] = []
        for pair in pairs {
          let place = "\(path).\(UntrustedText.clean(pair.key, limit: 64))"
          guard let pointer = JSONPointer(pair.key) else {
            reader.report(pair.keyMark, "\(place) must be a JSON Pointer like /data/id")
            continue
          }
          if case .value(let value) = text.read(&reader, ValueInput(node: pair.value), place) {
            conditions.append(.init(place: pointer, value: value))
          }
        }
        // What is refused was told; the rest is checked too.
        return .value(conditions)
      }, render: { .mapping($0.map { ($0.place.description, .text($0.value.value.shown)) }) },
      secrets: { $0.flatMap { $0.value.value.secretTexts.map { Secret($0) } } })
  }
}
