/// The bytes that a request carries.
public enum HTTPBody: Sendable {
  case none
  case bytes([UInt8])
  /// Exactly `length` bytes, pulled while they are sent. `open` is called on the client's thread when the
  /// request starts, and again when the body must be sent anew from its first byte.
  case stream(length: Int64, open: @Sendable () throws -> any HTTPBodyReader)

  public var length: Int64 {
    switch self {
    case .none: return 0
    case .bytes(let bytes): return Int64(bytes.count)
    case .stream(let length, _): return length
    }
  }
}

/// Gives a body's bytes in order. Used by one thread; let go of when the transfer ends.
public protocol HTTPBodyReader: AnyObject {
  /// Fills the front of `buffer` and returns how many bytes; 0 only at the end.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int
}
