import Crypto
import Glibc
import Ports

/// Bytes of a spooled result, in place until this object goes, mapped from their file.
///
/// A mapped file shows whatever becomes of it. It is therefore hashed while it is read, and what was made of it counts
/// only after `confirm()`.
final class MappedBytes: SpooledBytes, @unchecked Sendable {
  // @unchecked: the bytes are never written, and one reader uses it.
  let bytes: UnsafeRawBufferPointer
  /// An empty file cannot be mapped.
  private let isMapped: Bool
  private let path: String
  /// What a mapped file's bytes must hash to; nil when that is not known.
  private let sha256: String?
  /// Over the bytes before `hashed`.
  private var hash = SHA256()
  private var hashed = 0
  private var released = 0

  /// What was just scanned is often read once more, to copy it; and reading a page brings its neighbours back.
  /// So much before the given place therefore stays until the next time.
  private static let lag = 1 << 20

  private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

  /// Maps a file of exactly `size` bytes, to be read from front to back.
  init(mapping path: String, size: Int64, sha256: String? = nil) throws(SpoolError) {
    self.path = path
    self.sha256 = sha256
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
    if isMapped { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
  }

  /// Says that bytes before `offset` have been read: hashes them while they are at hand and drops their pages from
  /// memory. Reading them again is allowed and reads the file; a second pass is hashed anew.
  func release(before offset: Int) {
    guard isMapped else { return }
    takeIntoHash(upTo: min(offset, bytes.count))
    // Going back (a second pass) starts the count anew.
    if offset < released { released = 0 }
    let upTo = (min(offset, bytes.count) - Self.lag) / Self.pageSize * Self.pageSize
    guard upTo > released else { return }
    _ = madvise(
      UnsafeMutableRawPointer(mutating: bytes.baseAddress! + released), upTo - released, MADV_DONTNEED)
    released = upTo
  }

  /// Throws `.lost` unless the bytes that were read, and those that nobody read, are the ones that were written. To be
  /// called when all is read, before it counts.
  func confirm() throws(SpoolError) {
    guard let sha256 else { return }
    if hashed < bytes.count { takeIntoHash(upTo: bytes.count) }
    guard hash.finalizeHex() == sha256 else { throw .lost(path: path) }
  }

  private func takeIntoHash(upTo offset: Int) {
    guard sha256 != nil else { return }
    if offset <= hashed {
      hash = SHA256()
      hashed = 0
    }
    hash.update(UnsafeRawBufferPointer(rebasing: bytes[hashed..<max(hashed, offset)]))
    hashed = max(hashed, offset)
  }
}
