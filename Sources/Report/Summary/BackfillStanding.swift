import Journal
import MissionCore

/// Missions by the days that they cover: how many they are, and the first ranges of their days.
public struct DaySpans: Hashable, Sendable {
  /// Days that follow each other.
  public struct Span: Hashable, Sendable {
    public let first: CalendarDay
    public internal(set) var last: CalendarDay

    public init(first: CalendarDay, last: CalendarDay) {
      self.first = first
      self.last = last
    }
  }

  /// Ranges that are kept; those beside them are only counted.
  public static let mostSpans = 20

  public internal(set) var missions = 0
  public internal(set) var spans: [Span] = []
  public internal(set) var moreSpans = 0
  private var end: CalendarDay?

  public init() {}

  init(missions: Int, spans: [Span], moreSpans: Int) {
    (self.missions, self.spans, self.moreSpans) = (missions, spans, moreSpans)
  }

  /// Takes missions in the order of their first days.
  mutating func add(_ missions: Int, from: CalendarDay, to: CalendarDay) {
    self.missions += missions
    defer { end = end.map { max($0, to) } ?? to }
    if let end, from <= end.adding(days: 1) {
      // Still the range that was added last, whether it is kept or only counted.
      if moreSpans == 0, to > end { spans[spans.count - 1].last = to }
    } else if spans.count < Self.mostSpans {
      spans.append(Span(first: from, last: to))
    } else {
      moreSpans += 1
    }
  }
}

/// How the whole journal stands, whichever run did what: what people mean by "the backfill".
public struct BackfillStanding: Hashable, Sendable {
  public var counts = StatusCounts()
  public var failed = DaySpans()
  /// DONE, with a result that is not trusted.
  public var suspicious = DaySpans()

  public init() {}

  public init(_ reader: JournalReader) throws(JournalError) {
    counts = try reader.counts()
    if counts.failed > 0 { failed = try Self.spans(reader, .failed) }
    if counts.done > 0 { suspicious = try Self.spans(reader, .done, isSuspicious: true) }
  }

  public var left: Int { counts.pending + counts.queued + counts.running }

  /// Nothing that a next command depends on has changed.
  package func stands(as other: BackfillStanding) -> Bool {
    counts == other.counts && suspicious.missions == other.suspicious.missions
  }

  private static func spans(
    _ reader: JournalReader, _ status: MissionStatus, isSuspicious: Bool = false
  ) throws(JournalError) -> DaySpans {
    var filter = MissionFilter()
    (filter.statuses, filter.isSuspicious) = ([status], isSuspicious)
    var spans = DaySpans()
    try reader.eachDays(filter) { from, to, missions in spans.add(missions, from: from, to: to) }
    return spans
  }
}
