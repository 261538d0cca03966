extension TextUnits {
  /// What an escape that begins with `byte` and goes on at `end` may mean.
  func meanings(of byte: UInt8, end: Int) -> [Unit] {
    switch byte {
    case UInt8(ascii: "+"): return [Unit(byte: UInt8(ascii: " "), end: end)]
    case UInt8(ascii: "%"):
      let hex = digits(2, at: end).map { Unit(byte: UInt8($0.value), end: $0.end) }
      return hex + after("u", at: end).flatMap { digits(4, at: $0) }.compactMap(scalar)
    // Quoted-printable, as mail writes it.
    case UInt8(ascii: "="): return digits(2, at: end).map { Unit(byte: UInt8($0.value), end: $0.end) }
    case UInt8(ascii: "\\"): return backslash(end)
    case UInt8(ascii: "&"): return entity(end)
    // SQL and CSV double a quote.
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      return units(at: end).filter { $0.single == byte }.map { Unit(byte: byte, end: $0.end) }
    default: return []
    }
  }

  private typealias Number = (value: UInt32, end: Int)

  private func scalar(_ number: Number) -> Unit? {
    Unicode.Scalar(number.value).map { Unit($0, end: number.end) }
  }

  /// `\/`, `\n`, `\u002f` (a pair of them beyond U+FFFF), `\x2f`, `\u{2f}`.
  private func backslash(_ end: Int) -> [Unit] {
    var found: [Unit] = []
    for unit in units(at: end) {
      guard let byte = unit.single else { continue }
      switch byte {
      case UInt8(ascii: "u"):
        for number in digits(4, at: unit.end) { found += scalar(number).map { [$0] } ?? pair(number) }
        found += after("{", at: unit.end).flatMap { numbers(at: $0, radix: 16, closedBy: "}") }.compactMap(
          scalar)
      case UInt8(ascii: "x"):
        found += digits(2, at: unit.end).map { Unit(byte: UInt8($0.value), end: $0.end) }
      case UInt8(ascii: "b"): found.append(Unit(byte: 8, end: unit.end))
      case UInt8(ascii: "t"): found.append(Unit(byte: 9, end: unit.end))
      case UInt8(ascii: "n"): found.append(Unit(byte: 10, end: unit.end))
      case UInt8(ascii: "f"): found.append(Unit(byte: 12, end: unit.end))
      case UInt8(ascii: "r"): found.append(Unit(byte: 13, end: unit.end))
      case 48...57, 65...90, 97...122: break
      default: found.append(Unit(byte: byte, end: unit.end))
      }
    }
    return found
  }

  /// The scalar of a high surrogate and the low one behind it.
  private func pair(_ high: Number) -> [Unit] {
    guard (0xD800..<0xDC00).contains(high.value) else { return [] }
    return after("\\", at: high.end).flatMap { after("u", at: $0) }.flatMap { digits(4, at: $0) }.compactMap {
      low in
      guard (0xDC00..<0xE000).contains(low.value) else { return nil }
      return scalar((0x10000 + (high.value - 0xD800) << 10 + (low.value - 0xDC00), low.end))
    }
  }

  /// `&#47;`, `&#x2f;`, `&sol;`.
  private func entity(_ end: Int) -> [Unit] {
    var found: [Unit] = []
    for start in after("#", at: end) {
      found += numbers(at: start, radix: 10, closedBy: ";").compactMap(scalar)
      for hex in after("x", at: start) + after("X", at: start) {
        found += numbers(at: hex, radix: 16, closedBy: ";").compactMap(scalar)
      }
    }
    var name = ""
    var at = end
    while name.utf8.count < HTMLEntities.longestName, let byte = letterOrDigit(at) {
      name.unicodeScalars.append(Unicode.Scalar(byte))
      at += 1
    }
    if let scalar = HTMLEntities.named[name] {
      let closed = after(";", at: at)
      found += (closed.isEmpty ? [at] : closed).map { Unit(scalar, end: $0) }
    }
    return found
  }

  private func letterOrDigit(_ place: Int) -> UInt8? {
    guard place < bytes.count else { return nil }
    switch bytes[place] {
    case 48...57, 65...90, 97...122: return bytes[place]
    default: return nil
    }
  }

  // MARK: Parts of an escape

  /// Where the text goes on behind this character, however it is written.
  private func after(_ character: Unicode.Scalar, at place: Int) -> [Int] {
    units(at: place).filter { $0.single == UInt8(ascii: character) }.map(\.end)
  }

  /// `count` hexadecimal digits, each of which may be an escape itself.
  private func digits(_ count: Int, at place: Int) -> [Number] {
    var found: [Number] = [(0, place)]
    for _ in 0..<count { found = extended(found, radix: 16) }
    return found
  }

  /// A number of up to eight digits and what closes it.
  private func numbers(at place: Int, radix: UInt32, closedBy close: Unicode.Scalar) -> [Number] {
    var found: [Number] = [(0, place)]
    var closed: [Number] = []
    for _ in 0..<8 {
      found = extended(found, radix: radix)
      closed += found.flatMap { number in after(close, at: number.end).map { (number.value, $0) } }
    }
    return closed
  }

  /// Every number with one digit more; a few of them, because only hostile text has many.
  private func extended(_ numbers: [Number], radix: UInt32) -> [Number] {
    Array(
      numbers.flatMap { number in
        units(at: number.end).compactMap { unit -> Number? in
          guard let digit = unit.single.flatMap(EncodedRuns.hexValue), digit < radix else { return nil }
          return (number.value * radix + digit, unit.end)
        }
      }.prefix(4))
  }
}
