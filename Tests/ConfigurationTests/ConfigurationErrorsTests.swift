import Configuration
import KeyTable
import MissionCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct ConfigurationErrorsTests {
  @Test(
    "a wrong value of execution is told with its place, its limits and what was got",
    arguments: [
      ("max_retries: -1", "max_retries must be 0...20, got -1"),
      ("max_retries: 21", "max_retries must be 0...20, got 21"),
      ("max_retries: two", "max_retries must be a whole number of 0...20, got two"),
      ("max_retries: 1.5", "max_retries must be a whole number of 0...20, got 1.5"),
      ("max_retries: '3'", "max_retries must be 0...20, without quotes"),
      ("max_retries: [3]", "max_retries must be 0...20, got a list"),
      ("max_retries: {a: 3}", "max_retries must be 0...20, got a mapping"),
      ("refresh_interval: 0", "refresh_interval must be 1...1000000, got 0"),
      ("max_concurrency: 0", "max_concurrency must be 1...10000, got 0"),
      (
        "max_concurrency: 99999999999999999999",
        "max_concurrency must be a whole number of 1...10000, got 99999999999999999999"
      ),
      ("auto_retry: yes", "auto_retry must be true or false, got yes"),
      ("auto_retry: \"true\"", "auto_retry must be true or false, without quotes"),
      ("timeout_session: 0", "timeout_session must be more than 0, got 0"),
      (
        "timeout_session: -5",
        "timeout_session must be a duration like 250ms, 90s, 5m, 2h, 1d or a number of seconds, got -5"
      ),
      (
        "timeout_job: soon",
        "timeout_job must be a duration like 250ms, 90s, 5m, 2h, 1d or a number of minutes, got soon"
      ),
      (
        "max_result_size: 0",
        "max_result_size must be a size like 4GiB, 100MB, 64KiB or a number of bytes, and more than 0, got 0"
      ),
      (
        "max_result_size: 4G",
        "max_result_size must be a size like 4GiB, 100MB, 64KiB or a number of bytes, and more than 0, got 4G"
      ),
      ("polling: 5s", "polling must be a mapping of keys to values"),
      ("proxy_check_url: example.com", "proxy_check_url must be an http:// or https:// URL"),
      (
        "proxy_check_url: http://example.com",
        "proxy_check_url is plain http, so secrets could be read on the way; use https or set allow_plain_http: true beside it"
      ),
    ])
  func execution(_ line: String, _ problem: String) {
    let column = 3 + line.prefix { $0 != ":" }.count + 2
    #expect(Fixture(adding: "execution:\n  \(line)").problems() == ["2:\(column): execution.\(problem)"])
  }

  @Test(
    "a wrong value elsewhere is told with its place",
    arguments: [
      ("version: 2", "1:10: version must be 1...1, got 2"),
      ("locale: de", "1:9: locale must be en or pt-BR, got de"),
      ("missions: a.csv", "1:11: missions must be a list: lines that begin with `- `"),
      ("missions: [[a]]", "1:12: missions[0] must be a path, got a list"),
      ("missions: [a, '']", "1:15: missions[1] is empty"),
      ("journal: state", "1:10: journal must be a mapping of keys to values"),
      ("retention: {missions: 0d}", "1:23: retention.missions must be more than 0, got 0d"),
      ("proxies: {}", "1:10: proxies must be a list: lines that begin with `- `"),
      ("proxies: [{username: u}]", "1:11: proxies[0].server is missing"),
      ("proxies: [{server: host}]", "1:20: proxies[0].server must be host:port"),
      ("proxies: [{server: 'host:0'}]", "1:20: proxies[0].server must be host:port"),
      ("proxies: [{server: 'host:65536'}]", "1:20: proxies[0].server must be host:port"),
      ("proxies: [{server: 'a b:1'}]", "1:20: proxies[0].server must be host:port"),
      (
        "proxies: [{server: 'u:p@h:1'}]",
        "1:20: proxies[0].server must be host:port; the user belongs in username and password"
      ),
      ("execution: {timeouts: {busy: 0}}", "1:30: execution.timeouts.busy must be more than 0, got 0"),
      (
        "telemetry: {}",
        "1:1: unknown key telemetry; known here: version, locale, time_zone, missions, schedules, journal, execution, workers, sources, proxies, storage_db, storage_writer, storage_s3, storage_folder, storage_http, quality, retention, notify"
      ),
      ("exection: {}", "1:1: unknown key exection, did you mean execution?"),
      ("max_retries: 3", "1:1: unknown key max_retries; it belongs to execution"),
      ("execution: {max_retrys: 3}", "1:13: unknown key execution.max_retrys, did you mean max_retries?"),
      ("execution: {retention: 3}", "1:13: unknown key execution.retention; it belongs to the top level"),
      ("execution: {connect: 3}", "1:13: unknown key execution.connect; it belongs to execution.timeouts"),
    ])
  func elsewhere(_ line: String, _ problem: String) {
    #expect(Fixture(adding: line).problems() == [problem])
  }

  @Test(
    "a wrong worker is told with its place",
    arguments: [
      ("name: ''", "2:11: workers[0].name is empty"),
      (
        "name: a b",
        "2:11: workers[0].name must be letters, digits, `.`, `_` and `-`, at most 64, with a letter or digit first, got a b"
      ),
      ("name: w\n    capacity: 0", "3:15: workers[0].capacity must be 1...10000, got 0"),
      ("name: w\n    capacity: 10001", "3:15: workers[0].capacity must be 1...10000, got 10001"),
      ("name: w\n    active: 1", "3:13: workers[0].active must be true or false, got 1"),
      ("name: w\n    ca_file: none.pem", "3:14: workers[0].ca_file does not exist, got none.pem"),
      (
        "name: w\n    colour: red",
        "3:5: unknown key workers[0].colour; known here: name, url, api_key, capacity, active, ca_file, allow_plain_http"
      ),
    ])
  func worker(_ lines: String, _ problem: String) {
    #expect(Fixture(Fixture.minimal.replacing("name: worker-1", with: lines)).problems() == [problem])
  }

  @Test(
    "a worker's URL must be a plain base URL",
    arguments: [
      ("worker1.example.com", "must be an http:// or https:// URL"),
      ("ftp://h", "must be an http:// or https:// URL"),
      ("https://", "must name a host, and a port of 1...65535 if any"),
      ("https://h:0", "must name a host, and a port of 1...65535 if any"),
      ("https://h:x", "must name a host, and a port of 1...65535 if any"),
      ("https://:80", "must name a host, and a port of 1...65535 if any"),
      ("https://[::1", "must name a host, and a port of 1...65535 if any"),
      ("https://u@h", "must not hold a user or password"),
      ("https://u:p@h", "must not hold a user or password"),
      ("https://h?x=1", "must not hold a query or fragment"),
      ("https://h/#x", "must not hold a query or fragment"),
      ("https://h/a b", "must be a URL of plain characters; others are written as %XX"),
      ("https://hé", "must be a URL of plain characters; others are written as %XX"),
    ])
  func workerURL(_ url: String, _ rule: String) {
    let fixture = Fixture(
      Fixture.minimal.replacing("url: https://worker1.example.com", with: "url: '\(url)'"))
    #expect(fixture.problems() == ["3:10: workers[0].url \(rule)"])
  }

  @Test("plain http needs allow_plain_http beside it, except on the loopback")
  func plainHTTP() {
    func problems(_ url: String, _ more: String = "") -> [String] {
      Fixture(Fixture.minimal.replacing("url: https://worker1.example.com", with: "url: '\(url)'\(more)"))
        .problems()
    }
    for url in [
      "http://127.0.0.1:8600/worker-1", "http://127.9.9.9", "http://localhost:80", "http://[::1]:80",
      "HTTPS://h",
    ] {
      #expect(problems(url) == [])
    }
    let rule =
      "is plain http, so secrets could be read on the way; use https or set allow_plain_http: true beside it"
    for url in [
      "http://worker1", "http://127.0.0.1.example.com", "http://10.0.0.1", "http://[::2]",
      "http://localhost.example.com",
    ] {
      #expect(problems(url) == ["3:10: workers[0].url \(rule)"])
      #expect(problems(url, "\n    allow_plain_http: true") == [])
    }
    let store = Fixture(Fixture.minimal + "  endpoint: http://store.example.com\n")
    #expect(store.problems() == ["11:13: storage_s3.endpoint \(rule)"])
  }

  @Test("workers must differ in name, and active ones in URL")
  func duplicates() {
    func workers(_ second: String) -> [String] {
      Fixture(Fixture.minimal.replacing("storage_db:", with: "  - \(second)\nstorage_db:")).problems()
    }
    #expect(
      workers("{name: worker-1, url: 'https://other', api_key: kkkk}") == [
        "5:12: workers[1].name worker-1 is also the name of workers[0]"
      ])
    #expect(
      workers("{name: two, url: 'https://worker1.example.com/', api_key: kkkk}") == [
        "5:22: workers[1].url is also the URL of worker-1; a worker holds one session, so it can be listed once"
      ])
    #expect(workers("{name: two, url: 'https://worker1.example.com', api_key: kkkk, active: false}") == [])
  }

  @Test("what is missing is told at its section, with the variables that could give it")
  func missing() {
    #expect(
      Fixture("version: 1\nstorage_s3:\n  prefix: x\n").problems() == [
        "1:1: storage_db.connection_string is missing; write it here or set DATABASE_URL",
        "1:1: workers is missing",
        "3:3: storage_s3.bucket is missing; write it here or set S3_BUCKET",
        "3:3: storage_s3.access_key is missing; write it here or set S3_ACCESS_KEY or AWS_ACCESS_KEY_ID",
        "3:3: storage_s3.secret_key is missing; write it here or set S3_SECRET_KEY or AWS_SECRET_ACCESS_KEY",
      ])
    #expect(
      Fixture(Fixture.minimal.replacing("    url: https://worker1.example.com\n", with: "")).problems() == [
        "2:5: workers[0].url is missing"
      ])
  }

  @Test("workers must not be an empty list")
  func noWorkers() {
    let rest = Fixture.minimal.split(separator: "\n").dropFirst(4).joined(separator: "\n")
    #expect(Fixture("workers: []\n" + rest).problems() == ["1:10: workers must name at least one worker"])
    #expect(
      Fixture("workers: [x]\n" + rest).problems() == ["1:11: workers[0] must be a mapping of keys to values"])
  }

  @Test(
    "a wrong store is told with its place",
    arguments: [
      (
        "bucket: a/b",
        "11:11: storage_s3.bucket must be letters, digits, `.`, `_` and `-`, with a letter or digit first, got a/b"
      ),
      ("region: auto", "11:11: storage_s3.region auto needs an endpoint"),
      ("region: a b", "11:11: storage_s3.region must be letters, digits, `_` and `-`, got a b"),
      ("addressing: host", "11:15: storage_s3.addressing must be path or virtual, got host"),
      (
        "prefix: a//b",
        "11:11: storage_s3.prefix must not have an empty part, `.` or `..` between its slashes, nor a slash at its ends, got a//b"
      ),
      (
        "prefix: /a",
        "11:11: storage_s3.prefix must not have an empty part, `.` or `..` between its slashes, nor a slash at its ends, got /a"
      ),
      (
        "prefix: a/../b",
        "11:11: storage_s3.prefix must not have an empty part, `.` or `..` between its slashes, nor a slash at its ends, got a/../b"
      ),
      (
        "endpoint: http://127.0.0.1:1\n  addressing: virtual",
        "12:15: storage_s3.addressing virtual needs an endpoint with a host name, not an address"
      ),
    ])
  func store(_ line: String, _ problem: String) {
    let base =
      line.hasPrefix("bucket")
      ? Fixture.minimal.replacing("  bucket: my-bucket\n", with: "  # none\n") : Fixture.minimal
    #expect(Fixture(base + "  \(line)\n").problems() == [problem])
  }

  @Test(
    "an endpoint with the bucket in it is refused: objects would land elsewhere than it seems",
    arguments: [
      ("https://s3.example.com/my-bucket", "path"), ("https://s3.example.com/my-bucket/", "path"),
      ("https://s3.example.com/my-bucket/scrapes", "path"), ("http://127.0.0.1:9000/My-Bucket", "path"),
      ("https://my-bucket.s3.eu-west-1.amazonaws.com", "path"),
      ("https://my-bucket.s3-eu-west-1.amazonaws.com", "path"),
      ("https://my-bucket.acc.r2.cloudflarestorage.com", "path"),
      ("https://my-bucket.fra1.digitaloceanspaces.com", "path"),
      ("https://my-bucket.localhost:9000", "path"), ("https://my-bucket.storage.googleapis.com", "path"),
      ("https://my-bucket.s3.eu-west-1.amazonaws.com", "virtual"),
      ("https://s3.example.com/my-bucket", "virtual"),
    ])
  func bucketInEndpoint(endpoint: String, addressing: String) {
    let text = Fixture.minimal + "  endpoint: \(endpoint)\n  addressing: \(addressing)\n"
    let problem = "storage_s3.endpoint must not hold the bucket my-bucket; it belongs in bucket alone"
    #expect(Fixture(text).problems() == ["11:13: \(problem)"])
  }

  @Test(
    "an endpoint that only resembles the bucket is taken",
    arguments: [
      ("audit", "https://audit.example.com"), ("s3", "https://x.supabase.co/storage/v1/s3"),
      ("s3", "https://s3.example.com"),
      ("minio", "https://minio:9000"), ("my-bucket", "https://my-bucket2.s3.eu-west-1.amazonaws.com"),
      ("my-bucket", "https://s3.example.com/my-bucket-2"),
    ])
  func endpointLikeBucket(bucket: String, endpoint: String) {
    let text =
      Fixture.minimal.replacing("bucket: my-bucket", with: "bucket: \(bucket)") + "  endpoint: \(endpoint)\n"
    #expect(Fixture(text).problems() == [])
  }

  @Test("an endpoint with the bucket in it is refused also when it comes from the environment")
  func bucketInVariable() {
    var fixture = Fixture()
    fixture.environment = ["AWS_ENDPOINT_URL": "http://localhost:9000/my-bucket"]
    let problem = "storage_s3.endpoint must not hold the bucket my-bucket; it belongs in bucket alone"
    #expect(fixture.problems() == ["\(problem) (look at AWS_ENDPOINT_URL)"])
  }

  @Test("an empty prefix is none; an absent one is scrapes", arguments: ["''", "\"\"", "${NO_PREFIX:-}"])
  func emptyPrefix(text: String) throws {
    #expect(try Fixture(Fixture.minimal + "  prefix: \(text)\n").load().storageS3.prefix == "")
    #expect(try Fixture(Fixture.minimal + "  prefix:\n").load().storageS3.prefix == "scrapes")
    #expect(try Fixture().load().storageS3.prefix == "scrapes")
  }

  @Test(
    "what cannot be seen of a value or a key is named, so that none that looks right is called wrong",
    arguments: [
      (
        "max_retries: 3\u{A0}",
        "max_retries must be a whole number of 0...20, got 3 with U+00A0 (a no-break space)"
      ),
      (
        "auto_retry: tr\u{200B}ue",
        "auto_retry must be true or false, got true with U+200B (a zero-width space)"
      ),
      (
        "timeout_session: \u{2003}\u{2003}",
        "timeout_session must be a duration like 250ms, 90s, 5m, 2h, 1d or a number of seconds, got nothing but U+2003"
      ),
      ("max_retries\u{A0}: 3", "max_retries with U+00A0 (a no-break space), did you mean max_retries?"),
    ])
  func unseen(_ line: String, _ problem: String) {
    let problems = Fixture(adding: "execution:\n  \(line)").problems()
    #expect(problems.count == 1 && problems[0].hasSuffix("execution.\(problem)"), "\(problems)")
  }

  @Test("all errors of a file are told at once, each with its line and a caret")
  func golden() {
    let text = """
      version: 1
      locale: de
      execution:
        max_retrys: 2
        max_retries: -1
      workers:
        - name: worker-1
          url: http://worker1.example.com
          api_key: ${WORKER_1_API_KEY}
          capacity: 0
        - name: worker-1
          url: https://user:pa55word@worker2.example.com
          api_key: hunter2-hunter2
          api_key: again
      storage_db:
        connection_string: sqlite:state/ads.sqlite
        schema: "drop table"
      storage_s3:
        bucket: b
        access_key: a
        secert_key: hunter3-hunter3
      """
    let expected = """
      config.yaml:2:9: locale must be en or pt-BR, got de
          2 | locale: de
            |         ^
      config.yaml:4:3: unknown key execution.max_retrys, did you mean max_retries?
          4 |   max_retrys: ***
            |   ^
      config.yaml:5:16: execution.max_retries must be 0...20, got -1
          5 |   max_retries: -1
            |                ^
      config.yaml:8:10: workers[0].url is plain http, so secrets could be read on the way; use https or set allow_plain_http: true beside it
          8 |     url: http://worker1.example.com
            |          ^
      config.yaml:9:14: the environment variable WORKER_1_API_KEY is not set; set it or write ${WORKER_1_API_KEY:-default}
          9 |     api_key: ${WORKER_1_API_KEY}
            |              ^
      config.yaml:10:15: workers[0].capacity must be 1...10000, got 0
         10 |     capacity: 0
            |               ^
      config.yaml:11:11: workers[1].name worker-1 is also the name of workers[0]
         11 |   - name: worker-1
            |           ^
      config.yaml:12:10: workers[1].url must not hold a user or password
         12 |     url: https://***@worker2.example.com
            |          ^
      config.yaml:14:5: the key api_key is repeated; it is first on line 13
         14 |     api_key: ***
            |     ^
      config.yaml:17:11: storage_db.schema must be letters, digits and `_`, at most 63, without a digit first, got drop table
         17 |   schema: "drop table"
            |           ^
      config.yaml:19:3: storage_s3.secret_key is missing; write it here or set S3_SECRET_KEY or AWS_SECRET_ACCESS_KEY
         19 |   bucket: b
            |   ^
      config.yaml:21:3: unknown key storage_s3.secert_key, did you mean secret_key?
         21 |   secert_key: ***
            |   ^
      """
    #expect(Fixture(text).printed() == expected)
  }

  @Test("a long line is shown around the place")
  func longLine() {
    let filler = (0..<60).map { "a\($0).csv" }.joined(separator: ", ")
    let lines = Fixture(adding: "missions: [\(filler), [x]]").printed().split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].count < 135)
    let caret = lines[2].count - 1
    #expect(Array(lines[1])[caret] == "[")
  }

  @Test("a file that is not there exits with 66, one that is wrong or unreadable with 78")
  func exitCodes() {
    func code(_ path: String) -> ExitCode {
      do {
        _ = try Configuration.load(path: path, environment: [:])
        return .success
      } catch {
        return error.exitCode
      }
    }
    #expect(code("/nonexistent/config.yaml") == .notFound)
    #expect(code("/") == .configuration)
    #expect(code("/dev/null") == .configuration)
    do {
      _ = try Configuration.load(path: "/", environment: [:])
      Issue.record("a folder was read")
    } catch {
      #expect(error.description == "/: is a folder, not a file")
      #expect(!error.isMissing)
    }
  }

  @Test("a file of nothing but errors is cut short")
  func manyErrors() {
    let lines = (0..<200).map { "key_\($0): 1" }.joined(separator: "\n")
    #expect(Fixture(adding: lines).printed().hasSuffix("config.yaml: and 150 more errors"))
  }
}
