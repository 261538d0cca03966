import MissionCore

/// Sees to it that a listing comes to its end: each page must lead on.
///
/// Keys are listed in ascending order of their bytes (ListObjectsV2). What is not listed so is a store that begins again,
/// goes round, or says for ever that there is more.
package struct ListingWatch {
  /// Pages without keys that may follow each other: some stores pass over what was deleted that way.
  private static let mostEmptyPages = 100

  private var last: String?
  private var lastToken: String?
  private var emptyPages = 0

  package init() {}

  /// Takes the next page, as `AuditStore.list` gives it.
  /// - Throws: when the listing may have no end.
  package mutating func take(_ page: ObjectPage) throws(AuditError) {
    for key in page.keys {
      if let last, !last.utf8.lexicographicallyPrecedes(key.utf8) {
        throw Self.endless(key == last ? "gave the key \(key) twice" : "gave the key \(key) after \(last)")
      }
      last = key
    }
    guard let token = page.next else { return }
    guard token != lastToken else { throw Self.endless("gave the same continuation token again") }
    lastToken = token
    emptyPages = page.keys.isEmpty ? emptyPages + 1 : 0
    guard emptyPages <= Self.mostEmptyPages else {
      throw Self.endless("gave \(emptyPages) pages without keys and says that there are more")
    }
  }

  private static func endless(_ what: Message) -> AuditError {
    AuditError(
      code: .storeOther, message: "the store's list of objects does not come to an end: it \(what)")
  }
}
