import Foundation
import MissionCore
import Testing
import Translation

@testable import Journal
@testable import Report
@testable import ReportPage

@Suite("Parts of the page", .timeLimit(.minutes(5)))
struct HTMLPartsTests {
  @Test("what is interpolated into markup is escaped, unless it is markup")
  func markup() {
    let inside: Markup = "<b>\("<i>&\"'")</b>"
    let outside: Markup = "<p title=\"\("\" onclick=\"x")\">\(inside)\(7)\(nil as Markup?)</p>"
    #expect(
      outside.html
        == "<p title=\"&quot; onclick=&quot;x\"><b>&lt;i&gt;&amp;&quot;&#39;</b>7</p>")
    let hostile: Markup = "\(untrusted: "a\u{202E}\u{1B}[31m<\n\tb")"
    #expect(hostile.html == "a[31m&lt; b")
  }

  @Test("data cannot end its script element")
  func script() throws {
    var rows = RowWriter()
    rows.open("[")
    rows.text("</script><!--\u{1}\"\\")
    rows.integer(nil as Int?)
    rows.close("]")
    let bytes = rows.drain()
    #expect(!bytes.contains(UInt8(ascii: "<")))
    let list = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [Any])
    #expect(list[0] as? String == "</script><!--\u{1}\"\\")
    #expect(list[1] is NSNull)
  }

  @Test("a text that was written before is its place; when the list is full texts are written out")
  func shared() throws {
    var shared = SharedTexts()
    var rows = RowWriter()
    rows.open("[")
    for text in ["a", "b", "a", nil] { shared.write(text, to: &rows) }
    for number in 0..<SharedTexts.limit { shared.write("n\(number)", to: &rows) }
    shared.write("n\(SharedTexts.limit - 1)", to: &rows)
    rows.close("]")
    let list = try #require(try JSONSerialization.jsonObject(with: Data(rows.drain())) as? [Any])
    #expect(list[2] as? Int == 1)
    #expect(list[3] as? Int == 0)
    #expect(list.last as? String == "n\(SharedTexts.limit - 1)")
  }

  @Test("a history tells details once, and leaves digests to show")
  func events() throws {
    let start = JournalFixture.time(0)
    func event(_ seconds: Int64, _ kind: EventKind, _ details: String?, attempt: Int = 1, run: String = "r")
      -> RecordedEvent
    {
      RecordedEvent(
        at: JournalFixture.time(seconds), runID: run, attempt: attempt, kind: kind, detailsJSON: details)
    }
    var rows = RowWriter()
    var shared = SharedTexts()
    EventRows(runID: "r", runStart: start, phrases: .english).write(
      [
        event(-5, .imported, nil, run: "old"),
        event(1, .sessionReady, #"{"worker":"w1","session_id":"s1","proxy":"p"}"#),
        event(2, .sessionReused, #"{"worker":"w1","session_id":"s2","proxy":"p"}"#, attempt: 2),
        event(3, .scrapeCompleted, #"{"ads_count":20,"size":9,"sha256":"aa"}"#, attempt: 2),
        event(4, .scrapeError, "not JSON", attempt: 2),
      ], to: &rows, &shared)
    #expect(
      String(decoding: rows.drain(), as: UTF8.self)
        == #"["IMPORTED|1|old|",-5000,"SESSION_READY|1||worker,session_id!,proxy",6000,"w1","s1","p","#
        + #""SESSION_REUSED|2||worker,session_id!,proxy",1000,0,"s2",0,"#
        + #""SCRAPE_COMPLETED|2||ads_count#,size#",1000,20,9,"SCRAPE_ERROR|2||",1000]"#)
  }

  @Test("a history tells messages of earlier attempts in the page's language, words of others as they came")
  func messages() throws {
    let answer: Message = "\("w1") answered \(503) to \("GET /x")"
    let message = answer + ": \(ForeignWords.marked("wrong usage"))"
    let stored = try #require(message.stored)
    var event = RecordedEvent(
      at: JournalFixture.time(1), runID: "r", attempt: 1, kind: .scrapeError,
      detailsJSON: #"{"message":"\#(message.plain)"}"#)
    for (said, told) in [
      (nil, message.plain), (#"{"message":\#(stored)}"#, "w1 respondeu 503 a GET /x: wrong usage"),
      (#"{"message":"else"}"#, message.plain),
    ] {
      event.saidJSON = said
      var rows = RowWriter()
      var shared = SharedTexts()
      EventRows(runID: "r", runStart: JournalFixture.time(0), phrases: .portuguese).write(
        [event], to: &rows, &shared)
      #expect(
        String(decoding: rows.drain(), as: UTF8.self) == #"["SCRAPE_ERROR|1||message",1000,"\#(told)"]"#)
    }
  }

  @Test(
    "each language has every phrase, and months and weekdays in their number", arguments: Language.allCases)
  func phrases(language: Language) {
    let phrases = HTMLPhrases.of(language)
    for phrase in PagePhrase.allCases { #expect(!phrases.page(phrase).isEmpty, "\(phrase)") }
    for phrase in ScriptPhrase.allCases { #expect(!phrases.script(phrase).isEmpty, "\(phrase)") }
    #expect(phrases.script(.months).split(separator: " ").count == 12)
    #expect(phrases.script(.weekdays).split(separator: " ").count == 7)
    // What is filled in has the same names in every language.
    for phrase in PagePhrase.allCases {
      #expect(places(phrases.page(phrase)) == places(HTMLPhrases.english.page(phrase)), "\(phrase)")
    }
    for phrase in ScriptPhrase.allCases {
      #expect(places(phrases.script(phrase)) == places(HTMLPhrases.english.script(phrase)), "\(phrase)")
    }
  }

  private func places(_ text: String) -> Set<String> {
    Set(text.matches(of: #/\{(\w+)\}/#).map { String($0.output.1) })
  }

  @Test("the script asks for no phrase that is not there, and for each that is")
  func scriptPhrases() {
    let script = PageScript.text
    let names = Set(ScriptPhrase.allCases.map(\.rawValue))
    let asked = script.matches(of: #/say\("(\w+)"/#).map { String($0.output.1) }
    for name in asked where !name.hasSuffix("_") && name != "status" {
      #expect(names.contains(name), "\(name)")
    }
    // Counted ones and those whose name is put together.
    let made = ["missions", "ads", "days", "gaps", "group_", "lane_", "status", "mark_"]
    for name in names {
      let isAsked = script.contains("\"\(name)\"") || script.contains("words.\(name)")
      #expect(isAsked || made.contains { name.hasPrefix($0) }, "\(name) is never shown")
    }
  }

  @Test("numbers, days and sentences of other layers follow the language")
  func portuguese() {
    let phrases = HTMLPhrases.of(.portuguese)
    #expect(phrases.count(1_234_567) == "1.234.567")
    #expect(phrases.duration(seconds: 1.4) == "1,4 s")
    #expect(phrases.moment(JournalFixture.time(0)) == "31/01/2026 10:00:00 UTC")
    #expect(phrases.meaning(.jobFailed) != ErrorCode.jobFailed.meaning.plain)
    #expect(phrases.hint(.bucketMissing)?.contains("crie o que falta") == true)
    #expect(HTMLPhrases.english.moment(JournalFixture.time(0)) == "2026-01-31 10:00:00 UTC")
  }
}
