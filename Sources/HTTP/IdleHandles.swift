/// Handles between two exchanges. They are kept by what they served last, so that the next exchange finds most of what it
/// needs set already.
struct IdleHandles {
  /// What requests have in common that a handle can serve one after another without being set up anew.
  struct Use: Hashable {
    let caFile: String?
    let method: HTTPMethod
    let hasBody: Bool

    init(_ request: HTTPRequest) {
      caFile = request.caFile
      method = request.method
      hasBody = request.body.length > 0
    }
  }

  /// Each has a few kilobytes.
  private static let most = 256

  private var handles: [Use: [CurlHandle]] = [:]
  private var count = 0

  /// One that served the like, or any with the same authorities once there are many; nil when a new one is to be made.
  mutating func take(_ use: Use) -> CurlHandle? {
    if let handle = handles[use]?.popLast() {
      count -= 1
      return handle
    }
    guard count >= Self.most else { return nil }
    for other in handles.keys where other.caFile == use.caFile {
      guard let handle = handles[other]?.popLast() else { continue }
      count -= 1
      return handle
    }
    return nil
  }

  mutating func keep(_ handle: CurlHandle) {
    guard count < Self.most else { return }
    handles[handle.use, default: []].append(handle)
    count += 1
  }

  mutating func removeAll() {
    handles.removeAll()
    count = 0
  }
}
