import Crypto
import Foundation
import Testing

@Suite("Base 64", .timeLimit(.minutes(1)))
struct Base64Tests {
  @Test("of any number of bytes it is what Foundation's is, whole and in lines")
  func foundation() {
    for count in 0..<200 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
      #expect(Base64.text(bytes) == Data(bytes).base64EncodedString())
      let lines = Base64.lines(bytes)
      #expect(lines.joined() == Data(bytes).base64EncodedString() && lines.allSatisfy { $0.utf8.count <= 76 })
    }
  }

  @Test("a name has the letters of addresses and no padding")
  func name() {
    #expect(Base64.name([0xFB, 0xFF]) == "-_8")
  }
}
