import Glibc
import MissionCore
import Ports
import Testing

/// A file shows whatever becomes of it: what was read of it counts only when it was what was written.
@Suite(.timeLimit(.minutes(5)))
struct ConfirmedBytesTests {
  private let spool: SpoolFixture
  private let mission = SpoolFixture.mission(1)
  private let result: SpooledResult
  private var path: String { spool.resultPath(mission) }
  private static let size = 9 << 20

  init() throws {
    spool = try SpoolFixture()
    result = try spool.store.ingested(text: String(repeating: "x", count: Self.size), mission)
  }

  private func flip(at offset: Int) {
    let descriptor = open(path, O_RDWR)
    defer { close(descriptor) }
    var byte: UInt8 = 0
    #expect(pread(descriptor, &byte, 1, offset) == 1)
    byte ^= 1
    #expect(pwrite(descriptor, &byte, 1, offset) == 1)
  }

  private var lost: SpoolError { .lost(path: path) }

  @Test(
    "a byte that changed after the bytes were hashed is found by whoever reads them",
    arguments: [0, 5 << 20, size + 5])
  func changedBefore(offset: Int) throws {
    flip(at: offset)
    #expect(throws: lost) { try result.withBytes { _, _ in } }
    #expect(throws: lost) { try result.withBytes { bytes, release in release(bytes.count) } }
    // Whatever the reader says: it may be the bytes' doing.
    #expect(throws: lost) { try result.withBytes { _, _ in throw CocoaLike() } }
    let opened = try result.open()
    #expect(throws: lost) { try opened.confirm() }
    #expect(throws: lost) { try opened.confirm() }
  }

  @Test(
    "a byte that changes while they are read is found, in the first pass and in a later one",
    arguments: [1, 2, 3])
  func changedMeanwhile(pass: Int) throws {
    #expect(throws: lost) {
      try result.withBytes { bytes, release in
        for current in 1...3 {
          if current == pass { flip(at: 100) }
          // One step a pass: a later pass begins where the one before has ended.
          release(6 << 20)
        }
      }
    }
  }

  @Test("a file that is cut short while it is read is found, and the process lives", arguments: [0, 5 << 20])
  func cutMeanwhile(size: Int) throws {
    var seen = 0
    #expect(throws: lost) {
      try result.withBytes { bytes, release in
        release(4 << 20)
        #expect(truncate(path, size) == 0)
        seen = bytes.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
        release(bytes.count)
      }
    }
    #expect(seen == size, "what is gone reads as zeros")
  }

  @Test("bytes that are what they were are confirmed after any number of passes")
  func intact() throws {
    try result.withBytes { bytes, release in
      for _ in 1...2 { for step in 1...4 { release(step << 21) } }
      release(bytes.count)
      release(3)
    }
    #expect(throws: CocoaLike.self) { try result.withBytes { _, _ in throw CocoaLike() } }
    let opened = try result.open()
    opened.release(before: 1 << 20)
    try opened.confirm()
    try opened.confirm()
  }
}

extension ConfirmedBytesTests {
  @Test("bytes that are hashed without being read take no more memory than others do")
  func memory() throws {
    let opened = try result.open()
    try opened.confirm()
    #expect(try resident(opened.bytes) < 4 << 20)
    // Another pass that says only in the end how far it came.
    opened.release(before: opened.bytes.count)
    opened.release(before: opened.bytes.count)
    #expect(try resident(opened.bytes) < 4 << 20)
    try opened.confirm()
  }

  /// Bytes of a mapped file that are in this process's memory.
  private func resident(_ bytes: UnsafeRawBufferPointer) throws -> Int {
    let maps = try #require(fopen("/proc/self/smaps", "r"))
    defer { fclose(maps) }
    let start = String(UInt(bitPattern: bytes.baseAddress), radix: 16) + "-"
    var line = [CChar](repeating: 0, count: 8192)
    var isHere = false
    while fgets(&line, Int32(line.count), maps) != nil {
      let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(
        separator: " ")
      if words.first?.hasPrefix(start) == true { isHere = true }
      if isHere, words.first == "Rss:" { return try #require(Int(words[1])) << 10 }
    }
    throw CocoaLike()
  }
}

private struct CocoaLike: Error {}
