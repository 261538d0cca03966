import JSONStream
import Testing

@Suite(.timeLimit(.minutes(5))) struct SpacingTests {
  private func written(_ spacing: JSONSpacing, _ json: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    json.withUnsafeBytes { spacing.write($0, to: { out.append(contentsOf: $0) }) }
    return out
  }

  @Test(
    "a result laid out for people comes back byte for byte in the spacing it had",
    arguments: [
      (JSONSpacing.compact, #"[{"a":[1,{"b":[]}],"c\":{}":" x, y: \\\" z "},-0.10,null]"#),
      (.spaced, #"[{"a": [1, {"b": []}], "c": " x,y:z\\"}, 1e400, "é, :"]"#), (.compact, "[]"),
      (.spaced, "[]"),
      (.compact, "[1]"),
    ])
  func roundTrip(_ spacing: JSONSpacing, _ json: String) {
    let laidOut = Array(json.utf8).withUnsafeBytes { JSONLayout.bytes(of: $0) }
    #expect(String(decoding: written(spacing, laidOut), as: UTF8.self) == json)
  }

  @Test(
    "an array laid out from its elements is the array laid out",
    arguments: [
      [], ["1"], ["{}", "[ ]", #"{"a" : [1,{"b":"\\\""}]}"#],
      [
        String(repeating: "[", count: 200) + "7"
          + String(repeating: "]", count: 200), "\"\(String(repeating: "x", count: 70_000))\"",
      ],
    ])
  func elements(_ elements: [String]) {
    var out: [UInt8] = []
    var layout = JSONArrayLayout { out.append(contentsOf: $0) }
    for element in elements { Array(element.utf8).withUnsafeBytes { layout.add($0) } }
    layout.finish()
    let whole = Array("[\(elements.joined(separator: ", "))]".utf8).withUnsafeBytes {
      JSONLayout.bytes(of: $0)
    }
    let isSame = out == whole
    #expect(isSame)
  }

  @Test("pieces of large documents join to the whole")
  func large() {
    let json = "[" + (0..<40_000).map { #"{"id":"\#($0), :","n":[1,2]}"# }.joined(separator: ",") + "]"
    let laidOut = Array(json.utf8).withUnsafeBytes { JSONLayout.bytes(of: $0) }
    let isSame = written(.compact, laidOut) == Array(json.utf8)
    #expect(isSame)
  }
}
