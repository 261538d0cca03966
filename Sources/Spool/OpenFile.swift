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

  /// Empty, 0600, owned by us; never through a symbolic link.
  init(creating path: String) throws(SpoolError) {
    descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
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

  /// The bytes are on disk when it returns.
  func synchronize() throws(SpoolError) {
    guard fsync(descriptor) == 0 else { throw .last("fsync", path) }
  }
}
