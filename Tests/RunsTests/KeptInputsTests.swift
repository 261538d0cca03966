import Foundation
import MissionCore
import MissionFiles
import Testing

@testable import Runs

/// `--strict` reads the mission files twice.
@Suite("Inputs that can be read only once", .timeLimit(.minutes(5)))
final class KeptInputsTests {
  private let folder = NSTemporaryDirectory() + "kept-" + UUID().uuidString

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)  // left in the temporary folder at worst
  }

  private static let text =
    "date_start,date_end,media_type,languages\n2025-01-01,2025-01-01,video,pt\nx,y,z\n"

  private func read(_ path: String, _ kept: KeptInputs) throws -> (rows: Int, rejected: Int, problems: Int) {
    var intake = MissionIntake(.any, kept: kept) { _ in }
    var rows = 0
    try intake.stream(MissionFileChoice(files: [path])) { rows += $0.rows.count }
    return (rows, intake.rejectedRows, intake.problems.count)
  }

  @Test("a pipe gives the same rows and the same errors the second time")
  func pipe() throws {
    let path = folder + "/rows"
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
    try Data(Self.text.utf8).write(to: URL(fileURLWithPath: folder + "/a.csv"))
    var kept = KeptInputs()
    for name in ["a.csv", "", "none"] {
      try kept.keep(folder + "/" + name)
      #expect(kept[folder + "/" + name] == nil)
    }
    #expect(try read(folder + "/a.csv", kept) == (1, 1, 1))
    #expect(try read(folder + "/none", kept) == (0, 0, 1))
  }
}
