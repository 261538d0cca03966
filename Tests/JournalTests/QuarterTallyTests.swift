import MissionCore
import SQLite
import Testing

@testable import Journal

@Suite("What ended in a day of any zone", .timeLimit(.minutes(1)))
struct QuarterTallyTests {
  @Test("is counted by quarters of an hour, the day's own from its first moment on")
  func quarters() throws {
    let fixture = try Fixture()
    _ = try fixture.journal.importMissions((0..<6).map { mission($0) }, at: start)
    try fixture.run("r")
    // Seconds from `start`, which is a midnight of UTC; Kathmandu's midnight is 18:15 of it.
    let midnight: Int64 = 18 * 3600 + 15 * 60
    for (number, seconds) in [-1, 0, 1, 86_399, 86_400].enumerated() {
      let id = mission(number).id
      try fixture.write(id, .started(worker: "worker-1"), run: "r")
      let change = MissionChange.failed(code: .jobFailed, cause: nil, message: "no")
      try fixture.write(id, change, run: "r", at: start.later(midnight + Int64(seconds)))
    }
    func ended(_ from: Int64, _ to: Int64) throws -> [Int] {
      let ended = try fixture.reader().ended(from: start.later(from), to: start.later(to))
      return [ended.done, ended.failed]
    }
    #expect(try ended(midnight, midnight + 86_400) == [0, 3])
    #expect(try ended(midnight - 86_400, midnight) == [0, 1])
    #expect(try ended(midnight + 86_400, midnight + 2 * 86_400) == [0, 1])
    #expect(try ended(0, 0) == [0, 0])
  }
}
