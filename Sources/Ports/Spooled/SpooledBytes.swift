/// Bytes of a spooled result, in place until this object goes: keep it (`withExtendedLifetime`, or a property
/// beside what reads) as long as `bytes` is used.
///
/// A file shows whatever becomes of it. What was made of the bytes counts only after `confirm()`.
public protocol SpooledBytes: AnyObject, Sendable {
  var bytes: UnsafeRawBufferPointer { get }

  /// Says that bytes before `offset` have been read and need not stay in memory. Reading them again is allowed.
  func release(before offset: Int)

  /// Throws `.lost` unless the bytes that were read, and those that nobody read, are the ones that were written. To be
  /// called when all is read, before it counts.
  func confirm() throws(SpoolError)
}

/// A copy in memory, which nothing can change.
final class CopiedBytes: SpooledBytes, @unchecked Sendable {
  // @unchecked: the bytes are never written.
  let bytes: UnsafeRawBufferPointer

  init(_ slice: ArraySlice<UInt8>) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: slice.count, alignment: 1)
    copy.copyBytes(from: slice)
    bytes = UnsafeRawBufferPointer(copy)
  }

  deinit { bytes.deallocate() }

  func release(before offset: Int) {}
  func confirm() {}
}
