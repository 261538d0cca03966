import Glibc
import MissionCore
import MissionFiles
import Testing

@Suite(.timeLimit(.minutes(5))) struct MissionFileReaderTests {
  private static let good = "2025-01-01,2025-01-01,video,pt"
  private static let goodID = "b1e85fe5-dfd0-8190-939d-81ab86135696"

  @Test("ids are those of the contract, whatever the case, order and repetition of languages")
  func pinnedIDs() throws {
    let result = try MissionFixture.read(
      """
      source,languages,date_end,date_start,media_type,priority
      default,pt,2025-01-01,2025-01-01,video,0
      default,"PT,eng,pt",2025-01-02,2025-01-02,video,-3
      shop_a-1,"pt,de,ENG",2025-03-01,2024-02-29,all,7
      default,Fr,2025-12-31,2025-12-31,image,2147483647

      """)
    #expect(result.errors == [])
    #expect(
      result.rows.map(\.id.description) == [
        Self.goodID, "4a6b1503-72a3-8f7a-a7e6-98927c66f08d", "e666d513-e07c-81cf-921d-7c12efdb28c9",
        "d3e1f9f7-1670-80f3-be8e-6eafac1c527e",
      ])
    #expect(result.rows.map(\.priority) == [0, -3, 7, 2_147_483_647])
    #expect(result.rows.map(\.line) == [2, 3, 4, 5])
    #expect(result.rows[2].parameters.canonicalLine() == "v1|shop_a-1|2024-02-29|2025-03-01|all|de,eng,pt")
    #expect(result.summary?.rows == 4)
    #expect(result.summary?.rejected == 0)
  }

  @Test(
    "the same row in other clothes is the same mission",
    arguments: [
      "\(MissionFixture.header)\(good)\n", "\(MissionFixture.header)\(good)",
      "\u{FEFF}\(MissionFixture.header)\(good)\n",
      "date_start,date_end,media_type,languages\r\n\(good)\r\n", "\(MissionFixture.header)\n\n\(good)\n\n",
      "date_start,date_end,media_type,languages\r\n\r\n\(good)\r\n\r\n",
      "\(MissionFixture.header)\(good)\r\n",
      "\"date_start\",\"date_end\",\"media_type\",\"languages\"\n\"2025-01-01\",\"2025-01-01\",\"video\",\"pt\"\n",
      "\(MissionFixture.header)2025-01-01,2025-01-01,video,\"pt\"",
      "\(MissionFixture.header)2025-01-01,2025-01-01,video,\"pt\"\r\n",
      "\u{FEFF}\"date_start\",date_end,media_type,languages\n\(good)",
    ])
  func clothes(_ text: String) throws {
    let result = try MissionFixture.read(text)
    #expect(result.errors == [])
    #expect(result.failure == nil)
    #expect(result.rows.map(\.id.description) == [Self.goodID])
  }

  @Test("a file with only its header holds no missions and is no error")
  func headerOnly() throws {
    for text in [
      MissionFixture.header, String(MissionFixture.header.dropLast()), "\n" + MissionFixture.header,
    ] {
      let result = try MissionFixture.read(text)
      #expect(result.failure == nil)
      #expect(result.summary?.rows == 0)
    }
  }

  @Test(
    "a row error is told with its place, and the other rows are taken",
    arguments: [
      (
        "2025-02-30,2025-03-01,video,pt",
        "2:1: date_start 2025-02-30 is not in the calendar; accepted: YYYY-MM-DD"
      ),
      (
        "2025-01-01,2025-13-01,video,pt",
        "2:12: date_end 2025-13-01 is not in the calendar; accepted: YYYY-MM-DD"
      ),
      ("2025-2-3,2025-01-01,video,pt", "2:1: date_start is 2025-2-3; accepted: YYYY-MM-DD"),
      (
        "2025-01-01 ,2025-01-01,video,pt",
        "2:1: date_start is 2025-01-01 with a space at the end; accepted: YYYY-MM-DD"
      ),
      ("2025/01/01,2025-01-01,video,pt", "2:1: date_start is 2025/01/01; accepted: YYYY-MM-DD"),
      (
        "2025-01-02,2025-01-01,video,pt",
        "2:12: date_end 2025-01-01 is before date_start 2025-01-02; accepted: the same day or a later one"
      ),
      (",2025-01-01,video,pt", "2:1: date_start is empty; accepted: YYYY-MM-DD"),
      ("2025-01-01,2025-01-01,,pt", "2:23: media_type is empty; accepted: all, video or image"),
      ("2025-01-01,2025-01-01,Video,pt", "2:23: media_type is Video; accepted: all, video or image"),
      (
        "2025-01-01,2025-01-01,video,",
        "2:29: languages is empty; accepted: codes of 2 or 3 letters joined by commas, like pt or pt,eng"
      ),
      (
        "2025-01-01,2025-01-01,video,\"\"",
        "2:29: languages is empty; accepted: codes of 2 or 3 letters joined by commas, like pt or pt,eng"
      ),
      (
        "2025-01-01,2025-01-01,video,\"pt, eng\"",
        "2:29: languages is pt, eng; accepted: codes of 2 or 3 letters joined by commas, like pt or pt,eng"
      ),
      (
        "2025-01-01,2025-01-01,video,\"pt,,eng\"",
        "2:29: languages is pt,,eng; accepted: codes of 2 or 3 letters joined by commas, like pt or pt,eng"
      ),
      (
        "2025-01-01,2025-01-01,video,p",
        "2:29: languages is p; accepted: codes of 2 or 3 letters joined by commas, like pt or pt,eng"
      ),
      (
        "2025-01-01,2025-01-01,video,port",
        "2:29: languages is port; accepted: codes of 2 or 3 letters joined by commas, like pt or pt,eng"
      ),
      (
        "2025-01-01,2025-01-01,video,p1",
        "2:29: languages is p1; accepted: codes of 2 or 3 letters joined by commas, like pt or pt,eng"
      ),
      (
        "2025-01-01,2025-01-01,video,pt,eng",
        "2:32: the row has 5 fields, the header has 4; several languages need quotes: \"pt,eng\""
      ),
      ("2025-01-01,2025-01-01,video", "2:23: the row has 3 fields, the header has 4"),
      ("2025-01-01", "2:1: the row has 1 field, the header has 4"),
      (" ", "2:1: the row has 1 field, the header has 4"),
      ("\"\"", "2:1: the row has 1 field, the header has 4"),
      (
        "x,,,,,,,,,,,,",
        "2:6: the row has 13 fields, the header has 4; several languages need quotes: \"pt,eng\""
      ),
      (
        "2025-01-01,2025-01-01,vi\"deo,pt",
        "2:25: a quote inside a field that does not begin with one; accepted: \"a\"\"b\""
      ),
      (
        "2025-01-01,\"2025-01-01\"x,video,pt",
        "2:24: text after the closing quote of the field that begins at 2:12; accepted: a comma or a line end"
      ),
      (
        "2025-01-01,2025-01-01,video,\"p\"\"t\"",
        "2:29: languages is p\"t; accepted: codes of 2 or 3 letters joined by commas, like pt or pt,eng"
      ),
      ("2025-01-01,2025-01-01,video,pt\0", "2:31: a NUL byte is not text"),
      ("2025-01-01,2025-01-01,video,\"p\0t\"", "2:31: a NUL byte is not text"),
      (
        "2025-01-01,2025-01-01,video,pt\rx",
        "2:31: a carriage return without a line feed; accepted line ends: LF or CRLF"
      ),
      ("é,2025-01-01,vídeo,pt", "2:1: date_start is é; accepted: YYYY-MM-DD"),
      (
        "2025-01-01,2025-01-01,\u{1F600}\u{E9}é\",pt",
        "2:26: a quote inside a field that does not begin with one; accepted: \"a\"\"b\""
      ),
      (
        "2025-01-01,2025-01-01,\u{1B}[31mred,pt",
        "2:23: media_type is [31mred with U+001B; accepted: all, video or image"
      ),
    ])
  func rowErrors(_ row: String, _ error: String) throws {
    for (ending, text) in [("\n", row), ("\r\n", row)] {
      let result = try MissionFixture.rows("\(text)\(ending)\(Self.good)\n")
      #expect(result.errors == ["x.csv:\(error)"])
      #expect(result.rows.map(\.id.description) == [Self.goodID])
      #expect(result.rows.map(\.line) == [3])
      #expect(result.summary?.rejected == 1)
    }
    let last = try MissionFixture.rows(row)
    #expect(last.errors == ["x.csv:\(error)"], "also as the last row without a line end")
    #expect(last.rows.isEmpty)
  }

  @Test("columns after characters of several bytes count characters")
  func columnsInCharacters() throws {
    let result = try MissionFixture.read(
      "media_type,languages,date_start,date_end\nvideo,\"é\n€,pt\",x,y\nvideo,pt,\u{1F600},2025-01-01\n")
    #expect(
      result.errors == [
        "x.csv:2:7: languages is é €,pt with a line end; accepted: codes of 2 or 3 letters joined by commas, like pt or pt,eng",
        "x.csv:4:10: date_start is \u{1F600}; accepted: YYYY-MM-DD",
      ])
  }

  @Test("a newline inside quotes belongs to the field; the row's line is where it begins")
  func quotedNewline() throws {
    let result = try MissionFixture.rows("2025-01-01,2025-01-01,video,\"pt\n\"\n\(Self.good)\n")
    #expect(
      result.errors == [
        "x.csv:2:29: languages is pt with a line end; accepted: codes of 2 or 3 letters joined by commas, like pt or pt,eng"
      ])
    #expect(result.rows.map(\.line) == [4])
  }

  @Test("a quote that is never closed is told at its opening")
  func unterminatedQuote() throws {
    let result = try MissionFixture.rows(
      "\(Self.good)\n2025-01-02,2025-01-02,video,\"pt\n\(Self.good)\n\(Self.good)\n")
    #expect(
      result.errors == [
        "x.csv:3:29: this quote is never closed, so the rest of the file was read as one field; accepted: a closing quote"
      ])
    #expect(result.rows.map(\.id.description) == [Self.goodID])
  }

  @Test("an open quote over more than a field's bytes is still told at its opening")
  func longUnterminatedQuote() throws {
    let rows = String(repeating: Self.good + "\n", count: 5000)
    let result = try MissionFixture.rows("\"2025-01-02,2025-01-02,video,pt\n\(rows)")
    #expect(result.errors.count == 1)
    #expect(result.errors.first?.hasPrefix("x.csv:2:1: this quote is never closed") == true)
    #expect(result.rows.isEmpty)
  }

  @Test("bytes that are not UTF-8 are a row error at their field")
  func invalidUTF8() throws {
    let text =
      Array(MissionFixture.header.utf8) + Array("2025-01-01,2025-01-01,vid".utf8) + [0xFF, 0xC3]
      + Array(",pt\n\(Self.good)\n".utf8)
    let result = try MissionFixture.read(bytes: text)
    #expect(result.errors == ["x.csv:2:23: media_type is not UTF-8; accepted: all, video or image"])
    #expect(result.rows.count == 1)
  }

  @Test("optional columns are checked like the others")
  func optionalColumns() throws {
    let result = try MissionFixture.read(
      """
      date_start,date_end,media_type,languages,source,priority
      \(Self.good),A,1
      \(Self.good),,1
      \(Self.good),-a,1
      \(Self.good),\(String(repeating: "a", count: 65)),1
      \(Self.good),a,1.5
      \(Self.good),a,+1
      \(Self.good),a,
      \(Self.good),a,2147483648
      \(Self.good),\(String(repeating: "a", count: 64)),-1

      """)
    try #require(result.errors.count == 6)
    let source = "a lower-case letter or digit, then up to 63 of a-z, 0-9, _ and -"
    let priority = "a whole number of -2147483648...2147483647"
    #expect(result.errors[0] == "x.csv:2:32: source is A; accepted: \(source)")
    #expect(result.errors[1] == "x.csv:4:32: source is -a; accepted: \(source)")
    #expect(result.errors[3] == "x.csv:6:34: priority is 1.5; accepted: \(priority)")
    #expect(result.errors[5] == "x.csv:9:34: priority is 2147483648; accepted: \(priority)")
    #expect(result.rows.map(\.priority) == [1, 0, -1])
    #expect(result.rows.map(\.parameters.source.first) == ["d", "a", "a"])
  }

  @Test(
    "a wrong header is a file error and nothing is taken",
    arguments: [
      ("", "1:1: the file is empty; it needs a header"),
      ("\n\n", "1:1: the file is empty; it needs a header"),
      ("\u{FEFF}", "1:1: the file is empty; it needs a header"),
      ("date_start,date_end,media_type\n", "1:1: the header lacks the column languages; ACCEPTED"),
      ("languages\n", "1:1: the header lacks the columns date_start, date_end, media_type; ACCEPTED"),
      ("date_start,date_end,media_type,languages,colour\n", "1:42: unknown column colour; ACCEPTED"),
      ("date_start,date_end,media_type,languages,\n", "1:42: a column without a name; ACCEPTED"),
      ("date_start,date_start,media_type,languages\n", "1:12: the column date_start is repeated; ACCEPTED"),
      ("Date_Start,date_end,media_type,languages\n", "1:1: unknown column Date_Start; ACCEPTED"),
      (
        "date_start, date_end,media_type,languages\n",
        "1:12: unknown column date_end with a space at the beginning; ACCEPTED"
      ),
      (
        "date_start;date_end;media_type;languages\n",
        "1:1: semicolons stand between the fields instead of commas; ACCEPTED"
      ),
      (good + "\n", "1:1: unknown column 2025-01-01; ACCEPTED"),
      (
        "date_start,\"date_end\n",
        "1:12: this quote is never closed, so the rest of the file was read as one field; accepted: a closing quote"
      ),
      (
        "date_start\rdate_end\r",
        "1:11: a carriage return without a line feed; accepted line ends: LF or CRLF"
      ),
      ("date_start,da\0\n", "1:14: a NUL byte is not text"),
      ("a,b,c,d,e,f,g,h,i,j,k,l\n", "1:1: unknown column a; ACCEPTED"),
    ])
  func headers(_ header: String, _ error: String) throws {
    let accepted = "accepted: date_start,date_end,media_type,languages, and source and priority if wanted"
    let result = try MissionFixture.read(
      header.isEmpty || header.hasSuffix("\r") ? header : header + "\(Self.good)\n")
    if header == "\n\n" || header == "\u{FEFF}" {
      #expect(result.failure?.hasPrefix("x.csv:") == true)
    } else {
      let parts = error.split(separator: "ACCEPTED", omittingEmptySubsequences: false)
      #expect(result.failure == "x.csv:" + parts.joined(separator: accepted))
    }
    #expect(result.rows.isEmpty && result.errors.isEmpty)
  }

  @Test("UTF-16 and UTF-32 are file errors")
  func otherEncodings() throws {
    let utf16 = Array(MissionFixture.header.utf16)
    let little = utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big] {
      let result = try MissionFixture.read(bytes: bytes)
      #expect(result.failure == "x.csv:1:1: the file is UTF-16, UTF-32 or not text; accepted: UTF-8")
    }
  }

  @Test("files that cannot be opened say why")
  func unreadable() throws {
    func kind(_ path: String) -> FileError? {
      do {
        try MissionFileReader.read(path: path, deliver: { _ in }, report: { _ in })
        return nil
      } catch {
        guard case .file(let file) = error else { return nil }
        return file
      }
    }
    #expect(kind("/nonexistent/x.csv")?.kind == .missing)
    #expect(kind("/nonexistent/x.csv")?.description == "/nonexistent/x.csv: the mission file does not exist")
    #expect(kind("/tmp")?.kind == .unreadable)
    #expect(kind("/tmp")?.description == "/tmp: this is a folder, not a mission file")
    #expect(kind("/dev/null")?.kind == .content)
    if geteuid() != 0 {
      let fixture = try MissionFixture([])
      chmod(fixture.path, 0)
      defer { unlink(fixture.path) }
      #expect(kind(fixture.path)?.kind == .unreadable)
    }
  }

  @Test("what the receiver throws ends the reading and comes back")
  func delivery() throws {
    struct Full: Error {}
    let fixture = try MissionFixture(Array((MissionFixture.header + Self.good).utf8))
    defer { unlink(fixture.path) }
    #expect {
      try MissionFileReader.read(path: fixture.path, deliver: { _ in throw Full() }, report: { _ in })
    } throws: { error in
      guard case MissionFileFailure.delivery(let cause) = error else { return false }
      return cause is Full
    }
  }

  @Test("the mission file of the repository holds 38 different missions and no error")
  func demonstration() throws {
    let source = try #require(realpath(#filePath, nil))
    defer { free(source) }
    let root = String(cString: source).split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
    var ids: Set<MissionID> = []
    let summary = try MissionFileReader.read(path: "\(root)/missions/2025-01.csv") {
      ids.formUnion($0.map(\.id))
    } report: {
      Issue.record("\($0)")
    }
    #expect(summary.rows == 38)
    #expect(ids.count == 38)
  }
}
