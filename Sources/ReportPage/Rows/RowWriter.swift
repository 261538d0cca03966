/// JSON for a script element: `<` is written as its escape, so that no text can end the element.
struct RowWriter {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

  mutating func integer(_ value: (some BinaryInteger)?) {
    if let value { integer(value) } else { raw("null") }
  }

  mutating func flag(_ value: Bool) { raw(value ? "true" : "false") }

  mutating func text(_ text: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "<"), 0..<0x20, 0x7F:
        bytes += "\\u00".utf8
        bytes.append(Self.hex[Int(byte >> 4)])
        bytes.append(Self.hex[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  mutating func optionalText(_ text: String?) {
    if let text { self.text(text) } else { raw("null") }
  }

  mutating func key(_ name: String) {
    text(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func open(_ bracket: Character) {
    separate()
    bytes += String(bracket).utf8
    needsComma = false
  }

  mutating func close(_ bracket: Character) {
    bytes += String(bracket).utf8
    needsComma = true
  }

  /// A comma, and a new line: rows stay readable in an editor.
  mutating func newLine() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Forgets what was written so far, not the place in the grammar.
  mutating func drain() -> [UInt8] {
    let drained = bytes
    bytes.removeAll(keepingCapacity: true)
    return drained
  }

  mutating func raw(_ json: String) {
    separate()
    bytes += json.utf8
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  private static let hex = Array("0123456789abcdef".utf8)
}
