/// Crosses one JSON value that comes in pieces, validating it against RFC 8259. It keeps no byte of it and works without
/// recursion; what `ValueScanner` accepts it accepts, wherever the pieces are cut.
package struct JSONPushScanner {
  private enum State: UInt8 {
    case value, firstElement, firstKey, key, colon, after
    case string, escape, hex, character
    case minus, zero, whole, point, fraction, exponent, exponentSign, exponentDigits
    case literal, done
  }

  private var state = State.done
  /// A string that is a member's key.
  private var isKey = false
  /// Hexadecimal digits that are still to come.
  private var digitsLeft = 0
  private var escapeStart = 0
  private var sequence = UTF8Sequence()
  private var sequenceStart = 0
  private var literal: [UInt8] = []
  private var literalAt = 0
  /// A bit for each open container: set for an object.
  private var objects = [UInt64](repeating: 0, count: (JSONScanner.maximumDepth + 63) / 64)
  private var depth = 0
  private var outerDepth = 0

  package init() {}

  /// Begins a value inside `depth` containers, which count for `JSONScanner.maximumDepth`.
  package mutating func begin(depth: Int) {
    state = .value
    isKey = false
    sequence = UTF8Sequence()
    self.depth = depth
    outerDepth = depth
  }

  /// The value is complete. A number is only when the byte behind it was seen.
  package var isDone: Bool { state == .done }

  /// Crosses the bytes of `range`, as far as the value goes; gives the place behind it.
  ///
  /// - Parameter offset: the place of `bytes[0]` in the whole, for errors.
  package mutating func push(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, offset: Int)
    throws(JSONError) -> Int
  {
    guard let start = bytes.baseAddress else { return range.lowerBound }
    let base = start.assumingMemoryBound(to: UInt8.self)
    let end = range.upperBound
    var at = range.lowerBound
    while at < end, state != .done {
      if state == .string {
        at = try string(base, at, end, offset)
      } else {
        at = try step(base[at], at, offset)
      }
    }
    return at
  }

  /// Inside a string: up to its end, or to what needs a look of its own.
  @inline(__always)
  private mutating func string(_ base: UnsafePointer<UInt8>, _ from: Int, _ end: Int, _ offset: Int)
    throws(JSONError) -> Int
  {
    var at = from
    let raw = UnsafeRawPointer(base)
    while at &+ 8 <= end {
      let specials = ByteScan.specials(ByteScan.word(raw, at))
      if specials != 0 {
        at &+= specials.trailingZeroBitCount &>> 3
        break
      }
      at &+= 8
    }
    while at < end {
      let byte = base[at]
      switch byte {
      case UInt8(ascii: "\""):
        endString()
        return at &+ 1
      case UInt8(ascii: "\\"):
        state = .escape
        escapeStart = offset &+ at
        return at &+ 1
      case 0x80...:
        let length = ByteScan.sequenceLength(base, at, end)
        if length == 0 {
          state = .character
          sequenceStart = offset &+ at
          return at
        }
        at &+= length
      case ..<0x20: throw JSONError(.controlCharacter, at: offset &+ at)
      default:
        at &+= 1
        if at &+ 8 <= end { return at }
      }
    }
    return at
  }

  private mutating func endString() {
    if isKey {
      state = .colon
    } else {
      endValue()
    }
  }

  @inline(__always)
  private mutating func endValue() { state = depth == outerDepth ? .done : .after }

  private var isInObject: Bool { objects[(depth &- 1) >> 6] & (1 << UInt64((depth &- 1) & 63)) != 0 }

  private mutating func open(object: Bool, _ place: Int) throws(JSONError) {
    guard depth < JSONScanner.maximumDepth else { throw JSONError(.tooDeep, at: place) }
    let bit: UInt64 = 1 << UInt64(depth & 63)
    if object { objects[depth >> 6] |= bit } else { objects[depth >> 6] &= ~bit }
    depth &+= 1
    state = object ? .firstKey : .firstElement
  }

  private mutating func close() {
    depth &-= 1
    endValue()
  }

  /// Looks at one byte outside of a string's plain text; gives the place to go on at.
  private mutating func step(_ byte: UInt8, _ at: Int, _ offset: Int) throws(JSONError) -> Int {
    let place = offset &+ at
    switch state {
    case .value, .firstElement, .firstKey, .key, .colon, .after:
      if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { return at &+ 1 }
      try structure(byte, place)
    case .escape: try escape(byte, place)
    case .hex:
      guard isHexDigit(byte) else { throw JSONError(.invalidEscape, at: escapeStart) }
      digitsLeft &-= 1
      if digitsLeft == 0 { state = .string }
    case .character:
      guard sequence.take(byte) else { throw JSONError(.invalidUTF8, at: sequenceStart) }
      if !sequence.isOpen { state = .string }
    case .literal:
      guard byte == literal[literalAt] else { throw JSONError(.unexpectedCharacter, at: place) }
      literalAt &+= 1
      if literalAt == literal.count { endValue() }
    default: return try number(byte, place) ? at &+ 1 : at
    }
    return at &+ 1
  }

  private mutating func structure(_ byte: UInt8, _ place: Int) throws(JSONError) {
    switch state {
    case .firstKey where byte == UInt8(ascii: "}"), .firstElement where byte == UInt8(ascii: "]"): close()
    case .firstKey, .key:
      guard byte == UInt8(ascii: "\"") else { throw JSONError(.unexpectedCharacter, at: place) }
      isKey = true
      state = .string
    case .colon:
      guard byte == UInt8(ascii: ":") else { throw JSONError(.unexpectedCharacter, at: place) }
      state = .value
    case .after:
      let isObject = isInObject
      if byte == UInt8(ascii: ",") {
        state = isObject ? .key : .value
      } else if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
        close()
      } else {
        throw JSONError(.unexpectedCharacter, at: place)
      }
    default: try beginValue(byte, place)
    }
  }

  private mutating func beginValue(_ byte: UInt8, _ place: Int) throws(JSONError) {
    switch byte {
    case UInt8(ascii: "\""):
      isKey = false
      state = .string
    case UInt8(ascii: "{"): try open(object: true, place)
    case UInt8(ascii: "["): try open(object: false, place)
    case UInt8(ascii: "-"): state = .minus
    case UInt8(ascii: "0"): state = .zero
    case 49...57: state = .whole
    case UInt8(ascii: "t"): begin(literal: "true")
    case UInt8(ascii: "f"): begin(literal: "false")
    case UInt8(ascii: "n"): begin(literal: "null")
    default: throw JSONError(.unexpectedCharacter, at: place)
    }
  }

  private mutating func begin(literal word: String) {
    literal = Array(word.utf8)
    literalAt = 1
    state = .literal
  }

  private mutating func escape(_ byte: UInt8, _ place: Int) throws(JSONError) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      state = .string
    case UInt8(ascii: "u"):
      digitsLeft = 4
      state = .hex
    default: throw JSONError(.invalidEscape, at: escapeStart)
    }
  }

  private func isHexDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...70, 97...102: return true
    default: return false
    }
  }

  /// False when the number has ended before this byte.
  private mutating func number(_ byte: UInt8, _ place: Int) throws(JSONError) -> Bool {
    let isDigit = byte &- 48 < 10
    switch state {
    case .minus:
      guard isDigit else { throw JSONError(.invalidNumber, at: place) }
      state = byte == UInt8(ascii: "0") ? .zero : .whole
    case .whole where isDigit, .fraction where isDigit, .exponentDigits where isDigit: break
    case .zero where byte == UInt8(ascii: "."), .whole where byte == UInt8(ascii: "."): state = .point
    case .point:
      guard isDigit else { throw JSONError(.invalidNumber, at: place) }
      state = .fraction
    case .zero where byte | 0x20 == UInt8(ascii: "e"), .whole where byte | 0x20 == UInt8(ascii: "e"),
      .fraction where byte | 0x20 == UInt8(ascii: "e"):
      state = .exponent
    case .exponent where byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"): state = .exponentSign
    case .exponent, .exponentSign:
      guard isDigit else { throw JSONError(.invalidNumber, at: place) }
      state = .exponentDigits
    default:
      endValue()
      return false
    }
    return true
  }
}
