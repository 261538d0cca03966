import Foundation
import TestSupport
import Testing
import Threads

@testable import ChildProcesses

/// What is decided of processes that a table of our own tells of; none of them exists.
@Suite("The end of a program", .timeLimit(.minutes(1)))
struct ProgramEnderTests {
  /// Beyond the largest number that a process can have.
  private static let id = 9_000_000

  private let folder = TemporaryFolder()
  private var table: ProcessTable { ProcessTable(root: folder.path) }
  private var place: String { "\(folder.path)/\(Self.id)" }

  private func show(session: Int = 700, environment: String) throws {
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    let zeros = Array(repeating: "0", count: 15).joined(separator: " ")
    try "\(Self.id) (sleep) S 1 \(session) \(session) \(zeros) 9876 0\n".write(
      toFile: "\(place)/stat", atomically: false, encoding: .utf8)
    try environment.write(toFile: "\(place)/environ", atomically: false, encoding: .utf8)
  }

  private func ender() -> ProgramEnder { ProgramEnder(markers: ["M=1"], patience: .seconds(1)) }

  @Test("what shows no environment may be becoming another program: it is waited for until it shows one")
  func becoming() throws {
    var ender = ender()
    let began = Moment.now
    try show(environment: "")
    #expect(ender.step(table, now: began) == .going)
    #expect(ender.step(table, now: began + .milliseconds(50)) == .going)
    try show(environment: "A=1\0M=1\0")
    #expect(ender.step(table, now: began + .milliseconds(100)) == .going)
    #expect(ender.step(table, now: began + .milliseconds(900)) == .going, "it was asked to end")
    try FileManager.default.removeItem(atPath: place)
    #expect(ender.step(table, now: began + .milliseconds(950)) == .gone)
  }

  @Test("what shows none for longer hides it, and is not waited for; neither is another's, nor the kernel's")
  func hiding() throws {
    var ender = ender()
    let began = Moment.now
    try show(environment: "")
    #expect(ender.step(table, now: began) == .going)
    #expect(ender.step(table, now: began + .milliseconds(200)) == .gone)
    try show(environment: "M=2\0")
    #expect(self.ender().stepped(table) == .gone)
    try show(session: 0, environment: "")
    #expect(self.ender().stepped(table) == .gone)
  }
}

extension ProgramEnder {
  fileprivate func stepped(_ table: ProcessTable) -> Progress {
    var copy = self
    return copy.step(table, now: .now)
  }
}
