import Configuration
import KeyTable
import MissionCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct RenderedTests {
  private static let rich = """
    locale: pt-BR
    missions: [missions/*.csv, "with space.csv", "$${literal}.csv"]
    execution: {polling: {job: 250ms}, max_result_size: 64KiB}
    workers:
      - {name: w1, url: "https://w1.example.com", api_key: canary-a, capacity: 2}
      - {name: w2, url: "http://10.0.0.2", api_key: canary-b, capacity: 3, allow_plain_http: true}
    proxies:
      - {server: "p.example.com:8080", username: me, password: canary-c}
      - {server: "q.example.com:8080"}
    storage_db: {connection_string: "postgresql://me:canary-d@db/ads?application_name=x"}
    storage_s3: {bucket: b, access_key: canary-e, secret_key: canary-f, session_token: canary-g, region: eu-west-1}
    notify:
      webhook: {secret_url: "https://hooks.example.com/canary-h?t=canary-i", events: [start]}
      ping: {secret_url: "https://hc.example.com/canary-j", send_exit_code: true}
      email:
        server: "mail.example.com:587"
        username: me
        password: canary-k
        from: a@example.com
        to: [b@example.com, c@example.com]
    """

  @Test("the masked output shows no secret and is itself a valid configuration with the same output")
  func roundTrip() throws {
    let first = try Fixture(Self.rich).load().rendered()
    #expect(!first.has("canary"))
    #expect(try Fixture(first).load().rendered() == first)
  }

  @Test("the masked output is the configuration as it takes effect")
  func golden() throws {
    let expected = """
      version: 1
      locale:
      time_zone: UTC
      missions: []
      schedules: []
      journal:
        path: state/journal.sqlite
      execution:
        refresh_interval: 5
        auto_retry: true
        max_retries: 2
        timeout_session: 3m
        timeout_job: 100m
        max_concurrency: 1
        adaptive: true
        max_result_size: 4GiB
        polling:
          session_initial: 1m
          session: 10s
          job: 30s
        timeouts:
          connect: 10s
          response: 1m
          stalled: 1m
          upload: 10m
          statement: 10m
          busy: 10s
        proxy_check_url:
        allow_plain_http: false
      workers:
        - name: worker-1
          url: https://worker1.example.com
          api_key: "***"
          capacity: 1
          active: true
          ca_file:
          allow_plain_http: false
      sources:
      proxies:
      storage_db:
        connection_string: sqlite:state/ads.sqlite
        schema: public
        ca_file:
      storage_s3:
        endpoint: https://s3.us-east-1.amazonaws.com
        bucket: my-bucket
        region: us-east-1
        access_key: "***"
        secret_key: "***"
        session_token:
        addressing: path
        prefix: scrapes
        create_only: auto
        ca_file:
        allow_plain_http: false
      quality:
        on_suspicious:
        second_look_after:
      retention:
        missions:
        events:
        prune:
      notify:
        webhook:
        ping:
        email:

      """
    #expect(try Fixture().load().rendered() == expected)
  }

  @Test("as JSON it says the same: it is YAML too, and reads back to the same output")
  func json() throws {
    let configuration = try Fixture(Self.rich).load()
    let json = configuration.rendered(json: true)
    #expect(!json.has("canary"))
    #expect(json.hasPrefix("{\n  \"version\": 1,\n  \"locale\": \"pt-BR\",\n"))
    #expect(json.has("\"max_concurrency\": 5"))
    #expect(json.has("\"session_token\": \"***\""))
    #expect(json.has("\"connection_string\": \"postgresql://me:***@db/ads?application_name=x\""))
  }

  @Test("a query of a URL is masked")
  func query() throws {
    let fixture = Fixture(adding: "execution: {proxy_check_url: 'https://c.example.com/?token=canary'}")
    let text = try fixture.load().rendered()
    #expect(text.has("proxy_check_url: https://c.example.com/?***\n"))
  }

  @Test("the schema names every key, its limits and its default")
  func schema() {
    let schema = Configuration.jsonSchema()
    func walk(_ keys: [ConfigurationKey]) {
      for key in keys {
        #expect(schema.has("\"\(key.name)\": {"))
        #expect(!key.documentation.isEmpty && !key.documentation.hasSuffix("."))
        walk(key.kind.keys ?? [])
      }
    }
    walk(Configuration.table)
    #expect(schema.has("\"maximum\": 20"))
    #expect(schema.has("\"default\": \"4GiB\""))
    #expect(schema.has("\"additionalProperties\": false"))
  }

  @Test("dumping a configuration shows no secret")
  func dumped() throws {
    let configuration = try Fixture(Self.rich).load()
    var text = "\(configuration)"
    dump(configuration, to: &text)
    #expect(!text.has("canary-a"))
    #expect(!text.has("canary-d"))
  }
}
