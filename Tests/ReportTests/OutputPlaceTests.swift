import Files
import Foundation
import TestSupport
import Testing

@testable import Report

@Suite("Where files are written", .timeLimit(.minutes(5)))
final class OutputPlaceTests {
  private let temporary = TemporaryFolder()
  private var folder: String { temporary.path }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder + "/real", withIntermediateDirectories: true)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  private func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
  }

  private var names: [String] {
    get throws { try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() }
  }

  @Test("a file that has the name of the file and .tmp is the user's and stays")
  func usersTemporary() throws {
    try write("x.html.tmp", "mine")
    try AtomicFile.write(Array("new".utf8), to: folder + "/x.html")
    #expect(try text("x.html.tmp") == "mine")
    #expect(try text("x.html") == "new")
    #expect(try names == ["real", "x.html", "x.html.tmp"])
  }

  @Test(
    "a symbolic link is written through, over several links and also when its target is not there yet",
    arguments: ["real/r.json", "second", "real/new.json"])
  func links(target: String) throws {
    try write("real/r.json", "old")
    symlink("real/r.json", folder + "/second")
    symlink(target, folder + "/link")
    try AtomicFile.write(Array("new".utf8), to: folder + "/link")
    let type = try FileManager.default.attributesOfItem(atPath: folder + "/link")[.type]
    #expect(type as? FileAttributeType == .typeSymbolicLink)
    #expect(try text(target) == "new")
    #expect(try names.filter { $0.hasSuffix(".tmp") } == [])
  }

  @Test(
    "what cannot be written is found without writing: a missing folder, a folder, a pipe, links in a circle")
  func refused() throws {
    mkfifo(folder + "/pipe", 0o600)
    symlink("round", folder + "/round")
    symlink("gone/r.json", folder + "/lost")
    symlink("pipe", folder + "/piped")
    let before = try names
    for name in ["gone/r.json", "real", "pipe", "round", "lost", "piped"] {
      let path = folder + "/" + name
      let failure = #expect(throws: FileFailure.self, "\(name)") { try OutputPlace.requireWritable(path) }
      #expect(failure?.path == path)
    }
    #expect(try names == before)
    try write("real/r.json", "old")
    try OutputPlace.requireWritable(folder + "/real/r.json")
    try OutputPlace.requireWritable(folder + "/real/new.json")
    #expect(try names == before + [] || names.sorted() == (before + ["real/r.json"]).sorted())
    #expect(try text("real/r.json") == "old")
  }

  @Test("only temporaries of known runs are removed, by whichever version they were left")
  func temporaries() throws {
    let ours = "run-20260131-100000-4f09ab"
    let theirs = "run-20260131-100000-ffffff"
    for name in ["\(ours).json.tmp", ".\(ours).json.1f.tmp", "\(theirs).json.tmp", ".\(theirs).json.2f.tmp"] {
      try write(name, "")
    }
    try write("\(ours).json", "")
    try write("notes.json.tmp", "")
    AtomicFile.removeTemporaries(in: folder) { $0 == ours }
    #expect(
      try names
        == [
          ".\(theirs).json.2f.tmp", "notes.json.tmp", "real", "\(ours).json", "\(theirs).json.tmp",
        ].sorted())
  }

  @Test("the temporary file of a path is one of ours, as a run's is found again")
  func name() throws {
    let path = AtomicFile.temporaryPath(for: "/a/run-1.json")
    #expect(path.hasPrefix("/a/.run-1.json.") && path.hasSuffix(".tmp"))
    #expect(path != AtomicFile.temporaryPath(for: "/a/run-1.json"))
    #expect(AtomicFile.run(ofTemporary: String(path.dropFirst(3))) == "run-1")
    let long = String(repeating: "é", count: 120)
    #expect(AtomicFile.temporaryPath(for: "/a/\(long)").utf8.count < 255)
  }
}
