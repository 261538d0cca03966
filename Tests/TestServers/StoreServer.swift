import Foundation

/// An S3-compatible server that others wrote, on a port of its own, with an empty bucket.
public final class StoreServer: Sendable {
  /// Which program it is.
  public enum Program: String, Sendable, CaseIterable {
    /// `rclone serve s3`.
    case rclone
    /// moto's server, with authentication and permissions enforced.
    case moto
    /// OpenStack Swift's s3api, from Debian's packages.
    case openStackSwift

    /// Why it cannot be started here; nil when it can. Swift is asked for with `MISSION_CONTROL_INTEROP=1`.
    public var reasonToSkip: String? {
      switch self {
      case .rclone: return ServerTools.reasonToSkip("rclone", "python")
      case .moto: return ServerTools.reasonToSkip("moto_server", "python")
      case .openStackSwift:
        let environment = ProcessInfo.processInfo.environment
        if environment["CI"] != "true", environment["MISSION_CONTROL_INTEROP"] != "1" {
          return "Tests/run.sh full runs it"
        }
        return ServerTools.reasonToSkip("/usr/bin/swift-proxy-server", "python")
      }
    }
  }

  public struct Keys: Sendable, Decodable {
    public let accessKey: String
    public let secretKey: String
    public let sessionToken: String?
  }

  private struct Description: Decodable {
    let endpoint: String
    let region: String
    let bucket: String
    let owner: Keys
    let reader: Keys?
    let temporary: Keys?
  }

  public let program: Program
  /// Removed by the server's script when it ends.
  private let folder: String
  private let server: ScriptServer
  private let description: Description

  public var endpoint: String { description.endpoint }
  public var region: String { description.region }
  public var bucket: String { description.bucket }
  /// May do everything.
  public var owner: Keys { description.owner }
  /// May not write; nil where the server knows no such thing.
  public var reader: Keys? { description.reader }
  /// With a session token; nil where the server knows no such thing.
  public var temporary: Keys? { description.temporary }

  /// Starts a server with an empty bucket; it takes up to some seconds. It ends with this object.
  public init(_ program: Program) throws {
    self.program = program
    var template = Array("/tmp/test-store-XXXXXX".utf8CString)
    folder = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    switch program {
    case .rclone: server = try ScriptServer("rclone_store.py", [folder])
    case .moto: server = try ScriptServer("moto_store.py", [folder])
    case .openStackSwift:
      server = try ScriptServer("openstack_swift_store.py", [folder], python: "/usr/bin/python3")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    description = try decoder.decode(Description.self, from: Data(server.description.utf8))
    if program == .openStackSwift { _ = try askBoto(["make", server.description]) }
  }

  /// An object as boto3 reads it.
  public struct Object: Sendable, Decodable {
    public let key: String
    /// A file with its bytes.
    public let file: String
    public let contentType: String
    /// Names without `x-amz-meta-`.
    public let metadata: [String: String]

    public func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: file))) }
  }

  /// Every object of the bucket whose key begins with `prefix`, read with boto3, sorted by key. Their files go
  /// away with this server.
  public func objects(under prefix: String = "") throws -> [Object] {
    let place = "\(folder)/read-\(UInt32.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    let text = try askBoto(["read", server.description, place, prefix])
    let decoder = JSONDecoder()
    // Only the members' own names are converted: metadata names keep their hyphens.
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode([Object].self, from: text).sorted { $0.key < $1.key }
  }

  private func askBoto(_ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ServerTools.path("python"))
    process.arguments = ["\(ServerTools.scripts)/bucket.py"] + arguments
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"]
    process.standardInput = FileHandle.nullDevice
    let (output, log) = (Pipe(), "\(folder)/boto3.log")
    try Data().write(to: URL(fileURLWithPath: log))
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: log)
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let words = try String(contentsOfFile: log, encoding: .utf8)
      throw ScriptServer.Failure(description: "boto3 \(arguments[0]): \(words)")
    }
    return text
  }
}
