import JSONStream
import MissionCore
import SQLite

/// Appends to the history of missions. Places count from 1 within each mission.
final class EventWriter {
  private let lastPlace: SQLiteStatement
  private let insert: SQLiteStatement

  init(_ connection: SQLiteConnection) throws {
    lastPlace = try connection.prepare("SELECT max(seq) FROM events WHERE mission = ?", isPersistent: true)
    insert = try connection.prepare(
      "INSERT INTO events (mission, seq, at, run, attempt, kind, details) VALUES (?, ?, ?, ?, ?, ?, ?)",
      isPersistent: true)
  }

  func append(
    _ events: [JournalEvent], mission: Int64, at time: Timestamp, run: Int64?, attempt: Int
  ) throws {
    if events.isEmpty { return }
    try lastPlace.bind(mission, at: 1)
    var place: Int64 = 0
    if try lastPlace.step() { place = lastPlace.integer(0) }
    lastPlace.reset()
    for event in events {
      place += 1
      try write(event, mission: mission, place: place, at: time, run: run, attempt: attempt)
    }
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
      case .text(let text): writer.value(text)
      case .integer(let number): writer.value(number)
      case .seconds(let seconds): writer.value((seconds * 1000).rounded() / 1000)
      case .flag(let flag): writer.value(flag)
      }
    }
    writer.endObject()
    return writer.bytes
  }
}
