import Foundation
import MissionCore
import Testing

@testable import Translation

@Suite("The Portuguese catalogue", .timeLimit(.minutes(5)))
struct CatalogueTests {
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("../../Sources").standardizedFileURL

  private let catalogue = Dictionary(
    Portuguese.catalogue.map { ($0.english, $0.translation) }, uniquingKeysWith: { first, _ in first })

  @Test("has every sentence of the sources that a person may read")
  func complete() throws {
    let sentences = try SourceSentences.all(in: Self.sources)
    #expect(sentences.count > 300, "the sources are where they are looked for")
    for sentence in sentences where catalogue[sentence.text] == nil {
      Issue.record(
        """
        \(sentence.file):\(sentence.line) says \"\(sentence.text)\", which has no entry in \
        Sources/Translation/Portuguese. Words that are laid out belong into a table of phrases; what no person \
        reads belongs into the list of SourceSentences
        """)
    }
  }

  @Test("has nothing that the sources do not say")
  func needed() throws {
    let said = Set(
      try SourceLiterals.all(in: Self.sources).filter { !$0.file.hasPrefix("Translation/") }.flatMap {
        [$0.text, $0.text.trimmingCharacters(in: CharacterSet(charactersIn: "\n"))]
      })
    for entry in Portuguese.catalogue where !said.contains(entry.english) {
      Issue.record("nothing says \"\(entry.english)\" any more")
    }
  }

  @Test("has each sentence once")
  func unique() {
    let repeated = Dictionary(grouping: Portuguese.catalogue, by: \.english).filter { $0.value.count > 1 }
    #expect(repeated.keys.sorted() == [])
  }

  @Test("says what stands in the places of a sentence, whatever the order")
  func places() {
    for entry in Portuguese.catalogue {
      let count = entry.english.components(separatedBy: "{}").count - 1
      guard count > 0 else { continue }
      // Marks that no sentence takes for its own.
      let marks = (1...count).map { "⟨\($0)⟩" }
      let clause = Message.Clause(
        pieces: entry.english.components(separatedBy: "{}"), arguments: marks.map { .value($0) })
      let said = Translator.to(.portuguese).translate(Message(clauses: [clause]))
      for mark in marks { #expect(said.contains(mark), "\(entry.english): \(said)") }
      #expect(!said.contains("{}"), "\(entry.english): \(said)")
    }
  }

  @Test("finds what was forgotten: a sentence without an entry is told")
  func forgotten() {
    let source = #"""
      throw Failure("the \(name) has \(count) legs, "
        + "which is \(count > 4 ? "too many" : "enough")")  // "not this one"
      """#
    #expect(
      Set(SourceLiterals.literals(of: source)) == ["the {} has {} legs, which is {}", "too many", "enough"])
  }

  @Test("calls the journal registro and keeps to the words that were agreed")
  func agreedWords() {
    let avoided = ["diário", "completamento", "mais perto", "mais longe", "Gravado por", "é assim", "...{}"]
    for entry in Portuguese.catalogue {
      for word in avoided where entry.translation.lowercased().contains(word.lowercased()) {
        Issue.record("\"\(entry.translation)\" says \"\(word)\"")
      }
    }
  }
}
