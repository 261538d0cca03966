import Crypto
import Files
import Glibc
import MissionCore

/// Lists what a program wrote to be kept (SOURCES 3): by its rules, read and hashed once, and on disk with its name when the
/// list is there, so that the scrape may count as ended.
struct KeptFileList {
  /// Where the program wrote.
  let folder: String
  /// The same below `<state>/work`, which is `root`.
  let place: String
  let root: String
  let patterns: [String]
  /// Bytes of all together at the most.
  let limit: Int64
  let redactor: Redactor

  func take() throws(ResultFiles.Refusal) -> [KeptFile] {
    guard !patterns.isEmpty else { return [] }
    let files = ResultFiles(folder: folder, masking: redactor)
    let names = try files.matching(patterns)
    guard names.count <= KeptFile.mostFiles else {
      throw ResultFiles.Refusal(
        rule: "\(names.count) files match keep, at most \(KeptFile.mostFiles) are kept for a mission")
    }
    if let long = names.first(where: { $0.utf8.count > KeptFile.longestName }) {
      throw ResultFiles.Refusal(
        rule: "the name of \(files.shown(long)) is longer than the \(KeptFile.longestName) bytes "
          + "of a kept file")
    }
    for name in names {
      let bytes = KeptFile.keyName(of: name).utf8.count
      guard bytes > KeptFile.longestKeyName else { continue }
      throw ResultFiles.Refusal(
        rule:
          "the name of \(files.shown(name)) is \(bytes) bytes long in its key, where it is percent-encoded; "
          + "at most \(KeptFile.longestKeyName) are allowed")
    }
    var left = limit
    var kept: [KeptFile] = []
    for name in names { kept.append(try take(name, files, &left)) }
    if !kept.isEmpty { try synchronize(names) }
    return kept
  }

  private func take(
    _ name: String, _ files: ResultFiles, _ left: inout Int64
  ) throws(ResultFiles.Refusal) -> KeptFile {
    var hash = SHA256()
    var size: Int64 = 0
    let isWhole = try files.read(name, flushing: true) { bytes in
      size += Int64(bytes.count)
      hash.update(bytes)
      return size <= left
    }
    guard isWhole else {
      throw ResultFiles.Refusal(
        rule: "the kept files are together larger than execution.max_result_size allows, \(limit) bytes")
    }
    left -= size
    return KeptFile(name: name, size: size, sha256: hash.finalizeHex(), place: "\(place)/\(name)")
  }

  /// The names of the files, and of each folder that they lie in.
  private func synchronize(_ names: [String]) throws(ResultFiles.Refusal) {
    var folders: Set<String> = [folder, Folder.parent(of: folder), root, Folder.parent(of: root)]
    for name in names {
      var parts = name.split(separator: "/").dropLast()
      while !parts.isEmpty {
        folders.insert("\(folder)/\(parts.joined(separator: "/"))")
        parts.removeLast()
      }
    }
    for folder in folders {
      do throws(Errno) { try Folder.synchronize(folder) } catch {
        let rule: Message = "\(UntrustedText.foreign(folder)) could not be flushed: \(error)"
        throw ResultFiles.Refusal(rule: rule, disk: error)
      }
    }
  }
}
