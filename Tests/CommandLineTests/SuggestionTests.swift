import Testing

@testable import CommandLine

@Suite("Suggestions", .timeLimit(.minutes(5)))
struct SuggestionTests {
  @Test(
    "the nearest name is suggested",
    arguments: [
      ("lmit", "limit"), ("limt", "limit"), ("concurrency", "max-concurrency"),
      ("max-con", "max-concurrency"),
      ("retryfailed", "retry-failed"),
    ])
  func near(typed: String, expected: String) {
    let names = ["limit", "max-concurrency", "max-duration", "retry-failed", "drain"]
    #expect(Suggestion.nearest(to: typed, among: names) == expected)
  }

  @Test("nothing is suggested for a name that resembles none")
  func far() { #expect(Suggestion.nearest(to: "banana", among: ["limit", "drain"]) == nil) }

  @Test("a swap of neighbours is one edit")
  func swap() { #expect(Suggestion.edits(from: Array("form".utf8), to: Array("from".utf8)) == 1) }
}
