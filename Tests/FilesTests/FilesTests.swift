import Files
import Foundation
import TestSupport
import Testing

@Suite("files and folders that are ours", .timeLimit(.minutes(5)))
struct FilesTests {
  private let temporary = TemporaryFolder()
  private var folder: String { temporary.path }

  private func status(_ name: String) -> stat {
    var status = stat()
    lstat("\(folder)/\(name)", &status)
    return status
  }

  @Test("folders are made with all that is missing above them, for us alone, and may be there already")
  func make() throws {
    for _ in 1...2 { try Folder.make(folder + "/a/b/c") }
    for name in ["a", "a/b", "a/b/c"] { #expect(status(name).st_mode & 0o7777 == 0o700, "\(name)") }
    try Folder.make(".")
    try Folder.make("/")
  }

  @Test("the folder that cannot be made is named, with the system's reason")
  func refusedFolder() throws {
    try Data().write(to: URL(fileURLWithPath: folder + "/file"))
    let failure = #expect(throws: FileFailure.self) { try Folder.make(folder + "/file/a/b") }
    #expect(failure?.cause == Errno(ENOTDIR) && failure?.reason == "Not a directory")
    #expect(throws: FileFailure.self) { try Folder.makeLast(folder + "/x/y") }
    #expect(throws: FileFailure.self) { try Folder.make("") }
  }

  @Test(
    "the folder of a path", arguments: [("a/b/c", "a/b"), ("a", "."), ("/a", "/"), ("/", "/"), ("", ".")])
  func parent(path: String, parent: String) { #expect(Folder.parent(of: path) == parent) }

  @Test("names are listed until nobody wants more; a folder that is not there is an error")
  func names() throws {
    for name in ["a", "b", ".c"] { try Folder.makeLast("\(folder)/\(name)") }
    #expect(Folder.names(in: folder).sorted() == [".c", "a", "b"])
    var seen = 0
    try Folder.eachName(in: folder) { _ in
      seen += 1
      return seen < 2
    }
    #expect(seen == 2)
    #expect(throws: Errno(ENOENT)) { try Folder.eachName(in: folder + "/none") { _ in true } }
    #expect(Folder.names(in: folder + "/none").isEmpty)
  }

  @Test("a file is made 0600 where nothing is, not even a link; what is there is left alone")
  func create() throws {
    close(try OwnFile.create(folder + "/x", ignoresUmask: true))
    #expect(status("x").st_mode & 0o7777 == 0o600)
    symlink("nowhere", folder + "/link")
    for name in ["x", "link"] {
      #expect(throws: Errno(EEXIST)) { try OwnFile.create(folder + "/" + name) }
    }
    #expect(Folder.names(in: folder).sorted() == ["link", "x"])
  }

  @Test("only a plain file of our own is not refused")
  func refusal() throws {
    close(try OwnFile.create(folder + "/x"))
    symlink("x", folder + "/link")
    mkfifo(folder + "/pipe", 0o600)
    #expect(OwnFile.refusal(status("x")) == nil)
    #expect(OwnFile.refusal(status("link")) == .isLink)
    #expect(OwnFile.refusal(status("pipe")) == .isNotRegular)
    #expect(OwnFile.refusal(status(".")) == .isNotRegular)
    var foreign = status("x")
    foreign.st_uid = geteuid() &+ 1
    #expect(OwnFile.refusal(foreign) == .isForeign)
  }

  @Test("a file is whole in its place or not there, and a given up one leaves nothing")
  func atomic() throws {
    try AtomicFile.write(Array("one".utf8), to: folder + "/x")
    do {
      let file = try AtomicFile(path: folder + "/x")
      try file.write(Array("two".utf8))
    }
    #expect(try String(contentsOfFile: folder + "/x", encoding: .utf8) == "one")
    #expect(Folder.names(in: folder) == ["x"])
    try Folder.rename(folder + "/x", to: folder + "/y")
    #expect(Folder.names(in: folder) == ["y"])
    #expect(throws: Errno(ENOENT)) { try Folder.rename(folder + "/x", to: folder + "/y") }
  }

  @Test("of a mapped file that is cut short what is gone reads as zeros, and only that mapping is damaged")
  func mapping() throws {
    let path = folder + "/mapped"
    try Data(repeating: 7, count: 20_000).write(to: URL(fileURLWithPath: path))
    func map() throws -> FileMapping {
      let descriptor = open(path, O_RDONLY)
      defer { close(descriptor) }
      return try #require(FileMapping(descriptor, size: 20_000))
    }
    let (read, unread) = (try map(), try map())
    #expect(read.bytes.allSatisfy { $0 == 7 } && !read.isDamaged)
    #expect(truncate(path, 5000) == 0)
    #expect(read.bytes.filter { $0 == 7 }.count == 5000)
    #expect(read.isDamaged && !unread.isDamaged)
    #expect(try map().isDamaged == false, "a place that is used again begins anew")
    let empty = FileMapping(-1, size: 0)
    #expect(empty?.bytes.count == 0 && empty?.isDamaged == false)
  }
}
