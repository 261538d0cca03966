import Glibc
import MissionCore
import MissionFiles
import Testing

/// What reading a file gave.
struct ReadResult {
  var rows: [MissionRow] = []
  var errors: [String] = []
  var failure: String?
  var summary: MissionFileSummary?
}

/// A mission file on disk for the time of a test.
struct MissionFixture {
  let path: String

  init(_ bytes: [UInt8]) throws {
    var template = Array("/tmp/missions-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    try #require(descriptor >= 0)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      try #require(written > 0)
      rest = rest.dropFirst(written)
    }
    close(descriptor)
  }

  /// Reads the file and removes it. Paths in messages become `x.csv`.
  func read(_ sources: MissionSources = .any) -> ReadResult {
    defer { unlink(path) }
    var result = ReadResult()
    func shorten(_ text: String) -> String { "x.csv" + text.dropFirst(path.count) }
    do {
      result.summary = try MissionFileReader.read(path: path, sources: sources) {
        result.rows += $0
      } report: {
        result.errors.append(shorten($0.description))
      }
    } catch {
      result.failure = shorten(error.description)
    }
    return result
  }

  static func read(_ text: String, _ sources: MissionSources = .any) throws -> ReadResult {
    try MissionFixture(Array(text.utf8)).read(sources)
  }

  static func read(bytes: [UInt8]) throws -> ReadResult { try MissionFixture(bytes).read() }

  static let header = "date_start,date_end,media_type,languages\n"

  /// Reads lines below the usual header.
  static func rows(_ lines: String) throws -> ReadResult { try read(header + lines) }
}
