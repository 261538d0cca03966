import Foundation

/// The writer that a script of this folder is: FastAPI on SQLite. It dies between commit and answer as often as it is told
/// to, and is started again each time.
public final class WriterServer: Sendable {
  /// Why it cannot be started here; nil when it can.
  public static var reasonToSkip: String? { ServerTools.reasonToSkip("uvicorn", "python") }

  private struct Description: Decodable {
    let url: String
    let database: String
    let key: String
  }

  private let folder: String
  private let server: ScriptServer
  private let description: Description

  public var url: String { description.url }
  /// The SQLite file that it writes to; it ends with the server.
  public var database: String { description.database }
  /// What it wants as `X-API-Key`.
  public var key: String { description.key }

  /// Starts a writer; it ends with this object.
  ///
  /// - Parameters:
  ///   - deathEvery: after how many commits it dies, again and again; nil: never.
  ///   - hasLedger: whether it tells what it has.
  public init(deathEvery: Int? = nil, hasLedger: Bool = true) throws {
    var template = Array("/tmp/test-writer-XXXXXX".utf8CString)
    folder = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    server = try ScriptServer(
      "writer.py", [folder, "\(deathEvery ?? 0)", hasLedger ? "ledger" : "no-ledger"])
    description = try JSONDecoder().decode(Description.self, from: Data(server.description.utf8))
  }

  /// Whether it takes connections now.
  public func isThere() -> Bool {
    guard let port = URL(string: url)?.port else { return false }
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
