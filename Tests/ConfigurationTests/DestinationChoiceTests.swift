import Configuration
import Foundation
import HTTPStore
import Testing
import WriterDestination

@Suite("Exactly one destination is configured", .timeLimit(.minutes(5)))
struct DestinationChoiceTests {
  private static let before = """
    workers:
      - name: worker-1
        url: https://worker1.example.com
        api_key: key-of-worker-1
    storage_folder: {path: audit}

    """

  private func fixture(_ lines: String) -> Fixture {
    var fixture = Fixture(Self.before + lines)
    // A database that a variable could name is not meant when a writer is written.
    fixture.environment = ["DATABASE_URL": "sqlite:from-env.sqlite", "WRITER_KEY": "canary-writer-key"]
    return fixture
  }

  private static let writer =
    "storage_writer: {url: https://writer.example.com/v1/, headers: {X-API-Key: '${WRITER_KEY}'}}\n"

  @Test("a writer is read instead of a database, with its secrets masked, and reads back")
  func aWriter() throws {
    let configuration = try fixture(Self.writer).load()
    let writer = try #require(configuration.otherDestination as? WriterSection)
    #expect(writer.url.text == "https://writer.example.com/v1")
    #expect(writer.headers?.map { $0.value.reveal() } == ["canary-writer-key"])
    #expect(configuration.storageDB.database == nil)
    #expect(configuration.secrets.map { $0.reveal() }.contains("canary-writer-key"))
    let text = configuration.rendered()
    #expect(text.has("storage_writer:\n  url: https://writer.example.com/v1\n"))
    #expect(!text.has("storage_db"))
    #expect(!text.has("canary"))
    #expect(try Fixture(text).load().rendered() == text)
  }

  @Test("without either the database of the environment is meant")
  func neither() throws {
    let configuration = try fixture("").load()
    #expect(configuration.storageDB.database?.maskedText == "sqlite:from-env.sqlite")
    #expect(configuration.otherDestination == nil)
    #expect(configuration.rendered().has("storage_db:\n"))
  }

  @Test(
    "what is wrong with the destinations is told with its place",
    arguments: [
      (
        "storage_db: {connection_string: 'sqlite:a'}\nstorage_writer: {url: https://w.example.com}\n",
        "7:1: storage_writer cannot stand beside storage_db: exactly one of storage_db, storage_writer"
      ),
      (
        "storage_writer: {url: https://w.example.com}\nstorage_db: {connection_string: 'sqlite:a'}\n",
        "6:1: storage_writer cannot stand beside storage_db: exactly one of storage_db, storage_writer"
      ),
      ("storage_writer: {headers: {a: b}}\n", "6:17: storage_writer.url is missing"),
      ("storage_writer: {url: 'ftp://x'}\n", "6:23: storage_writer.url must be an http:// or https:// URL"),
      (
        "storage_writer: {url: https://w.example.com, headers: {Host: x}}\n",
        "6:56: storage_writer.headers.Host is a header that is set by itself"
      ),
      (
        "storage_writer: {url: https://w.example.com, schema: x}\n",
        "6:46: unknown key storage_writer.schema; it belongs to storage_db"
      ),
    ])
  func wrong(_ lines: String, _ problem: String) { #expect(fixture(lines).problems() == [problem]) }

  @Test("the example with a writer and a file server is read")
  func example() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../examples/file-server.yaml").standardizedFileURL.path
    let configuration = try Configuration.load(
      path: path,
      environment: ["WORKER_1_API_KEY": "k", "WRITER_KEY": "canary-writer", "FILES_TOKEN": "canary-files"])
    #expect(configuration.otherDestination is WriterSection)
    #expect(configuration.store is HTTPStoreSection)
    #expect(!configuration.rendered().contains("canary"))
  }

  @Test("a variable of a header that is not set is told before anything is sent")
  func unset() {
    var fixture = fixture(Self.writer)
    fixture.environment["WRITER_KEY"] = nil
    #expect(
      fixture.problems().first?.has("the environment variable WRITER_KEY is not set") == true)
  }

  @Test("the schema refuses a database and a writer at once")
  func schema() {
    #expect(Configuration.jsonSchema().has("\"storage_writer\": {"))
    #expect(Configuration.jsonSchema().has("\"storage_db\",\n"))
  }
}
