import Glibc
import MissionCore
import MissionFiles
import Testing

@Suite(.serialized, .timeLimit(.minutes(5))) struct MissionFileStreamTests {
  /// Memory of this process in kilobytes.
  private func residentKilobytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
  }

  private func read(_ path: String) throws -> (
    rows: Int, digest: UInt64, errors: [RowError], largestBatch: Int
  ) {
    var rows = 0
    var digest: UInt64 = 0
    var errors: [RowError] = []
    var largest = 0
    try MissionFileReader.read(path: path) { batch in
      rows += batch.count
      largest = max(largest, batch.count)
      for row in batch { digest = digest &* 31 &+ row.id.low }
    } report: {
      errors.append($0)
    }
    return (rows, digest, errors, largest)
  }

  @Test(
    "a file of 100,000 rows is read in batches without growing, and each id is that of its canonical line")
  func manyRows() throws {
    var text = Array(MissionFixture.header.utf8)
    text.reserveCapacity(5_000_000)
    let first = CalendarDay("1800-01-01")!
    let languages = ["pt", "\"eng,pt\"", "de"]
    for index in 0..<100_000 {
      let day = first.adding(days: index)
      text.append(
        contentsOf: "\(day),\(day),video,\(languages[index % 3])\(index % 2 == 0 ? "\n" : "\r\n")".utf8)
    }
    let fixture = try MissionFixture(text)
    defer { unlink(fixture.path) }
    let before = residentKilobytes()
    let result = try read(fixture.path)
    #expect(residentKilobytes() - before < 12 * 1024)
    #expect(result.rows == 100_000)
    #expect(result.errors.isEmpty)
    #expect(result.largestBatch == MissionFileReader.batchSize)

    var lines: [Int] = []
    try MissionFileReader.read(path: fixture.path) { batch in
      for row in batch.prefix(50) {
        #expect(row.parameters.dateStart == first.adding(days: row.line - 2))
        lines.append(row.line)
      }
    } report: { _ in
    }
    #expect(lines.count == 50 * (100_000 / 4096 + 1))
  }

  @Test("a field of 6 MB is refused in bounded memory and reading goes on after it", arguments: ["", "\""])
  func hugeField(_ quote: String) throws {
    let size = 6 << 20
    var text = Array(MissionFixture.header.utf8)
    text.append(contentsOf: "2025-01-01,2025-01-01,video,\(quote)".utf8)
    text.append(contentsOf: repeatElement(UInt8(ascii: "p"), count: size))
    text.append(contentsOf: "\(quote)\n2025-01-01,2025-01-01,video,pt\n".utf8)
    let fixture = try MissionFixture(text)
    defer { unlink(fixture.path) }
    let before = residentKilobytes()
    let result = try read(fixture.path)
    #expect(residentKilobytes() - before < 4 * 1024)
    #expect(result.errors.map(\.rule) == ["the field is longer than 65536 bytes"])
    #expect(result.errors.map(\.line) == [2])
    #expect(result.errors.map(\.column) == [29])
    #expect(result.rows == 1)
  }

  @Test("line ends inside a quoted field that is too long do not end its row")
  func hugeQuotedField() throws {
    let filler = String(repeating: "line\n\"\"quoted\"\"\n", count: 8192)
    let result = try MissionFixture.rows(
      "2025-01-01,2025-01-01,video,\"\(filler)\"\n2025-01-01,2025-01-01,video,pt\n")
    #expect(result.errors == ["x.csv:2:29: the field is longer than 65536 bytes"])
    #expect(result.rows.map(\.line) == [3 + 2 * 8192])
  }

  @Test("a field of exactly 64 KiB is not too long, only wrong")
  func longestField() throws {
    func error(_ length: Int) throws -> String? {
      try MissionFixture.rows("2025-01-01,2025-01-01,video,\(String(repeating: "p", count: length))\n").errors
        .first
    }
    #expect(try error(65_536)?.hasPrefix("x.csv:2:29: languages is pppp") == true)
    #expect(try error(65_537) == "x.csv:2:29: the field is longer than 65536 bytes")
  }

  @Test("rows are the same wherever the reading chunks are cut")
  func chunkBorders() throws {
    // Empty lines in front move every byte of the probe over the border of the first chunk.
    let probe =
      "2025-01-01,2025-01-01,video,\"pt,eng\"\r\n2025-02-30,é,video,\"p\"\"t\"\r\n2025-01-02,2025-01-02,image,\"de\"\n"
    let chunk = 256 << 10
    for pad in 0..<100 {
      let fill = MissionFixture.header
      let missing = chunk - fill.utf8.count - pad
      let text = fill + String(repeating: "\n", count: missing) + probe
      let result = try MissionFixture.read(text)
      let line = missing + 2
      #expect(result.rows.map(\.line) == [line, line + 2])
      #expect(
        result.errors == [
          "x.csv:\(line + 1):1: date_start 2025-02-30 is not in the calendar; accepted: YYYY-MM-DD"
        ])
    }
  }
}
