import MissionCore

/// An event's details, one flat JSON object of ours, as `name=value name=value`.
enum EventDetailsText {
  static func plain(_ json: String) -> String {
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
