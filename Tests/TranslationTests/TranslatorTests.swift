import MissionCore
import Testing

@testable import Translation

@Suite("The translator", .timeLimit(.minutes(5)))
struct TranslatorTests {
  private func said(_ message: Message) -> String { Translator.to(.portuguese).translate(message) }

  @Test("says a sentence with what stands in its places")
  func places() {
    #expect(said("no such mission file: \("a.csv, b.csv")") == "arquivo de missões inexistente: a.csv, b.csv")
    #expect(
      said(
        "--\("limit") \("must be \("a whole number from \(1) to \(10)" as Message), got \("\"x\"")" as Message)"
      )
        == "--limit deve ser um número inteiro entre 1 e 10, recebido \"x\"")
  }

  @Test("keeps a place in a file at the front, and the lines that show it")
  func placeInAFile() {
    let wrong: Message = "\("execution.max_retries") \("must be \(0)...\(20)" as Message)" + ", got \("99")"
    let lines: [Message] = ["\("config.yaml"):\(20):\(16): \(wrong)", "\("   20 |   max_retries: 99")"]
    #expect(
      said(lines.joined(by: "\n")) == """
        config.yaml:20:16: execution.max_retries deve estar entre 0 e 20, recebido 99
           20 |   max_retries: 99
        """)
  }

  @Test("says a message inside a message in the same language")
  func wrapped() {
    let refusal: Message = "\("w answered 1 to x") answered \(503) to \("POST /scrape")"
    #expect(said(refusal) == "w answered 1 to x respondeu 503 a POST /scrape")
    #expect(
      said("the object was not looked at: \(refusal)")
        == "o objeto não foi consultado: w answered 1 to x respondeu 503 a POST /scrape")
    #expect(
      said(refusal + ": \(ForeignWords.marked("wrong usage"))" + ", check its api_key")
        == "w answered 1 to x respondeu 503 a POST /scrape: wrong usage, confira a api_key dele")
  }

  @Test("takes what + puts together for one sentence of the catalogue, where it is one")
  func joined() {
    #expect(
      said(
        "after \(3) uploads the destination held rows of another scrape each time: "
          + "another program runs the mission too; let only one do so, then retry it"
      ).hasPrefix("depois de 3 envios"))
  }

  @Test(
    "has the right plural",
    arguments: [
      ("1 mission", "1 missão"), ("\("2") missions", "2 missões"), ("\("1,234") missions", "1.234 missões"),
    ] as [(Message, String)])
  func plural(english: Message, portuguese: String) {
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

  @Test("joins names as it is done there, and leaves the names alone")
  func names() {
    #expect(said(Alternatives.text(["pending", "queued", "done"])) == "pending, queued ou done")
    #expect(said(.or(["a", "b", "c"])) == "a ou b ou c" && said(.and(["a", "b"])) == "a e b")
    #expect(said(Alternatives.text(["oldest"])) == "oldest" && said(.or([])) == "")
  }

  @Test("what cannot be seen of a value is named there as well")
  func unseen() {
    #expect(said(UntrustedText.quoted("x ")) == "\"x\" com um espaço no fim")
    #expect(said(UntrustedText.quoted("3\u{A0}")) == "\"3\" com U+00A0 (um espaço que não quebra)")
  }

  @Test("leaves what it does not know, and everything in English")
  func unknown() {
    for text in ["", "lorem ipsum dolor", "internal error", "{}", "\n\n"] {
      #expect(said("\(text)") == text)
      #expect(Translator.to(.english).translate("\(text)") == text)
    }
    #expect(said("lorem ipsum \("dolor")") == "lorem ipsum dolor")
    #expect(Translator.to(.english).translate("internal error") == "internal error")
  }

  @Test(
    "never translates words of others and values, whatever they are: here every sentence of the catalogue")
  func foreign() {
    for entry in Portuguese.catalogue {
      let words = entry.english.split(separator: "{}", omittingEmptySubsequences: false).joined(
        separator: "x")
      let cleaned = UntrustedText.clean(words, limit: 2000)
      let message: Message = "\("w") answered \(500) to \("GET /x")" + ": \(foreign: cleaned)"
      #expect(said(message) == "w respondeu 500 a GET /x: \(cleaned)")
      #expect(Translator.to(.english).translate(message) == "w answered 500 to GET /x: \(cleaned)")
      #expect(said("\(foreign: cleaned)") == cleaned)
      #expect(
        said("\("w") answered \(500) to \(cleaned)")
          == "w respondeu 500 a \(DecimalComma.text(cleaned) ?? cleaned)")
    }
  }

  @Test("writes the days of log lines as they are written there, but nothing else that looks like one")
  func days() {
    #expect(Sentence.day("2025-01-31") == "31/01/2025")
    for other in ["2025-1-31", "20250131", "2025-01-31T00", "a025-01-31", ""] {
      #expect(Sentence.day(other) == other)
    }
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
