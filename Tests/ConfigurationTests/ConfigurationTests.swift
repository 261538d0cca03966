import Configuration
import MissionCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct ConfigurationTests {
  @Test("a minimal file gets the defaults of the contract")
  func defaults() throws {
    let configuration = try Fixture().load()
    let execution = configuration.execution
    #expect(configuration.version == 1)
    #expect(configuration.locale == nil)
    #expect(configuration.missionPatterns == [])
    #expect(configuration.journal.path == "state/journal.sqlite")
    #expect(execution.refreshInterval == 5)
    #expect(execution.autoRetry)
    #expect(execution.maxRetries == 2)
    #expect(execution.timeoutSession == .seconds(180))
    #expect(execution.timeoutJob == .seconds(6000))
    #expect(execution.maxConcurrency == nil)
    #expect(execution.maxResultSize == 4_294_967_296)
    #expect(execution.polling.sessionInitial == .seconds(60))
    #expect(execution.polling.session == .seconds(10))
    #expect(execution.polling.job == .seconds(30))
    #expect(execution.timeouts.connect == .seconds(10))
    #expect(execution.timeouts.response == .seconds(60))
    #expect(execution.timeouts.stalled == .seconds(60))
    #expect(execution.timeouts.upload == .seconds(600))
    #expect(execution.timeouts.statement == .seconds(600))
    #expect(execution.timeouts.busy == .seconds(10))
    #expect(execution.proxyCheckURL == nil)
    #expect(configuration.workers[0].capacity == 1)
    #expect(configuration.workers[0].isActive)
    #expect(configuration.proxies == nil)
    #expect(configuration.storageDB.schema == "public")
    #expect(configuration.storageS3.region == "us-east-1")
    #expect(configuration.storageS3.endpointURL == "https://s3.us-east-1.amazonaws.com")
    #expect(configuration.storageS3.addressing == .path)
    #expect(configuration.storageS3.prefix == "scrapes")
    #expect(configuration.storageS3.sessionToken == nil)
    #expect(configuration.retention.missions == nil)
  }

  @Test("every key of the contract's example is read")
  func everyKey() throws {
    var fixture = Fixture(
      """
      version: 1
      locale: pt-BR
      missions: [a.csv, more/*.csv, /abs/x.csv]
      journal: {path: j/journal.sqlite}
      execution:
        refresh_interval: 7
        auto_retry: false
        max_retries: 0
        timeout_session: 90
        timeout_job: 2
        max_concurrency: 3
        max_result_size: 100MB
        polling: {session_initial: 0s, session: 250ms, job: 0}
        timeouts: {connect: 1, response: 2s, stalled: 3s, upload: 1m, statement: 2m, busy: 4s}
        proxy_check_url: https://check.example.com/ip?format=json
      workers:
        - {name: w1, url: "https://w1.example.com/base/", api_key: k1k1, capacity: 2, active: false, ca_file: ca.pem}
        - {name: w2, url: "http://10.0.0.2:8080", api_key: "${K2}", allow_plain_http: true}
      proxies:
        - {server: "p.example.com:8080", username: me, password: pw-pw, active: false}
        - server: socks5://q.example.com:1080
      storage_db: {connection_string: "postgresql://me:pass-word@db:5432/ads", schema: scraped}
      storage_s3:
        endpoint: http://127.0.0.1:9000/
        bucket: b
        region: auto
        access_key: ak
        secret_key: sk
        session_token: ${TOKEN:-}
        addressing: path
        prefix: a/b
      retention: {missions: 30, events: 60d}
      """)
    fixture.environment = ["K2": "k2k2"]
    fixture.files = ["etc/ca.pem": "certificate"]
    fixture.path = "etc/config.yaml"
    let configuration = try fixture.load()
    #expect(configuration.locale == .brazilianPortuguese)
    #expect(configuration.missionPatterns == ["etc/a.csv", "etc/more/*.csv", "/abs/x.csv"])
    #expect(configuration.journal.path == "etc/j/journal.sqlite")
    #expect(configuration.execution.refreshInterval == 7)
    #expect(!configuration.execution.autoRetry)
    #expect(configuration.execution.maxRetries == 0)
    #expect(configuration.execution.timeoutSession == .seconds(90))
    #expect(configuration.execution.timeoutJob == .seconds(120))
    #expect(configuration.execution.maxConcurrency == 3)
    #expect(configuration.execution.maxResultSize == 100_000_000)
    #expect(configuration.execution.polling.sessionInitial == .zero)
    #expect(configuration.execution.polling.session == .milliseconds(250))
    #expect(configuration.execution.polling.job == .zero)
    #expect(configuration.execution.timeouts.connect == .seconds(1))
    #expect(configuration.execution.timeouts.busy == .seconds(4))
    #expect(configuration.execution.proxyCheckURL?.text == "https://check.example.com/ip?format=json")
    #expect(configuration.workers.map(\.name) == ["w1", "w2"])
    #expect(configuration.workers[0].url.text == "https://w1.example.com/base")
    #expect(configuration.workers[0].caFile == "etc/ca.pem")
    #expect(configuration.workers[1].apiKey.reveal() == "k2k2")
    #expect(configuration.activeWorkers.map(\.name) == ["w2"])
    #expect(configuration.proxies?.map(\.server) == ["p.example.com:8080", "socks5://q.example.com:1080"])
    #expect(configuration.proxies?[0].username == "me")
    #expect(configuration.proxies?[0].password?.reveal() == "pw-pw")
    #expect(configuration.proxies?[0].isActive == false)
    #expect(configuration.storageS3.endpointURL == "http://127.0.0.1:9000")
    #expect(configuration.storageS3.prefix == "a/b")
    #expect(configuration.retention.missions == .seconds(30 * 86_400))
    #expect(configuration.retention.events == .seconds(60 * 86_400))
    let secrets = Set(configuration.secrets.map { $0.reveal() })
    #expect(secrets == ["k1k1", "k2k2", "pw-pw", "pass-word", "ak", "sk", "format=json"])
  }

  @Test("proxies: an empty list is not the same as no section")
  func emptyProxies() throws {
    #expect(try Fixture(adding: "proxies: []").load().proxies?.count == 0)
    #expect(try Fixture(adding: "proxies:").load().proxies == nil)
  }

  @Test("concurrency is never more than the capacity of the chosen workers")
  func concurrency() throws {
    let workers = try ["a", "b", "c"].map { name in
      var worker = try Fixture().load().workers[0]
      worker.name = name
      worker.capacity = 3
      return worker
    }
    var configuration = try Fixture().load()
    #expect(configuration.maxConcurrency(with: workers) == 9)
    configuration.execution.maxConcurrency = 4
    #expect(configuration.maxConcurrency(with: workers) == 4)
    #expect(configuration.maxConcurrency(with: [workers[0]]) == 3)
    #expect(configuration.maxConcurrency(with: []) == 0)
  }

  @Test("absent storage values come from the environment, the product's own names first")
  func environmentFallback() throws {
    var fixture = Fixture("workers: [{name: w, url: 'https://w', api_key: kkkk}]\n")
    fixture.environment = [
      "DATABASE_URL": "sqlite:from-env.sqlite", "S3_BUCKET": "env-bucket", "S3_ACCESS_KEY": "",
      "AWS_ACCESS_KEY_ID": "aws-access", "AWS_SECRET_ACCESS_KEY": "aws-secret",
      "AWS_SESSION_TOKEN": "aws-token",
      "AWS_DEFAULT_REGION": "eu-west-1", "AWS_ENDPOINT_URL": "https://all.example.com",
      "AWS_ENDPOINT_URL_S3": "https://s3.example.com",
    ]
    var configuration = try fixture.load()
    #expect(configuration.storageDB.database?.maskedText == "sqlite:from-env.sqlite")
    #expect(configuration.storageS3.bucket == "env-bucket")
    #expect(configuration.storageS3.accessKey.reveal() == "aws-access")
    #expect(configuration.storageS3.secretKey.reveal() == "aws-secret")
    #expect(configuration.storageS3.sessionToken?.reveal() == "aws-token")
    #expect(configuration.storageS3.region == "eu-west-1")
    #expect(configuration.storageS3.endpointURL == "https://s3.example.com")

    fixture.environment["S3_ENDPOINT"] = "https://own.example.com"
    fixture.environment["S3_REGION"] = "own-region"
    fixture.environment["S3_ACCESS_KEY"] = "own-access"
    fixture.environment["S3_SECRET_KEY"] = "own-secret"
    configuration = try fixture.load()
    #expect(configuration.storageS3.accessKey.reveal() == "own-access")
    #expect(configuration.storageS3.secretKey.reveal() == "own-secret")
    #expect(configuration.storageS3.region == "own-region")
    #expect(configuration.storageS3.endpointURL == "https://own.example.com")
    #expect(configuration.storageS3.sessionToken == nil, "a token of AWS_* belongs to the keys of AWS_*")
  }

  @Test("what is written in the file wins over the environment")
  func fileWins() throws {
    var fixture = Fixture()
    fixture.environment = ["DATABASE_URL": "sqlite:other", "S3_BUCKET": "other", "S3_ACCESS_KEY": "other"]
    let configuration = try fixture.load()
    #expect(configuration.storageDB.database?.maskedText == "sqlite:state/ads.sqlite")
    #expect(configuration.storageS3.bucket == "my-bucket")
    #expect(configuration.storageS3.accessKey.reveal() == "access-one")
  }

  @Test("text from the environment is taken as it is, without filling in variables again")
  func environmentIsLiteral() throws {
    var fixture = Fixture()
    fixture.text = fixture.text.replacing("  secret_key: secret-one\n", with: "")
    fixture.environment = ["S3_SECRET_KEY": "a${b}$$c"]
    #expect(try fixture.load().storageS3.secretKey.reveal() == "a${b}$$c")
  }
}

extension String {
  func replacing(_ part: String, with other: String) -> String {
    var result = ""
    var rest = self[...]
    while let found = rest.range(of: part) {
      result += rest[..<found.lowerBound] + other
      rest = rest[found.upperBound...]
    }
    return result + rest
  }

  func has(_ part: String) -> Bool { self[...].range(of: part) != nil }
}

extension Substring {
  func range(of part: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
      start = index(after: start)
    }
    return nil
  }
}
