/// HMAC with SHA-256 (RFC 2104).
public enum HMACSHA256 {
  /// Bytes that SHA-256 takes at once; longer keys are hashed first.
  private static let blockSize = 64

  /// The 32-byte authentication code.
  public static func code(key: [UInt8], message: UnsafeRawBufferPointer) -> [UInt8] {
    let key = key.count > blockSize ? SHA256.digest(of: key) : key
    var inner = SHA256()
    inner.update(padded(key, with: 0x36))
    inner.update(message)
    var outer = SHA256()
    outer.update(padded(key, with: 0x5C))
    outer.update(inner.finalize())
    return outer.finalize()
  }

  /// 32 bytes.
  public static func code(key: [UInt8], message: [UInt8]) -> [UInt8] {
    message.withUnsafeBytes { code(key: key, message: $0) }
  }

  /// Of the text's UTF-8.
  public static func code(key: [UInt8], message: String) -> [UInt8] {
    var message = message
    return message.withUTF8 { code(key: key, message: UnsafeRawBufferPointer($0)) }
  }

  private static func padded(_ key: [UInt8], with pad: UInt8) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: blockSize) { out, count in
      for index in 0..<blockSize { out[index] = index < key.count ? key[index] ^ pad : pad }
      count = blockSize
    }
  }
}
