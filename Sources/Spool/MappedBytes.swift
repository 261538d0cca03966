import Crypto
import Files
import Glibc
import Ports

/// Bytes of a spooled result, in place until this object goes, mapped from their file.
///
/// A mapped file shows whatever becomes of it. It is therefore hashed while it is read, and what was made of it counts
/// only after `confirm()`.
final class MappedBytes: SpooledBytes, @unchecked Sendable {
  // @unchecked: the bytes are never written, and one reader uses it.
  private let mapping: FileMapping
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
  /// Hashed before pages go: what nobody has read comes into memory by that.
  private static let pieceSize = 1 << 20

  private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

  /// Maps a file of exactly `size` bytes, to be read from front to back.
  init(mapping path: String, size: Int64, sha256: String? = nil) throws(SpoolError) {
    self.path = path
    self.sha256 = sha256
    let file = try OpenFile(reading: path)
    guard try file.size() == size else { throw .lost(path: path) }
    guard let mapping = FileMapping(file.descriptor, size: Int(size)) else { throw .last("mmap", path) }
    self.mapping = mapping
    // Only advice: without it the mapping works as well.
    if let start = mapping.bytes.baseAddress {
      _ = madvise(UnsafeMutableRawPointer(mutating: start), Int(size), MADV_SEQUENTIAL)
    }
  }

  var bytes: UnsafeRawBufferPointer { mapping.bytes }

  /// Says that bytes before `offset` have been read: hashes them while they are at hand and drops their pages from
  /// memory. Reading them again is allowed and reads the file; a second pass is hashed anew.
  func release(before offset: Int) {
    guard !bytes.isEmpty else { return }
    // Going back (a second pass) starts the count anew.
    if offset < released { released = 0 }
    takeIntoHash(upTo: min(offset, bytes.count))
    dropPages(before: min(offset, bytes.count))
  }

  private func dropPages(before offset: Int) {
    let upTo = (offset - Self.lag) / Self.pageSize * Self.pageSize
    guard upTo > released else { return }
    _ = madvise(
      UnsafeMutableRawPointer(mutating: bytes.baseAddress! + released), upTo - released, MADV_DONTNEED)
    released = upTo
  }

  /// Throws `.lost` unless the bytes that were read, and those that nobody read, are the ones that were written. To be
  /// called when all is read, before it counts.
  func confirm() throws(SpoolError) {
    if sha256 != nil, hashed < bytes.count { takeIntoHash(upTo: bytes.count) }
    try expectReadable()
    guard let sha256 else { return }
    guard hash.finalizeHex() == sha256 else { throw .lost(path: path) }
  }

  /// Throws when what was read is not what the file holds: it was cut short, or its disk fails.
  func expectReadable() throws(SpoolError) {
    guard mapping.isDamaged else { return }
    guard try OpenFile(reading: path).size() == bytes.count else { throw .lost(path: path) }
    throw .inputOutput(operation: "read", path: path, errno: EIO)
  }

  private func takeIntoHash(upTo offset: Int) {
    guard sha256 != nil else { return }
    if offset <= hashed {
      hash = SHA256()
      (hashed, released) = (0, 0)
    }
    while hashed < offset {
      let end = min(hashed + Self.pieceSize, offset)
      hash.update(UnsafeRawBufferPointer(rebasing: bytes[hashed..<end]))
      hashed = end
      dropPages(before: end)
    }
  }
}
