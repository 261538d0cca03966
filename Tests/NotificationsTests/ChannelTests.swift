import Foundation
import HTTP
import SMTP
import Synchronization
import TestServers
import Testing

@testable import Notifications

@Suite(
  "Channels over HTTP", .enabled(if: NotificationServer.isWanted, "\(NotificationServer.reason)"),
  .timeLimit(.minutes(5)))
struct ChannelTests {
  static func notice(_ event: Notice.Event, exitCode: Int? = nil) -> Notice {
    var notice = Notice(
      event: event, subject: "subject", text: "line \"one\"\nline two", details: "the whole summary",
      host: "h1")
    notice.exitCode = exitCode
    return notice
  }

  private func send(_ channel: some NotificationChannel, _ notice: Notice, timeout: Duration = .seconds(30))
    -> Result<Void, DeliveryFailure>
  {
    let answered = DispatchSemaphore(value: 0)
    let result = Mutex<Result<Void, DeliveryFailure>>(.success(()))
    _ = channel.send(notice, timeout: timeout) { answer in
      result.withLock { $0 = answer }
      answered.signal()
    }
    answered.wait()
    return result.withLock { $0 }
  }

  private func failure(_ result: Result<Void, DeliveryFailure>) -> DeliveryFailure? {
    if case .failure(let failure) = result { return failure }
    return nil
  }

  @Test("a webhook gets text and facts as JSON, through TLS as well")
  func webhook() throws {
    let servers = try NotificationServer()
    let http = try CurlClient()
    var notice = Self.notice(.partial, exitCode: 1)
    notice.runID = "run-1"
    notice.counts = [("selected", 3), ("done", 2)]
    notice.ads = 40
    notice.failures = [Notice.Failure(code: "ERROR203", count: 1)]
    for (name, onlyText) in [("http", false), ("https", true)] {
      let channel = WebhookChannel(
        http: http, url: "\(name)://localhost:\(servers.port(name))/ok/T0/secret?x=1", onlyText: onlyText,
        caFile: servers.authority.certificateFile, agent: "mission-control/0")
      #expect(failure(send(channel, notice)) == nil)
    }
    let requests = try servers.requests()
    #expect(requests.map(\.method) == ["POST", "POST"])
    #expect(requests.map(\.path) == ["/ok/T0/secret?x=1", "/ok/T0/secret?x=1"])
    #expect(requests.allSatisfy { $0.type == "application/json" && $0.agent == "mission-control/0" })
    let json = requests[0].json
    #expect(json["text"] as? String == "line \"one\"\nline two")
    #expect(json["event"] as? String == "partial")
    #expect(json["run_id"] as? String == "run-1")
    #expect(json["exit_code"] as? Int == 1)
    #expect(json["counts"] as? [String: Int] == ["selected": 3, "done": 2])
    #expect(json["ads"] as? Int == 40)
    #expect(json["finished_at"] is NSNull)
    #expect((json["failures"] as? [[String: Any]])?.first?["code"] as? String == "ERROR203")
    #expect(requests[1].json.keys.sorted() == ["text"])
  }

  @Test(
    "a ping says by its path how it went",
    arguments: [
      (Notice.Event.start, nil, false, "/ok/id/start"), (.success, 0, false, "/ok/id"),
      (.partial, 1, false, "/ok/id/fail"), (.failure, 69, false, "/ok/id/fail"),
      (.start, nil, true, "/ok/id/start"), (.success, 0, true, "/ok/id/0"), (.failure, 69, true, "/ok/id/69"),
    ])
  func ping(event: Notice.Event, exitCode: Int?, sendsExitCode: Bool, path: String) {
    let notice = Self.notice(event, exitCode: exitCode)
    for (url, wanted) in [
      ("https://h/ok/id", "https://h\(path)"), ("https://h/ok/id?k=/v", "https://h\(path)?k=/v"),
    ] { #expect(PingChannel.url(url, for: notice, sendsExitCode: sendsExitCode) == wanted) }
  }

  @Test("a ping carries the summary")
  func pingBody() throws {
    let servers = try NotificationServer()
    let channel = PingChannel(
      http: try CurlClient(), url: "http://127.0.0.1:\(servers.port("http"))/ok/id", agent: "a")
    #expect(failure(send(channel, Self.notice(.failure, exitCode: 1))) == nil)
    #expect(try servers.requests().map { "\($0.path) \($0.body)" } == ["/ok/id/fail the whole summary"])
  }

  @Test(
    "what may pass is told from what will not, and no answer is shown",
    arguments: [
      ("status/500", true), ("status/429", true), ("status/408", true), ("status/499", true),
      ("status/404", false), ("status/400", false),
      ("redirect", false), ("hang", true), ("drop", true), ("large", false),
    ])
  func failures(path: String, isTransient: Bool) throws {
    let servers = try NotificationServer()
    let channel = WebhookChannel(
      http: try CurlClient(), url: "http://127.0.0.1:\(servers.port("http"))/\(path)", agent: "a")
    let failure = failure(
      send(channel, Self.notice(.success), timeout: path == "hang" ? .seconds(1) : .seconds(30)))
    #expect(failure?.isTransient == isTransient, "\(String(describing: failure))")
    #expect(failure?.message.plain.contains("nobody may show") == false)
  }

  @Test("an authority that nobody knows is refused for good")
  func stranger() throws {
    let servers = try NotificationServer()
    let channel = WebhookChannel(
      http: try CurlClient(), url: "https://localhost:\(servers.port("https"))/ok", agent: "a")
    #expect(failure(send(channel, Self.notice(.success)))?.isTransient == false)
    #expect(try servers.requests().isEmpty)
  }

  @Test("mail has the subject and the whole summary")
  func mail() throws {
    let servers = try NotificationServer()
    let server = MailServer(host: "127.0.0.1", port: servers.port("plain"), encryption: .none)
    let channel = MailChannel(
      mailer: CurlMailer(server: server), from: "a@example.com", to: ["b@example.com"], now: { 0 })
    #expect(failure(send(channel, Self.notice(.failure))) == nil)
    let mail = try #require(try servers.mails().first)
    #expect(mail.text == "the whole summary")
    #expect(mail.data.contains("\r\nSubject: subject\r\n"))
  }
}
