import Foundation

/// A folder of its own for one test, removed with it.
package final class TemporaryFolder {
  package let path: String

  package init() {
    var template = Array("/tmp/store-tests-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  // What cannot be removed is left to the system's cleaning of /tmp.
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Nil when there is no such file.
  package func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) }
  }
}
