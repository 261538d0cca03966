import Foundation

/// A folder of a test's own, removed with this object.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// - Parameter parent: the folder to make it in.
  package init(in parent: String = "/tmp") {
    // Short: the paths of sockets have a limit.
    var template = Array("\(parent)/mc-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  // What cannot be removed is left to the system's cleaning of /tmp.
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Names in a folder below, hidden ones too, sorted; none when there is no such folder.
  package func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
  }

  /// Nil when there is no such file.
  package func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) }
  }

  /// Paths of all plain files below `folder`, relative to it, sorted; none when there is no such folder.
  package static func files(in folder: String) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: folder) else { return [] }
    return walk.compactMap { $0 as? String }.filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(folder)/\($0)", isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  package static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  package static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }
}
