import Foundation

/// Ends TLS in front of a server on the loopback, and records all that comes out of the encryption.
public final class TLSFront: Sendable {
  /// The newest version that is spoken.
  public enum Version: String, Sendable {
    case tls11 = "TLSv1_1"
    case tls13 = "TLSv1_3"
  }

  private struct Description: Decodable { let port: UInt16 }

  private let server: ScriptServer
  private let recordPath: String
  public let port: UInt16

  public init(
    _ certificate: TestAuthority.Certificate, backend: UInt16, version: Version = .tls13
  ) throws {
    recordPath = certificate.combinedFile + ".record-\(UInt32.random(in: .min ... .max))"
    server = try ScriptServer(
      "tls_front.py", [certificate.combinedFile, "\(backend)", recordPath, version.rawValue],
      python: "/usr/bin/python3")
    port = try JSONDecoder().decode(Description.self, from: Data(server.description.utf8)).port
  }

  /// Everything that clients have sent through the encryption so far.
  public func received() throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: recordPath)), as: UTF8.self)
  }
}
