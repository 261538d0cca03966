import DestinationSuite
import Foundation
import MissionCore
import SQLite
import SQLiteDestination
import TestSupport
import Testing

/// Destinations that an earlier version of the program made.
@Suite(.timeLimit(.minutes(5)))
struct OlderDestinationTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path + "/ads.sqlite" }

  private func putFixture() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Fixtures/destination-v1.sql")
    let connection = try SQLiteConnection(path: path, mode: .readWriteCreate)
    try connection.execute(String(contentsOf: file, encoding: .utf8))
    connection.close()
    chmod(path, 0o600)
  }

  private func text(_ sql: String) throws -> String? {
    try SQLiteConnection(path: path, mode: .readOnly).text(sql)
  }

  @Test("a destination of version 1 keeps its rows and gets the ledger's further columns")
  func version1() throws {
    try putFixture()
    let destination = try SQLiteDestination(
      path: path, busyTimeout: .milliseconds(20), statementTimeout: .seconds(60))
    let conformance = DestinationConformance(
      destination: destination, rows: { _, _ in [] }, keepsBytes: true, change: { _ in })
    _ = try conformance.load(#"[{"id":"a"}]"#, DestinationConformance.mission(1))
    destination.close()
    #expect(try text("SELECT max(version) FROM mission_control_schema") == "3")
    #expect(try text("SELECT count(*) FROM missions WHERE parameters = '{}' AND table_name = 'ads'") == "4")
    #expect(try text("SELECT count(*) FROM missions WHERE kept_files = '[]'") == "4")
    #expect(try text("SELECT count(*) FROM ads") == "8")
    #expect(try text("PRAGMA integrity_check") == "ok")
  }

  @Test("the ledger row holds the mission's parameters")
  func parameters() throws {
    let destination = try SQLiteDestination(
      path: path, busyTimeout: .milliseconds(20), statementTimeout: .seconds(60))
    let conformance = DestinationConformance(
      destination: destination, rows: { _, _ in [] }, keepsBytes: true, change: { _ in })
    let values = ParameterValues([ParameterValues.Entry(name: "conta", value: .integer(42))])
    _ = try conformance.load("[]", DestinationConformance.mission(1), values)
    destination.close()
    #expect(try text("SELECT parameters || table_name || kept_files FROM missions") == #"{"conta":42}ads[]"#)
  }
}
