import Foundation
import TestServers
import Testing

@testable import SMTP

@Suite(
  "Mail by SMTP", .enabled(if: NotificationServer.isWanted, "\(NotificationServer.reason)"),
  .timeLimit(.minutes(5)))
struct MailTests {
  private func message(to: [String] = ["a@example.com", "b@example.com"], text: String = "all is well")
    -> MailMessage
  {
    MailMessage(
      from: "mission-control@example.com", to: to, subject: "é um teste", text: text, sentAt: 1_795_691_065,
      identity: "run-1.failure")
  }

  private func server(
    _ servers: NotificationServer, _ name: String, _ encryption: MailServer.Encryption,
    password: String? = NotificationServer.password
  ) -> MailServer {
    MailServer(
      host: "localhost", port: servers.port(name), encryption: encryption,
      login: password.map { MailServer.Login(username: NotificationServer.username, password: $0) },
      caFile: servers.authority.certificateFile)
  }

  private func failure(_ body: () throws(MailError) -> Void) -> MailError? {
    do throws(MailError) {
      try body()
      return nil
    } catch { return error }
  }

  @Test("a message arrives whole through STARTTLS and a login, and through TLS from the first byte")
  func delivered() throws {
    let servers = try NotificationServer()
    let text = "line one\n.\n..two\r\n" + String(repeating: "ç", count: 5000) + "\nFrom here\n"
    try CurlMailer(server: server(servers, "starttls", .startTLS))
      .send(message(text: text), timeout: .seconds(30))
    try CurlMailer(server: server(servers, "tls", .tls)).send(message(text: text), timeout: .seconds(30))
    let mails = try servers.mails()
    #expect(mails.count == 2)
    for mail in mails {
      #expect(mail.tls && mail.login == "operator")
      #expect(mail.from == "mission-control@example.com")
      #expect(mail.to == ["a@example.com", "b@example.com"])
      #expect(mail.text == text)
      #expect(mail.data.contains("\r\nSubject: =?UTF-8?B?w6kgdW0gdGVzdGU=?=\r\n"))
      #expect(mail.data.hasPrefix("Date: Thu, 26 Nov 2026 11:04:25 +0000\r\n"))
      #expect(mail.data.contains("\r\nMessage-ID: <run-1.failure@example.com>\r\n"))
    }
  }

  @Test("without TLS and login to this machine, as to a local relay")
  func plain() throws {
    let servers = try NotificationServer()
    try CurlMailer(server: server(servers, "plain", .none, password: nil)).send(
      message(), timeout: .seconds(30))
    #expect(try servers.mails().map(\.tls) == [false])
  }

  @Test("a server that offers no TLS gets neither password nor message")
  func noTLS() throws {
    let servers = try NotificationServer()
    let error = failure { () throws(MailError) in
      try CurlMailer(server: server(servers, "plain", .startTLS)).send(message(), timeout: .seconds(30))
    }
    #expect(error?.isTransient == false)
    #expect(try servers.mails().isEmpty)
  }

  @Test("a certificate of an unknown authority, a wrong password and a refused address are final")
  func refused() throws {
    let servers = try NotificationServer()
    var stranger = server(servers, "starttls", .startTLS)
    stranger.caFile = nil
    let wrong = server(servers, "starttls", .startTLS, password: "canary-wrong")
    let right = server(servers, "starttls", .startTLS)
    for (server, to) in [
      (stranger, "a@example.com"), (wrong, "a@example.com"), (right, "refused@example.com"),
    ] {
      let error = failure { () throws(MailError) in
        try CurlMailer(server: server).send(message(to: [to]), timeout: .seconds(30))
      }
      #expect(error?.isTransient == false, "\(String(describing: error))")
      #expect(error?.message.plain.contains("canary") == false)
    }
    #expect(try servers.mails().isEmpty)
  }

  @Test("told to come back later, or nobody there, or no answer in time, trying again may help")
  func transient() throws {
    let servers = try NotificationServer()
    let right = server(servers, "starttls", .startTLS)
    let busy = failure { () throws(MailError) in
      try CurlMailer(server: right).send(message(to: ["busy@example.com"]), timeout: .seconds(30))
    }
    #expect(busy?.isTransient == true, "\(String(describing: busy))")
    try CurlMailer(server: right).send(message(to: ["busy@example.com"]), timeout: .seconds(30))
    #expect(try servers.mails().count == 1)
    let nobody = MailServer(host: "127.0.0.1", port: Int(FreePort.next()), encryption: .none)
    let silent = MailServer(host: "127.0.0.1", port: servers.port("silent"), encryption: .none)
    for server in [nobody, silent] {
      let error = failure { () throws(MailError) in
        try CurlMailer(server: server).send(message(), timeout: .milliseconds(300))
      }
      #expect(error?.isTransient == true)
    }
  }

  @Test("a delivery that is cancelled ends soon, whatever the server does")
  func cancelled() throws {
    let servers = try NotificationServer()
    let silent = MailServer(host: "127.0.0.1", port: servers.port("silent"), encryption: .none)
    let cancellation = CurlMailer.Cancellation()
    cancellation.cancel()
    let began = ContinuousClock.now
    let error = failure { () throws(MailError) in
      try CurlMailer(server: silent).send(message(), timeout: .seconds(100), cancellation: cancellation)
    }
    #expect(error == MailError("cancelled", isTransient: false))
    #expect(ContinuousClock.now - began < .seconds(50))
  }

  @Test("a probe logs in and sends nothing")
  func probe() throws {
    let servers = try NotificationServer()
    try CurlMailer(server: server(servers, "starttls", .startTLS)).probe(timeout: .seconds(30))
    try CurlMailer(server: server(servers, "tls", .tls)).probe(timeout: .seconds(30))
    let error = failure { () throws(MailError) in
      try CurlMailer(server: server(servers, "starttls", .startTLS, password: "no")).probe(
        timeout: .seconds(30))
    }
    #expect(error?.isTransient == false)
    #expect(try servers.mails().isEmpty)
  }

  @Test("subjects are plain where they can be, and never hold a line end of their own")
  func subjects() {
    #expect(MailMessage.word("3 failed\r\nBcc: x@example.com") == "3 failed  Bcc: x@example.com")
    let long = MailMessage.word(String(repeating: "çã", count: 60))
    let lines = long.components(separatedBy: "\r\n ")
    #expect(lines.count > 1 && lines.allSatisfy { $0.utf8.count <= 75 })
    let decoded = lines.map { line in
      Data(base64Encoded: String(line.dropFirst("=?UTF-8?B?".count).dropLast(2)))!
    }
    #expect(String(decoding: decoded.reduce(Data(), +), as: UTF8.self) == String(repeating: "çã", count: 60))
  }
}
