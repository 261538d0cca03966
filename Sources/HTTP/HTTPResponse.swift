/// A whole answer. Its text comes from another machine: clean it before it is shown or stored.
package struct HTTPResponse: Sendable {
  package var status: Int
  package var headers: HTTPHeaders
  package var body: Body
  /// The address that answered (a proxy's when one was used).
  package var primaryIP: String?

  package init(
    status: Int, headers: HTTPHeaders = HTTPHeaders([]), body: Body = .memory([]), primaryIP: String? = nil
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.primaryIP = primaryIP
  }

  package enum Body: Sendable {
    case memory([UInt8])
    /// The receiver owns the file now and must remove it.
    case file(path: String, size: Int64)

    package var size: Int64 {
      switch self {
      case .memory(let bytes): return Int64(bytes.count)
      case .file(_, let size): return size
      }
    }
  }

  package var isSuccess: Bool { (200..<300).contains(status) }

  /// What the body is encoded in although nobody asked for an encoding; nil when it is as it should be.
  package var contentEncoding: String? {
    guard let name = headers["content-encoding"], !name.isEmpty, name.lowercased() != "identity" else {
      return nil
    }
    return name
  }
}
