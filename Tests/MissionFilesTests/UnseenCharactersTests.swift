import MissionCore
import MissionFiles
import Testing

/// What people cannot see in a file, and what spreadsheets make of one.
@Suite("What cannot be seen in a mission file", .timeLimit(.minutes(5)))
struct UnseenCharactersTests {
  private static let accepted = "accepted: codes of 2 or 3 letters joined by commas, like pt or pt,eng"

  @Test(
    "is named in the message instead of left out",
    arguments: [
      ("pt ", "languages is pt with a space at the end"),
      (" pt", "languages is pt with a space at the beginning"),
      ("pt\u{A0}", "languages is pt with U+00A0 (a no-break space)"),
      ("p\u{200B}t", "languages is pt with U+200B (a zero-width space)"),
      ("pt\t", "languages is pt with a tab"),
      ("\u{FEFF}pt", "languages is pt with U+FEFF (a byte order mark)"),
      ("pt\u{202E}", "languages is pt with U+202E"), ("pt\u{2003}", "languages is pt with U+2003"),
      (" pt\u{A0}", "languages is pt with a space at the beginning and U+00A0 (a no-break space)"),
      ("\u{A0}", "languages is nothing but U+00A0 (a no-break space)"),
      (" ", "languages is nothing but a space at the beginning"),
    ])
  func named(_ languages: String, _ message: String) throws {
    let result = try MissionFixture.rows("2025-01-01,2025-01-01,video,\(languages)\n")
    #expect(result.errors == ["x.csv:2:29: \(message); \(Self.accepted)"])
  }

  @Test("a column whose name looks right is told with what makes it another")
  func header() throws {
    let rest = "date_end,media_type,languages\n"
    let bom = try MissionFixture.read("\u{FEFF}\u{FEFF}date_start,\(rest)")
    #expect(
      bom.failure?.hasPrefix("x.csv:1:1: unknown column date_start with U+FEFF (a byte order mark); ") == true
    )
    let space = try MissionFixture.read("date_start ,\(rest)")
    #expect(space.failure?.contains("unknown column date_start with a space at the end; ") == true)
  }

  @Test("a file with semicolons or tabs between its fields is told so")
  func separators() throws {
    for (separator, name) in [(";", "semicolons"), ("\t", "tabs")] {
      let header = ["date_start", "date_end", "media_type", "languages"].joined(separator: separator)
      let failure = try MissionFixture.read(header + "\n").failure
      #expect(failure?.hasPrefix("x.csv:1:1: \(name) stand between the fields instead of commas; ") == true)
      let row = ["2025-01-01", "2025-01-01", "video", "pt"].joined(separator: separator)
      #expect(
        try MissionFixture.rows(row + "\n").errors == [
          "x.csv:2:1: the row has 1 field, the header has 4; \(name) stand between the fields, accepted: commas"
        ])
    }
  }

  @Test("an empty cell of source or priority means its default")
  func emptyCells() throws {
    let result = try MissionFixture.read(
      """
      date_start,date_end,media_type,languages,source,priority
      2025-01-01,2025-01-01,video,pt,,
      2025-01-02,2025-01-02,video,pt,"",""
      2025-01-03,2025-01-03,video,pt,shop,5

      """)
    #expect(result.errors == [])
    #expect(result.rows.map(\.parameters.source) == ["default", "default", "shop"])
    #expect(result.rows.map(\.priority) == [0, 0, 5])
    #expect(result.rows.first?.id.description == "b1e85fe5-dfd0-8190-939d-81ab86135696")
  }

  @Test(
    "rows of nothing but commas are passed over as empty lines are",
    arguments: [",,,", ",,,\r", ",", ",,,,,,,,,,,,", ",,,,,\r"])
  func commas(_ row: String) throws {
    let good = "2025-01-01,2025-01-01,video,pt"
    for text in ["\(row)\n\(good)\n\(row)\n", "\(good)\n\(row)"] where !(text.hasSuffix("\r")) {
      let result = try MissionFixture.rows(text)
      #expect(result.errors == [] && result.rows.count == 1 && result.summary?.rejected == 0)
    }
    #expect(try MissionFixture.read("\(row)\n\(MissionFixture.header)\(good)\n").rows.count == 1)
  }

  @Test("commas with a space or with quotes between them are a row that is wrong")
  func notOnlyCommas() throws {
    for row in [", ,,", ",\"\",,", "\"\",,,", ",,,,,,,,,,,, "] {
      #expect(try MissionFixture.rows(row + "\n").errors.count == 1)
    }
  }
}
