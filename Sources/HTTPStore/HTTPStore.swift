import Failpoints
import MissionCore
import Ports
import Records
import Threads
import WebServices

/// Keeps audit objects on a server that takes PUT and gives back by GET (SOURCES 7). A key is the path below its URL,
/// the metadata lie beside the object as `<key>.meta.json` and are there before it, as a folder store has them.
///
/// An object that was answered for was asked for once more: the server says that it is there, with all its bytes.
/// Several threads work, each on keys of its own, and wait for the server.
package final class HTTPStore: AuditStore {
  /// Requests at once.
  private static let threadCount = 16

  private let folder: WebFolder
  private let conditions = Conditions()
  private let threads: KeyedThreads
  package let prefix: String

  init(_ folder: WebFolder, prefix: String) throws(ThreadFailure) {
    self.folder = folder
    self.prefix = AuditObject.keyPrefix(prefix)
    threads = try KeyedThreads(Self.threadCount)
  }

  package func put(
    _ request: AuditRequest, reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void
  ) {
    let key = key(of: request.mission, request.parameters, prefix: request.prefix)
    answer(key, reply) { [prefix, conditions] folder throws(AuditError) in
      let document: AuditDocument
      do { document = try AuditDocument(request.result) } catch let fault as SpoolError {
        throw AuditError(spool: fault)
      } catch {
        throw AuditError(
          code: .internalError,
          message: "the spooled result cannot be read: \(UntrustedText.foreign("\(error)"))")
      }
      return try WebUpload(
        folder: folder, object: AuditObject(request, prefix: prefix, bodySHA256: document.sha256),
        body: document.body, fault: { document.spoolFault }, replaces: request.replaces,
        conditions: conditions
      ).run()
    }
  }

  package func put(
    _ request: KeptFileRequest, reply: @escaping @Sendable (Result<StoredObject, AuditError>) -> Void
  ) {
    let object = AuditObject(request, prefix: prefix)
    answer(object.key, reply) { [conditions] folder throws(AuditError) in
      let file = KeptFileBody(request)
      // A server may keep the beginning of what was not sent to its end.
      do throws(SpoolError) { try file.confirm() } catch { throw AuditError(spool: error) }
      return try WebUpload(
        folder: folder, object: object, body: file.body, fault: { file.spoolFault },
        replaces: request.replaces, conditions: conditions
      ).run()
    }
  }

  package func remove(_ key: String, reply: @escaping @Sendable (Result<Void, AuditError>) -> Void) {
    answer(key, reply) { folder throws(AuditError) in
      try folder.remove(key)
      try folder.remove(key + ObjectMetadata.suffix)
    }
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
    answer(key, reply) { folder throws(AuditError) in try folder.fetch(key, to: path, maxSize: maxSize) }
  }

  package func list(
    prefix: String?, token: String?, reply: @escaping @Sendable (Result<ObjectPage, AuditError>) -> Void
  ) {
    let prefix = prefix.map(AuditObject.keyPrefix) ?? self.prefix
    answer("", reply) { folder throws(AuditError) in
      try WebListing(folder, under: prefix, after: token).page()
    }
  }

  package func check(reply: @escaping @Sendable (Result<CheckedStore, AuditError>) -> Void) {
    let number = String(UInt64.random(in: .min ... .max), radix: 16)
    let key = "\(prefix)mission-control-probe-\(number)"
    answer(key, reply) { folder throws(AuditError) in try WebProbe(folder: folder, key: key).run() }
  }

  /// What is asked of one key is done in the order in which it was asked.
  private func answer<R: Sendable>(
    _ key: String, _ reply: @escaping @Sendable (Result<R, AuditError>) -> Void,
    _ body: @escaping @Sendable (WebFolder) throws(AuditError) -> R
  ) {
    threads.run(key) { [folder] in
      do throws(AuditError) { reply(.success(try body(folder))) } catch { reply(.failure(error)) }
    }
  }
}
