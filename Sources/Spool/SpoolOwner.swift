/// Whose a spool folder is, as the file `.owner` in it says while there is anything else in it.
struct SpoolOwner: Hashable, Sendable {
  /// Of the journal. A copy of the journal's file has the same.
  let identity: String
  /// The name of the journal's file, which lies beside the folder.
  let journal: String

  init(identity: String, journal: String) {
    self.identity = identity
    self.journal = journal
  }

  /// Nil for what this program does not write.
  init?(text: String) {
    let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard lines.count == 2, !lines[0].isEmpty, lines[1].hasSuffix("\n"), lines[1] != "\n" else { return nil }
    self.init(identity: String(lines[0]), journal: String(lines[1].dropLast()))
  }

  var text: String { "\(identity)\n\(journal)\n" }
}
