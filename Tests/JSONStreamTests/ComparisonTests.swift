import JSONStream
import Testing

/// Equality of tokens.
@Suite(.timeLimit(.minutes(5))) struct ComparisonTests {
  private func isEqual(_ one: String, _ other: String) -> Bool {
    Array(one.utf8).withUnsafeBytes { one in
      Array(other.utf8).withUnsafeBytes { JSONComparison.isEqual(one, $0) }
    }
  }

  @Test(
    "spacing between tokens makes no difference",
    arguments: [
      (#"{"a":[1,2],"b":"x y"}"#, "{ \"a\" :\n[ 1 ,\t2 ] , \"b\" : \"x y\"\r\n}"), ("[]", " [ ] "),
      ("1", " 1\n"),
      (#"["\\",""]"#, #"[ "\\" , "" ]"#),
    ])
  func same(one: String, other: String) {
    #expect(isEqual(one, other))
    #expect(isEqual(other, one))
    #expect(isEqual(one, one))
  }

  @Test(
    "what is written otherwise is other, and so is what is no JSON",
    arguments: [
      (#"{"a":1}"#, #"{"a":1.0}"#), (#"["x y"]"#, #"["xy"]"#), (#"["é"]"#, #"["\u00e9"]"#), ("[1,2]", "[12]"),
      ("[12]", "[1 2]"), ("[true]", "[tr ue]"), (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#), ("[1]", "[1"),
      ("[1]", ""),
      (#"["a\" ,b"]"#, #"["a\",b"]"#), ("[1]", "[1]]"), ("1", "1 " + "x"),
    ])
  func other(one: String, other: String) {
    #expect(!isEqual(one, other))
    #expect(!isEqual(other, one))
  }
}
