import Foundation

/// A server of files that others wrote, with PUT, on a port of its own: nothing is there yet.
public final class FileServer: Sendable {
  /// Which program it is.
  public enum Program: String, Sendable, CaseIterable {
    /// `rclone serve webdav`.
    case rclone
    /// nginx with its DAV module.
    case nginx

    /// Why it cannot be started here; nil when it can.
    public var reasonToSkip: String? {
      switch self {
      case .rclone: return ServerTools.reasonToSkip("rclone", "python")
      case .nginx: return ServerTools.reasonToSkip("/usr/sbin/nginx", "python")
      }
    }
  }

  private struct Description: Decodable {
    let url: String
    let data: String
    let authorization: String?
    let apiKey: String?
  }

  public let program: Program
  /// Removed by the server's script when it ends.
  private let folder: String
  private let server: ScriptServer
  private let description: Description

  /// Nothing is under it, not even the collection that it names.
  public var url: String { description.url }
  /// The folder that `url` stands for.
  public var data: String { description.data }
  /// What the server wants to be sent with each request.
  public var header: (name: String, value: String) {
    if let authorization = description.authorization { return ("Authorization", authorization) }
    return ("X-API-Key", description.apiKey ?? "")
  }

  /// Starts a server; it ends with this object.
  public init(_ program: Program) throws {
    self.program = program
    var template = Array("/tmp/test-files-XXXXXX".utf8CString)
    folder = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    server = try ScriptServer(program == .rclone ? "rclone_webdav.py" : "nginx_store.py", [folder])
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    description = try decoder.decode(Description.self, from: Data(server.description.utf8))
  }

  /// All files, by their paths below `data`.
  public func files() -> [String] {
    let found = FileManager.default.enumerator(atPath: data)?.allObjects as? [String] ?? []
    return found.filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(data)/\($0)", isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  public func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(data)/\(name)").map { Array($0) }
  }

  /// Puts other bytes under a name, behind the server's back.
  public func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(data)/\(name)"))
  }
}
