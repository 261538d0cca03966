import Crypto
import Failpoints
import Files
import Glibc
import MissionCore
import Ports
import Records
import Synchronization

/// The folder and the files in it. Every call blocks; calls for different keys may be made at once.
final class ObjectFolder: Sendable {
  static let metadataSuffix = ObjectMetadata.suffix
  /// Of what is being written, behind a dot before the name.
  static let partSuffix = ".part"

  let path: String
  /// With its slash, or empty.
  let prefix: String
  /// The file system that the folder was on when it was first used; another one later means that something was mounted
  /// or unmounted, and objects would land where nobody looks for them.
  private let device = Mutex<dev_t?>(nil)

  init(path: String, prefix: String) {
    self.path = path
    self.prefix = prefix
  }

  /// Of a key. Those of a journal that knew another store may be anything.
  func place(of key: String) throws(AuditError) -> String {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }), !key.utf8.contains(0) else {
      throw AuditError(code: .storeOther, message: "\(UntrustedText.clean(key)) is no key of a folder store")
    }
    return "\(path)/\(key)"
  }

  // MARK: Folders

  /// Makes the folders that the key lies in, 0700.
  func prepare(for key: String) throws(AuditError) {
    try prepareRoot()
    var folder = path
    for part in key.split(separator: "/").dropLast() {
      let parent = folder
      folder += "/\(part)"
      if mkdir(folder, 0o700) == 0 {
        try synchronize(parent)
      } else if errno != EEXIST {
        throw .system("mkdir", folder)
      }
    }
  }

  private func prepareRoot() throws(AuditError) {
    var status = stat()
    if stat(path, &status) != 0 {
      guard errno == ENOENT, device.withLock({ $0 == nil }) else {
        throw errno == ENOENT ? .gone("\(path) is not there any more") : .system("stat", path)
      }
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
        guard errno == ENOENT else { throw .system("mkdir", path) }
        throw .gone("\(path) does not exist, nor does the folder that it would be made in")
      }
      guard stat(path, &status) == 0 else { throw .system("stat", path) }
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .gone("\(path) is not a folder") }
    let first = device.withLock { known in
      if known == nil { known = status.st_dev }
      return known
    }
    guard first == status.st_dev else {
      throw AuditError(code: .storeOther, message: "\(path) is on another file system than before")
    }
  }

  private func synchronize(_ folder: String) throws(AuditError) {
    do throws(Errno) { try Folder.synchronize(folder) } catch { throw .system("fsync", folder, error) }
  }

  // MARK: Writing

  func write(_ bytes: [UInt8], under key: String, replacing: Bool = true) throws(AuditError) {
    try write(under: key, replacing: replacing) { file throws(AuditError) in
      var failure: AuditError?
      bytes.withUnsafeBytes { bytes in
        do throws(AuditError) { try file.write(bytes) } catch { failure = error }
      }
      if let failure { throw failure }
    }
  }

  /// Gives all bytes of an object, a piece at a time.
  typealias Bytes = (
    _ body: ((UnsafeMutableRawBufferPointer) throws(SpoolError) -> Int) throws(SpoolError) -> Void
  ) throws(SpoolError) -> Void

  /// An object and, before it, its metadata. Bytes that are not the ones that were listed never come under the key, nor
  /// does anything in place of another object, unless it `replaces` on purpose: the two are told apart while nobody else
  /// can write there, for the file that becomes the object is locked.
  ///
  /// - Parameter object: what it is, once the SHA-256 of its bytes is known.
  func write(
    under key: String, replaces: Bool, bytes: Bytes, object: (_ bodySHA256: String) -> AuditObject
  ) throws(AuditError) -> StoredObject {
    let name = key[key.index(after: key.lastIndex(of: "/") ?? key.startIndex)...]
    guard !FolderListing.isOurs(String(name)) else {
      throw AuditError(
        code: .storeOther,
        message: "\(key) cannot be an object: a folder store keeps its own files under such names")
    }
    var digests = FileDigests()
    var stored: StoredObject?
    try write(under: key, replacing: replaces) { file throws(AuditError) in
      try fill(file, bytes, &digests)
    } before: { () throws(AuditError) in
      let described = object(digests.sha256)
      stored = StoredObject(
        key: key, etag: digests.etag, size: digests.size, sha256: digests.sha256)
      if !replaces, let found = try find(key, readingBytes: false) {
        // Without its metadata the bytes themselves say what it is.
        let isBare = found.missionID == nil
        guard found.etag == digests.etag, isBare || described.isSame(as: found) else {
          throw AuditError(existing: found, insteadOf: described)
        }
        if isBare { try write(ObjectMetadata(described).json, under: key + Self.metadataSuffix) }
        return false
      }
      try write(ObjectMetadata(described).json, under: key + Self.metadataSuffix)
      Failpoint.reach("folder.metadata.after")
      return true
    }
    guard let stored else { throw AuditError(code: .internalError, message: "\(key) was not written") }
    return stored
  }

  private func fill(_ file: PartFile, _ bytes: Bytes, _ digests: inout FileDigests) throws(AuditError) {
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: FileDigests.pieceSize, alignment: 16)
    defer { piece.deallocate() }
    do throws(SpoolError) {
      try bytes { (next) throws(SpoolError) in
        while true {
          let count = try next(piece)
          if count == 0 { break }
          let bytes = UnsafeRawBufferPointer(rebasing: piece[..<count])
          digests.update(bytes)
          file.writeKeepingError(bytes)
        }
      }
    } catch { throw AuditError(spool: error) }
    if let error = file.error { throw error }
  }

  /// - Parameter before: what is done once the bytes are on disk; false: they are not needed.
  private func write(
    under key: String, replacing: Bool, _ body: (PartFile) throws(AuditError) -> Void,
    before: () throws(AuditError) -> Bool = { true }
  ) throws(AuditError) {
    let target = try place(of: key)
    let slash = target.lastIndex(of: "/")!  // `place` puts one there.
    let folder = String(target[..<slash])
    let part = "\(folder)/.\(target[target.index(after: slash)...])\(Self.partSuffix)"
    let file = try PartFile(path: part)
    do throws(AuditError) {
      try body(file)
      try file.finish()
      guard try before() else {
        unlink(part)
        return
      }
      Failpoint.reach("folder.rename.before")
      if replacing {
        guard rename(part, target) == 0 else { throw .system("rename", target) }
      } else {
        guard link(part, target) == 0 else {
          // Somebody came first: the next try compares.
          let isTaken = errno == EEXIST
          var failure = AuditError.system("link", target)
          if isTaken { failure.severity = .transient() }
          throw failure
        }
        unlink(part)
      }
    } catch {
      unlink(part)
      throw error
    }
    Failpoint.reach("folder.rename.after")
    try synchronize(folder)
  }

  /// The object and what is kept beside it; what is not there is removed already.
  func remove(_ key: String) throws(AuditError) {
    let object = try place(of: key)
    for path in [object, object + Self.metadataSuffix] {
      guard unlink(path) == 0 || errno == ENOENT else { throw .system("unlink", path) }
    }
  }

  // MARK: Reading

  func find(_ key: String, readingBytes: Bool) throws(AuditError) -> FoundObject? {
    guard let file = try ReadFile(at: place(of: key)) else { return nil }
    var digests = FileDigests()
    try file.read { digests.update($0) }
    let metadata = try ReadFile(at: place(of: key + Self.metadataSuffix))
    var json: [UInt8] = []
    try metadata?.read { json += $0 }
    return FoundObject(
      etag: digests.etag, size: digests.size, sha256: readingBytes ? digests.sha256 : nil
    ) { ObjectMetadata.value($0, in: json) }
  }

  /// False when there is no such object. On failure no file is left at `path`.
  func copy(_ key: String, to path: String, maxSize: Int64) throws(AuditError) -> Bool {
    guard let source = try ReadFile(at: place(of: key)) else { return false }
    let copy = try PartFile(path: path)
    do throws(AuditError) {
      var size: Int64 = 0
      try source.read { bytes in
        size += Int64(bytes.count)
        if size <= maxSize { copy.writeKeepingError(bytes) }
      }
      guard size <= maxSize else {
        throw AuditError(code: .storeOther, message: "\(key) is larger than \(maxSize) bytes")
      }
      if let error = copy.error { throw error }
      return true
    } catch {
      unlink(path)
      throw error
    }
  }

  /// Whether there is nothing yet, and there could be.
  func isUnborn() -> Bool { access(path, F_OK) != 0 && errno == ENOENT && device.withLock { $0 == nil } }
}
