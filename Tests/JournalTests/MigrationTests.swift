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
