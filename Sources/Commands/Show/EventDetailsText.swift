import JSONStream
import Journal
import MissionCore

/// An event's details, one flat JSON object of ours, as `name=value name=value`.
enum EventDetailsText {
  /// - Parameter translated: into the reader's language, for what was written for people.
  static func text(_ event: RecordedEvent, _ translated: (Message) -> String) -> String {
    guard var json = event.detailsJSON else { return "" }
    return plain(json.withUTF8 { said(UnsafeRawBufferPointer($0), event, translated) } ?? json)
  }

  /// The details with each message as `translated` says it; nil when they are not what this program writes.
  private static func said(
    _ bytes: UnsafeRawBufferPointer, _ event: RecordedEvent, _ translated: (Message) -> String
  ) -> String? {
    // Details of another shape are shown as they are.
    guard event.saidJSON != nil, let members = try? JSONScanner.members(of: bytes) else { return nil }
    var writer = JSONWriter()
    writer.beginObject()
    for member in members {
      writer.key(member.key)
      let text = member.value.kind == .string ? JSONText.string(bytes, member.value.range) : nil
      if let text, let message = event.message(member.key, saying: text) {
        writer.value(translated(message))
      } else {
        writer.raw(String(decoding: bytes[member.value.range], as: UTF8.self))
      }
    }
    writer.endObject()
    return writer.text
  }

  private static func plain(_ json: String) -> String {
    var out: [UInt8] = []
    var isInString = false
    var isEscaped = false
    var isKey = true
    for byte in json.utf8 {
      if isInString {
        if !isEscaped, byte == UInt8(ascii: "\"") {
          isInString = false
          if !isKey { out.append(byte) }
          continue
        }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        out.append(byte)
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        isInString = true
        if !isKey { out.append(byte) }
      case UInt8(ascii: ":"):
        isKey = false
        out.append(UInt8(ascii: "="))
      case UInt8(ascii: ","):
        isKey = true
        out.append(UInt8(ascii: " "))
      case UInt8(ascii: "{"), UInt8(ascii: "}"): break
      default: out.append(byte)
      }
    }
    return UntrustedText.clean(bytes: out, limit: 600)
  }
}
