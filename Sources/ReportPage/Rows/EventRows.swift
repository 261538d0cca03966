import JSONStream
import Journal
import MissionCore

/// A mission's history as one flat list: for each event its head, the milliseconds since the one before, and its
/// details' values. `decoding.js` unfolds it.
///
/// A head is `KIND|attempt|run|keys`; the run is left out when it is the report's own. A key with `#` has a
/// number or a flag, one with `!` a text that is hardly ever repeated. 0 stands for what the same key had before
/// in this mission.
struct EventRows {
  let runID: String
  let runStart: Timestamp
  let phrases: HTMLPhrases

  /// Long, and already told by the mission's own fields or by `show`.
  private static let leftOut: Set<String> = ["sha256", "s3_sha256", "key", "etag"]
  private static let unshared: Set<String> = ["session_id", "job_id"]

  func write(_ events: [RecordedEvent], to rows: inout RowWriter, _ shared: inout SharedTexts) {
    rows.open("[")
    var before = runStart
    var last: [String: String] = [:]
    for event in events {
      let details = event.detailsJSON.map(Self.details) ?? []
      shared.write(head(event, details), to: &rows)
      rows.integer(event.at.milliseconds - before.milliseconds)
      before = event.at
      for detail in details {
        guard let text = detail.text else {
          rows.raw(detail.literal)
          continue
        }
        if last[detail.key] == text {
          rows.integer(0)
        } else if Self.unshared.contains(detail.key) {
          rows.text(UntrustedText.clean(text))
        } else if let message = event.message(detail.key, saying: text) {
          shared.write(message, limit: 400, translated: phrases.translated, to: &rows)
        } else {
          shared.write(text, to: &rows)
        }
        last[detail.key] = text
      }
    }
    rows.close("]")
  }

  private func head(_ event: RecordedEvent, _ details: [Detail]) -> String {
    let run = event.runID == runID ? "" : event.runID ?? "-"
    let keys = details.map { detail in
      detail.key + (detail.text == nil ? "#" : Self.unshared.contains(detail.key) ? "!" : "")
    }
    return "\(event.kind.rawValue)|\(event.attempt)|\(run)|\(keys.joined(separator: ","))"
  }

  struct Detail {
    let key: String
    /// Not cleaned yet; nil for numbers and flags.
    let text: String?
    /// Of numbers and flags.
    let literal: String
  }

  /// The members of an event's details; none when they are not what this program writes.
  static func details(_ json: String) -> [Detail] {
    var json = json
    return json.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      // Details of another shape have no names to show: the history still tells that the event happened.
      guard let members = try? JSONScanner.members(of: bytes) else { return [] }
      return members.compactMap { detail($0, bytes) }
    }
  }

  private static func detail(_ member: JSONMember, _ bytes: UnsafeRawBufferPointer) -> Detail? {
    let isPlain = member.key.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    guard isPlain, !leftOut.contains(member.key) else { return nil }
    switch member.value.kind {
    case .string:
      return Detail(key: member.key, text: JSONText.string(bytes, member.value.range), literal: "")
    case .number, .true, .false, .null:
      let literal = String(decoding: bytes[member.value.range], as: UTF8.self)
      return Detail(key: member.key, text: nil, literal: literal)
    default: return nil
    }
  }
}
