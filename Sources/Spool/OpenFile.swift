import Crypto
import Files
import Glibc
import Ports

/// An open file of the spool; closed when it goes.
struct OpenFile: ~Copyable {
  let descriptor: Int32
  let path: String

  /// Never through a symbolic link; `.lost` when there is none. Anything but a plain file is refused at once: opening a
  /// FIFO would wait for somebody to write into it.
  init(reading path: String, writing: Bool = false) throws(SpoolError) {
    let flags = (writing ? O_RDWR : O_RDONLY) | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    descriptor = Glibc.open(path, flags)
    self.path = path
    guard descriptor >= 0 else { throw errno == ENOENT ? .lost(path: path) : .last("open", path) }
    _ = try size()
  }

  /// Empty, 0600, owned by us; never through a symbolic link. With `isNew` there must be none of this name.
  init(creating path: String, isNew: Bool = false) throws(SpoolError) {
    let mode = (isNew ? O_EXCL : O_TRUNC) | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    descriptor = Glibc.open(path, O_RDWR | O_CREAT | mode, 0o600)
    self.path = path
    guard descriptor >= 0 else { throw .last("open", path) }
    _ = try size()
  }

  deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

  func size() throws(SpoolError) -> Int64 {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last("fstat", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unsafe(path: path, why: OwnFile.Refusal.isNotRegular.message)
    }
    return Int64(status.st_size)
  }

  /// At `offset`, whole.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(SpoolError) {
    var done = 0
    while done < bytes.count {
      let count = pwrite(
        descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset) + off_t(done))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .last("write", path) }
      done += count
    }
  }

  func write(_ bytes: [UInt8], at offset: Int64) throws(SpoolError) {
    let failure: SpoolError? = bytes.withUnsafeBytes {
      do throws(SpoolError) { try write($0, at: offset) } catch { return error }
      return nil
    }
    if let failure { throw failure }
  }

  /// As many bytes as `buffer` takes; fewer only at the end of the file.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(SpoolError) -> Int {
    var done = 0
    while done < buffer.count {
      let count = pread(
        descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset) + off_t(done))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .last("read", path) }
      if count == 0 { break }
      done += count
    }
    return done
  }

  /// The first `size` bytes; fewer when the file ends before.
  func read(_ size: Int, at offset: Int64) throws(SpoolError) -> [UInt8] {
    var problem: SpoolError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { out, count in
      do throws(SpoolError) {
        count = try read(into: UnsafeMutableRawBufferPointer(out), at: offset)
      } catch { problem = error }
    }
    if let problem { throw problem }
    return bytes
  }

  /// The SHA-256 of the whole file, in lower-case hex. It is read and not mapped: an error of the disk is then an
  /// error, and not a signal.
  func digest() throws(SpoolError) -> String {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { chunk.deallocate() }
    var hash = SHA256()
    var done: Int64 = 0
    while true {
      let count = try read(into: chunk, at: done)
      if count == 0 { return hash.finalizeHex() }
      hash.update(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
      done += Int64(count)
    }
  }

  func truncate(to size: Int64) throws(SpoolError) {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw .last("ftruncate", path) }
  }

  /// Makes the file `size` bytes long and reserves their space.
  func allocate(_ size: Int64) throws(SpoolError) {
    var code: Int32
    repeat { code = posix_fallocate(descriptor, 0, off_t(size)) } while code == EINTR
    guard code == 0 else { throw .system("fallocate", path, code) }
  }

  /// The bytes are on disk when it returns; so is what is needed to find them, when the size stayed the same.
  func synchronizeData() throws(SpoolError) {
    guard fdatasync(descriptor) == 0 else { throw .last("fdatasync", path) }
  }

  /// The bytes are on disk when it returns.
  func synchronize() throws(SpoolError) {
    guard fsync(descriptor) == 0 else { throw .last("fsync", path) }
  }
}
