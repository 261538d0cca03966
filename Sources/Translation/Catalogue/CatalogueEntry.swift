/// A sentence in English and in another language. `{}` is a place for something else; in the translation `{2}` names
/// the second one, where the order differs, and `{day}` is a place for a day, which is written as it is there.
struct CatalogueEntry: Sendable {
  let english: String
  let translation: String

  init(_ english: String, _ translation: String) {
    self.english = english
    self.translation = translation
  }
}
