import Configuration
import FolderStore
import Testing

@Suite("Exactly one store is configured", .timeLimit(.minutes(5)))
struct StoreChoiceTests {
  private static let before = """
    workers:
      - name: worker-1
        url: https://worker1.example.com
        api_key: key-of-worker-1
    storage_db:
      connection_string: sqlite:state/ads.sqlite

    """

  private func folder(_ lines: String, path: String = "config.yaml") throws -> FolderSection? {
    var fixture = Fixture(Self.before + lines)
    fixture.path = path
    // A store of S3 that variables could fill is not meant when another one is written.
    fixture.environment = ["S3_BUCKET": "b", "S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "s"]
    return try fixture.load().store as? FolderSection
  }

  @Test("a folder is relative to the configuration, and keys begin with scrapes unless it says otherwise")
  func aFolder() throws {
    let store = try folder("storage_folder: {path: audit}\n", path: "/etc/mc/config.yaml")
    #expect(store?.path == "/etc/mc/audit")
    #expect(store?.prefix == "scrapes")
    #expect(try folder("storage_folder: {path: /var/audit, prefix: ''}\n")?.prefix == "")
  }

  @Test(
    "what is wrong with the stores is told with its place",
    arguments: [
      ("storage_folder:\n  prefix: x\n", "8:3: storage_folder.path is missing"),
      ("storage_folder: {path: ''}\n", "7:24: storage_folder.path is empty"),
      (
        "storage_folder: {path: a, prefix: ../x}\n",
        "7:35: storage_folder.prefix must not have an empty part, `.` or `..` between its slashes, nor a slash at its ends, got ../x"
      ),
      (
        "storage_folder: {path: a, prefix: /x}\n",
        "7:35: storage_folder.prefix must not have an empty part, `.` or `..` between its slashes, nor a slash at its ends, got /x"
      ),
      (
        "storage_folder: {path: a, bucket: b}\n",
        "7:27: unknown key storage_folder.bucket; it belongs to storage_s3"
      ),
      (
        "storage_s3: {bucket: b, access_key: a, secret_key: s}\nstorage_folder: {path: a}\n",
        "8:1: storage_folder cannot stand beside storage_s3: exactly one of storage_s3, storage_folder"
      ),
      (
        "storage_folder: {path: a}\nstorage_s3: {bucket: b, access_key: a, secret_key: s}\n",
        "7:1: storage_folder cannot stand beside storage_s3: exactly one of storage_s3, storage_folder"
      ),
    ])
  func wrong(_ lines: String, _ problem: String) {
    #expect(Fixture(Self.before + lines).problems() == [problem])
  }

  @Test("the configuration as it takes effect names the store that is used and no other, and reads back")
  func rendered() throws {
    let text = try Fixture(Self.before + "storage_folder: {path: audit}\n").load().rendered()
    #expect(text.has("storage_folder:\n  path: audit\n  prefix: scrapes\n"))
    #expect(!text.has("storage_s3"))
    #expect(try Fixture(text).load().rendered() == text)
  }

  @Test("the schema refuses two stores at once")
  func schema() {
    let schema = Configuration.jsonSchema()
    #expect(schema.has("\"storage_folder\": {"))
    #expect(schema.has("\"not\": {"))
  }
}
