import MissionCore
import Placeholders
import WebServices

/// A named text of a query, a form or the headers.
package struct TemplateField: Sendable {
  package let name: String
  package var value: Written<Template>
  /// Whether the name alone says that the value must not be shown.
  package var isSecret: Bool { SecretName.isOne(name) && value.value.hasText }

  package init(name: String, value: Written<Template>) {
    self.name = name
    self.value = value
  }

  /// What must not be shown of it.
  package var secrets: [Secret] {
    SecretName.secrets(of: value.value, named: name).map { Secret($0) }
  }
}

/// Names whose values are secrets (SOURCES 2).
package enum SecretName {
  /// Whether a field of this name holds a secret, whatever its value is.
  package static func isOne(_ name: String) -> Bool { HeaderName.isSecret(name) }

  /// The texts of a value that must not be shown: what variables and files brought, and all of it when its name is one
  /// of a secret, of which a server may repeat the part behind `Bearer`, too.
  package static func secrets(of value: Template, named name: String) -> [String] {
    guard isOne(name), value.hasText else { return value.secretTexts }
    let texts = value.pieces.compactMap { piece -> String? in
      switch piece {
      case .text(let text), .secret(let text): text
      case .placeholder: nil
      }
    }
    let words = texts.flatMap { $0.split(separator: " ").dropFirst().map(String.init) }
    return texts + value.secretTexts + words.filter { $0.utf8.count >= 8 }
      + (value.names.isEmpty ? [texts.joined()] : [])
  }
}
