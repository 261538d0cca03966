import Crypto

/// The header field of RFC 9530.
enum ContentDigest {
  /// `sha-256=:…:`.
  ///
  /// - Parameter sha256: of the body, lower-case hex.
  static func field(_ sha256: String) -> String { "sha-256=:\(Base64.text(Hex.decode(sha256) ?? [])):" }
}
