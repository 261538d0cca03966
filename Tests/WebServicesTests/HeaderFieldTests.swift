import KeyTable
import MissionCore
import Testing

@testable import WebServices

@Suite struct HeaderFieldTests {
  private func field(_ name: String, _ parts: (String, Bool)...) -> HeaderField {
    HeaderField(name: name, parts: parts.map { Interpolation.Filled(text: $0.0, isVariable: $0.1) })
  }

  @Test("of a plain header only what a variable brought is a secret")
  func plain() {
    let written = field("X-Team", ("audit", false))
    #expect(written.shown == "audit")
    #expect(written.secrets.isEmpty)
    let brought = field("X-Team", ("a-", false), ("hidden", true))
    #expect(brought.value.reveal() == "a-hidden")
    #expect(brought.shown == "a-***")
    #expect(brought.secrets.map { $0.reveal() } == ["hidden"])
  }

  @Test(
    "names of secrets hide all of the value, and what stands behind the scheme",
    arguments: ["Authorization", "cookie", "X-API-Key", "x-auth-TOKEN", "Client-Secret"])
  func secrets(_ name: String) {
    let header = field(name, ("Bearer written-down", false))
    #expect(header.shown == nil)
    #expect(header.secrets.map { $0.reveal() } == ["Bearer written-down", "written-down"])
  }

  @Test("names that a client sets by itself, or that are none, are refused")
  func names() {
    #expect(HeaderName.fault(of: "X-API-Key") == nil)
    for name in ["Host", "content-length", "Expect", "Transfer-Encoding"] {
      #expect(HeaderName.fault(of: name) == "is a header that is set by itself")
    }
    for name in ["", "a b", "a:b", "é", String(repeating: "x", count: 257)] {
      #expect(HeaderName.fault(of: name) == "must be a header's name: letters, digits and -")
    }
  }
}
