import Glibc

/// Bytes of a spooled result, in place until this object goes: keep it (`withExtendedLifetime`, or a property
/// beside what reads) as long as `bytes` is used.
public final class SpooledBytes: @unchecked Sendable {
  // @unchecked: the bytes are never written; `released` only saves system calls, and one reader uses it.
  public let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool
  private var released = 0

  /// What was just scanned is often read once more, to copy it; and reading a page brings its neighbours back.
  /// So much before the given place therefore stays until the next time.
  private static let lag = 1 << 20

  private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

  init(copying slice: ArraySlice<UInt8>) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: slice.count, alignment: 1)
    copy.copyBytes(from: slice)
    bytes = UnsafeRawBufferPointer(copy)
    isMapped = false
  }

  /// Maps a file of exactly `size` bytes, to be read from front to back.
  init(mapping path: String, size: Int64) throws(SpoolError) {
    let file = try OpenFile(reading: path)
    guard try file.size() == size else { throw .lost(path: path) }
    try bytes = Self.map(file, Int(size))
    isMapped = !bytes.isEmpty
  }

  private static func map(_ file: borrowing OpenFile, _ size: Int) throws(SpoolError)
    -> UnsafeRawBufferPointer
  {
    guard size > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    guard let start = mmap(nil, size, PROT_READ, MAP_SHARED, file.descriptor, 0), start != MAP_FAILED else {
      throw .last("mmap", file.path)
    }
    // Only advice: without it the mapping works as well.
    _ = madvise(start, size, MADV_SEQUENTIAL)
    return UnsafeRawBufferPointer(start: start, count: size)
  }

  deinit {
    let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
    if isMapped { munmap(start, bytes.count) } else { start?.deallocate() }
  }

  /// Drops the pages before `offset` from memory. Reading them again is allowed and reads the file.
  public func release(before offset: Int) {
    guard isMapped else { return }
    // Going back (a second pass) starts the count anew.
    if offset < released { released = 0 }
    let upTo = (min(offset, bytes.count) - Self.lag) / Self.pageSize * Self.pageSize
    guard upTo > released else { return }
    _ = madvise(
      UnsafeMutableRawPointer(mutating: bytes.baseAddress! + released), upTo - released, MADV_DONTNEED)
    released = upTo
  }
}
