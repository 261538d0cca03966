import Foundation
import Glibc

/// A real HTTP listener and real SMTP servers (Python's aiosmtpd) on the loopback, and what arrived there.
public final class NotificationServer {
  /// An HTTP request as it arrived.
  public struct Request: Decodable, Sendable {
    public let method: String
    public let path: String
    public let type: String?
    public let agent: String?
    public let body: String

    /// The body as a JSON object; empty when it is none.
    public var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]) ?? [:]
    }
  }

  /// A message as it arrived.
  public struct Mail: Decodable, Sendable {
    public let from: String
    public let to: [String]
    public let data: String
    public let tls: Bool
    public let login: String?

    /// What the base64 body says.
    public var text: String {
      let body = data.components(separatedBy: "\r\n\r\n").dropFirst().joined()
      let decoded = Data(base64Encoded: body.replacingOccurrences(of: "\r\n", with: ""))
      return String(decoding: decoded ?? Data(), as: UTF8.self)
    }
  }

  /// The only login that the servers take.
  public static let username = "operator"
  public static let password = "canary-mail-password"

  private static let python = "/usr/bin/python3"

  /// Whether python3 and python3-aiosmtpd are there.
  public static let isAvailable = ChildProcess(python, ["-c", "import aiosmtpd"])?.end() == 0

  /// Where CI runs it must be there; elsewhere the tests that need it are left out.
  public static var isWanted: Bool {
    isAvailable || ProcessInfo.processInfo.environment["CI"] == "true"
  }
  public static let reason = "python3-aiosmtpd is missing: Tests/run.sh installs it"

  public let authority: TestAuthority
  private let folder: String
  private let process: ChildProcess
  private let ports: [String: Int]

  public init() throws {
    authority = try TestAuthority()
    let certificate = try authority.issue(.valid)
    folder = NSTemporaryDirectory() + "notifications-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Python/notification_server.py").path
    let arguments = ["-W", "ignore", script, folder, certificate.certificateFile, certificate.keyFile]
    guard let process = ChildProcess(Self.python, arguments) else { throw POSIXError(.ENOENT) }
    self.process = process
    let deadline = ContinuousClock.now + .seconds(60)
    while access(folder + "/ports.json", R_OK) != 0, ContinuousClock.now < deadline, process.isRunning {
      usleep(10_000)
    }
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/ports.json"))
    ports = try JSONDecoder().decode([String: Int].self, from: data)
  }

  deinit {
    process.kill()
    // What cannot be removed is left to the system's cleaning of /tmp.
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The port of `http`, `https`, `starttls`, `tls`, `plain` (SMTP without either), or `silent` (takes connections and
  /// says nothing).
  public func port(_ name: String) -> Int { ports[name]! }

  public func requests() throws -> [Request] { try records("http.jsonl") }
  public func mails() throws -> [Mail] { try records("mail.jsonl") }

  private func records<Record: Decodable>(_ name: String) throws -> [Record] {
    guard let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) else { return [] }
    return try text.split(separator: "\n").map {
      try JSONDecoder().decode(Record.self, from: Data($0.utf8))
    }
  }
}
