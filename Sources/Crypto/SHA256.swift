/// A SHA-256 that takes its message piece by piece. Copying it copies the state reached.
public struct SHA256: Sendable {
  /// Bytes of a digest.
  public static let byteCount = 32

  // SHA256_CTX held inline (112 bytes), so that a digest allocates nothing.
  private typealias State = (
    UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64,
    UInt64
  )
  private var state: State = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

  public init() {
    withUnsafeMutableBytes(of: &state) { _ = Libcrypto.shared.initialize($0.baseAddress!) }
  }

  /// Binds libcrypto, or says which package to install. Called once at start; without it the first digest
  /// ends the process with the same words.
  public static func requireLibrary() throws(CryptoError) { _ = try Libcrypto.loaded.get() }

  /// Takes in bytes that follow those before.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    withUnsafeMutableBytes(of: &state) {
      _ = Libcrypto.shared.update($0.baseAddress!, bytes.baseAddress, bytes.count)
    }
  }

  /// Takes in bytes that follow those before.
  public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// Takes in bytes that follow those before.
  public mutating func update(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes { update($0) } }

  /// Takes in the text's UTF-8.
  public mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// The digest of everything taken so far: 32 bytes. The state stays, so more may follow.
  public func finalize() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.byteCount) { out, count in
      finalize(into: out)
      count = Self.byteCount
    }
  }

  /// As `finalize()`, in lower-case hex.
  public func finalizeHex() -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.byteCount) { out in
      finalize(into: out)
      return Hex.encode(UnsafeRawBufferPointer(out))
    }
  }

  /// `out` has room for 32 bytes.
  private func finalize(into out: UnsafeMutableBufferPointer<UInt8>) {
    var copy = state
    withUnsafeMutableBytes(of: &copy) {
      _ = Libcrypto.shared.finalize(out.baseAddress!, $0.baseAddress!)
    }
  }
}

extension SHA256 {
  /// 32 bytes.
  public static func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalize()
  }

  /// 32 bytes.
  public static func digest(of bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBytes { digest(of: $0) } }

  /// Of the text's UTF-8.
  public static func digest(of text: String) -> [UInt8] {
    var text = text
    return text.withUTF8 { digest(of: UnsafeRawBufferPointer($0)) }
  }

  /// Lower case.
  public static func hexDigest(of bytes: UnsafeRawBufferPointer) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finalizeHex()
  }

  /// 64 digits in lower case.
  public static func hexDigest(of bytes: [UInt8]) -> String { bytes.withUnsafeBytes { hexDigest(of: $0) } }

  /// Of the text's UTF-8.
  public static func hexDigest(of text: String) -> String {
    var text = text
    return text.withUTF8 { hexDigest(of: UnsafeRawBufferPointer($0)) }
  }
}
