import Failpoints
import MissionCore
import Ports
import Records
import Threads

/// Keeps audit objects as files of a folder (SOURCES 7): a key is the path below it, the metadata lie beside the object
/// as `<key>.meta.json` and are there before it. The ETag is the MD5 of the bytes as they are now, in quotes.
///
/// Nothing half written is ever under a key, and what was confirmed is on disk: temporary file, fsync, rename, fsync of
/// the folder. Several threads work, each on keys of its own, for a disk flushes many files in the time of one.
package final class FolderStore: AuditStore {
  private static let threadCount = 4

  let folder: ObjectFolder
  private let threads: KeyedThreads

  /// - Parameter path: made at the first use, when the folder that it is in exists.
  package init(path: String, prefix: String) throws(ThreadFailure) {
    folder = ObjectFolder(path: path, prefix: AuditObject.keyPrefix(prefix))
    threads = try KeyedThreads(Self.threadCount)
  }

  package func put(
    _ request: AuditRequest, reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void
  ) {
    let key = key(of: request.mission, request.parameters, prefix: request.prefix)
    answer(key, reply) { folder throws(AuditError) in
      try Self.put(in: folder, under: key, replaces: request.replaces) { body throws(SpoolError) in
        let source = AuditBody(try request.result.open())
        try body { piece throws(SpoolError) in try source.fill(piece) }
      } object: {
        AuditObject(request, prefix: folder.prefix, bodySHA256: $0)
      }
    }
  }

  package func put(
    _ request: KeptFileRequest, reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void
  ) {
    let object = AuditObject(request, prefix: folder.prefix)
    answer(object.key, reply) { folder throws(AuditError) in
      try Self.put(in: folder, under: object.key, replaces: request.replaces) { body throws(SpoolError) in
        let source = try KeptFileReader(request.file, at: request.path)
        try body { piece throws(SpoolError) in try source.fill(piece) }
      } object: { _ in
        object
      }
    }
  }

  private static func put(
    in folder: ObjectFolder, under key: String, replaces: Bool, bytes: ObjectFolder.Bytes,
    object: (_ bodySHA256: String) -> AuditObject
  ) throws(AuditError) -> StoredObject {
    Failpoint.reach("store.put.before")
    try folder.prepare(for: key)
    let stored = try folder.write(under: key, replaces: replaces, bytes: bytes, object: object)
    Failpoint.reach("store.put.answered")
    return stored
  }

  package func remove(_ key: String, reply: @escaping @Sendable (Result<Void, AuditError>) -> Void) {
    answer(key, reply) { folder throws(AuditError) in try folder.remove(key) }
  }

  package func find(
    _ key: String, readingBytes: Bool, reply: @escaping @Sendable (Result<FoundObject?, AuditError>) -> Void
  ) {
    answer(key, reply) { folder throws(AuditError) in try folder.find(key, readingBytes: readingBytes) }
  }

  package func fetch(
    _ key: String, to path: String, maxSize: Int64,
    reply: @escaping @Sendable (Result<Bool, AuditError>) -> Void
  ) {
    answer(key, reply) { folder throws(AuditError) in
      try folder.copy(key, to: path, maxSize: maxSize)
    }
  }

  package func list(
    prefix: String?, token: String?, reply: @escaping @Sendable (Result<ObjectPage, AuditError>) -> Void
  ) {
    let prefix = prefix.map(AuditObject.keyPrefix) ?? folder.prefix
    answer("", reply) { folder throws(AuditError) in
      try FolderListing(folder, under: prefix, after: token).page()
    }
  }

  package var prefix: String { folder.prefix }

  package func check(reply: @escaping @Sendable (Result<CheckedStore, AuditError>) -> Void) {
    let number = String(UInt64.random(in: .min ... .max), radix: 16)
    let key = "\(folder.prefix)mission-control-probe-\(number)"
    answer(key, reply) { folder throws(AuditError) in try FolderProbe(folder: folder, key: key).run() }
  }

  /// What is asked of one key is done in the order in which it was asked.
  private func answer<R: Sendable>(
    _ key: String, _ reply: @escaping @Sendable (Result<R, AuditError>) -> Void,
    _ body: @escaping @Sendable (ObjectFolder) throws(AuditError) -> R
  ) {
    threads.run(key) { [folder] in
      do throws(AuditError) { reply(.success(try body(folder))) } catch { reply(.failure(error)) }
    }
  }
}
