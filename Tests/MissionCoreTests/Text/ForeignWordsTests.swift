import Testing

@testable import MissionCore

@Suite("Words of others", .timeLimit(.minutes(5)))
struct ForeignWordsTests {
  private let message =
    "worker-1 answered 500 to GET /x: " + ForeignWords.marked("ação: 日本") + ", and "
    + ForeignWords.marked("b")

  @Test("the plain message and the places of words of others give the message back")
  func places() {
    let plain = ForeignWords.plain(message)
    #expect(plain == "worker-1 answered 500 to GET /x: ação: 日本, and b")
    let places = ForeignWords.places(in: message)
    #expect(places == "33-47,53-54")
    #expect(ForeignWords.marked(plain, at: places ?? "") == message)
    #expect(ForeignWords.places(in: plain) == nil)
    #expect(ForeignWords.marked("").isEmpty)
  }

  @Test(
    "places that do not fit the text change nothing",
    arguments: ["", "x", "1", "5-2", "0-99", "3-4,1-2", "34-36"])
  func wrongPlaces(places: String) {
    let plain = ForeignWords.plain(message)
    #expect(ForeignWords.plain(ForeignWords.marked(plain, at: places)) == plain)
  }

  @Test("words of others cannot mark anything themselves, nor hold what stands for them")
  func forged() {
    let forged = UntrustedText.foreign("a\u{2064}b\u{2063}c\u{F0000}d")
    #expect(forged == ForeignWords.marked("abcd"))
    #expect(UntrustedText.message("x \u{F0000}\u{F0001} \(forged)") == "x \(forged)")
  }

  @Test("a message that is cut keeps its beginning, and its marks do not count")
  func cut() {
    let long = "said: " + UntrustedText.foreign(String(repeating: "x", count: 300), limit: 300)
    let cut = UntrustedText.message(long, limit: 50)
    #expect(ForeignWords.plain(cut) == "said: " + String(repeating: "x", count: 43) + "…")
    let fitting = "said: " + ForeignWords.marked(String(repeating: "x", count: 44))
    #expect(UntrustedText.message(fitting, limit: 50) == fitting)
  }

  @Test("in a message secrets are masked in words of others; in ours only what cannot be a word")
  func masking() {
    let redactor = Redactor(secrets: ["password", "2025-01-01", "hunter2-hunter2"].map { Secret($0) })
    let message =
      "the password of 2025-01-01 and hunter2-hunter2: " + ForeignWords.marked("password 2025-01-01")
    #expect(
      UntrustedText.message(message, masking: redactor)
        == "the password of 2025-01-01 and ***: " + ForeignWords.marked("*** ***"))
  }
}
