import KeyTable
import Testing
import YAML

@testable import Formats

/// As a kind of source has it.
private struct ResultSection: FormattedSection {
  var format = ResultFormat()
  static let keys: [Key<Self>] = formatKeys
  mutating func check(_ reader: inout ConfigurationReader, path: String) { checkFormat(&reader, path: path) }
}

@Suite("The section that says the format of a result", .timeLimit(.minutes(1)))
struct FormattedSectionTests {
  private func read(_ text: String) throws -> (ResultFormat, [String]) {
    var reader = ConfigurationReader(
      path: "config.yaml",
      source: ConfigurationSource(environment: [:], read: { _, _ in .failure(.missing) }),
      purpose: .working, sectionsOfWork: [], table: { [] })
    let document = YAMLDocument(reading: Array(text.utf8))
    let section: ResultSection = reader.section(try #require(document.root), path: "result")
    return (section.format, reader.findings.map(\.message.plain))
  }

  @Test("each option is read")
  func options() throws {
    let (csv, nothing) = try read("format: csv\ndelimiter: \"\\t\"\nencoding: windows-1252\n")
    #expect(nothing == [])
    #expect(csv.kind == .csv && csv.delimiter == 9 && csv.encoding == .windows1252)
    #expect(try read("{at: /data/0/a~1b}").0.at?.description == "/data/0/a~1b")
    #expect(try read("{at: \"\"}").0.at == DocumentReader.wholeDocument)
    #expect(try read("{format: singer, streams: [a, b]}").0.streams == ["a", "b"])
  }

  @Test(
    "what does not belong to the format, or is none, is refused",
    arguments: [
      ("{format: lines, at: /a}", "result.at belongs to the format json, not to lines"),
      ("{delimiter: \";\"}", "result.delimiter belongs to the format csv, not to json"),
      ("{format: singer, encoding: latin1}", "result.encoding belongs to the format csv, not to singer"),
      ("{format: csv, streams: [a]}", "result.streams belongs to the format singer, not to csv"),
      ("{format: singer, streams: []}", "result.streams names no stream"),
      (
        "{format: csv, delimiter: \";;\"}",
        "result.delimiter must be one ASCII character like \";\" or \"\\t\", and not a quote or a line end"
      ),
      (
        "{format: csv, delimiter: \"é\"}",
        "result.delimiter must be one ASCII character like \";\" or \"\\t\", and not a quote or a line end"
      ),
      (
        "{format: csv, delimiter: \"\\n\"}",
        "result.delimiter must be one ASCII character like \";\" or \"\\t\", and not a quote or a line end"
      ),
      (
        "{at: data}",
        "result.at must be a JSON Pointer like /data/items, or empty for the whole document, got data"
      ),
      (
        "{at: /a~2}",
        "result.at must be a JSON Pointer like /data/items, or empty for the whole document, got /a~2"
      ),
      ("{format: xml}", "result.format must be json or lines or csv or singer, got xml"),
      (
        "{format: csv, encoding: utf8}",
        "result.encoding must be utf-8 or latin1 or windows-1252, got utf8"
      ),
    ])
  func refused(text: String, message: String) throws {
    #expect(try read(text).1 == [message])
  }
}
