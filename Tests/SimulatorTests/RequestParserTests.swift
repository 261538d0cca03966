import Testing

@testable import Simulator

@Suite("Reading requests", .timeLimit(.minutes(5)))
struct RequestParserTests {
  private static func parse(_ text: String) -> RequestParser.Outcome {
    Array(text.utf8).withUnsafeBytes { RequestParser.parse($0) }
  }

  private func parse(_ text: String) -> RequestParser.Outcome { Self.parse(text) }
  private func head(_ text: String) -> RequestHead? { Self.head(text) }

  static func head(_ text: String) -> RequestHead? {
    if case .complete(let head, _) = parse(text) { head } else { nil }
  }

  private func refusal(_ text: String) -> Int? {
    if case .refused(let status, _) = parse(text) { status } else { nil }
  }

  @Test("a head gives its line, fields and framing, and how many bytes it took")
  func plain() throws {
    let text = "\r\nPOST /a/b?c=1&d HTTP/1.1\r\nhOST: x\r\nContent-Length: 5 \r\nX-Api-Key:\t k\r\n\r\nhello"
    guard case .complete(let head, let consumed) = parse(text) else {
      Issue.record("not read")
      return
    }
    #expect(consumed == text.utf8.count - 5)
    #expect(head.method == "POST")
    #expect(head.path == "/a/b")
    #expect(head.query == "c=1&d")
    #expect(head.framing == .length(5))
    #expect(head.value(of: "x-api-key") == "k")
    #expect(head.keepsAlive)
  }

  @Test("every shorter beginning of a head is incomplete")
  func incomplete() {
    let text = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    for length in 0..<text.utf8.count {
      guard case .incomplete = parse(String(decoding: text.utf8.prefix(length), as: UTF8.self)) else {
        Issue.record("\(length) bytes were taken for a head")
        return
      }
    }
  }

  @Test(
    "whether the connection goes on",
    arguments: [
      ("HTTP/1.1", "", true), ("HTTP/1.1", "Connection: close\r\n", false), ("HTTP/1.0", "", false),
      ("HTTP/1.0", "Connection: Keep-Alive\r\n", true),
    ])
  func keepAlive(version: String, field: String, expected: Bool) {
    #expect(head("GET / \(version)\r\nHost: x\r\n\(field)\r\n")?.keepsAlive == expected)
  }

  @Test(
    "what two readers could understand differently is refused",
    arguments: [
      "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
      "GET  HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\n y: z\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
      "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", "GET x HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /\u{1} HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n",
    ])
  func ambiguous(text: String) {
    #expect(refusal(text) == 400)
  }

  @Test("other refusals say which kind they are")
  func otherRefusals() {
    #expect(refusal("GET / HTTP/2.0\r\nHost: x\r\n\r\n") == 505)
    #expect(refusal("get / HTTP/1.1\r\nHost: x\r\n\r\n") == 501)
    #expect(refusal("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n") == 501)
    #expect(
      refusal("GET / HTTP/1.1\r\nHost: x\r\nA: \(String(repeating: "a", count: 40_000))\r\n\r\n") == 431)
    #expect(refusal("GET /\(String(repeating: "a", count: 40_000))") == 431)
    #expect(refusal("GET / HTTP/1.1\r\nHost: x\r\n\(String(repeating: "A: b\r\n", count: 101))\r\n") == 431)
  }
}

@Suite("Reading bodies", .timeLimit(.minutes(5)))
struct BodyDecoderTests {
  /// Decodes in pieces of `size` bytes; nil when malformed.
  private func decode(_ framing: RequestHead.Framing, _ text: String, pieces size: Int) -> (
    body: String, rest: String
  )? {
    var decoder = BodyDecoder(framing)
    var out: [UInt8] = []
    var waiting: [UInt8] = []
    var input = Array(text.utf8)[...]
    while !decoder.isFinished, !input.isEmpty {
      waiting += input.prefix(size)
      input = input.dropFirst(size)
      guard let used = try? waiting.withUnsafeBytes({ try decoder.decode($0) { out += $0 } }) else {
        return nil
      }
      waiting.removeFirst(used)
    }
    return (String(decoding: out, as: UTF8.self), String(decoding: waiting + input, as: UTF8.self))
  }

  @Test(
    "chunks are joined, extensions and trailers skipped, however the bytes arrive",
    arguments: [1, 2, 3, 7, 100])
  func chunked(size: Int) throws {
    let text = "5\r\nhello\r\n00A;x=y\r\n, world!!!\r\n0\r\nTrailer: a\r\n\r\nGET /"
    let decoded = try #require(decode(.chunked, text, pieces: size))
    #expect(decoded.body == "hello, world!!!")
    #expect(decoded.rest == "GET /")
  }

  @Test("a length takes exactly so many bytes", arguments: [1, 4, 100])
  func length(size: Int) throws {
    let decoded = try #require(decode(.length(5), "helloGET /", pieces: size))
    #expect(decoded.body == "hello")
    #expect(decoded.rest == "GET /")
  }

  @Test(
    "malformed chunks are refused",
    arguments: [
      "g\r\n", "-1\r\n", "\r\n", "5\r\nhelloX\r\n", "5\nhello\r\n", "FFFFFFFFFFFFFFFFF\r\n",
      "+5\r\nhello\r\n",
    ])
  func malformed(text: String) {
    #expect(decode(.chunked, text, pieces: 100) == nil)
  }
}
