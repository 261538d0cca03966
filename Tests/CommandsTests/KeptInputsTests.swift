import Foundation
import MissionCore
import MissionFiles
import Testing

@testable import Commands

/// `--strict` reads the mission files twice.
@Suite("Inputs that can be read only once")
struct KeptInputsTests {
  private static let text =
    "date_start,date_end,media_type,languages\n2025-01-01,2025-01-01,video,pt\nx,y,z\n"

  private func read(_ path: String, _ kept: KeptInputs) throws -> (rows: Int, rejected: Int, problems: Int) {
    var intake = MissionIntake(kept: kept) { _ in }
    var rows = 0
    try intake.stream([path]) { rows += $0.count }
    return (rows, intake.rejectedRows, intake.problems.count)
  }

  @Test("a pipe gives the same rows and the same errors the second time")
  func pipe() throws {
    let fixture = try CommandFixture()
    let path = fixture.folder + "/rows"
    #expect(mkfifo(path, 0o600) == 0)
    let writer = Thread {
      let descriptor = open(path, O_WRONLY)
      _ = Self.text.withCString { write(descriptor, $0, strlen($0)) }
      close(descriptor)
    }
    writer.start()
    var kept = KeptInputs()
    try kept.keep(path)
    #expect(kept[path] != nil)
    for _ in 1...2 { #expect(try read(path, kept) == (1, 1, 1)) }
  }

  @Test("a plain file is opened again, and what is not there is left to its reader")
  func plain() throws {
    let fixture = try CommandFixture()
    try fixture.write("missions/a.csv", Self.text)
    var kept = KeptInputs()
    for name in ["missions/a.csv", "missions", "none"] {
      try kept.keep(fixture.folder + "/" + name)
      #expect(kept[fixture.folder + "/" + name] == nil)
    }
    #expect(try read(fixture.folder + "/missions/a.csv", kept) == (1, 1, 1))
    #expect(try read(fixture.folder + "/none", kept) == (0, 0, 1))
  }
}
