/// What still has all that was scraped; a SHA-256 of the journal has proved it.
package enum ByteSource: String, CaseIterable, Sendable {
  case spool, rows, object
}
