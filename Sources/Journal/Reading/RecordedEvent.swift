import JSONStream
import MissionCore

/// An entry of a mission's history, as it is read back.
public struct RecordedEvent: Hashable, Sendable {
  public let at: Timestamp
  /// Nil when it happened outside a run.
  public let runID: String?
  /// 1 + the retry count at that time.
  public let attempt: Int
  public let kind: EventKind
  /// One JSON object; nil when there are no details.
  public let detailsJSON: String?
  /// Keys and arguments of its messages, by the names of their details; nil when there are none.
  public var saidJSON: String?

  /// A detail that was written for people; nil when nothing but its text is known.
  ///
  /// - Parameter text: what `detailsJSON` has of that name.
  package func message(_ name: String, saying text: String) -> Message? {
    guard var json = saidJSON else { return nil }
    return json.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      // It is our own writing; of anything else nothing is taken.
      guard let members = try? JSONScanner.members(of: bytes),
        let member = members.first(where: { $0.key == name })
      else { return nil }
      return Message(stored: String(decoding: bytes[member.value.range], as: UTF8.self), saying: text)
    }
  }
}
