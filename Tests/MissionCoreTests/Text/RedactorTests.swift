import Testing

@testable import MissionCore

@Suite(.timeLimit(.minutes(5))) struct RedactorTests {
  private func redactor(_ secrets: String...) -> Redactor { Redactor(secrets: secrets.map { Secret($0) }) }

  @Test("every occurrence of a secret is replaced, wherever it stands")
  func everywhere() {
    let redactor = redactor("canary-1", "hunter22")
    #expect(redactor.mask("canary-1 and hunter22, canary-1canary-1") == "*** and ***, ******")
    #expect(redactor.mask("https://u:hunter22@h/p?k=canary-1") == "https://u:***@h/p?k=***")
    #expect(redactor.mask("nothing here: canary-, hunter2") == "nothing here: canary-, hunter2")
    #expect(redactor.mask("") == "")
  }

  @Test("a secret that contains another is masked whole, whichever comes first")
  func nested() {
    #expect(redactor("abcd", "abcdefgh").mask("abcdefgh abcd") == "*** ***")
    #expect(redactor("abcdefgh", "abcd").mask("xabcdefghx") == "x***x")
  }

  @Test("a secret that begins anew inside a false start is found")
  func falseStart() {
    #expect(redactor("aaab").mask("aaaab aaaaaab") == "a*** aaa***")
    #expect(redactor("abab-c").mask("ababab-c") == "ab***")
  }

  @Test("secrets shorter than four bytes and empty ones are not looked for in text")
  func short() {
    #expect(redactor("", "a", "abc").mask("a banana abc") == "a banana abc")
    #expect(redactor("abcd").mask("abcd") == "***")
    #expect(redactor("éé").mask("caféé") == "caf***")
  }

  @Test("secrets that overlap in the text leave nothing of either")
  func overlapping() {
    #expect(redactor("zabc", "abcdefgh").mask("x zabcdefgh y") == "x *** y")
    #expect(redactor("abcabc").mask("abcabcabc!") == "***!")
  }

  @Test(
    "a secret is found percent-encoded, in base 64 after any text, and with the slashes that JSON escapes",
    arguments: [
      "key=canary%2F%2B1&x", "key=canary%2f%2b1&x", #"{"key":"canary\/+1"}"#, "canary/+1",
      // base64 of the secret alone, after `u:`, after `us:`, and in the alphabet for URLs.
      "Basic Y2FuYXJ5LysxIQ==", "Basic dTpjYW5hcnkvKzE=", "Basic dXM6Y2FuYXJ5LysxCg==",
    ])
  func encoded(text: String) {
    let masked = redactor("canary/+1").mask(text)
    #expect(masked.contains("***"), "\(masked)")
    #expect(!masked.contains("canary") && !masked.contains("YXJ5") && !masked.contains("hcnk"), "\(masked)")
  }

  @Test("base 64 of a short secret is found too: it is read, not compared with a piece of it")
  func shortEncoded() {
    #expect(redactor("abcd").mask("YWJjZA== and YWJjZQ==") == "***== and YWJjZQ==")
  }

  @Test("secrets that are added are masked beside the others")
  func adding() {
    let more = redactor("canary-1").adding([Secret("renewed-2"), Secret("")])
    #expect(more.mask("canary-1 renewed-2") == "*** ***")
  }

  @Test("a secret never shows itself, however it is printed")
  func secret() {
    let secret = Secret("canary-1")
    #expect("\(secret)" == "***")
    #expect(String(reflecting: secret) == "***")
    #expect(Mirror(reflecting: secret).children.isEmpty)
    var dumped = ""
    dump([secret], to: &dumped)
    #expect(!dumped.contains("canary"))
    #expect(secret.reveal() == "canary-1")
    #expect(Secret("").isEmpty && !secret.isEmpty)
  }
}

@Suite(.timeLimit(.minutes(5))) struct UntrustedTextTests {
  @Test(
    "control, escape and bidirectional characters are taken out, runs of white space become one space",
    arguments: [
      ("plain text", "plain text"), ("  two\t\n words \r\n", "two words"),
      ("\u{1B}[31mred\u{1B}[0m", "[31mred[0m"),
      ("a\u{202E}b\u{2066}c\u{200F}d", "abcd"), ("bell\u{7} nul\u{0} del\u{7F}", "bell nul del"),
      ("zero\u{200B}width\u{FEFF}", "zerowidth"), ("line\u{2028}para\u{2029}next\u{85}x", "line para next x"),
      ("c1\u{9B}31m", "c131m"), ("café ação 日本 😀", "café ação 日本 😀"), ("\u{E000}private", "private"),
      ("", ""),
      ("\n\t ", ""),
    ])
  func cleaned(text: String, expected: String) { #expect(UntrustedText.clean(text) == expected) }

  @Test("long text is cut to the limit with an ellipsis; text of exactly the limit is not")
  func cut() {
    #expect(UntrustedText.clean(String(repeating: "x", count: 200)).count == 200)
    let cut = UntrustedText.clean(String(repeating: "x", count: 201))
    #expect(cut.count == 200 && cut.hasSuffix("x…"))
    #expect(UntrustedText.clean("abcdef", limit: 4) == "abc…")
  }

  @Test("one character cannot hold any number of marks")
  func combining() {
    let zalgo = "a" + String(repeating: "\u{0301}", count: 100_000)
    #expect(UntrustedText.clean(zalgo).unicodeScalars.count == 200)
  }

  @Test("a secret is masked, also when a server hides characters in it or it would be cut")
  func masked() {
    let redactor = Redactor(secrets: [Secret("canary-1")])
    #expect(UntrustedText.clean("key canary-1 refused", masking: redactor) == "key *** refused")
    #expect(UntrustedText.clean("key can\u{200B}ary\u{1B}-1 refused", masking: redactor) == "key *** refused")
    let late = String(repeating: "x", count: 195) + "canary-1"
    #expect(!UntrustedText.clean(late, masking: redactor).contains("can"))
  }

  @Test("bytes that are no UTF-8 are replaced, and only the first part of a large answer is read")
  func bytes() {
    #expect(UntrustedText.clean(bytes: [0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
    let large = [UInt8](repeating: 0x78, count: 10 << 20)
    #expect(UntrustedText.clean(bytes: large).count == 200)
    #expect(UntrustedText.clean(bytes: []) == "")
  }
}
