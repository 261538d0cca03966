import JSONStream
import KeyTable
import Placeholders

extension Codec where Value == Written<Template> {
  /// A path below the source's URL.
  static var requestPath: Codec {
    template { path in
      // What a placeholder brings is encoded; a mark that no path has keeps the parts apart.
      let text = path.pieces.map { piece in
        switch piece {
        case .text(let text), .secret(let text): text
        case .placeholder: "-"
        }
      }.joined()
      guard text.hasPrefix("/") else { return "must be a path below url that begins with /" }
      if text.contains("?") || text.contains("#") {
        return "must be a path alone; what follows a ? belongs in query"
      }
      guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }) else {
        return "must be a path of plain characters; others are written as %XX"
      }
      let parts = text.split(separator: "/")
      return parts.contains { $0 == "." || $0 == ".." } ? "must not have . or .. between its slashes" : nil
    }
  }
}

extension Codec where Value == JSONPointer {
  /// A place in an answer; the empty text is the whole of it.
  static var pointer: Codec {
    .scalar(
      .text, accepts: "must be a JSON Pointer like /data/id", emptyIsValue: true,
      parse: { text, _ in ParsedValue(JSONPointer(text)) }, render: { .text($0.description) })
  }
}

extension Codec where Value == [JSONPointer] {
  /// One place or several.
  static var pointers: Codec {
    let one = Codec<JSONPointer>.pointer
    let several = Codec<[JSONPointer]>.words(of: one)
    return Codec(
      kind: .anyOf([.text, .list(.text)]),
      read: { reader, input, path in
        if case .sequence(let nodes) = input.node.content {
          guard !nodes.isEmpty else {
            reader.report(input, "\(path) must name at least one place")
            return .refused
          }
          return several.read(&reader, input, path)
        }
        return one.read(&reader, input, path).map { [$0] }
      }, render: { $0.count == 1 ? .text($0[0].description) : .list($0.map { .text($0.description) }) })
  }
}
