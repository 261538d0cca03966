extension ValueScanner {
  /// Crosses a string from its opening quote; true when it has escapes.
  mutating func string() throws(JSONError) -> Bool {
    let raw = UnsafeRawPointer(base)
    var place = at &+ 1
    var isEscaped = false
    while true {
      // A long text without anything special is crossed in parts, so that the caller can drop pages meanwhile.
      let limit = min(end, place &+ Self.longestRun)
      while place &+ 8 <= limit {
        let specials = ByteScan.specials(ByteScan.word(raw, place))
        if specials != 0 {
          place &+= specials.trailingZeroBitCount &>> 3
          break
        }
        place &+= 8
      }
      guard place < end else { throw JSONError(.unexpectedEnd, at: end) }
      let byte = base[place]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        place = try escape(from: place)
      } else if byte >= 0x80 {
        place = try beyondASCII(from: place)
        at = place
        reportProgress()
      } else if byte < 0x20 {
        throw JSONError(.controlCharacter, at: place)
      } else {
        place &+= 1
        at = place
        reportProgress()
      }
    }
    at = place &+ 1
    reportProgress()
    return isEscaped
  }

  /// Bytes of a string that are crossed before the caller hears of it.
  private static let longestRun = 1 << 20

  /// Crosses a run of characters beyond ASCII; gives the place after it, or after a long part of it.
  @inline(__always)
  private func beyondASCII(from start: Int) throws(JSONError) -> Int {
    let limit = min(end, start &+ Self.longestRun)
    var place = start
    repeat {
      let length = ByteScan.sequenceLength(base, place, end)
      guard length > 0 else { throw JSONError(.invalidUTF8, at: place) }
      place &+= length
    } while place < limit && base[place] >= 0x80
    return place
  }

  /// Checks the escape whose backslash is at `start`; gives the place after it. A lone surrogate is
  /// grammatical (RFC 8259, section 8.2) and passes.
  private func escape(from start: Int) throws(JSONError) -> Int {
    guard start &+ 1 < end else { throw JSONError(.unexpectedEnd, at: end) }
    switch base[start &+ 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return start &+ 2
    case UInt8(ascii: "u"):
      for place in (start &+ 2)..<(start &+ 6) {
        guard place < end else { throw JSONError(.unexpectedEnd, at: end) }
        switch base[place] {
        case 48...57, 65...70, 97...102: continue
        default: throw JSONError(.invalidEscape, at: start)
        }
      }
      return start &+ 6
    default: throw JSONError(.invalidEscape, at: start)
    }
  }

  mutating func number() throws(JSONError) {
    var place = at
    if base[place] == UInt8(ascii: "-") { place &+= 1 }
    if place < end, base[place] == UInt8(ascii: "0") {
      place &+= 1
    } else {
      place = try digits(from: place)
    }
    if place < end, base[place] == UInt8(ascii: ".") { place = try digits(from: place &+ 1) }
    if place < end, base[place] | 0x20 == UInt8(ascii: "e") {
      place &+= 1
      if place < end, base[place] == UInt8(ascii: "+") || base[place] == UInt8(ascii: "-") { place &+= 1 }
      place = try digits(from: place)
    }
    at = place
  }

  /// Crosses one digit or more.
  @inline(__always)
  private func digits(from start: Int) throws(JSONError) -> Int {
    var place = start
    while place < end, base[place] &- 48 < 10 { place &+= 1 }
    guard place > start else {
      throw place < end ? JSONError(.invalidNumber, at: place) : JSONError(.unexpectedEnd, at: end)
    }
    return place
  }

  mutating func literal(_ word: StaticString) throws(JSONError) {
    let letters = word.utf8Start
    for index in 0..<word.utf8CodeUnitCount {
      guard at &+ index < end else { throw JSONError(.unexpectedEnd, at: end) }
      guard base[at &+ index] == letters[index] else {
        throw JSONError(.unexpectedCharacter, at: at &+ index)
      }
    }
    at &+= word.utf8CodeUnitCount
  }
}
