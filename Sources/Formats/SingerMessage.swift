import JSONStream
import MissionCore

/// What is known of one of Singer's messages while its line is read.
struct SingerMessage {
  /// A member's place in the message.
  enum Member { case type, stream, record, other }

  /// Bytes of a key that are looked at: `record` and its kind fit, also when each letter is an escape.
  static let longestKey = 6 * 6 + 2
  /// Bytes of a record that are kept until the message says what it is.
  static let longestHeld = 16 << 20

  private(set) var type: String?
  private(set) var stream: String?
  private(set) var hasRecord = false
  /// The record, as far as it had to be kept.
  var held: [UInt8] = []
  private var seen: [Member] = []

  /// Nil when the key names what a message has once, and is there twice.
  mutating func member(key: [UInt8]) -> Member? {
    let member: Member
    switch Self.text(key) {
    case "type": member = .type
    case "stream": member = .stream
    case "record": member = .record
    default: return .other
    }
    guard !seen.contains(member) else { return nil }
    seen.append(member)
    if member == .record { hasRecord = true }
    return member
  }

  /// The value of `type` or `stream`, a JSON string with its quotes; `isWhole` is false for one that is longer than any
  /// that counts.
  mutating func set(_ member: Member, _ value: [UInt8], isWhole: Bool) {
    let text = isWhole ? Self.text(value) : ""
    if member == .type { type = text } else { stream = text }
  }

  /// Whether the record counts; nil when that is not known yet.
  func isWanted(_ streams: Set<String>?) -> Bool? {
    guard let type else { return nil }
    guard type == "RECORD" else { return false }
    guard let streams else { return true }
    return stream.map(streams.contains)
  }

  /// What the message lacks at the end of its line; nil when it is whole.
  func missing(_ streams: Set<String>?) -> Message? {
    guard let type else { return "the message has no type" }
    guard type == "RECORD" else { return nil }
    if !hasRecord { return "the message is a RECORD without a record" }
    return streams != nil && stream == nil ? "the message is a RECORD without a stream" : nil
  }

  private static func text(_ string: [UInt8]) -> String {
    string.withUnsafeBytes { JSONText.string($0, 0..<$0.count) }
  }
}
