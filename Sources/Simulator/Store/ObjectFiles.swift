import Files
import Glibc

/// Buckets and objects as folders and files: bodies at `ROOT/bucket/key`, what is known about them at
/// `ROOT/.metadata/bucket/key.json`, uploads under way in `ROOT/.uploads`.
///
/// An object appears whole or not at all: its metadata is renamed into place, then its body.
final class ObjectFiles {
  let root: String
  private var knownFolders: Set<String> = []
  private var uploads = 0

  /// Makes the folders that are missing; uploads that an earlier process left are removed.
  init(root: String, buckets: [String]) throws(SimulatorError) {
    self.root = root
    for folder in [root, "\(root)/.uploads", "\(root)/.metadata"] + buckets.map({ "\(root)/\($0)" }) {
      guard Self.makeFolders(folder) else { throw .file(path: folder, operation: "create", code: errno) }
    }
    for name in Folder.names(in: "\(root)/.uploads") { unlink("\(root)/.uploads/\(name)") }
  }

  func hasBucket(_ bucket: String) -> Bool {
    var status = stat()
    return !bucket.isEmpty && !bucket.contains("/") && bucket.first != "."
      && stat("\(root)/\(bucket)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  // MARK: - Writing

  func newUploadPath() -> String {
    uploads += 1
    return "\(root)/.uploads/\(getpid())-\(uploads)"
  }

  /// Puts the uploaded file in place as the object.
  func store(_ upload: String, _ metadata: ObjectMetadata, bucket: String, path: String) throws(StoreError) {
    let sidecar = newUploadPath()
    let known = "\(root)/.metadata/\(bucket)/\(path).json"
    do throws(StoreError) {
      guard Self.write(metadata.encoded, to: sidecar) else { throw Self.failure() }
      try move(sidecar, to: known)
      do throws(StoreError) { try move(upload, to: "\(root)/\(bucket)/\(path)") } catch {
        unlink(known)
        throw error
      }
    } catch {
      unlink(sidecar)
      unlink(upload)
      throw error
    }
  }

  private func move(_ source: String, to target: String) throws(StoreError) {
    let folder = String(target[..<target.lastIndex(of: "/")!])  // every target has a folder: the root
    if !knownFolders.contains(folder) {
      guard Self.makeFolders(folder) else { throw Self.failure() }
      knownFolders.insert(folder)
    }
    if rename(source, target) == 0 { return }
    // Someone may have removed the folder since.
    guard errno == ENOENT, Self.makeFolders(folder), rename(source, target) == 0 else {
      throw Self.failure()
    }
  }

  func remove(bucket: String, path: String) {
    unlink("\(root)/\(bucket)/\(path)")
    unlink("\(root)/.metadata/\(bucket)/\(path).json")
  }

  // MARK: - Reading

  func metadata(bucket: String, path: String) -> ObjectMetadata? {
    var status = stat()
    guard stat("\(root)/\(bucket)/\(path)", &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      let text = Self.read("\(root)/.metadata/\(bucket)/\(path).json"), var metadata = ObjectMetadata(text)
    else { return nil }
    // The body is what counts: tests change it to see whether that is noticed.
    metadata.size = Int(status.st_size)
    return metadata
  }

  /// The body, to be sent piece by piece.
  func open(bucket: String, path: String, count: Int) -> FileBody? {
    let descriptor = Glibc.open("\(root)/\(bucket)/\(path)", O_RDONLY | O_CLOEXEC)
    return descriptor < 0 ? nil : FileBody(descriptor: descriptor, count: count)
  }

  /// All keys of a bucket, in the order of their bytes.
  func keys(bucket: String) -> [String] {
    var keys: [String] = []
    func walk(_ folder: String, _ prefix: String) {
      for name in Folder.names(in: folder) {
        var status = stat()
        guard stat("\(folder)/\(name)", &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          walk("\(folder)/\(name)", "\(prefix)\(name)/")
        } else if let key = ObjectPath.key(of: prefix + name) {
          keys.append(key)
        }
      }
    }
    walk("\(root)/\(bucket)", "")
    return keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  // MARK: - Files

  private static func failure() -> StoreError {
    switch errno {
    case ENOTDIR, EISDIR, ENOTEMPTY, EEXIST:
      return StoreError(
        "InvalidRequest", "This store keeps objects as files: a key cannot be both an object and a folder.",
        status: 409)
    case ENOSPC: return StoreError("InternalError", "No space left on the device.")
    default: return StoreError("InternalError", "The file system answers: \(SimulatorError.text(errno))")
    }
  }

  /// The reason is left in `errno`.
  private static func makeFolders(_ path: String) -> Bool {
    do throws(FileFailure) { try Folder.make(path) } catch {
      errno = error.cause?.code ?? EIO
      return false
    }
    return true
  }

  static func write(_ text: String, to path: String) -> Bool {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var text = text
    return text.withUTF8 { Glibc.write(descriptor, $0.baseAddress, $0.count) == $0.count }
  }

  static func read(_ path: String) -> [UInt8]? {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    return withUnsafeTemporaryAllocation(byteCount: 16 * 1024, alignment: 16) { buffer in
      while true {
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        guard count >= 0 else { return nil }
        if count == 0 { return bytes }
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
  }
}

/// A file that is sent piece by piece.
final class FileBody: BodySource {
  private static let piece = 256 * 1024

  let count: Int
  private let descriptor: Int32

  /// Takes the descriptor over.
  init(descriptor: Int32, count: Int) {
    self.descriptor = descriptor
    self.count = count
  }

  deinit { close(descriptor) }

  func appendNext(to output: inout [UInt8]) -> Bool {
    let piece = [UInt8](unsafeUninitializedCapacity: Self.piece) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
    }
    output.append(contentsOf: piece)
    return !piece.isEmpty
  }
}
