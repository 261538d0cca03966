/// A sentence in English and in another language. `{}` is a place for something else; in the translation `{2}` names
/// the second one, where the order differs, and `{day}` is a place for a day, which is written as it is there.
struct CatalogueEntry: Sendable {
  let english: String
  let translation: String

  init(_ english: String, _ translation: String) {
    self.english = english
    self.translation = translation
  }

  /// Whether it goes on what was said before: `, got {}`, `must be a path`.
  var isPredicate: Bool {
    let beginnings = [",", ";", ":", " ", "must ", "is ", "are ", "cannot be ", "does not ", "has "]
    return beginnings.contains { english.hasPrefix($0) }
  }

  /// The same with a place for what was said before.
  var behindASubject: CatalogueEntry {
    let isWord = english.first?.isLetter == true
    let second = translation.contains("{1}") ? Self.renumbered(translation) : translation
    return CatalogueEntry((isWord ? "{} " : "{}") + english, (isWord ? "{} " : "{}") + second)
  }

  /// The places count one higher behind a subject.
  private static func renumbered(_ text: String) -> String {
    var out = ""
    for character in text {
      if out.hasSuffix("{"), let number = character.wholeNumberValue {
        out += String(number + 1)
      } else {
        out.append(character)
      }
    }
    return out
  }
}
