import MissionCore
import Testing

@testable import Translation

@Suite("The translator", .timeLimit(.minutes(5)))
struct TranslatorTests {
  private func said(_ english: String) -> String { Translator.to(.portuguese).translate(english) }

  @Test("says a sentence with what stands in its places")
  func places() {
    #expect(said("no such mission file: a.csv, b.csv") == "arquivo de missões inexistente: a.csv, b.csv")
    #expect(
      said("--limit must be a whole number from 1 to 10, got \"x\"")
        == "--limit deve ser um número inteiro entre 1 e 10, recebido \"x\"")
  }

  @Test("keeps a place in a file at the front, and the lines that show it")
  func placeInAFile() {
    let english = """
      config.yaml:20:16: execution.max_retries must be 0...20, got 99
         20 |   max_retries: 99
            |                ^
      config.yaml:3:1: workers is missing
      """
    #expect(
      said(english) == """
        config.yaml:20:16: execution.max_retries deve estar entre 0 e 20, recebido 99
           20 |   max_retries: 99
              |                ^
        config.yaml:3:1: falta workers
        """)
    #expect(
      said("missions/x.csv:5:12: date_end is empty; accepted: YYYY-MM-DD")
        == "missions/x.csv:5:12: date_end está vazio; aceito: YYYY-MM-DD")
  }

  @Test("understands an error that wraps another")
  func wrapped() {
    #expect(
      said("ERROR401 would hit every mission: answered 403: the store does not accept the credentials")
        == "ERROR401 atingiria todas as missões: respondeu 403: o armazenamento não aceita as credenciais")
  }

  @Test(
    "has the right plural",
    arguments: [("1 mission", "1 missão"), ("2 missions", "2 missões"), ("1,234 missions", "1.234 missões")])
  func plural(english: String, portuguese: String) {
    #expect(
      said("resuming \(english) that an earlier run left in progress")
        == "retomando \(portuguese) que uma execução anterior deixou pela metade")
  }

  @Test("writes numbers as they are written there, but no versions and addresses")
  func numbers() {
    #expect(DecimalComma.text("1,234,567") == "1.234.567")
    #expect(DecimalComma.text("1.4 s") == "1,4 s")
    #expect(DecimalComma.text("1,023.5 MiB") == "1.023,5 MiB")
    #expect(DecimalComma.text("12m 05s") == "12min 05s")
    #expect(DecimalComma.text("3h 07m") == "3h 07min")
    for other in ["1.4", "10.0.0.1", "12", "1,2", "a 1.4 s", "", "2025-01-31"] {
      #expect(DecimalComma.text(other) == nil)
    }
  }

  @Test("joins names as it is done there, and leaves commands alone")
  func names() {
    #expect(
      said("--order must be oldest or newest, got \"x\"")
        == "--order deve ser oldest ou newest, recebido \"x\"")
    #expect(said("must be pending, queued or done") == "deve ser pending, queued ou done")
    #expect(said("see mission-control run --help") == "veja mission-control run --help")
    #expect(WordList.text("it came or went away") == nil)
  }

  @Test("what cannot be seen of a value is named there as well")
  func unseen() {
    #expect(
      said("--order must be oldest or newest, got \"x\" with a space at the end")
        == "--order deve ser oldest ou newest, recebido \"x\" com um espaço no fim")
    #expect(
      said("config.yaml:3:16: execution.max_retries must be 0...20, got 3 with U+00A0 (a no-break space)")
        == "config.yaml:3:16: execution.max_retries deve estar entre 0 e 20, recebido 3 com U+00A0 (um espaço que não quebra)"
    )
  }

  @Test("leaves what it does not know, and everything in English")
  func unknown() {
    for text in ["", "lorem ipsum dolor", "Segmentation fault", "curl: (7) Failed to connect", "{}", "\n\n"] {
      #expect(said(text) == text)
      #expect(Translator.to(.english).translate(text) == text)
    }
    #expect(Translator.to(.english).translate("internal error") == "internal error")
  }

  @Test("never translates words of others, whatever they are: here every sentence of the catalogue")
  func foreign() {
    #expect(
      said(
        "mission 4f (2025-03-01) failed: ERROR200 job failed: \(ForeignWords.marked("wrong usage: two missions"))"
      )
        == "a missão 4f (01/03/2025) falhou: ERROR200 o job falhou: wrong usage: two missions")
    for entry in Portuguese.catalogue {
      let words = entry.english.split(separator: "{}", omittingEmptySubsequences: false).joined(
        separator: "x")
      let cleaned = UntrustedText.clean(words, limit: 2000)
      let message = "worker-1 answered 500 to GET /x: \(ForeignWords.marked(cleaned))"
      #expect(said(message) == "worker-1 respondeu 500 a GET /x: \(cleaned)")
      #expect(said(ForeignWords.marked(cleaned)) == cleaned)
      #expect(Translator.to(.english).translate(message) == "worker-1 answered 500 to GET /x: \(cleaned)")
    }
  }

  @Test("says a message by its keys, whatever stands in its places")
  func messages() {
    func said(_ message: Message) -> String { Translator.to(.portuguese).translate(message) }
    let refusal: Message = "\("w answered 1 to x") answered \(503) to \("POST /scrape")"
    #expect(said(refusal) == "w answered 1 to x respondeu 503 a POST /scrape")
    #expect(
      said(refusal + ": \(ForeignWords.marked("wrong usage"))" + ", check its api_key")
        == "w answered 1 to x respondeu 503 a POST /scrape: wrong usage, confira a api_key dele")
    #expect(
      said("the object was not looked at: \(refusal)")
        == "o objeto não foi consultado: w answered 1 to x respondeu 503 a POST /scrape")
    // What `+` puts together is one sentence of the catalogue.
    #expect(
      said(
        "after \(3) uploads the destination held rows of another scrape each time: "
          + "another program runs the mission too; let only one do so, then retry it")
        == said(
          Message(
            said: "after 3 uploads the destination held rows of another scrape each time: "
              + "another program runs the mission too; let only one do so, then retry it")))
    #expect(said("lorem ipsum \("dolor")") == "lorem ipsum dolor")
    // A value is no sentence, whatever it looks like; a text that is finished is.
    #expect(said("\("seconds") answered \("1.4 s") to \("days")") == "seconds respondeu 1,4 s a days")
    #expect(
      said("the ledger was not read: \(said: "the store failed: not found")").hasSuffix("não encontrado"))
    #expect(said(Message(said: "no such mission file: a.csv")) == "arquivo de missões inexistente: a.csv")
    #expect(Translator.to(.english).translate(refusal) == refusal.plain)
  }

  @Test("writes the days of log lines as they are written there, but nothing else that looks like one")
  func days() {
    #expect(SentencePattern.day("2025-01-31") == "31/01/2025")
    for other in ["2025-1-31", "20250131", "2025-01-31T00", "a025-01-31", ""] {
      #expect(SentencePattern.day(other) == other)
    }
    #expect(said("2025-02-30 is not in the calendar; accepted: YYYY-MM-DD").hasPrefix("2025-02-30 "))
  }

  @Test("ends on hostile text, soon")
  func hostile() {
    let text = String(repeating: "is must be : , got ", count: 400)
    _ = said(text)
    _ = said(String(repeating: "a: ", count: 2000))
  }
}

@Suite("The language of the environment", .timeLimit(.minutes(5)))
struct LanguageTests {
  @Test("is Portuguese for any of its locales, by POSIX' precedence")
  func environment() {
    let cases: [([String: String], Language)] = [
      ([:], .english), (["LANG": "pt_BR.UTF-8"], .portuguese), (["LANG": "pt"], .portuguese),
      (["LANG": "pt_PT@euro"], .portuguese), (["LANG": "C.UTF-8"], .english), (["LANG": "ptx"], .english),
      (["LC_ALL": "C", "LANG": "pt_BR.UTF-8"], .english),
      (["LC_ALL": "", "LC_MESSAGES": "pt_BR", "LANG": "en_US"], .portuguese),
      (["LC_MESSAGES": "en_US", "LANG": "pt_BR"], .english),
    ]
    for (variables, language) in cases {
      #expect(Language(environment: variables) == language, "\(variables)")
    }
  }
}
