/// `JSON.stringify(data, null, 2)` with every token unchanged, written as plainly as can be: it knows nothing
/// of how the program does it.
enum Stringified {
  static func layout(_ json: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var depth = 0
    var isInString = false
    var isEscaped = false
    func newLine() { out += [10] + Array(repeating: 32, count: depth * 2) }
    // The first value of a container begins a line.
    func startValue() {
      if out.last == UInt8(ascii: "{") || out.last == UInt8(ascii: "[") { newLine() }
    }
    for byte in json {
      if isInString {
        out.append(byte)
        isInString = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: " "), 9, 10, 13: continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        startValue()
        out.append(byte)
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if out.last != UInt8(ascii: "{"), out.last != UInt8(ascii: "[") { newLine() }
        out.append(byte)
      case UInt8(ascii: ","):
        out.append(byte)
        newLine()
      case UInt8(ascii: ":"): out += [byte, 32]
      default:
        startValue()
        out.append(byte)
        isInString = byte == UInt8(ascii: "\"")
      }
    }
    return out + [10]
  }
}
