import JSONStream
import MissionCore
import SQLite

/// Appends to the history of missions. Places count from 1 within each mission.
final class EventWriter {
  /// Events that one statement writes at the most.
  private static let mostTogether = 8

  private struct Event {
    let place: Int64
    let at: Timestamp
    let attempt: Int
    let kind: EventKind
    /// In `details`; empty: none.
    let details: Range<Int>
    /// Keys and arguments of its messages, by the names of their details.
    let said: String?
  }

  private let connection: SQLiteConnection
  private let newest: SQLiteStatement
  /// By the number of events that they write.
  private var inserts: [SQLiteStatement] = []
  // Events of one mission that wait to be written.
  private var waiting: [Event] = []
  private var details: [UInt8] = []
  private var mission: Int64 = 0
  private var run: Int64?

  init(_ connection: SQLiteConnection) throws {
    self.connection = connection
    newest = try connection.prepare("SELECT max(seq) FROM events WHERE mission = ?", isPersistent: true)
    for count in 1...Self.mostTogether {
      let rows = (0..<count).map { index in
        let first = 3 + 6 * index
        return
          "(?1, ?\(first), ?\(first + 1), ?2, ?\(first + 2), ?\(first + 3), ?\(first + 4), ?\(first + 5))"
      }
      inserts.append(
        try connection.prepare(
          "INSERT INTO events (mission, seq, at, run, attempt, kind, details, said) VALUES \(rows.joined(separator: ", "))",
          isPersistent: true))
    }
  }

  /// Writes the events behind the place `last` (nil: looks for it) and answers the new last place.
  func append(
    _ events: [JournalEvent], mission: Int64, after last: Int64?, at time: Timestamp, run: Int64?,
    attempt: Int
  ) throws -> Int64? {
    let place = try add(events, mission: mission, after: last, at: time, run: run, attempt: attempt)
    try finish()
    return place
  }

  /// As `append`; at the latest `finish` writes them, together with those of the same mission that follow.
  func add(
    _ events: [JournalEvent], mission: Int64, after last: Int64?, at time: Timestamp, run: Int64?,
    attempt: Int
  ) throws -> Int64? {
    if events.isEmpty { return last }
    if mission != self.mission || run != self.run { try finish() }
    (self.mission, self.run) = (mission, run)
    var place = try last ?? lastPlace(of: mission)
    for event in events {
      if waiting.count == Self.mostTogether { try finish() }
      place += 1
      let start = details.count
      if !event.details.isEmpty { details += Self.json(event.details) }
      waiting.append(
        Event(
          place: place, at: time, attempt: attempt, kind: event.kind, details: start..<details.count,
          said: Self.said(event.details)))
    }
    return place
  }

  func finish() throws {
    guard !waiting.isEmpty else { return }
    let insert = inserts[waiting.count - 1]
    try insert.bind(mission, at: 1)
    try insert.bind(run, at: 2)
    // Bound without a copy: the bytes outlive the run, and the next events bind anew.
    try details.withUnsafeBytes { bytes in
      var index: Int32 = 3
      for event in waiting {
        try insert.bind(event.place, at: index)
        try insert.bind(event.at, at: index + 1)
        try insert.bind(event.attempt, at: index + 2)
        try insert.bind(event.kind.stored, at: index + 3)
        if event.details.isEmpty {
          try insert.bindNull(at: index + 4)
        } else {
          try insert.bind(borrowedText: UnsafeRawBufferPointer(rebasing: bytes[event.details]), at: index + 4)
        }
        try insert.bind(event.said, at: index + 5)
        index += 6
      }
      try insert.run()
    }
    forget()
  }

  /// After a rollback.
  func forget() {
    waiting.removeAll(keepingCapacity: true)
    details.removeAll(keepingCapacity: true)
  }

  /// 0 when it has no events.
  private func lastPlace(of mission: Int64) throws -> Int64 {
    defer { newest.reset() }
    try newest.bind(mission, at: 1)
    return try newest.step() ? newest.integer(0) : 0
  }

  /// Writes one event at a place that the caller knows to be free.
  func write(
    _ event: JournalEvent, mission: Int64, place: Int64, at time: Timestamp, run: Int64?, attempt: Int
  ) throws {
    _ = try append([event], mission: mission, after: place - 1, at: time, run: run, attempt: attempt)
  }

  private static func said(_ details: EventDetails) -> String? {
    let messages = details.compactMap { name, value in
      if case .said(let message) = value { message.stored.map { (name, $0) } } else { nil }
    }
    guard !messages.isEmpty else { return nil }
    var writer = JSONWriter()
    writer.beginObject()
    for (name, message) in messages {
      writer.key(name)
      writer.raw(message)
    }
    writer.endObject()
    return writer.text
  }

  static func json(_ details: EventDetails) -> [UInt8] {
    var writer = JSONWriter(reservingCapacity: 128)
    writer.beginObject()
    for (key, value) in details {
      writer.key(key)
      switch value {
      case .text, .said: writer.value(value.text.map(ForeignWords.plain))
      case .integer(let number): writer.value(number)
      case .seconds(let seconds): writer.value((seconds * 1000).rounded() / 1000)
      case .flag(let flag): writer.value(flag)
      }
    }
    writer.endObject()
    return writer.bytes
  }
}
