import Files
import Glibc
import MissionCore

/// The files that a program wrote into its folder: which there are, and how they are read.
struct ResultFiles {
  /// More are not looked at: a folder without an end would keep the run busy for ever.
  static let mostLooked = 100_000
  /// Folders inside each other.
  private static let deepest = 32

  private let folder: String
  private let redactor: Redactor

  init(folder: String, masking redactor: Redactor = .none) {
    self.folder = folder
    self.redactor = redactor
  }

  /// What stands in the way of reading them, in words of ours.
  struct Refusal: Error, Equatable {
    let rule: Message
    /// Not the program's files are at fault, but our disk.
    var disk: Errno?

    var failure: SourceFailure {
      guard let disk else { return SourceFailure(.unusable, rule) }
      return SourceFailure(disk.code == EIO ? .diskFails : .spoolFull, rule)
    }
  }

  /// Names of all files that the pattern means, `/` between folders, in the order of their bytes. Links, pipes and the
  /// like are refused where the pattern means them.
  func matching(_ patterns: [String]) throws(Refusal) -> [String] {
    try requireFolder()
    var found: [String] = []
    var looked = 0
    var folders = [(name: "", depth: 0)]
    while let (prefix, depth) = folders.popLast() {
      for name in try names(in: prefix) {
        looked += 1
        guard looked <= Self.mostLooked else {
          throw Refusal(rule: "there are more than \(Self.mostLooked) files in the program's folder")
        }
        let path = prefix + name
        var status = stat()
        guard lstat("\(folder)/\(path)", &status) == 0 else {
          try requireUnmeant(path, patterns)
          continue
        }
        if status.st_mode & S_IFMT == S_IFDIR {
          if depth < Self.deepest { folders.append((path + "/", depth + 1)) }
          continue
        }
        guard patterns.contains(where: { Self.means($0, path) }) else { continue }
        if let refusal = OwnFile.refusal(status), refusal != .isForeign {
          throw Refusal(rule: "\(shown(path)) \(refusal)")
        }
        found.append(path)
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// A program may have removed its folder, or put a link in its place, behind which lies what is not the mission's.
  private func requireFolder() throws(Refusal) {
    var status = stat()
    guard lstat(folder, &status) == 0 else {
      throw Refusal(rule: "the program's folder cannot be read: \(Errno.last)")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Refusal(rule: "the program put something else in the place of its folder")
    }
  }

  private func names(in prefix: String) throws(Refusal) -> [String] {
    var names: [String] = []
    do throws(Errno) {
      try Folder.eachName(in: "\(folder)/\(prefix)") { name in
        names.append(name)
        return names.count <= Self.mostLooked
      }
    } catch { throw Refusal(rule: "\(shown(prefix.isEmpty ? "." : prefix)) cannot be read: \(error)") }
    return names
  }

  /// A file that is not there under its name has one that is no text. It is none of those that are wanted, as far as can
  /// be told: a folder may hold some.
  private func requireUnmeant(_ path: String, _ patterns: [String]) throws(Refusal) {
    guard path.unicodeScalars.contains("\u{FFFD}"),
      patterns.contains(where: { Self.means($0, path) || $0.utf8.contains(UInt8(ascii: "/")) })
    else { return }
    throw Refusal(rule: "the name of \(shown(path)) is not UTF-8")
  }

  /// A name of the program's, for people.
  func shown(_ name: String) -> String { UntrustedText.foreign(name, masking: redactor) }

  /// As shells match: `*` and `?` stop at a `/`, and a leading dot must be written.
  static func means(_ pattern: String, _ name: String) -> Bool {
    fnmatch(pattern, name, FNM_PATHNAME | FNM_PERIOD | FNM_NOESCAPE) == 0
  }

  /// Gives a file's bytes in pieces; false when it was ended from outside.
  ///
  /// - Parameter flushing: once all was read, the file is brought to the disk.
  func read(
    _ name: String, flushing: Bool = false, _ take: (UnsafeRawBufferPointer) -> Bool
  ) throws(Refusal) -> Bool {
    // Never through a link, and never waiting for somebody who writes.
    let descriptor = open("\(folder)/\(name)", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(name) }
    defer { close(descriptor) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { piece.deallocate() }
    while true {
      let count = Glibc.read(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(name) }
      guard count > 0 else {
        if flushing, fsync(descriptor) != 0 {
          let cause = Errno.last
          throw Refusal(rule: "\(shown(name)) could not be flushed: \(cause)", disk: cause)
        }
        return true
      }
      guard take(UnsafeRawBufferPointer(rebasing: piece[..<count])) else { return false }
    }
  }

  private func unreadable(_ name: String) -> Refusal {
    Refusal(rule: "\(shown(name)) cannot be read: \(Errno.last)")
  }
}
