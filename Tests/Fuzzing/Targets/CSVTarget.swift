import Crypto
import MissionCore

@testable import MissionFiles

/// Mission files: whatever the bytes and however the reads cut them, rows are valid and places are in the file.
enum CSVTarget: FuzzTarget {
  static let name = "csv"

  static let seeds = [
    "date_start,date_end,media_type,languages\n2025-01-01,2025-01-01,video,pt\n",
    "\tdate_start,date_end,media_type,languages,source,priority\r\n2025-01-02,2025-01-03,all,\"pt,eng\",x-1,-5\r\n",
    "/date_start,date_end,media_type,languages\n2025-02-30,2025-01-01,video,pt\n\"a\"\"b\",c\n,,,\n\"open\n",
    "\u{1}\"date_start\",date_end,media_type,\"languages\"\n\n2024-02-29,2024-02-29,image,\"PT,Eng,pt\"\n2025-01-01\n",
  ]

  static let words = [
    "date_start", "date_end", "media_type", "languages", "source", "priority", "2025-01-01", "\"\"", "\",\"",
    "\r\n", "\n\n", "all", "video", "image", "\"pt,eng\"", "\u{0}", "\u{FEFF}", "-2147483648", ",,,,,,,,,",
  ]

  private struct Outcome: Equatable {
    var rows: [MissionRow] = []
    var errors: [RowError] = []
    var failure: String?
  }

  /// The first byte says how the rest is cut.
  static func take(_ bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.first else { return }
    let text = Array(bytes.dropFirst())
    let whole = read(text, cut: max(1, text.count))
    require(read(text, cut: Int(first % 64) + 1) == whole, "the same however the reads cut it")
    let lines = text.split(separator: UInt8.lineFeed, omittingEmptySubsequences: false)
    for row in whole.rows {
      require((2...lines.count).contains(row.line), "line \(row.line) of \(lines.count)")
      require(row.parameters.dateStart <= row.parameters.dateEnd, "the days are in order")
      require(!row.parameters.languages.isEmpty, "there is a language")
      let digest = SHA256.digest(of: Array(row.parameters.canonicalLine().utf8))
      require(row.id == MissionID(digest: digest), "the id is that of the contract")
    }
    for error in whole.errors {
      require((1...lines.count).contains(error.line), "line \(error.line) of \(lines.count)")
      require((1...lines[error.line - 1].count + 1).contains(error.column), "\(error) is in its line")
      Canary.requireClean(error.message.description)
    }
    require(whole.rows.count + whole.errors.count <= lines.count, "at most one a line")
  }

  private static func read(_ text: [UInt8], cut: Int) -> Outcome {
    var outcome = Outcome()
    var reading = MissionImport(path: "a.csv")
    do throws(MissionFileFailure) {
      for start in stride(from: 0, to: text.count, by: cut) {
        let piece = Array(text[start..<min(text.count, start + cut)])
        try piece.withUnsafeBufferPointer { chunk throws(MissionFileFailure) in
          try reading.take(
            chunk, deliver: { outcome.rows += $0 }, report: { outcome.errors.append($0) })
        }
      }
      let summary = try reading.finish(
        deliver: { outcome.rows += $0 }, report: { outcome.errors.append($0) })
      require(summary.rows == outcome.rows.count, "every row is delivered")
      require(summary.rejected == outcome.errors.count, "every refusal is reported")
    } catch {
      outcome.failure = "\(error)"
    }
    return outcome
  }
}
