import KeyTable
import Kind
import Ports
import Threads

/// `storage_folder`: a folder of this machine, or of a file system that it has mounted.
package struct FolderSection: StoreSection {
  package static let name = "storage_folder"
  package static let documentation = "A folder that keeps the audit objects, on this machine or mounted by it"

  /// Already relative to the working directory.
  package var path = ""
  /// Without slashes at its ends; empty for keys that begin with the date.
  package var prefix = "scrapes"
  package init() {}

  package static let keys: [Key<Self>] = [
    Key(
      "path", \.path, .path(), required: true,
      "The folder, relative to this file; made when the folder that it is in exists"),
    Key(
      "prefix", \.prefix, .text(TextRule.prefix, emptyIsValue: true),
      "What object keys begin with; empty: with the date"),
  ]

  package func open(_ opening: Opening) throws(OpeningFailure) -> any AuditStore {
    do throws(ThreadFailure) { return try FolderStore(path: path, prefix: prefix) } catch {
      throw .noThread("the folder store cannot be used: \(error)")
    }
  }
}
