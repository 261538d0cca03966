/// A whole answer. Its text comes from another machine: clean it before it is shown or stored.
public struct HTTPResponse: Sendable {
  public var status: Int
  public var headers: HTTPHeaders
  public var body: Body
  /// The address that answered (a proxy's when one was used).
  public var primaryIP: String?

  public init(
    status: Int, headers: HTTPHeaders = HTTPHeaders([]), body: Body = .memory([]), primaryIP: String? = nil
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.primaryIP = primaryIP
  }

  /// Where the bytes of an answer are: small ones in memory, large ones in a file.
  public enum Body: Sendable {
    case memory([UInt8])
    /// The receiver owns the file now and must remove it.
    case file(path: String, size: Int64)

    public var size: Int64 {
      switch self {
      case .memory(let bytes): return Int64(bytes.count)
      case .file(_, let size): return size
      }
    }
  }

  public var isSuccess: Bool { (200..<300).contains(status) }

  /// What the body is encoded in although nobody asked for an encoding; nil when it is as it should be.
  public var contentEncoding: String? {
    guard let name = headers["content-encoding"], !name.isEmpty, name.lowercased() != "identity" else {
      return nil
    }
    return name
  }
}
