import Glibc
import Synchronization
import TestServers
import Testing
import Threads

@testable import Terminal

@Suite("Writing in the background", .timeLimit(.minutes(5)))
struct BackgroundWriterTests {
  private struct Pipe {
    let reading: Int32
    let writing: Int32

    init() {
      var ends: [Int32] = [0, 0]
      precondition(pipe(&ends) == 0)
      (reading, writing) = (ends[0], ends[1])
    }

    /// Everything that comes until `text` does.
    func read(until text: String) -> String {
      var all = ""
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while !all.contains(text) {
        var waiting = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 10_000) > 0 else { break }
        let count = Glibc.read(reading, &buffer, buffer.count)
        guard count > 0 else { break }
        all += String(decoding: buffer[..<count], as: UTF8.self)
      }
      return all
    }

    func close() {
      Glibc.close(reading)
      Glibc.close(writing)
    }
  }

  private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  @Test("nobody waits for a reader; what it missed is counted where it is missing, and the order stays")
  func unread() throws {
    let pipe = Pipe()
    defer { pipe.close() }
    let output = OutputWriter(descriptor: pipe.writing)
    try output.writeInBackground { count in output.send(Array("… \(count) lines were dropped\n".utf8)) }
    let began = ContinuousClock.now
    for number in 0..<20_000 { output.send(Array("line \(number) of a log that nobody reads\n".utf8)) }
    #expect(ContinuousClock.now - began < .seconds(5))
    let text = lines(pipe.read(until: "dropped\n"))
    let kept = text.count - 1
    #expect(kept > 1000 && kept < 20_000)
    #expect(text.dropLast().enumerated().allSatisfy { $1 == "line \($0) of a log that nobody reads" })
    #expect(text.last == "… \(20_000 - kept) lines were dropped")
    output.send(Array("afterwards\n".utf8))
    #expect(pipe.read(until: "afterwards\n") == "afterwards\n")
    output.close()
  }

  @Test("the end waits for a slow reader, and not for one that takes nothing")
  func end() throws {
    Terminal.ignoreWriteSignals()
    let pipe = Pipe()
    defer { pipe.close() }
    let output = OutputWriter(descriptor: pipe.writing)
    try output.writeInBackground { _ in }
    output.write("buffered\n")
    output.close()
    #expect(pipe.read(until: "buffered\n") == "buffered\n")

    let full = Pipe()
    let stuck = OutputWriter(descriptor: full.writing)
    try stuck.writeInBackground { _ in }
    for _ in 0..<10 { stuck.send([UInt8](repeating: 0x78, count: 16_384)) }
    stuck.hurry()
    let began = ContinuousClock.now
    stuck.drain()
    stuck.close()
    #expect(ContinuousClock.now - began < .seconds(1.5))
    full.close()
  }

  @Test("a thread that cannot be had is an error, and writing goes on as before")
  func refused() {
    let pipe = Pipe()
    defer { pipe.close() }
    let output = OutputWriter(descriptor: pipe.writing)
    #expect(throws: ThreadFailure(code: EAGAIN)) {
      try output.writeInBackground(start: GrantedThreads.starter(0), tellLoss: { _ in })
    }
    output.send(Array("told all the same\n".utf8))
    #expect(pipe.read(until: "same\n") == "told all the same\n")
  }

  @Test("a closed pipe ends the writing, and nobody waits for it")
  func closed() throws {
    Terminal.ignoreWriteSignals()
    let pipe = Pipe()
    close(pipe.reading)
    let output = OutputWriter(descriptor: pipe.writing)
    try output.writeInBackground { _ in }
    output.send(Array("lost\n".utf8))
    output.drain()
    #expect(output.failure == EPIPE)
    #expect(!output.send(Array("lost too\n".utf8)))
    output.close()
    close(pipe.writing)
  }
}
