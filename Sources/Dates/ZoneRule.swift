/// How a zone's clocks are set in every year to come: `EST5EDT,M3.2.0,M11.1.0` (POSIX TZ, with the hours of RFC 9636).
struct ZoneRule: Hashable, Sendable {
  /// A moment of every year.
  fileprivate struct Change: Hashable {
    enum Day: Hashable {
      /// Sunday is 0; the fifth week is the last one.
      case weekday(month: Int, week: Int, day: Int)
      /// From 1, the leap day never counted.
      case withoutLeapDay(Int)
      /// From 0, the leap day counted.
      case ofYear(Int)
    }

    let day: Day
    /// Seconds behind midnight; may be before it or on another day.
    let time: Int
  }

  /// Seconds east of UTC.
  private let standard: Int
  private let summer: (offset: Int, start: Change, end: Change)?

  /// Nil for text that is none.
  init?(_ text: String) {
    var reader = ZoneRuleReader(text)
    guard reader.takeName(), let west = reader.takeTime() else { return nil }
    standard = -west
    guard !reader.isAtEnd else {
      summer = nil
      return
    }
    guard reader.takeName() else { return nil }
    let offset = reader.isAtComma ? standard + 3600 : reader.takeTime().map { -$0 }
    guard let offset, let start = reader.takeChange(), let end = reader.takeChange(), reader.isAtEnd else {
      return nil
    }
    summer = (offset, start, end)
  }

  /// Seconds east of UTC.
  func offset(at seconds: Int64) -> Int {
    guard let summer else { return standard }
    let local = seconds + Int64(standard)
    let year = GregorianDay.components(Int(local >= 0 ? local / 86_400 : (local - 86_399) / 86_400)).year
    guard let start = summer.start.seconds(of: year), let end = summer.end.seconds(of: year) else {
      return standard
    }
    let (begins, ends) = (start - Int64(standard), end - Int64(summer.offset))
    let isSummer =
      begins < ends ? begins <= seconds && seconds < ends : !(ends <= seconds && seconds < begins)
    return isSummer ? summer.offset : standard
  }

  /// When the clocks are set next, behind a moment; nil when they are not until `end`.
  func change(after moment: Int64, until end: Int64) -> Int64? {
    guard let summer else { return nil }
    let year = GregorianDay.components(Int(moment / 86_400)).year
    // Of the years beside it: a zone's year may begin a day earlier or later.
    return (year - 1...year + 1).flatMap { year in
      [
        summer.start.seconds(of: year).map { $0 - Int64(standard) },
        summer.end.seconds(of: year).map { $0 - Int64(summer.offset) },
      ].compactMap(\.self)
    }.filter { $0 > moment && $0 <= end }.min()
  }

  static func == (left: ZoneRule, right: ZoneRule) -> Bool {
    left.standard == right.standard && left.summer?.offset == right.summer?.offset
      && left.summer?.start == right.summer?.start && left.summer?.end == right.summer?.end
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(standard)
    hasher.combine(summer?.offset)
  }
}

extension ZoneRule.Change {
  /// On the zone's own clock, counted as if it were UTC; nil outside of the calendar.
  fileprivate func seconds(of year: Int) -> Int64? {
    guard let first = GregorianDay.number(year: year, month: 1, day: 1) else { return nil }
    let number: Int
    switch day {
    case .ofYear(let day): number = first + day
    case .withoutLeapDay(let day):
      let isLeap = GregorianDay.number(year: year, month: 2, day: 29) != nil
      number = first + day - 1 + (isLeap && day >= 60 ? 1 : 0)
    case .weekday(let month, let week, let day):
      guard let begin = GregorianDay.number(year: year, month: month, day: 1) else { return nil }
      // 1970-01-01 was a Thursday.
      let weekday = ((begin + 4) % 7 + 7) % 7
      var found = begin + (day - weekday + 7) % 7 + (week - 1) * 7
      if GregorianDay.components(found).month != month { found -= 7 }
      number = found
    }
    return Int64(number) * 86_400 + Int64(time)
  }
}

/// Takes such a rule apart.
private struct ZoneRuleReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }
  var isAtComma: Bool { rest.first == UInt8(ascii: ",") }

  private mutating func take(_ character: Character) -> Bool {
    guard let byte = rest.first, byte == character.asciiValue else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// `EST`, or `<-03>`.
  mutating func takeName() -> Bool {
    if take("<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
      rest = rest[end...].dropFirst()
      return true
    }
    let letters = rest.prefix { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    rest = rest.dropFirst(letters.count)
    return letters.count >= 3
  }

  private mutating func takeNumber(_ range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard (1...3).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    let number = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    return range.contains(number) ? number : nil
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func takeTime() -> Int? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard var seconds = takeNumber(0...167).map({ $0 * 3600 }) else { return nil }
    for unit in [60, 1] where take(":") {
      guard let number = takeNumber(0...59) else { return nil }
      seconds += number * unit
    }
    return isNegative ? -seconds : seconds
  }

  /// `,M3.2.0/2`, with a day of another form, or without a time.
  mutating func takeChange() -> ZoneRule.Change? {
    guard take(","), let day = takeDay() else { return nil }
    guard take("/") else { return ZoneRule.Change(day: day, time: 7200) }
    return takeTime().map { ZoneRule.Change(day: day, time: $0) }
  }

  private mutating func takeDay() -> ZoneRule.Change.Day? {
    if take("J") { return takeNumber(1...365).map(ZoneRule.Change.Day.withoutLeapDay) }
    guard take("M") else { return takeNumber(0...365).map(ZoneRule.Change.Day.ofYear) }
    guard let month = takeNumber(1...12), take("."), let week = takeNumber(1...5), take("."),
      let day = takeNumber(0...6)
    else { return nil }
    return .weekday(month: month, week: week, day: day)
  }
}
