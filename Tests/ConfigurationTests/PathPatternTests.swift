import Foundation
import TestSupport
import Testing

@testable import Configuration

/// A folder with files for patterns, removed at the end.
private final class PatternFolder {
  private let folder = TemporaryFolder()
  var path: String { folder.path }

  init(_ names: [String]) throws {
    for name in names {
      if let slash = name.lastIndex(of: "/") { mkdir("\(path)/\(name[..<slash])", 0o700) }
      if !name.hasSuffix("/") { close(open("\(path)/\(name)", O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)) }
    }
  }

  func look(_ pattern: String) -> (matches: [String], failures: [String]) {
    let found = PathPattern("\(path)/\(pattern)")
    func short(_ text: String) -> String { String(text.dropFirst(path.count + 1)) }
    return (found.matches.map(short), found.failures.map { "\(short($0.path)): \($0.reason)" })
  }
}

@Suite("Patterns of mission files", .timeLimit(.minutes(5)))
struct PathPatternTests {
  @Test("names, sets and folders are matched as a shell does, hidden files only when they are meant")
  func matches() throws {
    let folder = try PatternFolder([
      "a/1.csv", "a/2.csv", "b/1.csv", "b/x.txt", ".hidden.csv", "top.csv", "empty/",
    ])
    #expect(folder.look("*.csv").matches == ["top.csv"])
    #expect(folder.look(".*.csv").matches == [".hidden.csv"])
    #expect(folder.look("*/1.csv").matches == ["a/1.csv", "b/1.csv"])
    #expect(folder.look("[ab]/?.csv").matches == ["a/1.csv", "a/2.csv", "b/1.csv"])
    #expect(folder.look("a/[!1].csv").matches == ["a/2.csv"])
    #expect(folder.look("empty/*.csv").matches == [] && folder.look("empty/*.csv").failures == [])
    #expect(folder.look("none/*.csv").matches == [] && folder.look("none/*.csv").failures == [])
  }

  @Test("a name that is literally a file is that file")
  func literal() throws {
    let folder = try PatternFolder(["2025[1].csv", "20251.csv", "a*.csv", "ab.csv"])
    #expect(folder.look("2025[1].csv").matches == ["2025[1].csv"])
    #expect(folder.look("a*.csv").matches == ["a*.csv"])
  }

  @Test("a folder that cannot be looked at is told with the reason, and the others are looked at")
  func unreadable() throws {
    let folder = try PatternFolder(["a/1.csv"])
    symlink("loop", "\(folder.path)/loop")
    #expect(folder.look("loop/*.csv").failures == ["loop: Too many levels of symbolic links"])
    let both = folder.look("*/1.csv")
    #expect(both.matches == ["a/1.csv"] && both.failures == ["loop/1.csv: Too many levels of symbolic links"])
    #expect(
      folder.look("\(String(repeating: "x", count: 300))/*.csv").failures.first?.hasSuffix(
        "File name too long") == true)
  }

  @Test("relative patterns and those of the root are looked for where they belong")
  func places() {
    #expect(PathPattern("/etc/host[s]").matches == ["/etc/hosts"])
    #expect(PathPattern("Packag?.swift").matches == ["Package.swift"])
    #expect(PathPattern("./Packag?.swift").matches == ["./Package.swift"])
  }
}
