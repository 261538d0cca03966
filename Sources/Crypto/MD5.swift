/// An MD5 that takes its message piece by piece: what stores give as the ETag of an object. It protects nothing.
package struct MD5: Sendable {
  /// Bytes of a digest.
  private static let byteCount = 16

  // MD5_CTX held inline: four words of state, two of length, sixteen of data, a counter (92 bytes).
  private typealias State = (
    UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64
  )
  private var state: State = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

  package init() {
    withUnsafeMutableBytes(of: &state) { _ = Libcrypto.shared.initializeMD5($0.baseAddress!) }
  }

  /// Takes in bytes that follow those before.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    withUnsafeMutableBytes(of: &state) {
      _ = Libcrypto.shared.updateMD5($0.baseAddress!, bytes.baseAddress, bytes.count)
    }
  }

  /// The digest of everything taken so far, in lower-case hex. The state stays, so more may follow.
  package func finalizeHex() -> String {
    var copy = state
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.byteCount) { out in
      withUnsafeMutableBytes(of: &copy) {
        _ = Libcrypto.shared.finalizeMD5(out.baseAddress!, $0.baseAddress!)
      }
      return Hex.encode(UnsafeRawBufferPointer(out))
    }
  }
}
