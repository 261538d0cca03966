import Dates

/// The moment a request is signed for, in the two forms that the signature uses.
struct SigningDate: Hashable, Sendable {
  /// `YYYYMMDD'T'HHMMSS'Z'`.
  let timestamp: String

  /// `YYYYMMDD`.
  var day: String { String(timestamp.prefix(8)) }

  init(millisecondsSinceEpoch: Int64) {
    let seconds = (millisecondsSinceEpoch - (millisecondsSinceEpoch < 0 ? 999 : 0)) / 1000
    timestamp = BasicDate.text(secondsSince1970: seconds)
  }
}
