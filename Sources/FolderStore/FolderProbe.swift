import Glibc
import MissionCore
import Ports
import Records

/// Writes an object of its own, tries whether a second one of its name is refused when it is not to replace the first,
/// reads it and removes it, to see whether the folder can be used.
struct FolderProbe {
  private static let body = Array("mission-control\n".utf8)

  let folder: ObjectFolder
  let key: String

  func run() throws(AuditError) -> CheckedStore {
    try folder.prepare(for: key)
    let isCreateOnly: Bool
    do throws(AuditError) {
      try folder.write(
        ObjectMetadata(contentType: "text/plain", []).json, under: key + ObjectFolder.metadataSuffix)
      try folder.write(Self.body, under: key)
      isCreateOnly = refusesSecond()
      try read()
    } catch {
      // What failed first is what is told.
      try? folder.remove(key)
      throw error
    }
    try folder.remove(key)
    let remark: Message = isCreateOnly ? "" : "; it does not keep create-only writing"
    let deeds: Message = "wrote, read and removed a probe object in \(folder.path)"
    return CheckedStore(deeds: deeds + remark)
  }

  /// Whether the file system keeps the first of two objects where it is asked to.
  private func refusesSecond() -> Bool {
    do throws(AuditError) { try folder.write(Self.body, under: key, replacing: false) } catch { return true }
    return false
  }

  private func read() throws(AuditError) {
    guard let file = try ReadFile(at: folder.place(of: key)) else {
      throw AuditError(code: .storeOther, message: "the probe object is not there once it is written")
    }
    var found: [UInt8] = []
    try file.read { found += $0 }
    guard found == Self.body else {
      throw AuditError(code: .storeOther, message: "other bytes came back than were written")
    }
  }
}
