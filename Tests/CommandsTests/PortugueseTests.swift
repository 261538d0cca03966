import Foundation
import MissionCore
import TestSupport
import Testing
import Translation

@testable import Commands

@Suite("The program in Portuguese", .timeLimit(.minutes(5)))
struct PortugueseTests {
  private func fixture() throws -> CommandFixture {
    let fixture = try CommandFixture()
    try fixture.openJournal().close()
    return fixture
  }

  @Test("lists, one mission and the status read as agreed")
  func answers() throws {
    let fixture = try fixture()
    for (line, name) in [
      ("list", "list"), ("list --limit 2", "list-page"), ("show 2", "show"), ("status", "status"),
    ] {
      let outcome = try fixture.run(line, "--locale", "pt-BR")
      let text = outcome.output.replacingOccurrences(of: fixture.folder, with: "FOLDER")
      try Golden.expect(text, "pt-BR/\(name).txt")
    }
  }

  @Test("a plan with gaps, bad rows and failures reads as agreed")
  func plan() throws {
    let fixture = try fixture()
    try fixture.write(
      "missions/a.csv",
      """
      date_start,date_end,media_type,languages
      2025-03-02,2025-03-02,video,pt
      2025-04-01,2025-04-01,video,pt
      2025-04-05,2025-04-07,video,pt
      2025-02-30,2025-02-30,video,pt
      2025-05-01,2025-05-01,film,pt

      """)
    let outcome = try fixture.run("plan --locale pt-BR")
    try Golden.expect(
      outcome.output.replacingOccurrences(of: fixture.folder, with: "FOLDER"), "pt-BR/plan.txt")
    #expect(outcome.errors.contains("2025-02-30 não existe no calendário; aceito: AAAA-MM-DD"))
    #expect(outcome.errors.contains("media_type é film; aceito: all, video ou image"))
  }

  @Test(
    "an error of the journal is told by its keys and arguments in either language, words of others as they came"
  )
  func keptErrors() throws {
    let fixture = try CommandFixture()
    let journal = try fixture.openJournal()
    let words = ForeignWords.marked("wrong usage: two missions")
    let answer: Message = "\("w answered 1 to x") answered \(401) to \("GET /health")"
    let message = answer + ": \(words)" + ", check its api_key"
    try journal.write(
      [
        .mission(
          MissionTransition(
            mission: CommandFixture.id(3), change: .failed(code: .scrapeOther, cause: nil, message: message),
            events: [], at: CommandFixture.time(5)))
      ], runID: CommandFixture.runID)
    journal.close()
    let told = [
      "en": "w answered 1 to x answered 401 to GET /health: wrong usage: two missions, check its api_key",
      "pt-BR":
        "w answered 1 to x respondeu 401 a GET /health: wrong usage: two missions, confira a api_key dele",
    ]
    for (locale, text) in told {
      for line in ["show", "why"] {
        let outcome = try fixture.run(line, CommandFixture.id(3).description, "--locale", locale)
        #expect(outcome.output.contains(text), "\(line): \(outcome.output)")
      }
      #expect(try fixture.run("report --locale", locale).output.contains(text))
    }
    let json = try fixture.run("show", CommandFixture.id(3).description, "--output json --locale pt-BR").json
    #expect(json?["error_message"] as? String == told["en"])
  }

  @Test("counts agree with their nouns")
  func plurals() throws {
    let fixture = try fixture()
    #expect(try fixture.run("retry 2 --locale pt-BR").output.hasPrefix("1 missão voltou para Pendente; "))
    #expect(try fixture.run("cancel 2 3000 --locale pt-BR").code == 66)
    let cancelled = try fixture.run("cancel", "2", CommandFixture.id(3).description, "--locale", "pt-BR")
    #expect(cancelled.output == "2 missões canceladas\n")
    let again = try fixture.run("cancel 1 2 --locale pt-BR")
    #expect(again.output.contains("0 missões canceladas\n"))
    #expect(again.output.contains(" já está Concluída\n"))
    #expect(again.output.contains(" já está Cancelada\n"))
  }

  @Test("the option comes before the configuration, the configuration before the environment")
  func precedence() throws {
    let fixture = try fixture()
    let (english, portuguese) = ("no run is live", "nenhuma execução em andamento")
    func says(_ text: String, _ line: String = "status") throws -> Bool {
      try fixture.run(line).output.hasPrefix(text)
    }
    #expect(try says(english))
    fixture.environment = ["LANG": "pt_BR.UTF-8"]
    #expect(try says(portuguese))
    #expect(try says(english, "status --locale en"))
    let configuration = try fixture.read("config.yaml")
    try fixture.write("config.yaml", configuration + "locale: en\n")
    #expect(try says(english), "what the file says comes before the environment")
    #expect(try says(portuguese, "status --locale pt-BR"))
    fixture.environment = [:]
    try fixture.write("config.yaml", configuration + "locale: pt-BR\n")
    #expect(try says(portuguese))
  }

  @Test("pt is short for pt-BR")
  func short() throws {
    let fixture = try fixture()
    #expect(try fixture.run("status --locale pt").output == fixture.run("status --locale pt-BR").output)
    #expect(try fixture.run("list --limit 0 --locale=pt").errors.contains("deve ser um número inteiro"))
    #expect(try fixture.run("status --locale fr").code == 64)
  }

  @Test("a mission is feminine, the journal is a register, and no word of another language is left")
  func words() {
    let portuguese = AnswerPhrases.of(.portuguese)
    #expect(portuguese.stage(.openingSession) == "atribuída, abrindo sessão")
    #expect(portuguese.stage(.starting) == "atribuída")
    for count in [0, 2, 5] { #expect(portuguese.cancelled(count) == "\(count) missões canceladas") }
    #expect(portuguese.cancelled(1) == "1 missão cancelada")
  }

  @Test("wrong usage and a wrong configuration are told in Portuguese, also by the wrong file's own choice")
  func errors() throws {
    let fixture = try fixture()
    let usage = try fixture.run("list --limit 0 --locale pt-BR")
    #expect(
      usage.errors == """
        mission-control: --limit deve ser um número inteiro entre 1 e 1000000000, recebido "0"
        veja mission-control list --help

        """)
    #expect(
      try fixture.run("--locale=pt-BR lst").errors.contains(
        "comando \"lst\" desconhecido; você quis dizer list?"))
    #expect(try fixture.run("list --help --locale pt-BR").output.hasPrefix("uso: mission-control list"))
    let configuration = try fixture.read("config.yaml")
    try fixture.write("config.yaml", configuration + "locale: pt-BR\nexecution: {max_retries: 99}\n")
    let wrong = try fixture.run("status")
    #expect(wrong.code == 78)
    #expect(wrong.errors.contains(": execution.max_retries deve estar entre 0 e 20, recebido 99\n"))
  }

  @Test(
    "what programs read is the same in every language",
    arguments: [
      "list --output json", "list --output csv", "show 1 --output json", "status --output json",
      "plan --output json", "config", "config schema", "retry 1 --output json", "cancel 1 --output json",
      "backfill --from 2025-01-01 --to 2025-01-03 --media-type video --languages pt", "--version",
    ])
  func machines(line: String) throws {
    let fixture = try fixture()
    let english = try fixture.run(line, "--log-format", "json")
    let portuguese = try fixture.run(line, "--log-format", "json", "--locale", "pt-BR")
    #expect(english.output == portuguese.output)
    #expect(english.errors == portuguese.errors)
    #expect(english.code == portuguese.code)
  }

  @Test("every table of words is whole: as many heads as columns, no word empty, none left in English")
  func tables() {
    let (english, portuguese) = (AnswerPhrases.of(.english), AnswerPhrases.of(.portuguese))
    #expect(english.listHeads.count == portuguese.listHeads.count)
    let same: Set<MissionField> = [.worker, .job, .proxy, .sha256, .etag]
    for field in MissionField.allCases {
      #expect(!portuguese.field(field).isEmpty)
      #expect((english.field(field) == portuguese.field(field)) == same.contains(field), "\(field)")
    }
    for row in PlanRow.allCases { #expect(english.planRow(row) != portuguese.planRow(row)) }
    for stage in StageWord.allCases { #expect(english.stage(stage) != portuguese.stage(stage)) }
  }
}
