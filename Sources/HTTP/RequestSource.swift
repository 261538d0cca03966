import Glibc

/// Gives libcurl the bytes of a request's body. Used by one thread.
struct RequestSource {
  private let body: HTTPBody
  private var reader: (any HTTPBodyReader)?
  private(set) var sent: Int64 = 0

  init(body: HTTPBody) { self.body = body }

  /// Fills the front of `buffer`; 0 at the end of the body.
  mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(HTTPFailure) -> Int {
    let room = Int(min(Int64(buffer.count), body.length - sent))
    guard room > 0 else { return 0 }
    switch body {
    case .none: return 0
    case .bytes(let bytes):
      let start = Int(sent)
      bytes.withUnsafeBytes {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + room]))
      }
      sent += Int64(room)
      return room
    case .stream(let length, let open):
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<room]), open: open)
      guard count > 0 else {
        throw HTTPFailure(.sendFailed, "the request's body ended after \(sent) of \(length) bytes")
      }
      sent += Int64(count)
      return count
    }
  }

  /// Back to the first byte.
  mutating func rewind() {
    sent = 0
    reader = nil
  }

  private mutating func read(
    into buffer: UnsafeMutableRawBufferPointer, open: @Sendable () throws -> any HTTPBodyReader
  ) throws(HTTPFailure) -> Int {
    do {
      let reader = try self.reader ?? open()
      self.reader = reader
      return try reader.fill(buffer)
    } catch {
      throw HTTPFailure(.sendFailed, "the request's body could not be read: \(error)")
    }
  }
}
