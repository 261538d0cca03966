import DestinationSuite
import Foundation
import MissionCore
import Ports
import SQLite
import SQLiteDestination
import Spool
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SQLiteDestinationTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path + "/state/ads.sqlite" }
  private let mission = DestinationConformance.mission(1)

  private func conformance(busy: Duration = .milliseconds(20), statement: Duration = .seconds(60)) throws
    -> DestinationConformance
  {
    let path = path
    let destination = try SQLiteDestination(path: path, busyTimeout: busy, statementTimeout: statement)
    return DestinationConformance(
      destination: destination, rows: { try Self.rows(path, $0, $1) }, keepsBytes: true,
      change: { try SQLiteConnection(path: path, mode: .readWrite).execute($0) })
  }

  @Test(
    "a file that is replaced or removed under the open destination is noticed: rows go where the path leads")
  func replacedFile() throws {
    let conformance = try conformance()
    let json = #"[{"id":"a"}]"#
    _ = try conformance.load(json, mission)
    for isReplaced in [true, false] {
      #expect(try conformance.inspect([mission])[0] != nil)
      // As an operator puts an older copy in place, one without these rows, or none.
      if isReplaced {
        try SQLiteConnection(path: path + ".older", mode: .readWriteCreate).execute("VACUUM")
        #expect(rename(path + ".older", path) == 0)
      } else {
        #expect(unlink(path) == 0)
      }
      #expect(try conformance.inspect([mission])[0] == nil)
      _ = try conformance.load(json, mission)
      #expect(try Self.rows(path, mission).map(\.id) == ["a"])
      #expect(try outside().text("PRAGMA integrity_check") == "ok")
    }
  }

  private static func rows(
    _ path: String, _ mission: MissionID, _ table: TableName = .ads
  ) throws -> [DestinationConformance.Row] {
    let connection = try SQLiteConnection(path: path, mode: .readOnly)
    let statement = try connection.prepare(
      "SELECT \(table.idColumn), position, data FROM \"\(table)\" WHERE mission_id = ? ORDER BY position")
    try statement.bind(mission.description, at: 1)
    var rows: [DestinationConformance.Row] = []
    while try statement.step() {
      rows.append(.init(id: statement.text(0)!, position: statement.int(1), data: statement.text(2)!))
    }
    return rows
  }

  /// A connection beside the destination's own, as another program would have it.
  private func outside() throws -> SQLiteConnection {
    try SQLiteConnection(path: path, mode: .readWriteCreate)
  }

  private func error(_ answer: Result<LoadOutcome, DestinationError>) -> DestinationError? {
    guard case .failure(let error) = answer else { return nil }
    return error
  }

  @Test("it keeps the rules of every destination")
  func conforms() throws {
    let conformance = try conformance()
    try conformance.runAll()
    conformance.destination.close()
  }

  @Test("file and folder are ours alone, and the ledger row tells what was loaded")
  func ledger() throws {
    let conformance = try conformance()
    _ = try conformance.load(#"[{"id":"a"},{"id":"a"}]"#, mission)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(stat(folder.path + "/state", &status) == 0 && status.st_mode & 0o777 == 0o700)
    let connection = try outside()
    let columns = [
      "mission_id", "source", "date_start", "date_end", "media_type", "languages", "ads_count", "rows_count",
      "run_id",
      "loaded_at",
    ]
    let row = try connection.text("SELECT \(columns.joined(separator: " || '|' || ")) FROM missions")
    #expect(row == "\(mission)|default|2024-10-04|2024-10-05|video|eng,pt|2|1|run-1|2025-06-15T15:06:40.000Z")
    #expect(try connection.text("PRAGMA journal_mode") == "wal")
    #expect(try connection.text("PRAGMA integrity_check") == "ok")
    conformance.destination.close()
  }

  @Test("what was loaded is there after the destination was closed and opened again")
  func reopened() throws {
    let first = try conformance()
    _ = try first.load(#"[{"id":"a"}]"#, mission)
    first.destination.close()
    let second = try conformance()
    #expect(try second.load(#"[{"id":"a"}]"#, mission).wasLoadedBefore)
    second.destination.close()
  }

  @Test("a file locked by another program is an error to try again, and loads once it is free")
  func locked() throws {
    let conformance = try conformance()
    _ = try conformance.load("[]", mission)
    let other = try outside()
    try other.execute("BEGIN IMMEDIATE")
    let error = error(conformance.answer(#"[{"id":"a"}]"#, mission))
    #expect(error?.code == .destinationOther)
    #expect(error?.severity == .transient())
    #expect(error?.severity != .fatal)
    try other.execute("ROLLBACK")
    #expect(try conformance.load(#"[{"id":"a"}]"#, mission).rows == 1)
    conformance.destination.close()
  }

  @Test(
    "tables that Mission Control did not create are refused and not touched", arguments: ["missions", "ADS"])
  func foreignTables(name: String) throws {
    mkdir(folder.path + "/state", 0o700)
    let other = try outside()
    try other.execute("CREATE TABLE \(name) (x)")
    let conformance = try conformance()
    let error = error(conformance.answer("[]", mission))
    #expect(error?.code == .destinationDoesNotFit)
    #expect(error?.message.plain.contains(name.lowercased()) == true)
    #expect(try other.integer("SELECT count(*) FROM sqlite_schema") == 1)
    conformance.destination.close()
  }

  @Test(
    "a table of a source's name that Mission Control did not create is refused and not touched, and others load",
    arguments: [
      "TABLE documents (x)", "VIEW Documents AS SELECT 1 AS x", "INDEX documents ON ads (position)",
    ])
  func foreignRecordTables(relation: String) throws {
    let conformance = try conformance()
    _ = try conformance.load("[]", mission)
    try outside().execute("CREATE \(relation)")
    let other = DestinationConformance.mission(2)
    let documents = TableName("documents")!
    let count = "SELECT count(*) FROM sqlite_schema"
    let before = try outside().integer(count)
    let error = error(conformance.answer(#"[{"id":"a"}]"#, mission, in: documents))
    #expect(error?.code == .destinationDoesNotFit)
    #expect(error?.message.plain.contains("documents was not created by Mission Control") == true)
    #expect(try outside().integer(count) == before)
    #expect(try conformance.load(#"[{"id":"a"}]"#, other).rows == 1)
    // Nor is it touched when somebody has written its name into the ledger.
    try outside().execute("UPDATE missions SET table_name = 'documents' WHERE mission_id = '\(other)'")
    #expect(self.error(conformance.answer("[]", other))?.code == .destinationDoesNotFit)
    try outside().execute("UPDATE missions SET table_name = 'sqlite_schema' WHERE mission_id = '\(other)'")
    #expect(self.error(conformance.answer("[]", other))?.code == .destinationDoesNotFit)
    conformance.destination.close()
  }

  @Test("a table of records that was altered is refused, naming the column, and so is one of a newer version")
  func alteredRecordTable() throws {
    let documents = TableName("documents")!
    func load(after sql: String?) throws -> DestinationError? {
      if let sql { try outside().execute(sql) }
      let conformance = try conformance()
      defer { conformance.destination.close() }
      return error(conformance.answer(#"[{"id":"a"}]"#, mission, in: documents))
    }
    #expect(try load(after: nil) == nil)
    let altered = try load(after: "ALTER TABLE documents RENAME COLUMN data TO body")
    #expect(altered?.message.plain.contains("documents.data") == true)
    let renamed = "ALTER TABLE documents RENAME COLUMN body TO data; DELETE FROM missions"
    #expect(try load(after: renamed) == nil)
    let newer = try load(after: "UPDATE mission_control_tables SET version = 2 WHERE name = 'documents'")
    #expect(newer?.message.plain.contains("version 2") == true)
    #expect(try Self.rows(path, mission, documents).count == 1)
  }

  @Test(
    "loads into several tables that wait together are written together, and a foreign one fails its own alone"
  )
  func groupOfTables() throws {
    let conformance = try conformance()
    _ = try conformance.load("[]", mission)
    try outside().execute("CREATE TABLE foreign_table (x)")
    let names = ["ads", "documents", "foreign_table"].map { TableName($0)! }
    let replies = (0..<30).map { _ in Reply<Result<LoadOutcome, DestinationError>>() }
    for (index, reply) in replies.enumerated() {
      let request = DestinationConformance.request(
        #"[{"id":"a"}]"#, DestinationConformance.mission(UInt64(10 + index)),
        table: RecordTable(name: names[index % 3]))
      conformance.destination.load(request) { reply.give($0) }
    }
    for (index, reply) in replies.enumerated() {
      #expect((error(reply.wait())?.code == .destinationDoesNotFit) == (index % 3 == 2))
    }
    #expect(try outside().integer("SELECT count(*) FROM ads") == 10)
    #expect(try outside().integer("SELECT count(*) FROM documents") == 10)
    conformance.destination.close()
  }

  @Test("tables of a newer version are refused and not touched")
  func newerVersion() throws {
    let first = try conformance()
    _ = try first.load("[]", mission)
    first.destination.close()
    try outside().execute("INSERT INTO mission_control_schema VALUES (4)")
    let second = try conformance()
    let error = error(second.answer(#"[{"id":"a"}]"#, mission))
    #expect(error?.code == .destinationDoesNotFit)
    #expect(error?.message.plain.contains("version 4") == true)
    #expect(try Self.rows(path, mission).isEmpty)
    second.destination.close()
  }

  @Test(
    "tables that were altered are refused, naming the column",
    arguments: [
      ("ALTER TABLE ads RENAME COLUMN data TO body", "ads.data"),
      ("ALTER TABLE missions DROP COLUMN run_id", "missions.run_id"), ("DROP TABLE ads", "ads.mission_id"),
    ])
  func altered(sql: String, column: String) throws {
    let first = try conformance()
    _ = try first.load("[]", mission)
    first.destination.close()
    try outside().execute(sql)
    let second = try conformance()
    let error = error(second.answer("[]", DestinationConformance.mission(2)))
    #expect(error?.code == .destinationDoesNotFit)
    #expect(error?.message.plain.contains(column) == true)
    second.destination.close()
  }

  @Test("a table altered while it is in use fails the load and leaves nothing of it")
  func alteredInUse() throws {
    let conformance = try conformance()
    _ = try conformance.load(#"[{"id":"old"}]"#, mission)
    try outside().execute(
      "CREATE TRIGGER stop BEFORE INSERT ON ads WHEN NEW.position = 2 BEGIN SELECT raise(ABORT, 'not this one'); END"
    )
    let other = DestinationConformance.mission(2)
    let failed = error(conformance.answer(#"[{"id":"a"},{"id":"b"},{"id":"c"}]"#, mission))
    #expect(failed?.code == .destinationDoesNotFit)
    #expect(failed?.message.plain.contains("position 2") == true)
    #expect(try conformance.rows(mission).map(\.id) == ["old"])
    #expect(try conformance.load(#"[{"id":"a"}]"#, other).rows == 1)
    conformance.destination.close()
  }

  @Test("one load's failure in a group leaves the others whole")
  func groupWithAFailure() throws {
    let conformance = try conformance()
    _ = try conformance.load("[]", mission)
    try outside().execute(
      "CREATE TRIGGER stop BEFORE INSERT ON ads WHEN NEW.ad_id = 'bad' BEGIN SELECT raise(ABORT, 'bad'); END")
    let missions = (10..<60).map { DestinationConformance.mission($0) }
    let replies = missions.map { _ in Reply<Result<LoadOutcome, DestinationError>>() }
    for (index, mission) in missions.enumerated() {
      let json = index % 5 == 0 ? #"[{"id":"good"},{"id":"bad"}]"# : #"[{"id":"good"}]"#
      conformance.destination.load(DestinationConformance.request(json, mission)) { replies[index].give($0) }
    }
    for (index, mission) in missions.enumerated() {
      let isBad = index % 5 == 0
      #expect((error(replies[index].wait())?.code == .destinationDoesNotFit) == isBad)
      #expect(try conformance.rows(mission).count == (isBad ? 0 : 1))
      #expect(try conformance.inspect([mission]).map { $0?.ledger?.rowsCount } == [isBad ? nil : 1])
    }
    conformance.destination.close()
  }

  @Test(
    "what was answered beside a load that failed is there after a crash, also when pages were written early")
  func crashAfterAFailure() throws {
    let conformance = try conformance()
    _ = try conformance.load("[]", mission)
    try outside().execute(
      "CREATE TRIGGER stop BEFORE INSERT ON ads WHEN NEW.ad_id = 'bad' BEGIN SELECT raise(ABORT, 'bad'); END")
    let text = String(repeating: "x", count: 1000)
    // More than the cache holds.
    let large = (0..<8000).map { #"{"id":\#($0),"t":"\#(text)"}"# }.joined(separator: ",")
    let results = [
      #"[{"id":"first"}]"#, "[\(large)]", "[\(large),{\"id\":\"bad\"}]", #"[{"id":"good"}]"#,
      #"[{"id":"good"}]"#,
    ]
    let replies = results.map { _ in Reply<Result<LoadOutcome, DestinationError>>() }
    for (index, result) in results.enumerated() {
      let request = DestinationConformance.request(result, DestinationConformance.mission(UInt64(10 + index)))
      conformance.destination.load(request) { replies[index].give($0) }
    }
    let rows = replies.map { (try? $0.wait().get().rows) ?? 0 }
    #expect(rows == [1, 8000, 0, 1, 1])
    // What a machine that stops now leaves: the file and its log, without the shared memory beside them.
    let crashed = TemporaryFolder()
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: path + suffix, toPath: "\(crashed.path)/ads.sqlite\(suffix)")
    }
    let left = try SQLiteConnection(path: "\(crashed.path)/ads.sqlite", mode: .readWrite)
    #expect(try left.integer("SELECT count(*) FROM ads") == 8003)
    #expect(try left.integer("SELECT count(*) FROM missions") == 5)
    #expect(try left.text("PRAGMA integrity_check") == "ok")
    left.close()
    conformance.destination.close()
  }

  @Test("a load that takes longer than a statement may is rolled back")
  func deadline() throws {
    let conformance = try conformance(statement: .zero)
    let error = error(conformance.answer(#"[{"id":"a"}]"#, mission))
    #expect(error?.code == .destinationTimedOut)
    #expect(try conformance.rows(mission).isEmpty)
    conformance.destination.close()
  }

  @Test("no space for the file is an error to retry, and nothing of the load is left")
  func full() throws {
    // SQLite is told that 40 pages are all there is.
    let first = try conformance()
    _ = try first.load("[]", mission)
    first.destination.close()
    let destination = try SQLiteDestination(
      path: path, busyTimeout: .zero, statementTimeout: .seconds(60), largestPageCount: 40)
    let conformance = DestinationConformance(
      destination: destination, rows: { [path] in try Self.rows(path, $0, $1) }, keepsBytes: true,
      change: { _ in })
    let text = String(repeating: "x", count: 1000)
    let big = "[" + (0..<2000).map { #"{"id":\#($0),"t":"\#(text)"}"# }.joined(separator: ",") + "]"
    let error = error(conformance.answer(big, DestinationConformance.mission(2)))
    #expect(error?.code == .destinationOther)
    #expect(error?.severity.isTransient == false)
    #expect(try conformance.rows(DestinationConformance.mission(2)).isEmpty)
    #expect(try conformance.load(#"[{"id":"small"}]"#, DestinationConformance.mission(3)).rows == 1)
    conformance.destination.close()
  }

  @Test("a damaged file is refused and not touched")
  func damaged() throws {
    mkdir(folder.path + "/state", 0o700)
    let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
    let text = String(repeating: "this is no database ", count: 500)
    #expect(write(descriptor, text, text.utf8.count) == text.utf8.count)
    close(descriptor)
    let conformance = try conformance()
    #expect(error(conformance.answer("[]", mission))?.code == .destinationDoesNotFit)
    conformance.destination.close()
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_size == text.utf8.count)
  }

  @Test("a path that is a link or a folder is refused for the whole run")
  func unsafePaths() throws {
    mkdir(folder.path + "/state", 0o700)
    #expect(symlink(folder.path + "/elsewhere.sqlite", path) == 0)
    let link = try conformance()
    let refused = error(link.answer("[]", mission))
    #expect(refused?.code == .destinationRefused)
    #expect(refused?.severity == .fatal)
    link.destination.close()
    #expect(access(folder.path + "/elsewhere.sqlite", F_OK) != 0)
    unlink(path)
    mkdir(path, 0o700)
    let directory = try conformance()
    #expect(error(directory.answer("[]", mission))?.code == .destinationRefused)
    // Once the fault is gone the same destination works.
    rmdir(path)
    #expect(try directory.load("[]", mission).rows == 0)
    directory.destination.close()
  }

  @Test("what waits is answered before it closes")
  func closing() throws {
    let conformance = try conformance()
    let replies = (0..<50).map { _ in Reply<Result<LoadOutcome, DestinationError>>() }
    for (index, reply) in replies.enumerated() {
      let request = DestinationConformance.request(
        #"[{"id":"a"}]"#, DestinationConformance.mission(UInt64(index)))
      conformance.destination.load(request) { reply.give($0) }
    }
    conformance.destination.close()
    for reply in replies { #expect(try reply.wait().get().rows == 1) }
  }
}
