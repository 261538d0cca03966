import Foundation
import Glibc

/// A folder of a test's own, removed when it goes.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/mission-control-test.XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit {
    // What is left behind lies in /tmp and disturbs no later test.
    try? FileManager.default.removeItem(atPath: path)
  }
}
