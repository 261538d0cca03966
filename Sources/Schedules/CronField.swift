/// One field of a cron expression: which numbers it takes.
struct CronField: Hashable, Sendable {
  /// A bit for each number.
  private let numbers: UInt64
  /// It begins with `*`: the day is not restricted by it (Vixie's cron looks at this character alone, so `*/2` is one).
  let isStar: Bool

  func contains(_ number: Int) -> Bool { numbers & (1 << UInt64(number)) != 0 }

  /// The first number from there on; nil when there is none.
  func first(from number: Int) -> Int? {
    let rest = numbers & (number > 63 ? 0 : ~0 << UInt64(number))
    return rest == 0 ? nil : rest.trailingZeroBitCount
  }

  /// The last number up to there; nil when there is none.
  func last(upTo number: Int) -> Int? {
    guard number >= 0 else { return nil }
    let rest = numbers & (~0 >> UInt64(63 - min(number, 63)))
    return rest == 0 ? nil : 63 - rest.leadingZeroBitCount
  }

  /// Parts with commas between them.
  init(_ text: Substring, _ kind: CronFieldKind) throws(CronFault) {
    var numbers: UInt64 = 0
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      for number in try Self.numbers(part, kind) {
        numbers |= 1 << UInt64(kind == .dayOfWeek ? number % 7 : number)
      }
    }
    self.numbers = numbers
    isStar = text.hasPrefix("*")
  }

  /// `*`, a number, a range; the first and the last with a step.
  private static func numbers(
    _ part: Substring, _ kind: CronFieldKind
  ) throws(CronFault) -> StrideThrough<Int> {
    let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
    guard pieces.count <= 2, let written = pieces.first else { throw .part(kind, String(part)) }
    let isRange = written == "*" || written.contains("-")
    let range = try Self.range(written, kind, in: part)
    guard pieces.count == 2 else { return stride(from: range.lowerBound, through: range.upperBound, by: 1) }
    guard isRange else { throw .stepOfOne(kind, String(part)) }
    guard let step = digits(pieces[1]), step >= 1, step <= kind.all.upperBound - kind.all.lowerBound else {
      throw .step(kind, String(part))
    }
    return stride(from: range.lowerBound, through: range.upperBound, by: step)
  }

  private static func range(
    _ text: Substring, _ kind: CronFieldKind, in part: Substring
  ) throws(CronFault) -> ClosedRange<Int> {
    if text == "*" { return kind.all }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count <= 2, let first = number(ends[0], kind), var last = number(ends[ends.count - 1], kind)
    else { throw .part(kind, String(part)) }
    // `fri-sun`: a week that is written by names ends on its Sunday.
    if kind == .dayOfWeek, ends.count == 2, last == 0, first > 0, digits(ends[1]) == nil { last = 7 }
    guard first <= last else { throw .reversed(kind, String(part)) }
    return first...last
  }

  /// A number of the field, or a name in any case.
  private static func number(_ text: Substring, _ kind: CronFieldKind) -> Int? {
    if let place = kind.names.firstIndex(of: text.lowercased()) { return place + kind.range.lowerBound }
    guard let number = digits(text), kind.range.contains(number) else { return nil }
    return number
  }

  /// At most two digits and nothing else.
  private static func digits(_ text: Substring) -> Int? {
    guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(text)
  }
}
