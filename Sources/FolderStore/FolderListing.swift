import Files
import Glibc
import MissionCore
import Ports

/// A page of the keys below the prefix, in ascending order of their bytes, as stores list them. What is being written
/// and what is kept beside objects is left out.
struct FolderListing {
  /// Keys of a page, as stores give them.
  static let pageSize = 1000

  private let folder: ObjectFolder
  /// With its slash, or empty.
  private let prefix: String
  private let last: String?
  private var keys: [String] = []

  /// - Parameter last: the last key of the page before.
  init(_ folder: ObjectFolder, under prefix: String, after last: String?) {
    self.folder = folder
    self.prefix = prefix
    self.last = last
  }

  func page() throws(AuditError) -> ObjectPage {
    if folder.isUnborn() { return ObjectPage(keys: [], next: nil) }
    var listing = self
    try listing.collect(prefix)
    let isWhole = listing.keys.count <= Self.pageSize
    let keys = Array(listing.keys.prefix(Self.pageSize))
    return ObjectPage(keys: keys, next: isWhole ? nil : keys.last)
  }

  /// - Parameter beginning: what keys of the folder begin with, with its slash.
  private mutating func collect(_ beginning: String) throws(AuditError) {
    for entry in try Self.entries(of: "\(folder.path)/\(beginning)") {
      // One more shows that there is a next page.
      guard keys.count <= Self.pageSize else { return }
      let key = beginning + entry.name
      if entry.isFolder {
        let inside = key + "/"
        if let last, !last.hasPrefix(inside), Self.precedes(inside, last) { continue }
        try collect(inside)
      } else if last.map({ Self.precedes($0, key) }) ?? true {
        keys.append(key)
      }
    }
  }

  private static func precedes(_ one: String, _ other: String) -> Bool {
    one.utf8.lexicographicallyPrecedes(other.utf8)
  }

  private struct Entry {
    let name: String
    let isFolder: Bool
    /// As it stands in keys: a folder's name with its slash.
    var order: String { isFolder ? name + "/" : name }
  }

  /// In the order of keys. A folder that is not there has none.
  private static func entries(of path: String) throws(AuditError) -> [Entry] {
    var names: [String] = []
    do throws(Errno) {
      try Folder.eachName(in: path) { name in
        if !isOurs(name) { names.append(name) }
        return true
      }
    } catch {
      if error.code == ENOENT { return [] }
      throw .system("opendir", path, error)
    }
    var entries: [Entry] = []
    for name in names {
      switch try kind(of: "\(path)/\(name)") {
      case S_IFDIR: entries.append(Entry(name: name, isFolder: true))
      case S_IFREG: entries.append(Entry(name: name, isFolder: false))
      default: continue
      }
    }
    return entries.sorted { precedes($0.order, $1.order) }
  }

  /// No object, but what belongs to one.
  static func isOurs(_ name: String) -> Bool {
    name.hasSuffix(ObjectFolder.metadataSuffix)
      || (name.hasPrefix(".") && name.hasSuffix(ObjectFolder.partSuffix))
  }

  /// 0 for what has gone meanwhile.
  private static func kind(of path: String) throws(AuditError) -> mode_t {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT { return 0 }
      throw .system("lstat", path)
    }
    return status.st_mode & S_IFMT
  }
}
