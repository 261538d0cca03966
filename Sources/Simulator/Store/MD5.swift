import RuntimeLibraries

/// MD5, for nothing but the ETags and Content-MD5 of the S3 protocol.
struct MD5 {
  /// The functions of libcrypto; the old interface, which keeps its state inline.
  private struct Library: Sendable {
    let initialize: @convention(c) (UnsafeMutableRawPointer) -> Int32
    let update: @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer?, Int) -> Int32
    let finalize: @convention(c) (UnsafeMutablePointer<UInt8>, UnsafeMutableRawPointer) -> Int32

    static let bound: Library = {
      do throws(DynamicLibraryError) {
        let library = try DynamicLibrary(firstOf: ["libcrypto.so.3", "libcrypto.so.1.1"], package: "libssl3")
        return Library(
          initialize: try library.function(
            "MD5_Init", as: (@convention(c) (UnsafeMutableRawPointer) -> Int32).self),
          update: try library.function(
            "MD5_Update", as: (@convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer?, Int) -> Int32).self
          ),
          finalize: try library.function(
            "MD5_Final",
            as: (@convention(c) (UnsafeMutablePointer<UInt8>, UnsafeMutableRawPointer) -> Int32).self))
      } catch {
        // SHA-256 is bound from the same library before the first request, so it is there.
        fatalError("\(error)")
      }
    }()
  }

  // MD5_CTX is 92 bytes: four words of state, two of length, sixteen of data, a counter.
  private typealias State = (
    UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64
  )
  private var state: State = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

  init() { withUnsafeMutableBytes(of: &state) { _ = Library.bound.initialize($0.baseAddress!) } }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    withUnsafeMutableBytes(of: &state) {
      _ = Library.bound.update($0.baseAddress!, bytes.baseAddress, bytes.count)
    }
  }

  /// The 16 bytes of the digest; ends the digest.
  mutating func finalize() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { out, count in
      withUnsafeMutableBytes(of: &state) { _ = Library.bound.finalize(out.baseAddress!, $0.baseAddress!) }
      count = 16
    }
  }
}
