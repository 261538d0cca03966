import Files
import Glibc

// What reports leave when their process is killed.
extension AtomicFile {
  /// Removes what killed processes left of reports in the folder; what cannot be removed does no harm.
  ///
  /// - Parameter isOurs: whether the caller's journal has that run, so that nothing of another journal's is touched.
  package static func removeTemporaries(in path: String, ofRun isOurs: (String) -> Bool) {
    for name in Folder.names(in: path) {
      if let run = run(ofTemporary: name), isOurs(run) { unlink("\(path)/\(name)") }
    }
  }

  /// The run whose report was being written under that name; earlier versions wrote `<run_id>.json.tmp`.
  static func run(ofTemporary name: String) -> String? {
    guard name.hasSuffix(temporarySuffix), let json = name.firstRange(of: ".json.") else { return nil }
    return String(name[..<json.lowerBound].drop { $0 == "." })
  }
}
