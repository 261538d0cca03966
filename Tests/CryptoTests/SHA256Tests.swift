import Testing

@testable import Crypto

@Suite(.timeLimit(.minutes(5))) struct SHA256Tests {
  @Test(
    "digests match the examples of FIPS 180-4",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func knownDigests(message: String, digest: String) {
    #expect(SHA256.hexDigest(of: message) == digest)
    #expect(Hex.encode(SHA256.digest(of: Array(message.utf8))) == digest)
  }

  @Test("a message taken in pieces has the digest of the whole, wherever it is cut")
  func pieces() {
    let message = (0..<300).map { UInt8($0 & 255) }
    let whole = SHA256.digest(of: message)
    for cut in [0, 1, 63, 64, 65, 128, 299, 300] {
      var hash = SHA256()
      hash.update(message[..<cut])
      hash.update(message[cut...])
      #expect(hash.finalize() == whole)
    }
  }

  @Test("a copy goes on from the state reached, and finishing does not end the hash")
  func copies() {
    var hash = SHA256()
    hash.update("ab")
    var copy = hash
    #expect(hash.finalizeHex() == SHA256.hexDigest(of: "ab"))
    hash.update("c")
    copy.update("d")
    #expect(hash.finalizeHex() == SHA256.hexDigest(of: "abc"))
    #expect(copy.finalizeHex() == SHA256.hexDigest(of: "abd"))
  }

  @Test("a million short lines are hashed in well under a second")
  func speed() throws {
    try SHA256.requireLibrary()
    let line = "v1|default|2025-01-01|2025-01-01|video|eng,pt,spa,fra,deu,ita"
    let time = ContinuousClock().measure {
      for _ in 0..<200_000 { _ = SHA256.digest(of: line) }
    }
    // A fifth of the work, with room for a debug build on a busy machine.
    #expect(time < .seconds(2))
  }
}
