import Foundation
import Testing

@testable import MissionCore

/// Secrets as servers write them: the encoders here are written for the test and share nothing with the product.
@Suite("Secrets in other forms", .timeLimit(.minutes(5)))
struct EncodedSecretTests {
  /// Writes one character of a secret in one of the ways in which a server may.
  private enum Form: CaseIterable {
    case plain, jsonLower, jsonUpper, jsonShort, decimal, hexadecimal, named, percent, percentLower, twice
    case entityOfPercent, jsonOfEntity, percentOfJSON, form, script

    func write(_ character: Character) -> String {
      let text = String(character)
      switch self {
      case .plain: return text
      case .jsonLower: return text.utf16.map { "\\u" + Self.hex(Int($0), 4) }.joined()
      case .jsonUpper: return text.utf16.map { "\\u" + Self.hex(Int($0), 4).uppercased() }.joined()
      case .jsonShort: return "\"\\/".contains(character) ? "\\" + text : text
      case .decimal: return text.unicodeScalars.map { "&#\($0.value);" }.joined()
      case .hexadecimal: return text.unicodeScalars.map { "&#x\(Self.hex(Int($0.value), 2));" }.joined()
      case .named: return Self.names[character] ?? text
      case .percent: return text.utf8.map { "%" + Self.hex(Int($0), 2).uppercased() }.joined()
      case .percentLower: return text.utf8.map { "%" + Self.hex(Int($0), 2) }.joined()
      case .twice: return Form.percent.write(character).replacing("%", with: "%25")
      case .entityOfPercent: return Form.percent.write(character).replacing("%", with: "&#37;")
      case .jsonOfEntity: return Form.named.write(character).replacing("&", with: "\\u0026")
      case .percentOfJSON: return Form.jsonLower.write(character).replacing("\\", with: "%5C")
      case .form: return character == " " ? "+" : Form.percent.write(character)
      case .script: return text.utf8.map { "\\x" + Self.hex(Int($0), 2) }.joined()
      }
    }

    static func hex(_ number: Int, _ digits: Int) -> String {
      let text = String(number, radix: 16)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    static let names: [Character: String] = [
      "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&apos;", "/": "&sol;", "é": "&eacute;",
      "@": "&commat;", "+": "&plus;", "?": "&quest;", "#": "&num;", "%": "&percnt;", "=": "&equals;",
    ]
  }

  private static let characters = Array(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + "/+&<>\"'\\%@:;?#=-_.~!$^*()[]{}|` "
      + "/+&<>\"'\\%@?#= éß日😀")

  private func secret(_ draw: inout Draw) -> String {
    String(
      (0..<Int.random(in: 4...24, using: &draw)).map { _ in Self.characters.randomElement(using: &draw)! })
  }

  @Test("nothing of a random secret is left, whatever mixture of encodings it is written in")
  func mixtures() {
    var draw = Draw(seed: 1)
    for _ in 0..<600 {
      let secret = secret(&draw)
      let one = Form.allCases.randomElement(using: &draw)!
      let isMixed = Bool.random(using: &draw)
      let written = secret.map { character in
        (isMixed ? Form.allCases.randomElement(using: &draw)! : one).write(character)
      }.joined()
      let masked = Redactor(secrets: [Secret(secret)]).mask("refused: |\(written)| by the server")
      #expect(masked == "refused: |***| by the server", "\(secret.debugDescription) as \(written)")
    }
  }

  @Test(
    "base 64 and hexadecimal are found after any text, in both alphabets, also when they are written in JSON or a URL"
  )
  func whole() {
    var draw = Draw(seed: 2)
    for _ in 0..<300 {
      let secret = secret(&draw)
      let before = String("user:name".prefix(Int.random(in: 0...9, using: &draw)))
      let after = String("?!end".prefix(Int.random(in: 0...5, using: &draw)))
      let bytes = Array(before.utf8) + Array(secret.utf8) + Array(after.utf8)
      let (first, last) = (before.utf8.count, before.utf8.count + secret.utf8.count)
      let (written, kept): (String, Range<Int>)
      switch Int.random(in: 0..<4, using: &draw) {
      case 0: (written, kept) = (bytes.map { Form.hex(Int($0), 2) }.joined(), first * 2..<last * 2)
      case 1:
        (written, kept) = (bytes.map { Form.hex(Int($0), 2).uppercased() }.joined(), first * 2..<last * 2)
      case 2:
        written = Data(bytes).base64EncodedString()
        kept = first * 8 / 6..<(last * 8 + 5) / 6
      default:
        written = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
          .replacing("=", with: "")
        kept = first * 8 / 6..<(last * 8 + 5) / 6
      }
      let parts = Array(written).map(String.init)
      let isEscaped = Bool.random(using: &draw)
      func shown(_ range: Range<Int>) -> String {
        let text = parts[range].joined()
        return isEscaped ? text.replacing("/", with: "\\/").replacing("+", with: "%2B") : text
      }
      let masked = Redactor(secrets: [Secret(secret)]).mask("Basic \(shown(0..<parts.count)), no")
      let expected = "Basic \(shown(0..<kept.lowerBound))***\(shown(kept.upperBound..<parts.count)), no"
      #expect(masked == expected, "\(secret.debugDescription) as \(written)")
    }
  }

  @Test("base 64 of what was escaped before, and hexadecimal of base 64, are found")
  func nested() {
    let redactor = Redactor(secrets: [Secret("pa/ss \"wörd\"")])
    let json = #"{"password":"pa\/ss \"w\u00f6rd\""}"#
    let url = "u:pa%2Fss+%22w%C3%B6rd%22"
    for inner in [json, url] {
      let base64 = Data(inner.utf8).base64EncodedString()
      let hex = base64.utf8.map { Form.hex(Int($0), 2) }.joined()
      for text in [base64, hex] {
        let masked = redactor.mask("got \(text)!")
        #expect(masked.hasPrefix("got ") && masked.hasSuffix("!") && masked.contains("***"), "\(masked)")
        #expect(masked.utf8.count < text.utf8.count / 2 + 20, "\(masked)")
      }
    }
  }

  @Test("what holds no secret is left as it is, in every form")
  func innocent() {
    var draw = Draw(seed: 3)
    let texts = [
      "worker-1 answered 503 to POST /scrape (try 2 of 3), next try in 1.4 s",
      #"{"error":"bad \u0022filters\u0022","path":"\/scrape","id":"0197c7ae-6f2c-8a11-9d5e-aa00bb11cc22"}"#,
      "<html><body>&lt;h1&gt;Not found&lt;/h1&gt; &amp; gone</body></html>",
      "https://h/p?a=%2Fx%252Fy+z&b=Zm9vYmFyYmF6&c=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c",
      "password authentication failed for user \"me\"", String(repeating: "%2525", count: 200),
      String(repeating: "\\\\u005c", count: 200), String(repeating: "+", count: 500),
    ]
    for _ in 0..<12 {
      let redactor = Redactor(secrets: (0..<20).map { _ in Secret(secret(&draw)) })
      for text in texts { #expect(redactor.mask(text) == text) }
    }
    let words = Redactor(secrets: [Secret("pass word"), Secret("scrape/4"), Secret("amp;"), Secret("%2F/")])
    #expect(words.mask("password scrape-4 & x /") == "password scrape-4 & x /")
  }

  @Test("a secret that looks like an escape itself is found as it is, and escaped once more")
  func escapes() {
    let redactor = Redactor(secrets: [Secret("a%41b\\u0041&amp;+")])
    for text in [
      "a%41b\\u0041&amp;+", "a%2541b%5Cu0041%26amp;%2B", "a%41b\\\\u0041&amp;+",
      "a%41b\\u0041&amp;amp;+",
    ] { #expect(redactor.mask("[\(text)]") == "[***]", "\(text)") }
  }

  @Test("a quote that SQL or CSV doubles and a byte that mail writes quoted-printable hide nothing")
  func doubled() {
    let redactor = Redactor(secrets: [Secret("it's \"so=\" 1")])
    #expect(redactor.mask("near 'it''s \"so=\" 1' at 5") == "near '***' at 5")
    #expect(redactor.mask("5,\"it's \"\"so=\"\" 1\",x") == "5,\"***\",x")
    #expect(redactor.mask("550 it's=20\"so=3D\"=201.") == "550 ***.")
  }

  @Test("hostile text is read in bounded time", .timeLimit(.minutes(1)))
  func hostile() {
    let redactor = Redactor(secrets: (0..<20).map { Secret("%252\($0)5%25") } + [Secret("%%%%%%%%25252525")])
    for piece in ["%25", "%2525", "\\\\", "\\u005c", "&#37;", "&amp;", "%5Cu0025", "+%2B", "''", "=3D", "25"]
    {
      _ = redactor.mask(String(repeating: piece, count: 6000 / piece.utf8.count))
    }
    let long = "failed " + String(repeating: "x ", count: 4_000_000)
    #expect(UntrustedText.clean(long, masking: redactor).hasPrefix("failed x x"))
  }

  @Test("a secret that is cut by the end of what is read of a long answer is not shown in part")
  func cut() {
    let redactor = Redactor(secrets: [Secret("canary-0123456789-canary")])
    for offset in 0..<30 {
      let bytes =
        [UInt8](repeating: 0x20, count: 200 * 8 + 4096 - offset) + Array("canary-0123456789-canary".utf8)
      let cleaned = UntrustedText.clean(bytes: bytes + Array(" and so on".utf8), masking: redactor)
      #expect(!cleaned.contains("can"), "\(offset): \(cleaned)")
    }
  }
}

/// Numbers drawn from a seed, so that a failure comes again.
private struct Draw: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
