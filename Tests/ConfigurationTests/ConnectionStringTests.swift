import Configuration
import Kind
import PostgresDestination
import SQLiteDestination
import Testing

@Suite(.timeLimit(.minutes(5))) struct ConnectionStringTests {
  private func load(_ text: String) throws -> any DatabaseKind {
    var fixture = Fixture(Fixture.minimal.replacing("sqlite:state/ads.sqlite", with: "${URL}"))
    fixture.environment = ["URL": text]
    fixture.path = "/etc/mc/config.yaml"
    return try #require(try fixture.load().storageDB.database)
  }

  @Test("a SQLite path is relative to the configuration")
  func sqlite() throws {
    #expect((try load("sqlite:state/ads.sqlite") as? SQLiteDatabase)?.path == "/etc/mc/state/ads.sqlite")
    #expect((try load("sqlite:/var/ads.sqlite") as? SQLiteDatabase)?.path == "/var/ads.sqlite")
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
        "postgresql:///d?host=/run&password=p%2Fq&x=1", "postgresql:///d?host=/run&password=***&x=***",
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

  @Test(
    "user information with a raw @, /, ? or #, or with a % that is no escape, is refused and nothing of it is shown",
    arguments: [
      "postgresql://me:canary?7f3a@h/d", "postgresql://me:canary@7f3a@h/d", "postgresql://me:canary/7f3a@h/d",
      "postgresql://me:canary#7f3a@h/d", "postgresql://me:canary%7f3a%@h/d",
      "postgresql://me:canary%zz7f3a@h/d",
      "postgresql://me:canary%1@h/d", "postgres://me:1/canary?7f3a=2@h/d",
      "postgresql://me:1?canary-7f3a@h/d",
      "postgresql://canary@7f3a:x@h/d", "postgresql://me:canary/7f3a?x@h/d",
      "postgres://me:12/3?canary7f3a=1@h/d",
      "postgresql://me:canary@@7f3a", "postgresql://me:%00canary7f3a@h",
      "postgresql://me:canary7f3a@h:port/d",
    ])
  func rawUserInformation(_ text: String) throws {
    for place in ["${URL}", text.replacing("$", with: "$$"), "{file: /url}"] {
      var fixture = Fixture(
        Fixture.minimal.replacing(
          "sqlite:state/ads.sqlite", with: place.hasPrefix("{") ? place : "'\(place)'"))
      fixture.environment = ["URL": text]
      fixture.files = ["/url": text]
      #expect(fixture.problems().count == 1, "\(place): \(fixture.problems())")
      #expect(!fixture.printed().has("7f3a") && !fixture.printed().has("canary"), "\(fixture.printed())")
    }
    var fixture = Fixture(Fixture.minimal.replacing("connection_string: sqlite:state/ads.sqlite", with: ""))
    fixture.environment = ["DATABASE_URL": text]
    #expect(fixture.problems().count == 1, "\(fixture.problems())")
    #expect(!fixture.printed().has("7f3a"))
  }

  @Test(
    "what a variable brings into the user information of a URI is percent-encoded, whatever it holds",
    arguments: ["a@b", "a/b?c#d", "100%", "%41", "p:q", "it's me", "x&y=z", "ação", "pl+us", "[::1]"])
  func encodedVariables(_ password: String) throws {
    var fixture = Fixture(
      Fixture.minimal.replacing(
        "sqlite:state/ads.sqlite", with: "'postgresql://${U}:${P}x@h:5432/${D}?sslmode=require'"))
    fixture.environment = ["P": password, "U": password, "D": "ads"]
    let connection = try #require(try fixture.load().storageDB.database)
    #expect(connection.secrets.map { $0.reveal() }.contains(password + "x"))
    let postgres = try #require(connection as? PostgresConnection)
    // What libpq is given says the same in its own form.
    let value = (password + "x").replacing("\\", with: "\\\\").replacing("'", with: "\\'")
    #expect(postgres.text.reveal().has("password='\(value)'"), "\(postgres.text.reveal())")
    #expect(postgres.text.reveal().has("host='h'") && postgres.text.reveal().has("dbname='ads'"))
    #expect(connection.maskedText.hasSuffix(":***@h:5432/ads?sslmode=require"), "\(connection.maskedText)")
    #expect(try !fixture.load().rendered().has(":" + password))
  }

  @Test("a variable may bring user and password together, or parts that are not user information")
  func otherVariables() throws {
    func secrets(_ text: String, _ environment: [String: String]) throws -> [String] {
      var fixture = Fixture(Fixture.minimal.replacing("sqlite:state/ads.sqlite", with: "\"\(text)\""))
      fixture.environment = environment
      return try #require(try fixture.load().storageDB.database).secrets.map { $0.reveal() }
    }
    #expect(try secrets("postgresql://${UP}@h/d", ["UP": "me:s3cret"]).contains("s3cret"))
    #expect(try secrets("postgresql://${H}/d?${Q}", ["H": "h:1", "Q": "user=x&password=pa55"]) == ["pa55"])
    #expect(try secrets("postgresql://h/d?password=${P}&user=x", ["P": "a&b=c"]).contains("a&b=c"))
    #expect(try secrets("host=h password=${P} user=me", ["P": "it's a \\ b=c"]) == ["it's a \\ b=c"])
    #expect(try secrets("host=h password='x${P}' user=me", ["P": "it's"]) == ["xit's"])
    #expect(try secrets("host=h password=${P} user=me", ["P": ""]).isEmpty)
    #expect(try secrets("${ALL}", ["ALL": "host=h password=pa55"]) == ["pa55"])
  }

  @Test(
    "no part of a password is printed when pairs are written so that a part of it looks like another pair")
  func looseParts() throws {
    #expect(try load("host=h password=abc canary=7f3a").maskedText == "host=h password=*** canary=***")
    #expect(
      try load("postgresql://h/d?password=a&canary=7f3a").maskedText
        == "postgresql://h/d?password=***&canary=***")
    #expect(try load("host=h sslpassword=a oauth_client_secret=b").secrets.map { $0.reveal() } == ["a", "b"])
  }

  @Test(
    "libpq is given what was parsed, in one form",
    arguments: [
      ("postgresql://h/d", "host='h' dbname='d'"), ("postgresql://", ""),
      (
        "postgresql://me:p%40s%27@[::1]:5432,h2/d%20b?connect_timeout=5&ssl=true",
        "user='me' password='p@s\\'' host='::1,h2' port='5432,' dbname='d b' connect_timeout='5' sslmode='require'"
      ),
      ("postgresql:///d?host=/run/pg", "dbname='d' host='/run/pg'"),
      ("postgresql://%2Frun%2Fpg/d", "host='/run/pg' dbname='d'"),
      ("host = h password = 'a b'", "host='h' password='a b'"),
    ])
  func canonical(_ text: String, _ conninfo: String) throws {
    let postgres = try #require(try load(text) as? PostgresConnection)
    #expect(postgres.text.reveal() == conninfo)
  }
}
