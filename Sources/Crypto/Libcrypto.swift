import RuntimeLibraries

/// OpenSSL's libcrypto as far as this program needs it.
///
/// The SHA256_* and MD5_* functions are used, not EVP: they need no allocation and no algorithm look-up for each
/// digest (EVP costs several times the hash itself for a 60-byte line) and reach the same assembly.
/// They are exported by 1.1 and by every 3.x.
struct Libcrypto: Sendable {
  /// `SHA256_CTX`: eight words of state, two of length, sixteen of data, two counters. Public in
  /// `openssl/sha.h` and unchanged since OpenSSL 0.9.8.
  typealias Context = UnsafeMutableRawPointer

  let initialize: @convention(c) (Context) -> Int32
  let update: @convention(c) (Context, UnsafeRawPointer?, Int) -> Int32
  let finalize: @convention(c) (UnsafeMutablePointer<UInt8>, Context) -> Int32
  let initializeMD5: @convention(c) (Context) -> Int32
  let updateMD5: @convention(c) (Context, UnsafeRawPointer?, Int) -> Int32
  let finalizeMD5: @convention(c) (UnsafeMutablePointer<UInt8>, Context) -> Int32

  private init() throws(CryptoError) {
    let library = try DynamicLibrary(
      firstOf: ["libcrypto.so.3", "libcrypto.so.1.1"], package: "libssl3 (comes with libcurl4-openssl-dev)")
    initialize = try library.function("SHA256_Init", as: (@convention(c) (Context) -> Int32).self)
    update = try library.function(
      "SHA256_Update", as: (@convention(c) (Context, UnsafeRawPointer?, Int) -> Int32).self)
    finalize = try library.function(
      "SHA256_Final", as: (@convention(c) (UnsafeMutablePointer<UInt8>, Context) -> Int32).self)
    initializeMD5 = try library.function("MD5_Init", as: (@convention(c) (Context) -> Int32).self)
    updateMD5 = try library.function(
      "MD5_Update", as: (@convention(c) (Context, UnsafeRawPointer?, Int) -> Int32).self)
    finalizeMD5 = try library.function(
      "MD5_Final", as: (@convention(c) (UnsafeMutablePointer<UInt8>, Context) -> Int32).self)
  }

  private static func load() -> Result<Libcrypto, CryptoError> {
    do throws(CryptoError) { return .success(try Libcrypto()) } catch { return .failure(error) }
  }

  static let loaded = load()

  /// The bound library. Hashing cannot go on without it, so its absence ends the process; programs call
  /// `SHA256.requireLibrary()` first and report the error properly.
  static let shared: Libcrypto = {
    switch loaded {
    case .success(let library): return library
    case .failure(let error): fatalError("\(error)")
    }
  }()
}

/// Why hashing is not possible on this machine.
public typealias CryptoError = DynamicLibraryError
