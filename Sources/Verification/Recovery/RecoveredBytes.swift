import Crypto
import JSONStream
import MissionCore
import Ports
import Records
import Spool
import URI

/// Makes the part of a mission that is missing of the one that is there, where that proves to be whole.
struct RecoveredBytes {
  /// The mission is left to a later run: what is there stays as it is.
  enum Failure: Error {
    case store(AuditError)
    /// The store can be asked, and did not take the object.
    case notStored(AuditError)
    case other(Message)
  }

  let parts: ComparedParts
  let spool: SpoolStore
  let runID: String
  let now: @Sendable () -> Timestamp

  // MARK: Of the rows

  /// What came of making the audit object of the rows.
  enum OfRows {
    case made(RecoveredMission)
    /// Nobody knows whether they are whole: not as many as were scraped, or the destination keeps values and not bytes.
    case unknown
    /// They are not what the ledger says, or the scrape had spaces between its records.
    case differ
  }

  /// The audit object of the rows, when they prove to be whole: as many as were scraped, and the array of them (`[a,b]`, by
  /// their places) has the ledger's digest.
  ///
  /// - Parameter replaces: an object is there, and does not say of what it was made.
  func makeObject(
    _ record: MissionRecord, _ ledger: LoadedMission.Ledger, key: String, replaces: Bool
  ) throws(Failure) -> OfRows {
    guard ledger.rowsCount == ledger.adsCount, ledger.keptFiles.isEmpty else { return .unknown }
    defer { spool.removeSubstitute(record.id) }
    switch try array(of: record, ledger) {
    case .unreadable: return .unknown
    case .rows(let result) where result.sha256 == ledger.sha256:
      return .made(try put(result, record, ledger, replaces: replaces))
    case .incomplete, .rows: return .differ
    }
  }

  private func put(
    _ result: SpooledResult, _ record: MissionRecord, _ ledger: LoadedMission.Ledger, replaces: Bool
  ) throws(Failure) -> RecoveredMission {
    let request = AuditRequest(
      mission: record.id, parameters: record.parameters, runID: runID, result: result,
      prefix: parts.places(record.parameters.source).prefix, replaces: replaces)
    switch parts.storeResult({ store, reply in store.put(request, reply: reply) }) {
    case .success(let stored):
      return RecoveredMission(
        adsCount: ledger.adsCount, sha256: ledger.sha256, size: result.size, doneAt: now(),
        object: stored)
    case .failure(let error): throw .notStored(error)
    }
  }

  private enum Rows {
    case rows(SpooledResult)
    /// A place has none.
    case incomplete
    /// The destination keeps values and not bytes.
    case unreadable
  }

  private func array(of record: MissionRecord, _ ledger: LoadedMission.Ledger) throws(Failure) -> Rows {
    var isWhole: Bool?
    do {
      let result = try spool.substitute(record.id, adsCount: ledger.adsCount) { writer in
        let array = ArrayWriter(writer)
        isWhole = try parts.readAds(of: record.id, ad: array.add)
        array.finish()
      }
      guard let isWhole else { return .unreadable }
      return isWhole ? .rows(result) : .incomplete
    } catch { throw .other("\(error)") }
  }

  // MARK: Of the object

  /// The rows of the object; nil when its bytes are not the ones that were written: they must have the digest that its
  /// metadata say, or the MD5 that is its ETag. The ledger takes the object's word for the scraped bytes' digest.
  func makeRows(
    _ record: MissionRecord, _ found: FoundObject, key: String, kept survey: StoreSurvey
  ) throws(Failure) -> RecoveredMission? {
    guard let sha256 = found.dataSHA256, let size = found.size else { return nil }
    spool.removePart(record.id)
    defer {
      spool.removePart(record.id)
      spool.removeSubstitute(record.id)
    }
    let path = spool.partPath(for: record.id)
    switch parts.storeResult({ store, reply in store.fetch(key, to: path, maxSize: size, reply: reply) }) {
    case .success(true): break
    case .success(false): return nil
    case .failure(let error): throw .store(error)
    }
    guard let files = try keptFiles(of: record, survey) else { return nil }
    do {
      let object = try spool.openPart(record.id, size: size)
      let digests = Digests(of: object)
      guard found.bodySHA256 == digests.sha256 || (found.bodySHA256 == nil && found.etag == digests.etag)
      else { return nil }
      let result = try respaced(object, record, sha256: sha256)
      guard let rows = try load(record, result, sha256, files) else { return nil }
      return RecoveredMission(
        adsCount: rows.rows + rows.repeatedIDs, sha256: sha256,
        size: result.sha256 == sha256 ? result.size : nil, doneAt: now(),
        object: UploadedObject(key: key, etag: found.etag ?? "", size: size, sha256: digests.sha256),
        keptFiles: files)
    } catch let failure as Failure {
      throw failure
    } catch { throw .other("\(error)") }
  }

  /// In the spacing of the scraped bytes, where that is one of those that libraries write.
  private func respaced(
    _ object: any SpooledBytes, _ record: MissionRecord, sha256: String
  ) throws -> SpooledResult {
    let spacing =
      JSONSpacing.allCases.first { spacing in
        var hash = SHA256()
        spacing.write(object.bytes, release: object.release(before:)) { hash.update($0) }
        return hash.finalizeHex() == sha256
      } ?? .compact
    return try spool.substitute(record.id, adsCount: 0) { writer in
      spacing.write(object.bytes, release: object.release(before:), to: writer.write)
    }
  }

  /// Nil when the destination does not take them: the mission's own scrape will say why.
  private func load(
    _ record: MissionRecord, _ result: SpooledResult, _ sha256: String, _ files: [KeptFile]
  ) throws(Failure) -> LoadOutcome? {
    let request = LoadRequest(
      mission: record.id, parameters: record.parameters, runID: runID, result: result,
      table: parts.places(record.parameters.source).table, keptFiles: files, at: now(), sha256: sha256)
    switch parts.loadResult(request) {
    case .success(let outcome): return outcome
    case .failure(let error) where error.severity == .permanent && error.code == .destinationDoesNotFit:
      return nil
    case .failure(let error): throw .other("destination: \(error.code.rawValue) \(error.message)")
    }
  }

  /// Nil where the store does not list what it has, for a source that keeps files: nobody knows which.
  private func keptFiles(
    of record: MissionRecord, _ survey: StoreSurvey
  ) throws(Failure) -> [KeptFile]? {
    var files: [KeptFile] = []
    do throws(AuditError) {
      for key in try survey.keptKeys(of: record) {
        let found = try parts.object(key)
        let encoded = key.split(separator: "/").last.map(String.init) ?? ""
        guard let name = PercentEncoding.decode(encoded), let sha256 = found?.bodySHA256,
          let size = found?.size
        else { continue }
        files.append(KeptFile(name: name, size: size, sha256: sha256))
      }
    } catch {
      guard error.code == .storePermissionDenied else { throw .store(error) }
      return parts.places(record.parameters.source).keepsFiles ? nil : []
    }
    return files.sorted()
  }

  private struct Digests {
    private static let pieceSize = 256 << 10

    let sha256: String
    let etag: String

    init(of object: any SpooledBytes) {
      var hash = SHA256()
      var md5 = MD5()
      for start in stride(from: 0, to: object.bytes.count, by: Self.pieceSize) {
        let end = min(start + Self.pieceSize, object.bytes.count)
        let piece = UnsafeRawBufferPointer(rebasing: object.bytes[start..<end])
        hash.update(piece)
        md5.update(piece)
        object.release(before: end)
      }
      sha256 = hash.finalizeHex()
      etag = "\"\(md5.finalizeHex())\""
    }
  }
}
