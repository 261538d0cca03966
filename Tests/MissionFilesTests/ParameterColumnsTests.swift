import MissionCore
import Testing

@testable import MissionFiles

/// Further columns of mission files: what the configuration declares of the rows' sources (SOURCES 1).
@Suite(.timeLimit(.minutes(5))) struct ParameterColumnsTests {
  private static let sources = MissionSources([
    SourceDeclaration(
      name: "default", needsMedia: true,
      parameters: [
        ParameterDeclaration(name: "conta", type: .integer), ParameterDeclaration(name: "q", type: .text),
      ]),
    SourceDeclaration(
      name: "amplis", needsMedia: false,
      parameters: [
        ParameterDeclaration(name: "tipo", type: .words(["reag", "master"]), isRequired: true),
        ParameterDeclaration(name: "desde", type: .date), ParameterDeclaration(name: "q", type: .text),
      ]),
    SourceDeclaration(
      name: "plain", needsMedia: false, parameters: []),
    SourceDeclaration(
      name: "jobs", needsMedia: false,
      parameters: [
        ParameterDeclaration(name: "q", type: .text), ParameterDeclaration(name: "desde", type: .date),
      ]),
  ])

  private func rows(_ header: String, _ lines: String) throws -> ReadResult {
    try MissionFixture.read(header + "\n" + lines, Self.sources)
  }

  @Test("the contract's five rows have its five ids")
  func contract() throws {
    let header = "date_start,date_end,source,media_type,languages,conta,tipo,q,desde"
    let result = try rows(
      header,
      """
      2025-01-02,2025-01-02,amplis,,,,reag,,
      2025-01-01,2025-01-31,plain,,,,,,
      2025-01-01,2025-01-01,,video,"pt,ENG",42,,,
      2025-03-01,2025-03-07,jobs,,,,,a|b=c%,
      2025-03-01,2025-03-07,jobs,,,,,ação,2024-02-29
      """)
    #expect(result.errors == [])
    #expect(
      result.rows.map { "\($0.id)" } == [
        "3dd024c8-6e53-897b-b414-5e86e4f2de2d", "4bd02a20-76ee-8397-860d-456fa4d23f36",
        "f976b2a8-3b09-8ecb-a97c-8dac7870beeb", "ddd7eae9-5800-84f7-af06-8c955374d813",
        "53b3f0ca-e261-889b-bbd8-cc73dabf4082",
      ])
    #expect(result.rows[0].parameters.mediaType == nil && result.rows[0].parameters.languages.isEmpty)
  }

  @Test("declaring a parameter changes no mission that does not use it")
  func declaredButEmpty() throws {
    let line = "2025-01-01,2025-01-01,video,pt"
    let before = try MissionFixture.rows(line).rows[0]
    let after = try rows("date_start,date_end,media_type,languages,conta", line + ",").rows[0]
    #expect(before.id == after.id && before.parameters == after.parameters)
  }

  @Test("-0 is the mission of 0, in whatever order the columns stand")
  func sameMission() throws {
    let one = try rows("conta,date_start,date_end,media_type,languages,q", "0,2025-01-01,2025-01-01,all,pt,x")
    let other = try rows(
      "q,languages,media_type,date_end,date_start,conta", "x,pt,all,2025-01-01,2025-01-01,-0")
    #expect(one.rows.map(\.id) == other.rows.map(\.id) && one.rows.count == 1)
  }

  @Test(
    "a cell that its source does not take is told with its place",
    arguments: [
      (
        "2025-01-01,2025-01-01,video,pt,,+1,,",
        "2:33: conta is +1; accepted: a whole number of at most 18 digits, without + and leading zeros"
      ),
      (
        "2025-01-01,2025-01-01,video,pt,default,,reag,",
        "2:41: tipo is no parameter of the source default; accepted: an empty field"
      ),
      ("2025-01-01,2025-01-01,,,amplis,,Reag,", "2:33: tipo is Reag; accepted: reag, master"),
      ("2025-01-01,2025-01-01,,,amplis,,,", "2:33: tipo is empty; accepted: reag, master"),
      (
        "2025-01-01,2025-01-01,,,amplis,,reag,2025-02-30",
        "2:38: desde 2025-02-30 is not in the calendar; accepted: YYYY-MM-DD"
      ),
      ("2025-01-01,2025-01-01,,pt,,,,", "2:23: media_type is empty; accepted: all, video or image"),
      (
        "2025-01-01,2025-01-01,video,pt,apify,,,",
        "2:32: source is apify; accepted: default, amplis, plain, jobs"
      ),
    ])
  func refused(line: String, error: String) throws {
    let result = try rows("date_start,date_end,media_type,languages,source,conta,tipo,desde", line)
    #expect(result.errors == ["x.csv:" + error] && result.rows.isEmpty)
  }

  @Test(
    "a value that a program would take for an option is told with its place, where it is an argument by itself"
  )
  func options() throws {
    let sources = MissionSources([
      SourceDeclaration(
        name: "default", needsMedia: false,
        parameters: [
          ParameterDeclaration(name: "q", type: .text, isArgument: true),
          ParameterDeclaration(name: "n", type: .integer, isArgument: true),
          ParameterDeclaration(name: "r", type: .text),
        ])
    ])
    let result = try MissionFixture.read(
      """
      date_start,date_end,q,n,r
      2025-01-01,2025-01-01,--delete,,
      2025-01-01,2025-01-01,,-5,
      2025-01-01,2025-01-01,a-b,5,--delete
      """, sources)
    let accepted = "a value that does not begin with -, for the program would take it for an option"
    #expect(
      result.errors == [
        "x.csv:2:23: q is --delete; accepted: \(accepted)", "x.csv:3:24: n is -5; accepted: \(accepted)",
      ])
    #expect(result.rows.count == 1)
  }

  @Test("a row whose file lacks what its source must have is a row error")
  func lackingColumns() throws {
    let result = try rows(
      "date_start,date_end,source",
      "2025-01-01,2025-01-01,plain\n2025-01-01,2025-01-01,amplis\n2025-01-01,2025-01-01,\n")
    #expect(
      result.errors == [
        "x.csv:3:1: the row has no tipo; accepted: reag, master",
        "x.csv:4:1: the row has no media_type; accepted: all, video or image",
      ])
    #expect(result.rows.count == 1)
  }

  @Test("where no source is called default, a row must name one")
  func noDefault() throws {
    let only = MissionSources([SourceDeclaration(name: "amplis", needsMedia: false, parameters: [])])
    let result = try MissionFixture.read("date_start,date_end\n2025-01-01,2025-01-01\n", only)
    #expect(result.errors == ["x.csv:2:1: the row has no source; accepted: amplis"])
    let empty = try MissionFixture.read("date_start,date_end,source\n2025-01-01,2025-01-01,\n", only)
    #expect(empty.errors == ["x.csv:2:23: source is empty; accepted: amplis"])
  }

  @Test("a column that nothing declares is a file error, with the parameters among the accepted ones")
  func unknownColumn() throws {
    let result = try rows("date_start,date_end,media_type,languages,cont", "")
    #expect(
      result.failure
        == "x.csv:1:42: unknown column cont; accepted: date_start,date_end, and media_type, languages, "
        + "source, priority, conta, q, tipo and desde if wanted")
  }

  @Test("a value has at most 256 bytes percent-encoded, all together 1024")
  func lengths() throws {
    let many = MissionSources([
      SourceDeclaration(
        name: "default", needsMedia: false,
        parameters: (1...5).map { ParameterDeclaration(name: "p\($0)", type: .text) })
    ])
    let full = String(repeating: "a", count: 256)
    func read(_ cells: [String]) throws -> [String] {
      let header = "date_start,date_end," + (1...cells.count).map { "p\($0)" }.joined(separator: ",")
      let row = "2025-01-01,2025-01-01," + cells.joined(separator: ",")
      return try MissionFixture.read(header + "\n" + row, many).errors
    }
    #expect(try read([full, full, full, full]) == [])
    #expect(
      try read([full + "a"])
        == ["x.csv:2:23: p1 is 257 bytes long, percent-encoded; accepted: at most 256"])
    // Each of these letters is six bytes when it is encoded.
    #expect(try read([String(repeating: "é", count: 42)]) == [])
    #expect(
      try read([String(repeating: "é", count: 43)])
        == ["x.csv:2:23: p1 is 258 bytes long, percent-encoded; accepted: at most 256"])
    let sum = try read([full, full, full, full, "a"])
    #expect(sum.count == 1)
    #expect(
      sum[0].hasSuffix("the parameters are 1025 bytes long together, percent-encoded; accepted: at most 1024")
    )
    // A quote is six bytes in JSON, percent-encoded, and three by itself.
    let quotes = String(repeating: "\"\"", count: 85)
    let json = try read((1...4).map { _ in "\"\(quotes)\"" })
    #expect(json.count == 1 && json[0].contains("with their names"))
  }
}
