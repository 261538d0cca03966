import Configuration
import FolderStore
import HTTPStore
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
        "8:1: storage_folder cannot stand beside storage_s3: exactly one of storage_s3, storage_folder, storage_http"
      ),
      (
        "storage_folder: {path: a}\nstorage_s3: {bucket: b, access_key: a, secret_key: s}\n",
        "7:1: storage_folder cannot stand beside storage_s3: exactly one of storage_s3, storage_folder, storage_http"
      ),
    ])
  func wrong(_ lines: String, _ problem: String) {
    #expect(Fixture(Self.before + lines).problems() == [problem])
  }

  @Test("a file server's headers are masked where they hold a secret, and what is wrong with them is told")
  func aServer() throws {
    var fixture = Fixture(
      Self.before
        + "storage_http:\n  url: https://files.example.com/audit/\n  headers: {Authorization: \"Bearer ${TOKEN}\", "
        + "X-Team: audit, X-Site: 'a-${TOKEN}', X-Own-Key: {file: own}}\n")
    fixture.environment = ["TOKEN": "canary-token-1"]
    fixture.files = ["own": "canary-file-key\n"]
    let configuration = try fixture.load()
    let store = try #require(configuration.store as? HTTPStoreSection)
    #expect(store.url.text == "https://files.example.com/audit")
    #expect(
      store.headers?.map { $0.value.reveal() } == [
        "Bearer canary-token-1", "audit", "a-canary-token-1", "canary-file-key",
      ])
    let text = configuration.rendered()
    #expect(!text.has("canary"))
    #expect(text.has("X-Team: audit"))
    #expect(try Fixture(text).load().rendered() == text)
    let secrets = configuration.secrets.map { $0.reveal() }
    for secret in ["canary-token-1", "Bearer canary-token-1", "canary-file-key"] {
      #expect(secrets.contains(secret))
    }
    let wrong = "storage_http:\n  url: http://files.example.com/?a=b\n  headers: {Host: x, a: ''}\n"
    #expect(
      Fixture(Self.before + wrong).problems() == [
        "8:8: storage_http.url must not hold a query or fragment",
        "9:13: storage_http.headers.Host is a header that is set by itself",
        "9:25: storage_http.headers.a is empty",
      ])
    #expect(
      Fixture(Self.before + "storage_http: {url: http://files.example.com/}\n").problems().first?.has(
        "storage_http.url is plain http") == true)
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
