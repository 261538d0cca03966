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

  init(folder: String) { self.folder = folder }

  /// What stands in the way of reading them, in words of ours.
  struct Refusal: Error, Equatable {
    let rule: String
  }

  /// Names of all files that the pattern means, `/` between folders, in the order of their bytes. Links, pipes and the
  /// like are refused where the pattern means them.
  func matching(_ patterns: [String]) throws(Refusal) -> [String] {
    var found: [String] = []
    var looked = 0
    var folders = [(name: "", depth: 0)]
    while let (prefix, depth) = folders.popLast() {
      for name in Folder.names(in: "\(folder)/\(prefix)") {
        looked += 1
        guard looked <= Self.mostLooked else {
          throw Refusal(rule: "there are more than \(Self.mostLooked) files in the program's folder")
        }
        let path = prefix + name
        var status = stat()
        guard lstat("\(folder)/\(path)", &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          if depth < Self.deepest { folders.append((path + "/", depth + 1)) }
          continue
        }
        guard patterns.contains(where: { Self.means($0, path) }) else { continue }
        if let refusal = OwnFile.refusal(status), refusal != .isForeign {
          throw Refusal(rule: "\(UntrustedText.foreign(path)) \(refusal.rawValue)")
        }
        found.append(path)
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// As shells match: `*` and `?` stop at a `/`, and a leading dot must be written.
  static func means(_ pattern: String, _ name: String) -> Bool {
    fnmatch(pattern, name, FNM_PATHNAME | FNM_PERIOD | FNM_NOESCAPE) == 0
  }

  /// Gives a file's bytes in pieces; false when it was ended from outside.
  func read(_ name: String, _ take: (UnsafeRawBufferPointer) -> Bool) throws(Refusal) -> Bool {
    // Never through a link, and never waiting for somebody who writes.
    let descriptor = open("\(folder)/\(name)", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.unreadable(name) }
    defer { close(descriptor) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { piece.deallocate() }
    while true {
      let count = Glibc.read(descriptor, piece.baseAddress, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.unreadable(name) }
      guard count > 0 else { return true }
      guard take(UnsafeRawBufferPointer(rebasing: piece[..<count])) else { return false }
    }
  }

  private static func unreadable(_ name: String) -> Refusal {
    Refusal(rule: "\(UntrustedText.foreign(name)) cannot be read: \(Errno.last)")
  }
}
