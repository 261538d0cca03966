import Configuration
import MissionCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct NotifyTests {
  private func load(_ lines: String, _ environment: [String: String] = [:], _ files: [String: String] = [:])
    throws -> Configuration
  {
    var fixture = Fixture(adding: "notify:\n" + lines)
    fixture.environment = environment
    fixture.files = files
    return try fixture.load()
  }

  private func problems(_ lines: String) -> [String] { Fixture(adding: "notify:\n" + lines).problems() }

  @Test("without the section, or with an empty one, nobody is told")
  func nobody() throws {
    #expect(try !Fixture().load().notify.isUsed)
    #expect(try !load("").notify.isUsed)
  }

  @Test("what is left out has its defaults")
  func defaults() throws {
    let notify = try load(
      """
        webhook: {secret_url: "https://hooks.example.com/x"}
        ping: {secret_url: "https://hc.example.com/y/"}
        email: {server: "mail.example.com:587", from: a@example.com, to: [b@example.com]}
      """
    ).notify
    #expect(notify.webhook?.events == [.partial, .failure])
    #expect(notify.webhook?.onlyText == false)
    #expect(notify.ping?.events == [.start, .success, .partial, .failure])
    #expect(notify.ping?.url.text == "https://hc.example.com/y")
    #expect(notify.email?.encryption == .starttls)
    #expect(notify.email?.place.host == "mail.example.com")
    #expect(notify.email?.place.port == 587)
    #expect(notify.email?.events == [.partial, .failure])
  }

  @Test("URLs come from variables and files like every secret, and are masked whole and in part")
  func secrets() throws {
    let configuration = try load(
      """
        webhook: {secret_url: {file: hook}}
        ping: {secret_url: "${PING}"}
        email:
          server: "localhost:25"
          username: me
          password: {file: word}
          from: a@example.com
          to: [b@example.com]
      """, ["PING": "https://hc.example.com/canary-ping"],
      [
        "hook": "https://hooks.example.com:8443/services/canary-hook?token=canary-token\n",
        "word": "canary-word\n",
      ])
    let redactor = Redactor(secrets: configuration.secrets)
    let text =
      "POST /services/canary-hook?token=canary-token, https://hc.example.com/canary-ping, canary-word"
    #expect(redactor.mask(text) == "POST /***, ***, ***")
    let shown = configuration.rendered()
    #expect(!shown.has("canary"))
    #expect(shown.has("secret_url: https://hooks.example.com:8443/***\n"))
  }

  @Test("a mistake beside it shows none of a URL that gives access")
  func listing() {
    let printed = Fixture(
      adding: """
        notify:
          webhook: {secret_url: "https://hooks.example.com/canary", evnets: [start]}
          ping:
            secret_url: https://hc.example.com/canary
            nonsense: 1
        """
    ).printed()
    #expect(printed.has("unknown key notify.webhook.evnets, did you mean events?"))
    #expect(printed.has("unknown key notify.ping.nonsense"))
    #expect(!printed.has("canary"))
  }

  @Test(
    "what cannot be meant is refused",
    arguments: [
      ("  webhook: {}", "notify.webhook.secret_url is missing"),
      (
        "  webhook: {secret_url: hooks.example.com}",
        "notify.webhook.secret_url must be an http:// or https:// URL"
      ),
      ("  ping: {secret_url: \"http://hc.example.com/x\"}", "notify.ping.secret_url is plain http"),
      (
        "  ping: {secret_url: \"https://h/x\", events: [sometimes]}",
        "must be start or success or partial or failure"
      ),
      (
        "  email: {server: \"m:25\", from: a@x.com, to: []}", "notify.email.to must name at least one address"
      ),
      ("  email: {server: m, from: a@x.com, to: [b@x.com]}", "notify.email.server must be host:port"),
      (
        "  email: {server: \"m:25\", from: \"A <a@x.com>\", to: [b@x.com]}",
        "notify.email.from must be an address"
      ),
      ("  email: {server: \"m:25\", from: a@x.com, to: [\"b@x.com,c@x.com\"]}", "must be an address"),
      (
        "  email: {server: \"m:25\", from: a@x.com, to: [b@x.com], username: me}",
        "notify.email.username and password belong together"
      ),
      (
        "  email: {server: \"m:25\", from: a@x.com, to: [b@x.com], username: me, password: x, encryption: none}",
        "notify.email.encryption none would send the password in the clear"
      ),
    ])
  func refused(lines: String, problem: String) {
    let problems = problems(lines)
    #expect(problems.count == 1 && problems[0].has(problem), "\(problems)")
  }

  @Test("plain http and a login without TLS are for this machine, or where they are allowed")
  func loopback() throws {
    _ = try load(
      """
        webhook: {secret_url: "http://127.0.0.1:8080/x"}
        ping: {secret_url: "http://10.0.0.1/x", allow_plain_http: true}
        email:
          server: "localhost:25"
          encryption: none
          username: me
          password: x
          from: a@x.com
          to: [b@x.com]
      """)
  }
}
