import MissionCore

/// A template as it is written, before its variables are filled in.
package enum TemplateReading {
  /// What a template is written of, in its order.
  package enum Part: Hashable, Sendable {
    /// As it stands in the file, variables included.
    case written(String)
    /// `{` or `}`, written twice.
    case brace(String)
    case placeholder(String)
  }

  /// Why a text is no template; never holds any of it.
  package struct Fault: Error, Hashable, Sendable {
    package let rule: Message
  }

  /// The parts of a text in their order, empty ones left out.
  package static func parts(of text: String) -> Result<[Part], Fault> {
    var parts: [Part] = []
    var written = ""
    var rest = Substring(text)
    func close() {
      if !written.isEmpty { parts.append(.written(written)) }
      written = ""
    }
    while let first = rest.first {
      if rest.hasPrefix("$${") {
        written += rest.prefix(3)
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        // A variable without its end is told of by whoever fills it in.
        let end = rest.firstIndex(of: "}").map { rest.index(after: $0) } ?? rest.endIndex
        written += rest[..<end]
        rest = rest[end...]
      } else if rest.hasPrefix("{{") || rest.hasPrefix("}}") {
        close()
        parts.append(.brace(String(first)))
        rest = rest.dropFirst(2)
      } else if first == "{" {
        guard let end = rest.firstIndex(of: "}"), isName(rest[..<end].dropFirst()) else {
          return .failure(
            Fault(
              rule: "must have a name like {date_start} in its braces; plain braces are written {{ and }}"))
        }
        close()
        parts.append(.placeholder(String(rest[..<end].dropFirst())))
        rest = rest[rest.index(after: end)...]
      } else if first == "}" {
        return .failure(Fault(rule: "has a } without its {; a plain one is written }}"))
      } else {
        written.append(first)
        rest = rest.dropFirst()
      }
    }
    close()
    return .success(parts)
  }

  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, (0x61...0x7A).contains(first) else { return false }
    return text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
  }
}
