import JSONStream
import MissionCore
import SQLite

/// Appends to the history of missions. Places count from 1 within each mission.
final class EventWriter {
  private let newest: SQLiteStatement
  private let insert: SQLiteStatement

  init(_ connection: SQLiteConnection) throws {
    newest = try connection.prepare("SELECT max(seq) FROM events WHERE mission = ?", isPersistent: true)
    insert = try connection.prepare(
      "INSERT INTO events (mission, seq, at, run, attempt, kind, details) VALUES (?, ?, ?, ?, ?, ?, ?)",
      isPersistent: true)
  }

  /// Writes the events behind the place `last` (nil: looks for it) and answers the new last place.
  func append(
    _ events: [JournalEvent], mission: Int64, after last: Int64?, at time: Timestamp, run: Int64?,
    attempt: Int
  ) throws -> Int64? {
    if events.isEmpty { return last }
    var place = try last ?? lastPlace(of: mission)
    for event in events {
      place += 1
      try write(event, mission: mission, place: place, at: time, run: run, attempt: attempt)
    }
    return place
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
    try insert.bind(mission, at: 1)
    try insert.bind(place, at: 2)
    try insert.bind(time, at: 3)
    try insert.bind(run, at: 4)
    try insert.bind(attempt, at: 5)
    try insert.bind(event.kind.stored, at: 6)
    guard !event.details.isEmpty else {
      try insert.bindNull(at: 7)
      return try insert.run()
    }
    // Bound without a copy: the bytes outlive the run, and the next event binds anew.
    try Self.json(event.details).withUnsafeBytes { bytes in
      try insert.bind(borrowedText: bytes, at: 7)
      try insert.run()
    }
  }

  static func json(_ details: EventDetails) -> [UInt8] {
    var writer = JSONWriter(reservingCapacity: 128)
    writer.beginObject()
    for (key, value) in details {
      writer.key(key)
      switch value {
      case .text(let text): writer.value(ForeignWords.plain(text))
      case .integer(let number): writer.value(number)
      case .seconds(let seconds): writer.value((seconds * 1000).rounded() / 1000)
      case .flag(let flag): writer.value(flag)
      }
    }
    writer.endObject()
    return writer.bytes
  }
}
