import JSONStream

/// The table of the destination that a source's records go to, and what tells the records apart (SOURCES 1).
package struct RecordTable: Hashable, Sendable {
  package var name = TableName.ads
  /// Leads from a record to its id.
  package var id = JSONArrayReader.ownID

  package init(name: TableName = .ads, id: JSONPointer = JSONArrayReader.ownID) {
    self.name = name
    self.id = id
  }

  package static let ads = RecordTable()
}

/// The name of a table for records. Only such names ever become part of a statement.
package struct TableName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package static let ads = TableName(checked: "ads")
  /// What no table of records may be called: they are our own.
  private static let taken = ["missions", "mission_control_schema", "mission_control_tables"]
  /// What belongs to the databases, or to records that are put aside.
  private static let takenBeginnings = ["sqlite_", "pg_", "rejected_"]

  private init(checked: String) { description = checked }

  /// Nil for a name that is none, or that belongs to others: `fault` says why.
  package init?(_ text: some StringProtocol) {
    guard Self.fault(of: text) == nil else { return nil }
    description = String(text)
  }

  /// What is wrong with a name; nil when nothing is.
  package static func fault(of text: some StringProtocol) -> Message? {
    let isName =
      (1...63).contains(text.utf8.count) && (97...122).contains(text.utf8.first!)
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") }
    guard isName else { return "must match [a-z][a-z0-9_]{0,62}" }
    if let beginning = takenBeginnings.first(where: text.hasPrefix) {
      return "must not begin with \(beginning)"
    }
    return taken.contains(String(text))
      ? "must not be \(String(text)), which is a table of Mission Control's own" : nil
  }

  package var isAds: Bool { self == .ads }
  /// The column of the records' ids.
  package var idColumn: String { isAds ? "ad_id" : "record_id" }
  /// What messages call one of its records.
  package var word: Message { isAds ? "ad" : "record" }
}

/// Where what a source brings goes: the keys `table`, `id` and `prefix` of its section.
package struct SourcePlaces: Hashable, Sendable {
  package var table = RecordTable.ads
  /// What its objects' keys begin with; nil: what the store's own section says.
  package var prefix: String?
  /// Whether there may be files beside its objects.
  package var keepsFiles: Bool

  package init(table: RecordTable = .ads, prefix: String? = nil, keepsFiles: Bool = false) {
    self.table = table
    self.prefix = prefix
    self.keepsFiles = keepsFiles
  }
}
