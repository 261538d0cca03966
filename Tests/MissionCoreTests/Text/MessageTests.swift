import MissionCore
import Testing

@Suite("A message", .timeLimit(.minutes(5)))
struct MessageTests {
  private static let refusal: Message =
    "\("worker-1") answered \(503) to \("POST /scrape"): \(UntrustedText.foreign("to be or not"))"

  @Test("reads as the sentence that it is written as, and knows its key and arguments")
  func reads() throws {
    #expect(Self.refusal.plain == "worker-1 answered 503 to POST /scrape: to be or not")
    let clause = try #require(Self.refusal.clauses.first)
    #expect(clause.key == "{} answered {} to {}: {}")
    #expect(clause.arguments.map(\.description).prefix(3) == ["worker-1", "503", "POST /scrape"])
    guard case .foreign("to be or not") = clause.arguments[3] else { return #expect(Bool(false)) }
  }

  @Test("keeps the marks of words of others where it is read as a text, and equals what reads the same")
  func marks() {
    let words = UntrustedText.foreign("no")
    let message: Message = "it said: \(words)"
    #expect("\(message)" == "it said: \(words)" && message.plain == "it said: no")
    #expect(message == ("\("it said: \(words)")" as Message) && message != "it said: no")
    #expect("a \(message)" as Message == "\("a it said: \(words)")")
  }

  static let messages: [Message] = [
    "no place in it", refusal, refusal + ", check its \("api_key")",
    "the object was not looked at: \(refusal)",
    "a \"quote\", a \\ and \("a\nline")", "\(refusal): \("one"): \(refusal + refusal)",
    "\(ForeignWords.marked("theirs"))", "said: \("no space")",
    "in part ours, \("in part \(ForeignWords.marked("theirs"))")",
  ]

  @Test("comes back from the journal's form with its keys and arguments", arguments: messages)
  func stored(message: Message) throws {
    let stored = try #require(message.stored)
    let read = try #require(Message(stored: stored, saying: message.plain))
    #expect(read == message && read.stored == stored)
    #expect(read.clauses.map(\.key) == message.clauses.map(\.key))
  }

  @Test("is kept as its text alone when it is nothing else, too deep or too long")
  func unstored() {
    let deep = (0..<9).reduce("x" as Message) { message, _ in "(\(message))" }
    for message in ["\("finished")", deep, "long: \(String(repeating: "x", count: 17 << 10))"] {
      #expect(message.stored == nil)
    }
  }

  @Test(
    "is not taken from what somebody else wrote",
    arguments: [
      "", "[]", "{}", #"{"version":1}"#, #"{"version":2,"said":[["a {}","b"]]}"#,
      #"{"version":1,"said":["a b"]}"#,
      #"{"version":1,"said":[["a {}"]]}"#, #"{"version":1,"said":[["a {} {}","b"]]}"#,
      #"{"version":1,"said":[["a {}",1]]}"#, #"{"version":1,"said":[["a {}",{"own":"b"}]]}"#,
      #"{"version":1,"said":[["a {}",{}]]}"#,
      #"{"version":1,"said":[["a c"]]}"#, #"{"version":1,"said":[]}"#,
      #"{"version":1,"said":[["a {}",[["b"]]]]"#,
      #"{"version":1,"said":"# + String(repeating: #"[["{}","#, count: 9) + #"[["a b"]]"#
        + String(repeating: "]]", count: 9) + "}",
    ])
  func foreignForms(form: String) {
    #expect(Message(stored: form, saying: "a b") == nil)
  }

  @Test("secrets are masked in every argument before it is kept, and a message without them stays what it is")
  func masked() {
    let redactor = Redactor(secrets: [Secret("hunter2-hunter2"), Secret("to be")])
    let inner: Message = "the key is \("hunter2-hunter2")"
    let message: Message = "\("w") failed: \(inner), \(ForeignWords.marked("to be or not"))"
    let masked = UntrustedText.message(message, masking: redactor)
    #expect(masked.plain == "w failed: the key is ***, *** or not")
    #expect(masked.stored?.contains("hunter2") == false && masked.stored?.contains("to be") == false)
    let spread = UntrustedText.message("\("hunter2")-\("hunter2")" as Message, masking: redactor)
    #expect(spread.plain == "***" && spread.stored == nil)
    #expect(UntrustedText.message(Self.refusal).stored == Self.refusal.stored)
    #expect(UntrustedText.message(Self.refusal, limit: 20).plain == "worker-1 answered 5…")
  }
}
