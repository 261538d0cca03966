/// Takes an answer's body while it arrives, for bodies that are looked at and not kept. Used by the client's thread,
/// which every other transfer waits for: it must be quick.
public protocol HTTPBodyWriter: AnyObject, Sendable {
  /// A body is about to begin; what was taken before belonged to an earlier try.
  func begin()
  func write(_ bytes: UnsafeRawBufferPointer)
}
