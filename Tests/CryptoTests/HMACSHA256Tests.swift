import RuntimeLibraries
import Testing

@testable import Crypto

@Suite(.timeLimit(.minutes(5))) struct HMACSHA256Tests {
  @Test("codes match the test cases of RFC 4231")
  func rfc4231() {
    let cases: [([UInt8], [UInt8], String)] = [
      (
        .init(repeating: 0x0B, count: 20), Array("Hi There".utf8),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        .init(repeating: 0xAA, count: 20), .init(repeating: 0xDD, count: 50),
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
      ),
      (
        .init(repeating: 0xAA, count: 131),
        Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ]
    for (key, message, code) in cases {
      #expect(Hex.encode(HMACSHA256.code(key: key, message: message)) == code)
    }
  }

  @Test("hex reads back what it wrote and refuses anything else")
  func hex() {
    let bytes: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF]
    #expect(Hex.encode(bytes) == "00017f80ff")
    #expect(Hex.decode("00017F80ff") == bytes)
    #expect(Hex.decode("0") == nil)
    #expect(Hex.decode("0g") == nil)
  }

  @Test("a library that does not exist is named together with the package that brings it")
  func missingLibrary() {
    #expect {
      _ = try DynamicLibrary(firstOf: ["libnothing.so.1", "libnothing.so.2"], package: "libnothing-dev")
    } throws: { error in
      "\(error)".contains("libnothing.so.1 or libnothing.so.2 not found")
        && "\(error)".contains("install the package libnothing-dev")
    }
  }

  @Test("a function that the library lacks is named")
  func missingSymbol() throws {
    let library = try DynamicLibrary(firstOf: ["libcrypto.so.3", "libcrypto.so.1.1"], package: "libssl3")
    #expect(throws: CryptoError.symbolMissing(symbol: "SHA257_Init", library: library.name)) {
      _ = try library.function("SHA257_Init", as: (@convention(c) () -> Void).self)
    }
  }
}
