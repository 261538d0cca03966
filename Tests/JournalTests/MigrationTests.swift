import Crypto
import Foundation
import MissionCore
import SQLite
import TestSupport
import Testing

@testable import Journal

@Suite("Journals of earlier versions", .timeLimit(.minutes(5)))
struct MigrationTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path + "/journal.sqlite" }

  /// Puts a journal where this test's own will be opened.
  private func putFixture(_ name: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Fixtures/\(name)")
    let connection = try SQLiteConnection(path: path, mode: .readWriteCreate)
    try connection.execute(String(contentsOf: file, encoding: .utf8))
    connection.close()
    chmod(path, 0o600)
  }

  /// A digest that changes here says that journals in use would no longer be what their version says: write a new
  /// migration instead.
  @Test(
    "a released migration is never changed",
    arguments: [
      (1, "9de0a5d89c5d2ea2a2d5aca4a39352e7774d882cdad4c71879c3c636635f3f0e"),
      (2, "95bca496bd3b008290797de9c408a41520d9a3967928d203333e97beba731e02"),
      (3, "93ff5d6db5e8cd7ed1dc2f23c991e56ec472067837d60f637276a0674bb60958"),
      (4, "18affec668ca87b71e71c5fbebadd9d3be697e7f62a1f28643d2d8e7647b6b68"),
      (5, "70a1c5b114f59fcb6746705c07798320494e0bc4a7218184e2a5a6e18a09dabb"),
    ])
  func frozen(version: Int, digest: String) {
    let sql = Migrations.all[version - 1].sql
    #expect(SHA256.hexDigest(of: Array(sql.utf8)) == digest)
  }

  @Test("a journal of version 1 keeps its missions and events, and gets names, views and an identity")
  func fromVersion1() throws {
    try putFixture("journal-v1.sql")
    let journal = try Journal.open(path: path, busy: .zero)
    let identity = journal.identity
    journal.close()
    #expect(identity.count == 32)
    let reader = try JournalReader(path: path)
    let counts = try reader.counts()
    #expect(counts.done == 3 && counts.cancelled == 1)
    let connection = try SQLiteConnection(path: path, mode: .readOnly)
    #expect(try connection.integer("SELECT count(*) FROM mission_list WHERE status = 'DONE'") == 3)
    #expect(try connection.integer("SELECT count(*) FROM mission_events WHERE event = 'COMPLETED'") == 3)
    #expect(try connection.text("PRAGMA integrity_check") == "ok")
    connection.close()

    let again = try Journal.open(path: path, busy: .zero)
    #expect(again.identity == identity)
    again.close()
  }

  @Test("a journal of version 2 keeps all that it holds, and its missions have no parameters")
  func fromVersion2() throws {
    try putFixture("journal-v2.sql")
    let before = try SQLiteConnection(path: path, mode: .readOnly)
    let identity = try before.text("SELECT id FROM journal_identity")
    before.close()
    let journal = try Journal.open(path: path, busy: .zero)
    #expect(journal.identity == identity)
    journal.close()
    let reader = try JournalReader(path: path)
    let counts = try reader.counts()
    #expect(counts.done == 3 && counts.failed == 1 && counts.cancelled == 1)
    let missions = try reader.missions(MissionFilter(), limit: 10)
    #expect(missions.map(\.parameters.mediaType) == [.video, .video, .all, .image, .video])
    #expect(missions.allSatisfy { $0.parameters.values.isEmpty })
    #expect(missions[3].errorCode == .jobFailed)
    // 2026-11-29: what ended then is counted by quarters of an hour now.
    let day = Timestamp(milliseconds: 20_786 * 86_400_000)
    let ended = try reader.ended(from: day, to: day.later(86_400))
    #expect(ended.done == 3 && ended.failed == 1)
    let backup = try SQLiteConnection(path: path + ".v2.backup", mode: .readOnly)
    #expect(try backup.integer("PRAGMA user_version") == 2)
    #expect(try backup.integer("SELECT count(*) FROM missions") == 5)
    let after = try SQLiteConnection(path: path, mode: .readOnly)
    #expect(try after.integer("SELECT count(*) FROM mission_list WHERE parameters = '{}'") == 5)
    #expect(try after.text("PRAGMA integrity_check") == "ok")
  }

  @Test("parameters, and that there is no media type, are kept and read back")
  func parametersKept() throws {
    let journal = try Journal.open(path: path, busy: .zero)
    let day = CalendarDay("2025-01-02")!
    let values = ParameterValues([
      ParameterValues.Entry(name: "tipo", value: .text("reag")),
      ParameterValues.Entry(name: "conta", value: .integer(42)),
    ])
    let parameters = MissionParameters(
      source: "amplis", dateStart: day, dateEnd: day, mediaType: nil, languages: [], values: values)
    let mission: ImportedMission = (MissionID(high: 1, low: 2), parameters, 0)
    _ = try journal.importMissions([mission], at: start)
    journal.close()
    let reader = try JournalReader(path: path)
    #expect(try reader.mission(mission.id)?.parameters == parameters)
    let connection = try SQLiteConnection(path: path, mode: .readOnly)
    #expect(try connection.text("SELECT parameters FROM mission_list") == #"{"conta":42,"tipo":"reag"}"#)
    #expect(try connection.integer("SELECT media_type IS NULL FROM mission_list") == 1)
  }

  @Test("two journals have two identities")
  func identities() throws {
    let one = try Journal.open(path: path, busy: .zero)
    let other = try Journal.open(path: folder.path + "/other.sqlite", busy: .zero)
    #expect(one.identity != other.identity)
    one.close()
    other.close()
    for suffix in ["", ".lock"] { unlink(folder.path + "/other.sqlite" + suffix) }
  }

  @Test("an event kind that is new to a journal of the same version gets its name at the next opening")
  func newEventKind() throws {
    try Journal.open(path: path, busy: .zero).close()
    let connection = try SQLiteConnection(path: path, mode: .readWrite)
    try connection.execute("DELETE FROM event_kinds WHERE name = 'COMPLETED'; DROP VIEW mission_list")
    connection.close()
    try Journal.open(path: path, busy: .zero).close()
    let after = try SQLiteConnection(path: path, mode: .readOnly)
    #expect(try after.integer("SELECT count(*) FROM event_kinds") == Int64(EventKind.allCases.count))
    #expect(try after.integer("SELECT count(*) FROM mission_list") == 0)
  }

  @Test("an opening that finds all as it should be writes nothing")
  func nothingToWrite() throws {
    try Journal.open(path: path, busy: .zero).close()
    let before = try version()
    try Journal.open(path: path, busy: .zero).close()
    #expect(try version() == before)
  }

  /// Counts changes of the tables and views.
  private func version() throws -> Int64? {
    let connection = try SQLiteConnection(path: path, mode: .readOnly)
    return try connection.integer("PRAGMA schema_version")
  }
}
