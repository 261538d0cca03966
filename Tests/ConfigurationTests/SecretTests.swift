import Configuration
import KeyTable
import MissionCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct SecretTests {
  private static func worker(_ key: String) -> Fixture {
    Fixture(Fixture.minimal.replacing("key-of-worker-1", with: key))
  }

  @Test(
    "a secret file gives its text without one newline at the end",
    arguments: [("k-1", "k-1"), ("k-1\n", "k-1"), ("k-1\r\n", "k-1"), (" k 1 ", " k 1 ")])
  func secretFile(_ content: String, _ key: String) throws {
    var fixture = Self.worker("{file: /run/key}")
    fixture.files = ["/run/key": content]
    #expect(try fixture.load().workers[0].apiKey.reveal() == key)
  }

  @Test("a relative secret file is looked up among the credentials, then beside the configuration")
  func relativeSecretFile() throws {
    var fixture = Self.worker("{file: keys/w}")
    fixture.path = "/etc/mc/config.yaml"
    fixture.files = ["/etc/mc/keys/w": "beside"]
    #expect(try fixture.load().workers[0].apiKey.reveal() == "beside")
    fixture.environment = ["CREDENTIALS_DIRECTORY": "/run/credentials/mc"]
    #expect(try fixture.load().workers[0].apiKey.reveal() == "beside")
    fixture.files["/run/credentials/mc/keys/w"] = "credential"
    #expect(try fixture.load().workers[0].apiKey.reveal() == "credential")
  }

  @Test("the path of a secret file may have variables")
  func secretFileVariable() throws {
    var fixture = Self.worker("{file: \"${DIR}/w\"}")
    fixture.environment = ["DIR": "/d"]
    fixture.files = ["/d/w": "key-d"]
    #expect(try fixture.load().workers[0].apiKey.reveal() == "key-d")
  }

  @Test(
    "a secret file that cannot serve is named",
    arguments: [
      ("{file: /none}", "4:21: workers[0].api_key.file: /none does not exist"),
      ("{file: none}", "4:21: workers[0].api_key.file: none does not exist"),
      ("{file: /empty}", "4:21: workers[0].api_key.file: /empty must hold one line of UTF-8 text, not empty"),
      (
        "{file: /newline}",
        "4:21: workers[0].api_key.file: /newline must hold one line of UTF-8 text, not empty"
      ),
      ("{file: /two}", "4:21: workers[0].api_key.file: /two must hold one line of UTF-8 text, not empty"),
      ("{file: /large}", "4:21: workers[0].api_key.file: /large is larger than 65536 bytes"),
      ("{path: /x}", "4:15: unknown key workers[0].api_key.path; only file is known here"),
      ("{}", "4:14: workers[0].api_key must be a text or {file: PATH}"),
      ("[a]", "4:14: workers[0].api_key must be a text or {file: PATH}, got a list"),
      ("{file: [a]}", "4:21: workers[0].api_key.file must be a path, got a list"),
    ])
  func badSecretFile(_ value: String, _ problem: String) {
    var fixture = Self.worker(value)
    fixture.files = [
      "/empty": "", "/newline": "\n", "/two": "a\nb\n", "/large": String(repeating: "x", count: 65_537),
    ]
    #expect(fixture.problems() == [problem])
  }

  @Test("a required secret that is empty is an error that names the variable")
  func emptyRequired() {
    var fixture = Self.worker("${KEY:-}")
    #expect(fixture.problems() == ["4:14: workers[0].api_key is empty: set KEY"])
    fixture = Self.worker("${KEY}")
    fixture.environment = ["KEY": ""]
    #expect(fixture.problems() == ["4:14: workers[0].api_key is empty: set KEY"])
    #expect(Self.worker("''").problems() == ["4:14: workers[0].api_key is empty"])
    #expect(Self.worker("").problems() == ["4:5: workers[0].api_key is missing"])
  }

  @Test("an optional secret may be empty by its default, not by a variable that was meant to be set")
  func emptyOptional() throws {
    var fixture = Fixture(adding: "proxies: [{server: 'p:1', password: \"${P}\"}]")
    fixture.environment = ["P": ""]
    #expect(fixture.problems() == ["1:37: proxies[0].password is empty: set P"])
    fixture = Fixture(adding: "proxies: [{server: 'p:1', password: \"${P:-}\"}]")
    #expect(fixture.problems() == [])
  }

  @Test("a secret with a line end inside is refused without showing it")
  func controlCharacters() {
    var fixture = Self.worker("${KEY}")
    fixture.environment = ["KEY": "abcd\nX-Evil: 1"]
    #expect(
      fixture.problems() == [
        "4:14: workers[0].api_key must not hold line ends or control characters (look at KEY)"
      ])
  }

  @Test(
    "secrets never reach what is printed about a wrong file",
    arguments: [
      "api_key: canary-7f3a\n    bad_key: 1", "api_kye: canary-7f3a",
      "api_key: canary-7f3a\n    api_key: canary-7f3a",
      "api_key: [canary-7f3a]", "api_key: {fiel: canary-7f3a}", "api_key: &a canary-7f3a",
      "api_key: !t canary-7f3a",
      "api_key: \"canary-7f3a", "api_key: x: canary-7f3a", "api_key: >-\n     canary-7f3a\n    \tb: 1",
      "api_key: [\n      canary-7f3a: canary-7f3a ]", "api_key:\n      - canary-7f3a",
      "api_key: 'canary-7f3a' x",
      "{api_key: canary-7f3a, bad: canary-7f3a}", "capacity: 0 # canary-7f3a",
      "url2: https://me:canary-7f3a@host/", "api_key: k # canary-7f3a\n    ?: canary-7f3a",
      "api_key: ${NONE:-canary-7f3a}${MISSING}",
      "api_key: k\n    secrets:\n      - x: canary-7f3a\n        x: 1",
      "api_key: ${SECRET}\n    capacity: ${SECRET}", "api_key: |\n      canary-7f3a\0",
    ])
  func canaries(_ lines: String) {
    var fixture = Fixture(
      Fixture.minimal.replacing("api_key: key-of-worker-1", with: lines).replacing(
        "my-bucket", with: "'bad bucket'"))
    fixture.environment = ["SECRET": "canary-7f3a"]
    #expect(!fixture.printed().isEmpty)
    #expect(!fixture.printed().has("7f3a"), "\(fixture.printed())")
  }

  @Test(
    "users and tokens in URLs never reach what is printed",
    arguments: [
      "url: https://me:canary-7f3a@host/", "url: https://host/?token=canary-7f3a",
      "url: ftp://me:canary-7f3a@host",
      "url: https://canary-7f3a@host", "url: \"https://h/#canary 7f3a\"",
    ])
  func urlCanaries(_ line: String) {
    let fixture = Fixture(Fixture.minimal.replacing("url: https://worker1.example.com", with: line))
    #expect(fixture.problems().count == 1)
    #expect(line.has("#") || !fixture.printed().has("7f3a"), "\(fixture.printed())")
  }

  @Test(
    "passwords in connection strings and proxies never reach what is printed",
    arguments: [
      "storage_db: {connection_string: 'mysql://me:canary-7f3a@h/d'}",
      "storage_db: {connection_string: 'postgresql://me:canary/7f3a@h/d'}",
      "storage_db: {connection_string: \"host=h password='canary-7f3a\"}",
      "proxies: [{server: 'me:canary-7f3a@p:1'}]", "proxies: [{server: 'http://me:canary-7f3a@p:1'}]",
    ])
  func connectionCanaries(_ line: String) {
    let base = Fixture.minimal.replacing(
      "storage_db:\n  connection_string: sqlite:state/ads.sqlite\n", with: "")
    let fixture = Fixture(
      base + line + (line.hasPrefix("proxies") ? "\nstorage_db: {connection_string: 'sqlite:x'}" : "") + "\n")
    #expect(fixture.problems().count == 1, "\(fixture.problems())")
    #expect(!fixture.printed().has("7f3a"), "\(fixture.printed())")
  }

  @Test("values of variables that are wrong are not shown")
  func environmentCanaries() {
    var fixture = Fixture("workers: [{name: w, url: 'https://w', api_key: kkkk, capacity: \"${N}\"}]\n")
    fixture.environment = [
      "N": "canary-7f3a", "DATABASE_URL": "canary-7f3a", "S3_ENDPOINT": "canary-7f3a",
      "S3_BUCKET": "canary 7f3a",
      "S3_ACCESS_KEY": "canary\n7f3a", "S3_SECRET_KEY": "canary\n7f3a",
    ]
    #expect(
      fixture.problems() == [
        "1:64: workers[0].capacity must be a whole number of 1...10000, not the value of N",
        "storage_db.connection_string must be sqlite:PATH, postgresql://… or key=value pairs of libpq, not the value of DATABASE_URL",
        "storage_s3.endpoint must be an http:// or https:// URL, not the value of S3_ENDPOINT",
        "storage_s3.bucket must be letters, digits, `.`, `_` and `-`, with a letter or digit first, not the value of S3_BUCKET",
        "storage_s3.access_key must not hold line ends or control characters, not the value of S3_ACCESS_KEY",
        "storage_s3.secret_key must not hold line ends or control characters, not the value of S3_SECRET_KEY",
      ])
    #expect(!fixture.printed().has("7f3a"))
  }

  @Test(
    "a URL with a raw @ in it is refused: what stands before it may be a user and a password",
    arguments: [
      "url: https://me:12/canary7f3a@host/", "url: https://me:12?canary7f3a@host/",
      "url: https://h/x@canary-7f3a",
    ])
  func hiddenUsers(_ line: String) {
    for text in [
      Fixture.minimal.replacing("url: https://worker1.example.com", with: line),
      Fixture.minimal + "  " + line.replacing("url:", with: "endpoint:") + "\n",
      "execution: {" + line.replacing("url:", with: "proxy_check_url:") + "}\n" + Fixture.minimal,
    ] {
      let fixture = Fixture(text)
      #expect(fixture.problems().count == 1, "\(fixture.problems())")
      #expect(!fixture.printed().has("12/") && !fixture.printed().has("canary7f3a"), "\(fixture.printed())")
    }
  }

  /// A configuration with a canary at every key that the table calls secret.
  private static let everySecret = """
    execution: {proxy_check_url: "https://c.example.com/?token=canary-query"}
    workers:
      - {name: w1, url: "https://w1.example.com", api_key: canary-api_key}
      - {name: w2, url: "https://w2.example.com", api_key: canary-idle, active: false}
    proxies:
      - {server: "p.example.com:8080", username: me, password: canary-password}
    storage_db: {connection_string: "postgresql://me:canary-connection_string@db/ads"}
    storage_s3: {bucket: b, access_key: canary-access_key, secret_key: canary-secret_key, session_token: canary-session_token}
    notify:
      webhook: {secret_url: "https://hooks.example.com/canary-secret_url"}
      ping: {secret_url: "https://hc.example.com/canary-ping"}
      email: {server: "mail.example.com:587", username: me, password: canary-mail, from: a@example.com, to: [b@example.com]}
    """

  @Test("what the table calls a secret is masked, without a list beside the table")
  func everySecretIsMasked() throws {
    func secretNames(_ keys: [ConfigurationKey]) -> Set<String> {
      keys.reduce(into: []) { names, key in
        if case .secret = key.kind { names.insert(key.name) }
        names.formUnion(secretNames(key.kind.keys ?? []))
      }
    }
    for name in secretNames(Configuration.table) {
      #expect(Self.everySecret.has("canary-" + name), "a canary for \(name) is missing in this test")
    }
    let configuration = try Fixture(Self.everySecret).load()
    let masked = Redactor(secrets: configuration.secrets).mask(Self.everySecret)
    #expect(!masked.has("canary"), "\(masked)")
    #expect(!configuration.rendered().has("canary"))
  }

  // MARK: Pairs

  private func keys(_ environment: [String: String], written: String = "") -> [String] {
    var fixture = Fixture(
      Fixture.minimal.replacing("  access_key: access-one\n  secret_key: secret-one\n", with: written))
    fixture.environment = environment
    return fixture.problems()
  }

  @Test("an access key and a secret key come from variables of one family, or both are named and refused")
  func pairs() {
    #expect(keys(["S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "s"]) == [])
    #expect(keys(["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "s"]) == [])
    #expect(
      keys([
        "S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "s", "AWS_ACCESS_KEY_ID": "b", "AWS_SECRET_ACCESS_KEY": "t",
      ]) == [])
    for mixed in [
      ["S3_ACCESS_KEY": "canary-7f3a", "AWS_SECRET_ACCESS_KEY": "canary-7f3b"],
      [
        "S3_ACCESS_KEY": "canary-7f3a", "AWS_ACCESS_KEY_ID": "canary-7f3c",
        "AWS_SECRET_ACCESS_KEY": "canary-7f3b",
      ],
    ] {
      let problems = keys(mixed)
      let text = problems.joined()
      #expect(
        problems.count == 1 && text.has("S3_ACCESS_KEY") && text.has("AWS_SECRET_ACCESS_KEY"))
      #expect(text.has("S3_SECRET_KEY") && !text.has("canary"), "\(problems)")
    }
    let reverse = keys(["AWS_ACCESS_KEY_ID": "a", "S3_SECRET_KEY": "s"])
    #expect(
      reverse.count == 1 && reverse.joined().has("AWS_ACCESS_KEY_ID") && reverse.joined().has("S3_SECRET_KEY")
    )
  }

  @Test("a half of the pair that is written is not completed with another account's half")
  func writtenHalf() {
    let written = "  access_key: ${S3_ACCESS_KEY:-}\n  secret_key: ${S3_SECRET_KEY:-}\n"
    #expect(keys(["S3_ACCESS_KEY": "a", "AWS_SECRET_ACCESS_KEY": "t"], written: written).count == 1)
    #expect(keys(["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "t"], written: written) == [])
    let half = "  access_key: mine\n"
    #expect(keys(["S3_SECRET_KEY": "s"], written: half) == [])
    #expect(keys(["AWS_ACCESS_KEY_ID": "mine", "AWS_SECRET_ACCESS_KEY": "t"], written: half) == [])
    let other = keys(["AWS_ACCESS_KEY_ID": "other", "AWS_SECRET_ACCESS_KEY": "t"], written: half)
    #expect(
      other.count == 1 && other.joined().has("AWS_SECRET_ACCESS_KEY")
        && other.joined().has("AWS_ACCESS_KEY_ID"))
    #expect(keys(["S3_SECRET_KEY": "s", "S3_ACCESS_KEY": "other"], written: half).count == 1)
  }
}
