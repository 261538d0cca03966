import KeyTable
import MissionCore
import YAML

extension Codec where Value == Written<Template> {
  /// A text with placeholders. A written text may be empty.
  ///
  /// - Parameter rule: gives what is wrong with the parts that stand in the file, or nil.
  package static func template(
    _ rule: @escaping @Sendable (Template) -> Message? = { _ in nil }
  ) -> Codec {
    Codec(
      kind: .text,
      read: { reader, input, path in
        reader.template(input, path: path).flatMap { template in
          if let broken = rule(template) {
            reader.report(input, "\(path) \(broken)")
            return .refused
          }
          return .value(Written(template, mark: input.node.mark, path: path))
        }
      }, render: { .text($0.value.shown) },
      secrets: { $0.value.secretTexts.map { Secret($0) } })
  }
}

extension ConfigurationReader {
  /// The text of a single value: its placeholders found, then its variables filled in.
  package mutating func template(_ input: ValueInput, path: String) -> Outcome<Template> {
    guard case .scalar(let raw, let isPlain) = input.node.content else {
      // Tells what it is instead of a text.
      _ = text(of: input, path: path, accepts: "must be a text", isWord: true)
      return .refused
    }
    switch TemplateReading.parts(of: raw) {
    case .failure(let fault):
      report(input, "\(path) \(fault.rule)")
      return .refused
    case .success(let parts): return filled(parts, input, path: path, isPlain: isPlain)
    }
  }

  private mutating func filled(
    _ parts: [TemplateReading.Part], _ input: ValueInput, path: String, isPlain: Bool
  ) -> Outcome<Template> {
    var pieces: [Template.Piece] = []
    for part in parts {
      switch part {
      case .placeholder(let name): pieces.append(.placeholder(name))
      case .brace(let brace): Self.add(.text(brace), to: &pieces)
      case .written(let written):
        let node = YAMLNode(mark: input.node.mark, content: .scalar(written, isPlain: isPlain))
        var filled: [Interpolation.Filled] = []
        let text = text(
          of: ValueInput(node: node), path: path, accepts: "must be a text", isWord: true,
          join: {
            filled = $0
            return $0.map(\.text).joined()
          })
        guard text != nil else { return .refused }
        // A text without any variable is not taken apart.
        if filled.isEmpty { filled = [Interpolation.Filled(text: written, isVariable: false)] }
        for piece in filled where !piece.text.isEmpty {
          Self.add(piece.isVariable ? .secret(piece.text) : .text(piece.text), to: &pieces)
        }
      }
    }
    return .value(Template(pieces))
  }

  private static func add(_ piece: Template.Piece, to pieces: inout [Template.Piece]) {
    if case .text(let more) = piece, case .text(let text) = pieces.last {
      pieces[pieces.count - 1] = .text(text + more)
    } else {
      pieces.append(piece)
    }
  }
}
