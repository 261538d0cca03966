/// The whole body of what a source answered, where the transport has put it.
public enum ReceivedAnswer: Sendable {
  case memory([UInt8])
  /// A file in the spool's folder (`ResultSpool.partPath(for:)`) of `size` bytes. The spool owns it from here:
  /// it becomes the spooled result or is removed.
  case file(path: String, size: Int64)
}
