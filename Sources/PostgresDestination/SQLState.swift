/// A code of PostgreSQL's appendix A: five digits and capitals, the first two of which are its class.
struct SQLState: Hashable, Sendable, CustomStringConvertible {
  let description: String

  /// Nil for anything that is not written like one.
  init?(_ text: some StringProtocol) {
    let isCode = text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
    }
    guard text.utf8.count == 5, isCode else { return nil }
    description = String(text)
  }

  var sqlClass: Substring { description.prefix(2) }

  /// The server, or the role, has no connection to spare.
  static let tooManyConnections = SQLState("53300")!
}
