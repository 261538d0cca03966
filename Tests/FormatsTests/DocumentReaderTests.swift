import Formats
import JSONStream
import MissionCore
import Ports
import Testing

@Suite("Plain JSON documents", .timeLimit(.minutes(5)))
struct DocumentReaderTests {
  private func read(
    _ json: String, at pointer: String = "", isEmptyAllowed: Bool = false, masking redactor: Redactor = .none
  ) throws -> AnswerContent {
    let place = try #require(JSONPointer(pointer))
    let reader = DocumentReader(at: place, isEmptyAllowed: isEmptyAllowed, masking: redactor)
    return try Array(json.utf8).withUnsafeBytes { try reader.read($0, progress: nil) }
  }

  private func error(_ json: String, at pointer: String = "", isEmptyAllowed: Bool = false) -> SpoolError? {
    do {
      _ = try read(json, at: pointer, isEmptyAllowed: isEmptyAllowed)
      return nil
    } catch { return error as? SpoolError }
  }

  @Test("the records are the array at the place, its own bytes")
  func arrays() throws {
    #expect(try read(" [{} , {}]\n") == .records(1..<10, count: 2))
    #expect(try read("[]") == .records(0..<2, count: 0))
    #expect(try read(#"{"a":{"b":[{}]}}"#, at: "/a/b") == .records(10..<14, count: 1))
    #expect(try read("\u{FEFF}[{}]") == .records(3..<7, count: 1))
  }

  @Test("one object is one record")
  func objects() throws {
    #expect(try read(#" {"id":1} "#) == .record(1..<9))
    #expect(try read(#"{"a":[{},{"id":1}]}"#, at: "/a/1") == .record(9..<17))
  }

  @Test("an answer without anything holds no records only where that is allowed")
  func empty() throws {
    #expect(try read("", isEmptyAllowed: true) == .noRecords)
    #expect(try read(" \r\n\t", at: "/a", isEmptyAllowed: true) == .noRecords)
    #expect(
      error("") == .notJSON(what: "unexpected end at byte 0", excerpt: UntrustedText.foreign("")))
    #expect(error(" ", isEmptyAllowed: true) == nil)
  }

  @Test("what is neither an array of objects nor an object is told with its place")
  func refused() throws {
    #expect(what(error("[{},3]")) == "record 1 at byte 4 is not an object")
    #expect(what(error("7")) == "it is neither an array nor an object")
    #expect(what(error(#"{"a":null}"#, at: "/a")) == "what is at /a is neither an array nor an object")
    #expect(what(error(#"{"a":1}"#, at: "/b/c")) == "nothing is at /b/c")
    #expect(what(error("<html>")) == "unexpected character at byte 0")
    #expect(error("[{},3]")?.code == .scrapeOther)
  }

  @Test("the excerpt is cleaned and masked")
  func masked() throws {
    let redactor = Redactor(secrets: [Secret("hunter2hunter2")])
    do {
      _ = try read("key hunter2hunter2\u{1B}[31m", masking: redactor)
      Issue.record("it was taken")
    } catch let error as SpoolError {
      #expect(!error.description.contains("hunter2hunter2"))
      #expect(!error.description.contains("\u{1B}"))
    }
  }

  private func what(_ error: SpoolError?) -> String? {
    switch error {
    case .notJSON(let what, _), .wrongShape(let what, _): return what.plain
    default: return nil
    }
  }
}
