import Glibc

/// An open file of the spool; closed when it goes.
struct OpenFile: ~Copyable {
  let descriptor: Int32
  let path: String

  /// Never through a symbolic link.
  init(reading path: String, writing: Bool = false) throws(SpoolError) {
    let flags = (writing ? O_RDWR : O_RDONLY) | O_NOFOLLOW | O_CLOEXEC
    let opened = Glibc.open(path, flags)
    guard opened >= 0 else { throw errno == ENOENT ? .lost(path: path) : .last("open", path) }
    descriptor = opened
    self.path = path
  }

  /// Empty, 0600, owned by us; never through a symbolic link. With `isNew` there must be none of this name.
  init(creating path: String, isNew: Bool = false) throws(SpoolError) {
    let mode = isNew ? O_EXCL : O_TRUNC
    descriptor = Glibc.open(path, O_RDWR | O_CREAT | mode | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last("open", path) }
    self.path = path
  }

  deinit { Glibc.close(descriptor) }

  func size() throws(SpoolError) -> Int64 {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last("fstat", path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .unsafe(path: path, why: "is not a regular file") }
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
