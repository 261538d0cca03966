/// Writes compact JSON text piece by piece, without a tree.
///
/// The caller keeps the grammar: commas are placed by the writer, keys and brackets come from the caller.
public struct JSONWriter: Sendable {
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  public init(reservingCapacity capacity: Int = 256) { bytes.reserveCapacity(capacity) }

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Forgets the bytes written so far (after they were passed on), not the place in the grammar.
  public mutating func drain() -> [UInt8] {
    let drained = bytes
    bytes.removeAll(keepingCapacity: true)
    return drained
  }

  public mutating func beginObject() { open(UInt8(ascii: "{")) }
  public mutating func endObject() { close(UInt8(ascii: "}")) }
  public mutating func beginArray() { open(UInt8(ascii: "[")) }
  public mutating func endArray() { close(UInt8(ascii: "]")) }

  /// The name of the member whose value follows.
  public mutating func key(_ name: String) {
    separate()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Escaped, in quotes.
  public mutating func value(_ text: String) {
    separate()
    quote(text)
    needsComma = true
  }

  /// `null` without a text.
  public mutating func value(_ text: String?) {
    if let text { value(text) } else { null() }
  }

  /// All digits.
  public mutating func value(_ number: some BinaryInteger) { raw(String(number)) }

  /// `null` without a number.
  public mutating func value(_ number: (some BinaryInteger)?) {
    if let number { value(number) } else { null() }
  }

  /// Infinite and not-a-number become `null`.
  public mutating func value(_ number: Double) {
    guard number.isFinite else { return null() }
    raw(number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number))
  }

  /// `null` without a number.
  public mutating func value(_ number: Double?) {
    if let number { value(number) } else { null() }
  }

  /// `true` or `false`.
  public mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }
  /// `null`.
  public mutating func null() { raw("null") }

  /// A JSON value that is already text.
  public mutating func raw(_ json: String) {
    separate()
    bytes.append(contentsOf: json.utf8)
    needsComma = true
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      // Nearly every text has nothing to escape and is copied whole.
      var start = 0
      for index in utf8.indices where Self.needsEscape(utf8[index]) {
        bytes.append(contentsOf: utf8[start..<index])
        escape(utf8[index])
        start = index + 1
      }
      bytes.append(contentsOf: utf8[start...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    default:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(Self.hex[Int(byte >> 4)])
      bytes.append(Self.hex[Int(byte & 15)])
    }
  }

  private static let hex = Array("0123456789abcdef".utf8)
}
