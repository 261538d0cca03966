import Failpoints
import MissionCore
import Ports

/// Brings what a mission has for the store there: first the kept files, in the order of their names, then the audit
/// object, so that it means that everything is there; then files go that earlier scrapes kept and this one lacks. Begun
/// anew after a failure or a crash it writes the same again.
struct UploadSequence: Sendable {
  /// What came of it.
  enum End: Sendable {
    case stored(StoredObject)
    case failed(AuditError)
    /// A kept file cannot be read, or is not the one that was listed.
    case fileUnusable(SpoolError)
  }

  let store: any AuditStore
  let request: AuditRequest
  let files: [KeptFile]
  /// Names of files of earlier scrapes.
  let former: [String]
  /// Where the files' places begin, with its slash.
  let workFolder: String
  let reply: @Sendable (End) -> Void

  func begin() { put(files[...]) }

  private func put(_ left: ArraySlice<KeptFile>) {
    guard let file = left.first else { return putObject() }
    Failpoint.reach("store.kept.before")
    let kept = KeptFileRequest(
      mission: request.mission, parameters: request.parameters, runID: request.runID, file: file,
      path: workFolder + file.place, prefix: request.prefix, replaces: request.replaces)
    store.put(kept) { answer in
      switch answer {
      case .success:
        Failpoint.reach("store.kept.after")
        put(left.dropFirst())
      case .failure(let error): reply(error.spoolFault.map(End.fileUnusable) ?? .failed(error))
      }
    }
  }

  private func putObject() {
    store.put(request) { answer in
      switch answer {
      case .success(let object): remove(former[...], object)
      case .failure(let error): reply(.failed(error))
      }
    }
  }

  private func remove(_ left: ArraySlice<String>, _ object: StoredObject) {
    guard let name = left.first else { return reply(.stored(object)) }
    Failpoint.reach("store.former.before")
    let file = KeptFile(name: name, size: 0, sha256: "")
    let key = store.key(of: file, request.mission, request.parameters, prefix: request.prefix)
    store.remove(key) { answer in
      switch answer {
      case .success:
        Failpoint.reach("store.former.after")
        remove(left.dropFirst(), object)
      case .failure(let error): reply(.failed(error))
      }
    }
  }
}
